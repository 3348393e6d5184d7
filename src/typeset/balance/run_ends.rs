//! Where runs of pages end, read off the pages.
//!
//! A layout marks the end of each run with `metadata` labelled `column-end`, whose value tells the geometry of the
//! columns in points, and the end of what stands before the first run with `front-end`.

use typst::foundations::{Content, Dict, Label, Selector, Value};
use typst::layout::{Frame, FrameItem, Point};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The label of the marks.
const MARK: &str = "column-end";

/// The label of the mark at the end of the front: how many pages the contents take shows only at last.
const FRONT: &str = "front-end";

/// A page that is filled less than this should not be the last of a run while there is more to come.
const EMPTY: f64 = 0.3;

/// The end of a run of pages.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RunEnd {
    /// How many pages the run has.
    pub pages: usize,
    /// How far the foot of the columns must rise so that they end level, in points; 0 where they do.
    pub bottom_inset: f64,
    /// The difference between the ends of the columns, in points.
    pub difference: f64,
    /// Height of a line, in points.
    pub line: f64,
    /// The section that opens the next run, if this page is so empty that it had better go on here.
    pub flow: Option<String>,
}

/// The geometry of two columns on a page, in points from its top.
struct Columns {
    top: f64,
    bottom: f64,
    line: f64,
    /// The middle between the columns, from the left.
    middle: f64,
    /// The section that opens the next run.
    next: Option<String>,
}

impl Columns {
    fn read(value: &Value) -> Option<Self> {
        let Value::Dict(dict) = value else { return None };
        let number = |dict: &Dict, key: &str| match dict.get(key).ok()? {
            Value::Float(number) => Some(*number),
            Value::Int(number) => Some(*number as f64),
            Value::Length(length) => Some(length.abs.to_pt()),
            _ => None,
        };
        let columns = Self {
            top: number(dict, "top")?,
            bottom: number(dict, "bottom")?,
            line: number(dict, "line")?,
            middle: number(dict, "middle")?,
            next: match dict.get("next") {
                Ok(Value::Str(next)) => Some(next.to_string()),
                _ => None,
            },
        };
        (columns.line > 0.0 && columns.bottom > columns.top).then_some(columns)
    }
}

/// The ends of all runs of pages, in order; none where a layout has no marks.
pub(crate) fn run_ends(document: &PagedDocument) -> Vec<RunEnd> {
    let introspector = document.introspector();
    let marks = |label| {
        let label = Label::new(PicoStr::intern(label)).map(Selector::Label);
        label.map(|label| introspector.elements().query(&label)).unwrap_or_default()
    };
    let page_of = |mark: &Content| Some(introspector.position(mark.location()?)?.page.get());
    let mut last = marks(FRONT).first().and_then(page_of).unwrap_or(0);
    marks(MARK)
        .iter()
        .filter_map(|mark| {
            let columns = Columns::read(&mark.get_by_name("value").ok()?)?;
            let page = page_of(mark)?;
            let frame = &document.pages().get(page - 1)?.frame;
            let pages = page - std::mem::replace(&mut last, page);
            Some(run_end(pages, frame, &columns))
        })
        .collect()
}

fn run_end(pages: usize, frame: &Frame, columns: &Columns) -> RunEnd {
    let mut boxes = Vec::new();
    collect(frame, Point::zero(), &mut boxes);
    boxes.retain(|item| item.bottom > columns.top && item.top < columns.bottom);
    let middle = columns.middle;
    let (across, aside): (Vec<_>, Vec<_>) =
        boxes.into_iter().partition(|item| item.left < middle && item.right > middle);
    let (left, right): (Vec<_>, Vec<_>) = aside.into_iter().partition(|item| item.right <= middle);
    // What spans both columns at the head of the page pushes them down.
    let head = across.iter().map(|item| item.bottom).fold(columns.top, f64::max);
    let top = if head > columns.top { head + columns.line } else { columns.top };
    let skips_a_column = is_skipped(&left, &right, columns.line);
    let (left, right) = (filled(left, top, columns), filled(right, top, columns));
    let share = (head - columns.top + left.max(right)) / (columns.bottom - columns.top);
    let flow = columns.next.clone().filter(|_| share < EMPTY);
    let difference = if skips_a_column { columns.bottom - columns.top } else { (left - right).abs() };
    let none = RunEnd { pages, bottom_inset: 0.0, difference, line: columns.line, flow };
    // What spans both columns below the text holds the foot already.
    if head > columns.top && left.max(right) == 0.0 {
        return none;
    }
    let level = top + ((left + right) / 2.0 / columns.line).ceil() * columns.line;
    let bottom_inset = columns.bottom - level;
    if none.difference <= 1.5 * columns.line || bottom_inset < columns.line {
        none
    } else {
        RunEnd { bottom_inset, ..none }
    }
}

/// Whether nothing stands beside the first line of the right column: text that may not be broken moves there as a
/// whole when the left column becomes too short for it.
fn is_skipped(left: &[Extent], right: &[Extent], line: f64) -> bool {
    let start = right.iter().map(|item| item.top).fold(f64::INFINITY, f64::min);
    start.is_finite() && !left.iter().any(|item| item.bottom > start - line && item.top < start + 3.0 * line)
}

/// The height that the content of a column takes: text from its top, and footnotes at its foot without the white between.
fn filled(mut items: Vec<Extent>, top: f64, columns: &Columns) -> f64 {
    items.retain(|item| item.bottom > top);
    items.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut end = top;
    let mut height = 0.0;
    let mut foot = top;
    for item in &items {
        // More white than stands between two articles: what follows begins anew. At the foot these are notes.
        if item.top > end + 5.0 * columns.line {
            height += end - foot;
            foot = item.top - columns.line;
        }
        end = end.max(item.bottom);
    }
    let is_at_foot = foot > top && end > columns.bottom - 2.0 * columns.line;
    if foot == top || is_at_foot { height + end - foot } else { end - top }
}

/// What a thing on the page covers, in points.
struct Extent {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Texts and images, wherever they are nested. Shapes are left out: they are rules and grounds.
fn collect(frame: &Frame, origin: Point, boxes: &mut Vec<Extent>) {
    for (position, item) in frame.items() {
        let at = origin + *position;
        let (x, y) = (at.x.to_pt(), at.y.to_pt());
        match item {
            FrameItem::Group(group) => {
                let shift = Point::new(group.transform.tx, group.transform.ty);
                collect(&group.frame, at + shift, boxes);
            }
            FrameItem::Text(text) => {
                let size = text.size.to_pt();
                let right = x + text.width().to_pt();
                boxes.push(Extent { left: x, right, top: y - 0.8 * size, bottom: y + 0.2 * size });
            }
            FrameItem::Image(_, size, _) => {
                boxes.push(Extent { left: x, right: x + size.x.to_pt(), top: y, bottom: y + size.y.to_pt() });
            }
            _ => {}
        }
    }
}
