//! From data to pages: the issue is written for its layout as `issue.json`, compiled by typst, and compiled again until
//! the columns end level.
//!
//! [`Typesetter`] keeps the world in which it compiles, so that what has not changed since the last time is not set anew.
//! typst appears below this module, in `fonts` and in `pdf`, and nowhere else.

mod attribution;
mod balance;
mod clipped;
mod compile;
mod composition;
mod predecode;
mod printed;
mod routines;
mod screen;
mod walk;
mod world;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use attribution::attribute_to_article;
use balance::{ColumnBalance, run_ends};
pub use clipped::{clipped_bytes, without_clipped};
pub use compile::{compile, diagnostic};
use composition::{Composition, Galleys, Remark, Searches, places};
use predecode::PendingImage;
pub use printed::{Printed, printed};
pub use screen::{Area, PrintedLine, PrintedPage, PrintedPhoto};
use serde_json::Value;
use typst::foundations::Bytes;
pub use typst_layout::PagedDocument;
pub use world::BulletinWorld;

use crate::diagnostic::{Diagnostic, Finding};
use crate::issue::{Block, Issue};
use crate::layout::{self, Attachment, Layout};
use crate::photo::Prepared;
use crate::workspace::Files;

/// The version of typst that sets the pages.
pub const TYPST: &str = "0.15.1";

/// Sets the pages of an issue, again and again: what has not changed since the last time is not set anew.
pub struct Typesetter {
    world: BulletinWorld,
    layout: Arc<Layout>,
    searches: Searches,
}

/// Pages that are laid out.
pub struct LaidOut {
    pub document: PagedDocument,
    /// What typst warns of.
    pub warnings: Vec<Diagnostic>,
    /// The bytes of the photos of the issue, in their order.
    pub photos: Vec<Arc<Vec<u8>>>,
}

impl LaidOut {
    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }
}

impl Typesetter {
    /// A typesetter for a layout.
    pub fn new(layout: &Arc<Layout>) -> Self {
        let world = BulletinWorld::new(Arc::clone(&layout.fonts), layout.origin());
        Self { world, layout: Arc::clone(layout), searches: Searches::default() }
    }

    /// The layout in which it sets pages.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// The world in which pages are set.
    pub fn world(&self) -> &BulletinWorld {
        &self.world
    }

    /// The project as it was compiled at last: what the stock typst needs beside the fonts.
    pub fn files(&self) -> Files {
        self.world.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec().into())).collect()
    }

    /// Sets the pages, and sets them again until the columns end level where a run of pages ends. Fails with the errors
    /// of the layout.
    pub fn lay_out(
        &mut self,
        issue: &Issue,
        photos: &[Prepared],
        attachments: &[Attachment],
    ) -> Result<LaidOut, Vec<Diagnostic>> {
        let mut balance = ColumnBalance::default();
        let mut files = project(photos, attachments, &self.layout);
        files
            .push((layout::ISSUE.to_owned(), Bytes::from_string(layout::issue_data(issue, photos, &self.layout.spec))));
        files.push((balance::FILE.to_owned(), Bytes::from_string(balance.to_json())));
        self.replace_all(files);
        let pending = photos.iter().filter_map(|photo| PendingImage::new(&photo.path, self.world.bytes(&photo.path)?));
        let pending = pending.collect();
        let (laid_out, ()) = rayon::join(|| self.lay_out_level(issue, &mut balance), || predecode::decode(pending));
        let photos = photos.iter().map(|photo| Arc::clone(&photo.bytes)).collect();
        laid_out.map(|laid_out| LaidOut { photos, ..laid_out })
    }

    /// Composes the pages where the layout can be composed, else levels the columns of what it sets by itself.
    fn lay_out_level(&mut self, issue: &Issue, balance: &mut ColumnBalance) -> Result<LaidOut, Vec<Diagnostic>> {
        let galleys = compile::draft(&self.world);
        let pages = issue.manifest.pages.map(|pages| pages as usize);
        if let Some(mut galleys) = galleys.as_ref().and_then(Galleys::read) {
            if let Some(probes) = galleys.probes() {
                self.order(balance, &probes);
                compile::draft(&self.world).iter().for_each(|probes| galleys.learn(probes));
            }
            let composition = self.searches.compose(galleys, pages);
            return self.compose(issue, composition, balance);
        }
        /// More than the runs need to come out level or be given up; each costs a fraction of the first.
        const TRIES: usize = 10;
        let mut tries = 0;
        // Where columns end shows before the contents know their page numbers: in drafts, at half the time.
        while tries < TRIES {
            let Some(document) = compile::draft(&self.world) else { break };
            if !balance.adjust(&run_ends(&document)) {
                break;
            }
            tries += 1;
            self.tell(balance);
        }
        loop {
            let (document, warnings) = compile(&self.world)?;
            if tries > TRIES || !balance.adjust(&run_ends(&document)) {
                return Ok(LaidOut { document, warnings, photos: Vec::new() });
            }
            tries += 1;
            if tries > TRIES {
                balance.give_up();
            }
            self.tell(balance);
        }
    }

    /// Sets the pages as they were composed. Where something came out otherwise, they are composed again.
    fn compose(
        &mut self,
        issue: &Issue,
        mut composition: Composition,
        balance: &ColumnBalance,
    ) -> Result<LaidOut, Vec<Diagnostic>> {
        /// Heights that a layout gets wrong are found one by one.
        const CORRECTIONS: usize = 3;
        loop {
            self.order(balance, &composition.orders());
            let (document, mut warnings) = compile(&self.world)?;
            let places = places(&document);
            let may_correct = composition.corrections() < CORRECTIONS;
            if may_correct && !composition.is_as_meant(&places) {
                composition.correct(&places, &mut self.searches);
            } else if !composition.is_nearly_as_meant(&places) {
                composition.give_up(&places);
            } else {
                let remarks = composition.remarks(&places, document.pages().len());
                warnings.extend(remarks.into_iter().filter_map(|remark| warning(issue, &remark)));
                return Ok(LaidOut { document, warnings, photos: Vec::new() });
            }
        }
    }

    /// Tells the layout how far the feet of columns are raised.
    fn tell(&mut self, balance: &ColumnBalance) {
        self.order(balance, &Value::Null);
    }

    /// Tells it also what stands where.
    fn order(&mut self, balance: &ColumnBalance, composition: &Value) {
        let file = balance::with_composition(balance, composition);
        self.world.replace([(balance::FILE, Some(Bytes::from_string(file)))]);
    }

    /// Makes these the files of the world, and no others.
    fn replace_all(&mut self, files: Vec<(String, Bytes)>) {
        let names: BTreeSet<_> = files.iter().map(|(path, _)| path.as_str()).collect();
        let gone = self.world.files().map(|(path, _)| path).filter(|path| !names.contains(path));
        let gone: Vec<_> = gone.map(|path| (path.to_owned(), None)).collect();
        self.world.replace(files.into_iter().map(|(path, bytes)| (path, Some(bytes))).chain(gone));
    }
}

/// A remark on the pages as a warning, at the photo or in the manifest.
fn warning(issue: &Issue, remark: &Remark) -> Option<Diagnostic> {
    let of_issue = |finding| Some(Diagnostic::warning_in_file(finding, issue.manifest.source.name()));
    match *remark {
        Remark::PhotoFar { article, block, page, called } => {
            let Some(Block::Photo(photo)) = issue.articles().nth(article)?.blocks.get(block) else { return None };
            Some(Diagnostic::warning(Finding::PhotoFar { page, called }, photo.place.clone()))
        }
        Remark::NotComposed { article, block } => {
            let article = issue.articles().nth(article)?;
            match block.and_then(|block| article.blocks.get(block)) {
                Some(Block::Photo(photo)) => Some(Diagnostic::warning(Finding::PagesNotComposed, photo.place.clone())),
                _ => Some(Diagnostic::warning_in_file(Finding::PagesNotComposed, article.source.name())),
            }
        }
        Remark::NearlyEmpty { page, percent } => of_issue(Finding::PageNearlyEmpty { page, percent }),
        Remark::NotFitted { wanted, pages } => {
            let wanted = u32::try_from(wanted).ok()?;
            of_issue(Finding::PagesNotFitted { wanted, pages: u32::try_from(pages).ok()? })
        }
    }
}

/// Everything that typst sees when an issue is set, but for its data and the balance of its columns: photos, attachments
/// and the layout, by path.
fn project(photos: &[Prepared], attachments: &[Attachment], layout: &Layout) -> Vec<(String, Bytes)> {
    let mut files: Vec<_> =
        layout.files.iter().map(|(path, bytes)| (path.clone(), Bytes::new(bytes.clone()))).collect();
    for photo in photos {
        files.push((photo.path.trim_start_matches('/').to_owned(), Bytes::new(Shared(Arc::clone(&photo.bytes)))));
    }
    let main = layout::main_file(&layout.name, !attachments.is_empty());
    files.push(("main.typ".to_owned(), Bytes::from_string(main)));
    files.push(("data.typ".to_owned(), Bytes::from_string(layout::DATA_FILE.to_owned())));
    if !attachments.is_empty() {
        files.push(("attachments.json".to_owned(), Bytes::from_string(layout::attachments_data(attachments))));
        for (index, attachment) in attachments.iter().enumerate() {
            let bytes = Bytes::new(Shared(Arc::clone(&attachment.bytes)));
            files.push((layout::attachment_path(index), bytes));
        }
    }
    files
}

/// Bytes that typst shares with us.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
