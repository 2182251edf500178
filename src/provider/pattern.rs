//! Domain and host patterns of provider files: `*` stands for one or more characters without a dot.

/// Whether `name` is what `pattern` describes. Both in lower case.
pub fn matches_pattern(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut tail = parts.collect::<Vec<_>>();
    let Some(last) = tail.pop() else { return rest.is_empty() };
    for part in tail {
        // Without a dot in between, the first place where the next part stands is as good as any.
        let Some(at) = rest.char_indices().skip(1).map(|(at, _)| at).find(|at| rest[*at..].starts_with(part)) else {
            return false;
        };
        if rest[..at].contains('.') {
            return false;
        }
        rest = &rest[at + part.len()..];
    }
    rest.strip_suffix(last).is_some_and(|star| !star.is_empty() && !star.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_or_more_characters_of_one_label() {
        let cases = [
            ("gmail.com", "gmail.com", true),
            ("gmail.com", "xgmail.com", false),
            ("*.ocn.ne.jp", "abc.ocn.ne.jp", true),
            ("*.ocn.ne.jp", "ocn.ne.jp", false),
            ("*.ocn.ne.jp", ".ocn.ne.jp", false),
            ("*.ocn.ne.jp", "a.b.ocn.ne.jp", false),
            ("sv*.xserver.jp", "sv1234.xserver.jp", true),
            ("sv*.xserver.jp", "sv.xserver.jp", false),
            ("mx*.et*.tiki.ne.jp", "mx1.et2.tiki.ne.jp", true),
            ("mx*.et*.tiki.ne.jp", "mx1.x2.tiki.ne.jp", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(matches_pattern(pattern, name), expected, "{pattern} {name}");
        }
    }
}
