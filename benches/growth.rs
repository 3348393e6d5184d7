//! A whole archive at once: `cargo bench --bench growth` builds 1,000 issues in one process.
//!
//! - the time per issue of 1,000 against that of 20, and the most memory that 20, 200 and 1,000 took;
//! - two cores against one.
//!
//! The issues are the second sample with other numbers in the manifest, in titles and in paragraphs. Their photos are
//! in the cache, as in an archive that was built before.
#![expect(clippy::disallowed_methods, reason = "a benchmark makes its own files")]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark ends where something is missing, and prints"
)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const FEW: usize = 20;
const MANY: usize = 1000;

/// How many issues show what a second core is worth, and fill the memory that more do not exceed.
const SHARED: usize = 200;

fn main() {
    let place = tempfile::tempdir().expect("a folder");
    let archive = Archive::draw(place.path());
    archive.build(4, 2);
    growth(&archive);
    cores(&archive);
}

fn growth(archive: &Archive) {
    const RUNS: usize = 5;
    let mut few: Vec<_> = (0..RUNS).map(|_| archive.build(FEW, 2)).collect();
    let many = archive.build(MANY, 2);
    few.sort_by_key(|run| run.time);
    let few = few[RUNS / 2];
    let more = archive.build(SHARED, 2);
    for (count, run) in [(FEW, few), (SHARED, more), (MANY, many)] {
        println!("{count} issues: {:.1} ms each, {} MB at most", run.each(count), run.memory);
    }
    println!("{MANY} against {FEW}: {:.2} times the time each", many.each(MANY) / few.each(FEW));
    println!("{MANY} against {SHARED}: {:.2} times the memory", many.memory as f64 / more.memory as f64);
}

/// In turns, for the machine may be shared.
fn cores(archive: &Archive) {
    const RUNS: usize = 3;
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        one.push(archive.build(SHARED, 1).time);
        two.push(archive.build(SHARED, 2).time);
    }
    one.sort();
    two.sort();
    let (one, two) = (one[RUNS / 2], two[RUNS / 2]);
    println!(
        "{SHARED} issues on one core {one:.1?}, on two {two:.1?}: {:.2} times as fast",
        one.as_secs_f64() / two.as_secs_f64()
    );
}

/// How long a run took, and the most memory it had, in megabytes (0 where the system does not tell).
#[derive(Clone, Copy)]
struct Run {
    time: Duration,
    memory: u64,
}

impl Run {
    /// Milliseconds an issue.
    fn each(&self, count: usize) -> f64 {
        self.time.as_secs_f64() * 1e3 / count as f64
    }
}

/// A folder of issues.
struct Archive {
    root: PathBuf,
}

impl Archive {
    fn draw(root: &Path) -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("issues/2026-10");
        for number in 0..MANY {
            let folder = root.join(format!("{number:04}"));
            for file in bantin::fs::files_below(&sample) {
                let (from, to) = (sample.join(&file), folder.join(&file));
                std::fs::create_dir_all(to.parent().expect("a folder")).expect("the folder is made");
                if file.ends_with(".md") || file == bantin::fs::MANIFEST {
                    std::fs::write(to, numbered(&std::fs::read_to_string(from).expect("a text"), number))
                        .expect("the text is written");
                } else if std::fs::hard_link(&from, &to).is_err() {
                    std::fs::copy(from, to).expect("the file is copied");
                }
            }
        }
        Self { root: root.to_owned() }
    }

    /// Builds the first `count` issues on `jobs` cores.
    fn build(&self, count: usize, jobs: usize) -> Run {
        let issues = (0..count).map(|number| self.root.join(format!("{number:04}")));
        let started = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_bantin"))
            .env("BANTIN_CACHE", self.root.join("cache"))
            .arg("build")
            .args(issues)
            .arg("-o")
            .arg(self.root.join("out"))
            .args(["--force", "--quiet", "--jobs", &jobs.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command runs");
        let memory = watch(&mut child);
        let time = started.elapsed();
        assert!(child.wait().expect("it ends").success());
        Run { time, memory }
    }
}

/// An article with a number in its title and in every paragraph, or a manifest with another number.
fn numbered(text: &str, number: usize) -> String {
    match text.split_once("+++\n\n") {
        Some((front, body)) => {
            let front = front.replace("title = \"", &format!("title = \"{number}: "));
            format!("{front}+++\n\n{}", body.replace(". ", &format!(". Số {number} nói: ")))
        }
        None => {
            let lines = text.lines().map(|line| {
                if line.starts_with("number = ") { format!("number = {}\n", number + 1) } else { format!("{line}\n") }
            });
            lines.collect()
        }
    }
}

/// Waits for a process to end. Returns the most memory that it had, in megabytes, where the system is Linux.
fn watch(child: &mut Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("it is asked").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
        most = most.max(kilobytes.unwrap_or(0) / 1000);
        std::thread::sleep(Duration::from_millis(10));
    }
    most
}
