//! A whole archive at once: side by side, only what changed, and never a half-written PDF.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::support::{Answer, MANIFEST, TempIssue, command, jpeg};

/// A folder with so many issues that differ in their number.
fn issues(count: usize) -> TempIssue {
    let mut folder = TempIssue::empty();
    for number in 1..=count {
        let manifest = MANIFEST.replace("number = 11", &format!("number = {number}"));
        let article = format!("+++\ntitle = \"Bài {number}\"\nauthor = \"Tổ biên tập\"\n+++\n\nChữ của số {number}.\n");
        folder = folder.with(&format!("{number}/issue.toml"), manifest).with(&format!("{number}/01.md"), article);
    }
    folder
}

fn build(folder: &Path, count: usize, more: &[&str]) -> Answer {
    let numbers: Vec<_> = (1..=count).map(|number| number.to_string()).collect();
    let output = command()
        .env("BANTIN_CACHE", folder.join("cache"))
        .current_dir(folder)
        .arg("build")
        .args(numbers)
        .args(["-o", "out"])
        .args(more)
        .output();
    Answer::from(output.expect("the command runs"))
}

fn pdf(folder: &Path, number: usize) -> Vec<u8> {
    std::fs::read(folder.join(format!("out/{number}.pdf"))).expect("the PDF")
}

#[test]
fn only_what_changed_is_built() {
    let folder = issues(4);
    let path = folder.path();
    let summary = |answer: &Answer| answer.stderr.lines().last().unwrap_or_default().to_owned();
    assert_eq!(summary(&build(path, 4, &[])), "4 built, 0 unchanged, 0 failed");
    let first = pdf(path, 2);
    assert_eq!(summary(&build(path, 4, &[])), "0 built, 4 unchanged, 0 failed");
    // A changed article, a PDF that is gone, one that somebody touched.
    let article = path.join("1/01.md");
    let text = std::fs::read_to_string(&article).expect("the article");
    std::fs::write(&article, text.replace("Chữ", "Lời")).expect("it is changed");
    std::fs::remove_file(path.join("out/2.pdf")).expect("it is removed");
    std::fs::write(path.join("out/3.pdf"), "x").expect("it is spoiled");
    assert_eq!(summary(&build(path, 4, &[])), "3 built, 1 unchanged, 0 failed");
    assert!(pdf(path, 2) == first);
    assert_eq!(summary(&build(path, 4, &["--profile", "print"])), "4 built, 0 unchanged, 0 failed");
    assert_eq!(summary(&build(path, 4, &["--profile", "print", "--force"])), "4 built, 0 unchanged, 0 failed");
    let json = build(path, 4, &["--profile", "print", "--format", "json"]).json();
    assert_eq!(json.iter().filter(|object| object["sha256"].is_string()).count(), 4);
}

#[test]
fn a_failed_issue_does_not_stop_the_others_and_jobs_do_not_matter() {
    let folder = issues(5).with("3/01.md", "no front matter");
    let one = build(folder.path(), 5, &["--jobs", "1", "--force"]);
    assert_eq!(one.status, 1);
    assert!(one.stderr.contains("4 built, 0 unchanged, 1 failed"), "{}", one.stderr);
    let pdfs: Vec<_> = [1, 2, 4, 5].map(|number| pdf(folder.path(), number)).into();
    assert!(!folder.path().join("out/3.pdf").exists());
    assert_eq!(build(folder.path(), 5, &["--jobs", "4", "--force"]).status, 1);
    assert!(pdfs == [1, 2, 4, 5].map(|number| pdf(folder.path(), number)));
}

/// Killed at any moment, no PDF is half written, and the next run goes on.
#[test]
fn a_killed_run_leaves_whole_pdfs() {
    const COUNT: usize = 6;
    let folder = issues(COUNT);
    let path = folder.path();
    assert_eq!(build(path, COUNT, &[]).status, 0);
    let wanted: Vec<_> = (1..=COUNT).map(|number| pdf(path, number)).collect();
    for moment in 0..25u64 {
        let mut child = command()
            .env("BANTIN_CACHE", path.join("cache"))
            .current_dir(path)
            .args(["build", "1", "2", "3", "4", "5", "6", "-o", "out", "--force"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command runs");
        std::thread::sleep(Duration::from_millis(7 * moment));
        // It may have ended.
        let _ = child.kill();
        let _ = child.wait();
        for (number, wanted) in (1..).zip(&wanted) {
            assert!(&pdf(path, number) == wanted, "killed after {} ms", 7 * moment);
        }
    }
    assert_eq!(build(path, COUNT, &[]).status, 0);
}

/// A change that is taken back while an issue is built is seen all the same.
#[test]
fn the_state_of_an_issue_tells_that_somebody_wrote() {
    let folder = TempIssue::usual();
    let state = || bantin::fs::IssueFolder::open(folder.path()).expect("an issue").state();
    let article = folder.path().join("01.md");
    let text = std::fs::read(&article).expect("the article");
    let before = state();
    std::fs::write(folder.path().join("out.pdf"), "%PDF-1.7").expect("a PDF");
    assert!(state() == before, "what issues become is no part of them");
    std::thread::sleep(Duration::from_millis(20));
    for content in [&b"else"[..], &text] {
        std::fs::write(&article, content).expect("it is written");
    }
    assert!(state() != before);
}

#[test]
fn what_a_killed_run_left_is_swept_away_later() {
    let folder = issues(2);
    assert_eq!(build(folder.path(), 2, &[]).status, 0);
    let parts = ["out/.bantin-oldOLD.part", "out/.bantin-newNEW.part", "out/.bantin-mine.part"]
        .map(|name| folder.path().join(name));
    for part in &parts {
        std::fs::write(part, "half").expect("it is written");
    }
    let day = std::time::SystemTime::now() - Duration::from_secs(86_400);
    for part in [&parts[0], &parts[2]] {
        let file = std::fs::File::options().append(true).open(part).expect("it is opened");
        file.set_modified(day).expect("it looks old");
    }
    assert_eq!(build(folder.path(), 2, &[]).status, 0);
    assert_eq!(parts.map(|part| part.exists()), [false, true, true]);
}

#[test]
fn two_runs_at_once_do_no_harm() {
    let folder = issues(4);
    let path = folder.path();
    let running: Vec<_> = (0..3)
        .map(|_| {
            command()
                .env("BANTIN_CACHE", path.join("cache"))
                .current_dir(path)
                .args(["build", "1", "2", "3", "4", "-o", "out", "--force", "-q"])
                .spawn()
                .expect("the command runs")
        })
        .collect();
    for mut child in running {
        assert!(child.wait().expect("it ends").success());
    }
    let at_once: Vec<_> = (1..=4).map(|number| pdf(path, number)).collect();
    assert_eq!(build(path, 4, &["--force"]).status, 0);
    assert!(at_once == (1..=4).map(|number| pdf(path, number)).collect::<Vec<_>>());
}

/// What is said to be unchanged is what was built: whatever a build reads, a change of it is seen.
#[test]
fn a_change_of_anything_that_is_read_is_seen() {
    let issue = |manifest: &str| {
        TempIssue::empty()
            .with("issues/1/issue.toml", MANIFEST.replace("[masthead]", &format!("{manifest}\n[masthead]")))
            .with("issues/1/.bài/02.md", "+++\ntitle = \"Bài\"\n+++\n\nChữ.\n")
            .with("issues/1/01.md", "+++\ntitle = \"Bài\"\n+++\n\n![Một](.ảnh/a.jpg)\n\n![Hai](b.pdf)\n\n![Ba](c.jpg)\n\n![Bốn](a\u{309}nh.jpg)\n")
            .with("issues/1/.ảnh/a.jpg", jpeg(60, 40))
            .with("issues/1/b.pdf", jpeg(60, 41))
            .with("issues/1/one.jpg", jpeg(60, 42))
            .with("issues/1/two.jpg", jpeg(60, 43))
            .with("issues/1/ảnh.jpg", jpeg(60, 44))
            .with("issues/1/thêm.txt", "x")
            .with("issues/2/issue.toml", MANIFEST)
            .with("issues/2/01.md", crate::support::ARTICLE)
            .with("layouts/own/layout.typ", "#import \".parts/a.typ\": title\n#let bulletin(issue) = { set page(width: 99mm, height: 99mm); text(font: \"Tinos\", lang: \"vi\")[#heading(title)] }")
            .with("layouts/own/.parts/a.typ", "#let title = [Tên]")
            .with("layouts/own/layout.toml", "fonts = [\"Tinos\"]\n[description]\nen = \"x\"\n[photos]\ncolumn = 9\npage = 9\ncover = 9\nlogo = 9\nheight = 9\n")
    };
    let build = |folder: &Path, more: &[&str]| {
        let mut command = command();
        command.env("BANTIN_CACHE", folder.join("cache")).current_dir(folder);
        let answer: Answer =
            command.args(["build", "issues/1", "issues/2", "-o", "out"]).args(more).output().expect("it runs").into();
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        answer.stderr.lines().last().unwrap_or_default().to_owned()
    };
    let folder = issue("layout = \"own\"\narticles = [\"01.md\", \".bài/02.md\"]");
    let path = folder.path();
    let manifest = std::fs::read_to_string(path.join("issues/1/issue.toml")).expect("the manifest");
    std::fs::write(path.join("issues/1/issue.toml"), manifest.replacen("articles = [\"01.md\"]\n", "", 1))
        .expect("it is written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("one.jpg", path.join("issues/1/c.jpg")).expect("a link");
    #[cfg(not(unix))]
    std::fs::write(path.join("issues/1/c.jpg"), jpeg(60, 42)).expect("a photo");
    for (profile, sees_all) in [("email", false), ("archive", true)] {
        let more = ["--profile", profile];
        assert_eq!(build(path, &more), "2 built, 0 unchanged, 0 failed");
        assert_eq!(build(path, &more), "0 built, 2 unchanged, 0 failed", "{profile}");
        for (name, content) in [
            (".ảnh/a.jpg", jpeg(61, 40)),
            ("b.pdf", jpeg(61, 41)),
            ("one.jpg", jpeg(61, 42)),
            ("ảnh.jpg", jpeg(61, 44)),
            (".bài/02.md", "+++\ntitle = \"Bài\"\n+++\n\nLời.\n".into()),
            ("../../layouts/own/.parts/a.typ", "#let title = [Khác]".into()),
        ] {
            let file = path.join("issues/1").join(name);
            let old = std::fs::read(&file).expect("the file");
            std::fs::write(&file, content).expect("it is changed");
            assert_eq!(build(path, &more), "1 built, 1 unchanged, 0 failed", "{profile}: {name}");
            std::fs::write(&file, old).expect("it is changed back");
            assert_eq!(build(path, &more), "1 built, 1 unchanged, 0 failed", "{profile}: {name}, back");
        }
        #[cfg(unix)]
        {
            std::fs::remove_file(path.join("issues/1/c.jpg")).expect("the link");
            let other = if sees_all { "one.jpg" } else { "two.jpg" };
            std::os::unix::fs::symlink(other, path.join("issues/1/c.jpg")).expect("a link");
            assert_eq!(build(path, &more), "1 built, 1 unchanged, 0 failed", "{profile}: the link");
        }
        // What no mail PDF has in it changes none.
        std::fs::write(path.join("issues/1/thêm.txt"), profile).expect("it is changed");
        let expected = if sees_all { "1 built, 1 unchanged, 0 failed" } else { "0 built, 2 unchanged, 0 failed" };
        assert_eq!(build(path, &more), expected, "{profile}");
    }
}

/// An output takes the place of nothing from which an issue of the run is built, by whatever name.
#[test]
fn an_output_is_no_input() {
    let issue = || {
        TempIssue::usual()
            .with("b.pdf", jpeg(60, 40))
            .with("logo.pdf", jpeg(40, 40))
            .with("layout.pdf", "x")
            .with("issue.toml", format!("{MANIFEST}logo = \"logo.pdf\"\n"))
            .with_body("![Ảnh](b.pdf \"VL\")")
    };
    let mut outputs = vec!["b.pdf", "logo.pdf", "./b.pdf", "issue.toml", "01.md"];
    let folder = issue();
    #[cfg(unix)]
    {
        for (target, name) in
            [("issue.toml", "link.pdf"), ("01.md", "text.pdf"), ("b.pdf", "photo.pdf"), ("link.pdf", "twice.pdf")]
        {
            std::os::unix::fs::symlink(target, folder.path().join(name)).expect("a link");
            outputs.push(name);
        }
        std::fs::hard_link(folder.path().join("b.pdf"), folder.path().join("hard.pdf")).expect("a link");
        outputs.push("hard.pdf");
    }
    let all = || bantin::fs::all_files_below(folder.path());
    let before: Vec<_> = all().iter().map(|name| std::fs::read(folder.path().join(name)).expect("a file")).collect();
    for output in outputs {
        for more in [&[][..], &["--profile", "archive"]] {
            let args = [&["build", ".", "--format", "json", "-o", output], more].concat();
            let answer = crate::support::run(folder.path(), &args);
            assert_eq!(answer.status, 1, "{output}: {}", answer.stdout);
            assert_eq!(answer.json()[0]["code"], "output-failed", "{output}");
            let now: Vec<_> =
                all().iter().map(|name| std::fs::read(folder.path().join(name)).expect("a file")).collect();
            assert!(now == before, "{output}");
        }
    }
    assert_eq!(crate::support::run(folder.path(), &["build", ".", "-o", "new.pdf"]).status, 0);
    assert_eq!(crate::support::run(folder.path(), &["build", ".", "-o", "new.pdf"]).status, 0);
    // The PDF of one issue where another has a photo.
    let two = TempIssue::empty()
        .with("1/issue.toml", MANIFEST)
        .with("1/01.md", crate::support::ARTICLE)
        .with("2/issue.toml", MANIFEST)
        .with("2/01.md", "+++\ntitle = \"Bài\"\n+++\n\n![Ảnh](1.pdf)\n")
        .with("2/1.pdf", jpeg(60, 40));
    let answer = crate::support::run(two.path(), &["build", "1", "2", "-o", "2"]);
    assert!(answer.stderr.contains("1 built, 0 unchanged, 1 failed"), "{}", answer.stderr);
    assert!(std::fs::read(two.path().join("2/1.pdf")).expect("the photo") == jpeg(60, 40));
}

#[test]
fn an_export_takes_the_place_of_nothing() {
    let issue = TempIssue::usual().with("main.typ", "").with("issue.json", "").with("photos/a.jpg", jpeg(60, 40));
    for output in [".", "photos/..", "photos"] {
        let answer = crate::support::run(issue.path(), &["export", ".", "-o", output]);
        assert_eq!(answer.status, 1, "{output}: {}", answer.stderr);
    }
    assert!(std::fs::read(issue.path().join("photos/a.jpg")).expect("the photo") == jpeg(60, 40));
    assert_eq!(crate::support::run(issue.path(), &["export", ".", "-o", "out"]).status, 0);
    assert_eq!(crate::support::run(issue.path(), &["export", ".", "-o", "out"]).status, 0);
}

#[test]
#[cfg(unix)]
fn a_pdf_keeps_who_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let issue = TempIssue::usual();
    let build = || assert_eq!(crate::support::run(issue.path(), &["build", ".", "-o", "a.pdf"]).status, 0);
    let mode = || std::fs::metadata(issue.path().join("a.pdf")).expect("the PDF").permissions().mode() & 0o777;
    build();
    for kept in [0o600, 0o640, 0o664, 0o666] {
        let permissions = std::fs::Permissions::from_mode(kept);
        std::fs::set_permissions(issue.path().join("a.pdf"), permissions).expect("they are set");
        build();
        assert_eq!(mode(), kept);
    }
}

#[test]
fn a_folder_is_written_whole_or_not_at_all() {
    let place = tempfile::tempdir().expect("a folder");
    let files = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), b"x".to_vec())).collect::<Vec<_>>();
    let write = |folder: &str, names: &[&str]| {
        let files = files(names);
        let files = files.iter().map(|(name, bytes)| (name, bytes));
        bantin::fs::write_new_folder(&place.path().join(folder), &["e"], files, &|| false)
    };
    assert!(write("a/b", &["a.md", "c/d.md", "a.md/x"]).is_err());
    assert!(!place.path().join("a").exists());
    std::fs::create_dir(place.path().join("empty")).expect("a folder");
    assert!(write("empty", &["a.md", "a.md"]).is_err());
    assert!(place.path().join("empty").exists() && !place.path().join("empty/a.md").exists());
    assert!(write("a/b", &["a.md", "c/d.md"]).is_ok());
    assert!(write("a/b", &["e.md"]).is_err());
    assert!(place.path().join("a/b/e").is_dir());
    assert_eq!(bantin::fs::all_files_below(place.path()), ["a/b/a.md", "a/b/c/d.md"]);
    assert_eq!(bantin::fs::entries_below(place.path()).len(), 2, "nothing half written is left");
    assert!(write("empty", &["a.md"]).is_ok());
    // Stopped at any moment, nothing is there, and the folder can be filled afterwards.
    let all = files(&["a.md", "b/c.md", "d.md"]);
    for moment in 0..=all.len() {
        std::fs::create_dir_all(place.path().join("there")).expect("a folder");
        for folder in ["new", "deep/new", "there"] {
            let asked = std::cell::Cell::new(0);
            let is_stopped = || asked.replace(asked.get() + 1) == moment;
            let files = all.iter().map(|(name, bytes)| (name, bytes));
            let written = bantin::fs::write_new_folder(&place.path().join(folder), &[], files, &is_stopped);
            assert_eq!(written, Ok(bantin::fs::Written::Stopped), "{folder} at {moment}");
        }
        assert_eq!(bantin::fs::entries_below(place.path()).len(), 3, "{moment}");
        assert!(!place.path().join("new").exists() && !place.path().join("deep").exists());
    }
    assert!(write("there", &["a.md"]).is_ok());
}

/// Half-written folders of runs that were killed go, and nothing that could be anybody's.
#[cfg(unix)]
#[test]
fn a_folder_left_half_written_is_swept_away_later() {
    let place = tempfile::tempdir().expect("a folder");
    let day = std::time::SystemTime::now() - Duration::from_secs(86_400);
    let age = |path: &Path| std::fs::File::open(path).and_then(|file| file.set_modified(day)).expect("it looks old");
    let make = |name: &str, is_old: bool| {
        let folder = place.path().join(name);
        std::fs::create_dir_all(folder.join("photos")).expect("a folder");
        std::fs::write(folder.join("photos/a.jpg"), "half").expect("a file");
        if is_old {
            [folder.join("photos/a.jpg"), folder.join("photos"), folder.clone()].iter().for_each(|path| age(path));
        }
        folder
    };
    let (old, young) = (make(".bantin-oldOLD.part", true), make(".bantin-newNEW.part", false));
    let (other, mixed) = (make(".bantin-mine.part", true), make(".bantin-mixMIX.part", true));
    std::fs::write(mixed.join("photos/a.jpg"), "at work").expect("a file");
    let linked = make(".bantin-linLIN.part", true);
    std::os::unix::fs::symlink(&other, linked.join("link")).expect("a link");
    age(&linked);
    bantin::fs::remove_stale_temp_files(place.path());
    let are_there = [&old, &young, &other, &mixed, &linked].map(|folder| folder.join("photos/a.jpg").exists());
    assert_eq!(are_there, [false, true, true, true, true]);
}

/// Only an earlier PDF gives way to a PDF, whoever the file belongs to; and an issue gets no new files but PDFs.
#[test]
fn an_output_replaces_pdfs_alone() {
    let place = TempIssue::empty()
        .with("one/issue.toml", MANIFEST)
        .with("one/01.md", crate::support::ARTICLE)
        .with("one/photos/a.txt", "a")
        .with("other/issue.toml", MANIFEST)
        .with("notes.txt", "của tôi")
        .with("short", "%PD")
        .with("late", "x%PDF-1.7")
        .with("damaged.pdf", "x")
        .with("empty", "")
        .with("earlier", "%PDF-1.7 cũ");
    let build = |output: &str| crate::support::run(place.path(), &["build", "one", "-o", output, "--format", "json"]);
    for output in ["other/issue.toml", "notes.txt", "short", "late", "other/../other/issue.toml"] {
        let before = std::fs::read(place.path().join(output)).expect("a file");
        let answer = build(output);
        assert_eq!((answer.status, &answer.json()[0]["code"]), (1, &"output-failed".into()), "{output}");
        assert!(std::fs::read(place.path().join(output)).expect("a file") == before, "{output}");
    }
    for output in ["one/photos/new.jpg", "one/new", "one/photos/../b.md", "./one/x.pdf.jpg"] {
        let answer = build(output);
        assert_eq!((answer.status, &answer.json()[0]["code"]), (1, &"output-failed".into()), "{output}");
        assert!(!place.path().join(output).exists(), "{output}");
    }
    for output in ["empty", "earlier", "damaged.pdf", "one/new.pdf", "one/photos", "one/NEW2.PDF", "new.bin", "new.bin"]
    {
        let answer = build(output);
        assert_eq!(answer.status, 0, "{output}: {}", answer.stdout);
    }
    assert!(place.path().join("one/photos/one.pdf").is_file());
    // In words, in both languages.
    for (lang, words) in [("en", "not a PDF"), ("vi", "không phải PDF")] {
        let answer = crate::support::run(place.path(), &["build", "one", "-o", "notes.txt", "--lang", lang]);
        assert!(answer.stderr.contains(words) && answer.stderr.contains(".pdf"), "{}", answer.stderr);
    }
}

/// However an extract is ended, the folder is not there or complete, and a second one fills it.
#[cfg(unix)]
#[test]
fn an_extract_that_is_stopped_leaves_no_half() {
    let issue = (0..300).fold(TempIssue::usual(), |issue, n| issue.with(&format!("notes/{n}.txt"), vec![b'a'; 20_000]));
    let place = tempfile::tempdir().expect("a folder");
    let pdf = place.path().join("a.pdf");
    let args = ["build", ".", "--profile", "archive", "-q", "-o", pdf.to_str().expect("a path")];
    assert_eq!(crate::support::run(issue.path(), &args).status, 0);
    assert_eq!(crate::support::run(place.path(), &["extract", "a.pdf", "-o", "first"]).status, 0);
    let whole = bantin::fs::entries_below(&place.path().join("first")).len();
    assert!(whole > 300);
    for (round, signal) in ["-TERM", "-INT", "-KILL"].into_iter().cycle().take(15).enumerate() {
        let folder = place.path().join("out");
        if round % 2 == 0 {
            std::fs::create_dir(&folder).expect("a folder");
        }
        let mut child = command()
            .current_dir(place.path())
            .args(["extract", "a.pdf", "-o", "out", "-q"])
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_millis(15 * round as u64));
        let _ = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status();
        let _ = child.wait();
        let count = bantin::fs::entries_below(&folder).len();
        assert!(count == 0 || count == whole, "{count} files after {signal}");
        if count == 0 {
            let again = crate::support::run(place.path(), &["extract", "a.pdf", "-o", "out"]);
            assert_eq!(again.status, 0, "{}", again.stderr);
        }
        assert_eq!(bantin::fs::entries_below(&folder).len(), whole);
        std::fs::remove_dir_all(&folder).expect("it goes");
    }
    // The folder in which somebody stands stays the same one.
    let here = place.path().join("here");
    std::fs::create_dir(&here).expect("a folder");
    let before = bantin::fs::Identity::of(&here);
    let answer = crate::support::run(&here, &["extract", "../a.pdf", "-o", "."]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(bantin::fs::Identity::of(&here) == before && bantin::fs::entries_below(&here).len() == whole);
}
