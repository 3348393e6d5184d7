//! The lists of a document: what their levels look like, and which number comes next.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::formats::{ParagraphFormat, indents};
use super::values::value;
use crate::import::document::ListItem;
use crate::import::numbers::Numerals;
use crate::import::xml::{Element, Xml};

/// How many levels a list has.
const LEVELS: usize = 9;
/// How long the text around a number may be.
const MAX_TEXT: usize = 64;
/// How many styles of lists may refer to each other.
const MAX_LINKS: usize = 8;

/// All lists.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, Definition>,
    lists: BTreeMap<u32, List>,
    /// How far each definition has counted: lists of one definition go on with each other's numbers.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    /// The lists that have begun, and so have set their own starts.
    begun: HashSet<u32>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: [Option<Level>; LEVELS],
    /// The style of lists that holds the levels instead.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: u32,
    levels: [Option<Level>; LEVELS],
    starts: [Option<u32>; LEVELS],
}

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    numerals: Numerals,
    /// The number as it is printed, with `%1` for that of the first level.
    text: String,
    /// Whether the numbers of the levels above are in plain figures.
    is_plain: bool,
    /// After which level, from 1, it starts anew; 0 is never.
    restart: Option<u32>,
    indent: Option<f32>,
    first_line: Option<f32>,
    /// The style whose paragraphs are at this level.
    style: Option<String>,
}

impl Numbering {
    /// Reads a numbering part.
    pub(super) fn read(xml: &Xml) -> Self {
        let mut numbering = Self::default();
        let id = |element: Element<'_>, name: &str| element.attribute(name).and_then(|id| id.trim().parse().ok());
        for element in xml.root().into_iter().flat_map(|root| root.elements()) {
            match element.name() {
                "w:abstractNum" => {
                    if let Some(id) = id(element, "w:abstractNumId") {
                        numbering.definitions.insert(id, definition(element));
                    }
                }
                "w:num" => {
                    if let Some(id) = id(element, "w:numId") {
                        numbering.lists.insert(id, list(element));
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    /// Leads lists whose definition merely names a style of lists to the definition behind that style.
    pub(super) fn link(&mut self, list_of_style: impl Fn(&str) -> Option<u32>) {
        let target = |mut id: u32| {
            for _ in 0..MAX_LINKS {
                let definition = self.definitions.get(&id)?;
                let Some(style) = &definition.style else { return Some(id) };
                id = self.lists.get(&list_of_style(style)?)?.definition;
            }
            None
        };
        let targets: HashMap<u32, u32> =
            self.definitions.keys().filter_map(|&id| target(id).map(|target| (id, target))).collect();
        for list in self.lists.values_mut() {
            if let Some(&target) = targets.get(&list.definition) {
                list.definition = target;
            }
        }
    }

    fn level(&self, list: u32, level: usize) -> Option<&Level> {
        let list = self.lists.get(&list)?;
        let own = list.levels.get(level)?.as_ref();
        own.or_else(|| self.definitions.get(&list.definition)?.levels.get(level)?.as_ref())
    }

    /// How deep a paragraph is in a list: what it or its style says, or the level that is meant for its style.
    pub(super) fn depth(&self, list: u32, style: Option<&str>, said: Option<u8>) -> u8 {
        let is_for_style = |level: usize| {
            let found = self.level(list, level).and_then(|level| level.style.as_deref());
            found.is_some() && found == style
        };
        let of_style = (0..LEVELS).find(|&level| is_for_style(level)).and_then(|level| u8::try_from(level).ok());
        of_style.or(said).unwrap_or_default().min(8)
    }

    /// What a list says of the paragraphs of a style that is in it.
    pub(super) fn format_of_style(&self, list: Option<u32>, style: &str, said: Option<u8>) -> ParagraphFormat {
        let Some(list) = list else { return ParagraphFormat::default() };
        self.format(list, self.depth(list, Some(style), said))
    }

    /// What a list says of its paragraphs.
    pub(super) fn format(&self, list: u32, depth: u8) -> ParagraphFormat {
        let level = self.level(list, usize::from(depth));
        let (indent, first_line) = level.map_or((None, None), |level| (level.indent, level.first_line));
        ParagraphFormat { indent, first_line, ..ParagraphFormat::default() }
    }

    /// Counts a paragraph, and says how it is marked; `None` where the list is unknown or gives no mark.
    pub(super) fn next(&mut self, list: u32, depth: u8) -> Option<ListItem> {
        let at = usize::from(depth).min(LEVELS - 1);
        let definition = self.lists.get(&list)?.definition;
        let mut counts = self.counts.get(&definition).copied().unwrap_or_default();
        if self.begun.insert(list) {
            let starts = self.lists.get(&list).map(|list| list.starts).unwrap_or_default();
            for (count, start) in counts.iter_mut().zip(starts) {
                if start.is_some() {
                    *count = None;
                }
            }
        }
        let start = self.start(list, at);
        if let Some(count) = counts.get_mut(at) {
            *count = Some(count.map_or(start, |count| count.saturating_add(1)));
        }
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            if self.starts_anew(list, deeper, at) {
                *count = None;
            }
        }
        self.counts.insert(definition, counts);
        self.printed(list, at, &counts)
    }

    fn start(&self, list: u32, level: usize) -> u32 {
        let own = self.lists.get(&list).and_then(|list| list.starts.get(level).copied().flatten());
        own.or_else(|| self.level(list, level).map(|level| level.start)).unwrap_or(1)
    }

    /// Whether a level counts anew after one above it.
    fn starts_anew(&self, list: u32, level: usize, after: usize) -> bool {
        match self.level(list, level).and_then(|level| level.restart) {
            Some(restart) => after < restart as usize,
            None => true,
        }
    }

    /// The mark of a paragraph.
    fn printed(&self, list: u32, at: usize, counts: &[Option<u32>; LEVELS]) -> Option<ListItem> {
        let level = self.level(list, at)?;
        let depth = u8::try_from(at).unwrap_or_default();
        if level.numerals == Numerals::Bullet {
            return Some(ListItem { level: depth, number: None });
        }
        let mut number = String::new();
        let mut rest = level.text.chars().peekable();
        while let Some(letter) = rest.next() {
            let place =
                rest.peek().filter(|_| letter == '%').and_then(|digit| digit.to_digit(10)).filter(|&digit| digit > 0);
            let Some(place) = place else {
                number.push(letter);
                continue;
            };
            rest.next();
            let place = place as usize - 1;
            let count = counts.get(place).copied().flatten().unwrap_or_else(|| self.start(list, place));
            let numerals = self.level(list, place).map_or(Numerals::Decimal(1), |level| level.numerals);
            let numerals = if level.is_plain { Numerals::Decimal(1) } else { numerals };
            number.push_str(&numerals.format(count));
        }
        let number = number.trim().to_owned();
        (!number.is_empty()).then_some(ListItem { level: depth, number: Some(number) })
    }
}

fn definition(element: Element<'_>) -> Definition {
    let mut levels = <[Option<Level>; LEVELS]>::default();
    for level in element.elements().filter(|element| element.is("w:lvl")) {
        if let Some(slot) = place(level).and_then(|place| levels.get_mut(place)) {
            *slot = Some(self::level(level));
        }
    }
    Definition { levels, style: value(element, "w:numStyleLink").map(str::to_owned) }
}

fn list(element: Element<'_>) -> List {
    let mut list = List {
        definition: value(element, "w:abstractNumId").and_then(|id| id.trim().parse().ok()).unwrap_or_default(),
        ..List::default()
    };
    for change in element.elements().filter(|element| element.is("w:lvlOverride")) {
        let Some(place) = place(change) else { continue };
        let start = value(change, "w:startOverride").and_then(|start| start.trim().parse().ok());
        if let (Some(slot), Some(start)) = (list.starts.get_mut(place), start) {
            *slot = Some(start);
        }
        if let (Some(slot), Some(level)) = (list.levels.get_mut(place), change.child("w:lvl")) {
            *slot = Some(self::level(level));
        }
    }
    list
}

/// Which level an element is about.
fn place(element: Element<'_>) -> Option<usize> {
    element.attribute("w:ilvl")?.trim().parse().ok()
}

fn level(element: Element<'_>) -> Level {
    let number = |name: &str| value(element, name).and_then(|number| number.trim().parse().ok());
    let (indent, first_line) = element.at(&["w:pPr", "w:ind"]).map_or((None, None), indents);
    // A form of numbers that only newer versions know stands in a choice of two.
    let form = element.elements().find_map(|child| match child.name() {
        "w:numFmt" => Some(child),
        "mc:AlternateContent" => child.at(&["mc:Choice", "w:numFmt"]),
        _ => None,
    });
    let numerals = form.map_or(Numerals::Decimal(1), |form| {
        Numerals::named(form.attribute("w:val").unwrap_or_default(), form.attribute("w:format"))
    });
    let text = value(element, "w:lvlText").unwrap_or_default();
    Level {
        start: number("w:start").unwrap_or(0),
        numerals,
        text: text.chars().take(MAX_TEXT).collect(),
        is_plain: super::values::switch(element, "w:isLgl") == Some(true),
        restart: number("w:lvlRestart"),
        indent,
        first_line,
        style: value(element, "w:pStyle").map(str::to_owned),
    }
}
