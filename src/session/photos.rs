//! The photos of a session, prepared for their places and kept for the next build.

use super::context::BuildContext;
use super::inputs::Inputs;
use crate::diagnostic::WithDiagnostics;
use crate::fs::IssueFolder;
use crate::photo::{self, Kept, Level, Prepared, Settings};

/// Prepared photos, by what they were made of.
#[derive(Default)]
pub(super) struct PreparedPhotos {
    kept: Kept,
}

impl PreparedPhotos {
    /// The photos at a level, in their order; `None` where one of them cannot be prepared, or the work was stopped.
    pub(super) fn at_level(
        &mut self,
        level: Level,
        folder: &IssueFolder,
        inputs: &Inputs,
        context: &BuildContext,
    ) -> WithDiagnostics<Option<Vec<Prepared>>> {
        let settings = Settings { sizes: inputs.sizes(), level, cache: context.cache.as_deref(), kept: &self.kept };
        let progress = &*context.progress;
        let prepared = photo::prepare_all(folder, &inputs.photos, &inputs.inspected, settings, progress);
        self.keep(prepared.value.iter().flatten(), inputs);
        WithDiagnostics { value: prepared.value.into_iter().collect(), diagnostics: prepared.diagnostics }
    }

    /// Keeps these photos; the others go once there are more than a few levels of each.
    fn keep<'a>(&mut self, photos: impl Iterator<Item = &'a Prepared>, inputs: &Inputs) {
        /// The levels of one photo that are kept at once: the best, and one that makes the PDF fit.
        const LEVELS: usize = 2;
        if self.kept.len() > LEVELS * inputs.photos.len() {
            self.kept.clear();
        }
        self.kept.extend(photos.map(|photo| (photo.key.clone(), photo.clone())));
    }
}
