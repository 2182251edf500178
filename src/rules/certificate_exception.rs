//! `certificate-exception`: the check of certificates is switched off for a server of an account.

use super::{Context, Fixes, Group, Rule, ServerView};
use crate::document::{ProfileSeen, Seen};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "certificate-exception",
    group: Group::Security,
    severity: Severity::Warning,
    fixes: Fixes::Never,
    summary: "An exception lets a mail server show a wrong certificate",
    page: include_str!("certificate_exception.md"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let servers = cx.servers();
    for observation in cx.observations() {
        let Seen::Profile(ProfileSeen::CertificateException { host, port }) = &observation.seen else { continue };
        let concerns =
            |view: &&ServerView<'_>| view.server.host_name() == *host && view.server.port.value == i64::from(*port);
        let Some(view) = servers.iter().find(concerns) else { continue };
        let what = message!(
            "the certificate of {host}, port {port}, is accepted though it is not valid",
            host = host,
            port = port
        );
        let finding = RULE.seen(observation, what).found(&observation.key);
        let remove = "remove the exception: Settings, Privacy & Security, Manage Certificates, Servers";
        let finding = if !view.server.is_public() || cx.is_allowed(view) {
            finding
                .because("somebody confirmed it once; a server in one's own network often has a certificate of its own")
                .help("nothing, if the exception was made on purpose")
                .graded(Severity::Info, Confidence::High)
        } else if view.is_at_provider() {
            finding
                .because("a mail provider has a valid certificate: somebody on the way, mostly a virus scanner, showed another one and could read the password and the mail")
                .help(remove)
        } else {
            finding
                .because("somebody confirmed it once, for a certificate that had expired, was made by the server itself or was for another name; whoever is on the way is not noticed at the first time")
                .help("nothing, if the server has a certificate of its own and the exception was made on purpose; if it has a valid one by now, remove the exception: Settings, Privacy & Security, Manage Certificates, Servers")
                // An own server with a certificate of its own works, and only with the exception.
                .graded(Severity::Info, Confidence::Medium)
        };
        out.push(finding.on(&view.account.id));
    }
}
