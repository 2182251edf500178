//! Chains of certificates that OpenSSL made (`fixtures/make.sh`): which lead to a root, and where the others end; and the options and
//! the table of `mailcfg.toml` that name the roots.

#![allow(clippy::unwrap_used, reason = "what goes wrong in a helper is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mailcfg::certificate::{Break, Certificate, Roots, Trust, trust};
use mailcfg::clients;
use mailcfg::date::Date;
use mailcfg::document::{Seen, Signature};
use mailcfg::source::Source;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chains")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn roots(name: &str) -> Roots {
    Roots::read(&fixture(name)).unwrap()
}

fn signature(name: &str) -> Signature {
    let source = Source::new(name, fixture(name));
    let document = clients::find("mobileconfig").unwrap().read(vec![source]);
    let seen = document.observations.into_iter().find_map(|observation| match observation.seen {
        Seen::Signature(signature) => Some(signature),
        _ => None,
    });
    seen.unwrap()
}

fn judged(name: &str, roots: &Roots, today: Date) -> Trust {
    let signature = signature(&format!("{name}.mobileconfig"));
    let signer = signature.signers[0].certificate.clone().unwrap();
    trust(&signer, &signature.certificates, roots, today)
}

const TODAY: Date = Date::new(2026, 11, 24);

#[test]
fn a_chain_leads_to_a_root_or_says_where_it_ends() {
    let text = str::to_owned;
    let (signing, root) = (|| text("Example Signing CA"), || text("Example Root"));
    for (name, file, expected) in [
        ("whole", "root.pem", None),
        ("with-root", "root.pem", None),
        ("alone", "alone.pem", None),
        ("no-intermediate", "root.pem", Some(Break::Missing { issuer: signing(), of: text("Example IT") })),
        ("whole", "other-root.pem", Some(Break::Missing { issuer: root(), of: signing() })),
        ("with-root", "other-root.pem", Some(Break::OtherRoot { subject: root() })),
        ("alone", "root.pem", Some(Break::OtherRoot { subject: text("Example Alone") })),
        ("too-long", "root.pem", Some(Break::TooLong { subject: signing(), limit: 0 })),
        ("expired", "root.pem", Some(Break::Expired { subject: text("Old Signing CA"), until: Date::new(2025, 1, 1) })),
        (
            "no-authority",
            "root.pem",
            Some(Break::NoAuthority { subject: text("mail.example.jp"), of: text("Other IT") }),
        ),
        (
            "not-for-certificates",
            "root.pem",
            Some(Break::NotForCertificates { subject: text("Web CA"), of: text("Web IT") }),
        ),
        ("not-for-signatures", "root.pem", Some(Break::NotForSignatures { subject: text("Example Mail") })),
    ] {
        let expected = expected.map_or(Trust::Rooted, Trust::Broken);
        assert_eq!(judged(name, &roots(file), TODAY), expected, "{name} {file}");
    }
}

#[test]
fn dates_hold_on_their_last_day_and_not_on_the_next() {
    let root = roots("root.pem");
    let signing = || "Example Signing CA".to_owned();
    assert_eq!(judged("whole", &root, Date::new(2035, 1, 1)), Trust::Rooted);
    let expired = Break::Expired { subject: signing(), until: Date::new(2035, 1, 1) };
    assert_eq!(judged("whole", &root, Date::new(2035, 1, 2)), Trust::Broken(expired));
    let early = Break::NotYet { subject: signing(), from: Date::new(2025, 1, 1) };
    assert_eq!(judged("whole", &root, Date::new(2024, 12, 31)), Trust::Broken(early));
}

#[test]
fn several_roots_are_one_set_and_the_intermediate_may_be_among_them() {
    let (right, wrong) = (roots("root.pem"), roots("other-root.pem"));
    assert_eq!(judged("whole", &wrong.and(&right), TODAY), Trust::Rooted);
    let middle = signature("whole.mobileconfig").certificates;
    let middle = middle.into_iter().filter(|one| one.subject() == "Example Signing CA").collect::<Vec<_>>();
    assert_eq!(judged("no-intermediate", &Roots::of(middle), TODAY), Trust::Rooted);
}

fn der(name: &str) -> Vec<u8> {
    let pem = String::from_utf8(fixture(name)).unwrap();
    let packed: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(packed).unwrap()
}

/// An authority that changed its key keeps its name. No signature is looked at in a root.
#[test]
fn a_certificate_of_the_same_name_with_another_key_is_not_taken_for_the_issuer() {
    // The point of a key on P-256 begins with its length, a byte for the unused bits, and the form.
    let key = |der: &[u8]| {
        let at = memchr::memmem::find(der, &[0x03, 0x42, 0x00, 0x04]).unwrap() + 4;
        der[at..at + 64].to_vec()
    };
    let mut rekeyed = der("root.pem");
    let (old, new) = (key(&rekeyed), key(&der("other-root.pem")));
    let at = memchr::memmem::find(&rekeyed, &old).unwrap();
    rekeyed[at..at + new.len()].copy_from_slice(&new);
    let other = Roots::of(vec![Certificate::read(&rekeyed).unwrap()]);
    let expected = Break::OtherKey { issuer: "Example Root".into(), of: "Example Signing CA".into() };
    assert_eq!(judged("whole", &other, TODAY), Trust::Broken(expected));
    assert_eq!(judged("whole", &other.and(&roots("root.pem")), TODAY), Trust::Rooted);
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailcfg"));
    command.current_dir(folder).args(["--today", "2026-11-24"]).args(args);
    for name in ["CLICOLOR_FORCE", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env_remove(name);
    }
    command.env("HOME", folder).env("LC_ALL", "C").env("NO_COLOR", "1").output().unwrap()
}

/// The messages of `untrusted-signature`, and the exit status.
fn messages(folder: &Path, args: &[&str]) -> (Vec<String>, i32) {
    let output = run(folder, &[&["lint", "--format", "json"], args].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let findings = report["findings"].as_array().unwrap().iter();
    let own = findings.filter(|finding| finding["rule"] == "untrusted-signature");
    (own.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect(), output.status.code().unwrap())
}

const MISSING: &str = "the certificate of Example Signing CA is missing, which issued that of Example IT";

#[test]
fn chains_are_looked_at_only_where_roots_are_named() {
    let here = folder();
    assert_eq!(messages(&here, &["no-intermediate.mobileconfig"]).0, [""; 0]);
    let asked = ["--roots", "root.pem", "--fail-on", "warning"];
    let (found, status) = messages(&here, &[&asked[..], &["no-intermediate.mobileconfig"]].concat());
    assert_eq!((found, status), (vec![MISSING.to_owned()], 1));
    assert_eq!(messages(&here, &[&asked[..], &["whole.mobileconfig"]].concat()), (Vec::new(), 0));
    let both = ["--roots", "other-root.pem", "--roots", "root.pem", "whole.mobileconfig"];
    assert_eq!(messages(&here, &both).0, [""; 0]);
}

#[test]
fn mailcfg_toml_names_roots_relative_to_itself_and_the_option_sets_them_aside() {
    let work = tempfile::tempdir().unwrap();
    let at = |name: &str| work.path().join(name);
    fs::create_dir_all(at("profiles/ca")).unwrap();
    fs::write(at("profiles/mailcfg.toml"), "[signatures]\nroots = [\"ca/root.pem\"]\n").unwrap();
    fs::write(at("profiles/ca/root.pem"), fixture("root.pem")).unwrap();
    fs::write(at("profiles/ca/other-root.pem"), fixture("other-root.pem")).unwrap();
    fs::write(at("profiles/mail.mobileconfig"), fixture("no-intermediate.mobileconfig")).unwrap();
    fs::write(at("outside.mobileconfig"), fixture("no-intermediate.mobileconfig")).unwrap();
    assert_eq!(messages(work.path(), &["."]).0, [MISSING], "what lies outside is under no configuration");
    fs::write(at("profiles/mail.mobileconfig"), fixture("whole.mobileconfig")).unwrap();
    assert_eq!(messages(work.path(), &["profiles"]).0, [""; 0]);
    assert_eq!(messages(work.path(), &["--roots", "profiles/ca/other-root.pem", "profiles"]).0.len(), 1);
    assert_eq!(messages(work.path(), &["--no-config", "."]).0, [""; 0]);
}

#[test]
fn a_bad_file_of_roots_ends_the_run_with_path_line_and_what_to_do() {
    let work = tempfile::tempdir().unwrap();
    let at = |name: &str| work.path().join(name);
    fs::write(at("mail.mobileconfig"), fixture("whole.mobileconfig")).unwrap();
    let pem = String::from_utf8(fixture("root.pem")).unwrap();
    fs::write(at("cut.pem"), format!("Example Root\n{}", pem.replacen("MII", "M!I", 1))).unwrap();
    fs::write(at("key.pem"), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n").unwrap();
    fs::write(at("root.cer"), der("root.pem")).unwrap();
    for (file, said) in [
        (
            "cut.pem",
            "cut.pem, line 2: the certificate that begins here is damaged: it is no base64; export it again as PEM",
        ),
        ("key.pem", "key.pem: it holds no certificate; name a PEM file with -----BEGIN CERTIFICATE----- in it"),
        (
            "root.cer",
            "root.cer: it is not PEM but DER; `openssl x509 -inform DER -in FILE -out FILE.pem` makes PEM of it",
        ),
        ("absent.pem", "absent.pem cannot be read: there is no such file or folder"),
        (".", ". cannot be read: it is not a regular file"),
    ] {
        let output = run(work.path(), &["lint", "--roots", file, "mail.mobileconfig"]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(output.stdout.is_empty(), "{file}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(stderr, format!("mailcfg: {said}\n"));
        assert!(!stderr.contains("c2VjcmV0"));
    }
    fs::write(at("mailcfg.toml"), "[signatures]\nroots = [\"cut.pem\"]\n").unwrap();
    let output = run(work.path(), &["lint", "mail.mobileconfig"]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("the roots that mailcfg.toml names cannot be read: "), "{stderr}");
    assert!(stderr.contains("cut.pem, line 2: "), "{stderr}");
    assert_eq!(output.status.code(), Some(2));
}
