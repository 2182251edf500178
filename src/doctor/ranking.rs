//! Ranks what may be wrong: by what the error text says, by what is wrong with the settings, and by what the person tells.
//!
//! Weights are rough on purpose. What a message names outweighs what it suggests; a fault in the settings outweighs both,
//! because programs report wrong ports and missing encryption as wrong passwords.

use super::errors::{Pattern, Sure, Triage};
use super::{Cause, Changed, Fault, Question, Suspect};
use crate::finding::{Confidence, Message};
use crate::provider::PasswordKind;

/// From here on a cause is said to be the one.
const HIGH: u32 = 80;
/// From here on it is likely.
const MEDIUM: u32 = 50;
/// Below, it is not worth reading.
const LEAST: u32 = 20;
/// How many are worth reading.
const MOST: usize = 5;

/// What a message mostly means.
const LIKELY: u32 = 70;

/// A fault in the settings.
const FAULT: u32 = 110;

/// What the person tells, and what it points to. `None` and an empty list fit everything.
struct Sign {
    changed: Option<Changed>,
    webmail: Option<bool>,
    other_device: Option<bool>,
    kinds: &'static [PasswordKind],
    cause: Cause,
    weight: u32,
}

const ANY: Sign =
    Sign { changed: None, webmail: None, other_device: None, kinds: &[], cause: Cause::Unknown, weight: 0 };

/// Kinds that are not the web page's password.
const OWN_KINDS: &[PasswordKind] = &[
    PasswordKind::AppPassword,
    PasswordKind::DedicatedMailPassword,
    PasswordKind::MailAccountPassword,
    PasswordKind::BridgePassword,
];

static SIGNS: &[Sign] = &[
    Sign { changed: Some(Changed::Password), cause: Cause::StoredCredential, weight: 60, ..ANY },
    Sign {
        changed: Some(Changed::Password),
        kinds: &[PasswordKind::AppPassword],
        cause: Cause::WrongPasswordKind,
        weight: 70,
        ..ANY
    },
    Sign { changed: Some(Changed::TwoFactor), cause: Cause::WrongPasswordKind, weight: 75, ..ANY },
    Sign { changed: Some(Changed::TwoFactor), cause: Cause::StoredCredential, weight: 40, ..ANY },
    Sign { changed: Some(Changed::NewDevice), kinds: OWN_KINDS, cause: Cause::WrongPasswordKind, weight: 65, ..ANY },
    Sign { changed: Some(Changed::NewDevice), cause: Cause::UsernameForm, weight: 30, ..ANY },
    Sign { changed: Some(Changed::FromOutlook), kinds: OWN_KINDS, cause: Cause::WrongPasswordKind, weight: 55, ..ANY },
    Sign { changed: Some(Changed::FromOutlook), cause: Cause::UsernameForm, weight: 40, ..ANY },
    Sign { changed: Some(Changed::ProviderMoved), cause: Cause::HostNotFound, weight: 60, ..ANY },
    Sign { changed: Some(Changed::ProviderMoved), cause: Cause::StoredCredential, weight: 50, ..ANY },
    Sign { changed: Some(Changed::Nothing), cause: Cause::Locked, weight: 28, ..ANY },
    Sign { other_device: Some(true), cause: Cause::StoredCredential, weight: 55, ..ANY },
    Sign { other_device: Some(true), cause: Cause::UsernameForm, weight: 40, ..ANY },
    Sign { other_device: Some(true), cause: Cause::PortSecurityMismatch, weight: 30, ..ANY },
    Sign { webmail: Some(true), other_device: Some(false), cause: Cause::ProtocolDisabled, weight: 55, ..ANY },
    Sign { webmail: Some(true), kinds: OWN_KINDS, cause: Cause::WrongPasswordKind, weight: 55, ..ANY },
    Sign { webmail: Some(true), cause: Cause::StoredCredential, weight: 40, ..ANY },
    Sign { webmail: Some(false), cause: Cause::AccountAccess, weight: 85, ..ANY },
    Sign { webmail: Some(false), cause: Cause::Locked, weight: 50, ..ANY },
    Sign { webmail: Some(false), other_device: Some(false), cause: Cause::ServerTrouble, weight: 52, ..ANY },
];

/// Which rule on settings points to which cause: those that find what cannot work.
static RULES: &[(&str, Cause)] = &[
    ("port-security-mismatch", Cause::PortSecurityMismatch),
    ("port-of-other-protocol", Cause::PortSecurityMismatch),
    ("port-out-of-range", Cause::PortSecurityMismatch),
    ("ssl-off-on-tls-port", Cause::PortSecurityMismatch),
    ("port-in-host", Cause::HostNotFound),
    ("no-encryption", Cause::EncryptionRequired),
    ("plaintext-by-default", Cause::EncryptionRequired),
    ("tls-version-lowered", Cause::TlsVersion),
    ("abandoned-host", Cause::HostNotFound),
    ("address-literal-in-host", Cause::HostNotFound),
    ("full-width-in-host", Cause::HostNotFound),
    ("host-of-other-protocol", Cause::HostNotFound),
    ("look-alike-host", Cause::HostNotFound),
    ("misspelled-host", Cause::HostNotFound),
    ("missing-host", Cause::HostNotFound),
    ("not-a-mail-server", Cause::HostNotFound),
    ("placeholder-host", Cause::HostNotFound),
    ("retired-host", Cause::HostNotFound),
    ("url-in-host", Cause::HostNotFound),
    ("whitespace-in-host", Cause::HostNotFound),
    ("smtp-port-25", Cause::PortBlocked),
    ("full-width-in-username", Cause::UsernameForm),
    ("username-not-full-address", Cause::UsernameForm),
    ("username-not-local-part", Cause::UsernameForm),
    ("whitespace-in-username", Cause::UsernameForm),
    ("no-incoming-authentication", Cause::AuthMethod),
    ("oauth-not-possible", Cause::OauthRequired),
    ("oauth-without-issuer", Cause::OauthRequired),
    ("password-sign-in-retired", Cause::OauthRequired),
    ("dangling-outgoing-server", Cause::SenderRefused),
    ("no-smtp-authentication", Cause::SenderRefused),
];

/// The rules whose findings can look like a password that is refused.
pub fn structural_rules() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(rule, _)| *rule)
}

/// What may be wrong, likeliest first.
pub(super) struct Ranking {
    weights: Vec<(Cause, u32)>,
    /// Whether there is a message that says nothing known and nothing of signing in.
    is_silent: bool,
}

impl Ranking {
    pub(super) fn of(question: &Question<'_>, triage: &Triage, kind: PasswordKind, has_switch: bool) -> Self {
        let has_faults = question.faults.as_ref().is_some_and(|faults| !faults.is_empty());
        let is_silent = triage.is_silent() && question.asks_for_password != Some(true) && !has_faults;
        let mut ranking = Self { weights: Vec::new(), is_silent };
        for pattern in triage.patterns() {
            ranking.add_pattern(pattern, kind);
        }
        for fault in question.faults.iter().flatten() {
            ranking.add_fault(fault);
        }
        // At a company the help desk asks such questions.
        let is_open = !matches!(kind, PasswordKind::Company | PasswordKind::NonePossible);
        // That it works elsewhere says nothing of the password where the message says nothing of it either.
        let (may_be_password, may_be_account) = (!is_silent && triage.may_be_password(), triage.may_be_account());
        let counts = |sign: &&Sign| {
            let is_to_the_point = if sign.changed.is_some() { may_be_account } else { may_be_password };
            is_open && is_to_the_point && sign.fits(question, kind)
        };
        for sign in SIGNS.iter().filter(counts) {
            ranking.add(sign.cause, sign.weight);
        }
        if triage.is_about_signing_in() {
            ranking.add_provider(kind, has_switch);
        }
        if triage.is_unknown() && (is_silent || ranking.weights.is_empty()) {
            ranking.add(Cause::Unknown, LEAST);
        }
        // Sorting keeps the order of equals, which is that of the tables. What the person tells must not stand before a look at
        // the connection where the message is not understood.
        let comes_first = |cause: Cause| is_silent && cause == Cause::Unknown;
        ranking.weights.sort_by_key(|(cause, weight)| std::cmp::Reverse((comes_first(*cause), *weight)));
        ranking
    }

    /// Several hints at one cause count as the strongest, and a little more.
    fn add(&mut self, cause: Cause, weight: u32) {
        match self.weights.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, known)) => *known = (*known).max(weight) + 2,
            None => self.weights.push((cause, weight)),
        }
    }

    fn add_pattern(&mut self, pattern: &Pattern, kind: PasswordKind) {
        let (first, rest) = match pattern.sure {
            Sure::Certain => (100, 45),
            Sure::Likely => (LIKELY, 55),
            Sure::Open => (46, 43),
        };
        for (index, cause) in pattern.causes.iter().enumerate() {
            let weight = if index == 0 { first } else { rest - 3 * u32::try_from(index).unwrap_or_default() };
            // Where the web page's password is the right kind, the kind is hardly the fault.
            let is_moot = *cause == Cause::WrongPasswordKind
                && kind == PasswordKind::LoginPassword
                && pattern.sure != Sure::Certain;
            self.add(*cause, if is_moot { LEAST } else { weight });
        }
    }

    fn add_fault(&mut self, fault: &Fault) {
        let cause = RULES.iter().find(|(rule, _)| *rule == fault.rule).map(|(_, cause)| *cause);
        if let Some(cause) = cause {
            self.add(cause, FAULT);
        }
    }

    /// What a plain refusal means at this provider.
    fn add_provider(&mut self, kind: PasswordKind, has_switch: bool) {
        if matches!(kind, PasswordKind::Oauth | PasswordKind::NonePossible) {
            self.add(Cause::OauthRequired, 72);
        }
        if OWN_KINDS.contains(&kind) {
            self.add(Cause::WrongPasswordKind, 58);
        }
        if has_switch {
            self.add(Cause::ProtocolDisabled, 54);
        }
    }

    /// The likeliest.
    pub(super) fn first(&self) -> Option<Cause> {
        self.weights.first().map(|(cause, _)| *cause)
    }

    /// Whether the likeliest cause has nothing to do with the password, and no likely one has.
    pub(super) fn leaves_password(&self) -> bool {
        if self.is_silent {
            return true;
        }
        let is_likely = |(cause, weight): &&(Cause, u32)| *weight >= MEDIUM && cause.is_about_password();
        let Some((first, weight)) = self.weights.first() else { return false };
        !first.is_about_password()
            && (*weight >= HIGH || (*weight >= LIKELY && !self.weights.iter().any(|known| is_likely(&known))))
    }

    /// What is left to ask where the message is not known.
    const fn questions(&self) -> &'static [&'static str] {
        if self.is_silent {
            return &[
                "Does the message ask for a name or a password? Then run mailcfg doctor again with --asks-for-password yes.",
            ];
        }
        &[
            "Is the user name right, for receiving and for sending?",
            "Is it the kind of password that is named here?",
            "Is an old password saved? Take it away and type the right one once.",
        ]
    }

    /// In words.
    pub(super) fn suspects(&self, triage: &Triage) -> Vec<Suspect> {
        let is_sure = self.weights.iter().filter(|(_, weight)| *weight >= HIGH).count() == 1;
        let worth = self.weights.iter().filter(|(_, weight)| *weight >= LEAST).take(MOST);
        let suspect = |(cause, weight): &(Cause, u32)| {
            let own = triage.patterns().filter(|pattern| pattern.causes.first() == Some(cause));
            let instead = own.clone().find(|pattern| pattern.instead.is_some());
            let mut todo: Vec<Message> = own.flat_map(|pattern| pattern.todo).copied().map(Message::new).collect();
            if instead.is_none() {
                todo.extend(cause.todo());
            }
            if *cause == Cause::Unknown {
                todo.extend(self.questions().iter().copied().map(Message::new));
            }
            let message = instead.and_then(|pattern| pattern.instead).map_or_else(|| cause.message(), Message::new);
            Suspect {
                cause: *cause,
                confidence: confidence(*weight),
                is_candidate: !(is_sure && *weight >= HIGH),
                message,
                todo,
            }
        };
        worth.map(suspect).collect()
    }
}

impl Sign {
    fn fits(&self, question: &Question<'_>, kind: PasswordKind) -> bool {
        let agrees = |wanted: Option<bool>, given: Option<bool>| wanted.is_none() || wanted == given;
        (self.changed.is_none() || self.changed == question.changed)
            && agrees(self.webmail, question.webmail)
            && agrees(self.other_device, question.other_device)
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
    }
}

const fn confidence(weight: u32) -> Confidence {
    match weight {
        HIGH.. => Confidence::High,
        MEDIUM..HIGH => Confidence::Medium,
        _ => Confidence::Low,
    }
}
