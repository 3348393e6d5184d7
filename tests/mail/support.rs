//! An office with an issue and a list, a server for a test, and what both have to say afterwards.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

/// As `scenarios.py` has them.
pub(crate) const USER: &str = "toa-soan@office.example";
pub(crate) const PASSWORD: &str = "Mật khẩu: đúng 1 %40!";

/// No test waits longer for a run.
const PATIENCE: Duration = Duration::from_secs(150);

const MANIFEST: &str = "date = 2026-11-28\nnumber = 11\narticles = [\"01.md\"]\n\n[masthead]\ntitle = \"Bản tin thử\"\n\n\
    [mail]\nfrom = \"Tòa soạn <toa-soan@office.example>\"\n";

const ARTICLE: &str = "+++\ntitle = \"Bài thử\"\nauthor = \"Tổ biên tập\"\n+++\n\nMột đoạn văn ngắn.\n";

/// Python with the packages, or nothing: then a note says so, once.
pub(crate) fn python() -> Option<Command> {
    static NOTE: Once = Once::new();
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/mail/bin/python");
    if python.exists() {
        let mut command = Command::new(python);
        // Nothing is written beside the tests.
        command.arg("-B");
        return Some(command);
    }
    // Past the harness, which keeps what a test prints when it passes.
    NOTE.call_once(|| {
        let note = "\nmail ... SKIPPED: it needs the packages of tests/mail/requirements.txt (`.ci/run mail`)\n";
        std::io::stderr().write_all(note.as_bytes()).expect("a note");
    });
    None
}

/// A program of this folder in Python.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail").join(name)
}

fn lines_of(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
}

/// A server that ends with the test.
pub(crate) struct Server {
    process: Child,
    folder: TempDir,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// A server that behaves as `scenarios.py` says; nothing where the packages are missing.
    pub(crate) fn start(scenario: &str) -> Option<Self> {
        let mut python = python()?;
        let folder = TempDir::with_prefix("bantin-server-").expect("a folder");
        let mut process = python
            .arg(script("server.py"))
            .args([Path::new(scenario), folder.path()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server runs");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let port = serde_json::from_str::<Value>(&line).expect("JSON")["port"].as_u64().expect("a port");
        Some(Self { process, folder, port: port.try_into().expect("a port") })
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// With the user that servers with passwords know.
    pub(crate) fn url_of_user(&self, scheme: &str) -> String {
        format!("{scheme}://{}@127.0.0.1:{}", USER.replace('@', "%40"), self.port)
    }

    pub(crate) fn url_over_tls(&self) -> String {
        format!("smtps://127.0.0.1:{}", self.port)
    }

    /// The authority whose certificates are to be trusted.
    pub(crate) fn ca(&self) -> String {
        self.folder.path().join("ca.pem").to_string_lossy().into_owned()
    }

    /// The envelopes of the messages that it took.
    pub(crate) fn taken(&self) -> Vec<Value> {
        lines_of(&self.folder.path().join("messages.jsonl"))
    }

    /// How many messages it has taken so far.
    pub(crate) fn count(&self) -> usize {
        let ticks = std::fs::metadata(self.folder.path().join("ticks"));
        ticks.map_or(0, |ticks| ticks.len().try_into().unwrap_or(usize::MAX))
    }

    /// How often it took a message for each address.
    pub(crate) fn taken_by_address(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for envelope in self.taken() {
            let addresses = envelope["to"].as_array().expect("addresses");
            assert_eq!(addresses.len(), 1, "a message of one's own: {envelope}");
            *counts.entry(addresses[0].as_str().expect("an address").to_owned()).or_default() += 1;
        }
        counts
    }

    /// The addresses whose messages it took, each as often as that.
    pub(crate) fn addresses(&self) -> Vec<String> {
        self.taken_by_address().into_iter().flat_map(|(address, count)| vec![address; count]).collect()
    }

    /// The messages as they came, in that order.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let folder = self.folder.path().join("messages");
        self.taken().iter().map(|envelope| folder.join(envelope["file"].as_str().expect("a name"))).collect()
    }

    /// Every command that it was given.
    pub(crate) fn commands(&self) -> Vec<Value> {
        lines_of(&self.folder.path().join("log.jsonl"))
    }

    /// How often this command was given.
    pub(crate) fn count_of(&self, command: &str) -> usize {
        self.commands().iter().filter(|line| line["command"] == command).count()
    }

    /// Waits until it has taken so many messages.
    pub(crate) fn wait_for(&self, count: usize) {
        until("messages at the server", || self.count() >= count);
    }
}

/// Waits until something is so, and ends the test where that takes too long.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "waited for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A folder with an issue (`2026-11`) and a list of recipients (`list.txt`).
pub(crate) struct Office {
    folder: TempDir,
}

impl Office {
    pub(crate) fn new(recipients: &[&str]) -> Self {
        let office = Self { folder: TempDir::with_prefix("bantin-office-").expect("a folder") };
        office
            .with("2026-11/issue.toml", MANIFEST)
            .with("2026-11/01.md", ARTICLE)
            .with("list.txt", &recipients.iter().map(|address| format!("{address}\n")).collect::<String>())
    }

    /// With recipients `1@x.example` and so on.
    pub(crate) fn large(recipients: usize) -> Self {
        let list: String = (1..=recipients).map(|number| format!("{number}@x.example\n")).collect();
        Self::new(&[]).with("list.txt", &list)
    }

    /// Adds a file, or replaces it.
    pub(crate) fn with(self, path: &str, content: &str) -> Self {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(file, content).expect("the file is written");
        self
    }

    /// Adds keys to `[mail]` in the manifest.
    pub(crate) fn with_mail(self, keys: &str) -> Self {
        self.with("2026-11/issue.toml", &format!("{MANIFEST}{keys}\n"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where the journal is if nobody says otherwise.
    pub(crate) fn journal_file(&self) -> PathBuf {
        self.path().join("2026-11.mail.jsonl")
    }

    /// `bantin mail` of this issue, away from the user's settings.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bantin"));
        command.env_remove("NO_COLOR").env_remove("BANTIN_SMTP_PASSWORD").env("LC_ALL", "en_US.UTF-8");
        command.env("BANTIN_CACHE", self.path().join("cache")).current_dir(self.path());
        command.args(["mail", "2026-11", "--format", "json"]).args(args);
        command
    }

    /// Runs it with these arguments and no others.
    pub(crate) fn mail(&self, args: &[&str]) -> Answer {
        Run::start(self.command(args)).wait()
    }

    /// Sends to the list.
    pub(crate) fn send(&self, server: &Server, args: &[&str]) -> Answer {
        self.start(server, args).wait()
    }

    /// Starts sending to the list.
    pub(crate) fn start(&self, server: &Server, args: &[&str]) -> Run {
        let url = server.url();
        let mut all = vec!["--to", "list.txt", "--send", &url];
        all.extend(args);
        Run::start(self.command(&all))
    }
}

/// A run that goes on.
pub(crate) struct Run {
    child: Child,
    output: TempDir,
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Run {
    pub(crate) fn start(mut command: Command) -> Self {
        let output = TempDir::with_prefix("bantin-output-").expect("a folder");
        // Files are never full as pipes are.
        let file = |name: &str| File::create(output.path().join(name)).expect("a file");
        let child = command.stdin(Stdio::null()).stdout(file("out")).stderr(file("err")).spawn().expect("it runs");
        Self { child, output }
    }

    pub(crate) fn is_over(&mut self) -> bool {
        self.child.try_wait().expect("its state").is_some()
    }

    /// As Ctrl-C does.
    pub(crate) fn interrupt(&self) {
        kill_process(Pid::from_child(&self.child), Signal::INT).expect("it is there");
    }

    /// As a power cut does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it is there");
        self.child.wait().expect("its state");
    }

    pub(crate) fn wait(mut self) -> Answer {
        until("the end of a run", || self.is_over());
        let text = |name: &str| {
            String::from_utf8(std::fs::read(self.output.path().join(name)).expect("its output")).expect("UTF-8")
        };
        let status = self.child.wait().expect("its state").code().unwrap_or(-1);
        Answer { status, stdout: text("out"), stderr: text("err") }
    }
}

/// What a run answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
    }

    /// What it says of each recipient.
    pub(crate) fn recipients(&self) -> Vec<Value> {
        self.json().into_iter().filter(|object| object["to"].is_string()).collect()
    }

    /// Recipient and status, in the order of the list.
    pub(crate) fn statuses(&self) -> Vec<(String, String)> {
        let word = |value: &Value| value.as_str().expect("a word").to_owned();
        self.recipients().iter().map(|object| (word(&object["to"]), word(&object["status"]))).collect()
    }

    /// What it says of this recipient.
    pub(crate) fn of(&self, address: &str) -> Value {
        let mut found = self.recipients().into_iter().filter(|object| object["to"] == address);
        let one = found.next().unwrap_or_else(|| panic!("nothing of {address}: {self:#?}"));
        assert!(found.next().is_none(), "{address} is named twice: {self:#?}");
        one
    }

    /// Sent, refused, deferred, unknown.
    pub(crate) fn counts(&self) -> [u64; 4] {
        let last = self.json().pop().unwrap_or_else(|| panic!("{self:#?}"));
        ["sent", "refused", "deferred", "unknown"]
            .map(|status| last["mailed"][status].as_u64().unwrap_or_else(|| panic!("{self:#?}")))
    }

    /// It ended well, and so many messages were sent.
    pub(crate) fn expect_sent(&self, count: u64) {
        assert_eq!((self.status, self.counts()), (0, [count, 0, 0, 0]), "{self:#?}");
    }

    /// It ended before the first message, with this code, and says why.
    pub(crate) fn expect_error(&self) -> String {
        assert_eq!(self.status, 1, "{self:#?}");
        assert!(self.recipients().is_empty(), "{self:#?}");
        let errors: Vec<_> = self.json().into_iter().filter(|object| object["severity"] == "error").collect();
        assert!(errors.iter().all(|error| error["code"] == "mail-failed"), "{self:#?}");
        let first = errors.first().unwrap_or_else(|| panic!("{self:#?}"));
        first["message"].as_str().expect("a message").to_owned()
    }
}
