//! The command that opens a file at a line: what the user has chosen, and nothing without that.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command with `{file}` and `{line}` in its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

impl Editor {
    /// A command as it is typed: words apart by spaces, but for those between quotation marks. Where it names no
    /// `{file}`, that comes last. `None` where it is empty.
    pub fn parse(command: &str) -> Option<Self> {
        let mut words = Vec::new();
        let mut word: Option<String> = None;
        let mut is_quoted = false;
        for c in command.chars() {
            match c {
                '"' => {
                    is_quoted = !is_quoted;
                    word.get_or_insert_default();
                }
                c if c.is_whitespace() && !is_quoted => words.extend(word.take()),
                c => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        if words.is_empty() {
            return None;
        }
        if !words.iter().any(|word| word.contains("{file}")) {
            words.push("{file}".to_owned());
        }
        Some(Self { words })
    }

    /// Opens a file at a line. No shell reads the command: a name of a file is a name, whatever is in it.
    pub(super) fn open(&self, file: &Path, line: usize) -> std::io::Result<()> {
        let mut words = self.words.iter().map(|word| with_place(word, file, line));
        let Some(program) = words.next() else { return Ok(()) };
        let mut child = Command::new(program)
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // Nobody waits for it, but its end is to be seen.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

fn with_place(word: &str, file: &Path, line: usize) -> OsString {
    let mut text = OsString::new();
    for (index, part) in word.split("{file}").enumerate() {
        if index > 0 {
            text.push(file);
        }
        text.push(part.replace("{line}", &line.to_string()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_words_and_quotation_marks() {
        let words = |command| Editor::parse(command).map(|editor| editor.words);
        let list = |words: &[&str]| Some(words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>());
        assert_eq!(words("code -g {file}:{line}"), list(&["code", "-g", "{file}:{line}"]));
        assert_eq!(words("\"C:\\My Tools\\ed.exe\" +{line}"), list(&["C:\\My Tools\\ed.exe", "+{line}", "{file}"]));
        assert_eq!(words("vim"), list(&["vim", "{file}"]));
        assert_eq!(words("  "), None);
        assert_eq!(with_place("{file}:{line}", Path::new("a {line}.md"), 7), "a {line}.md:7");
    }
}
