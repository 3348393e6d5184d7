//! Counting the items of lists, and the headings.

use std::collections::HashMap;

use super::list_styles::{LEVELS, Level, ListStyle, ListStyles, Mark};
use crate::import::document::ListItem;

/// The lists of a file, as far as they have been read.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub(super) styles: ListStyles,
    counters: Vec<Counter>,
    /// Which counter a list has that others may go on from, by its identifier and by its style: the last one.
    by_identifier: HashMap<String, usize>,
    by_style: HashMap<String, usize>,
    headings: Counter,
}

/// The numbers at which the levels of a list are; 0 before the first.
#[derive(Debug, Clone, Default)]
struct Counter {
    values: [u32; LEVELS],
    is_started: [bool; LEVELS],
}

/// Where in a list the reader is.
#[derive(Debug, Clone, Default)]
pub(super) struct Position {
    /// From 0.
    pub(super) level: usize,
    /// The name of its style, where it has one.
    pub(super) style: Option<String>,
    counter: usize,
}

/// What an item has before it, and where it stands.
#[derive(Debug, Default)]
pub(super) struct Label {
    pub(super) item: Option<ListItem>,
    pub(super) level: Option<Level>,
}

impl Counter {
    /// Goes on to the next item of a level, or to the number that it is said to have.
    fn advance(&mut self, level: usize, start: u32, said: Option<u32>) {
        let level = level.min(LEVELS - 1);
        if let (Some(value), Some(is_started)) = (self.values.get_mut(level), self.is_started.get_mut(level)) {
            *value = said.unwrap_or(if *is_started { value.saturating_add(1) } else { start });
            *is_started = true;
        }
        self.restart_from(level + 1);
    }

    /// Levels from this one on begin anew.
    fn restart_from(&mut self, level: usize) {
        for is_started in self.is_started.iter_mut().skip(level) {
            *is_started = false;
        }
    }

    /// The numbers of all levels: a level that is shown before it has an item is at its start.
    fn shown(&self, style: &ListStyle) -> [u32; LEVELS] {
        std::array::from_fn(|level| {
            let value = self.values.get(level).copied().unwrap_or_default();
            if self.is_started.get(level) == Some(&true) { value } else { style.start(level) }
        })
    }
}

impl Lists {
    pub(super) fn new(styles: ListStyles) -> Self {
        Self { styles, ..Self::default() }
    }

    /// A list begins that is in no other.
    pub(super) fn begin(&mut self, list: &ListStart<'_>) -> Position {
        let style = list.style.map(str::to_owned);
        let continued = match list.continued {
            Some(identifier) => self.by_identifier.get(identifier).copied(),
            None if list.is_continued => style.as_ref().and_then(|style| self.by_style.get(style).copied()),
            None => None,
        };
        let counter = continued.unwrap_or_else(|| {
            self.counters.push(Counter::default());
            self.counters.len() - 1
        });
        if let Some(style) = &style {
            self.by_style.insert(style.clone(), counter);
        }
        if let Some(identifier) = list.identifier {
            self.by_identifier.insert(identifier.to_owned(), counter);
        }
        Position { level: 0, style, counter }
    }

    /// A list begins in an item of another.
    pub(super) fn begin_inside(&mut self, outer: &Position, list: &ListStart<'_>) -> Position {
        let level = outer.level + 1;
        if !list.is_continued
            && let Some(counter) = self.counters.get_mut(outer.counter)
        {
            counter.restart_from(level);
        }
        let style = list.style.map(str::to_owned).or_else(|| outer.style.clone());
        Position { level, style, counter: outer.counter }
    }

    /// The first paragraph of an item: what stands before it.
    pub(super) fn item(&mut self, position: &Position, style: Option<&str>, said: Option<u32>) -> Label {
        let list_style = style.or(position.style.as_deref()).and_then(|name| self.styles.get(name));
        let Some(counter) = self.counters.get_mut(position.counter) else { return Label::default() };
        let Some(list_style) = list_style else {
            // A list without a style has bullets everywhere.
            counter.advance(position.level, 1, said);
            let item = ListItem { level: depth(position.level), number: None };
            return Label { item: Some(item), level: None };
        };
        counter.advance(position.level, list_style.start(position.level), said);
        label(list_style, position.level, &counter.shown(list_style))
    }

    /// Where further paragraphs of an item stand.
    pub(super) fn level(&self, position: &Position, style: Option<&str>) -> Option<&Level> {
        self.styles.get(style.or(position.style.as_deref())?)?.level(position.level)
    }

    /// A heading of a level from 0 that is in no list: its number, if headings are numbered.
    pub(super) fn heading(&mut self, level: usize, is_restarted: bool, said: Option<u32>) -> Label {
        let outline = &self.styles.outline;
        let said = said.or_else(|| is_restarted.then(|| outline.start(level)));
        self.headings.advance(level, outline.start(level), said);
        let mut label = label(outline, level, &self.headings.shown(outline));
        label.item = label.item.filter(|item| item.number.is_some());
        label
    }
}

/// What an element says of a list that begins with it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ListStart<'x> {
    pub(super) style: Option<&'x str>,
    pub(super) identifier: Option<&'x str>,
    /// The list that it goes on from.
    pub(super) continued: Option<&'x str>,
    /// Whether it goes on from the last list of its style.
    pub(super) is_continued: bool,
}

fn label(style: &ListStyle, level: usize, values: &[u32; LEVELS]) -> Label {
    let Some(found) = style.level(level) else {
        return Label { item: Some(ListItem { level: depth(level), number: None }), level: None };
    };
    let item = match &found.mark {
        Mark::Nothing => None,
        Mark::Bullet => Some(ListItem { level: depth(level), number: None }),
        Mark::Number(_) => {
            let number = style.number(level, values);
            (!number.is_empty()).then(|| ListItem { level: depth(level), number: Some(number) })
        }
    };
    Label { item, level: Some(found.clone()) }
}

fn depth(level: usize) -> u8 {
    u8::try_from(level).unwrap_or(u8::MAX)
}
