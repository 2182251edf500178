//! A folder with a client's files and a place for backups, for the tests of writing. No test stands here.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use mailcfg::source::Source;
use mailcfg::write::{Applied, LockFile, Plan, Replacement, Store, WriteError};

pub(crate) const PREFS: &str = "user_pref(\"mail.server.server1.port\", 143);\n";
pub(crate) const FIXED: &str = "user_pref(\"mail.server.server1.port\", 993);\n";

pub(crate) struct Bench {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Store,
}

impl Bench {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("backups"));
        let bench = Self { folder, store };
        fs::create_dir(bench.path("")).unwrap();
        for (name, text) in files {
            fs::write(bench.path(name), text).unwrap();
        }
        bench
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("profile").join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Every file of the client by name.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        let names = fs::read_dir(self.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.map(|name| (name.clone(), self.read(&name))).collect()
    }

    pub(crate) fn plan(&self, files: &[(&str, &str)]) -> Plan {
        let files = files.iter().map(|(name, new)| {
            let source = Source::new(self.path(name), fs::read(self.path(name)).unwrap());
            Replacement { source, new: new.as_bytes().to_vec() }
        });
        Plan { client: "Thunderbird".into(), locks: locks(), files: files.collect() }
    }

    pub(crate) fn apply(&self, plans: &[Plan]) -> Applied {
        self.store.apply(plans, "fix --apply", at(0)).unwrap()
    }

    /// Applies one plan that must be refused, and sees that no byte changed and nothing is left over.
    pub(crate) fn refused(&self, plan: Plan) -> WriteError {
        let before = self.files();
        let mut applied = self.apply(&[plan]);
        assert_eq!(self.files(), before);
        assert_eq!(applied.run, None);
        assert_eq!(self.store.runs().unwrap(), []);
        applied.plans.remove(0).unwrap_err()
    }
}

pub(crate) fn locks() -> Vec<LockFile> {
    vec![LockFile::Fcntl(".parentlock".into()), LockFile::Exclusive("parent.lock".into())]
}

pub(crate) fn at(second: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_486_500 + second)
}

pub(crate) fn texts<const N: usize>(files: [(&str, &str); N]) -> BTreeMap<String, String> {
    files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}
