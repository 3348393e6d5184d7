//! Text out of glyphs: with the spaces that the page shows, and in the styles that it has.

use std::sync::Arc;

use super::glyphs::{Font, Glyph, Page};
use super::lines::Line;
use crate::import::document::{Span, Style};

/// A gap of this share of the letters' size divides words, where the file has spaces of its own and where it has none.
const GAP: f32 = 0.26;
const GAP_WITHOUT_SPACES: f32 = 0.16;
/// A gap that is wider than this many sizes, and than this many usual gaps of the line, is a tab.
const TAB: f32 = 2.5;
const TAB_GAPS: f32 = 3.0;

/// What is needed to read a page's glyphs.
#[derive(Clone, Copy)]
pub(super) struct Source<'p> {
    pub(super) page: &'p Page,
    pub(super) fonts: &'p [Font],
}

/// A line as text, without spaces at its ends, and whether the file has a space at its end.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Text {
    pub(super) spans: Vec<Span>,
    pub(super) ends_with_space: bool,
}

impl Text {
    pub(super) fn plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// The text of a line.
pub(super) fn text(source: Source<'_>, line: &Line) -> Text {
    let glyphs: Vec<(Glyph, bool)> = line
        .fragments
        .iter()
        .flat_map(|fragment| fragment.glyphs.iter().map(|index| (*index, fragment.twice)))
        .filter_map(|(index, twice)| Some((*source.page.glyphs.get(index)?, twice)))
        .collect();
    let gaps = Gaps::of(source.page, &glyphs);
    let main = main_fonts(source, line, &glyphs);
    let mut text = Text::default();
    let mut last: Option<Glyph> = None;
    let mut space: Option<&str> = None;
    for (glyph, twice) in &glyphs {
        let letters = source.page.text(glyph);
        if source.page.is_space(glyph) {
            let wide = last.is_some_and(|last| gaps.is_tab(glyph.x1 - last.x1, glyph.size));
            space = Some(if wide { "\t" } else { joined(space, letters) });
            continue;
        }
        if let Some(last) = last {
            let gap = glyph.x0 - last.x1;
            if gaps.is_tab(gap, glyph.size.max(last.size)) {
                space = Some("\t");
            } else if space.is_none() && gaps.divides(gap, &last, glyph) {
                space = Some(" ");
            }
        }
        let mut style = style(source.fonts, glyph, line, *twice);
        if !letters.is_ascii()
            && let Some((_, font, _)) = main.iter().find(|(other, ..)| *other == Style { font: None, ..style.clone() })
        {
            style.font.clone_from(font);
        }
        let link = link(source.page, glyph);
        if let Some(space) = space.take().filter(|_| last.is_some()) {
            push(&mut text.spans, space, &style, &link);
        }
        push(&mut text.spans, letters, &style, &link);
        last = Some(*glyph);
    }
    text.ends_with_space = space.is_some();
    text
}

/// The words of a line, with single spaces between them.
pub(super) fn words(page: &Page, line: &Line) -> String {
    let plain = text(Source { page, fonts: &[] }, line).plain();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The font of most letters of a line, for every style without its font: letters that a font lacks are set in another one
/// that only looks alike, and that is no change of style.
fn main_fonts(source: Source<'_>, line: &Line, glyphs: &[(Glyph, bool)]) -> Vec<(Style, Option<Arc<str>>, usize)> {
    let mut counts: Vec<(Style, Option<Arc<str>>, usize)> = Vec::new();
    for (glyph, twice) in glyphs {
        if source.page.is_space(glyph) {
            continue;
        }
        let mut plain = style(source.fonts, glyph, line, *twice);
        let font = plain.font.take();
        match counts.iter().position(|(style, name, _)| *style == plain && *name == font) {
            Some(known) => counts[known].2 += 1,
            None if counts.len() < 32 => counts.push((plain, font, 1)),
            None => {}
        }
    }
    counts.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
    counts
}

/// Two spaces in a row are two, as they were typed; a no-break space stays one.
fn joined<'t>(before: Option<&'t str>, letters: &'t str) -> &'t str {
    match (before, letters) {
        (Some("\t"), _) => "\t",
        (_, "\u{A0}") => "\u{A0}",
        (Some("\u{A0}"), _) => "\u{A0}",
        (Some(_), _) => "  ",
        _ => " ",
    }
}

fn push(spans: &mut Vec<Span>, letters: &str, style: &Style, link: &Option<String>) {
    if let Some(span) = spans.last_mut()
        && span.style == *style
        && span.link == *link
    {
        span.text.push_str(letters);
        return;
    }
    // A space between two styles belongs to the first.
    let is_space = letters.chars().all(char::is_whitespace);
    if let Some(span) = spans.last_mut()
        && is_space
    {
        span.text.push_str(letters);
        return;
    }
    spans.push(Span { text: letters.to_owned(), style: style.clone(), link: link.clone() });
}

/// The gaps of a line.
struct Gaps {
    /// Between letters of one word: letters that are set apart have one.
    usual: f32,
    /// Between words.
    words: f32,
    has_spaces: bool,
}

impl Gaps {
    fn of(page: &Page, glyphs: &[(Glyph, bool)]) -> Self {
        let mut inside: Vec<f32> = Vec::new();
        let mut words: Vec<f32> = Vec::new();
        let mut last: Option<Glyph> = None;
        let mut space = false;
        let mut has_spaces = false;
        for (glyph, _) in glyphs {
            if page.is_space(glyph) {
                space = true;
                continue;
            }
            if let Some(last) = last {
                let gap = (glyph.x0 - last.x1) / glyph.size.max(0.1);
                has_spaces |= space;
                if space { words.push(gap) } else { inside.push(gap) }
            }
            last = Some(*glyph);
            space = false;
        }
        let usual = median(&mut inside).unwrap_or(0.0).clamp(0.0, 0.6);
        Self { usual, words: median(&mut words).unwrap_or(0.3).max(0.2), has_spaces }
    }

    fn divides(&self, gap: f32, last: &Glyph, glyph: &Glyph) -> bool {
        let size = glyph.size.min(last.size);
        let limit = if self.has_spaces { GAP } else { GAP_WITHOUT_SPACES };
        gap > size * (limit + self.usual)
    }

    fn is_tab(&self, gap: f32, size: f32) -> bool {
        gap > size * TAB && gap > size * self.words * TAB_GAPS
    }
}

fn median(numbers: &mut [f32]) -> Option<f32> {
    let middle = numbers.len() / 2;
    numbers.sort_by(f32::total_cmp);
    numbers.get(middle).copied()
}

/// How a glyph looks in its line.
pub(super) fn style(fonts: &[Font], glyph: &Glyph, line: &Line, twice: bool) -> Style {
    let font = fonts.get(usize::from(glyph.font));
    let shift = line.y - glyph.y;
    let is_small = glyph.size < line.size * 0.9;
    Style {
        size: (glyph.size * 10.0).round() / 10.0,
        bold: twice || glyph.outlined || font.is_some_and(|font| font.bold),
        italic: glyph.slanted || font.is_some_and(|font| font.italic),
        raised: is_small && shift > line.size * 0.12,
        lowered: is_small && shift < line.size * -0.08,
        font: font.and_then(|font| font.name.as_ref()).map(Arc::clone),
        ..Style::default()
    }
}

fn link(page: &Page, glyph: &Glyph) -> Option<String> {
    if glyph.turn != 0 {
        return None;
    }
    let (x, y) = ((glyph.x0 + glyph.x1) / 2.0, glyph.y - glyph.size * 0.25);
    page.links.iter().find(|link| link.area.holds(x, y)).map(|link| link.address.clone())
}
