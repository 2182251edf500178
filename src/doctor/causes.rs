//! What can be wrong when a mail program asks for the password again or shows an error, and what to do about each.

use serde::Serialize;

use crate::finding::Message;

/// What may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// A password of another kind is wanted.
    WrongPasswordKind,
    /// The right kind, and not the right one.
    WrongPassword,
    /// The user name has another form.
    UsernameForm,
    /// Port and connection security do not belong together.
    PortSecurityMismatch,
    /// The server insists on encryption.
    EncryptionRequired,
    /// The certificate cannot be trusted.
    Certificate,
    /// No version of TLS in common.
    TlsVersion,
    /// The host does not exist.
    HostNotFound,
    /// The port cannot be reached from here.
    PortBlocked,
    /// The way to authenticate is not offered.
    AuthMethod,
    /// Only the browser sign-in is taken.
    OauthRequired,
    /// IMAP, POP or SMTP is off at the provider.
    ProtocolDisabled,
    /// Too many tries, or an account under suspicion.
    Locked,
    /// An old password is saved and used.
    StoredCredential,
    /// The sender's address is not allowed.
    SenderRefused,
    /// The server is at fault.
    ServerTrouble,
    /// The connection is at fault.
    Network,
    /// A company or the client forbids it.
    Policy,
    /// Not known.
    Unknown,
}

/// A cause with its words.
struct Words {
    cause: Cause,
    id: &'static str,
    /// Whether a password can cure it.
    about_password: bool,
    message: &'static str,
    todo: &'static [&'static str],
}

impl Cause {
    /// As in JSON.
    pub fn id(self) -> &'static str {
        self.words().map_or("unknown", |words| words.id)
    }

    /// What it means.
    pub(super) fn message(self) -> Message {
        Message::new(self.words().map_or("", |words| words.message))
    }

    /// What to do, one step each.
    pub(super) fn todo(self) -> impl Iterator<Item = Message> {
        self.words().map_or(&[][..], |words| words.todo).iter().copied().map(Message::new)
    }

    /// Whether another password, or another try, can cure it.
    pub(super) fn is_about_password(self) -> bool {
        self.words().is_none_or(|words| words.about_password)
    }

    fn words(self) -> Option<&'static Words> {
        WORDS.iter().find(|words| words.cause == self)
    }
}

static WORDS: &[Words] = &[
    Words {
        cause: Cause::WrongPasswordKind,
        id: "wrong-password-kind",
        about_password: true,
        message: "The password may be typed correctly and still be the wrong kind of password.",
        todo: &["Use the kind of password that is named here, not another one."],
    },
    Words {
        cause: Cause::WrongPassword,
        id: "wrong-password",
        about_password: true,
        message: "The server does not take this password for this user name.",
        todo: &[
            "Type it by hand once. A copied password often has a blank or a line end at its end.",
            "Look at capital letters, the language of the keyboard, and full-width characters.",
        ],
    },
    Words {
        cause: Cause::UsernameForm,
        id: "username-form",
        about_password: true,
        message: "The user name may have the wrong form: the whole address, the part before the @, or a name that the provider gave out.",
        todo: &[
            "Compare the user name of the incoming and of the outgoing server with the ones that the provider names.",
        ],
    },
    Words {
        cause: Cause::PortSecurityMismatch,
        id: "port-security-mismatch",
        about_password: false,
        message: "Port and connection security do not belong together. The password has nothing to do with it.",
        todo: &[
            "With SSL/TLS the port is 993 (IMAP), 995 (POP) or 465 (SMTP).",
            "With STARTTLS the port is 143 (IMAP), 110 (POP) or 587 (SMTP).",
            "Change the one that does not fit. Do not turn encryption off.",
        ],
    },
    Words {
        cause: Cause::EncryptionRequired,
        id: "encryption-required",
        about_password: false,
        message: "The server takes no password over a connection that is not encrypted.",
        todo: &[
            "Set the connection security to SSL/TLS or STARTTLS, with the port that belongs to it.",
            "Do not choose encrypted password instead: that is something else.",
        ],
    },
    Words {
        cause: Cause::Certificate,
        id: "certificate",
        about_password: false,
        message: "The program cannot tell whether it talks to the right server: the certificate does not fit or is not trusted.",
        todo: &[
            "Compare the name of the server with the one the provider publishes, letter by letter.",
            "See whether date and time of this device are right.",
            "If an antivirus program checks mail, turn off its mail check for a moment and try again.",
            "Do not accept the certificate and do not type a password until it is clear.",
        ],
    },
    Words {
        cause: Cause::TlsVersion,
        id: "tls-version",
        about_password: false,
        message: "Program and server find no encryption that both know. One of them is too old.",
        todo: &[
            "Update the mail program and the operating system. TLS 1.2 or newer is needed.",
            "Do not turn encryption off.",
        ],
    },
    Words {
        cause: Cause::HostNotFound,
        id: "host-not-found",
        about_password: false,
        message: "The server of that name does not exist, or cannot be found from here.",
        todo: &[
            "Compare the name of the server with the one the provider publishes. Look for blanks and swapped letters.",
            "See whether the internet works on this device at all.",
        ],
    },
    Words {
        cause: Cause::PortBlocked,
        id: "port-blocked",
        about_password: false,
        message: "No connection to the server comes about: the port is wrong, or something on the way blocks it.",
        todo: &[
            "Compare host and port with the ones the provider publishes.",
            "If the port for sending is 25, change it to 587 with STARTTLS or 465 with SSL/TLS. Most networks block 25.",
            "Try another network, for example mobile data, and turn off VPN and firewall for a moment.",
        ],
    },
    Words {
        cause: Cause::AuthMethod,
        id: "auth-method",
        about_password: false,
        message: "The program is set to a way of signing in that the server does not offer.",
        todo: &[
            "Set the authentication method to normal password, with SSL/TLS or STARTTLS.",
            "In Outlook take the tick away from Secure Password Authentication (SPA).",
        ],
    },
    Words {
        cause: Cause::OauthRequired,
        id: "oauth-required",
        about_password: true,
        message: "The program is meant to sign in through the browser (OAuth2) here, and not with a password.",
        todo: &[
            "Use the sign-in through the browser, for receiving and for sending.",
            "If the program cannot do it, use one that can. Do not try other passwords.",
        ],
    },
    Words {
        cause: Cause::ProtocolDisabled,
        id: "protocol-disabled",
        about_password: false,
        message: "Access by mail programs may be switched off at the provider. Then the right password is refused too.",
        todo: &[
            "Sign in on the provider's web page and turn on IMAP (or POP) and SMTP in the mail settings.",
            "For a mailbox at work only the administrator can do that.",
        ],
    },
    Words {
        cause: Cause::Locked,
        id: "locked",
        about_password: false,
        message: "The provider has stopped the sign-in for a while: too many tries, too many connections, or a sign-in that looks strange to it.",
        todo: &[
            "Stop every program and device that uses this mailbox, also the old phone in the drawer.",
            "Sign in on the provider's web page and confirm what it asks.",
            "Wait at least an hour. Then try once.",
        ],
    },
    Words {
        cause: Cause::StoredCredential,
        id: "stored-credential",
        about_password: true,
        message: "The program may still use an old password that it has saved.",
        todo: &["Take the saved password away, for receiving and for sending.", "Then type the right one once."],
    },
    Words {
        cause: Cause::SenderRefused,
        id: "sender-refused",
        about_password: false,
        message: "The server refuses the sender's address, or the program did not sign in before sending.",
        todo: &[
            "Use the address of this mailbox as the sender.",
            "Turn on authentication for the outgoing server, with the same name and password as for receiving.",
        ],
    },
    Words {
        cause: Cause::ServerTrouble,
        id: "server-trouble",
        about_password: false,
        message: "The server is in trouble at the moment, or under maintenance.",
        todo: &[
            "Look for a notice of trouble on the provider's web page.",
            "Wait, and change nothing in the meantime.",
        ],
    },
    Words {
        cause: Cause::Network,
        id: "network",
        about_password: false,
        message: "The connection to the internet broke, or something on the way cut it.",
        todo: &[
            "Open any web page on this device to see whether the internet works.",
            "Try another network, and turn off VPN and the mail check of an antivirus program for a moment.",
        ],
    },
    Words {
        cause: Cause::Policy,
        id: "policy",
        about_password: false,
        message: "A rule of the company, or a switch of the administrator, forbids it.",
        todo: &["Show the whole message to the help desk of the company. No other password changes it."],
    },
    Words {
        cause: Cause::Unknown,
        id: "unknown",
        about_password: true,
        message: "What this is, is not known. Check these in order.",
        todo: &[
            "Does the mail work on the provider's web page? If not, the trouble lies there.",
            "Does the internet work on this device? Try another network.",
            "Are server, port and connection security as the provider publishes them? Run mailcfg lint.",
            "Is the user name right, for receiving and for sending?",
            "Is it the kind of password that is named here?",
            "Is an old password saved? Take it away and type the right one once.",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_words_and_its_id_is_that_of_json() {
        for words in WORDS {
            assert_eq!(serde_json::to_value(words.cause).expect("a word"), words.cause.id());
            assert!(words.cause.todo().count() > 0 && !words.message.is_empty());
        }
        assert_eq!(WORDS.len(), Cause::Unknown as usize + 1);
    }
}
