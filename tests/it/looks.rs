//! How chosen pages look: small pictures below `tests/looks`, rendered by a reader that is not typst and compared with
//! some tolerance. Few, for they change with every change of style: made anew with `SNAPSHOTS=overwrite`.

use std::io::Cursor;

use bantin::session::Options;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{RenderSettings, render_pdf};
use image::GrayImage;

use crate::support::{pdf_of, repository};

/// A page that shows much of a layout: name, issue, layout, page from 1.
const PAGES: [(&str, &str, &str, usize); 5] = [
    ("page-one", "issues/2026-09", "two-column", 1),
    ("band-and-wide-photo", "issues/2026-09", "two-column", 2),
    ("everything", "tests/cases/everything/issue", "two-column", 2),
    ("page-one-without-cover", "tests/cases/flat-and-sections/issue", "two-column", 1),
    ("classic", "issues/2026-10", "classic", 2),
];

/// Pixels per point: letters are grey lines, blocks and white are clear.
const SCALE: f32 = 0.5;

/// The most that a block of pixels may differ on average, of 255. Other processors round otherwise, but not so much.
const TOLERANCE: f64 = 12.0;

/// Side of such a block, in pixels.
const BLOCK: u32 = 12;

fn render(bytes: Vec<u8>, page: usize) -> GrayImage {
    let pdf = Pdf::new(bytes).expect("hayro reads the PDF");
    let range = Some(page - 1..=page - 1);
    let pages = render_pdf(&pdf, SCALE, InterpreterSettings::default(), &RenderSettings::default(), range);
    let png = pages.expect("pages").remove(0).into_png().expect("a PNG");
    let image = image::load_from_memory(&png).expect("a picture").into_rgba8();
    // Without colour the files are small, and what is compared is shape.
    image::DynamicImage::from(image).into_luma8()
}

/// Where two pictures differ most: the difference, and the place in pixels.
fn difference(a: &GrayImage, b: &GrayImage) -> (f64, (u32, u32)) {
    let mut worst = (0.0, (0, 0));
    for top in (0..a.height()).step_by(BLOCK as usize) {
        for left in (0..a.width()).step_by(BLOCK as usize) {
            let (right, bottom) = ((left + BLOCK).min(a.width()), (top + BLOCK).min(a.height()));
            let pixels = (left..right).flat_map(|x| (top..bottom).map(move |y| (x, y)));
            let sum: f64 = pixels.map(|(x, y)| f64::from(a[(x, y)][0].abs_diff(b[(x, y)][0]))).sum();
            let mean = sum / f64::from((right - left) * (bottom - top));
            if mean > worst.0 {
                worst = (mean, (left, top));
            }
        }
    }
    worst
}

#[test]
fn chosen_pages_look_as_they_did() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut errors = Vec::new();
    for (name, issue, layout, page) in PAGES {
        let options = Options { layout: Some(layout.into()), ..Options::default() };
        let found = render(pdf_of(&repository().join(issue), &options), page);
        let path = repository().join("tests/looks").join(format!("{name}.png"));
        if overwrite {
            let mut png = Cursor::new(Vec::new());
            found.write_to(&mut png, image::ImageFormat::Png).expect("a PNG");
            std::fs::write(&path, png.into_inner()).expect("the picture is written");
            continue;
        }
        let expected = image::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).into_luma8();
        if expected.dimensions() != found.dimensions() {
            errors.push(format!("{name}: {:?} instead of {:?}", found.dimensions(), expected.dimensions()));
            continue;
        }
        let (most, place) = difference(&expected, &found);
        if most > TOLERANCE {
            errors.push(format!("{name}: differs by {most:.0} of 255 at {place:?}"));
        }
    }
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_picture_is_looked_at() {
    for file in bantin::fs::files_below(&repository().join("tests/looks")) {
        assert!(PAGES.iter().any(|(name, ..)| format!("{name}.png") == file), "{file} is compared with nothing");
    }
}
