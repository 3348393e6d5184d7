//! Whether all words of a file are in what was read of it: an account of its own, which knows nothing of the reader.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::import::document::{Block, Document, Inline};

/// What is missing.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// How many words the file has.
    pub(super) words: usize,
    /// Words that are nowhere, by their letters.
    pub(super) lost: Vec<String>,
    /// Letters that are nowhere, whatever word they are in.
    pub(super) lost_letters: usize,
}

/// Compares a file with what was read of it.
pub(super) fn account(bytes: &[u8], document: &Document) -> Account {
    let raw = raw(bytes);
    let mut found = String::new();
    texts(&document.blocks, &mut found);
    for note in &document.notes {
        texts(note, &mut found);
    }
    for left_out in &document.left_out {
        found.push_str(&left_out.text);
        found.push('\n');
    }
    let mut words = count(found.split_whitespace().map(str::to_owned));
    let mut letters = count(found.chars().filter(|letter| !letter.is_whitespace()));
    let lost =
        raw.split_whitespace().filter(|word| !take(&mut words, &(*word).to_owned())).map(str::to_owned).collect();
    let lost_letters = raw.chars().filter(|letter| !letter.is_whitespace() && !take(&mut letters, letter)).count();
    Account { words: raw.split_whitespace().count(), lost, lost_letters }
}

fn count<T: Ord>(things: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1;
    }
    counts
}

fn take<T: Ord>(counts: &mut BTreeMap<T, usize>, thing: &T) -> bool {
    match counts.get_mut(thing) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

fn texts(blocks: &[Block], found: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                for inline in &paragraph.inlines {
                    match inline {
                        Inline::Text(span) => found.push_str(&span.text),
                        Inline::Break => found.push(' '),
                        Inline::Note(_) | Inline::Picture(_) => {}
                    }
                }
                found.push('\n');
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    texts(&cell.blocks, found);
                }
            }
            Block::PageBreak | Block::Rule => {}
        }
    }
}

/// The text of all parts that people see.
fn raw(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut raw = String::new();
    let mut running_heads = BTreeSet::new();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).expect("an entry");
        let name = entry.name().expect("a name").replace('\\', "/").to_lowercase();
        let file = name.rsplit('/').next().unwrap_or_default();
        let has_text = ["document", "header", "footer", "footnotes", "endnotes", "comments.", "chart", "data"]
            .iter()
            .any(|kind| file.starts_with(kind));
        let is_of_text = !["glossary", "docprops", "customxml", "_rels", "embeddings", "fontdata"]
            .iter()
            .any(|folder| name.contains(folder));
        if !(has_text && is_of_text && name.ends_with(".xml")) {
            continue;
        }
        let mut part = Vec::new();
        if entry.read_to_end(&mut part).is_ok() {
            let text = text_of(&String::from_utf8_lossy(&part));
            let is_running_head = file.starts_with("header") || file.starts_with("footer");
            for line in text.lines() {
                // What stands on every page is told once, and so are the labels of all bars of a chart.
                let is_once = is_running_head || file.starts_with("chart");
                if !is_once || running_heads.insert(line.split_whitespace().collect::<Vec<_>>().join(" ")) {
                    raw.push_str(line);
                    raw.push('\n');
                }
            }
        }
    }
    raw
}

/// The text of a part: all of it, but only one of several forms of the same thing.
fn text_of(part: &str) -> String {
    let mut reader = Reader::from_str(part);
    let mut texts = vec![String::new()];
    // For every choice that is open, the forms that are over.
    let mut choices: Vec<Vec<String>> = Vec::new();
    let mut is_text = false;
    loop {
        let event = reader.read_event().expect("XML");
        match event {
            Event::Start(start) => match start.name().as_ref() {
                "mc:AlternateContent" => choices.push(Vec::new()),
                "mc:Choice" | "mc:Fallback" => texts.push(String::new()),
                name => is_text = is_text_name(name),
            },
            Event::End(end) => {
                is_text = false;
                match end.name().as_ref() {
                    "mc:AlternateContent" => {
                        let forms = choices.pop().unwrap_or_default();
                        let form = forms.into_iter().find(|form| !form.trim().is_empty()).unwrap_or_default();
                        push(&mut texts, &form);
                    }
                    "mc:Choice" | "mc:Fallback" => {
                        let form = texts.pop().unwrap_or_default();
                        if let Some(forms) = choices.last_mut() {
                            forms.push(form);
                        }
                    }
                    name if local(name) == "p" || local(name) == "v" || local(name) == "instrText" => {
                        push(&mut texts, "\n");
                    }
                    _ => {}
                }
            }
            Event::Empty(empty) => match empty.name().as_ref() {
                "w:tab" | "w:br" | "w:cr" | "w:ptab" => push(&mut texts, " "),
                "w:softHyphen" => push(&mut texts, "\u{AD}"),
                "w:noBreakHyphen" => push(&mut texts, "\u{2011}"),
                _ => {}
            },
            Event::Text(text) if is_text => push(&mut texts, &text),
            Event::CData(text) if is_text => push(&mut texts, &text),
            Event::GeneralRef(reference) if is_text => {
                let letter = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                push(&mut texts, &letter.or(named).unwrap_or_default());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    texts.concat()
}

fn push(texts: &mut [String], text: &str) {
    if let Some(last) = texts.last_mut() {
        // Signs of Symbol and the like become letters.
        last.extend(text.chars().filter(|letter| !('\u{F000}'..='\u{F0FF}').contains(letter)));
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn is_text_name(name: &str) -> bool {
    matches!(local(name), "t" | "delText") || name == "c:v"
}
