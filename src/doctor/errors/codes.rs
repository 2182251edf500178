//! The status codes by which servers say the same in every language: enhanced codes of SMTP (RFC 3463, RFC 5248 and the IANA
//! registry, RFC 4954; from 5.7.501 on Microsoft's list of delivery reports) and response codes of IMAP and POP (RFC 5530,
//! RFC 2449, RFC 3206). They count where no words are known.

use super::Pattern;
use super::pattern::Code;
use crate::doctor::Cause;

/// Words behind which a code without a reply before it is one, and not the version of a program.
const INTRODUCTIONS: &[&str] = stems!["code", "status", "error", "dsn", "エラー", "コード", "ステータス"];

/// The enhanced status codes in a text in plain form, without their class.
pub(super) fn of(text: &str) -> Vec<Code> {
    let mut codes = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(['4', '5']).map(|at| rest + at) {
        let length = text[start..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        rest = start + length;
        let before = &text[..start];
        let goes_on = before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        if !goes_on && let Some(code) = code(text[start..rest].trim_end_matches('.'), before) {
            codes.push(code);
        }
    }
    codes
}

fn code(word: &str, before: &str) -> Option<Code> {
    let mut parts = word.split('.');
    let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |part: &str| (1..=3).contains(&part.len());
    let fits = parts.next().is_none() && class.len() == 1 && is_number(subject) && is_number(detail);
    let is_introduced = fits && is_introduced(class, before);
    is_introduced.then(|| Some((subject.parse().ok()?, detail.parse().ok()?))).flatten()
}

/// Whether what stands before says that it is a code: a reply of the same class, a mark, a word, or nothing at all.
fn is_introduced(class: &str, before: &str) -> bool {
    let is_filling = |c: char| c.is_whitespace() || "(<[\":=;".contains(c);
    let before = before.trim_end_matches(is_filling);
    let reply = before.len().checked_sub(3).and_then(|at| before.get(at..));
    let is_reply = reply.is_some_and(|reply| reply.starts_with(class) && reply.bytes().all(|b| b.is_ascii_digit()));
    before.is_empty() || before.ends_with('#') || is_reply || INTRODUCTIONS.iter().any(|word| before.ends_with(word))
}

const SIGN_IN: &[Cause] =
    &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::UsernameForm, Cause::StoredCredential];

pub(super) static PATTERNS: &[Pattern] = &[
    Pattern::code("The code says: a mailbox is full.", &[Cause::MailboxFull], &[(2, 2)]),
    Pattern::code(
        "The code says: the address of the receiver does not exist, or takes no mail.",
        &[Cause::RecipientRefused],
        &[(1, 1), (1, 2), (1, 3), (1, 4), (1, 6), (1, 10), (2, 1), (7, 504), (7, 505)],
    ),
    Pattern::code("The code says: the mail is too large.", &[Cause::MessageTooLarge], &[(2, 3), (3, 4), (7, 16)]),
    Pattern::code(
        "The code says: this sender's address is not allowed here.",
        &[Cause::SenderRefused],
        &[(1, 7), (1, 8), (7, 57), (7, 60), (7, 64)],
    ),
    Pattern::code(
        "The code says: the server refuses this mail.",
        &[Cause::MessageRefused, Cause::SenderRefused],
        &[
            (7, 1),
            (7, 2),
            (7, 27),
            (7, 501),
            (7, 502),
            (7, 503),
            (7, 506),
            (7, 507),
            (7, 509),
            (7, 510),
            (7, 511),
            (7, 512),
            (7, 513),
            (7, 606),
            (7, 703),
            (7, 705),
            (7, 708),
            (7, 750),
            (7, 800),
        ],
    ),
    Pattern::code(
        "The code says: the receiver's server cannot tell whether the mail comes from this sender (SPF, DKIM, DMARC).",
        &[Cause::MessageRefused],
        &[(7, 20), (7, 21), (7, 22), (7, 23), (7, 24), (7, 25), (7, 26), (7, 29)],
    )
    .todo(super::delivery::OWN_SERVER),
    Pattern::code(
        "The code says: too many mails, or too many receivers.",
        &[Cause::SendingLimit],
        &[(1, 90), (2, 121), (2, 122), (5, 3), (7, 28), (7, 232), (7, 233), (7, 508)],
    ),
    Pattern::code(
        "The code says: the mail cannot be delivered, mostly because of trouble at a server.",
        &[Cause::ServerTrouble, Cause::RecipientRefused],
        &[
            (3, 0),
            (3, 1),
            (3, 2),
            (3, 3),
            (3, 5),
            (4, 0),
            (4, 1),
            (4, 2),
            (4, 3),
            (4, 4),
            (4, 5),
            (4, 6),
            (4, 7),
            (4, 316),
            (4, 317),
        ],
    ),
    Pattern::code("The code says: encryption is needed.", &[Cause::EncryptionRequired], &[(7, 10), (7, 11)]),
    Pattern::code(
        "The code says: the server does not know this way of signing in.",
        &[Cause::AuthMethod, Cause::EncryptionRequired],
        &[(7, 4)],
    ),
    Pattern::code(
        "The code says: sign in on the provider's web page once; the password must be renewed there.",
        &[Cause::WrongPassword],
        &[(7, 12)],
    ),
    Pattern {
        codes: &[(7, 8), (7, 9), (7, 139)],
        gives_way: true,
        ..Pattern::open("The code says: the sign-in was refused.", SIGN_IN, &[])
    },
    Pattern::code_word("The code says: this mailbox is full.", &[Cause::MailboxFull], stems!["[overquota]"]),
    Pattern::code_word(
        "The code says: another program has this mailbox open, or too many do.",
        &[Cause::Locked],
        stems!["[inuse]", "[limit]", "[login-delay]"],
    )
    .todo(&["Close the other program, or wait ten minutes. The password is right."]),
    Pattern::code_word(
        "The code says: the server is in trouble.",
        &[Cause::ServerTrouble],
        stems!["[sys/temp]", "[sys/perm]", "[corruption]"],
    ),
    Pattern::code_word(
        "The code says: ask whoever looks after the server.",
        &[Cause::Policy, Cause::Locked],
        stems!["[contactadmin]", "[noperm]"],
    ),
    Pattern::code_word(
        "The code says: the password was right, but not for the mailbox of this name.",
        &[Cause::UsernameForm],
        stems!["[authorizationfailed]"],
    ),
    Pattern::code_word("The code says: the password has run out.", &[Cause::WrongPassword], stems!["[expired]"])
        .instead(super::servers::RUN_OUT)
        .todo(super::servers::RENEW),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::plain::plain;

    #[test]
    fn codes_are_told_from_versions_and_addresses() {
        for (text, expected) in [
            ("552-5.2.2 The account", &[(2, 2)][..]),
            ("550 5.7.60", &[(7, 60)]),
            ("5.1.1", &[(1, 1)]),
            ("Remote Server returned '554 5.2.2 mailbox full'", &[(2, 2)]),
            ("failed (#5.1.1): no", &[(1, 1)]),
            ("Status: 4.4.7.", &[(4, 7)]),
            ("dsn=5.7.26, status=bounced", &[(7, 26)]),
            ("エラー 5.3.4 が発生", &[(3, 4)]),
            ("５５０ ５．１．１", &[(1, 1)]),
            ("Android 5.1.1", &[]),
            ("Thunderbird 45.2.2", &[]),
            ("192.5.2.2 and 5.2.2.1", &[]),
            ("450 5.1.1", &[]),
            ("2.2", &[]),
            ("5.2.99999", &[]),
            ("", &[]),
        ] {
            assert_eq!(of(&plain(text)), expected, "{text}");
        }
    }
}
