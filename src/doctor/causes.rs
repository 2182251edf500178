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
    /// Even the provider's web page does not let the person in.
    AccountAccess,
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
    /// The receiver's mailbox, or one's own, is full.
    MailboxFull,
    /// The receiver does not exist or takes no mail.
    RecipientRefused,
    /// The mail is too large.
    MessageTooLarge,
    /// The mail is taken for spam or a forgery.
    MessageRefused,
    /// Too many mails, or to too many people.
    SendingLimit,
    /// The mail went out, its copy was not kept.
    CopyNotSaved,
    /// What lies on the device is full or damaged.
    LocalData,
    /// Not known.
    Unknown,
}

/// What the trouble has to do with, so that nobody changes what works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Name, password or the way of signing in.
    Password,
    /// Server, port, encryption, or the way to the server.
    Connection,
    /// What the provider allows, or how it fares.
    Provider,
    /// A mail, its receiver, or the room in a mailbox.
    Mail,
    /// The device or what the program keeps on it.
    Device,
    /// Nothing says what.
    Unknown,
}

/// A cause with its words.
struct Words {
    cause: Cause,
    id: &'static str,
    subject: Subject,
    message: &'static str,
    todo: &'static [&'static str],
    /// What to look at if that does not help.
    next: &'static [&'static str],
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

    /// What to look at if that does not help.
    pub(super) fn next(self) -> &'static [&'static str] {
        self.words().map_or(&[][..], |words| words.next)
    }

    /// What it has to do with.
    pub(super) fn subject(self) -> Subject {
        self.words().map_or(Subject::Unknown, |words| words.subject)
    }

    /// Whether another password, or another try, may cure it.
    pub(super) fn is_about_password(self) -> bool {
        matches!(self.subject(), Subject::Password | Subject::Unknown)
    }

    fn words(self) -> Option<&'static Words> {
        WORDS.iter().find(|words| words.cause == self)
    }
}

/// Only worth saying where the settings were not looked at.
pub(super) const LINT: &str =
    "Run mailcfg lint: it compares server, port and encryption with what the provider publishes.";

const AT_HOME: &str = "If it works over mobile data and not at home, something at home is in the way: the router, a VPN, an antivirus program, or a block of port 25.";

static WORDS: &[Words] = &[
    Words {
        cause: Cause::WrongPasswordKind,
        id: "wrong-password-kind",
        subject: Subject::Password,
        message: "The password may be typed correctly and still be the wrong kind of password.",
        todo: &["Use the kind of password that is named here, not another one."],
        next: &[],
    },
    Words {
        cause: Cause::WrongPassword,
        id: "wrong-password",
        subject: Subject::Password,
        message: "The server does not take this password for this user name.",
        todo: &[
            "Type it by hand once. A copied password often has a blank or a line end at its end.",
            "Look at capital letters, the language of the keyboard, and full-width characters.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::AccountAccess,
        id: "account-access",
        subject: Subject::Password,
        message: "The account itself cannot be signed in to, not even on the provider's web page. So it is not the mail program.",
        todo: &[
            "On the web page use the way for a forgotten password, or do what it asks if it says that the account is locked.",
            "Type nothing into the mail program before the web page lets you in.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::UsernameForm,
        id: "username-form",
        subject: Subject::Password,
        message: "The user name may have the wrong form: the whole address, the part before the @, or a name that the provider gave out.",
        todo: &[
            "Compare the user name of the incoming and of the outgoing server with the ones that the provider names.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::PortSecurityMismatch,
        id: "port-security-mismatch",
        subject: Subject::Connection,
        message: "Port and connection security do not belong together. The password has nothing to do with it.",
        todo: &[
            "With SSL/TLS the port is 993 (IMAP), 995 (POP) or 465 (SMTP).",
            "With STARTTLS the port is 143 (IMAP), 110 (POP) or 587 (SMTP).",
            "Change the one that does not fit. Do not turn encryption off.",
        ],
        next: &[LINT],
    },
    Words {
        cause: Cause::EncryptionRequired,
        id: "encryption-required",
        subject: Subject::Connection,
        message: "The server takes no password over a connection that is not encrypted.",
        todo: &[
            "Set the connection security to SSL/TLS or STARTTLS, with the port that belongs to it.",
            "Do not choose encrypted password instead: that is something else.",
        ],
        next: &[LINT],
    },
    Words {
        cause: Cause::Certificate,
        id: "certificate",
        subject: Subject::Connection,
        message: "The program cannot tell whether it talks to the right server: the certificate does not fit or is not trusted.",
        todo: &[
            "Compare the name of the server with the one the provider publishes, letter by letter.",
            "See whether date and time of this device are right.",
            "If an antivirus program checks mail, turn off its mail check for a moment and try again.",
            "Do not accept the certificate and do not type a password until it is clear.",
        ],
        next: &[
            "If it happens on every device and in every network, tell the provider: then its certificate is at fault.",
        ],
    },
    Words {
        cause: Cause::TlsVersion,
        id: "tls-version",
        subject: Subject::Connection,
        message: "Program and server find no encryption that both know. One of them is too old.",
        todo: &[
            "Update the mail program and the operating system. TLS 1.2 or newer is needed.",
            "Do not turn encryption off.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::HostNotFound,
        id: "host-not-found",
        subject: Subject::Connection,
        message: "The server of that name does not exist, or cannot be found from here.",
        todo: &[
            "Compare the name of the server with the one the provider publishes. Look for blanks and swapped letters.",
            "See whether the internet works on this device at all.",
        ],
        next: &[AT_HOME],
    },
    Words {
        cause: Cause::PortBlocked,
        id: "port-blocked",
        subject: Subject::Connection,
        message: "No connection to the server comes about: the port is wrong, or something on the way blocks it.",
        todo: &[
            "Compare host and port with the ones the provider publishes.",
            "If the port for sending is 25, change it to 587 with STARTTLS or 465 with SSL/TLS. Most networks block 25.",
            "Try another network, for example mobile data, and turn off VPN and firewall for a moment.",
        ],
        next: &[AT_HOME],
    },
    Words {
        cause: Cause::AuthMethod,
        id: "auth-method",
        subject: Subject::Connection,
        message: "The program is set to a way of signing in that the server does not offer.",
        todo: &[
            "Set the authentication method to normal password, with SSL/TLS or STARTTLS.",
            "In Outlook take the tick away from Secure Password Authentication (SPA).",
        ],
        next: &[LINT],
    },
    Words {
        cause: Cause::OauthRequired,
        id: "oauth-required",
        subject: Subject::Password,
        message: "The program is meant to sign in through the browser (OAuth2) here, and not with a password.",
        todo: &[
            "Use the sign-in through the browser, for receiving and for sending.",
            "If the program cannot do it, use one that can. Do not try other passwords.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::ProtocolDisabled,
        id: "protocol-disabled",
        subject: Subject::Provider,
        message: "Access by mail programs may be switched off at the provider. Then the right password is refused too.",
        todo: &[
            "Sign in on the provider's web page and turn on IMAP (or POP) and SMTP in the mail settings.",
            "For a mailbox at work only the administrator can do that.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::Locked,
        id: "locked",
        subject: Subject::Provider,
        message: "The provider has stopped the sign-in for a while: too many tries, too many connections, or a sign-in that looks strange to it.",
        todo: &[
            "Stop every program and device that uses this mailbox, also the old phone in the drawer.",
            "Sign in on the provider's web page and confirm what it asks.",
            "Wait at least an hour. Then try once.",
        ],
        next: &[
            "If it works over mobile data and not at home, the provider may have locked your connection at home. Wait instead of trying.",
        ],
    },
    Words {
        cause: Cause::StoredCredential,
        id: "stored-credential",
        subject: Subject::Password,
        message: "The program may still use an old password that it has saved.",
        todo: &["Take the saved password away, for receiving and for sending.", "Then type the right one once."],
        next: &[],
    },
    Words {
        cause: Cause::SenderRefused,
        id: "sender-refused",
        subject: Subject::Connection,
        message: "The server refuses the sender's address, or the program did not sign in before sending.",
        todo: &[
            "Use the address of this mailbox as the sender.",
            "Turn on authentication for the outgoing server, with the same name and password as for receiving.",
        ],
        next: &[LINT],
    },
    Words {
        cause: Cause::ServerTrouble,
        id: "server-trouble",
        subject: Subject::Provider,
        message: "The server is in trouble at the moment, or under maintenance.",
        todo: &[
            "Look for a notice of trouble on the provider's web page.",
            "Wait, and change nothing in the meantime.",
        ],
        next: &["If it lasts longer than a day, ask the provider."],
    },
    Words {
        cause: Cause::Network,
        id: "network",
        subject: Subject::Connection,
        message: "The connection to the internet broke, or something on the way cut it.",
        todo: &[
            "Open any web page on this device to see whether the internet works.",
            "Try another network, and turn off VPN and the mail check of an antivirus program for a moment.",
        ],
        next: &[AT_HOME],
    },
    Words {
        cause: Cause::Policy,
        id: "policy",
        subject: Subject::Provider,
        message: "A rule of the company, or a switch of the administrator, forbids it.",
        todo: &["Show the whole message to the help desk of the company. No other password changes it."],
        next: &[],
    },
    Words {
        cause: Cause::MailboxFull,
        id: "mailbox-full",
        subject: Subject::Mail,
        message: "A mailbox is full: the receiver's, if it came when sending; else your own.",
        todo: &[
            "If it is your own, delete large and old mails on the provider's web page, and empty the trash there.",
            "If it is the receiver's, tell them in another way. Nothing is wrong on your side.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::RecipientRefused,
        id: "recipient-refused",
        subject: Subject::Mail,
        message: "The address of the receiver does not exist, is written wrongly, or takes no mail.",
        todo: &[
            "Compare the address of the receiver letter by letter, also what stands after the @.",
            "Take it out of the list of suggestions and type it anew: an old address may be kept there.",
        ],
        next: &["If the address is right, ask the receiver in another way: only their provider can change it."],
    },
    Words {
        cause: Cause::MessageTooLarge,
        id: "message-too-large",
        subject: Subject::Mail,
        message: "The mail is larger than a server on its way allows.",
        todo: &[
            "Send the attachments in several mails, make pictures smaller, or send a link to the file.",
            "Take the mail out of the outbox. Else it is tried again and again.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::MessageRefused,
        id: "message-refused",
        subject: Subject::Mail,
        message: "A server refuses this mail: it takes it, or the place it comes from, for spam or a forgery.",
        todo: &[
            "Send a short mail without links and attachments. If that arrives, it was the content.",
            "If every mail is refused, show the whole message to your provider: only they can have the block lifted.",
        ],
        next: &["If you did not send these mails, somebody else may use your mailbox. Then ask your provider at once."],
    },
    Words {
        cause: Cause::SendingLimit,
        id: "sending-limit",
        subject: Subject::Mail,
        message: "More mails were sent, or to more people, than the provider allows in one go.",
        todo: &["Send to fewer people at a time.", "Wait until tomorrow before you send more."],
        next: &["If you did not send so much, somebody else may use your mailbox. Then ask your provider at once."],
    },
    Words {
        cause: Cause::CopyNotSaved,
        id: "copy-not-saved",
        subject: Subject::Mail,
        message: "The mail went out. Only its copy could not be put into the folder for sent mails.",
        todo: &[
            "Do not send it again: the receiver would get it twice.",
            "See whether the mailbox is full, and which folder is set for sent mails in the settings of the account.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::LocalData,
        id: "local-data",
        subject: Subject::Device,
        message: "The program cannot write to this device: there is no room left, or it may not write there.",
        todo: &[
            "Make room on the device, and empty the trash of the mail program.",
            "Restart the device. If an antivirus program checks mail, turn off its mail check for a moment and try again.",
        ],
        next: &[],
    },
    Words {
        cause: Cause::Unknown,
        id: "unknown",
        subject: Subject::Unknown,
        message: "What this is, is not known. Check these in order.",
        todo: &[
            "Does the internet work on this device? Try another network.",
            "Are server, port and connection security as the provider publishes them? Run mailcfg lint.",
            "Does the mail work on the provider's web page? If not, the trouble lies there.",
        ],
        next: &[],
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
