//! What a fix changes, as a unified diff that `git apply` accepts byte for byte.
//!
//! A secret is never printed. A line that holds one is left out of the context around a change, by ending the context
//! before it. Where that leaves too little (git finds a hunk without trailing context only at the end of a file), or
//! where the changed line itself holds a secret, the diff is for reading only: secrets are masked and [`Diff::applies`]
//! is false.
//!
//! Lines end at LF, as git sees them: CR stays part of its line, and a file with CR line ends is one line.

use std::ops::Range;
use std::path::{Component, Path};

use anstyle::{AnsiColor, Effects, Style as Ansi};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Style;
use super::printable::{acts, printable_line};
use crate::source::{Source, Span, View};

/// Lines around a change, as git and diff show them.
const CONTEXT: usize = 3;

/// The difference between two states of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The patch: bytes, since a file need not be UTF-8. Empty if nothing differs.
    pub bytes: Vec<u8>,
    /// Whether `git apply` turns the one state into the other; otherwise the diff is for reading only.
    pub applies: bool,
}

impl Diff {
    /// The diff for a terminal: coloured if wished, with nothing in it that could act on the terminal.
    pub fn shown(&self, style: &Style) -> String {
        let text = String::from_utf8_lossy(&self.bytes);
        text.lines().map(|line| painted(&printable_line(line), style) + "\n").collect()
    }
}

/// The unified diff from `before` to `after`, two states of one file, and where secrets stand in each.
///
/// An absolute path loses its leading slash, so such a patch applies in the root directory. A path that leads out of
/// the working directory (`../prefs.js`) git refuses, so that diff is for reading only; so is the diff of a file whose
/// text is not what stands on the disk ([`View`]).
pub fn unified(before: &Source, after: &Source, secrets_before: &[Span], secrets_after: &[Span]) -> Diff {
    if before.bytes() == after.bytes() {
        return Diff { bytes: Vec::new(), applies: true };
    }
    let (old, new) = (Side::new(before, secrets_before), Side::new(after, secrets_after));
    let blocks = blocks(&old, &new);
    let is_reachable =
        before.view() == View::Plain && !before.path().components().any(|part| part == Component::ParentDir);
    let exact = is_reachable.then(|| patchable(&old, &new, &blocks)).flatten();
    let applies = exact.is_some();
    let hunks = exact.unwrap_or_else(|| hunks(&old, &blocks, |_, _| true));
    let mut out = header(before.path());
    for hunk in &hunks {
        hunk.write(&old, &new, applies, &mut out);
    }
    Diff { bytes: out, applies }
}

/// One state of the file, cut into lines.
struct Side<'a> {
    lines: Vec<&'a [u8]>,
    /// Whether a secret stands in the line.
    secret: Vec<bool>,
    /// The lines without their ends, fit to be read.
    shown: Vec<String>,
}

impl<'a> Side<'a> {
    fn new(source: &'a Source, secrets: &[Span]) -> Self {
        let lines: Vec<&[u8]> = source.bytes().split_inclusive(|byte| *byte == b'\n').collect();
        let masked = source.masked(secrets);
        let mut spans = Vec::with_capacity(lines.len());
        let mut start = 0;
        for line in &lines {
            spans.push(Span::new(start, start + line.len()));
            start += line.len();
        }
        let secret = with_secret(&spans, secrets);
        let shown = spans.iter().map(|line| {
            let text = &masked.text()[masked.span(*line).range()];
            let text = text.strip_suffix('\n').unwrap_or(text);
            printable_line(text.strip_suffix('\r').unwrap_or(text)).into_owned()
        });
        Self { shown: shown.collect(), lines, secret }
    }

    /// Writes line `index` after `mark`.
    fn write(&self, index: usize, mark: u8, exact: bool, out: &mut Vec<u8>) {
        out.push(mark);
        if exact {
            out.extend_from_slice(self.lines[index].strip_suffix(b"\n").unwrap_or(self.lines[index]));
        } else {
            out.extend_from_slice(self.shown[index].as_bytes());
        }
        out.push(b'\n');
        if !self.lines[index].ends_with(b"\n") {
            out.extend_from_slice(b"\\ No newline at end of file\n");
        }
    }
}

/// Which lines hold a secret: both go through the file once, side by side.
fn with_secret(lines: &[Span], secrets: &[Span]) -> Vec<bool> {
    let mut sorted: Vec<Span> = secrets.to_vec();
    sorted.sort_unstable();
    let (mut next, mut reach) = (0, 0);
    let holds = |line: &Span| {
        while next < sorted.len() && sorted[next].start < line.end {
            reach = reach.max(sorted[next].end);
            next += 1;
        }
        reach > line.start
    };
    lines.iter().map(holds).collect()
}

/// Lines that differ, without the equal ones around them.
#[derive(Clone, Debug)]
struct Block {
    old: Range<usize>,
    new: Range<usize>,
}

fn blocks(old: &Side<'_>, new: &Side<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old.lines, &new.lines) {
        let (old, new) = (op.old_range(), op.new_range());
        match blocks.last_mut() {
            _ if matches!(op, DiffOp::Equal { .. }) => {}
            Some(last) if last.old.end == old.start && last.new.end == new.start => {
                (last.old.end, last.new.end) = (old.end, new.end);
            }
            _ => blocks.push(Block { old, new }),
        }
    }
    blocks
}

/// Changes close to each other, with their context.
#[derive(Clone, Debug)]
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
    blocks: Vec<Block>,
}

/// The hunks with only such context as may be printed; `None` if git could not apply them.
fn patchable(old: &Side<'_>, new: &Side<'_>, blocks: &[Block]) -> Option<Vec<Hunk>> {
    let holds_secret =
        |block: &Block| old.secret[block.old.clone()].contains(&true) || new.secret[block.new.clone()].contains(&true);
    if blocks.iter().any(holds_secret) {
        return None;
    }
    let hunks = hunks(old, blocks, |at_old, at_new| !old.secret[at_old] && !new.secret[at_new]);
    hunks.iter().all(|hunk| hunk.is_found_by_git(old.lines.len())).then_some(hunks)
}

/// Puts up to [`CONTEXT`] lines around each block, as far as `usable` says, and joins what touches.
fn hunks(old: &Side<'_>, blocks: &[Block], usable: impl Fn(usize, usize) -> bool) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let floor = index.checked_sub(1).map_or(0, |previous| blocks[previous].old.end);
        let ceiling = blocks.get(index + 1).map_or(old.lines.len(), |next| next.old.start);
        let room = CONTEXT.min(block.old.start - floor);
        let lead = (1..=room).take_while(|n| usable(block.old.start - n, block.new.start - n)).count();
        let room = CONTEXT.min(ceiling - block.old.end);
        let trail = (0..room).take_while(|n| usable(block.old.end + n, block.new.end + n)).count();
        let (from, to) = (block.old.start - lead, block.old.end + trail);
        match hunks.last_mut() {
            Some(last) if from <= last.old.end => {
                (last.old.end, last.new.end) = (to, block.new.end + trail);
                last.blocks.push(block.clone());
            }
            _ => {
                let new = block.new.start - lead..block.new.end + trail;
                hunks.push(Hunk { old: from..to, new, blocks: vec![block.clone()] });
            }
        }
    }
    hunks
}

impl Hunk {
    /// git takes a hunk that ends with a change for the end of the file, and needs a line to hold on to.
    fn is_found_by_git(&self, old_lines: usize) -> bool {
        let ends_with_context = self.blocks.last().is_some_and(|last| last.old.end < self.old.end);
        (ends_with_context || self.old.end == old_lines) && (!self.old.is_empty() || old_lines == 0)
    }

    fn write(&self, old: &Side<'_>, new: &Side<'_>, exact: bool, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("@@ -{} +{} @@\n", place(&self.old), place(&self.new)).as_bytes());
        let mut at = self.old.start;
        for block in &self.blocks {
            (at..block.old.start).for_each(|line| old.write(line, b' ', exact, out));
            block.old.clone().for_each(|line| old.write(line, b'-', exact, out));
            block.new.clone().for_each(|line| new.write(line, b'+', exact, out));
            at = block.old.end;
        }
        (at..self.old.end).for_each(|line| old.write(line, b' ', exact, out));
    }
}

/// First line and number of lines; of no lines, the line before.
fn place(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        n => format!("{},{n}", lines.start + 1),
    }
}

fn header(path: &Path) -> Vec<u8> {
    let mut name = Vec::new();
    for part in path.components() {
        let part = match part {
            Component::Normal(part) => part.as_encoded_bytes(),
            Component::ParentDir => b"..",
            Component::CurDir | Component::RootDir | Component::Prefix(_) => continue,
        };
        name.push(b'/');
        name.extend_from_slice(part);
    }
    let line = |mark: &[u8], side: u8| [mark, &git_name(side, &name), b"\n"].concat();
    [line(b"--- ", b'a'), line(b"+++ ", b'b')].concat()
}

/// A name as git writes it with `core.quotePath=false`, so that Japanese stays readable: in C quotation if it holds
/// anything that is not plain text; with a tab at its end if it holds a blank, where a reader of old diffs would expect
/// a date.
fn git_name(side: u8, name: &[u8]) -> Vec<u8> {
    let is_special = |character: char| matches!(character, '"' | '\\') || acts(character);
    if std::str::from_utf8(name).is_ok_and(|name| !name.contains(is_special)) {
        let tab: &[u8] = if name.contains(&b' ') { b"\t" } else { b"" };
        return [&[side], name, tab].concat();
    }
    let mut out = vec![b'"', side];
    for byte in name {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', *byte]),
            b' '..=b'~' => out.push(*byte),
            byte => out.extend(format!("\\{byte:03o}").into_bytes()),
        }
    }
    out.push(b'"');
    out
}

fn painted(line: &str, style: &Style) -> String {
    let ansi = match line.as_bytes() {
        [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => Ansi::new().effects(Effects::BOLD),
        [b'-', ..] => AnsiColor::Red.on_default(),
        [b'+', ..] => AnsiColor::Green.on_default(),
        [b'@', ..] => AnsiColor::Cyan.on_default(),
        _ => Ansi::new(),
    };
    style.paint(ansi, line)
}

#[cfg(test)]
mod tests;
