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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_belong_to_one_protocol() {
        assert_eq!(of_other(Protocol::Imap, 995), Some(Protocol::Pop3));
        assert_eq!(of_other(Protocol::Smtp, 587), None);
        assert_eq!(of_other(Protocol::Smtp, 2525), None);
        assert_eq!(usual(Protocol::Imap, Some(995), Security::StartTls), (143, Security::StartTls));
        assert_eq!(usual(Protocol::Imap, Some(995), Security::None), (993, Security::Tls));
    }
}
