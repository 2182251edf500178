//! What a signer vouches for, and whether it holds: the digest of the content, and the signature over the signed attributes, or over
//! the content itself where there are none. RFC 5652 §5.4 to §5.6.
//!
//! Only what is surely wrong is called broken: the certificate must be the one that the signer names, and its key and the kind of
//! signature known.

use super::ber::{Ber, Element, SEQUENCE, SET, encoded};
use super::signer::serial_of;
use crate::certificate::{Certificate, Digested, Hash, Verdict};

/// `[0]`, primitive: how a signer names the identifier of its key.
const KEY_IDENTIFIER: u8 = 0x80;

/// Each costs a computation. One is the rule; more only have the same number.
const MOST_NAMED: usize = 4;

/// A SignerInfo as far as it can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The digest of the content, if it is one that is computed.
    pub(super) hash: Option<Hash>,
    /// The digest of the content at the time of signing, where it is written out.
    pub(super) message_digest: Option<Vec<u8>>,
    /// What was signed in the place of the content; none if they cannot be read.
    pub(super) attributes: Option<Attributes>,
    pub(super) has_attributes: bool,
    /// The AlgorithmIdentifier of the signature, in DER.
    pub(super) algorithm: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) named: Named,
}

/// The signed attributes in the forms over which the digest may have been made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attributes {
    /// In DER, with the tag of a SET, in their order.
    as_written: Vec<u8>,
    /// The same in the order of DER. Some tools sort only what they sign.
    sorted: Vec<u8>,
}

/// The certificates that a signer may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    certificates: Vec<Certificate>,
    /// Whether they have the issuer, too, and not only the number.
    is_sure: bool,
}

impl Claim {
    pub(super) fn disowns(&self, content: &Digested<'_>) -> bool {
        match (&self.message_digest, self.hash) {
            (Some(signed), Some(hash)) => *content.by(hash) != **signed,
            _ => false,
        }
    }

    pub(super) fn verdict(&self, content: &Digested<'_>) -> Verdict {
        match &self.attributes {
            Some(attributes) => self.over(&attributes.forms().map(Digested::new).iter().collect::<Vec<_>>()),
            None if self.has_attributes => Verdict::Unknown,
            None => self.over(&[content]),
        }
    }

    /// Whether one of the certificates signed one of the messages.
    fn over(&self, messages: &[&Digested<'_>]) -> Verdict {
        let mut verdict = Verdict::Unknown;
        for certificate in &self.named.certificates {
            for message in messages {
                match certificate.signed(message, &self.signature, &self.algorithm, self.hash) {
                    Verdict::Holds => return Verdict::Holds,
                    Verdict::Unknown => return Verdict::Unknown,
                    Verdict::Broken if self.named.is_sure => verdict = Verdict::Broken,
                    Verdict::Broken => {}
                }
            }
        }
        verdict
    }
}

impl Attributes {
    pub(super) fn of(ber: Ber<'_>, attributes: Element) -> Option<Self> {
        let all: Vec<Element> = ber.children(attributes).collect();
        // What stands behind a broken one was signed, too.
        if all.last().is_some_and(|last| last.end != attributes.content.end) {
            return None;
        }
        let mut each: Vec<Vec<u8>> = all.into_iter().map(|one| ber.der(one).ok()).collect::<Option<_>>()?;
        let as_written = encoded(SET, &each.concat());
        each.sort();
        Some(Self { as_written, sorted: encoded(SET, &each.concat()) })
    }

    fn forms(&self) -> [&[u8]; 2] {
        [&self.as_written, &self.sorted]
    }
}

impl Named {
    /// By issuer and number, or by the identifier of the key.
    pub(super) fn by(ber: Ber<'_>, info: Element, certificates: &[Certificate]) -> Self {
        let Some(name) = ber.children(info).nth(1) else { return Self { certificates: Vec::new(), is_sure: false } };
        let chosen = |is_meant: &dyn Fn(&&Certificate) -> bool| -> Vec<Certificate> {
            certificates.iter().filter(|one| is_meant(one)).take(MOST_NAMED).cloned().collect()
        };
        if name.tag == KEY_IDENTIFIER {
            let identifier = ber.content(name);
            return Self { certificates: chosen(&|one| one.has_key_identifier(identifier)), is_sure: true };
        }
        let serial = serial_of(ber, info);
        let same_serial = chosen(&|one| serial.is_some_and(|serial| one.has_serial(serial)));
        let issuer = ber.child(name, SEQUENCE).and_then(|issuer| ber.der(issuer).ok()).unwrap_or_default();
        let same_issuer: Vec<Certificate> =
            same_serial.iter().filter(|one| one.is_issued_by(&issuer)).cloned().collect();
        let is_sure = !same_issuer.is_empty();
        Self { certificates: if is_sure { same_issuer } else { same_serial }, is_sure }
    }

    /// The one that is meant.
    pub(super) fn surely(&self) -> Option<&Certificate> {
        self.certificates.first().filter(|_| self.is_sure)
    }
}
