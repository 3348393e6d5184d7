//! Two ways of writing one thing in an issue: both are right, the mixture is not. Each is told once, at the first place of
//! the rarer way.

mod abbreviations;
mod bodies;
mod marks;
mod numbers;
mod spellings;

use std::ops::Range;

pub(super) use abbreviations::abbreviations;

use super::Report;
use super::passages::Passage;
use crate::diagnostic::{StyleKind, TextLint};

/// Looks for all mixtures in an issue.
pub(super) fn mixtures(passages: &[Passage], report: &mut Report) {
    let mut tallies = Tallies::default();
    for passage in passages {
        marks::count(passage, &mut tallies);
        numbers::count(passage, &mut tallies);
        spellings::count(passage, &mut tallies);
    }
    bodies::count(passages, &mut tallies);
    tallies.report(report);
}

/// How often each way of writing one thing is met.
#[derive(Default)]
struct Tallies<'a>(Vec<Tally<'a>>);

struct Tally<'a> {
    kind: StyleKind,
    /// What is written: of some kinds there are several, such as words.
    subject: String,
    ways: Vec<Way<'a>>,
}

struct Way<'a> {
    name: &'static str,
    count: usize,
    passage: &'a Passage,
    first: Range<usize>,
}

impl<'a> Tallies<'a> {
    /// Counts a place where something is written in one way.
    fn add(&mut self, kind: StyleKind, way: &'static str, passage: &'a Passage, place: Range<usize>) {
        self.add_of(kind, "", way, passage, place);
    }

    fn add_of(&mut self, kind: StyleKind, subject: &str, way: &'static str, passage: &'a Passage, place: Range<usize>) {
        if passage.is_address(&place) || passage.is_set_aside(&place) {
            return;
        }
        let known = self.0.iter_mut().position(|tally| tally.kind == kind && tally.subject == subject);
        let index = known.unwrap_or_else(|| {
            self.0.push(Tally { kind, subject: subject.to_owned(), ways: Vec::new() });
            self.0.len() - 1
        });
        let ways = &mut self.0[index].ways;
        match ways.iter_mut().find(|known| known.name == way) {
            Some(known) => known.count += 1,
            None => ways.push(Way { name: way, count: 1, passage, first: place }),
        }
    }

    /// Adds what was counted elsewhere.
    fn add_whole(&mut self, kind: StyleKind, ways: Vec<Way<'a>>) {
        self.0.push(Tally { kind, subject: String::new(), ways });
    }

    fn report(self, report: &mut Report) {
        for Tally { kind, mut ways, .. } in self.0 {
            // The commoner first; of two that are as common, the one that was met first.
            ways.sort_by_key(|way| std::cmp::Reverse(way.count));
            let Some((usual, [.., rarer])) = ways.split_first() else { continue };
            // What is wrong for another reason is no style.
            if report.has_found(rarer.passage, &rarer.first) {
                continue;
            }
            let error = TextLint::StyleMix {
                kind,
                found: rarer.text().to_owned(),
                count: rarer.count,
                usual: usual.text().to_owned(),
                usual_count: usual.count,
            };
            report.found(rarer.passage, rarer.first.clone(), error);
        }
    }
}

impl Way<'_> {
    /// What stands at its first place.
    fn text(&self) -> &str {
        &self.passage.text[self.first.clone()]
    }
}
