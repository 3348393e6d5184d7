//! How the components of a photo are its colours.

use super::super::jpeg::frame::Frame;
use super::super::jpeg::header::Header;

/// What the components of a photo are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colours {
    Grey,
    Rgb,
    /// Brightness, how blue and how red.
    YCbCr,
}

impl Colours {
    /// As most decoders decide it. `None`: something that is not decoded here.
    pub(super) fn of(frame: &Frame, header: &Header) -> Option<Self> {
        let identifiers: Vec<u8> = frame.components.iter().map(|component| component.identifier).collect();
        // A value that Adobe does not define is damage, whatever else is known.
        if header.adobe_colours.is_some_and(|colours| colours > 2) {
            return None;
        }
        match (identifiers.as_slice(), header.is_jfif, header.adobe_colours) {
            ([_], _, _) => Some(Self::Grey),
            ([1, 2, 3], _, _) => Some(Self::YCbCr),
            (b"RGB", _, _) => Some(Self::Rgb),
            // Colours of a wider range.
            ([1, 34, 35] | b"rgb", _, _) => None,
            (_, true, _) => Some(Self::YCbCr),
            (_, false, Some(0)) => Some(Self::Rgb),
            (_, false, Some(1) | None) => Some(Self::YCbCr),
            (_, false, _) => None,
        }
    }

    /// Bytes of a pixel.
    pub(super) fn count(self) -> usize {
        if self == Self::Grey { 1 } else { 3 }
    }
}

/// Turns a row of brightness, how blue and how red into red, green and blue, in place.
pub(super) fn convert(y: &mut [u8], cb: &mut [u8], cr: &mut [u8]) {
    for ((first, second), third) in y.iter_mut().zip(cb).zip(cr) {
        [*first, *second, *third] = rgb(*first, *second, *third);
    }
}

/// Binary places of the sums below; with so many, all fit into sixteen bits, which is quick.
const PLACES: u32 = 5;

#[inline(always)]
fn rgb(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let y = (i16::from(y) << PLACES) + (1 << (PLACES - 1));
    // As far up as sixteen bits allow.
    let (cb, cr) = ((i16::from(cb) - 128) << 7, (i16::from(cr) - 128) << 7);
    let red = y + times(cr, 22970);
    let green = y - times(cb, 5638) - times(cr, 11700);
    let blue = y + times(cb, 29032);
    let byte = |value: i16| (value >> PLACES).clamp(0, 255) as u8;
    [byte(red), byte(green), byte(blue)]
}

/// Multiplies by a factor that has fourteen binary places; two of those of the product are kept, and lost are as many
/// as make `PLACES`.
#[inline(always)]
fn times(value: i16, factor: i16) -> i16 {
    ((i32::from(value) * i32::from(factor)) >> 16) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_as_defined() {
        for (y, cb, cr) in
            (0..=255).flat_map(|y| (0..=255).flat_map(move |b| [0, 97, 128, 200, 255].map(|r| (y, b, r))))
        {
            let (bright, blue, red) = (f64::from(y), f64::from(cb) - 128.0, f64::from(cr) - 128.0);
            let exact = [bright + 1.402 * red, bright - 0.34414 * blue - 0.71414 * red, bright + 1.772 * blue];
            for (value, exact) in rgb(y, cb, cr).into_iter().zip(exact) {
                assert!((f64::from(value) - exact.clamp(0.0, 255.0)).abs() < 0.6, "{y} {cb} {cr}");
            }
        }
    }
}
