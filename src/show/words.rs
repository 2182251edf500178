//! The fixed sentences of `show`.

use crate::account::{Authentication, Protocol, Security};
use crate::finding::Message;
use crate::message;
use crate::provider::{Answer, Grade, Password, PasswordKind};

/// The heading over a server.
pub(super) const fn server_heading(protocol: Protocol, is_alternative: bool) -> Message {
    match (protocol, is_alternative) {
        (Protocol::Imap, _) => message!("Incoming mail server (IMAP)"),
        (Protocol::Pop3, false) => message!("Incoming mail server (POP3)"),
        (Protocol::Pop3, true) => message!("Incoming mail server (POP3), instead of IMAP"),
        (Protocol::Smtp, _) => message!("Outgoing mail server (SMTP)"),
        (Protocol::Exchange, _) => message!("Exchange server"),
    }
}

/// As mail programs label it.
pub(super) const fn security(security: Security) -> Message {
    match security {
        Security::Tls => message!("SSL/TLS"),
        Security::StartTls => message!("STARTTLS"),
        Security::None => message!("None"),
    }
}

/// As Thunderbird labels it, which other programs come near to.
pub(super) const fn authentication(authentication: Authentication) -> Message {
    match authentication {
        Authentication::None => message!("No authentication"),
        Authentication::Password | Authentication::Any => message!("Normal password"),
        Authentication::Encrypted => message!("Encrypted password"),
        Authentication::Ntlm => message!("NTLM"),
        Authentication::Kerberos => message!("Kerberos / GSSAPI"),
        Authentication::Certificate => message!("TLS certificate"),
        Authentication::Oauth2 => message!("OAuth2"),
    }
}

/// What goes into the password box, in a few words.
pub(super) const fn password_name(kind: PasswordKind) -> Message {
    match kind {
        PasswordKind::Oauth => message!("none: sign in in the window that opens"),
        PasswordKind::AppPassword => message!("an app password (see below)"),
        PasswordKind::DedicatedMailPassword => message!("the mail password that the provider issues (see below)"),
        PasswordKind::MailAccountPassword => message!("the password of the mailbox (see below)"),
        PasswordKind::LoginPassword => message!("the same as on the provider's web page"),
        PasswordKind::BridgePassword => message!("the one that the bridge program shows (see below)"),
        PasswordKind::Company => message!("the one that your company names"),
        PasswordKind::NonePossible => message!("none works"),
        PasswordKind::Unknown => message!("not known for certain (see below)"),
    }
}

/// The kind of password in one sentence.
pub(super) const fn password_sentence(kind: PasswordKind) -> Message {
    match kind {
        PasswordKind::Oauth => {
            message!("No password is typed into the mail program: it opens a browser window, and you sign in there.")
        }
        PasswordKind::AppPassword => {
            message!(
                "An app password: a password of its own that you make on the provider's account page for one mail program. The password with which you sign in on the web does not work."
            )
        }
        PasswordKind::DedicatedMailPassword => {
            message!(
                "A password for mail programs only, which the provider issues. The password with which you sign in on the web does not work."
            )
        }
        PasswordKind::MailAccountPassword => {
            message!(
                "The password of the mailbox itself. It is not that of the provider's customer page, nor that of the internet connection."
            )
        }
        PasswordKind::LoginPassword => message!("The same password with which you sign in to the mail on the web."),
        PasswordKind::BridgePassword => {
            message!(
                "The password that the provider's bridge program on your computer shows. The password of the account does not work."
            )
        }
        PasswordKind::Company => message!("The one that your company names. Ask there before you try others."),
        PasswordKind::NonePossible => message!("No password works in a mail program."),
        PasswordKind::Unknown => {
            message!(
                "Which password mail programs need here is not known for certain. See whether the provider's own page names an app password or a mail password; if it names none, use the one that works for the mail on the web."
            )
        }
    }
}

/// What else is to be known of the password, in the order to read it.
pub(super) fn password_remarks(password: &Password) -> Vec<Message> {
    let mut remarks = Vec::new();
    if let Some(kind) = password.kind_with_two_factor.filter(|kind| *kind != password.kind) {
        remarks.push(message!("Once two-factor sign-in is on, it is another one:"));
        remarks.push(password_sentence(kind));
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
pub(super) const fn shown_again(answer: Answer) -> Option<Message> {
    match answer {
        Answer::Yes => Some(message!("You can look at it again there at any time.")),
        Answer::No => {
            Some(message!("It is not shown a second time. If it is lost, get a new one and enter that everywhere."))
        }
        Answer::Unknown => None,
    }
}

/// How sure a fact is.
pub(super) const fn grade(grade: Grade) -> Message {
    match grade {
        Grade::High => message!("read on the provider's own page"),
        Grade::Medium => message!("at least two independent sources agree"),
        Grade::Low => message!("one source only, so it may be wrong"),
    }
}
