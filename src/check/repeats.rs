//! The same word twice, where that is none of the doublings of Vietnamese.
//!
//! Vietnamese doubles words to say more or less of a thing: xanh xanh, ngày ngày, năm năm, luôn luôn. So of one word
//! alone, only those are found that nobody doubles; of two or more words in a row, most are.

use std::ops::Range;

use super::Report;
use super::passages::Passage;
use super::words::words;
use crate::diagnostic::TextLint;

/// Words that join others, and that nobody says twice.
const PARTICLES: &str = "của các và những được cho với trong tại về để khi này đã sẽ đang do theo một nhưng hoặc thì vì nên \
    cũng bị bởi như đến trên dưới phải nếu tuy cùng bằng giữa vào ra từng mỗi mọi rằng nhằm việc người";

/// Of these doublings are made all the same: từng bước từng bước, rất nhiều rất nhiều.
const DOUBLED: &str = "từng rất một hai ba ngày càng mỗi nhiều lần dần ai bao đâu nào gì thật mãi tầng lớp lúc khi vừa \
    đôi hàng chiều không";

/// The most words in a row that are looked at.
const LONGEST: usize = 5;

/// Reports words that stand twice in a row.
pub(super) fn repeats(passage: &Passage, report: &mut Report) {
    let text = &passage.text;
    let all: Vec<Range<usize>> = words(text).collect();
    let word = |index: usize| &text[all[index].clone()];
    let lower = |index: usize| word(index).to_lowercase();
    // Whether nothing but one space stands between a word and the next.
    let is_joined = |index: usize| &text[all[index].end..all[index + 1].start] == " ";
    let mut at = 0;
    while at + 1 < all.len() {
        let longest = LONGEST.min((all.len() - at) / 2);
        let is_repeated = |count: &usize| {
            (at..at + 2 * count - 1).all(is_joined)
                && (at..at + count).all(|index| word(index) == word(index + count))
                && is_mistake((at..at + count).map(word).collect())
        };
        let Some(count) = (1..=longest).find(is_repeated) else {
            at += 1;
            continue;
        };
        // đi đi về về
        let is_couple = |first: usize| is_joined(first) && is_joined(first + 1) && lower(first) == lower(first + 1);
        if count == 1 && at >= 2 && is_couple(at - 2) {
            at += 2;
            continue;
        }
        let range = all[at].start..all[at + 2 * count - 1].end;
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-/".contains(c));
        let is_part = joins(text[..range.start].chars().next_back()) || joins(text[range.end..].chars().next());
        if !is_part && !passage.is_address(&range) {
            let words = text[all[at].start..all[at + count - 1].end].to_owned();
            report.found(passage, range, TextLint::RepeatedWord { words });
        }
        at += 2 * count;
    }
}

/// Whether words that come twice cannot be meant to.
fn is_mistake(words: Vec<&str>) -> bool {
    let is_in = |list: &str, word: &str| list.split_ascii_whitespace().any(|known| known == word);
    match words.as_slice() {
        [word] => is_in(PARTICLES, word),
        [first, ..] => {
            // The same word four times is a cry, and a name may be one that is doubled.
            let is_varied = words.iter().any(|word| word != first);
            let is_name = words.iter().all(|word| word.starts_with(char::is_uppercase));
            let is_doubling = words.iter().any(|word| is_in(DOUBLED, word)) && words.len() == 2;
            let is_word = |word: &&&str| word.chars().nth(1).is_some();
            is_varied && !is_name && !is_doubling && words.iter().filter(is_word).count() >= 2
        }
        [] => false,
    }
}
