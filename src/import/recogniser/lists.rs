//! Lists: those that the file itself knows, and bullets and numbers that were typed.

use super::body::behind;
use super::line::{Line, Piece};
use super::phrases::{bullet, bullet_sign, numbered};
use crate::import::bulletin::{Block, List};
use crate::import::document::Inline;

/// An item of a list, before it is clear which list it belongs to.
#[derive(Debug)]
pub(super) struct Item {
    pub level: u8,
    /// Its number as it is printed; `None` for a bullet.
    pub number: Option<String>,
    pub content: Vec<Inline>,
}

/// The items that stand at the head of pieces, one a piece.
pub(super) fn items(pieces: &[&Piece], mut is_heading: impl FnMut(&Line) -> bool) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut signs: Vec<char> = Vec::new();
    for piece in pieces {
        let Piece::Line(line) = piece else { break };
        if !items.is_empty() && is_heading(line) {
            break;
        }
        let Some(item) = listed(line).or_else(|| bulleted(line, &mut signs)) else { break };
        items.push(item);
    }
    if is_speech(pieces, &items) {
        return Vec::new();
    }
    if items.is_empty() { typed_numbers(pieces, is_heading) } else { items }
}

/// Whether a single line with a dash is something that somebody says: a question, or the answer to one.
fn is_speech(pieces: &[&Piece], items: &[Item]) -> bool {
    let [item] = items else { return false };
    let Some(Piece::Line(line)) = pieces.first() else { return false };
    let is_dash =
        line.look.list.is_none() && bullet_sign(&line.text).is_some_and(|sign| matches!(sign, '-' | '–' | '—'));
    let text = super::line::plain(&item.content);
    let speaks =
        ["Thưa", "Xin", "PV", "Phóng viên", "Vâng", "Dạ", "Thế", "Vậy"].iter().any(|word| text.starts_with(word));
    is_dash && (text.ends_with(['?', '!']) || speaks)
}

/// An item of a list that the file knows; numbers that Markdown cannot count stay in the text.
fn listed(line: &Line) -> Option<Item> {
    let list = line.look.list.as_ref()?;
    let number = match &list.number {
        Some(number) => Some(counted(number)?),
        None => None,
    };
    Some(Item { level: list.level, number, content: line.inlines.clone() })
}

/// A number that Markdown can count: digits, and a full stop or a bracket.
fn counted(number: &str) -> Option<String> {
    let number = number.trim();
    let digits = number.trim_end_matches(['.', ')']);
    let is_plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (is_plain && number.len() <= digits.len() + 1).then(|| number.to_owned())
}

/// An item with a typed bullet; another sign than the first is a deeper level.
fn bulleted(line: &Line, signs: &mut Vec<char>) -> Option<Item> {
    let end = bullet(&line.text)?;
    let sign = bullet_sign(&line.text).map(|sign| if sign == '–' || sign == '—' { '-' } else { sign })?;
    let level = signs.iter().position(|known| *known == sign).unwrap_or_else(|| {
        signs.push(sign);
        signs.len() - 1
    });
    Some(Item { level: u8::try_from(level.min(3)).unwrap_or(3), number: None, content: behind(line, end) })
}

/// Items with typed numbers: two at least, each one more than the one before.
fn typed_numbers(pieces: &[&Piece], mut is_heading: impl FnMut(&Line) -> bool) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut last: Option<u32> = None;
    for piece in pieces {
        let Piece::Line(line) = piece else { break };
        if let Some(end) = bullet(&line.text).filter(|_| !items.is_empty()) {
            items.push(Item { level: 1, number: None, content: behind(line, end) });
            continue;
        }
        let Some((number, end)) = numbered(&line.text) else { break };
        let value = number.trim_end_matches(['.', ')']).parse().unwrap_or(0);
        if is_heading(line) || last.is_some_and(|last| value != last + 1) {
            break;
        }
        last = Some(value);
        items.push(Item { level: 0, number: Some(number.to_owned()), content: behind(line, end) });
    }
    // Bullets at the end may be a list of their own, and one number alone is none.
    let numbers = items.iter().filter(|item| item.number.is_some()).count();
    if numbers >= 2 { items } else { Vec::new() }
}

/// Items as lists: deeper ones stand in the item above.
pub(super) fn blocks(items: Vec<Item>) -> Vec<Block> {
    let mut lists: Vec<Block> = Vec::new();
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        let level = item.level;
        let mut inner = Vec::new();
        while let Some(deeper) = items.next_if(|next| next.level > level) {
            inner.push(deeper);
        }
        let mut content = Vec::new();
        if !item.content.is_empty() {
            content.push(Block::Paragraph(item.content));
        }
        content.extend(blocks(inner));
        match lists.last_mut() {
            Some(Block::List(list)) if list.numbers.is_empty() == item.number.is_none() => {
                list.numbers.extend(item.number);
                list.items.push(content);
            }
            _ => lists.push(Block::List(List { numbers: item.number.into_iter().collect(), items: vec![content] })),
        }
    }
    lists
}
