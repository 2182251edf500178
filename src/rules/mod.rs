//! The checks. One rule is one `const` value in one file, named for the problem it finds; its page beside it is its
//! documentation, the text of `mailcfg explain` and its test.
//!
//! A rule speaks mail and never bytes: it reads accounts and observations, and asks for changes of settings. What is right comes
//! from [`crate::provider`]; how much may be said, from [`view::ServerView::graded`].

mod demands;
mod empty_label;
mod encryption;
mod hosts;
mod login;
mod naming;
mod ports;
mod run;
mod server_order;
mod view;

pub use demands::Demands;
pub(crate) use malformed_suppression::{MALFORMED_SUPPRESSION, Misread, malformed_suppression};
pub use naming::{Name, named, nearest};
pub use run::Run;
pub(crate) use unused_suppression::{ended_entry, overruled_comment, stale_baseline, unused_comment, unused_entry};
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
    /// All of them, in the order of the catalogue.
    pub const ALL: &[Self] = &[
        Self::File,
        Self::References,
        Self::Host,
        Self::Port,
        Self::Security,
        Self::Username,
        Self::Authentication,
        Self::Password,
        Self::Sending,
        Self::Safety,
        Self::Managed,
    ];

    /// The group of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|group| group.name() == name)
    }

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
mod altered_after_signing;
mod antivirus_proxy_leftover;
mod any_authentication;
mod authentication_not_offered;
mod bytes_after_signature;
mod certificate_exception;
mod challenge_response_password;
mod client_running;
mod country_for_language;
mod credentials_without_sign_in;
mod dangling_asset;
mod dangling_default_account;
mod dangling_default_outgoing_server;
mod dangling_deferred_inbox;
mod dangling_outgoing_server;
mod dangling_payload;
mod deprecated_key;
mod duplicate_account;
mod duplicate_declaration;
mod duplicate_domain;
mod duplicate_payload_uuid;
mod duplicate_setting;
mod exchange_oauth_conflict;
mod exchange_password_retired;
mod exchange_services_off;
mod exchange_without_tls;
mod forgotten_rename;
mod full_width_in_host;
mod full_width_in_username;
mod host_not_official;
mod host_of_other_protocol;
mod identifier_too_long;
mod implied_outgoing_port;
mod invalid_address;
mod invalid_payload_uuid;
mod invalid_placeholder;
mod ip_address_as_host;
mod local_bridge;
mod look_alike_host;
mod lost_settings;
mod mail_headers_in_profile;
mod mail_sync_days;
mod malformed_suppression;
mod missing_host;
mod missing_mail_folder;
mod missing_required_key;
mod missing_username;
mod misspelled_host;
mod misspelled_key;
mod newer_format;
mod no_encryption;
mod no_implicit_tls;
mod no_incoming_authentication;
mod no_mail_program_access;
mod no_outgoing_server;
mod no_saved_outgoing_password;
mod no_smtp_authentication;
mod not_a_mail_server;
mod oauth_not_possible;
mod oauth_without_issuer;
mod opportunistic_starttls;
mod outgoing_credentials;
mod outgoing_server_of_other_account;
mod password_kind;
mod password_shape;
mod password_sign_in_retired;
mod passwords_readable_by_others;
mod payload_identifier_clash;
mod payload_not_for_device;
mod person_name_as_username;
mod placeholder_host;
mod plain_web_address;
mod plaintext_by_default;
mod policy_override;
mod pop_before_smtp;
mod pop_deletes_from_server;
mod pop_forbidden;
mod pop_listed_first;
mod pop_where_imap_offered;
mod port_in_host;
mod port_not_offered;
mod port_of_other_protocol;
mod port_out_of_range;
mod port_security_mismatch;
mod profile_expired;
mod profile_not_opened;
mod prompt_not_possible;
mod protocol_not_offered;
mod removal_date_passed;
mod repeated_refused_sign_in;
mod retired_host;
mod saved_login_for_old_host;
mod saved_password_beside_oauth;
mod secret_in_file;
mod sending_by_network;
mod sends_through_other_account;
mod shared_mail_folder;
mod shared_server_key;
mod short_lived_profile;
mod signature_out_of_date;
mod sister_provider_host;
mod smtp_of_other_provider;
mod smtp_port_25;
mod spaces_in_outgoing_list;
mod ssl_off_on_tls_port;
mod stale_filter_target;
mod stale_folder_address;
mod starttls_where_tls_preferred;
mod syntax_error;
mod system_scope;
mod tls_version_lowered;
mod trailing_dot_in_host;
mod unfinished_save;
mod unicode_host;
mod unknown_declaration_key;
mod unknown_key;
mod unknown_outgoing_type;
mod unknown_provider;
mod unknown_value;
mod unlisted_account;
mod unresolved_variable;
mod untrusted_signature;
mod unused_outgoing_server;
mod unused_suppression;
mod unusual_port;
mod url_in_host;
mod user_js_override;
mod username_domain_differs;
mod username_not_full_address;
mod username_not_issued_id;
mod username_not_local_part;
mod username_outside_company;
mod usernames_differ;
mod weak_signature;
mod weaker_server_first;
mod whitespace_in_host;
mod whitespace_in_identifier;
mod whitespace_in_username;
mod wrong_encoding;
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
    &altered_after_signing::RULE,
    &antivirus_proxy_leftover::RULE,
    &any_authentication::RULE,
    &authentication_not_offered::RULE,
    &bytes_after_signature::RULE,
    &certificate_exception::RULE,
    &challenge_response_password::RULE,
    &client_running::RULE,
    &country_for_language::RULE,
    &credentials_without_sign_in::RULE,
    &dangling_asset::RULE,
    &dangling_default_account::RULE,
    &dangling_default_outgoing_server::RULE,
    &dangling_deferred_inbox::RULE,
    &dangling_outgoing_server::RULE,
    &dangling_payload::RULE,
    &deprecated_key::RULE,
    &duplicate_account::RULE,
    &duplicate_declaration::RULE,
    &duplicate_domain::RULE,
    &duplicate_payload_uuid::RULE,
    &duplicate_setting::RULE,
    &empty_label::RULE,
    &exchange_oauth_conflict::RULE,
    &exchange_password_retired::RULE,
    &exchange_services_off::RULE,
    &exchange_without_tls::RULE,
    &forgotten_rename::RULE,
    &full_width_in_host::RULE,
    &full_width_in_username::RULE,
    &host_not_official::RULE,
    &host_of_other_protocol::RULE,
    &identifier_too_long::RULE,
    &implied_outgoing_port::RULE,
    &invalid_address::RULE,
    &invalid_payload_uuid::RULE,
    &invalid_placeholder::RULE,
    &ip_address_as_host::RULE,
    &local_bridge::RULE,
    &look_alike_host::RULE,
    &lost_settings::RULE,
    &mail_headers_in_profile::RULE,
    &mail_sync_days::RULE,
    &malformed_suppression::RULE,
    &missing_host::RULE,
    &missing_mail_folder::RULE,
    &missing_required_key::RULE,
    &missing_username::RULE,
    &misspelled_host::RULE,
    &misspelled_key::RULE,
    &newer_format::RULE,
    &no_encryption::RULE,
    &no_implicit_tls::RULE,
    &no_incoming_authentication::RULE,
    &no_mail_program_access::RULE,
    &no_outgoing_server::RULE,
    &no_saved_outgoing_password::RULE,
    &no_smtp_authentication::RULE,
    &not_a_mail_server::RULE,
    &oauth_not_possible::RULE,
    &oauth_without_issuer::RULE,
    &opportunistic_starttls::RULE,
    &outgoing_credentials::RULE,
    &outgoing_server_of_other_account::RULE,
    &password_kind::RULE,
    &password_shape::RULE,
    &password_sign_in_retired::RULE,
    &passwords_readable_by_others::RULE,
    &payload_identifier_clash::RULE,
    &payload_not_for_device::RULE,
    &person_name_as_username::RULE,
    &placeholder_host::RULE,
    &plain_web_address::RULE,
    &plaintext_by_default::RULE,
    &policy_override::RULE,
    &pop_before_smtp::RULE,
    &pop_deletes_from_server::RULE,
    &pop_forbidden::RULE,
    &pop_listed_first::RULE,
    &pop_where_imap_offered::RULE,
    &port_in_host::RULE,
    &port_not_offered::RULE,
    &port_of_other_protocol::RULE,
    &port_out_of_range::RULE,
    &port_security_mismatch::RULE,
    &profile_expired::RULE,
    &profile_not_opened::RULE,
    &prompt_not_possible::RULE,
    &protocol_not_offered::RULE,
    &removal_date_passed::RULE,
    &repeated_refused_sign_in::RULE,
    &retired_host::RULE,
    &saved_login_for_old_host::RULE,
    &saved_password_beside_oauth::RULE,
    &secret_in_file::RULE,
    &sending_by_network::RULE,
    &sends_through_other_account::RULE,
    &shared_mail_folder::RULE,
    &shared_server_key::RULE,
    &short_lived_profile::RULE,
    &signature_out_of_date::RULE,
    &sister_provider_host::RULE,
    &smtp_of_other_provider::RULE,
    &smtp_port_25::RULE,
    &spaces_in_outgoing_list::RULE,
    &ssl_off_on_tls_port::RULE,
    &stale_filter_target::RULE,
    &stale_folder_address::RULE,
    &starttls_where_tls_preferred::RULE,
    &syntax_error::RULE,
    &system_scope::RULE,
    &tls_version_lowered::RULE,
    &trailing_dot_in_host::RULE,
    &unfinished_save::RULE,
    &unicode_host::RULE,
    &unknown_declaration_key::RULE,
    &unknown_key::RULE,
    &unknown_outgoing_type::RULE,
    &unknown_provider::RULE,
    &unknown_value::RULE,
    &unlisted_account::RULE,
    &unresolved_variable::RULE,
    &untrusted_signature::RULE,
    &unused_outgoing_server::RULE,
    &unused_suppression::RULE,
    &unusual_port::RULE,
    &url_in_host::RULE,
    &user_js_override::RULE,
    &username_domain_differs::RULE,
    &username_not_full_address::RULE,
    &username_not_issued_id::RULE,
    &username_not_local_part::RULE,
    &username_outside_company::RULE,
    &usernames_differ::RULE,
    &weak_signature::RULE,
    &weaker_server_first::RULE,
    &whitespace_in_host::RULE,
    &whitespace_in_identifier::RULE,
    &whitespace_in_username::RULE,
    &wrong_encoding::RULE,
    &wrong_pref_specifier::RULE,
    &wrong_value_type::RULE,
];

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
