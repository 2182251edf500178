//! What Outlook shows: its codes (names after the header `imnxport.h` of the Windows SDK) and its sentences.

use super::Pattern;
use crate::doctor::Cause;

const SIGN_IN: &[Cause] =
    &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::StoredCredential, Cause::UsernameForm];

pub(super) static PATTERNS: &[Pattern] = &[
    Pattern::certain(
        "{program} says: the certificate of the server is not the right one.",
        &[Cause::Certificate],
        stems![
            "0x800ccc01",
            "0x800ccc02",
            "target principal name is incorrect",
            "セキュリティ証明書を確認できません",
            "security certificate that cannot be verified",
            "対象のプリンシパル名が間違っています",
        ],
    ),
    Pattern::certain("{program} says: another program has the mailbox open.", &[Cause::Locked], stems!["0x800ccc0b"]),
    Pattern::certain(
        "{program} says: the server was not found.",
        &[Cause::HostNotFound],
        stems![
            "0x800ccc0d",
            "サーバーが見つかりません",
            "cannot find the e-mail server",
            "cannot find the email server"
        ],
    ),
    Pattern::likely(
        "{program} says: no connection to the server came about.",
        &[Cause::PortSecurityMismatch, Cause::PortBlocked, Cause::HostNotFound],
        stems![
            "0x800ccc0e",
            "0x80042108",
            "0x80042109",
            "unable to connect to your incoming",
            "unable to connect to your outgoing",
            "サーバーに接続できませんでした",
            "outlook cannot connect to your*server",
            "サーバーへの接続を確立できません",
        ],
    )
    .gives_way(),
    Pattern::likely(
        "{program} says: the connection was cut.",
        &[Cause::PortSecurityMismatch, Cause::Network],
        stems!["0x800ccc0f", "サーバーへの接続が中断されました", "connection to the server was interrupted"],
    ),
    Pattern::likely(
        "{program} says: the connection to the internet broke.",
        &[Cause::Network],
        stems!["0x800ccc12", "0x800ccc13", "0x800ccc15", "0x80040115"],
    ),
    Pattern::likely(
        "{program} says: the server did not answer in time.",
        &[Cause::PortBlocked, Cause::Network, Cause::PortSecurityMismatch],
        stems![
            "0x800ccc19",
            "0x8004210a",
            "0x8004210b",
            "サーバーからの応答を待っている間にタイムアウト",
            "timed out waiting for a response"
        ],
    ),
    Pattern::certain(
        "{program} says: the user name is not one that the server knows.",
        &[Cause::UsernameForm],
        stems!["0x800ccc16", "0x800ccc91"],
    ),
    Pattern::certain(
        "{program} says: the sign-in with Secure Password Authentication (SPA) failed.",
        &[Cause::AuthMethod],
        stems!["0x800ccc18"],
    ),
    Pattern::certain(
        "{program} says: no secure connection came about at this port.",
        &[Cause::PortSecurityMismatch, Cause::TlsVersion],
        stems![
            "0x800ccc1a",
            "暗号化接続をサポートしていません",
            "does not support the connection encryption type",
            "0x800ccc7d",
        ],
    ),
    Pattern::certain(
        "{program} says: the server wants STARTTLS.",
        &[Cause::PortSecurityMismatch],
        stems!["0x800ccc7c"],
    ),
    Pattern::likely(
        "{program} says: the server could not start the encryption.",
        &[Cause::TlsVersion, Cause::ServerTrouble],
        stems!["0x800ccc7f"],
    ),
    Pattern::certain(
        "{program} says: the server has none of the ways to sign in that the program knows.",
        &[Cause::AuthMethod, Cause::OauthRequired],
        stems![
            "0x800ccc80",
            "0x800cccdf",
            "0x800ccce0",
            "none of the authentication methods supported",
            "認証方法がサーバーでサポートされていません",
            "認証方式がサーバーでサポートされていません",
            "no supported authentication mechanism",
            "no supported authentication mechanisms",
        ],
    ),
    Pattern::likely(
        "{program} says: the server did not take the password.",
        SIGN_IN,
        stems!["0x800ccc92", "0x800cccd1"],
    ),
    Pattern::certain(
        "{program} says: the server refused the sender or the receiver.",
        &[Cause::SenderRefused],
        stems!["0x800ccc78", "0x800ccc79", "0x800ccc69", "電子メール アドレスが正しいことを確認してください"],
    ),
    Pattern::likely(
        "{program} says: the server is not available at the moment.",
        &[Cause::ServerTrouble, Cause::Locked],
        stems!["0x800ccc67", "0x800ccc6a", "0x800ccc6c", "0x800cccd9"],
    ),
    Pattern::likely(
        "{program} says: the server found the mailbox full or the mail too large.",
        &[Cause::MailboxFull, Cause::MessageTooLarge],
        stems!["0x800ccc6d"],
    ),
    Pattern::likely(
        "{program} says: the server refused the mail.",
        &[Cause::MessageRefused, Cause::SenderRefused],
        stems!["0x800ccc6f"],
    ),
    Pattern::certain(
        "{program} says: an IMAP account talks to a server that is none for IMAP.",
        &[Cause::PortSecurityMismatch],
        stems!["0x800cccd5"],
    ),
    Pattern::open(
        "Outlook passes on an answer of the server. What it means stands in the text behind the code.",
        &[Cause::WrongPasswordKind, Cause::ServerTrouble, Cause::SenderRefused],
        stems!["0x800ccc60", "0x800ccc90", "0x800cccd2"],
    ),
    Pattern::certain(
        "{program} says: a file of its own cannot be found or opened. It is not about the password.",
        &[Cause::LocalData],
        stems!["0x8004010f", "0x8004011d"],
    )
    .instead(
        "Outlook's own profile or data file is damaged or missing. Server and password have nothing to do with it.",
    )
    .todo(&["Make a new Outlook profile in the Control Panel under Mail, and add the account there."]),
    Pattern::likely(
        "{program} reports an error of its own that says no more: mostly its data file or the address book.",
        &[Cause::LocalData, Cause::Network],
        stems!["0x80040119"],
    )
    .instead(
        "Outlook stumbles over something of its own: its data file, the offline address book, or an antivirus program.",
    )
    .todo(&[
        "Close Outlook and start it again, once with the mail check of the antivirus program turned off.",
        "If it comes again, make a new Outlook profile in the Control Panel under Mail, and add the account there.",
    ]),
    Pattern::open(
        "Outlook asks for the password again.",
        &[Cause::WrongPasswordKind, Cause::StoredCredential, Cause::WrongPassword, Cause::UsernameForm],
        stems![
            "ネットワーク パスワードの入力",
            "enter network password",
            "パスワードの入力が必要です",
            "password required",
            "need password",
            "資格情報を更新してください",
            "internet email*enter your user name and password",
            "次のサーバーのアカウント名とパスワードを入力",
        ],
    ),
    Pattern::likely(
        "{program} says: it cannot reach the Exchange server.",
        &[Cause::Network, Cause::Policy, Cause::StoredCredential],
        stems!["connection to microsoft exchange is unavailable", "microsoft exchange への接続を利用できません"],
    ),
];
