//! What a client's adapter read from a file and the files that belong to it.
//!
//! Besides accounts, an adapter reports [`Observation`]s: facts about the file that are no setting of a server, such as a line
//! that Thunderbird will not read or a payload without an identifier. An observation is not a verdict; the rules judge.

mod detail;

pub use detail::{OauthConflict, Shape, Signature, WebUser};
mod profile;

pub use profile::{OutgoingEntry, ProfileSeen};

use crate::account::{Account, Place};
use crate::date::Date;
use crate::finding::{Message, Value};
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
            editing: Editing::InPlace,
            oauth: OauthSupport::None,
            refused: false,
            unchecked: None,
        }
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

    /// The secret spans of one source.
    pub fn secret_spans(&self, source: usize) -> Vec<Span> {
        self.secrets.iter().filter(|place| place.source == source).filter_map(|place| place.span).collect()
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

/// Something an adapter saw in a file that is not a setting of a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// What.
    pub seen: Seen,
    /// The key path, as precise as the file allows; may be empty for the file as a whole.
    pub key: String,
    /// Where.
    pub place: Place,
    /// The account it concerns, by its id.
    pub account: Option<String>,
}

/// The kinds of things adapters see.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// The client cannot read this part of the file, and what that costs.
    Unparseable {
        /// What is wrong with the text.
        what: Message,
        /// Names of settings that are lost because of it.
        lost: Vec<String>,
        /// What usually causes it and what to do.
        hint: Option<Message>,
    },
    /// A value has another type than the client expects.
    WrongType {
        /// "a number", "true or false", "text".
        expected: Message,
        /// The type or text found; never a secret.
        found: String,
        /// What the client does instead.
        effect: Message,
        /// The same value in the right type, if nothing is lost by it.
        to: Option<Value>,
    },
    /// A value that the client does not know.
    UnknownValue {
        /// As written.
        found: String,
        /// The values it knows.
        allowed: Vec<&'static str>,
        /// What the client does instead.
        effect: Message,
        /// The value that was surely meant (only case differs).
        to: Option<Value>,
        /// Whether the client gets along without the setting.
        optional: bool,
    },
    /// An old value that once meant "encrypt if the server offers it" and means no encryption today.
    OpportunisticTls {
        /// As written.
        found: String,
    },
    /// A key that must be there is not, or is empty.
    MissingKey {
        /// What happens without it.
        effect: Message,
        /// The only value that fits, if there is one.
        to: Option<Value>,
        /// Whether the key is there and empty.
        empty: bool,
    },
    /// A key that the client ignores and that is one slip away from one it knows.
    MisspelledKey {
        /// The key that was meant.
        meant: String,
        /// What is written under the wrong one, if it can be written under the right one.
        value: Option<Value>,
    },
    /// The same key twice.
    DuplicateKey {
        /// Whether the values differ.
        differs: bool,
        /// Whether the client takes the first; else the last.
        first_counts: bool,
    },
    /// The same domain twice.
    DuplicateDomain {
        /// In the form in which domains are compared.
        domain: String,
    },
    /// Something meant as a placeholder that the client does not replace.
    BadPlaceholder {
        /// As written, without what stands around it.
        text: String,
        /// The placeholders that the client replaces.
        allowed: &'static [&'static str],
        /// The whole value as it was surely meant.
        to: Option<Value>,
    },
    /// A specifier that user files must not use (`pref(` where `user_pref(` is meant).
    WrongSpecifier {
        /// As written.
        found: String,
    },
    /// A reference to something that does not exist.
    Dangling {
        /// What kind of thing.
        reference: Reference,
        /// The name that leads nowhere.
        target: String,
        /// The one thing it can only mean, if there is exactly one.
        to: Option<Value>,
    },
    /// White space in a list that the client does not trim.
    UntrimmedList {
        /// As written.
        found: String,
        /// The list as it should be.
        to: Value,
    },
    /// Two accounts that are one and the same to the client.
    DuplicateAccount {
        /// The id of the other one.
        other: String,
    },
    /// A folder address that leads to no account of this document.
    StaleFolder {
        /// The address with its path.
        uri: String,
        /// The same folder in the account it belongs to, if that is clear.
        to: Option<String>,
    },
    /// A setting in another file that wins over the main one at every start.
    Override {
        /// The name of that file.
        by: String,
    },
    /// A saved password for a server that no account uses.
    OrphanLogin {
        /// `imap://host`.
        origin: String,
    },
    /// The client gave up an account and left this placeholder.
    AbandonedHost {
        /// The host it had, if it can be told from what is left.
        was: Option<String>,
    },
    /// The client runs, so that a change would be overwritten.
    ClientRunning {
        /// Its process number, if known.
        pid: Option<i32>,
    },
    /// The oldest TLS version that the client accepts, lowered below its default.
    TlsMinimum {
        /// 1 = TLS 1.0, 2 = TLS 1.1; 0 = SSL 3.
        value: i64,
    },
    /// POP mail is deleted from the server after it was fetched.
    PopDeletes {
        /// Whether the line is absent and the default does it.
        by_default: bool,
    },
    /// A password or key in clear.
    Secret {
        /// What it is for.
        purpose: Message,
        /// How it is written, as far as that may be told.
        shape: Shape,
    },
    /// A placeholder of a management system or a template that nobody filled in.
    Variable(Variable),
    /// A payload's identity.
    PayloadId {
        /// `PayloadIdentifier`, trimmed.
        identifier: String,
        /// Where the identifier stands.
        identifier_place: Option<Place>,
        /// `PayloadUUID`, trimmed. Compared without regard to case.
        uuid: String,
        /// Whether this is the profile itself.
        top_level: bool,
        /// Its `PayloadType`.
        payload_type: String,
    },
    /// The day on which the profile removes itself.
    RemovalDate(Date),
    /// How the password of the outgoing server is given.
    OutgoingPassword {
        /// `OutgoingPasswordSameAsIncomingPassword`.
        same_as_incoming: bool,
        /// Whether one is written for the outgoing server.
        own: bool,
        /// Whether it is the one of the incoming server once more, written out.
        own_is_incoming: bool,
        /// Whether incoming and outgoing user names differ.
        usernames_differ: bool,
    },
    /// New accounts send without signing in, on the strength of mail fetched shortly before.
    PopBeforeSmtp,
    /// New accounts are to send through the server that an earlier account of the person brought along.
    SendsThroughOther,
    /// Text that was saved in another encoding than it is read in, so that letters are lost.
    WrongEncoding {
        /// The encoding that the file claims to be in, if that is the fault; else letters are lost in this text already.
        declared: Option<String>,
    },
    /// What the signature of the file says of itself. Nothing of it is verified.
    Signature(Signature),
    /// The profile says that it is for the whole computer.
    SystemScope {
        /// Whether it holds nothing but mail accounts.
        only_mail: bool,
    },
    /// A payload that the kind of device for which the profile is made does not know.
    OtherDevice {
        /// What the payload is for.
        payload: &'static str,
        /// The kind of device.
        device: &'static str,
    },
    /// A switch that newer systems pass over.
    DeprecatedKey {
        /// From which version on they do.
        since: &'static str,
        /// Whether they surely do; else its maker only advises against it.
        ignored: bool,
        /// The key that took its place with the same meaning, if one did.
        instead: Option<String>,
        /// Which keys to look at.
        successors: &'static [&'static str],
    },
    /// A key that the client does not read, and that resembles none that it does.
    UnknownKey {
        /// Which kind of account has it, if one does.
        of: Option<&'static str>,
    },
    /// A key that the kind of device for which the profile is made does not know.
    KeyOfOtherDevice {
        /// The kind of device.
        device: &'static str,
    },
    /// A reference to a payload that holds no key to sign in or to sign with.
    NoIdentity {
        /// The UUID that is named.
        target: String,
        /// The type of the payload that has it.
        payload_type: String,
    },
    /// Every part of an account is switched off.
    NothingEnabled,
    /// A text for people that is empty.
    EmptyLabel,
    /// The day from which on the profile counts as no longer valid.
    ExpirationDate(Date),
    /// Blanks or line ends around the identifier of a payload.
    UntrimmedIdentifier {
        /// Without them.
        to: String,
    },
    /// A tag that names a country where a language belongs.
    CountryForLanguage {
        /// As written.
        found: String,
        /// The key with the tag of the language.
        to: String,
        /// The text under it.
        text: String,
    },
    /// For how many days back mail is fetched, where that is none of the numbers there are.
    SyncDays(i64),
    /// Settings for the sign-in through the browser that exclude each other.
    OauthConflict(OauthConflict),
    /// After how many seconds the profile removes itself.
    RemovalAfter(i64),
    /// A web address without encryption, where a password is typed or sent.
    PlainWebAddress {
        /// As written.
        address: String,
        /// Who sends a password there.
        by: WebUser,
    },
    /// A key that the client does not know and for which it refuses the file.
    UnknownDeclarationKey {
        /// The key that it is one slip away from, in full.
        meant: Option<String>,
        /// What it is set to, if a change can carry that.
        value: Option<Value>,
    },
    /// A declaration by its name.
    Declaration {
        /// Its identifier.
        identifier: String,
        /// Its type.
        kind: String,
    },
    /// The name of an asset that a declaration needs.
    Asset {
        /// Its identifier.
        target: String,
        /// The types that it may have.
        kinds: &'static [&'static str],
    },
    /// Something about a profile and what lies around it.
    Profile(ProfileSeen),
}

impl Seen {
    /// Whether only the disk told it, so that reading the file again does not.
    pub const fn is_of_the_disk(&self) -> bool {
        match self {
            Self::ClientRunning { .. } => true,
            Self::Profile(seen) => seen.is_of_the_disk(),
            _ => false,
        }
    }
}

/// What a dangling reference should lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// An account's server.
    Server,
    /// An account's identity.
    Identity,
    /// An identity's outgoing server.
    OutgoingServer,
    /// The default outgoing server.
    DefaultOutgoingServer,
    /// The default account.
    DefaultAccount,
    /// An entry in the list of accounts.
    Account,
    /// A payload with the certificate to sign in with.
    SignInCertificate,
    /// A payload with the certificate to sign or encrypt mail with.
    MailCertificate,
    /// A payload that says who the person is.
    Person,
    /// The account into which the mail of another is delivered.
    DeferredInbox,
}

/// A placeholder found where a value should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The first of them, as written.
    pub text: String,
    /// The whole value as written.
    pub whole: String,
    /// What the value is for.
    pub slot: Slot,
    /// Whether nobody can tell what the value will be, not even its form.
    pub is_open: bool,
}

impl Variable {
    /// Whether it stands where hardly any variable is right: in a number, a host or an identifier.
    pub const fn is_misplaced(&self) -> bool {
        matches!(self.slot, Slot::Number | Slot::Host | Slot::Uuid)
    }
}

/// What a value with a placeholder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Where a number, a date or a switch belongs.
    Number,
    /// A host.
    Host,
    /// The UUID of a payload.
    Uuid,
    /// A password.
    Secret,
    /// Anything else: an address, a user name, a text for people.
    Text,
}
