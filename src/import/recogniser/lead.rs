//! The lead of an article.

use std::ops::Range;

use super::contents::line;
use super::figures::{is_credit, says_caption};
use super::inlines::has_note;
use super::line::{Line, Piece};
use super::phrases::bullet;
use super::titles::BodyLook;
use crate::import::bulletin::Article;
use crate::import::document::{Doubt, DoubtKind, Role};

/// Shortest and longest lead, in characters.
const LEAD: Range<usize> = 40..1200;

/// Takes the lead: the first paragraph, where it looks otherwise than the text. In a file without looks, where it is
/// shorter than paragraphs are.
pub(super) fn take_lead(article: &mut Article, rest: &mut Vec<&Piece>, look: &BodyLook) {
    let mut lines = rest.iter().enumerate().filter_map(|(at, piece)| Some((at, line(piece)?)));
    // Where nothing has a look, the caption of a photo above the text may stand first.
    let is_first = |line: &Line| {
        let is_unlike_text = look.size == 0.0 && !ends_sentence(line) && line.length() <= 250;
        !says_caption(line) && !is_credit(line) && !is_unlike_text
    };
    let Some((at, first)) = lines.by_ref().take(2).find(|(_, line)| is_first(line)) else { return };
    let others: Vec<&Line> = lines.map(|(_, line)| line).collect();
    let pictures_alone = rest[..at].iter().all(|piece| !matches!(piece, Piece::Table(_) | Piece::FrameStart));
    let may_be = LEAD.contains(&first.length())
        && !has_note(&first.inlines)
        && first.look.list.is_none()
        && pictures_alone
        && bullet(&first.text).is_none()
        && first.look.level.is_none();
    if !may_be || others.iter().all(|line| line.length() < 40) {
        return;
    }
    let next = others.iter().find(|line| !says_caption(line) && line.length() > 80);
    let is_styled = (first.bold && !look.is_bold)
        || (first.italic && !look.is_italic && next.is_none_or(|next| !next.italic))
        || first.has_role(Role::Subtitle);
    let is_short = look.size == 0.0 && !look.is_bold && is_short_lead(first, &others);
    if is_styled || is_short {
        article.lead = Some(first.text.clone());
        if !is_styled {
            article.doubts.push(Doubt { kind: DoubtKind::Lead, about: first.text.clone() });
        }
        rest.remove(at);
    }
}

/// Where nothing has a look: a first paragraph of one or two sentences, with longer ones below.
fn is_short_lead(first: &Line, others: &[&Line]) -> bool {
    let longest = others.iter().map(|line| line.length()).max().unwrap_or_default();
    let paragraphs = others.iter().filter(|line| line.length() > 100).count();
    first.length() <= 400 && paragraphs >= 2 && first.length() < longest && ends_sentence(first)
}

fn ends_sentence(line: &Line) -> bool {
    line.text.ends_with(['.', '!', '?', '…', '”', '"', ')'])
}
