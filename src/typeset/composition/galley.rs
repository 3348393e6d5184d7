//! The galleys: an issue set article by article, and read back as pieces with their heights.
//!
//! A layout that can be composed marks its pieces with `metadata` labelled `piece` (see `layouts/README.md`). All
//! lengths are in points.

use std::collections::BTreeMap;

use typst::foundations::{Dict, Value};
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

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
    pub head: Option<Head>,
    pub pieces: Vec<Piece>,
}

/// What stands above the columns of a zone, across all of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub height: f64,
    pub above: f64,
    pub below: f64,
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
    pub shape: Shape,
}

/// What is known of a piece's height.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// One thing.
    Solid(f64),
    /// Lines, between which a column may end.
    Lines(Vec<Line>),
    /// A photo of a column's width, which can be cropped by so many lines less or more.
    Photo { height: f64, less: i32, more: i32 },
    /// The same across all columns.
    Wide { height: f64, less: i32, more: i32 },
}

/// A line of text.
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

/// The galleys of a document; `None` where its layout does not mark pieces.
pub(super) fn read(document: &PagedDocument) -> Option<Galley> {
    let mut reader = Reader::default();
    for (page, content) in document.pages().iter().enumerate() {
        reader.page = page;
        reader.frame(&content.frame, Point::zero());
    }
    reader.finish()
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

/// A piece while it is read.
#[derive(Default)]
struct Open {
    kind: String,
    article: String,
    key: String,
    above: f64,
    below: f64,
    weak: bool,
    sticky: bool,
    tail: f64,
    rule: f64,
    /// White between the paragraphs in it.
    inner: f64,
    is_list: bool,
    limits: (i32, i32),
    /// Height of its block.
    height: Option<f64>,
    /// Page, column and baseline of its lines, and which of them begin a paragraph.
    lines: Vec<(usize, f64)>,
    starts: Vec<usize>,
    starts_paragraph: bool,
}

#[derive(Default)]
struct Reader {
    page: usize,
    front_pages: usize,
    /// How many artifacts (heads, folios, ornaments) are open.
    artifacts: usize,
    geometry: Option<Geometry>,
    zones: Vec<Zone>,
    open: Option<Open>,
}

impl Reader {
    fn frame(&mut self, frame: &Frame, origin: Point) {
        let mut artifacts = Vec::new();
        for (position, item) in frame.items() {
            let at = origin + *position;
            match item {
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if element.elem().name() == "artifact" {
                        self.artifacts += 1;
                        artifacts.extend(element.location());
                    }
                    let is_mark = element.label().is_some_and(|label| label.resolve().as_str() == MARK);
                    if is_mark && let Ok(Value::Dict(dict)) = element.get_by_name("value") {
                        self.mark(&Values(&dict));
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(at) = artifacts.iter().position(|open| open == location) {
                        artifacts.remove(at);
                        self.artifacts -= 1;
                    }
                }
                FrameItem::Group(group) => {
                    if let Some(open) = &mut self.open
                        && open.height.is_none()
                        && group.frame.height().to_pt() > 0.0
                    {
                        open.height = Some(group.frame.height().to_pt());
                    }
                    self.frame(&group.frame, at);
                }
                FrameItem::Text(_) if self.artifacts == 0 => self.text(at.y.to_pt()),
                _ => {}
            }
        }
        // What is opened in a frame ends with it.
        self.artifacts -= artifacts.len();
    }

    fn text(&mut self, baseline: f64) {
        let (Some(open), Some(geometry)) = (&mut self.open, &self.geometry) else { return };
        // A raised number of a note stands on the line of its word.
        let is_same = open
            .lines
            .last()
            .is_some_and(|&(page, last)| page == self.page && (last - baseline).abs() < 0.5 * geometry.line);
        if std::mem::take(&mut open.starts_paragraph) {
            // The sign of a list's item was there before its text.
            open.starts.push(open.lines.len() - usize::from(is_same));
        }
        if !is_same {
            open.lines.push((self.page, baseline));
        }
    }

    fn mark(&mut self, values: &Values<'_>) {
        let Some(kind) = values.text("kind") else { return };
        if kind == "inner" {
            if let Some(open) = &mut self.open {
                open.starts_paragraph = true;
            }
            return;
        }
        self.close();
        let number = |key| values.number(key).unwrap_or_default();
        match kind.as_str() {
            "pages" => {
                self.geometry = Some(Geometry {
                    columns: number("columns").max(1.0) as usize,
                    left: number("left"),
                    top: number("top"),
                    step: number("step"),
                    height: number("height"),
                    line: number("line"),
                    text: number("text"),
                });
            }
            "zone" => {
                if self.zones.is_empty() {
                    self.front_pages = self.page;
                }
                self.zones.push(Zone {
                    after: number("after"),
                    least: number("least"),
                    head: None,
                    pieces: Vec::new(),
                });
            }
            _ => {
                self.open = Some(Open {
                    article: values.text("article").unwrap_or_default(),
                    key: values.text("key").unwrap_or_default(),
                    above: number("above"),
                    below: number("below"),
                    weak: values.flag("weak"),
                    sticky: values.flag("sticky"),
                    tail: number("tail"),
                    inner: number("inner"),
                    rule: number("rule"),
                    is_list: values.flag("list"),
                    limits: (number("less") as i32, number("more") as i32),
                    kind,
                    ..Open::default()
                });
            }
        }
    }

    /// Ends the piece that is open.
    fn close(&mut self) {
        let (Some(open), Some(geometry)) = (self.open.take(), &self.geometry) else { return };
        let Some(zone) = self.zones.last_mut() else { return };
        let height = open.height.unwrap_or_default();
        let (less, more) = open.limits;
        let shape = match open.kind.as_str() {
            "head" => {
                zone.head = Some(Head { height, above: open.above, below: open.below });
                return;
            }
            "text" => Shape::Lines(lines(&open, geometry)),
            "photo" => Shape::Photo { height, less, more },
            "wide" => Shape::Wide { height, less, more },
            _ => Shape::Solid(height),
        };
        zone.pieces.push(Piece {
            article: open.article,
            key: open.key,
            above: open.above,
            below: open.below,
            weak: open.weak,
            sticky: open.sticky,
            rule: open.rule,
            shape,
        });
    }

    fn finish(mut self) -> Option<Galley> {
        self.close();
        let geometry = self.geometry.filter(|geometry| geometry.line > 0.0 && geometry.height > geometry.line)?;
        (!self.zones.is_empty()).then_some(Galley { geometry, zones: self.zones, front_pages: self.front_pages })
    }
}

/// The lines of a piece as typst will break them: the first two lines of a paragraph stay together, and so do its last.
fn lines(open: &Open, geometry: &Geometry) -> Vec<Line> {
    let white = geometry.line - geometry.text;
    let height = geometry.text;
    let mut starts = open.starts.clone();
    starts.push(open.lines.len());
    starts.insert(0, 0);
    starts.dedup();
    let mut lines: Vec<Line> = Vec::new();
    for (&from, &to) in starts.iter().zip(starts.iter().skip(1)) {
        let count = to - from;
        // What closes the article hangs from the very last line.
        let tail = if to == open.lines.len() { open.tail } else { 0.0 };
        let stacked = |lines: usize| lines as f64 * height + lines.saturating_sub(1) as f64 * white;
        for index in 0..count {
            let need = match index {
                0 if count <= 3 => stacked(count) + tail,
                0 => stacked(2),
                _ if index + 1 == count => height + tail,
                _ if index >= 2 && index + 2 == count => stacked(2) + tail,
                _ => height,
            };
            let before = if index > 0 { white } else { gap_before(open, from, geometry).unwrap_or(open.inner) };
            lines.push(Line { before, height, need, begins_item: index == 0 && open.is_list });
        }
    }
    lines
}

/// White before a paragraph inside a piece, where both its neighbours stand in one column.
fn gap_before(open: &Open, at: usize, geometry: &Geometry) -> Option<f64> {
    let (page, above) = open.lines.get(at.checked_sub(1)?)?;
    let (next, below) = open.lines.get(at)?;
    (page == next && below > above).then_some(below - above - geometry.text)
}

/// Which pieces there are, by article and key: for reading a composed document back.
pub(super) type Places = BTreeMap<(String, String), (usize, f64, f64)>;

/// Where the pieces of a composed document begin: page, and distance from left and top.
pub(super) fn places(document: &PagedDocument) -> Places {
    let mut places = Places::new();
    for (page, content) in document.pages().iter().enumerate() {
        find_places(&content.frame, Point::zero(), page, &mut places);
    }
    places
}

fn find_places(frame: &Frame, origin: Point, page: usize, places: &mut Places) {
    for (position, item) in frame.items() {
        let at = origin + *position;
        match item {
            FrameItem::Group(group) => find_places(&group.frame, at, page, places),
            FrameItem::Tag(Tag::Start(element, _)) => {
                if element.label().is_some_and(|label| label.resolve().as_str() == MARK)
                    && let Ok(Value::Dict(dict)) = element.get_by_name("value")
                    && let (Some(article), Some(key)) = (Values(&dict).text("article"), Values(&dict).text("key"))
                {
                    places.insert((article, key), (page, at.x.to_pt(), at.y.to_pt()));
                }
            }
            _ => {}
        }
    }
}
