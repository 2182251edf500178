//! What mail servers answer.

use super::Pattern;
use crate::doctor::Cause;
use crate::provider::PasswordKind;

pub(super) const RUN_OUT: &str = "The password has run out, and the provider wants a new one.";
pub(super) const RENEW: &[&str] = &[
    "Sign in on the provider's web page and set a new password there.",
    "Then type the new one once, for receiving and for sending.",
];

pub(super) static PATTERNS: &[Pattern] = &[
    // Google
    Pattern::certain(
        "The server says: it wants an app password. The password itself was right.",
        &[Cause::WrongPasswordKind],
        stems!["application-specific password required", "p=invalidsecondfactor", "534 5.7.9", "answer/185833"],
    )
    .implies(PasswordKind::AppPassword),
    Pattern::likely(
        "Google says: it does not take this name with this password.",
        &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::UsernameForm],
        stems!["5.7.8 username and password not accepted", "p=badcredentials", "[authenticationfailed] invalid credentials (failure)"],
    )
    .todo(&["If you changed the password of the account, all app passwords became void. Make a new one."]),
    Pattern::certain(
        "The server says: sign in through the browser first. It does not trust this sign-in yet.",
        &[Cause::Locked],
        stems![
            "log in via your web browser",
            "login via your web browser",
            "web login required",
            "webalert http",
            "534 5.7.14",
            "p=webloginrequired",
        ],
    )
    .todo(&["Sign in once on the provider's web page and confirm that it was you. Then try once more."]),
    Pattern::certain(
        "The server says: too many programs are connected at the same time.",
        &[Cause::Locked],
        stems![
            "too many simultaneous connections",
            "maximum number of connections*exceeded",
            "exceeded the maximum number of connections",
            "too many connections",
            "sender thread limit exceeded",
            "同時接続数",
        ],
    )
    .todo(&["Close other programs and devices that read this mailbox. The password is right."]),
    Pattern::certain(
        "The server says: this mailbox has used up what it may transfer.",
        &[Cause::Locked],
        stems!["account exceeded command or bandwidth limits", "bandwidth limit"],
    )
    .todo(&["Wait up to 24 hours."]),
    Pattern::certain(
        "The server says: IMAP or POP is switched off for this mailbox.",
        &[Cause::ProtocolDisabled],
        stems![
            "not enabled for imap",
            "imap access is disabled",
            "enable imap for your account",
            "pop access is disabled",
            "not enabled for pop",
            "imap is disabled for",
            "imap is not enabled",
            "user does not have access rights to this service",
            "service is not enabled for this account",
        ],
    ),
    Pattern::certain(
        "The provider's sign-in has run out: the program must sign in again.",
        &[Cause::OauthRequired],
        stems!["invalid_grant", "token has been expired or revoked", "oauth2 asked for more", "token is expired"],
    )
    .todo(&["Remove the account's sign-in from the program and sign in through the browser again."]),
    // Microsoft
    Pattern::certain(
        "Microsoft says: sign-in with a password is switched off. App passwords are refused too.",
        &[Cause::OauthRequired],
        stems!["basic authentication is disabled", "basicauthblocked", "basic authentication is not supported", "550 5.7.30"],
    )
    .implies(PasswordKind::Oauth),
    Pattern::certain(
        "Microsoft says: sending by mail programs (SMTP AUTH) is switched off for this mailbox or company.",
        &[Cause::ProtocolDisabled, Cause::Policy],
        stems!["smtpclientauthentication is disabled", "smtp_auth_disabled"],
    )
    .todo(&["Ask the administrator to allow SMTP AUTH for the mailbox. Stop trying until then."]),
    Pattern::certain(
        "Microsoft says: a rule of the company refuses this sign-in.",
        &[Cause::Policy],
        stems!["security defaults policy", "conditional access", "blocked by your administrator", "federated sts", "disabled by your administrator"],
    ),
    Pattern::certain(
        "Microsoft says: the account is locked, or blocked from sending.",
        &[Cause::Locked],
        stems!["535 5.7.139*account is locked", "550 5.1.8*outbound sender", "aadsts50053"],
    ),
    Pattern::certain(
        "Microsoft says: name or password is wrong.",
        &[Cause::WrongPassword],
        stems!["535 5.7.139*credentials were incorrect", "aadsts50126"],
    ),
    Pattern::likely(
        "Microsoft says: the sign-in failed. It does not say why.",
        &[Cause::OauthRequired, Cause::WrongPassword, Cause::Policy],
        stems!["535 5.7.3 authentication unsuccessful", "535 5.7.139 authentication unsuccessful", "no login failed.", "no authenticate failed."],
    )
    .gives_way(),
    Pattern::likely(
        "Microsoft says: the sign-in worked, but the mailbox could not be opened.",
        &[Cause::ProtocolDisabled, Cause::UsernameForm],
        stems!["user is authenticated but not connected", "authenticated but not connected"],
    )
    .todo(&[
        "Do not change the password: it was right.",
        "Use the main address of the mailbox as the user name, not an alias.",
        "At Outlook.com allow devices and apps to use IMAP; at work the administrator must.",
    ]),
    Pattern::certain(
        "Microsoft says: the program did not sign in before sending.",
        &[Cause::SenderRefused],
        stems!["5.7.57*client*not authenticated", "client was not authenticated to send"],
    ),
    Pattern::likely(
        "Microsoft's sign-in page reports an error of its own.",
        &[Cause::OauthRequired, Cause::Policy],
        stems!["aadsts"],
    )
    .todo(&["Look the number behind AADSTS up at https://login.microsoftonline.com/error, or give it to the help desk."])
    .gives_way(),
    Pattern::likely(
        "The server closed the connection: mostly because the encryption of the program is too old.",
        &[Cause::TlsVersion],
        stems!["421 4.4.2*socketerror"],
    ),
    // Yahoo, AOL, iCloud
    Pattern::likely(
        "Yahoo or AOL says: it does not take this password.",
        &[Cause::WrongPasswordKind, Cause::WrongPassword],
        stems![
            "[authenticationfailed] login invalid credentials",
            "[authenticationfailed] authenticate invalid credentials",
            "invalid credentials*mail.yahoo",
        ],
    ),
    Pattern::likely(
        "Yahoo or AOL says: too many wrong tries.",
        &[Cause::Locked, Cause::WrongPasswordKind],
        stems!["#auth005"],
    ),
    Pattern::certain(
        "Yahoo or AOL says: confirm the account on its web page first.",
        &[Cause::Locked],
        stems!["#mbr1240", "#mbr1212"],
    ),
    // Japan and others with their own passwords
    Pattern::certain(
        "The server says: it wants the authorization code (授权码), not the password.",
        &[Cause::WrongPasswordKind],
        stems![
            "请使用授权码登录",
            "使用授权码",
            "authorized code to login",
            "authorization code to login",
            "using authorized code",
            "authorization code is required",
            "ÇëÊ¹ÓÃÊÚÈ¨Âë",
        ],
    )
    .implies(PasswordKind::DedicatedMailPassword)
    .todo(&["Sign in to the mail on the web, open the settings for POP3/IMAP/SMTP, and make an authorization code. Type it without blanks."]),
    Pattern::likely(
        "QQ Mail refuses the sign-in and names several possible reasons.",
        &[Cause::ProtocolDisabled, Cause::WrongPasswordKind, Cause::Locked],
        stems!["account is abnormal, service is not open", "login fail. account is abnormal"],
    ),
    Pattern::certain(
        "The server says: this program does not say who it is (IMAP ID). The password was right.",
        &[Cause::Policy],
        stems!["unsafe login", "kefu@188.com"],
    )
    .instead("The provider lets in only programs that say who they are. Name and password were right.")
    .todo(&["Use a program that identifies itself, for example Thunderbird or Outlook."]),
    Pattern::likely(
        "The server says: wrong name or password, or IMAP is switched off.",
        &[Cause::ProtocolDisabled, Cause::WrongPasswordKind, Cause::WrongPassword],
        stems!["invalid credentials or imap is disabled"],
    ),
    Pattern::certain(
        "The server says: it wants an app password.",
        &[Cause::WrongPasswordKind],
        stems![
            "application password is required",
            "app password is required",
            "app-specific password",
            "アプリパスワードが必要",
            "アプリ用パスワードを使用",
        ],
    )
    .implies(PasswordKind::AppPassword),
    Pattern::likely(
        "The server does not take this password. Some providers say so while access by mail programs is off.",
        &[Cause::ProtocolDisabled, Cause::WrongPasswordKind, Cause::WrongPassword],
        stems![
            "-err authentication failed",
            "535 authentication credentials invalid",
            "invalid credentials(failure)",
            "5.7.1 username and password not accepted",
        ],
    ),
    // Sending
    Pattern::certain(
        "The server says: this sender's address does not belong to this sign-in.",
        &[Cause::SenderRefused],
        stems![
            "permissions to send as this sender",
            "sendasdenied",
            "sender address rejected",
            "not owned by user",
            "sender is not allowed",
            "mail from must equal authorized user",
            "sender verify failed",
            "sender address*rejected by the server",
        ],
    ),
    Pattern::certain(
        "The server refuses to pass the mail on: the program did not sign in before sending.",
        &[Cause::SenderRefused],
        stems![
            "relay access denied",
            "relaying denied",
            "unable to relay",
            "relay not permitted",
            "not permitted to relay",
            "not allow relaying",
            "中継を許可していません",
            "中継を許可されていません",
            "中継を拒否",
            "中継が拒否",
            "550 5.7.1 authentication required",
            "550 authentication required",
            "554 authentication required",
            "smtp authentication required",
            "530 5.7.1 authentication required",
            "530 authentication required",
            "530 5.7.0 authentication required",
        ],
    ),
    // Encryption
    Pattern::certain(
        "The server says: switch on encryption (STARTTLS) first.",
        &[Cause::EncryptionRequired, Cause::PortSecurityMismatch],
        stems!["must issue a starttls", "starttls is required", "starttls required", "encryption required for requested authentication"],
    ),
    Pattern::certain(
        "The server takes no password without encryption.",
        &[Cause::EncryptionRequired],
        stems!["logindisabled", "plaintext authentication disallowed", "plaintext authentication not allowed", "privacyrequired", "login is disabled"],
    ),
    Pattern::likely(
        "The server offers no sign-in on this connection: mostly because it is not encrypted.",
        &[Cause::EncryptionRequired, Cause::AuthMethod],
        stems!["auth command used when not advertised", "auth not available"],
    ),
    Pattern::likely(
        "The server does not know this way of signing in: encryption is missing, or passwords are switched off.",
        &[Cause::EncryptionRequired, Cause::AuthMethod, Cause::OauthRequired],
        stems!["unrecognized authentication type", "504 5.7.4"],
    ),
    Pattern::certain(
        "The server offers no STARTTLS at this port.",
        &[Cause::PortSecurityMismatch],
        stems!["starttls command used when not advertised", "starttls*not supported", "starttls not advertised", "starttls is not offered", "does not support starttls",
            "support tls via the starttls command", "starttls not available"],
    ),
    Pattern::certain(
        "An IMAP account talks to a POP server, or the other way round.",
        &[Cause::PortSecurityMismatch],
        stems!["not an imap4 mail server", "imap4 メールサーバーではありません", "unexpected greeting: +ok", "imap: +ok", "* ok*is not a valid pop3"],
    )
    .todo(&["Compare protocol, host and port: 993 belongs to IMAP, 995 to POP."]),
    // Locks
    Pattern::certain(
        "The server says: too many wrong tries. It takes no more for a while.",
        &[Cause::Locked, Cause::StoredCredential],
        stems![
            "too many*attempts",
            "too many*login",
            "too many bad auth",
            "login rate limit",
            "rate limit hit",
            "454 4.7.0 too many",
            "temporarily locked",
            "account is locked",
            "account locked",
            "account has been locked",
            "temporarily blocked",
            "アカウントがロック",
            "ロックされています",
            "一時的に制限",
            "試行回数",
        ],
    ),
    Pattern::certain(
        "The server says: this account is switched off.",
        &[Cause::Locked],
        stems![
            "account is disabled",
            "account has been disabled",
            "account disabled",
            "account is suspended",
            "account has been suspended",
            "account suspended",
            "アカウントが停止",
            "アカウントは停止",
            "アカウントが凍結",
        ],
    )
    .instead("The provider has switched the account off. No password opens it.")
    .todo(&["Sign in on the provider's web page: it says why, and what can be done."]),
    Pattern::certain(
        "The server says: the password has run out.",
        &[Cause::WrongPassword],
        stems!["password has expired", "password is expired", "password expired", "パスワードの有効期限"],
    )
    .instead(RUN_OUT)
    .todo(RENEW),
    Pattern::certain(
        "The server says: another program has this POP mailbox open.",
        &[Cause::Locked],
        stems!["mailbox locked", "mailbox is locked", "maildrop is locked", "-err [in-use]", "mailbox in use", "unable to lock maildrop"],
    )
    .todo(&["Close the other program, or wait ten minutes. The password is right."]),
    // The server's own trouble
    Pattern::likely(
        "The server says: it is not available at the moment.",
        &[Cause::ServerTrouble, Cause::Locked],
        stems![
            "[unavailable]",
            "421 service not available",
            "421 4.3.2",
            "service temporarily unavailable",
            "temporary authentication failure",
            "454 4.7.0 temporary",
            "451 4.3.0",
            "internal server error",
            "[serverbug]",
            "メンテナンス中",
            "system maintenance",
        ],
    ),
    // Anything else about signing in
    Pattern::open(
        "The server does not take this name with this password. It does not say which of the two is wrong.",
        &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::UsernameForm, Cause::StoredCredential],
        stems![
            "[authenticationfailed]",
            "username and password not accepted",
            "authentication failed",
            "authenticate failed",
            "login failed",
            "authentication failure",
            "authentication unsuccessful",
            "authentication credentials invalid",
            "authorization failure",
            "query status=3",
            "invalid login",
            "invalid credentials",
            "invalid user or password",
            "incorrect password",
            "bad username or password",
            "username or password is incorrect",
            "-err [auth]",
            "-err invalid password",
            "-err login",
            "535",
            "認証に失敗",
            "認証エラー",
            "ログインに失敗",
            "ログインできません",
        ],
    ),
];
