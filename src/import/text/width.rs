//! How wide a line is printed.
//!
//! A dump has the line ends of the print, where a letter of a book face is as wide as it is; a mail or a page of a
//! typewriter counts characters.

/// How the widths of characters are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Metric {
    Typewriter,
    /// Times, the face of offices, in thousandths of its size; others are not far from it in proportion.
    Book,
}

impl Metric {
    pub(super) fn width(self, text: &str) -> f32 {
        text.chars().map(|c| self.of(c)).sum()
    }

    pub(super) fn space(self) -> f32 {
        self.of(' ')
    }

    /// Less than this is no difference.
    pub(super) fn least(self) -> f32 {
        match self {
            Self::Typewriter => self.space() / 2.0,
            Self::Book => 0.0,
        }
    }

    /// How far apart lines of one measure may end, in parts of it.
    pub(super) fn tolerance(self) -> f32 {
        match self {
            Self::Typewriter => 0.0,
            Self::Book => 0.015,
        }
    }

    fn of(self, character: char) -> f32 {
        match self {
            Self::Typewriter => 500.0,
            Self::Book => book(character),
        }
    }
}

fn book(character: char) -> f32 {
    let letter = base(character);
    let thousandths: u16 = match letter {
        ' ' | '.' | ',' | '\u{a0}' => 250,
        'i' | 'j' | 'l' | 't' | ':' | ';' | '/' => 278,
        'f' | 'r' | '(' | ')' | '-' | 'I' | '!' | '[' | ']' | '‘' | '’' => 333,
        's' | 'J' => 389,
        'a' | 'c' | 'e' | 'z' | '?' | '“' | '”' => 444,
        'S' | 'P' | 'F' => 556,
        'E' | 'L' | 'T' | 'Z' => 611,
        'B' | 'C' | 'R' => 667,
        'A' | 'D' | 'G' | 'H' | 'K' | 'N' | 'O' | 'Q' | 'U' | 'V' | 'X' | 'Y' | 'w' => 722,
        'm' => 778,
        '%' => 833,
        'M' => 889,
        'W' => 944,
        '…' | '—' => 1000,
        '\u{300}'..='\u{36f}' => 0,
        _ => 500,
    };
    f32::from(thousandths)
}

/// The letter without its marks, of Vietnamese.
fn base(character: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    if character.is_ascii() {
        return character;
    }
    match character {
        'Đ' => 'D',
        'đ' => 'd',
        _ => std::iter::once(character).nfd().next().unwrap_or(character),
    }
}
