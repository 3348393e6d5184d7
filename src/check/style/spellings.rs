//! Syllables that are written with i or y: tỉ and tỷ, kĩ and kỹ.

use super::{Passage, StyleKind, Tallies};
use crate::check::words::words;

/// Each with its two spellings.
const SPELLINGS: [(&str, &str); 6] =
    [("tỉ", "tỷ"), ("kĩ", "kỹ"), ("sĩ", "sỹ"), ("quí", "quý"), ("lí", "lý"), ("kì", "kỳ")];

/// Behind these the first spelling is the only one: tỉ mỉ.
const ONLY_WITH_I: [&str; 8] = ["mỉ", "tê", "nhí", "lắc", "cọ", "kèo", "thị", "tí"];

pub(super) fn count<'a>(passage: &'a Passage, tallies: &mut Tallies<'a>) {
    let text = &passage.text;
    for range in words(text) {
        let word = &text[range.clone()];
        if word.is_ascii() || word.chars().count() > 3 {
            continue;
        }
        let pair = SPELLINGS.iter().find(|(with_i, with_y)| word == *with_i || word == *with_y);
        let Some((with_i, with_y)) = pair else { continue };
        let next = text[range.end..].trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if !ONLY_WITH_I.contains(&next) {
            let way = if word == *with_i { "i" } else { "y" };
            tallies.add_of(StyleKind::Spelling, with_y, way, passage, range);
        }
    }
}
