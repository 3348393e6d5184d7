//! A page as a row of lines, pictures and tables in reading order.

use super::glyphs::{Area, Page, Placed};
use super::lines::{Fragment, Line, lines};
use super::measure::{Measure, Stand};
use super::order::{Item, columns};
use super::paragraphs::mark;
use super::spans::{Source, Text, text};
use super::tables::Ruled;

/// A rule over this share of the text divides a page, and no page has more of them.
const ACROSS: f32 = 0.7;
const DIVIDERS: usize = 40;

/// A line in its column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SetLine {
    pub(super) page: usize,
    /// A number of its own for every column of the document.
    pub(super) column: usize,
    pub(super) measure: Measure,
    pub(super) stand: Stand,
    pub(super) line: Line,
    pub(super) text: Text,
}

impl SetLine {
    /// How far it starts from the left edge.
    pub(super) fn offset(&self) -> f32 {
        self.line.area.x0 - self.measure.left
    }

    /// Whether it leaves as much room on the left as on the right, and some.
    pub(super) fn is_inset(&self) -> bool {
        let after = self.measure.right - self.line.area.x1;
        self.offset() > 2.0 && (self.offset() - after).abs() < 2.5
    }
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Element {
    Line(SetLine),
    Picture { page: usize, placed: Placed },
    Table { page: usize, table: Ruled },
}

/// What stands on a page, without its running head and foot.
pub(super) struct Content<'p> {
    pub(super) source: Source<'p>,
    pub(super) page: usize,
    pub(super) fragments: Vec<Fragment>,
    pub(super) pictures: Vec<Placed>,
    /// The tables of the page, with their cells filled.
    pub(super) tables: Vec<Ruled>,
}

/// Puts a page in order. `edges` are those of its text, `column` the number of the next column.
pub(super) fn elements(content: Content<'_>, edges: (f32, f32), column: &mut usize) -> Vec<Element> {
    let Content { source, page, fragments, pictures, tables } = content;
    let items: Vec<Item> = fragments
        .iter()
        .map(|fragment| Item { area: fragment.area, size: fragment.size })
        .chain(pictures.iter().map(|placed| Item { area: placed.area, size: 0.0 }))
        .chain(tables.iter().map(|table| Item { area: table.area, size: 0.0 }))
        .chain(dividers(source.page, edges))
        .collect();
    let order = columns(&items, edges.0, edges.1);
    let mut fragments: Vec<Option<Fragment>> = fragments.into_iter().map(Some).collect();
    let mut pictures: Vec<Option<Placed>> = pictures.into_iter().map(Some).collect();
    let mut tables: Vec<Option<Ruled>> = tables.into_iter().map(Some).collect();
    let mut elements = Vec::new();
    for part in order {
        let mut own: Vec<Fragment> = Vec::new();
        let mut others: Vec<(f32, Element)> = Vec::new();
        for index in part.items {
            if let Some(slot) = fragments.get_mut(index) {
                own.extend(slot.take());
            } else if let Some(slot) = pictures.get_mut(index - fragments.len()) {
                others.extend(slot.take().map(|placed| (middle(placed.area), Element::Picture { page, placed })));
            } else if let Some(slot) = tables.get_mut(index - fragments.len() - pictures.len()) {
                others.extend(slot.take().map(|table| (middle(table.area), Element::Table { page, table })));
            }
        }
        elements.extend(set(source, page, own, others, (part.left, part.right), *column));
        *column += 1;
    }
    elements
}

/// Rules across most of the text: what stands below them is read after all that stands above.
fn dividers(page: &Page, edges: (f32, f32)) -> impl Iterator<Item = Item> + '_ {
    let wide = (edges.1 - edges.0) * ACROSS;
    let rules = page.rules.iter().filter(move |rule| rule.is_level() && rule.area.width() >= wide);
    rules.take(DIVIDERS).map(|rule| Item { area: rule.area, size: 0.0 })
}

fn middle(area: Area) -> f32 {
    (area.y0 + area.y1) / 2.0
}

/// The lines of a column and what stands between them, from top to bottom.
fn set(
    source: Source<'_>,
    page: usize,
    fragments: Vec<Fragment>,
    mut others: Vec<(f32, Element)>,
    edges: (f32, f32),
    column: usize,
) -> Vec<Element> {
    let lines = lines(fragments);
    let measure = Measure::of(&lines, edges.0, edges.1);
    others.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut others = others.into_iter().peekable();
    let mut elements = Vec::new();
    let stands = measure.stands(&lines);
    for (line, stand) in lines.into_iter().zip(stands) {
        while let Some((_, other)) = others.next_if(|(y, _)| *y < middle(line.area)) {
            elements.push(other);
        }
        let text = text(source, &line);
        // No item of a list is centred, wherever its first line happens to end.
        let is_item = stand == Stand::Centre && mark(&text.plain()).is_some();
        let stand = if is_item { Stand::Left } else { stand };
        elements.push(Element::Line(SetLine { page, column, measure, stand, line, text }));
    }
    elements.extend(others.map(|(_, other)| other));
    elements
}
