//! Which keys a declaration has and what may stand in them. From Apple's published schema (device-management), for accounts
//! that hold mail and the assets they name.
//!
//! A device refuses a declaration with a key that it does not know, so the tables must be whole. Types that are not here are
//! left alone.

use crate::document::WebUser;

pub(super) const MAIL: &str = "com.apple.configuration.account.mail";
pub(super) const EXCHANGE: &str = "com.apple.configuration.account.exchange";
pub(super) const GOOGLE: &str = "com.apple.configuration.account.google";
pub(super) const PASSWORD: &str = "com.apple.asset.credential.userpassword";
pub(super) const PERSON: &str = "com.apple.asset.useridentity";
const CERTIFICATE: &str = "com.apple.asset.credential.certificate";

/// What all assets are called.
pub(super) const ASSET: &str = "com.apple.asset.";

const PASSWORDS: &[&str] = &[PASSWORD];
const PERSONS: &[&str] = &[PERSON];
const IDENTITIES: &[&str] =
    &["com.apple.asset.credential.acme", "com.apple.asset.credential.identity", "com.apple.asset.credential.scep"];

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    /// A name that should not be longer than [`LONGEST`].
    Name,
    /// A web address, and who sends or takes a password there.
    Address(WebUser),
    OneOf(&'static [&'static str]),
    Number,
    /// A port of a server that no account is read from; the others are for the rules.
    Port,
    Flag,
    /// A list of some of these words.
    Each(&'static [&'static str]),
    Object(&'static [Key]),
    /// The identifier of an asset of one of these types.
    Asset(&'static [&'static str]),
    /// Known, and not looked into.
    Any,
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

const fn key(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, required: false }
}

const fn required(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, required: true }
}

/// How long an identifier or a token should be at most, in octets.
pub(super) const LONGEST: usize = 64;

/// `declarationbase.yaml`. The token is the server's, which adds it when it hands the declaration out.
pub(super) const BASE: &[Key] = &[
    required("Type", Kind::Text),
    required("Identifier", Kind::Name),
    key("ServerToken", Kind::Name),
    required("Payload", Kind::Any),
];

const METHODS: Kind = Kind::OneOf(&["None", "Password", "CRAMMD5", "NTLM", "HTTPMD5"]);

const SMIME: Kind = Kind::Object(&[
    key(
        "Signing",
        Kind::Object(&[
            required("Enabled", Kind::Flag),
            key("IdentityAssetReference", Kind::Asset(IDENTITIES)),
            key("UserOverrideable", Kind::Flag),
            key("IdentityUserOverrideable", Kind::Flag),
        ]),
    ),
    key(
        "Encryption",
        Kind::Object(&[
            required("Enabled", Kind::Flag),
            key("IdentityAssetReference", Kind::Asset(IDENTITIES)),
            key("UserOverrideable", Kind::Flag),
            key("IdentityUserOverrideable", Kind::Flag),
            key("PerMessageSwitchEnabled", Kind::Flag),
        ]),
    ),
]);

/// `account.mail.yaml`.
const MAIL_KEYS: &[Key] = &[
    key("VisibleName", Kind::Text),
    key("UserIdentityAssetReference", Kind::Asset(PERSONS)),
    required(
        "IncomingServer",
        Kind::Object(&[
            required("ServerType", Kind::OneOf(&["IMAP", "POP"])),
            required("HostName", Kind::Text),
            key("Port", Kind::Number),
            required("AuthenticationMethod", METHODS),
            key("AuthenticationCredentialsAssetReference", Kind::Asset(PASSWORDS)),
            key("IMAPPathPrefix", Kind::Text),
        ]),
    ),
    required(
        "OutgoingServer",
        Kind::Object(&[
            required("HostName", Kind::Text),
            key("Port", Kind::Number),
            required("AuthenticationMethod", METHODS),
            key("AuthenticationCredentialsAssetReference", Kind::Asset(PASSWORDS)),
        ]),
    ),
    key("SMIME", SMIME),
];

/// `account.exchange.yaml`. Its key with a blank in it is taken for a slip, and both spellings are let pass.
const EXCHANGE_KEYS: &[Key] = &[
    key("VisibleName", Kind::Text),
    required("EnabledProtocolTypes", Kind::Each(&["EAS", "EWS"])),
    key("UserIdentityAssetReference", Kind::Asset(PERSONS)),
    key("HostName", Kind::Text),
    key("Port", Kind::Number),
    key("Path", Kind::Text),
    key("ExternalHostName", Kind::Text),
    key("ExternalPort", Kind::Port),
    key("External Path", Kind::Text),
    key("ExternalPath", Kind::Text),
    key(
        "OAuth",
        Kind::Object(&[
            required("Enabled", Kind::Flag),
            key("SignInURL", Kind::Address(WebUser::Person)),
            key("TokenRequestURL", Kind::Address(WebUser::Program)),
        ]),
    ),
    key("AuthenticationCredentialsAssetReference", Kind::Asset(PASSWORDS)),
    key("AuthenticationIdentityAssetReference", Kind::Asset(IDENTITIES)),
    key("SMIME", SMIME),
    key("MailServiceActive", Kind::Flag),
    key("LockMailService", Kind::Flag),
    key("ContactsServiceActive", Kind::Flag),
    key("LockContactsService", Kind::Flag),
    key("CalendarServiceActive", Kind::Flag),
    key("LockCalendarService", Kind::Flag),
    key("RemindersServiceActive", Kind::Flag),
    key("LockRemindersService", Kind::Flag),
    key("NotesServiceActive", Kind::Flag),
    key("LockNotesService", Kind::Flag),
];

/// `account.google.yaml`.
const GOOGLE_KEYS: &[Key] =
    &[key("VisibleName", Kind::Text), required("UserIdentityAssetReference", Kind::Asset(PERSONS))];

/// `useridentity.yaml`.
const PERSON_KEYS: &[Key] = &[key("FullName", Kind::Text), key("EmailAddress", Kind::Text)];

const REFERENCE: Key = required(
    "Reference",
    Kind::Object(&[
        required("DataURL", Kind::Address(WebUser::Device)),
        key("ContentType", Kind::Text),
        key("Size", Kind::Number),
        key("Hash-SHA-256", Kind::Text),
    ]),
);

const REQUEST: Key = key("Authentication", Kind::Object(&[required("Type", Kind::OneOf(&["MDM", "None"]))]));

/// `credential.userpassword.yaml` and `credential.certificate.yaml`.
const REFERENCE_KEYS: &[Key] = &[REFERENCE, REQUEST];

/// `credential.acme.yaml`, `credential.identity.yaml`, `credential.scep.yaml`.
const IDENTITY_KEYS: &[Key] = &[REFERENCE, REQUEST, key("Accessible", Kind::OneOf(&["Default", "AfterFirstUnlock"]))];

/// `usernameandpassword.yaml`: what the address of an asset of credentials serves.
pub(super) const CREDENTIALS_KEYS: &[Key] = &[required("UserName", Kind::Text), key("Password", Kind::Text)];

/// Whether a declaration of this type makes an account.
pub(super) fn is_account(declaration_type: &str) -> bool {
    [MAIL, EXCHANGE, GOOGLE].contains(&declaration_type)
}

/// The keys of `Payload`; `None` for types that are left alone.
pub(super) fn keys_of(declaration_type: &str) -> Option<&'static [Key]> {
    match declaration_type {
        MAIL => Some(MAIL_KEYS),
        EXCHANGE => Some(EXCHANGE_KEYS),
        GOOGLE => Some(GOOGLE_KEYS),
        PERSON => Some(PERSON_KEYS),
        PASSWORD | CERTIFICATE => Some(REFERENCE_KEYS),
        kind if IDENTITIES.contains(&kind) => Some(IDENTITY_KEYS),
        _ => None,
    }
}
