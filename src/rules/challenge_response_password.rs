//! `challenge-response-password`: CRAM-MD5, DIGEST-MD5, APOP or NTLM where a password over TLS is the way.

use super::view::change;
use super::{Context, Fixes, Group, Rule, ServerView};
use crate::account::{Authentication, Security};
use crate::finding::{Applicability, Confidence, Finding, Message, Severity, Value};
use crate::message;
use crate::provider::ServerSet;

pub(super) const RULE: Rule = Rule {
    name: "challenge-response-password",
    group: Group::Authentication,
    severity: Severity::Warning,
    fixes: Fixes::Sometimes,
    summary: "The password is sent in a hashed form that the provider does not take",
    page: include_str!("challenge_response_password.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.public_servers() {
        let way = view.server.authentication.value;
        if !matches!(way, Authentication::Encrypted | Authentication::Ntlm) || view.is_password_retired() {
            continue;
        }
        // An old set that takes the hash is left for `no-encryption` to judge as a whole.
        if view.current_set().is_some_and(|set| set.authentication.contains(&way)) {
            continue;
        }
        let set = view.target_set().filter(|set| view.is_at_provider() && !set.authentication.is_empty());
        let is_encrypted = view.server.security.value != Security::None;
        match set {
            Some(set) if set.authentication.contains(&way) => {}
            Some(set) => out.extend(not_offered(&view, set)),
            // NTLM is how a company's own Exchange server is used; without TLS the hash is all the protection there is.
            None if way == Authentication::Encrypted && is_encrypted => out.push(out_of_date(&view)),
            None => {}
        }
    }
}

const WHY: &str = "the hash was meant for lines without encryption; over an encrypted connection a normal password is the safer choice, because for the hash the server must keep passwords readable";

fn not_offered(view: &ServerView<'_>, set: &ServerSet) -> Option<Finding> {
    let setting = &view.server.authentication;
    let (way, is_only) = view.better_way(set)?;
    let is_plain_safe = way == Authentication::Password && set.security != Security::None;
    let applicability = if is_plain_safe || is_only { Applicability::Safe } else { Applicability::Unsafe };
    let what = message!("{host} does not take {found}", host = view.server.host_name(), found = spoken(setting.value));
    let finding = RULE
        .at(setting, what)
        .because(WHY)
        .help(message!("choose {way} as the authentication method", way = spoken(way)))
        .words(setting.value.words(), way.words())
        .fix(message!("sign in with {way}", way = spoken(way)), applicability, view.mend(set));
    Some(view.finish(finding, Some(set), view.graded(Severity::Warning, Some(set))))
}

fn out_of_date(view: &ServerView<'_>) -> Finding {
    let setting = &view.server.authentication;
    let to = change(setting, setting.value.name(), Value::Authentication(Authentication::Password));
    let what = message!("{found} over a connection that is encrypted anyway", found = spoken(setting.value));
    let finding = RULE
        .at(setting, what)
        .because(WHY)
        .help(
            "if the sign-in fails, choose the normal password as the authentication method and leave the encryption on",
        )
        .words(setting.value.words(), Authentication::Password.words())
        .fix("sign in with a normal password", Applicability::Unsafe, vec![to]);
    view.finish(finding, None, view.capped(Severity::Info, Confidence::Medium))
}

fn spoken(way: Authentication) -> Message {
    match way {
        Authentication::Password => message!("the normal password"),
        Authentication::Encrypted => message!("an encrypted password (CRAM-MD5)"),
        other => other.words(),
    }
}
