//! What fonts say of how their text was typed: by their names, and by what was found in them.

use std::collections::HashMap;

use super::Reading;
use super::evidence::Evidence;
use crate::vietnamese::Encoding;

/// How many words a name is worth as a vote.
const NAME_IS_WORTH: f32 = 2.0;
/// No font is more certain than this: people paste.
const HIGHEST_COST: f32 = 3.0;

/// How many words of each font were read in each way.
#[derive(Debug, Default)]
pub(super) struct Votes<'a>(HashMap<Option<&'a str>, [f32; 3]>);

impl<'a> Votes<'a> {
    pub(super) fn count(words: impl Iterator<Item = (Option<&'a str>, &'a Evidence, Reading)>) -> Self {
        let mut votes = Self::default();
        for (font, _, reading) in words.filter(|(_, evidence, _)| evidence.is_any()) {
            votes.0.entry(font).or_default()[reading as usize] += 1.0;
        }
        votes
    }

    /// What each reading of text in a font costs.
    pub(super) fn prior(&self, font: Option<&str>) -> [f32; 3] {
        let none = [0.0; 3];
        let votes = self.0.get(&font).unwrap_or(&none);
        let by_name = by_name(font);
        let total: f32 = votes.iter().sum::<f32>() + NAME_IS_WORTH;
        let mut costs = none;
        for ((cost, count), share) in costs.iter_mut().zip(votes).zip(by_name) {
            let share = (count + share * NAME_IS_WORTH) / total;
            *cost = (-share.ln()).min(HIGHEST_COST);
        }
        costs
    }
}

/// How likely each reading is by the name alone.
fn by_name(font: Option<&str>) -> [f32; 3] {
    let Some(font) = font else { return [0.5, 0.3, 0.2] };
    if is_named_for(font, Encoding::Tcvn3) {
        [0.2, 0.65, 0.15]
    } else if is_named_for(font, Encoding::Vni) {
        [0.2, 0.15, 0.65]
    } else {
        [0.7, 0.2, 0.1]
    }
}

/// The name without the tag of a subset in a PDF, in lower case.
fn family(font: &str) -> String {
    let name = font.split_once('+').map_or(font, |(_, name)| name);
    name.trim_start_matches(['.', '@']).to_lowercase()
}

/// Whether a font is named like those of TCVN3: `.VnTime`, `VnArialH`.
fn is_tcvn3(font: &str) -> bool {
    family(font).strip_prefix("vn").is_some_and(|rest| !rest.starts_with('i'))
}

/// Whether a font is named like those of an encoding.
pub(super) fn is_named_for(font: &str, encoding: Encoding) -> bool {
    match encoding {
        Encoding::Tcvn3 => is_tcvn3(font),
        Encoding::Vni => family(font).starts_with("vni"),
    }
}

/// Whether a font of TCVN3 prints capitals, whatever is typed: its name ends in `H`.
pub(super) fn prints_capitals(font: &str) -> bool {
    let name = font.split([',', '-', ' ']).next().unwrap_or(font);
    is_tcvn3(font) && name.ends_with('H')
}
