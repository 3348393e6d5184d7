//! Numbers as Vietnamese writes them: 1.432 and 1.432.000 with points at the thousands, 41,44 with a comma.

use std::ops::Range;

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;

/// `1.1152`: a point at the thousands that is in the wrong place; `1,432,000`: commas in place of the points.
pub(super) fn grouping(passage: &Passage, report: &mut Report) {
    let numbers: Vec<_> = numbers(&passage.text).collect();
    // Whoever writes 25.47 has a point before the decimals, and none at the thousands.
    let texts = || numbers.iter().map(|range| &passage.text[range.clone()]);
    let has_decimal_points = texts().any(is_decimal) || texts().filter(|number| is_long_decimal(number)).count() > 1;
    for range in numbers {
        let number = &passage.text[range.clone()];
        let after = passage.text[range.end..].trim_start();
        let found = number.to_owned();
        let error = if has_commas(number) {
            TextLint::NumberGrouping { found, meant: Some(number.replace(',', ".")) }
        } else if !has_decimal_points && is_misgrouped(number) || is_short(number) && counts(after) {
            TextLint::NumberGrouping { found, meant: None }
        } else {
            continue;
        };
        if !passage.is_address(&range) {
            report.found(passage, range, error);
        }
    }
}

/// Where in a text numbers stand that are no part of a code, a name, a telephone number or an address.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut at = 0;
    let runs = std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_ascii_digit())?;
        let run = &text[start..text.len() - text[start..].trim_start_matches(is_part).len()];
        at = start + run.len();
        Some(start..start + run.trim_end_matches(['.', ',']).len())
    });
    runs.filter(move |range| {
        let joins = |c: char| c.is_alphanumeric() || "-–/_:@+#.,".contains(c);
        let before = text[..range.start].chars().next_back().is_some_and(joins);
        let rest = &text[range.end..];
        let after = rest.chars().next().is_some_and(|c| c.is_alphanumeric() || "-–/_@".contains(c));
        // 24.2012.TT is part of a name.
        let goes_on = rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        !before && !after && !goes_on
    })
}

/// `25.47`, `0.5`, `100.0123`: a point that stands before decimals. 8.12 may be a day.
fn is_decimal(number: &str) -> bool {
    let Some((whole, decimals)) = number.split_once('.') else { return false };
    let is_day = whole.parse().is_ok_and(|day: u32| (1..=31).contains(&day))
        && decimals.parse().is_ok_and(|month: u32| (1..=12).contains(&month));
    let is_plain = whole.len() <= 3 && decimals.bytes().all(|b| b.is_ascii_digit());
    is_plain && (whole == "0" || (1..=2).contains(&decimals.len()) && !is_day && decimals != "00")
}

/// `30.03333`, which may be a degree: with another of its kind, it is.
fn is_long_decimal(number: &str) -> bool {
    number.split_once('.').is_some_and(|(whole, decimals)| {
        whole.len() <= 3 && decimals.len() >= 5 && decimals.bytes().all(|b| b.is_ascii_digit())
    })
}

/// `1,432,000`: commas at the thousands, as English has them. Three figures each may be a list of rooms: 101,102,103.
fn has_commas(number: &str) -> bool {
    let groups: Vec<_> = number.split(',').collect();
    let (Some(first), rest) = (groups.first(), groups.get(1..).unwrap_or_default()) else { return false };
    let is_group = |group: &&str| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
    let is_first = (1..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_digit());
    let is_list = first.len() == 3 && groups.windows(2).all(|pair| pair[0] < pair[1]);
    is_first && !first.starts_with('0') && rest.len() >= 2 && rest.iter().all(is_group) && !is_list
}

/// `15.00`: a figure too few behind a point, or none too few, where the number is one of decimals.
fn is_short(number: &str) -> bool {
    let Some((whole, group)) = number.split_once('.') else { return false };
    let is_whole = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    is_whole && group.len() == 2 && group.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a number before a text counts things that have no decimals: 15.00 đồng, 1.43 hồ sơ.
fn counts(after: &str) -> bool {
    const THINGS: [&str; 10] =
        ["đồng", "VNĐ", "VND", "hộ", "hồ sơ", "lượt", "thủ tục", "học sinh", "trường hợp", "TTHC"];
    THINGS.iter().any(|thing| {
        let rest = after.strip_prefix(thing);
        rest.is_some_and(|rest| {
            !rest.starts_with(|c: char| c.is_alphanumeric() || c == '/') && !rest.starts_with(" trên")
        })
    })
}

/// Whether the points of a number cannot but be meant for thousands, and are not where those are. Where they may be
/// anything else (a date, a version, a telephone number, an account), it is left alone.
fn is_misgrouped(number: &str) -> bool {
    /// Longer than any amount: the number of an account or a telephone.
    const TELEPHONE: usize = 10;
    let mut parts = number.split(',');
    let (Some(whole), decimals) = (parts.next(), parts.next()) else { return false };
    if parts.next().is_some() || decimals.is_some_and(|d| d.is_empty() || d.contains('.')) {
        return false;
    }
    let groups: Vec<_> = whole.split('.').collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let (Some(first), rest) = (groups.first(), &groups[1..]) else { return false };
    if rest.is_empty() || !(1..=3).contains(&first.len()) || first.starts_with('0') || digits >= TELEPHONE {
        return false;
    }
    let is_month_and_year = || {
        let year = rest[0].parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
        first.parse().is_ok_and(|month: u32| (1..=12).contains(&month)) && year
    };
    match rest {
        // 100.0123 has a point before its decimals.
        [group] if group.starts_with('0') && group.contains(|c| c != '0') => false,
        [group] => (4..=6).contains(&group.len()) && !is_month_and_year(),
        _ => {
            let has_thousands = rest.iter().any(|group| group.len() == 3);
            let wrong = rest.iter().filter(|group| group.len() != 3).count();
            let is_address = groups.len() == 4 && groups.iter().all(|g| g.parse().is_ok_and(|n: u32| n < 256));
            has_thousands && wrong == 1 && rest.iter().all(|g| (2..=4).contains(&g.len())) && !is_address
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes() {
        for number in ["1.1152", "12.3456", "1.432.00", "12.34.567", "1.1152,5", "2.50000", "1.4320.000"] {
            assert!(is_misgrouped(number), "{number}");
        }
    }

    #[test]
    fn numbers_that_are_right_or_something_else() {
        for number in [
            "1.432",
            "1.432.000",
            "41,44",
            "1.432,5",
            "4.0",
            "12.5",
            "21.11.2022",
            "8.12",
            "11.2022",
            "0292.1022",
            "192.168.1.1",
            "1900.1234",
            "1.2.3",
            "2021",
            "0909.123.456",
            "1,432.5",
            "123.456.7890",
            "1.5.2026",
            "100.0123",
            "1,432,000",
        ] {
            assert!(!is_misgrouped(number), "{number}");
        }
    }

    #[test]
    fn commas_at_the_thousands() {
        for number in ["1,432,000", "25,000,000", "100,000,000"] {
            assert!(has_commas(number), "{number}");
        }
        for number in ["1,432", "101,102,103", "1,2,3", "41,44", "0,123,456", "1,432,00", "1.432,000,000"] {
            assert!(!has_commas(number), "{number}");
        }
    }
}
