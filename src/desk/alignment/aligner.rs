//! Looks the letters of printed lines up among those of the files: in the article in which a line stands, near what was
//! found there before, and then elsewhere.

use std::collections::HashMap;

use memchr::memmem;

use super::super::passages::{Passage, letters};
use super::Origin;
use crate::typeset::{PrintedLine, PrintedPage, PrintedPhoto};

/// Fewer letters say nothing about where they come from, beyond the article in which they stand.
const TELLING: usize = 8;

/// The letters of some passages in a row, to look lines up in.
#[derive(Default)]
struct Text {
    letters: String,
    /// The passages, and where each begins.
    starts: Vec<(usize, usize)>,
}

pub(super) struct Aligner<'a> {
    passages: &'a [Passage],
    /// What the manifest says, then each article.
    texts: Vec<Text>,
    /// Passages by all of their letters.
    whole: HashMap<&'a str, Vec<usize>>,
    /// In each text, behind what was found last.
    cursors: Vec<usize>,
}

impl<'a> Aligner<'a> {
    pub(super) fn new(passages: &'a [Passage]) -> Self {
        let count = passages.iter().filter_map(|passage| passage.article).max().map_or(0, |last| last + 1);
        let mut texts: Vec<Text> = (0..=count).map(|_| Text::default()).collect();
        let mut whole: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, passage) in passages.iter().enumerate() {
            let text = &mut texts[place_of(passage.article)];
            text.starts.push((text.letters.len(), index));
            text.letters.push_str(&passage.letters);
            // Two passages are never one line.
            text.letters.push('\n');
            whole.entry(&passage.letters).or_default().push(index);
        }
        let cursors = vec![0; texts.len()];
        Self { passages, texts, whole, cursors }
    }

    pub(super) fn align(mut self, pages: &[PrintedPage]) -> Vec<Vec<Option<Origin>>> {
        let mut aligned: Vec<Vec<_>> = Vec::with_capacity(pages.len());
        for page in pages {
            let mut origins: Vec<_> =
                page.lines.iter().map(|line| self.caption(line, page).or_else(|| self.line(line))).collect();
            fill_gaps(&page.lines, &mut origins);
            aligned.push(origins);
        }
        aligned
    }

    /// A line right below a photo is of its caption, where that has such letters.
    fn caption(&self, line: &PrintedLine, page: &PrintedPage) -> Option<Origin> {
        /// How far below a photo its caption ends at most, in points.
        const REACH: f64 = 80.0;
        let is_below = |photo: &&PrintedPhoto| {
            let below = line.area.y - (photo.area.y + photo.area.height);
            let middle = line.area.x + line.area.width / 2.0;
            (-4.0..REACH).contains(&below) && (photo.area.x..photo.area.x + photo.area.width).contains(&middle)
        };
        let distance = |photo: &&PrintedPhoto| line.area.y - photo.area.y - photo.area.height;
        let photo = page.photos.iter().filter(is_below).min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        let article = photo.article;
        let mut captions =
            self.passages.iter().enumerate().filter(|(_, it)| it.photo == Some(photo.photo)).collect::<Vec<_>>();
        // The same photo may be in two articles.
        captions.sort_by_key(|(_, it)| it.article != article);
        let wanted: Vec<_> = wanted_of(line).into_iter().filter(|wanted| !wanted.is_empty()).collect();
        captions.into_iter().find_map(|(passage, it)| {
            // A few letters are of a caption where they end it.
            let is_telling = |wanted: &&String| wanted.len() >= TELLING || it.letters.ends_with(wanted.as_str());
            let mut telling = wanted.iter().filter(is_telling);
            let found = telling.find_map(|wanted| Some((it.letters.rfind(wanted.as_str())?, wanted.len())));
            found.map(|(at, length)| Origin { passage, letters: at..at + length })
        })
    }

    fn line(&mut self, line: &PrintedLine) -> Option<Origin> {
        if line.is_artifact {
            return None;
        }
        wanted_of(line).iter().find_map(|wanted| self.find(wanted, line.article))
    }

    fn find(&mut self, wanted: &str, article: Option<usize>) -> Option<Origin> {
        if wanted.is_empty() {
            return None;
        }
        let own = place_of(article);
        // A kicker is set before the title that says which article this is.
        let next = article.map_or(1, |article| place_of(Some(article)) + 1);
        let whole = self.whole.get(wanted).cloned().unwrap_or_default();
        let whole_in = |text: usize| whole.iter().copied().find(|&it| place_of(self.passages[it].article) == text);
        if article.is_some() {
            let at_cursor = self.nearest(wanted, own, true).or_else(|| self.nearest(wanted, own, false));
            let section = whole_in(0).filter(|_| whole_in(own).is_none());
            if let Some(found) = at_cursor.filter(|_| section.is_none()) {
                return Some(found);
            }
        }
        let elsewhere = [0, next].into_iter().find_map(whole_in).or_else(|| whole.first().copied());
        if let Some(passage) = elsewhere {
            return Some(Origin { passage, letters: 0..wanted.len() });
        }
        if wanted.len() < TELLING {
            return if article.is_none() { self.nearest(wanted, 0, false) } else { None };
        }
        let count = self.texts.len();
        let others = [next, 0].into_iter().chain(1..count).filter(|&text| text < count);
        others.into_iter().find_map(|text| self.nearest(wanted, text, false))
    }

    /// Looks letters up in a text: behind what was found last, or anywhere.
    fn nearest(&mut self, wanted: &str, text: usize, goes_on: bool) -> Option<Origin> {
        let cursor = self.cursors[text];
        let within = self.texts.get(text)?;
        let from = if goes_on { cursor } else { 0 };
        let at = from + memmem::find(&within.letters.as_bytes()[from..], wanted.as_bytes())?;
        // A few letters may stand much further on as well: they say nothing of how far the text has come. What is long
        // says so even where it goes back: a caption may have been printed before its turn.
        let is_far = at.abs_diff(cursor) > 400 && wanted.len() < 2 * TELLING;
        if !is_far {
            self.cursors[text] = at + wanted.len();
        }
        let index = within.starts.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        let (start, passage) = within.starts[index];
        Some(Origin { passage, letters: at - start..at - start + wanted.len() })
    }
}

/// What to look for, the surest first. What the layout adds, as the number of a note or of an item, stands in a run of
/// its own, or before a colon.
fn wanted_of(line: &PrintedLine) -> [String; 3] {
    let longest = line.runs.iter().map(|run| letters(run)).max_by_key(String::len).unwrap_or_default();
    let behind = line.text.split_once(": ").map(|(_, text)| letters(text)).unwrap_or_default();
    [letters(&line.text), longest, behind]
}

/// The text of an article, or of the manifest.
fn place_of(article: Option<usize>) -> usize {
    article.map_or(0, |article| article + 1)
}

/// A line that was not found, between two lines of one passage, is of that passage, too.
fn fill_gaps(lines: &[PrintedLine], origins: &mut [Option<Origin>]) {
    for at in 0..origins.len() {
        if origins[at].is_some() || lines[at].is_artifact {
            continue;
        }
        let before = origins[..at].iter().rev().flatten().next().cloned();
        let after = origins[at + 1..].iter().flatten().next();
        if let (Some(before), Some(after)) = (before, after)
            && before.passage == after.passage
        {
            origins[at] = Some(Origin { passage: before.passage, letters: before.letters.end..after.letters.start });
        }
    }
}
