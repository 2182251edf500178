//! Files of roots, certificates that were damaged, and keys that nobody made. Chains are tried in `tests/chains.rs`.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::*;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chains").join(name)).unwrap()
}

fn der(name: &str) -> Vec<u8> {
    let pem = String::from_utf8(fixture(name)).unwrap();
    let packed: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(packed).unwrap()
}

#[test]
fn files_of_roots_say_what_is_wrong_with_them_and_where() {
    let pem = String::from_utf8(fixture("root.pem")).unwrap();
    assert_eq!(Roots::read(format!("Example Root\n{pem}\n{pem}").as_bytes()).unwrap().certificates().len(), 2);
    let windows = pem.replace('\n', "\r\n");
    assert_eq!(Roots::read(format!("\u{feff}{windows}").as_bytes()).unwrap().certificates().len(), 1);
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    assert_eq!(Roots::read(format!("{key}{pem}").as_bytes()).unwrap().certificates().len(), 1);
    for (text, line, says) in [
        (String::new(), None, "no certificate"),
        (key.to_owned(), None, "no certificate"),
        (format!("{pem}\n{}", pem.replace("-----END", "END")), Some(pem.lines().count() + 2), "END line"),
        (pem.replacen("MII", "!!!", 1), Some(1), "base64"),
        (format!("\n{}", pem.replacen("MII", "MIJ", 1)), Some(2), "no certificate that can be read"),
    ] {
        let error = Roots::read(text.as_bytes()).unwrap_err();
        assert_eq!(error.line, line, "{error}");
        assert!(error.to_string().contains(says), "{error}");
        assert!(!error.to_string().contains("AAAA"));
    }
    let der = Roots::read(&[0x30, 0x82, 1, 0]).unwrap_err();
    assert!(der.to_string().contains("DER"), "{der}");
}

/// An element in DER.
fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let len = match body.len() {
        len @ ..0x80 => vec![len as u8],
        len @ 0x80..0x100 => vec![0x81, len as u8],
        len @ 0x100..0x1_0000 => vec![0x82, (len >> 8) as u8, len as u8],
        len => vec![0x83, (len >> 16) as u8, (len >> 8) as u8, len as u8],
    };
    [&[tag], &*len, &*body].concat()
}

fn rsa_key(modulus: &[u8], exponent: &[u8]) -> SubjectPublicKeyInfoOwned {
    let unsigned = |bytes: &[u8]| {
        let significant: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
        let sign: &[u8] = if significant.first().is_none_or(|first| first & 0x80 != 0) { &[0] } else { &[] };
        element(0x02, &[sign, &significant])
    };
    let numbers = element(0x30, &[&unsigned(modulus), &unsigned(exponent)]);
    let algorithm = element(0x30, &[b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01\x05\x00"]);
    let key = element(0x30, &[&algorithm, &element(0x03, &[&[0], &numbers])]);
    SubjectPublicKeyInfoOwned::from_der(&key).unwrap()
}

fn verdict(key: &SubjectPublicKeyInfoOwned, oid: &[u8], signature: &[u8]) -> Verdict {
    let algorithm = element(0x30, &[&element(0x06, &[oid])]);
    let signed =
        key::Signed { message: &Digested::new(b"words"), signature, algorithm: &algorithm, hash: Some(Hash::Sha256) };
    key::verify(key, &signed)
}

const RSA: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01";
const RSA_PSS: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A";

#[test]
fn absurd_rsa_keys_are_not_computed_with() {
    let huge = vec![0xFF; 60_000];
    for (modulus, exponent) in [
        (huge.clone(), vec![1, 0, 1]),
        (vec![0xFF; 256], huge),
        (vec![0xFF; 1025], vec![3]),
        (vec![0xFF; 256], vec![0xFF; 8]),
        (vec![], vec![]),
        (vec![0], vec![3]),
        (vec![1], vec![1]),
        (vec![0xFE; 256], vec![1, 0, 1]),
        (vec![0xFF; 256], vec![]),
        (vec![0xFF; 256], vec![2]),
    ] {
        let key = rsa_key(&modulus, &exponent);
        for oid in [RSA, RSA_PSS] {
            assert_eq!(verdict(&key, oid, &modulus), Verdict::Unknown, "{} {exponent:?}", modulus.len());
        }
    }
    // The largest that are computed with.
    let key = rsa_key(&[0xFF; 1024], &[1, 0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(verdict(&key, RSA, &[0x7F; 1024]), Verdict::Broken);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_rsa_key_and_no_signature_panics(
        modulus in proptest::collection::vec(any::<u8>(), 0..300),
        exponent in proptest::collection::vec(any::<u8>(), 0..10),
        signature in proptest::collection::vec(any::<u8>(), 0..300),
        as_long in any::<bool>(),
    ) {
        let key = rsa_key(&modulus, &exponent);
        let mut signature = signature;
        if as_long {
            signature.resize(modulus.len(), 1);
        }
        for oid in [RSA, RSA_PSS] {
            prop_assert_ne!(verdict(&key, oid, &signature), Verdict::Holds);
        }
    }

    /// What an issuer signed is all but the signature itself.
    #[test]
    fn damaged_certificates_never_panic_nor_hold(at in any::<prop::sample::Index>(), with in any::<u8>(), end in any::<prop::sample::Index>()) {
        let root = Certificate::read(&der("root.pem")).unwrap();
        let mut bytes = root.der.to_vec();
        let index = at.index(bytes.len());
        bytes[index] = with;
        for bytes in [&bytes[..], &bytes[..end.index(bytes.len())]] {
            if let Some(damaged) = Certificate::read(bytes) {
                let is_same = damaged.der[damaged.tbs.clone()] == root.der[root.tbs.clone()];
                prop_assert!(root.issued(&damaged) != Verdict::Holds || is_same);
            }
        }
    }
}
