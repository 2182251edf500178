//! Opens a file, and reads the whole of it only if its beginning may be that of a configuration.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::clients::CLIENTS;

/// Larger files are not read. The largest real profile seen has 300 kB; this leaves room for lists of thousands of payloads.
pub const MAX_FILE: u64 = 64 << 20;

/// How much of a file decides whether the rest is read.
const HEAD: usize = 4096;

/// Why a file was not read.
pub(super) enum Failure {
    /// With its beginning.
    TooLarge(Vec<u8>),
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The bytes of a file; `None` if its beginning shows that it is no mail configuration. `whole` reads it in any case.
pub(super) fn read(path: &Path, whole: bool) -> Result<Option<Vec<u8>>, Failure> {
    let not_regular = || Failure::Io(io::Error::other("it is not a regular file"));
    // Opening a pipe would wait until somebody writes to it.
    if !fs::metadata(path)?.is_file() {
        return Err(not_regular());
    }
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(not_regular());
    }
    let mut bytes = Vec::with_capacity(HEAD.min(usize::try_from(metadata.len()).unwrap_or(HEAD)));
    file.by_ref().take(HEAD as u64).read_to_end(&mut bytes)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !whole && !may_be_configuration(name, &bytes) {
        return Ok(None);
    }
    if metadata.len() > MAX_FILE {
        return Err(Failure::TooLarge(bytes));
    }
    // A file that grows while it is read still ends here.
    file.take(MAX_FILE).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Whether name or beginning suggest one of our formats; the clients decide when they see the whole file.
fn may_be_configuration(name: &str, head: &[u8]) -> bool {
    let starts = |marks: &[&[u8]]| marks.iter().any(|mark| head.starts_with(mark));
    let has = |mark: &[u8]| memchr::memmem::find(head, mark).is_some();
    let is_json = head.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| b"{[\xEF".contains(first));
    is_named_as_configuration(name)
        || starts(&[b"bplist", b"-----BEGIN PKCS7", b"-----BEGIN CMS", b"\xFF\xFE<", b"\xFE\xFF\0<"])
        || (head.first() == Some(&0x30) && has(b"\x2A\x86\x48\x86\xF7\x0D\x01\x07"))
        || has(b"<plist")
        || has(b"<dict>")
        || has(b"<clientConfig")
        || has(b"configuration_profile>")
        || (is_json
            && (has(b"#microsoft.graph.")
                || has(b"\"com.apple.configuration.account.")
                || has(b"\"com.apple.asset.")
                || (head.len() < HEAD && CLIENTS.iter().any(|client| client.recognises_beside(head)))))
        || (name.ends_with(".js") && has(b"user_pref("))
}

/// Whether a file of this name can be nothing else.
pub(super) fn is_named_as_configuration(name: &str) -> bool {
    matches!(name, "prefs.js" | "user.js" | "config-v1.1.xml") || name.to_ascii_lowercase().ends_with(".mobileconfig")
}
