//! Figures in the cells of a table → numbers.

/// Which mark stands before the decimals where a figure alone does not tell: `1.432` is a thousand and more in
/// Vietnamese, and little more than one in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    Comma,
    Point,
}

/// Longest figure, in bytes.
const MAX_LENGTH: usize = 40;

impl DecimalMark {
    /// The mark of a language, by its two or three letters.
    pub fn of_language(primary: &str) -> Self {
        if primary == "vi" { Self::Comma } else { Self::Point }
    }

    fn character(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Point => '.',
        }
    }
}

/// The number that a text is, such as `1.432,5`, `99,61%` or `−3`; `None` where it is none. Whether it is one does not
/// depend on the mark.
pub fn parse(text: &str, mark: DecimalMark) -> Option<f64> {
    let text = text.trim();
    if text.len() > MAX_LENGTH {
        return None;
    }
    let unsigned = text.trim_start_matches(['-', '−', '–', '+']);
    let sign = &text[..text.len() - unsigned.len()];
    if sign.chars().count() > 1 {
        return None;
    }
    let digits = unsigned.strip_suffix(['%', '‰']).unwrap_or(unsigned).trim();
    let (whole, decimals) = match decimal_mark(digits, mark) {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, "0"),
    };
    if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: f64 = format!("{}.{decimals}", without_groups(whole)?).parse().ok()?;
    Some(if matches!(sign, "" | "+") { number } else { -number })
}

/// Where the decimals of a figure begin: at the last mark, unless that can but part thousands.
fn decimal_mark(digits: &str, mark: DecimalMark) -> Option<usize> {
    let at = digits.rfind(['.', ','])?;
    let (before, behind) = (&digits[..at], &digits[at + 1..]);
    let found = digits[at..].chars().next()?;
    if before.contains(found) {
        return None;
    }
    let is_group = behind.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    let has_groups = before.contains(|c: char| !c.is_ascii_digit());
    (has_groups || !is_group || found == mark.character()).then_some(at)
}

/// The digits of a whole number, which may be parted in groups of three.
fn without_groups(whole: &str) -> Option<String> {
    let is_separator = |c: char| matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let mut separators = whole.chars().filter(|&c| is_separator(c));
    let first = separators.next();
    if separators.any(|other| Some(other) != first) {
        return None;
    }
    let groups: Vec<_> = whole.split(is_separator).collect();
    let is_sound = groups.iter().enumerate().all(|(place, group)| {
        let has_length = match (place, groups.len()) {
            (_, 1) => !group.is_empty(),
            (0, _) => (1..=3).contains(&group.len()),
            _ => group.len() == 3,
        };
        has_length && group.bytes().all(|byte| byte.is_ascii_digit())
    });
    is_sound.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_they_are_typed() {
        let table: &[(&str, f64, f64)] = &[
            ("1.432,5", 1432.5, 1432.5),
            ("1,432.5", 1432.5, 1432.5),
            ("1.432", 1432.0, 1.432),
            ("1,432", 1.432, 1432.0),
            ("99,61%", 99.61, 99.61),
            ("99.61 %", 99.61, 99.61),
            ("0.500", 0.5, 0.5),
            ("0,5", 0.5, 0.5),
            ("12", 12.0, 12.0),
            ("007", 7.0, 7.0),
            ("1432,500", 1432.5, 1432.5),
            ("1.432.500", 1_432_500.0, 1_432_500.0),
            ("1,432,500", 1_432_500.0, 1_432_500.0),
            ("1 432 500,25", 1_432_500.25, 1_432_500.25),
            ("1\u{a0}432", 1432.0, 1432.0),
            ("1 432,500", 1432.5, 1432.5),
            ("−3,5", -3.5, -3.5),
            ("-3", -3.0, -3.0),
            ("–3", -3.0, -3.0),
            ("+7", 7.0, 7.0),
            (" 8‰ ", 8.0, 8.0),
        ];
        for (text, vietnamese, english) in table {
            assert_eq!(parse(text, DecimalMark::Comma), Some(*vietnamese), "{text}");
            assert_eq!(parse(text, DecimalMark::Point), Some(*english), "{text}");
        }
    }

    #[test]
    fn what_is_no_figure_is_none() {
        for text in [
            "",
            "-",
            "–",
            "%",
            "a",
            "12a",
            "1/2",
            "8-10",
            "1.43.2",
            "1.1152.000",
            "1,",
            ",5",
            "1..2",
            "1.432 500",
            "--1",
            "1e5",
            "inf",
            "nan",
            "½",
            "12 người",
            "1.432,5,1",
            "tỷ",
        ] {
            assert_eq!(parse(text, DecimalMark::Comma), None, "{text}");
            assert_eq!(parse(text, DecimalMark::Point), None, "{text}");
        }
        assert_eq!(parse(&"9".repeat(41), DecimalMark::Comma), None);
    }

    proptest::proptest! {
        #[test]
        fn whether_it_is_a_number_does_not_depend_on_the_mark(text in "[-0-9., %]{0,12}") {
            let (comma, point) = (parse(&text, DecimalMark::Comma), parse(&text, DecimalMark::Point));
            proptest::prop_assert_eq!(comma.is_some(), point.is_some());
            proptest::prop_assert!(comma.is_none_or(f64::is_finite));
        }
    }
}
