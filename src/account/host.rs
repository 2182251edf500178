//! Where a host lies: on this computer, in a private network, or in the public internet.
//!
//! A bridge such as Proton Mail's, or a company's own server, is none of our business; this is where that is decided.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where a host lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This computer: a bridge or a tunnel.
    Loopback,
    /// A name or number that means nothing outside one network: RFC 1918, RFC 6762, RFC 8375, single labels.
    Private,
    /// Everything else.
    Public,
}

/// Endings that never resolve in the public DNS. RFC 6761, 6762, 7686, 8375; `internal` reserved by ICANN in 2024; the rest
/// are what companies use by habit.
const PRIVATE_ENDINGS: [&str; 10] =
    ["local", "lan", "internal", "intranet", "corp", "home", "home.arpa", "onion", "localdomain", "private"];

/// Where `host` lies; `host` in lower case without a trailing dot.
pub fn host_reach(host: &str) -> Reach {
    if host == "localhost" || host.ends_with(".localhost") {
        return Reach::Loopback;
    }
    if let Ok(address) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
        return address_reach(address);
    }
    let private =
        PRIVATE_ENDINGS.iter().any(|ending| host.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.')));
    let single_label = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if private || single_label { Reach::Private } else { Reach::Public }
}

fn address_reach(address: IpAddr) -> Reach {
    let (loopback, private) = match address {
        IpAddr::V4(v4) => (v4.is_loopback() || v4.is_unspecified(), is_private_v4(v4)),
        IpAddr::V6(v6) => (v6.is_loopback() || v6.is_unspecified(), is_private_v6(v6)),
    };
    match (loopback, private) {
        (true, _) => Reach::Loopback,
        (_, true) => Reach::Private,
        _ => Reach::Public,
    }
}

/// RFC 1918, RFC 3927 and the shared space of carriers, RFC 6598.
fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    address.is_private() || address.is_link_local() || (a == 100 && (64..128).contains(&b))
}

/// RFC 4193 and RFC 4291 §2.5.6.
fn is_private_v6(address: Ipv6Addr) -> bool {
    address.is_unique_local() || address.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bridges_and_company_hosts_are_told_from_public_ones() {
        let cases = [
            ("127.0.0.1", Reach::Loopback),
            ("localhost", Reach::Loopback),
            ("::1", Reach::Loopback),
            ("[::1]", Reach::Loopback),
            ("10.1.2.3", Reach::Private),
            ("100.64.0.1", Reach::Private),
            ("fd00::1", Reach::Private),
            ("mailserver", Reach::Private),
            ("mail.corp", Reach::Private),
            ("mail.example.local", Reach::Private),
            ("imap.gmail.com", Reach::Public),
            ("local", Reach::Private),
            ("203.0.113.9", Reach::Public),
            ("", Reach::Public),
            ("imap.gmail.com ", Reach::Public),
        ];
        for (host, expected) in cases {
            assert_eq!(host_reach(host), expected, "{host:?}");
        }
    }
}
