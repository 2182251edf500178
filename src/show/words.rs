//! The fixed sentences of `show`, in English. Each is the key under which a translation is looked up.

use crate::account::{Authentication, Protocol, Security};
use crate::finding::Message;
use crate::message;
use crate::provider::{Answer, Grade, Password, PasswordKind};

/// The heading over a server.
pub(super) const fn server_heading(protocol: Protocol, is_alternative: bool) -> &'static str {
    match (protocol, is_alternative) {
        (Protocol::Imap, _) => "Incoming mail server (IMAP)",
        (Protocol::Pop3, false) => "Incoming mail server (POP3)",
        (Protocol::Pop3, true) => "Incoming mail server (POP3), instead of IMAP",
        (Protocol::Smtp, _) => "Outgoing mail server (SMTP)",
        (Protocol::Exchange, _) => "Exchange server",
    }
}

/// As mail programs label it.
pub(super) const fn security(security: Security) -> &'static str {
    match security {
        Security::Tls => "SSL/TLS",
        Security::StartTls => "STARTTLS",
        Security::None => "None",
    }
}

/// As Thunderbird labels it, which other programs come near to.
pub(super) const fn authentication(authentication: Authentication) -> &'static str {
    match authentication {
        Authentication::None => "No authentication",
        Authentication::Password | Authentication::Any => "Normal password",
        Authentication::Encrypted => "Encrypted password",
        Authentication::Ntlm => "NTLM",
        Authentication::Kerberos => "Kerberos / GSSAPI",
        Authentication::Certificate => "TLS certificate",
        Authentication::Oauth2 => "OAuth2",
    }
}

/// What goes into the password box, in a few words.
pub(super) const fn password_name(kind: PasswordKind) -> &'static str {
    match kind {
        PasswordKind::Oauth => "none: sign in in the window that opens",
        PasswordKind::AppPassword => "an app password (see below)",
        PasswordKind::DedicatedMailPassword => "the mail password that the provider issues (see below)",
        PasswordKind::MailAccountPassword => "the password of the mailbox (see below)",
        PasswordKind::LoginPassword => "the same as on the provider's web page",
        PasswordKind::BridgePassword => "the one that the bridge program shows (see below)",
        PasswordKind::Company => "the one that your company names",
        PasswordKind::NonePossible => "none works",
        PasswordKind::Unknown => "not known for certain (see below)",
    }
}

/// The kind of password in one sentence.
pub(super) const fn password_sentence(kind: PasswordKind) -> &'static str {
    match kind {
        PasswordKind::Oauth => {
            "No password is typed into the mail program: it opens a browser window, and you sign in there."
        }
        PasswordKind::AppPassword => {
            "An app password: a password of its own that you make on the provider's account page for one mail program. The password with which you sign in on the web does not work."
        }
        PasswordKind::DedicatedMailPassword => {
            "A password for mail programs only, which the provider issues. The password with which you sign in on the web does not work."
        }
        PasswordKind::MailAccountPassword => {
            "The password of the mailbox itself. It is not that of the provider's customer page, nor that of the internet connection."
        }
        PasswordKind::LoginPassword => "The same password with which you sign in to the mail on the web.",
        PasswordKind::BridgePassword => {
            "The password that the provider's bridge program on your computer shows. The password of the account does not work."
        }
        PasswordKind::Company => "The one that your company names. Ask there before you try others.",
        PasswordKind::NonePossible => "No password works in a mail program.",
        PasswordKind::Unknown => {
            "Which password mail programs need here is not known for certain. See whether the provider's own page names an app password or a mail password; if it names none, use the one that works for the mail on the web."
        }
    }
}

/// What else is to be known of the password, in the order to read it.
pub(super) fn password_remarks(password: &Password) -> Vec<Message> {
    let mut remarks = Vec::new();
    if let Some(kind) = password.kind_with_two_factor.filter(|kind| *kind != password.kind) {
        remarks.push(message!("Once two-factor sign-in is on, it is another one:"));
        remarks.push(Message::new(password_sentence(kind)));
    }
    if password.oauth == crate::provider::Oauth::Offered && password.kind != PasswordKind::Oauth {
        remarks.push(message!(
            "A program that can sign in through the browser (OAuth2) needs no password: choose OAuth2 there."
        ));
    }
    if let Some(since) = password.login_refused_since {
        remarks.push(message!("The password of the account itself has been refused since {day}.", day = since));
    }
    if password.needs_two_factor {
        remarks.push(message!("Two-factor sign-in must be turned on first; without it there is no such password."));
    }
    remarks
}

/// Whether a lost password can be looked up.
pub(super) const fn shown_again(answer: Answer) -> Option<&'static str> {
    match answer {
        Answer::Yes => Some("You can look at it again there at any time."),
        Answer::No => Some("It is not shown a second time. If it is lost, get a new one and enter that everywhere."),
        Answer::Unknown => None,
    }
}

/// How sure a fact is.
pub(super) const fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::High => "read on the provider's own page",
        Grade::Medium => "at least two independent sources agree",
        Grade::Low => "one source only, so it may be wrong",
    }
}
