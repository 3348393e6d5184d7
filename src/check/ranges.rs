//! `2019- 2021`: ranges with a space at one side of their hyphen.
//!
//! A hyphen with a space at one side is as often a sign or a dash: `giảm -18%`, `tháng 10 -4 tàu`. So a range is found
//! only where nothing else can be meant.

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;

/// Words before a number that is one of an order, and no amount.
const ORDINALS: &str = "tháng ngày quý điều khoản thứ số tập tuần mục chương phần bài câu phòng tầng";

/// Words behind a range of such numbers. Any other belongs to an amount, and the hyphen before it is a dash.
const BEHIND_ORDINALS: &str = "tháng năm và tại của ở có sẽ đã là được thì với cho để do theo trong vừa tới này hằng \
    hàng trên đến khi nên cùng như mà bị nhằm từ";

/// Reports ranges with a space at one side of their hyphen.
pub(super) fn ranges(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    for (at, hyphen) in text.match_indices(['-', '–']) {
        let (before, after) = (&text[..at], &text[at + hyphen.len()..]);
        let (left, right) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
        if (left.len() == before.len()) == (right.len() == after.len()) {
            continue;
        }
        let (Some(from), Some(to)) = (End::before(left), End::behind(right)) else { continue };
        let range = left.len() - from.text.len()..text.len() - right.len() + to.text.len();
        if is_range(&from, &to, &text[..range.start], &text[range.end..]) && !passage.is_address(&range) {
            let meant = format!("{}{hyphen}{}", from.text, to.text);
            report.fixable(passage, range, TextLint::RangeSpacing { meant: meant.clone() }, &meant);
        }
    }
}

/// A number at one end of a range.
struct End<'a> {
    text: &'a str,
    value: Value,
    is_percent: bool,
}

#[derive(PartialEq, PartialOrd)]
enum Value {
    Integer(u64),
    /// A month with its day.
    Date(u64, u64),
}

impl<'a> End<'a> {
    /// The number at the end of a text, unless it is part of a word or code.
    fn before(text: &'a str) -> Option<Self> {
        let is_percent = text.ends_with('%');
        let inner = text.strip_suffix('%').unwrap_or(text);
        let start = inner.trim_end_matches(|c: char| c.is_ascii_digit() || ".,/".contains(c)).len();
        let number = inner[start..].trim_start_matches(['.', ',', '/']);
        let at = inner.len() - number.len();
        let is_free = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"-–/.,+".contains(c));
        let value = value(number).filter(|_| is_free)?;
        Some(Self { text: &text[at..], value, is_percent })
    }

    /// The number at the start of a text, likewise.
    fn behind(text: &'a str) -> Option<Self> {
        let end = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || ".,/".contains(c)).len();
        let number = text[..end].trim_end_matches(['.', ',', '/']);
        let rest = &text[number.len()..];
        let is_percent = rest.starts_with('%');
        let is_free = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && !"-–".contains(c));
        let value = value(number).filter(|_| is_free)?;
        Some(Self { text: &text[..number.len() + usize::from(is_percent)], value, is_percent })
    }
}

/// What a number is worth: a whole one, with points at the thousands or without, or a day with its month.
fn value(number: &str) -> Option<Value> {
    if let Some((day, month)) = number.split_once('/') {
        let (day, month): (u64, u64) = (day.parse().ok()?, month.parse().ok()?);
        return ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(Value::Date(month, day));
    }
    let mut groups = number.split('.');
    let first = groups.next()?;
    let rest: Vec<_> = groups.collect();
    let is_grouped = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
    let digits = number.replace('.', "");
    digits.parse().ok().filter(|_| is_grouped && digits.len() <= 12).map(Value::Integer)
}

/// Whether two numbers are the ends of a range: the smaller first, both or neither in percent, and neither a telephone
/// number in two parts nor the end of one clause and the beginning of the next.
fn is_range(from: &End<'_>, to: &End<'_>, before: &str, after: &str) -> bool {
    let rises = match (&from.value, &to.value) {
        (Value::Integer(from), Value::Integer(to)) => from < to,
        (Value::Integer(from), Value::Date(_, to)) => from < to,
        (Value::Date(..), Value::Date(..)) => from.value < to.value,
        (Value::Date(..), Value::Integer(_)) => false,
    };
    // 11- 1894 is a month and its year.
    let is_date = matches!((&from.value, &to.value), (Value::Integer(0..=31), Value::Integer(1000..=2100)));
    let is_part = before.trim_end().ends_with(['-', '–']) || after.trim_start().starts_with(['-', '–']);
    let digits = |end: &End<'_>| end.text.bytes().filter(u8::is_ascii_digit).count();
    let is_telephone = from.text.starts_with('0') && digits(from) + digits(to) >= 9;
    rises
        && from.is_percent == to.is_percent
        && !is_date
        && !is_part
        && !is_telephone
        && !ends_clause(from, before, after)
}

/// Whether the first number names a month, an article of a law or the like, and an amount of something else follows.
fn ends_clause(from: &End<'_>, before: &str, after: &str) -> bool {
    let is_known = |list: &str, word: &str| list.split_ascii_whitespace().any(|known| known == word);
    let ordinal = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let next = after.strip_prefix(' ').unwrap_or_default();
    let next = &next[..next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len())];
    let is_year = matches!(from.value, Value::Integer(1900..=2100));
    is_known(ORDINALS, &ordinal) && !is_year && next.starts_with(char::is_lowercase) && !is_known(BEHIND_ORDINALS, next)
}
