//! What the recogniser makes of a document: a bulletin that has not been written down yet.

use super::document::{Doubt, Inline, LeftOut, Picture, Table};

/// An issue, or articles for one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bulletin {
    /// What stands before the first article; `None` where nothing does, as in the file of one article.
    pub masthead: Option<Masthead>,
    /// In printing order; articles without a section come in one without a title.
    pub sections: Vec<Section>,
    pub left_out: Vec<LeftOut>,
    /// Doubts about the whole; those about an article are with it.
    pub doubts: Vec<Doubt>,
}

/// The masthead, the imprint, the number and the date, as far as they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Masthead {
    pub overline: Option<String>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub about: Option<String>,
    pub imprint: Vec<ImprintRow>,
    pub number: Option<String>,
    pub date: Option<Date>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ImprintRow {
    pub label: String,
    pub text: Option<String>,
    pub email: Option<String>,
    pub url: Option<String>,
}

/// A day, or a month where the file does not say the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Date {
    pub year: u16,
    pub month: u8,
    pub day: Option<u8>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Section {
    pub title: Option<String>,
    pub articles: Vec<Article>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Article {
    pub title: String,
    pub contents_title: Option<String>,
    pub kicker: Option<String>,
    pub lead: Option<String>,
    pub author: Option<String>,
    pub source: Option<String>,
    pub source_url: Option<String>,
    pub blocks: Vec<Block>,
    /// Its footnotes; [`Inline::Note`] in its blocks points here.
    pub notes: Vec<Vec<Block>>,
    pub doubts: Vec<Doubt>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    /// The level is 2 or 3, as in Markdown.
    Heading {
        level: u8,
        content: Vec<Inline>,
    },
    List(List),
    Quote(Vec<Block>),
    /// A frame around text: its first line is the title where it looks like one.
    Box {
        title: Vec<Inline>,
        blocks: Vec<Block>,
    },
    Table(Table),
    Figure(Figure),
    Rule,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct List {
    /// The number of each item as it was typed (`5.`, `7)`), or none at all for bullets.
    pub numbers: Vec<String>,
    pub items: Vec<Vec<Block>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Figure {
    /// `None` where the source has the caption alone.
    pub picture: Option<Picture>,
    pub caption: Vec<Inline>,
    pub credit: Option<String>,
}
