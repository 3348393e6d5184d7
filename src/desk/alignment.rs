//! Which passage of which file a printed line comes from, and where a passage is printed. typst does not tell: `aligner`
//! finds it out by the letters.

mod aligner;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use aligner::Aligner;

use super::passages::{Passage, letters, passages};
use crate::issue::{Issue, PhotoFile};
use crate::source::{Place, Source};
use crate::typeset::{Area, PrintedLine, PrintedPage};

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
