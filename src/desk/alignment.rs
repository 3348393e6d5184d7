//! Which passage of which file a printed line comes from. typst does not tell, so the letters of the lines are looked up
//! among those of the files: in the article in which the line stands, near what was found there before, and then
//! elsewhere.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::passages::{Passage, letters, passages};
use crate::issue::{Issue, PhotoFile};
use crate::source::{Place, Source};
use crate::typeset::{Area, PrintedLine, PrintedPage, PrintedPhoto};

/// Where a printed line comes from: a passage, and which of its letters (bytes of them).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub passage: usize,
    pub letters: Range<usize>,
}

/// The pages of an issue and where all on them comes from.
pub(super) struct Alignment {
    pub passages: Vec<Passage>,
    /// By page and line.
    lines: Vec<Vec<Option<Origin>>>,
    /// By page and photo: where the author calls for it.
    photos: Vec<Vec<Option<Place>>>,
}

/// Fewer letters say nothing about where they come from, beyond the article in which they stand.
const TELLING: usize = 8;

impl Alignment {
    pub(super) fn new(issue: &Issue, files: &[PhotoFile], pages: &[PrintedPage]) -> Self {
        let passages = passages(issue);
        let lines = Aligner::new(&passages).align(pages);
        let articles: Vec<_> = issue.articles().map(|article| article.source.name()).collect();
        let call = |photo: usize, article: Option<usize>| {
            let calls = &files.get(photo)?.calls;
            let name = article.and_then(|article| articles.get(article));
            let own = calls.iter().find(|(place, _)| name.is_some_and(|name| place.source.name() == *name));
            own.or_else(|| calls.first()).map(|(place, _)| place.clone())
        };
        let photos = pages.iter().map(|page| page.photos.iter().map(|it| call(it.photo, it.article)).collect());
        let photos = photos.collect();
        Self { passages, lines, photos }
    }

    /// What is printed at a point of a page, counted from 0: a file, its lines there, and all areas of the page that come
    /// from them.
    pub(super) fn at(&self, pages: &[PrintedPage], page: usize, x: f64, y: f64) -> Option<Found> {
        /// Who clicks between two lines means one of them.
        const NEAR: f64 = 6.0;
        let printed = pages.get(page)?;
        for near in [1.5, NEAR] {
            let lines = printed.lines.iter().zip(&self.lines[page]);
            let hit = lines.filter(|(line, origin)| origin.is_some() && line.area.holds(x, y, near));
            let middle = |line: &PrintedLine| (line.area.y + line.area.height / 2.0 - y).abs();
            if let Some((_, Some(origin))) = hit.min_by(|(a, _), (b, _)| middle(a).total_cmp(&middle(b))) {
                return Some(self.found(pages, page, origin.passage));
            }
            let mut photos = printed.photos.iter().zip(&self.photos[page]);
            if let Some((photo, Some(place))) = photos.find(|(photo, _)| photo.area.holds(x, y, near)) {
                let (line, end_line) = (place.start().line, place.end().line);
                let source = Arc::clone(&place.source);
                return Some(Found { source, line, end_line, page, areas: vec![photo.area] });
            }
        }
        None
    }

    fn found(&self, pages: &[PrintedPage], page: usize, passage: usize) -> Found {
        let origin = &self.passages[passage];
        let (line, end_line) = origin.lines();
        let areas = self.areas(pages, page, |other| other.passage == passage);
        Found { source: Arc::clone(&origin.source), line, end_line, page, areas }
    }

    fn areas(&self, pages: &[PrintedPage], page: usize, is_wanted: impl Fn(&Origin) -> bool) -> Vec<Area> {
        let lines = pages[page].lines.iter().zip(&self.lines[page]);
        lines.filter(|(_, origin)| origin.as_ref().is_some_and(&is_wanted)).map(|(line, _)| line.area).collect()
    }

    /// Where a line of a file is printed: on the page that is wanted, else in its own article, and only else on page one.
    /// Of a line that is not printed, what stands above it in the file.
    pub(super) fn of_line(
        &self,
        pages: &[PrintedPage],
        file: &str,
        line: usize,
        wanted_page: Option<usize>,
    ) -> Option<(usize, Vec<Area>)> {
        let of_file = |passage: &Passage| passage.source.name() == file;
        let mut wanted: Vec<usize> = self.indices(|passage| {
            let (first, last) = passage.lines();
            of_file(passage) && (first..=last).contains(&line)
        });
        if let Some(photo) = self.photo_of_line(pages, file, line) {
            return Some(photo);
        }
        if wanted.is_empty() {
            let above = |&index: &usize| self.passages[index].lines().0 <= line;
            let all = self.indices(of_file);
            let nearest = all.iter().copied().filter(above).max_by_key(|&index| self.passages[index].lines().0);
            wanted.extend(nearest.or_else(|| all.first().copied()));
        }
        if let Some(page) = wanted_page.filter(|&page| page < pages.len()) {
            let areas = self.areas(pages, page, |origin| wanted.contains(&origin.passage));
            if !areas.is_empty() {
                return Some((page, areas));
            }
        }
        self.first_page(pages, |origin| wanted.contains(&origin.passage))
    }

    /// The line on which a text of a file stands now that stood on another before: the nearest, where there are several.
    pub(super) fn line_of(&self, file: &str, line: usize, text: &str) -> Option<usize> {
        let wanted = letters(text);
        let of_file = self.passages.iter().filter(|passage| passage.source.name() == file && !wanted.is_empty());
        let same = of_file.filter(|passage| wanted.contains(&passage.letters) || passage.letters.contains(&wanted));
        same.map(|passage| passage.lines().0).min_by_key(|now| now.abs_diff(line))
    }

    fn indices(&self, is_wanted: impl Fn(&Passage) -> bool) -> Vec<usize> {
        (0..self.passages.len()).filter(|&index| is_wanted(&self.passages[index])).collect()
    }

    fn photo_of_line(&self, pages: &[PrintedPage], file: &str, line: usize) -> Option<(usize, Vec<Area>)> {
        pages.iter().zip(&self.photos).enumerate().find_map(|(page, (printed, places))| {
            let is_here = |place: &Place| place.source.name() == file && place.start().line == line;
            let at = places.iter().position(|place| place.as_ref().is_some_and(is_here))?;
            Some((page, vec![printed.photos[at].area]))
        })
    }

    /// The page on which a byte of a file is printed, counted from 0.
    pub(super) fn page_of(&self, pages: &[PrintedPage], place: &Place) -> Option<usize> {
        let holds = |passage: &Passage| {
            passage.source.name() == place.source.name()
                && (passage.range.start..=passage.range.end).contains(&place.range.start)
        };
        let wanted = self.indices(holds);
        let exact = |origin: &Origin| {
            let passage = &self.passages[origin.passage];
            wanted.contains(&origin.passage) && origin.letters.contains(&passage.letters_before(place.range.start))
        };
        let page = self.first_page(pages, exact).or_else(|| self.first_page(pages, |o| wanted.contains(&o.passage)));
        page.or_else(|| self.photo_of_line(pages, place.source.name(), place.start().line)).map(|(page, _)| page)
    }

    /// The first page with such lines; one where they stand in their own article comes before page one, where titles and
    /// leads stand, too.
    fn first_page(&self, pages: &[PrintedPage], is_wanted: impl Fn(&Origin) -> bool) -> Option<(usize, Vec<Area>)> {
        let is_own = |line: &PrintedLine, origin: &Origin| {
            let article = self.passages[origin.passage].article;
            // A kicker stands before its title, and so still in the article before.
            article.is_none() || line.article.is_some_and(|at| Some(at) == article || Some(at + 1) == article)
        };
        let page_with = |wants_own: bool| {
            pages.iter().zip(&self.lines).position(|(page, origins)| {
                page.lines.iter().zip(origins).any(|(line, origin)| {
                    origin.as_ref().is_some_and(|origin| is_wanted(origin) && (!wants_own || is_own(line, origin)))
                })
            })
        };
        let page = page_with(true).or_else(|| page_with(false))?;
        Some((page, self.areas(pages, page, &is_wanted)))
    }

    /// What is printed otherwise than before: areas by page, of passages and photos that were not there then.
    pub(super) fn changed_since(&self, before: &Self, pages: &[PrintedPage]) -> Vec<(usize, Area)> {
        let mut known: HashMap<(&str, &str), usize> = HashMap::new();
        for passage in &before.passages {
            *known.entry((passage.source.name(), passage.letters.as_str())).or_default() += 1;
        }
        let mut is_new = vec![false; self.passages.len()];
        for (passage, is_new) in self.passages.iter().zip(&mut is_new) {
            match known.get_mut(&(passage.source.name(), passage.letters.as_str())) {
                Some(count) if *count > 0 => *count -= 1,
                _ => *is_new = true,
            }
        }
        let pages = pages.iter().zip(&self.lines).enumerate();
        let areas = pages.flat_map(|(page, (printed, origins))| {
            let lines = printed.lines.iter().zip(origins);
            let new = lines.filter(|(_, origin)| origin.as_ref().is_some_and(|origin| is_new[origin.passage]));
            new.map(move |(line, _)| (page, line.area)).collect::<Vec<_>>()
        });
        areas.collect()
    }
}

/// What a place on a page was traced back to.
pub(super) struct Found {
    pub source: Arc<Source>,
    pub line: usize,
    pub end_line: usize,
    pub page: usize,
    pub areas: Vec<Area>,
}

/// The letters of some passages in a row, to look lines up in.
#[derive(Default)]
struct Text {
    letters: String,
    /// The passages, and where each begins.
    starts: Vec<(usize, usize)>,
}

struct Aligner<'a> {
    passages: &'a [Passage],
    /// What the manifest says, then each article.
    texts: Vec<Text>,
    /// Passages by all of their letters.
    whole: HashMap<&'a str, Vec<usize>>,
    /// In each text, behind what was found last.
    cursors: Vec<usize>,
}

impl<'a> Aligner<'a> {
    fn new(passages: &'a [Passage]) -> Self {
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

    fn align(mut self, pages: &[PrintedPage]) -> Vec<Vec<Option<Origin>>> {
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
