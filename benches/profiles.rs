//! How long it takes to judge 20,000 Thunderbird profiles, from their bytes to JSON: the figures of `docs/quality.md`.
//!
//! `cargo bench --bench profiles` measures inside of one process. `cargo bench --bench profiles -- --write DIR` writes the
//! same profiles as files, for `time mailcfg lint DIR --format json`.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput};
use mailcfg::clients;
use mailcfg::date::Date;
use mailcfg::lint::{Input, Options, lint};
use mailcfg::provider::Providers;
use mailcfg::report::{self, Style};
use mailcfg::source::Source;

const PROFILES: usize = 20_000;
/// What a profile holds besides mail: so many other preferences of usual length.
const OTHER_PREFERENCES: usize = 30;

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--write");
    match (arguments.next(), arguments.next()) {
        (Some(_), Some(folder)) => write(Path::new(&folder)),
        _ => measure(&mut Criterion::default().configure_from_args().sample_size(10)),
    }
}

fn measure(criterion: &mut Criterion) {
    let texts: Vec<Vec<u8>> = (0..PROFILES).map(|number| profile(number).into_bytes()).collect();
    let options = Options::new(Providers::embedded(), Date::new(2026, 11, 24));
    let mut group = criterion.benchmark_group("lint");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("20000-profiles-to-json", |bencher| {
        let run = |inputs: Vec<Input>| black_box(report::json(&lint(&inputs, &options), &Style::default())).len();
        bencher.iter_batched(|| inputs(&texts), run, BatchSize::PerIteration);
    });
    group.finish();
}

fn inputs(texts: &[Vec<u8>]) -> Vec<Input> {
    let client = clients::find("thunderbird").expect("Thunderbird is a client");
    let input = |(number, text): (usize, &Vec<u8>)| Input {
        client,
        sources: vec![Source::new(place(Path::new("profiles"), number), text.as_slice())],
        named: true,
        observed: Vec::new(),
    };
    texts.iter().enumerate().map(input).collect()
}

fn place(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("p{number:05}")).join("prefs.js")
}

/// Writes every profile into a folder of its own.
fn write(folder: &Path) {
    for number in 0..PROFILES {
        let path = place(folder, number);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(&path, profile(number)).expect("the file can be written");
    }
}

/// The preferences of one person: one or two mailboxes at a provider, one in eight with a fault.
fn profile(number: usize) -> String {
    let providers = Providers::embedded();
    let own: Vec<_> = providers.iter().filter(|provider| provider.servers.len() > 1).collect();
    let mut out = String::from("// Mozilla User Preferences\n\n");
    for other in 0..OTHER_PREFERENCES {
        let _ = writeln!(
            out,
            "user_pref(\"extensions.example{other}.last_used.profile{number}\", \"{:032x}\");",
            number * 7919 + other
        );
    }
    let accounts = 1 + number % 2;
    let list = |name: &str| (1..=accounts).map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(",");
    let _ = writeln!(out, "user_pref(\"mail.accountmanager.accounts\", \"{}\");", list("account"));
    let _ = writeln!(out, "user_pref(\"mail.smtpservers\", \"{}\");", list("smtp"));
    for account in 1..=accounts {
        let provider = own[(number * 31 + account) % own.len()];
        let host = |incoming: bool| {
            let set = provider.servers.iter().find(|set| set.protocol.is_access() == incoming && set.is_usable());
            set.map_or_else(|| "mail.example.jp".to_owned(), |set| set.host.replace('*', "abc1"))
        };
        let domain =
            provider.domains.first().map_or_else(|| "example.jp".to_owned(), |domain| domain.replace('*', "abc1"));
        let security = if number.is_multiple_of(8) { 2 } else { 3 };
        out.push_str(&mailbox(account, &format!("user{number}@{domain}"), [&host(true), &host(false)], security));
    }
    out
}

fn mailbox(n: usize, address: &str, [incoming, outgoing]: [&str; 2], security: u8) -> String {
    format!(
        "user_pref(\"mail.account.account{n}.identities\", \"id{n}\");\n\
         user_pref(\"mail.account.account{n}.server\", \"server{n}\");\n\
         user_pref(\"mail.identity.id{n}.fullName\", \"Taro Yamada\");\n\
         user_pref(\"mail.identity.id{n}.smtpServer\", \"smtp{n}\");\n\
         user_pref(\"mail.identity.id{n}.useremail\", \"{address}\");\n\
         user_pref(\"mail.server.server{n}.hostname\", \"{incoming}\");\n\
         user_pref(\"mail.server.server{n}.port\", 993);\n\
         user_pref(\"mail.server.server{n}.socketType\", {security});\n\
         user_pref(\"mail.server.server{n}.type\", \"imap\");\n\
         user_pref(\"mail.server.server{n}.userName\", \"{address}\");\n\
         user_pref(\"mail.smtpserver.smtp{n}.authMethod\", 3);\n\
         user_pref(\"mail.smtpserver.smtp{n}.hostname\", \"{outgoing}\");\n\
         user_pref(\"mail.smtpserver.smtp{n}.port\", 465);\n\
         user_pref(\"mail.smtpserver.smtp{n}.try_ssl\", 3);\n\
         user_pref(\"mail.smtpserver.smtp{n}.username\", \"{address}\");\n"
    )
}
