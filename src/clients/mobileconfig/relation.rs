//! What lies between a profile and its payloads: certificates that one names and none holds, devices and scopes that do not fit.

use super::payloads::{EAS, EWS, GOOGLE, MAIL, payload_type};
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
        let target = target.filter(|target| variables::find(target).is_none() && !holds(payloads, target));
        let dangling = target.map(|target| Seen::Dangling { reference, target: target.to_owned(), to: None });
        seen.extend(dangling.map(|dangling| see(payload, key, dangling, account)));
    }
    let device = root.value("TargetDeviceType").and_then(Value::as_integer);
    let other = device.and_then(|device| other_device(device, payload_type(payload)));
    seen.extend(other.map(|other| see(payload, "PayloadType", other, account)));
    seen
}

fn see(at: &At<'_>, key: &str, seen: Seen, account: Option<&str>) -> Observation {
    let place = at.place(key).or_else(|| at.opening()).unwrap_or(Place { source: 0, span: None });
    Observation { seen, key: at.key(key), place, account: account.map(str::to_owned) }
}

fn holds(payloads: &[At<'_>], uuid: &str) -> bool {
    payloads.iter().any(|other| other.text("PayloadUUID").is_some_and(|own| own.trim().eq_ignore_ascii_case(uuid)))
}

/// `TargetDeviceType` in `TopLevel.yaml` beside the platforms of each payload's own file.
fn other_device(device: i64, payload_type: &str) -> Option<Seen> {
    let payload = match payload_type {
        MAIL => "mail",
        EAS => "Exchange ActiveSync",
        EWS => "Exchange Web Services",
        GOOGLE => "Google",
        _ => return None,
    };
    let (device, fits) = match device {
        1 => ("an iPhone or iPad", payload_type != EWS),
        2 => ("an Apple Watch", false),
        3 => ("a HomePod", false),
        4 => ("an Apple TV", false),
        5 => ("a Mac", matches!(payload_type, MAIL | EWS)),
        6 => ("an Apple Vision Pro", payload_type != EWS),
        _ => return None,
    };
    (!fits).then_some(Seen::OtherDevice { payload, device })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_know_the_payloads_of_their_own_schema() {
        let cases = [
            (5, EAS, true),
            (5, MAIL, false),
            (1, EWS, true),
            (1, EAS, false),
            (4, MAIL, true),
            (0, EWS, false),
            (5, "com.apple.wifi.managed", false),
        ];
        for (device, payload, is_other) in cases {
            assert_eq!(other_device(device, payload).is_some(), is_other, "{device} {payload}");
        }
    }
}
