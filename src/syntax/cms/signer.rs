//! Who signed a file and when, as far as its own certificates tell.
//!
//! Names and dates are read, for people to see, and the digest of the content is compared. Nothing else is verified:
//! neither the signature nor the chain nor whether the name is true. RFC 5652 §5.3 (SignerInfo), RFC 5280 §4.1 (Certificate). What is missing or strange is
//! left out.

use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

use super::ber::{Ber, CONTEXT_0, Element, INTEGER, OCTET_STRING, OID, SEQUENCE, SET, dotted};

/// The signer of a file. Nothing in it is verified.
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
    /// The digest of the content at the time of signing, where it is written out.
    pub(super) message_digest: Option<Vec<u8>>,
}

impl Signer {
    /// Whether the content is not what was signed: its digest is another than the one written down. Unknown digests, and
    /// signatures that write none down, prove nothing.
    pub(super) fn disowns(&self, content: &[u8]) -> bool {
        let Some(signed) = &self.message_digest else { return false };
        let now = match self.digest.as_str() {
            "SHA-224" => Sha224::digest(content).to_vec(),
            "SHA-256" => Sha256::digest(content).to_vec(),
            "SHA-384" => Sha384::digest(content).to_vec(),
            "SHA-512" => Sha512::digest(content).to_vec(),
            _ => return false,
        };
        now != *signed
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

/// Reads the first SignerInfo and the certificate it names, or the first certificate if it names none of those present.
pub(super) fn read(ber: Ber<'_>, certificates: Option<Element>, signers: Option<Element>) -> Option<Signer> {
    let info = signers.and_then(|set| ber.child(set, SEQUENCE));
    let mut signer = info.map_or_else(Signer::default, |info| signer_info(ber, info));
    let certificate = certificates.and_then(|set| {
        let serial = info.and_then(|info| serial_of(ber, info));
        let named = ber.children(set).find(|candidate| {
            serial.is_some()
                && tbs(ber, *candidate).and_then(|tbs| ber.child(tbs, INTEGER)).map(|own| ber.content(own)) == serial
        });
        named.or_else(|| ber.child(set, SEQUENCE))
    });
    if info.is_none() && certificate.is_none() {
        return None;
    }
    if let Some(tbs) = certificate.and_then(|certificate| tbs(ber, certificate)) {
        describe(ber, tbs, &mut signer);
    }
    Some(signer)
}

/// `SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, [0] signedAttrs, … }`.
fn signer_info(ber: Ber<'_>, info: Element) -> Signer {
    let parts: Vec<Element> = ber.children(info).take(5).collect();
    let algorithm = parts.get(2).and_then(|algorithm| ber.child(*algorithm, OID));
    let attributes = parts.iter().skip(3).find(|part| part.tag == CONTEXT_0);
    let attribute = |oid| attributes.and_then(|attributes| attribute(ber, *attributes, oid));
    let signing_time = attribute(SIGNING_TIME).and_then(|value| time(ber, value));
    let message_digest = attribute(MESSAGE_DIGEST).filter(|value| value.tag == OCTET_STRING);
    let message_digest = message_digest.map(|value| ber.content(value).to_vec());
    let digest = algorithm.map(|oid| digest_name(ber.content(oid))).unwrap_or_default();
    Signer { digest, signing_time, message_digest, ..Signer::default() }
}

/// The value of a signed attribute. `Attribute ::= SEQUENCE { type, SET OF value }`.
fn attribute(ber: Ber<'_>, attributes: Element, oid: &[u8]) -> Option<Element> {
    let attribute = ber.children(attributes).find(|attribute| has_oid(ber, *attribute, oid))?;
    ber.children(ber.child(attribute, SET)?).next()
}

/// The serial number by which a SignerInfo names its certificate.
fn serial_of(ber: Ber<'_>, info: Element) -> Option<&[u8]> {
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

/// A string of any of the types that certificates use.
fn string(ber: Ber<'_>, value: Element) -> Option<String> {
    let raw = ber.content(value);
    match value.tag {
        0x0C | 0x12 | 0x13 | 0x16 | 0x1A => Some(String::from_utf8_lossy(raw).into_owned()),
        // TeletexString: ISO 8859-1 in practice.
        0x14 => Some(raw.iter().map(|byte| char::from(*byte)).collect()),
        0x1E => {
            let units: Vec<u16> = raw.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            Some(String::from_utf16_lossy(&units))
        }
        _ => None,
    }
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
