//! Texts as the author wrote them, and places in them.
//!
//! A [`Source`] keeps the text of one file untouched, so that a finding can show the very line. A [`Place`] is a range
//! of bytes in a source; lines and columns are worked out only when a finding is shown.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The text of one file of an issue, or of a layout.
pub struct Source {
    name: String,
    text: String,
    /// Byte offset at which each line starts.
    lines: Vec<usize>,
}

impl Source {
    /// `name` is the path shown to the author: relative to the issue folder, with `/` between folders.
    ///
    /// A byte order mark at the start is not part of the text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Arc::new(Self { name: name.into(), text, lines })
    }

    /// The path shown to the author.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A range as whole letters of the text. What a parser counts in bytes may end inside a letter, or past the end: all
    /// ranges that come from one pass through here before anything is cut out at them.
    pub fn whole(&self, range: Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.ceil_char_boundary(range.end);
        start..end.max(start)
    }

    /// The bytes from a line and column, both counted from 1, to the end of that line.
    pub fn range_from(&self, line: usize, column: usize) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or(self.text.len());
        let text = self.text[start..].lines().next().unwrap_or_default();
        let before: usize = text.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        start + before..start + text.len()
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.partition_point(|&start| start <= offset) - 1;
        let column = self.text[self.lines[line]..offset].chars().count();
        Position { line: line + 1, column: column + 1 }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name, self.text.len())
    }
}

/// A line and a column, both counted from 1; columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// A range of bytes in a source: whole letters.
#[derive(Debug, Clone)]
pub struct Place {
    pub source: Arc<Source>,
    pub range: Range<usize>,
}

impl Place {
    /// The letters that the range touches; see [`Source::whole`].
    pub fn new(source: &Arc<Source>, range: Range<usize>) -> Self {
        Self { source: Arc::clone(source), range: source.whole(range) }
    }

    /// The text at this place, as the author wrote it.
    pub fn text(&self) -> &str {
        self.source.text().get(self.range.clone()).unwrap_or_default()
    }

    pub fn start(&self) -> Position {
        self.source.position(self.range.start)
    }

    pub fn end(&self) -> Position {
        self.source.position(self.range.end)
    }
}

/// A value and where the author wrote it.
#[derive(Debug, Clone)]
pub struct Spanned<T> {
    pub value: T,
    pub place: Place,
}

/// Text in NFC, and where the author wrote it.
pub type Text = Spanned<String>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalar_values() {
        let source = Source::new("a.md", "Đây là\r\nhòa bình");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position("Đây".len()), Position { line: 1, column: 4 });
        assert_eq!(source.position("Đây là\r\nhòa".len()), Position { line: 2, column: 4 });
        assert_eq!(source.position(usize::MAX), Position { line: 2, column: 9 });
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let source = Source::new("a.md", "\u{feff}+++");
        assert_eq!(source.text(), "+++");
    }

    #[test]
    fn a_place_is_whole_letters() {
        let source = Source::new("a.md", "xã Đông");
        let letters = |range| Place::new(&source, range).text().to_owned();
        assert_eq!(letters(0..2), "xã");
        assert_eq!(letters(2..2), "ã");
        assert_eq!(letters(2..3), "ã");
        assert_eq!(letters(4..5), "Đ");
        assert_eq!(letters(7..1_000), "ông");
        assert_eq!(letters(1_000..2_000), "");
        assert_eq!(letters(Range { start: 3, end: 1 }), "");
    }

    #[test]
    fn an_offset_inside_a_letter_is_that_letter() {
        assert_eq!(Source::new("a", "Đ").position(1), Position { line: 1, column: 1 });
    }
}
