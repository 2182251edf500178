//! The certificates that somebody trusts, from a PEM file such as `company-ca.pem`.
//!
//! Here too a file of somebody else's may hold anything: a private key in it is neither read nor shown.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_PAD_INDIFFERENT;

use super::Certificate;
use crate::message;
use crate::message::Message;

/// Roots of trust.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roots {
    certificates: Arc<[Certificate]>,
}

/// Why a file of roots cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct RootsError {
    /// The line, counted from 1, where one is to blame.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub what: Message,
}

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";
/// What a certificate is called between the dashes, and what old programs write. RFC 7468 §5.1.
const LABELS: [&str; 2] = ["CERTIFICATE", "X509 CERTIFICATE"];

impl Roots {
    /// These certificates.
    pub fn of(certificates: Vec<Certificate>) -> Self {
        Self { certificates: certificates.into() }
    }

    /// The certificates of a PEM file. What stands around them is passed over, as every program does.
    ///
    /// # Errors
    /// [`RootsError`] if a certificate is damaged or there is none at all.
    pub fn read(bytes: &[u8]) -> Result<Self, RootsError> {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.strip_prefix('\u{feff}').unwrap_or(&text).lines().enumerate();
        let mut certificates = Vec::new();
        while let Some((index, line)) = lines.next() {
            let label = line.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(DASHES));
            let Some(label) = label else { continue };
            let body = body(&mut lines, index)?;
            if LABELS.contains(&label) {
                certificates.push(certificate(&body, index)?);
            }
        }
        if certificates.is_empty() {
            return Err(nothing(bytes));
        }
        Ok(Self::of(certificates))
    }

    /// All of several files.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        Self { certificates: self.certificates.iter().chain(&*others.certificates).cloned().collect() }
    }

    /// The certificates.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }
}

/// The text between the two lines of dashes.
fn body<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>, begun: usize) -> Result<String, RootsError> {
    let mut packed = String::new();
    for (_, line) in lines {
        if line.trim_start().starts_with(DASHES) {
            return Ok(packed);
        }
        packed.extend(line.chars().filter(|c| !c.is_whitespace()));
    }
    Err(at(begun, message!("the END line of the certificate is missing; export it again as PEM")))
}

fn certificate(packed: &str, begun: usize) -> Result<Certificate, RootsError> {
    let der = STANDARD_PAD_INDIFFERENT.decode(packed).map_err(|_| {
        at(begun, message!("the certificate that begins here is damaged: it is no base64; export it again as PEM"))
    })?;
    Certificate::read(&der).ok_or_else(|| {
        at(begun, message!("what begins here is no certificate that can be read; export it again as PEM"))
    })
}

fn at(index: usize, what: Message) -> RootsError {
    RootsError { line: Some(index + 1), what }
}

/// Nobody can tell PEM from DER by its ending.
fn nothing(bytes: &[u8]) -> RootsError {
    let what = if bytes.first() == Some(&0x30) {
        message!("it is not PEM but DER; `openssl x509 -inform DER -in FILE -out FILE.pem` makes PEM of it")
    } else {
        message!("it holds no certificate; name a PEM file with -----BEGIN CERTIFICATE----- in it")
    };
    RootsError { line: None, what }
}
