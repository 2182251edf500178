//! What the doctor asks: everything that decides which password a box wants, each of it possibly not known.

use serde::Serialize;

use crate::date::Date;
use crate::finding::Message;
use crate::message;
use crate::provider::{PasswordKind, Provider};

/// The mail program in front of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Client {
    /// Thunderbird on a computer.
    Thunderbird,
    /// Thunderbird or K-9 Mail on Android.
    ThunderbirdAndroid,
    /// Mail on a Mac.
    AppleMail,
    /// Mail on an iPhone or iPad.
    IosMail,
    /// The Outlook of Microsoft Office on Windows.
    OutlookClassic,
    /// The Outlook that comes with Windows.
    OutlookNew,
    /// Outlook on a Mac.
    OutlookMac,
    /// Gmail or the maker's own mail program on Android.
    AndroidMail,
    /// Any other.
    Other,
}

impl Client {
    /// All of them, in the order in which they are offered.
    pub const ALL: &[Self] = &[
        Self::Thunderbird,
        Self::ThunderbirdAndroid,
        Self::AppleMail,
        Self::IosMail,
        Self::OutlookClassic,
        Self::OutlookNew,
        Self::OutlookMac,
        Self::AndroidMail,
        Self::Other,
    ];

    /// As on the command line and in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Thunderbird => "thunderbird",
            Self::ThunderbirdAndroid => "thunderbird-android",
            Self::AppleMail => "apple-mail",
            Self::IosMail => "ios-mail",
            Self::OutlookClassic => "outlook-classic",
            Self::OutlookNew => "outlook-new",
            Self::OutlookMac => "outlook-mac",
            Self::AndroidMail => "android-mail",
            Self::Other => "other",
        }
    }

    /// The program of that name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|client| client.id() == id)
    }

    /// The programs that somebody may mean by `word`; of several the person must choose.
    pub fn meant(word: &str) -> Vec<Self> {
        let word = word.trim().to_lowercase().replace([' ', '_'], "-");
        if let Some(client) = Self::named(&word) {
            return vec![client];
        }
        let alias = ALIASES.iter().find(|(names, _)| names.contains(&&*word));
        alias.map_or_else(Vec::new, |(_, clients)| clients.to_vec())
    }

    /// Whether it runs on a telephone or tablet, which is often the person's own.
    pub const fn is_mobile(self) -> bool {
        matches!(self, Self::ThunderbirdAndroid | Self::IosMail | Self::AndroidMail)
    }
}

/// What else people call the programs.
const ALIASES: &[(&[&str], &[Client])] = &[
    (&["outlook"], &[Client::OutlookClassic, Client::OutlookNew, Client::OutlookMac]),
    (&["outlook-windows"], &[Client::OutlookClassic, Client::OutlookNew]),
    (&["mail", "apple"], &[Client::AppleMail, Client::IosMail]),
    (&["mac", "mac-mail", "macos"], &[Client::AppleMail]),
    (&["iphone", "ipad", "ios", "iphone-mail"], &[Client::IosMail]),
    (&["android", "gmail", "gmail-app", "samsung", "samsung-email", "galaxy"], &[Client::AndroidMail]),
    (&["k9", "k-9", "k9-mail", "k-9-mail"], &[Client::ThunderbirdAndroid]),
];

/// What changed shortly before the trouble began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// The password of the account.
    Password,
    /// Two-factor sign-in was turned on.
    TwoFactor,
    /// A new phone or computer.
    NewDevice,
    /// The person came from Outlook to this program.
    FromOutlook,
    /// The provider moved its servers, or was renamed.
    ProviderMoved,
    /// Nothing that the person knows of.
    Nothing,
}

impl Changed {
    /// All of them, in the order in which they are offered.
    pub const ALL: &[Self] =
        &[Self::Password, Self::TwoFactor, Self::NewDevice, Self::FromOutlook, Self::ProviderMoved, Self::Nothing];

    /// As on the command line and in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::TwoFactor => "two-factor",
            Self::NewDevice => "new-device",
            Self::FromOutlook => "from-outlook",
            Self::ProviderMoved => "provider-moved",
            Self::Nothing => "nothing",
        }
    }
}

/// A setting of this computer that cannot work, found by a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub help: Message,
    /// The file.
    pub path: String,
}

/// Everything that is known. `None` stands for "not known" throughout.
#[derive(Clone, Debug, Default)]
pub struct Question<'a> {
    /// Whose servers hold the mailbox.
    pub provider: Option<&'a Provider>,
    /// Whether only a server that the error text names tells so.
    pub is_provider_of_error: bool,
    /// The address.
    pub address: Option<String>,
    /// Its domain, in the ASCII form.
    pub domain: Option<String>,
    /// Known domains that are written nearly like it, where it is not known.
    pub near: Vec<String>,
    /// The mail program.
    pub client: Option<Client>,
    /// Whether two-factor sign-in is on.
    pub two_factor: Option<bool>,
    /// What changed last.
    pub changed: Option<Changed>,
    /// Whether the mail works on the provider's web page.
    pub webmail: Option<bool>,
    /// Whether the mail works on another device or in another program.
    pub other_device: Option<bool>,
    /// Whether the mailbox is one of a company or a school.
    pub company: Option<bool>,
    /// What the program says.
    pub error: Option<String>,
    /// Whether that asks for a name or a password; only of use where it is not known.
    pub asks_for_password: Option<bool>,
    /// What is wrong with the settings on this computer; `None` where none were looked at.
    pub faults: Option<Vec<Fault>>,
    /// The day of the question; without it, services that end are taken to have ended.
    pub today: Option<Date>,
}

/// Services that companies and schools put their domains on.
const WORK_SERVICES: &[&str] = &["microsoft-365", "google-workspace", "line-works"];

impl Question<'_> {
    /// Two answers that cannot both be true.
    pub fn contradiction(&self) -> Option<Message> {
        match (self.changed, self.two_factor) {
            (Some(Changed::TwoFactor), Some(false)) => Some(message!(
                "two-factor sign-in cannot be off and have just been turned on; leave one of the two out"
            )),
            _ => None,
        }
    }

    /// Whether two-factor sign-in is on, as far as the answers tell.
    pub(super) fn has_two_factor(&self) -> Option<bool> {
        self.two_factor.or((self.changed == Some(Changed::TwoFactor)).then_some(true))
    }

    /// Whether somebody else decides about the mailbox. Where nobody said so, the service tells.
    pub(super) fn is_company(&self) -> bool {
        let is_work = |provider: &Provider| {
            provider.password.kind == PasswordKind::Company || WORK_SERVICES.contains(&&*provider.id)
        };
        self.company.unwrap_or_else(|| self.provider.is_some_and(is_work))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_by_what_people_call_them() {
        for (word, expected) in [
            ("outlook", &[Client::OutlookClassic, Client::OutlookNew, Client::OutlookMac][..]),
            ("iPhone", &[Client::IosMail]),
            ("gmail-app", &[Client::AndroidMail]),
            ("Gmail App", &[Client::AndroidMail]),
            ("apple-mail", &[Client::AppleMail]),
            ("thunderbird", &[Client::Thunderbird]),
            ("eudora", &[]),
            ("", &[]),
        ] {
            assert_eq!(Client::meant(word), expected, "{word}");
        }
        for name in ALIASES.iter().flat_map(|(names, _)| names.iter()) {
            assert!(Client::named(name).is_none(), "{name} is a program of its own");
        }
    }
}
