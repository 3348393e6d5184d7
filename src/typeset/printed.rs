//! What the pages say, read off the pages themselves: the text of each article as printed.

use std::collections::HashMap;

use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

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
    let labels = (0..count).map(|index| (format!("article-{}", index + 1), index)).collect();
    let mut reader = Reader { labels, articles: vec![Printed::default(); count], current: None, page: 0, artifacts: 0 };
    for (index, page) in document.pages().iter().enumerate() {
        reader.page = index + 1;
        reader.frame(&page.frame);
    }
    reader.articles
}

struct Reader {
    labels: HashMap<String, usize>,
    articles: Vec<Printed>,
    current: Option<usize>,
    page: usize,
    /// How many artifacts (heads, folios, ornaments) are open.
    artifacts: usize,
}

impl Reader {
    fn frame(&mut self, frame: &Frame) {
        let mut open = Vec::new();
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.frame(&group.frame),
                FrameItem::Text(text) if self.artifacts == 0 => {
                    if let Some(article) = self.current.and_then(|index| self.articles.get_mut(index)) {
                        article.text.extend(text.text.chars().filter(|c| !c.is_whitespace()));
                    }
                }
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if element.elem().name() == "artifact" {
                        self.artifacts += 1;
                        open.extend(element.location());
                    }
                    let label = element.label().map(|label| label.resolve().to_string());
                    if let Some(&index) = label.and_then(|label| self.labels.get(&label)) {
                        self.current = Some(index);
                        self.articles[index].page = self.page;
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(at) = open.iter().position(|open| open == location) {
                        open.remove(at);
                        self.artifacts -= 1;
                    }
                }
                _ => {}
            }
        }
        // What is opened in a frame ends with it.
        self.artifacts -= open.len();
    }
}
