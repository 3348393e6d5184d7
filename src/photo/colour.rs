//! Colours to sRGB, which is what the PDF says that all of them are.
//!
//! Profiles of screens and cameras (a matrix and curves: Display P3, Adobe RGB and the like) are computed here, in
//! steps that give the same bytes on every processor, which the library's vector code does not promise. Profiles of
//! presses and scanners (tables: CMYK above all) are left to the library.

use moxcms::{
    ColorProfile, DataColorSpace, Layout, RenderingIntent, ToneReprCurve, TransformExecutor, TransformOptions, Xyzd,
};

use super::decode::{Channels, Picture};

/// What turns colours into sRGB.
pub(super) enum Conversion {
    /// They are sRGB already.
    None,
    /// Each grey has another.
    Grey(Box<[u8; 256]>),
    Matrix(Box<Matrix>),
    Table(std::sync::Arc<dyn TransformExecutor<u8> + Send + Sync>),
    /// Inks without a profile.
    Inks,
}

/// Curves to linear light, then a matrix to that of sRGB.
pub(super) struct Matrix {
    curves: [[f64; 256]; 3],
    matrix: [[f64; 3]; 3],
    encoder: SrgbEncoder,
}

impl Conversion {
    /// What a picture of these channels with this ICC profile needs. A profile that is damaged or of another kind of
    /// colours is as good as none.
    pub(super) fn of(profile: Option<&[u8]>, channels: Channels) -> Self {
        let none = if channels == Channels::Cmyk { Self::Inks } else { Self::None };
        let Some(profile) = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok()) else { return none };
        let conversion = match (profile.color_space, channels) {
            (DataColorSpace::Gray, Channels::Grey) => grey(&profile),
            (DataColorSpace::Rgb, Channels::Rgb | Channels::Rgba) => {
                if profile.lut_a_to_b_perceptual.is_none() {
                    matrix(&profile)
                } else {
                    table(&profile, Layout::Rgb)
                }
            }
            (DataColorSpace::Cmyk, Channels::Cmyk) => table(&profile, Layout::Rgba),
            _ => None,
        };
        match conversion {
            Some(conversion) if channels == Channels::Cmyk || conversion.changes_colours() => conversion,
            _ => none,
        }
    }

    /// Whether any colour differs from what it is in sRGB by more than rounding.
    fn changes_colours(&self) -> bool {
        const STEPS: [u8; 6] = [0, 51, 102, 153, 204, 255];
        let mut colours: Vec<u8> = Vec::new();
        for red in STEPS {
            for green in STEPS {
                colours.extend(STEPS.iter().flat_map(|&blue| [red, green, blue]));
            }
        }
        let converted = match self {
            Self::None => return false,
            Self::Inks => return true,
            Self::Grey(table) => return (0u8..).zip(table.iter()).any(|(from, &to)| from.abs_diff(to) > 1),
            _ => self.convert_rgb(&colours),
        };
        colours.iter().zip(&converted).any(|(from, to)| from.abs_diff(*to) > 1)
    }

    /// A picture in sRGB: its profile is gone.
    pub(super) fn apply(&self, picture: Picture) -> Picture {
        let Picture { width, height, channels, pixels, .. } = picture;
        let (channels, pixels) = match (self, channels) {
            (Self::None, _) => (channels, pixels),
            (Self::Grey(table), _) => (channels, pixels.iter().map(|&grey| table[usize::from(grey)]).collect()),
            (Self::Table(_) | Self::Inks, Channels::Cmyk) => (Channels::Rgb, self.convert_inks(&pixels)),
            (_, Channels::Rgba) => {
                let colours: Vec<u8> = pixels.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
                let converted = self.convert_rgb(&colours);
                let with_alpha = converted.chunks_exact(3).zip(pixels.chunks_exact(4));
                (channels, with_alpha.flat_map(|(c, p)| [c[0], c[1], c[2], p[3]]).collect())
            }
            _ => (channels, self.convert_rgb(&pixels)),
        };
        Picture { width, height, channels, pixels, profile: None }
    }

    fn convert_rgb(&self, pixels: &[u8]) -> Vec<u8> {
        match self {
            Self::Matrix(matrix) => matrix.convert(pixels),
            Self::Table(transform) => transformed(transform.as_ref(), pixels, pixels.len()),
            _ => pixels.to_vec(),
        }
    }

    fn convert_inks(&self, pixels: &[u8]) -> Vec<u8> {
        match self {
            Self::Table(transform) => transformed(transform.as_ref(), pixels, pixels.len() / 4 * 3),
            // Each ink takes its light away, and black takes some of all.
            _ => {
                let light = |ink: u8, black: u8| ((255 - u16::from(ink)) * (255 - u16::from(black)) / 255) as u8;
                pixels.chunks_exact(4).flat_map(|p| [light(p[0], p[3]), light(p[1], p[3]), light(p[2], p[3])]).collect()
            }
        }
    }
}

fn transformed(transform: &(dyn TransformExecutor<u8> + Send + Sync), pixels: &[u8], length: usize) -> Vec<u8> {
    let mut converted = vec![0; length];
    match transform.transform(pixels, &mut converted) {
        Ok(()) => converted,
        // Only a length that does not fit can fail, and it was made to fit.
        Err(_) => pixels[..length].to_vec(),
    }
}

fn table(profile: &ColorProfile, layout: Layout) -> Option<Conversion> {
    let options = TransformOptions { rendering_intent: RenderingIntent::Perceptual, ..TransformOptions::default() };
    let transform = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), Layout::Rgb, options).ok()?;
    Some(Conversion::Table(transform))
}

fn grey(profile: &ColorProfile) -> Option<Conversion> {
    let curve = profile.gray_trc.as_ref()?;
    let encoder = SrgbEncoder::new();
    let linear = linear_light(curve)?;
    Some(Conversion::Grey(Box::new(linear.map(|light| encoder.encode(light)))))
}

fn matrix(profile: &ColorProfile) -> Option<Conversion> {
    let curves = [
        linear_light(profile.red_trc.as_ref()?)?,
        linear_light(profile.green_trc.as_ref()?)?,
        linear_light(profile.blue_trc.as_ref()?)?,
    ];
    let columns = [&profile.red_colorant, &profile.green_colorant, &profile.blue_colorant];
    let matrix = SRGB_FROM_XYZ.map(|row| columns.map(|Xyzd { x, y, z }| row[0] * x + row[1] * y + row[2] * z));
    Some(Conversion::Matrix(Box::new(Matrix { curves, matrix, encoder: SrgbEncoder::new() })))
}

/// Linear sRGB from CIE XYZ under D50, the white of ICC profiles: the inverse of the primaries of IEC 61966-2-1,
/// adapted after Bradford.
const SRGB_FROM_XYZ: [[f64; 3]; 3] = [
    [3.134_186_4, -1.617_209_0, -0.490_694_1],
    [-0.978_748_5, 1.916_130_1, 0.033_433_4],
    [0.071_963_9, -0.228_993_9, 1.405_753_7],
];

impl Matrix {
    fn convert(&self, pixels: &[u8]) -> Vec<u8> {
        let mut converted = Vec::with_capacity(pixels.len());
        for pixel in pixels.chunks_exact(3) {
            let light: [f64; 3] = std::array::from_fn(|channel| self.curves[channel][usize::from(pixel[channel])]);
            for row in &self.matrix {
                converted.push(self.encoder.encode(row[0] * light[0] + row[1] * light[1] + row[2] * light[2]));
            }
        }
        converted
    }
}

/// The curve of a profile for each of 256 values, 0 to 1 (ICC.1, `curveType` and `parametricCurveType`).
fn linear_light(curve: &ToneReprCurve) -> Option<[f64; 256]> {
    let at = |value: f64| -> Option<f64> {
        Some(match curve {
            ToneReprCurve::Lut(table) => match table[..] {
                [] => value,
                // One entry is an exponent, in 256ths.
                [exponent] => libm::pow(value, f64::from(exponent) / 256.0),
                _ => {
                    let position = value * (table.len() - 1) as f64;
                    let below = (position as usize).min(table.len() - 2);
                    let (low, high) = (f64::from(table[below]), f64::from(table[below + 1]));
                    (low + (high - low) * (position - below as f64)) / 65535.0
                }
            },
            ToneReprCurve::Parametric(parameters) => {
                let mut p = [0.0; 7];
                if parameters.len() > p.len() {
                    return None;
                }
                p.iter_mut().zip(parameters).for_each(|(to, from)| *to = f64::from(*from));
                let [g, a, b, c, d, e, f] = p;
                let power = |base: f64| libm::pow(base.max(0.0), g);
                match parameters.len() {
                    1 => power(value),
                    3 if a * value + b >= 0.0 => power(a * value + b),
                    3 => 0.0,
                    4 if a * value + b >= 0.0 => power(a * value + b) + c,
                    4 => c,
                    5 if value >= d => power(a * value + b),
                    5 => c * value,
                    7 if value >= d => power(a * value + b) + e,
                    7 => c * value + f,
                    _ => return None,
                }
            }
        })
    };
    let mut light = [0.0; 256];
    for (value, light) in light.iter_mut().enumerate() {
        *light = at(value as f64 / 255.0).filter(|light| light.is_finite())?.clamp(0.0, 1.0);
    }
    Some(light)
}

/// The nearest of the 256 values of sRGB for linear light (IEC 61966-2-1), without a power for each pixel.
struct SrgbEncoder {
    /// Where one value gives way to the next.
    borders: [f64; 255],
    /// The value at the foot of each of equal steps of light.
    starts: [u8; 1024],
}

impl SrgbEncoder {
    fn new() -> Self {
        let light = |value: f64| {
            if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
        };
        let borders = std::array::from_fn(|value| light((value as f64 + 0.5) / 255.0));
        let starts = std::array::from_fn(|step| {
            let foot = step as f64 / 1024.0;
            borders.partition_point(|&border| border <= foot) as u8
        });
        Self { borders, starts }
    }

    fn encode(&self, light: f64) -> u8 {
        let step = (light.clamp(0.0, 1.0) * 1024.0) as usize;
        let mut value = usize::from(self.starts[step.min(1023)]);
        while value < 255 && self.borders[value] <= light {
            value += 1;
        }
        value as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(channels: Channels, pixels: &[u8], profile: Option<ColorProfile>) -> Picture {
        let profile = profile.map(|profile| profile.encode().expect("a profile"));
        let width = (pixels.len() / channels.count()) as u32;
        Picture { width, height: 1, channels, pixels: pixels.to_vec(), profile }
    }

    fn converted(picture: Picture) -> Picture {
        Conversion::of(picture.profile.as_deref(), picture.channels).apply(picture)
    }

    #[test]
    fn encoding_is_exact() {
        let encoder = SrgbEncoder::new();
        for value in 0..=255u8 {
            let encoded = f64::from(value) / 255.0;
            let light = if encoded <= 0.04045 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) };
            assert_eq!(encoder.encode(light), value);
        }
        assert_eq!((encoder.encode(-1.0), encoder.encode(2.0)), (0, 255));
    }

    #[test]
    fn srgb_is_left_alone() {
        for channels in [Channels::Rgb, Channels::Rgba] {
            let profile = ColorProfile::new_srgb().encode().expect("a profile");
            assert!(matches!(Conversion::of(Some(&profile), channels), Conversion::None));
        }
        assert!(matches!(Conversion::of(Some(b"no profile"), Channels::Rgb), Conversion::None));
        assert!(matches!(Conversion::of(None, Channels::Grey), Conversion::None));
    }

    /// Reference values: computed from the primaries of both colour spaces, in double precision.
    #[test]
    fn display_p3() {
        let pixels = [255, 255, 255, 128, 128, 128, 200, 100, 50, 90, 60, 200];
        let done = converted(picture(Channels::Rgb, &pixels, Some(ColorProfile::new_display_p3())));
        let wanted = [255, 255, 255, 128, 128, 128, 215, 93, 31, 95, 58, 208];
        let near = done.pixels.iter().zip(wanted).all(|(got, wanted): (&u8, u8)| got.abs_diff(wanted) <= 1);
        assert!(near, "{:?}", done.pixels);
        assert_eq!(done.profile, None);
    }

    #[test]
    fn transparency_is_kept() {
        let profile = Some(ColorProfile::new_display_p3());
        assert_eq!(
            converted(picture(Channels::Rgba, &[0, 0, 0, 7, 255, 255, 255, 200], profile)).pixels,
            [0, 0, 0, 7, 255, 255, 255, 200]
        );
    }

    #[test]
    fn a_grey_gamma_profile() {
        let done = converted(picture(Channels::Grey, &[0, 128, 255], Some(ColorProfile::new_gray_with_gamma(1.0))));
        assert_eq!(done.pixels, [0, 188, 255]);
    }

    #[test]
    fn inks_without_a_profile() {
        let done = converted(picture(Channels::Cmyk, &[0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 0, 128, 0, 0], None));
        assert_eq!(
            (done.channels, done.pixels),
            (Channels::Rgb, vec![255, 255, 255, 0, 255, 255, 0, 0, 0, 255, 127, 255])
        );
    }
}
