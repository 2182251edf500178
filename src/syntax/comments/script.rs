//! Comments of prefs.js and user.js: they lie between the tokens that Thunderbird's own lexer cuts.

use super::{Comment, Line};
use crate::source::Span;
use crate::syntax::prefs::{TokenSpan, token_spans};

pub(super) fn comments(bytes: &[u8]) -> Vec<Comment> {
    let tokens = token_spans(bytes);
    let ends = statement_ends(&tokens);
    let (mut comments, mut line, mut end) = (Vec::new(), Line::default(), 0);
    for (index, next) in tokens.iter().map(Some).chain([None]).enumerate() {
        let gap = Span::new(end, next.map_or(bytes.len(), |token| token.span.start));
        let following = next.map(|token| Span::new(token.span.start, ends[index]));
        for span in between(bytes, gap) {
            let behind = line.text_before(bytes, span.start);
            let covers = behind.or(following).unwrap_or(Span::at(span.end));
            comments.push(Comment { span, covers });
            line.pass_over(span);
        }
        end = next.map_or(bytes.len(), |token| token.span.end);
    }
    comments
}

/// For each token, where its statement ends: behind the next `;`, or with the last token.
fn statement_ends(tokens: &[TokenSpan]) -> Vec<usize> {
    let mut end = tokens.last().map_or(0, |token| token.span.end);
    let mut ends: Vec<usize> = tokens
        .iter()
        .rev()
        .map(|token| {
            end = if token.ends_statement { token.span.end } else { end };
            end
        })
        .collect();
    ends.reverse();
    ends
}

/// The comments in a stretch that holds nothing but blanks and comments.
fn between(bytes: &[u8], gap: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = gap.start;
    while at < gap.end {
        let rest = &bytes[at..gap.end];
        let len = match rest {
            [b'/', b'*', inside @ ..] => block(inside) + 2,
            [b'/', b'/', ..] | [b'#', ..] => {
                rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
            }
            _ => {
                at += 1;
                continue;
            }
        };
        found.push(Span::new(at, at + len));
        at += len;
    }
    found
}

/// How much of what follows `/*` belongs to the comment.
fn block(inside: &[u8]) -> usize {
    inside.windows(2).position(|pair| pair == b"*/").map_or(inside.len(), |at| at + 2)
}
