//! What stands on a page, as plain data: glyphs, pictures and rules, in the order in which the page draws them.
//!
//! Coordinates are points from the top left corner of the page as it is read, y downwards.

use std::sync::Arc;

/// A rectangle, `x0 <= x1` and `y0 <= y1`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

impl Area {
    pub(super) fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// The smallest rectangle that holds both.
    pub(super) fn join(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// What both cover; empty areas have no size, never a negative one.
    pub(super) fn meet(self, other: Self) -> Self {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Self { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }

    pub(super) fn holds(&self, x: f32, y: f32) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    pub(super) fn size(&self) -> f32 {
        self.width() * self.height()
    }
}

/// A letter, or whatever one glyph stands for, in the direction of its writing: rotated text has its coordinates turned
/// so that it runs to the right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Its letters: a part of [`Page::letters`].
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where it starts and ends on the base line.
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The base line.
    pub(super) y: f32,
    /// Of the font, in points.
    pub(super) size: f32,
    /// An index into the fonts of the document; [`NO_FONT`] where none is known.
    pub(super) font: u16,
    /// By how many degrees its line is turned, clockwise.
    pub(super) turn: i16,
    /// The marked content that it belongs to.
    pub(super) mcid: Option<i32>,
    /// Whether the page says that it is decoration.
    pub(super) artifact: bool,
    /// Whether it is drawn with an outline as well, or slanted: what makes a font bold or italic that is not.
    pub(super) outlined: bool,
    pub(super) slanted: bool,
}

/// The font of a glyph whose font says nothing of itself.
pub(super) const NO_FONT: u16 = u16::MAX;

/// A font of the document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Font {
    pub(super) name: Option<Arc<str>>,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// A picture as it is placed on the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    /// An index into the pictures of the document.
    pub(super) picture: usize,
    /// The part of the page that shows it.
    pub(super) area: Area,
    /// The part of the page that it would cover if nothing was clipped.
    pub(super) whole: Area,
    pub(super) mcid: Option<i32>,
    pub(super) artifact: bool,
    /// How many glyphs were drawn before it.
    pub(super) after: usize,
}

/// A straight line or the edge of a filled box, upright or level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) area: Area,
    pub(super) artifact: bool,
}

impl Rule {
    pub(super) fn is_level(&self) -> bool {
        self.area.width() >= self.area.height()
    }
}

/// A link of a page to an address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub(super) area: Area,
    pub(super) address: String,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) width: f32,
    pub(super) height: f32,
    /// The letters of all glyphs, one after another.
    pub(super) letters: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) pictures: Vec<Placed>,
    pub(super) rules: Vec<Rule>,
    pub(super) links: Vec<Link>,
    /// How many glyphs have no letters.
    pub(super) unknown: usize,
}

impl Page {
    /// The letters of a glyph.
    pub(super) fn text(&self, glyph: &Glyph) -> &str {
        self.letters.get(glyph.start as usize..glyph.end as usize).unwrap_or_default()
    }

    pub(super) fn is_space(&self, glyph: &Glyph) -> bool {
        self.text(glyph).chars().all(char::is_whitespace)
    }
}
