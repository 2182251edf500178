//! What the hand, the editor or the disk does to a file: one slip at a time.

use proptest::prelude::*;

/// One slip of the hand, the editor or the disk.
#[derive(Clone, Debug)]
pub(crate) enum Slip {
    Flip(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Delete(prop::sample::Index, usize),
    Truncate(prop::sample::Index),
    RepeatLine(prop::sample::Index),
    DropLine(prop::sample::Index),
    SwapLines(prop::sample::Index, prop::sample::Index),
}

impl Slip {
    pub(crate) fn apply(&self, bytes: &mut Vec<u8>) {
        let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Flip(at, mask) => {
                let at = at.index(bytes.len());
                bytes[at] ^= mask;
            }
            Self::Insert(at, new) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, new.iter().copied());
            }
            Self::Delete(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Self::Truncate(at) => bytes.truncate(at.index(bytes.len())),
            Self::RepeatLine(at) => {
                let mut lines = lines(bytes);
                let line = lines[at.index(lines.len())].clone();
                lines.insert(at.index(lines.len()), line);
                *bytes = lines.concat();
            }
            Self::DropLine(at) => {
                let mut lines = lines(bytes);
                lines.remove(at.index(lines.len()));
                *bytes = lines.concat();
            }
            Self::SwapLines(one, other) => {
                let mut lines = lines(bytes);
                let (one, other) = (one.index(lines.len()), other.index(lines.len()));
                lines.swap(one, other);
                *bytes = lines.concat();
            }
        }
    }
}

pub(crate) fn slip() -> impl Strategy<Value = Slip> {
    let at = || any::<prop::sample::Index>();
    let pieces = prop::sample::select(vec![
        "\0",
        "\"",
        "'",
        "\\",
        ";",
        "(",
        ")",
        ",",
        "<",
        ">",
        "&",
        "&#0;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "/*",
        "*/",
        "//",
        "\r",
        "\n",
        "user_pref(",
        "</dict>",
        "<dict>",
        "<key>",
        "</string>",
        "<integer>",
        "\u{FEFF}",
        "\u{3000}",
        "-1",
        "99999999999999999999",
        "é",
    ]);
    let new = prop_oneof![pieces.prop_map(|piece| piece.as_bytes().to_vec()), prop::collection::vec(any::<u8>(), 1..6)];
    prop_oneof![
        (at(), 1_u8..).prop_map(|(at, mask)| Slip::Flip(at, mask)),
        (at(), new).prop_map(|(at, new)| Slip::Insert(at, new)),
        (at(), 1_usize..40).prop_map(|(at, count)| Slip::Delete(at, count)),
        at().prop_map(Slip::Truncate),
        at().prop_map(Slip::RepeatLine),
        at().prop_map(Slip::DropLine),
        (at(), at()).prop_map(|(one, other)| Slip::SwapLines(one, other)),
    ]
}
