//! Listens to the interpreter while it draws a page, and writes down what it draws.

use hayro_interpret::font::Glyph as Drawn;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::glyphs::{Area, Glyph, NO_FONT, Page, Placed, Rule};
use super::letters;
use super::pictures::Gallery;
use super::survey::{Fonts, Mark};

/// More than these are on no page that people make.
pub(super) const GLYPHS: usize = 400_000;
const RULES: usize = 20_000;
const PLACED: usize = 5_000;
/// Lines thicker than this are boxes.
const THIN: f32 = 3.0;
/// Shorter ones are parts of drawings.
const SHORT: f32 = 6.0;

/// Marked content that has begun.
struct Open {
    mcid: Option<i32>,
    artifact: bool,
    /// What the glyphs from this one on are to be read as.
    actual: Option<(String, usize)>,
}

/// The listener.
pub(super) struct Collector<'s> {
    pub(super) page: Page,
    fonts: &'s Fonts,
    marks: &'s [Mark],
    next_mark: usize,
    open: Vec<Open>,
    clips: Vec<Area>,
    gallery: &'s mut Gallery,
}

impl<'s> Collector<'s> {
    pub(super) fn new(size: (f32, f32), fonts: &'s Fonts, marks: &'s [Mark], gallery: &'s mut Gallery) -> Self {
        let page = Page { width: size.0, height: size.1, ..Page::default() };
        let whole = Area { x0: 0.0, y0: 0.0, x1: size.0, y1: size.1 };
        Self { page, fonts, marks, next_mark: 0, open: Vec::new(), clips: vec![whole], gallery }
    }

    fn mcid(&self) -> Option<i32> {
        self.open.last().and_then(|open| open.mcid)
    }

    fn artifact(&self) -> bool {
        self.open.last().is_some_and(|open| open.artifact)
    }

    fn clip(&self) -> Area {
        self.clips.last().copied().unwrap_or_default()
    }

    /// The properties of the mark that begins, as the survey has found them. Both meet the same marks in the same order,
    /// but for drawings that the interpreter leaves out.
    fn properties(&mut self, tag: &[u8], mcid: Option<i32>) -> Option<&'s Mark> {
        let rest = self.marks.get(self.next_mark..)?;
        let fits = |mark: &Mark| mark.tag == tag && (mcid.is_none() || mark.mcid == mcid);
        let ahead = rest.iter().take(1_000).position(fits)?;
        self.next_mark += ahead + 1;
        rest.get(ahead)
    }

    fn letters(&mut self, glyph: &Drawn<'_>) -> (u32, u32) {
        let start = self.page.letters.len();
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letters::push(&mut self.page.letters, letter.encode_utf8(&mut [0; 4])),
            Some(BfString::String(text)) => letters::push(&mut self.page.letters, &text),
            None => {}
        }
        if self.page.letters.len() == start {
            self.unknown(glyph);
        }
        (offset(start), offset(self.page.letters.len()))
    }

    /// A glyph that stands for no letter is a space if it draws nothing.
    fn unknown(&mut self, glyph: &Drawn<'_>) {
        let draws = match glyph {
            Drawn::Outline(outline) => !outline.outline().elements().is_empty(),
            Drawn::Type3(_) => true,
        };
        if draws {
            self.page.unknown += 1;
            self.page.letters.push(char::REPLACEMENT_CHARACTER);
        } else {
            self.page.letters.push(' ');
        }
    }

    /// Puts the text that the file gives for these glyphs in the place of their letters.
    fn replace(&mut self, text: &str, first: usize) {
        let Some(glyphs) = self.page.glyphs.get(first..) else { return };
        let (Some(head), Some(last)) = (glyphs.first().copied(), glyphs.last().copied()) else { return };
        let drawn: String = glyphs.iter().map(|glyph| self.page.text(glyph)).collect();
        if words(&drawn) == words(text) {
            return;
        }
        let start = self.page.letters.len();
        letters::push(&mut self.page.letters, text);
        let one_line = (head.y - last.y).abs() < head.size && last.x1 > head.x0;
        let x1 = if one_line { last.x1 } else { head.x1 };
        self.page.glyphs.truncate(first);
        let (start, end) = (offset(start), offset(self.page.letters.len()));
        self.page.glyphs.push(Glyph { start, end, x1, ..head });
    }

    fn rule(&mut self, area: Area) {
        let (long, thick) =
            if area.width() >= area.height() { (area.width(), area.height()) } else { (area.height(), area.width()) };
        if long >= SHORT && thick <= THIN && self.page.rules.len() < RULES {
            let artifact = self.artifact();
            self.page.rules.push(Rule { area, artifact });
        }
    }

    /// The parts of a filled path that are thin enough for lines.
    fn filled(&mut self, path: &BezPath, transform: Affine) {
        let mut part: Option<Rect> = None;
        for element in path.elements() {
            let point = match element {
                PathEl::MoveTo(point) => {
                    if let Some(done) = part.take() {
                        self.rule(area(done));
                    }
                    *point
                }
                PathEl::LineTo(point) | PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => *point,
                PathEl::ClosePath => continue,
            };
            let point = transform * point;
            part = Some(part.map_or(Rect::from_points(point, point), |rect| rect.union_pt(point)));
        }
        if let Some(done) = part {
            self.rule(area(done));
        }
    }

    fn stroked(&mut self, path: &BezPath, transform: Affine) {
        let (mut first, mut last) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            match element {
                PathEl::MoveTo(point) => {
                    first = *point;
                    last = *point;
                }
                PathEl::LineTo(point) => {
                    self.rule(area(Rect::from_points(transform * last, transform * *point)));
                    last = *point;
                }
                PathEl::ClosePath => {
                    self.rule(area(Rect::from_points(transform * last, transform * first)));
                    last = first;
                }
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => last = *point,
            }
        }
    }
}

impl<'a> Device<'a> for Collector<'_> {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'a>, mode: &PathDrawMode) {
        match mode {
            PathDrawMode::Fill(_) => self.filled(path, transform),
            PathDrawMode::Stroke(_) => self.stroked(path, transform),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let inside = self.clip().meet(area(clip.path.bounding_box()));
        self.clips.push(inside);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph(
        &mut self,
        glyph: &Drawn<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        let Some(place) = Place::of(transform * glyph_transform, advance(glyph)) else { return };
        // A glyph that is filled and outlined comes twice.
        let outline = matches!(mode, GlyphDrawMode::Stroke(_));
        if outline
            && let Some(last) = self.page.glyphs.last_mut()
            && (last.x0 - place.x0).abs() < 0.01
            && (last.y - place.y).abs() < 0.01
        {
            last.outlined = true;
            return;
        }
        if self.page.glyphs.len() >= GLYPHS {
            return;
        }
        let (start, end) = self.letters(glyph);
        let font = match glyph {
            Drawn::Outline(outline) => self.fonts.index(outline.font_cache_key()),
            Drawn::Type3(_) => NO_FONT,
        };
        let (mcid, artifact) = (self.mcid(), self.artifact());
        let Place { x0, x1, y, size, turn, slanted } = place;
        self.page.glyphs.push(Glyph {
            start,
            end,
            x0,
            x1,
            y,
            size,
            font,
            turn,
            mcid,
            artifact,
            outlined: false,
            slanted,
        });
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let whole = area(transform.transform_rect_bbox(pixels));
        let shown = whole.meet(self.clip());
        if self.page.pictures.len() >= PLACED || !super::pictures::is_worth_it(shown) {
            return;
        }
        let above = self.gallery.take_last();
        let Some(picture) = self.gallery.add(&image, transform) else { return };
        if let Some(last) = self.page.pictures.last()
            && continues(last.area, shown)
            && above.as_ref().is_some_and(|(index, _)| *index == last.picture)
            && let Some(picture) = self.gallery.join(above)
            && let Some(last) = self.page.pictures.last_mut()
        {
            *last = Placed { picture, area: last.area.join(shown), whole: last.whole.join(whole), ..*last };
            return;
        }
        let after = self.page.glyphs.len();
        let (mcid, artifact) = (self.mcid(), self.artifact());
        self.page.pictures.push(Placed { picture, area: shown, whole, mcid, artifact, after });
    }

    fn pop_clip_path(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], mcid: Option<i32>) {
        let properties = self.properties(tag, mcid);
        let mcid = mcid.or_else(|| properties.and_then(|mark| mark.mcid));
        let actual = properties.and_then(|mark| mark.actual.clone()).map(|text| (text, self.page.glyphs.len()));
        let open = Open {
            mcid: mcid.or_else(|| self.mcid()),
            artifact: tag == b"Artifact" || (self.artifact() && mcid.is_none()),
            actual,
        };
        self.open.push(open);
    }

    fn end_marked_content(&mut self) {
        if let Some(Open { actual: Some((text, first)), .. }) = self.open.pop() {
            self.replace(&text, first);
        }
    }
}

/// Where a glyph stands, along its own line.
struct Place {
    x0: f32,
    x1: f32,
    y: f32,
    size: f32,
    turn: i16,
    slanted: bool,
}

impl Place {
    /// `None` where the numbers are no place at all.
    fn of(transform: Affine, advance: Option<f32>) -> Option<Self> {
        let origin = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let size = up.hypot();
        let sound = origin.is_finite() && along.is_finite() && size > 0.05 && size < 10_000.0 && along.hypot() > 0.01;
        if !sound {
            return None;
        }
        let angle = along.atan2();
        let turn = angle.to_degrees().round().rem_euclid(360.0);
        let angle = -turn.to_radians();
        let end = origin + along * f64::from(advance.unwrap_or(f32::NAN)) / 1000.0;
        let (start, end) = (turned(origin, angle), turned(end, angle));
        let slant = along.normalize().dot(up.normalize());
        Some(Self {
            x0: start.x as f32,
            x1: end.x as f32,
            y: start.y as f32,
            size: size as f32,
            turn: turn as i16,
            slanted: slant.abs() > 0.1,
        })
    }
}

/// Whether a picture stands directly below another and is as wide: Word cuts large pictures into stripes.
fn continues(above: Area, below: Area) -> bool {
    const NEAR: f32 = 0.7;
    (above.x0 - below.x0).abs() < NEAR && (above.x1 - below.x1).abs() < NEAR && (above.y1 - below.y0).abs() < NEAR
}

fn turned(point: Point, angle: f64) -> Point {
    if angle == 0.0 { point } else { Affine::rotate(angle) * point }
}

fn advance(glyph: &Drawn<'_>) -> Option<f32> {
    match glyph {
        Drawn::Outline(outline) => outline.advance_width(),
        Drawn::Type3(_) => None,
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect()
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Never negative, and finite.
fn area(rect: Rect) -> Area {
    let rect = rect.abs();
    let number = |number: f64| if number.is_finite() { number.clamp(-1e6, 1e6) as f32 } else { 0.0 };
    Area { x0: number(rect.x0), y0: number(rect.y0), x1: number(rect.x1), y1: number(rect.y1) }
}

/// Gives those glyphs an end whose font does not say how wide they are.
pub(super) fn mend_widths(page: &mut Page) {
    for index in 0..page.glyphs.len() {
        let Some(glyph) = page.glyphs.get(index).copied() else { continue };
        if glyph.x1.is_finite() {
            continue;
        }
        let next = page.glyphs.get(index + 1).filter(|next| (next.y - glyph.y).abs() < 0.1 && next.turn == glyph.turn);
        let room = next.map(|next| next.x0 - glyph.x0).filter(|room| *room > 0.0 && *room < glyph.size * 1.2);
        if let Some(glyph) = page.glyphs.get_mut(index) {
            glyph.x1 = glyph.x0 + room.unwrap_or(glyph.size * 0.5);
        }
    }
}
