//! A document → a bulletin: which lines are titles, leads, bylines, captions, headings and lists, by what they say, how
//! they look and where they stand.
//!
//! What it relies on: contents name titles; titles stand out from the text in size, weight or place; a lead is bold or
//! italic, and first; a caption stands below its picture and looks otherwise than the text; bylines and sources stand
//! last. Where a file has no looks at all, the length of lines stands in for them. Whatever is no more than likely is
//! told as a guess.

mod body;
mod contents;
mod figures;
mod inlines;
mod lead;
mod line;
mod lists;
mod masthead;
mod named;
mod notes;
mod outline;
mod phrases;
mod signing;
mod titles;

pub(crate) use outline::Kind;

use contents::line;
use line::{Line, Piece, pieces};
use outline::{ArticleAt, Outline, SectionAt, outline};
use titles::BodyLook;

use super::bulletin::{Article, Block, Bulletin, Section};
use super::document::{Document, Doubt, DoubtKind, LeftOut, Reason};

/// Makes sense of a document.
pub(crate) fn recognise(document: &Document, kind: Kind) -> Bulletin {
    let pieces = pieces(document);
    let body = BodyLook::of(&pieces);
    let outline = outline(&pieces, &body, kind);
    let mut bulletin = Bulletin { left_out: document.left_out.clone(), ..Bulletin::default() };
    bulletin.left_out.extend(contents_lines(&pieces, &outline));
    let missing = outline.missing.iter().map(|title| Doubt { kind: DoubtKind::TitleMissing, about: title.clone() });
    bulletin.doubts.extend(missing);
    for at in &outline.articles {
        let (section, article, left_out) = article(&pieces, at, document, &body);
        bulletin.left_out.extend(left_out);
        add(&mut bulletin.sections, section, article);
    }
    if kind == Kind::Any && has_masthead(&pieces, &outline) {
        bulletin.masthead = Some(take_masthead(&pieces, &outline, &mut bulletin));
    } else {
        keep_front(&pieces, &outline, &mut bulletin, document);
        keep_back(&pieces, &outline, &mut bulletin);
    }
    for article in bulletin.sections.iter_mut().flat_map(|section| &mut section.articles) {
        body::add_notes(article, document, &body);
    }
    bulletin
}

fn contents_lines(pieces: &[Piece], outline: &Outline) -> Vec<LeftOut> {
    let lines = outline.contents.iter().filter_map(|&at| line(&pieces[at]));
    lines.map(|line| LeftOut { text: line.text.clone(), reason: Reason::Contents }).collect()
}

/// The words of lines, as one text.
fn joined(pieces: &[Piece]) -> String {
    let texts: Vec<_> = pieces.iter().filter_map(line).map(|line| line.text.as_str()).collect();
    texts.join(" ")
}

/// An article, the title of the section that begins with it, and what of it was left out.
fn article(
    pieces: &[Piece],
    at: &ArticleAt,
    document: &Document,
    look: &BodyLook,
) -> (Option<String>, Article, Vec<LeftOut>) {
    let mut article = Article {
        title: joined(&pieces[at.title.clone()]),
        contents_title: at.contents_title.clone(),
        kicker: at.kicker.and_then(|kicker| line(&pieces[kicker])).map(|line| line.text.clone()),
        ..Article::default()
    };
    if at.is_guess {
        article.doubts.push(Doubt { kind: DoubtKind::Title, about: article.title.clone() });
    }
    if let Some(title) = &article.contents_title {
        article.doubts.push(Doubt { kind: DoubtKind::ContentsTitle, about: title.clone() });
    }
    let section = at.section.as_ref().map(|section| match section {
        SectionAt::Pieces(range) => joined(&pieces[range.clone()]),
        SectionAt::Named(title) => title.clone(),
    });
    let left_out = body::fill(&mut article, &pieces[at.body.clone()], document, look);
    (section, article, left_out)
}

/// Adds an article to its section; sections of one title that follow one another are one.
fn add(sections: &mut Vec<Section>, section: Option<String>, article: Article) {
    match sections.last_mut() {
        Some(last) if section.is_none() || last.title == section => last.articles.push(article),
        _ => sections.push(Section { title: section, articles: vec![article] }),
    }
}

/// What has more characters is no masthead.
const LONGEST_MASTHEAD: usize = 3000;

/// Whether what stands before the first title is the masthead of a bulletin.
fn has_masthead(pieces: &[Piece], outline: &Outline) -> bool {
    let is_free = |at: usize| !outline.contents.contains(&at);
    let length: usize = masthead::lines(&pieces[outline.front.clone()], is_free).map(Line::length).sum();
    if length > LONGEST_MASTHEAD {
        return false;
    }
    let mut front = pieces[outline.front.clone()].iter().filter_map(line);
    !outline.contents.is_empty()
        || outline.articles.len() > 1
        || front.any(|line| line.length() <= 80 && phrases::issue_number(&line.text).is_some())
}

/// Makes the masthead, with the imprint where it stands behind the last article.
fn take_masthead(pieces: &[Piece], outline: &Outline, bulletin: &mut Bulletin) -> super::bulletin::Masthead {
    let is_free = |at: usize| !outline.contents.contains(&at);
    let mut lines: Vec<&Line> = masthead::lines(&pieces[outline.front.clone()], is_free).collect();
    lines.extend(masthead::lines(&pieces[outline.back.clone()], |_| true));
    let masthead = masthead::masthead(&lines);
    if masthead.title.is_some() {
        let about = masthead.title.clone().unwrap_or_default();
        bulletin.doubts.push(Doubt { kind: DoubtKind::Masthead, about });
    }
    masthead
}

/// What stands above the title of an article by itself: its first paragraphs.
fn keep_front(pieces: &[Piece], outline: &Outline, bulletin: &mut Bulletin, document: &Document) {
    let kept: Vec<Block> = outline
        .front
        .clone()
        .filter(|at| !outline.contents.contains(at))
        .filter_map(|at| match &pieces[at] {
            Piece::Line(line) => Some(Block::Paragraph(line.inlines.clone())),
            Piece::Table(table) => Some(Block::Table(table.clone())),
            Piece::Picture(index) => Some(Block::Figure(figures::figure(document, Some(*index), &[]))),
            _ => None,
        })
        .collect();
    if kept.is_empty() {
        return;
    }
    match bulletin.sections.first_mut().and_then(|section| section.articles.first_mut()) {
        Some(article) => drop(article.blocks.splice(0..0, kept)),
        None => {
            let article = Article { title: String::new(), blocks: kept, ..Article::default() };
            add(&mut bulletin.sections, None, article);
        }
    }
}

/// An imprint behind an article by itself: its last paragraphs.
fn keep_back(pieces: &[Piece], outline: &Outline, bulletin: &mut Bulletin) {
    let kept = pieces[outline.back.clone()].iter().filter_map(line).map(|line| Block::Paragraph(line.inlines.clone()));
    let kept: Vec<_> = kept.collect();
    if let Some(article) = bulletin.sections.last_mut().and_then(|section| section.articles.last_mut()) {
        article.blocks.extend(kept);
    }
}

#[cfg(test)]
mod tests;
