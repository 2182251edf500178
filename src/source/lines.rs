//! From byte offsets to lines and columns, for reports.

/// Finds line and column of a byte offset. Both count from 1; columns count characters.
///
/// A line ends at LF, CR or CRLF, as in the files of every client we read.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// (offset, characters of its line before it) here and there in long lines, so that a column is not counted from the beginning of
    /// a file that is one line.
    marks: Vec<(usize, usize)>,
}

/// How far two marks of a line are apart.
const STRIDE: usize = 4_096;

impl LineIndex {
    /// Scans `bytes` once.
    pub fn new(bytes: &[u8]) -> Self {
        let mut starts = vec![0];
        for (index, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(index + 1) != Some(&b'\n')) {
                starts.push(index + 1);
            }
        }
        let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
        let bom = bom(bytes);
        let long = starts.iter().zip(ends).filter(|(start, end)| *end - *start > STRIDE);
        let marks = long.flat_map(|(start, end)| marks(bytes, (*start).max(bom), end)).collect();
        Self { starts, marks }
    }

    /// Line and column of `offset` in the bytes the index was made of.
    pub fn line_column(&self, bytes: &[u8], offset: usize) -> (usize, usize) {
        let offset = offset.min(bytes.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1].max(bom(bytes)).min(offset);
        let mark = self.marks.partition_point(|mark| mark.0 <= offset).checked_sub(1).map(|index| self.marks[index]);
        let (from, before) = mark.filter(|mark| mark.0 >= start).unwrap_or((start, 0));
        (line, before + characters(&bytes[from..offset]) + 1)
    }
}

/// A byte order mark is no column.
fn bom(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}

/// What is no UTF-8 counts as one for each place.
fn characters(bytes: &[u8]) -> usize {
    let chunks = bytes.utf8_chunks();
    chunks.map(|chunk| chunk.valid().chars().count() + usize::from(!chunk.invalid().is_empty())).sum()
}

/// Marks in the line from `start` to `end`, each between two characters.
fn marks(bytes: &[u8], start: usize, end: usize) -> Vec<(usize, usize)> {
    let (mut marks, mut at, mut count) = (Vec::new(), start, 0);
    while end - at > STRIDE {
        let Some(next) = (at + STRIDE..end).find(|offset| bytes[*offset].is_ascii()) else { break };
        count += characters(&bytes[at..next]);
        marks.push((next, count));
        at = next;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_are_counted_as_of_short_ones() {
        let text = "\u{feff}short\n".to_owned() + &"メール=1;".repeat(3_000) + "\n" + &"x".repeat(20_000);
        let mut bytes = text.into_bytes();
        bytes[9_000] = 0xff;
        let lines = LineIndex::new(&bytes);
        for offset in (0..bytes.len()).step_by(97).chain([8_999, 9_000, 9_001, bytes.len()]) {
            let start = bytes[..offset].iter().rposition(|byte| *byte == b'\n').map_or(3.min(offset), |at| at + 1);
            let line = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
            assert_eq!(lines.line_column(&bytes, offset), (line, characters(&bytes[start..offset]) + 1), "{offset}");
        }
        assert!(lines.marks.len() > 10);
    }

    #[test]
    fn lines_end_at_lf_cr_and_crlf() {
        let bytes = "a\r\nb\rc\nä=1".as_bytes();
        let index = LineIndex::new(bytes);
        assert_eq!(index.line_column(bytes, 3), (2, 1));
        assert_eq!(index.line_column(bytes, 5), (3, 1));
        assert_eq!(index.line_column(bytes, 10), (4, 3));
    }
}
