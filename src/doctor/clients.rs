//! The mail programs: at which hosts they sign in through the browser, where the password box is, where old passwords lie.
//!
//! One row for each program, to be read and corrected without knowing the rest.

use super::Client;
use crate::document::OauthSupport;

/// What is known of a program.
pub(super) struct Facts {
    pub(super) client: Client,
    /// Its name in a sentence.
    pub(super) title: &'static str,
    /// Hosts at which it signs in through the browser with any account: a name, or the end of one.
    pub(super) browser: &'static [&'static str],
    /// Hosts for which it has an account type of its own that signs in through the browser.
    pub(super) account_type: &'static [&'static str],
    /// Hosts of mail that comes along when the device itself is signed in.
    pub(super) system: &'static [&'static str],
    /// Whether hosts that are not named here take passwords for certain.
    pub(super) lists_are_complete: bool,
    /// Where the password of the incoming and the outgoing server is typed.
    pub(super) boxes: &'static [&'static str],
    /// Where the browser sign-in is chosen.
    pub(super) sign_in: &'static [&'static str],
    /// Where passwords saved earlier are taken away.
    pub(super) clear: &'static [&'static str],
    /// Why there is nothing more to take away where a password is typed.
    pub(super) replaced: Option<&'static str>,
}

/// How a program can sign in at a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Browser {
    /// Through the browser.
    Yes,
    /// Through the browser, with an account of the provider's type.
    AccountType,
    /// With the account of the device.
    System,
    /// With a password only.
    No,
    /// Not known.
    Unknown,
}

const GOOGLE: &str = "gmail.com";
const MICROSOFT: &[&str] = &["office365.com", "outlook.com"];

/// What is known of `client`.
pub(super) fn facts(client: Client) -> &'static Facts {
    PROGRAMS.iter().find(|facts| facts.client == client).unwrap_or(&OTHER)
}

/// How `client` can sign in at `host`.
pub(super) fn browser(client: Option<Client>, host: &str) -> Browser {
    let facts = client.map_or(&OTHER, facts);
    let covers = |names: &'static [&'static str]| OauthSupport::Hosts(names).covers(host);
    match () {
        () if covers(facts.system) => Browser::System,
        () if covers(facts.browser) => Browser::Yes,
        () if covers(facts.account_type) => Browser::AccountType,
        () if facts.lists_are_complete => Browser::No,
        () => Browser::Unknown,
    }
}

/// Thunderbird's list is that of `OAuth2Providers.sys.mjs`, version 153; the one for Android that of
/// `TbOAuthConfigurationFactory.kt`. Apple's account types: iCloud, Microsoft Exchange, Google, Yahoo, AOL. Classic Outlook
/// signs in through the browser to Exchange, Outlook.com and Gmail only (Microsoft's page on POP and IMAP).
static PROGRAMS: [Facts; 8] = [
    Facts {
        client: Client::Thunderbird,
        title: "Thunderbird",
        browser: &[
            GOOGLE,
            "googlemail.com",
            "imap.mail.ru",
            "smtp.mail.ru",
            "imap.yandex.com",
            "smtp.yandex.com",
            "yahoo.com",
            "att.net",
            "aol.com",
            "office365.com",
            "outlook.com",
            "hotmail.com",
            "imap.fastmail.com",
            "smtp.fastmail.com",
            "imap.comcast.net",
            "smtp.comcast.net",
            "thundermail.com",
        ],
        account_type: &[],
        system: &[],
        lists_are_complete: true,
        boxes: &[
            "Click Get Messages. Thunderbird asks for the password of the incoming server: type it there, and tick the box that saves it.",
            "Send a mail to yourself. Thunderbird asks for the password of the outgoing server (SMTP): type the same password there.",
        ],
        sign_in: &[
            "Open Account Settings, Server Settings, and set Authentication method to OAuth2.",
            "Open Account Settings, Outgoing Server (SMTP), Edit, and set Authentication method to OAuth2 there too.",
            "Click Get Messages. A sign-in window opens: sign in there with the password of your account, not in the mail program's password box.",
        ],
        clear: &[
            "In Thunderbird open Settings, Privacy & Security, and look at Saved Passwords.",
            "Remove the entries of this mailbox that begin with imap://, mailbox:// or smtp://. Leave those that begin with oauth:// alone.",
            "Quit Thunderbird and start it again.",
        ],
        replaced: None,
    },
    Facts {
        client: Client::ThunderbirdAndroid,
        title: "Thunderbird for Android",
        browser: &[
            GOOGLE,
            "googlemail.com",
            "imap.mail.yahoo.com",
            "smtp.mail.yahoo.com",
            "imap.aol.com",
            "smtp.aol.com",
            "imap.fastmail.com",
            "smtp.fastmail.com",
            "outlook.office365.com",
            "smtp.office365.com",
            "smtp-mail.outlook.com",
            "thundermail.com",
        ],
        account_type: &[],
        system: &[],
        lists_are_complete: true,
        boxes: &[
            "Open the account's settings, Fetching mail, Incoming server, and type the password into the box Password.",
            "Open the account's settings, Sending mail, Outgoing server, and type the same password into the box Password there.",
        ],
        sign_in: &[
            "Open the account's settings, Fetching mail, Incoming server, and set Authentication to OAuth 2.0.",
            "Open the account's settings, Sending mail, Outgoing server, and set Authentication to OAuth 2.0 there too.",
            "The browser opens: sign in there with the password of your account.",
        ],
        clear: &[],
        replaced: Some("Nothing lies elsewhere: what you type into the two boxes replaces the old password."),
    },
    Facts {
        client: Client::AppleMail,
        title: "Apple Mail",
        browser: &[],
        account_type: &[GOOGLE, "office365.com", "outlook.com", "hotmail.com", "yahoo.com", "aol.com"],
        system: &["mail.me.com"],
        lists_are_complete: true,
        boxes: &[
            "In Mail open Settings, Accounts, choose the account, then Server Settings, and type the password into the box Password under Incoming Mail Server.",
            "Type the same password into the box Password under Outgoing Mail Server.",
        ],
        sign_in: &[
            "Open System Settings, Internet Accounts, Add Account, and choose the provider's own name, not Other.",
            "A sign-in window opens: sign in there with the password of your account.",
        ],
        clear: &[
            "Close Mail and open Keychain Access (or Passwords).",
            "Search for the name of the mail server, and delete the entries of this mailbox for receiving and for sending.",
            "If a configuration profile set the account up, remove that profile first: System Settings, General, Device Management.",
        ],
        replaced: None,
    },
    Facts {
        client: Client::IosMail,
        title: "Mail on iPhone or iPad",
        browser: &[],
        account_type: &[GOOGLE, "office365.com", "outlook.com", "hotmail.com", "yahoo.com", "aol.com"],
        system: &["mail.me.com"],
        lists_are_complete: true,
        boxes: &[
            "Open Settings, Apps, Mail, Mail Accounts, the account, and tap its address. Type the password into the box Password under Incoming Mail Server.",
            "On the same page tap SMTP, then the primary server, and type the same password into the box Password there.",
        ],
        sign_in: &[
            "Open Settings, Apps, Mail, Mail Accounts, Add Account, and tap the provider's own name, not Other.",
            "A sign-in window opens: sign in there with the password of your account.",
        ],
        clear: &[
            "If a configuration profile set the account up, remove the old profile first: Settings, General, VPN & Device Management.",
        ],
        replaced: Some("Otherwise nothing lies elsewhere: what you type into the two boxes replaces the old password."),
    },
    Facts {
        client: Client::OutlookClassic,
        title: "Outlook (classic)",
        browser: &[GOOGLE, "googlemail.com"],
        account_type: MICROSOFT,
        system: &[],
        lists_are_complete: true,
        boxes: &[
            "In Outlook open File, Account Settings, Server Settings, and type the password into the box Password under Incoming mail.",
            "On the same page open Outgoing mail. Either use the same name and password as for incoming mail, or type the password there too.",
        ],
        sign_in: &[
            "In Outlook open File, Add Account, and type the address only. Do not choose IMAP or POP by hand: that kind of account can only use passwords.",
            "A sign-in window opens: sign in there with the password of your account.",
        ],
        clear: &[
            "Close Outlook, then open Control Panel, Credential Manager, Windows Credentials.",
            "Remove the entries whose name begins with MicrosoftOffice or MS.Outlook and that belong to this address. Leave MicrosoftAccount, WindowsLive and OneDrive entries alone.",
            "The password of an IMAP or POP account does not lie there but in Outlook itself.",
        ],
        replaced: None,
    },
    Facts {
        client: Client::OutlookNew,
        title: "Outlook (new)",
        browser: &[GOOGLE, "office365.com", "outlook.com", "yahoo.com"],
        account_type: &[],
        system: &[],
        lists_are_complete: false,
        boxes: &[
            "In Outlook open Settings, Accounts, Your accounts, Manage beside the account, and repair it. Type the password into the box Password.",
            "Open the advanced settings there and look at the password of the outgoing server (SMTP): it must be the same.",
        ],
        sign_in: &[
            "In Outlook open Settings, Accounts, Your accounts, Add account, and type the address.",
            "A sign-in window opens: sign in there with the password of your account.",
        ],
        clear: &["In Outlook open Settings, Accounts, Your accounts, Manage, Remove, and add the account again."],
        replaced: None,
    },
    Facts {
        client: Client::OutlookMac,
        title: "Outlook for Mac",
        browser: &[GOOGLE, "office365.com", "outlook.com", "yahoo.com"],
        account_type: &[],
        system: &[],
        lists_are_complete: false,
        boxes: &[
            "In Outlook open Tools, Accounts, choose the account, and type the password into the box Password.",
            "On the same page open More Options under Outgoing server, and let it use the same information as the incoming server.",
        ],
        sign_in: &[
            "In Outlook open Tools, Accounts, add an account, and type the address.",
            "A sign-in window opens: sign in there with the password of your account.",
        ],
        clear: &[
            "Close Outlook and open Keychain Access.",
            "Search for Exchange, then for Microsoft Office Identities, and delete the entries of this address. For IMAP search for the name of the mail server.",
        ],
        replaced: None,
    },
    Facts {
        client: Client::AndroidMail,
        title: "the mail app on Android",
        browser: &[GOOGLE, "office365.com", "outlook.com", "yahoo.com"],
        account_type: &[],
        system: &[],
        lists_are_complete: false,
        boxes: &[
            "Open the app's settings, the account, Incoming settings, and type the password into the box Password.",
            "Open Outgoing settings there and type the same password into the box Password.",
        ],
        sign_in: &[
            "Add the account in the app, and choose the provider's own name from the list, not Other or IMAP.",
            "The browser opens: sign in there with the password of your account.",
        ],
        clear: &[],
        replaced: Some("Nothing lies elsewhere: what you type into the two boxes replaces the old password."),
    },
];

/// A program about which nothing is known.
static OTHER: Facts = Facts {
    client: Client::Other,
    title: "the mail program",
    browser: &[],
    account_type: &[],
    system: &[],
    lists_are_complete: false,
    boxes: &[
        "In the settings of the account find the incoming server, and type the password into the box Password.",
        "Find the outgoing server (SMTP), and type the same password into the box Password there.",
    ],
    sign_in: &[
        "In the settings of the account set the authentication method to OAuth2, for receiving and for sending.",
        "A sign-in window opens: sign in there with the password of your account.",
    ],
    clear: &["Remove the saved password of this mailbox, for receiving and for sending."],
    replaced: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_has_a_row() {
        for client in Client::ALL {
            assert_eq!(facts(*client).client, *client);
        }
    }

    #[test]
    fn who_signs_in_where() {
        for (client, host, expected) in [
            (Some(Client::Thunderbird), "imap.gmail.com", Browser::Yes),
            (Some(Client::Thunderbird), "imap.mail.att.net", Browser::Yes),
            (Some(Client::Thunderbird), "imap.mail.me.com", Browser::No),
            (Some(Client::ThunderbirdAndroid), "imap.mail.att.net", Browser::No),
            (Some(Client::ThunderbirdAndroid), "imap.yandex.com", Browser::No),
            (Some(Client::AppleMail), "outlook.office365.com", Browser::AccountType),
            (Some(Client::IosMail), "imap.mail.me.com", Browser::System),
            (Some(Client::OutlookClassic), "outlook.office365.com", Browser::AccountType),
            (Some(Client::OutlookClassic), "imap.mail.yahoo.com", Browser::No),
            (Some(Client::OutlookNew), "imap.mail.yahoo.com", Browser::Yes),
            (Some(Client::OutlookNew), "imap.fastmail.com", Browser::Unknown),
            (Some(Client::Other), "imap.gmail.com", Browser::Unknown),
            (None, "imap.gmail.com", Browser::Unknown),
            (Some(Client::Thunderbird), "", Browser::No),
        ] {
            assert_eq!(browser(client, host), expected, "{client:?} {host}");
        }
    }
}
