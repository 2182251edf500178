//! The words of the field: protocols, connection security, ways to authenticate.
//!
//! Shared with the build script, which reads `profiles/`; so nothing here may import another module.

use serde::{Deserialize, Serialize};

/// What a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// Mail access, RFC 9051 and RFC 3501.
    Imap,
    /// Mail access, RFC 1939.
    Pop3,
    /// Message submission, RFC 6409.
    Smtp,
    /// Microsoft Exchange in one of its protocols (ActiveSync, EWS, Graph): no ports, no TLS setting of its own.
    Exchange,
}

impl Protocol {
    /// As it is written in prose.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Imap => "IMAP",
            Self::Pop3 => "POP3",
            Self::Smtp => "SMTP",
            Self::Exchange => "Exchange",
        }
    }

    /// The port that a client uses for this protocol and this security when none is written. RFC 8314 §7, RFC 6409 §3.1.
    pub const fn default_port(self, security: Security) -> u16 {
        match (self, security) {
            (Self::Imap, Security::Tls) => 993,
            (Self::Imap, _) => 143,
            (Self::Pop3, Security::Tls) => 995,
            (Self::Pop3, _) => 110,
            (Self::Smtp, Security::Tls) => 465,
            (Self::Smtp, _) => 587,
            (Self::Exchange, _) => 443,
        }
    }

    /// Whether mail is fetched with it.
    pub const fn is_access(self) -> bool {
        matches!(self, Self::Imap | Self::Pop3)
    }
}

/// How the connection is protected, in the words of RFC 8314.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Cleartext from beginning to end.
    None,
    /// Begins in cleartext and must be upgraded, RFC 8314 §4.1 (second half).
    StartTls,
    /// Implicit TLS: encrypted from the first byte, RFC 8314 §3.
    Tls,
}

impl Security {
    /// As mail programs label it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "no encryption",
            Self::StartTls => "STARTTLS",
            Self::Tls => "SSL/TLS",
        }
    }

    /// The only mode that makes sense on a port registered for one mode, for any protocol.
    pub const fn of_port(port: u16) -> Option<Self> {
        match port {
            993 | 995 | 465 => Some(Self::Tls),
            143 | 110 | 587 | 25 => Some(Self::StartTls),
            _ => None,
        }
    }
}

/// How the client proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Authentication {
    /// None at all.
    None,
    /// A password as it is: SASL PLAIN, LOGIN, IMAP LOGIN, POP USER/PASS.
    Password,
    /// A password that is hashed with a challenge: CRAM-MD5, APOP, DIGEST-MD5.
    Encrypted,
    /// NTLM.
    Ntlm,
    /// Kerberos by GSSAPI.
    Kerberos,
    /// A client certificate: SASL EXTERNAL.
    Certificate,
    /// OAuth 2.0: SASL XOAUTH2 or OAUTHBEARER.
    Oauth2,
    /// The client tries what the server offers, cleartext included.
    Any,
}

impl Authentication {
    /// As it is written in prose.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "no authentication",
            Self::Password => "password",
            Self::Encrypted => "encrypted password",
            Self::Ntlm => "NTLM",
            Self::Kerberos => "Kerberos",
            Self::Certificate => "TLS certificate",
            Self::Oauth2 => "OAuth2",
            Self::Any => "any method",
        }
    }

    /// Whether a password crosses the line readable when there is no TLS.
    pub const fn sends_password(self) -> bool {
        matches!(self, Self::Password | Self::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_ports_are_those_of_rfc_8314() {
        let ports = [Protocol::Imap, Protocol::Pop3, Protocol::Smtp].map(|p| p.default_port(Security::Tls));
        assert_eq!(ports, [993, 995, 465]);
        for port in ports {
            assert_eq!(Security::of_port(port), Some(Security::Tls));
        }
    }
}
