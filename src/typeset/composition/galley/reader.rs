//! Reads galleys off a document that a layout has marked.

use typst::foundations::Value;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::rows::{self, Row};
use super::{Fit, Galley, Geometry, Head, Line, MARK, Piece, Shape, Sizes, Values, Zone};

/// The galleys of a document; `None` where its layout does not mark pieces.
pub(in super::super) fn read(document: &PagedDocument) -> Option<Galley> {
    let mut reader = Reader::default();
    for (page, content) in document.pages().iter().enumerate() {
        reader.page = page;
        reader.frame(&content.frame, Point::zero());
    }
    reader.finish()
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
    stretch: f64,
    shrink: f64,
    in_head: bool,
    /// Height of the photo in a head, with the white above it.
    photo: f64,
    scaled: bool,
    /// Whether it is a table that may be broken between its rows.
    breaks: bool,
    fit: Fit,
    /// White between the paragraphs in it.
    inner: f64,
    is_list: bool,
    limits: (i32, i32),
    /// Height of its block, and how far down the page that begins.
    height: Option<f64>,
    top: f64,
    rows: Vec<Row>,
    /// Page and baseline of its lines, and which of them begin a paragraph.
    lines: Vec<(usize, f64)>,
    /// The left and the right end of each.
    ends: Vec<(f64, f64)>,
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
                        self.mark(&Values(&dict), at.y.to_pt());
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
                        open.top = at.y.to_pt();
                    }
                    self.frame(&group.frame, at);
                }
                FrameItem::Text(text) if self.artifacts == 0 => {
                    let left = at.x.to_pt();
                    self.text(at.y.to_pt(), (left, left + text.width().to_pt()));
                }
                _ => {}
            }
        }
        // What is opened in a frame ends with it.
        self.artifacts -= artifacts.len();
    }

    fn text(&mut self, baseline: f64, (left, right): (f64, f64)) {
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
        match open.ends.last_mut() {
            Some(end) if is_same => *end = (end.0.min(left), end.1.max(right)),
            _ => {
                open.lines.push((self.page, baseline));
                open.ends.push((left, right));
            }
        }
    }

    /// Reads a mark so far down the page.
    fn mark(&mut self, values: &Values<'_>, y: f64) {
        let Some(kind) = values.text("kind") else { return };
        let number = |key| values.number(key).unwrap_or_default();
        match (kind.as_str(), &mut self.open) {
            ("inner", Some(open)) => open.starts_paragraph = true,
            ("row", Some(open)) => open.rows.push(Row { top: y - number("inset"), header: number("header") }),
            ("inner" | "row", None) => {}
            _ => self.begin(kind, values),
        }
    }

    /// Reads what ends the piece that is open.
    fn begin(&mut self, kind: String, values: &Values<'_>) {
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
                    section: values.flag("section"),
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
                    stretch: number("stretch"),
                    shrink: number("shrink"),
                    in_head: values.flag("in-head"),
                    photo: number("photo"),
                    scaled: values.flag("scaled"),
                    breaks: kind == "rows" || values.flag("breaks"),
                    fit: match values.text("fit").as_deref() {
                        Some("tight") => Fit::Tight,
                        Some("loose") => Fit::Loose,
                        _ => Fit::Usual,
                    },
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
        let mut rows = rows::lines(&open.rows, open.top, geometry).filter(|_| open.breaks);
        let repeated = rows.as_ref().and(open.rows.first()).map_or(0.0, |row| row.header);
        let shape = match open.kind.as_str() {
            "head" => {
                zone.head = Some(Head { height, above: open.above, below: open.below, photo: open.photo });
                return;
            }
            "text" => Shape::Lines(lines(&open, geometry)),
            "photo" => Shape::Photo(Sizes { height, less, more, scaled: open.scaled }),
            "wide" => {
                let height = rows.as_ref().map_or(height, |rows| rows.iter().map(|row| row.height).sum());
                Shape::Wide(Sizes { height, less, more, scaled: open.scaled })
            }
            "rows" => rows.take().map_or(Shape::Solid(height), Shape::Lines),
            _ => Shape::Solid(height),
        };
        let last_line = last_line(&open);
        zone.pieces.push(Piece {
            last_line,
            article: open.article,
            key: open.key,
            above: open.above,
            below: open.below,
            weak: open.weak,
            sticky: open.sticky,
            rule: open.rule,
            stretch: open.stretch,
            shrink: open.shrink,
            in_head: open.in_head,
            shape,
            repeated,
            rows: rows.unwrap_or_default(),
            refits: Vec::new(),
            fit: open.fit,
        });
    }

    fn finish(mut self) -> Option<Galley> {
        self.close();
        let geometry = self.geometry.filter(|geometry| geometry.line > 0.0 && geometry.height > geometry.line)?;
        (!self.zones.is_empty()).then_some(Galley { geometry, zones: self.zones, front_pages: self.front_pages })
    }
}

/// Which share of its width the last line of a paragraph fills; `None` where the piece is anything else, or has something
/// hanging from its last line.
fn last_line(open: &Open) -> Option<f64> {
    let is_paragraph = open.kind == "text" && open.starts.is_empty() && !open.is_list && open.tail == 0.0;
    let left = open.ends.iter().map(|end| end.0).fold(f64::INFINITY, f64::min);
    let width = open.ends.iter().map(|end| end.1).fold(0.0, f64::max) - left;
    let last = open.ends.last().filter(|_| is_paragraph && width > 0.0)?;
    Some((last.1 - left) / width)
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
