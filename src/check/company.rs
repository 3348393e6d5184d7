//! Words that the same issue writes otherwise in the same company: Công Dịch vụ công, where it has Cổng Dịch vụ công twice
//! and more. No list of words is asked, only the issue itself, and how often two syllables stand side by side in
//! statutes.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::Report;
use super::passages::Passage;
use super::words::words;
use crate::diagnostic::TextLint;
use crate::vietnamese::{Placement, Syllable, normal, pair_level};

/// How often the other word must stand in the same company.
const OFTEN: usize = 2;

/// A word that stands so often in the issue is one of its own.
const COMMON: usize = 3;

/// A syllable in the text of a passage.
struct Token<'a> {
    passage: &'a Passage,
    start: usize,
    end: usize,
    /// Its place in the vocabulary.
    id: usize,
    /// Whether it follows the syllable before it with nothing but a space between.
    follows: bool,
}

impl Token<'_> {
    /// Whether it begins with a large letter.
    fn is_large(&self) -> bool {
        self.passage.text[self.start..self.end].starts_with(char::is_uppercase)
    }
}

/// The syllables of an issue, each once: as they are written in small letters, and their bare letters.
#[derive(Default)]
struct Vocabulary<'a> {
    ids: FxHashMap<&'a str, Option<usize>>,
    names: Vec<String>,
    bare: Vec<usize>,
    /// How often each stands in the issue.
    counts: Vec<usize>,
    /// How many syllables have the same bare letters.
    same: Vec<usize>,
    by_name: FxHashMap<String, usize>,
    by_bare: FxHashMap<String, usize>,
}

/// The neighbours of a place, of which kind they are, and the bare letters of what stands there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Company {
    kind: Kind,
    neighbours: [usize; 3],
    bare: usize,
}

/// Which neighbours of a place are its company.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// One at each side.
    Around,
    /// Two behind it.
    Behind,
    /// Two before it.
    Before,
    /// Three behind it, all of one name: Cổng Dịch vụ công.
    Name,
}

/// Reports words that stand in company in which the issue has another word with the same letters and other marks.
pub(super) fn suspects(passages: &[Passage], report: &mut Report) {
    let mut vocabulary = Vocabulary::default();
    let tokens = tokens(passages, &mut vocabulary);
    let mut companies: Vec<(Company, usize)> = Vec::new();
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| vocabulary.has_others(token.id)) {
        companies.extend(companies_of(&tokens, index, vocabulary.bare[token.id]).map(|company| (company, index)));
    }
    companies.sort_unstable();
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for places in companies.chunk_by(|(one, _), (other, _)| one == other).filter(|places| places.len() > OFTEN) {
        let mut ids: Vec<_> = places.iter().map(|(_, place)| tokens[*place].id).collect();
        ids.sort_unstable();
        let counts: Vec<_> = ids.chunk_by(|one, other| one == other).map(|same| (same[0], same.len())).collect();
        let most = counts.iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count >= OFTEN);
        let Some(&(usual, count)) = most else { continue };
        // A word that stands there often, too, is meant.
        let is_rare =
            |id: usize| id != usual && counts.iter().any(|(other, rare)| *other == id && rare * OFTEN <= count);
        for (company, place) in places.iter().filter(|(_, place)| is_rare(tokens[*place].id)) {
            if company.kind == Kind::Name || is_unlikely(&tokens, *place, usual, &vocabulary) {
                found.push((*place, usual, count));
            }
        }
    }
    // Each place once, with the word that stands there most often.
    found.sort_by_key(|(place, _, count)| (*place, std::cmp::Reverse(*count)));
    found.dedup_by_key(|(place, _, _)| *place);
    for (place, usual, count) in found {
        let Token { passage, start, end, .. } = tokens[place];
        let range = start..end;
        let meant = in_case_of(&passage.text[range.clone()], &vocabulary.names[usual]);
        let error = TextLint::SuspectWord { found: passage.text[range.clone()].to_owned(), usual: meant, count };
        report.found(passage, range, error);
    }
}

fn tokens<'a>(passages: &'a [Passage], vocabulary: &mut Vocabulary<'a>) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    for passage in passages.iter().filter(|passage| has_marks(&passage.text)) {
        let mut last: Option<usize> = None;
        for range in words(&passage.text).filter(|range| !passage.is_address(range)) {
            let Some(id) = vocabulary.id(&passage.text[range.clone()]) else {
                last = None;
                continue;
            };
            vocabulary.counts[id] += 1;
            let follows = last.is_some_and(|end| &passage.text[end..range.start] == " ");
            last = Some(range.end);
            tokens.push(Token { passage, start: range.start, end: range.end, id, follows });
        }
    }
    tokens
}

/// Whether a text is written with marks at all.
fn has_marks(text: &str) -> bool {
    let (all, marked) =
        text.split_whitespace().fold((0, 0), |(all, marked), word| (all + 1, marked + usize::from(!word.is_ascii())));
    marked * 4 >= all
}

impl<'a> Vocabulary<'a> {
    /// Whether the issue has other words with the same letters.
    fn has_others(&self, id: usize) -> bool {
        self.same[self.bare[id]] > 1
    }

    fn id(&mut self, word: &'a str) -> Option<usize> {
        if let Some(known) = self.ids.get(word) {
            return *known;
        }
        // A mark on the wrong letter is told of as such.
        let is_whole = |syllable: &Syllable| !matches!(syllable.placement(), Some(Placement::Wrong { .. }));
        let id = Syllable::of(word).filter(is_whole).map(|_| self.id_of(normal(word)));
        self.ids.insert(word, id);
        id
    }

    fn id_of(&mut self, name: String) -> usize {
        if let Some(known) = self.by_name.get(&name) {
            return *known;
        }
        let letters: String = name.nfd().filter(char::is_ascii_alphabetic).collect();
        // đ has no mark that comes off.
        let letters = if name.starts_with('đ') { format!("d{letters}") } else { letters };
        let next = self.by_bare.len();
        let bare = *self.by_bare.entry(letters).or_insert(next);
        if bare == self.same.len() {
            self.same.push(0);
        }
        self.same[bare] += 1;
        let id = self.names.len();
        self.bare.push(bare);
        self.counts.push(0);
        self.names.push(name.clone());
        self.by_name.insert(name, id);
        id
    }
}

/// The company of a token, of each kind that it has.
fn companies_of<'t>(tokens: &'t [Token<'_>], index: usize, bare: usize) -> impl Iterator<Item = Company> + 't {
    /// No syllable.
    const NONE: usize = usize::MAX;
    // The token so many places behind, if no mark stands between.
    let behind = move |steps: usize| {
        let all_follow = (1..=steps).all(|step| tokens.get(index + step).is_some_and(|token| token.follows));
        all_follow.then(|| tokens[index + steps].id)
    };
    let before = move |steps: usize| {
        let all_follow = index >= steps && (0..steps).all(|step| tokens[index - step].follows);
        all_follow.then(|| tokens[index - steps].id)
    };
    let pair = move |kind: Kind, first: Option<usize>, second: Option<usize>| {
        Some(Company { kind, neighbours: [first?, second?, NONE], bare })
    };
    let name = move || {
        let is_name = tokens[index].is_large() && tokens.get(index + 1)?.is_large();
        let neighbours = [behind(1)?, behind(2)?, behind(3)?];
        is_name.then_some(Company { kind: Kind::Name, neighbours, bare })
    };
    let around = pair(Kind::Around, before(1), behind(1));
    let right = pair(Kind::Behind, behind(1), behind(2));
    let left = pair(Kind::Before, before(2), before(1));
    [around, right, left, name()].into_iter().flatten()
}

/// Whether what stands at a place is much less likely there than what the issue has elsewhere.
fn is_unlikely(tokens: &[Token<'_>], place: usize, usual: usize, vocabulary: &Vocabulary<'_>) -> bool {
    let name = |id: usize| vocabulary.names[id].as_str();
    let id = tokens[place].id;
    let left = tokens[place].follows.then(|| tokens[place - 1].id);
    let right = tokens.get(place + 1).filter(|token| token.follows).map(|token| token.id);
    let level = |id: usize| {
        let before = left.map(|left| pair_level(name(left), name(id)));
        let behind = right.map(|right| pair_level(name(id), name(right)));
        (before, behind)
    };
    let levels = |(before, behind): (Option<u8>, Option<u8>)| [before.unwrap_or(0), behind.unwrap_or(0)];
    let (here, there) = (levels(level(id)), levels(level(usual)));
    let sum = |levels: [u8; 2]| levels[0] + levels[1];
    // A word that goes well with one of its neighbours may belong to that alone.
    let goes_well = here.contains(&2) || here.contains(&3);
    // A word that the issue has in other places is one of its own, and wrong here only beyond doubt.
    let is_sure = if vocabulary.counts[id] < COMMON { there.iter().any(|level| *level >= 2) } else { there == [3, 3] };
    !goes_well && is_sure && sum(there) >= sum(here) + 2
}

/// A word with a large letter where the one in its place has one.
fn in_case_of(found: &str, word: &str) -> String {
    if found.chars().all(char::is_uppercase) && found.chars().nth(1).is_some() {
        return word.to_uppercase();
    }
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if found.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => word.to_owned(),
    }
}
