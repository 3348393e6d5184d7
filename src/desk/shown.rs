//! A setting of the pages: their pictures, what is printed on them, and where that comes from.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::alignment::Alignment;
use crate::issue::{Issue, PhotoFile};
use crate::typeset::{Area, LaidOut, PrintedPage};

/// An article in the list of articles.
#[derive(Debug)]
pub(super) struct Entry {
    pub file: String,
    pub title: String,
    pub section: Option<String>,
    /// The page on which it begins, counted from 1.
    pub page: usize,
}

/// A setting that can be shown.
pub(super) struct Shown {
    laid_out: LaidOut,
    pub pages: Vec<PrintedPage>,
    pub alignment: Alignment,
    pub articles: Vec<Entry>,
    /// Pictures that were asked for, by hash: those of earlier settings are handed on where they are the same.
    pictures: Mutex<HashMap<u128, Arc<String>>>,
}

impl Shown {
    pub(super) fn new(laid_out: LaidOut, issue: &Issue, files: &[PhotoFile], before: Option<&Self>) -> Self {
        let count = issue.articles().count();
        let pages = laid_out.printed_pages(count);
        let alignment = Alignment::new(issue, files, &pages);
        let printed = crate::typeset::printed(&laid_out.document, count);
        let titled = issue.sections.iter().flat_map(|section| {
            let title = section.title.as_ref().map(|title| title.value.clone());
            section.articles.iter().map(move |article| (article, title.clone()))
        });
        let articles = titled.zip(printed).map(|((article, section), printed)| Entry {
            file: article.source.name().to_owned(),
            title: article.title.value.clone(),
            section,
            page: printed.page,
        });
        let articles = articles.collect();
        let mut pictures = before.map(|before| before.lock().clone()).unwrap_or_default();
        pictures.retain(|hash, _| pages.iter().any(|page| page.hash == *hash));
        Self { laid_out, pages, alignment, articles, pictures: Mutex::new(pictures) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u128, Arc<String>>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The picture with this hash; `None` where no page looks so.
    pub(super) fn picture(&self, hash: u128) -> Option<Arc<String>> {
        if let Some(picture) = self.lock().get(&hash) {
            return Some(Arc::clone(picture));
        }
        let page = self.pages.iter().position(|page| page.hash == hash)?;
        let picture = Arc::new(self.laid_out.picture(page)?);
        self.lock().insert(hash, Arc::clone(&picture));
        Some(picture)
    }

    /// What is printed otherwise than in an earlier setting: areas, by page counted from 0.
    pub(super) fn changed_since(&self, before: &Self) -> Vec<(usize, Area)> {
        /// More than that is no change, but another issue.
        const MOST: usize = 200;
        let mut areas = self.alignment.changed_since(&before.alignment, &self.pages);
        let known = |area: &Area, page: &PrintedPage| page.photos.iter().any(|photo| photo.area == *area);
        for (index, page) in self.pages.iter().enumerate() {
            let is_same = before.pages.iter().any(|other| other.hash == page.hash);
            let was = before.pages.get(index);
            let new = page.photos.iter().filter(|photo| !is_same && !was.is_some_and(|was| known(&photo.area, was)));
            areas.extend(new.map(|photo| (index, photo.area)));
        }
        if areas.len() > MOST { Vec::new() } else { areas }
    }
}
