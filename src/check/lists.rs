//! Ordered lists whose numbers do not count up, or that the layout counts anew.

use crate::diagnostic::{Diagnostic, Finding, ListLint};
use crate::issue::{Block, Issue, List, Run};
use crate::source::Place;

/// Ordered lists whose numbers are not those that anybody expects. `counts` is whether the layout counts the items of a
/// list itself, from the first number on: layouts made before numbers were printed as typed do.
pub fn numbers(issue: &Issue, counts: bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for article in issue.articles() {
        for blocks in std::iter::once(&article.blocks).chain(&article.notes) {
            each_list(blocks, &mut |list| {
                let recounted = if counts { recounted(list) } else { None };
                if let Some((error, number)) = recounted.or_else(|| not_ascending(list)) {
                    let place = Place::new(&article.source, number.range.clone());
                    found.push(Diagnostic::warning(Finding::ListNumbers(error), place));
                }
            });
        }
    }
    found
}

fn each_list(blocks: &[Block], see: &mut dyn FnMut(&List)) {
    for block in blocks {
        match block {
            Block::List(list) => {
                see(list);
                list.items.iter().for_each(|item| each_list(item, see));
            }
            Block::Quote(blocks) | Block::Pull(blocks) | Block::Box { blocks, .. } => each_list(blocks, see),
            _ => {}
        }
    }
}

/// The first number that a layout which counts prints otherwise than it was typed.
fn recounted(list: &List) -> Option<(ListLint, &Run)> {
    let counted = (list.start?..).map(|number| format!("{number}."));
    let (number, printed) = list.numbers.iter().zip(counted).find(|(number, counted)| number.text != *counted)?;
    Some((ListLint::Recounted { typed: number.text.clone(), printed }, number))
}

/// The first number that is not greater than the one before it. A list may leave numbers out: 5, 7, 9.
fn not_ascending(list: &List) -> Option<(ListLint, &Run)> {
    let value = |number: &Run| number.text.trim_end_matches(['.', ')']).parse::<u64>().unwrap_or_default();
    let pair = list.numbers.windows(2).find(|pair| value(&pair[1]) <= value(&pair[0]))?;
    let (before, found) = (pair[0].text.clone(), pair[1].text.clone());
    let error = if value(&pair[1]) == value(&pair[0]) {
        ListLint::Repeated { found }
    } else {
        ListLint::Falling { before, found }
    };
    Some((error, &pair[1]))
}
