//! Reads galleys off a document that a layout has marked.

use typst::foundations::Value;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::boxes;
use super::rows::{self, Row};
use super::text::{Inner, SetLines, Setting};
use super::{Fit, Galley, Geometry, Head, MARK, Piece, Shape, Sizes, Values, Zone};

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
    /// White inside a box, above and below what is in it.
    inset: f64,
    fit: Fit,
    /// White between the paragraphs in it.
    inner: f64,
    is_list: bool,
    limits: (i32, i32),
    /// Height of its block, and how far down the page that begins.
    height: Option<f64>,
    top: f64,
    rows: Vec<Row>,
    lines: SetLines,
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

    fn text(&mut self, baseline: f64, ends: (f64, f64)) {
        let (Some(open), Some(geometry)) = (&mut self.open, &self.geometry) else { return };
        open.lines.add(self.page, baseline, ends, geometry);
    }

    /// Reads a mark so far down the page.
    fn mark(&mut self, values: &Values<'_>, y: f64) {
        let Some(kind) = values.text("kind") else { return };
        let number = |key| values.number(key).unwrap_or_default();
        match (kind.as_str(), &mut self.open) {
            ("inner", Some(open)) => open.lines.begin(match (values.flag("sticky"), values.flag("whole")) {
                (true, _) => Inner::Heading,
                (_, true) => Inner::Whole,
                _ => Inner::Paragraph,
            }),
            ("row", Some(open)) => {
                if open.kind == "box" {
                    open.lines.begin(Inner::Row);
                }
                open.rows.push(Row { top: y - number("inset"), header: number("header") });
            }
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
                    inset: number("inset"),
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
        let header = rows.as_ref().and(open.rows.first()).map_or(0.0, |row| row.header);
        let setting = Setting { tail: open.tail, inner: open.inner, is_list: open.is_list };
        let in_box = || {
            let foot = open.rows.last()?.top;
            boxes::lines(&open.lines, open.top, foot, open.inset, geometry)
        };
        let shape = match open.kind.as_str() {
            "head" => {
                zone.head = Some(Head { height, above: open.above, below: open.below, photo: open.photo });
                return;
            }
            "text" => Shape::Lines(open.lines.broken(setting, geometry)),
            "box" => in_box().map_or(Shape::Solid(height), Shape::Lines),
            "aside" if geometry.columns == 1 => Shape::Solid(height),
            "photo" | "aside" => Shape::Photo(Sizes { height, less, more, scaled: open.scaled }),
            "wide" => {
                let height = rows.as_ref().map_or(height, |rows| rows.iter().map(|row| row.height).sum());
                Shape::Wide(Sizes { height, less, more, scaled: open.scaled })
            }
            "rows" => rows.take().map_or(Shape::Solid(height), Shape::Lines),
            _ => Shape::Solid(height),
        };
        let is_paragraph = open.kind == "text" && !open.is_list && open.tail == 0.0;
        let last_line = open.lines.last_share().filter(|_| is_paragraph);
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
            aside: open.kind == "aside",
            shape,
            repeated: header.max(open.inset),
            closed: open.inset,
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
