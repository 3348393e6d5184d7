//! Words that are right here, whatever the rules say: those of the issue and those of the whole office.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::issue::Issue;

/// The office's own words.
#[derive(Debug, Default)]
pub struct OwnWords(Vec<OwnWord>);

#[derive(Debug)]
struct OwnWord {
    /// In small letters.
    word: String,
    /// Whether it is right in large letters as well: it was given in small ones.
    is_any_case: bool,
    typed: String,
}

impl OwnWords {
    /// The words of an issue, and those of a list with one a line: lines that are empty or begin with `#` are none.
    pub fn new(issue: &Issue, list: &str) -> Self {
        let listed = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let words = issue.manifest.words.iter().map(|text| text.value.as_str()).chain(listed);
        let word = |typed: &str| {
            let typed: String = typed.nfc().collect();
            let word = typed.to_lowercase();
            OwnWord { is_any_case: word == typed, word, typed }
        };
        Self(words.map(word).collect())
    }

    /// Whether a range of a text stands within one of the words.
    pub(super) fn cover(&self, text: &str, range: &Range<usize>) -> bool {
        !self.0.is_empty() && self.0.iter().any(|own| own.covers(text, range))
    }
}

impl OwnWord {
    fn covers(&self, text: &str, range: &Range<usize>) -> bool {
        // It begins no further before the range than it is long.
        let mut first = range.start.saturating_sub(self.word.len());
        while !text.is_char_boundary(first) {
            first += 1;
        }
        let starts = text[first..].char_indices().map(|(at, _)| first + at).take_while(|start| *start <= range.start);
        starts.into_iter().any(|start| {
            let Some(found) = text.get(start..start + self.word.len()) else { return false };
            let end = start + found.len();
            let is_same = if self.is_any_case { found.to_lowercase() == self.word } else { found == self.typed };
            let is_whole =
                !text[..start].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric);
            is_same && is_whole && end >= range.end
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(word: &str, text: &str, part: &str) -> bool {
        let typed = word.to_owned();
        let own = OwnWord { word: typed.to_lowercase(), is_any_case: typed == typed.to_lowercase(), typed };
        let start = text.find(part).expect("the part");
        own.covers(text, &(start..start + part.len()))
    }

    #[test]
    fn words_cover_what_stands_in_them() {
        assert!(covers("đắkk", "Xã đắkk xa.", "đắkk"));
        assert!(covers("đắkk", "Đắkk xa.", "Đắkk"));
        assert!(covers("chợ nổi nổi", "Đi chợ nổi nổi tiếng.", "nổi nổi"));
        assert!(!covers("đắkk", "Xã đắkkk xa.", "đắkkk"));
        assert!(!covers("Đắkk", "Xã đắkk xa.", "đắkk"));
        assert!(!covers("nổi", "Đi chợ nổi nổi tiếng.", "nổi nổi"));
    }
}
