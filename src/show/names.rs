//! Providers by what people call them: their names without what nobody types, and names that stand for several.

use crate::provider::{Provider, Providers};

/// What people say, and the providers that they may mean by it. In the form of [`key`].
const ALIASES: &[(&[&str], &[&str])] = &[
    (&["outlook", "microsoft", "アウトルック", "マイクロソフト"], &["outlook-com", "microsoft-365"]),
    (&["hotmail", "live", "msn", "windowslive", "ホットメール"], &["outlook-com"]),
    (&["office", "office365", "o365", "m365", "exchange", "exchangeonline"], &["microsoft-365"]),
    (&["google", "グーグル"], &["gmail", "google-workspace"]),
    (&["googlemail", "ジーメール"], &["gmail"]),
    (&["gsuite", "workspace", "googleapps"], &["google-workspace"]),
    (&["apple", "アップル", "アイクラウド"], &["icloud"]),
    (&["softbank", "ソフトバンク"], &["softbank-i", "softbank-mms"]),
    (&["ymobile", "ワイモバイル"], &["ymobile-yahoo", "ymobile-mms"]),
    (&["nttdocomo", "spmode", "spモード"], &["docomo"]),
    (&["ezweb", "エーユー"], &["au"]),
    (&["kddi"], &["au", "au-one-net"]),
    (&["uq", "uqモバイル"], &["uqmobile"]),
    (&["ヤフー"], &["yahoo-japan", "yahoo"]),
    (&["rakuten", "楽天"], &["infoseek", "rakumail", "gol"]),
    (&["楽天モバイル"], &["rakumail"]),
    (&["ニフティ"], &["nifty"]),
    (&["ビッグローブ"], &["biglobe"]),
    (&["ソネット", "nuro"], &["so-net"]),
    (&["オーシーエヌ"], &["ocn"]),
    (&["ライブドア"], &["livedoor"]),
    (&["カゴヤ"], &["kagoya"]),
    (&["さくら", "さくらインターネット"], &["sakura"]),
    (&["お名前", "お名前ドットコム"], &["onamae"]),
    (&["zaq"], &["jcom-legacy", "jcom"]),
    (&["protonmail"], &["proton"]),
    (&["tutanota"], &["tuta"]),
    (&["telekom"], &["t-online"]),
    (&["xfinity"], &["comcast"]),
    (&["wanadoo"], &["orange-fr"]),
    (&["163"], &["netease-163"]),
    (&["126"], &["netease-126"]),
];

/// The providers that somebody may mean by `name`: one that has it, or all that go by it.
pub(super) fn meant<'a>(name: &str, providers: &'a Providers) -> Vec<&'a Provider> {
    let is = |other: &str| other.to_lowercase() == name.to_lowercase();
    let exact = |provider: &&Provider| {
        is(&provider.id)
            || is(&provider.name)
            || provider.name_ja.as_ref().is_some_and(|name| is(&super::resolve::fold(name)))
    };
    if let Some(provider) = providers.iter().find(exact) {
        return vec![provider];
    }
    // A domain says by itself whose it is.
    if name.contains('.') {
        return Vec::new();
    }
    let name = key(name);
    if let Some((_, ids)) = ALIASES.iter().find(|(names, _)| names.contains(&&*name)) {
        return ids.iter().filter_map(|id| providers.get(id)).collect();
    }
    let is_called = |provider: &&Provider| names(provider).any(|other| other == name);
    providers.iter().filter(is_called).collect()
}

/// Providers whose name begins like `name`, or whose domain is called so: worth asking back.
pub(super) fn alike<'a>(name: &str, providers: &'a Providers) -> impl Iterator<Item = &'a Provider> {
    let name = name.to_lowercase();
    let begins = move |provider: &&Provider| {
        let first = |text: &str, mark| text.split(mark).next() == Some(&*name);
        name.chars().count() > 2
            && (first(&provider.id, '-') || provider.domains.iter().any(|domain| first(domain, '.')))
    };
    providers.iter().filter(begins)
}

/// A provider's names as people type them: also without what stands in parentheses, and without the word for mail.
fn names(provider: &Provider) -> impl Iterator<Item = String> {
    let name = provider.name.split(" (").next().unwrap_or_default();
    let name_ja = provider.name_ja.as_deref().unwrap_or_default();
    let name_ja = name_ja.split('（').next().unwrap_or_default();
    let whole = [key(&provider.id), key(name), key(name_ja)];
    let bare = [name.strip_suffix(" Mail"), name.strip_suffix(" mail"), name_ja.strip_suffix("メール")];
    let bare = bare.into_iter().flatten().map(key);
    whole.into_iter().chain(bare).filter(|name| name.chars().count() > 1)
}

/// Without blanks and marks, in lower case and the usual width.
fn key(name: &str) -> String {
    super::resolve::fold(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn ids(name: &str) -> Vec<String> {
        meant(name, &Providers::embedded()).iter().map(|provider| provider.id.to_string()).collect()
    }

    #[test]
    fn providers_are_known_by_what_people_call_them() {
        for (name, expected) in [
            ("outlook", &["outlook-com", "microsoft-365"][..]),
            ("Microsoft", &["outlook-com", "microsoft-365"]),
            ("office 365", &["microsoft-365"]),
            ("Office365", &["microsoft-365"]),
            ("microsoft 365", &["microsoft-365"]),
            ("softbank", &["softbank-i", "softbank-mms"]),
            ("ソフトバンク", &["softbank-i", "softbank-mms"]),
            ("ｿﾌﾄﾊﾞﾝｸ", &["softbank-i", "softbank-mms"]),
            ("ドコモ", &["docomo"]),
            ("ﾄﾞｺﾓ", &["docomo"]),
            ("googlemail", &["gmail"]),
            ("gmail", &["gmail"]),
            ("iCloud", &["icloud"]),
            ("yahoo", &["yahoo"]),
            ("ニフティ", &["nifty"]),
            ("@nifty", &["nifty"]),
            ("protonmail", &["proton"]),
            ("t online", &["t-online"]),
            ("zoho", &["zoho-ca", "zoho-com-au", "zoho-com", "zoho-eu", "zoho-in", "zoho-jp"]),
            ("mail", &[]),
            ("メール", &[]),
            ("gmial", &[]),
            ("", &[]),
        ] {
            assert_eq!(ids(name), expected, "{name}");
        }
    }

    #[test]
    fn every_alias_leads_somewhere_and_stands_once() {
        let providers = Providers::embedded();
        let mut seen = BTreeSet::new();
        for (names, ids) in ALIASES {
            for name in *names {
                assert!(seen.insert(*name) && !name.is_empty(), "twice: {name}");
                assert_eq!(key(name), *name);
            }
            for id in *ids {
                assert!(providers.get(id).is_some(), "{id}");
            }
        }
    }
}
