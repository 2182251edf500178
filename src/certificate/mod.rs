//! X.509 certificates: who they are for, who issued them, what their keys have signed, and whether they lead to a root.
//!
//! Only public keys are here, no private ones, and no clock, no disk and no network: the day and the roots are given, revocation is
//! not asked for. The numbers are done by the crates of the RustCrypto project, which need no C compiler. RFC 5280.

mod key;
mod path;
mod roots;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use x509_cert::der::asn1::{ObjectIdentifier, SequenceRef};
use x509_cert::der::{Decode, Encode, Reader, SliceReader, Tagged};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use x509_cert::name::Name;
use x509_cert::time::Time;

pub use key::{Digested, Hash, Verdict};
pub use path::{Break, Trust, trust};
pub use roots::{Roots, RootsError};

use crate::date::Date;

/// Longer certificates are not read: real ones have 1 to 4 kB.
const MAX_LEN: usize = 64 << 10;

/// A certificate. `Debug` shows whom it is for.
#[derive(Clone)]
pub struct Certificate {
    der: Arc<[u8]>,
    /// What its issuer signed, in `der`.
    tbs: Range<usize>,
    parsed: Arc<x509_cert::Certificate>,
    /// Whom it is for and who issued it, as names are compared.
    names: Arc<(Folded, Folded)>,
    constraints: Constraints,
}

/// The parts of a name, each with its type.
type Folded = Vec<(ObjectIdentifier, String)>;

/// What a certificate says of its own use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Constraints {
    /// `basicConstraints`: whether it is a certificate authority; `None` where nothing is said.
    is_authority: Option<bool>,
    /// How many authorities may stand between it and the signer.
    path_len: Option<u8>,
    /// `keyUsage`, where it is written.
    usage: Option<KeyUsage>,
}

impl Certificate {
    /// Reads a certificate in DER; `None` if it is none, or one that is built against the rules.
    pub fn read(der: &[u8]) -> Option<Self> {
        if der.len() > MAX_LEN {
            return None;
        }
        let parsed = x509_cert::Certificate::from_der(der).ok()?;
        let constraints = Constraints::of(&parsed)?;
        let own = parsed.tbs_certificate();
        let names = Arc::new((folded(own.subject()), folded(own.issuer())));
        Some(Self { tbs: to_be_signed(der)?, der: der.into(), parsed: Arc::new(parsed), names, constraints })
    }

    /// The name that people know it by: its common name, else the last part of its name.
    pub fn subject(&self) -> String {
        shown(self.parsed.tbs_certificate().subject())
    }

    /// The same of its issuer.
    pub fn issuer(&self) -> String {
        shown(self.parsed.tbs_certificate().issuer())
    }

    /// Its first day.
    pub fn from(&self) -> Date {
        day(&self.parsed.tbs_certificate().validity().not_before)
    }

    /// Its last day.
    pub fn until(&self) -> Date {
        day(&self.parsed.tbs_certificate().validity().not_after)
    }

    /// Whether it is the one with this number, by the contents of an INTEGER.
    pub fn has_serial(&self, serial: &[u8]) -> bool {
        let significant = |bytes: &[u8]| bytes.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<u8>>();
        significant(self.parsed.tbs_certificate().serial_number().as_bytes()) == significant(serial)
    }

    /// Whether it says that it was issued under this name, in DER.
    pub fn is_issued_by(&self, name: &[u8]) -> bool {
        Name::from_der(name).is_ok_and(|name| folded(&name) == self.names.1)
    }

    /// Whether its key has this identifier.
    pub fn has_key_identifier(&self, identifier: &[u8]) -> bool {
        let own = self.parsed.tbs_certificate().get_extension::<SubjectKeyIdentifier>();
        own.is_ok_and(|found| found.is_some_and(|(_, own)| own.0.as_bytes() == identifier))
    }

    /// Whether its key made `signature` over `message`. `algorithm` is the AlgorithmIdentifier in DER; `hash` is meant where that
    /// names none.
    pub fn signed(&self, message: &Digested<'_>, signature: &[u8], algorithm: &[u8], hash: Option<Hash>) -> Verdict {
        let key = self.parsed.tbs_certificate().subject_public_key_info();
        key::verify(key, &key::Signed { message, signature, algorithm, hash })
    }

    /// Whether its key signed `other`.
    fn issued(&self, other: &Self) -> Verdict {
        let Ok(algorithm) = other.parsed.signature_algorithm().to_der() else { return Verdict::Unknown };
        let Some(signature) = other.parsed.signature().as_bytes() else { return Verdict::Unknown };
        self.signed(&Digested::new(&other.der[other.tbs.clone()]), signature, &algorithm, None)
    }

    fn is_named_as_issuer_of(&self, other: &Self) -> bool {
        self.names.0 == other.names.1
    }

    fn is_own_issuer(&self) -> bool {
        self.is_named_as_issuer_of(self)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({})", self.subject())
    }
}

impl Constraints {
    /// `None` if one of them cannot be read: then it is not known what the certificate may do.
    fn of(certificate: &x509_cert::Certificate) -> Option<Self> {
        let tbs = certificate.tbs_certificate();
        let basic = tbs.get_extension::<BasicConstraints>().ok()?.map(|(_, basic)| basic);
        let usage = tbs.get_extension::<KeyUsage>().ok()?.map(|(_, usage)| usage);
        let path_len = basic.as_ref().and_then(|basic| basic.path_len_constraint);
        Some(Self { is_authority: basic.map(|basic| basic.ca), path_len, usage })
    }

    /// Whether it may sign certificates; where it says nothing of its use, nothing is against it.
    fn may_certify(self) -> bool {
        self.usage.is_none_or(|usage| usage.key_cert_sign())
    }

    /// Whether it may sign files.
    fn may_sign(self) -> bool {
        self.usage.is_none_or(|usage| usage.digital_signature() || usage.non_repudiation())
    }
}

/// Where the part that was signed lies: the first element inside the outermost.
fn to_be_signed(der: &[u8]) -> Option<Range<usize>> {
    let body = <&SequenceRef>::from_der(der).ok()?.as_bytes();
    let first = SliceReader::new(body).ok()?.tlv_bytes().ok()?;
    let start = der.len() - body.len();
    Some(start..start + first.len())
}

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

fn shown(name: &Name) -> String {
    let parts: Vec<_> = name.iter().collect();
    let common = parts.iter().rev().find(|part| part.oid == COMMON_NAME).or(parts.last());
    common.and_then(|part| text(part.value.tag().number().value(), part.value.value())).unwrap_or_default()
}

/// Names are the same whatever type of string they are written in, and whatever the case and the blanks. RFC 5280 §7.1.
fn folded(name: &Name) -> Folded {
    let value = |tag: u32, raw: &[u8]| match text(tag, raw) {
        Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
        None => raw.escape_ascii().to_string(),
    };
    name.iter().map(|part| (part.oid, value(part.value.tag().number().value(), part.value.value()))).collect()
}

/// A string of any of the types that certificates use, by the number of its tag.
pub fn text(tag: u32, raw: &[u8]) -> Option<String> {
    match tag {
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

fn day(time: &Time) -> Date {
    let time = time.to_date_time();
    Date::new(time.year(), time.month(), time.day())
}
