//! What a mail program asks for after its settings were mended: a password, a sign-in in the browser, or nothing.
//!
//! People meet the question minutes later and do not know which password is meant. Only what is known is said: of the program from
//! how it keeps passwords, of the provider from its file. Thunderbird keeps a password by protocol, host and user name, so that another port,
//! encryption or way to sign in leaves it valid; an OAuth token outlives a change of the host.
//!
//! Not here: finding out which password is wrong (`doctor`), printing (`report`).

use crate::account::{Account, Authentication, Server};
use crate::clients::Info;
use crate::document::{Document, Seen};
use crate::finding::Message;
use crate::message;
use crate::provider::{Grade, MatchLevel, Password, PasswordKind, Provider, Providers};

/// What will be asked once the changes from `before` to `after`, two states of one document of `client`, are on the disk.
pub fn afterwards(client: &Info, before: &Document, after: &Document, providers: &Providers) -> Vec<Message> {
    let asked = asked(before, after, providers);
    let mut messages = match client.id {
        _ if after.is_published() => vec![message!(
            "Programs use the corrected file when they next set up an account; nobody is asked for anything now."
        )],
        "mobileconfig" => vec![message!(
            "Install the profile again: a device takes the change only then, and asks for the passwords that the profile does not hold."
        )],
        "declaration" => vec![message!(
            "Give the declarations to the management server again, each that changed with a new ServerToken: by it a device sees that there is something new."
        )],
        "thunderbird" if asked.is_empty() => {
            vec![message!("{client} asks for no password because of these changes.", client = client.title)]
        }
        _ => questions(&asked, client, before),
    };
    for secrets in [before.known_secrets(), after.known_secrets()] {
        messages.iter_mut().for_each(|message| message.rewrite(&|text| secrets.hide(text)));
    }
    messages
}

/// Every question once, with what to answer below those that have the same answer.
fn questions(asked: &[Asked<'_>], client: &Info, before: &Document) -> Vec<Message> {
    let mut groups: Vec<(Vec<Message>, Vec<Message>)> = Vec::new();
    for asked in asked {
        let (question, answer) = (asked.question(client, before), asked.answer());
        match groups.iter_mut().find(|group| group.1 == answer) {
            Some((questions, _)) if questions.contains(&question) => {}
            Some((questions, _)) => questions.push(question),
            None => groups.push((vec![question], answer)),
        }
    }
    groups.into_iter().flat_map(|(questions, answer)| questions.into_iter().chain(answer)).collect()
}

/// A server for which something will be asked.
struct Asked<'a> {
    server: &'a Server,
    way: Way,
    provider: Option<&'a Provider>,
    /// Whether the server stood in an account before, under another name or login.
    is_known: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Password,
    Browser,
}

/// Every server whose login changed, in the order of the accounts.
fn asked<'a>(before: &Document, after: &'a Document, providers: &'a Providers) -> Vec<Asked<'a>> {
    let mut all = Vec::new();
    for account in &after.accounts {
        let was = before.accounts.iter().find(|was| was.id == account.id);
        let matched = providers.match_account(account);
        let incoming = account.incoming.iter().map(|server| (server, matched.incoming));
        let outgoing = account.outgoing.iter().zip(matched.outgoing.iter().copied());
        for (server, matched) in incoming.chain(outgoing) {
            let earlier = was.and_then(|was| same_server(was, server));
            let Some(way) = way(earlier, server) else { continue };
            let provider = matched.filter(|matched| matched.level != MatchLevel::Address);
            let provider = provider.map(|matched| matched.provider);
            all.push(Asked { server, way, provider, is_known: earlier.is_some() });
        }
    }
    all
}

fn same_server<'a>(account: &'a Account, server: &Server) -> Option<&'a Server> {
    account.incoming.iter().chain(&account.outgoing).find(|was| was.id == server.id)
}

/// How somebody has to sign in anew, if at all.
fn way(was: Option<&Server>, now: &Server) -> Option<Way> {
    use Authentication::{Any, Encrypted, Ntlm, Oauth2, Password};
    let login = |server: &Server| (server.protocol.value, server.host.value.clone(), server.username.value.clone());
    let has_new_login = was.is_none_or(|was| login(was) != login(now));
    let was_in_browser = was.is_some_and(|was| was.authentication.value == Oauth2);
    let had_password = was.is_some_and(|was| matches!(was.authentication.value, Password | Any | Encrypted | Ntlm));
    match now.authentication.value {
        Oauth2 => (has_new_login || !was_in_browser).then_some(Way::Browser),
        Password | Any | Encrypted | Ntlm => (has_new_login || !had_password).then_some(Way::Password),
        Authentication::None | Authentication::Kerberos | Authentication::Certificate => None,
    }
}

impl Asked<'_> {
    fn question(&self, client: &Info, before: &Document) -> Message {
        let question = match self.way {
            Way::Browser => message!(
                "{client} opens a window in which you sign in to {host}, unless it is signed in there already. No password is typed into the program itself."
            ),
            Way::Password if self.is_surely_asked(client, before) => {
                message!("{client} will ask for the password of {host}.")
            }
            Way::Password => {
                message!("{client} will ask for the password of {host}, unless it has one saved for it already.")
            }
        };
        question.with("client", client.title).with("host", self.server.host.value.trim())
    }

    fn answer(&self) -> Vec<Message> {
        if self.way == Way::Password { answer(self.provider) } else { Vec::new() }
    }

    /// Whether it is known that no password is saved for the server: the list of saved passwords was read, none of them is for
    /// this host, and no other account had it.
    fn is_surely_asked(&self, client: &Info, before: &Document) -> bool {
        let host = &self.server.host.value;
        let is_listed = before.sources.iter().any(|source| source.file_name() == "logins.json");
        let has_saved = before.observations.iter().any(|observation| match &observation.seen {
            Seen::OrphanLogin { origin } => origin.rsplit('/').next() == Some(host),
            _ => false,
        });
        let servers = before.accounts.iter().flat_map(|account| account.incoming.iter().chain(&account.outgoing));
        let is_shared = servers.into_iter().any(|other| other.host.value == *host);
        client.id == "thunderbird" && self.is_known && is_listed && !has_saved && !is_shared
    }
}

/// What to type, as far as the provider's file says.
fn answer(provider: Option<&Provider>) -> Vec<Message> {
    let Some(provider) = provider else {
        return vec![message!("Enter the password that the provider names for mail programs.")];
    };
    let password = &provider.password;
    let is_sure = password.confidence.unwrap_or(provider.confidence) > Grade::Low;
    let kind = if is_sure { password.kind } else { PasswordKind::Unknown };
    let mut messages = vec![enter(kind, password)];
    if is_sure && password.kind_with_two_factor.is_some_and(|other| other != password.kind) {
        messages.push(message!("Once two-factor sign-in is on, it is another one."));
    }
    messages.push(message!("How to get it: mailcfg show {provider}", provider = provider.id));
    messages
}

fn enter(kind: PasswordKind, password: &Password) -> Message {
    match (kind, password.url.as_deref()) {
        (PasswordKind::AppPassword, Some(url)) => {
            message!("Enter an app password, not the password of the web page; make one at {url}", url = url)
        }
        (PasswordKind::AppPassword, None) => {
            message!("Enter an app password, not the password of the web page.")
        }
        (PasswordKind::DedicatedMailPassword, Some(url)) => message!(
            "Enter the password that the provider issues for mail programs, not that of the web page; see {url}",
            url = url
        ),
        (PasswordKind::DedicatedMailPassword, None) => {
            message!("Enter the password that the provider issues for mail programs, not that of the web page.")
        }
        (PasswordKind::MailAccountPassword, _) => {
            message!("Enter the password of the mailbox, not that of the customer page.")
        }
        (PasswordKind::LoginPassword, _) => {
            message!("Enter the password with which you sign in to the mail on the web.")
        }
        (PasswordKind::BridgePassword, _) => message!("Enter the password that the bridge program shows."),
        (PasswordKind::Company, _) => message!("Enter the password that your company names."),
        // A program that is not set to OAuth2 asks for a password, whatever the provider takes.
        (PasswordKind::Oauth, _) => {
            message!("The provider takes no password from mail programs: choose OAuth2 as the way to sign in.")
        }
        (PasswordKind::NonePossible | PasswordKind::Unknown, _) => {
            message!("Enter the password that the provider names for mail programs.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients;
    use crate::source::Source;

    /// One account of Thunderbird.
    fn prefs(host: &str, user: &str, port: u16, method: u8, smtp: &str) -> String {
        format!(
            "user_pref(\"mail.account.account1.identities\", \"id1\");\nuser_pref(\"mail.account.account1.server\", \"server1\");\n\
             user_pref(\"mail.accountmanager.accounts\", \"account1\");\nuser_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\n\
             user_pref(\"mail.identity.id1.useremail\", \"{user}\");\nuser_pref(\"mail.server.server1.authMethod\", {method});\n\
             user_pref(\"mail.server.server1.hostname\", \"{host}\");\nuser_pref(\"mail.server.server1.port\", {port});\n\
             user_pref(\"mail.server.server1.socketType\", 3);\nuser_pref(\"mail.server.server1.type\", \"imap\");\n\
             user_pref(\"mail.server.server1.userName\", \"{user}\");\nuser_pref(\"mail.smtp.defaultserver\", \"smtp1\");\n\
             user_pref(\"mail.smtpserver.smtp1.authMethod\", 10);\nuser_pref(\"mail.smtpserver.smtp1.hostname\", \"{smtp}\");\n\
             user_pref(\"mail.smtpserver.smtp1.port\", 465);\nuser_pref(\"mail.smtpserver.smtp1.try_ssl\", 3);\n\
             user_pref(\"mail.smtpserver.smtp1.username\", \"{user}\");\nuser_pref(\"mail.smtpservers\", \"smtp1\");\n"
        )
    }

    fn read(client: &str, name: &str, text: &str, logins: Option<&str>) -> Document {
        let mut sources = vec![Source::new(name, text.as_bytes())];
        sources.extend(logins.map(|logins| Source::new("logins.json", logins.as_bytes())));
        clients::find(client).unwrap().read(sources)
    }

    fn said(before: &str, after: &str, logins: Option<&str>) -> Vec<String> {
        let read = |text| read("thunderbird", "prefs.js", text, logins);
        let info = clients::find("thunderbird").unwrap().info();
        let messages = afterwards(info, &read(before), &read(after), &Providers::embedded());
        messages.iter().map(ToString::to_string).collect()
    }

    const NO_LOGINS: &str = r#"{"logins":[]}"#;
    const FOR_GMAIL: &str = r#"{"logins":[{"hostname":"imap://imap.gmail.com"}]}"#;
    const APP: &str = "Enter an app password, not the password of the web page; make one at https://myaccount.google.com/apppasswords";
    const GMAIL: &str = "How to get it: mailcfg show gmail";

    #[test]
    fn what_thunderbird_asks_follows_from_what_changed() {
        let (taro, hanako) = ("taro.yamada@gmail.com", "hanako@example.jp");
        let right = prefs("imap.gmail.com", taro, 993, 3, "smtp.gmail.com");
        let unless = "Thunderbird will ask for the password of imap.gmail.com, unless it has one saved for it already.";
        let window = |host: &str| {
            format!(
                "Thunderbird opens a window in which you sign in to {host}, unless it is signed in there already. No password is typed into the program itself."
            )
        };
        let nothing = "Thunderbird asks for no password because of these changes.";
        let misspelled = prefs("imap.gmial.com", taro, 993, 3, "smtp.gmail.com");
        for (before, after, logins, expected) in [
            (
                misspelled.clone(),
                right.clone(),
                Some(NO_LOGINS),
                vec!["Thunderbird will ask for the password of imap.gmail.com.", APP, GMAIL],
            ),
            (misspelled.clone(), right.clone(), Some(FOR_GMAIL), vec![unless, APP, GMAIL]),
            (misspelled, right.clone(), None, vec![unless, APP, GMAIL]),
            (right.replace("\"imap\"", "\"pop3\""), right.clone(), Some(NO_LOGINS), vec![unless, APP, GMAIL]),
            (prefs("imap.gmail.com", taro, 143, 3, "smtp.gmail.com"), right.clone(), Some(NO_LOGINS), vec![nothing]),
            (prefs("imap.gmail.com", taro, 993, 4, "smtp.gmail.com"), right.clone(), Some(NO_LOGINS), vec![nothing]),
            (
                right.clone(),
                prefs("imap.gmail.com", taro, 993, 10, "smtp.gmail.com"),
                Some(NO_LOGINS),
                vec![&window("imap.gmail.com")],
            ),
            (
                prefs("imap.gmail.com", taro, 993, 3, "smtp.gmail.com "),
                right,
                Some(NO_LOGINS),
                vec![&window("smtp.gmail.com")],
            ),
            (
                prefs("mail.example.jp ", hanako, 993, 3, "smtp.example.jp"),
                prefs("mail.example.jp", hanako, 993, 3, "smtp.example.jp"),
                Some(NO_LOGINS),
                vec![
                    "Thunderbird will ask for the password of mail.example.jp.",
                    "Enter the password that the provider names for mail programs.",
                ],
            ),
        ] {
            assert_eq!(said(&before, &after, logins), expected, "{before}{after}");
        }
    }

    #[test]
    fn only_what_a_provider_file_says_for_sure_is_said_of_a_password() {
        let providers = Providers::embedded();
        let first = |id: &str| answer(providers.get(id)).first().unwrap().to_string();
        for (id, expected) in [
            ("gmail", APP),
            (
                "icloud",
                "Enter an app password, not the password of the web page; make one at https://account.apple.com/",
            ),
            (
                "docomo",
                "Enter the password that the provider issues for mail programs, not that of the web page; see https://www.nttdocomo.co.jp/service/docomo_mail/security/index.html",
            ),
            ("xserver", "Enter the password of the mailbox, not that of the customer page."),
            ("outlook-com", "The provider takes no password from mail programs: choose OAuth2 as the way to sign in."),
        ] {
            assert_eq!(first(id), expected);
        }
        let mut thin = providers.get("gmail").unwrap().clone();
        thin.password.confidence = Some(Grade::Low);
        let thin: Vec<String> = answer(Some(&thin)).iter().map(ToString::to_string).collect();
        assert_eq!(thin, ["Enter the password that the provider names for mail programs.", GMAIL]);
    }

    #[test]
    fn a_file_that_is_installed_or_published_says_when_it_counts() {
        for (client, name, text, expected) in [
            ("mobileconfig", "a.mobileconfig", "<plist version=\"1.0\"><dict/></plist>", "Install the profile again: "),
            (
                "declaration",
                "mail.json",
                "{\"Type\": \"com.apple.asset.\"}",
                "Give the declarations to the management server",
            ),
            (
                "autoconfig",
                "config-v1.1.xml",
                "<clientConfig/>",
                "Programs use the corrected file when they next set up",
            ),
        ] {
            let document = read(client, name, text, None);
            let info = clients::find(client).unwrap().info();
            let messages = afterwards(info, &document, &document, &Providers::embedded());
            assert_eq!(messages.len(), 1);
            assert!(messages[0].to_string().starts_with(expected), "{messages:?}");
        }
        let nothing = read("apple-mail", "Accounts.plist", "<plist version=\"1.0\"><dict/></plist>", None);
        let info = clients::find("apple-mail").unwrap().info();
        assert_eq!(afterwards(info, &nothing, &nothing, &Providers::embedded()), [], "it may keep passwords by port");
    }
}
