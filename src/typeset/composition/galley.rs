//! The galleys: an issue set article by article, and read back as pieces with their heights.
//!
//! A layout that can be composed marks its pieces with `metadata` labelled `piece` (see `layouts/README.md`). All
//! lengths are in points.

mod boxes;
mod places;
mod reader;
mod rows;
mod text;

pub(super) use places::{Places, places};
pub(super) use reader::read;
use typst::foundations::{Dict, Value};

/// The label of the marks.
const MARK: &str = "piece";

/// An issue as it is to be composed.
#[derive(Debug)]
pub(super) struct Galley {
    pub geometry: Geometry,
    pub zones: Vec<Zone>,
    /// How many pages stand before the articles: page one, with the contents.
    pub front_pages: usize,
}

/// The room that a page has for text.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Geometry {
    pub columns: usize,
    /// Where the first column begins on a page of its own, and how far it is to the next.
    pub left: f64,
    pub top: f64,
    pub step: f64,
    /// Height of a column on a page of its own.
    pub height: f64,
    /// From baseline to baseline.
    pub line: f64,
    /// Height of a single line.
    pub text: f64,
}

impl Geometry {
    /// White between text and what stands at the head or foot of a column: a line, from the foot of one to the head of
    /// the other.
    pub(super) fn clearance(&self) -> f64 {
        2.0 * self.line - self.text
    }
}

/// A part of the issue whose columns end level before the next one begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Zone {
    /// White before the zone where it begins in mid-page without a head.
    pub after: f64,
    /// What must find room below its head in mid-page.
    pub least: f64,
    /// Whether it begins a section: before one a page may end early.
    pub section: bool,
    pub head: Option<Head>,
    pub pieces: Vec<Piece>,
}

impl Zone {
    /// Whether its head leaves room for text on pages of `height`, with the photo of the article in it.
    pub(super) fn bears_photo(&self, height: f64) -> bool {
        self.head.is_none_or(|head| head.height + head.below < 0.9 * height)
    }
}

/// What stands above the columns of a zone, across all of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Head {
    pub height: f64,
    pub above: f64,
    pub below: f64,
    /// How much lower it is where its photo stands in the article instead; 0 where it has none that could.
    pub photo: f64,
}

/// The smallest thing that is placed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Id of its article, and its name there.
    pub article: String,
    pub key: String,
    pub above: f64,
    pub below: f64,
    /// Whether its white gives way to that of its neighbour.
    pub weak: bool,
    /// Whether it must stand above what follows it.
    pub sticky: bool,
    /// How much of its height is the rule above an article: where columns begin anew, that goes across them.
    pub rule: f64,
    /// By how much the white above it may grow, and shrink, unseen.
    pub stretch: f64,
    pub shrink: f64,
    /// Whether it is a photo that can stand in the head of its zone instead.
    pub in_head: bool,
    /// Whether it is a box or a pull quote that may move as a photo does.
    pub aside: bool,
    pub shape: Shape,
    /// Height of what is repeated where it goes on in the next column: the header of a table, the white inside a box.
    pub repeated: f64,
    /// Height of what is set below it there where it goes on in the next column: the white inside a box.
    pub closed: f64,
    /// Of a table across the columns that is too tall for one page: its rows.
    pub rows: Vec<Line>,
    /// The same text set tighter or looser, a line shorter or longer.
    pub refits: Vec<(Fit, Vec<Line>)>,
    /// Of a paragraph alone: which share of its width the last line fills.
    pub last_line: Option<f64>,
    /// How it is set here: galleys are set as usual.
    pub fit: Fit,
}

#[cfg(test)]
impl Piece {
    /// A piece without any white.
    pub(super) fn bare(article: &str, key: &str, shape: Shape) -> Self {
        Self {
            article: article.to_owned(),
            key: key.to_owned(),
            above: 0.0,
            below: 0.0,
            weak: false,
            sticky: false,
            rule: 0.0,
            stretch: 0.0,
            shrink: 0.0,
            in_head: false,
            aside: false,
            shape,
            repeated: 0.0,
            closed: 0.0,
            rows: Vec::new(),
            refits: Vec::new(),
            last_line: None,
            fit: Fit::Usual,
        }
    }
}

/// How tight a paragraph is set.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    #[default]
    Usual,
    Tight,
    Loose,
}

impl Fit {
    /// Its name in marks and orders.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Tight => "tight",
            Self::Loose => "loose",
        }
    }
}

/// What is known of a piece's height.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// One thing.
    Solid(f64),
    /// Lines of text or rows of a table, between which a column may end.
    Lines(Vec<Line>),
    /// A photo of a column's width, or a box: it may stand elsewhere in its article.
    Photo(Sizes),
    /// The same across all columns.
    Wide(Sizes),
}

/// How tall a photo is, and by how many lines it can be less or more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    pub height: f64,
    pub less: i32,
    pub more: i32,
    /// Whether it becomes less tall by becoming smaller, and is not cropped.
    pub scaled: bool,
}

/// A line of text, or a row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// White between it and the line before.
    pub before: f64,
    pub height: f64,
    /// What must fit for it to be set: with the first line of a paragraph its second, with the last but one the last.
    pub need: f64,
    /// Whether it begins an item of a list.
    pub begins_item: bool,
}

/// What a mark says.
struct Values<'a>(&'a Dict);

impl Values<'_> {
    fn number(&self, key: &str) -> Option<f64> {
        match self.0.get(key).ok()? {
            Value::Float(number) => Some(*number),
            Value::Int(number) => Some(*number as f64),
            _ => None,
        }
    }

    fn text(&self, key: &str) -> Option<String> {
        match self.0.get(key).ok()? {
            Value::Str(text) => Some(text.to_string()),
            _ => None,
        }
    }

    fn flag(&self, key: &str) -> bool {
        matches!(self.0.get(key), Ok(Value::Bool(true)))
    }
}
