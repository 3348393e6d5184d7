//! Where the masthead, the contents, the sections and the articles of a document are.

use std::ops::Range;

use super::contents::{self, Anchor, Contents, line};
use super::line::{Line, Piece};
use super::phrases::key;
use super::titles::{self, BodyLook, Head, Signature, is_bare, line_above, may_be_title};
use crate::import::document::Role;

/// How a document is divided: ranges and numbers of its pieces.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// What stands before the first article, with the contents.
    pub front: Range<usize>,
    /// The lines of the contents.
    pub contents: Vec<usize>,
    pub articles: Vec<ArticleAt>,
    /// Titles that the contents name and the text does not have.
    pub missing: Vec<String>,
}

/// Where an article is.
#[derive(Debug, Clone, Default)]
pub(super) struct ArticleAt {
    /// The section that begins with it.
    pub section: Option<SectionAt>,
    pub kicker: Option<usize>,
    pub title: Range<usize>,
    /// Where the contents have other words.
    pub contents_title: Option<String>,
    pub body: Range<usize>,
    /// Whether its look alone says that it is an article.
    pub is_guess: bool,
}

/// A section: the pieces of its title, or its title as the contents alone have it.
#[derive(Debug, Clone)]
pub(super) enum SectionAt {
    Pieces(Range<usize>),
    Named(String),
}

/// Whether a document is known to be one article, or may be more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Any,
    OneArticle,
}

/// Divides a document.
pub(super) fn outline(pieces: &[Piece], body: &BodyLook, kind: Kind) -> Outline {
    let contents = contents::find(pieces).filter(|contents| contents.entries.len() >= 2).unwrap_or_default();
    let is_free = |at: usize| !contents.pieces.contains(&at);
    let anchors = contents.anchors(pieces, is_free);
    let mut outline = if anchors.is_empty() {
        without_contents(pieces, body, kind, &is_free)
    } else {
        by_contents(pieces, body, &contents, &anchors)
    };
    outline.contents = contents.pieces;
    outline
}

/// The articles that the contents name, and others that look the same.
fn by_contents(pieces: &[Piece], body: &BodyLook, contents: &Contents, anchors: &[Anchor]) -> Outline {
    let mut articles: Vec<ArticleAt> = Vec::new();
    let mut section: Option<SectionAt> = None;
    let mut missing = Vec::new();
    let mut entry = 0;
    for (index, anchor) in anchors.iter().enumerate() {
        // Entries that the text does not have: sections, by their look, or titles that are gone.
        for skipped in entry..anchor.entries.start {
            match contents.names_section(skipped) {
                true => section = Some(SectionAt::Named(contents.entries[skipped].text.clone())),
                false => missing.push(contents.entries[skipped].text.clone()),
            }
        }
        entry = anchor.entries.end;
        let next = anchors.get(index + 1);
        if next.is_some_and(|next| is_bare(pieces, anchor.pieces.end..next.pieces.start) && next.entries.start == entry)
        {
            section = Some(SectionAt::Pieces(anchor.pieces.clone()));
            continue;
        }
        let contents_title = (!anchor.is_exact).then(|| contents.joined(&anchor.entries));
        let title = anchor.pieces.clone();
        articles.push(ArticleAt { section: section.take(), title, contents_title, ..ArticleAt::default() });
    }
    missing.extend((entry..contents.entries.len()).map(|at| contents.entries[at].text.clone()));
    add_others(pieces, body, contents, &mut articles);
    finish(pieces, body, articles, missing)
}

impl Contents {
    /// Whether an entry looks as sections do among the others: without a mark where most have one, in capitals or bold
    /// where most are not.
    fn names_section(&self, at: usize) -> bool {
        let entry = &self.entries[at];
        let most = |has: fn(&contents::Entry) -> bool| {
            self.entries.iter().filter(|entry| has(entry)).count() * 2 > self.entries.len()
        };
        (!entry.is_marked && most(|entry| entry.is_marked))
            || (entry.is_capitals && most(|entry| !entry.is_capitals))
            || (entry.is_bold && most(|entry| !entry.is_bold))
    }
}

/// Adds articles that the contents have forgotten: lines that look exactly as the titles that they name.
fn add_others(pieces: &[Piece], body: &BodyLook, contents: &Contents, articles: &mut Vec<ArticleAt>) {
    let Some(first) = articles.first().map(|article| article.title.start) else { return };
    let looks: Vec<Signature> =
        articles.iter().filter_map(|a| line(&pieces[a.title.start])).map(Signature::of).collect();
    let Some(&look) =
        looks.first().filter(|look| looks.iter().filter(|other| other == look).count() * 5 >= looks.len() * 4)
    else {
        return;
    };
    let is_known = |at: usize| articles.iter().any(|article| article.title.contains(&at) || is_section_at(article, at));
    let is_other = |at: &usize| {
        !is_known(*at)
            && !contents.pieces.contains(at)
            && line(&pieces[*at]).is_some_and(|line| {
                Signature::of(line) == look && (body.is_larger(line) || line.look.level.is_some()) && may_be_title(line)
            })
    };
    let others = titles::runs(pieces, (first..pieces.len()).filter(is_other));
    // A line between the section and its first title is none, and one right above another title is a kicker.
    let starts: Vec<usize> = articles.iter().map(|article| article.title.start).collect();
    let others = others.into_iter().filter(|other| {
        let next = starts.iter().copied().filter(|&start| start >= other.end).min();
        !next.is_some_and(|next| is_bare(pieces, other.end..next))
    });
    let new = others.map(|title| ArticleAt { title, is_guess: true, ..ArticleAt::default() });
    articles.extend(new.collect::<Vec<_>>());
    articles.sort_by_key(|article| article.title.start);
}

fn is_section_at(article: &ArticleAt, at: usize) -> bool {
    matches!(&article.section, Some(SectionAt::Pieces(range)) if range.contains(&at))
}

/// The articles of a document without contents.
fn without_contents(pieces: &[Piece], body: &BodyLook, kind: Kind, is_free: &impl Fn(usize) -> bool) -> Outline {
    let heads = if kind == Kind::OneArticle { Vec::new() } else { heads(pieces, body, is_free) };
    let mut articles = Vec::new();
    let mut section = None;
    for head in heads {
        match head {
            Head::Section(range) => section = Some(SectionAt::Pieces(range)),
            Head::Title(title) => {
                let is_guess = line(&pieces[title.start]).is_some_and(|line| line.look.level.is_none());
                articles.push(ArticleAt { section: section.take(), title, is_guess, ..ArticleAt::default() });
            }
        }
    }
    if articles.is_empty() {
        articles.extend(one_article(pieces, body, is_free));
    }
    finish(pieces, body, articles, Vec::new())
}

/// Titles by level where the file has levels and they begin articles; else by look. None where it is one article.
fn heads(pieces: &[Piece], body: &BodyLook, is_free: &impl Fn(usize) -> bool) -> Vec<Head> {
    let by_level = titles::by_level(pieces);
    let titles = by_level.iter().filter(|head| matches!(head, Head::Title(_))).count();
    let has_sections = by_level.len() > titles;
    if titles >= 2 && (has_sections || !is_one_article(pieces, body, &by_level)) {
        return by_level;
    }
    titles::by_look(pieces, body, is_free)
}

/// Whether headings of one level divide one article: its own title stands above the first, with text between or without.
fn is_one_article(pieces: &[Piece], body: &BodyLook, heads: &[Head]) -> bool {
    let starts: Vec<usize> = heads
        .iter()
        .map(|head| match head {
            Head::Section(range) | Head::Title(range) => range.start,
        })
        .collect();
    let Some(&first) = starts.first() else { return false };
    let has_title = pieces[..first].iter().filter_map(line).any(|line| {
        line.has_role(Role::Title) || (may_be_title(line) && (body.stands_out(line) || line.length() > 80))
    });
    // The last one may be signed for the whole.
    let parts = starts.windows(2).filter(|pair| titles::is_signed(&pieces[pair[0]..pair[1]]));
    has_title && parts.count() * 2 < starts.len() - 1
}

/// The whole document as one article: its title is its first line, or the first that stands out among the first few.
fn one_article(pieces: &[Piece], body: &BodyLook, is_free: &impl Fn(usize) -> bool) -> Option<ArticleAt> {
    let lines = || (0..pieces.len()).filter(|&at| is_free(at) && line(&pieces[at]).is_some());
    let of = |at: usize| line(&pieces[at]);
    let named = lines().find(|&at| of(at).is_some_and(|line| line.has_role(Role::Title)));
    let head = lines().take(6);
    let outstanding = head.filter(|&at| of(at).is_some_and(|line| may_be_title(line) && body.stands_out(line)));
    // The first of the largest.
    let largest = outstanding.reduce(|best, at| {
        let size = |at: usize| of(at).map_or(0.0, |line| line.size);
        if size(at) > size(best) + 0.6 { at } else { best }
    });
    let start = named.or(largest).or_else(|| lines().next())?;
    let same = of(start).map(Signature::of);
    let is_same = |at: &usize| of(*at).is_some_and(|line| Some(Signature::of(line)) == same && may_be_title(line));
    let title = titles::runs(pieces, (start..pieces.len()).take_while(is_same)).into_iter().next();
    let title = title.unwrap_or(start..start + 1);
    let is_guess = named.is_none() && largest.is_none();
    Some(ArticleAt { title, is_guess, ..ArticleAt::default() })
}

/// Finds kickers and sections above titles, and says where each article ends.
fn finish(pieces: &[Piece], body: &BodyLook, mut articles: Vec<ArticleAt>, missing: Vec<String>) -> Outline {
    let repeated = repeated_above(pieces, &articles);
    for index in 0..articles.len() {
        let least = index.checked_sub(1).map_or(0, |before| articles[before].title.end);
        let article = &mut articles[index];
        let section_start = match &article.section {
            Some(SectionAt::Pieces(range)) => Some(range.clone()),
            _ => None,
        };
        let above = line_above(pieces, article.title.start).filter(|&at| at >= least);
        let above = above.filter(|at| section_start.as_ref().is_none_or(|range| *at >= range.end));
        let (Some(at), Some(title)) = (above, line(&pieces[article.title.start])) else { continue };
        let Some(line) = line(&pieces[at]) else { continue };
        let follows_photo = at.checked_sub(1).is_some_and(|before| matches!(pieces[before], Piece::Picture(_)));
        if follows_photo || !is_above_title(line, body) {
            continue;
        }
        let is_section = titles::is_section(line, title, body) || repeated.contains(&key(&line.text));
        if section_start.is_none() && article.section.is_none() && is_section {
            article.section = Some(SectionAt::Pieces(at..at + 1));
        } else {
            article.kicker = Some(at);
        }
    }
    let starts: Vec<usize> = articles.iter().map(ArticleAt::start).collect();
    for (index, article) in articles.iter_mut().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(pieces.len());
        article.body = article.title.end.min(end)..end;
    }
    Outline { front: 0..starts.first().copied().unwrap_or(pieces.len()), contents: Vec::new(), articles, missing }
}

impl ArticleAt {
    /// The first of its pieces, with its kicker and the section that begins with it.
    fn start(&self) -> usize {
        let section = match &self.section {
            Some(SectionAt::Pieces(range)) => range.start,
            _ => usize::MAX,
        };
        self.title.start.min(section).min(self.kicker.unwrap_or(usize::MAX))
    }
}

/// Lines that stand right above several titles with the same words.
fn repeated_above(pieces: &[Piece], articles: &[ArticleAt]) -> Vec<String> {
    let above = articles.iter().filter_map(|article| line_above(pieces, article.title.start));
    let keys: Vec<String> = above.filter_map(|at| line(&pieces[at])).map(|line| key(&line.text)).collect();
    keys.iter().filter(|key| keys.iter().filter(|other| other == key).count() >= 2).cloned().collect()
}

/// Whether a line above a title belongs to it, and not to the article above.
fn is_above_title(line: &Line, body: &BodyLook) -> bool {
    use super::phrases::{credit, is_folio, may_be_name};
    may_be_title(line)
        && line.length() <= 80
        && !is_folio(&line.text)
        && !line.text.ends_with(['.', '!', '?', '…'])
        && credit(&line.text).is_none()
        && !line.has_role(Role::Title)
        && (body.stands_out(line) || line.capitals || (line.italic && !body.is_italic && line.length() <= 40))
        && !(may_be_name(&line.text) && !line.is_centred() && line.look.level.is_none() && !body.is_larger(line))
}
