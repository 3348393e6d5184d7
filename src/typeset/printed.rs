//! What the pages say, read off the pages themselves: the text of each article as printed.

use typst::layout::{FrameItem, Transform};
use typst_layout::PagedDocument;

use super::walk::{Met, Walk};

/// An article on the pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printed {
    /// The page on which its title stands, counted from 1; 0 where no title with its label stands anywhere.
    pub page: usize,
    /// Its text without white space, in the order in which it was set. What floats to the head of a page belongs to the
    /// article that is set there; heads and folios belong to none.
    pub text: String,
}

/// The articles of a document, of which there are `count`.
pub fn printed(document: &PagedDocument, count: usize) -> Vec<Printed> {
    let mut articles = vec![Printed::default(); count];
    let mut walk = Walk::new(count);
    for (index, page) in document.pages().iter().enumerate() {
        walk.frame(&page.frame, Transform::identity(), &mut |met| match met {
            Met::Title(article) => articles[article].page = index + 1,
            Met::Item { item: FrameItem::Text(text), article: Some(article), is_artifact: false, .. } => {
                articles[article].text.extend(text.text.chars().filter(|c| !c.is_whitespace()));
            }
            Met::Item { .. } => {}
        });
    }
    articles
}
