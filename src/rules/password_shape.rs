//! `password-shape`: a password in the file that was copied with something around it, or typed in full-width letters.
//!
//! It says what kind of slip it is, and nothing of the password: not how long it is, not where in it the slip stands.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::document::{Observation, Seen, Shape};
use crate::finding::{Confidence, Finding, MASK, Message, Severity};
use crate::message;
use crate::provider::PasswordKind;

pub(super) const RULE: Rule = Rule {
    name: "password-shape",
    group: Group::Password,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "A password in the file was copied with blanks or typed in full-width letters",
    page: include_str!("password_shape.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for observation in cx.observations() {
        if let Seen::Secret { shape, .. } = observation.seen
            && let Some(what) = slip(shape, || takes_app_password(cx, observation))
        {
            out.push(report(observation, what));
        }
    }
}

/// A password that people choose may have blanks in it; one that is made by the provider is only shown with them.
fn slip(shape: Shape, is_made: impl Fn() -> bool) -> Option<Message> {
    if shape.full_width {
        Some(message!("the password in the file holds full-width letters or signs"))
    } else if shape.blank_around {
        Some(message!("a blank or a line end belongs to the password in the file"))
    } else if shape.blank_within && is_made() {
        Some(message!("the password in the file holds blanks"))
    } else {
        None
    }
}

/// Whether the account's provider makes the passwords for mail programs itself, as letters without blanks.
fn takes_app_password(cx: &Context<'_>, observation: &Observation) -> bool {
    let is_own =
        |view: &ServerView<'_>| observation.account.as_ref() == Some(&view.account.id) && view.is_at_provider();
    let views = cx.public_servers().into_iter().filter(is_own);
    let mut kinds = views.filter_map(|view| view.provider().map(|provider| provider.password.kind));
    kinds.any(|kind| matches!(kind, PasswordKind::AppPassword | PasswordKind::DedicatedMailPassword))
}

fn report(observation: &Observation, what: Message) -> Finding {
    RULE.seen(observation, what)
        .because("it usually comes along when a password is copied or typed with the wrong input method; the server takes it for a part of the password and refuses the sign-in")
        .help("enter the password anew without it, or better take it out of the file so that the device asks for it")
        .found(MASK)
        .graded(Severity::Warning, Confidence::Medium)
}
