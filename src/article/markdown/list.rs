//! Lists.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{Inside, Reader};
use crate::issue::{Block, List, Run};

impl Reader<'_> {
    /// A list, from its first item to its end.
    pub(super) fn list(&mut self, start: Option<u64>, blocks: &mut Vec<Block>) {
        let (mut items, mut numbers) = (Vec::new(), Vec::new());
        let mut tight = true;
        while let Some((Event::Start(Tag::Item), range)) = self.events.peek() {
            let range = range.clone();
            self.events.next();
            numbers.extend(start.map(|start| self.number(range, start.saturating_add(items.len() as u64))));
            tight &= !matches!(self.events.peek(), Some((Event::Start(Tag::Paragraph), _)));
            items.push(self.within(Inside::Container));
            self.events.next();
        }
        blocks.push(Block::List(List { start, numbers, tight, items }));
    }

    /// The number of an item as it was typed: Markdown itself keeps the first of a list and counts on from there.
    fn number(&self, item: Range<usize>, counted: u64) -> Run {
        let range = self.absolute(&item);
        let text = &self.source.text()[range.clone()];
        // Behind a tab, the item of a quote begins with the marks of the quote.
        let inner = text.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let (start, text) = (range.end - inner.len(), inner);
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match text.get(..digits + 1).filter(|typed| digits > 0 && typed.ends_with(['.', ')'])) {
            Some(typed) => Run { text: typed.to_owned(), range: start..start + typed.len() },
            None => Run { text: format!("{counted}."), range: start..start },
        }
    }
}
