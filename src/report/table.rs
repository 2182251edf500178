//! Rows in straight columns, whatever the script: a kanji takes two columns of a terminal.

use unicode_width::UnicodeWidthStr;

use super::paragraph::wrap;

/// Between two columns.
const GAP: usize = 2;

/// Narrower than this a column cannot be read.
const LEAST: usize = 20;

/// The rows as lines. The last column is not padded; with `width` it is wrapped so that lines are no longer than that.
pub fn table(rows: &[Vec<String>], width: Option<usize>) -> Vec<String> {
    let columns = rows.iter().map(|row| row.len().saturating_sub(1)).max().unwrap_or_default();
    let widest = |column: usize| {
        let cells = rows.iter().filter(|row| row.len() > column + 1).map(|row| row[column].width());
        cells.max().unwrap_or_default() + GAP
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let margin = widths.iter().sum::<usize>();
    let rest = width.map(|width| width.saturating_sub(margin).max(LEAST));
    rows.iter().flat_map(|row| lines(row, &widths, margin, rest)).collect()
}

fn lines(row: &[String], widths: &[usize], margin: usize, rest: Option<usize>) -> Vec<String> {
    let Some((last, cells)) = row.split_last() else { return Vec::new() };
    let pad = |(cell, width): (&String, &usize)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())));
    let head: String = cells.iter().zip(widths).map(pad).collect();
    let parts = rest.map_or_else(|| vec![last.clone()], |rest| wrap(last, rest));
    let line = |(index, part): (usize, String)| {
        if index == 0 { format!("{head}{part}") } else { format!("{}{part}", " ".repeat(margin)) }
    };
    parts.into_iter().enumerate().map(line).map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_straight_whatever_the_script() {
        let rows = [["送信", "a.example", "長い説明がここにあって折り返されます"], ["IMAP", "b", "x"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(
            table(&rows, Some(42)),
            ["送信  a.example  長い説明がここにあって折", "                 り返されます", "IMAP  b          x"]
        );
        assert_eq!(table(&rows, None)[0], "送信  a.example  長い説明がここにあって折り返されます");
        assert_eq!(table(&[vec!["a".to_owned(), String::new()]], None), ["a"]);
    }
}
