//! Numbers of lists as they are printed.

/// In which form a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numerals {
    /// With zeros in front, up to so many figures.
    Decimal(usize),
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// 1, 2, 3 in circles.
    Circled,
    /// A sign, and no number.
    Bullet,
    /// Nothing.
    None,
}

/// Above this, numbers that get longer with their value are printed in figures.
const MAX_LETTERED: u32 = 780;
const MAX_ROMAN: u32 = 3999;

impl Numerals {
    /// By the standard's name; forms of other scripts count in figures, which everybody can read.
    pub(super) fn named(name: &str, pattern: Option<&str>) -> Self {
        match name {
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "ordinal" => Self::Ordinal,
            "decimalZero" => Self::Decimal(2),
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            // `001, 002, 003, ...`
            "custom" => Self::Decimal(pattern.and_then(|pattern| pattern.split(',').next()).map_or(1, width)),
            _ => Self::Decimal(1),
        }
    }

    pub(super) fn format(self, number: u32) -> String {
        match self {
            Self::Bullet | Self::None => String::new(),
            Self::Decimal(width) => format!("{number:0width$}"),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).to_ascii_lowercase(),
            Self::UpperLetter => letters(number).to_ascii_uppercase(),
            Self::LowerLetter => letters(number),
            Self::Ordinal => ordinal(number),
            Self::Circled => circled(number),
        }
    }
}

fn width(pattern: &str) -> usize {
    pattern.trim().chars().filter(char::is_ascii_digit).count().clamp(1, 8)
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > MAX_ROMAN {
        return number.to_string();
    }
    let mut rest = number;
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            roman.push_str(sign);
            rest -= value;
        }
    }
    roman
}

/// a to z, then aa to zz, as Word counts.
fn letters(number: u32) -> String {
    if number == 0 || number > MAX_LETTERED {
        return number.to_string();
    }
    let (times, letter) = ((number - 1) / 26 + 1, (number - 1) % 26);
    let letter = char::from(b'a' + u8::try_from(letter).unwrap_or_default());
    (0..times).map(|_| letter).collect()
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn circled(number: u32) -> String {
    let sign = (1..=20).contains(&number).then(|| char::from_u32(0x245F + number)).flatten();
    sign.map_or_else(|| number.to_string(), String::from)
}
