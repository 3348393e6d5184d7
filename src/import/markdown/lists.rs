//! Lists, and the numbers of their items.

use crate::import::document::ListItem;

/// A list that has begun.
#[derive(Debug)]
pub(super) struct List {
    /// The number of the next item; `None` for bullets.
    next: Option<u64>,
}

impl List {
    pub(super) fn new(start: Option<u64>) -> Self {
        Self { next: start }
    }

    /// The next item. `source` is what it was written as, which tells the sign after the number.
    pub(super) fn item(&mut self, level: usize, source: &str) -> ListItem {
        let sign = source.trim_start().trim_start_matches(|sign: char| sign.is_ascii_digit()).chars().next();
        let number = self.next.map(|number| format!("{number}{}", if sign == Some(')') { ')' } else { '.' }));
        self.next = self.next.map(|number| number.saturating_add(1));
        ListItem { level: u8::try_from(level).unwrap_or(u8::MAX), number }
    }
}
