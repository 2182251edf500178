//! Embeds `profiles/*.toml`: reads each provider file with the types of `src/provider/schema.rs` and writes them out as
//! constants with sorted lookup tables, so that the program parses no TOML at start and a bad file stops the build.

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

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=profiles");
    println!("cargo::rerun-if-changed=src/provider/schema.rs");
    println!("cargo::rerun-if-changed=src/provider/embed.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let providers = read_all(&root.join("profiles"));
    fs::write(out.join("providers.rs"), embed::render(&providers)).expect("the output folder can be written");
}

fn read_all(folder: &Path) -> Vec<schema::Provider> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> schema::Provider {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut provider: schema::Provider =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    provider.id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned().into();
    provider
}
