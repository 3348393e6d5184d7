//! How blocks become pixels: row of groups by row of groups.

use super::super::jpeg::frame::Frame;
use super::super::jpeg::header::Header;
use super::blocks::Blocks;
use super::colour::{Colours, convert};
use super::keep::Keep;
use super::transform::Transform;
use super::{Reduced, Scale};

/// The pixels that are finished, and what is needed to make more.
#[derive(Debug)]
pub(super) struct Output {
    pub reduced: Reduced,
    colours: Colours,
    /// For each component.
    transforms: Vec<Transform>,
    /// For each component, the pixels of a row of groups.
    strips: Vec<Vec<u8>>,
    /// Pixels of a row of a strip, with those that fill up the last group.
    strip_width: usize,
    /// Rows of pixels that are finished.
    pub rows_done: usize,
}

impl Output {
    /// Nothing is finished. `keeps` says for each component which coefficients there are.
    pub(super) fn new(frame: &Frame, keeps: &[Keep], header: &Header, colours: Colours, scale: Scale) -> Option<Self> {
        let reduce = |length: usize| (length * scale.eighths()).div_ceil(8);
        let (width, height, components) = (reduce(frame.width), reduce(frame.height), colours.count());
        let reduced = Reduced { width, height, components, pixels: vec![0; width * height * components] };
        let transforms = frame.components.iter().zip(keeps).map(|(component, keep)| {
            let quantizer = header.quantizers.get(component.quantizer)?.as_ref()?;
            let mut multipliers = [0; Keep::MOST * Keep::MOST];
            for (index, &value) in (0..).zip(quantizer) {
                if let Some(multiplier) = multipliers.get_mut(keep.slot(index)) {
                    *multiplier = i32::from(value);
                }
            }
            Some(Transform::new(keep.points, multipliers))
        });
        let transforms: Vec<_> = transforms.collect::<Option<_>>()?;
        let strip_width = frame.groups_across * frame.most_across * scale.eighths();
        let strip = vec![0; strip_width * frame.most_down * scale.eighths()];
        let strips = vec![strip; transforms.len()];
        Some(Self { reduced, colours, transforms, strips, strip_width, rows_done: 0 })
    }

    /// Adds the pixels of a row of groups of `blocks`.
    pub(super) fn add(&mut self, frame: &Frame, blocks: &[Blocks], row: usize) -> Option<()> {
        let parts = frame.components.iter().zip(blocks).zip(self.transforms.iter().zip(&mut self.strips));
        for ((component, blocks), (transform, strip)) in parts {
            let size = strip.len() / component.group_down;
            let rows = strip.chunks_exact_mut(size);
            for (rows, y) in rows.zip(row * component.group_down..) {
                transform.apply(blocks.row(y), rows, self.strip_width);
            }
        }
        let length = self.reduced.width * self.reduced.components;
        let rest = self.reduced.pixels.get_mut(self.rows_done * length..)?;
        let strips = self.strips.iter_mut().map(|strip| strip.chunks_exact_mut(self.strip_width));
        let mut strips: Vec<_> = strips.collect();
        for row in rest.chunks_exact_mut(length) {
            match strips.as_mut_slice() {
                [grey] => {
                    let Some(grey) = grey.next() else { break };
                    row.copy_from_slice(grey.get(..length)?);
                }
                [first, second, third] => {
                    let (Some(first), Some(second), Some(third)) = (first.next(), second.next(), third.next()) else {
                        break;
                    };
                    if self.colours == Colours::YCbCr {
                        convert(first, second, third);
                    }
                    interleave(first, second, third, row);
                }
                _ => return None,
            }
            self.rows_done += 1;
        }
        Some(())
    }
}

fn interleave(red: &[u8], green: &[u8], blue: &[u8], row: &mut [u8]) {
    for (((pixel, &red), &green), &blue) in row.as_chunks_mut::<3>().0.iter_mut().zip(red).zip(green).zip(blue) {
        *pixel = [red, green, blue];
    }
}
