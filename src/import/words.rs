//! Whether every word of a source is in the issue, or named as left out.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::document::{Block, Document};

/// The words of a text: runs of letters and digits, in small letters, whatever form of Unicode they are typed in.
pub(crate) fn words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().collect::<String>().to_lowercase();
    let parts = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    parts.filter(|word| word.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}

/// Marks that stand behind their letter.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// How often each word is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Count(HashMap<String, usize>);

impl Count {
    fn add(&mut self, text: &str) {
        for word in words(text) {
            *self.0.entry(word).or_default() += 1;
        }
    }

    /// Takes a word away; whether it was there.
    fn take_word(&mut self, word: &str) -> bool {
        match self.0.get_mut(word) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

/// What became of the words of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Balance {
    /// In the source.
    pub words: usize,
    /// Of these, in the issue.
    pub kept: usize,
    /// Lines with words that are neither in the issue nor named as left out.
    pub lost: Vec<String>,
}

/// Holds all texts of a source against those of the issue and those that are named as left out.
pub(crate) fn balance(source: &[String], issue: &[String], left_out: &[String]) -> Balance {
    let (mut in_issue, mut named) = (Count::default(), Count::default());
    issue.iter().for_each(|text| in_issue.add(text));
    left_out.iter().for_each(|text| named.add(text));
    let mut balance = Balance::default();
    // A title stands in the source twice, in the contents and above its text: the issue has it once, and only what the
    // issue does not have is held against what is named.
    let mut open: Vec<(&String, Vec<String>)> = Vec::new();
    for text in source {
        let all = words(text);
        let count = all.len();
        let missing: Vec<String> = all.into_iter().filter(|word| !in_issue.take_word(word)).collect();
        balance.words += count;
        balance.kept += count - missing.len();
        if !missing.is_empty() {
            open.push((text, missing));
        }
    }
    for (text, missing) in open {
        if missing.iter().any(|word| !named.take_word(word)) {
            balance.lost.push(text.clone());
        }
    }
    balance
}

/// Every text of a document, paragraph by paragraph: what its reader has not left out.
pub(crate) fn texts(document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    add_texts(&document.blocks, &mut texts);
    document.notes.iter().for_each(|note| add_texts(note, &mut texts));
    texts
}

fn add_texts(blocks: &[Block], texts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => texts.push(paragraph.text()),
            Block::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| add_texts(&cell.blocks, texts));
            }
            Block::PageBreak | Block::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn what_is_kept_and_what_is_named_is_all_there_is() {
        let source = texts(&["Hội nghị tổng kết 3", "Hội nghị tổng kết", "Hội nghị diễn ra sáng 5/12."]);
        let issue = texts(&["Hội nghị tổng kết", "Hội nghị diễn ra sáng 5/12."]);
        let balance = balance(&source, &issue, &texts(&["Hội nghị tổng kết 3"]));
        assert_eq!((balance.words, balance.kept, balance.lost.len()), (16, 11, 0));
    }

    #[test]
    fn what_is_lost_is_found() {
        let balance = balance(&texts(&["một hai", "ba bốn"]), &texts(&["một hai ba"]), &[]);
        assert_eq!((balance.words, balance.kept, balance.lost), (4, 3, texts(&["ba bốn"])));
    }

    #[test]
    fn forms_of_unicode_are_one() {
        assert_eq!(words("TÂN m² to\u{301}m"), ["tân", "m2", "tóm"]);
    }
}
