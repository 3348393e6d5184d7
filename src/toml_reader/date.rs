//! Days and months: as they are written, and as they were meant.

/// A calendar day, or a month where nobody knows the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: Option<u8>,
}

impl Date {
    /// A day or a month that was typed: `2021-12-28`, `2021-12`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::month(text).or_else(|| {
            let date = text.trim().parse::<toml::value::Datetime>().ok()?;
            let day = date.date.filter(|day| day.year >= 1 && date.time.is_none())?;
            Some(Self { year: day.year, month: day.month, day: Some(day.day) })
        })
    }

    /// A month as it is written in a manifest: `2021-12`.
    pub(super) fn month(text: &str) -> Option<Self> {
        let (year, month) = text.trim().split_once('-')?;
        let is_digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(year, 4) || !is_digits(month, 2) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        (year >= 1 && (1..=12).contains(&month)).then_some(Self { year, month, day: None })
    }
}

/// The day that is meant by a date in another form, such as `28/11/2026`, as TOML has it; none where it is no day.
pub(crate) fn date_meant(text: &str) -> Option<String> {
    let runs: Vec<_> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let (year, month, day) = match runs[..] {
        [year, month, day] if year.len() == 4 => (year, month, Some(day)),
        [day, month, year] if year.len() == 4 => (year, month, Some(day)),
        [year, month] if year.len() == 4 => (year, month, None),
        [month, year] if year.len() == 4 => (year, month, None),
        _ => return None,
    };
    let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let Some(day) = day else {
        // A month alone is no date to TOML, and so a text.
        return Some(format!("\"{year}-{:02}\"", u8::from(month)));
    };
    let date = time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
}
