//! Whether a binary property list is safe to hand to the `plist` crate.
//!
//! The crate (1.10.3, tried) checks each length against the file, but not the whole: objects may be shared, so 150
//! bytes become a tree of ten million values and a few more fill any memory, and 200,000 nested arrays overflow the
//! stack. So the object table is walked once here, counting, before anything is built. Layout: Apple's
//! `CFBinaryPList.c`. Values are not read here.

use super::MAX_DEPTH;

const HEADER: &[u8] = b"bplist00";
const TRAILER: usize = 32;

/// What a node of the tree costs in memory, roughly, besides its text.
const NODE: u64 = 64;

/// How many bytes of tree a byte of file may become: a shared key of 33 letters costs one or two bytes in the file.
const GROWTH: u64 = 256;

/// What a tree may cost at most, whatever the size of the file.
const MAX_TREE: u64 = 1 << 29;

/// Why a file is not read, and where.
pub(super) type Fault = (usize, &'static str);

/// Checks lengths, references, depth and the size of the whole tree.
pub(super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut survey = Survey::new(bytes)?;
    let root = survey.root;
    survey.weigh(root, 0).map(drop)
}

struct Survey<'a> {
    bytes: &'a [u8],
    ref_size: usize,
    root: usize,
    /// Where each object begins.
    offsets: Vec<usize>,
    /// What each object and all below it cost, and how many levels they are; once known.
    known: Vec<Option<(u64, usize)>>,
    /// How many references may still be followed. Honest lists store each only once, so the file's size is enough.
    budget: usize,
    limit: u64,
}

impl<'a> Survey<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, Fault> {
        let end = bytes.len().checked_sub(TRAILER).filter(|end| *end > HEADER.len()).ok_or((0, "it is cut off"))?;
        if !bytes.starts_with(HEADER) {
            return Err((0, "only version 00 of the format is known"));
        }
        let (offset_size, ref_size) = (usize::from(bytes[end + 6]), usize::from(bytes[end + 7]));
        let field = |index: usize| usize::try_from(number(&bytes[end + 8 + index * 8..end + 16 + index * 8]));
        let (Ok(count), Ok(root), Ok(table)) = (field(0), field(1), field(2)) else {
            return Err((end, "its trailer is damaged"));
        };
        let table_end = count.checked_mul(offset_size).and_then(|len| table.checked_add(len));
        let sizes = (1..=8).contains(&offset_size) && (1..=8).contains(&ref_size);
        if !sizes || table_end.is_none_or(|table_end| table_end > end) {
            return Err((end, "its trailer is damaged"));
        }
        let offset = |raw: &[u8]| usize::try_from(number(raw)).unwrap_or(usize::MAX);
        let offsets: Vec<usize> =
            bytes[table..table + count * offset_size].chunks_exact(offset_size).map(offset).collect();
        let limit = (bytes.len() as u64).saturating_mul(GROWTH).saturating_add(1 << 20).min(MAX_TREE);
        Ok(Self { bytes: &bytes[..end], ref_size, root, known: vec![None; count], offsets, budget: bytes.len(), limit })
    }

    /// The cost and the height of an object at this depth. A cycle ends at the depth limit.
    fn weigh(&mut self, object: usize, depth: usize) -> Result<(u64, usize), Fault> {
        let at = *self.offsets.get(object).ok_or((0, "a reference leads nowhere"))?;
        let known = self.known[object];
        if depth + known.map_or(0, |(_, height)| height) >= MAX_DEPTH {
            return Err((at, "it is nested too deeply"));
        }
        if let Some(known) = known {
            return Ok(known);
        }
        let (text, refs) = self.parts(at)?;
        let (mut cost, mut height) = (NODE.saturating_add(text as u64), 1);
        for raw in refs.chunks_exact(self.ref_size) {
            let child = usize::try_from(number(raw)).unwrap_or(usize::MAX);
            let (below, levels) = self.weigh(child, depth + 1)?;
            cost = cost.saturating_add(below);
            height = height.max(levels + 1);
        }
        if cost > self.limit {
            return Err((at, "it unfolds to an unreasonable size"));
        }
        self.known[object] = Some((cost, height));
        Ok((cost, height))
    }

    /// How many bytes of text or data the object at `at` holds, and its references to others.
    fn parts(&mut self, at: usize) -> Result<(usize, &'a [u8]), Fault> {
        let marker = *self.bytes.get(at).ok_or((at, "an object lies outside the file"))?;
        let kind = marker >> 4;
        if !matches!(kind, 0x4..=0x6 | 0xA | 0xD) {
            return Ok((0, &[]));
        }
        let (start, count) = self.count(at)?;
        // UTF-16 has two bytes for each unit, a dictionary two references for each entry.
        let count = if matches!(kind, 0x6 | 0xD) { count.saturating_mul(2) } else { count };
        if kind <= 0x6 {
            return self.range(at, start, count).map(|text| (text.len(), &[][..]));
        }
        let refs = self.range(at, start, count.saturating_mul(self.ref_size))?;
        self.budget = self.budget.checked_sub(count).ok_or((at, "its objects overlap or contain themselves"))?;
        Ok((0, refs))
    }

    /// Where the body of the object at `at` begins, and how many items it says it has.
    fn count(&self, at: usize) -> Result<(usize, usize), Fault> {
        let fault = (at, "an object is cut off");
        let small = usize::from(self.bytes[at] & 0x0F);
        if small != 0x0F {
            return Ok((at + 1, small));
        }
        let size = 1 << (self.bytes.get(at + 1).ok_or(fault)? & 0x03);
        let raw = self.bytes.get(at + 2..at + 2 + size).ok_or(fault)?;
        Ok((at + 2 + size, usize::try_from(number(raw)).unwrap_or(usize::MAX)))
    }

    fn range(&self, at: usize, start: usize, len: usize) -> Result<&'a [u8], Fault> {
        let end = start.checked_add(len).ok_or((at, "an object is cut off"))?;
        self.bytes.get(start..end).ok_or((at, "an object is cut off"))
    }
}

/// A big-endian number of up to eight bytes.
fn number(raw: &[u8]) -> u64 {
    raw.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of these objects, the first the root, with one-byte references.
    fn list(objects: &[&[u8]]) -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        let mut offsets = Vec::new();
        for object in objects {
            offsets.extend((bytes.len() as u16).to_be_bytes());
            bytes.extend_from_slice(object);
        }
        let table = bytes.len() as u64;
        bytes.extend(offsets);
        bytes.extend([0, 0, 0, 0, 0, 0, 2, 1]);
        bytes.extend((objects.len() as u64).to_be_bytes());
        bytes.extend(0u64.to_be_bytes());
        bytes.extend(table.to_be_bytes());
        bytes
    }

    #[test]
    fn honest_lists_pass() {
        assert_eq!(check(&list(&[b"\xD1\x01\x02", b"\x51a", b"\x10\x05"])), Ok(()));
        assert_eq!(check(&list(&[b"\x09"])), Ok(()));
    }

    #[test]
    fn traps_are_refused() {
        let bomb: Vec<Vec<u8>> = (1..100u8).map(|next| [vec![0xAA], vec![next; 10]].concat()).collect();
        let mut objects: Vec<&[u8]> = bomb.iter().map(Vec::as_slice).collect();
        objects.push(b"\x09");
        let chain: Vec<Vec<u8>> = (1..201u8).map(|next| vec![0xA1, next]).collect();
        let mut deep: Vec<&[u8]> = chain.iter().map(Vec::as_slice).collect();
        deep.push(b"\x09");
        let mut huge = list(&[b"\x09"]);
        let at = huge.len() - 24;
        huge[at] = 0x7F;
        for (bytes, what) in [
            (list(&objects), "it unfolds to an unreasonable size"),
            (list(&[b"\xA1\x00"]), "its objects overlap or contain themselves"),
            (list(&[b"\xA1\x07"]), "a reference leads nowhere"),
            (list(&[b"\x5F\x13\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"]), "an object is cut off"),
            (list(&[b"\xAF\x13\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"]), "an object is cut off"),
            (list(&deep), "it is nested too deeply"),
            (huge, "its trailer is damaged"),
            (b"bplist00".to_vec(), "it is cut off"),
            (b"bplist00\x09".repeat(9), "its trailer is damaged"),
        ] {
            assert_eq!(check(&bytes).map_err(|fault| fault.1), Err(what), "{bytes:?}");
        }
    }
}
