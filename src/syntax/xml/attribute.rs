//! The attributes of a start tag, with the place of each value.

use crate::source::Span;
use crate::syntax::markup::resolve;

/// One attribute.
#[derive(Clone, PartialEq, Eq)]
pub struct Attribute {
    /// As written.
    pub name: String,
    /// Entities resolved, blanks kept.
    pub value: String,
    /// What stands between the quotes.
    pub value_span: Span,
}

impl std::fmt::Debug for Attribute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}=({} bytes)", self.name, self.value.len())
    }
}

/// Attributes in `tag`, what stands between the element's name and the closing bracket, which begins at `start` of the text;
/// and the places of what is none.
pub(super) fn read(tag: &str, start: usize) -> (Vec<Attribute>, Vec<Span>) {
    let (mut found, mut broken) = (Vec::new(), Vec::new());
    let mut at = 0;
    loop {
        at += blanks(&tag[at..]);
        let rest = &tag[at..];
        if rest.is_empty() {
            return (found, broken);
        }
        let name_len = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        match value(&tag[at + name_len..]).filter(|_| name_len > 0) {
            Some((inner, len)) => {
                let value_start = at + name_len + inner.start;
                let text = &tag[value_start..at + name_len + inner.end];
                let value_span = Span::new(value_start, value_start + text.len()).shifted(start);
                found.push(Attribute { name: rest[..name_len].to_owned(), value: resolved(text), value_span });
                at += name_len + len;
            }
            None => {
                let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
                broken.push(Span::new(at, at + len).shifted(start));
                at += len;
            }
        }
    }
}

/// Where the text between the quotes of `= "…"` lies, and how long all of it is.
fn value(rest: &str) -> Option<(Span, usize)> {
    let equals = blanks(rest);
    let after = rest[equals..].strip_prefix('=')?;
    let open = equals + 1 + blanks(after);
    let quote = rest[open..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let len = rest[open + 1..].find(quote)?;
    Some((Span::new(open + 1, open + 1 + len), open + len + 2))
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// With entities resolved; what is none stays as written.
fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        let inner = &rest[start + 1..];
        let named = inner.find(';').and_then(|end| Some((resolve(&inner[..end]).ok()?, end)));
        match named {
            Some((char, end)) => {
                out.push(char);
                rest = &inner[end + 1..];
            }
            None => {
                out.push('&');
                rest = inner;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_with_their_places() {
        let tag = " type = 'imap'\n  id=\"a&amp;b &c\" xml:lang=\"日本\"";
        let (found, broken) = read(tag, 100);
        let list: Vec<(&str, &str)> = found.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
        assert_eq!(list, [("type", "imap"), ("id", "a&b &c"), ("xml:lang", "日本")]);
        assert_eq!(broken, []);
        let place = |index: usize| Span::new(found[index].value_span.start - 100, found[index].value_span.end - 100);
        assert_eq!([&tag[place(0).range()], &tag[place(1).range()]], ["imap", "a&amp;b &c"]);
    }

    #[test]
    fn what_is_no_attribute_is_told() {
        for (tag, names, count) in [
            (" type=imap", vec![], 1),
            (" type", vec![], 1),
            (" type=\"imap", vec![], 1),
            (" =\"x\" a='1'", vec!["a"], 1),
            (" é b='2'", vec!["b"], 1),
            ("", vec![], 0),
        ] {
            let (found, broken) = read(tag, 0);
            assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), names, "{tag}");
            assert_eq!(broken.len(), count, "{tag}: {broken:?}");
        }
    }
}
