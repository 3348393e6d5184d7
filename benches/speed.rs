//! How fast: `cargo bench --bench speed`. Ratios of times in one run, for the machine may be shared.
//!
//! - a whole process of ours against the stock typst on the exported project, in turns (where `typst` is there);
//! - reading and laying out again after an edit of one paragraph, against laying out for the first time;
//! - the time per page of a long issue against that of a short one.
#![expect(clippy::disallowed_methods, reason = "a benchmark makes its own files")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark ends where something is missing, and prints"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bantin::fs::IssueFolder;
use bantin::photo::Cache;
use bantin::session::{BuildContext, Options, Session};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("issues/2026-09");
    let place = tempfile::tempdir().expect("a folder");
    against_stock_typst(&sample, place.path());
    after_an_edit(&sample, place.path());
    long_against_short(place.path());
}

/// The middle of the times of an odd number of runs.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn time(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

/// Whole processes in turns. Ours finds its photos in the cache; the export has them prepared.
fn against_stock_typst(sample: &Path, place: &Path) {
    const RUNS: usize = 31;
    let bantin = env!("CARGO_BIN_EXE_bantin");
    let project = place.join("project");
    let ours_of = || {
        let mut command = Command::new(bantin);
        command.env("BANTIN_CACHE", place.join("cache"));
        command
    };
    let export = ours_of().arg("export").arg(sample).arg("-o").arg(&project).arg("-q").status();
    assert!(export.expect("the command runs").success());
    if Command::new("typst").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("stock typst: not here (cargo install typst-cli --version 0.15.1 --locked)");
        return;
    }
    let run = |command: &mut Command| {
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the command runs");
        assert!(status.success());
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(time(|| run(ours_of().arg("build").arg(sample).arg("-o").arg(place.join("ours.pdf")))));
        theirs.push(time(|| {
            run(Command::new("typst")
                .args(["compile", "--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1", "--root"])
                .arg(&project)
                .arg("--font-path")
                .arg(project.join("fonts"))
                .arg(project.join("main.typ"))
                .arg(place.join("theirs.pdf")));
        }));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("whole process: bantin {ours:.0?}, stock typst {theirs:.0?}: {:.2} times", ratio(ours, theirs));
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// A session whose issue is edited, one paragraph at a time.
fn after_an_edit(sample: &Path, place: &Path) {
    let copy = place.join("edited");
    for file in bantin::fs::files_below(sample) {
        let to = copy.join(&file);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("the folder is made");
        std::fs::copy(sample.join(&file), to).expect("the file is copied");
    }
    let article = copy.join("05-so-hoa-luu-tru.md");
    let text = std::fs::read_to_string(&article).expect("an article");
    let folder = || IssueFolder::open(&copy).expect("an issue");
    let cache = Arc::new(Cache::new(place.join("cache").join("photos"), 1_000_000_000));
    let context = BuildContext { cache: Some(cache), ..BuildContext::default() };
    let pages = |session: &mut Session| assert!(session.pages().value.is_some_and(|pages| pages.pages() > 1));
    let open = || Session::open(folder(), Options::default(), context.clone());
    // The photos come from the cache the first time, too.
    pages(&mut open());
    bantin::session::forget();
    let mut session = None;
    let cold = time(|| pages(session.insert(open())));
    let Some(mut session) = session else { return };
    // A file that has just been written is read again, whatever its time says.
    std::thread::sleep(Duration::from_millis(2_100));
    session.refresh();
    let edits: Vec<_> = (0..31)
        .map(|n| {
            std::fs::write(&article, text.replacen("hồ sơ", &format!("hồ sơ số {n}"), 1)).expect("an edit");
            time(|| {
                assert_eq!(session.refresh().texts.len(), 1);
                pages(&mut session);
            })
        })
        .collect();
    let warm = median(edits);
    println!(
        "after an edit of one paragraph: {warm:.1?}, the first time {cold:.0?}: {:.1}%",
        100.0 * ratio(warm, cold)
    );
}

/// Whole processes, in turns: what one leaves behind must not help or hinder the other.
fn long_against_short(place: &Path) {
    const RUNS: usize = 5;
    let (short, long) = (place.join("short"), place.join("long"));
    generate(&short, 27);
    generate(&long, 450);
    let output = place.join("out.pdf");
    let build = |folder: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bantin"));
        command.arg("build").arg(folder).arg("-o").arg(&output).args(["--format", "json"]);
        let started = Instant::now();
        let answer = command.output().expect("the command runs");
        let taken = started.elapsed();
        let last = answer.stdout.trim_ascii_end().rsplit(|&byte| byte == b'\n').next().expect("lines of JSON");
        let line: serde_json::Value = serde_json::from_slice(last).expect("a line of JSON");
        (taken, line["pages"].as_u64().expect("a number of pages"))
    };
    let (mut short_times, mut long_times, mut pages) = (Vec::new(), Vec::new(), (0, 0));
    for _ in 0..RUNS {
        let (time, count) = build(&short);
        short_times.push(time);
        pages.0 = count;
        let (time, count) = build(&long);
        long_times.push(time);
        pages.1 = count;
    }
    let (short, long) = (median(short_times), median(long_times));
    let per_page = |time: Duration, pages: u64| time.as_secs_f64() * 1e3 / pages as f64;
    let (short_rate, long_rate) = (per_page(short, pages.0), per_page(long, pages.1));
    println!(
        "{} pages in {long:.1?}, {long_rate:.1} ms a page; {} pages in {short:.2?}, {short_rate:.1} ms a page: {:.2} times",
        pages.1,
        pages.0,
        long_rate / short_rate
    );
}

/// An issue of so many articles of about a page each.
fn generate(folder: &Path, articles: usize) {
    const SENTENCE: &str = "Theo Nghị quyết số 19-NQ/TW, giai đoạn 2021-2025 toàn tỉnh cắt giảm 41,44% thời gian giải quyết \
                            thủ tục hành chính, người dân không phải nộp lại giấy tờ đã có trong kho dữ liệu.";
    std::fs::create_dir_all(folder).expect("a folder");
    let mut manifest = "date = 2026-11-28\nnumber = 11\n".to_owned();
    for section in 0..articles.div_ceil(9) {
        let list: Vec<_> = (section * 9..articles.min(section * 9 + 9)).map(|n| format!("\"{n:03}.md\"")).collect();
        manifest.push_str(&format!(
            "[[section]]\ntitle = \"Chuyên mục {}\"\narticles = [{}]\n",
            section + 1,
            list.join(", ")
        ));
    }
    manifest.push_str("[masthead]\ntitle = \"Cải cách hành chính\"\n");
    std::fs::write(folder.join("issue.toml"), manifest).expect("the manifest");
    for n in 0..articles {
        let paragraphs: Vec<_> = (0..8 + n % 5).map(|p| [SENTENCE].repeat(1 + (n + p) % 3).join(" ")).collect();
        let text = format!("+++\ntitle = \"Bài số {n}\"\n+++\n\n{}\n", paragraphs.join("\n\n"));
        std::fs::write(folder.join(format!("{n:03}.md")), text).expect("an article");
    }
}
