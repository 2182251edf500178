//! The files of certificates to which signatures must lead: `--roots`, and `[signatures]` of `mailcfg.toml`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::bail;
use mailcfg::certificate::Roots;
use mailcfg::finding::Message;
use mailcfg::message;

/// All authorities that a system brings along have 250 kB.
const LARGEST: u64 = 16 << 20;

/// The certificates of all files; `None` if no file is named.
pub(super) fn read(files: &[PathBuf]) -> anyhow::Result<Option<Roots>> {
    let mut all: Option<Roots> = None;
    for file in files {
        let roots = of_file(file)?;
        all = Some(all.map_or_else(|| roots.clone(), |all| all.and(&roots)));
    }
    Ok(all)
}

fn of_file(file: &Path) -> anyhow::Result<Roots> {
    let unread = |reason| message!("{file} cannot be read: {reason}", file = file.display(), reason = reason);
    let bytes = bytes(file).map_err(unread)?;
    match Roots::read(&bytes) {
        Ok(roots) => Ok(roots),
        Err(error) => match error.line {
            Some(line) => {
                bail!(message!("{file}, line {line}: {what}", file = file.display(), line = line, what = error.what))
            }
            None => bail!(message!("{file}: {what}", file = file.display(), what = error.what)),
        },
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, Message> {
    let failed = |error: io::Error| Message::from(&error);
    // Opening a pipe would wait until somebody writes to it.
    if !fs::metadata(file).map_err(failed)?.is_file() {
        return Err(message!("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(file).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(message!("it is larger than {limit} MB, the most that is read", limit = LARGEST >> 20));
    }
    Ok(bytes)
}
