//! What one style says of letters and of paragraphs, and how what is said later covers what was said before.

use std::collections::HashMap;
use std::sync::Arc;

use super::lengths::{points, share};
use crate::import::document::{Alignment, Style};
use crate::import::xml::Element;

/// The names of fonts by the names that styles have for them.
pub(super) type Fonts = HashMap<String, Arc<str>>;

/// What is said of letters; `None` where nothing is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct TextFormat {
    size: Option<Size>,
    bold: Option<bool>,
    italic: Option<bool>,
    underlined: Option<bool>,
    capitals: Option<bool>,
    position: Option<Position>,
    font: Option<Arc<str>>,
    hidden: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    Points(f32),
    /// A share of the size around it.
    Share(f32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Raised,
    Lowered,
    Normal,
}

/// How letters look in the end.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Letters {
    pub(super) style: Style,
    pub(super) hidden: bool,
}

/// What is said of paragraphs; `None` where nothing is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ParagraphFormat {
    pub(super) alignment: Option<Alignment>,
    pub(super) indent: Option<f32>,
    pub(super) first_line: Option<f32>,
    pub(super) break_before: Option<bool>,
    pub(super) break_after: Option<bool>,
    /// Whether a line is drawn above or below it, and none beside it.
    pub(super) ruled: Option<bool>,
}

impl TextFormat {
    pub(super) fn of(properties: Element<'_>, fonts: &Fonts) -> Self {
        let get = |name| properties.attribute(name);
        Self {
            size: get("fo:font-size").and_then(size),
            bold: get("fo:font-weight").map(is_bold),
            italic: get("fo:font-style").map(|style| matches!(style, "italic" | "oblique")),
            underlined: get("style:text-underline-style").map(|style| style != "none"),
            capitals: get("fo:text-transform").map(|transform| transform == "uppercase"),
            position: get("style:text-position").map(position),
            font: font(properties, fonts),
            hidden: get("text:display").map(|display| display == "none"),
        }
    }

    /// Takes on what another says that lies over it.
    pub(super) fn cover(&mut self, over: &Self) {
        self.size = match (self.size, over.size) {
            (Some(Size::Points(under)), Some(Size::Share(share))) => Some(Size::Points(under * share)),
            (Some(Size::Share(under)), Some(Size::Share(share))) => Some(Size::Share(under * share)),
            (under, over) => over.or(under),
        };
        self.bold = over.bold.or(self.bold);
        self.italic = over.italic.or(self.italic);
        self.underlined = over.underlined.or(self.underlined);
        self.capitals = over.capitals.or(self.capitals);
        self.position = over.position.or(self.position);
        if over.font.is_some() {
            self.font.clone_from(&over.font);
        }
        self.hidden = over.hidden.or(self.hidden);
    }
}

impl Letters {
    /// How letters look to which this is done as well.
    pub(super) fn with(&self, format: &TextFormat) -> Self {
        let under = &self.style;
        let position = format.position;
        let size = match format.size {
            Some(Size::Points(points)) => points,
            Some(Size::Share(share)) => under.size * share,
            None => under.size,
        };
        let style = Style {
            size,
            bold: format.bold.unwrap_or(under.bold),
            italic: format.italic.unwrap_or(under.italic),
            underlined: format.underlined.unwrap_or(under.underlined),
            capitals: format.capitals.unwrap_or(under.capitals),
            raised: position.map_or(under.raised, |position| position == Position::Raised),
            lowered: position.map_or(under.lowered, |position| position == Position::Lowered),
            font: format.font.clone().or_else(|| under.font.clone()),
        };
        Self { style, hidden: format.hidden.unwrap_or(self.hidden) }
    }
}

impl ParagraphFormat {
    pub(super) fn of(properties: Element<'_>) -> Self {
        let get = |name| properties.attribute(name);
        let is_page = |value: &str| matches!(value, "page" | "even-page" | "odd-page");
        Self {
            alignment: get("fo:text-align").map(alignment),
            indent: get("fo:margin-left").or_else(|| get("fo:margin")).and_then(points),
            first_line: get("fo:text-indent").and_then(points),
            break_before: get("fo:break-before").map(is_page),
            break_after: get("fo:break-after").map(is_page),
            ruled: ruled(properties),
        }
    }

    /// Takes on what another says that lies over it.
    pub(super) fn cover(&mut self, over: &Self) {
        self.alignment = over.alignment.or(self.alignment);
        self.indent = over.indent.or(self.indent);
        self.first_line = over.first_line.or(self.first_line);
        self.break_before = over.break_before.or(self.break_before);
        self.break_after = over.break_after.or(self.break_after);
        self.ruled = over.ruled.or(self.ruled);
    }
}

/// The fonts that a file declares. What it calls them and what they are called need not be the same.
pub(super) fn declare_fonts(declarations: Element<'_>, fonts: &mut Fonts) {
    for face in declarations.elements().filter(|element| element.is("style:font-face")) {
        let Some(name) = face.attribute("style:name") else { continue };
        let family = face.attribute("svg:font-family").and_then(first_family).unwrap_or(name);
        fonts.insert(name.to_owned(), family.into());
    }
}

fn font(properties: Element<'_>, fonts: &Fonts) -> Option<Arc<str>> {
    if let Some(name) = properties.attribute("style:font-name").filter(|name| !name.is_empty()) {
        return Some(fonts.get(name).cloned().unwrap_or_else(|| name.into()));
    }
    properties.attribute("fo:font-family").and_then(first_family).map(Into::into)
}

fn first_family(families: &str) -> Option<&str> {
    let family = families.split(',').next()?.trim().trim_matches(['\'', '"']).trim();
    (!family.is_empty()).then_some(family)
}

fn size(value: &str) -> Option<Size> {
    let size = share(value).map(Size::Share).or_else(|| points(value).map(Size::Points));
    size.filter(|size| matches!(size, Size::Points(value) | Size::Share(value) if *value >= 0.0))
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u16>().is_ok_and(|weight| weight >= 600)
}

/// The first part says how far letters are raised, by a word or a share; the second how large they are.
fn position(value: &str) -> Position {
    let height = value.split_whitespace().next().unwrap_or_default();
    match (height, share(height)) {
        ("super", _) => Position::Raised,
        ("sub", _) => Position::Lowered,
        (_, Some(height)) if height > 0.0 => Position::Raised,
        (_, Some(height)) if height < 0.0 => Position::Lowered,
        _ => Position::Normal,
    }
}

fn alignment(value: &str) -> Alignment {
    match value {
        "center" => Alignment::Centre,
        "end" | "right" => Alignment::End,
        "justify" => Alignment::Justify,
        _ => Alignment::Start,
    }
}

fn ruled(properties: Element<'_>) -> Option<bool> {
    let border = |name: &str| properties.attribute(name).map(|border| !matches!(border, "none" | "hidden" | ""));
    if border("fo:border").is_some() {
        // All around, or nowhere.
        return Some(false);
    }
    let [top, bottom, left, right] =
        ["fo:border-top", "fo:border-bottom", "fo:border-left", "fo:border-right"].map(border);
    let is_said = [top, bottom, left, right].iter().any(Option::is_some);
    let is_on = |side: Option<bool>| side == Some(true);
    is_said.then(|| (is_on(top) || is_on(bottom)) && !is_on(left) && !is_on(right))
}
