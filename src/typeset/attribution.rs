//! Which article brings an error of the layout about: what typst reads as data has no place of its own.

use std::sync::Arc;

use typst::foundations::Bytes;

use super::balance::{self, ColumnBalance};
use super::compile::compile;
use super::world::BulletinWorld;
use super::{PagedDocument, project};
use crate::diagnostic::{Diagnostic, Finding, Location};
use crate::issue::Issue;
use crate::layout::{self, Layout};
use crate::photo::Prepared;

/// Names the article that brings the first of these errors about: the one that fails in the same way when it is
/// set alone. An error that every article brings about names none, and an issue of one article has no other to tell it
/// from. `export` is what is done with pages that can be set, and its first error.
pub fn attribute_to_article(
    errors: &mut [Diagnostic],
    issue: &Issue,
    photos: &[Prepared],
    layout: &Layout,
    export: impl Fn(&BulletinWorld, &PagedDocument) -> Option<Finding>,
) {
    let Some(wanted) = errors.first().map(|error| error.finding.clone()) else { return };
    let files = project(photos, &[], layout);
    let reproduces_error = |index: usize| {
        let data = layout::data_of_one_article(issue, photos, &layout.spec, index);
        let mut world = BulletinWorld::new(Arc::clone(&layout.fonts), layout.origin());
        let balance = ColumnBalance::default().to_json();
        let data = [(layout::ISSUE, data), (balance::FILE, balance)];
        let data = data.map(|(path, text)| (path.to_owned(), Bytes::from_string(text)));
        world.replace(files.iter().cloned().chain(data).map(|(path, bytes)| (path, Some(bytes))));
        first_error(&world, &export).is_some_and(|finding| finding == wanted)
    };
    let count = issue.articles().count();
    let Some(first) = (0..count).find(|&index| reproduces_error(index)) else { return };
    if count == 1 || (0..count).all(|index| index <= first || reproduces_error(index)) && first == 0 {
        return;
    }
    let Some(file) = issue.articles().nth(first).map(|article| article.source.name()) else { return };
    // Only what was tried is known of the article.
    for error in errors.iter_mut().filter(|error| error.finding == wanted) {
        if let Finding::LayoutError { article, .. } | Finding::PdfStandard { article, .. } = &mut error.finding {
            *article = Some(file.to_owned());
        }
        if matches!(error.location, Location::Elsewhere) {
            error.location = Location::File(file.to_owned());
        }
    }
}

/// Sets a world once, without levelling its columns, and tells its first error, if any.
fn first_error(
    world: &BulletinWorld,
    export: impl Fn(&BulletinWorld, &PagedDocument) -> Option<Finding>,
) -> Option<Finding> {
    match compile(world) {
        Ok((document, _)) => export(world, &document),
        Err(errors) => errors.into_iter().next().map(|error| error.finding),
    }
}
