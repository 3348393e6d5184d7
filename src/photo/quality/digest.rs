//! A picture, taken apart so that what a JPEG of some quality would lose of it can be estimated without making one.
//!
//! The blocks of the picture are rounded as the encoder would round them, and the errors weighed as SSIMULACRA2 does:
//! in its colour space (XYB), against the detail around them, at several scales. What makes it fast: the finest detail
//! is looked at in some strips of the picture only; how errors come out in XYB is worked out once for each 4 by 4
//! pixels; and errors at 1:4 follow from the waves of a block without going back to pixels.

use super::PictureRef;
use super::blocks::{Blocks, Rounding};
use super::eye::{Eye, Gains};
use super::plane::{Losses, Plane};

/// How many numbers tell what is lost: four kinds in each of eight views: light at 1:1 to 1:16,
/// then blue against yellow at 1:4 to 1:16.
pub(super) const KINDS: usize = 32;

/// A strip is so many rows of blocks high...
const STRIP: usize = 2;

/// ... and there are so many that they have about this many pixels together, or this share of all.
const LOOKED_AT: usize = 100_000;
const LOOKED_AT_SHARE: usize = 4;

/// A picture, ready for its losses to be estimated.
#[derive(Debug)]
pub(super) struct Digest {
    luma: Blocks,
    /// Colour differences at half the size: blue, red.
    chroma: [Blocks; 2],
    strips: Vec<Strip>,
    /// Light and blue against yellow; each at 1:4, 1:8 and 1:16. Red against green tells nothing more: where it is
    /// lost, these are.
    coarse: [Vec<Plane>; 2],
    gains: [Gains; 2],
}

/// Some rows of a picture at full size.
#[derive(Debug)]
struct Strip {
    /// Its first row of blocks, and how many it has.
    top: usize,
    rows: usize,
    light: Plane,
    /// What is lost of the colour differences merely by halving their size.
    halved: [Plane; 2],
}

impl Digest {
    /// `None` where the picture has not the pixels that it says.
    pub(super) fn of(picture: PictureRef) -> Option<Self> {
        let colours = colours(picture)?;
        let luma = mixed(&colours, |r, g, b| 0.299 * r + 0.587 * g + 0.114 * b);
        let eye = Eye::new();
        let halves = colours.each_ref().map(Plane::half);
        let small = halves.each_ref().map(Plane::half);
        let chroma = chroma(&halves);
        Some(Self {
            luma: Blocks::of(&luma),
            strips: strips(&luma).map(|(top, rows)| Strip::of(top, rows, &eye, &colours, &chroma)).collect(),
            chroma: chroma.each_ref().map(Blocks::of),
            coarse: [eye.light(&small), eye.blue(&small)].map(|view| view.scales(3)),
            gains: eye.gains(&small),
        })
    }

    /// What is lost at a quality.
    pub(super) fn losses(&self, quality: u8) -> [f64; KINDS] {
        let rounding = Rounding::new(quality);
        let chroma = self.chroma.each_ref().map(|blocks| blocks.errors(0, blocks.rows(), &rounding));
        let mut views: Vec<Losses> = self.strip_losses(&chroma, &rounding).into();
        let errors = [self.luma.coarse_errors(&rounding), chroma[0].half(), chroma[1].half()];
        for (view, gains) in self.coarse.iter().zip(&self.gains) {
            let scales = gains.applied(&errors).scales(3);
            views.extend(view.iter().zip(&scales).map(|(view, error)| Losses::of(view, error)));
        }
        let mut all = [0.0; KINDS];
        let means = views.iter().flat_map(Losses::means);
        all.iter_mut().zip(means).for_each(|(place, loss)| *place = loss);
        all
    }

    /// Light at 1:1 and 1:2.
    fn strip_losses(&self, chroma: &[Plane; 2], rounding: &Rounding) -> [Losses; 2] {
        let mut losses = [Losses::default(); 2];
        for strip in &self.strips {
            let luma = self.luma.errors(strip.top, strip.rows, rounding);
            let lost = |number: usize| {
                let error = chroma[number].rows(4 * strip.top, 4 * strip.rows).twice();
                error.without(&strip.halved[number])
            };
            let errors = [luma, lost(0), lost(1)];
            let error = self.gains[0].applied_to_strip(&errors, 2 * strip.top);
            losses[0].add(&Losses::of(&strip.light, &error));
            losses[1].add(&Losses::of(&strip.light.half(), &error.half()));
        }
        losses
    }
}

impl Strip {
    fn of(top: usize, rows: usize, eye: &Eye, colours: &[Plane; 3], halved: &[Plane; 2]) -> Self {
        let colours = colours.each_ref().map(|plane| plane.rows(8 * top, 8 * rows));
        let [blue, red] = chroma(&colours);
        let again = |number: usize| halved[number].rows(4 * top, 4 * rows).twice();
        let halved = [blue.without(&again(0)), red.without(&again(1))];
        Self { top, rows, light: eye.light(&colours), halved }
    }
}

/// The first row of blocks of each strip and its number of rows: spread evenly from top to bottom.
fn strips(luma: &Plane) -> impl Iterator<Item = (usize, usize)> + use<> {
    let rows = luma.height / 8;
    let all = rows.div_ceil(STRIP);
    let pixels = LOOKED_AT.max(luma.values.len() / LOOKED_AT_SHARE);
    let wanted = (pixels / (luma.width * 8 * STRIP)).clamp(1, all);
    (0..wanted).map(move |number| {
        let top = (2 * number + 1) * all / (2 * wanted) * STRIP;
        (top, STRIP.min(rows - top))
    })
}

/// Red, green and blue, filled up to whole blocks at half the size by repeating the last row and column.
fn colours(picture: PictureRef) -> Option<[Plane; 3]> {
    let PictureRef { width, height, channels, pixels } = picture;
    let line = width.checked_mul(channels)?;
    if line == 0 || height == 0 || !matches!(channels, 1 | 3) || pixels.len() != line.checked_mul(height)? {
        return None;
    }
    let mut colours = [(); 3].map(|()| Plane::new(width.next_multiple_of(16), height.next_multiple_of(16)));
    let [red, green, blue] = &mut colours;
    for y in 0..red.height {
        let rows = [red.row_mut(y), green.row_mut(y), blue.row_mut(y)];
        let from = pixels[y.min(height - 1) * line..][..line].chunks_exact(channels);
        let [red, green, blue] = rows;
        for (x, pixel) in from.enumerate() {
            (red[x], green[x], blue[x]) = (pixel[0].into(), pixel[channels / 2].into(), pixel[channels - 1].into());
        }
        for row in [red, green, blue] {
            let last = row[width - 1];
            row[width..].fill(last);
        }
    }
    Some(colours)
}

/// The colour differences of a JPEG: blue, red.
fn chroma(colours: &[Plane; 3]) -> [Plane; 2] {
    let blue = mixed(colours, |r, g, b| 0.5 * b - 0.168_736 * r - 0.331_264 * g);
    let red = mixed(colours, |r, g, b| 0.5 * r - 0.418_688 * g - 0.081_312 * b);
    [blue, red]
}

fn mixed([red, green, blue]: &[Plane; 3], mix: impl Fn(f32, f32, f32) -> f32) -> Plane {
    let colours = red.values.iter().zip(green.values.iter().zip(&blue.values));
    Plane { values: colours.map(|(&r, (&g, &b))| mix(r, g, b)).collect(), ..*red }
}
