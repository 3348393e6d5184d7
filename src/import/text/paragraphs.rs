//! Which lines belong together.

use std::collections::BTreeMap;

use super::lines::Line;
use super::marks::{
    Ending, Start, ending, ends_with_credit, is_address, is_bullet, is_capitals, is_credit, is_name, is_ordinal,
    is_row, may_be_item, start,
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
    let mut pairs: Vec<Pair<'_>> = lines
        .windows(2)
        .zip(&measured.rooms)
        .map(|(pair, room)| Pair::new(&pair[0], &pair[1], *room, measured.metric.tolerance(), usual))
        .collect();
    let hidden = hidden_indent(&pairs, known);
    let ahead: Vec<f32> = (0..pairs.len()).map(|at| by_next(&pairs, at, hidden)).collect();
    for at in first_lines(&pairs, known) {
        pairs[at].room = pairs[at].room.narrower(hidden);
    }
    let habits = habits(&pairs);
    let mut found: Vec<bool> = Vec::with_capacity(lines.len());
    let mut start = 0;
    for (at, (pair, known)) in pairs.iter().zip(known).enumerate() {
        let is_end = known.unwrap_or_else(|| pair.score(habits) + by_items(pair, &lines[start..=at]) + ahead[at] > 0.0);
        if is_end {
            start = at + 1;
        }
        found.push(is_end);
    }
    found.resize(lines.len(), true);
    found
}

/// The pairs whose line is the first of a paragraph as far as can be told without weighing.
fn first_lines(pairs: &[Pair<'_>], known: &[Option<bool>]) -> Vec<usize> {
    let is_end = |at: usize| known.get(at).copied().flatten().unwrap_or_else(|| pairs[at].is_clear());
    (1..pairs.len()).filter(|at| is_end(at - 1)).collect()
}

/// How much shorter first lines are than others, as a part of the measure: the indent, where the program that wrote the
/// text left it out.
fn hidden_indent(pairs: &[Pair<'_>], known: &[Option<bool>]) -> f32 {
    const FEWEST: usize = 8;
    /// Between these, it is neither chance nor something else.
    const PLAUSIBLE: std::ops::Range<f32> = 0.03..0.15;
    let mut firsts = first_lines(pairs, known).into_iter().peekable();
    let (mut first, mut other) = (Vec::new(), Vec::new());
    for (at, pair) in pairs.iter().enumerate() {
        let is_first = firsts.next_if_eq(&at).is_some();
        // What goes on was full.
        if pair.start == Start::Small && pair.ending != Ending::Sentence {
            if is_first { &mut first } else { &mut other }.push(pair.room.filled);
        }
    }
    if first.len() < FEWEST {
        return 0.0;
    }
    let [first, other] = [first, other].map(|mut filled| {
        filled.sort_unstable_by(f32::total_cmp);
        filled.get(filled.len() * 9 / 10).copied().unwrap_or_default()
    });
    let hidden = other - first;
    if PLAUSIBLE.contains(&hidden) { hidden } else { 0.0 }
}

/// What the next line says of the place before it, by where it ends itself.
fn by_next(pairs: &[Pair<'_>], at: usize, hidden: f32) -> f32 {
    /// A line that is shorter by so much stands by itself.
    const ALONE: f32 = 0.15;
    /// How near a first line comes to the measure without the indent.
    const NEAR: f32 = 0.025;
    let (pair, Some(next)) = (&pairs[at], pairs.get(at + 1)) else { return 0.0 };
    if pair.ending != Ending::Sentence || pair.start != Start::Capital {
        return 0.0;
    }
    // A short line without an end is a heading, a caption or a name: in the middle of a paragraph there is none.
    if next.room.share > ALONE && next.ending == Ending::Open && next.start != Start::Small {
        return 4.0;
    }
    let goes_on = next.start == Start::Small && next.ending != Ending::Sentence;
    if hidden == 0.0 || !goes_on {
        return 0.0;
    }
    let first = 1.0 - hidden;
    if (next.room.filled - first).abs() <= NEAR {
        1.2
    } else if next.room.filled > first + NEAR {
        -2.0
    } else {
        0.0
    }
}

/// A semicolon in front of a capital ends an item, unless the paragraph enumerates so in its lines.
fn by_items(pair: &Pair<'_>, before: &[Line]) -> f32 {
    const FAR: usize = 20;
    let before = &before[before.len().saturating_sub(FAR)..];
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
        if ends_with_credit(line) && self.start != Start::Small {
            score += 6.0;
        }
        if is_name(next) && is_open && self.ending != Ending::Comma {
            score += 2.0;
        }
        if is_address(line) || is_address(next) {
            score += 8.0;
        }
        if is_row(line) || is_row(next) {
            score += 5.0;
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
