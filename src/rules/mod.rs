//! The checks. One rule is one `const` value in one file, named for the problem it finds; its page beside it is its
//! documentation, the text of `mailcfg explain` and its test.
//!
//! A rule speaks mail and never bytes: it reads accounts and observations, and asks for changes of settings. What is right comes
//! from [`crate::provider`]; how much may be said, from [`view::ServerView::graded`].

mod encryption;
mod hosts;
mod login;
mod ports;
mod run;
mod view;

pub use run::Run;
pub use view::{Context, ServerView};

use crate::account::{Place, Setting};
use crate::document::Observation;
use crate::finding::{Finding, Message, Severity};
use crate::message;

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

    /// A finding of this rule where an adapter saw something.
    pub(crate) fn seen(&self, observation: &Observation, what: Message) -> Finding {
        let mut finding = self.at_place(&observation.key, Some(observation.place), what);
        finding.account.clone_from(&observation.account);
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
    /// As programs read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Never => "no",
            Self::Unsafe => "with --unsafe",
            Self::Sometimes => "yes",
        }
    }

    /// The same in the reader's language.
    pub const fn words(self) -> Message {
        match self {
            Self::Never => message!("no"),
            Self::Unsafe => message!("with --unsafe"),
            Self::Sometimes => message!("yes"),
        }
    }
}

mod abandoned_host;
mod access_switch;
mod account_password_refused;
mod account_without_identity;
mod account_without_server;
mod address_domain_misspelled;
mod address_literal_in_host;
mod authentication_not_offered;
mod challenge_response_password;
mod client_running;
mod dangling_default_account;
mod dangling_default_outgoing_server;
mod dangling_outgoing_server;
mod duplicate_account;
mod duplicate_domain;
mod duplicate_payload_uuid;
mod duplicate_setting;
mod full_width_in_host;
mod full_width_in_username;
mod host_not_official;
mod host_of_other_protocol;
mod implied_outgoing_port;
mod invalid_address;
mod invalid_payload_uuid;
mod invalid_placeholder;
mod local_bridge;
mod look_alike_host;
mod missing_host;
mod missing_required_key;
mod missing_username;
mod misspelled_host;
mod misspelled_key;
mod no_encryption;
mod no_incoming_authentication;
mod no_outgoing_server;
mod no_smtp_authentication;
mod not_a_mail_server;
mod oauth_not_possible;
mod oauth_without_issuer;
mod opportunistic_starttls;
mod outgoing_credentials;
mod password_kind;
mod password_sign_in_retired;
mod payload_identifier_clash;
mod placeholder_host;
mod plaintext_by_default;
mod pop_deletes_from_server;
mod pop_where_imap_offered;
mod port_in_host;
mod port_not_offered;
mod port_of_other_protocol;
mod port_out_of_range;
mod port_security_mismatch;
mod removal_date_passed;
mod retired_host;
mod saved_login_for_old_host;
mod secret_in_file;
mod shared_server_key;
mod smtp_of_other_provider;
mod smtp_port_25;
mod spaces_in_outgoing_list;
mod ssl_off_on_tls_port;
mod stale_folder_address;
mod syntax_error;
mod tls_version_lowered;
mod unknown_provider;
mod unknown_value;
mod unresolved_variable;
mod unusual_port;
mod url_in_host;
mod user_js_override;
mod username_domain_differs;
mod username_not_full_address;
mod username_not_local_part;
mod whitespace_in_host;
mod whitespace_in_username;
mod wrong_pref_specifier;
mod wrong_value_type;

/// Every rule, in alphabetical order.
pub const RULES: &[&Rule] = &[
    &abandoned_host::RULE,
    &access_switch::RULE,
    &account_password_refused::RULE,
    &account_without_identity::RULE,
    &account_without_server::RULE,
    &address_domain_misspelled::RULE,
    &address_literal_in_host::RULE,
    &authentication_not_offered::RULE,
    &challenge_response_password::RULE,
    &client_running::RULE,
    &dangling_default_account::RULE,
    &dangling_default_outgoing_server::RULE,
    &dangling_outgoing_server::RULE,
    &duplicate_account::RULE,
    &duplicate_domain::RULE,
    &duplicate_payload_uuid::RULE,
    &duplicate_setting::RULE,
    &full_width_in_host::RULE,
    &full_width_in_username::RULE,
    &host_not_official::RULE,
    &host_of_other_protocol::RULE,
    &implied_outgoing_port::RULE,
    &invalid_address::RULE,
    &invalid_payload_uuid::RULE,
    &invalid_placeholder::RULE,
    &local_bridge::RULE,
    &look_alike_host::RULE,
    &missing_host::RULE,
    &missing_required_key::RULE,
    &missing_username::RULE,
    &misspelled_host::RULE,
    &misspelled_key::RULE,
    &no_encryption::RULE,
    &no_incoming_authentication::RULE,
    &no_outgoing_server::RULE,
    &no_smtp_authentication::RULE,
    &not_a_mail_server::RULE,
    &oauth_not_possible::RULE,
    &oauth_without_issuer::RULE,
    &opportunistic_starttls::RULE,
    &outgoing_credentials::RULE,
    &password_kind::RULE,
    &password_sign_in_retired::RULE,
    &payload_identifier_clash::RULE,
    &placeholder_host::RULE,
    &plaintext_by_default::RULE,
    &pop_deletes_from_server::RULE,
    &pop_where_imap_offered::RULE,
    &port_in_host::RULE,
    &port_not_offered::RULE,
    &port_of_other_protocol::RULE,
    &port_out_of_range::RULE,
    &port_security_mismatch::RULE,
    &removal_date_passed::RULE,
    &retired_host::RULE,
    &saved_login_for_old_host::RULE,
    &secret_in_file::RULE,
    &shared_server_key::RULE,
    &smtp_of_other_provider::RULE,
    &smtp_port_25::RULE,
    &spaces_in_outgoing_list::RULE,
    &ssl_off_on_tls_port::RULE,
    &stale_folder_address::RULE,
    &syntax_error::RULE,
    &tls_version_lowered::RULE,
    &unknown_provider::RULE,
    &unknown_value::RULE,
    &unresolved_variable::RULE,
    &unusual_port::RULE,
    &url_in_host::RULE,
    &user_js_override::RULE,
    &username_domain_differs::RULE,
    &username_not_full_address::RULE,
    &username_not_local_part::RULE,
    &whitespace_in_host::RULE,
    &whitespace_in_username::RULE,
    &wrong_pref_specifier::RULE,
    &wrong_value_type::RULE,
];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
