//! Glyphs put together: to fragments without a gap, and these to lines.

use rustc_hash::FxHashMap;

use super::glyphs::{Area, Glyph, Page};

/// How far above its base line a letter reaches, and how far below, as shares of its size.
const ASCENT: f32 = 0.75;
const DESCENT: f32 = 0.22;

/// No line has a gap of more than so many sizes, however it is stretched: what follows stands in another column.
const FAR: f32 = 3.0;

/// A line of more fragments than this was made by no program that sets text.
const CROWD: usize = 1_000;

/// Glyphs of a page that follow one another on a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fragment {
    /// Indices into the glyphs of the page, from left to right; there may be spaces at both ends.
    pub(super) glyphs: Vec<usize>,
    /// What its letters cover, without spaces at its end.
    pub(super) area: Area,
    /// Its base line.
    pub(super) y: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
    /// Whether the same letters are printed twice, a little apart, which makes them bold.
    pub(super) twice: bool,
}

/// A line of text: fragments from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) fragments: Vec<Fragment>,
    pub(super) area: Area,
    pub(super) y: f32,
    pub(super) size: f32,
}

impl Fragment {
    pub(super) fn text(&self, page: &Page) -> String {
        self.glyphs.iter().filter_map(|index| page.glyphs.get(*index)).map(|glyph| page.text(glyph)).collect()
    }
}

impl Line {
    fn of(fragment: Fragment) -> Self {
        Self { area: fragment.area, y: fragment.y, size: fragment.size, fragments: vec![fragment] }
    }

    fn push(&mut self, fragment: Fragment) {
        if weight(&fragment) > self.fragments.iter().map(weight).max().unwrap_or(0) {
            self.y = fragment.y;
            self.size = fragment.size;
        }
        self.area = self.area.join(fragment.area);
        self.fragments.push(fragment);
    }

    /// The indices of its glyphs.
    pub(super) fn glyphs(&self) -> impl Iterator<Item = usize> + '_ {
        self.fragments.iter().flat_map(|fragment| fragment.glyphs.iter().copied())
    }
}

fn weight(fragment: &Fragment) -> usize {
    fragment.glyphs.len()
}

/// What a glyph covers, roughly.
pub(super) fn area(glyph: &Glyph) -> Area {
    Area {
        x0: glyph.x0,
        y0: glyph.y - glyph.size * ASCENT,
        x1: glyph.x1.max(glyph.x0),
        y1: glyph.y + glyph.size * DESCENT,
    }
}

/// Puts glyphs together that follow one another in the file and on the line. All must be turned the same way.
pub(super) fn fragments(page: &Page, glyphs: impl IntoIterator<Item = usize>) -> Vec<Fragment> {
    let mut done: Vec<Fragment> = Vec::new();
    let mut open: Option<Open> = None;
    let mut space: Option<usize> = None;
    for index in glyphs {
        let Some(glyph) = page.glyphs.get(index) else { continue };
        let is_space = page.is_space(glyph);
        if let Some(current) = &mut open
            && current.takes(page, glyph, is_space)
        {
            current.push(index, glyph, is_space);
            continue;
        }
        done.extend(open.take().map(|open| open.fragment));
        if is_space {
            space = Some(index);
        } else {
            // A space before it tells where a word begins if something else stands to its left.
            let before = space.take().filter(|space| leads(page, *space, glyph));
            open = Some(Open::new(before, index, glyph));
        }
    }
    done.extend(open.map(|open| open.fragment));
    for fragment in &mut done {
        settle(page, fragment);
    }
    interlaced(page, without_copies(page, done))
}

/// Whether a space stands directly before a glyph.
fn leads(page: &Page, space: usize, glyph: &Glyph) -> bool {
    page.glyphs.get(space).is_some_and(|space| {
        space.turn == glyph.turn
            && (space.y - glyph.y).abs() < glyph.size * 0.1
            && (glyph.x0 - space.x1).abs() < glyph.size * 0.5
    })
}

/// A fragment that may go on.
struct Open {
    fragment: Fragment,
    last: Glyph,
    /// Where its last letter ends.
    end: f32,
    after_space: bool,
}

impl Open {
    fn new(space: Option<usize>, index: usize, glyph: &Glyph) -> Self {
        let glyphs = space.into_iter().chain([index]).collect();
        let fragment = Fragment { glyphs, area: area(glyph), y: glyph.y, size: glyph.size, twice: false };
        Self { fragment, last: *glyph, end: glyph.x1, after_space: false }
    }

    fn takes(&self, page: &Page, glyph: &Glyph, is_space: bool) -> bool {
        let size = self.fragment.size.max(glyph.size);
        let shift = (glyph.y - self.last.y).abs().min((glyph.y - self.fragment.y).abs());
        let is_level = shift <= size * 0.12
            || (shift <= size * 0.6
                && (glyph.size < self.fragment.size * 0.85 || self.fragment.size < glyph.size * 0.85));
        let gap = glyph.x0 - self.last.x1;
        let room = if self.after_space || is_space { size * FAR } else { size };
        let follows = glyph.x0 >= self.last.x0 - size * 0.05 && gap >= size * -0.6;
        let is_on_letter = is_mark(page.text(glyph)) && gap >= size * -1.5;
        let is_far = !is_space && glyph.x0 - self.end > size * FAR;
        is_level && gap <= room && !is_far && (follows || is_on_letter)
    }

    fn push(&mut self, index: usize, glyph: &Glyph, is_space: bool) {
        if !is_space {
            self.end = glyph.x1;
            self.fragment.area = self.fragment.area.join(area(glyph));
            if glyph.size > self.fragment.size {
                self.fragment.size = glyph.size;
                self.fragment.y = glyph.y;
            }
        }
        self.fragment.glyphs.push(index);
        self.after_space = is_space;
        self.last = *glyph;
    }
}

/// Whether these letters are marks that stand on the letter before them.
fn is_mark(text: &str) -> bool {
    text.chars().next().is_some_and(|letter| ('\u{300}'..='\u{36F}').contains(&letter))
}

/// The base line and the size of most of its letters, not of the first or the largest.
fn settle(page: &Page, fragment: &mut Fragment) {
    let mut counts: Vec<(f32, f32, usize)> = Vec::new();
    for glyph in fragment.glyphs.iter().filter_map(|index| page.glyphs.get(*index)) {
        if page.is_space(glyph) {
            continue;
        }
        let same = |(size, y, _): &(f32, f32, usize)| (size - glyph.size).abs() < 0.1 && (y - glyph.y).abs() < 0.5;
        match counts.iter().position(same) {
            Some(known) => counts[known].2 += 1,
            None if counts.len() < 64 => counts.push((glyph.size, glyph.y, 1)),
            None => {}
        }
    }
    let mut best = 0;
    for (size, y, count) in counts {
        if count > best {
            best = count;
            fragment.size = size;
            fragment.y = y;
        }
    }
}

/// Letters that are printed twice at nearly the same place, for a shadow or to make them bold, count once.
fn without_copies(page: &Page, fragments: Vec<Fragment>) -> Vec<Fragment> {
    let mut kept: Vec<Fragment> = Vec::with_capacity(fragments.len());
    let mut by_text: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for fragment in fragments {
        let text = fragment.text(page).trim().to_owned();
        let same = by_text.entry(text).or_default();
        let near = fragment.size * 0.2;
        let original = same.iter().rev().take(64).find(|index| {
            kept.get(**index).is_some_and(|other| {
                (other.area.x0 - fragment.area.x0).abs() < near && (other.y - fragment.y).abs() < near
            })
        });
        if let Some(original) = original.and_then(|index| kept.get_mut(*index)) {
            original.twice = true;
            continue;
        }
        same.push(kept.len());
        kept.push(fragment);
    }
    kept
}

/// Puts fragments together that stand in one another's gaps: a program that has no font for all letters of a line sets
/// those of one font first, and then those of the other between them.
fn interlaced(page: &Page, mut fragments: Vec<Fragment>) -> Vec<Fragment> {
    fragments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.area.x0.total_cmp(&b.area.x0)));
    let mut done: Vec<Fragment> = Vec::with_capacity(fragments.len());
    let mut rows: Vec<Vec<Fragment>> = Vec::new();
    for fragment in fragments {
        match rows.last_mut() {
            Some(row) if row.last().is_some_and(|last| is_level(last, &fragment)) => row.push(fragment),
            _ => rows.push(vec![fragment]),
        }
    }
    for mut row in rows {
        if row.len() > CROWD {
            done.extend(row);
            continue;
        }
        row.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
        let mut open: Option<Fragment> = None;
        for fragment in row {
            match &mut open {
                Some(current) if fits_in(page, current, &fragment) => weave(page, current, fragment),
                _ => done.extend(open.replace(fragment)),
            }
        }
        done.extend(open);
    }
    done
}

fn is_level(a: &Fragment, b: &Fragment) -> bool {
    (a.y - b.y).abs() < a.size.min(b.size) * 0.1 && (a.size - b.size).abs() < a.size.max(b.size) * 0.3
}

/// Whether a fragment starts before another ends, or directly after it, and their letters do not cover one another.
fn fits_in(page: &Page, fragment: &Fragment, other: &Fragment) -> bool {
    if other.area.x0 > fragment.area.x1 + fragment.size * 0.12 {
        return false;
    }
    let solid = |fragment: &Fragment| -> Vec<(f32, f32)> {
        let glyphs = fragment.glyphs.iter().filter_map(|index| page.glyphs.get(*index));
        let mut edges: Vec<(f32, f32)> =
            glyphs.filter(|glyph| !page.is_space(glyph)).map(|glyph| (glyph.x0, glyph.x1)).collect();
        edges.sort_by(|a, b| a.0.total_cmp(&b.0));
        edges
    };
    let (own, more) = (solid(fragment), solid(other));
    let covers = |edges: &(f32, f32)| {
        let width = (edges.1 - edges.0).max(0.1);
        let before = own.partition_point(|letter| letter.0 < edges.1);
        let near = own.get(before.saturating_sub(3)..before).unwrap_or_default();
        near.iter().any(|letter| letter.1.min(edges.1) - letter.0.max(edges.0) > width * 0.6)
    };
    more.iter().filter(|edges| covers(edges)).count() * 5 <= more.len()
}

/// Merges the letters of two fragments by their place.
fn weave(page: &Page, fragment: &mut Fragment, other: Fragment) {
    let place = |index: &usize| page.glyphs.get(*index).map_or(0.0, |glyph| glyph.x0);
    fragment.area = fragment.area.join(other.area);
    fragment.twice |= other.twice;
    let mut woven = Vec::with_capacity(fragment.glyphs.len() + other.glyphs.len());
    let mut more = other.glyphs.iter().peekable();
    for index in &fragment.glyphs {
        while let Some(next) = more.next_if(|next| place(next) < place(index)) {
            woven.push(*next);
        }
        woven.push(*index);
    }
    woven.extend(more);
    fragment.glyphs = woven;
}

/// Puts the fragments of one column together to lines, from top to bottom.
pub(super) fn lines(mut fragments: Vec<Fragment>) -> Vec<Line> {
    fragments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.area.x0.total_cmp(&b.area.x0)));
    let mut lines: Vec<Line> = Vec::new();
    for fragment in fragments {
        let near = lines.iter_mut().rev().take(4).find(|line| is_on(line, &fragment));
        match near {
            Some(line) => line.push(fragment),
            None => lines.push(Line::of(fragment)),
        }
    }
    for line in &mut lines {
        line.fragments.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
    }
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.area.x0.total_cmp(&b.area.x0)));
    lines
}

/// Whether a fragment stands on a line: on its base line, or raised or lowered and smaller, and never over its letters.
fn is_on(line: &Line, fragment: &Fragment) -> bool {
    let shift = (fragment.y - line.y).abs();
    let small = fragment.size.min(line.size);
    let large = fragment.size.max(line.size);
    let is_level = shift <= small * 0.3 || (small < large * 0.85 && shift <= large * 0.5);
    let overlap = line.fragments.iter().any(|other| {
        let shared = other.area.x1.min(fragment.area.x1) - other.area.x0.max(fragment.area.x0);
        shared > small
    });
    is_level && !overlap
}
