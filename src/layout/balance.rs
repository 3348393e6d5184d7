//! Columns that end level where a run of pages ends, which typst does not do by itself.
//!
//! A layout marks the end of each run of pages with `metadata` labelled `column-end`, whose value tells the geometry
//! of the columns in points. From where the columns of that page end, this room works out how far their foot must be
//! lifted; the layout lifts it by `issue.balance`, and the pages are set once more.

use typst::foundations::{Dict, Label, Selector, Value};
use typst::layout::{Frame, FrameItem, Point};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The label of the marks.
const MARK: &str = "column-end";

/// The end of a run of pages.
#[derive(Debug, Clone, PartialEq)]
pub struct RunEnd {
    /// Page from 1.
    pub page: usize,
    /// How far the foot of the columns must rise so that they end level, in points; 0 where they do.
    pub lift: f64,
    /// The difference between the ends of the columns, in points.
    pub difference: f64,
    /// Height of a line, in points.
    pub line: f64,
    /// The section that opens the next run, if this page is so empty that it had better go on here.
    pub flow: Option<String>,
}

/// A page that is filled less than this should not be the last of a run while there is more to come.
const EMPTY: f64 = 0.3;

/// The sections that had better go on where the one before them ends, and have not been told yet. One that flows on
/// changes where its own run ends, so that of two in a row only the first is named.
pub fn sections_that_flow(ends: &[RunEnd], known: &[String]) -> Vec<String> {
    let mut last = None;
    let mut sections = Vec::new();
    for (run, end) in ends.iter().enumerate() {
        let Some(section) = end.flow.as_ref().filter(|section| !known.contains(section)) else { continue };
        if last.is_none_or(|last| last + 1 < run) {
            sections.push(section.clone());
            last = Some(run);
        }
    }
    sections
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
pub fn run_ends(document: &PagedDocument) -> Vec<RunEnd> {
    let Some(label) = Label::new(PicoStr::intern(MARK)) else { return Vec::new() };
    let introspector = document.introspector();
    let marks = introspector.elements().query(&Selector::Label(label));
    marks
        .iter()
        .filter_map(|mark| {
            let columns = Columns::read(&mark.get_by_name("value").ok()?)?;
            let page = introspector.position(mark.location()?)?.page.get();
            let frame = &document.pages().get(page - 1)?.frame;
            Some(run_end(page, frame, &columns))
        })
        .collect()
}

fn run_end(page: usize, frame: &Frame, columns: &Columns) -> RunEnd {
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
    let (left, right) = (filled(left, top, columns), filled(right, top, columns));
    let share = (head - columns.top + left.max(right)) / (columns.bottom - columns.top);
    let flow = columns.next.clone().filter(|_| share < EMPTY);
    let none = RunEnd { page, lift: 0.0, difference: (left - right).abs(), line: columns.line, flow };
    // What spans both columns below the text holds the foot already.
    if head > columns.top && left.max(right) == 0.0 {
        return none;
    }
    let level = top + ((left + right) / 2.0 / columns.line).ceil() * columns.line;
    let lift = columns.bottom - level;
    if none.difference <= 1.5 * columns.line || lift < columns.line { none } else { RunEnd { lift, ..none } }
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

/// How many lines a lift is lowered by before it is given up.
const MAX_LINES: f64 = 4.0;

/// The next thing to try, from the ends without any lift, what was lifted, and the ends that came of it; `None` where
/// that is good. A run that spilled over onto a page more is lifted a line less, at last not at all; one that is no more
/// level than before is not lifted. Runs start on pages of their own, so each is judged by itself.
pub fn next(before: &[RunEnd], lifts: &[f64], after: &[RunEnd]) -> Option<Vec<f64>> {
    if before.len() != after.len() {
        return Some(vec![0.0; before.len()]);
    }
    let next: Vec<_> = (0..before.len())
        .map(|run| {
            let pages = |ends: &[RunEnd]| ends[run].page - run.checked_sub(1).map_or(0, |last| ends[last].page);
            let (lift, first) = (lifts[run], &before[run]);
            if lift == 0.0 {
                0.0
            } else if pages(after) != pages(before) {
                let give_up = first.lift - lift >= MAX_LINES * first.line || lift <= first.line;
                if give_up { 0.0 } else { lift - first.line }
            } else if after[run].difference > first.difference {
                0.0
            } else {
                lift
            }
        })
        .collect();
    (next != lifts).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(page: usize, lift: f64, difference: f64) -> RunEnd {
        RunEnd { page, lift, difference, line: 14.0, flow: None }
    }

    #[test]
    fn what_is_level_stays() {
        assert_eq!(next(&[end(3, 140.0, 300.0)], &[140.0], &[end(3, 0.0, 10.0)]), None);
    }

    #[test]
    fn what_spills_over_is_lifted_less_and_at_last_not_at_all() {
        let before = [end(3, 140.0, 300.0)];
        let mut lifts = vec![140.0];
        let mut tries = 0;
        while let Some(next) = next(&before, &lifts, &[end(4, 0.0, 0.0)]) {
            lifts = next;
            tries += 1;
        }
        assert_eq!((lifts, tries), (vec![0.0], 5));
    }

    #[test]
    fn what_gets_worse_is_left_alone() {
        assert_eq!(next(&[end(3, 140.0, 30.0)], &[140.0], &[end(3, 0.0, 90.0)]), Some(vec![0.0]));
    }

    #[test]
    fn each_run_is_judged_by_itself() {
        let before = [end(3, 28.0, 300.0), end(5, 140.0, 300.0), end(9, 70.0, 90.0)];
        let after = [end(4, 0.0, 0.0), end(6, 0.0, 0.0), end(11, 0.0, 0.0)];
        assert_eq!(next(&before, &[28.0, 140.0, 70.0], &after), Some(vec![14.0, 140.0, 56.0]));
    }
}
