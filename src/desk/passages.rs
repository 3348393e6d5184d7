//! The texts of an issue as its files have them, each with its lines: what a place on a page is traced back to.

use std::ops::Range;
use std::sync::Arc;

use crate::issue::{Article, Block, Inline, Issue, PhotoBlock, Table};
use crate::source::{Source, Text};

/// A paragraph, a heading, a cell, a caption or a value: what stands in a file and is printed in one go.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    pub source: Arc<Source>,
    /// Its bytes there.
    pub range: Range<usize>,
    /// Its letters and digits, in lower case: all else is set otherwise than it is typed.
    pub letters: String,
    /// Where in the file its runs begin, and where in `letters`.
    runs: Vec<(usize, usize)>,
    /// Its article, counted from 0; `None` for what the manifest says.
    pub article: Option<usize>,
    /// The photo of the issue whose caption it is.
    pub photo: Option<usize>,
}

impl Passage {
    /// The first and the last line in the file, counted from 1.
    pub(super) fn lines(&self) -> (usize, usize) {
        // What ends at the beginning of a line does not stand on it.
        let last = self.range.end.saturating_sub(1).max(self.range.start);
        (self.source.position(self.range.start).line, self.source.position(last).line)
    }

    /// How many of its letters stand before a byte of the file.
    pub(super) fn letters_before(&self, byte: usize) -> usize {
        let at = self.runs.partition_point(|(start, _)| *start <= byte);
        let Some(&(start, before)) = at.checked_sub(1).and_then(|at| self.runs.get(at)) else { return 0 };
        let within = self.source.text().get(self.source.whole(start..byte)).unwrap_or_default();
        (before + letters(within).len()).min(self.letters.len())
    }
}

/// The letters and digits of a text, in lower case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The passages of an issue: those of the manifest, then those of each article in the order in which they are printed.
pub(super) fn passages(issue: &Issue) -> Vec<Passage> {
    let mut gatherer = Gatherer::default();
    issue.manifest_texts().into_iter().for_each(|text| gatherer.value(text));
    for text in issue.manifest.cover.iter().flat_map(|cover| [&cover.caption, &cover.credit]).flatten() {
        let is_it = |passage: &&mut Passage| passage.range == text.place.range;
        gatherer.passages.iter_mut().filter(is_it).for_each(|caption| caption.photo = issue.cover);
    }
    for row in &issue.manifest.masthead.imprint {
        [&row.email, &row.url, &row.phone].into_iter().flatten().for_each(|text| gatherer.value(text));
    }
    for (index, article) in issue.articles().enumerate() {
        gatherer.article = Some(index);
        gatherer.of_article(article);
    }
    gatherer.passages
}

#[derive(Default)]
struct Gatherer {
    passages: Vec<Passage>,
    article: Option<usize>,
}

impl Gatherer {
    fn of_article(&mut self, article: &Article) {
        [article.kicker.as_ref(), Some(&article.title), article.lead.as_ref()]
            .into_iter()
            .flatten()
            .for_each(|text| self.value(text));
        self.blocks(&article.source, &article.blocks);
        article.notes.iter().for_each(|note| self.blocks(&article.source, note));
        [&article.author, &article.credit_source, &article.contents_title]
            .into_iter()
            .flatten()
            .for_each(|text| self.value(text));
    }

    /// A value of the manifest or of front matter.
    fn value(&mut self, text: &Text) {
        let range = text.place.range.clone();
        let runs = vec![(range.start, 0)];
        self.push(Passage {
            source: Arc::clone(&text.place.source),
            range,
            letters: letters(&text.value),
            runs,
            article: self.article,
            photo: None,
        });
    }

    fn blocks(&mut self, source: &Arc<Source>, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(content) | Block::Heading { content, .. } => self.content(source, content),
                Block::List(list) => list.items.iter().for_each(|item| self.blocks(source, item)),
                Block::Quote(blocks) | Block::Pull(blocks) => self.blocks(source, blocks),
                Block::Box { title, blocks } => {
                    self.content(source, title);
                    self.blocks(source, blocks);
                }
                Block::Table(table) => self.table(source, table),
                Block::Chart(chart) => {
                    self.content(source, &chart.title);
                    self.table(source, &chart.table);
                }
                Block::Photo(photo) => self.caption(source, photo),
                Block::Break => {}
            }
        }
    }

    fn table(&mut self, source: &Arc<Source>, table: &Table) {
        table.header.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.content(source, cell));
    }

    /// A caption with its credit, which are printed as one.
    fn caption(&mut self, source: &Arc<Source>, photo: &PhotoBlock) {
        let before = self.passages.len();
        self.content(source, &photo.caption);
        match (self.passages.get_mut(before), &photo.credit) {
            (Some(caption), Some(credit)) => {
                caption.runs.push((credit.place.range.start, caption.letters.len()));
                caption.letters.push_str(&letters(&credit.value));
                caption.range.end = caption.range.end.max(credit.place.range.end);
            }
            (None, Some(credit)) => self.value(credit),
            (_, None) => {}
        }
        if let Some(caption) = self.passages.get_mut(before) {
            caption.photo = Some(photo.photo);
        }
    }

    fn content(&mut self, source: &Arc<Source>, content: &[Inline]) {
        let mut passage = Passage {
            source: Arc::clone(source),
            range: 0..0,
            letters: String::new(),
            runs: Vec::new(),
            article: self.article,
            photo: None,
        };
        add_runs(content, &mut passage);
        self.push(passage);
    }

    fn push(&mut self, passage: Passage) {
        if !passage.letters.is_empty() {
            self.passages.push(passage);
        }
    }
}

fn add_runs(content: &[Inline], passage: &mut Passage) {
    for inline in content {
        match inline {
            Inline::Text(run) => {
                let Range { start, end } =
                    if passage.runs.is_empty() { run.range.clone() } else { passage.range.clone() };
                passage.range = start.min(run.range.start)..end.max(run.range.end);
                passage.runs.push((run.range.start, passage.letters.len()));
                passage.letters.push_str(&letters(&run.text));
            }
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. } => {
                add_runs(content, passage);
            }
            Inline::Break | Inline::Footnote(_) => {}
        }
    }
}
