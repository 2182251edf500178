//! What lies between a profile and its payloads: certificates that one names and none holds, devices and scopes that do not fit.

use super::payloads::{EAS, EWS, GOOGLE, MAIL, flag, payload_type};
use super::schema::{self, Key, Kind, Since};
use super::variables;
use crate::account::Place;
use crate::clients::property_list::At;
use crate::document::{Observation, Reference, Seen};
use crate::syntax::plist::Value;

/// Says who the person is; it belongs to mail accounts of macOS.
const IDENTIFICATION: &str = "com.apple.configurationprofile.identification";

/// Keys that hold the UUID of another payload of the same profile. `VPNUUID` may name one of another profile.
const REFERENCES: [(&str, Reference); 5] = [
    ("PayloadCertificateUUID", Reference::SignInCertificate),
    ("AuthenticationCertificateUUID", Reference::SignInCertificate),
    ("SMIMESigningCertificateUUID", Reference::MailCertificate),
    ("SMIMEEncryptionCertificateUUID", Reference::MailCertificate),
    ("IdentificationUUID", Reference::Person),
];

/// Payloads of which it is sure that they hold no private key: certificates alone, and accounts.
const NO_IDENTITY: [&str; 9] = [
    "com.apple.security.root",
    "com.apple.security.pkcs1",
    "com.apple.security.pem",
    MAIL,
    EAS,
    EWS,
    GOOGLE,
    "com.apple.caldav.account",
    "com.apple.carddav.account",
];

/// In the profile as a whole.
pub(super) fn of_profile(root: &At<'_>, payloads: &[At<'_>]) -> Option<Observation> {
    let is_system = root.text("PayloadScope").is_some_and(|scope| scope.trim() == "System");
    let is_any = |kinds: &[&str]| payloads.iter().any(|payload| kinds.contains(&payload_type(payload)));
    let is_mail = |payload: &At<'_>| [MAIL, EAS, EWS, GOOGLE, IDENTIFICATION].contains(&payload_type(payload));
    let seen = Seen::SystemScope { only_mail: payloads.iter().all(is_mail) };
    (is_system && is_any(&[MAIL, EWS])).then(|| see(root, "PayloadScope", seen, None))
}

/// Between one payload and the rest.
pub(super) fn of_payload(
    root: &At<'_>,
    payload: &At<'_>,
    payloads: &[At<'_>],
    account: Option<&str>,
) -> Vec<Observation> {
    let mut seen = Vec::new();
    if account.is_none() {
        return seen; // No account, none of ours.
    }
    for (key, reference) in REFERENCES {
        let target = payload.text(key).map(str::trim).filter(|target| !target.is_empty());
        let Some(target) = target.filter(|target| variables::find(target).is_none()) else { continue };
        let what = match holder(payloads, target) {
            None => Some(Seen::Dangling { reference, target: target.to_owned(), to: None }),
            Some(held) => without_identity(reference, target, payload_type(held)),
        };
        seen.extend(what.map(|what| see(payload, key, what, account)));
    }
    let device = root.value("TargetDeviceType").and_then(Value::as_integer);
    let other = device.map(|device| other_device(device, payload)).unwrap_or_default();
    seen.extend(other.into_iter().map(|(key, other)| see(payload, key, other, account)));
    seen
}

fn see(at: &At<'_>, key: &str, seen: Seen, account: Option<&str>) -> Observation {
    let place = at.place(key).or_else(|| at.opening()).unwrap_or(Place { source: 0, span: None });
    Observation { seen, key: at.key(key), place, account: account.map(str::to_owned) }
}

fn holder<'a, 'b>(payloads: &'b [At<'a>], uuid: &str) -> Option<&'b At<'a>> {
    payloads.iter().find(|other| other.text("PayloadUUID").is_some_and(|own| own.trim().eq_ignore_ascii_case(uuid)))
}

/// A payload without a key of its own, where one is needed to sign in or to sign mail.
fn without_identity(reference: Reference, target: &str, payload_type: &str) -> Option<Seen> {
    let needs_key = matches!(reference, Reference::SignInCertificate | Reference::MailCertificate);
    (needs_key && NO_IDENTITY.contains(&payload_type))
        .then(|| Seen::NoIdentity { target: target.to_owned(), payload_type: payload_type.to_owned() })
}

/// `TargetDeviceType` in `TopLevel.yaml`: what the device is called, and what the schema says of it, if it says anything.
fn device(number: i64) -> Option<(&'static str, Option<System>)> {
    Some(match number {
        1 => ("an iPhone or iPad", Some(System::Ios)),
        2 => ("an Apple Watch", None),
        3 => ("a HomePod", None),
        4 => ("an Apple TV", None),
        5 => ("a Mac", Some(System::Macos)),
        6 => ("an Apple Vision Pro", Some(System::Vision)),
        _ => return None,
    })
}

/// A payload that the device does not know, or else its keys that the device does not know and that would do something.
fn other_device(number: i64, payload: &At<'_>) -> Vec<(&'static str, Seen)> {
    let (Some((device, system)), Some(known)) = (device(number), schema::find(payload_type(payload))) else {
        return Vec::new();
    };
    let Some(system) = system.filter(|system| system.knows(known.ios, known.macos, known.vision)) else {
        return vec![("PayloadType", Seen::OtherDevice { payload: known.title, device })];
    };
    let does_something = |key: &&Key| match key.kind {
        Kind::Flag => flag(payload, key.name) == Some(true),
        _ => payload.text(key.name).is_some_and(|text| !text.trim().is_empty()),
    };
    let keys = known.keys.iter().filter(|key| !system.knows(key.ios, key.macos, key.vision));
    keys.filter(does_something).map(|key| (key.name, Seen::KeyOfOtherDevice { device })).collect()
}

/// The systems of the schema.
#[derive(Clone, Copy)]
enum System {
    Ios,
    Macos,
    Vision,
}

impl System {
    fn knows(self, ios: Since, macos: Since, vision: Since) -> bool {
        let since = match self {
            Self::Ios => ios,
            Self::Macos => macos,
            Self::Vision => vision,
        };
        since != Since::Never
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::plist;

    fn seen(device: i64, kind: &str, keys: &str) -> Vec<&'static str> {
        let text = format!("<plist><dict><key>PayloadType</key><string>{kind}</string>{keys}</dict></plist>");
        let list = plist::parse(text.as_bytes());
        other_device(device, &At::root(&list).unwrap()).into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn devices_know_the_payloads_of_their_own_schema() {
        let cases = [
            (5, EAS, true),
            (5, MAIL, false),
            (1, EWS, true),
            (1, EAS, false),
            (4, MAIL, true),
            (6, GOOGLE, false),
            (0, EWS, false),
            (5, "com.apple.wifi.managed", false),
        ];
        for (device, payload, is_other) in cases {
            assert_eq!(!seen(device, payload, "").is_empty(), is_other, "{device} {payload}");
        }
    }

    #[test]
    fn a_key_for_iphones_does_nothing_on_a_mac() {
        let on = "<key>PreventMove</key><true/><key>VPNUUID</key><string>6A7B</string><key>allowMailDrop</key><true/>";
        let off = "<key>PreventMove</key><false/><key>VPNUUID</key><string></string>";
        assert_eq!(seen(5, MAIL, on), ["PreventMove", "VPNUUID"]);
        assert!(seen(5, MAIL, off).is_empty());
        assert!(seen(1, MAIL, on).is_empty());
    }
}
