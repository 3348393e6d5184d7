//! A list of contents, and the titles in the text that it names.

use std::collections::HashMap;
use std::ops::Range;

use super::lines::Line;
use super::marks::{is_bullet, is_credit, plain};

/// What a list of contents is called, without marks and in small letters.
const NAMES: [&str; 11] = [
    "mục lục",
    "nội dung",
    "trong số này",
    "trong số",
    "nội dung số này",
    "nội dung chính",
    "nội dung bản tin",
    "mục lục bản tin",
    "trong bản tin này",
    "contents",
    "in this issue",
];

/// The most lines that a title is broken into.
const LONGEST_TITLE: usize = 7;
/// How many lines may stand between an entry that is found in the text and the next: those of entries that read otherwise.
const WIDEST_HOLE: usize = 12;
/// A list of more lines is none.
const LONGEST_LIST: usize = 400;

/// A list of contents and what it names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// The lines of the list; its heading is the line before.
    pub(super) list: Range<usize>,
    /// The lines of each entry that is known as a whole.
    pub(super) entries: Vec<Range<usize>>,
    /// The lines of each title in the text.
    pub(super) titles: Vec<Range<usize>>,
}

/// The first list of contents whose entries stand in the text, or whose lines all look like entries.
pub(super) fn find(lines: &[Line]) -> Option<Contents> {
    let headings = lines.iter().enumerate().filter(|(_, line)| NAMES.contains(&plain(&line.text).as_str()));
    let starts: Vec<usize> = headings.map(|(at, _)| at + 1).take(8).collect();
    if starts.is_empty() {
        return None;
    }
    let text = Text::new(lines);
    starts.iter().find_map(|start| text.list(*start)).or_else(|| starts.iter().find_map(|start| by_look(lines, *start)))
}

/// The lines as they are compared, and where each stands.
struct Text<'a> {
    lines: &'a [Line],
    plain: Vec<String>,
    places: HashMap<String, Vec<usize>>,
}

impl<'a> Text<'a> {
    fn new(lines: &'a [Line]) -> Self {
        let plain: Vec<String> = lines.iter().map(|line| plain(&line.text)).collect();
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, line) in plain.iter().enumerate() {
            places.entry(line.clone()).or_default().push(at);
        }
        Self { lines, plain, places }
    }

    fn list(&self, start: usize) -> Option<Contents> {
        let mut found = Contents { list: start..start, ..Contents::default() };
        let mut end = self.lines.len().min(start + LONGEST_LIST);
        let (mut at, mut matched) = (start, 0);
        while at < end && at - found.list.end <= WIDEST_HOLE {
            let after = found.titles.last().map_or(at, |title| title.end);
            let Some((entry, title)) = self.entry(at, after, end) else {
                at += 1;
                continue;
            };
            at = entry.end;
            matched += entry.len();
            end = end.min(title.start);
            found.list.end = at;
            found.entries.push(entry);
            found.titles.push(title);
        }
        let is_list = found.entries.len() >= 2 && matched * 2 >= found.list.len();
        while found.list.end < end && self.lines.get(found.list.end).is_some_and(|line| is_entry(&line.text)) {
            found.list.end += 1;
        }
        is_list.then_some(found)
    }

    /// The longest entry that starts at a line and stands in the text, and where; rather behind the title before.
    fn entry(&self, at: usize, after: usize, end: usize) -> Option<(Range<usize>, Range<usize>)> {
        (1..=self.longest_entry(at).min(end - at)).rev().find_map(|count| {
            let entry = at..at + count;
            let title = self.title(&entry, after.max(entry.end)).or_else(|| self.title(&entry, entry.end))?;
            Some((entry, title))
        })
    }

    /// How many lines an entry may have that starts at a line: the next one begins with a bullet, follows a page number,
    /// or stands below a section in capitals.
    fn longest_entry(&self, at: usize) -> usize {
        let text = |at: usize| self.lines.get(at).map_or("", |line| line.text.as_str());
        let is_capitals = |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
        let goes_on = |next: &usize| {
            let is_below_section = is_capitals(text(at)) && !is_capitals(text(*next));
            !is_bullet(text(*next)) && !ends_with_folio(text(next - 1)) && !is_below_section
        };
        1 + (at + 1..at + LONGEST_TITLE).take_while(goes_on).count()
    }

    fn title(&self, entry: &Range<usize>, from: usize) -> Option<Range<usize>> {
        let last = self.lines.get(entry.end.checked_sub(1)?)?;
        if is_credit(&last.text) {
            return None;
        }
        let whole = self.plain[entry.clone()].join(" ");
        let without_folio = without_folio(&whole);
        [Some(whole.as_str()), without_folio].into_iter().flatten().find_map(|title| self.place(title, from))
    }

    /// Where lines say this and nothing else.
    fn place(&self, title: &str, from: usize) -> Option<Range<usize>> {
        // A single word may stand anywhere.
        if !title.contains(' ') {
            return None;
        }
        let ends = title.match_indices(' ').map(|(at, _)| at).chain([title.len()]);
        let mut starts: Vec<usize> = ends.filter_map(|end| self.places.get(&title[..end])).flatten().copied().collect();
        starts.retain(|start| *start >= from);
        starts.sort_unstable();
        starts.into_iter().find_map(|start| self.says(start, title))
    }

    fn says(&self, start: usize, title: &str) -> Option<Range<usize>> {
        let mut rest = title;
        for (at, line) in self.plain.iter().enumerate().skip(start).take(LONGEST_TITLE) {
            rest = rest.strip_prefix(line.as_str())?.trim_start();
            if rest.is_empty() {
                return Some(start..at + 1);
            }
        }
        None
    }
}

/// An entry without the number of its page.
fn without_folio(entry: &str) -> Option<&str> {
    let (title, folio) = entry.rsplit_once(' ')?;
    let is_folio = folio.len() <= 3 && folio.bytes().all(|b| b.is_ascii_digit());
    is_folio.then(|| title.strip_suffix(" trang").unwrap_or(title))
}

/// Whether a line looks like an entry wherever it stands: with a bullet or with the number of its page.
pub(super) fn is_entry(text: &str) -> bool {
    is_bullet(text) || ends_with_folio(text)
}

/// Whether a line ends with leaders and a number.
pub(super) fn ends_with_folio(text: &str) -> bool {
    let title = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let has_number = title.len() < text.len() && text.len() - title.len() <= 3;
    let leaders =
        &title[title.trim_end_matches(|c: char| matches!(c, '.' | '…' | '_' | '·') || c.is_whitespace()).len()..];
    let dots: usize = leaders.chars().map(|c| if c == '…' { 3 } else { usize::from(!c.is_whitespace()) }).sum();
    has_number && (dots >= 3 || leaders.contains('\t') || leaders.contains("   "))
}

/// A list of which no entry stands in the text: the lines that look like entries.
fn by_look(lines: &[Line], start: usize) -> Option<Contents> {
    let count = lines.iter().skip(start).take_while(|line| is_entry(&line.text)).count();
    (count >= 2).then(|| Contents { list: start..start + count, ..Contents::default() })
}
