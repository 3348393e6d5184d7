//! Makes issues and runs the command.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use bantin::diagnostic::Diagnostic;
use bantin::fs::IssueFolder;
use bantin::session::{BuildContext, Options, Session};
use serde_json::Value;
use tempfile::TempDir;

/// The folder of this repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A manifest that lists one article, for tests that are about something else.
pub(crate) const MANIFEST: &str =
    "date = 2026-11-28\nnumber = 11\narticles = [\"01.md\"]\n\n[masthead]\ntitle = \"Bản tin thử\"\n";

/// An article, for tests that are about something else.
pub(crate) const ARTICLE: &str = "+++\ntitle = \"Bài thử\"\nauthor = \"Tổ biên tập\"\n+++\n\nMột đoạn văn ngắn.\n";

/// An issue in a folder of its own that goes away with the value.
pub(crate) struct TempIssue {
    pub folder: TempDir,
}

impl TempIssue {
    /// An issue with the usual manifest and article.
    pub(crate) fn usual() -> Self {
        Self::empty().with("issue.toml", MANIFEST).with("01.md", ARTICLE)
    }

    pub(crate) fn empty() -> Self {
        Self { folder: TempDir::with_prefix("bantin-test-").expect("a temporary folder") }
    }

    /// Adds a file, or replaces it.
    pub(crate) fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let file = self.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(file, content).expect("the file is written");
        self
    }

    /// Replaces the article's text below its front matter.
    pub(crate) fn with_body(self, body: &str) -> Self {
        self.with("01.md", format!("+++\ntitle = \"Bài thử\"\n+++\n\n{body}\n"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// What the command answered.
pub(crate) struct Answer {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Answer {
    /// The objects that `--format json` printed.
    pub(crate) fn json(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is an object")).collect()
    }
}

impl Answer {
    /// Those of them that are errors.
    pub(crate) fn errors(&self) -> Vec<Value> {
        self.json().into_iter().filter(|object| object["severity"] == "error").collect()
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }
}

/// The command, in English and away from the user's settings.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bantin"));
    command.env_remove("NO_COLOR").env("LC_ALL", "en_US.UTF-8").env("LANG", "en_US.UTF-8");
    command.env("BANTIN_CACHE", cache());
    command
}

/// A cache of photos for all tests of this run, empty at its start.
fn cache() -> &'static Path {
    static CACHE: OnceLock<PathBuf> = OnceLock::new();
    CACHE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
        // It is not there the first time.
        let _ = std::fs::remove_dir_all(&folder);
        folder
    })
}

/// Runs the command in a folder.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Answer {
    command().current_dir(folder).args(args).output().expect("the command runs").into()
}

/// An issue, opened through the library with these options.
pub(crate) fn session(folder: &Path, options: &Options) -> Session {
    let folder = IssueFolder::open(folder).expect("an issue folder");
    Session::open(folder, options.clone(), BuildContext::default())
}

/// What is found in an issue.
pub(crate) fn check(folder: &Path) -> Vec<Diagnostic> {
    session(folder, &Options::default()).check()
}

/// The PDF of an issue, built through the library with these options.
pub(crate) fn pdf_of(folder: &Path, options: &Options) -> Vec<u8> {
    let outcome = session(folder, options).build();
    let findings: Vec<_> = outcome.diagnostics.iter().map(|d| format!("{:?} {:?}", d.finding, d.location)).collect();
    outcome.value.unwrap_or_else(|| panic!("the issue builds: {findings:#?}")).pdf
}

/// A JPEG of one colour.
pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let pixels = vec![140; (width * height * 3) as usize];
    mozjpeg_rs::Encoder::fastest().encode_rgb(&pixels, width, height).expect("a JPEG")
}

/// A PNG from a function of x and y.
pub(crate) fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let image = image::RgbaImage::from_fn(width, height, |x, y| image::Rgba(pixel(x, y)));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}
