//! The marks of the items of lists.

use super::draft::Part;
use super::flow::SetLine;
use crate::import::document::ListItem;

/// What is printed as the number of an item; `None` for a bullet.
pub(super) fn number(label: &str) -> Option<String> {
    let label = label.trim();
    label.chars().any(char::is_alphanumeric).then(|| label.to_owned())
}

/// Takes the mark off the text of an item that has it as a part of its text.
pub(super) fn take(item: &mut ListItem, parts: &mut [Part]) {
    if item.number.is_some() {
        return;
    }
    let Some(Part::Lines(lines)) = parts.first_mut() else { return };
    let Some(first) = lines.first_mut() else { return };
    let plain = first.text.plain();
    let Some(label) = plain.split_whitespace().next().filter(|label| is_label(label)) else { return };
    let rest = plain.get(label.len()..).unwrap_or_default();
    // A mark alone in its line belongs to the line that follows.
    if rest.trim().is_empty() && lines.len() == 1 {
        return;
    }
    let cut = label.len() + rest.len() - rest.trim_start().len();
    item.number = number(label);
    drop_front(&mut lines[0], cut);
    if lines[0].text.spans.is_empty() {
        lines.remove(0);
    }
}

fn drop_front(line: &mut SetLine, mut bytes: usize) {
    for span in &mut line.text.spans {
        let cut = bytes.min(span.text.len());
        span.text.drain(..cut);
        bytes -= cut;
    }
    line.text.spans.retain(|span| !span.text.is_empty());
}

/// Whether a word is a bullet, or a number or letter with a stop or a bracket.
fn is_label(word: &str) -> bool {
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return !letter.is_alphanumeric();
    }
    let body = word.trim_start_matches('(');
    let Some(body) = body.strip_suffix(['.', ')', '/']) else { return false };
    let is_number = body.split('.').all(|part| !part.is_empty() && part.len() <= 3 && is_digits(part));
    let is_letter = body.chars().count() == 1;
    let is_roman = body.len() <= 5 && body.chars().all(|letter| "ivxlIVXL".contains(letter));
    is_number || is_letter || is_roman
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
