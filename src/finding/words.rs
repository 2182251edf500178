//! How the words of the field are called in sentences: as messages, since a reader of another language knows them by other names.

use super::{Message, Severity};
use crate::account::{Authentication, Protocol, Security};
use crate::message;

impl Security {
    /// In a sentence; the names of protocols are the same everywhere.
    pub fn words(self) -> Message {
        match self {
            Self::None => message!("no encryption"),
            Self::StartTls | Self::Tls => Message::verbatim(self.name().to_owned()),
        }
    }
}

impl Authentication {
    /// In a sentence.
    pub fn words(self) -> Message {
        match self {
            Self::None => message!("no authentication"),
            Self::Password => message!("password"),
            Self::Encrypted => message!("encrypted password"),
            Self::Certificate => message!("TLS certificate"),
            Self::Any => message!("any method"),
            Self::Ntlm | Self::Kerberos | Self::Oauth2 => Message::verbatim(self.name().to_owned()),
        }
    }
}

impl Protocol {
    /// How messages call a server of this protocol.
    pub const fn role(self) -> Message {
        match self {
            Self::Imap => message!("IMAP server"),
            Self::Pop3 => message!("POP3 server"),
            Self::Smtp => message!("outgoing server (SMTP)"),
            Self::Exchange => message!("Exchange server"),
        }
    }
}

impl Severity {
    /// As a report prints it; programs read [`Self::name`].
    pub const fn words(self) -> Message {
        match self {
            Self::Error => message!("error"),
            Self::Warning => message!("warning"),
            Self::Info => message!("info"),
            Self::Hint => message!("hint"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_english_the_words_are_the_names() {
        use Authentication::*;
        for way in [None, Password, Encrypted, Ntlm, Kerberos, Certificate, Oauth2, Any] {
            assert_eq!(way.words().to_string(), way.name());
        }
        for security in [Security::None, Security::StartTls, Security::Tls] {
            assert_eq!(security.words().to_string(), security.name());
        }
        for severity in [Severity::Hint, Severity::Info, Severity::Warning, Severity::Error] {
            assert_eq!(severity.words().to_string(), severity.name());
        }
    }
}
