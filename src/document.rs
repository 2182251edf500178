//! What a client's adapter read from a file and the files that belong to it.
//!
//! Besides accounts, an adapter reports [`Observation`]s: facts about the file that are no setting of a server, such as a line
//! that Thunderbird will not read or a payload without an identifier. An observation is not a verdict; the rules judge.

mod detail;
mod profile;
mod secrets;
mod seen;
mod username;

pub use detail::{Loss, OauthConflict, Shape, Signature, SignedBy, WebUser};
pub use profile::{OutgoingEntry, ProfileSeen};
pub use seen::{Observation, Reference, Seen, Slot, Variable};

use crate::account::{Account, Place};
use crate::finding::Message;
use crate::source::{Source, Span};

/// What one client keeps in one file and its companions.
///
/// `Debug` shows counts and never what the file says: people type passwords where hosts and names belong.
#[derive(Clone)]
pub struct Document {
    /// The id of the client whose adapter read it.
    pub client: &'static str,
    /// The main file first, then the files that belong to it.
    pub sources: Vec<Source>,
    /// The mailboxes in it.
    pub accounts: Vec<Account>,
    /// What else the adapter saw.
    pub observations: Vec<Observation>,
    /// Whose configuration it is.
    pub role: Role,
    /// Values that stand in for placeholders of the file, the longest first.
    pub stand_ins: Vec<StandIn>,
    /// Where secrets stand; never shown.
    pub secrets: Vec<Place>,
    /// What reports do not quote either, because nobody knows what it is: the values of unknown keys, text outside of any setting.
    /// It is not looked for elsewhere.
    pub withheld: Vec<Place>,
    /// Whether the adapter can change the file.
    pub editing: Editing,
    /// For which hosts the client can sign in with OAuth.
    pub oauth: OauthSupport,
    /// Whether the client refuses the file as a whole for a fault in it.
    pub refused: bool,
    /// Set when nothing could be checked: the content is encrypted, the file is a template. Says which, for people.
    pub unchecked: Option<Message>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("client", &self.client)
            .field("sources", &self.sources)
            .field("accounts", &self.accounts.len())
            .field("observations", &self.observations.len())
            .field("secrets", &self.secrets.len())
            .field("editing", &self.editing)
            .field("unchecked", &self.unchecked)
            .finish_non_exhaustive()
    }
}

impl Document {
    /// A document of `client` with nothing in it yet.
    pub fn new(client: &'static str, sources: Vec<Source>) -> Self {
        Self {
            client,
            sources,
            accounts: Vec::new(),
            observations: Vec::new(),
            role: Role::Installed,
            stand_ins: Vec::new(),
            secrets: Vec::new(),
            withheld: Vec::new(),
            editing: Editing::InPlace,
            oauth: OauthSupport::None,
            refused: false,
            unchecked: None,
        }
    }

    /// Gives back what lists grew in advance: a run may keep tens of thousands of documents until its end.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.accounts.shrink_to_fit();
        for account in &mut self.accounts {
            account.identities.shrink_to_fit();
            account.outgoing.shrink_to_fit();
        }
        self.observations.shrink_to_fit();
        self.stand_ins.shrink_to_fit();
        self.secrets.shrink_to_fit();
    }

    /// The main file.
    ///
    /// # Panics
    /// Never: every document is made from at least one source.
    pub fn main(&self) -> &Source {
        &self.sources[0]
    }

    /// Whether it serves many people, so that nothing in it is said of one mailbox.
    pub fn is_published(&self) -> bool {
        self.role == Role::Published
    }

    /// The main address of one of its accounts as written, to name the account by. Samples are no names.
    pub fn address_of(&self, account: &Account) -> Option<String> {
        account.address().filter(|_| !self.is_published()).map(|address| self.as_written(address.value.trim()))
    }

    /// `text` as reports show it: with placeholders where values stand in for them.
    pub fn as_written(&self, text: &str) -> String {
        let whole = self.stand_ins.iter().find(|known| known.value == text);
        whole.map_or_else(|| self.to_write(text), |known| known.written.clone())
    }

    /// `text` as the file is to hold it: with placeholders for what can be nothing else.
    pub fn to_write(&self, text: &str) -> String {
        let parts = self.stand_ins.iter().filter(|known| !known.whole_only);
        parts.fold(text.to_owned(), |text, known| text.replace(&known.value, &known.written))
    }

    /// What is not to be shown of one source.
    pub fn secret_spans(&self, source: usize) -> Vec<Span> {
        self.secrets
            .iter()
            .chain(&self.withheld)
            .filter(|place| place.source == source)
            .filter_map(|place| place.span)
            .collect()
    }

    /// Whether a syntax problem was seen, so that what follows it may be missing.
    pub fn is_damaged(&self) -> bool {
        self.observations.iter().any(|seen| matches!(seen.seen, Seen::Unparseable { .. }))
    }
}

/// Whose configuration a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One person's: a program uses it, or will after it is installed.
    Installed,
    /// A provider's: programs make accounts of many people from it. Its addresses are only samples.
    Published,
}

/// A value that a rule can judge, in the place of a placeholder that it cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// What the rules see.
    pub value: String,
    /// What is written in the file.
    pub written: String,
    /// Whether the value may occur by itself, so that only a text that is the whole of it leads back.
    pub whole_only: bool,
}

/// Whether and how a document can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Editing {
    /// Its files are changed where they are.
    InPlace,
    /// The file must stay as it is (a signature would break); a corrected copy can be written beside it.
    CopyOnly(Message),
    /// Changes are shown and not written unless the user names the file: the client keeps its own copy in memory.
    ShowOnly(Message),
    /// Nothing can be changed.
    Never(Message),
}

/// For which hosts a client can sign in with OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OauthSupport {
    /// The format cannot express it.
    None,
    /// Only hosts that end in one of these names.
    Hosts(&'static [&'static str]),
    /// Any.
    Any,
}

impl OauthSupport {
    /// Whether `host` (lower case) can be used with OAuth.
    pub fn covers(self, host: &str) -> bool {
        match self {
            Self::None => false,
            Self::Any => true,
            Self::Hosts(names) => names
                .iter()
                .any(|name| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))),
        }
    }
}
