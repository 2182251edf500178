//! What Mail on the Mac, the iPhone and the iPad shows, in English and Japanese.

use super::Pattern;
use crate::doctor::Cause;

const SIGN_IN: &[Cause] =
    &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::StoredCredential, Cause::UsernameForm];

pub(super) static PATTERNS: &[Pattern] = &[
    Pattern::certain(
        "The certificate of the server is not the right one, has run out, or is not trusted.",
        &[Cause::Certificate],
        stems![
            "certificate hostname does not match",
            "certificate for this server has expired",
            "root certificate for this server",
            "no root certificate",
            "cannot verify server identity",
            "can't verify the identity of",
            "identity of*cannot be verified",
            "unable to verify ssl server",
            "サーバの識別情報を検証できません",
            "識別情報を検証できません",
            "証明書が無効",
        ],
    ),
    Pattern::open(
        "{program} says: user name or password is wrong.",
        SIGN_IN,
        stems![
            "user name or password for*is incorrect",
            "unable to verify account name or password",
            "unable to verify account information",
            "ユーザ名またはパスワードが正しくありません",
            "ユーザ名*パスワードが間違っています",
            "パスワードが正しくありません",
            "アカウント情報を検証できません",
            "アカウント名またはパスワードを検証できません",
            "パスワードが間違っています",
        ],
    ),
    Pattern::open(
        "{program} says: something is wrong with the account. It does not say what.",
        &[
            Cause::StoredCredential,
            Cause::WrongPasswordKind,
            Cause::WrongPassword,
            Cause::Network,
            Cause::ServerTrouble,
        ],
        stems!["account error", "アカウントエラー"],
    ),
    Pattern::open("{program} says: it has no password for this server.", SIGN_IN, stems!["no password provided"]),
    Pattern::certain(
        "{program} says: the server does not offer the authentication that is set.",
        &[Cause::AuthMethod],
        stems!["server*doesn't support*authentication", "認証をサポートしていません", "認証に対応していません"],
    ),
    Pattern::certain(
        "{program} says: the server speaks no SSL at this port.",
        &[Cause::PortSecurityMismatch],
        stems![
            "doesn't support tls (ssl) on port",
            "an ssl error occurred",
            "cannot connect using ssl",
            "check the ssl setting",
            "sslを使用して接続できません",
            "sslで接続できません",
            "sslエラー",
        ],
    )
    .todo(&["Answer no when the device offers to go on without SSL."]),
    Pattern::likely(
        "{program} says: the server does not answer.",
        &[Cause::PortBlocked, Cause::PortSecurityMismatch, Cause::HostNotFound, Cause::ServerTrouble],
        stems![
            "mail server*is not responding",
            "the connection to the server*on port*timed out",
            "メールサーバ*が応答していません",
            "imapサーバが応答しません",
            "サーバが応答しません",
        ],
    ),
    Pattern::open(
        "{program} says: it cannot reach the server. It does not say why.",
        &[Cause::Network, Cause::PortBlocked, Cause::HostNotFound, Cause::ServerTrouble],
        stems![
            "the connection to the server failed",
            "cannot connect to server",
            "サーバへの接続に失敗しました",
            "サーバに接続できません",
            "サーバへ接続できません",
        ],
    ),
    Pattern::likely(
        "{program} says: it cannot send with these settings of the outgoing server.",
        &[Cause::SenderRefused, Cause::PortBlocked, Cause::AuthMethod],
        stems!["check the account settings for the outgoing server", "送信用メールサーバ*設定を確認"],
    ),
    Pattern::open(
        "Mail could not fetch or send. The reason stands on the next line of the message.",
        &[Cause::Network, Cause::StoredCredential, Cause::ServerTrouble],
        stems!["cannot get mail", "cannot send mail", "メールを取得できません", "メールを送信できません"],
    )
    .gives_way(),
];
