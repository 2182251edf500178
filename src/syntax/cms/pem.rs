//! The PEM form of signed files: base64 between two lines of dashes (RFC 7468).

use super::CmsError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_PAD_INDIFFERENT;

/// What stands between the dashes of a file that we read; §8 and §9 of RFC 7468 and what older OpenSSL writes.
const LABELS: [&str; 3] = ["CMS", "PKCS7", "PKCS #7 SIGNED DATA"];

const BEGIN: &[u8] = b"-----BEGIN ";
const DASHES: &[u8] = b"-----";

/// The bytes in a PEM file with a signed structure; `None` if the file is nothing of the kind.
pub(super) fn decode(bytes: &[u8]) -> Result<Option<Vec<u8>>, CmsError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let Some(rest) = text.strip_prefix(BEGIN) else { return Ok(None) };
    let Some(label) = find(rest, DASHES).filter(|end| LABELS.iter().any(|label| label.as_bytes() == &rest[..*end]))
    else {
        return Ok(None);
    };
    let body = &rest[label + DASHES.len()..];
    let fault = |what| CmsError { offset: bytes.len() - body.len(), what };
    let end = find(body, b"-----END ").ok_or_else(|| fault("the END line of the PEM text is missing"))?;
    let packed: Vec<u8> = body[..end].iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let decoded = STANDARD_PAD_INDIFFERENT.decode(packed).map_err(|_| fault("the PEM text is not base64"))?;
    Ok(Some(decoded))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}
