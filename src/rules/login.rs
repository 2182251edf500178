//! What an account signs in with: the form of its user name, characters that got into it by accident, the kind of password.
//!
//! Shared by the rules on user names and passwords; no rule itself.

use std::collections::HashSet;

use super::{Context, ServerView};
use crate::account::{Authentication, address_domain, local_part};
use crate::document::{Document, OauthSupport, Seen};
use crate::finding::{Finding, Message, Severity};
use crate::mdm::is_open_domain;
use crate::provider::{MatchLevel, Note, Oauth, PasswordKind, UsernameForm};

/// Nobody types these; they come along with copied text.
const INVISIBLE: [char; 6] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// White space of any kind, line ends, and what cannot be seen at all.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || INVISIBLE.contains(&c)
}

/// Without blanks around it and without invisible characters in it.
pub(super) fn trimmed(text: &str) -> String {
    text.trim_matches(is_blank).chars().filter(|c| !INVISIBLE.contains(c)).collect()
}

/// With full-width letters, digits and signs as the plain ones they stand for.
pub(super) fn narrowed(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3002}' | '\u{ff61}' => '.',
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// What was meant, as far as slips of the keyboard go.
pub(super) fn clean(text: &str) -> String {
    trimmed(&narrowed(text))
}

/// Whether a placeholder stands there that somebody else fills in.
pub(super) fn has_variable(document: &Document, key: &str) -> bool {
    document.observations.iter().any(|seen| matches!(seen.seen, Seen::Variable(_)) && seen.key == key)
}

/// Whether a placeholder stands there that somebody else fills in, with what nobody can tell.
pub(super) fn is_left_open(document: &Document, key: &str) -> bool {
    let is_open = |seen: &Seen| matches!(seen, Seen::Variable(variable) if variable.is_open);
    document.observations.iter().any(|seen| is_open(&seen.seen) && seen.key == key)
}

/// Whether this way to sign in uses the user name of the mailbox. Kerberos and certificates have names of their own.
pub(super) const fn uses_name(authentication: Authentication) -> bool {
    matches!(
        authentication,
        Authentication::Password | Authentication::Encrypted | Authentication::Oauth2 | Authentication::Any
    )
}

/// The user name as it was meant, where its form may be judged: names with a domain, a path or another separator in them, such
/// as `CORP\taro` or `taro%example.jp`, follow rules of their own.
pub(super) fn judged(view: &ServerView<'_>) -> Option<String> {
    let setting = &view.server.username;
    let name = clean(&setting.value);
    let is_plain = !name.is_empty() && !name.contains(|c: char| is_blank(c) || "\\/%#:;,".contains(c));
    let counts = uses_name(view.server.authentication.value) && !is_left_open(view.document, &setting.key);
    (is_plain && counts).then_some(name)
}

/// The forms of user name that work at this host for this protocol, whatever the port; empty: not known.
pub(super) fn forms(view: &ServerView<'_>) -> Vec<UsernameForm> {
    let (host, domain) = (view.server.host_name(), view.domain());
    let Some(provider) = view.provider().filter(|_| view.is_at_provider()) else { return Vec::new() };
    let here = provider.servers.iter().filter(|set| {
        set.protocol == view.server.protocol.value && set.has_host(&host) && set.is_for(domain.as_deref())
    });
    let mut forms: Vec<UsernameForm> = here.flat_map(|set| set.username.iter().copied()).collect();
    if view.set_in_use().is_none_or(|set| set.username.is_empty()) {
        return Vec::new();
    }
    if forms.is_empty() {
        forms.extend(view.nearest_set().iter().flat_map(|set| set.username.iter().copied()));
    }
    forms
}

/// Whether the address and the host belong to the same provider, so that the user name can be told from the address.
pub(super) fn is_own_address(view: &ServerView<'_>) -> bool {
    view.matched.is_some_and(|matched| matches!(matched.level, MatchLevel::Certain | MatchLevel::Policy))
}

/// Whether a management system fills in the address, so that nobody knows its domain. It is that of the provider at which the
/// account is set up: people's addresses are where their mail is.
fn is_filled_in(view: &ServerView<'_>) -> bool {
    view.is_at_provider() && view.domain().is_some_and(|domain| is_open_domain(&domain))
}

/// The user name that the provider makes of the account's address, if it can be told.
pub(super) fn expected(view: &ServerView<'_>) -> Option<String> {
    let address = clean(&view.address.filter(|_| is_own_address(view) || is_filled_in(view))?.value);
    address_domain(&address)?;
    let forms = forms(view);
    match forms.first()? {
        _ if forms.contains(&UsernameForm::IssuedId) || address.contains([',', ' ']) => None,
        UsernameForm::FullAddress => Some(address),
        UsernameForm::LocalPart => local_part(&address).map(str::to_owned),
        UsernameForm::LocalDotDomain | UsernameForm::IssuedId => None,
    }
}

/// How an account signs in at one provider.
pub(super) struct SignIn<'a> {
    /// The server it is about: the incoming one where both are the provider's.
    pub(super) view: ServerView<'a>,
    /// What to type; `Oauth` when the browser asks for it.
    pub(super) kind: PasswordKind,
}

/// How each account signs in, once for each of its providers.
pub(super) fn sign_ins<'a>(cx: &Context<'a>) -> Vec<SignIn<'a>> {
    if cx.document.is_published() {
        return Vec::new(); // Whoever reads it has a password of their own.
    }
    let mut told = HashSet::new();
    let mut list = Vec::new();
    for view in cx.public_servers().into_iter().filter(ServerView::is_at_provider) {
        let (Some(provider), Some(kind)) = (view.provider(), kind(&view)) else { continue };
        if told.insert((view.account.id.as_str(), provider.id.as_ref())) {
            list.push(SignIn { view, kind });
        }
    }
    list
}

/// The kind of password for the way to sign in that the account has, or will have once it is mended.
fn kind(view: &ServerView<'_>) -> Option<PasswordKind> {
    let password = &view.provider()?.password;
    let current = view.server.authentication.value;
    let better = view.target_set().and_then(|set| view.better_way(set)).map(|(way, _)| way);
    let has_browser = password.oauth != Oauth::No && knows_sign_in(view);
    match better.unwrap_or(current) {
        Authentication::Oauth2 if has_browser => Some(PasswordKind::Oauth),
        Authentication::Kerberos | Authentication::Certificate | Authentication::None => None,
        // A password where none is taken, in a client that has nothing else, is the business of `oauth-not-possible`.
        _ => Some(password.kind).filter(|kind| *kind != PasswordKind::Oauth),
    }
}

/// Whether the client can sign in through the browser here, or does so already in a way of its own.
fn knows_sign_in(view: &ServerView<'_>) -> bool {
    view.document.oauth == OauthSupport::None || view.document.oauth.covers(&view.server.host_name())
}

/// Completes a finding about a password: how to get it, where that is written, and how sure it is.
pub(super) fn with_way(
    view: &ServerView<'_>,
    finding: Finding,
    kind: PasswordKind,
    otherwise: &'static str,
) -> Finding {
    let Some(provider) = view.provider() else { return finding };
    let password = &provider.password;
    let grade = password.confidence.unwrap_or(provider.confidence);
    let graded = view.graded_by(Severity::Hint, grade);
    // The way to an app password is of no use to somebody who signs in through the browser.
    let is_about_it = kind != PasswordKind::Oauth || password.kind == PasswordKind::Oauth;
    let way = password.get.as_ref().filter(|_| is_about_it).map(Note::message);
    let url = password.url.as_ref().filter(|_| is_about_it).or_else(|| password.sources.first()).map(AsRef::as_ref);
    let finding = finding.help(way.unwrap_or_else(|| Message::new(otherwise)));
    finding.on(&view.account.id).published(url.or_else(|| provider.source())).graded(graded.0, graded.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accidents_are_taken_out_and_nothing_else() {
        let cases = [
            ("taro@example.jp ", "taro@example.jp"),
            ("\u{3000}taro\u{a0}", "taro"),
            ("ta\u{200b}ro\r\n", "taro"),
            ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
            ("taro＠example。jp", "taro@example.jp"),
            ("Taro Yamada", "Taro Yamada"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text), expected, "{text:?}");
        }
    }
}
