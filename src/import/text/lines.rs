//! The lines of a text, and the space between them.

use super::marks::{Ending, Start, ending, start};

/// A line that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Without the spaces around it.
    pub(super) text: String,
    /// How many spaces stand before it.
    pub(super) indent: usize,
    /// How many empty lines stand before it, on its page.
    pub(super) gap: usize,
    /// How many spaces stand behind it.
    pub(super) after: usize,
    /// The page it is on, counted by form feeds.
    pub(super) page: usize,
    /// Its number among all lines of the text, empty ones too.
    pub(super) number: usize,
}

const TAB: usize = 8;

/// Cuts a text with [`even_ends`] into lines.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut numbers = 0..;
    for (page, text) in text.split('\u{c}').enumerate() {
        let mut gap = 0;
        for (line, number) in text.split('\n').zip(&mut numbers) {
            let content = line.trim_matches(is_blank);
            if content.is_empty() {
                gap += 1;
                continue;
            }
            let before = &line[..line.len() - line.trim_start_matches(is_blank).len()];
            let indent = before.chars().fold(0, |at, c| if c == '\t' { (at / TAB + 1) * TAB } else { at + 1 });
            let after = line.chars().rev().take_while(|c| is_blank(*c)).count();
            found.push(Line { text: content.to_owned(), indent, gap, after, page, number });
            gap = 0;
        }
    }
    found
}

/// Spaces, and what editors of DOS put behind the end of a file.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1a}' | '\u{200b}' | '\u{feff}' | '\0')
}

/// A text in which a line feed ends each line, whatever did.
pub(super) fn even_ends(text: &str) -> String {
    // `\r\r\n` is what copying in text mode makes of `\r\n`.
    text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
}

/// The usual number of empty lines between two lines of a paragraph: 1 in dumps that double every line end, otherwise 0.
pub(super) fn usual_gap(lines: &[Line]) -> usize {
    let inner = || lines.windows(2).filter(|pair| pair[0].page == pair[1].page);
    let total = inner().count();
    let together = inner().filter(|pair| pair[1].gap == 0).count();
    let apart = inner().filter(|pair| pair[1].gap == 1).count();
    // Sentences that go on behind an empty line; a text with an empty line between paragraphs has hardly any.
    let goes_on = |pair: &&[Line]| {
        pair[1].gap == 1 && ending(&pair[0].text) != Ending::Sentence && start(&pair[1].text) == Start::Small
    };
    let going_on = inner().filter(goes_on).count();
    usize::from(together * 5 < total && going_on * 5 > apart)
}

/// In a text whose lines are all apart, two that are not stand on two pages.
pub(super) fn number_pages(lines: &mut [Line]) {
    let mut more = 0;
    for at in 1..lines.len() {
        let is_same = lines[at].page + more == lines[at - 1].page;
        more += usize::from(is_same && lines[at].gap == 0);
        lines[at].page += more;
    }
}
