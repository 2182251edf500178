//! Makes mailboxes from provider files: every official pair of servers, in every format.

use std::fmt;
use std::path::PathBuf;

use mailcfg::account::{Authentication, Protocol, Reach, Security, host_reach};
use mailcfg::clients::{self, Client};
use mailcfg::lint::Input;
use mailcfg::provider::{Provider, Providers, ServerSet, UsernameForm};
use mailcfg::source::Source;

/// The formats a mailbox is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Prefs,
    Profile,
}

/// One server as it will be written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) protocol: Protocol,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    pub(crate) authentication: Authentication,
    pub(crate) username: String,
}

/// A mailbox at a provider.
#[derive(Clone, Debug)]
pub(crate) struct Mailbox<'a> {
    pub(crate) provider: &'a Provider,
    pub(crate) format: Format,
    pub(crate) address: String,
    /// The official sets it was made from.
    pub(crate) set: (&'a ServerSet, &'a ServerSet),
    pub(crate) incoming: Written,
    pub(crate) outgoing: Written,
    /// Whether the incoming server's security is written at all.
    pub(crate) write_security: bool,
    is_first: bool,
}

impl fmt::Display for Mailbox<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (i, o) = (&self.incoming, &self.outgoing);
        write!(
            f,
            "{} {:?} <{}> {} {}:{} {} {}, SMTP {}:{} {} {}",
            self.provider.id,
            self.format,
            self.address,
            i.protocol.name(),
            i.host,
            i.port,
            i.security.name(),
            i.username,
            o.host,
            o.port,
            o.security.name(),
            o.username
        )
    }
}

/// Every pair of usable sets of a provider that belong to one domain: each incoming set with the first outgoing one, and each
/// outgoing one with the first incoming one, with every way to authenticate and every form of user name.
pub(crate) fn mailboxes(provider: &Provider) -> Vec<Mailbox<'_>> {
    let mut out: Vec<Mailbox<'_>> = Vec::new();
    for domain in sample_domains(provider) {
        let usable = |incoming: bool| {
            let sets = provider.servers.iter().filter(|set| set.is_usable() && set.is_for(Some(&domain)));
            sets.filter(|set| set.protocol.is_access() == incoming).collect::<Vec<_>>()
        };
        let (incoming, outgoing) = (usable(true), usable(false));
        let (Some(first_in), Some(first_out)) = (incoming.first(), outgoing.first()) else { continue };
        let pairs = incoming.iter().map(|set| (*set, *first_out)).chain(outgoing.iter().map(|set| (*first_in, *set)));
        for pair in pairs {
            for format in [Format::Prefs, Format::Profile] {
                out.extend(variants(provider, &domain, pair, format));
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|mailbox| seen.insert(mailbox.text()));
    let mut kinds = std::collections::HashSet::new();
    for mailbox in &mut out {
        mailbox.is_first = kinds.insert((mailbox.format == Format::Prefs, mailbox.incoming.protocol));
    }
    out
}

/// One domain of each kind: the plain one, one for each set that has domains of its own, one of somebody's own.
fn sample_domains(provider: &Provider) -> Vec<String> {
    let own = provider.domains.first().into_iter();
    let of_sets = provider.servers.iter().filter_map(|set| set.domains.first());
    let mut domains: Vec<String> = own.chain(of_sets).map(|domain| filled(domain)).collect();
    if provider.custom_domains {
        domains.push("yamada-kogyo.example".to_owned());
    }
    domains.dedup();
    domains
}

/// A pattern with its stars filled in.
fn filled(pattern: &str) -> String {
    pattern.replace('*', "abc1")
}

fn variants<'a>(
    provider: &'a Provider,
    domain: &str,
    set: (&'a ServerSet, &'a ServerSet),
    format: Format,
) -> Vec<Mailbox<'a>> {
    let address = format!("taro.yamada@{domain}");
    let (incoming, outgoing) = (written(set.0, &address, format), written(set.1, &address, format));
    let (Some(first_in), Some(first_out)) = (incoming.first().cloned(), outgoing.first().cloned()) else {
        return Vec::new();
    };
    // What one server takes does not depend on how the other is signed in to: no need for the full product.
    let pairs = incoming.into_iter().map(|one| (one, first_out.clone()));
    let pairs = pairs.chain(outgoing.into_iter().map(|one| (first_in.clone(), one)));
    let mailbox = |(incoming, outgoing)| Mailbox {
        provider,
        format,
        address: address.clone(),
        set,
        incoming,
        outgoing,
        write_security: true,
        is_first: false,
    };
    pairs.map(mailbox).collect()
}

fn written(set: &ServerSet, address: &str, format: Format) -> Vec<Written> {
    let host = filled(&set.host);
    let ways = if set.authentication.is_empty() { &[Authentication::Password] } else { &set.authentication[..] };
    let forms = if set.username.is_empty() { &[UsernameForm::FullAddress] } else { &set.username[..] };
    let mut out = Vec::new();
    for authentication in ways.iter().copied().filter(|way| can(*way, &host, format)) {
        for form in forms {
            out.push(Written {
                protocol: set.protocol,
                host: host.clone(),
                port: set.port,
                security: set.security,
                authentication,
                username: username(*form, address),
            });
        }
    }
    out
}

/// Whether a client of this format can sign in like this: a mail payload knows no OAuth, Thunderbird only at hosts it knows.
fn can(way: Authentication, host: &str, format: Format) -> bool {
    match (way, format) {
        (Authentication::Oauth2, Format::Profile) => false,
        (Authentication::Oauth2, Format::Prefs) => {
            let text = "user_pref(\"mail.server.server1.type\", \"imap\");\n";
            thunderbird().read(vec![Source::new("prefs.js", text.as_bytes())]).oauth.covers(host)
        }
        (Authentication::Kerberos | Authentication::Certificate, Format::Profile) => false,
        _ => true,
    }
}

fn username(form: UsernameForm, address: &str) -> String {
    match form {
        UsernameForm::FullAddress => address.to_owned(),
        UsernameForm::LocalPart => address.split('@').next().unwrap_or_default().to_owned(),
        UsernameForm::LocalDotDomain => address.replace('@', "."),
        UsernameForm::IssuedId => "x7k2q9w4".to_owned(),
    }
}

fn thunderbird() -> &'static dyn Client {
    clients::find("thunderbird").expect("Thunderbird is a client")
}

impl Mailbox<'_> {
    /// The configuration, ready to be judged.
    pub(crate) fn input(&self) -> Input {
        let (client, name) = match self.format {
            Format::Prefs => (thunderbird(), "prefs.js"),
            Format::Profile => (clients::find("mobileconfig").expect("profiles are a client"), "mail.mobileconfig"),
        };
        let source = Source::new(PathBuf::from("mailbox").join(name), self.text().into_bytes());
        Input { client, sources: vec![source], named: true, observed: Vec::new() }
    }

    /// Whether no mailbox of this provider with the same format and protocol came before: enough to damage. Hosts outside the
    /// public internet (`.onion`) are never judged, so damage there is not found by intent.
    pub(crate) fn is_first_of_its_kind(&self) -> bool {
        self.is_first && host_reach(&self.incoming.host) == Reach::Public
    }

    /// Whether the provider has a usable set like this.
    pub(crate) fn offers(&self, protocol: Protocol, security: Security) -> bool {
        self.provider.servers.iter().any(|set| set.is_usable() && set.protocol == protocol && set.security == security)
    }

    /// Whether the address alone tells the provider.
    pub(crate) fn domain_is_known(&self) -> bool {
        !self.address.ends_with(".example")
    }

    /// Whether the incoming host is one that some provider names.
    pub(crate) fn is_known_host(&self) -> bool {
        !Providers::embedded().for_host(&self.incoming.host).is_empty()
    }

    /// Whether mail can be fetched from this host.
    pub(crate) fn serves_incoming(&self, host: &str) -> bool {
        let mut sets = self.provider.servers.iter();
        sets.any(|set| set.protocol == self.incoming.protocol && set.has_host(host))
    }

    /// Gives the incoming server a user name in a form that the provider does not take, if there is one that proves it.
    pub(crate) fn spoil_username(&mut self) -> bool {
        let forms = &self.set.0.username;
        let wrong = match (forms.contains(&UsernameForm::FullAddress), forms.contains(&UsernameForm::LocalPart)) {
            (true, false) => UsernameForm::LocalPart,
            (false, true) => UsernameForm::FullAddress,
            _ => return false,
        };
        self.incoming.username = username(wrong, &self.address);
        self.domain_is_known() && !forms.contains(&UsernameForm::IssuedId)
    }

    /// The text of the configuration.
    pub(crate) fn text(&self) -> String {
        match self.format {
            Format::Prefs => self.prefs(),
            Format::Profile => self.profile(),
        }
    }

    fn prefs(&self) -> String {
        let (i, o) = (&self.incoming, &self.outgoing);
        let kind = if i.protocol == Protocol::Imap { "imap" } else { "pop3" };
        let security = format!("user_pref(\"mail.server.server1.socketType\", {});\n", security_number(i.security));
        format!(
            "user_pref(\"mail.account.account1.identities\", \"id1\");\n\
             user_pref(\"mail.account.account1.server\", \"server1\");\n\
             user_pref(\"mail.accountmanager.accounts\", \"account1\");\n\
             user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\n\
             user_pref(\"mail.identity.id1.useremail\", \"{address}\");\n\
             user_pref(\"mail.server.server1.authMethod\", {});\n\
             user_pref(\"mail.server.server1.hostname\", \"{}\");\n\
             user_pref(\"mail.server.server1.leave_on_server\", true);\n\
             user_pref(\"mail.server.server1.port\", {});\n\
             {}\
             user_pref(\"mail.server.server1.type\", \"{kind}\");\n\
             user_pref(\"mail.server.server1.userName\", \"{}\");\n\
             user_pref(\"mail.smtp.defaultserver\", \"smtp1\");\n\
             user_pref(\"mail.smtpserver.smtp1.authMethod\", {});\n\
             user_pref(\"mail.smtpserver.smtp1.hostname\", \"{}\");\n\
             user_pref(\"mail.smtpserver.smtp1.port\", {});\n\
             user_pref(\"mail.smtpserver.smtp1.try_ssl\", {});\n\
             user_pref(\"mail.smtpserver.smtp1.username\", \"{}\");\n\
             user_pref(\"mail.smtpservers\", \"smtp1\");\n",
            method_number(i.authentication),
            i.host,
            i.port,
            if self.write_security { security.as_str() } else { "" },
            i.username,
            method_number(o.authentication),
            o.host,
            o.port,
            security_number(o.security),
            o.username,
            address = self.address,
        )
    }

    fn profile(&self) -> String {
        let (i, o) = (&self.incoming, &self.outgoing);
        let kind = if i.protocol == Protocol::Imap { "EmailTypeIMAP" } else { "EmailTypePOP" };
        let mut keys = vec![
            ("EmailAccountType", text(kind)),
            ("EmailAddress", text(&self.address)),
            ("IncomingMailServerAuthentication", text(method_name(i.authentication))),
            ("IncomingMailServerHostName", text(&i.host)),
            ("IncomingMailServerPortNumber", format!("<integer>{}</integer>", i.port)),
        ];
        if self.write_security {
            keys.push(("IncomingMailServerUseSSL", format!("<{}/>", i.security != Security::None)));
        }
        keys.extend([
            ("IncomingMailServerUsername", text(&i.username)),
            ("OutgoingMailServerAuthentication", text(method_name(o.authentication))),
            ("OutgoingMailServerHostName", text(&o.host)),
            ("OutgoingMailServerPortNumber", format!("<integer>{}</integer>", o.port)),
            ("OutgoingMailServerUseSSL", format!("<{}/>", o.security != Security::None)),
            ("OutgoingMailServerUsername", text(&o.username)),
            ("OutgoingPasswordSameAsIncomingPassword", "<true/>".to_owned()),
            ("PayloadIdentifier", text("jp.example.profile.mail")),
            ("PayloadType", text("com.apple.mail.managed")),
            ("PayloadUUID", text("6A7B0C10-0000-4000-8000-000000000001")),
            ("PayloadVersion", "<integer>1</integer>".to_owned()),
        ]);
        let keys: String = keys.iter().map(|(key, value)| format!("\t\t\t<key>{key}</key>\n\t\t\t{value}\n")).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
             \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n\t<key>PayloadContent</key>\n\
             \t<array>\n\t\t<dict>\n{keys}\t\t</dict>\n\t</array>\n\t<key>PayloadDisplayName</key>\n\t<string>Mail</string>\n\
             \t<key>PayloadIdentifier</key>\n\t<string>jp.example.profile</string>\n\t<key>PayloadScope</key>\n\t<string>User</string>\n\
             \t<key>PayloadType</key>\n\t<string>Configuration</string>\n\t<key>PayloadUUID</key>\n\
             \t<string>9F1D0C10-0000-4000-8000-000000000002</string>\n\t<key>PayloadVersion</key>\n\t<integer>1</integer>\n</dict>\n</plist>\n"
        )
    }
}

fn text(value: &str) -> String {
    format!("<string>{value}</string>")
}

fn security_number(security: Security) -> u8 {
    match security {
        Security::None => 0,
        Security::StartTls => 2,
        Security::Tls => 3,
    }
}

fn method_number(way: Authentication) -> u8 {
    match way {
        Authentication::None => 1,
        Authentication::Password => 3,
        Authentication::Encrypted => 4,
        Authentication::Kerberos => 5,
        Authentication::Ntlm => 6,
        Authentication::Certificate => 7,
        Authentication::Any => 9,
        Authentication::Oauth2 => 10,
    }
}

fn method_name(way: Authentication) -> &'static str {
    match way {
        Authentication::None => "EmailAuthNone",
        Authentication::Encrypted => "EmailAuthCRAMMD5",
        Authentication::Ntlm => "EmailAuthNTLM",
        _ => "EmailAuthPassword",
    }
}
