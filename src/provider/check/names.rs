//! Whether a name of a host or domain is one, and not too wide.

/// Signs that somebody left a place to fill in.
pub(super) fn is_placeholder(name: &str) -> bool {
    const WORDS: [&str; 8] = [
        "yourdomain",
        "your-domain",
        "mydomain",
        "yourserver",
        "your-server-name",
        "servername",
        "hostname",
        "changeme",
    ];
    name.contains(['<', '>', '%', '{', '}', '[', ']', '$', '…']) || name.split('.').any(|label| WORDS.contains(&label))
}

pub(super) fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_*".contains(&byte))
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

/// Whether what is left of a pattern without its stars is an ending under which anybody may have a name: `*.com`, `*.ne.jp`.
pub(super) fn is_catch_all(name: &str) -> bool {
    const SHARED: [&str; 16] =
        ["ac", "ad", "co", "com", "ed", "edu", "go", "gov", "gr", "lg", "mil", "ne", "net", "nom", "or", "org"];
    if !name.contains('*') {
        return false;
    }
    let fixed: Vec<&str> = name.rsplit('.').take_while(|label| !label.contains('*')).collect();
    match fixed.as_slice() {
        [] | [_] => true,
        [country, second] => country.len() == 2 && SHARED.contains(second),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_below_a_name_of_ones_own_is_no_catch_all() {
        for name in ["*.ocn.ne.jp", "sv*.xserver.jp", "*.example.com", "mail*.conoha.ne.jp", "p*-imap.mail.me.com"] {
            assert!(!is_catch_all(name), "{name}");
        }
    }
}
