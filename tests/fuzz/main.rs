//! Damaged manifests, articles, photos and archives through the command itself: it never panics, never hangs, and leaves
//! a whole PDF or folder, or none, with an error that says why.
//!
//! 2,000 inputs, or as many as `BANTIN_FUZZ` says (`BANTIN_FUZZ=100000 cargo test --release --test fuzz`); `BANTIN_FUZZ_SEED`
//! gives others. What fails is left in the folder that the failure names.

#![expect(clippy::disallowed_methods, reason = "tests look at files as anybody would")]
#![expect(clippy::expect_used, reason = "what helps a test ends it where something is missing")]
#![expect(clippy::print_stdout, reason = "it tells how many inputs there were")]

#[path = "../common/damage.rs"]
mod damage;
mod garble;
mod seeds;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use damage::{Random, damaged};
use garble::garbled;
use serde_json::Value;
use sha2::Digest;

/// Issues that are built by one process.
const BATCH: usize = 25;

/// No honest input of this size takes a hundredth of that.
const HANGS: Duration = Duration::from_secs(120);

/// Most memory of a process, in kilobytes: of its addresses, of which an allocator takes more than it uses.
const MEMORY: &str = "8000000";

#[test]
fn damaged_inputs() {
    let number = |name: &str, usual| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (count, seed) = (number("BANTIN_FUZZ", 2_000), number("BANTIN_FUZZ_SEED", 1));
    let place = tempfile::Builder::new().prefix("bantin-fuzz-").tempdir().expect("a folder");
    let archive = seeds::archive(place.path());
    let mut failures = Vec::new();
    let (mut built, mut done) = (0, 0);
    while done < count && failures.is_empty() {
        let folder = place.path().join(format!("{done}"));
        let mut random = Random::new((seed * 1_000_000_000 + done) as u64);
        match done / BATCH % 5 {
            4 => failures.extend(archives(&folder, &archive, &mut random)),
            kind => {
                let (sound, found) = issues(&folder, kind, &mut random);
                built += sound;
                failures.extend(found);
            }
        }
        if failures.is_empty() {
            std::fs::remove_dir_all(&folder).expect("it goes");
        }
        done += BATCH;
    }
    if !failures.is_empty() {
        let kept = place.keep();
        panic!("in {}: {failures:#?}", kept.display());
    }
    // Damage that nothing survives would test little, and damage that nobody notices as well.
    assert!(built * 20 > done && built < done, "{built} of {done} were built");
    println!("{done} damaged inputs, of which {built} were built all the same");
}

/// Builds a batch of damaged issues; how many were built, and what went wrong.
fn issues(folder: &Path, kind: usize, random: &mut Random) -> (usize, Vec<String>) {
    let photos = seeds::photos();
    for index in 0..BATCH {
        let photo = &photos[random.below(photos.len())];
        seeds::issue(&folder.join(index.to_string()), photo, |path, content| match (kind, path) {
            (0, "issue.toml") | (1 | 2, "01.md") => garbled(&String::from_utf8_lossy(content), seeds::TOKENS, random),
            (3, _) if path.starts_with("photos/") => match path.strip_suffix(".svg") {
                Some(_) => garbled(&String::from_utf8_lossy(content), seeds::SVG_TOKENS, random),
                None => damaged(content, random),
            },
            _ => content.to_vec(),
        });
    }
    let names: Vec<_> = (0..BATCH).map(|index| index.to_string()).collect();
    let mut failures = Vec::new();
    if kind == 2 {
        let mut fix = bantin(folder);
        fix.args(["check", "--fix", "--format", "json"]).args(&names);
        match finished(fix) {
            Ok(run) => failures.extend(run.failures()),
            Err(finding) => return (0, vec![finding]),
        }
    }
    let mut command = bantin(folder);
    command.args(["build", "--format", "json", "-o", "out/", "--force"]).args(&names);
    let run = match finished(command) {
        Ok(run) => run,
        Err(finding) => return (0, vec![finding]),
    };
    failures.extend(run.failures());
    let objects = run.objects();
    let mut built = 0;
    for name in &names {
        let output = folder.join(format!("out/{name}.pdf"));
        let told = objects.iter().find(|object| {
            object["output"].as_str().is_some_and(|path| Path::new(path).ends_with(format!("{name}.pdf")))
        });
        let has_error = objects.iter().any(|object| object["severity"] == "error" && object["issue"] == name.as_str());
        match (told, std::fs::read(&output)) {
            (Some(told), Ok(bytes)) if !has_error && told["sha256"] == sha256(&bytes) => built += 1,
            (None, Err(_)) if has_error => {}
            _ => failures.push(format!("{name}: neither a whole PDF nor an error alone")),
        }
    }
    let left: Vec<_> = listed(&folder.join("out")).into_iter().filter(|name| !name.ends_with(".pdf")).collect();
    if !left.is_empty() {
        failures.push(format!("left behind: {left:?}"));
    }
    (built, failures)
}

/// Takes damaged archives apart, and verifies some.
fn archives(folder: &Path, archive: &seeds::Archive, random: &mut Random) -> Vec<String> {
    std::fs::create_dir_all(folder).expect("a folder");
    let mut failures = Vec::new();
    for index in 0..BATCH {
        let bytes = match random.below(3) {
            0 => damaged(&archive.bytes, random),
            // What is not packed can be damaged more cleverly.
            _ => {
                let garbled = garbled(&archive.plain_text, seeds::PDF_TOKENS, random);
                // One character of that text is one byte of the file.
                String::from_utf8_lossy(&garbled).chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
            }
        };
        let name = format!("{index}.pdf");
        std::fs::write(folder.join(&name), bytes).expect("it is written");
        let mut command = bantin(folder);
        let output = format!("out-{index}");
        if random.below(5) == 0 {
            command.args(["verify", &name, "--format", "json"]);
        } else {
            command.args(["extract", &name, "-o", &output, "--format", "json"]);
        }
        match finished(command) {
            Ok(run) => {
                let is_whole = !folder.join(&output).exists()
                    || run.status == 0 && folder.join(&output).join("issue.toml").exists();
                failures.extend(run.failures().into_iter().map(|failure| format!("{name}: {failure}")));
                failures.extend((!is_whole).then(|| format!("{name}: half a folder")));
            }
            Err(finding) => failures.push(format!("{name}: {finding}")),
        }
    }
    let left: Vec<_> = listed(&folder.join("tmp"));
    if !left.is_empty() {
        failures.push(format!("left behind: {left:?}"));
    }
    failures
}

/// The command, with a temporary folder and a cache of its own, and bounded memory where the system bounds it.
fn bantin(folder: &Path) -> Command {
    std::fs::create_dir_all(folder.join("tmp")).expect("a folder");
    let program = env!("CARGO_BIN_EXE_bantin");
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v \"$1\"; shift; exec \"$@\"", "sh", MEMORY, program]);
        shell
    } else {
        Command::new(program)
    };
    command.current_dir(folder).env("BANTIN_CACHE", folder.join("cache")).env("TMPDIR", folder.join("tmp"));
    command.env("LC_ALL", "vi_VN.UTF-8").env_remove("RUST_BACKTRACE");
    command
}

/// What a process left.
struct Finished {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Finished {
    fn objects(&self) -> Vec<Value> {
        self.stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// What must not be, whatever the input.
    fn failures(&self) -> Vec<String> {
        let mut failures = Vec::new();
        if !matches!(self.status, 0 | 1) {
            failures.push(format!("exit status {}: {}", self.status, self.stderr));
        }
        let objects = self.objects();
        if objects.len() != self.stdout.lines().count() {
            failures.push("a line of the output is no object".to_owned());
        }
        let internal = objects.iter().filter(|object| object["code"] == "internal-error");
        failures.extend(internal.map(|object| format!("{} in {}", object["message"], object["issue"])));
        if self.status == 1
            && !objects.iter().any(|object| object["severity"] == "error" || object["identical"] == false)
        {
            failures.push("a failure without an error".to_owned());
        }
        failures
    }
}

/// Runs a command to its end, or for so long that it hangs.
fn finished(mut command: Command) -> Result<Finished, String> {
    let text = |stream: Option<&mut (dyn std::io::Read + Send)>| {
        let mut bytes = Vec::new();
        // What cannot be read is missed by the checks.
        let _ = stream.map(|stream| stream.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs");
    let (mut stdout, mut stderr) = (child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        let stdout = scope.spawn(move || text(stdout.as_mut().map(|stream| stream as _)));
        let stderr = scope.spawn(move || text(stderr.as_mut().map(|stream| stream as _)));
        let status = wait(&mut child)?;
        let text = |thread: std::thread::ScopedJoinHandle<'_, String>| thread.join().unwrap_or_default();
        Ok(Finished { status, stdout: text(stdout), stderr: text(stderr) })
    })
}

fn wait(child: &mut Child) -> Result<i32, String> {
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.code().unwrap_or(-1)),
            Ok(None) if started.elapsed() < HANGS => std::thread::sleep(Duration::from_millis(2)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err("it hangs".to_owned());
            }
        }
    }
}

fn listed(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn sha256(bytes: &[u8]) -> String {
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
