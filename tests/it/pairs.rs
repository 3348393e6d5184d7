//! The tool that counts pairs of syllables. It makes `src/vietnamese/pairs.bin` and `pairs-sources.md` out of a folder of
//! statutes, as Markdown or plain text:
//!
//!     STATUTES=folder cargo test --locked --test it -- --ignored pairs::table
//!
//! Statutes and other documents of the state are nobody's property (Law on Intellectual Property of Viet Nam, article
//! 15). Nothing but them may be counted: no word lists of others, no news.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use bantin::vietnamese::{LEVELS, Syllable, normal, pair_table};

use crate::support::repository;

/// Shorter files are lists of contents.
const SHORTEST: usize = 100_000;

/// What a statute may be, and how its number ends the line that names it.
const KINDS: [&str; 10] = [
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Nghị định",
    "Nghị quyết",
    "Quyết định",
    "Thông tư liên tịch",
    "Thông tư",
    "Lệnh",
    "Chỉ thị",
];

#[derive(Default)]
struct Counts {
    /// By syllable, its number; `None` for what is none.
    syllables: HashMap<String, Option<u32>>,
    names: Vec<String>,
    pairs: HashMap<(u32, u32), u32>,
    total: usize,
}

impl Counts {
    fn syllable(&mut self, word: &str) -> Option<u32> {
        if let Some(known) = self.syllables.get(word) {
            return *known;
        }
        let number = Syllable::of(word).and_then(|_| {
            let name = normal(word);
            let known = self.names.iter().position(|other| *other == name);
            let number = known.unwrap_or_else(|| {
                self.names.push(name);
                self.names.len() - 1
            });
            u32::try_from(number).ok()
        });
        self.syllables.insert(word.to_owned(), number);
        number
    }

    fn line(&mut self, line: &str) {
        let mut before: Option<(u32, usize)> = None;
        let mut at = 0;
        while let Some(start) = line[at..].find(char::is_alphabetic).map(|found| at + found) {
            let end = line[start..].find(|c: char| !c.is_alphabetic()).map_or(line.len(), |length| start + length);
            at = end;
            let Some(syllable) = self.syllable(&line[start..end]) else {
                before = None;
                continue;
            };
            self.total += 1;
            if let Some((other, other_end)) = before
                && &line[other_end..start] == " "
            {
                *self.pairs.entry((other, syllable)).or_default() += 1;
            }
            before = Some((syllable, end));
        }
    }
}

/// The statutes that a line names as what it was taken from: `(Điều 1 Nghị định số 27/2012/NĐ-CP …`.
fn sources(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("(Điều ")?;
    let rest = rest.split_once(' ')?.1;
    let kind = KINDS.iter().find(|kind| rest.starts_with(**kind))?;
    let rest = rest[kind.len()..].trim_start();
    let number = rest.strip_prefix("số ").unwrap_or(rest).split([' ', ',', ')']).next()?;
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('/');
    is_number.then(|| ((*kind).to_owned(), number.trim_end_matches(['.', ';']).to_owned()))
}

#[test]
#[ignore = "a tool: it makes the table anew"]
fn table() {
    let folder = std::env::var("STATUTES").expect("STATUTES names a folder");
    let left_out = std::env::var("STATUTES_LEFT_OUT").unwrap_or_default();
    let mut files = bantin::fs::files_below(Path::new(&folder));
    files.retain(|file| (file.ends_with(".md") || file.ends_with(".txt")) && !left_out.lines().any(|out| out == file));
    files.sort();
    let mut counts = Counts::default();
    let mut statutes = BTreeMap::<String, BTreeSet<String>>::new();
    let mut seen = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(Path::new(&folder).join(&file)).unwrap_or_default();
        if text.len() < SHORTEST {
            continue;
        }
        for line in text.lines().filter(|line| !line.starts_with(['|', '#', '-'])) {
            if let Some((kind, number)) = sources(line) {
                statutes.entry(kind).or_default().insert(number);
            }
            // A statute may stand in several files.
            if line.len() < 40 || seen.insert(line.to_owned()) {
                counts.line(line);
            }
        }
    }
    let mut pairs: Vec<_> = counts.pairs.iter().collect();
    pairs.sort();
    let name = |syllable: u32| counts.names[syllable as usize].as_str();
    let named: Vec<_> = pairs.iter().map(|((first, second), count)| (name(*first), name(*second), **count)).collect();
    let table = pair_table(named.iter().copied());
    let source = repository().join("src/vietnamese");
    std::fs::write(source.join("pairs.bin"), table).expect("the table is written");

    let mut list = "# Statutes in which pairs of syllables were counted\n\n".to_owned();
    let levels = LEVELS.map(|(least, _, _)| named.iter().filter(|(_, _, count)| *count >= least).count().to_string());
    let _ = writeln!(
        list,
        "{} syllables, {} pairs; {} of them on the three levels. The statutes, by kind and number, as the state has \
         codified and published them:\n",
        counts.total,
        named.len(),
        levels.join(", ")
    );
    for (kind, numbers) in statutes {
        let numbers: Vec<_> = numbers.into_iter().collect();
        let _ = writeln!(list, "## {kind}\n\n{}\n", numbers.join(", "));
    }
    std::fs::write(source.join("pairs-sources.md"), list.trim_end().to_owned() + "\n").expect("the list is written");
}
