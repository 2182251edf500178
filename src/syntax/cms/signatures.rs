//! Signatures that OpenSSL made, one of each kind (`fixtures/make.sh`), as they are, altered, and in the other forms of BER.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::ber::Ber;
use super::*;
use crate::certificate::Hash;

/// The signatures that are not judged: a digest, a curve and a mask that are not known here, and a missing certificate.
const UNKNOWN: [&str; 4] = ["p256-no-certificate", "pss-other-mask", "rsa-md5", "secp256k1"];

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/signatures/{name}.der"))).unwrap()
}

fn names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/signatures");
    let stem = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| stem(&entry.unwrap().path())).collect();
    names.sort();
    names
}

/// Whether the content is another, and what is to be said of each signature.
fn verdicts(bytes: &[u8]) -> Vec<(bool, Verdict)> {
    let Ok(Container::Signed(signed)) = open(bytes) else { panic!("it is not signed") };
    let held = signed.held_against(signed.content.bytes(bytes).unwrap());
    held.into_iter().map(|held| (held.altered, held.verdict)).collect()
}

/// `bytes` with `old` replaced by `new` of the same length, wherever it stands.
fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut out = bytes.to_vec();
    let places: Vec<usize> = memchr::memmem::find_iter(bytes, old).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| out[*at..*at + new.len()].copy_from_slice(new));
    out
}

const WORDS: &[u8] = b"Signed with OpenSSL.\n";
const OTHER: &[u8] = b"Signed by a stranger\n";

#[test]
fn each_kind_of_signature_holds_or_is_not_judged() {
    assert!(names().len() > 25, "{:?}", names());
    for name in names() {
        let expected = if UNKNOWN.contains(&name.as_str()) { Verdict::Unknown } else { Verdict::Holds };
        for (altered, verdict) in verdicts(&fixture(&name)) {
            assert_eq!((altered, verdict), (false, expected), "{name}");
        }
    }
    assert_eq!(verdicts(&fixture("two-signers")).len(), 2);
}

#[test]
fn another_signature_or_other_attributes_are_broken() {
    for name in names().into_iter().filter(|name| !UNKNOWN.contains(&name.as_str())) {
        let bytes = fixture(&name);
        let mut last = bytes.clone();
        // The last byte is one of the signature, except where end marks follow.
        let at = bytes.iter().rposition(|byte| *byte != 0).unwrap();
        last[at] ^= 1;
        assert!(verdicts(&last).contains(&(false, Verdict::Broken)), "{name}");
        if !name.ends_with("no-attributes") {
            let time = memchr::memmem::find(&bytes, b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05").unwrap() + 14;
            let mut later = bytes.clone();
            later[time] ^= 1;
            assert!(verdicts(&later).contains(&(false, Verdict::Broken)), "{name}");
        }
    }
}

/// Whoever alters the content and its digest is found by the signature.
#[test]
fn content_that_was_altered_together_with_its_digest_is_broken() {
    for (name, hash) in [("rsa-sha256", Hash::Sha256), ("p384-sha384", Hash::Sha384), ("pss-sha1", Hash::Sha1)] {
        let altered = replaced(&fixture(name), WORDS, OTHER);
        assert_eq!(verdicts(&altered), [(true, Verdict::Holds)], "{name}");
        let hidden = replaced(&altered, &hash.digest(WORDS), &hash.digest(OTHER));
        assert_eq!(verdicts(&hidden), [(false, Verdict::Broken)], "{name}");
    }
    for name in ["rsa-no-attributes", "p256-no-attributes", "pss-no-attributes"] {
        assert_eq!(verdicts(&replaced(&fixture(name), WORDS, OTHER)), [(false, Verdict::Broken)], "{name}");
    }
}

/// The structure in BER: every element inside [`SignerInfos`] of indefinite length, the octet strings in two chunks. Certificates
/// are always DER.
fn indefinite(ber: Ber<'_>, element: Element, inside: bool) -> Vec<u8> {
    let mut children = Vec::new();
    for child in ber.children(element) {
        children.extend(if child.tag & 0x20 != 0 && child.tag != CONTEXT_0 || inside {
            indefinite(ber, child, inside || element.tag == SET)
        } else {
            ber.whole(child).to_vec()
        });
    }
    match element.tag {
        0x04 if inside && ber.content(element).len() > 1 => {
            let (first, second) = ber.content(element).split_at(1);
            let chunks = [ber::encoded(4, first), ber::encoded(4, second)].concat();
            [&[0x24, 0x80], &*chunks, &[0, 0]].concat()
        }
        tag if tag & 0x20 == 0 => ber.whole(element).to_vec(),
        tag => [&[tag, 0x80], &*children, &[0, 0]].concat(),
    }
}

#[test]
fn attributes_of_indefinite_length_are_digested_in_der() {
    for name in ["rsa-sha256", "p256-sha512", "two-signers"] {
        let bytes = fixture(name);
        let ber = Ber { bytes: &bytes };
        let info = ber.element(0, bytes.len()).unwrap();
        let data = ber.child(ber.child(info, CONTEXT_0).unwrap(), SEQUENCE).unwrap();
        let parts: Vec<Vec<u8>> = ber
            .children(data)
            .enumerate()
            // The digests, by which SET goes first, have nothing to sign.
            .map(
                |(index, part)| {
                    if index > 1 && part.tag == SET { indefinite(ber, part, true) } else { ber.whole(part).to_vec() }
                },
            )
            .collect();
        let data = [&[0x30, 0x80], &*parts.concat(), &[0, 0]].concat();
        let oid = ber.whole(ber.children(info).next().unwrap());
        let all = [&[0x30, 0x80], oid, &[0xA0, 0x80], &data, &[0, 0, 0, 0]].concat();
        assert_ne!(all, bytes);
        assert!(verdicts(&all).iter().all(|one| *one == (false, Verdict::Holds)), "{name}: {:?}", verdicts(&all));
        let broken =
            replaced(&all, b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05\x31", b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x06\x31");
        assert!(verdicts(&broken).iter().all(|one| *one == (false, Verdict::Broken)), "{name}");
    }
}

/// Serial numbers are often all 1; another certificate of the same number must not be asked for its key.
#[test]
fn a_certificate_that_only_has_the_number_proves_nothing() {
    let bytes = fixture("rsa-sha256");
    // Another issuer in the SignerInfo, which comes last.
    let at = memchr::memmem::rfind(&bytes, b"mail.example.jp").unwrap();
    let (mut other, last) = (bytes.clone(), bytes.len() - 1);
    other[at] = b'x';
    other[last] ^= 1;
    assert_eq!(verdicts(&other), [(false, Verdict::Unknown)]);
}

/// Of thousands of signers and certificates a few are looked at, so that a file cannot ask for hours.
#[test]
fn a_file_of_thousands_of_signers_costs_no_more_than_one_of_a_few() {
    let bytes = fixture("p256-sha256");
    let ber = Ber { bytes: &bytes };
    let info = ber.element(0, bytes.len()).unwrap();
    let data = ber.child(ber.child(info, CONTEXT_0).unwrap(), SEQUENCE).unwrap();
    let parts: Vec<Vec<u8>> = ber
        .children(data)
        .enumerate()
        .map(|(index, part)| match part.tag {
            tag @ (CONTEXT_0 | SET) if index > 1 => ber::encoded(tag, &ber.content(part).repeat(2000)),
            _ => ber.whole(part).to_vec(),
        })
        .collect();
    let oid = ber.whole(ber.children(info).next().unwrap());
    let wrapped = ber::encoded(CONTEXT_0, &ber::encoded(SEQUENCE, &parts.concat()));
    let all = ber::encoded(SEQUENCE, &[oid, &wrapped].concat());
    let Ok(Container::Signed(signed)) = open(&all) else { panic!("it is not signed") };
    assert_eq!((signed.signers.len(), signed.certificates.len()), (8, 64));
    assert!(verdicts(&all).iter().all(|one| *one == (false, Verdict::Holds)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Nothing that is changed in a signed file makes it panic, and whatever is signed by then is what was signed.
    #[test]
    fn damaged_signatures_never_panic_nor_hold(kind in 0..30usize, at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let names = names();
        let bytes = fixture(&names[kind % names.len()]);
        let mut damaged = bytes.clone();
        let at = at.index(bytes.len());
        damaged[at] = with;
        if let Ok(Container::Signed(signed)) = open(&damaged)
            && let Some(content) = signed.content.bytes(&damaged)
        {
            let held = signed.held_against(content);
            let holds = held.iter().any(|held| held.verdict == Verdict::Holds && !held.altered);
            prop_assert!(content == WORDS || !holds || is_digest_unknown(&signed));
        }
    }
}

/// Then only the attributes hold, and nothing is said of the content.
fn is_digest_unknown(signed: &Signed) -> bool {
    signed.signers.iter().any(|signer| !signer.digest.starts_with("SHA-"))
}
