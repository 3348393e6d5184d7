//! What stands before the first article: the masthead, the imprint, the number and the date.

use super::contents::line;
use super::line::{Line, Piece};
use super::phrases::{date, email, is_folio, is_imprint, is_imprint_label, issue_number, key, url};
use crate::import::bulletin::{Date, ImprintRow, Masthead};

/// A paragraph of at least so many characters says what the bulletin is about.
const ABOUT: usize = 110;

/// Makes a masthead of lines. Every word of them is in it, but for those of `Số` and `Tháng`, which the layout prints.
pub(super) fn masthead(lines: &[&Line]) -> Masthead {
    let mut masthead = Masthead::default();
    let mut names: Vec<&Line> = Vec::new();
    let mut open = false;
    for line in lines {
        let text = line.text.as_str();
        if is_folio(text) && masthead.date.is_none() && date(text).is_none() {
            continue;
        }
        let has_number = line.length() <= 80 && (issue_number(text).is_some() || date(text).is_some());
        if has_number && !is_imprint(text) && (masthead.number.is_none() || masthead.date.is_none()) {
            masthead.number = masthead.number.take().or_else(|| issue_number(text));
            masthead.date = masthead.date.or(date(text).map(|(year, month, day)| Date { year, month, day }));
            open = false;
        } else if is_imprint(text) || is_imprint_label(text) || (open && text.ends_with(':') && line.length() <= 80) {
            masthead.imprint.push(row(text));
            open = true;
        } else if line.length() >= ABOUT && masthead.about.is_none() && !is_value(&masthead.imprint, line) {
            masthead.about = Some(text.to_owned());
            open = false;
        } else if open {
            add(&mut masthead.imprint, text);
        } else {
            names.push(line);
        }
    }
    name(&mut masthead, &names);
    masthead
}

/// Whether a long line is the value of a label that has none yet.
fn is_value(imprint: &[ImprintRow], line: &Line) -> bool {
    line.length() < 200
        && imprint.last().is_some_and(|row| row.text.is_none() && row.email.is_none() && row.url.is_none())
}

/// `Địa chỉ: Số 1 …` as a row of the imprint.
fn row(text: &str) -> ImprintRow {
    let at = text
        .find([':', '：'])
        .filter(|at| !text[..*at].to_lowercase().ends_with("http") && !text[..*at].to_lowercase().ends_with("https"));
    let Some(at) = at else {
        return ImprintRow { label: text.to_owned(), ..ImprintRow::default() };
    };
    let colon = text[at..].chars().next().map_or(1, char::len_utf8);
    let mut rows = vec![ImprintRow { label: text[..at].trim().to_owned(), ..ImprintRow::default() }];
    add(&mut rows, text[at + colon..].trim());
    rows.pop().unwrap_or_default()
}

/// Adds words to the last row: an address becomes a link where the row has none.
fn add(imprint: &mut [ImprintRow], text: &str) {
    let Some(row) = imprint.last_mut().filter(|_| !text.is_empty()) else { return };
    if row.email.is_none() && email(text) == Some(text) {
        row.email = Some(text.to_owned());
        return;
    }
    // `Email: a@b.vn`, below another label.
    if row.email.is_none()
        && row.text.is_some()
        && let Some(address) = email(text)
        && key(&text.replace(address, "")).split(' ').all(|word| matches!(word, "email" | "e" | "mail" | ""))
    {
        row.email = Some(address.to_owned());
        return;
    }
    if row.url.is_none() && url(text) == Some(text) {
        let scheme = if text.starts_with("www.") { "https://" } else { "" };
        row.url = Some(format!("{scheme}{text}"));
        return;
    }
    let text = row.text.take().map_or_else(|| text.to_owned(), |before| format!("{before} {text}"));
    row.text = Some(text);
}

/// Gives the lines that are no imprint to the title and what stands above and below it.
fn name(masthead: &mut Masthead, names: &[&Line]) {
    let size = |line: &Line| line.size;
    let largest = names.iter().map(|line| size(line)).fold(0.0, f32::max);
    let is_largest = |line: &&Line| size(line) + 0.3 >= largest;
    let title = names
        .iter()
        .position(|line| is_largest(line) && largest > 0.0 && names.iter().any(|other| size(other) + 0.6 < largest))
        .or_else(|| names.iter().position(|line| line.capitals))
        .or(if names.is_empty() { None } else { Some(0) });
    let Some(title) = title else { return };
    let mut end = title + 1;
    // A title may run over two lines.
    while end < names.len()
        && names[end].capitals == names[title].capitals
        && names[end].capitals
        && (names[end].size - names[title].size).abs() < 0.3
    {
        end += 1;
    }
    let joined = |lines: &[&Line]| {
        let texts: Vec<_> = lines.iter().map(|line| line.text.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    };
    masthead.overline = joined(&names[..title]);
    masthead.title = joined(&names[title..end]);
    masthead.subtitle = joined(&names[end..]);
}

/// The lines among pieces.
pub(super) fn lines<'a>(pieces: &'a [Piece], is_free: impl Fn(usize) -> bool + 'a) -> impl Iterator<Item = &'a Line> {
    pieces.iter().enumerate().filter(move |(at, _)| is_free(*at)).filter_map(|(_, piece)| line(piece))
}
