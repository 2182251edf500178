//! What some kinds of [`Seen`](super::Seen) tell beside where they stand: the slips in a secret, what a signature says of itself.
//!
//! Apart from the list of kinds so that it stays short enough to read.

use crate::certificate::{Certificate, Verdict};
use crate::date::Date;

/// What may be told of a secret: slips of whoever copied it, and nothing of the secret itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Blanks, line ends or invisible characters stand before or behind it.
    pub blank_around: bool,
    /// Blanks stand within it.
    pub blank_within: bool,
    /// It holds full-width letters, digits or signs.
    pub full_width: bool,
}

impl Shape {
    /// The shape of a secret.
    pub fn of(secret: &str) -> Self {
        let is_wide = |c: char| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3002}');
        let is_blank = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}');
        let inner = secret.trim_matches(is_blank);
        Self {
            blank_around: inner != secret && !inner.is_empty(),
            blank_within: inner.contains(is_blank),
            full_width: inner.contains(is_wide),
        }
    }
}

/// What is lost by a part of a file that cannot be read, beside the settings whose names are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loss {
    /// Nothing.
    #[default]
    Named,
    /// Whatever stood there: the file does not show it any more.
    Unknown,
    /// All that followed: the file ends in the middle of a setting.
    Rest,
    /// Everything: nothing in the file can be read.
    All,
}

/// How a file is signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Everybody who signed it.
    pub signers: Vec<SignedBy>,
    /// The certificates in the file.
    pub certificates: Vec<Certificate>,
    /// Whether there are more that cannot be read.
    pub has_unread_certificates: bool,
    /// Whether lines of a mail message stand before what was signed.
    pub mail_headers: bool,
    /// How many bytes follow the signed structure, if they are more than line ends.
    pub trailing: usize,
}

/// What a signer says of itself, and what of it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedBy {
    /// The name in the certificate.
    pub name: Option<String>,
    /// The first day of the certificate.
    pub from: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// The digest: `SHA-256`.
    pub digest: String,
    /// Whether the file only holds the certificate and no signature of it.
    pub is_only_named: bool,
    /// Whether the content is not the one that was signed.
    pub altered: bool,
    /// Whether the signature is the signer's.
    pub verdict: Verdict,
    /// The certificate, if it is in the file and surely the signer's.
    pub certificate: Option<Certificate>,
}

impl SignedBy {
    /// Whether it is known that what was signed, or the signature, was changed.
    pub fn is_broken(&self) -> bool {
        self.altered || self.verdict == Verdict::Broken
    }
}

/// How settings for the sign-in through the browser exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OauthConflict {
    /// A password beside it.
    PasswordBeside,
    /// A page to sign in, and the switch is off.
    PageWithoutSwitch,
    /// A page to sign in, and no server.
    PageWithoutHost,
}

/// Who sends a password to a web address, or takes one from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebUser {
    /// A person, on the page of the web mail.
    Person,
    /// The mail program, by itself.
    Program,
    /// A managed device, which fetches what it signs in with, and takes it from encrypted addresses alone.
    Device,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_tells_its_slips_and_nothing_else() {
        let cases = [
            ("hunter2", Shape::default()),
            ("", Shape::default()),
            (" hunter2\n", Shape { blank_around: true, ..Shape::default() }),
            ("abcd efgh", Shape { blank_within: true, ..Shape::default() }),
            ("\u{ff48}unter2", Shape { full_width: true, ..Shape::default() }),
        ];
        for (secret, shape) in cases {
            assert_eq!(Shape::of(secret), shape);
        }
    }
}
