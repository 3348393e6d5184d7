//! Lengths and shares as OpenDocument writes them.

/// A length such as `2.5cm`, in points; `None` for what is no length.
pub(super) fn points(value: &str) -> Option<f32> {
    const UNITS: [(&str, f32); 8] = [
        ("cm", 72.0 / 2.54),
        ("mm", 72.0 / 25.4),
        ("in", 72.0),
        ("inch", 72.0),
        ("pt", 1.0),
        ("pc", 12.0),
        ("pi", 12.0),
        ("px", 0.75),
    ];
    let value = value.trim();
    let start = value.find(|sign: char| sign.is_ascii_alphabetic())?;
    let (number, unit) = value.split_at(start);
    let (_, points) = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?;
    let length = number.trim().parse::<f32>().ok()? * points;
    length.is_finite().then_some(length)
}

/// A share such as `58%`, as a number; `None` for what is no share.
pub(super) fn share(value: &str) -> Option<f32> {
    let number: f32 = value.trim().strip_suffix('%')?.trim().parse().ok()?;
    number.is_finite().then_some(number / 100.0)
}

/// The four lengths of `rect(top, right, bottom, left)`; older files have spaces between them. `auto` is none.
pub(super) fn rectangle(value: &str) -> Option<[f32; 4]> {
    let inner = value.trim().strip_prefix("rect(")?.strip_suffix(')')?;
    let mut sides = inner.split([',', ' ']).filter(|side| !side.is_empty()).map(|side| match side {
        "auto" => Some(0.0),
        side => points(side),
    });
    let sides = [sides.next()??, sides.next()??, sides.next()??, sides.next()??];
    Some(sides)
}

#[cfg(test)]
mod tests {
    use super::{points, rectangle, share};

    #[test]
    fn lengths_come_out_in_points() {
        for (value, expected) in [("1in", 72.0), ("2.54cm", 72.0), ("12pt", 12.0), ("-25.4mm", -72.0), (" 4 px ", 3.0)]
        {
            let length = points(value).expect("a length");
            assert!((length - expected).abs() < 0.001, "{value}: {length}");
        }
        for value in ["", "12", "cm", "12em", "NaNcm", "1e99cm", "12%"] {
            assert_eq!(points(value), None, "{value}");
        }
    }

    #[test]
    fn shares_have_a_sign() {
        assert_eq!(share("150%"), Some(1.5));
        assert_eq!(share("150"), None);
    }

    #[test]
    fn a_rectangle_has_four_sides_with_commas_or_without() {
        assert_eq!(rectangle("rect(1pt, 2pt, 3pt, 4pt)"), Some([1.0, 2.0, 3.0, 4.0]));
        assert_eq!(rectangle("rect(1pt 2pt auto 4pt)"), Some([1.0, 2.0, 0.0, 4.0]));
        assert_eq!(rectangle("rect(1pt, 2pt, 3pt)"), None);
        assert_eq!(rectangle("auto"), None);
    }
}
