//! Dates with strokes or hyphens, ranges and units with spaces or without.

use std::ops::Range;

use super::{Passage, StyleKind, Tallies};

/// Words before a day and its month.
const BEFORE_DATES: [&str; 9] = ["ngày", "sáng", "trưa", "chiều", "tối", "đêm", "hôm", "qua", "nay"];

/// Words before the first of several days: what follows are these.
const BEFORE_DAYS: [&str; 8] = ["từ", "các", "những", "hai", "ba", "trong", "mấy", "mùng"];

/// The longer first.
const UNITS: [&str; 18] =
    ["km²", "km2", "m²", "m2", "m³", "m3", "kWh", "kW", "MW", "km", "cm", "mm", "kg", "ha", "GB", "MB", "m", "g"];

pub(super) fn count<'a>(passage: &'a Passage, tallies: &mut Tallies<'a>) {
    let text = &passage.text;
    for range in numbers(text) {
        // A date or a range is counted at its first number.
        let before = text[..range.start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "-–/.,_#@+".contains(c)) {
            continue;
        }
        date(passage, &range, tallies);
        years(passage, &range, tallies);
        unit(passage, &range, tallies);
    }
}

fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_ascii_digit())?;
        let rest = &text[start..];
        at = start + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        Some(start..at)
    })
}

/// The digits at the beginning of a text.
fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

/// Words before a place, in small letters, the last first.
fn words_before(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().rev().map(str::to_lowercase)
}

/// `8/12` or `8-12`, with a year behind it or a word for days before it.
fn date<'a>(passage: &'a Passage, day: &Range<usize>, tallies: &mut Tallies<'a>) {
    let text = &passage.text;
    let rest = &text[day.end..];
    let Some(way) = ["/", "-", "."].into_iter().find(|mark| rest.starts_with(*mark)) else { return };
    let month = digits(&rest[1..]);
    let is_of_calendar = |number: &str, most: u32| number.parse().is_ok_and(|value: u32| (1..=most).contains(&value));
    if !is_of_calendar(&text[day.clone()], 31) || !is_of_calendar(month, 12) {
        return;
    }
    let behind = &rest[1 + month.len()..];
    let year = behind.strip_prefix(way).map(digits).filter(|year| year.len() == 4);
    let end = day.end + 1 + month.len() + year.map_or(0, |year| year.len() + 1);
    let goes_on = text[end..].starts_with(|c: char| c.is_alphanumeric() || "/-–%".contains(c));
    let mut before = words_before(&text[..day.start]);
    let is_named = before.next().is_some_and(|word| BEFORE_DATES.contains(&word.as_str()));
    let is_of_days = before.next().is_some_and(|word| BEFORE_DAYS.contains(&word.as_str()));
    // ngày 8-10 tháng 12 are three days.
    let is_day = way == "/" || way == "-" && !is_of_days && !text[end..].trim_start().starts_with("tháng");
    if !goes_on && (year.is_some() || is_named && is_day) {
        tallies.add(StyleKind::Dates, way, passage, day.start..end);
    }
}

/// `2019-2021` or `2019 - 2021`.
fn years<'a>(passage: &'a Passage, from: &Range<usize>, tallies: &mut Tallies<'a>) {
    let text = &passage.text;
    let rest = &text[from.end..];
    let (way, behind) = if let Some(behind) = rest.strip_prefix(['-', '–']) {
        ("a-b", behind)
    } else if let Some(behind) = rest.strip_prefix(" - ").or_else(|| rest.strip_prefix(" – ")) {
        ("a - b", behind)
    } else {
        return;
    };
    let to = digits(behind);
    let year = |number: &str| number.parse().ok().filter(|year: &u32| (1000..=2100).contains(year));
    let (Some(first), Some(last)) = (year(&text[from.clone()]), year(to)) else { return };
    let end = text.len() - behind.len() + to.len();
    let goes_on = text[end..].starts_with(|c: char| c.is_alphanumeric() || "-–/".contains(c));
    if first < last && !goes_on {
        tallies.add(StyleKind::Ranges, way, passage, from.start..end);
    }
}

/// `17ha` or `17 ha`, `41%` or `41 %`.
fn unit<'a>(passage: &'a Passage, number: &Range<usize>, tallies: &mut Tallies<'a>) {
    let text = &passage.text;
    // 1.432,5 ha
    let decimals = text[number.end..].find(|c: char| !c.is_ascii_digit() && !".,".contains(c));
    let decimals = decimals.unwrap_or(text.len() - number.end);
    let number_end = number.end + text[number.end..number.end + decimals].trim_end_matches(['.', ',']).len();
    let rest = &text[number_end..];
    let behind = rest.strip_prefix([' ', '\u{a0}', '\u{202f}']);
    let (way, behind) = behind.map_or(("17ha", rest), |behind| ("17 ha", behind));
    let starts = text.len() - behind.len();
    if let Some(behind) = behind.strip_prefix('%') {
        if !behind.starts_with(char::is_alphanumeric) {
            tallies.add(StyleKind::Percent, way, passage, number.start..starts + 1);
        }
        return;
    }
    let Some(unit) = UNITS.iter().find(|unit| behind.starts_with(**unit)) else { return };
    if !behind[unit.len()..].starts_with(|c: char| c.is_alphanumeric() || "-_²³".contains(c)) {
        tallies.add(StyleKind::Units, way, passage, number.start..starts + unit.len());
    }
}
