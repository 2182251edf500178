//! Wrappers built by hand, byte for byte, in each of the forms that signing tools write.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

const XML: &[u8] = b"<plist><dict><key>a</key><true/></dict></plist>";
const SHA1: &[u8] = b"\x2B\x0E\x03\x02\x1A";
const DATA: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01";
const SIGNED_DATA: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";

/// An element of definite length.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let len = body.len();
    let head = if len < 0x80 { vec![tag, len as u8] } else { vec![tag, 0x82, (len >> 8) as u8, len as u8] };
    [head, body].concat()
}

/// An element of indefinite length.
fn ber(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    [&[tag, 0x80], parts.concat().as_slice(), &[0, 0]].concat()
}

type Build = fn(u8, &[&[u8]]) -> Vec<u8>;

fn name(common_name: &[u8]) -> Vec<u8> {
    let of = |oid: &[u8], tag, text: &[u8]| der(0x31, &[&der(0x30, &[&der(0x06, &[oid]), &der(tag, &[text])])]);
    der(0x30, &[&of(b"\x55\x04\x06", 0x13, b"JP"), &of(COMMON, 0x0C, common_name)])
}

const COMMON: &[u8] = b"\x55\x04\x03";

fn certificate(serial: &[u8], common_name: &str) -> Vec<u8> {
    let algorithm = der(0x30, &[&der(0x06, &[b"\x2A\x03"])]);
    let validity = der(0x30, &[&der(0x17, &[b"180102030405Z"]), &der(0x18, &[b"20501231235959Z"])]);
    let version = der(0xA0, &[&der(0x02, &[b"\x02"])]);
    let (issuer, subject) = (name(b"Some CA"), name(common_name.as_bytes()));
    let tbs = der(0x30, &[&version, &der(0x02, &[serial]), &algorithm, &issuer, &validity, &subject, &der(0x30, &[])]);
    der(0x30, &[&tbs, &algorithm, &der(0x03, &[b"\0sig"])])
}

fn signer_info(serial: &[u8]) -> Vec<u8> {
    let digest = der(0x30, &[&der(0x06, &[SHA1]), b"\x05\0"]);
    let sid = der(0x30, &[&name(b"Some CA"), &der(0x02, &[serial])]);
    let time = der(0x31, &[&der(0x17, &[b"190708091011Z"])]);
    let attribute = der(0x30, &[&der(0x06, &[b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05"]), &time]);
    der(0x30, &[&der(0x02, &[b"\x01"]), &sid, &digest, &der(0xA0, &[&attribute]), &digest, &der(0x04, &[b"sig"])])
}

/// SignedData around an octet string that is already encoded.
fn wrapped(build: Build, string: &[u8]) -> Vec<u8> {
    let certificates = [certificate(b"\x07", "Intermediate CA"), certificate(b"\x09", "mail.例え.jp")].concat();
    let inner = build(0x30, &[&der(0x06, &[DATA]), &build(0xA0, &[string])]);
    let digests = der(0x31, &[&der(0x30, &[&der(0x06, &[SHA1])])]);
    let signers = der(0x31, &[&signer_info(b"\x09")]);
    let data = build(0x30, &[&der(0x02, &[b"\x01"]), &digests, &inner, &build(0xA0, &[&certificates]), &signers]);
    build(0x30, &[&der(0x06, &[SIGNED_DATA]), &build(0xA0, &[&data])])
}

fn pem(label: &str, bytes: &[u8]) -> Vec<u8> {
    let text = STANDARD.encode(bytes);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("\n-----BEGIN {label}-----\r\n{}\r\n-----END {label}-----\r\n", lines.join("\r\n")).into_bytes()
}

fn signed(bytes: &[u8]) -> Signed {
    match open(bytes) {
        Ok(Container::Signed(signed)) => signed,
        other => panic!("{other:?}"),
    }
}

#[test]
fn content_and_signer_are_found_in_every_form() {
    let one = der(0x04, &[XML]);
    let chunks = [&der(0x04, &[&XML[..9]])[..], &ber(0x24, &[&der(0x04, &[&XML[9..20]])]), &der(0x04, &[&XML[20..]])];
    for (bytes, contiguous, trailing) in [
        (wrapped(der, &one), true, Trailing::Nothing),
        (wrapped(ber, &one), true, Trailing::Nothing),
        (wrapped(ber, &ber(0x24, &[&one])), true, Trailing::Nothing),
        (wrapped(ber, &ber(0x24, &chunks)), false, Trailing::Nothing),
        (wrapped(der, &der(0x24, &chunks)), false, Trailing::Nothing),
        ([wrapped(der, &one), b"\r\n".to_vec()].concat(), true, Trailing::LineEnds),
        ([wrapped(ber, &one), b"\n<p>".to_vec()].concat(), true, Trailing::Bytes(4)),
        ([wrapped(der, &one), b"\0\0".to_vec()].concat(), true, Trailing::Bytes(2)),
        (pem("PKCS7", &wrapped(der, &one)), false, Trailing::Nothing),
        (pem("CMS", &wrapped(ber, &ber(0x24, &chunks))), false, Trailing::Nothing),
        (pem("CMS", &[wrapped(der, &one), b"more".to_vec()].concat()), false, Trailing::Bytes(4)),
    ] {
        let signed = signed(&bytes);
        assert_eq!(signed.content.bytes(&bytes), Some(XML));
        assert_eq!(matches!(signed.content, Content::Span(_)), contiguous);
        assert_eq!((signed.trailing, signed.pem), (trailing, bytes.starts_with(b"\n-----")));
        let [signer] = &signed.signers[..] else { panic!("{:?}", signed.signers) };
        assert_eq!(signer.subject_common_name.as_deref(), Some("mail.例え.jp"));
        assert_eq!(signer.digest, "SHA-1");
        let shown = |time: Option<DateTime>| time.map(|time| time.to_string());
        assert_eq!(shown(signer.not_before).as_deref(), Some("2018-01-02T03:04:05Z"));
        assert_eq!(shown(signer.not_after).as_deref(), Some("2050-12-31T23:59:59Z"));
        assert_eq!(shown(signer.signing_time).as_deref(), Some("2019-07-08T09:10:11Z"));
    }
}

/// SignedData whose only signer wrote down `digest` as that of `content`.
fn with_digest(algorithm: &[u8], digest: &[u8], content: &[u8]) -> Vec<u8> {
    let algorithm = der(0x30, &[&der(0x06, &[algorithm])]);
    let attribute = [&der(0x06, &[b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04"])[..], &der(0x31, &[&der(0x04, &[digest])])];
    let attributes = der(0xA0, &[&der(0x30, &attribute)]);
    let sid = der(0x30, &[&name(b"Some CA"), &der(0x02, &[b"\x01"])]);
    let info = der(0x30, &[&der(0x02, &[b"\x01"]), &sid, &algorithm, &attributes]);
    let inner = der(0x30, &[&der(0x06, &[DATA]), &der(0xA0, &[&der(0x04, &[content])])]);
    let data = der(0x30, &[&der(0x02, &[b"\x01"]), &der(0x31, &[]), &inner, &der(0x31, &[&info])]);
    der(0x30, &[&der(0x06, &[SIGNED_DATA]), &der(0xA0, &[&data])])
}

#[test]
fn content_that_was_altered_after_signing_is_known_by_its_digest() {
    use sha2::{Digest as _, Sha256, Sha512};
    const SHA256: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01";
    const SHA512: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x03";
    const MD5: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x02\x05";
    let (short, long) = (Sha256::digest(XML), Sha512::digest(XML));
    for (algorithm, digest, content, altered) in [
        (SHA256, &short[..], XML, false),
        (SHA256, &short[..], &XML[1..], true),
        (SHA512, &long[..], XML, false),
        (SHA512, &long[..], b"", true),
        (SHA1, b"12345678901234567890", XML, true),
        // What is not computed proves nothing.
        (MD5, b"1234567890123456", XML, false),
    ] {
        let signed = signed(&with_digest(algorithm, digest, content));
        // Whose signature it is cannot be told without the certificate.
        let expected = Held { altered, verdict: Verdict::Unknown };
        assert_eq!(signed.held_against(content), [expected], "{algorithm:?} {content:?}");
    }
}

#[test]
fn empty_and_detached_content_differ() {
    let empty = wrapped(der, &der(0x04, &[]));
    assert_eq!(signed(&empty).content.bytes(&empty), Some(&b""[..]));
    let inner = der(0x30, &[&der(0x06, &[DATA])]);
    let data = der(0x30, &[&der(0x02, &[b"\x01"]), &der(0x31, &[]), &inner, &der(0x31, &[])]);
    let detached = der(0x30, &[&der(0x06, &[SIGNED_DATA]), &der(0xA0, &[&data])]);
    assert_eq!((signed(&detached).content, signed(&detached).signers), (Content::Missing, Vec::new()));
}

#[test]
fn other_files_are_told_apart() {
    let with = |last: &[u8]| der(0x30, &[&der(0x06, &[&DATA[..8], last]), &der(0xA0, &[b"\x30\0"])]);
    assert_eq!(open(&with(b"\x03")), Ok(Container::Encrypted(Encrypted { pem: false })));
    assert_eq!(open(&with(b"\x06")), Ok(Container::Encrypted(Encrypted { pem: false })));
    assert_eq!(open(&pem("PKCS7", &with(b"\x03"))), Ok(Container::Encrypted(Encrypted { pem: true })));
    assert!(open(&with(b"\x05")).is_err());
    let other = der(0x30, &[&der(0x06, &[b"\x2A\x03"])]);
    for bytes in
        [XML, b"", b"0", b"0123456789", b"bplist00", &other, &certificate(b"\x01", "x"), &pem("CERTIFICATE", b"x")]
    {
        assert_eq!(open(bytes), Ok(Container::NotCms), "{bytes:?}");
    }
}

#[test]
fn damaged_files_say_where() {
    let whole = wrapped(der, &der(0x04, &[XML]));
    for bytes in [
        &whole[..whole.len() - 1],
        &whole[..20],
        b"-----BEGIN CMS-----\nMII",
        &pem("CMS", b"x"),
        b"-----BEGIN CMS-----\n!\n-----END CMS-----",
    ] {
        let error = open(bytes).unwrap_err();
        assert!(error.offset <= bytes.len(), "{error}");
    }
}

#[test]
fn mime_headers_before_the_content_are_seen() {
    assert_eq!(after_mime_headers(b"Content-Type: text/plain\r\n\r\n<plist>"), Some(28));
    assert_eq!(after_mime_headers(b"MIME-Version: 1.0\nContent-Type: text/plain\n\n<plist>"), Some(44));
    assert_eq!(after_mime_headers(XML), None);
    assert_eq!(after_mime_headers(b"Content-Type: text/plain"), None);
}

proptest! {
    #[test]
    fn mutated_files_never_panic(form in 0..4usize, at in 0..2000usize, with in proptest::collection::vec(any::<u8>(), 0..5), cut in 0..8usize) {
        let one = der(0x04, &[XML]);
        let mut bytes = match form {
            0 => wrapped(der, &one),
            1 => wrapped(ber, &ber(0x24, &[&one, &one])),
            2 => pem("CMS", &wrapped(ber, &one)),
            _ => wrapped(ber, &one),
        };
        let at = at % bytes.len();
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, with);
        if let Ok(Container::Signed(signed)) = open(&bytes) {
            prop_assert!(signed.content.bytes(&bytes).is_some() || signed.content == Content::Missing);
            let held = signed.held_against(signed.content.bytes(&bytes).unwrap_or_default());
            prop_assert!(held.iter().all(|held| held.verdict != Verdict::Holds));
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = open(&[&wrapped(ber, b"")[..30], &bytes].concat());
        let _ = open(&bytes);
    }
}
