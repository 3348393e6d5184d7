//! What a line says by its first and last characters.

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// As sentences and items of lists do.
    Sentence,
    /// In the middle of a sentence, as the mark says.
    Comma,
    Open,
}

/// How a line starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    Capital,
    Small,
    Digit,
    Other,
}

pub(super) fn ending(text: &str) -> Ending {
    let text = text.trim_end_matches(|c: char| {
        matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '/' | '*' | '_') || c.is_whitespace()
    });
    match text.chars().next_back() {
        Some('.' | '!' | '?' | '…' | ':' | ';') => Ending::Sentence,
        Some(',' | '-' | '–' | '—' | '(') => Ending::Comma,
        _ => Ending::Open,
    }
}

pub(super) fn start(text: &str) -> Start {
    let text = text.trim_start_matches(['"', '“', '‘', '«', '(', '[', '*', '_']);
    match text.chars().next() {
        Some(c) if c.is_uppercase() => Start::Capital,
        Some(c) if c.is_lowercase() => Start::Small,
        Some(c) if c.is_ascii_digit() => Start::Digit,
        _ => Start::Other,
    }
}

/// Whether a line starts with a sign that nothing but an item of a list starts with.
pub(super) fn is_bullet(text: &str) -> bool {
    let mut characters = text.chars();
    let sign = characters.next();
    let has_space = characters.next().is_some_and(char::is_whitespace);
    match sign {
        Some('•' | '●' | '○' | '▪' | '■' | '□' | '◆' | '►' | '▶' | '➢' | '✓' | '\u{f0b7}' | '\u{f0a7}' | '·') => {
            true
        }
        Some('*' | '+') => has_space,
        _ => false,
    }
}

/// Whether a line starts with what may be the mark of an item, or a dash or a number in the middle of a sentence: `- `,
/// `1. `, `a) `, `II. `.
pub(super) fn may_be_item(text: &str) -> bool {
    if text.strip_prefix(['-', '–', '—']).is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
        return true;
    }
    let Some((mark, rest)) = text.split_once(['.', ')', '/']) else { return false };
    let mark = mark.trim_start_matches('(');
    let is_number = (1..=2).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit());
    let is_roman = (1..=4).contains(&mark.len()) && mark.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let is_letter = mark.chars().count() == 1 && mark.chars().all(char::is_lowercase);
    // A date or a decimal number has no space there.
    (is_number || is_roman || is_letter) && rest.starts_with(char::is_whitespace)
}

/// Whether a line starts with what counts paragraphs in words: `Hai là,`, `Thứ ba,`.
pub(super) fn is_ordinal(text: &str) -> bool {
    const NUMBERS: [&str; 10] = ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"];
    const ORDINALS: [&str; 9] = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín"];
    let Some((start, _)) = text.split_once([',', ':']) else { return false };
    match start.split_once(' ') {
        Some((number, "là")) => NUMBERS.contains(&number),
        Some(("Thứ", ordinal)) => ORDINALS.contains(&ordinal),
        _ => false,
    }
}

/// What stands before the colon of a line about the article: who wrote it, where it was taken from, who took the photo.
const LABELS: [&str; 16] = [
    "nguồn",
    "ảnh",
    "bài",
    "tin",
    "bài ảnh",
    "tin ảnh",
    "tin bài",
    "bài và ảnh",
    "tin và ảnh",
    "theo",
    "tác giả",
    "người viết",
    "thực hiện",
    "biên tập",
    "ảnh minh họa",
    "minh họa",
];

/// Whether a line ends with who took the photo, as captions do: `… Ảnh: Anh Khoa`, `… (Ảnh: VL)`.
pub(super) fn ends_with_credit(text: &str) -> bool {
    const MOST_WORDS: usize = 4;
    let text = text.trim_end_matches([')', '.', ' ']);
    let Some(at) = ["Ảnh:", "ảnh:", "ẢNH:"].iter().filter_map(|label| text.rfind(label)).max() else {
        return false;
    };
    let before = text[..at].trim_end_matches(['(', ' ']);
    let rest: Vec<&str> = text[at..].split_whitespace().skip(1).collect();
    let is_name = |word: &&str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let is_caption = before.ends_with(['.', '!', '?', '”', '"']) || text[at..].starts_with('Ả');
    is_caption && (1..=MOST_WORDS).contains(&rest.len()) && rest.iter().all(is_name)
}

/// Whether a line names an author, a source or a photographer: `Nguồn: …`, `Bài, ảnh: …`, `(Theo Báo Vùng Cao)`.
pub(super) fn is_credit(text: &str) -> bool {
    const LONGEST: usize = 60;
    let text = text.trim_start_matches(['(', '*', '_', '[', ' ']);
    if text.chars().count() > LONGEST {
        return false;
    }
    match text.split_once(':') {
        Some((label, _)) => LABELS.contains(&plain(label).as_str()),
        // Without a colon, a sentence may start so.
        None => {
            let rest = text.strip_prefix("Theo ").or_else(|| text.strip_prefix("THEO "));
            rest.is_some_and(|rest| {
                start(rest) == Start::Capital && rest.split_whitespace().count() <= 6 && !rest.contains(',')
            })
        }
    }
}

/// In small letters, with single spaces and no marks.
pub(super) fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a line is an address of the web and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let is_one = !text.contains(char::is_whitespace);
    is_one && (text.contains("://") || text.starts_with("www."))
}

/// Whether a line is a name, as authors stand under an article: some short words, all with capitals.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase) || *word == "-";
    let has_marks = text.contains(|c: char| matches!(c, ',' | ':' | ';' | '?' | '!' | '"' | '“') || c.is_ascii_digit());
    let is_abbreviation = words.len() == 1 && text.chars().any(|c| c == '.') && text.len() <= 8;
    let ends = text.ends_with('.') && !is_abbreviation;
    (2..=6).contains(&words.len()) && words.iter().all(is_capital) && !has_marks && !ends || is_abbreviation
}

/// Whether all letters of a line are capitals, and they are more than an abbreviation.
pub(super) fn is_capitals(text: &str) -> bool {
    const FEWEST: usize = 8;
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() >= FEWEST
        && letters().all(char::is_uppercase)
        && text.split_whitespace().nth(1).is_some()
        && !text.ends_with(['.', ';', ','])
}

/// Whether a line end stands where no space does: behind the hyphen or the stroke of a word, or in the middle of an address.
pub(super) fn is_cut(before: &str, after: &str) -> bool {
    let goes_on = after.chars().next().is_some_and(char::is_alphanumeric);
    let last_word = before.split_whitespace().next_back().unwrap_or_default();
    let is_address = last_word.contains("://") || last_word.contains('@') || last_word.starts_with("www.");
    let mut ends = before.chars().rev();
    match ends.next() {
        Some('-' | '/') => goes_on && ends.next().is_some_and(char::is_alphanumeric),
        Some('.' | '_' | '=' | '&' | '?' | '@') => is_address && start(after) != Start::Capital && goes_on,
        _ => false,
    }
}

/// Adds a line with the spaces that were typed: several that make a line even are one, many that make a column a tab.
pub(super) fn push_even(text: &mut String, line: &str) {
    const COLUMN: usize = 4;
    let mut spaces = 0;
    for character in line.chars() {
        if character == ' ' {
            spaces += 1;
            continue;
        }
        match spaces {
            0 => {}
            1..COLUMN => text.push(' '),
            _ => text.push('\t'),
        }
        spaces = 0;
        text.push(character);
    }
}

/// Whether a line is a row of a table: several pieces far apart.
pub(super) fn is_row(text: &str) -> bool {
    let pieces = text.split("   ").flat_map(|piece| piece.split('\t')).filter(|piece| !piece.trim().is_empty());
    pieces.count() >= 3
}
