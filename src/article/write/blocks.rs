//! Blocks → Markdown, one below the other.

use super::escape::Where;
use super::gaps::may_follow;
use super::{inline, target, tidy};
use crate::issue::{Alignment, Block, Inline, List, PhotoBlock, PhotoFile, Table};

/// The body of an article: its blocks, then its footnotes.
pub(super) fn body(blocks: &[Block], notes: &[Vec<Block>], photos: &[PhotoFile]) -> String {
    let writer = Writer { photos };
    let notes = notes.iter().enumerate().map(|(index, note)| {
        let note = writer.blocks(&tidy::note(note), Gap::Wide, '-', false);
        indented(&note, &format!("[^{}]: ", index + 1), "    ")
    });
    let parts: Vec<_> = std::iter::once(writer.blocks(blocks, Gap::Wide, '-', true))
        .chain(notes)
        .filter(|part| !part.is_empty())
        .map(|part| part + "\n")
        .collect();
    parts.join("\n")
}

/// What stands between two blocks, or two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing, as far as they can be told apart so.
    Narrow,
    /// A blank line.
    Wide,
}

struct Writer<'a> {
    photos: &'a [PhotoFile],
}

impl Writer<'_> {
    /// Blocks in a row. The first list without numbers has the bullet given; one right behind another has another.
    fn blocks(&self, blocks: &[Block], gap: Gap, bullet: char, on_top: bool) -> String {
        let mut text = String::new();
        let mut bullet = bullet;
        let mut before: Option<&Block> = None;
        for block in blocks {
            bullet = match (before, block) {
                (Some(Block::List(_)), Block::List(_)) => other_bullet(bullet),
                (Some(_), _) => '-',
                (None, _) => bullet,
            };
            if let Some(before) = before {
                let is_narrow = gap == Gap::Narrow && may_follow(before, block);
                text.push_str(if is_narrow { "\n" } else { "\n\n" });
            }
            text.push_str(&self.block(block, bullet, on_top));
            before = Some(block);
        }
        text
    }

    fn block(&self, block: &Block, bullet: char, on_top: bool) -> String {
        match block {
            Block::Paragraph(content) => inline::write(content, Where::Paragraph),
            Block::Heading { level, content } => {
                let marks = if *level <= 2 { "##" } else { "###" };
                format!("{marks} {}", inline::write(content, Where::Heading))
            }
            Block::List(list) => self.list(list, bullet),
            Block::Quote(blocks) => quoted(&self.blocks(blocks, Gap::Wide, '-', false)),
            Block::Box { title, blocks } => {
                quoted(&below(&marker("box", title), &self.blocks(blocks, Gap::Wide, '-', false)))
            }
            Block::Pull(blocks) => quoted(&below(&marker("pull", &[]), &self.blocks(blocks, Gap::Wide, '-', false))),
            Block::Table(table) => write_table(table),
            Block::Chart(chart) => {
                below(&marker(&format!("chart {}", chart.shape.as_str()), &chart.title), &write_table(&chart.table))
            }
            // Hyphens would be an underline or a list somewhere else.
            Block::Break => if on_top { "---" } else { "___" }.to_owned(),
            Block::Photo(photo) => self.photo(photo),
        }
    }

    fn list(&self, list: &List, bullet: char) -> String {
        let gap = if list.tight { Gap::Narrow } else { Gap::Wide };
        let items = list.items.iter().enumerate().map(|(index, item)| {
            let (mark, inner) = match list.numbers.get(index) {
                Some(number) => (number.text.clone(), '-'),
                // A list that begins on the same line: `- - -` would be a thematic break.
                None => (bullet.to_string(), other_bullet(bullet)),
            };
            let starts_with_list = matches!(item.first(), Some(Block::List(_)));
            let text = self.blocks(item, gap, if starts_with_list { inner } else { '-' }, false);
            indented(&text, &format!("{mark} "), &" ".repeat(mark.len() + 1))
        });
        items.collect::<Vec<_>>().join(if list.tight { "\n" } else { "\n\n" })
    }

    fn photo(&self, photo: &PhotoBlock) -> String {
        let path = self.photos.get(photo.photo).map(|file| target::path(&file.path)).unwrap_or_default();
        let credit = photo.credit.as_ref().map(|credit| format!(" {}", target::credit(&credit.value)));
        format!("![{}]({path}{})", inline::write(&photo.caption, Where::Caption), credit.unwrap_or_default())
    }
}

fn other_bullet(bullet: char) -> char {
    if bullet == '-' { '*' } else { '-' }
}

/// Lines behind a mark: the first behind one, the others behind another. No line ends in a space.
fn indented(text: &str, first: &str, others: &str) -> String {
    let lines = text.split('\n').enumerate().map(|(index, line)| {
        let mark = if index == 0 { first } else { others };
        if line.is_empty() { mark.trim_end().to_owned() } else { format!("{mark}{line}") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn quoted(text: &str) -> String {
    indented(text, "> ", "> ")
}

/// A marker, with the title that stands behind it.
fn marker(name: &str, title: &[Inline]) -> String {
    let title = inline::write(title, Where::Heading);
    if title.is_empty() { format!("[!{name}]") } else { format!("[!{name}] {title}") }
}

/// A text below a head, as a paragraph of its own: what marks a block at the start of a line does so there alone.
fn below(head: &str, text: &str) -> String {
    format!("{head}\n\n{text}")
}

fn write_table(table: &Table) -> String {
    let rule = table.columns.iter().map(|column| match column {
        Alignment::Default => "---",
        Alignment::Left => ":---",
        Alignment::Center => ":---:",
        Alignment::Right => "---:",
    });
    let rule = format!("|{}|", rule.collect::<Vec<_>>().join("|"));
    let mut lines = vec![row(&table.header), rule];
    lines.extend(table.rows.iter().map(|cells| row(cells)));
    lines.join("\n")
}

fn row(cells: &[Vec<Inline>]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| inline::write(cell, Where::Cell)).collect();
    format!("| {} |", cells.join(" | "))
}
