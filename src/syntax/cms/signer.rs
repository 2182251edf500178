//! Who signed a file and when, as far as its own certificates tell.
//!
//! Names and dates are read, for people to see, also from certificates that are built against the rules. Whether the name is true is
//! not known here. RFC 5652 §5.3 (SignerInfo), RFC 5280 §4.1 (Certificate). What is missing or strange is left out. Not here: whether
//! the signature holds (`claim`).

use super::ber::{Ber, CONTEXT_0, Element, INTEGER, OID, SEQUENCE, SET, dotted};
use super::claim::{Attributes, Claim, Named};
use crate::certificate::{self, Certificate, Digested, Hash, Verdict};

/// A signer of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signer {
    /// The common name in the certificate, such as `mail.example.jp`.
    pub subject_common_name: Option<String>,
    /// When the certificate begins to be valid.
    pub not_before: Option<DateTime>,
    /// When it expires.
    pub not_after: Option<DateTime>,
    /// The digest that was signed: `SHA-1`, `SHA-256`, or the object identifier of another.
    pub digest: String,
    /// When the signer says to have signed.
    pub signing_time: Option<DateTime>,
    /// The certificate that is surely the signer's, if it is in the file and can be read.
    pub certificate: Option<Certificate>,
    /// What the signer vouches for; nothing where the file only holds certificates.
    pub(super) claim: Option<Claim>,
}

impl Signer {
    /// Whether there is a certificate of this name and nothing that it signed.
    pub const fn is_only_named(&self) -> bool {
        self.claim.is_none()
    }

    pub(super) fn disowns(&self, content: &Digested<'_>) -> bool {
        self.claim.as_ref().is_some_and(|claim| claim.disowns(content))
    }

    pub(super) fn verdict(&self, content: &Digested<'_>) -> Verdict {
        self.claim.as_ref().map_or(Verdict::Unknown, |claim| claim.verdict(content))
    }
}

/// A moment in UTC, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    /// Year, such as 2026.
    pub year: u16,
    /// Month from 1.
    pub month: u8,
    /// Day from 1.
    pub day: u8,
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second.
    pub second: u8,
}

impl std::fmt::Display for DateTime {
    /// As in RFC 3339: `2026-11-23T08:00:00Z`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { year, month, day, hour, minute, second } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Attribute `commonName`, 2.5.4.3.
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// Attribute `signingTime`, 1.2.840.113549.1.9.5.
const SIGNING_TIME: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x05];
/// Attribute `messageDigest`, 1.2.840.113549.1.9.4.
const MESSAGE_DIGEST: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04];
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// Files have one signer, rarely two. Each costs a computation.
const MOST_SIGNERS: usize = 8;

/// Chains have three or four certificates.
const MOST_CERTIFICATES: usize = 64;

/// The certificates of a file, and how many of them cannot be read.
pub(super) fn certificates(ber: Ber<'_>, set: Option<Element>) -> (Vec<Certificate>, usize) {
    let all = set.into_iter().flat_map(|set| ber.children(set)).filter(|one| one.tag == SEQUENCE);
    let read: Vec<Option<Certificate>> =
        all.take(MOST_CERTIFICATES).map(|one| Certificate::read(ber.whole(one))).collect();
    let unread = read.iter().filter(|one| one.is_none()).count();
    (read.into_iter().flatten().collect(), unread)
}

/// Reads every SignerInfo with the certificate it names, or the first certificate if it names none of those present.
pub(super) fn read(
    ber: Ber<'_>,
    set: Option<Element>,
    signers: Option<Element>,
    certificates: &[Certificate],
) -> Vec<Signer> {
    let infos = signers.into_iter().flat_map(|set| ber.children(set)).filter(|info| info.tag == SEQUENCE);
    let mut read: Vec<Signer> = infos
        .take(MOST_SIGNERS)
        .map(|info| {
            let mut signer = signer_info(ber, info, certificates);
            let serial = serial_of(ber, info);
            if let Some(tbs) = set.and_then(|set| described(ber, set, serial)) {
                describe(ber, tbs, &mut signer);
            }
            signer
        })
        .collect();
    if read.is_empty()
        && let Some(tbs) = set.and_then(|set| described(ber, set, None))
    {
        let mut signer = Signer::default();
        describe(ber, tbs, &mut signer);
        read.push(signer);
    }
    read
}

/// The part with the names of the certificate with this number, or of the first one.
fn described(ber: Ber<'_>, set: Element, serial: Option<&[u8]>) -> Option<Element> {
    let has_serial = |candidate: &Element| {
        let own = tbs(ber, *candidate).and_then(|tbs| ber.child(tbs, INTEGER)).map(|own| ber.content(own));
        serial.is_some() && own == serial
    };
    let candidate = ber.children(set).find(has_serial).or_else(|| ber.child(set, SEQUENCE))?;
    tbs(ber, candidate)
}

/// `SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, [0] signedAttrs, signatureAlgorithm, signature, … }`.
fn signer_info(ber: Ber<'_>, info: Element, certificates: &[Certificate]) -> Signer {
    let parts: Vec<Element> = ber.children(info).take(6).collect();
    let algorithm = parts.get(2).and_then(|algorithm| ber.child(*algorithm, OID)).map(|oid| ber.content(oid));
    let attributes = parts.get(3).copied().filter(|part| part.tag == CONTEXT_0);
    let attribute = |oid| attributes.and_then(|attributes| attribute(ber, attributes, oid));
    let message_digest = attribute(MESSAGE_DIGEST).and_then(|value| joined(ber, value));
    let mut after = parts.iter().skip(if attributes.is_some() { 4 } else { 3 });
    let (signed_with, signature) = (after.next(), after.next());
    let named = Named::by(ber, info, certificates);
    Signer {
        digest: algorithm.map(digest_name).unwrap_or_default(),
        signing_time: attribute(SIGNING_TIME).and_then(|value| time(ber, value)),
        certificate: named.surely().cloned(),
        claim: Some(Claim {
            hash: algorithm.and_then(Hash::of_oid),
            message_digest,
            attributes: attributes.and_then(|attributes| Attributes::of(ber, attributes)),
            has_attributes: attributes.is_some(),
            algorithm: signed_with.and_then(|algorithm| ber.der(*algorithm).ok()).unwrap_or_default(),
            signature: signature.and_then(|value| joined(ber, *value)).unwrap_or_default(),
            named,
        }),
        ..Signer::default()
    }
}

/// The contents of an octet string, in one piece or in chunks.
fn joined(ber: Ber<'_>, string: Element) -> Option<Vec<u8>> {
    let pieces = ber.octets(string).ok()?;
    Some(pieces.iter().flat_map(|piece| &ber.bytes[piece.range()]).copied().collect())
}

/// The value of a signed attribute. `Attribute ::= SEQUENCE { type, SET OF value }`.
fn attribute(ber: Ber<'_>, attributes: Element, oid: &[u8]) -> Option<Element> {
    let attribute = ber.children(attributes).find(|attribute| has_oid(ber, *attribute, oid))?;
    ber.children(ber.child(attribute, SET)?).next()
}

/// The serial number by which a SignerInfo names its certificate.
pub(super) fn serial_of(ber: Ber<'_>, info: Element) -> Option<&[u8]> {
    let sid = ber.children(info).nth(1).filter(|sid| sid.tag == SEQUENCE)?;
    Some(ber.content(ber.child(sid, INTEGER)?))
}

/// `Certificate ::= SEQUENCE { tbsCertificate, … }`.
fn tbs(ber: Ber<'_>, certificate: Element) -> Option<Element> {
    ber.child(certificate, SEQUENCE)
}

/// `TBSCertificate ::= SEQUENCE { [0] version, serial, signature, issuer, validity, subject, … }`.
fn describe(ber: Ber<'_>, tbs: Element, signer: &mut Signer) {
    let mut sequences = ber.children(tbs).filter(|part| part.tag == SEQUENCE).skip(2);
    let (validity, subject) = (sequences.next(), sequences.next());
    if let Some(validity) = validity {
        let mut times = ber.children(validity);
        signer.not_before = times.next().and_then(|start| time(ber, start));
        signer.not_after = times.next().and_then(|end| time(ber, end));
    }
    signer.subject_common_name = subject.and_then(|subject| common_name(ber, subject));
}

/// The last common name, which is the most specific one. `Name ::= SEQUENCE OF SET OF SEQUENCE { type, value }`.
fn common_name(ber: Ber<'_>, subject: Element) -> Option<String> {
    let attributes = ber.children(subject).flat_map(|set| ber.children(set));
    let name = attributes.filter(|attribute| has_oid(ber, *attribute, COMMON_NAME)).last()?;
    string(ber, ber.children(name).nth(1)?)
}

fn has_oid(ber: Ber<'_>, sequence: Element, oid: &[u8]) -> bool {
    ber.children(sequence).next().is_some_and(|first| first.tag == OID && ber.content(first) == oid)
}

fn string(ber: Ber<'_>, value: Element) -> Option<String> {
    certificate::text(u32::from(value.tag), ber.content(value))
}

/// `UTCTime` (years 1950–2049) or `GeneralizedTime`, both in UTC; RFC 5280 §4.1.2.5.
fn time(ber: Ber<'_>, value: Element) -> Option<DateTime> {
    let text = std::str::from_utf8(ber.content(value)).ok()?.strip_suffix('Z')?;
    let (year, rest) = match value.tag {
        UTC_TIME => {
            let short: u16 = text.get(..2)?.parse().ok()?;
            (if short < 50 { 2000 + short } else { 1900 + short }, text.get(2..)?)
        }
        GENERALIZED_TIME => (text.get(..4)?.parse().ok()?, text.get(4..)?),
        _ => return None,
    };
    let part = |index: usize| rest.get(index * 2..index * 2 + 2).and_then(|digits| digits.parse().ok());
    let second = part(4).unwrap_or(0);
    Some(DateTime { year, month: part(0)?, day: part(1)?, hour: part(2)?, minute: part(3)?, second })
}

fn digest_name(oid: &[u8]) -> String {
    let name = match oid {
        [0x2B, 0x0E, 0x03, 0x02, 0x1A] => "SHA-1",
        [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x05] => "MD5",
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01] => "SHA-256",
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02] => "SHA-384",
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03] => "SHA-512",
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04] => "SHA-224",
        _ => return dotted(oid),
    };
    name.to_owned()
}
