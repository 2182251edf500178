//! The decision table: from what a provider takes and what a program can do to the password that the box wants.
//!
//! The first row that fits decides. The rows speak of facts ("an app password, once two-factor sign-in is on"), never of one
//! provider, so a new provider file needs no new row.

use super::clients::Browser;
use super::{Question, Route};
use crate::finding::Confidence;
use crate::provider::{Access, Answer as Known, Oauth, PasswordKind, Provider};

/// What a provider takes from a program that has only a password box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The service is over.
    Ended,
    /// No program can be used.
    OwnApp,
    /// A bridge on this computer.
    Bridge,
    /// No password at all.
    BrowserOnly,
    /// An app password, which every account can make.
    App,
    /// An app password, which needs two-factor sign-in.
    AppAfterTwoFactor,
    /// The web page's password, until two-factor sign-in is on; then an app password.
    LoginThenApp,
    /// One that the provider issues and shows again.
    IssuedShown,
    /// One that the provider issues and never shows again.
    IssuedHidden,
    /// One that the provider issues.
    Issued,
    /// The mailbox's own.
    Mailbox,
    /// The web page's.
    Login,
    /// What the company says.
    Company,
    /// The provider is known, its password is not.
    NotKnown,
    /// Nothing is known.
    NoProvider,
}

/// A line of the table. An empty list fits everything.
pub(super) struct Row {
    ways: &'static [Way],
    /// Whether the provider offers the browser sign-in.
    offered: Option<bool>,
    browser: &'static [Browser],
    two_factor: &'static [Option<bool>],
    pub(super) kind: PasswordKind,
    pub(super) route: Route,
    /// How sure the answer can be at most, however sure the facts are.
    pub(super) at_most: Confidence,
    pub(super) summary: &'static str,
    pub(super) why: &'static [&'static str],
}

const ANY: Row = Row {
    ways: &[],
    offered: None,
    browser: &[],
    two_factor: &[],
    kind: PasswordKind::Unknown,
    route: Route::MemberPage,
    at_most: Confidence::High,
    summary: "Not known: this provider is not in the list.",
    why: &[],
};

static TABLE: &[Row] = &[
    Row {
        ways: &[Way::Ended],
        kind: PasswordKind::NonePossible,
        route: Route::ServiceEnded,
        summary: "No password works any more: {provider} has ended.",
        why: &["The servers are switched off. No setting brings the mail back."],
        ..ANY
    },
    Row {
        ways: &[Way::OwnApp],
        kind: PasswordKind::NonePossible,
        route: Route::OwnApp,
        summary: "No password works in {client}: {provider} cannot be used with mail programs.",
        why: &["The provider has no IMAP, POP or SMTP for mail programs. Use its own app or its web page."],
        ..ANY
    },
    Row {
        ways: &[Way::Company],
        kind: PasswordKind::Company,
        route: Route::AskCompany,
        at_most: Confidence::Medium,
        summary: "Which password it is, your company decides. Ask the help desk before you type one.",
        why: &[
            "A company can forbid mail programs, allow only its own devices, or demand a sign-in of its own.",
            "The password of your computer at work is often not the right one.",
        ],
        ..ANY
    },
    Row {
        ways: &[Way::Bridge],
        kind: PasswordKind::BridgePassword,
        route: Route::Bridge,
        summary: "The password that the bridge program of {provider} shows.",
        why: &[
            "{client} does not talk to the provider but to a bridge program on this computer, which has a password of its own.",
            "The password of your account never works there.",
        ],
        ..ANY
    },
    Row {
        browser: &[Browser::System],
        kind: PasswordKind::LoginPassword,
        route: Route::SystemAccount,
        at_most: Confidence::Medium,
        summary: "None of its own: the mail comes along when this device is signed in to your account at {provider}.",
        why: &[
            "On its maker's own devices the account is added as a whole, and the device keeps the sign-in.",
            "If the account was added as Other, it needs an app password instead. Adding it by the provider's own name is easier.",
        ],
        ..ANY
    },
    Row {
        offered: Some(true),
        browser: &[Browser::Yes],
        kind: PasswordKind::Oauth,
        route: Route::SignInWindow,
        summary: "None: {client} opens a sign-in window of {provider}, and you sign in there.",
        why: &["{provider} offers the sign-in through the browser (OAuth2), and {client} can do it."],
        ..ANY
    },
    Row {
        offered: Some(true),
        browser: &[Browser::AccountType],
        kind: PasswordKind::Oauth,
        route: Route::AccountType,
        summary: "None: add the account by the provider's own name, and sign in to {provider} in the window that opens.",
        why: &[
            "{provider} offers the sign-in through the browser (OAuth2). In {client} only an account of the provider's own type can do it, not one set up by hand.",
        ],
        ..ANY
    },
    Row {
        ways: &[Way::BrowserOnly],
        browser: &[Browser::No],
        kind: PasswordKind::NonePossible,
        route: Route::OtherProgram,
        summary: "No password works here: {provider} takes only a sign-in through the browser, and {client} cannot do that.",
        why: &["Every password is refused, an app password too. Typing it again only locks the account."],
        ..ANY
    },
    Row {
        ways: &[Way::BrowserOnly],
        kind: PasswordKind::Oauth,
        route: Route::SignInWindow,
        at_most: Confidence::Medium,
        summary: "None: {provider} takes only a sign-in through the browser.",
        why: &[
            "Every password is refused, an app password too.",
            "Whether {client} can sign in through the browser is not known. If it only has a password box, use another program.",
        ],
        ..ANY
    },
    Row {
        ways: &[Way::AppAfterTwoFactor],
        two_factor: &[Some(false)],
        kind: PasswordKind::AppPassword,
        route: Route::TwoFactorFirst,
        summary: "An app password. Turn on two-factor sign-in first: without it {provider} makes none.",
        why: &[
            "{provider} refuses the password of the web page in {client}.",
            "Two-factor sign-in is off. Nobody can make an app password without it.",
        ],
        ..ANY
    },
    Row {
        ways: &[Way::AppAfterTwoFactor],
        two_factor: &[None],
        kind: PasswordKind::AppPassword,
        route: Route::AppPassword,
        summary: "An app password. It is not the password with which you sign in on the web.",
        why: &[
            "{provider} refuses the password of the web page in {client}.",
            "It can only be made while two-factor sign-in is on. If the page for it is missing, turn that on first.",
        ],
        ..ANY
    },
    Row {
        ways: &[Way::AppAfterTwoFactor, Way::App],
        kind: PasswordKind::AppPassword,
        route: Route::AppPassword,
        summary: "An app password. It is not the password with which you sign in on the web.",
        why: &["{provider} refuses the password of the web page in {client}."],
        ..ANY
    },
    Row {
        ways: &[Way::LoginThenApp],
        two_factor: &[Some(true)],
        kind: PasswordKind::AppPassword,
        route: Route::AppPassword,
        summary: "An app password, because two-factor sign-in is on.",
        why: &["With two-factor sign-in on, {provider} refuses the password of the web page in {client}."],
        ..ANY
    },
    Row {
        ways: &[Way::LoginThenApp],
        two_factor: &[Some(false)],
        kind: PasswordKind::LoginPassword,
        route: Route::SameAsWebmail,
        summary: "The same password with which you sign in to the mail on the web.",
        why: &["Two-factor sign-in is off, so {provider} takes the password of the web page."],
        ..ANY
    },
    Row {
        ways: &[Way::LoginThenApp],
        kind: PasswordKind::LoginPassword,
        route: Route::SameAsWebmail,
        at_most: Confidence::Medium,
        summary: "The password of the web page if two-factor sign-in is off. An app password if it is on.",
        why: &["If signing in on the web also asks for a code, two-factor sign-in is on."],
        ..ANY
    },
    Row {
        ways: &[Way::IssuedShown],
        kind: PasswordKind::DedicatedMailPassword,
        route: Route::LookUp,
        summary: "The mail password that {provider} gave out. You can look it up.",
        why: &["{provider} has a password of its own for mail programs. The one for the web page is refused."],
        ..ANY
    },
    Row {
        ways: &[Way::IssuedHidden],
        kind: PasswordKind::DedicatedMailPassword,
        route: Route::SetNew,
        summary: "The mail password of {provider}. It is not shown again: if it is lost, set a new one.",
        why: &["{provider} has a password of its own for mail programs. The one for the web page is refused."],
        ..ANY
    },
    Row {
        ways: &[Way::Issued],
        kind: PasswordKind::DedicatedMailPassword,
        route: Route::Issued,
        summary: "The mail password that {provider} gave out for mail programs.",
        why: &["{provider} has a password of its own for mail programs. The one for the web page is refused."],
        ..ANY
    },
    Row {
        ways: &[Way::Mailbox],
        kind: PasswordKind::MailAccountPassword,
        route: Route::Mailbox,
        summary: "The password of this mailbox. It is not that of the customer page, nor that of the internet connection.",
        why: &["{provider} gives every mailbox a password of its own."],
        ..ANY
    },
    Row {
        ways: &[Way::Login],
        kind: PasswordKind::LoginPassword,
        route: Route::SameAsWebmail,
        summary: "The same password with which you sign in to the mail on the web.",
        why: &["{provider} has one password for the web page and for mail programs."],
        ..ANY
    },
    Row {
        ways: &[Way::NotKnown],
        at_most: Confidence::Low,
        summary: "Not known for certain. Ask on the member page of {provider}.",
        why: &[
            "See whether the member page or the contract letter names an app password, a mail password or a POP password. If so, it is that one.",
            "If none is named, use the password that works for the mail on the web.",
        ],
        ..ANY
    },
    Row {
        at_most: Confidence::Low,
        summary: "Not known: this provider is not in the list.",
        why: &[
            "Try the mail on the provider's web page first. If the password works there, it is often the same one.",
            "If the provider's help page names an app password or a mail password, it is that one instead.",
        ],
        ..ANY
    },
];

/// What is said where the facts are thin: a flat "refuses" would make people change a password that works.
static MILDER: &[(&str, &str)] = &[
    (
        "An app password. It is not the password with which you sign in on the web.",
        "Perhaps an app password, and not the password with which you sign in on the web.",
    ),
    (
        "{provider} refuses the password of the web page in {client}.",
        "{provider} may refuse the password of the web page in {client}; this is not certain.",
    ),
    (
        "With two-factor sign-in on, {provider} refuses the password of the web page in {client}.",
        "With two-factor sign-in on, {provider} may refuse the password of the web page in {client}; this is not certain.",
    ),
    (
        "{provider} has a password of its own for mail programs. The one for the web page is refused.",
        "{provider} seems to have a password of its own for mail programs. The one for the web page may be refused.",
    ),
];

/// A sentence of a row as far as thin facts carry it.
pub(super) fn milder(sentence: &'static str) -> &'static str {
    MILDER.iter().find(|(sure, _)| *sure == sentence).map_or(sentence, |(_, milder)| milder)
}

/// The row for a way, what the program can do, and whether two-factor sign-in is on.
pub(super) fn decide(way: Way, offered: bool, browser: Browser, two_factor: Option<bool>) -> &'static Row {
    let fits = |row: &&Row| {
        (row.ways.is_empty() || row.ways.contains(&way))
            && row.offered.is_none_or(|wanted| wanted == offered)
            && (row.browser.is_empty() || row.browser.contains(&browser))
            && (row.two_factor.is_empty() || row.two_factor.contains(&two_factor))
    };
    TABLE.iter().find(fits).unwrap_or(&ANY)
}

/// Whether the provider offers the browser sign-in at all.
pub(super) fn offers_browser(question: &Question<'_>) -> bool {
    question.provider.is_some_and(|provider| provider.password.oauth != Oauth::No)
}

/// What the provider takes. What an error text says of the kind counts where the facts say nothing.
pub(super) fn way(question: &Question<'_>, implied: Option<PasswordKind>) -> Way {
    let known = question.provider.map_or(Way::NoProvider, |provider| of_provider(provider, question));
    match (known, implied) {
        (Way::NotKnown | Way::NoProvider, Some(kind)) => of_kind(kind, known),
        (Way::NoProvider, None) if question.is_company() => Way::Company,
        _ => known,
    }
}

fn of_provider(provider: &Provider, question: &Question<'_>) -> Way {
    let has_ended = |day| question.today.is_none_or(|today| day <= today);
    if provider.ended.is_some_and(has_ended) {
        return Way::Ended;
    }
    if provider.access == Access::None {
        return Way::OwnApp;
    }
    let password = &provider.password;
    match password.kind {
        PasswordKind::AppPassword if password.needs_two_factor => Way::AppAfterTwoFactor,
        PasswordKind::LoginPassword if password.kind_with_two_factor == Some(PasswordKind::AppPassword) => {
            Way::LoginThenApp
        }
        PasswordKind::DedicatedMailPassword => match password.shown_again {
            Known::Yes => Way::IssuedShown,
            Known::No => Way::IssuedHidden,
            Known::Unknown => Way::Issued,
        },
        kind => of_kind(kind, Way::NotKnown),
    }
}

const fn of_kind(kind: PasswordKind, otherwise: Way) -> Way {
    match kind {
        PasswordKind::Oauth => Way::BrowserOnly,
        PasswordKind::AppPassword => Way::App,
        PasswordKind::DedicatedMailPassword => Way::Issued,
        PasswordKind::MailAccountPassword => Way::Mailbox,
        PasswordKind::LoginPassword => Way::Login,
        PasswordKind::BridgePassword => Way::Bridge,
        PasswordKind::Company => Way::Company,
        PasswordKind::NonePossible => Way::OwnApp,
        PasswordKind::Unknown => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_reached_and_says_something() {
        let ways = [
            Way::Ended,
            Way::OwnApp,
            Way::Bridge,
            Way::BrowserOnly,
            Way::App,
            Way::AppAfterTwoFactor,
            Way::LoginThenApp,
            Way::IssuedShown,
            Way::IssuedHidden,
            Way::Issued,
            Way::Mailbox,
            Way::Login,
            Way::Company,
            Way::NotKnown,
            Way::NoProvider,
        ];
        let browsers = [Browser::Yes, Browser::AccountType, Browser::System, Browser::No, Browser::Unknown];
        let mut reached = vec![false; TABLE.len()];
        for way in ways {
            for offered in [false, true] {
                for browser in browsers {
                    for two_factor in [None, Some(false), Some(true)] {
                        let row = decide(way, offered, browser, two_factor);
                        let index =
                            TABLE.iter().position(|other| std::ptr::eq(other, row)).expect("a row of the table");
                        reached[index] = true;
                        assert!(!row.summary.is_empty() && !row.why.is_empty());
                    }
                }
            }
        }
        assert!(reached.iter().all(|row| *row), "{reached:?}");
    }

    #[test]
    fn every_flat_refusal_has_a_milder_form() {
        let all = TABLE.iter().flat_map(|row| row.why);
        let flat = all.filter(|why| why.contains("password of the web page") && why.contains("refuse"));
        assert!(flat.clone().count() >= 3 && flat.clone().all(|why| milder(why) != *why));
        assert!(MILDER.iter().all(|(sure, _)| TABLE.iter().any(|row| row.why.contains(sure) || row.summary == *sure)));
    }
}
