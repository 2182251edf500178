//! What Thunderbird shows, in English and Japanese.

use super::Pattern;
use crate::doctor::Cause;

const SIGN_IN: &[Cause] =
    &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::StoredCredential, Cause::UsernameForm];

pub(super) static PATTERNS: &[Pattern] = &[
    Pattern::open(
        "{program} says: the server did not take the sign-in.",
        SIGN_IN,
        stems![
            "login to server*failed",
            "サーバー*へのログインに失敗",
            "unable to authenticate to outgoing server",
            "送信(smtp)サーバー*の認証に失敗",
            "sending of password for user*did not succeed",
            "のパスワードを送信できません",
            "could not get password for",
            "のパスワードを取得できなかったため",
            "check the username and password",
        ],
    ),
    Pattern::likely(
        "{program} says: the sign-in through the browser failed.",
        &[Cause::OauthRequired, Cause::StoredCredential],
        stems!["authentication failure while connecting to server", "への接続時の認証に失敗", "との接続で認証に失敗"],
    )
    .todo(&[
        "Allow cookies and JavaScript in Thunderbird; the sign-in window needs both.",
        "Remove the entry that begins with oauth:// from the saved passwords, and sign in again.",
    ]),
    Pattern::certain(
        "{program} says: the server does not offer the authentication method that is set.",
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
        "{program} says: the server allows no password without encryption.",
        &[Cause::EncryptionRequired],
        stems!["does not allow plaintext passwords", "平文のパスワードを許可していません"],
    ),
    Pattern::certain(
        "{program} says: encryption with this server does not come about.",
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
        "{program} says: the server was not found.",
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
        "{program} says: the server refused the connection.",
        &[Cause::PortBlocked, Cause::PortSecurityMismatch],
        stems![
            "the connection was refused",
            "connecting to outgoing server*failed",
            "接続が拒否されました",
            "接続できなかったため、メッセージを送信できません"
        ],
    ),
    Pattern::likely(
        "{program} says: the server did not answer in time, or the connection broke.",
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
        "{program} says: the server ended the connection.",
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
        ],
    ),
];
