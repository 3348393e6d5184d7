//! The name of one body with large letters here and small ones there: Hội đồng nhân dân, Hội đồng Nhân dân.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Passage, StyleKind, Tallies, Way};
use crate::check::words::words;

/// Two words that a body's name begins with; two more tell one body from another.
const LONG_HEADS: &str = "ủy-ban uỷ-ban hội-đồng văn-phòng trung-tâm tổng-cục mặt-trận đảng-bộ liên-đoàn chi-cục học-viện \
    thường-trực ban-chỉ ban-quản ban-chấp ban-thường";

/// One word that a body's name begins with, and the words that may follow it there.
const SHORT_HEADS: [(&str, &str); 6] = [
    ("sở", "nội tài kế y giáo công nông tư văn thông lao tài giao xây khoa du ngoại quy kế"),
    ("bộ", "nội tài kế y giáo công nông tư văn thông lao giao xây khoa ngoại quốc"),
    ("ban", "tổ tuyên dân biên giám kinh nội thi bảo tiếp liên cán bí"),
    ("trường", "đại cao trung tiểu mầm chính phổ"),
    ("hội", "nông cựu liên chữ phụ sinh luật khuyến"),
    ("viện", "kiểm nghiên khoa hàn"),
];

/// Where a name is written with these large letters.
struct Written<'a> {
    count: usize,
    passage: &'a Passage,
    first: Range<usize>,
    /// In order of first place.
    order: usize,
}

pub(super) fn count<'a>(passages: &'a [Passage], tallies: &mut Tallies<'a>) {
    let mut names = BTreeMap::<String, BTreeMap<String, Written<'a>>>::new();
    let mut order = 0;
    for passage in passages {
        let text = &passage.text;
        let all: Vec<_> = words(text).collect();
        for (index, range) in all.iter().enumerate() {
            if !text[range.clone()].starts_with(char::is_uppercase) {
                continue;
            }
            let Some(name) = name_at(text, &all[index..]) else { continue };
            let (typed, key) = (text[name.clone()].to_owned(), text[name.clone()].to_lowercase());
            order += 1;
            let written = names.entry(key).or_default().entry(typed);
            let written = written.or_insert(Written { count: 0, passage, first: name, order });
            written.count += 1;
        }
    }
    for ways in names.into_values().filter(|ways| ways.len() > 1) {
        let mut ways: Vec<_> = ways.into_values().collect();
        ways.sort_by_key(|written| written.order);
        let way = |Written { count, passage, first, .. }: Written<'a>| Way { name: "", count, passage, first };
        tallies.add_whole(StyleKind::Capitals, ways.into_iter().map(way).collect());
    }
}

/// The first words of a body's name, as many as tell it from others; `None` where no name begins.
fn name_at(text: &str, words: &[Range<usize>]) -> Option<Range<usize>> {
    let lower = |index: usize| Some(text.get(words.get(index)?.clone())?.to_lowercase());
    let (first, second) = (lower(0)?, lower(1)?);
    let head = format!("{first}-{second}");
    let is_in = |list: &str, word: &str| list.split_ascii_whitespace().any(|known| known == word);
    let is_short = || SHORT_HEADS.iter().any(|(known, next)| *known == first && is_in(next, &second));
    let count = if is_in(LONG_HEADS, &head) {
        4
    } else if is_short() {
        3
    } else {
        return None;
    };
    // Tổng cục trưởng is a person.
    if lower(2).is_some_and(|third| third == "trưởng" || third == "phó") {
        return None;
    }
    let name = words.get(..count)?;
    let is_joined = name.windows(2).all(|pair| &text[pair[0].end..pair[1].start] == " ");
    // All in large letters says nothing.
    let is_plain = name.iter().all(|word| text[word.clone()].chars().skip(1).all(char::is_lowercase));
    let is_whole = is_joined && is_plain;
    is_whole.then(|| name[0].start..name[count - 1].end)
}
