//! Carries out what a page shows, in a folder of its own, and tells what comes out otherwise.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::page::{How, Page, Step};
use crate::import;
use crate::support::{Answer, command, repository};

pub(super) struct Shell {
    page: String,
    locale: &'static str,
    /// Goes away with the shell.
    _folder: TempDir,
    /// The folder in which the reader stands.
    here: PathBuf,
    /// What `bantin help` says of commands, once it was asked.
    help: BTreeMap<String, Answer>,
    complaints: Vec<String>,
}

impl Shell {
    pub(super) fn new(page: &Page) -> Self {
        let folder = TempDir::with_prefix("bantin-docs-").expect("a temporary folder");
        let locale = if page.is_vietnamese() { "vi_VN.UTF-8" } else { "en_US.UTF-8" };
        let here = folder.path().to_owned();
        Self { page: page.path.clone(), locale, _folder: folder, here, help: BTreeMap::new(), complaints: Vec::new() }
    }

    /// What comes out otherwise than the page has it.
    pub(super) fn carry_out(mut self, steps: &[Step]) -> Vec<String> {
        for step in steps {
            match step {
                Step::Given(path) => self.give(path),
                Step::Write { path, how, text } => self.write(path, *how, text),
                Step::Type { command, shown, status } => self.type_in(command, shown, *status),
                Step::Mention(text) => self.look_up_all(text),
            }
        }
        self.complaints
    }

    fn complain(&mut self, what: &str) {
        self.complaints.push(format!("{}: {what}", self.page));
    }

    fn give(&mut self, path: &str) {
        let file = self.here.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        let (stem, ending) = path.rsplit('/').next().and_then(|name| name.split_once('.')).expect("a name");
        match (stem, ending) {
            (_, "jpg") => {
                std::fs::copy(repository().join("issues/2026-10/photos/market.jpg"), file).expect("a photo");
            }
            ("tin-1", "docx") => {
                std::fs::write(file, import::docx(&import::article("Thêm buổi tiếp dân", "Minh Hà"))).expect("a file");
            }
            ("tin-2", "docx") => {
                std::fs::write(file, import::docx(&import::article("Bàn hướng dẫn ở cửa", "Anh Khoa")))
                    .expect("a file");
            }
            (_, "docx") => std::fs::write(file, import::bulletin()).expect("a file"),
            (_, "pdf") => {
                let sample = repository().join("issues/2026-10");
                let status = command().arg("build").arg(sample).arg("-q").arg("-o").arg(file).status();
                assert!(status.is_ok_and(|status| status.success()), "{path} is not built");
            }
            _ => self.complain(&format!("nobody can give {path}")),
        }
    }

    fn write(&mut self, path: &str, how: How, text: &str) {
        let file = self.here.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        let earlier = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        let later = match how {
            How::Whole => text.to_owned(),
            How::AtTheEnd => format!("{}\n\n{text}", earlier.trim_end()),
            How::Edit => {
                let side = |sign: char| -> String {
                    let lines = text.lines().filter(|line| line.starts_with([' ', sign]));
                    lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
                };
                let (old, new) = (side('-'), side('+'));
                if earlier.matches(&old).count() != 1 {
                    self.complain(&format!("{path} does not have these lines once:\n{old}{earlier}"));
                }
                earlier.replacen(&old, &new, 1)
            }
        };
        std::fs::write(file, later).expect("the file is written");
    }

    fn type_in(&mut self, line: &str, shown: &[String], status: i32) {
        let words = words(line);
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["cd", folder] => self.here.push(folder),
            ["bantin", arguments @ .., ">", file] => {
                let answer = self.answer(arguments);
                std::fs::write(self.here.join(file), &answer.stdout).expect("the file is written");
                self.compare(line, &Answer { stdout: String::new(), ..answer }, shown, status);
            }
            ["bantin", arguments @ ..] => {
                let answer = self.answer(arguments);
                self.compare(line, &answer, shown, status);
            }
            _ => self.complain(&format!("`{line}` is no command that every system has")),
        }
    }

    fn answer(&self, arguments: &[&str]) -> Answer {
        let mut command = self.command();
        command.current_dir(&self.here).args(arguments);
        match arguments.first() {
            Some(&"watch") => first_line(command),
            _ => command.output().expect("the command runs").into(),
        }
    }

    fn command(&self) -> Command {
        let mut command = command();
        command.env("LC_ALL", self.locale).env("LANG", self.locale);
        command
    }

    fn compare(&mut self, line: &str, answer: &Answer, shown: &[String], status: i32) {
        let all = format!("{}\n{}", answer.stdout, answer.stderr).replace('\\', "/");
        if answer.status != status {
            self.complain(&format!("`{line}` ends with {}, not {status}:\n{all}", answer.status));
        }
        for expected in shown {
            // Paths have other separators on Windows.
            let expected = expected.replace('\\', "/");
            if !all.lines().any(|line| is_shown(&expected, line.trim_end())) {
                self.complain(&format!("`{line}` does not say `{expected}`, but\n{all}"));
            }
        }
    }

    /// Looks up every command in a text, to the end of its line or to what the shell makes of it.
    fn look_up_all(&mut self, text: &str) {
        for line in text.lines() {
            let bare = |word: &str| word.trim_matches(['[', ']', '(', ')', '"', '\'', ';', ',']).to_owned();
            let mut words = line.split_whitespace().skip_while(|word| bare(word) != "bantin").skip(1).peekable();
            if words.peek().is_some() {
                let ends = ["|", "||", "&", "&&", ">", ">>", "#", ":::"];
                let is_own = |word: &&str| !ends.contains(word) && !word.contains("$(");
                let words: Vec<_> = words.take_while(is_own).map(bare).collect();
                self.look_up(&words);
            }
        }
    }

    fn look_up(&mut self, words: &[String]) {
        let name = words.first().filter(|word| !word.starts_with('-')).cloned().unwrap_or_default();
        if name == "help" {
            return;
        }
        if !self.help.contains_key(&name) {
            let mut help = self.command();
            help.arg("help").args(Some(&name).filter(|name| !name.is_empty()));
            self.help.insert(name.clone(), help.output().expect("the command runs").into());
        }
        let help = &self.help[&name];
        let known: Vec<_> = help.stdout.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
        let options = words.iter().filter(|word| word.starts_with('-')).filter_map(|word| word.split('=').next());
        let unknown: Vec<_> = options.filter(|option| !known.contains(option)).map(str::to_owned).collect();
        if help.status != 0 {
            self.complain(&format!("there is no command `{name}`"));
        }
        for option in unknown {
            self.complain(&format!("`bantin {name}` has no {option}"));
        }
    }
}

/// What a command that goes on says first; then it is ended.
fn first_line(mut command: Command) -> Answer {
    let mut child =
        command.arg("--no-open").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command runs");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    Answer { status: if line.is_empty() { 1 } else { 0 }, stdout: line, stderr: String::new() }
}

/// The words of a command line, of which some stand in double quotes, as every system understands them.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Whether a line is the one that is shown, where `…` stands for anything.
pub(super) fn is_shown(shown: &str, line: &str) -> bool {
    let Some((first, others)) = shown.split_once('…') else { return shown == line };
    let Some(mut rest) = line.strip_prefix(first) else { return false };
    let mut parts: Vec<_> = others.split('…').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match rest.split_once(part) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}
