//! The document by where its letters stand: for files that do not say what belongs together.

use super::album::Album;
use super::compose;
use super::flow::{Content, Element, elements};
use super::glyphs::{Font, Glyph, Page, Placed};
use super::hyphens::Habits;
use super::lines::{Fragment, fragments, lines};
use super::paragraphs::{Piece, paragraphs};
use super::running;
use super::spans::{Source, words};
use super::tables::{self, Ruled};
use crate::import::document::{Block, Cell, Doubt, DoubtKind, LeftOut, Reason, Row, Table};

/// What is found on the pages.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) doubts: Vec<Doubt>,
}

/// The part of a page at its edges where the page's own word for decoration is believed.
const MARGIN: f32 = 0.15;

/// Reads pages by geometry: all of their glyphs that are wanted, and these pictures.
pub(super) fn read(
    pages: &[Page],
    fonts: &[Font],
    wanted: impl Fn(usize, usize, &Glyph) -> bool,
    pictures: Vec<Vec<Placed>>,
    album: &mut Album<'_>,
) -> Found {
    let mut found = Found::default();
    let mut main: Vec<Vec<Fragment>> = Vec::with_capacity(pages.len());
    let mut turned: Vec<Vec<Fragment>> = Vec::with_capacity(pages.len());
    for (number, page) in pages.iter().enumerate() {
        let (own, others) = by_turn(page, |index, glyph| wanted(number, index, glyph));
        main.push(own);
        turned.push(others);
    }
    decoration(pages, &mut main, &mut found.left_out);
    for left in running::take(pages, &mut main) {
        if !found.left_out.contains(&left) {
            found.left_out.push(left);
        }
    }
    let edges = edges(&main);
    let mut all: Vec<Element> = Vec::new();
    let mut column = 0;
    let parts = main.into_iter().zip(turned).zip(pictures).zip(edges);
    for ((number, page), (((own, others), pictures), edges)) in pages.iter().enumerate().zip(parts) {
        let source = Source { page, fonts };
        let (tables, own, pictures) = tables::take(source, number, own, pictures, &mut column);
        let content = Content { source, page: number, fragments: own, pictures, tables };
        all.extend(elements(content, edges, &mut column));
        if let Some(first) = others.first() {
            let about = first.text(page).trim().to_owned();
            found.doubts.push(Doubt { kind: DoubtKind::Order, about });
            let content = Content { source, page: number, fragments: others, pictures: Vec::new(), tables: Vec::new() };
            all.extend(elements(content, (0.0, page.height), &mut column));
        }
    }
    let mut habits = Habits::default();
    learn(&all, &mut habits);
    found.blocks = Finish { pages, habits: &habits, album }.blocks(all, true);
    found
}

fn learn(elements: &[Element], habits: &mut Habits) {
    for element in elements {
        match element {
            Element::Line(line) => habits.learn(&line.text),
            Element::Picture { .. } => {}
            Element::Table { table, .. } => {
                for cell in table.rows.iter().flatten() {
                    learn(&cell.elements, habits);
                }
            }
        }
    }
}

/// The fragments in the direction that most of a page has, and all others.
fn by_turn(page: &Page, wanted: impl Fn(usize, &Glyph) -> bool) -> (Vec<Fragment>, Vec<Fragment>) {
    let chosen: Vec<(usize, &Glyph)> =
        page.glyphs.iter().enumerate().filter(|(index, glyph)| wanted(*index, glyph)).collect();
    let mut turns: Vec<(i16, usize)> = Vec::new();
    for (_, glyph) in &chosen {
        match turns.iter().position(|(turn, _)| *turn == glyph.turn) {
            Some(known) => turns[known].1 += 1,
            None if turns.len() < 8 => turns.push((glyph.turn, 1)),
            None => {}
        }
    }
    turns.sort_by_key(|(turn, count)| (std::cmp::Reverse(*count), *turn));
    let main = turns.first().map_or(0, |(turn, _)| *turn);
    let of =
        |turn: i16| fragments(page, chosen.iter().filter(|(_, glyph)| glyph.turn == turn).map(|(index, _)| *index));
    let mut others: Vec<Fragment> = Vec::new();
    for (turn, _) in turns.iter().skip(1) {
        others.extend(of(*turn));
    }
    // Odd angles beyond the first few are read one glyph after another, so that nothing is lost.
    let rest = chosen.iter().filter(|(_, glyph)| turns.iter().all(|(turn, _)| *turn != glyph.turn));
    others.extend(fragments(page, rest.map(|(index, _)| *index)));
    (of(main), others)
}

/// Takes out what the pages themselves call decoration, if it stands at their edges.
fn decoration(pages: &[Page], fragments: &mut [Vec<Fragment>], left_out: &mut Vec<LeftOut>) {
    for (page, own) in pages.iter().zip(fragments) {
        let (top, bottom) = (page.height * MARGIN, page.height * (1.0 - MARGIN));
        let (decoration, rest): (Vec<Fragment>, Vec<Fragment>) =
            std::mem::take(own).into_iter().partition(|fragment| {
                let mut glyphs = fragment.glyphs.iter().filter_map(|index| page.glyphs.get(*index));
                glyphs.all(|glyph| glyph.artifact) && (fragment.y < top || fragment.y > bottom)
            });
        *own = rest;
        for line in lines(decoration) {
            leave_out(left_out, words(page, &line));
        }
    }
}

/// Notes a running head or a folio, every text once.
pub(super) fn leave_out(left_out: &mut Vec<LeftOut>, text: String) {
    let reason = if running::is_folio(&text) { Reason::Folio } else { Reason::RunningHead };
    let entry = LeftOut { text, reason };
    if entry.text.chars().any(char::is_alphanumeric) && !left_out.contains(&entry) {
        left_out.push(entry);
    }
}

/// The edges of the text of every page: its own, or those of most pages where it has little text.
fn edges(fragments: &[Vec<Fragment>]) -> Vec<(f32, f32)> {
    let own: Vec<Option<(f32, f32)>> = fragments
        .iter()
        .map(|own| {
            own.iter().map(|fragment| (fragment.area.x0, fragment.area.x1)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
        })
        .collect();
    let median = |mut numbers: Vec<f32>| {
        numbers.sort_by(f32::total_cmp);
        numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
    };
    let left = median(own.iter().flatten().map(|edges| edges.0).collect());
    let right = median(own.iter().flatten().map(|edges| edges.1).collect());
    own.into_iter()
        .map(|own| match own {
            Some((a, b)) if b - a >= (right - left) * 0.9 => (a, b),
            Some((a, b)) => (a.min(left), b.max(right)),
            None => (left, right),
        })
        .collect()
}

/// Makes blocks of what stands on the pages.
struct Finish<'f, 'g> {
    pages: &'f [Page],
    habits: &'f Habits,
    album: &'f mut Album<'g>,
}

impl Finish<'_, '_> {
    fn blocks(&mut self, elements: Vec<Element>, breaks: bool) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut last_page = 0;
        for piece in paragraphs(self.pages, elements) {
            let (first, last) = piece.pages();
            if breaks && first > last_page && !blocks.is_empty() {
                blocks.push(Block::PageBreak);
            }
            last_page = last_page.max(last);
            match piece {
                Piece::Lines(lines) => blocks.push(Block::Paragraph(compose::paragraph(self.habits, &lines))),
                Piece::Picture { placed, .. } => blocks.extend(self.album.block(&placed, None)),
                Piece::Table { table, .. } => blocks.push(Block::Table(self.table(table))),
            }
        }
        blocks
    }

    fn table(&mut self, table: Ruled) -> Table {
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in table.rows {
            let cells = row.into_iter().map(|cell| Cell {
                blocks: self.blocks(cell.elements, false),
                columns: cell.columns,
                rows: cell.rows,
            });
            rows.push(Row { cells: cells.collect(), is_header: false });
        }
        Table { rows }
    }
}
