//! Photos that follow one another stand in rows, and none is lost.

use bantin::session::Options;

use crate::pdf::Pdf;
use crate::support::{TempIssue, jpeg, pdf_of};

/// An article with so many photos in a row.
fn issue(front: &str, count: usize) -> TempIssue {
    let photos = (0..count).map(|photo| format!("![Ảnh{photo}.](photos/{photo}.jpg \"Lê An\")\n\n"));
    let text = "Một câu đủ dài để đứng trong bài và để cột chữ có gì mà đứng. ".repeat(12);
    let article = format!("+++\ntitle = \"Bài\"\n{front}+++\n\n{text}\n\n{}{text}\n", photos.collect::<String>());
    let empty = TempIssue::usual().with("01.md", article);
    (0..count).fold(empty, |issue, photo| issue.with(&format!("photos/{photo}.jpg"), jpeg(2000, 1200)))
}

#[test]
fn every_photo_of_a_row_is_there_once() {
    for front in ["", "rank = \"lead\"\n"] {
        for count in 1..=7 {
            for layout in ["two-column", "classic"] {
                let options = Options { layout: Some(layout.into()), ..Options::default() };
                let pdf = Pdf::read(&pdf_of(issue(front, count).path(), &options));
                let text: String = pdf.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
                for photo in 0..count {
                    let found = text.matches(&format!("Ảnh{photo}.")).count();
                    assert_eq!(found, 1, "photo {photo} of {count} in {layout}, front matter {front:?}");
                }
                assert_eq!(pdf.placed_images.len(), count, "of {count} in {layout}, front matter {front:?}");
            }
        }
    }
}
