//! The keys of calendars and address books, which those who give out mail accounts put into the same profile.

use super::{Payload, SERVICES, Since, flag, number, text};

/// `com.apple.caldav.account.yaml`.
pub(super) const CALDAV: Payload = Payload {
    payload_type: "com.apple.caldav.account",
    title: "CalDAV",
    is_mail: false,
    ios: Since::Version("4.0"),
    macos: Since::Version("10.7"),
    vision: Since::Version("1.1"),
    keys: &[
        text("CalDAVHostName").required(),
        number("CalDAVPort"),
        flag("CalDAVUseSSL"),
        text("CalDAVPrincipalURL"),
        text("CalDAVUsername"),
        text("CalDAVPassword"),
        text("CalDAVAccountDescription"),
        text("VPNUUID").ios("14.0").no_mac(),
    ],
};

/// `com.apple.carddav.account.yaml`.
pub(super) const CARDDAV: Payload = Payload {
    payload_type: "com.apple.carddav.account",
    title: "CardDAV",
    is_mail: false,
    ios: Since::Version("4.0"),
    macos: Since::Version("10.7"),
    vision: Since::Version("1.1"),
    keys: &[
        text("CardDAVHostName").required().macos("10.7"),
        number("CardDAVPort").macos("10.7"),
        flag("CardDAVUseSSL").macos("10.7"),
        text("CardDAVPrincipalURL").no_mac(),
        text("CardDAVUsername").macos("10.7"),
        text("CardDAVPassword").macos("10.7"),
        text("CardDAVAccountDescription").macos("10.7"),
        SERVICES.no_mac(),
        text("VPNUUID").ios("14.0").no_mac(),
    ],
};
