//! `antivirus-proxy-leftover`: an account that goes through a virus scanner on this computer, as was usual once.

use super::{Context, Fixes, Group, Rule};
use crate::account::{Reach, host_reach};
use crate::finding::{Confidence, Finding, Severity};
use crate::message;

pub(super) const RULE: Rule = Rule {
    name: "antivirus-proxy-leftover",
    group: Group::Host,
    severity: Severity::Info,
    fixes: Fixes::Never,
    summary: "The account goes through a virus scanner that put itself in the way",
    page: include_str!("antivirus_proxy_leftover.md"),
    check,
};

/// How the host of a mail server begins; in user names of bridges other things follow such a sign.
const BEGINNINGS: [&str; 6] = ["pop", "pop3", "imap", "mail", "smtp", "mbox"];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for view in cx.servers() {
        let server = view.server;
        if server.reach() != Reach::Loopback {
            continue;
        }
        let Some((user, host)) = user_and_host(&server.username.value) else { continue };
        let is_known = !cx.providers.for_host(&host).is_empty();
        let is_mail = host.split('.').next().is_some_and(|first| BEGINNINGS.contains(&first));
        if !is_known && !is_mail {
            continue;
        }
        let what = message!(
            "mail goes through a program on this computer, and the real server {host} stands in the user name",
            host = host
        );
        out.push(
            RULE.at(&server.username, what)
                .on(&view.account.id)
                .because("older virus scanners and spam filters changed accounts in this way; when the program is removed nothing answers any more, and while it runs it may fetch the mail without encryption")
                .help(message!("if mail does not arrive, enter {host} as the server and {user} as the user name, with the port and the encryption that the provider names", host = host, user = user))
                .found(&server.username.value)
                // While the filter runs the mailbox works, and the file cannot tell.
                .graded(Severity::Info, Confidence::Medium),
        );
    }
}

/// `taro#pop.example.jp`, `taro/pop.example.jp`: the user name and a host of the public internet.
fn user_and_host(username: &str) -> Option<(&str, String)> {
    let (user, host) = username.trim().rsplit_once(['#', '/'])?;
    let host = host.to_ascii_lowercase();
    let is_host = host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    (!user.is_empty() && is_host && host_reach(&host) == Reach::Public).then_some((user, host))
}

#[cfg(test)]
mod tests {
    use super::user_and_host;

    #[test]
    fn only_a_public_host_behind_the_sign_is_one() {
        for (username, expected) in [
            ("taro#pop.example.jp", Some(("taro", "pop.example.jp"))),
            ("taro@example.jp/POP.example.jp", Some(("taro@example.jp", "pop.example.jp"))),
            ("taro@example.jp", None),
            ("company\\taro/info@example.jp", None),
            ("taro/10.0.0.1", None),
            ("#pop.example.jp", None),
            ("taro/shared", None),
        ] {
            let expected = expected.map(|(user, host)| (user, host.to_owned()));
            assert_eq!(user_and_host(username), expected, "{username}");
        }
    }
}
