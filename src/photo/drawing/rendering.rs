//! What it takes to put a drawing into the PDF, once it is known what it consists of. Most of a drawing goes in as it
//! is; filters are turned into pixels, four to a point, and patterns are left to the reader's program.

use usvg::filter::{Filter, Kind};
use usvg::{Group, ImageKind, Node, Paint, Path, Tree};

use crate::diagnostic::{DrawingError, DrawingLimit};

/// Most steps for all filters of a drawing, a step being what it takes to blur or mix one pixel once.
const MAX_STEPS: f64 = 150_000_000.0;

/// Most pixels that a filter may hold at once, in all its parts: four bytes each.
const MAX_PIXELS: f64 = 60_000_000.0;

/// Most tiles of patterns: readers' programs draw each.
const MAX_TILES: f64 = 1_000_000.0;

/// Most groups and paths, each counted as often as it is written.
const MAX_NODES: u64 = 1_000_000;

/// How far anything may lie from where the drawing begins, in its units, and how much it may be scaled up or down: the
/// programs that come after count in numbers of seven digits.
const FARTHEST: f32 = 1e8;

/// The sides of the largest page on which a drawing is placed, in points: A4.
const PAGE: (f64, f64) = (595.0, 842.0);

/// Pixels to a point of what is filtered, and the most pixels a side; the PDF writer has it so.
const SHARPNESS: f64 = 4.0;
const LONGEST_SIDE: f64 = 5000.0;

/// Whether a drawing can be put into the PDF in reasonable time and memory.
pub(super) fn check(tree: &Tree) -> Result<(), DrawingError> {
    let mut meter = Meter { steps: 0.0, tiles: 0.0, nodes: 0 };
    meter.group(tree.root(), &Place::of(tree))
}

/// Where something is drawn.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Points to a unit of the drawing, at most.
    scale: f64,
    /// Apart from the page, where the PDF writer does not know how large it will be.
    is_apart: bool,
    /// Pixels and pixels to a unit, inside something that is filtered.
    raster: Option<(f64, f64)>,
}

impl Place {
    fn of(tree: &Tree) -> Self {
        let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
        Self { scale: (PAGE.0 / width).min(PAGE.1 / height), is_apart: false, raster: None }
    }

    fn apart(self) -> Self {
        Self { is_apart: true, ..self }
    }
}

/// Whether a place is not out of all proportion.
fn near(transform: usvg::Transform) -> Result<(), DrawingError> {
    let usvg::Transform { sx, kx, ky, sy, tx, ty } = transform;
    let is_far = [sx, kx, ky, sy, tx, ty].iter().any(|part| !part.is_finite() || part.abs() > FARTHEST);
    let stretch = [sx, kx, ky, sy].iter().fold(0.0, |most: f32, part| most.max(part.abs()));
    if is_far || stretch < 1.0 / FARTHEST { Err(DrawingError::TooMuch(DrawingLimit::Extent)) } else { Ok(()) }
}

struct Meter {
    steps: f64,
    tiles: f64,
    nodes: u64,
}

impl Meter {
    fn group(&mut self, group: &Group, place: &Place) -> Result<(), DrawingError> {
        self.node()?;
        near(group.abs_transform())?;
        let mut place = *place;
        if !group.filters().is_empty() {
            let raster = match place.raster {
                Some(raster) => raster,
                None => raster(group, &place),
            };
            place.raster = Some(raster);
            self.filters(group.filters(), raster, &place)?;
        }
        // Each layer inside something filtered is a picture of its own.
        if let (Some((pixels, _)), true) = (place.raster, group.should_isolate()) {
            self.step(2.0 * pixels)?;
        }
        let mut clip_path = group.clip_path();
        while let Some(clip) = clip_path {
            self.group(clip.root(), &place.apart())?;
            clip_path = clip.clip_path();
        }
        let mut mask = group.mask();
        while let Some(inner) = mask {
            if let Some((pixels, _)) = place.raster {
                self.step(2.0 * pixels)?;
            }
            self.group(inner.root(), &place.apart())?;
            mask = inner.mask();
        }
        for child in group.children() {
            match child {
                Node::Group(group) => self.group(group, &place)?,
                Node::Path(path) => self.path(path, &place)?,
                Node::Text(text) => self.group(text.flattened(), &place)?,
                Node::Image(image) => {
                    let scale = place.scale * scale_of(image.abs_transform());
                    match image.kind() {
                        ImageKind::SVG(tree) => self.group(tree.root(), &Place { scale, ..place })?,
                        _ => self.raster(&place, 4.0)?,
                    }
                }
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, place: &Place) -> Result<(), DrawingError> {
        self.node()?;
        near(path.abs_transform())?;
        let (own, placed) = (path.stroke_bounding_box(), path.abs_stroke_bounding_box());
        for side in [own.left(), own.top(), own.right(), own.bottom(), placed.right(), placed.bottom()] {
            if !side.is_finite() || side.abs() > FARTHEST {
                return Err(DrawingError::TooMuch(DrawingLimit::Extent));
            }
        }
        let paints = [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
        for paint in paints.into_iter().flatten() {
            if let Paint::Pattern(pattern) = paint {
                let area = path.stroke_bounding_box();
                let area = f64::from(area.width()) * f64::from(area.height());
                let tile = f64::from(pattern.rect().width()) * f64::from(pattern.rect().height());
                let stretch = pattern.transform();
                let stretch = f64::from(stretch.sx * stretch.sy - stretch.kx * stretch.ky).abs();
                self.tiles += area / (tile * stretch);
                // Also where one of the numbers is none.
                if self.tiles.is_nan() || self.tiles > MAX_TILES {
                    return Err(DrawingError::TooMuch(DrawingLimit::Patterns));
                }
                self.raster(place, 4.0)?;
                self.group(pattern.root(), &place.apart())?;
            }
        }
        let Some((pixels, sharpness)) = place.raster else { return Ok(()) };
        let area = path.abs_stroke_bounding_box();
        let area = f64::from(area.width()) * f64::from(area.height()) * sharpness * sharpness;
        self.step(area.min(pixels) + 1000.0 + 20.0 * dashes(path))
    }

    fn filters(
        &mut self,
        filters: &[std::sync::Arc<Filter>],
        (pixels, sharpness): (f64, f64),
        place: &Place,
    ) -> Result<(), DrawingError> {
        let parts: usize = filters.iter().map(|filter| filter.primitives().len()).max().unwrap_or(0);
        if pixels * (parts as f64 + 3.0) > MAX_PIXELS {
            return Err(DrawingError::TooMuch(DrawingLimit::Filters));
        }
        for primitive in filters.iter().flat_map(|filter| filter.primitives()) {
            self.step(pixels * steps(primitive.kind(), sharpness))?;
            if let Kind::Image(image) = primitive.kind() {
                self.group(image.root(), place)?;
            }
        }
        Ok(())
    }

    /// Counts work on each pixel, inside something that is filtered.
    fn raster(&mut self, place: &Place, steps: f64) -> Result<(), DrawingError> {
        place.raster.map_or(Ok(()), |(pixels, _)| self.step(pixels * steps))
    }

    fn step(&mut self, steps: f64) -> Result<(), DrawingError> {
        self.steps += steps;
        // Also where one of the numbers is none.
        if self.steps <= MAX_STEPS { Ok(()) } else { Err(DrawingError::TooMuch(DrawingLimit::Filters)) }
    }

    fn node(&mut self) -> Result<(), DrawingError> {
        self.nodes += 1;
        if self.nodes <= MAX_NODES { Ok(()) } else { Err(DrawingError::TooMuch(DrawingLimit::Parts)) }
    }
}

/// How many pixels a filtered group becomes, and how many to a unit.
fn raster(group: &Group, place: &Place) -> (f64, f64) {
    let (seen, own) = (group.abs_layer_bounding_box(), group.layer_bounding_box());
    let (mut width, mut height) = (f64::from(seen.width()), f64::from(seen.height()));
    let mut scale = SHARPNESS * place.scale;
    if place.is_apart {
        width = width.max(own.width().into());
        height = height.max(own.height().into());
        scale = scale.max(SHARPNESS);
    }
    let scale = scale.min(LONGEST_SIDE / width).min(LONGEST_SIDE / height);
    (width * height * scale * scale, scale * scale_of(group.abs_transform()))
}

/// How much a transformation enlarges at most.
fn scale_of(transform: usvg::Transform) -> f64 {
    let (x, y) = transform.get_scale();
    f64::from(x.max(y))
}

/// What a part of a filter does with each pixel, a blur being several sums and the like.
fn steps(kind: &Kind, sharpness: f64) -> f64 {
    match kind {
        Kind::GaussianBlur(_) | Kind::DropShadow(_) => 4.0,
        // Looks at all pixels around.
        Kind::Morphology(morphology) => {
            let side = |radius: f32| 2.0 * (f64::from(radius) * sharpness).ceil() + 1.0;
            1.0 + side(morphology.radius_x().get()) * side(morphology.radius_y().get()) / 8.0
        }
        Kind::ConvolveMatrix(matrix) => 1.0 + matrix.matrix().data().len() as f64,
        Kind::Turbulence(turbulence) => 4.0 + 16.0 * f64::from(turbulence.num_octaves()),
        Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) | Kind::DisplacementMap(_) => 4.0,
        Kind::Merge(merge) => 1.0 + merge.inputs().len() as f64,
        _ => 2.0,
    }
}

/// How many dashes a stroke has.
fn dashes(path: &Path) -> f64 {
    /// What the program that draws stops at.
    const MOST: f64 = 1_000_000.0;
    let Some(pattern) = path.stroke().and_then(|stroke| stroke.dasharray()) else { return 0.0 };
    let length: f64 = path.data().points().windows(2).map(|pair| f64::from(pair[0].distance(pair[1]))).sum();
    let period: f64 = pattern.iter().map(|&dash| f64::from(dash)).sum();
    (length / period * pattern.len() as f64).clamp(0.0, MOST)
}
