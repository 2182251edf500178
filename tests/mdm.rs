//! Variables of management systems in configuration profiles: the table in the documentation, and that no fix loses one.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

mod fixture;

use std::fmt::Write as _;

use mailcfg::config::{self, Controls};
use mailcfg::finding::{Applicability, Finding};
use mailcfg::fix::fix_all;
use mailcfg::lint::{Input, Options, lint, read};
use mailcfg::mdm::{Class, Of, PRODUCTS, Product, Sureness, placeholders};
use mailcfg::source::Source;

fn class(class: Class) -> &'static str {
    match class {
        Class::Address(Of::Mail) => "the address",
        Class::Address(Of::SignIn) => "the name to sign in with, an address",
        Class::LocalPart(Of::Mail) => "the address, before the `@`",
        Class::LocalPart(Of::SignIn) => "the name to sign in with, before the `@`",
        Class::Domain(_) => "the domain of the address",
        Class::Login => "a user name, form not known",
        Class::Name => "the full name",
        Class::Secret => "a password",
        Class::Other => "other",
    }
}

fn row(product: &Product) -> String {
    let sureness = match product.sureness {
        Sureness::Documented => "the maker's pages",
        Sureness::Reported => "a list by others",
        Sureness::ShapeOnly => "by shape only",
    };
    let others = if product.is_complete { "reported" } else { "taken" };
    let known: Vec<_> = product.variables.iter().filter(|(_, class)| *class != Class::Other).collect();
    let known: Vec<_> =
        known.iter().map(|(name, of)| format!("`{}` {}", product.shapes[0].around(name), class(*of))).collect();
    let shapes: Vec<_> = product.shapes.iter().map(|shape| format!("`{}`", shape.around("name"))).collect();
    let source = if product.source.is_empty() { "none found" } else { product.source };
    let (id, title) = (product.id, product.title);
    let known = if id == "other" { "by their names".to_owned() } else { known.join("; ") };
    let shapes = shapes.join(" ");
    format!("| `{id}` | {title} | {shapes} | {known} | {others} | {sureness} | {source} |\n")
}

/// `SNAPSHOTS=overwrite cargo test --test mdm` writes it anew.
#[test]
fn the_table_in_docs_is_that_of_the_products() {
    let path = fixture::root().with_file_name("docs").join("mdm.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- systems: written by a test -->\n", "\n<!-- end of systems -->\n");
    let (before, rest) = page.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let mut table = String::from(
        "\n| `--mdm` | system | signs | variables with a meaning for mail | other names | how sure | where it is written |\n\
         |---|---|---|---|---|---|---|\n",
    );
    PRODUCTS.iter().for_each(|product| table.push_str(&row(product)));
    let text = format!("{before}{begin}{table}{end}{after}");
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(text, snapbox::Data::read_from(&path, Some(snapbox::data::DataFormat::Text)).raw());
}

fn under(mdm: &str) -> Options {
    let text = if mdm.is_empty() { String::new() } else { format!("mdm = [\"{mdm}\"]") };
    let policy = config::read(&Source::new("mailcfg.toml", text.as_bytes())).unwrap().policy;
    Options { controls: Controls::one(policy), ..fixture::options() }
}

struct Profile<'a> {
    address: &'a str,
    user: &'a str,
    hosts: (&'a str, &'a str),
    password: &'a str,
    more: &'a str,
}

impl Profile<'_> {
    fn text(&self) -> String {
        let mut text = String::from(
            "<plist version=\"1.0\">\n<dict>\n<key>PayloadType</key>\n<string>com.apple.mail.managed</string>\n",
        );
        for (key, value) in [
            ("PayloadVersion", "<integer>1</integer>".to_owned()),
            ("PayloadIdentifier", "<string>jp.example.mail</string>".to_owned()),
            ("PayloadUUID", "<string>7C1D0C10-0000-4000-8000-000000000001</string>".to_owned()),
            ("EmailAccountType", "<string>EmailTypeIMAP</string>".to_owned()),
            ("EmailAddress", format!("<string>{}</string>", self.address)),
            ("IncomingMailServerAuthentication", "<string>EmailAuthPassword</string>".to_owned()),
            ("IncomingMailServerHostName", format!("<string>{}</string>", self.hosts.0)),
            ("IncomingMailServerPortNumber", "<integer>143</integer>".to_owned()),
            ("IncomingMailServerUseSSL", "<false/>".to_owned()),
            ("IncomingMailServerUsername", format!("<string>{}</string>", self.user)),
            ("IncomingPassword", format!("<string>{}</string>", self.password)),
            ("OutgoingMailServerAuthentication", "<string>EmailAuthNone</string>".to_owned()),
            ("OutgoingMailServerHostName", format!("<string>{}</string>", self.hosts.1)),
            ("OutgoingMailServerPortNumber", "<integer>25</integer>".to_owned()),
            ("OutgoingMailServerUsername", format!("<string>{}</string>", self.user)),
        ] {
            let _ = writeln!(text, "<key>{key}</key>\n{value}");
        }
        text + self.more + "</dict>\n</plist>\n"
    }

    fn input(&self) -> Input {
        let client = mailcfg::clients::find("mobileconfig").unwrap();
        fixture::in_memory(client, "mail.mobileconfig", self.text())
    }
}

fn variables_in(text: &str) -> Vec<String> {
    let mut found: Vec<String> = placeholders(text).iter().map(|found| found.text.to_owned()).collect();
    found.sort();
    found
}

/// Every variable with a meaning for mail, in every product's signs, in values with every kind of fault: whatever may be mended
/// is mended, and each variable is still there.
#[test]
fn no_fix_loses_a_variable() {
    let (mut changed, mut tried) = (0, 0);
    for product in PRODUCTS.iter().filter(|product| product.id != "other") {
        for (name, _) in product.variables.iter().filter(|(_, class)| *class != Class::Other) {
            let variable = product.shapes[0].around(name);
            for (address, user, hosts) in [
                (format!(" {variable} "), format!("{variable}\u{3000}"), ("imap.gmail.com", "smtp.gmail.com")),
                (format!("{variable}＠gmail.com"), variable.clone(), ("imap.gmail.com ", "smtp.gmail.com:465")),
                (
                    format!("{variable}@example.jp"),
                    format!("{variable}@gmail.com"),
                    ("imap.gmial.com", "smtp.gmail.com"),
                ),
                (variable.clone(), variable.clone(), ("pop.mail.yahoo.co.jp", "smtp.mail.yahoo.co.jp")),
                (variable.clone(), format!("ｔ{variable}"), ("outlook.office365.com", "smtp.office365.com")),
            ] {
                let profile = Profile { address: &address, user: &user, hosts, password: &variable, more: "" };
                let hosted = format!("https://{variable}:993/ ");
                let in_host =
                    Profile { address: &address, user: &user, hosts: (&hosted, &hosted), password: "", more: "" };
                for (profile, mdm) in [(&profile, ""), (&profile, product.id), (&in_host, ""), (&in_host, product.id)] {
                    let (input, options) = (profile.input(), under(mdm));
                    let document = read(&input);
                    let before = variables_in(&profile.text());
                    let fixed = fix_all(&[document], &[input.client], Applicability::Unsafe, &options).remove(0);
                    let after = String::from_utf8(fixed.after[0].bytes().to_vec()).unwrap();
                    assert!(fixed.reverted.is_none(), "{after}");
                    assert!(
                        before.iter().all(|variable| variables_in(&after).contains(variable)),
                        "{before:?}\n{after}"
                    );
                    assert!(variables_in(&after).len() >= before.len(), "{before:?}\n{after}");
                    let stand_in = |text: &str| text.contains(".placeholder") || text.contains("localpart");
                    assert!(!stand_in(&after), "{after}");
                    (tried, changed) = (tried + 1, changed + usize::from(fixed.is_changed()));
                }
            }
        }
    }
    assert!(tried > 500 && changed * 2 > tried, "{changed} of {tried} changed");
}

/// What stands in for a variable is nothing that people know.
#[test]
fn reports_name_the_variable_and_not_what_stands_in_for_it() {
    for user in ["$EMAIL_PREFIX", "$EMAIL", "$FULL_NAME", "$USERNAME@gmail.com", "$EMAIL_PREFIX@example.jp"] {
        let hosts = ("imap.gmial.com", "smtp.gmail.com");
        let profile = Profile { address: "$EMAIL", user, hosts, password: "$EMAIL", more: "" };
        for mdm in ["", "kandji", "intune"] {
            let report = lint(&[profile.input()], &under(mdm));
            let account = &report.files[0].accounts[0];
            assert_eq!(
                account.address.as_deref().map(|address| address.replace("••••", "$EMAIL")).as_deref(),
                Some("$EMAIL")
            );
            assert!(!report.findings.is_empty());
            for finding in &report.findings {
                let said = format!("{finding:?}");
                let is_shown = ["localpart", ".placeholder", "姓名"].iter().find(|text| said.contains(*text));
                assert_eq!(is_shown, None, "{said}");
            }
        }
    }
}

fn found(profile: &Profile<'_>, mdm: &str) -> Vec<(&'static str, String)> {
    let report = lint(&[profile.input()], &under(mdm));
    let told = |finding: &Finding| (finding.rule, finding.severity.name().to_owned());
    let rules = [
        "unresolved-variable",
        "username-not-full-address",
        "invalid-address",
        "secret-in-file",
        "person-name-as-username",
    ];
    report.findings.iter().filter(|finding| rules.contains(&finding.rule)).map(told).collect()
}

/// Address, user name, password, system, what is said of them.
#[test]
fn variables_are_judged_by_what_they_come_to() {
    for (address, user, password, mdm, expected) in [
        ("$EMAIL", "$EMAIL", "", "", "warning unresolved-variable"),
        ("$EMAIL", "$EMAIL", "", "jamf", ""),
        ("$EMAIL", "$USERNAME", "", "jamf", ""),
        ("$EMAIL", "$USERNAME@gmail.com", "", "jamf", ""),
        ("$EMAIL", "$FULLNAME", "", "jamf", "warning person-name-as-username, warning username-not-full-address"),
        ("$FULLNAME", "$EMAIL", "", "jamf", "error invalid-address"),
        ("$EMIAL", "$EMAIL", "", "jamf", "warning unresolved-variable"),
        ("$EMIAL", "$EMAIL", "", "kandji", "error unresolved-variable"),
        ("{{mail}}", "$EMAIL", "", "jamf", "warning unresolved-variable"),
        ("{{mail}}", "{{mail}}", "", "other", ""),
        ("{{mail}}", "{{userprincipalname}}", "", "intune", ""),
        ("{{mail}}", "{{partialupn}}", "", "intune", "warning username-not-full-address"),
        ("$EMAIL", "$EMAIL_PREFIX", "", "kandji", "warning username-not-full-address"),
        ("$EMAIL_PREFIX@gmail.com", "$EMAIL_PREFIX", "", "kandji", ""),
        ("%Email%", "%Email%", "%Password%", "jamf-school", ""),
        ("%Email%", "%Email%", "%Pasword%", "jamf-school", "error unresolved-variable"),
        ("%Email%", "%Email%", "100%sesam%", "jamf-school", "error secret-in-file"),
    ] {
        let hosts = ("imap.gmail.com", "smtp.gmail.com");
        let profile = Profile { address, user, hosts, password, more: "" };
        let mut said: Vec<String> =
            found(&profile, mdm).iter().map(|(rule, level)| format!("{level} {rule}")).collect();
        said.sort();
        assert_eq!(said.join(", "), expected, "{address} {user} {mdm}");
    }
}
