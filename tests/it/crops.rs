//! The part of a photo that its author wants, and nothing of the rest.

use bantin::diagnostic::Finding;
use bantin::issue::{AspectRatio, Crop, Focus, PhotoUse};
use bantin::photo::{Done, Level, Part, Sizes, examine, plan_part, process};
use bantin::session::Options;
use image::{DynamicImage, Rgb, RgbImage};

use crate::pdf::Pdf;
use crate::photo_formats::{in_all_orientations, pixels};
use crate::support::{MANIFEST, TempIssue, check, jpeg, pdf_of, png, repository, run};

fn crop(ratio: &str, focus: Focus) -> Crop {
    Crop { ratio: AspectRatio::parse(ratio).expect("a ratio"), focus }
}

fn cropped(bytes: &[u8], crop: Crop) -> Done {
    let facts = examine(bytes).expect("a photo");
    let part = Part::of(&facts, Some(crop));
    let plan = plan_part(&facts, part, &[PhotoUse::Column], &Sizes::default(), Level::EMAIL);
    process(bytes, &facts, &plan).expect("a sound photo")
}

fn is_near(a: Rgb<u8>, b: [u8; 3], most: u8) -> bool {
    a.0.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= most)
}

const RED: [u8; 3] = [200, 30, 30];
const BLUE: [u8; 3] = [30, 30, 200];

/// Red but for its last fifth, which is blue.
fn two_colours(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |_, y| Rgb(if y < height * 4 / 5 { RED } else { BLUE }))
}

#[test]
fn nothing_of_what_is_cut_off_arrives_in_any_format() {
    let photo = two_colours(400, 500);
    let encoded = |format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        photo.write_to(&mut bytes, format).expect("an image");
        bytes.into_inner()
    };
    use image::ImageFormat::{Gif, Png, Tiff, WebP};
    let mut files: Vec<_> = [Gif, Png, Tiff, WebP].map(encoded).into();
    files.push(mozjpeg_rs::Encoder::fastest().quality(95).encode_rgb(&photo, 400, 500).expect("a JPEG"));
    for (index, bytes) in files.iter().enumerate() {
        let done = cropped(bytes, crop("1:1", Focus::Top));
        let image = pixels(&done);
        assert_eq!((image.dimensions(), (done.width, done.height)), ((400, 400), (400, 400)), "file {index}");
        assert!(image.pixels().all(|pixel| is_near(*pixel, RED, if index == 4 { 60 } else { 12 })), "file {index}");
        let image = pixels(&cropped(bytes, crop("4:1", Focus::Bottom)));
        // The colours of a JPEG are half as fine as its light.
        assert!(image.pixels().all(|pixel| is_near(*pixel, BLUE, if index == 4 { 60 } else { 12 })), "file {index}");
        let image = pixels(&cropped(bytes, crop("1:1", Focus::Centre)));
        assert!(
            is_near(*image.get_pixel(5, 5), RED, 12) && is_near(*image.get_pixel(5, 395), BLUE, 12),
            "file {index}"
        );
    }
}

#[test]
fn nothing_of_what_is_cut_off_arrives_of_a_photo_that_is_decoded_small() {
    // Sizes at which neither the photo nor its part comes to whole pixels of an eighth, a quarter or a half.
    for (width, height) in [(4001, 5003), (2998, 3749), (2003, 2507), (1501, 1880)] {
        let photo = two_colours(width, height);
        let bytes = mozjpeg_rs::Encoder::fastest().quality(95).encode_rgb(&photo, width, height).expect("a JPEG");
        let done = cropped(&bytes, crop("1:1", Focus::Top));
        let image = pixels(&done);
        assert_eq!(done.width, done.height);
        assert!(done.width < width, "it is printed smaller");
        // A block of the file, eight pixels or sixteen, may have both colours.
        let far = image.rows().take(done.height as usize * 97 / 100).flatten().all(|pixel| is_near(*pixel, RED, 12));
        let near = image.pixels().all(|pixel| is_near(*pixel, RED, 90));
        let worst = image.enumerate_pixels().max_by_key(|(_, _, pixel)| pixel.0[2]);
        assert!(far && near, "{width} × {height}: {worst:?} of {}", done.height);
    }
}

#[test]
fn a_turned_photo_is_cropped_as_it_is_seen() {
    let upright = DynamicImage::from(two_colours(320, 400));
    for (orientation, bytes) in (1..).zip(in_all_orientations(&upright)) {
        for (ratio, focus, size, colour) in
            [("1:1", Focus::Top, (320, 320), RED), ("4:1", Focus::Bottom, (320, 80), BLUE)]
        {
            let image = pixels(&cropped(&bytes, crop(ratio, focus)));
            assert_eq!(image.dimensions(), size, "orientation {orientation}");
            assert!(image.pixels().all(|pixel| is_near(*pixel, colour, 60)), "orientation {orientation}");
        }
    }
}

/// Noise that no encoder makes the same at two sizes.
fn busy(width: u32, height: u32) -> Vec<u8> {
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) as u8 / 4 + 90;
    let pixels: Vec<u8> = (0..width * height).flat_map(|i| [noise(i % width, i / width); 3]).collect();
    mozjpeg_rs::Encoder::fastest().quality(80).encode_rgb(&pixels, width, height).expect("a JPEG")
}

fn article(settings: &str) -> String {
    let settings = if settings.is_empty() { String::new() } else { format!("[photos.\"a.jpg\"]\n{settings}\n") };
    format!("+++\ntitle = \"Bài\"\nauthor = \"Tổ biên tập\"\n{settings}+++\n\nChữ.\n\n![Chú thích](a.jpg \"VL\")\n")
}

#[test]
fn the_parts_of_a_photo_that_articles_show_are_photos_of_their_own() {
    let names: Vec<_> = (1..=5).map(|number| format!("\"0{number}.md\"")).collect();
    let issue = TempIssue::usual()
        .with("issue.toml", MANIFEST.replace("\"01.md\"", &names.join(", ")))
        .with("a.jpg", busy(480, 360))
        .with("01.md", article("crop = \"16:9\""))
        .with("02.md", article("crop = \"16:9\"\nfocus = \"top\""))
        .with("03.md", article(""))
        // The whole of it, and the same part again.
        .with("04.md", article("crop = \"4:3\""))
        .with("05.md", article("crop = \"16:9\"\nfocus = \"left\""));
    let pdf = Pdf::read(&pdf_of(issue.path(), &Options::default()));
    let mut sizes: Vec<_> = pdf.images.iter().map(|image| (image.width, image.height)).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [(480, 270), (480, 270), (480, 360)]);
    assert_eq!(pdf.placed_images.len(), 5);

    // The archive has the file once, as it is.
    let answer = run(issue.path(), &["build", ".", "--profile", "archive", "-o", "a.pdf"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let answer = run(issue.path(), &["extract", "a.pdf", "-o", "out"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let given_back = std::fs::read(issue.path().join("out/a.jpg")).expect("the photo");
    assert!(given_back == busy(480, 360));
}

#[test]
fn a_part_is_as_coarse_as_its_own_pixels() {
    let ppi = |settings: &str| {
        let issue = TempIssue::usual().with("a.jpg", jpeg(700, 1400)).with("01.md", article(settings));
        check(issue.path()).into_iter().find_map(|found| match found.finding {
            Finding::PhotoLowResolution { pixels, .. } => Some(pixels),
            _ => None,
        })
    };
    assert_eq!(ppi("width = \"page\""), None, "it is tall, and so set narrow");
    assert_eq!(ppi("width = \"page\"\ncrop = \"16:9\""), Some(700));
    assert_eq!(ppi("width = \"page\"\ncrop = \"1:4\""), None);
}

#[test]
fn a_drawing_cannot_be_cropped() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"60\"><circle r=\"20\"/></svg>";
    // Whatever it is called.
    let issue = TempIssue::usual().with("a.jpg", drawing).with("01.md", article("crop = \"1:1\""));
    let answer = run(issue.path(), &["build", ".", "--format", "json", "-o", "out.pdf"]);
    let errors = answer.errors();
    assert_eq!((answer.status, errors.len()), (1, 1), "{errors:?}");
    assert_eq!((&errors[0]["code"], &errors[0]["line"]), (&"bad-value".into(), &10.into()), "{errors:?}");
    // A focus alone is for layouts that crop, which leave drawings as they are.
    let issue = TempIssue::usual().with("a.jpg", drawing).with("01.md", article("focus = \"top\""));
    assert_eq!(run(issue.path(), &["build", ".", "-o", "out.pdf"]).status, 0);
}

#[test]
fn a_crop_is_kept_apart_in_the_cache() {
    let photo = std::fs::read(repository().join("issues/2026-10/photos/cover.jpg")).expect("the sample photo");
    let issue = |settings: &str| TempIssue::usual().with("a.jpg", &photo).with("01.md", article(settings));
    let sizes = |settings: &str| {
        let issue = issue(settings);
        let answer = run(issue.path(), &["build", ".", "-o", "out.pdf"]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        let pdf = Pdf::read(&std::fs::read(issue.path().join("out.pdf")).expect("a PDF"));
        pdf.images.iter().map(|image| (image.width, image.height)).collect::<Vec<_>>()
    };
    let whole = sizes("");
    let part = sizes("crop = \"2:1\"");
    assert_ne!(whole, part);
    assert_eq!((sizes(""), sizes("crop = \"2:1\"")), (whole, part));
}

#[test]
fn a_screenshot_is_cropped_to_the_pixel() {
    let bytes = png(40, 40, |x, y| [x as u8 / 10 * 60, y as u8 / 10 * 60, 0, 255]);
    let image = pixels(&cropped(&bytes, crop("2:1", Focus::Bottom)));
    assert_eq!(image.dimensions(), (40, 20));
    assert_eq!((image.get_pixel(13, 0), image.get_pixel(39, 19)), (&Rgb([60, 120, 0]), &Rgb([180, 180, 0])));
}
