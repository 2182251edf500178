//! Embeds `profiles/*.toml` and `locales/*.po` as constants with sorted lookup tables, so that the program parses nothing at start
//! and a bad file stops the build. Provider files are read with the types of `src/provider/schema.rs`.

#[allow(dead_code, unused_imports, unreachable_pub, reason = "shared with the library, which uses all of it")]
#[path = "src/account/protocol.rs"]
mod account;

#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses all of it")]
#[path = "src/date.rs"]
mod date;

#[allow(dead_code, unreachable_pub, reason = "shared with the library, which uses all of it")]
#[path = "src/provider/schema.rs"]
mod schema;

#[path = "src/provider/embed.rs"]
#[allow(unreachable_pub, reason = "private to the build script")]
mod embed;

#[path = "src/language/catalogue.rs"]
#[allow(unreachable_pub, reason = "private to the build script")]
mod catalogue;

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    for read in ["profiles", "locales", "src/provider/schema.rs", "src/provider/embed.rs", "src/language/catalogue.rs"]
    {
        println!("cargo::rerun-if-changed={read}");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let providers: Vec<_> = files(&root.join("profiles"), "toml").iter().map(|path| provider(path)).collect();
    let languages: Vec<_> = files(&root.join("locales"), "po").iter().map(|path| language(path)).collect();
    for (name, text) in [("providers.rs", embed::render(&providers)), ("languages.rs", catalogue::render(&languages))] {
        fs::write(out.join(name), text).expect("the output folder can be written");
    }
}

/// The files of a folder with this extension, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    paths
}

/// The text of a file and its name without the extension.
fn named(path: &Path) -> (String, String) {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned(), text)
}

fn provider(path: &Path) -> schema::Provider {
    let (name, text) = named(path);
    let mut provider: schema::Provider =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    provider.id = name.into();
    provider
}

fn language(path: &Path) -> catalogue::Catalogue {
    let (name, text) = named(path);
    catalogue::read(&name, &text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
