//! What Outlook shows: its codes (names after the header `imnxport.h` of the Windows SDK) and its sentences.

use super::Pattern;
use crate::doctor::Cause;

const SIGN_IN: &[Cause] =
    &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::StoredCredential, Cause::UsernameForm];

pub(super) static PATTERNS: &[Pattern] = &[
    Pattern::certain(
        "Outlook says: the certificate of the server is not the right one.",
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
    Pattern::certain("Outlook says: another program has the mailbox open.", &[Cause::Locked], stems!["0x800ccc0b"]),
    Pattern::certain(
        "Outlook says: the server was not found.",
        &[Cause::HostNotFound],
        stems![
            "0x800ccc0d",
            "サーバーが見つかりません",
            "cannot find the e-mail server",
            "cannot find the email server"
        ],
    ),
    Pattern::likely(
        "Outlook says: no connection to the server came about.",
        &[Cause::PortSecurityMismatch, Cause::PortBlocked, Cause::HostNotFound],
        stems![
            "0x800ccc0e",
            "サーバーに接続できませんでした",
            "outlook cannot connect to your*server",
            "サーバーへの接続を確立できません",
        ],
    ),
    Pattern::likely(
        "Outlook says: the connection was cut.",
        &[Cause::PortSecurityMismatch, Cause::Network],
        stems!["0x800ccc0f", "サーバーへの接続が中断されました", "connection to the server was interrupted"],
    ),
    Pattern::likely(
        "Outlook says: the connection to the internet broke.",
        &[Cause::Network],
        stems!["0x800ccc12", "0x800ccc15"],
    ),
    Pattern::likely(
        "Outlook says: the server did not answer in time.",
        &[Cause::PortBlocked, Cause::Network, Cause::PortSecurityMismatch],
        stems!["0x800ccc19", "サーバーからの応答を待っている間にタイムアウト", "timed out waiting for a response"],
    ),
    Pattern::certain(
        "Outlook says: the user name is not one that the server knows.",
        &[Cause::UsernameForm],
        stems!["0x800ccc16", "0x800ccc91"],
    ),
    Pattern::certain(
        "Outlook says: the sign-in with Secure Password Authentication (SPA) failed.",
        &[Cause::AuthMethod],
        stems!["0x800ccc18"],
    ),
    Pattern::certain(
        "Outlook says: no secure connection came about at this port.",
        &[Cause::PortSecurityMismatch, Cause::TlsVersion],
        stems![
            "0x800ccc1a",
            "暗号化接続をサポートしていません",
            "does not support the connection encryption type",
            "0x800ccc7d",
        ],
    ),
    Pattern::certain("Outlook says: the server wants STARTTLS.", &[Cause::PortSecurityMismatch], stems!["0x800ccc7c"]),
    Pattern::likely(
        "Outlook says: the server could not start the encryption.",
        &[Cause::TlsVersion, Cause::ServerTrouble],
        stems!["0x800ccc7f"],
    ),
    Pattern::certain(
        "Outlook says: the server has none of the ways to sign in that the program knows.",
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
    Pattern::likely("Outlook says: the server did not take the password.", SIGN_IN, stems!["0x800ccc92", "0x800cccd1"]),
    Pattern::certain(
        "Outlook says: the server refused the sender or the receiver.",
        &[Cause::SenderRefused],
        stems!["0x800ccc78", "0x800ccc79", "0x800ccc69", "電子メール アドレスが正しいことを確認してください"],
    ),
    Pattern::likely(
        "Outlook says: the server is not available at the moment.",
        &[Cause::ServerTrouble, Cause::Locked],
        stems!["0x800ccc67", "0x800cccd9"],
    ),
    Pattern::open(
        "Outlook passes on an answer of the server. What it means stands in the text behind the code.",
        &[Cause::WrongPasswordKind, Cause::ServerTrouble, Cause::SenderRefused],
        stems!["0x800ccc60", "0x800ccc90", "0x800cccd2"],
    ),
    Pattern::certain(
        "Outlook says: a file of its own cannot be found or opened. It is not about the password.",
        &[Cause::Unknown],
        stems!["0x8004010f", "0x8004011d"],
    )
    .instead(
        "Outlook's own profile or data file is damaged or missing. Server and password have nothing to do with it.",
    )
    .todo(&["Make a new Outlook profile in the Control Panel under Mail, and add the account there."]),
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
        "Outlook says: it cannot reach the Exchange server.",
        &[Cause::Network, Cause::Policy, Cause::StoredCredential],
        stems!["connection to microsoft exchange is unavailable", "microsoft exchange への接続を利用できません"],
    ),
];
