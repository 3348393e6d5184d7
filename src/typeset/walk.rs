//! A walk over all that is set on the pages, in the order in which it was set: which article an item belongs to, and
//! whether it is an artifact, shows on the way alone.

use std::collections::HashMap;

use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Transform};

/// Where a walk stands.
pub(super) struct Walk {
    /// The articles by the label of their title.
    labels: HashMap<String, usize>,
    /// The article whose title was met last, counted from 0.
    article: Option<usize>,
    /// How many artifacts (heads, folios, ornaments) are open.
    artifacts: usize,
}

/// What is met on the way.
pub(super) enum Met<'a> {
    /// The title of an article, counted from 0.
    Title(usize),
    /// What is neither a group nor a tag.
    Item { item: &'a FrameItem, transform: Transform, article: Option<usize>, is_artifact: bool },
}

impl Walk {
    /// A walk over an issue of so many articles.
    pub(super) fn new(articles: usize) -> Self {
        let labels = (0..articles).map(|index| (format!("article-{}", index + 1), index)).collect();
        Self { labels, article: None, artifacts: 0 }
    }

    /// Goes through a frame.
    pub(super) fn frame(&mut self, frame: &Frame, transform: Transform, meet: &mut dyn FnMut(Met<'_>)) {
        let mut open = Vec::new();
        for (at, item) in frame.items() {
            let here = transform.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, here.pre_concat(group.transform), meet),
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if element.elem().name() == "artifact" {
                        self.artifacts += 1;
                        open.extend(element.location());
                    }
                    let label = element.label().map(|label| label.resolve().to_string());
                    if let Some(&index) = label.and_then(|label| self.labels.get(&label)) {
                        self.article = Some(index);
                        meet(Met::Title(index));
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(at) = open.iter().position(|open| open == location) {
                        open.remove(at);
                        self.artifacts -= 1;
                    }
                }
                item => {
                    let (article, is_artifact) = (self.article, self.artifacts > 0);
                    meet(Met::Item { item, transform: here, article, is_artifact });
                }
            }
        }
        // What is opened in a frame ends with it.
        self.artifacts -= open.len();
    }
}
