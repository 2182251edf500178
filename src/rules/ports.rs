//! Which port is whose.

use crate::account::{Protocol, Security};

/// The ports registered for a protocol, and those in common use for handing in mail. RFC 8314 §7, RFC 6409 §3.1.
pub(super) const fn own(protocol: Protocol) -> &'static [u16] {
    match protocol {
        Protocol::Imap => &[993, 143],
        Protocol::Pop3 => &[995, 110],
        Protocol::Smtp => &[465, 587, 25],
        Protocol::Exchange => &[443],
    }
}

/// Whose port it is, if it is that of another mail protocol.
pub(super) fn of_other(protocol: Protocol, port: u16) -> Option<Protocol> {
    let others = [Protocol::Imap, Protocol::Pop3, Protocol::Smtp];
    others.into_iter().find(|other| *other != protocol && own(*other).contains(&port))
}

/// The port of `protocol` that fits what the account uses now: kept encrypted where either port or security speak of it.
pub(super) const fn usual(protocol: Protocol, port: Option<u16>, security: Security) -> (u16, Security) {
    let of_port = match port {
        Some(port) => Security::of_port(port),
        None => None,
    };
    let security = match (security, of_port) {
        (Security::None, Some(Security::Tls)) => Security::Tls,
        (security, _) => security,
    };
    (protocol.default_port(security), security)
}

/// Ports that are no slip although one digit parts them from a usual one: 443 passes every firewall, 585 and 994 are old ports
/// for TLS.
const SECOND_CHOICE: [u16; 3] = [443, 585, 994];

/// The usual port of `protocol` that was probably meant by one that is none of its own.
pub(super) fn meant(protocol: Protocol, port: u16) -> Option<u16> {
    let is_own = own(protocol).contains(&port) || SECOND_CHOICE.contains(&port);
    own(protocol).iter().copied().find(|usual| !is_own && is_slip(port, *usual))
}

/// One digit off, or two neighbours swapped, in a number of at least three digits.
fn is_slip(port: u16, usual: u16) -> bool {
    let (port, usual) = (port.to_string(), usual.to_string());
    let is_near = port.len() >= 3 && usual.len() >= 3 && strsim::damerau_levenshtein(&port, &usual) == 1;
    is_near && !is_moved_up(&port, &usual)
}

/// 8143 and 1143 for 143: administrators who need another port put a digit before the usual one. 9993 is 993 with a key
/// pressed twice.
fn is_moved_up(port: &str, usual: &str) -> bool {
    port.strip_suffix(usual).is_some_and(|digit| !digit.is_empty() && (digit == "1" || !usual.starts_with(digit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_differ_by_one_digit() {
        for (port, usual) in [(487, 587), (939, 993), (9993, 993), (456, 465), (933, 993), (4465, 465)] {
            assert!(is_slip(port, usual), "{port}");
        }
        for (port, usual) in
            [(26, 25), (99, 993), (2525, 25), (10993, 993), (8143, 993), (8143, 143), (1143, 143), (2465, 465)]
        {
            assert!(!is_slip(port, usual), "{port}");
        }
        assert_eq!(meant(Protocol::Imap, 9993), Some(993));
        assert_eq!(meant(Protocol::Imap, 994), None);
        assert_eq!(meant(Protocol::Pop3, 995), None);
    }

    #[test]
    fn ports_belong_to_one_protocol() {
        assert_eq!(of_other(Protocol::Imap, 995), Some(Protocol::Pop3));
        assert_eq!(of_other(Protocol::Smtp, 587), None);
        assert_eq!(of_other(Protocol::Smtp, 2525), None);
        assert_eq!(usual(Protocol::Imap, Some(995), Security::StartTls), (143, Security::StartTls));
        assert_eq!(usual(Protocol::Imap, Some(995), Security::None), (993, Security::Tls));
    }
}
