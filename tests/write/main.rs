//! Writing to the disk, as seen from outside: folders before and after. What cannot be provoked from outside (a rename that fails
//! half way) is tested beside the code; what only Unix has is in `unix.rs`.

#![expect(clippy::unwrap_used, reason = "the lint knows test functions, not what they call")]

mod bench;
#[cfg(unix)]
mod unix;

use std::fs;

use bench::{Bench, FIXED, PREFS, at, texts};
use mailcfg::write::{NewFile, RunId, WriteError, write_new};

#[test]
fn a_plan_is_written_whole_and_restored_whole() {
    let bench = Bench::new(&[("prefs.js", PREFS), ("user.js", "// mine\n"), ("other", "left alone")]);
    let applied = bench.apply(&[bench.plan(&[("prefs.js", FIXED), ("user.js", "// fixed\n")])]);
    assert_eq!(bench.files(), texts([("prefs.js", FIXED), ("user.js", "// fixed\n"), ("other", "left alone")]));
    let run = applied.run.unwrap();
    assert_eq!(run.to_string(), "20261124T021500Z-1");
    assert_eq!(applied.plans[0].as_ref().unwrap(), &[bench.path("prefs.js"), bench.path("user.js")]);

    let restored = bench.store.restore(None, false, at(60)).unwrap();
    assert_eq!(bench.files(), texts([("prefs.js", PREFS), ("user.js", "// mine\n"), ("other", "left alone")]));
    assert_eq!((restored.run, restored.files.len(), restored.kept), (run.clone(), 2, None));
    assert_eq!(bench.store.run(&run).unwrap().restored.as_deref(), Some("2026-11-24T02:16:00Z"));
}

#[test]
fn restoring_twice_says_there_is_nothing_to_restore() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    assert!(matches!(bench.store.restore(None, false, at(1)), Err(WriteError::NothingToRestore { .. })));
    let run = bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]).run.unwrap();
    bench.store.restore(None, false, at(1)).unwrap();
    assert!(matches!(bench.store.restore(None, false, at(2)), Err(WriteError::NothingToRestore { .. })));
    assert!(matches!(bench.store.restore(Some(&run), false, at(2)), Err(WriteError::AlreadyRestored { .. })));
    let unknown: RunId = "20200101T000000Z-1".parse().unwrap();
    assert!(matches!(bench.store.restore(Some(&unknown), false, at(2)), Err(WriteError::UnknownRun { .. })));
}

#[test]
fn restoring_again_and_again_goes_back_run_by_run() {
    let bench = Bench::new(&[("prefs.js", "1")]);
    for text in ["2", "3"] {
        bench.apply(&[bench.plan(&[("prefs.js", text)])]);
    }
    let runs: Vec<String> = bench.store.runs().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(runs, ["20261124T021500Z-2", "20261124T021500Z-1"]);
    let first = runs[1].parse().unwrap();
    assert!(matches!(bench.store.restore(Some(&first), false, at(1)), Err(WriteError::ChangedSince { .. })));
    for text in ["2", "1"] {
        bench.store.restore(None, false, at(1)).unwrap();
        assert_eq!(bench.read("prefs.js"), text);
    }
}

#[test]
fn a_file_that_changed_since_it_was_read_is_refused_with_its_whole_set() {
    let bench = Bench::new(&[("prefs.js", PREFS), ("user.js", "// mine\n")]);
    let plan = bench.plan(&[("prefs.js", FIXED), ("user.js", "// fixed\n")]);
    fs::write(bench.path("user.js"), "// edited\n").unwrap();
    assert!(matches!(bench.refused(plan), WriteError::Changed { path } if path == bench.path("user.js")));
}

#[test]
fn a_file_that_is_only_compared_counts_too() {
    let bench = Bench::new(&[("prefs.js", PREFS), ("user.js", "// mine\n")]);
    let plan = bench.plan(&[("prefs.js", FIXED), ("user.js", "// mine\n")]);
    fs::write(bench.path("user.js"), "// edited\n").unwrap();
    assert!(matches!(bench.refused(plan), WriteError::Changed { .. }));
}

#[test]
fn a_file_or_folder_that_is_gone_is_refused() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    let plan = bench.plan(&[("prefs.js", FIXED)]);
    fs::remove_file(bench.path("prefs.js")).unwrap();
    assert!(matches!(bench.refused(plan.clone()), WriteError::Vanished { .. }));
    fs::create_dir(bench.path("prefs.js")).unwrap();
    let refused = bench.apply(std::slice::from_ref(&plan)).plans.remove(0);
    assert!(matches!(refused, Err(WriteError::NotAFile { .. })));
    fs::remove_dir_all(bench.path("")).unwrap();
    assert!(matches!(bench.apply(&[plan]).plans.remove(0), Err(WriteError::Vanished { .. })));
}

#[test]
fn one_refused_plan_does_not_stop_the_others() {
    let bench = Bench::new(&[("a", "old"), ("b", "old")]);
    let plans = [bench.plan(&[("a", "new")]), bench.plan(&[("b", "new")])];
    fs::write(bench.path("a"), "edited").unwrap();
    let applied = bench.apply(&plans);
    assert!(applied.plans[0].is_err() && applied.plans[1].is_ok());
    assert_eq!(bench.files(), texts([("a", "edited"), ("b", "new")]));
    assert_eq!(bench.store.run(&applied.run.unwrap()).unwrap().files, [bench.path("b")]);
}

#[test]
fn the_same_file_twice_is_refused() {
    let bench = Bench::new(&[("a", "old")]);
    let plan = bench.plan(&[("a", "new"), ("a", "newer")]);
    assert!(matches!(bench.refused(plan), WriteError::Twice { .. }));
}

#[test]
fn nothing_to_write_makes_no_run() {
    let bench = Bench::new(&[("a", "same")]);
    let applied = bench.apply(&[bench.plan(&[("a", "same")])]);
    assert_eq!(applied.run, None);
    assert!(applied.plans[0].as_ref().unwrap().is_empty());
}

#[test]
fn restore_refuses_what_changed_after_the_run_unless_forced() {
    let bench = Bench::new(&[("prefs.js", PREFS), ("user.js", "// mine\n")]);
    let run = bench.apply(&[bench.plan(&[("prefs.js", FIXED), ("user.js", "// fixed\n")])]).run.unwrap();
    fs::write(bench.path("user.js"), "// later\n").unwrap();
    let refused = bench.store.restore(Some(&run), false, at(1)).unwrap_err();
    assert!(matches!(refused, WriteError::ChangedSince { paths, .. } if paths == [bench.path("user.js")]));
    assert_eq!(bench.files(), texts([("prefs.js", FIXED), ("user.js", "// later\n")]));

    let kept = bench.store.restore(Some(&run), true, at(1)).unwrap().kept.unwrap();
    assert_eq!(bench.files(), texts([("prefs.js", PREFS), ("user.js", "// mine\n")]));
    assert!(bench.store.run(&kept).unwrap().is_restore);
    assert!(matches!(bench.store.restore(None, false, at(2)), Err(WriteError::NothingToRestore { .. })));
    bench.store.restore(Some(&kept), false, at(2)).unwrap();
    assert_eq!(bench.files(), texts([("prefs.js", FIXED), ("user.js", "// later\n")]));
}

#[test]
fn a_file_deleted_after_the_run_comes_back_only_by_force() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]);
    fs::remove_file(bench.path("prefs.js")).unwrap();
    assert!(matches!(bench.store.restore(None, false, at(1)), Err(WriteError::ChangedSince { .. })));
    let restored = bench.store.restore(None, true, at(1)).unwrap();
    assert_eq!((bench.read("prefs.js").as_str(), restored.kept), (PREFS, None));
}

#[test]
fn a_restore_that_was_interrupted_is_finished() {
    let bench = Bench::new(&[("a", "old"), ("b", "old")]);
    bench.apply(&[bench.plan(&[("a", "new"), ("b", "new")])]);
    fs::write(bench.path("a"), "old").unwrap();
    assert_eq!(bench.store.restore(None, false, at(1)).unwrap().files, [bench.path("b")]);
    assert_eq!(bench.files(), texts([("a", "old"), ("b", "old")]));
}

#[test]
fn a_damaged_backup_restores_nothing() {
    let bench = Bench::new(&[("a", "old"), ("b", "old")]);
    let run = bench.apply(&[bench.plan(&[("a", "new"), ("b", "new")])]).run.unwrap();
    fs::write(bench.store.folder(&run).join("1.2-b"), "ol").unwrap();
    assert!(matches!(bench.store.restore(None, true, at(1)), Err(WriteError::DamagedBackup { .. })));
    assert_eq!(bench.files(), texts([("a", "new"), ("b", "new")]));
}

#[test]
fn the_journal_holds_no_content_and_the_backup_is_exact() {
    let secret = "user_pref(\"password\", \"geheim\u{e9}\");\r\n\0";
    let bench = Bench::new(&[("prefs.js", secret)]);
    let run = bench.apply(&[bench.plan(&[("prefs.js", "geheim, fixed")])]).run.unwrap();
    let folder = bench.store.folder(&run);
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["1.1-prefs.js", "journal.jsonl"]);
    assert_eq!(fs::read(folder.join("1.1-prefs.js")).unwrap(), secret.as_bytes());
    let journal = fs::read_to_string(folder.join("journal.jsonl")).unwrap();
    assert!(journal.contains("Thunderbird") && journal.contains("prefs.js"), "{journal}");
    assert!(!journal.contains("geheim") && !journal.contains("user_pref"), "{journal}");
    let shown = format!("{:?}", bench.plan(&[("prefs.js", "geheim")]));
    assert!(!shown.contains("geheim"), "{shown}");
}

#[test]
fn a_run_says_what_it_did() {
    let bench = Bench::new(&[("prefs.js", PREFS)]);
    let id = bench.apply(&[bench.plan(&[("prefs.js", FIXED)])]).run.unwrap();
    let run = bench.store.run(&id).unwrap();
    assert_eq!((run.time.as_str(), run.purpose.as_str()), ("2026-11-24T02:15:00Z", "fix --apply"));
    assert_eq!((run.clients, run.files), (vec!["Thunderbird".to_owned()], vec![bench.path("prefs.js")]));
    assert!(!run.is_restore && run.restored.is_none());
}

#[test]
fn a_new_file_is_written_once() {
    let bench = Bench::new(&[]);
    let path = bench.path("out/fixed.mobileconfig");
    assert_eq!(write_new(&path, b"x").unwrap(), NewFile::Created);
    assert_eq!(write_new(&path, b"x").unwrap(), NewFile::Identical);
    assert!(matches!(write_new(&path, b"y"), Err(WriteError::Exists { .. })));
}
