//! Numbers as Vietnamese writes them: 1.432 and 1.432.000 with points at the thousands, 41,44 with a comma.

use super::Report;
use super::passages::Passage;
use crate::diagnostic::TextLint;

/// `1.1152`: a point at the thousands that is in the wrong place.
pub(super) fn grouping(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let run = &text[start..text.len() - text[start..].trim_start_matches(is_part).len()];
        at = start + run.len();
        let number = run.trim_end_matches(['.', ',']);
        let range = start..start + number.len();
        // Part of a code, a name, a telephone number or an address.
        let joins = |c: char| c.is_alphanumeric() || "-–/_:@+#.,".contains(c);
        let before = text[..start].chars().next_back().is_some_and(joins);
        let after = text[range.end..].chars().next().is_some_and(|c| c.is_alphanumeric() || "-–/_@".contains(c));
        if !before && !after && is_misgrouped(number) && !passage.is_address(&range) {
            report.found(passage, range, TextLint::NumberGrouping { found: number.to_owned() });
        }
    }
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
        ] {
            assert!(!is_misgrouped(number), "{number}");
        }
    }
}
