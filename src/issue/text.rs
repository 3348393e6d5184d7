//! The text of blocks and inline runs.

use super::{Block, Inline, Run, Table};

/// The text of inline runs, without footnotes; a hard break is a space.
pub fn plain_text(content: &[Inline]) -> String {
    let mut text = String::new();
    collect_text(content, &mut text);
    text
}

fn collect_text(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(run) => text.push_str(&run.text),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
                collect_text(content, text);
            }
            Inline::Break => text.push(' '),
            Inline::Footnote(_) => {}
        }
    }
}

/// Calls `see` with every run of text in the blocks, in printing order.
pub fn each_run<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Run)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => each_inline_run(content, see),
            Block::List(list) => list.items.iter().for_each(|item| each_run(item, see)),
            Block::Quote(blocks) | Block::Pull(blocks) => each_run(blocks, see),
            Block::Box { title, blocks } => {
                each_inline_run(title, see);
                each_run(blocks, see);
            }
            Block::Table(table) => each_cell_run(table, see),
            Block::Chart(chart) => {
                each_inline_run(&chart.title, see);
                each_cell_run(&chart.table, see);
            }
            Block::Photo(photo) => each_inline_run(&photo.caption, see),
            Block::Break => {}
        }
    }
}

fn each_cell_run<'a>(table: &'a Table, see: &mut dyn FnMut(&'a Run)) {
    let cells = table.header.iter().chain(table.rows.iter().flatten());
    cells.for_each(|cell| each_inline_run(cell, see));
}

fn each_inline_run<'a>(content: &'a [Inline], see: &mut dyn FnMut(&'a Run)) {
    for inline in content {
        match inline {
            Inline::Text(run) => see(run),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
                each_inline_run(content, see);
            }
            Inline::Break | Inline::Footnote(_) => {}
        }
    }
}
