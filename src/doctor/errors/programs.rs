//! What Thunderbird and Apple's mail programs show, in English and Japanese.

use super::Pattern;
use crate::doctor::Cause;

const SIGN_IN: &[Cause] =
    &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::StoredCredential, Cause::UsernameForm];

pub(super) static PATTERNS: &[Pattern] = &[
    // Thunderbird
    Pattern::open(
        "Thunderbird says: the server did not take the sign-in.",
        SIGN_IN,
        stems![
            "login to server*failed",
            "サーバー*へのログインに失敗",
            "unable to authenticate to outgoing server",
            "送信(smtp)サーバー*の認証に失敗",
            "sending of password for user*did not succeed",
            "のパスワードを送信できません",
            "check the username and password",
        ],
    ),
    Pattern::likely(
        "Thunderbird says: the sign-in through the browser failed.",
        &[Cause::OauthRequired, Cause::StoredCredential],
        stems!["authentication failure while connecting to server", "への接続時の認証に失敗", "との接続で認証に失敗"],
    )
    .todo(&[
        "Allow cookies and JavaScript in Thunderbird; the sign-in window needs both.",
        "Remove the entry that begins with oauth:// from the saved passwords, and sign in again.",
    ]),
    Pattern::certain(
        "Thunderbird says: the server does not offer the authentication method that is set.",
        &[Cause::AuthMethod],
        stems![
            "does not support the selected authentication method",
            "選択された認証方式をサポートしていません",
            "does not seem to support encrypted passwords",
            "暗号化されたパスワードをサポートしていない",
            "gssapi ticket*not accepted",
            "gssapi チケット",
        ],
    ),
    Pattern::certain(
        "Thunderbird says: the server allows no password without encryption.",
        &[Cause::EncryptionRequired],
        stems!["does not allow plaintext passwords", "平文のパスワードを許可していません"],
    ),
    Pattern::certain(
        "Thunderbird says: encryption with this server does not come about.",
        &[Cause::PortSecurityMismatch, Cause::TlsVersion],
        stems![
            "non-overridable tls error",
            "上書きできない tls エラー",
            "unable to establish tls connection",
            "tls 接続が確立できません",
            "doesn't advertise that feature",
            "starttls をサポートしていない",
            "starttls*サポートしていない",
        ],
    ),
    Pattern::likely(
        "Thunderbird says: the server was not found.",
        &[Cause::HostNotFound, Cause::Network],
        stems![
            "failed to connect to server",
            "サーバー*への接続に失敗しました",
            "サーバー*との接続に失敗しました",
            "smtp)*is unknown",
            "送信(smtp)サーバー*が見つかりません",
        ],
    ),
    Pattern::likely(
        "Thunderbird says: the server refused the connection.",
        &[Cause::PortBlocked, Cause::PortSecurityMismatch],
        stems![
            "the connection was refused",
            "接続が拒否されました",
            "接続できなかったため、メッセージを送信できません"
        ],
    ),
    Pattern::likely(
        "Thunderbird says: the server did not answer in time, or the connection broke.",
        &[Cause::PortSecurityMismatch, Cause::PortBlocked, Cause::Network],
        stems![
            "connection to server*timed out",
            "への接続がタイムアウト",
            "との接続がタイムアウト",
            "connection to server*was reset",
            "connection to server*was interrupted",
            "への接続がリセット",
            "との接続がリセット",
            "接続が中断されました",
            "smtp)*timed out",
        ],
    ),
    Pattern::likely(
        "Thunderbird says: the server ended the connection.",
        &[Cause::ServerTrouble, Cause::Network],
        stems!["server*has disconnected", "との接続が切断されました"],
    ),
    Pattern::certain(
        "The certificate of the server is not the right one, has run out, or is not trusted.",
        &[Cause::Certificate],
        stems![
            "certificate*is not valid for that server",
            "certificate*does not come from a trusted source",
            "証明書が正しくありません",
            "信頼されたソースからのものではありません",
            "証明書*有効期限",
            "有効期限*証明書",
            // Apple
            "certificate hostname does not match",
            "certificate for this server has expired",
            "root certificate for this server",
            "no root certificate",
            "cannot verify server identity",
            "identity of*cannot be verified",
            "unable to verify ssl server",
            "サーバの識別情報を検証できません",
            "識別情報を検証できません",
            "証明書が無効",
        ],
    ),
    // Apple
    Pattern::open(
        "Mail says: user name or password is wrong.",
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
    Pattern::certain(
        "Mail says: the server does not offer the authentication that is set.",
        &[Cause::AuthMethod],
        stems!["server*doesn't support*authentication", "認証をサポートしていません", "認証に対応していません"],
    ),
    Pattern::certain(
        "Mail says: the server speaks no SSL at this port.",
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
        "Mail says: the server does not answer.",
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
        "Mail says: it cannot reach the server. It does not say why.",
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
        "Mail says: it cannot send with these settings of the outgoing server.",
        &[Cause::SenderRefused, Cause::PortBlocked, Cause::AuthMethod],
        stems!["check the account settings for the outgoing server", "送信用メールサーバ*設定を確認"],
    ),
    Pattern::open(
        "Mail could not fetch or send. The reason stands on the next line of the message.",
        &[Cause::Network, Cause::StoredCredential, Cause::ServerTrouble],
        stems!["cannot get mail", "cannot send mail", "メールを取得できません", "メールを送信できません"],
    ),
];
