//! The keys of accounts that a device reaches without IMAP: Exchange on iPhones, Exchange on Macs, Google.

use super::{Key, Kind, Payload, SERVICES, Since, flag, number, text};

/// For how many days back ActiveSync fetches mail. 0: all there is.
const SYNC_DAYS: &[&str] = &["0", "1", "3", "7", "14", "31"];

/// `com.apple.eas.account.yaml`. The switches for parts of the account end in `Overridable`, those of S/MIME in `Overrideable`.
pub(super) const EAS: Payload = Payload {
    payload_type: "com.apple.eas.account",
    title: "Exchange ActiveSync",
    is_mail: true,
    ios: Since::Version("4.0"),
    macos: Since::Never,
    vision: Since::Version("1.1"),
    keys: &[
        text("EmailAddress"),
        text("Host"),
        flag("SSL"),
        text("UserName"),
        text("Password"),
        flag("OAuth").ios("12.0"),
        text("OAuthSignInURL").ios("13.0"),
        text("OAuthTokenRequestURL").ios("13.0"),
        flag("OverridePreviousPassword").ios("14.0"),
        Key::new("Certificate", Kind::Data).ios("7.0"),
        text("CertificateName").ios("7.0"),
        text("CertificatePassword"),
        text("PayloadCertificateUUID"),
        number("MailNumberOfPastDaysToSync").one_of_numbers(SYNC_DAYS),
        flag("PreventMove").ios("5.0"),
        flag("PreventAppSheet").ios("5.0"),
        flag("disableMailRecentsSyncing"),
        flag("allowMailDrop").ios("9.2"),
        flag("EnableMail").ios("13.0"),
        flag("EnableMailUserOverridable").ios("13.0"),
        flag("EnableContacts").ios("13.0"),
        flag("EnableContactsUserOverridable").ios("13.0"),
        flag("EnableCalendars").ios("13.0"),
        flag("EnableCalendarsUserOverridable").ios("13.0"),
        flag("EnableReminders").ios("13.0"),
        flag("EnableRemindersUserOverridable").ios("13.0"),
        flag("EnableNotes").ios("13.0"),
        flag("EnableNotesUserOverridable").ios("13.0"),
        flag("SMIMEEnabled")
            .ios("5.0")
            .no_vision()
            .ignored("iOS 10", &["SMIMESigningEnabled", "SMIMEEncryptByDefault"]),
        flag("SMIMESigningEnabled").ios("10.3"),
        text("SMIMESigningCertificateUUID").ios("5.0"),
        flag("SMIMESigningUserOverrideable").ios("12.0"),
        flag("SMIMESigningCertificateUUIDUserOverrideable").ios("12.0"),
        flag("SMIMEEncryptionEnabled").ios("10.3").no_vision().deprecated("iOS 12", &["SMIMEEncryptByDefault"]),
        text("SMIMEEncryptionCertificateUUID").ios("5.0"),
        flag("SMIMEEncryptionCertificateUUIDUserOverrideable").ios("12.0"),
        flag("SMIMEEncryptByDefault").ios("12.0"),
        flag("SMIMEEncryptByDefaultUserOverrideable").ios("12.0"),
        flag("SMIMEEnableEncryptionPerMessageSwitch").ios("12.0"),
        flag("SMIMEEnablePerMessageSwitch")
            .ios("8.0")
            .no_vision()
            .deprecated("iOS 12", &["SMIMEEnableEncryptionPerMessageSwitch"]),
        text("HeaderMagic").no_vision().deprecated("iOS 7", &[]),
        SERVICES,
        text("VPNUUID").ios("14.0"),
    ],
};

/// `com.apple.ews.account.yaml`.
pub(super) const EWS: Payload = Payload {
    payload_type: "com.apple.ews.account",
    title: "Exchange Web Services",
    is_mail: true,
    ios: Since::Never,
    macos: Since::Version("10.7"),
    vision: Since::Never,
    keys: &[
        text("EmailAddress"),
        text("Host"),
        flag("SSL"),
        number("Port"),
        text("Path"),
        text("ExternalHost"),
        flag("ExternalSSL"),
        number("ExternalPort"),
        text("ExternalPath"),
        text("UserName"),
        text("Password"),
        flag("OAuth").macos("10.14"),
        text("OAuthSignInURL").macos("10.14"),
        text("PayloadCertificateUUID").macos("10.12"),
        text("AuthenticationCertificateUUID").macos("10.11"),
        flag("allowMailDrop").macos("10.12"),
        // In Apple's own example of this payload.
        number("MailNumberOfPastDaysToSync").unpublished(),
    ],
};

/// `com.apple.google-oauth.yaml`.
pub(super) const GOOGLE: Payload = Payload {
    payload_type: "com.apple.google-oauth",
    title: "Google",
    is_mail: true,
    ios: Since::Version("9.3"),
    macos: Since::Never,
    vision: Since::Version("1.1"),
    keys: &[
        text("EmailAddress").required(),
        text("AccountDescription"),
        text("AccountName"),
        SERVICES,
        text("VPNUUID").ios("14.0"),
    ],
};
