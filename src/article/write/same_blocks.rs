//! Whether two articles are the same but for the places where their texts stand.

use super::same::{content, each};
use crate::issue::{Block, Inline, List, Run, Table};
use crate::source::Text;

pub(super) fn blocks(a: &[Block], b: &[Block]) -> bool {
    each(a, b, block)
}

fn block(a: &Block, b: &Block) -> bool {
    match (a, b) {
        (Block::Paragraph(a), Block::Paragraph(b)) => content(a, b),
        (Block::Heading { level, content: a }, Block::Heading { level: other, content: b }) => {
            level == other && content(a, b)
        }
        (Block::List(a), Block::List(b)) => list(a, b),
        (Block::Quote(a), Block::Quote(b)) | (Block::Pull(a), Block::Pull(b)) => blocks(a, b),
        (Block::Box { title, blocks: a }, Block::Box { title: other, blocks: b }) => {
            content(title, other) && blocks(a, b)
        }
        (Block::Chart(a), Block::Chart(b)) => {
            a.shape == b.shape && content(&a.title, &b.title) && table(&a.table, &b.table)
        }
        (Block::Table(a), Block::Table(b)) => table(a, b),
        (Block::Break, Block::Break) => true,
        (Block::Photo(a), Block::Photo(b)) => {
            let words = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
            a.photo == b.photo
                && a.usage == b.usage
                && (a.crop, a.focus) == (b.crop, b.focus)
                && words(&a.credit) == words(&b.credit)
                && words(&a.alt) == words(&b.alt)
                && content(&a.caption, &b.caption)
        }
        _ => false,
    }
}

fn list(a: &List, b: &List) -> bool {
    let number = |a: &Run, b: &Run| a.text == b.text;
    a.start == b.start
        && a.tight == b.tight
        && each(&a.numbers, &b.numbers, number)
        && each(&a.items, &b.items, |a, b| blocks(a, b))
}

fn table(a: &Table, b: &Table) -> bool {
    let row = |a: &Vec<Vec<Inline>>, b: &Vec<Vec<Inline>>| each(a, b, |a, b| content(a, b));
    a.columns == b.columns && row(&a.header, &b.header) && each(&a.rows, &b.rows, row)
}
