//! Which characters of a text need a backslash, so that Markdown does not take them for syntax; the fewer the better,
//! for the text is read and edited by people.

/// A piece of a text on its way to Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A character of the text, and whether it stands between the brackets of a link or of a photo.
    Char(char, bool),
    /// Markdown.
    Mark(String),
    /// The reference to a footnote.
    Note(String),
    /// A hard line break.
    Break,
}

/// What a text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Paragraph,
    Heading,
    Cell,
    Caption,
}

/// Joins pieces to Markdown.
pub(super) fn join(pieces: &[Piece], place: Where) -> String {
    let mut text = String::new();
    let mut start = 0;
    for line in pieces.split(|piece| *piece == Piece::Break) {
        let is_first = start == 0;
        if !is_first {
            text.push_str("\\\n");
        }
        let ends = start + line.len() == pieces.len();
        write_line(&Line { pieces: line, place, is_first, ends }, &mut text);
        start += line.len() + 1;
    }
    text
}

struct Line<'a> {
    pieces: &'a [Piece],
    place: Where,
    /// Whether it is the first line of its text.
    is_first: bool,
    /// Whether it is the last.
    ends: bool,
}

fn write_line(line: &Line<'_>, text: &mut String) {
    let typed: String = line.pieces.iter().map(typed).collect();
    let starts_line = match line.place {
        Where::Paragraph => true,
        Where::Caption => !line.is_first,
        Where::Heading | Where::Cell => false,
    };
    let mark = starts_line.then(|| block_mark(&typed, line.is_first)).flatten();
    for (index, piece) in line.pieces.iter().enumerate() {
        match piece {
            Piece::Char(c, in_brackets) => {
                let is_block_mark = mark == Some(index);
                let character = Character { c: *c, in_brackets: *in_brackets, index, line };
                text.push_str(&character.escaped(is_block_mark));
            }
            other => text.push_str(&typed_mark(other)),
        }
    }
}

fn typed(piece: &Piece) -> String {
    match piece {
        Piece::Char(c, _) => c.to_string(),
        other => typed_mark(other),
    }
}

fn typed_mark(piece: &Piece) -> String {
    match piece {
        Piece::Mark(mark) => mark.clone(),
        Piece::Note(name) => format!("[^{name}]"),
        Piece::Char(..) | Piece::Break => String::new(),
    }
}

/// Which character at the start of a line would make it a heading, a quote, the item of a list, a thematic break, a
/// fence, or, below another line, an underline or part of a table.
fn block_mark(line: &str, is_first: bool) -> Option<usize> {
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let only = |marks: &[char]| !line.is_empty() && line.chars().all(|c| c == ' ' || marks.contains(&c));
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let hashes = line.len() - line.trim_start_matches('#').len();
    if (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) && ends_word(&line[digits + 1..]) {
        return Some(digits);
    }
    let is_mark = (1..=6).contains(&hashes) && ends_word(&line[hashes..])
        || line.starts_with('>')
        || line.starts_with(['-', '+', '*']) && ends_word(&line[1..])
        || line.starts_with("~~~")
        // Behind the mark of a list, two hyphens are three.
        || only(&['-'])
        || only(&['*'])
        || only(&['_']);
    let is_underline = !is_first && (only(&['=']) || (only(&['-', ':', '|']) && line.contains('-')));
    (is_mark || is_underline).then_some(0)
}

/// A character of a line, and what stands around it.
struct Character<'a> {
    c: char,
    in_brackets: bool,
    index: usize,
    line: &'a Line<'a>,
}

impl Character<'_> {
    fn escaped(&self, is_block_mark: bool) -> String {
        let c = self.c;
        let is_edge = self.index == 0 || self.index + 1 == self.line.pieces.len();
        // The reader of tables looks for bars before anything else, and that of footnotes for brackets.
        let is_early = c == '\\' && self.line.place == Where::Cell && self.needs_backslash();
        let is_early = is_early || c == '[' && self.follows_note();
        if (c == ' ' && is_edge) || c.is_control() || is_early {
            return format!("&#{};", u32::from(c));
        }
        if is_block_mark || self.needs_backslash() { format!("\\{c}") } else { c.to_string() }
    }

    fn needs_backslash(&self) -> bool {
        let (before, after) = (self.neighbour(false), self.neighbour(true));
        match self.c {
            '\\' => !self.is_plain_backslash(after),
            '`' => true,
            '*' => !(is_space(before) && is_space(after)),
            '_' => self.is_emphasis_mark(),
            '[' => self.in_brackets || after == Some('^') || after == Some('!') && self.starts_paragraph(),
            ']' => self.in_brackets || matches!(after, Some('(' | '[' | ':')),
            '(' | ':' => self.follows_note(),
            '!' => after == Some('[') && !matches!(self.line.pieces.get(self.index + 1), Some(Piece::Char(..))),
            '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => self.is_entity(),
            '#' => self.line.place == Where::Heading && self.closes_heading(),
            '|' => self.line.place == Where::Cell,
            _ => false,
        }
    }

    /// Whether a marker such as `[!box]` would be one here.
    fn starts_paragraph(&self) -> bool {
        self.index == 0 && self.line.is_first && self.line.place == Where::Paragraph
    }

    fn follows_note(&self) -> bool {
        self.index > 0 && matches!(self.line.pieces[self.index - 1], Piece::Note(_))
    }

    /// What is typed next to it, on its line.
    fn neighbour(&self, behind: bool) -> Option<char> {
        let index = if behind { self.index + 1 } else { self.index.checked_sub(1)? };
        let typed = typed(self.line.pieces.get(index)?);
        if behind { typed.chars().next() } else { typed.chars().last() }
    }

    /// Whether a backslash means itself: before a letter, or a space that stays one.
    fn is_plain_backslash(&self, after: Option<char>) -> bool {
        match after {
            Some(' ') => self.index + 2 < self.line.pieces.len(),
            Some(c) => c.is_alphanumeric(),
            None => self.line.ends && self.line.place == Where::Paragraph,
        }
    }

    /// Whether underscores may begin or end emphasis: inside of a word, or between spaces, they do not.
    fn is_emphasis_mark(&self) -> bool {
        let is_other = |piece: &&Piece| !matches!(piece, Piece::Char('_', _));
        let before = self.line.pieces[..self.index].iter().rev().find(is_other).and_then(|piece| typed(piece).pop());
        let after = self.line.pieces[self.index..].iter().find(is_other).and_then(|piece| typed(piece).chars().next());
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !(is_letter(before) && is_letter(after) || is_space(before) && is_space(after))
    }

    /// Whether an entity begins here, such as `&amp;`.
    fn is_entity(&self) -> bool {
        let rest: String = self.line.pieces[self.index + 1..].iter().map(typed).take(34).collect();
        ends_entity(&rest)
    }

    /// Whether there are but hashes up to the end, as in `## Đề mục ##`.
    fn closes_heading(&self) -> bool {
        self.line.pieces[self.index..].iter().all(|piece| matches!(piece, Piece::Char('#' | ' ', _)))
    }
}

fn is_space(c: Option<char>) -> bool {
    c.is_some_and(char::is_whitespace)
}

/// Whether a text that stands behind `&` makes an entity of it.
pub(super) fn ends_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    length > 0 && name[length..].starts_with(';')
}
