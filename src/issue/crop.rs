//! The part of a photo that its author wants to be seen.

use std::fmt;

/// The part of a photo that is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Crop {
    pub ratio: AspectRatio,
    pub focus: Focus,
}

/// Width to height, such as `16:9` or `2.35:1`, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AspectRatio {
    across: u32,
    down: u32,
}

/// What a ratio counts in.
const THOUSANDTHS: u32 = 1000;

/// Largest number of a ratio: pixels of a camera may be typed.
const MAX_NUMBER: u32 = 99_999;

impl AspectRatio {
    /// Narrower than 1:4, or wider than 6:1, a photo shows next to nothing.
    const TALLEST: (u32, u32) = (1, 4);
    const WIDEST: (u32, u32) = (6, 1);

    /// A ratio as it is typed; `None` where it is none, or out of all proportion.
    pub fn parse(text: &str) -> Option<Self> {
        let (across, down) = text.split_once(':')?;
        let (across, down) = (thousandths(across)?, thousandths(down)?);
        let is_at_least = |(w, h): (u32, u32)| u64::from(across) * u64::from(h) >= u64::from(down) * u64::from(w);
        let is_at_most = |(w, h): (u32, u32)| u64::from(across) * u64::from(h) <= u64::from(down) * u64::from(w);
        (is_at_least(Self::TALLEST) && is_at_most(Self::WIDEST)).then_some(Self { across, down })
    }

    /// Width and height; their size means nothing, and neither is 0.
    pub fn sides(self) -> (u32, u32) {
        (self.across, self.down)
    }
}

impl fmt::Display for AspectRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |number: u32| {
            let decimals = format!("{:03}", number % THOUSANDTHS);
            let whole = (number / THOUSANDTHS).to_string();
            let decimals = decimals.trim_end_matches('0');
            if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") }
        };
        write!(f, "{}:{}", number(self.across), number(self.down))
    }
}

/// A number above 0 with up to three decimals, behind a point or a comma, in thousandths.
fn thousandths(text: &str) -> Option<u32> {
    let text = text.trim();
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(decimals) || decimals.len() > 3 {
        return None;
    }
    let whole: u32 = whole.parse().ok().filter(|whole| *whole <= MAX_NUMBER)?;
    let decimals: u32 = format!("{decimals:0<3}").parse().ok()?;
    Some(whole * THOUSANDTHS + decimals).filter(|number| *number > 0)
}

/// Which side of a photo stays where some of it is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Focus {
    Top,
    #[default]
    Centre,
    Bottom,
    Left,
    Right,
}

impl Focus {
    pub const ALL: [Self; 5] = [Self::Top, Self::Centre, Self::Bottom, Self::Left, Self::Right];

    /// The word used in front matter and data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Centre => "centre",
            Self::Bottom => "bottom",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_read_and_written() {
        for (typed, written) in [
            ("16:9", "16:9"),
            (" 4 : 3 ", "4:3"),
            ("2.35:1", "2.35:1"),
            ("2,35:1", "2.35:1"),
            ("1.50:1", "1.5:1"),
            ("1:4", "1:4"),
            ("6:1", "6:1"),
            ("3000:2000", "3000:2000"),
            ("0.5:1", "0.5:1"),
        ] {
            let ratio = AspectRatio::parse(typed).map(|ratio| ratio.to_string());
            assert_eq!(ratio.as_deref(), Some(written), "{typed}");
        }
    }

    #[test]
    fn what_is_no_ratio_is_none() {
        for typed in [
            "",
            ":",
            "16",
            "16/9",
            "16x9",
            "0:1",
            "1:0",
            "-1:1",
            "1:1:1",
            "a:b",
            "1.2345:1",
            ".5:1",
            "1.:1",
            "1:4.1",
            "6.01:1",
            "100000:100000",
            "1e3:1000",
            "²:1",
        ] {
            assert_eq!(AspectRatio::parse(typed), None, "{typed}");
        }
    }
}
