//! What Markdown cannot say, or says in two ways, in the one way that it can: no character is lost or added.

use super::gaps::is_tight;
use crate::article::has_numbers;
use crate::issue::{Block, Chart, Inline, List, Run, Table};

/// Blocks with tidy text; lists that Markdown could not tell apart are one.
pub(super) fn blocks(blocks: &[Block]) -> Vec<Block> {
    joined(blocks, Level::Article)
}

/// The same of a footnote.
pub(super) fn note(blocks: &[Block]) -> Vec<Block> {
    joined(blocks, Level::Container)
}

/// What blocks stand in, to tell which may.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Article,
    Box,
    /// A quote, a list or a footnote.
    Container,
}

fn joined(blocks: &[Block], level: Level) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::new();
    for one in blocks.iter().flat_map(|one| block(one, level)) {
        match (all.last_mut(), one) {
            (Some(Block::List(last)), Block::List(list)) if goes_on(last, &list) => {
                last.numbers.extend(list.numbers);
                last.items.extend(list.items);
                last.tight = is_tight(last.tight && list.tight, &last.items);
            }
            (_, block) => all.push(block),
        }
    }
    all
}

/// A list that stands right behind another whose numbers have the same mark.
fn goes_on(last: &List, list: &List) -> bool {
    let mark = |list: &List| list.numbers.first().and_then(|number| number.text.chars().last());
    last.start.is_some() && list.start.is_some() && mark(last) == mark(list)
}

/// A block as the blocks that can be written: none where nothing is in it, several where it cannot stand there.
fn block(block: &Block, level: Level) -> Vec<Block> {
    vec![match block {
        Block::Paragraph(text) => return paragraph(content(text)).into_iter().collect(),
        Block::Heading { level, content: text } => Block::Heading { level: *level, content: on_one_line(text) },
        Block::List(list) => Block::List(tidy_list(list)),
        Block::Quote(quoted) => Block::Quote(joined(quoted, Level::Container)),
        Block::Box { title, blocks } => tidy_box(title, blocks, level),
        Block::Pull(quoted) => {
            let quoted = joined(quoted, Level::Container);
            if level == Level::Article && !quoted.is_empty() { Block::Pull(quoted) } else { Block::Quote(quoted) }
        }
        Block::Table(table) => Block::Table(tidy_table(table)),
        Block::Chart(chart) => return tidy_chart(chart, level),
        Block::Break => Block::Break,
        Block::Photo(photo) => Block::Photo(crate::issue::PhotoBlock {
            photo: photo.photo,
            place: photo.place.clone(),
            caption: content(&photo.caption),
            credit: photo.credit.clone(),
            alt: photo.alt.clone(),
            usage: photo.usage,
            crop: photo.crop,
            focus: photo.focus,
        }),
    }]
}

fn paragraph(text: Vec<Inline>) -> Option<Block> {
    (!text.is_empty()).then_some(Block::Paragraph(text))
}

/// A box; inside of another, or without a text, a quote that begins with its title.
fn tidy_box(title: &[Inline], blocks: &[Block], level: Level) -> Block {
    let inner = if level == Level::Article { Level::Box } else { Level::Container };
    let (title, mut blocks) = (tidy_title(title), joined(blocks, inner));
    if level == Level::Article && !blocks.is_empty() {
        return Block::Box { title, blocks };
    }
    blocks.splice(0..0, paragraph(title));
    Block::Quote(blocks)
}

/// A chart; where none can be, a table below its title.
fn tidy_chart(chart: &Chart, level: Level) -> Vec<Block> {
    let (title, table) = (tidy_title(&chart.title), tidy_table(&chart.table));
    if level != Level::Container && has_numbers(&table) {
        return vec![Block::Chart(Chart { shape: chart.shape, title, table })];
    }
    paragraph(title).into_iter().chain([Block::Table(table)]).collect()
}

/// A title, which has no white space at its ends.
fn tidy_title(title: &[Inline]) -> Vec<Inline> {
    let mut title = on_one_line(title);
    while take_white(&mut title, false).is_some() {}
    while take_white(&mut title, true).is_some() {}
    title
}

/// A list in which every number has the mark of the first, for with another mark another list begins.
fn tidy_list(list: &List) -> List {
    let items: Vec<_> = list.items.iter().map(|item| joined(item, Level::Container)).collect();
    let tight = is_tight(list.tight, &items);
    let Some(start) = list.start else {
        return List { start: None, numbers: Vec::new(), tight, items };
    };
    let mark = list.numbers.first().filter(|number| number.text.ends_with(')')).map_or('.', |_| ')');
    let number = |index: usize| {
        let typed = list.numbers.get(index).map(|number| number.text.trim_end_matches(['.', ')']));
        let is_number = |typed: &&str| (1..=9).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
        let counted = start.saturating_add(index as u64).min(999_999_999).to_string();
        let number = typed.filter(is_number).map_or(counted, str::to_owned);
        Run { text: format!("{number}{mark}"), range: 0..0 }
    };
    let numbers: Vec<_> = (0..items.len()).map(number).collect();
    let first = numbers.first().and_then(|number| number.text.trim_end_matches(mark).parse().ok());
    List { start: first.or(Some(start)), numbers, tight, items }
}

/// A table in which every row has as many cells as there are columns.
fn tidy_table(table: &Table) -> Table {
    let rows = || std::iter::once(&table.header).chain(&table.rows);
    let width = rows().map(Vec::len).chain([table.columns.len()]).max().unwrap_or_default();
    let filled = |row: &Vec<Vec<Inline>>| {
        let mut row: Vec<_> = row.iter().map(|cell| on_one_line(cell)).collect();
        row.resize_with(width, Vec::new);
        row
    };
    let mut columns = table.columns.clone();
    columns.resize(width, crate::issue::Alignment::Default);
    Table { columns, header: filled(&table.header), rows: table.rows.iter().map(filled).collect() }
}

/// Text where no line can be broken: a break is a space.
fn on_one_line(text: &[Inline]) -> Vec<Inline> {
    fn unbroken(text: &[Inline]) -> Vec<Inline> {
        let inline = |inline: &Inline| match inline {
            Inline::Break => run(" ".to_owned()),
            Inline::Emphasis(inner) => Inline::Emphasis(unbroken(inner)),
            Inline::Strong(inner) => Inline::Strong(unbroken(inner)),
            Inline::Link { url, content } => Inline::Link { url: url.clone(), content: unbroken(content) },
            other => other.clone(),
        };
        text.iter().map(inline).collect()
    }
    content(&unbroken(text))
}

/// Text in which runs that go on are one, white space stands outside of emphasis, and nothing is empty.
pub(super) fn content(text: &[Inline]) -> Vec<Inline> {
    let mut all = gathered(text);
    while matches!(all.last(), Some(Inline::Break)) {
        all.pop();
    }
    all
}

fn gathered(text: &[Inline]) -> Vec<Inline> {
    let mut all = Vec::new();
    for inline in text {
        match inline {
            Inline::Emphasis(inner) => emphasis(&mut all, gathered(inner), Inline::Emphasis),
            Inline::Strong(inner) => emphasis(&mut all, gathered(inner), Inline::Strong),
            Inline::Link { url, content } => {
                // No footnote can be in a link.
                let mut notes = Vec::new();
                let content = without_notes(gathered(content), &mut notes);
                if !content.is_empty() {
                    add(&mut all, Inline::Link { url: url.clone(), content });
                }
                all.extend(notes);
            }
            other => add(&mut all, other.clone()),
        }
    }
    all
}

fn without_notes(content: Vec<Inline>, notes: &mut Vec<Inline>) -> Vec<Inline> {
    let mut all = Vec::new();
    for inline in content {
        match inline {
            Inline::Footnote(_) => notes.push(inline),
            Inline::Emphasis(inner) => add(&mut all, Inline::Emphasis(without_notes(inner, notes))),
            Inline::Strong(inner) => add(&mut all, Inline::Strong(without_notes(inner, notes))),
            other => add(&mut all, other),
        }
    }
    all
}

/// Adds emphasis, with the white space and the breaks at its ends outside of it.
fn emphasis(all: &mut Vec<Inline>, mut inner: Vec<Inline>, kind: fn(Vec<Inline>) -> Inline) {
    let mut behind = Vec::new();
    while let Some(outside) = take_white(&mut inner, false) {
        add(all, outside);
    }
    while let Some(outside) = take_white(&mut inner, true) {
        behind.push(outside);
    }
    if !inner.is_empty() {
        add(all, kind(inner));
    }
    behind.into_iter().rev().for_each(|outside| add(all, outside));
}

/// Takes the break, or the white space, at an end of a text.
fn take_white(content: &mut Vec<Inline>, at_end: bool) -> Option<Inline> {
    let index = if at_end { content.len().checked_sub(1)? } else { 0 };
    match content.get_mut(index)? {
        Inline::Break => Some(content.remove(index)),
        Inline::Text(text) => {
            let kept = if at_end { text.text.trim_end() } else { text.text.trim_start() };
            let white = text.text.len() - kept.len();
            let kept = kept.to_owned();
            let white = if at_end { text.text.split_off(kept.len()) } else { text.text[..white].to_owned() };
            if kept.is_empty() {
                content.remove(index);
            } else {
                text.text = kept;
            }
            (!white.is_empty()).then(|| run(white))
        }
        _ => None,
    }
}

/// Adds to a text, to what stands last in it where that is of the same kind.
pub(super) fn add(all: &mut Vec<Inline>, inline: Inline) {
    match (all.last_mut(), inline) {
        (_, Inline::Text(new)) if new.text.is_empty() => {}
        (Some(Inline::Text(last)), Inline::Text(new)) => last.text.push_str(&new.text.replace('\t', " ")),
        (Some(Inline::Emphasis(last)), Inline::Emphasis(new)) | (Some(Inline::Strong(last)), Inline::Strong(new)) => {
            new.into_iter().for_each(|inline| add(last, inline));
        }
        // Behind a footnote, a link would be taken for something else: `[^1][a](…)`.
        (Some(Inline::Footnote(_)), link @ Inline::Link { .. }) => {
            let notes = all.iter().rev().take_while(|before| matches!(before, Inline::Footnote(_))).count();
            all.insert(all.len() - notes, link);
        }
        (_, Inline::Text(new)) => all.push(run(new.text.replace('\t', " "))),
        (_, other) => all.push(other),
    }
}

/// A run of text that stands in no file yet.
pub(super) fn run(text: String) -> Inline {
    Inline::Text(Run { text, range: 0..0 })
}
