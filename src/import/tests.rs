//! Tests of the import as a whole.

use proptest::prelude::*;

use super::*;
use crate::account::{Authentication, Protocol, Security};
use crate::provider::{Oauth, PasswordKind, ProviderFile, Providers, ServerSet, Status, UsernameForm, check, read};
use crate::show;

fn today() -> Date {
    Date::new(2026, 11, 24)
}

fn made(name: &str, xml: &str) -> (Provider, String) {
    let imported = import(&Source::new(name, xml.as_bytes()), today()).expect("it can be imported");
    let text = imported.file(&Style::default());
    let findings = check(&[ProviderFile { id: &imported.provider.id, bytes: text.as_bytes() }], today());
    let errors: Vec<_> =
        findings.iter().filter(|finding| finding.severity == crate::finding::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
    let read = read(&imported.provider.id, text.as_bytes()).expect("it reads back");
    assert_eq!(read, imported.provider, "{text}");
    (read, text)
}

fn refused_for(xml: &str) -> (&'static str, String, String) {
    let refused = import(&Source::new("x.xml", xml.as_bytes()), today()).expect_err("it cannot be imported");
    let finding = &refused.findings[0];
    let at = finding.location.span.map_or("", |span| xml.get(span.range()).unwrap_or_default());
    (finding.rule, at.to_owned(), finding.message.to_string())
}

/// Protocol, host, port, security, first user name form.
type Brief = (Protocol, String, u16, Security, Option<UsernameForm>);

fn brief(set: &ServerSet) -> Brief {
    (set.protocol, set.host.to_string(), set.port, set.security, set.username.first().copied())
}

fn autoconfig(servers: &str) -> String {
    format!(
        "<clientConfig version=\"1.1\">\n<emailProvider id=\"example.jp\">\n<domain>example.jp</domain>\n\
         <displayName>Example Mail</displayName>\n{servers}\n</emailProvider>\n</clientConfig>\n"
    )
}

fn server(kind: &str, host: &str, port: &str, socket: &str, username: &str) -> String {
    let direction = if kind == "smtp" { "outgoingServer" } else { "incomingServer" };
    format!(
        "<{direction} type=\"{kind}\"><hostname>{host}</hostname><port>{port}</port><socketType>{socket}</socketType>\
         <username>{username}</username><authentication>password-cleartext</authentication></{direction}>\n"
    )
}

fn pox(protocols: &str) -> String {
    format!(
        "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\">\n<Response>\n\
         <User><DisplayName>Hanako Yamada</DisplayName>\
         <AutoDiscoverSMTPAddress>hanako@example.jp</AutoDiscoverSMTPAddress></User>\n\
         <Account><AccountType>email</AccountType><Action>settings</Action>\n{protocols}\n</Account></Response></Autodiscover>"
    )
}

#[test]
fn what_show_writes_comes_back_as_the_same_sets() {
    let providers = Providers::embedded();
    let mut compared = 0;
    let domains = providers.iter().filter_map(|provider| provider.domains.iter().find(|domain| !domain.contains('*')));
    for domain in domains {
        let answer = show::resolve(domain, &[], &providers).expect("it is known");
        let Ok(xml) = show::autoconfig(&answer) else { continue };
        let (provider, text) = made("config-v1.1.xml", &xml);
        let own = Providers::with_own(vec![provider.clone()]);
        let again = show::resolve(&provider.domains[0], &[], &own).expect("it is known");
        assert_eq!(show::autoconfig(&again).expect("it can be written"), xml, "{text}");
        for set in &*provider.servers {
            let is_same = |other: &ServerSet| {
                (other.protocol, &other.host, other.port, other.security)
                    == (set.protocol, &set.host, set.port, set.security)
            };
            assert!(answer.usable_sets().into_iter().any(is_same), "{domain}: {set:?}");
        }
        compared += 1;
    }
    assert!(compared > 150, "only {compared}");
}

#[test]
fn placeholders_become_forms_of_the_user_name() {
    use UsernameForm::{FullAddress, LocalDotDomain, LocalPart};
    for (written, expected) in [
        ("%EMAILADDRESS%", Some(FullAddress)),
        ("%EMAILLOCALPART%@%EMAILDOMAIN%", Some(FullAddress)),
        ("%EMAILLOCALPART%@example.jp", Some(FullAddress)),
        ("%EMAILADDRESS", Some(FullAddress)),
        ("%EMAILLOCALPART%", Some(LocalPart)),
        ("%EMAILLOCALPART%.%EMAILDOMAIN%", Some(LocalDotDomain)),
        ("%EMAILLOCALPART%@elsewhere.example", None),
        ("%CUSTOMERNUMBER%", None),
        ("", None),
    ] {
        let (provider, text) = made("x.xml", &autoconfig(&server("imap", "imap.example.jp", "993", "SSL", written)));
        assert_eq!(provider.servers[0].username.first().copied(), expected, "{written}");
        assert_eq!(text.contains("# Not said: the user name."), expected.is_none(), "{text}");
        assert_eq!(text.contains("%CUSTOMERNUMBER% on line 5"), written == "%CUSTOMERNUMBER%", "{text}");
    }
}

#[test]
fn a_host_with_the_domain_in_it_is_one_for_each_domain() {
    let xml = autoconfig(&server("imap", "mail.%EMAILDOMAIN%", "993", "SSL", "%EMAILADDRESS%"));
    let (provider, _) = made("x.xml", &xml);
    assert_eq!(provider.servers[0].host, "mail.example.jp");
    assert!(provider.servers[0].domains.is_empty());
    let (provider, _) = made("x.xml", &xml.replace("</domain>", "</domain><domain>example.org</domain>"));
    let hosts: Vec<_> = provider.servers.iter().map(|set| (&*set.host, set.domains.join(","), set.status)).collect();
    let expected = [("mail.example.jp", "example.jp"), ("mail.example.org", "example.org")];
    assert_eq!(hosts, expected.map(|(host, domain)| (host, domain.to_owned(), Status::Preferred)));
}

#[test]
fn what_cannot_be_said_is_left_out_and_named() {
    let good = server("imap", "IMAP.example.jp", "993", "SSL", "%EMAILADDRESS%");
    for (bad, said) in [
        (server("imap", "mail.{{domain}}", "993", "SSL", "x"), "whose host is no name of a host"),
        (server("imap", "%EMAILLOCALPART%.example.jp", "993", "SSL", "x"), "whose host is no name of a host"),
        (server("imap", "imap.example.jp", "70000", "SSL", "x"), "whose port is no number from 1 to 65535"),
        (server("imap", "imap.example.jp", "0", "SSL", "x"), "whose port is no number from 1 to 65535"),
        (server("imap", "imap.example.jp", "1993", "", "x"), "whose kind of encryption the file does not say"),
        (server("ews", "ex.example.jp", "443", "SSL", "x"), "the Exchange server on line 6"),
        (server("nntp", "news.example.jp", "119", "plain", "x"), "is not of type imap, pop3 or smtp"),
        (server("imap", "imap.yourdomain.jp", "993", "SSL", "x"), "imap.yourdomain.jp is no name of a host"),
    ] {
        let (provider, text) = made("x.xml", &autoconfig(&format!("{good}{bad}")));
        let flat = text.replace("\n# ", " ");
        assert!(flat.contains(said), "{text}");
        let form = Some(UsernameForm::FullAddress);
        let expected = (Protocol::Imap, "imap.example.jp".to_owned(), 993, Security::Tls, form);
        assert_eq!(provider.servers.iter().map(brief).collect::<Vec<_>>(), [expected]);
    }
}

#[test]
fn what_is_odd_is_kept_with_a_note() {
    let (provider, _) = made("x.xml", &autoconfig(&server("pop3", "p.example.jp", "993", "SSL", "%EMAILADDRESS%")));
    assert!(provider.servers[0].note.as_ref().is_some_and(|note| note.ja.is_some()));
}

#[test]
fn what_must_be_turned_on_first_is_a_switch() {
    let server = server("imap", "imap.example.jp", "993", "SSL", "%EMAILADDRESS%");
    let enable = "<enable visiturl=\"https://mail.example.jp/settings\"><instruction lang=\"ja\">IMAP を有効にしてください。</instruction>\
                  <instruction>Turn\n IMAP on.</instruction></enable><enable/>";
    let (provider, _) = made("x.xml", &autoconfig(&format!("{server}{enable}")));
    let [switch] = &*provider.switches else { panic!("{:?}", provider.switches) };
    assert_eq!((&*switch.what.en, switch.what.ja.as_deref()), ("Turn IMAP on.", Some("IMAP を有効にしてください。")));
    assert_eq!(switch.url.as_deref(), Some("https://mail.example.jp/settings"));
}

#[test]
fn oauth_alone_means_that_no_password_is_typed() {
    let both = server("imap", "imap.example.jp", "993", "SSL", "%EMAILADDRESS%")
        .replace("password-cleartext", "OAuth2</authentication><authentication>password-cleartext");
    let alone = both.replace("</authentication><authentication>password-cleartext", "");
    for (servers, kind, oauth) in
        [(both, PasswordKind::Unknown, Oauth::Offered), (alone, PasswordKind::Oauth, Oauth::Required)]
    {
        let (provider, text) = made("x.xml", &autoconfig(&servers));
        assert_eq!((provider.password.kind, provider.password.oauth), (kind, oauth));
        assert_eq!(text.contains("# Say which password it is"), kind == PasswordKind::Unknown, "{text}");
    }
}

#[test]
fn an_answer_for_outlook_becomes_sets() {
    use Authentication::{Ntlm, Password};
    for (settings, host, port, security, authentication, form) in [
        ("<Port>993</Port><SSL>on</SSL><SPA>off</SPA>", "m", 993, Security::Tls, vec![Password], true),
        ("<SSL>on</SSL><SPA>on</SPA>", "m", 993, Security::Tls, vec![Ntlm], true),
        ("<Port>143</Port><SSL>on</SSL>", "m", 143, Security::StartTls, vec![], true),
        ("<Port>143</Port><Encryption>TLS</Encryption>", "m", 143, Security::StartTls, vec![], true),
        ("<Port>993</Port><Encryption>TLS</Encryption>", "m", 993, Security::Tls, vec![], true),
        ("<Port>993</Port><Encryption>Auto</Encryption>", "m", 993, Security::Tls, vec![], true),
        ("<Port>143</Port><Encryption>None</Encryption><SSL>on</SSL>", "m", 143, Security::None, vec![], true),
        ("<SSL>off</SSL>", "m", 143, Security::None, vec![], true),
        ("<LoginName>hanako@example.jp</LoginName>", "m", 993, Security::Tls, vec![], true),
        ("<LoginName>%EMAILADDRESS%</LoginName>", "m", 993, Security::Tls, vec![], true),
        ("<LoginName>u-8841</LoginName>", "m", 993, Security::Tls, vec![], false),
        ("<DomainRequired>on</DomainRequired>", "m", 993, Security::Tls, vec![], false),
    ] {
        let xml = pox(&format!("<Protocol><Type>imap</Type><Server>{host}.example.jp</Server>{settings}</Protocol>"));
        let (provider, text) = made("answer.xml", &xml);
        let form = form.then_some(UsernameForm::FullAddress);
        let expected = (Protocol::Imap, format!("{host}.example.jp"), port, security, form);
        assert_eq!((brief(&provider.servers[0]), &*provider.servers[0].authentication), (expected, &*authentication));
        assert_eq!((&*provider.domains[0], &*provider.id), ("example.jp", "example-jp"));
        assert!(!text.to_lowercase().contains("hanako") && !text.contains("8841"), "{text}");
    }
}

#[test]
fn prefixes_and_exchange_are_passed_over() {
    let xml = pox("<Protocol><Type>EXCH</Type><Server>ex.example.jp</Server></Protocol>\n\
         <Protocol><Type>SMTP</Type><Server>smtp.example.jp</Server><Port>587</Port><AuthRequired>off</AuthRequired></Protocol>");
    let prefixed = xml.replace("</", "</a:").replace('<', "<a:").replace("<a:/a:", "</a:");
    for xml in [xml, prefixed] {
        let (provider, text) = made("answer.xml", &xml);
        assert_eq!(*provider.servers[0].authentication, [Authentication::None]);
        assert_eq!((provider.servers.len(), provider.servers[0].security), (1, Security::StartTls));
        assert!(text.contains("Outlook finds those of Exchange"), "{text}");
    }
}

#[test]
fn what_cannot_be_imported_is_said_with_its_place() {
    let none = autoconfig("");
    let redirected = "<Autodiscover><Response><Account><Action>redirectAddr</Action>\
                      <RedirectAddr>hanako@example.org</RedirectAddr></Account></Response></Autodiscover>";
    let failed = "<Autodiscover><Response><Error><ErrorCode>600</ErrorCode></Error></Response></Autodiscover>";
    for (xml, rule, at, said) in [
        ("<plist></plist>", "unknown-format", "<plist>", "<plist> is no format that can be imported"),
        ("", "unknown-format", "", "there is nothing in it that can be imported"),
        ("<clientConfig><emailProvider>", "broken-xml", "", "this is no sound XML"),
        ("<clientConfig></clientConfig>", "no-server", "<clientConfig>", "there is no <emailProvider> in it"),
        (&none, "no-server", "<clientConfig version=\"1.1\">", "no server for IMAP, POP3 or SMTP is named"),
        (redirected, "no-server", "redirectAddr", "this answer only says where to ask instead"),
        (failed, "no-server", "<Error>", "the server answered with error 600"),
        ("<Autodiscover/>", "no-server", "<Autodiscover/>", "there are no settings in this answer"),
    ] {
        let (found, place, message) = refused_for(xml);
        assert_eq!((found, place.as_str()), (rule, at), "{xml}");
        assert!(message.starts_with(said), "{message}");
    }
}

#[test]
fn secrets_stay_where_they_are() {
    let xml = autoconfig(&server("imap", "imap.example.jp", "993", "SSL", "%EMAILADDRESS%"))
        .replace("</username>", "</username><password>hunter2</password>");
    assert!(!made("x.xml", &xml).1.contains("hunter2"));
    let refused =
        import(&Source::new("x.xml", xml.replace("imap.example", "[").as_bytes()), today()).expect_err("no host");
    assert!(!refused.secrets.is_empty());
}

proptest! {
    /// Whatever stands in a file: no crash, and what comes out is a file that `profiles check` finds no error in.
    #[test]
    fn any_damage_gives_a_sound_file_or_a_message(at in any::<prop::sample::Index>(), len in 0_usize..40, text in "[a-z<>/%&;:0-9.@{}\"é -]{0,12}") {
        let server = server("imap", "imap.%EMAILDOMAIN%", "993", "SSL", "%EMAILADDRESS%");
        for whole in [autoconfig(&server), pox("<Protocol><Type>IMAP</Type><Server>imap.example.jp</Server><Port>993</Port></Protocol>")] {
            let start = at.index(whole.len());
            let end = (start + len).min(whole.len());
            let damaged = format!("{}{text}{}", &whole[..start], &whole[end..]);
            if import(&Source::new("x.xml", damaged.as_bytes()), today()).is_ok() {
                made("x.xml", &damaged);
            }
        }
    }
}
