//! The articles that the contents name, those that they name in other words, and those that they have forgotten.

use std::ops::Range;

use super::contents::{Anchor, Contents, line};
use super::line::{Line, Piece};
use super::outline::{ArticleAt, SectionAt};
use super::phrases::{email, is_imprint, url};
use super::titles::{self, BodyLook, Head, Signature, is_bare, may_be_title};

/// A section that the contents name: its entry, and its pieces where the text has it.
struct Named {
    entry: usize,
    pieces: Option<Range<usize>>,
}

/// The articles, and the titles that no article has; `None` where the text has none of them.
pub(super) fn by_contents(
    pieces: &[Piece],
    body: &BodyLook,
    contents: &Contents,
) -> Option<(Vec<ArticleAt>, Vec<String>)> {
    let may_differ = |at: usize| {
        let follows_picture = at.checked_sub(1).is_some_and(|before| matches!(pieces[before], Piece::Picture(_)));
        !follows_picture && line(&pieces[at]).is_some_and(|line| may_be_title(line) && body.stands_out(line))
    };
    // Where nothing has a look, words are all there is.
    let may_differ = |at: usize| body.size == 0.0 || may_differ(at);
    let is_free = |at: usize| !contents.pieces.contains(&at);
    let anchors = contents.anchors(pieces, is_free, may_differ);
    if anchors.is_empty() {
        return None;
    }
    let (mut articles, mut sections) = divided(pieces, body, contents, &anchors);
    add_others(pieces, body, contents, &mut articles, &sections);
    let open = |entry: usize| {
        let is_taken =
            articles.iter().filter_map(|article| article.entries.as_ref()).any(|range| range.contains(&entry));
        !is_taken && sections.iter().all(|section| section.entry != entry)
    };
    let open: Vec<usize> = (0..contents.entries.len()).filter(|&entry| open(entry)).collect();
    let (names, open): (Vec<usize>, Vec<usize>) = open.into_iter().partition(|&entry| contents.may_name_section(entry));
    sections.extend(names.into_iter().map(|entry| Named { entry, pieces: None }));
    sections.sort_by_key(|section| section.entry);
    let missing = pair(contents, &mut articles, open);
    attach(pieces, contents, &mut articles, sections);
    if articles.is_empty() { None } else { Some((articles, missing)) }
}

/// Anchors as articles and sections: a section stands right above the title of its first article.
fn divided(pieces: &[Piece], body: &BodyLook, contents: &Contents, anchors: &[Anchor]) -> (Vec<ArticleAt>, Vec<Named>) {
    let (mut articles, mut sections) = (Vec::new(), Vec::new());
    for (index, anchor) in anchors.iter().enumerate() {
        let next = anchors.get(index + 1);
        let above_next = next.is_some_and(|next| {
            is_bare(pieces, anchor.pieces.end..next.pieces.start) && next.entries.start == anchor.entries.end
        });
        let above_title =
            contents.names_section(anchor.entries.start) && is_above_title(pieces, body, anchor.pieces.end);
        if above_next || above_title {
            sections.push(Named { entry: anchor.entries.start, pieces: Some(anchor.pieces.clone()) });
            continue;
        }
        let contents_title = (!anchor.is_exact).then(|| contents.joined(&anchor.entries));
        let entries = Some(anchor.entries.clone());
        articles.push(ArticleAt { title: anchor.pieces.clone(), entries, contents_title, ..ArticleAt::default() });
    }
    (articles, sections)
}

/// Whether the next line, or the one after a kicker, stands out as titles do.
fn is_above_title(pieces: &[Piece], body: &BodyLook, from: usize) -> bool {
    let lines = pieces.get(from..).unwrap_or_default().iter().take(6).filter_map(line).take(2);
    // A bold lead is no title.
    let is_head = |line: &&Line| line.length() <= titles::LONGEST_SHORT_TITLE && !line.text.ends_with('.');
    lines.take_while(is_head).any(|line| may_be_title(line) && body.stands_out(line))
}

/// Adds articles whose titles look as those that the contents name, but are not named, or in other words.
fn add_others(
    pieces: &[Piece],
    body: &BodyLook,
    contents: &Contents,
    articles: &mut Vec<ArticleAt>,
    sections: &[Named],
) {
    let start = contents.pieces.last().map_or(0, |last| last + 1);
    let Some(look) = title_look(pieces, body, contents, articles) else { return };
    let is_section = |at: usize| sections.iter().filter_map(|section| section.pieces.as_ref()).any(|p| p.contains(&at));
    let is_known = |at: usize| is_section(at) || articles.iter().any(|article| article.title.contains(&at));
    let is_other = |at: &usize| {
        !is_known(*at)
            && !contents.pieces.contains(at)
            && line(&pieces[*at]).is_some_and(|line| {
                Signature::of(line) == look
                    && may_be_title(line)
                    && (body.is_larger(line) || line.look.level.is_some() || titles::follows_end(pieces, *at))
            })
    };
    let others = titles::runs(pieces, (start..pieces.len()).filter(is_other));
    // One right above another title is its kicker.
    let starts: Vec<usize> = articles.iter().map(|article| article.title.start).collect();
    let others = others.into_iter().filter(|other| {
        let next = starts.iter().copied().filter(|&start| start >= other.end).min();
        !next.is_some_and(|next| is_bare(pieces, other.end..next))
    });
    let new: Vec<_> = others.map(|title| ArticleAt { title, is_guess: true, ..ArticleAt::default() }).collect();
    articles.extend(new);
    articles.sort_by_key(|article| article.title.start);
}

/// The look of most titles that the contents name. Where they name few, the look that titles of the text have.
fn title_look(pieces: &[Piece], body: &BodyLook, contents: &Contents, articles: &[ArticleAt]) -> Option<Signature> {
    let looks: Vec<Signature> =
        articles.iter().filter_map(|a| pieces.get(a.title.start).and_then(line)).map(Signature::of).collect();
    let count = |look: &Signature| looks.iter().filter(|other| *other == look).count();
    let most = looks.iter().copied().max_by_key(count).filter(|look| count(look) * 2 > looks.len());
    if looks.len() * 2 >= contents.entries.len() || looks.len() >= 3 {
        return most;
    }
    let start = contents.pieces.last().map_or(0, |last| last + 1);
    let is_free = |at: usize| at >= start && !contents.pieces.contains(&at);
    let by_look = titles::by_look(pieces, body, is_free).into_iter().find_map(|head| match head {
        Head::Title(title) => pieces.get(title.start).and_then(line).map(Signature::of),
        Head::Section(_) => None,
    });
    by_look.or(most)
}

/// Gives entries that the text does not have to articles that no entry names, where there are as many of both between
/// two that are sure. What is left is missing.
fn pair(contents: &Contents, articles: &mut [ArticleAt], open: Vec<usize>) -> Vec<String> {
    let mut missing = Vec::new();
    let mut at = 0;
    let mut entry = 0;
    while at <= articles.len() {
        let next = (at..articles.len()).find(|&next| articles[next].entries.is_some()).unwrap_or(articles.len());
        let until = articles.get(next).and_then(|article| article.entries.clone()).map_or(usize::MAX, |e| e.start);
        let between: Vec<usize> = open.iter().copied().filter(|&open| open >= entry && open < until).collect();
        if between.len() == next - at {
            for (article, open) in articles[at..next].iter_mut().zip(&between) {
                article.entries = Some(*open..*open + 1);
                article.contents_title = contents.entries.get(*open).map(|entry| entry.text.clone());
                article.is_guess = false;
            }
        } else {
            missing
                .extend(between.iter().filter_map(|&open| contents.entries.get(open)).map(|entry| entry.text.clone()));
        }
        entry =
            articles.get(next).and_then(|article| article.entries.clone()).map_or(usize::MAX, |entries| entries.end);
        at = next + 1;
    }
    missing
}

/// Gives each section to its first article: the first that the contents name below it, or that stands below it. What has
/// text of its own is an article and no section.
fn attach(pieces: &[Piece], contents: &Contents, articles: &mut Vec<ArticleAt>, sections: Vec<Named>) {
    let has_text = |section: &Named| {
        let Some(own) = &section.pieces else { return false };
        let next = articles.iter().map(|article| article.title.start).filter(|start| *start >= own.end).min();
        !is_bare(pieces, own.end..next.unwrap_or(pieces.len()))
    };
    let (own, sections): (Vec<Named>, Vec<Named>) = sections.into_iter().partition(has_text);
    articles.extend(own.into_iter().filter_map(|section| {
        let entries = Some(section.entry..section.entry + 1);
        Some(ArticleAt { title: section.pieces?, entries, ..ArticleAt::default() })
    }));
    articles.sort_by_key(|article| article.title.start);
    for section in sections {
        let by_place = |article: &&mut ArticleAt| match &section.pieces {
            Some(pieces) => article.title.start >= pieces.end,
            None => article.entries.as_ref().is_some_and(|entries| entries.start > section.entry),
        };
        let Some(article) = articles.iter_mut().find(by_place) else { continue };
        article.section = match section.pieces {
            Some(pieces) => Some(SectionAt::Pieces(pieces)),
            None => contents.entries.get(section.entry).map(|entry| SectionAt::Named(entry.text.clone())),
        };
    }
}

impl Contents {
    /// Whether an entry looks as sections do among the others: without a mark where most have one, in capitals or bold
    /// where most are not.
    fn names_section(&self, at: usize) -> bool {
        let Some(entry) = self.entries.get(at) else { return false };
        let most = |has: fn(&super::contents::Entry) -> bool| {
            self.entries.iter().filter(|entry| has(entry)).count() * 2 > self.entries.len()
        };
        (!entry.is_marked && most(|entry| entry.is_marked))
            || (entry.is_capitals && most(|entry| !entry.is_capitals))
            || (entry.is_bold && most(|entry| !entry.is_bold))
    }

    /// Whether an entry that the text does not have is sure to be a section: lines of the masthead may have got among
    /// the contents.
    fn may_name_section(&self, at: usize) -> bool {
        let Some(entry) = self.entries.get(at).filter(|_| self.names_section(at)) else { return false };
        let text = entry.text.as_str();
        (entry.is_bold || entry.is_capitals)
            && text.chars().count() <= 80
            && !text.contains(':')
            && email(text).is_none()
            && url(text).is_none()
            && !is_imprint(text)
            && text.chars().next().is_some_and(char::is_uppercase)
    }
}
