//! From what somebody typed to the provider: an address, a domain, or a provider's name.
//!
//! Input is taken as people type and paste it: full-width characters, blanks around it, capitals, domains in their own script.

use idna::domain_to_ascii;
use unicode_normalization::UnicodeNormalization;

use super::names;
use crate::finding::Message;
use crate::message;
use crate::provider::{Provider, Providers};

/// How many suggestions are worth reading.
const MOST_SUGGESTIONS: usize = 3;

/// How many of one family.
const MOST_ALIKE: usize = 6;

/// The longest local part and domain, RFC 5321 §4.5.3.1.
const LONGEST: (usize, usize) = (64, 253);

/// Whose mailbox it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The provider.
    pub provider: &'a Provider,
    /// How it was found.
    pub by: By,
    /// The address that was typed, cleaned.
    pub address: Option<String>,
    /// The domain that was typed, in lower case and in its ASCII form.
    pub domain: Option<String>,
}

/// How a provider was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The domain is the provider's.
    Domain,
    /// The domain's mail exchanger is the provider's. It names where mail arrives, which is usually where the mailbox is.
    Mx(String),
    /// It was named itself.
    Name,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// It is no address, domain or name.
    Invalid {
        /// What was typed.
        input: String,
        /// What is wrong with it.
        why: Message,
    },
    /// Several providers go by the name.
    Several {
        /// The name.
        what: String,
        /// Their ids.
        which: Vec<String>,
    },
    /// No provider is known for it.
    Unknown {
        /// The domain or name.
        what: String,
        /// Whether it is a domain.
        is_domain: bool,
        /// The address that was typed, cleaned.
        address: Option<String>,
        /// Known ones that are written nearly like it.
        near: Vec<String>,
        /// The mail exchangers that were given, none of which is known.
        mx: Vec<String>,
    },
}

/// Finds the provider of `input`; with mail exchangers in `mx`, also that of a domain of somebody's own.
///
/// # Errors
///
/// Says why there is no answer, and what was probably meant.
pub fn resolve<'a>(input: &str, mx: &[String], providers: &'a Providers) -> Result<Answer<'a>, Unresolved> {
    let folded = fold(input);
    let invalid = |why| Unresolved::Invalid { input: input.trim().to_owned(), why };
    if folded.is_empty() {
        return Err(invalid(message!("nothing was typed")));
    }
    if let Some((local, domain)) = folded.rsplit_once('@') {
        let domain = domain_name(domain, providers).map_err(&invalid)?;
        check_local_part(local).map_err(&invalid)?;
        let address = format!("{local}@{domain}");
        return of_domain(&domain, Some(address), mx, providers);
    }
    match names::meant(&folded, providers)[..] {
        [provider] => return Ok(Answer { provider, by: By::Name, address: None, domain: None }),
        [] => {}
        ref several => {
            let which = several.iter().map(|provider| provider.id.to_string()).collect();
            return Err(Unresolved::Several { what: folded, which });
        }
    }
    if folded.contains('.') {
        return of_domain(&domain_name(&folded, providers).map_err(&invalid)?, None, mx, providers);
    }
    if folded.contains(char::is_whitespace) {
        return Err(invalid(message!("it has a blank in it")));
    }
    let near = near_names(&folded, providers);
    Err(Unresolved::Unknown { what: folded, is_domain: false, address: None, near, mx: Vec::new() })
}

/// Ids that may be meant by a name that is none.
fn near_names(name: &str, providers: &Providers) -> Vec<String> {
    let mut near = near(&name.to_lowercase(), providers.iter().map(|provider| &*provider.id));
    let alike = names::alike(name, providers).map(|provider| provider.id.to_string());
    for id in alike.take(MOST_ALIKE) {
        if !near.contains(&id) {
            near.push(id);
        }
    }
    near
}

/// Full-width characters become the usual ones (Unicode NFKC), blanks and a mark of a link at the ends go.
pub(super) fn fold(input: &str) -> String {
    let folded: String = input.nfkc().map(|character| if character == '。' { '.' } else { character }).collect();
    let trimmed = folded.trim().trim_start_matches('<').trim_end_matches('>').trim();
    let is_link = trimmed.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    if is_link { trimmed[7..].to_owned() } else { trimmed.to_owned() }
}

fn of_domain<'a>(
    domain: &str,
    address: Option<String>,
    mx: &[String],
    providers: &'a Providers,
) -> Result<Answer<'a>, Unresolved> {
    let answer = |provider, by| Answer { provider, by, address: address.clone(), domain: Some(domain.to_owned()) };
    if let Some(provider) = providers.for_domain(domain) {
        return Ok(answer(provider, By::Domain));
    }
    let hosts: Vec<String> = mx.iter().map(|host| fold(host).trim_end_matches('.').to_lowercase()).collect();
    let known = hosts.iter().find_map(|host| Some((providers.for_mx(host)?, host)));
    if let Some((provider, host)) = known {
        return Ok(answer(provider, By::Mx(host.clone())));
    }
    let domains = providers.iter().flat_map(|provider| provider.domains.iter()).map(AsRef::as_ref);
    let near = near(domain, domains.filter(|domain: &&str| !domain.contains('*')));
    Err(Unresolved::Unknown { what: domain.to_owned(), is_domain: true, address, near, mx: hosts })
}

/// The domain in lower case and in its ASCII form (UTS 46).
fn domain_name(domain: &str, providers: &Providers) -> Result<String, Message> {
    let domain = domain.trim_end_matches('.');
    if domain.is_empty() {
        return Err(message!("the domain after the @ is missing"));
    }
    if domain.contains(char::is_whitespace) {
        return Err(message!("it has a blank in it"));
    }
    let ascii = domain_to_ascii(domain).map_err(|_| message!("{domain} is no domain", domain = domain))?;
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    // Mail in a network of its own may do without a dot (Yggmail).
    let has_dot = ascii.contains('.') || providers.for_domain(&ascii).is_some();
    let is_domain = ascii.len() <= LONGEST.1 && has_dot && ascii.split('.').all(is_label);
    if is_domain { Ok(ascii) } else { Err(message!("{domain} is no domain", domain = domain)) }
}

/// Whether it can stand before the `@`. Quoted local parts exist on paper (RFC 5321 §4.1.2); no provider here gives them out.
fn check_local_part(local: &str) -> Result<(), Message> {
    if local.is_empty() {
        return Err(message!("the part before the @ is missing"));
    }
    if local.contains('@') {
        return Err(message!("there is more than one @ in it"));
    }
    if local.contains(char::is_whitespace) {
        return Err(message!("it has a blank in it"));
    }
    let forbidden = |c: char| {
        c.is_control() || "\"(),:;<>[\\]".contains(c) || crate::report::printable(&c.to_string()) != c.to_string()
    };
    match local.chars().find(|c| forbidden(*c)) {
        Some(character) => Err(message!("the character {character} cannot stand in an address", character = character)),
        None if local.len() > LONGEST.0 => Err(message!("the part before the @ is too long")),
        None => Ok(()),
    }
}

/// Those of `known` that are one letter off, or two neighbours swapped.
fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let is_near = |other: &&str| other.len().abs_diff(name.len()) <= 4 && strsim::damerau_levenshtein(other, name) == 1;
    let mut near: Vec<String> = known.filter(is_near).map(str::to_owned).collect();
    // A slip seldom hits the first letter, and seldom another ending that exists.
    near.sort_by_key(|other| std::cmp::Reverse(common_prefix(other, name)));
    near.truncate(MOST_SUGGESTIONS);
    near
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(input: &str) -> Result<(String, Option<String>), Unresolved> {
        resolve(input, &[], &Providers::embedded()).map(|answer| (answer.provider.id.to_string(), answer.address))
    }

    #[test]
    fn input_is_taken_as_people_type_it() {
        for (input, provider, address) in [
            ("taro@gmail.com", "gmail", Some("taro@gmail.com")),
            ("  Taro.Yamada@GMail.COM ", "gmail", Some("Taro.Yamada@gmail.com")),
            ("ｔａｒｏ＠ｇｍａｉｌ．ｃｏｍ", "gmail", Some("taro@gmail.com")),
            ("\u{3000}taro@docomo。ne。jp\u{3000}", "docomo", Some("taro@docomo.ne.jp")),
            ("mailto:taro@gmail.com", "gmail", Some("taro@gmail.com")),
            ("<taro@gmail.com>", "gmail", Some("taro@gmail.com")),
            ("GMAIL.com.", "gmail", None),
            ("Gmail", "gmail", None),
            ("ドコモメール", "docomo", None),
            ("ﾄﾞｺﾓﾒｰﾙ", "docomo", None),
            ("ドコモ", "docomo", None),
            ("Office 365", "microsoft-365", None),
        ] {
            assert_eq!(found(input), Ok((provider.to_owned(), address.map(str::to_owned))), "{input}");
        }
    }

    #[test]
    fn what_is_no_address_is_said_to_be_none() {
        for (input, why) in [
            ("", "nothing was typed"),
            ("@gmail.com", "the part before the @ is missing"),
            ("taro@", "the domain after the @ is missing"),
            ("taro@@gmail.com", "there is more than one @ in it"),
            ("taro yamada@gmail.com", "it has a blank in it"),
            ("taro@gmail", "gmail is no domain"),
            ("taro@-a-.jp", "-a-.jp is no domain"),
            ("ta\u{202e}ro@gmail.com", "the character \u{202e} cannot stand in an address"),
            ("taro, hanako@gmail.com", "it has a blank in it"),
            ("a..b/c", "a..b/c is no domain"),
        ] {
            match found(input) {
                Err(Unresolved::Invalid { why: said, .. }) => assert_eq!(said.to_string(), why, "{input}"),
                other => panic!("{input}: {other:?}"),
            }
        }
    }

    #[test]
    fn one_letter_off_is_asked_back() {
        for (input, expected) in [
            ("taro@gmial.com", vec!["gmail.com"]),
            ("taro@gmail.con", vec!["gmail.com"]),
            ("docmo.ne.jp", vec!["docomo.ne.jp"]),
            ("taro@日本語.example", vec![]),
            ("gmai", vec!["gmail"]),
            ("netease", vec!["netease-126", "netease-163", "netease-yeah"]),
        ] {
            match found(input) {
                Err(Unresolved::Unknown { near, .. }) => assert_eq!(near, expected, "{input}"),
                other => panic!("{input}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_name_of_several_is_asked_back() {
        for (input, expected) in
            [("outlook", vec!["outlook-com", "microsoft-365"]), ("softbank", vec!["softbank-i", "softbank-mms"])]
        {
            match found(input) {
                Err(Unresolved::Several { which, .. }) => assert_eq!(which, expected, "{input}"),
                other => panic!("{input}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_mail_exchanger_speaks_for_a_domain_of_ones_own_only() {
        let providers = Providers::embedded();
        let mx = ["ASPMX.L.GOOGLE.COM.".to_owned()];
        let answer = resolve("taro@日本語.jp", &mx, &providers).unwrap();
        assert_eq!((&*answer.provider.id, answer.domain.as_deref()), ("google-workspace", Some("xn--wgv71a119e.jp")));
        assert_eq!(answer.by, By::Mx("aspmx.l.google.com".to_owned()));
        assert_eq!(resolve("taro@docomo.ne.jp", &mx, &providers).unwrap().by, By::Domain);
    }
}
