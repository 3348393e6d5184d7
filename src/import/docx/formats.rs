//! How runs and paragraphs look: what one place of the file says of it, and how the places add up.

use std::sync::Arc;

use super::values::{is_on, points, switch, value};
use crate::import::document::{Alignment, Style};
use crate::import::xml::Element;

/// The switches that a style turns over instead of turning them on: bold in a bold paragraph is not bold.
pub(super) const SWITCHES: [&str; 4] = ["w:b", "w:i", "w:caps", "w:vanish"];
const BOLD: usize = 0;
const ITALIC: usize = 1;
const CAPITALS: usize = 2;
const HIDDEN: usize = 3;

/// What one place says of a run.
#[derive(Debug, Clone, Default)]
pub(super) struct RunFormat {
    pub(super) switches: [Option<bool>; 4],
    pub(super) size: Option<f32>,
    pub(super) font: Option<Arc<str>>,
    pub(super) underlined: Option<bool>,
    pub(super) position: Option<Position>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Baseline,
    Raised,
    Lowered,
}

/// The fonts of the theme.
#[derive(Debug, Default)]
pub(super) struct Theme {
    pub(super) headings: Option<Arc<str>>,
    pub(super) body: Option<Arc<str>>,
}

impl RunFormat {
    /// Of a `w:rPr`.
    pub(super) fn of(properties: Element<'_>, theme: &Theme) -> Self {
        Self {
            switches: SWITCHES.map(|name| switch(properties, name)),
            size: value(properties, "w:sz").and_then(|size| size.trim().parse::<f32>().ok()).and_then(half_points),
            font: properties.child("w:rFonts").and_then(|fonts| font(fonts, theme)),
            underlined: properties.child("w:u").map(|line| line.attribute("w:val").is_some_and(|kind| kind != "none")),
            position: value(properties, "w:vertAlign").map(|position| match position {
                "superscript" => Position::Raised,
                "subscript" => Position::Lowered,
                _ => Position::Baseline,
            }),
        }
    }

    /// What `nearer` says counts more.
    pub(super) fn under(&self, nearer: &Self) -> Self {
        let mut switches = self.switches;
        for (switch, nearer) in switches.iter_mut().zip(nearer.switches) {
            *switch = nearer.or(*switch);
        }
        Self { switches, ..self.but(nearer) }
    }

    /// All but the switches.
    fn but(&self, nearer: &Self) -> Self {
        Self {
            switches: [None; 4],
            size: nearer.size.or(self.size),
            font: nearer.font.clone().or_else(|| self.font.clone()),
            underlined: nearer.underlined.or(self.underlined),
            position: nearer.position.or(self.position),
        }
    }
}

/// How a run looks where styles of several kinds meet: the document's, a table's, the paragraph's, the run's.
#[derive(Debug, Clone, Default)]
pub(super) struct Layers {
    format: RunFormat,
    /// What the document says of every run.
    always: [bool; 4],
    turned: [bool; 4],
}

impl Layers {
    pub(super) fn new(defaults: &RunFormat) -> Self {
        let always = defaults.switches.map(|switch| switch == Some(true));
        Self { format: RunFormat { switches: [None; 4], ..defaults.clone() }, always, turned: [false; 4] }
    }

    /// With a style of the next kind.
    pub(super) fn with(&self, style: &RunFormat) -> Self {
        let mut turned = self.turned;
        for (turned, switch) in turned.iter_mut().zip(style.switches) {
            *turned ^= switch == Some(true);
        }
        Self { format: self.format.but(style), always: self.always, turned }
    }

    /// With what the run says itself, which turns nothing over.
    pub(super) fn finish(&self, direct: &RunFormat) -> RunLook {
        let format = self.format.but(direct);
        let on = |switch: usize| {
            let own = direct.switches.get(switch).copied().flatten();
            let inherited = self.always.get(switch) == Some(&true) || self.turned.get(switch) == Some(&true);
            own.unwrap_or(inherited)
        };
        RunLook {
            hidden: on(HIDDEN),
            style: Style {
                size: format.size.unwrap_or_default(),
                bold: on(BOLD),
                italic: on(ITALIC),
                underlined: format.underlined == Some(true),
                capitals: on(CAPITALS),
                raised: format.position == Some(Position::Raised),
                lowered: format.position == Some(Position::Lowered),
                font: format.font,
            },
        }
    }
}

/// How a run looks in the end.
#[derive(Debug, Clone, Default)]
pub(super) struct RunLook {
    pub(super) style: Style,
    pub(super) hidden: bool,
}

fn half_points(size: f32) -> Option<f32> {
    (size.is_finite() && size > 0.0).then_some(size / 2.0)
}

/// The font of a `w:rFonts`. It names up to four, by script; the one for letters with accents counts, then the one for
/// those without.
fn font(fonts: Element<'_>, theme: &Theme) -> Option<Arc<str>> {
    ["hAnsi", "ascii", "cs"].iter().find_map(|script| {
        let theme_attribute = if *script == "cs" { "w:cstheme".to_owned() } else { format!("w:{script}Theme") };
        let themed = fonts
            .attribute(&theme_attribute)
            .and_then(|name| if name.starts_with("major") { theme.headings.clone() } else { theme.body.clone() });
        themed.or_else(|| fonts.attribute(&format!("w:{script}")).filter(|name| !name.is_empty()).map(Arc::from))
    })
}

/// What one place says of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphFormat {
    pub(super) alignment: Option<Alignment>,
    pub(super) indent: Option<f32>,
    pub(super) first_line: Option<f32>,
    /// From 0; 9 is running text.
    pub(super) outline: Option<u8>,
    pub(super) new_page: Option<bool>,
    pub(super) is_ruled: Option<bool>,
    /// Which list of the numbering it is in; 0 is none.
    pub(super) list: Option<u32>,
    /// How deep in that list.
    pub(super) list_level: Option<u8>,
}

impl ParagraphFormat {
    /// Of a `w:pPr`.
    pub(super) fn of(properties: Element<'_>) -> Self {
        let numbering = properties.child("w:numPr");
        let (indent, first_line) = properties.child("w:ind").map_or((None, None), indents);
        Self {
            alignment: value(properties, "w:jc").map(alignment),
            indent,
            first_line,
            outline: value(properties, "w:outlineLvl").and_then(|level| level.trim().parse().ok()),
            new_page: switch(properties, "w:pageBreakBefore"),
            is_ruled: properties.child("w:pBdr").map(is_ruled),
            list: numbering.and_then(|numbering| value(numbering, "w:numId")).and_then(|id| id.trim().parse().ok()),
            list_level: numbering
                .and_then(|numbering| value(numbering, "w:ilvl"))
                .and_then(|level| level.trim().parse().ok()),
        }
    }

    /// What `nearer` says counts more.
    pub(super) fn under(&self, nearer: &Self) -> Self {
        Self {
            alignment: nearer.alignment.or(self.alignment),
            indent: nearer.indent.or(self.indent),
            first_line: nearer.first_line.or(self.first_line),
            outline: nearer.outline.or(self.outline),
            new_page: nearer.new_page.or(self.new_page),
            is_ruled: nearer.is_ruled.or(self.is_ruled),
            list: nearer.list.or(self.list),
            list_level: nearer.list_level.or(self.list_level),
        }
    }
}

fn alignment(name: &str) -> Alignment {
    match name {
        "center" => Alignment::Centre,
        "right" | "end" => Alignment::End,
        "both" | "distribute" | "thaiDistribute" | "lowKashida" | "mediumKashida" | "highKashida" => Alignment::Justify,
        _ => Alignment::Start,
    }
}

/// The left edge and the first line of a `w:ind`.
pub(super) fn indents(indents: Element<'_>) -> (Option<f32>, Option<f32>) {
    let length = |name: &str| indents.attribute(name).and_then(points);
    let left = length("w:start").or_else(|| length("w:left"));
    let hanging = length("w:hanging").map(|length| 0.0 - length);
    (left, hanging.or_else(|| length("w:firstLine")))
}

/// Whether there is a line above or below.
fn is_ruled(borders: Element<'_>) -> bool {
    ["w:top", "w:bottom", "w:between"].iter().any(|side| {
        let kind = borders.child(side).and_then(|side| side.attribute("w:val"));
        kind.is_some_and(|kind| !matches!(kind, "nil" | "none"))
    })
}

/// Whether text is struck off by a tracked change of its paragraph's mark.
pub(super) fn mark_is_deleted(mark: Element<'_>) -> bool {
    mark.elements().any(|element| matches!(element.name(), "w:del" | "w:moveFrom") && is_on(element))
}
