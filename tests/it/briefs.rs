//! Briefs: what stands in their box, and what is too long or too large for one, is all on the pages.

use bantin::session::Options;

use crate::pdf::Pdf;
use crate::support::{TempIssue, jpeg, pdf_of};

const SENTENCE: &str = "Một câu đủ dài để đứng trong bài và để cột chữ có gì mà đứng.";

/// An issue of two briefs, the first with this body. What it must show is numbered, `w1w` to so many.
fn issue(body: &str) -> TempIssue {
    let brief = |title: &str, body: &str| format!("+++\ntitle = \"{title}\"\nrank = \"brief\"\n+++\n\n{body}\n");
    let manifest = "number = 1\ndate = 2026-10-01\n\n[masthead]\ntitle = \"Bản tin\"\n\n[[section]]\ntitle = \"Mục\"\n\
                    articles = [\"01.md\", \"02.md\"]\n";
    TempIssue::usual()
        .with("issue.toml", manifest)
        .with("01.md", brief("Tin một", body).replacen("+++\n", "+++\nkicker = \"Dòng trên\"\n", 1))
        .with("02.md", brief("Tin hai", &format!("{SENTENCE} w0w.")))
        .with("photos/a.jpg", jpeg(3000, 2000))
        .with("photos/b.jpg", jpeg(60, 1900))
}

fn paragraphs(count: usize) -> String {
    (1..=count).map(|number| format!("{} w{number}w.\n\n", [SENTENCE; 6].join(" "))).collect()
}

fn table(rows: usize) -> String {
    let rows: String = (1..=rows).map(|row| format!("| Đơn vị số {row} | w{row}w |\n")).collect();
    format!("| Đơn vị | Mã |\n|---|---|\n{rows}\n")
}

#[test]
fn all_of_a_brief_is_on_the_pages() {
    let cases = [
        (paragraphs(2), 2, 0),
        (paragraphs(9), 9, 0),
        (paragraphs(40), 40, 0),
        (format!("Mở đầu.\n\n## Đề mục\n\n{}", paragraphs(2)), 2, 0),
        (table(12), 12, 0),
        (table(70), 70, 0),
        (format!("{}![Ảnh lớn.](photos/a.jpg \"Lê An\")\n\n{}", paragraphs(1), table(30)), 30, 1),
        ("![Ảnh w1w.](photos/a.jpg \"An\")\n\n![Ảnh w2w.](photos/b.jpg \"An\")\n\nHết.\n".to_owned(), 2, 2),
    ];
    for (body, count, photos) in cases {
        for layout in ["two-column", "classic"] {
            let options = Options { layout: Some(layout.into()), ..Options::default() };
            let issue = issue(&body);
            let pdf = Pdf::read(&pdf_of(issue.path(), &options));
            let seen =
                pdf.glyphs.iter().filter(|it| (0.0..595.0).contains(&it.x) && (0.0..841.0).contains(&it.baseline));
            let text: String = seen.map(|glyph| glyph.text.as_str()).collect();
            let named = format!("in {layout}: {}", body.chars().take(60).collect::<String>());
            for word in (0..=count).map(|number| format!("w{number}w")).chain(["Dòng trên".replace(' ', "")]) {
                assert!(text.replace(' ', "").contains(&word), "{word} {named}");
            }
            let shown = pdf.placed_images.len();
            assert_eq!(shown, photos, "photos {named}");
        }
    }
}

#[test]
fn a_photo_for_the_whole_page_keeps_to_the_box() {
    let issue = issue("Mở đầu.\n\n![Ảnh lớn.](photos/a.jpg \"An\")\n\nHết.").with(
        "01.md",
        "+++\ntitle = \"Tin một\"\nrank = \"brief\"\n[photos.\"photos/a.jpg\"]\nwidth = \"page\"\n+++\n\n\
                        Mở đầu.\n\n![Ảnh lớn.](photos/a.jpg \"An\")\n\nHết.\n",
    );
    let pdf = Pdf::read(&pdf_of(issue.path(), &Options::default()));
    let image = pdf.placed_images.first().expect("the photo");
    let width = image.right - image.left;
    assert!(width < 250.0, "{width} points wide");
}

/// Briefs of one paragraph each. The numbers `w1w` to so many are in them, in order.
fn many(count: usize) -> TempIssue {
    let names: Vec<_> = (1..=count).map(|number| format!("b{number:02}.md")).collect();
    let manifest = format!(
        "number = 1\ndate = 2026-10-01\n\n[masthead]\ntitle = \"Bản tin\"\n\n[[section]]\ntitle = \"Mục\"\narticles = {names:?}\n"
    );
    let text = |number: usize| format!("w{number}w {}", [SENTENCE; 4][..2 + number % 3].join(" "));
    let brief = |number| format!("+++\ntitle = \"Tin {number}\"\nrank = \"brief\"\n+++\n\n{}\n", text(number));
    let issue = TempIssue::usual().with("issue.toml", manifest);
    (1..=count).fold(issue, |issue, number| issue.with(&format!("b{number:02}.md"), brief(number)))
}

#[test]
fn a_run_of_briefs_fills_its_pages() {
    for count in [2, 3, 9, 14, 25, 40] {
        let pdf = Pdf::read(&pdf_of(many(count).path(), &Options::default()));
        let text: String = pdf.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        let places: Vec<_> = (1..=count).map(|number| text.find(&format!("w{number}w"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{count} briefs: {places:?}");
        let last = pdf.glyphs.iter().map(|glyph| glyph.page).max().unwrap_or_default();
        // Page one has the contents alone, and folios stand at the very foot. No other page but the last is half empty.
        for page in 2..last {
            let on_page = pdf.glyphs.iter().filter(|it| it.page == page && it.baseline < 795.0);
            let foot = on_page.map(|it| it.baseline).fold(0.0, f64::max);
            assert!(foot > 430.0, "{count} briefs: page {page} ends at {foot}");
        }
    }
}
