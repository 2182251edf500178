//! Which keys a payload has and what may stand in them. From Apple's published schema (device-management, iOS 18.1 and
//! macOS 15.1), for the parts that concern mail.

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Flag,
    Date,
    Array,
    Dict,
    /// Anything: keys that are known and not checked.
    Any,
}

/// One key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    /// The values that a text may have; empty: any.
    pub(super) allowed: &'static [&'static str],
}

const fn key(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, required: false, allowed: &[] }
}

const fn required(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, required: true, allowed: &[] }
}

const fn one_of(name: &'static str, allowed: &'static [&'static str]) -> Key {
    Key { name, kind: Kind::Text, required: true, allowed }
}

const METHODS: &[&str] =
    &["EmailAuthNone", "EmailAuthPassword", "EmailAuthCRAMMD5", "EmailAuthNTLM", "EmailAuthHTTPMD5"];

/// `TopLevel.yaml`. `PayloadContent` is checked apart, as an encrypted profile has none.
pub(super) const TOP_LEVEL: &[Key] = &[
    required("PayloadIdentifier", Kind::Text),
    required("PayloadUUID", Kind::Text),
    one_of("PayloadType", &["Configuration"]),
    required("PayloadVersion", Kind::Number),
    key("PayloadContent", Kind::Array),
    key("PayloadDescription", Kind::Text),
    key("PayloadDisplayName", Kind::Text),
    key("PayloadOrganization", Kind::Text),
    key("PayloadScope", Kind::Text),
    key("PayloadRemovalDisallowed", Kind::Flag),
    key("HasRemovalPasscode", Kind::Flag),
    key("RemovalDate", Kind::Date),
    key("PayloadExpirationDate", Kind::Date),
    key("DurationUntilRemoval", Kind::Any),
    key("TargetDeviceType", Kind::Number),
    key("ConsentText", Kind::Dict),
    key("IsEncrypted", Kind::Flag),
    key("EncryptedPayloadContent", Kind::Any),
];

/// `CommonPayloadKeys.yaml`.
pub(super) const COMMON: &[Key] = &[
    required("PayloadIdentifier", Kind::Text),
    required("PayloadUUID", Kind::Text),
    required("PayloadType", Kind::Text),
    required("PayloadVersion", Kind::Number),
    key("PayloadDescription", Kind::Text),
    key("PayloadDisplayName", Kind::Text),
    key("PayloadOrganization", Kind::Text),
];

/// `com.apple.mail.managed.yaml`.
pub(super) const MAIL: &[Key] = &[
    one_of("EmailAccountType", &["EmailTypeIMAP", "EmailTypePOP"]),
    one_of("IncomingMailServerAuthentication", METHODS),
    required("IncomingMailServerHostName", Kind::Text),
    one_of("OutgoingMailServerAuthentication", METHODS),
    required("OutgoingMailServerHostName", Kind::Text),
    key("EmailAccountDescription", Kind::Text),
    key("EmailAccountName", Kind::Text),
    key("EmailAddress", Kind::Text),
    key("IncomingMailServerPortNumber", Kind::Number),
    key("IncomingMailServerUseSSL", Kind::Flag),
    key("IncomingMailServerUsername", Kind::Text),
    key("IncomingMailServerIMAPPathPrefix", Kind::Text),
    key("IncomingPassword", Kind::Text),
    key("OutgoingMailServerPortNumber", Kind::Number),
    key("OutgoingMailServerUseSSL", Kind::Flag),
    key("OutgoingMailServerUsername", Kind::Text),
    key("OutgoingPassword", Kind::Text),
    key("OutgoingPasswordSameAsIncomingPassword", Kind::Flag),
    key("PreventMove", Kind::Flag),
    key("PreventAppSheet", Kind::Flag),
    key("disableMailRecentsSyncing", Kind::Flag),
    key("allowMailDrop", Kind::Flag),
    key("SMIMEEnabled", Kind::Flag),
    key("SMIMESigningEnabled", Kind::Flag),
    key("SMIMESigningCertificateUUID", Kind::Text),
    key("SMIMEEncryptionEnabled", Kind::Flag),
    key("SMIMEEncryptionCertificateUUID", Kind::Text),
    key("SMIMEEnablePerMessageSwitch", Kind::Flag),
    key("SMIMESigningUserOverrideable", Kind::Flag),
    key("SMIMESigningCertificateUUIDUserOverrideable", Kind::Flag),
    key("SMIMEEncryptByDefault", Kind::Flag),
    key("SMIMEEncryptByDefaultUserOverrideable", Kind::Flag),
    key("SMIMEEncryptionCertificateUUIDUserOverrideable", Kind::Flag),
    key("SMIMEEnableEncryptionPerMessageSwitch", Kind::Flag),
    key("VPNUUID", Kind::Text),
    // Not in the schema, but written by Profile Manager and honoured by macOS.
    key("IdentificationUUID", Kind::Any),
    key("PayloadEnabled", Kind::Any),
];

/// `com.apple.eas.account.yaml`, the keys of the connection.
pub(super) const EAS: &[Key] = &[
    key("Host", Kind::Text),
    key("EmailAddress", Kind::Text),
    key("UserName", Kind::Text),
    key("Password", Kind::Text),
    key("SSL", Kind::Flag),
    key("OAuth", Kind::Flag),
    key("OAuthSignInURL", Kind::Text),
    key("OAuthTokenRequestURL", Kind::Text),
    key("MailNumberOfPastDaysToSync", Kind::Number),
];

/// `com.apple.ews.account.yaml`, the keys of the connection.
pub(super) const EWS: &[Key] = &[
    key("Host", Kind::Text),
    key("EmailAddress", Kind::Text),
    key("UserName", Kind::Text),
    key("Password", Kind::Text),
    key("SSL", Kind::Flag),
    key("OAuth", Kind::Flag),
    key("OAuthSignInURL", Kind::Text),
    key("Port", Kind::Number),
    key("Path", Kind::Text),
    key("ExternalHost", Kind::Text),
    key("ExternalPort", Kind::Number),
    key("ExternalSSL", Kind::Flag),
    key("ExternalPath", Kind::Text),
];

/// `com.apple.google-oauth.yaml`.
pub(super) const GOOGLE: &[Key] =
    &[required("EmailAddress", Kind::Text), key("AccountDescription", Kind::Text), key("AccountName", Kind::Text)];

/// The keys of a payload beside the common ones; `None` for types we leave alone.
pub(super) fn keys_of(payload_type: &str) -> Option<&'static [Key]> {
    match payload_type {
        super::payloads::MAIL => Some(MAIL),
        super::payloads::EAS => Some(EAS),
        super::payloads::EWS => Some(EWS),
        super::payloads::GOOGLE => Some(GOOGLE),
        _ => None,
    }
}
