//! What an adapter may see beside settings: one variant for one kind of fact, and what it consists of.

use super::{Loss, OauthConflict, ProfileSeen, Shape, Signature, WebUser};
use crate::account::Place;
use crate::date::Date;
use crate::finding::{Message, Value};

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
        /// What else is.
        loss: Loss,
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
    /// A password in clear behind the user name or address, parted from it by a colon.
    PasswordBehindName {
        /// The name without it.
        name: String,
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
    /// How the file is signed.
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
    /// A name that is longer than its format advises.
    TooLong {
        /// How long it is, in octets.
        octets: usize,
        /// How long it should be at most.
        most: usize,
    },
    /// Credentials for a server at which the account does not sign in.
    UnusedCredentials,
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
