//! Which password a mail program wants, where it comes from, where it goes, and what an error text means: the answer of
//! `mailcfg doctor`.
//!
//! [`diagnose`] is a pure function from a [`Question`] to an [`Answer`]. It makes no try at signing in, asks for no password and
//! repeats nothing of an error text, since people paste passwords along with it. What it knows stands in tables: which
//! password (`decision`), what each program can do (`clients`), what messages mean (`errors`), what to do (`causes`,
//! `steps`).
//!
//! Not here: finding the provider of an address (`show`), judging settings (`rules`), asking (`cli`), printing (`report`).

mod answer;
mod causes;
mod clients;
mod decision;
mod errors;
mod host;
mod interview;
mod login;
mod plain;
mod question;
mod ranking;
mod steps;

pub use answer::{Answer, Login, Place, Reading, Route, Server, Suspect};
pub use causes::{Cause, Subject};
pub use host::provider_in;
pub use interview::{Ask, Choice, Topic, next_question};
pub use question::{Changed, Client, Fault, Question};
pub use ranking::structural_rules;

use clients::Browser;
use decision::Row;
use errors::Triage;
use ranking::Ranking;

use crate::account::Protocol;
use crate::finding::{Confidence, Message};
use crate::message;
use crate::provider::{Answer as Known, Grade, Note, PasswordKind, Provider, STALE_AFTER_MONTHS};

/// Answers the question. Every question has an answer, if only that nothing is known.
pub fn diagnose(question: &Question<'_>) -> Answer {
    let triage = Triage::of(question.error.as_deref().unwrap_or_default());
    let implied = triage.implied();
    // A server that asks for an app password has two-factor sign-in on.
    let two_factor = question.has_two_factor().or((implied == Some(PasswordKind::AppPassword)).then_some(true));
    let way = decision::way(question, implied);
    let offered = decision::offers_browser(question);
    let browser = clients::browser(question.client, login::host(question).unwrap_or_default());
    let row = decision::decide(way, offered, browser, two_factor);
    let switches = if row.route == Route::AccountType { Vec::new() } else { switches(question, row.kind) };
    let ranking = Ranking::of(question, &triage, row.kind, !switches.is_empty());
    // Where no program can be used, that is the answer to every message that is not known.
    let is_out_of_reach = triage.is_unknown() && steps::is_out_of_reach(row.kind);
    let leave_password = ranking.leaves_password() && !is_out_of_reach;
    let first = ranking.first().filter(|_| leave_password);
    let confidence = confidence(question, row);
    let is_thin = confidence == Confidence::Low;
    let password = question.provider.map(|provider| &provider.password);
    let is_about_it = is_way_of(question.provider, row);
    let shown_again = password.filter(|_| is_about_it).map_or(Known::Unknown, |password| password.shown_again);
    Answer {
        client_name: question
            .client
            .map_or(Message::new("the mail program"), |client| Message::new(clients::facts(client).title)),
        provider_name: provider_name(question),
        provider_id: question.provider.map(|provider| provider.id.to_string()),
        address: question.address.clone(),
        domain: question.domain.clone(),
        near: question.near.clone(),
        client: question.client,
        kind: row.kind,
        route: row.route,
        confidence,
        summary: Message::new(if is_thin { decision::milder(row.summary) } else { row.summary }),
        why: why(question, row, implied.is_some(), browser, is_thin),
        leave_password,
        subject: first.map_or(Subject::Password, Cause::subject),
        before: if leave_password { Vec::new() } else { steps::before(question, row, is_about_it) },
        get_at: get_at(question, row, is_about_it, two_factor),
        shown_again,
        reissue: reissue(question, is_about_it),
        enter_in: login::protocols(question, row.kind),
        enter: steps::enter(question.client, row.route),
        logins: login::logins(question, row.kind),
        servers: login::servers(question, row.kind),
        after_change: steps::after_change(question, row.kind, leave_password),
        clear_first: steps::clear_first(question, row.kind, row.route, leave_password),
        switches,
        cautions: steps::cautions(question, row.kind, first),
        can_be_seen: steps::can_be_seen(question, row.kind, shown_again),
        next: steps::next(question, row.kind, first),
        note: question.provider.and_then(|provider| provider.note.as_ref()).map(Note::message),
        reading: triage.reading(question.client),
        causes: ranking.suspects(&triage),
        faults: question.faults.clone(),
        checked: question.provider.map(|provider| provider.checked),
        source: source(question.provider, leave_password),
    }
}

/// The provider by its name, else by the domain.
fn provider_name(question: &Question<'_>) -> Message {
    let domain = || question.domain.clone().map(Message::verbatim);
    question.provider.map(Provider::title).or_else(domain).unwrap_or(message!("the provider"))
}

/// Whether the provider's way to a password is the way to the kind that the row names.
fn is_way_of(provider: Option<&Provider>, row: &Row) -> bool {
    let Some(provider) = provider else { return false };
    let password = &provider.password;
    !matches!(row.route, Route::SystemAccount | Route::AccountType)
        && (row.kind == password.kind || Some(row.kind) == password.kind_with_two_factor)
        && !matches!(row.kind, PasswordKind::NonePossible)
}

fn get_at(question: &Question<'_>, row: &Row, is_about_it: bool, two_factor: Option<bool>) -> Option<Place> {
    if let Some(instead) = steps::instead(row.route).filter(|_| !is_about_it) {
        return Some(Place { text: Message::new(instead), url: None });
    }
    let password = &question.provider?.password;
    let note = password.get.as_ref().filter(|_| is_about_it)?;
    let is_on_already = two_factor == Some(true) && steps::turns_on_two_factor(note);
    let text = if is_on_already {
        message!("Two-factor sign-in is on already, so leave that part out: {steps}", steps = note.message())
    } else {
        note.message()
    };
    Some(Place { text, url: password.url.as_ref().map(ToString::to_string) })
}

/// How to get another one, where the provider says so.
fn reissue(question: &Question<'_>, is_about_it: bool) -> Option<Message> {
    let note = question.provider?.password.reissue.as_ref().filter(|_| is_about_it)?;
    Some(note.message())
}

/// Why it is this password: the row's reasons, then those of the day and the message.
fn why(question: &Question<'_>, row: &Row, is_implied: bool, browser: Browser, is_thin: bool) -> Vec<Message> {
    let sentence = |why: &'static str| Message::new(if is_thin { decision::milder(why) } else { why });
    let of_error = question.is_provider_of_error.then_some(Message::new("The message names a server of {provider}."));
    let mut why: Vec<Message> = of_error.into_iter().chain(row.why.iter().copied().map(sentence)).collect();
    if is_thin && question.provider.is_some() && row.route != Route::MemberPage {
        why.push(Message::new("If another password works in {client} today, leave it as it is."));
    }
    if let Some(provider) = question.provider {
        if let Some(since) = provider.password.login_refused_since.filter(|_| row.kind != PasswordKind::NonePossible) {
            why.push(message!("{provider} has refused the account's own password since {day}.", day = since));
        }
        let may_sign_in = browser == Browser::Unknown && decision::offers_browser(question);
        if may_sign_in && row.kind != PasswordKind::Oauth {
            why.push(Message::new(
                "If {client} opens a sign-in window of {provider} by itself, sign in there instead. Then no password is needed.",
            ));
        }
    }
    if is_implied {
        why.push(Message::new("The error message asks for it."));
    }
    why
}

/// What must be on at the provider, for the servers in question.
fn switches(question: &Question<'_>, kind: PasswordKind) -> Vec<Place> {
    let Some(provider) = question.provider.filter(|_| kind != PasswordKind::NonePossible) else { return Vec::new() };
    let uses = login::protocols(question, kind);
    let wanted = provider.switches.iter().filter(|switch| {
        switch.protocols.is_empty()
            || uses.is_empty()
            || switch.protocols.iter().any(|protocol| uses.contains(protocol))
    });
    let place = |switch: &crate::provider::Switch| Place {
        text: switch.what.message(),
        url: switch.url.as_ref().map(ToString::to_string),
    };
    wanted.map(place).collect()
}

/// As sure as the facts, at most as sure as the row; a step less where the facts are old.
fn confidence(question: &Question<'_>, row: &Row) -> Confidence {
    let Some(provider) = question.provider else { return row.at_most.min(Confidence::Medium) };
    let grade = provider.password.confidence.unwrap_or(provider.confidence);
    let is_old = question.today.is_some_and(|today| provider.checked.months_until(today) > STALE_AFTER_MONTHS);
    let of_facts = match (grade, is_old) {
        (Grade::High, false) => Confidence::High,
        (Grade::High, true) | (Grade::Medium, false) => Confidence::Medium,
        (Grade::Medium, true) | (Grade::Low, _) => Confidence::Low,
    };
    of_facts.min(row.at_most)
}

fn source(provider: Option<&Provider>, leave_password: bool) -> Option<String> {
    let provider = provider?;
    let page = provider.password.url.as_ref().or_else(|| provider.password.sources.first()).map(AsRef::as_ref);
    let page = page.filter(|_| !leave_password);
    page.or_else(|| provider.source()).map(str::to_owned)
}

/// Incoming before outgoing.
const INCOMING: [Protocol; 2] = [Protocol::Imap, Protocol::Pop3];
