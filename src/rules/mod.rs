//! The checks. One rule is one `const` value in one file, named for the problem it finds; its page beside it is its
//! documentation, the text of `mailcfg explain` and its test.
//!
//! A rule speaks mail and never bytes: it reads accounts and observations, and asks for changes of settings. What is right comes
//! from [`crate::provider`]; how much may be said, from [`view::ServerView::graded`].

mod view;

pub use view::{Context, ServerView};

use crate::account::{Place, Setting};
use crate::finding::{Finding, Message, Severity};

/// One check.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Kebab-case name of the problem.
    pub name: &'static str,
    /// What kind of problem.
    pub group: Group,
    /// The severity at its worst; what is known of the provider may lower it.
    pub severity: Severity,
    /// Whether it ever offers a fix.
    pub fixes: Fixes,
    /// One line for `mailcfg list rules`.
    pub summary: &'static str,
    /// The page, in Markdown.
    pub page: &'static str,
    /// Looks at one document.
    pub check: fn(&Context<'_>, &mut Vec<Finding>),
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rule({})", self.name)
    }
}

impl Rule {
    /// A finding of this rule at a setting.
    pub(crate) fn at<T>(&self, setting: &Setting<T>, what: Message) -> Finding {
        self.at_place(&setting.key, setting.place(), what)
    }

    /// A finding of this rule at a key and a place.
    pub(crate) fn at_place(&self, key: &str, place: Option<Place>, what: Message) -> Finding {
        let mut finding = Finding::new(self.name, key, place, what);
        finding.severity = self.severity;
        finding
    }
}

/// What a problem is about. Groups can be selected like rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The file and its format.
    File,
    /// References inside a configuration.
    References,
    /// Host names.
    Host,
    /// Ports.
    Port,
    /// Encryption.
    Security,
    /// User names and addresses.
    Username,
    /// Ways to sign in.
    Authentication,
    /// Passwords.
    Password,
    /// Outgoing mail.
    Sending,
    /// Loss of data, and overrides.
    Safety,
    /// Configuration profiles.
    Managed,
}

impl Group {
    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::References => "references",
            Self::Host => "host",
            Self::Port => "port",
            Self::Security => "security",
            Self::Username => "username",
            Self::Authentication => "authentication",
            Self::Password => "password",
            Self::Sending => "sending",
            Self::Safety => "safety",
            Self::Managed => "managed",
        }
    }
}

/// Whether a rule offers fixes. A test holds each rule to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixes {
    /// It only reports.
    Never,
    /// All its fixes need `--unsafe`.
    Unsafe,
    /// Some of its findings can be mended safely.
    Sometimes,
}

impl Fixes {
    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Never => "no",
            Self::Unsafe => "with --unsafe",
            Self::Sometimes => "yes",
        }
    }
}

mod port_security_mismatch;

/// Every rule, in alphabetical order.
pub const RULES: &[&Rule] = &[&port_security_mismatch::RULE];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
