//! Which lines belong together.

use std::collections::BTreeMap;

use super::lines::Line;
use super::marks::{
    Ending, Start, ending, is_address, is_bullet, is_capitals, is_credit, is_name, is_ordinal, may_be_item, start,
};
use super::measure::{Measured, Room};

/// How the paragraphs of a text are told apart, besides by the lengths of their lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Habits {
    /// Empty lines stand between paragraphs.
    gaps: bool,
    /// First lines are indented.
    indents: bool,
}

/// Whether something ends behind each line. `known` has what is known already of some.
pub(super) fn ends(lines: &[Line], measured: &Measured, usual_gap: usize, known: &[Option<bool>]) -> Vec<bool> {
    let usual = Usual::of(lines, usual_gap);
    let pairs: Vec<Pair<'_>> = lines
        .windows(2)
        .zip(&measured.rooms)
        .map(|(pair, room)| Pair::new(&pair[0], &pair[1], *room, measured.metric.tolerance(), usual))
        .collect();
    let habits = habits(&pairs);
    let mut found: Vec<bool> = Vec::with_capacity(lines.len());
    let mut start = 0;
    for (at, (pair, known)) in pairs.iter().zip(known).enumerate() {
        let is_end = known.unwrap_or_else(|| pair.score(habits) + by_items(pair, &lines[start..=at]) > 0.0);
        if is_end {
            start = at + 1;
        }
        found.push(is_end);
    }
    if std::env::var("DBG").is_ok() {
        for pair in &pairs {
            eprintln!(
                "{:.3} {:.3} {:.2} {:?} | {} | {}",
                pair.room.share,
                pair.room.filled,
                pair.score(habits),
                measured.metric,
                pair.line.text,
                pair.next.text
            );
        }
        eprintln!("{habits:?}");
    }
    found.resize(lines.len(), true);
    found
}

/// A semicolon in front of a capital ends an item, unless the paragraph enumerates so in its lines.
fn by_items(pair: &Pair<'_>, before: &[Line]) -> f32 {
    let is_item = pair.line.text.ends_with(';') && pair.start == Start::Capital;
    let enumerates = || before.iter().chain([pair.next]).any(|line| has_item_inside(&line.text));
    if is_item && !enumerates() { 1.5 } else { 0.0 }
}

fn has_item_inside(text: &str) -> bool {
    text.split("; ").skip(1).any(|item| start(item) == Start::Capital)
}

/// Two lines, one after the other.
struct Pair<'a> {
    line: &'a Line,
    next: &'a Line,
    room: Room,
    tolerance: f32,
    ending: Ending,
    start: Start,
    is_gap: bool,
    usual: Usual,
    is_page: bool,
}

impl<'a> Pair<'a> {
    fn new(line: &'a Line, next: &'a Line, room: Room, tolerance: f32, usual: Usual) -> Self {
        let is_page = line.page != next.page;
        let (ending, start) = (ending(&line.text), start(&next.text));
        Self { line, next, room, tolerance, ending, start, is_gap: !is_page && next.gap > usual.gap, usual, is_page }
    }

    fn is_short(&self) -> bool {
        self.room.share > self.tolerance
    }

    fn is_indented(&self) -> bool {
        /// What stands further right is set in the middle.
        const WIDEST: usize = 12;
        (self.usual.indent + 2..=self.usual.indent + WIDEST).contains(&self.next.indent)
    }

    /// Whether a paragraph ends here by all that can be known without the habits of the text.
    fn is_clear(&self) -> bool {
        self.is_short() && self.ending == Ending::Sentence && self.start == Start::Capital && !self.is_page
    }

    /// Above zero where something ends.
    fn score(&self, habits: Habits) -> f32 {
        self.by_length() + self.by_marks() + self.by_space(habits) + self.by_kind()
    }

    fn by_length(&self) -> f32 {
        let share = self.room.share;
        if self.room.filled > 1.0 + 2.0 * self.tolerance {
            0.0
        } else if share < -self.tolerance {
            -2.5
        } else if share <= self.tolerance {
            -1.6
        } else {
            0.4 + 2.6 * (share / 0.08).min(1.0)
        }
    }

    fn by_marks(&self) -> f32 {
        let ending = match self.ending {
            Ending::Sentence => 1.0,
            Ending::Comma => -2.0,
            Ending::Open => -0.7,
        };
        let start = match self.start {
            Start::Capital => 0.3,
            Start::Small => -3.0,
            Start::Digit => -0.5,
            Start::Other => 0.0,
        };
        ending + start
    }

    fn by_space(&self, habits: Habits) -> f32 {
        let gap = match (self.is_page, self.is_gap, habits.gaps) {
            (true, ..) => 0.0,
            (false, true, true) => 4.0,
            (false, true, false) => 2.5,
            (false, false, true) => -2.0,
            (false, false, false) => 0.0,
        };
        let indent = match (habits.indents, self.is_indented()) {
            (true, true) => 3.0,
            (true, false) => -2.0,
            (false, _) => 0.0,
        };
        // Whoever types a space behind a full stop leaves it there when the paragraph ends.
        let after = if self.line.after > self.usual.after { 1.0 } else { 0.0 };
        gap + indent + after
    }

    /// By what the lines are.
    fn by_kind(&self) -> f32 {
        let (line, next) = (self.line.text.as_str(), self.next.text.as_str());
        let is_open = self.is_short() || self.is_gap || self.ending == Ending::Sentence;
        let mut score = 0.0;
        if is_bullet(next) || (may_be_item(next) && is_open) {
            score += 3.5;
        }
        if is_ordinal(next) && self.ending == Ending::Sentence {
            score += 2.5;
        }
        if is_credit(next) && is_open {
            score += 5.0;
        }
        if (is_credit(line) || is_name(line)) && self.is_short() && self.start != Start::Small {
            score += 2.5;
        }
        if is_name(next) && is_open && self.ending != Ending::Comma {
            score += 2.0;
        }
        if is_address(line) || is_address(next) {
            score += 8.0;
        }
        score + self.by_capitals()
    }

    fn by_capitals(&self) -> f32 {
        const WIDE: f32 = 0.5;
        match (is_capitals(&self.line.text), is_capitals(&self.next.text)) {
            (true, false) | (false, true) => 3.0,
            // A heading that goes on.
            (true, true) if self.room.filled > WIDE && !self.is_gap => -3.0,
            _ => 0.0,
        }
    }
}

/// What the places where a paragraph clearly ends have in common, and those where one clearly goes on have not.
fn habits(pairs: &[Pair<'_>]) -> Habits {
    const FEWEST: usize = 3;
    let clear: Vec<&Pair<'_>> = pairs.iter().filter(|pair| pair.is_clear()).collect();
    let going_on: Vec<&Pair<'_>> = pairs.iter().filter(|pair| pair.start == Start::Small && !pair.is_page).collect();
    let most = |has: &dyn Fn(&Pair<'_>) -> bool, of_ten: usize| {
        let [here, there] = [&clear, &going_on].map(|pairs| pairs.iter().filter(|pair| has(pair)).count());
        here >= FEWEST && here * 10 >= clear.len() * of_ten && there * 20 <= going_on.len()
    };
    // Headings, which follow paragraphs too, are not indented.
    Habits { gaps: most(&|pair| pair.is_gap, 8), indents: most(&|pair| pair.is_indented(), 3) }
}

/// The space around most lines.
#[derive(Debug, Clone, Copy)]
struct Usual {
    /// Empty lines before a line.
    gap: usize,
    /// Spaces before it.
    indent: usize,
    /// Spaces behind it: dumps of some programs put one there.
    after: usize,
}

impl Usual {
    fn of(lines: &[Line], gap: usize) -> Self {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for line in lines {
            *counts.entry(line.indent).or_default() += 1;
        }
        let indent = counts.iter().max_by_key(|(_, count)| **count).map_or(0, |(indent, _)| *indent);
        let after = usize::from(lines.iter().filter(|line| line.after > 0).count() * 2 > lines.len());
        Self { gap, indent, after }
    }
}
