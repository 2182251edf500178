//! Whether a public key made a signature: RSA (PKCS #1 v1.5 and PSS) and ECDSA over the three curves of NIST, with SHA-1 and SHA-2.
//!
//! What is not known is not judged, and neither is what would take long: an RSA key of more than 8192 bits, or one with a large
//! exponent. RFC 8017, RFC 5480, RFC 5754, RFC 4056.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rsa::signature::hazmat::PrehashVerifier;
use rsa::traits::SignatureScheme;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss};
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use x509_cert::der::asn1::{AnyRef, BitString, ObjectIdentifier, UintRef};
use x509_cert::der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use x509_cert::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoOwned};

/// What can be said of a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// The key made it, over exactly this.
    Holds,
    /// The key did not.
    Broken,
    /// It cannot be told: the kind of key or of signature is not known here, or the key is missing.
    #[default]
    Unknown,
}

/// A digest that is computed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say all")]
pub enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The digest of this object identifier, by its contents in DER.
    pub fn of_oid(oid: &[u8]) -> Option<Self> {
        Some(match oid {
            [0x2B, 0x0E, 0x03, 0x02, 0x1A] => Self::Sha1,
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last] => match last {
                1 => Self::Sha256,
                2 => Self::Sha384,
                3 => Self::Sha512,
                4 => Self::Sha224,
                _ => return None,
            },
            _ => return None,
        })
    }

    /// The digest of `bytes`.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha224 => Sha224::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    fn pkcs1(self) -> Pkcs1v15Sign {
        match self {
            Self::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
            Self::Sha224 => Pkcs1v15Sign::new::<Sha224>(),
            Self::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
            Self::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
            Self::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
        }
    }
}

/// Bytes whose digests are asked for again and again. Each is made once: a hostile file may ask for hundreds of a large text.
#[derive(Debug)]
pub struct Digested<'a> {
    bytes: &'a [u8],
    known: RefCell<HashMap<Hash, Rc<[u8]>>>,
}

impl<'a> Digested<'a> {
    /// These bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, known: RefCell::default() }
    }

    /// Their digest.
    pub fn by(&self, hash: Hash) -> Rc<[u8]> {
        let mut known = self.known.borrow_mut();
        Rc::clone(known.entry(hash).or_insert_with(|| hash.digest(self.bytes).into()))
    }
}

/// A signature and what it is said to be over.
pub(super) struct Signed<'a> {
    pub(super) message: &'a Digested<'a>,
    pub(super) signature: &'a [u8],
    /// The AlgorithmIdentifier in DER.
    pub(super) algorithm: &'a [u8],
    /// The digest that is meant where the algorithm names none.
    pub(super) hash: Option<Hash>,
}

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");

/// How a signature is made, and with which digest if it says so itself.
enum Scheme {
    Pkcs1(Option<Hash>),
    Pss(Hash),
    Ecdsa(Option<Hash>),
}

impl Scheme {
    fn of(algorithm: &AlgorithmIdentifierRef<'_>) -> Option<Self> {
        use Hash::{Sha1, Sha224, Sha256, Sha384, Sha512};
        Some(match algorithm.oid.to_string().as_str() {
            "1.2.840.113549.1.1.1" => Self::Pkcs1(None),
            "1.2.840.113549.1.1.5" => Self::Pkcs1(Some(Sha1)),
            "1.2.840.113549.1.1.14" => Self::Pkcs1(Some(Sha224)),
            "1.2.840.113549.1.1.11" => Self::Pkcs1(Some(Sha256)),
            "1.2.840.113549.1.1.12" => Self::Pkcs1(Some(Sha384)),
            "1.2.840.113549.1.1.13" => Self::Pkcs1(Some(Sha512)),
            "1.2.840.113549.1.1.10" => Self::Pss(pss_hash(algorithm.parameters)?),
            // Some write the type of the key in the place of the type of the signature.
            "1.2.840.10045.2.1" => Self::Ecdsa(None),
            "1.2.840.10045.4.1" => Self::Ecdsa(Some(Sha1)),
            "1.2.840.10045.4.3.1" => Self::Ecdsa(Some(Sha224)),
            "1.2.840.10045.4.3.2" => Self::Ecdsa(Some(Sha256)),
            "1.2.840.10045.4.3.3" => Self::Ecdsa(Some(Sha384)),
            "1.2.840.10045.4.3.4" => Self::Ecdsa(Some(Sha512)),
            _ => return None,
        })
    }
}

/// `RSASSA-PSS-params ::= SEQUENCE { [0] hash, [1] mask generation, [2] salt length, [3] trailer }`, RFC 4055 §3.1. The length of the
/// salt shows by itself. A mask that is made with another digest than the message is not known here.
fn pss_hash(parameters: Option<AnyRef<'_>>) -> Option<Hash> {
    let (mut hash, mut mask) = (Hash::Sha1, Hash::Sha1);
    if let Some(parameters) = parameters {
        if parameters.tag() != Tag::Sequence {
            return None;
        }
        let mut reader = SliceReader::new(parameters.value()).ok()?;
        while !reader.is_finished() {
            let field = AnyRef::decode(&mut reader).ok()?;
            let number = match field.tag() {
                Tag::ContextSpecific { constructed: true, number } => number,
                _ => return None,
            };
            if number == TagNumber(0) {
                hash = named_hash(&AlgorithmIdentifierRef::from_der(field.value()).ok()?)?;
            } else if number == TagNumber(1) {
                let generation = AlgorithmIdentifierRef::from_der(field.value()).ok()?;
                let inner = generation.parameters?;
                let mut inner = SliceReader::new(inner.value()).ok()?;
                let oid: ObjectIdentifier = Decode::decode(&mut inner).ok()?;
                mask = Hash::of_oid(oid.as_bytes())?;
            }
        }
    }
    (hash == mask).then_some(hash)
}

fn named_hash(algorithm: &AlgorithmIdentifierRef<'_>) -> Option<Hash> {
    Hash::of_oid(algorithm.oid.as_bytes())
}

/// Whether `key` made the signature.
pub(super) fn verify(key: &SubjectPublicKeyInfoOwned, signed: &Signed<'_>) -> Verdict {
    let scheme = AlgorithmIdentifierRef::from_der(signed.algorithm).ok().and_then(|algorithm| Scheme::of(&algorithm));
    let Some(scheme) = scheme else { return Verdict::Unknown };
    let kind = key.algorithm.oid;
    match scheme {
        Scheme::Pkcs1(named) if kind == RSA => with_rsa(&key.subject_public_key, |key| {
            either(named, signed, |hash, digest| pkcs1(key, hash, digest, signed))
        }),
        Scheme::Pss(hash) if kind == RSA || kind == RSA_PSS => {
            with_rsa(&key.subject_public_key, |key| Some(pss(key, hash, signed)))
        }
        Scheme::Ecdsa(named) if kind == EC => {
            let curve = key.algorithm.parameters.as_ref().and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
            ecdsa(curve, &key.subject_public_key, named, signed)
        }
        _ => Verdict::Unknown,
    }
}

/// Tries the digest that the algorithm names, and the one that stands elsewhere: where the two differ, some tools meant the one
/// and some the other. `None` if neither is known.
fn either(named: Option<Hash>, signed: &Signed<'_>, is_true: impl Fn(Hash, &[u8]) -> bool) -> Option<bool> {
    let mut hashes: Vec<Hash> = named.into_iter().chain(signed.hash).collect();
    hashes.dedup();
    let tried: Vec<bool> = hashes.into_iter().map(|hash| is_true(hash, &signed.message.by(hash))).collect();
    (!tried.is_empty()).then(|| tried.contains(&true))
}

const fn verdict(is_true: Option<bool>) -> Verdict {
    match is_true {
        Some(true) => Verdict::Holds,
        Some(false) => Verdict::Broken,
        None => Verdict::Unknown,
    }
}

/// Sizes of RSA keys that are used, in bits.
const RSA_BITS: std::ops::RangeInclusive<usize> = 512..=8192;

fn with_rsa(key: &BitString, check: impl FnOnce(&rsa::PublicKey) -> Option<bool>) -> Verdict {
    rsa_key(key).map_or(Verdict::Unknown, |key| verdict(check(&key)))
}

/// `RSAPublicKey ::= SEQUENCE { modulus, publicExponent }`, RFC 8017 §A.1.1.
fn rsa_key(key: &BitString) -> Option<rsa::PublicKey> {
    let sequence = AnyRef::from_der(key.as_bytes()?).ok()?;
    let mut reader = SliceReader::new(sequence.value()).ok()?;
    let (modulus, exponent) = (UintRef::decode(&mut reader).ok()?, UintRef::decode(&mut reader).ok()?);
    // Before anything is computed with them.
    if modulus.as_bytes().len() > RSA_BITS.end() / 8 || exponent.as_bytes().len() > 8 {
        return None;
    }
    let number = |bytes: &[u8]| BoxedUint::from_be_slice_vartime(bytes);
    rsa::PublicKey::new_with_size_limits(number(modulus.as_bytes()), number(exponent.as_bytes()), RSA_BITS).ok()
}

fn pkcs1(key: &rsa::PublicKey, hash: Hash, digest: &[u8], signed: &Signed<'_>) -> bool {
    hash.pkcs1().verify(key, digest, signed.signature).is_ok()
        || without_null(hash).verify(key, digest, signed.signature).is_ok()
}

/// Old tools leave the NULL out that stands behind the name of the digest. Readers must take both, RFC 8017 §A.2.4.
fn without_null(hash: Hash) -> Pkcs1v15Sign {
    let mut scheme = hash.pkcs1();
    let mut prefix = scheme.prefix.to_vec();
    // SEQUENCE { SEQUENCE { OID, NULL }, OCTET STRING }: two bytes fewer in both sequences.
    if let Some(at) = prefix.windows(2).rposition(|pair| pair == [5, 0]) {
        prefix.drain(at..at + 2);
        prefix[1] -= 2;
        prefix[3] -= 2;
    }
    scheme.prefix = prefix.into();
    scheme
}

fn pss(key: &rsa::PublicKey, hash: Hash, signed: &Signed<'_>) -> bool {
    fn check<D: Digest + sha2::digest::FixedOutputReset>(
        key: &rsa::PublicKey,
        digest: &[u8],
        signature: &[u8],
    ) -> bool {
        let scheme = Pss::<D> { salt_len: None, ..Pss::new() };
        scheme.verify(key, digest, signature).is_ok()
    }
    let digest = signed.message.by(hash);
    match hash {
        Hash::Sha1 => check::<Sha1>(key, &digest, signed.signature),
        Hash::Sha224 => check::<Sha224>(key, &digest, signed.signature),
        Hash::Sha256 => check::<Sha256>(key, &digest, signed.signature),
        Hash::Sha384 => check::<Sha384>(key, &digest, signed.signature),
        Hash::Sha512 => check::<Sha512>(key, &digest, signed.signature),
    }
}

/// The check of one curve, which differ in their types alone.
macro_rules! on_curve {
    ($curve:ident, $point:expr, $named:expr, $signed:expr) => {{
        match $curve::ecdsa::VerifyingKey::from_sec1_bytes($point) {
            Ok(key) => verdict(either($named, $signed, |_, digest| {
                $curve::ecdsa::Signature::from_der($signed.signature)
                    .is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok())
            })),
            Err(_) => Verdict::Unknown,
        }
    }};
}

fn ecdsa(curve: Option<ObjectIdentifier>, point: &BitString, named: Option<Hash>, signed: &Signed<'_>) -> Verdict {
    let Some(point) = point.as_bytes() else { return Verdict::Unknown };
    match curve {
        Some(P256) => on_curve!(p256, point, named, signed),
        Some(P384) => on_curve!(p384, point, named, signed),
        Some(P521) => on_curve!(p521, point, named, signed),
        _ => Verdict::Unknown,
    }
}
