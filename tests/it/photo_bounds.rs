//! Photos and tables that would take all time or memory are refused; what a photo tells of its maker is not published.

use bantin::diagnostic::PhotoError;
use bantin::issue::PhotoUse;
use bantin::photo::{Level, Sizes, examine, plan, process};

use crate::support::{TempIssue, run};

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a segment").to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// A JPEG of many scans, or of one, so small and lean that it goes into the PDF as it is.
fn photo(progressive: bool) -> Vec<u8> {
    let pixels: Vec<u8> = (0..96 * 64).flat_map(|at: u32| [(at % 96) as u8, (at / 96) as u8, 90]).collect();
    mozjpeg_rs::Encoder::fastest().progressive(progressive).quality(60).encode_rgb(&pixels, 96, 64).expect("a JPEG")
}

/// Where segments start in a file, the start of each scan's tables included.
fn places(jpeg: &[u8]) -> Vec<usize> {
    let is_start = |at: &usize| {
        jpeg[*at] == 0xff && matches!(jpeg[at + 1], 0xc0..=0xc2 | 0xc4 | 0xda | 0xdb | 0xd9) && is_between(jpeg, *at)
    };
    (2..jpeg.len() - 1).filter(is_start).collect()
}

/// Whether a place lies between segments, and in none of them.
fn is_between(jpeg: &[u8], place: usize) -> bool {
    let mut at = 2;
    while at < place {
        let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        let is_scan = jpeg[at + 1] == 0xda;
        at += 2 + length;
        while is_scan && (jpeg[at] != 0xff || matches!(jpeg[at + 1], 0 | 0xd0..=0xd7)) {
            at += 1;
        }
    }
    at == place
}

#[test]
fn no_metadata_survives_between_scans_or_behind_the_end() {
    const SECRET: &[u8] = b"10.0371N 105.7883E Nguyen Van A";
    let metadata = [0xe1, 0xe2, 0xed, 0xef, 0xfe].map(|marker| segment(marker, SECRET)).concat();
    let small_picture = segment(0xe0, &[b"JFXX\0\x10", SECRET].concat());
    for progressive in [false, true] {
        let plain = photo(progressive);
        let places = places(&plain);
        assert!(places.len() > if progressive { 10 } else { 4 }, "{places:?}");
        for place in places {
            let (before, after) = plain.split_at(place);
            let file = [before, &metadata, &small_picture, after, SECRET, &plain].concat();
            let facts = examine(&file).expect("a photo");
            let plan = plan(&facts, &[PhotoUse::Column], &Sizes::default(), Level::EMAIL);
            let done = process(&file, &facts, &plan).expect("a photo");
            let has_secret = done.file.bytes.windows(8).any(|window| SECRET.windows(8).any(|secret| secret == window));
            assert!(!has_secret && done.file.bytes.len() <= plain.len(), "metadata at {place}");
            let pixels = |bytes: &[u8]| jpeg_decoder::Decoder::new(bytes).decode().expect("pixels");
            assert_eq!(pixels(&done.file.bytes), pixels(&plain), "metadata at {place}");
        }
    }
}

/// The head of a JPEG of this size, with so many scans that have nothing in them.
fn scans(progressive: bool, side: u16, count: usize) -> Vec<u8> {
    let side = side.to_be_bytes();
    let frame = [&[8][..], &side, &side, &[1, 1, 0x11, 0]].concat();
    let scan = segment(0xda, &[1, 1, 0, 0, 0, 0]);
    [vec![0xff, 0xd8], segment(if progressive { 0xc2 } else { 0xc0 }, &frame), scan.repeat(count), vec![0xff, 0xd9]]
        .concat()
}

#[test]
fn a_jpeg_of_endless_scans_is_refused() {
    for (progressive, side, count, is_endless) in [
        (true, 8_000, 400, true),
        (true, 8_000, 31, false),
        (true, 100, 400, false),
        (false, 100, 5, true),
        (false, 8_000, 4, false),
    ] {
        let error = examine(&scans(progressive, side, count)).err();
        let wanted = is_endless.then_some(PhotoError::TooManyScans { scans: count });
        assert_eq!(error, wanted, "{progressive} {side} {count}");
    }
}

#[test]
fn a_photo_that_takes_too_much_memory_is_refused_before_it_is_decoded() {
    // Half of the pixels that eight bits a channel may have, in sixteen bytes each.
    let image = image::Rgb32FImage::new(64, 64);
    let mut tiff = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(image).write_to(&mut tiff, image::ImageFormat::Tiff).expect("a TIFF");
    let facts = examine(tiff.get_ref()).expect("a photo");
    assert!(facts.memory >= 64 * 64 * 24, "{} bytes", facts.memory);
    let tiff = larger_tiff(tiff.into_inner(), 7_000);
    let facts = examine(&tiff).expect("a photo");
    assert_eq!((facts.width, facts.height), (7_000, 7_000));
    let issue = TempIssue::usual().with_body("![Chú thích](a.tif)").with("a.tif", tiff);
    let answer = run(issue.path(), &["build", "--format", "json", "-o", "a.pdf", "."]);
    let errors = answer.errors();
    assert_eq!(errors.first().map(|error| error["code"].clone()), Some("photo-too-large".into()), "{errors:?}");
}

/// A TIFF that says it has so many rows and columns.
fn larger_tiff(mut tiff: Vec<u8>, side: u32) -> Vec<u8> {
    let at = u32::from_le_bytes([tiff[4], tiff[5], tiff[6], tiff[7]]) as usize;
    let count = usize::from(u16::from_le_bytes([tiff[at], tiff[at + 1]]));
    for entry in (0..count).map(|number| at + 2 + 12 * number) {
        // Width, height and rows a strip.
        if matches!(u16::from_le_bytes([tiff[entry], tiff[entry + 1]]), 256 | 257 | 278) {
            tiff[entry + 2..entry + 4].copy_from_slice(&4u16.to_le_bytes());
            tiff[entry + 8..entry + 12].copy_from_slice(&side.to_le_bytes());
        }
    }
    tiff
}

#[test]
fn the_tables_of_all_articles_together_have_a_bound() {
    let table = format!("|a|b|c|d|e|f|g|h|i|j|\n|{}\n{}", "-|".repeat(10), "|1|2|3|4|5|6|7|8|9|0|\n".repeat(700));
    let article = |title: &str| format!("+++\ntitle = \"{title}\"\nsource = \"VL\"\n+++\n\n{table}");
    let manifest = "date = 2026-11-28\narticles = [\"a.md\", \"b.md\"]\n[masthead]\ntitle = \"Bản tin thử\"\n";
    let issue = TempIssue::empty()
        .with("issue.toml", manifest)
        .with("a.md", article("Bảng một"))
        .with("b.md", article("Bảng hai"));
    let answer = run(issue.path(), &["check", "--format", "json", "."]);
    let places: Vec<_> = answer
        .errors()
        .iter()
        .map(|error| (error["code"].clone(), error["line"].clone(), error["column"].clone()))
        .collect();
    assert_eq!(places, [("unsupported-markdown".into(), 2.into(), 21.into())]);
}
