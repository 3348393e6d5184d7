//! What arrives in the PDF of the photos that were sent.

use bantin::pdf::Profile;
use bantin::photo::{Encoding, Format, Level, examine};
use bantin::session::Options;

use crate::pdf::Pdf;
use crate::support::{TempIssue, jpeg, pdf_of, png, repository};

fn issue_with(name: &str, bytes: impl AsRef<[u8]>) -> TempIssue {
    TempIssue::usual().with_body(&format!("![Chú thích]({name})")).with(name, bytes)
}

fn images(issue: &TempIssue, profile: Profile) -> Vec<(i64, i64, String)> {
    let pdf = Pdf::read(&pdf_of(issue.path(), &Options { profile, ..Options::default() }));
    let mut images: Vec<_> = pdf.images.iter().map(|image| (image.width, image.height, image.filter.clone())).collect();
    images.sort();
    images
}

#[test]
fn a_camera_photo_is_scaled_to_its_column() {
    let issue = issue_with("a.jpg", jpeg(4000, 3000));
    // 84 mm at 200 and at 300 pixels per inch. Of its height, the layout may cut off a quarter.
    let images = |profile| images(&issue, profile);
    assert!(matches!(&images(Profile::Email)[..], [(661, 372..=496, filter)] if filter == "DCTDecode"));
    assert!(matches!(&images(Profile::Print)[..], [(992, 558..=744, filter)] if filter == "DCTDecode"));
}

#[test]
fn a_small_photo_is_not_enlarged() {
    let issue = issue_with("a.jpg", jpeg(300, 200));
    assert!(matches!(&images(&issue, Profile::Print)[..], [(300, 150..=200, filter)] if filter == "DCTDecode"));
}

#[test]
fn a_chart_stays_lossless_and_a_photo_as_png_does_not() {
    let chart = png(400, 300, |x, _| if x % 40 < 20 { [20, 55, 94, 255] } else { [255, 255, 255, 255] });
    assert_eq!(images(&issue_with("a.png", chart), Profile::Email), [(400, 300, "FlateDecode".to_owned())]);
    let photo = png(400, 300, |x, y| [(x * 7 + y) as u8, (x + y * 3) as u8, (x * y) as u8, 255]);
    assert_eq!(images(&issue_with("a.png", photo), Profile::Email), [(400, 300, "DCTDecode".to_owned())]);
}

#[test]
fn the_format_is_told_by_content() {
    let images = images(&issue_with("a.png", jpeg(40, 30)), Profile::Email);
    assert!(matches!(&images[..], [(40, 22..=30, filter)] if filter == "DCTDecode"));
}

#[test]
fn a_photo_is_turned_as_its_camera_was_held() {
    let bytes = std::fs::read(repository().join("issues/2026-09/photos/portrait.jpg")).expect("the sample photo");
    let facts = examine(&bytes).expect("a photo");
    assert_eq!((facts.format, facts.width, facts.height), (Format::Jpeg, 3000, 4000));
    let [(width, height, _)] = &images(&issue_with("a.jpg", &bytes), Profile::Email)[..] else {
        panic!("one image");
    };
    assert!(height > width, "{width} × {height}");
}

#[test]
fn metadata_stays_behind() {
    let bytes = std::fs::read(repository().join("issues/2026-10/photos/cover.jpg")).expect("the sample photo");
    let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(has(&bytes, b"Exif"), "the sample photo has metadata");
    let pdf = pdf_of(issue_with("a.jpg", &bytes).path(), &Options::default());
    assert!(Pdf::read(&pdf).images.iter().all(|image| !has(&image.bytes, b"Exif")));
}

#[test]
fn a_small_photo_is_not_compressed_anew() {
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) as u8 / 8 + 100;
    let pixels: Vec<u8> = (0..240 * 320).flat_map(|i| [noise(i % 320, i / 320); 3]).collect();
    let bytes = mozjpeg_rs::Encoder::fastest().quality(60).encode_rgb(&pixels, 320, 240).expect("a JPEG");
    let pdf = Pdf::read(&pdf_of(issue_with("a.jpg", &bytes).path(), &Options::default()));
    let decoded = |bytes: &[u8]| image::load_from_memory(bytes).expect("a picture").to_rgb8();
    let [printed] = &pdf.images[..] else { panic!("one image") };
    let (all, printed) = (decoded(&bytes), decoded(&printed.bytes));
    let (width, height) = printed.dimensions();
    assert!(width == 320 && (180..=240).contains(&height), "{height}");
    // The layout crops whole blocks off its head, and nothing changes in those that stay.
    let is_from = |top: u32| {
        let mut rows = (1..height - 1).flat_map(|y| (0..width).map(move |x| (x, y)));
        rows.all(|(x, y)| printed.get_pixel(x, y) == all.get_pixel(x, y + top))
    };
    assert!((0..=240 - height).any(is_from));
}

#[test]
fn the_same_photo_is_stored_once() {
    let issue = TempIssue::usual()
        .with_body("![Một](a.jpg)\n\nChữ.\n\n![Hai](./a.jpg)\n\n![Ba](b.jpg)")
        .with("a.jpg", jpeg(400, 300))
        .with("b.jpg", jpeg(400, 300));
    assert_eq!(images(&issue, Profile::Email).len(), 1);
}

#[test]
fn names_with_spaces_and_accents_are_found() {
    // As one system stores the name, and as another types it.
    let issue = TempIssue::usual()
        .with_body("![Một](<ảnh/Hội thảo.jpg>)\n\n![Hai](%E1%BA%A3nh/H%E1%BB%99i%20th%E1%BA%A3o.jpg)")
        .with("a\u{309}nh/Ho\u{323}\u{302}i tha\u{309}o.jpg", jpeg(400, 300));
    assert_eq!(images(&issue, Profile::Email).len(), 1);
}

#[test]
fn other_formats_are_read() {
    for format in [image::ImageFormat::Gif, image::ImageFormat::Tiff, image::ImageFormat::WebP] {
        let image = image::DynamicImage::from(image::RgbImage::from_pixel(40, 30, image::Rgb([200, 30, 30])));
        let mut bytes = std::io::Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("an image");
        assert_eq!(images(&issue_with("a.xyz", bytes.into_inner()), Profile::Email).len(), 1, "{format:?}");
    }
}

#[test]
fn a_drawing_stays_a_drawing() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"60\"><circle r=\"20\"/></svg>";
    assert!(images(&issue_with("a.svg", drawing), Profile::Email).is_empty());
    let facts = examine(drawing.as_bytes()).expect("a drawing");
    let plan = bantin::photo::plan(&facts, &[], &bantin::photo::Sizes::default(), Level::EMAIL);
    assert_eq!(plan.encoding, Encoding::Verbatim);
}
