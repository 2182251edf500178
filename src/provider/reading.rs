//! Reads a provider file: a company's own at run time, and those that `mailcfg profiles check` looks at. The embedded ones were
//! read when the program was built. What the values mean is judged in `check`.

use super::Provider;
use crate::finding::{Finding, Message};
use crate::message;
use crate::strict_toml::{self, Form, Written};

const FORM: Form =
    Form { why: "mailcfg reads nothing from a file that it does not understand in full", wanted, stand_in };

/// Reads one provider file; `id` is its name without `.toml`.
///
/// # Errors
///
/// Everything that is wrong with its form, each with its place.
pub fn read(id: &str, bytes: &[u8]) -> Result<Provider, Vec<Finding>> {
    read_written(id, bytes).map(|(provider, _)| provider)
}

/// As [`read`], with the places of keys and values.
pub(super) fn read_written<'a>(id: &str, bytes: &'a [u8]) -> Result<(Provider, Written<'a>), Vec<Finding>> {
    let (provider, written) = strict_toml::read::<Provider>(bytes, &FORM)?;
    Ok((Provider { id: id.to_owned().into(), ..provider }, written))
}

fn stand_in(key: &str) -> Option<&'static str> {
    Some(match key {
        "checked" => "2000-01-01",
        "confidence" => "\"low\"",
        "kind" => "\"unknown\"",
        "password" => "{ kind = \"unknown\" }",
        "port" => "1",
        "protocol" => "\"imap\"",
        "security" => "\"tls\"",
        "status" => "\"never\"",
        "name" | "host" | "en" => "\"\"",
        _ => return None,
    })
}

fn wanted(key: &str) -> Option<Message> {
    Some(match key {
        "port" => message!("{key} is a number from 1 to 65535, without quotation marks", key = key),
        "checked" | "ended" | "since" | "until" | "login-refused-since" => {
            message!("{key} is a day without quotation marks: {key} = 2026-11-24", key = key)
        }
        "custom-domains" | "own-smtp-required" | "same-login" | "needs-two-factor" => {
            message!("{key} is true or false, without quotation marks", key = key)
        }
        "note" | "get" | "reissue" => {
            message!("{key} is a sentence in one or two languages: {key} = { en = \"…\", ja = \"…\" }", key = key)
        }
        "password" => message!("write [password] and below it kind = \"…\""),
        "server" | "switch" | "retired-host" => message!("write [[{key}]] and its keys below it", key = key),
        "domains" | "mx" | "webmail" | "mx-hosts" | "allowed-hosts" | "siblings" | "sources" | "not-offered"
        | "authentication" | "username" | "protocols" => message!("{key} is a list: {key} = [\"…\", \"…\"]", key = key),
        "confidence" => message!("{key} is one of \"high\", \"medium\", \"low\"", key = key),
        "kind" => message!("{key} says which password it is, for example \"app-password\" or \"unknown\"", key = key),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "name = \"Example\"\nchecked = 2026-11-24\nconfidence = \"high\"\n[password]\nkind = \"unknown\"\n";

    /// Rule, the text at the place, the first words of the help.
    fn complaints(text: &str) -> Vec<(&'static str, String, String)> {
        let findings = read("example", text.as_bytes()).expect_err("it is wrong");
        let at = |finding: &Finding| finding.location.span.map_or("", |span| &text[span.range()]).to_owned();
        findings.iter().map(|finding| (finding.rule, at(finding), finding.help.to_string())).collect()
    }

    #[test]
    fn a_small_file_is_enough() {
        assert_eq!(read("example", GOOD.as_bytes()).map(|provider| provider.id), Ok("example".into()));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_what_is_allowed() {
        let server = "[[server]]\nprotocol = \"imap\"\nhost = \"imap.example.jp\"\nport = \"993\"\nsecurity = \"ssl\"\nstatus = \"preferred\"\n";
        for (text, rule, at, help) in [
            (GOOD.replace("name", "naem"), "unknown-key", "naem", "did you mean name? Allowed here: name, name-ja"),
            (GOOD.replace("2026-11-24", "\"2026-11-24\""), "wrong-type", "\"2026-11-24\"", "checked is a day"),
            (GOOD.replace("\"high\"", "\"sure\""), "wrong-value", "\"sure\"", "allowed here: low, medium, high"),
            (GOOD.replace("kind", "knid"), "unknown-key", "knid", "did you mean kind?"),
            (format!("{GOOD}{server}"), "wrong-type", "\"993\"", "port is a number from 1 to 65535"),
            (GOOD.replace("\"Example\"", ""), "toml-syntax", "", "https://toml.io/"),
            (format!("domains = \"example.jp\"\n{GOOD}"), "wrong-type", "\"example.jp\"", "domains is a list"),
        ] {
            let (said_rule, said_at, said_help) = complaints(&text)[0].clone();
            assert_eq!((said_rule, said_at.as_str()), (rule, at), "{text}");
            assert!(said_help.starts_with(help), "{said_help}");
        }
        let all = complaints(&format!("{GOOD}{server}"));
        assert_eq!(all.iter().map(|(rule, ..)| *rule).collect::<Vec<_>>(), ["wrong-type", "wrong-value"], "{all:?}");
    }

    #[test]
    fn what_is_missing_is_named() {
        let text = GOOD.replace("checked = 2026-11-24\n", "") + "[[server]]\nport = 993\n";
        let keys = ["checked = ", "protocol is", "host is", "security is", "status is"];
        let all = complaints(&text);
        for key in keys {
            assert!(all.iter().any(|(rule, _, help)| *rule == "missing-key" && help.contains(key)), "{key}: {all:?}");
        }
        assert_eq!(all.len(), keys.len(), "{all:?}");
    }

    #[test]
    fn no_file_hangs_or_crashes_the_reader() {
        let rule = |bytes: &[u8]| read("x", bytes).map_err(|findings| findings[0].rule);
        assert_eq!(rule(&vec![b'a'; 10 << 20]), Err("too-large"));
        assert_eq!(rule(&[0xff; 64]), Err("not-text"));
        assert!(rule("[".repeat(1 << 19).as_bytes()).is_err() && rule("a=[".repeat(1 << 17).as_bytes()).is_err());
        assert!(rule(b"").is_err() && rule(b"\0\0\0").is_err());
    }
}
