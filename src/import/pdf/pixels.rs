//! Pixels of a picture, and PNG files of them.

use hayro_interpret::{ImageData, LumaData};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// Rows of pixels from the top, each pixel of as many bytes as it has channels: grey, red green blue, or with alpha.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) channels: usize,
    pub(super) data: Vec<u8>,
}

/// How a picture lies on the page: mirrored from left to right first, then turned clockwise by quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Turn {
    pub(super) mirrored: bool,
    pub(super) quarters: u8,
}

impl Turn {
    /// Of a transformation, as near as quarters come to it; `y` runs downwards on both sides.
    pub(super) fn of(transform: kurbo::Affine) -> Self {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let mirrored = a * d - b * c < 0.0;
        let (right, down) = if mirrored { (-a, -b) } else { (a, b) };
        let quarters = (down.atan2(right) / std::f64::consts::FRAC_PI_2).round().rem_euclid(4.0);
        Self { mirrored, quarters: quarters as u8 }
    }

    pub(super) fn is_upright(self) -> bool {
        self == Self::default()
    }
}

impl Pixels {
    /// Of a decoded picture and its mask. A mask of another size is scaled to the picture.
    pub(super) fn of(image: ImageData, alpha: Option<LumaData>) -> Self {
        let (width, height, channels, data) = match image {
            ImageData::Rgb(rgb) => (rgb.width, rgb.height, 3, rgb.data),
            ImageData::Luma(luma) => (luma.width, luma.height, 1, luma.data),
        };
        let pixels = Self { width, height, channels, data };
        match alpha {
            Some(alpha) if alpha.data.iter().any(|value| *value < 255) => pixels.with_alpha(&alpha),
            _ => pixels,
        }
    }

    /// Of a mask that is painted in one colour: what is painted is dark.
    pub(super) fn of_mask(mask: LumaData) -> Self {
        let data = mask.data.into_iter().map(|value| 255 - value).collect();
        Self { width: mask.width, height: mask.height, channels: 1, data }
    }

    pub(super) fn has_alpha(&self) -> bool {
        self.channels == 4
    }

    fn with_alpha(self, alpha: &LumaData) -> Self {
        let mut data = Vec::with_capacity(self.width as usize * self.height as usize * 4);
        for y in 0..self.height {
            let mask_y = u64::from(y) * u64::from(alpha.height) / u64::from(self.height.max(1));
            for x in 0..self.width {
                let mask_x = u64::from(x) * u64::from(alpha.width) / u64::from(self.width.max(1));
                let mask = (mask_y * u64::from(alpha.width) + mask_x) as usize;
                match self.pixel(x, y) {
                    [grey] => data.extend([*grey; 3]),
                    colour => data.extend(colour.iter().take(3)),
                }
                data.push(alpha.data.get(mask).copied().unwrap_or(255));
            }
        }
        Self { channels: 4, data, ..self }
    }

    fn pixel(&self, x: u32, y: u32) -> &[u8] {
        let start = (y as usize * self.width as usize + x as usize) * self.channels;
        self.data.get(start..start + self.channels).unwrap_or(&[])
    }

    /// As the page shows it.
    pub(super) fn turned(self, turn: Turn) -> Self {
        if turn.is_upright() {
            return self;
        }
        let (width, height) =
            if turn.quarters.is_multiple_of(2) { (self.width, self.height) } else { (self.height, self.width) };
        let mut data = Vec::with_capacity(self.data.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match turn.quarters {
                    0 => (x, y),
                    1 => (y, self.height - 1 - x),
                    2 => (self.width - 1 - x, self.height - 1 - y),
                    _ => (self.width - 1 - y, x),
                };
                let from_x = if turn.mirrored { self.width - 1 - from_x } else { from_x };
                data.extend(self.pixel(from_x, from_y));
            }
        }
        Self { width, height, channels: self.channels, data }
    }

    /// With another picture of the same width below it.
    pub(super) fn stacked(mut self, below: &Self) -> Option<Self> {
        if self.width != below.width || self.channels != below.channels {
            return None;
        }
        self.data.extend(&below.data);
        self.height = self.height.checked_add(below.height)?;
        Some(self)
    }

    /// A PNG file; `None` where there is nothing to write.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let colour = match self.channels {
            1 => ExtendedColorType::L8,
            3 => ExtendedColorType::Rgb8,
            _ => ExtendedColorType::Rgba8,
        };
        let expected = self.width as usize * self.height as usize * self.channels;
        if expected == 0 || self.data.len() != expected {
            return None;
        }
        let mut file = Vec::new();
        PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive)
            .write_image(&self.data, self.width, self.height, colour)
            .ok()?;
        Some(file)
    }
}

#[cfg(test)]
mod tests;
