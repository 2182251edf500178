//! What mail apps on Android show: Gmail, those of makers, which come from the Email app of Android, and Thunderbird with K-9 Mail.

use super::Pattern;
use crate::doctor::Cause;

const SIGN_IN: &[Cause] =
    &[Cause::WrongPasswordKind, Cause::WrongPassword, Cause::StoredCredential, Cause::UsernameForm];

pub(super) static PATTERNS: &[Pattern] = &[
    Pattern::open(
        "{program} says: the sign-in failed. It does not say why.",
        SIGN_IN,
        stems![
            "couldn't sign in",
            "signin unsuccessful",
            "email address or password are incorrect",
            "メールアドレスまたはパスワードが間違っています",
            "authentication error",
        ],
    ),
    Pattern::likely(
        "{program} says: the sign-in through the browser failed.",
        &[Cause::OauthRequired, Cause::StoredCredential],
        stems![
            "oauth sign in failed",
            "oauth ログインに失敗",
            "authorization failed with the following error",
            "以下のエラーにより認証に失敗しました",
        ],
    ),
    Pattern::open(
        "{program} says: it cannot reach the server. It does not say why.",
        &[Cause::PortBlocked, Cause::HostNotFound, Cause::PortSecurityMismatch, Cause::Network],
        stems!["can't open connection to server", "couldn't open connection to server", "can't connect to server"],
    ),
    Pattern::likely(
        "{program} says: no secure connection to the server came about.",
        &[Cause::Certificate, Cause::PortSecurityMismatch, Cause::TlsVersion],
        stems![
            "open connection to server due to security error",
            "セキュリティエラーのためサーバーに接続できません",
            "can't safely connect to server",
            "サーバーへの安全な接続を確立できません",
        ],
    ),
    Pattern::certain(
        "{program} says: the certificate of the server is not the right one.",
        &[Cause::Certificate],
        stems!["certificate error", "証明書エラー"],
    ),
    Pattern::certain(
        "{program} says: the server speaks no encryption at this port.",
        &[Cause::PortSecurityMismatch],
        stems!["tls required but not supported by server", "tlsが必要ですがサーバーが対応していません"],
    ),
    Pattern::likely(
        "{program} says: the server lacks something that the account is set to.",
        &[Cause::PortSecurityMismatch, Cause::AuthMethod],
        stems!["missing server capability", "サーバーの機能が不足しています"],
    ),
    Pattern::certain(
        "{program} says: the server offers none of the ways of signing in.",
        &[Cause::AuthMethod],
        stems!["authentication methods aren't supported by server"],
    ),
    Pattern::certain(
        "{program} says: this server does not allow it for this account.",
        &[Cause::Policy],
        stems!["you don't have permission to sync with this server", "このサーバーと同期する権限がありません"],
    ),
];
