//! What the doctor answers: which password, where it comes from, where it goes, and what else may be the cause.

use serde::Serialize;

use super::{Cause, Client, Fault, Subject};
use crate::account::{Protocol, Security};
use crate::date::Date;
use crate::finding::{Confidence, Message};
use crate::provider::{Answer as Known, PasswordKind, UsernameForm};

/// The way on from here, one for each thing a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// Sign in in the browser window that the program opens.
    SignInWindow,
    /// Add the account as the provider's own type, which opens such a window.
    AccountType,
    /// Sign in to the device itself; the mail comes along.
    SystemAccount,
    /// Make an app password.
    AppPassword,
    /// Turn on two-factor sign-in, then make an app password.
    TwoFactorFirst,
    /// Look up the password that the provider issues for mail programs.
    LookUp,
    /// Set a new one, since the old one is not shown.
    SetNew,
    /// Get the one that the provider issues; whether it is shown again is not known.
    Issued,
    /// The mailbox's own password.
    Mailbox,
    /// The password of the web page.
    SameAsWebmail,
    /// The password that the bridge shows.
    Bridge,
    /// Another program.
    OtherProgram,
    /// The provider's own app or web page, since no program can be used.
    OwnApp,
    /// Another address, since the service is over.
    ServiceEnded,
    /// Ask the company.
    AskCompany,
    /// Ask on the provider's member page.
    MemberPage,
}

/// The name to type beside the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// For which server.
    pub protocol: Protocol,
    /// Forms that work, best first. Empty: not known.
    pub forms: Vec<UsernameForm>,
    /// The first form: the name itself where it follows from the address, else in words.
    pub name: Option<Message>,
    /// The other forms, likewise.
    pub others: Vec<Message>,
}

/// A server as the provider publishes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Server {
    /// What it speaks.
    pub protocol: Protocol,
    /// Its host; `*` stands for what differs from person to person.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
}

/// Where a password is to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The way, step by step.
    pub text: Message,
    /// Where it begins.
    pub url: Option<String>,
}

/// One thing that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// Which.
    pub cause: Cause,
    /// How sure.
    pub confidence: Confidence,
    /// Whether other causes are as possible.
    pub is_candidate: bool,
    /// What it means.
    pub message: Message,
    /// What to do, one step each.
    pub todo: Vec<Message>,
}

/// What was made of the error text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// There was none.
    NoText,
    /// It is no text at all.
    Binary,
    /// Nothing in it is known.
    Unknown,
    /// These known messages stand in it. The text itself is never repeated: people paste passwords along.
    Known(Vec<Message>),
}

/// Everything the doctor has to say. `{client}` and `{provider}` in its sentences stand for the two names, which may be words
/// to translate themselves ("the mail program").
#[derive(Clone, Debug)]
pub struct Answer {
    /// What to call the program.
    pub client_name: Message,
    /// What to call the provider.
    pub provider_name: Message,
    /// The provider's id.
    pub provider_id: Option<String>,
    /// The address.
    pub address: Option<String>,
    /// The domain.
    pub domain: Option<String>,
    /// Known domains that are written nearly like it, where it is not known.
    pub near: Vec<String>,
    /// The program.
    pub client: Option<Client>,
    /// The kind of password.
    pub kind: PasswordKind,
    /// What to do about it.
    pub route: Route,
    /// How sure.
    pub confidence: Confidence,
    /// The answer in one sentence.
    pub summary: Message,
    /// Why it is this one.
    pub why: Vec<Message>,
    /// Whether the password should be left alone: the trouble has nothing to do with it, or nothing says that it has.
    pub leave_password: bool,
    /// What the trouble has to do with.
    pub subject: Subject,
    /// What to do before anything else.
    pub before: Vec<Message>,
    /// Where to get it.
    pub get_at: Option<Place>,
    /// Whether it can be looked at again.
    pub shown_again: Known,
    /// How to get a new one.
    pub reissue: Option<Message>,
    /// For which servers it is.
    pub enter_in: Vec<Protocol>,
    /// Where to type it.
    pub enter: Vec<Message>,
    /// What to type beside it.
    pub logins: Vec<Login>,
    /// The servers as the provider publishes them.
    pub servers: Vec<Server>,
    /// What the last change means for the passwords.
    pub after_change: Vec<Message>,
    /// What to take away first.
    pub clear_first: Vec<Message>,
    /// What to turn on at the provider first.
    pub switches: Vec<Place>,
    /// What not to do.
    pub cautions: Vec<Message>,
    /// Whether it can be seen again, at the provider and in the program.
    pub can_be_seen: Vec<Message>,
    /// What to look at if it still fails.
    pub next: Vec<Message>,
    /// What else the provider's file says.
    pub note: Option<Message>,
    /// What was made of the error text.
    pub reading: Reading,
    /// What may be wrong, likeliest first.
    pub causes: Vec<Suspect>,
    /// What is wrong with the settings on this computer; `None` where none were looked at.
    pub faults: Option<Vec<Fault>>,
    /// The day the provider's facts were checked.
    pub checked: Option<Date>,
    /// Where they are published.
    pub source: Option<String>,
}
