//! What can be seen in a profile, the folder in which a mail program keeps its preferences, and around it: entries that nothing
//! uses, copies that were left behind, files of an administrator, folders for mail, saved passwords.

use std::path::PathBuf;

use crate::finding::Value;

/// Something about a profile that is no setting of a server.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileSeen {
    /// An outgoing server that no address uses.
    UnusedOutgoing {
        /// The server.
        entry: OutgoingEntry,
        /// Whether it is the one for addresses that name none.
        is_default: bool,
    },
    /// An address without an outgoing server of its own, so that the default one sends its mail.
    InheritedOutgoing {
        /// The address.
        address: String,
        /// The default server.
        in_use: OutgoingEntry,
        /// The other servers of the list that have the address for their user name.
        others: Vec<OutgoingEntry>,
    },
    /// A kind of outgoing server that the client does not have.
    UnknownOutgoingType {
        /// As written.
        found: String,
        /// The kind that was surely meant (only case differs).
        to: Option<Value>,
    },
    /// Two accounts keep their mail in one folder.
    SharedStore {
        /// The id of the other account, or the name of the other server.
        other: String,
        /// The folder, as written.
        folder: String,
    },
    /// Where the mail of an account is kept, seen from the folder of the file.
    Store {
        /// `ImapMail/imap.example.jp`.
        folder: String,
        /// Whether the only copy of the mail may be there.
        only_copy: bool,
    },
    /// The folders for mail that there are on the disk, seen from the folder of the file.
    StoresOnDisk {
        /// `ImapMail/imap.example.jp` and the like.
        folders: Vec<String>,
    },
    /// An exception from the check of certificates.
    CertificateException {
        /// The host.
        host: String,
        /// Its port.
        port: u16,
    },
    /// A setting that an administrator's file sets at every start.
    Policy {
        /// The name of that file.
        by: String,
        /// Whether it cannot be changed in the client.
        locked: bool,
    },
    /// Settings that another copy of the preferences holds and the preferences do not.
    OtherPreferences {
        /// The name of that copy.
        file: String,
        /// Names of settings that the preferences lack.
        missing: Vec<String>,
        /// Names of settings that have another value in the preferences.
        changed: Vec<String>,
    },
    /// A copy that the client was about to put in the place of the preferences, and newer than they are.
    UnfinishedSave {
        /// The name of that copy.
        file: String,
    },
    /// No installation of the client opens this profile by itself.
    ProfileNotOpened {
        /// The name of the profile.
        name: String,
        /// The profiles that are opened instead: name and folder.
        opened: Vec<(String, PathBuf)>,
    },
    /// A saved password for a server of an account.
    SavedLogin {
        /// `imap://host`.
        origin: String,
    },
    /// Whether the client keeps passwords in this profile, and sends with the one for receiving.
    SavedLogins {
        /// Whether the password for receiving is used for sending too.
        shared_with_outgoing: bool,
    },
    /// A host or user name in a setting that old versions of the client preferred and new ones ignore.
    ForgottenRename {
        /// The setting in force instead.
        in_force: String,
        /// Its value.
        value: String,
        /// Whether the version that uses the file is known to ignore the setting.
        is_certain: bool,
    },
    /// The file was written by a version of the client that is newer than we know.
    NewerFormat,
    /// Everybody on this computer can read the saved passwords.
    ReadableByOthers {
        /// The file.
        file: String,
    },
    /// A mailbox that is set up and stands in no list of accounts.
    UnlistedAccount {
        /// Its host.
        host: String,
        /// Its user name.
        username: String,
        /// The list of accounts with it, if the account itself is still there.
        listed: Option<String>,
    },
    /// A filter or a saved search whose folder belongs to no account.
    StaleTarget {
        /// The name of the filter, or the address of the saved search.
        owner: String,
        /// The folder's address.
        uri: String,
        /// Whether it is a filter.
        is_filter: bool,
    },
}

impl ProfileSeen {
    /// Whether only the disk told it.
    pub(super) const fn is_of_the_disk(&self) -> bool {
        matches!(self, Self::StoresOnDisk { .. } | Self::UnfinishedSave { .. } | Self::ReadableByOthers { .. })
    }
}

/// An outgoing server in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingEntry {
    /// The client's own name for it.
    pub key: String,
    /// Its host, as written.
    pub host: String,
    /// The user name, as written.
    pub username: String,
}
