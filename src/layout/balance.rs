//! Columns that end level where a run of pages ends, which typst does not do by itself.
//!
//! A layout marks the end of each run of pages with `metadata` labelled `column-end`, whose value tells the geometry
//! of the columns in points, and the end of what stands before the first with `front-end`. From where the columns of
//! that page end, this room works out how far their foot must be lifted; the layout lifts it by `issue.balance`, and the
//! pages are set once more.

use typst::foundations::{Content, Dict, Label, Selector, Value};
use typst::layout::{Frame, FrameItem, Point};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The label of the marks.
const MARK: &str = "column-end";

/// The label of the mark at the end of the front: how many pages the contents take shows only at last.
const FRONT: &str = "front-end";

/// The end of a run of pages.
#[derive(Debug, Clone, PartialEq)]
pub struct RunEnd {
    /// How many pages the run has.
    pub pages: usize,
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

/// How many lines a lift is lowered by before it is given up.
const MAX_LINES: f64 = 4.0;

/// What the layout is told so that columns end level, found step by step: the pages are set, [`Levels::settle`] judges
/// them, and they are set again while it asks for more.
#[derive(Debug, Default)]
pub struct Levels {
    /// The sections that go on where the one before them ends, for it ends on a page that is nearly empty.
    pub flow: Vec<String>,
    runs: Vec<Run>,
}

/// A run of pages, which starts on a page of its own, so that each is judged by itself.
#[derive(Debug, Default)]
struct Run {
    /// How it ends without any lift, once that is known.
    plain: Option<RunEnd>,
    lift: f64,
}

impl Levels {
    /// How far the foot of each run's last columns is lifted, in points.
    pub fn lifts(&self) -> Vec<f64> {
        self.runs.iter().map(|run| run.lift).collect()
    }

    /// Judges pages that were set with these levels, by the `ends` of their runs. Whether they must be set again.
    pub fn settle(&mut self, ends: &[RunEnd]) -> bool {
        if self.runs.len() != ends.len() {
            // The first time; or a section that flows on has changed which others open a page, and all starts anew.
            let was_lifted = self.runs.iter().any(|run| run.lift != 0.0);
            self.runs = ends.iter().map(|_| Run::default()).collect();
            if was_lifted {
                return true;
            }
        }
        let mut again = false;
        let mut runs = Vec::new();
        let mut judged = std::mem::take(&mut self.runs).into_iter().zip(ends);
        while let Some((run, end)) = judged.next() {
            if run.plain.is_none()
                && let Some(section) = end.flow.as_ref().filter(|section| !self.flow.contains(section))
            {
                // The run that this section opened becomes part of this one, whose end is not known yet.
                self.flow.push(section.clone());
                judged.next();
                runs.push(Run::default());
                again = true;
                continue;
            }
            let lift = run.next_lift(end);
            again |= lift != run.lift;
            runs.push(Run { plain: run.plain.or_else(|| Some(end.clone())), lift });
        }
        self.runs = runs;
        again
    }

    /// Lets all runs end as they will.
    pub fn give_up(&mut self) {
        self.runs.iter_mut().for_each(|run| run.lift = 0.0);
    }
}

impl Run {
    /// The next lift to try. A run that spilled over onto a page more is lifted a line less, at last not at all; one
    /// that is no more level than without is not lifted.
    fn next_lift(&self, end: &RunEnd) -> f64 {
        let Some(plain) = &self.plain else { return end.lift };
        if self.lift == 0.0 {
            0.0
        } else if end.pages != plain.pages {
            let give_up = plain.lift - self.lift >= MAX_LINES * plain.line || self.lift <= plain.line;
            if give_up { 0.0 } else { self.lift - plain.line }
        } else if end.difference > plain.difference {
            0.0
        } else {
            self.lift
        }
    }
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
    let none = RunEnd { pages, lift: 0.0, difference, line: columns.line, flow };
    // What spans both columns below the text holds the foot already.
    if head > columns.top && left.max(right) == 0.0 {
        return none;
    }
    let level = top + ((left + right) / 2.0 / columns.line).ceil() * columns.line;
    let lift = columns.bottom - level;
    if none.difference <= 1.5 * columns.line || lift < columns.line { none } else { RunEnd { lift, ..none } }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn end(pages: usize, lift: f64, difference: f64) -> RunEnd {
        RunEnd { pages, lift, difference, line: 14.0, flow: None }
    }

    #[test]
    fn what_comes_out_level_stays() {
        let mut levels = Levels::default();
        assert!(levels.settle(&[end(3, 140.0, 300.0)]));
        assert!(!levels.settle(&[end(3, 0.0, 10.0)]));
        assert_eq!(levels.lifts(), [140.0]);
    }

    #[test]
    fn what_is_level_is_not_set_again() {
        let mut levels = Levels::default();
        assert!(!levels.settle(&[end(3, 0.0, 5.0), end(2, 0.0, 0.0)]));
    }

    #[test]
    fn what_spills_over_is_lifted_less_and_at_last_not_at_all() {
        let mut levels = Levels::default();
        let mut tries = u32::from(levels.settle(&[end(3, 140.0, 300.0)]));
        while levels.settle(&[end(4, 0.0, 0.0)]) {
            tries += 1;
        }
        assert_eq!((levels.lifts(), tries), (vec![0.0], 6));
    }

    #[test]
    fn what_gets_worse_is_left_alone() {
        let mut levels = Levels::default();
        levels.settle(&[end(3, 140.0, 30.0)]);
        assert!(levels.settle(&[end(3, 140.0, 90.0)]));
        assert_eq!(levels.lifts(), [0.0]);
    }

    #[test]
    fn each_run_is_judged_by_itself() {
        let mut levels = Levels::default();
        levels.settle(&[end(3, 28.0, 300.0), end(2, 140.0, 300.0), end(4, 70.0, 90.0)]);
        levels.settle(&[end(4, 0.0, 0.0), end(2, 0.0, 0.0), end(5, 0.0, 0.0)]);
        assert_eq!(levels.lifts(), [14.0, 140.0, 56.0]);
    }

    #[test]
    fn a_section_flows_on_while_other_runs_are_lifted() {
        let mut levels = Levels::default();
        let empty = RunEnd { flow: Some("section-2".into()), ..end(3, 140.0, 300.0) };
        assert!(levels.settle(&[empty, end(2, 70.0, 90.0), end(1, 28.0, 60.0)]));
        assert_eq!((levels.lifts(), &levels.flow[..]), (vec![0.0, 28.0], &["section-2".to_owned()][..]));
        assert!(levels.settle(&[end(4, 56.0, 90.0), end(1, 0.0, 0.0)]));
        assert_eq!(levels.lifts(), [56.0, 28.0]);
        assert!(!levels.settle(&[end(4, 0.0, 0.0), end(1, 0.0, 0.0)]));
    }

    #[test]
    fn all_starts_anew_when_other_sections_open_pages() {
        let mut levels = Levels::default();
        levels.settle(&[end(3, 140.0, 300.0)]);
        assert!(levels.settle(&[end(2, 0.0, 0.0), end(1, 0.0, 0.0)]));
        assert_eq!(levels.lifts(), [0.0, 0.0]);
    }
}
