//! An e-mail PDF that is over its budget, made to fit: its photos are lowered, all alike and only as far as needed.

use std::collections::BTreeMap;

use super::{Bulletin, Job, Lowered, Options};
use crate::diagnostic::{Diagnostic, Finding};
use crate::fs::MANIFEST;
use crate::issue::Issue;
use crate::photo::{self, Prepared, Search};
use crate::typeset::{self, LaidOut};

/// The budget of the `email` profile where nobody sets one, in bytes: with what mail adds to it, it fits through
/// every provider's limit.
pub const DEFAULT_MAX_SIZE: u64 = 7_000_000;

/// What an e-mail PDF may weigh, in bytes.
pub(super) fn of(options: &Options, issue: Option<&Issue>) -> u64 {
    options.max_size.or_else(|| issue?.manifest.max_size).unwrap_or(DEFAULT_MAX_SIZE)
}

impl Job<'_> {
    /// Builds within a budget that a PDF with the best photos exceeds, with photos that are as good as can be.
    pub(super) fn fit(
        &mut self,
        budget: u64,
        best: &[u8],
        laid_out: &LaidOut,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Bulletin> {
        // What the pages clip away of photos is in no PDF: about the same share of them at every level.
        let all = photo::weight(&self.photos);
        let shown = all.saturating_sub(typeset::clipped_bytes(&laid_out.document));
        let weigh = |photos: &[Prepared]| {
            (u128::from(photo::weight(photos)) * u128::from(shown) / u128::from(all.max(1))) as u64
        };
        let weight = weigh(&self.photos);
        let text = best.len() as u64 - weight.min(best.len() as u64);
        let mut search = Search::new(budget.saturating_sub(text), weight);
        let mut tried = BTreeMap::from([(0, self.photos.clone())]);
        while let Some(step) = search.next() {
            let photos = self.lowered(step, diagnostics)?;
            search.weighed(step, weigh(&photos));
            tried.insert(step, photos);
        }
        let Some(mut step) = search.found() else {
            let (_, lowest) = tried.pop_last()?;
            diagnostics.push(over_budget(text + weigh(&lowest), budget, &lowest));
            return None;
        };
        // The pages may be set a little differently with other photos, and weigh a few bytes more.
        loop {
            let photos = match tried.remove(&step) {
                Some(photos) => photos,
                None => self.lowered(step, diagnostics)?,
            };
            let estimate = text + weigh(&photos);
            let laid_out = self.lay_out(&photos, diagnostics)?;
            let pdf = self.export(&laid_out, diagnostics)?;
            if pdf.len() as u64 <= budget {
                let lowered = Some(Lowered { level: photo::level(step), estimate });
                return Some(Bulletin { pdf, pages: laid_out.pages(), lowered, lock: None });
            }
            if step == photo::STEPS {
                diagnostics.push(over_budget(pdf.len() as u64, budget, &photos));
                return None;
            }
            step += 1;
        }
    }

    /// The photos so many steps below the best level.
    fn lowered(&mut self, step: u32, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Prepared>> {
        let found = self.prepared.at_level(photo::level(step), self.folder, self.inputs, self.context);
        diagnostics.extend(found.diagnostics);
        found.value
    }
}

/// What an e-mail PDF weighs even with the lowest photos, in bytes, and which of them weigh most.
fn over_budget(bytes: u64, budget: u64, photos: &[Prepared]) -> Diagnostic {
    const SHOWN: usize = 3;
    let mut heaviest: Vec<_> = photos.iter().map(|photo| (photo.original.clone(), photo.bytes.len() as u64)).collect();
    heaviest.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    heaviest.truncate(SHOWN);
    Diagnostic::error_in_file(Finding::SizeBudget { bytes, budget, heaviest }, MANIFEST)
}
