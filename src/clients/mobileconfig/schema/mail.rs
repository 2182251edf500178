//! The keys of the mail payload: IMAP or POP, and the server to send through.

use super::{Payload, Since, flag, number, text};

const TYPES: &[&str] = &["EmailTypeIMAP", "EmailTypePOP"];

const METHODS: &[&str] =
    &["EmailAuthNone", "EmailAuthPassword", "EmailAuthCRAMMD5", "EmailAuthNTLM", "EmailAuthHTTPMD5"];

/// `com.apple.mail.managed.yaml`.
pub(super) const MAIL: Payload = Payload {
    payload_type: "com.apple.mail.managed",
    title: "mail",
    is_mail: true,
    ios: Since::Version("4.0"),
    macos: Since::Version("10.7"),
    vision: Since::Version("1.1"),
    keys: &[
        text("EmailAccountType").required().one_of(TYPES),
        text("EmailAccountDescription"),
        text("EmailAccountName"),
        text("EmailAddress"),
        text("IncomingMailServerAuthentication").required().one_of(METHODS),
        text("IncomingMailServerHostName").required(),
        number("IncomingMailServerPortNumber"),
        flag("IncomingMailServerUseSSL"),
        text("IncomingMailServerUsername"),
        text("IncomingMailServerIMAPPathPrefix"),
        text("IncomingPassword"),
        text("OutgoingMailServerAuthentication").required().one_of(METHODS),
        text("OutgoingMailServerHostName").required(),
        number("OutgoingMailServerPortNumber"),
        flag("OutgoingMailServerUseSSL"),
        text("OutgoingMailServerUsername"),
        text("OutgoingPassword"),
        flag("OutgoingPasswordSameAsIncomingPassword"),
        flag("PreventMove").ios("5.0").no_mac(),
        flag("PreventAppSheet").ios("5.0").no_mac(),
        flag("disableMailRecentsSyncing").ios("6.0"),
        flag("allowMailDrop").ios("9.2").macos("10.12"),
        flag("SMIMEEnabled").ios("5.0").no_mac().ignored("iOS 10", &["SMIMESigningEnabled", "SMIMEEncryptByDefault"]),
        flag("SMIMESigningEnabled").ios("10.0").no_mac(),
        text("SMIMESigningCertificateUUID").ios("5.0").no_mac(),
        flag("SMIMESigningUserOverrideable").ios("12.0").no_mac(),
        flag("SMIMESigningCertificateUUIDUserOverrideable").ios("12.0").no_mac(),
        flag("SMIMEEncryptionEnabled").ios("10.0").no_mac(),
        text("SMIMEEncryptionCertificateUUID").ios("5.0").no_mac(),
        flag("SMIMEEncryptionCertificateUUIDUserOverrideable").ios("12.0").no_mac(),
        flag("SMIMEEncryptByDefault").ios("12.0").no_mac(),
        flag("SMIMEEncryptByDefaultUserOverrideable").ios("12.0").no_mac(),
        flag("SMIMEEnableEncryptionPerMessageSwitch").ios("12.0").no_mac(),
        // The schema marks it as deprecated in iOS 10 and says 12 in words, as it does twice for ActiveSync.
        flag("SMIMEEnablePerMessageSwitch")
            .ios("8.0")
            .no_mac()
            .no_vision()
            .deprecated("iOS 12", &["SMIMEEnableEncryptionPerMessageSwitch"]),
        text("VPNUUID").ios("14.0").no_mac(),
        // Written by Profile Manager and honoured by macOS.
        text("IdentificationUUID").unpublished(),
    ],
};
