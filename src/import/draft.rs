//! From a service to a provider file: what is known goes in, what must be completed gets a comment, and `profiles check` finds
//! no error in the result.

use super::Imported;
use super::service::{Offer, Service};
use crate::account::{Authentication, Protocol};
use crate::date::Date;
use crate::finding::{Message, Severity};
use crate::message;
use crate::provider::{
    Access, Answer, Grade, Note, Oauth, Password, PasswordKind, Provider, ProviderFile, ServerSet, Status, Text, check,
};
use crate::show::{Comment, provider_file};

/// Each set with what is to be said of it.
type Remarked = (ServerSet, Vec<(&'static str, Message)>);

/// Makes the provider; `None` where no server is left to name.
pub(super) fn imported(service: Service, file_name: &str, today: Date) -> Option<Imported> {
    let mut left_out = service.left_out.clone();
    let (mut provider, mut sets) = (head(&service, file_name, today), sets(&service.offers));
    settle(&mut provider, &mut sets, &mut left_out, today);
    (!sets.is_empty()).then(|| {
        let comments = comments(&provider, &sets, left_out, file_name);
        Imported { provider, comments }
    })
}

fn head(service: &Service, file_name: &str, today: Date) -> Provider {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let domain = service.domains.first().map_or(stem, String::as_str);
    Provider {
        id: id(domain).into(),
        name: service.name.clone().unwrap_or_else(|| domain.to_owned()).into(),
        name_ja: None,
        domains: service.domains.iter().cloned().map(Text::from).collect(),
        custom_domains: false,
        mx: Default::default(),
        webmail: Default::default(),
        mx_hosts: Default::default(),
        allowed_hosts: Default::default(),
        siblings: Default::default(),
        ended: None,
        access: Access::Servers,
        own_smtp_required: false,
        not_offered: Default::default(),
        checked: today,
        // One file says it.
        confidence: Grade::Low,
        sources: service.pages.iter().cloned().map(Text::from).collect(),
        note: None,
        password: password(&service.offers),
        switches: service.switches.clone().into(),
        servers: Default::default(),
        retired_hosts: Default::default(),
    }
}

/// A name for the file: `example-jp`.
fn id(domain: &str) -> String {
    let letters = domain.to_lowercase();
    let words = letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-");
    if id.is_empty() { "imported".to_owned() } else { id }
}

/// Which password it is, neither format can say; only that none is typed where every server wants a browser sign-in.
fn password(offers: &[Offer]) -> Password {
    let has_oauth = |offer: &Offer| offer.authentication.contains(&Authentication::Oauth2);
    let is_only_oauth = |offer: &Offer| offer.authentication == [Authentication::Oauth2];
    let (kind, oauth) = match offers {
        [_, ..] if offers.iter().all(is_only_oauth) => (PasswordKind::Oauth, Oauth::Required),
        _ if offers.iter().any(has_oauth) => (PasswordKind::Unknown, Oauth::Offered),
        _ => (PasswordKind::Unknown, Oauth::No),
    };
    Password {
        kind,
        kind_with_two_factor: None,
        oauth,
        login_refused_since: None,
        needs_two_factor: false,
        get: None,
        url: None,
        shown_again: Answer::Unknown,
        reissue: None,
        confidence: None,
        sources: Default::default(),
    }
}

/// The sets, each once: of a protocol, the first is what programs take.
fn sets(offers: &[Offer]) -> Vec<Remarked> {
    let mut sets: Vec<Remarked> = Vec::new();
    for offer in offers {
        let domains: Vec<Text> = offer.domain.iter().cloned().map(Text::from).collect();
        let is_next = sets.iter().any(|(known, _)| known.protocol == offer.protocol && *known.domains == *domains);
        let set = ServerSet {
            protocol: offer.protocol,
            host: offer.host.clone().into(),
            port: offer.port,
            security: offer.security,
            status: if is_next { Status::Accepted } else { Status::Preferred },
            authentication: offer.authentication.clone().into(),
            username: offer.username.into_iter().collect(),
            domains: domains.into(),
            since: None,
            until: None,
            confidence: None,
            sources: Default::default(),
            note: None,
        };
        if !sets.iter().any(|(known, _)| ServerSet { status: set.status, ..known.clone() } == set) {
            sets.push((set, offer.remarks.clone()));
        }
    }
    sets
}

/// Lets `profiles check` judge the file and deals with what it calls an error: what is odd is kept with a note, since it may be
/// so and a mailbox that works must not be called wrong; what cannot be goes.
fn settle(provider: &mut Provider, sets: &mut Vec<Remarked>, left_out: &mut Vec<Message>, today: Date) {
    loop {
        provider.servers = sets.iter().map(|(set, _)| set.clone()).collect();
        let text = provider_file(provider);
        let findings = check(&[ProviderFile { id: &provider.id, bytes: text.as_bytes() }], today);
        let Some(error) = findings.into_iter().find(|finding| finding.severity == Severity::Error) else { return };
        match item(&error.location.key) {
            Some(("server", index)) if is_odd(error.rule) && sets[index].0.port != 0 => {
                sets[index].0.note = Some(oddness());
            }
            Some(("server", index)) => {
                sets.remove(index);
                left_out.push(error.message);
            }
            Some(("domains", index)) => {
                provider.domains.to_mut().remove(index);
                left_out.push(error.message);
            }
            // Nothing else that is read from a file can be wrong.
            _ => return,
        }
    }
}

/// `("server", 2)` of `server[2].port`.
fn item(key: &str) -> Option<(&str, usize)> {
    let (list, rest) = key.split_once('[')?;
    Some((list, rest.split_once(']')?.0.parse().ok()?))
}

fn is_odd(rule: &str) -> bool {
    matches!(rule, "impossible-pair" | "impossible-port")
}

fn oddness() -> Note {
    Note {
        en: "The file that this was imported from says so, although port, protocol and encryption do not go together. Check it.".into(),
        ja: Some("取り込み元のファイルの記載どおりですが、ポート番号と通信方式・暗号化の組み合わせが通常とは異なります。ご確認ください。".into()),
    }
}

fn comments(provider: &Provider, sets: &[Remarked], left_out: Vec<Message>, file_name: &str) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut say = |key: &str, text: Message| comments.push(Comment { key: key.to_owned(), text });
    say("name", message!("Imported from {file}. Comments name what that file does not say.", file = file_name));
    left_out.into_iter().for_each(|text| say("name", text));
    if provider.domains.is_empty() {
        say("domains", message!("Add the domains of the addresses: domains = [\"example.jp\"]"));
    }
    say(
        "checked",
        message!(
            "The day of the import. Set it anew when somebody has compared every value with the page that publishes it."
        ),
    );
    say(
        "confidence",
        message!("One file says so. Write \"high\" when the values are those of the page that publishes them."),
    );
    if provider.sources.is_empty() {
        say("sources", message!("Add the page that publishes the values: sources = [\"https://…\"]"));
    }
    if provider.password.kind == PasswordKind::Unknown {
        say(
            "password.kind",
            message!(
                "Say which password it is: app-password, dedicated-mail-password, mail-account-password, login-password, company; and with get = { en = \"…\", ja = \"…\" } how people come by it."
            ),
        );
    }
    for (index, (set, remarks)) in sets.iter().enumerate() {
        for (key, text) in remarks {
            say(&format!("server[{index}].{key}"), text.clone());
        }
        of_set(index, set, &mut say);
    }
    comments
}

/// What a set leaves open.
fn of_set(index: usize, set: &ServerSet, say: &mut impl FnMut(&str, Message)) {
    let none_needed = set.protocol == Protocol::Smtp && *set.authentication == [Authentication::None];
    if set.authentication.is_empty() {
        say(
            &format!("server[{index}].authentication"),
            message!("Not said: how programs sign in, for example authentication = [\"password\"]"),
        );
    }
    if set.username.is_empty() && !none_needed {
        say(
            &format!("server[{index}].username"),
            message!("Not said: the user name. One of \"full-address\", \"local-part\", \"issued-id\" in a list."),
        );
    }
}
