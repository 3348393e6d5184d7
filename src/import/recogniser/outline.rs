//! Where the masthead, the contents, the sections and the articles of a document are.

use std::ops::Range;

use super::contents::{self, Contents, line};
use super::line::{Line, Piece};
use super::named::by_contents;
use super::phrases::{is_imprint, key, source};
use super::titles::{self, BodyLook, Head, Signature, line_above, may_be_title};
use crate::import::document::Role;

/// How a document is divided: ranges and numbers of its pieces.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// What stands before the first article, with the contents.
    pub front: Range<usize>,
    /// The lines of the contents.
    pub contents: Vec<usize>,
    pub articles: Vec<ArticleAt>,
    /// The imprint behind the last article.
    pub back: Range<usize>,
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
    /// The lines of the contents that name it.
    pub entries: Option<Range<usize>>,
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
    let named = if contents.entries.is_empty() { None } else { by_contents(pieces, body, &contents) };
    let (articles, missing) = named.unwrap_or_else(|| (without_contents(pieces, body, kind, &contents), Vec::new()));
    let articles = with_first(pieces, body, &contents, articles);
    let mut outline = finish(pieces, body, articles);
    outline.missing = missing;
    outline.contents = contents.pieces.iter().copied().filter(|&at| !is_free(at)).collect();
    outline
}

/// Longest line of a masthead that is no running text, in characters.
const LONGEST_FRONT: usize = 200;

/// Running text between the contents and the first title is an article, too.
fn with_first(pieces: &[Piece], body: &BodyLook, contents: &Contents, mut articles: Vec<ArticleAt>) -> Vec<ArticleAt> {
    let Some(start) = contents.pieces.last().map(|last| last + 1) else { return articles };
    let Some(break_at) = pieces[start..].iter().position(|piece| matches!(piece, Piece::PageBreak)) else {
        return articles;
    };
    let start = start + break_at;
    let end = articles.iter().map(ArticleAt::start).min().unwrap_or(pieces.len());
    let has_text =
        pieces.get(start..end).unwrap_or_default().iter().filter_map(line).any(|l| l.length() > LONGEST_FRONT);
    if has_text && let Some(mut first) = one_article(pieces, body, &|at: usize| (start..end).contains(&at)) {
        first.is_guess = true;
        articles.insert(0, first);
    }
    articles
}

/// The articles of a document without contents.
fn without_contents(pieces: &[Piece], body: &BodyLook, kind: Kind, contents: &Contents) -> Vec<ArticleAt> {
    let is_free = |at: usize| !contents.pieces.contains(&at);
    let heads = if kind == Kind::OneArticle { Vec::new() } else { heads(pieces, body, &is_free) };
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
        articles.extend(one_article(pieces, body, &is_free));
    }
    articles
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

/// A line of at least so many characters is running text.
const RUNNING_TEXT: usize = 120;

/// The whole document as one article: its title is named so, or has the highest level, or is the largest of the first
/// lines that stand out above the text.
fn one_article(pieces: &[Piece], body: &BodyLook, is_free: &impl Fn(usize) -> bool) -> Option<ArticleAt> {
    let lines = || (0..pieces.len()).filter(|&at| is_free(at) && line(&pieces[at]).is_some());
    let of = |at: usize| line(&pieces[at]);
    let stands_out = |at: usize| of(at).is_some_and(|line| may_be_title(line) && body.stands_out(line));
    let named = lines().find(|&at| of(at).is_some_and(|line| line.has_role(Role::Title)));
    let mut seen = false;
    let head: Vec<usize> = lines()
        .take(6)
        .take_while(|&at| {
            let is_text = of(at).is_some_and(|line| line.length() > RUNNING_TEXT && line.look.level.is_none());
            let is_head = !(seen && is_text);
            seen |= stands_out(at);
            is_head
        })
        .collect();
    let level = |at: usize| of(at).and_then(|line| line.look.level);
    let highest = head.iter().copied().filter(|&at| level(at).is_some()).min_by_key(|&at| (level(at), at));
    let outstanding = head.iter().copied().filter(|&at| stands_out(at));
    // The first of the largest.
    let largest = outstanding.reduce(|best, at| {
        let size = |at: usize| of(at).map_or(0.0, |line| line.size);
        if size(at) > size(best) + 0.6 { at } else { best }
    });
    let first = highest.filter(|&at| largest.is_none_or(|largest| at <= largest)).or(largest);
    let start = named.or(first).or_else(|| lines().next())?;
    // A short line above a title in capitals is its kicker.
    let is_kicker = |at: usize, below: usize| {
        matches!((of(at), of(below)), (Some(line), Some(next))
            if line.length() <= 40 && !line.capitals && next.capitals && stands_out(below))
    };
    let start =
        if is_free(start + 1) && start + 1 < pieces.len() && is_kicker(start, start + 1) { start + 1 } else { start };
    let same = of(start).map(Signature::of);
    let is_same = |at: &usize| of(*at).is_some_and(|line| Some(Signature::of(line)) == same && may_be_title(line));
    let title = titles::runs(pieces, (start..pieces.len()).take_while(is_same)).into_iter().next();
    let is_guess = named.is_none() && first.is_none();
    // A whole paragraph is no title: the article has none.
    let title =
        title.or_else(|| of(start).filter(|line| line.length() <= titles::LONGEST_TITLE).map(|_| start..start + 1));
    Some(ArticleAt { title: title.unwrap_or(start..start), is_guess, ..ArticleAt::default() })
}

/// Finds kickers and sections above titles, and says where each article ends.
fn finish(pieces: &[Piece], body: &BodyLook, mut articles: Vec<ArticleAt>) -> Outline {
    let sections = Sections::of(pieces, body, &articles);
    for index in 0..articles.len() {
        let least = index.checked_sub(1).map_or(0, |before| articles[before].title.end);
        add_lines_above(pieces, body, &mut articles[index], least, &sections);
    }
    let starts: Vec<usize> = articles.iter().map(ArticleAt::start).collect();
    let back = starts.last().map_or(pieces.len(), |&last| imprint_start(pieces, last));
    for (index, article) in articles.iter_mut().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(back);
        article.body = article.title.end.min(end)..end;
    }
    let front = 0..starts.first().copied().unwrap_or(pieces.len());
    Outline { front, articles, back: back..pieces.len(), ..Outline::default() }
}

/// Takes the kicker and the section from the lines right above a title.
fn add_lines_above(pieces: &[Piece], body: &BodyLook, article: &mut ArticleAt, least: usize, sections: &Sections) {
    let known = match &article.section {
        Some(SectionAt::Pieces(range)) => range.end,
        _ => least,
    };
    let mut at = article.title.start;
    // A section may stand above a kicker.
    for _ in 0..2 {
        let Some(above) = line_above(pieces, at).filter(|above| *above >= known.max(least)) else { return };
        let (Some(line), Some(title)) = (line(&pieces[above]), pieces.get(article.title.start).and_then(line)) else {
            return;
        };
        let follows_photo = above.checked_sub(1).is_some_and(|before| matches!(pieces[before], Piece::Picture(_)));
        if follows_photo || !is_above_title(line, body) {
            return;
        }
        if article.section.is_none() && sections.has(line, title, body) {
            article.section = Some(SectionAt::Pieces(above..above + 1));
            return;
        }
        if article.kicker.is_some() {
            return;
        }
        article.kicker = Some(above);
        at = above;
    }
}

/// What sections of this document look like.
struct Sections {
    /// The look of those that are known already.
    known: Vec<Signature>,
    /// Words that stand above several titles.
    repeated: Vec<String>,
    /// Whether nearly every title has another line above it: then these are kickers.
    are_kickers: bool,
}

impl Sections {
    fn of(pieces: &[Piece], body: &BodyLook, articles: &[ArticleAt]) -> Self {
        let known = articles.iter().filter_map(|article| match &article.section {
            Some(SectionAt::Pieces(range)) => pieces.get(range.start).and_then(line).map(Signature::of),
            _ => None,
        });
        let above = articles.iter().filter_map(|article| line_above(pieces, article.title.start));
        let above: Vec<&Line> =
            above.filter_map(|at| line(&pieces[at])).filter(|line| is_above_title(line, body)).collect();
        let keys: Vec<String> = above.iter().map(|line| key(&line.text)).collect();
        let repeated: Vec<String> =
            keys.iter().filter(|key| keys.iter().filter(|other| other == key).count() >= 2).cloned().collect();
        let are_kickers = repeated.is_empty() && articles.len() >= 3 && keys.len() * 3 >= articles.len() * 2;
        Self { known: known.collect(), repeated, are_kickers }
    }

    /// Whether a line above a title is a section.
    fn has(&self, above: &Line, title: &Line, body: &BodyLook) -> bool {
        if let Some(level) = title.look.level {
            return above.look.level.is_some_and(|own| own < level);
        }
        if !self.known.is_empty() {
            return self.known.contains(&Signature::of(above)) && !may_be_smaller(above, title);
        }
        if self.repeated.contains(&key(&above.text)) {
            return true;
        }
        !self.are_kickers && !may_be_smaller(above, title) && titles::is_section(above, title, body)
    }
}

/// Whether a line is smaller than the title below, and so its kicker.
fn may_be_smaller(above: &Line, title: &Line) -> bool {
    above.size > 0.0 && above.size + 0.6 < title.size && !above.capitals
}

impl ArticleAt {
    /// The first of its pieces, with its kicker and the section that begins with it.
    pub(super) fn start(&self) -> usize {
        let section = match &self.section {
            Some(SectionAt::Pieces(range)) => range.start,
            _ => usize::MAX,
        };
        self.title.start.min(section).min(self.kicker.unwrap_or(usize::MAX))
    }
}

/// Most lines of an imprint.
const LONGEST_IMPRINT: usize = 14;

/// Where the imprint behind the last article begins; the end where there is none.
fn imprint_start(pieces: &[Piece], last: usize) -> usize {
    let mut start = pieces.len();
    let mut labels = 0;
    let mut seen = 0;
    for at in (last + 1..pieces.len()).rev() {
        let Some(line) = line(&pieces[at]) else {
            if matches!(pieces[at], Piece::Picture(_) | Piece::Table(_)) {
                break;
            }
            continue;
        };
        seen += 1;
        if line.length() > 160 || source(&line.text).is_some() || line.is_at_end() || seen > LONGEST_IMPRINT {
            break;
        }
        if is_imprint(&line.text) {
            labels += 1;
            start = at;
        }
    }
    if labels >= 2 { start } else { pieces.len() }
}

/// Whether a line above a title belongs to it, and not to the article above.
pub(super) fn is_above_title(line: &Line, body: &BodyLook) -> bool {
    use super::phrases::{credit, is_folio, may_be_name};
    may_be_title(line)
        && line.length() <= 80
        && !is_folio(&line.text)
        && !line.text.ends_with(['.', '!', '?', '…'])
        && credit(&line.text).is_none()
        && !line.has_role(Role::Title)
        && (body.stands_out(line) || line.capitals || (line.italic && !body.is_italic && line.length() <= 40))
        && !(may_be_name(&line.text)
            && !line.is_centred()
            && line.look.level.is_none()
            && !body.is_larger(line)
            && !line.capitals)
}
