//! Every kind of photo file arrives upright and in the colours that it shows.
//!
//! `tests/photos` has one drawing, of six patches, in every format: made with Pillow and ImageMagick, so that encoders
//! of another family are the witness, and the one in YCCK with jpeg-encoder.

use bantin::issue::PhotoUse;
use bantin::photo::{Done, Level, Sizes, examine, plan, process};
use image::{DynamicImage, Rgb, RgbImage};
use moxcms::ColorProfile;

use crate::support::repository;

const PATCHES: [[u8; 3]; 6] =
    [[200, 40, 40], [40, 150, 70], [40, 70, 180], [245, 245, 245], [128, 128, 128], [20, 20, 20]];

/// The drawing, 96 × 64.
fn drawing() -> RgbImage {
    RgbImage::from_fn(96, 64, |x, y| Rgb(PATCHES[(y / 32 * 3 + x / 32) as usize]))
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(repository().join("tests/photos").join(name)).expect("the photo")
}

fn prepared(bytes: &[u8]) -> Done {
    let facts = examine(bytes).expect("a photo");
    let plan = plan(&facts, &[PhotoUse::Column], &Sizes::default(), Level::EMAIL);
    process(bytes, &facts, &plan).expect("a sound photo")
}

pub(crate) fn pixels(done: &Done) -> RgbImage {
    if done.file.extension == "png" {
        return image::load_from_memory(&done.file.bytes).expect("a PNG").into_rgb8();
    }
    let mut decoder = jpeg_decoder::Decoder::new(&done.file.bytes[..]);
    let pixels = decoder.decode().expect("a JPEG");
    let info = decoder.info().expect("a frame");
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    match info.pixel_format {
        jpeg_decoder::PixelFormat::L8 => {
            DynamicImage::from(image::GrayImage::from_raw(width, height, pixels).expect("grey")).into_rgb8()
        }
        _ => RgbImage::from_raw(width, height, pixels).expect("colour"),
    }
}

/// CIELAB under D65, from sRGB.
fn lab(colour: [u8; 3]) -> [f64; 3] {
    let rows = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
    lab_under(colour, rows, [0.950_47, 1.0, 1.088_83])
}

/// CIELAB from sRGB, by the matrix to CIE XYZ under a white.
fn lab_under(colour: [u8; 3], rows: [[f64; 3]; 3], white: [f64; 3]) -> [f64; 3] {
    let light = colour.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let f = |value: f64| if value > 0.008_856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 };
    let axis = |at: usize| {
        let row = rows[at];
        f((row[0] * light[0] + row[1] * light[1] + row[2] * light[2]) / white[at])
    };
    let (x, y, z) = (axis(0), axis(1), axis(2));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The distance of two colours (CIE 1976).
fn delta_e(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (lab(a), lab(b));
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// The middle of each patch is as wanted.
#[track_caller]
fn assert_patches(name: &str, image: &RgbImage, wanted: [[u8; 3]; 6]) {
    assert_eq!(image.dimensions(), (96, 64), "{name}");
    for (index, wanted) in wanted.into_iter().enumerate() {
        let (x, y) = (index as u32 % 3 * 32 + 16, index as u32 / 3 * 32 + 16);
        let got = image.get_pixel(x, y).0;
        assert!(delta_e(got, wanted) < 3.0, "{name}: patch {index} is {got:?}, not {wanted:?}");
    }
}

#[test]
fn every_format_arrives_in_its_colours() {
    let files = [
        "baseline.jpg",
        "progressive.jpg",
        "cmyk.jpg",
        "ycck.jpg",
        "palette.png",
        "interlaced.png",
        "rgb16.png",
        "alpha.png",
        "lossy.webp",
        "lossless.webp",
        "a.gif",
        "lzw.tif",
    ];
    for name in files {
        assert_patches(name, &pixels(&prepared(&file(name))), PATCHES);
    }
    let grey = PATCHES.map(|[r, g, b]| {
        let grey = 0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b);
        [grey.round() as u8; 3]
    });
    for name in ["grey.jpg", "grey.png"] {
        assert_patches(name, &pixels(&prepared(&file(name))), grey);
    }
}

#[test]
fn graphics_stay_lossless_whatever_their_format() {
    for name in ["palette.png", "interlaced.png", "rgb16.png", "alpha.png", "lossless.webp", "a.gif", "lzw.tif"] {
        assert_eq!(prepared(&file(name)).file.extension, "png", "{name}");
    }
    for name in ["baseline.jpg", "progressive.jpg", "cmyk.jpg", "ycck.jpg", "grey.jpg"] {
        assert_eq!(prepared(&file(name)).file.extension, "jpg", "{name}");
    }
}

#[test]
fn a_grey_photo_is_no_graphic_though_it_has_few_colours() {
    let noise = image::GrayImage::from_fn(320, 240, |x, y| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)) >> 27;
        image::Luma([(x / 2 + y / 4) as u8 / 2 + grain as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    assert_eq!(prepared(&bytes.into_inner()).file.extension, "jpg");
}

/// A kind of TIFF that is not read says so, and is not called damaged.
#[test]
fn a_format_that_is_not_read_is_told_from_a_damaged_file() {
    use bantin::diagnostic::PhotoError;
    let error = examine(&file("palette.tif")).expect_err("not read");
    assert!(matches!(error, PhotoError::Unsupported), "{error:?}");
    let cut = &file("lzw.tif")[..300];
    let error = examine(cut).and_then(|facts| {
        let plan = plan(&facts, &[PhotoUse::Column], &Sizes::default(), Level::EMAIL);
        process(cut, &facts, &plan)
    });
    assert!(matches!(error, Err(PhotoError::Damaged)), "{error:?}");
}

/// Exif with an orientation alone (TIFF 6.0, tag 274).
pub(crate) fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif
}

/// JPEGs of a picture as a camera stores it, for each value of the EXIF orientation, which say so.
pub(crate) fn in_all_orientations(upright: &DynamicImage) -> Vec<Vec<u8>> {
    // The inverse of what must be done to it.
    let stored = [
        upright.clone(),
        upright.fliph(),
        upright.rotate180(),
        upright.flipv(),
        upright.rotate90().fliph(),
        upright.rotate270(),
        upright.rotate270().fliph(),
        upright.rotate90(),
    ];
    let encoded = (1..).zip(stored).map(|(orientation, image)| {
        let encoder = mozjpeg_rs::Encoder::fastest().quality(92).exif_data(exif(orientation));
        let image = image.into_rgb8();
        encoder.encode_rgb(&image, image.width(), image.height()).expect("a JPEG")
    });
    encoded.collect()
}

#[test]
fn all_eight_orientations_arrive_upright() {
    let upright = DynamicImage::from(drawing());
    for (orientation, bytes) in (1..).zip(in_all_orientations(&upright)) {
        let facts = examine(&bytes).expect("a photo");
        assert_eq!((facts.width, facts.height), (96, 64), "orientation {orientation}");
        let done = prepared(&bytes);
        assert_patches(&format!("orientation {orientation}"), &pixels(&done), PATCHES);
        let has_exif = done.file.bytes.windows(4).any(|window| window == b"Exif");
        assert!(!has_exif, "orientation {orientation}");
    }
}

/// Display P3 as sRGB; the references are computed from the primaries of both, in double precision.
const P3: [([u8; 3], [u8; 3]); 6] = [
    ([200, 100, 50], [215, 93, 31]),
    ([90, 60, 200], [95, 58, 208]),
    ([150, 150, 150], [150, 150, 150]),
    ([120, 140, 100], [115, 141, 95]),
    ([230, 200, 180], [236, 199, 177]),
    ([20, 30, 40], [17, 30, 41]),
];

fn p3_drawing() -> RgbImage {
    RgbImage::from_fn(96, 64, |x, y| Rgb(P3[(y / 32 * 3 + x / 32) as usize].0))
}

#[test]
fn display_p3_arrives_as_srgb() {
    let profile = ColorProfile::new_display_p3().encode().expect("a profile");
    let image = p3_drawing();
    let jpeg = mozjpeg_rs::Encoder::fastest().quality(95).icc_profile(profile.clone());
    let jpeg = jpeg.encode_rgb(&image, 96, 64).expect("a JPEG");
    assert_patches("P3 JPEG", &pixels(&prepared(&jpeg)), P3.map(|(_, srgb)| srgb));
    let mut png = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
    image::ImageEncoder::set_icc_profile(&mut encoder, profile).expect("a profile");
    image::ImageEncoder::write_image(encoder, &image, 96, 64, image::ExtendedColorType::Rgb8).expect("a PNG");
    assert_patches("P3 PNG", &pixels(&prepared(&png)), P3.map(|(_, srgb)| srgb));
}

/// A press profile of our own: a table with the colour of each of the sixteen ways to print full inks or none
/// (ICC.1:2010, `lut8Type`).
fn press_profile(printed: impl Fn([bool; 4]) -> [u8; 3]) -> Vec<u8> {
    let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    for value in [1, 0, 0, 0, 1, 0, 0, 0, 1u32] {
        table.extend((value << 16).to_be_bytes());
    }
    (0..4).for_each(|_| table.extend(0..=255u8));
    for inks in 0..16u8 {
        let [l, a, b] = lab_d50(printed(std::array::from_fn(|ink| inks & (8 >> ink) != 0)));
        table.extend([(l * 2.55).round() as u8, (a + 128.0).round() as u8, (b + 128.0).round() as u8]);
    }
    (0..3).for_each(|_| table.extend(0..=255u8));
    let white = [&b"XYZ \0\0\0\0"[..], &[0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]].concat();
    table.resize(table.len().next_multiple_of(4), 0);

    let mut profile = vec![0; 128];
    profile[8] = 2;
    profile[12..16].copy_from_slice(b"prtr");
    profile[16..20].copy_from_slice(b"CMYK");
    profile[20..24].copy_from_slice(b"Lab ");
    profile[36..40].copy_from_slice(b"acsp");
    profile[68..80].copy_from_slice(&white[8..]);
    let start = 128 + 4 + 2 * 12;
    profile.extend(2u32.to_be_bytes());
    for (tag, at, length) in [(b"A2B0", start, table.len()), (b"wtpt", start + table.len(), white.len())] {
        profile.extend(tag);
        profile.extend((at as u32).to_be_bytes());
        profile.extend((length as u32).to_be_bytes());
    }
    profile.extend(table);
    profile.extend(white);
    let size = profile.len() as u32;
    profile[..4].copy_from_slice(&size.to_be_bytes());
    profile
}

/// CIELAB under D50, the white of profiles, from sRGB.
fn lab_d50(colour: [u8; 3]) -> [f64; 3] {
    let rows = [[0.436_07, 0.385_15, 0.143_07], [0.222_49, 0.716_88, 0.060_62], [0.013_92, 0.097_08, 0.714_10]];
    lab_under(colour, rows, [0.9642, 1.0, 0.8249])
}

#[test]
fn inks_arrive_as_their_profile_says() {
    // Inks as a dull press prints them.
    let printed = |[cyan, magenta, yellow, black]: [bool; 4]| match (cyan, magenta, yellow, black) {
        (_, _, _, true) => [38, 36, 37],
        (false, false, false, _) => [250, 248, 240],
        (true, false, false, _) => [20, 140, 190],
        (false, true, false, _) => [190, 30, 110],
        (false, false, true, _) => [245, 225, 30],
        (true, true, false, _) => [50, 45, 110],
        (true, false, true, _) => [20, 130, 70],
        (false, true, true, _) => [195, 45, 40],
        (true, true, true, _) => [60, 55, 50],
    };
    let inks = [
        [true, false, false, false],
        [false, true, false, false],
        [false, false, true, false],
        [false, false, false, false],
        [true, false, true, false],
        [false, false, false, true],
    ];
    // The drawing in plain inks, with the profile put behind its first marker.
    let plain = cmyk_jpeg(inks);
    let profile = press_profile(printed);
    let mut segment = b"ICC_PROFILE\0\x01\x01".to_vec();
    segment.extend(&profile);
    let length = (segment.len() as u16 + 2).to_be_bytes();
    let bytes = [&plain[..2], &[0xff, 0xe2], &length[..], &segment, &plain[2..]].concat();
    assert_patches("a press profile", &pixels(&prepared(&bytes)), inks.map(printed));
}

/// A JPEG of six patches of full inks, uncompressed in effect: quantisation by one, a constant in every block.
fn cmyk_jpeg(patches: [[bool; 4]; 6]) -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8];
    let mut segment = |marker: u8, content: &[u8]| {
        jpeg.extend([0xff, marker]);
        jpeg.extend((content.len() as u16 + 2).to_be_bytes());
        jpeg.extend(content);
    };
    // Adobe's mark: inks are stored upside down, without a transform.
    segment(0xee, b"Adobe\0\x64\0\0\0\0\0");
    segment(0xdb, &[&[0][..], &[8; 64]].concat());
    segment(0xc0, &[8, 0, 64, 0, 96, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);
    // Direct current: three codes of two bits, for differences of 0, 7 and 8 bits. Alternating: the end of a block.
    segment(0xc4, &[&[0, 0, 3][..], &[0; 14], &[0, 7, 8]].concat());
    segment(0xc4, &[&[0x10, 1][..], &[0; 15], &[0]].concat());
    segment(0xda, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
    let mut bits = String::new();
    let mut last = [0i32; 4];
    for block in 0..8 * 12 {
        let (x, y) = (block % 12 * 8, block / 12 * 8);
        for (ink, last) in last.iter_mut().enumerate() {
            // Upside down, less 128, times eight, by the quantiser of eight.
            let level = if patches[y / 32 * 3 + x / 32][ink] { -128 } else { 127 };
            let difference: i32 = level - *last;
            *last = level;
            let magnitude = difference.unsigned_abs();
            let (code, size) = match magnitude {
                0 => ("00", 0),
                1..128 => ("01", 7),
                _ => ("10", 8),
            };
            bits.push_str(code);
            if size > 0 {
                let value = if difference < 0 { difference + (1 << size) - 1 } else { difference };
                bits.push_str(&format!("{value:0size$b}"));
            }
            bits.push('0');
        }
    }
    while !bits.len().is_multiple_of(8) {
        bits.push('1');
    }
    for byte in bits.as_bytes().chunks(8) {
        let byte = byte.iter().fold(0u8, |byte, bit| byte << 1 | (bit - b'0'));
        jpeg.push(byte);
        if byte == 0xff {
            jpeg.push(0);
        }
    }
    jpeg.extend([0xff, 0xd9]);
    jpeg
}
