//! What to do around the password: what to take away first, what not to do, what to look at if it still fails.
//!
//! Tables by what changed and by what the person does next, so that a step is added by adding a line.

use super::causes::LINT;
use super::clients::facts;
use super::decision::Row;
use super::{Cause, Changed, Client, Question, Route, Subject};
use crate::finding::Message;
use crate::provider::{Answer as Known, Note, PasswordKind};

/// What a change means for the passwords, and whether old ones are taken away first.
struct After {
    changed: Changed,
    /// Only for these kinds; empty: for all.
    kinds: &'static [PasswordKind],
    steps: &'static [&'static str],
}

static AFTER: &[After] = &[
    After {
        changed: Changed::Password,
        kinds: &[PasswordKind::AppPassword],
        steps: &[
            "When the password of the account changes, many providers make all app passwords void. Make a new app password for each program.",
        ],
    },
    After {
        changed: Changed::Password,
        kinds: &[PasswordKind::LoginPassword, PasswordKind::MailAccountPassword, PasswordKind::DedicatedMailPassword],
        steps: &[
            "Enter the new password for receiving and for sending, in every program and on every device that reads this mailbox.",
        ],
    },
    After {
        changed: Changed::Password,
        kinds: &[PasswordKind::Oauth],
        steps: &["After a change of the password every program must sign in through the browser once more."],
    },
    After {
        changed: Changed::TwoFactor,
        kinds: &[PasswordKind::AppPassword],
        steps: &[
            "Since two-factor sign-in is on, every program that still uses the old password is refused. Give each one an app password of its own.",
        ],
    },
    After {
        changed: Changed::NewDevice,
        kinds: &[PasswordKind::AppPassword],
        steps: &["Do not look for the old app password. Make a new one for this device."],
    },
    After {
        changed: Changed::FromOutlook,
        kinds: &[],
        steps: &["Passwords do not move along from Outlook, and Outlook does not show them. Enter the right one anew."],
    },
    After {
        changed: Changed::ProviderMoved,
        kinds: &[],
        steps: &["Change the names of the servers first, then take the passwords saved for the old servers away."],
    },
];

/// What the last change means.
pub(super) fn after_change(question: &Question<'_>, kind: PasswordKind, leave_password: bool) -> Vec<Message> {
    if leave_password || is_out_of_reach(kind) {
        return Vec::new();
    }
    let fits = |after: &&After| {
        Some(after.changed) == question.changed && (after.kinds.is_empty() || after.kinds.contains(&kind))
    };
    AFTER.iter().filter(fits).flat_map(|after| after.steps).copied().map(Message::new).collect()
}

/// Old passwords go before new ones come.
pub(super) fn clear_first(
    question: &Question<'_>,
    kind: PasswordKind,
    route: Route,
    leave_password: bool,
) -> Vec<Message> {
    let is_stale = matches!(question.changed, Some(Changed::Password | Changed::TwoFactor | Changed::ProviderMoved));
    if leave_password || is_out_of_reach(kind) || !(is_stale || question.webmail == Some(true)) {
        return Vec::new();
    }
    let Some(facts) = question.client.map(facts) else { return Vec::new() };
    let is_typed = !matches!(route, Route::SignInWindow | Route::AccountType | Route::SystemAccount);
    let replaced = facts.replaced.filter(|_| is_typed);
    facts.clear.iter().copied().chain(replaced).map(Message::new).collect()
}

/// Whether there is no password that the person could take away or type.
pub(super) const fn is_out_of_reach(kind: PasswordKind) -> bool {
    matches!(kind, PasswordKind::NonePossible | PasswordKind::Company)
}

/// Where the mail comes along with the device.
static SYSTEM: &[(Client, &str)] = &[
    (Client::AppleMail, "Open System Settings, your name at the top, iCloud, Mail, and turn it on."),
    (Client::IosMail, "Open Settings, your name at the top, iCloud, Mail, and turn it on."),
];

/// What to do before anything else: no password of an account that is locked can be had, and no bridge answers that is off.
pub(super) fn before(question: &Question<'_>, row: &Row, is_about_it: bool) -> Vec<Message> {
    let mut before = Vec::new();
    if question.webmail == Some(false) && !is_out_of_reach(row.kind) {
        before.push(
            "Sign in on the provider's web page first. If the password is forgotten or the account locked, use the way that the page offers for that.",
        );
    }
    // Not twice, where the way to the password begins so.
    let way = question.provider.and_then(|provider| provider.password.get.as_ref());
    let begins_so = row.route == Route::TwoFactorFirst && way.is_some_and(turns_on_two_factor);
    if matches!(row.route, Route::Bridge | Route::TwoFactorFirst) && is_about_it && !begins_so {
        before.extend(instead(row.route));
    }
    before.into_iter().map(Message::new).collect()
}

/// Whether a provider's way to an app password begins before two-factor sign-in is on.
pub(super) fn turns_on_two_factor(note: &Note) -> bool {
    let steps = note.en.to_lowercase();
    steps.contains("turn") && ["two-factor", "two-step", "2-step"].iter().any(|words| steps.contains(words))
}

/// Where to type it.
pub(super) fn enter(client: Option<Client>, route: Route) -> Vec<Message> {
    let facts = facts(client.unwrap_or(Client::Other));
    let steps: Vec<&'static str> = match route {
        Route::SignInWindow | Route::AccountType => facts.sign_in.to_vec(),
        Route::SystemAccount => SYSTEM.iter().filter(|(of, _)| Some(*of) == client).map(|(_, step)| *step).collect(),
        Route::OtherProgram | Route::OwnApp | Route::ServiceEnded | Route::AskCompany => Vec::new(),
        _ => facts.boxes.to_vec(),
    };
    steps.into_iter().map(Message::new).collect()
}

/// What to do instead, where no password is typed.
pub(super) const fn instead(route: Route) -> Option<&'static str> {
    match route {
        Route::OtherProgram => Some(
            "Use a program that signs in through the browser: Thunderbird, the provider's own app, or its web page.",
        ),
        Route::OwnApp => Some("Use the provider's own app or its web page."),
        Route::ServiceEnded => Some("Move to another address, and tell the people who write to you."),
        Route::AskCompany => {
            Some("Ask the help desk: May a mail program be used? Which one? On which devices? With which sign-in?")
        }
        Route::Bridge => Some("Start the bridge program on this computer. It must run while you read mail."),
        Route::AccountType => Some(
            "If the account was added by the provider's own name before, sign in again when its window opens. If not, add it that way.",
        ),
        Route::TwoFactorFirst => Some("Turn on two-factor sign-in in the security settings of your account."),
        _ => None,
    }
}

/// What not to do.
pub(super) fn cautions(question: &Question<'_>, kind: PasswordKind, first: Option<Cause>) -> Vec<Message> {
    if first.is_some_and(|cause| matches!(cause.subject(), Subject::Mail | Subject::Device)) {
        return Vec::new();
    }
    let mut cautions: Vec<&'static str> = Vec::new();
    if question.is_company() {
        cautions.push(
            "Try once only. If it fails, stop and ask the help desk: many companies lock an account after a few tries.",
        );
        if question.client.is_none_or(Client::is_mobile) {
            cautions.push(
                "On your own phone ask first whether mail of the company is allowed there. IMAP may be forbidden, and a management profile may have to be installed first.",
            );
        }
    }
    if first.is_some() {
        return cautions.into_iter().map(Message::new).collect();
    }
    if !question.is_company() && kind != PasswordKind::NonePossible {
        cautions.push("Try twice at most, then stop. Every further try can lock the account.");
        cautions.push("Stop other devices that still use the old password; each of their tries counts too.");
    }
    if kind == PasswordKind::AppPassword {
        cautions.push("Type an app password without blanks, even if it is shown with blanks.");
    }
    if kind == PasswordKind::DedicatedMailPassword {
        cautions.push("Copy and paste the mail password, without a blank or a line end behind it.");
    }
    cautions.into_iter().map(Message::new).collect()
}

/// Whether a password can be looked at again: at the provider, and in the program.
pub(super) fn can_be_seen(question: &Question<'_>, kind: PasswordKind, shown_again: Known) -> Vec<Message> {
    if matches!(kind, PasswordKind::Oauth | PasswordKind::NonePossible | PasswordKind::Company | PasswordKind::Unknown)
    {
        return Vec::new();
    }
    let mut lines = Vec::new();
    match shown_again {
        Known::Yes => lines.push("The provider shows it again whenever you look there."),
        Known::No => lines.push(
            "The provider does not show it a second time. If it is lost, get a new one and enter that everywhere.",
        ),
        Known::Unknown => {}
    }
    lines.push(match question.client {
        Some(Client::Thunderbird) => {
            "Thunderbird shows what it has saved: Settings, Privacy & Security, Saved Passwords, Show Passwords."
        }
        Some(Client::AppleMail) => {
            "The Mac shows what it has saved: Keychain Access, search for the mail server, open the entry, Show password."
        }
        _ if shown_again == Known::Yes => "The mail program itself shows only dots.",
        _ => "The mail program shows only dots. If nobody knows the password any more, get a new one.",
    });
    lines.into_iter().map(Message::new).collect()
}

/// What to look at if it still fails; `first` is the cause where the password has nothing to do with it.
pub(super) fn next(question: &Question<'_>, kind: PasswordKind, first: Option<Cause>) -> Vec<Message> {
    let mut next = first.map_or_else(|| after_sign_in(question, kind), after_cause);
    let is_for_help_desk = first.is_none_or(|cause| cause.subject() == Subject::Connection);
    if kind == PasswordKind::Company && is_for_help_desk {
        next.retain(|step| *step != LINT);
        next.push("Show the help desk what mailcfg lint says. It holds no password.");
    } else if question.faults.is_some() {
        next.retain(|step| *step != LINT);
    }
    next.into_iter().map(Message::new).collect()
}

fn after_cause(cause: Cause) -> Vec<&'static str> {
    let mut next = Vec::new();
    if matches!(cause.subject(), Subject::Connection | Subject::Provider) {
        next.push("Leave the password as it is until this is mended. Then try once.");
    }
    next.extend(cause.next());
    next
}

fn after_sign_in(question: &Question<'_>, kind: PasswordKind) -> Vec<&'static str> {
    let mut next = Vec::new();
    if is_out_of_reach(kind) {
        return next;
    }
    if question.other_device == Some(true) && question.webmail != Some(false) {
        next.push("It works on another device, so the account is in order. Compare the settings there with those here, and do not change the password of the account.");
    } else if question.webmail.is_none() {
        next.push("Sign in on the provider's web page. If that fails too, the trouble lies there and not in the mail program.");
    }
    next.push("Compare the user name for receiving and for sending: often only one of the two is wrong.");
    if question.faults.is_none() {
        next.push("Run mailcfg lint: a wrong port or missing encryption often looks like a wrong password.");
    }
    next
}
