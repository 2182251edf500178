//! What a profile may be wrapped in, and what only looks like one.

use super::export::{self, Carried, Nothing};
use crate::clients::property_list::{At, as_text};
use crate::date::Date;
use crate::document::{Signature, SignedBy};
use crate::finding::Message;
use crate::message;
use crate::source::{Source, View};
use crate::syntax::cms::{self, Container, Trailing};
use crate::syntax::plist::{self, Plist};

/// What was found under the wrapping.
pub(super) enum Opened {
    /// Text that can be changed.
    Text(Source),
    /// Text that must stay as it is, why, and what the signature says of itself if there is one.
    Kept(Source, Message, Option<Signature>),
    /// Nothing that can be read here, though it is right where it belongs.
    Closed(Message),
    /// Nothing that anybody can read, and why.
    Damaged(Message),
}

/// Takes the wrapping off.
pub(super) fn open(source: &Source) -> Opened {
    match export::carried(source) {
        None => unwrap(source),
        Some(Err(Nothing::Absent(reason))) => Opened::Closed(reason),
        Some(Err(Nothing::Damaged(reason))) => Opened::Damaged(reason),
        Some(Ok(carried)) => carried_by(source, carried),
    }
}

/// What an export carries may be wrapped once more. Then its places are no places of the file.
fn carried_by(source: &Source, carried: Carried) -> Opened {
    let Carried { system, text, unpacked } = carried;
    let inner = Source::new(source.path(), text);
    let (text, signature) = match unwrap(&inner) {
        Opened::Text(text) => (text, None),
        Opened::Kept(text, _, signature) => (text, signature),
        closed @ (Opened::Closed(_) | Opened::Damaged(_)) => return closed,
    };
    let unpacked = if text.bytes() == inner.bytes() { unpacked } else { unpacked.beginning() };
    Opened::Kept(source.carrying(text.bytes(), unpacked), super::export_reason(system), signature)
}

fn unwrap(source: &Source) -> Opened {
    match cms::open(source.bytes()) {
        Ok(Container::NotCms) => Opened::Text(as_text(source)),
        Ok(Container::Encrypted(_)) => {
            Opened::Closed(message!("the whole profile is encrypted for one device; only that device can read it"))
        }
        Ok(Container::Signed(signed)) => match signed.content.bytes(source.bytes()) {
            Some(content) => {
                let start = cms::after_mime_headers(content);
                let inner = as_text(&Source::new(source.path(), &content[start.unwrap_or(0)..]));
                let signature = signature(&signed, content, start.is_some());
                Opened::Kept(source.viewed(View::Signed, inner.bytes()), super::signed_reason(), Some(signature))
            }
            None => Opened::Damaged(message!("it is a signature without the profile it belongs to")),
        },
        Err(error) => Opened::Damaged(message!("the signed file cannot be read: {fault}", fault = error.message())),
    }
}

/// What rules may know of a signature.
fn signature(signed: &cms::Signed, content: &[u8], mail_headers: bool) -> Signature {
    let held = signed.held_against(content);
    Signature {
        signers: signed.signers.iter().zip(held).map(|(signer, held)| signed_by(signer, held)).collect(),
        certificates: signed.certificates.clone(),
        has_unread_certificates: signed.unread_certificates > 0,
        mail_headers,
        trailing: match signed.trailing {
            Trailing::Bytes(len) => len,
            Trailing::Nothing | Trailing::LineEnds => 0,
        },
    }
}

fn signed_by(signer: &cms::Signer, held: cms::Held) -> SignedBy {
    let day = |moment: cms::DateTime| Date::new(moment.year, moment.month, moment.day);
    SignedBy {
        name: signer.subject_common_name.clone(),
        from: signer.not_before.map(day),
        until: signer.not_after.map(day),
        digest: signer.digest.clone(),
        is_only_named: signer.is_only_named(),
        altered: held.altered,
        verdict: held.verdict,
        certificate: signer.certificate.clone(),
    }
}

/// Whether the bytes hold payloads, in any form.
pub(super) fn holds_payloads(bytes: &[u8]) -> bool {
    let has = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    if export::is_export(bytes) {
        return true;
    }
    let is_list = bytes.starts_with(b"bplist")
        || has(b"<plist")
        || has(b"<dict")
        || bytes.starts_with(&[0x30])
        || has(b"-----BEGIN ");
    let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if is_utf16 {
        let spaced: Vec<u8> = b"PayloadType".iter().flat_map(|byte| [*byte, 0]).collect();
        return has(&spaced[..spaced.len() - 1]);
    }
    if has(b"-----BEGIN ") || bytes.starts_with(&[0x30]) {
        return match cms::open(bytes) {
            Ok(Container::Signed(signed)) => signed
                .content
                .bytes(bytes)
                .is_some_and(|content| memchr::memmem::find(content, b"PayloadType").is_some()),
            _ => false,
        };
    }
    is_list && has(b"PayloadType") && (has(b"PayloadIdentifier") || has(b"PayloadContent"))
}

/// Says so if the payloads are there in encrypted form only.
pub(super) fn encrypted_inside(list: &Plist) -> Option<Message> {
    let root = At::root(list)?;
    let encrypted = matches!(root.value("EncryptedPayloadContent"), Some(plist::Value::Data(_)))
        || root.value("IsEncrypted") == Some(&plist::Value::Bool(true));
    (encrypted && root.value("PayloadContent").is_none())
        .then(|| message!("its payloads are encrypted for one device; only the outer keys were checked"))
}
