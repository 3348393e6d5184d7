//! List styles: how the items of a list are marked, level by level.

use std::collections::HashMap;

use super::lengths::points;
use crate::import::numbers::Numerals;
use crate::import::xml::Element;

/// How many levels a list may have.
pub(super) const LEVELS: usize = 10;

/// All list styles of a file, by name.
#[derive(Debug, Default)]
pub(super) struct ListStyles {
    styles: HashMap<String, ListStyle>,
    /// How headings are numbered.
    pub(super) outline: ListStyle,
}

/// A list style: its levels, from the outermost.
#[derive(Debug, Clone, Default)]
pub(super) struct ListStyle {
    levels: [Option<Box<Level>>; LEVELS],
}

/// How items of one level look.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Level {
    pub(super) mark: Mark,
    /// Where items stand.
    pub(super) indent: f32,
    pub(super) first_line: f32,
    /// Whether that is added to what paragraphs say of themselves, as it was before OpenDocument 1.2.
    pub(super) is_added: bool,
}

/// What stands before an item.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Nothing,
    /// A sign or a picture.
    Bullet,
    Number(NumberFormat),
}

/// How a number is put together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumberFormat {
    numerals: Option<Form>,
    prefix: String,
    suffix: String,
    /// How many levels are shown, this one and those around it.
    shown: usize,
    pub(super) start: u32,
    /// A pattern such as `%1%.%2%)`, which newer files have beside all that.
    pattern: Option<String>,
}

/// In which form numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Numerals(Numerals),
    /// a to z, then aa, ab, ac.
    Letters {
        is_upper: bool,
    },
}

impl ListStyles {
    /// `content` and `styles` are the outermost elements of these parts.
    pub(super) fn read(content: Element<'_>, styles: Option<Element<'_>>) -> Self {
        let mut all = Self::default();
        let common = styles.unwrap_or(content).child("office:styles");
        for part in [common, content.child("office:automatic-styles")].into_iter().flatten() {
            for element in part.elements() {
                if element.is("text:outline-style") {
                    all.outline = list_style(element);
                } else if let Some(name) = element.attribute("style:name").filter(|_| element.is("text:list-style")) {
                    all.styles.insert(name.to_owned(), list_style(element));
                }
            }
        }
        all
    }

    pub(super) fn get(&self, name: &str) -> Option<&ListStyle> {
        self.styles.get(name)
    }
}

impl ListStyle {
    /// A level, from 0.
    pub(super) fn level(&self, level: usize) -> Option<&Level> {
        self.levels.get(level)?.as_deref()
    }

    /// The number at which a level starts.
    pub(super) fn start(&self, level: usize) -> u32 {
        match self.level(level).map(|level| &level.mark) {
            Some(Mark::Number(format)) => format.start,
            _ => 1,
        }
    }

    /// The number of an item as it is printed, from the numbers of its level and those around it.
    pub(super) fn number(&self, level: usize, values: &[u32; LEVELS]) -> String {
        let Some(Mark::Number(format)) = self.level(level).map(|level| &level.mark) else { return String::new() };
        let number = match &format.pattern {
            Some(pattern) => self.filled(pattern, values),
            None => {
                let numbers: Vec<String> = (level + 1 - format.shown.min(level + 1)..=level)
                    .map(|level| self.written(level, values))
                    .filter(|number| !number.is_empty())
                    .collect();
                format!("{}{}{}", format.prefix, numbers.join("."), format.suffix)
            }
        };
        number.trim().to_owned()
    }

    /// The number of one level.
    fn written(&self, level: usize, values: &[u32; LEVELS]) -> String {
        let Some(Mark::Number(format)) = self.level(level).map(|level| &level.mark) else { return String::new() };
        let value = values.get(level).copied().unwrap_or_default();
        match format.numerals {
            Some(Form::Numerals(numerals)) => numerals.format(value),
            Some(Form::Letters { is_upper: false }) => letters(value),
            Some(Form::Letters { is_upper: true }) => letters(value).to_ascii_uppercase(),
            None => String::new(),
        }
    }

    /// A pattern with the numbers in it.
    fn filled(&self, pattern: &str, values: &[u32; LEVELS]) -> String {
        let mut filled = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('%') {
            filled.push_str(before);
            let Some((digits, behind)) = after.split_once('%') else {
                rest = after;
                break;
            };
            match digits.parse::<usize>() {
                Ok(level @ 1..=LEVELS) => filled.push_str(&self.written(level - 1, values)),
                _ => filled.push_str(digits),
            }
            rest = behind;
        }
        filled + rest
    }
}

fn list_style(element: Element<'_>) -> ListStyle {
    let mut style = ListStyle::default();
    for element in element.elements() {
        let level = element.attribute("text:level").and_then(|level| level.parse::<usize>().ok());
        let place = level.and_then(|level| style.levels.get_mut(level.checked_sub(1)?));
        if let (Some(place), Some(mark)) = (place, mark(element)) {
            *place = Some(Box::new(with_position(mark, element)));
        }
    }
    style
}

fn mark(element: Element<'_>) -> Option<Mark> {
    match element.name() {
        "text:list-level-style-number" | "text:outline-level-style" => Some(number_mark(element)),
        "text:list-level-style-image" => Some(Mark::Bullet),
        "text:list-level-style-bullet" => {
            let sign = element.attribute("text:bullet-char").unwrap_or_default();
            Some(if sign.trim().is_empty() { Mark::Nothing } else { Mark::Bullet })
        }
        _ => None,
    }
}

fn number_mark(element: Element<'_>) -> Mark {
    /// Longest text before and after a number.
    const AFFIX: usize = 100;
    let short = |name: &str| element.attribute(name).unwrap_or_default().chars().take(AFFIX).collect::<String>();
    let whole = |name: &str| element.attribute(name).and_then(|value| value.parse().ok());
    let numerals = form(element);
    let pattern = element.attribute("loext:num-list-format").or_else(|| element.attribute("style:num-list-format"));
    let format = NumberFormat {
        prefix: short("style:num-prefix"),
        suffix: short("style:num-suffix"),
        shown: whole("text:display-levels").unwrap_or(1).clamp(1, LEVELS as u32) as usize,
        start: whole("text:start-value").unwrap_or(1),
        // Where there is no number, the pattern has none either, but for old versions that wrote one all the same.
        pattern: pattern.filter(|_| numerals.is_some()).map(|pattern| pattern.chars().take(AFFIX).collect()),
        numerals,
    };
    // Text that stands before every item is a mark too.
    let is_empty = format.numerals.is_none() && format.prefix.trim().is_empty() && format.suffix.trim().is_empty();
    if is_empty { Mark::Nothing } else { Mark::Number(format) }
}

/// In which form a level counts; `None` for not at all. Forms of other scripts count in figures, which everybody can
/// read.
fn form(element: Element<'_>) -> Option<Form> {
    let is_synchronous = element.attribute("style:num-letter-sync") == Some("true");
    Some(match (element.attribute("style:num-format")?, is_synchronous) {
        ("", _) => return None,
        ("a", false) => Form::Letters { is_upper: false },
        ("A", false) => Form::Letters { is_upper: true },
        ("a", true) => Form::Numerals(Numerals::LowerLetter),
        ("A", true) => Form::Numerals(Numerals::UpperLetter),
        ("i", _) => Form::Numerals(Numerals::LowerRoman),
        ("I", _) => Form::Numerals(Numerals::UpperRoman),
        ("1st", _) => Form::Numerals(Numerals::Ordinal),
        ("①, ②, ③, ...", _) => Form::Numerals(Numerals::Circled),
        _ => Form::Numerals(Numerals::Decimal(1)),
    })
}

/// a to z, then aa, ab, ac.
fn letters(number: u32) -> String {
    let mut signs = Vec::new();
    let mut rest = number;
    while rest > 0 {
        let (more, letter) = ((rest - 1) / 26, (rest - 1) % 26);
        signs.push(char::from(b'a' + u8::try_from(letter).unwrap_or_default()));
        rest = more;
    }
    if signs.is_empty() { number.to_string() } else { signs.iter().rev().collect() }
}

/// Where items of a level stand, in the old way or the new.
fn with_position(mark: Mark, element: Element<'_>) -> Level {
    let properties = element.child("style:list-level-properties");
    let length = |element: Option<Element<'_>>, name: &str| {
        element.and_then(|element| element.attribute(name)).and_then(points).unwrap_or_default()
    };
    let label = properties.and_then(|properties| properties.child("style:list-level-label-alignment"));
    if label.is_some() {
        let (indent, first_line) = (length(label, "fo:margin-left"), length(label, "fo:text-indent"));
        return Level { mark, indent, first_line, is_added: false };
    }
    let width = length(properties, "text:min-label-width");
    Level { mark, indent: length(properties, "text:space-before") + width, first_line: -width, is_added: true }
}
