//! Issue folders below `tests/cases`, and the samples, each with what its PDF says (`expected.txt`): metadata,
//! bookmarks, links, attachments and the structure tree with its text. Made anew with `SNAPSHOTS=overwrite`.

use std::path::PathBuf;

use bantin::pdf::Profile;
use bantin::session::Options;

use crate::pdf::Pdf;
use crate::support::{pdf_of, repository};

/// Every case below `tests/cases`: a folder with `issue/` and `expected.txt`.
fn cases() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(repository().join("tests/cases")).expect("the cases");
    let mut cases: Vec<_> = folders.map(|entry| entry.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    cases.sort();
    cases
}

fn samples() -> Vec<PathBuf> {
    ["2026-09", "2026-10"].map(|name| repository().join("issues").join(name)).to_vec()
}

fn options(profile: Profile, layout: Option<&str>) -> Options {
    Options { profile, layout: layout.map(str::to_owned), max_size: None }
}

#[test]
fn every_case_reads_as_expected() {
    let cases = cases();
    assert!(cases.len() >= 5);
    for case in cases {
        let pdf = Pdf::read(&pdf_of(&case.join("issue"), &Options::default()));
        snapbox::assert_data_eq!(pdf.describe(), snapbox::Data::read_from(&case.join("expected.txt"), None).raw());
    }
}

#[test]
fn the_samples_use_the_whole_format() {
    let pdfs: Vec<_> = samples().iter().map(|sample| Pdf::read(&pdf_of(sample, &Options::default()))).collect();
    let kinds: Vec<_> = pdfs.iter().flat_map(|pdf| &pdf.tags).filter_map(|tag| tag.kind.as_deref()).collect();
    for kind in
        ["H1", "H2", "H3", "L", "Lbl", "Table", "TH", "TD", "Figure", "Caption", "BlockQuote", "Link", "TOC", "TOCI"]
    {
        assert!(kinds.contains(&kind), "no sample has a {kind}");
    }
}

/// A note stands at the end of its article; a link leads there, and another back. Both are read out as the number.
#[test]
fn notes_end_their_article_and_lead_back() {
    let body = "Một câu có chú thích.[^a] Một câu nữa.[^b]\n\n[^a]: Ghi chú đầu.\n\n[^b]: Ghi chú sau.";
    for layout in ["two-column", "classic"] {
        let front = "+++\ntitle = \"Bài\"\nauthor = \"Tổ biên tập\"\n+++\n\n";
        let issue = crate::support::TempIssue::usual().with("01.md", format!("{front}{body}\n"));
        let pdf = Pdf::read(&pdf_of(issue.path(), &options(Profile::Email, Some(layout))));
        let text = pdf.text();
        let article = &text[text.find("Một câu có").unwrap_or_else(|| panic!("{text}"))..];
        let want = "Một câu có chú thích.1 Một câu nữa.2\nTổ biên tập\n1\nGhi chú đầu.\n2\nGhi chú sau.";
        let lines = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        assert_eq!(lines(article), want, "{layout}");
        assert_eq!(pdf.links.iter().filter(|(page, to)| *page == 2 && to == "page 2").count(), 4, "{layout}");
        let numbers: Vec<_> = pdf.texts_of("Link").into_iter().filter(|text| text == "1" || text == "2").collect();
        assert_eq!(numbers, ["1", "2", "1", "2"], "{layout}");
    }
}

/// What stands apart from the text is what it is for those who cannot see it, too.
#[test]
fn boxes_pull_quotes_and_charts_are_tagged() {
    let case = repository().join("tests/cases/everything/issue");
    for layout in ["two-column", "classic"] {
        let pdf = Pdf::read(&pdf_of(&case, &options(Profile::Email, Some(layout))));
        let has = |kind: &str, part: &str| pdf.texts_of(kind).iter().any(|text| text.contains(part));
        // A chart is its table: heads of columns, and a value in every cell that has one.
        let chart = pdf.texts_of("Table").into_iter().find(|text| text.contains("Trực tuyến"));
        let chart = chart.unwrap_or_else(|| panic!("no chart in {layout}: {:?}", pdf.texts_of("Table")));
        for cell in ["2025", "2026", "1.432", "2.250", "2.118"] {
            assert_eq!(chart.matches(cell).count(), 1, "{cell} in {layout}: {chart}");
        }
        for head in ["Năm", "Trực tuyến", "Trực tiếp"] {
            assert!(has("TH", head), "{head} heads nothing in {layout}: {:?}", pdf.texts_of("TH"));
        }
        assert!(has("TD", "1.432") && has("TD", "2.118"), "{layout}: {:?}", pdf.texts_of("TD"));
        assert!(has("BlockQuote", "Lời đáng nhớ nhất"), "{layout}: {:?}", pdf.texts_of("BlockQuote"));
        assert!(has("P", "Nên biết") && has("LI", "việc thứ hai"), "{layout}");
        // Each photo of a row has its own words.
        for caption in ["Hàng ảnh, bên trái.", "Hàng ảnh, bên phải."] {
            assert!(has("Caption", caption), "{layout}: {:?}", pdf.texts_of("Caption"));
        }
    }
}

#[test]
fn what_every_pdf_has() {
    for sample in samples() {
        for layout in ["two-column", "classic"] {
            let name = format!("{} in {layout}", sample.display());
            let pdf = Pdf::read(&pdf_of(&sample, &options(Profile::Email, Some(layout))));
            assert!(!pdf.title.is_empty() && !pdf.author.is_empty() && !pdf.keywords.is_empty(), "{name}");
            assert_eq!(pdf.language, "vi", "{name}");
            assert!(pdf.page_labels, "{name} has no page labels");
            assert!(pdf.attachments.is_empty(), "{name}");
            assert!(
                pdf.tags.iter().filter(|tag| tag.kind.as_deref() == Some("Figure")).all(|tag| tag.alt.is_some()),
                "{name}"
            );
            let contents: Vec<_> =
                pdf.links.iter().filter(|(page, to)| *page == 1 && to.starts_with("page ")).collect();
            let bookmarks: Vec<_> = pdf.bookmarks.iter().map(|(_, _, page)| format!("page {page}")).collect();
            assert!(contents.len() >= 7, "{name}: {contents:?}");
            assert!(contents.iter().all(|(_, to)| bookmarks.contains(to)), "{name}: {contents:?} {bookmarks:?}");
        }
    }
}

#[test]
fn contents_and_bookmarks_have_the_short_title_and_the_page_the_long_one() {
    let pdf = Pdf::read(&pdf_of(&repository().join("tests/cases/everything/issue"), &Options::default()));
    assert!(pdf.bookmarks.iter().any(|(depth, title, _)| *depth == 1 && title == "Tên ngắn"));
    assert!(pdf.texts_of("H2").contains(&"Một cái tên dài để thử phần mục lục".to_owned()));
}

#[test]
fn printing_order_is_reading_order() {
    for layout in ["two-column", "classic"] {
        let case = repository().join("tests/cases/everything/issue");
        let text = Pdf::read(&pdf_of(&case, &options(Profile::Email, Some(layout)))).text();
        let order = [
            "Bản tin thử nghiệm",
            "Giới thiệu bản tin",
            "Chuyên mục một",
            "Dòng trên tên bài",
            "Đoạn mở đầu in đậm.",
            "Đề mục trong bài",
            "Đề mục nhỏ",
            "Người viết",
            "Nguồn: tanhai.example",
            "Bài thứ hai",
        ];
        let mut at = text.find("Đoạn mở đầu in đậm.").expect("the lead");
        for phrase in &order[5..] {
            let next = text[at..].find(phrase).unwrap_or_else(|| panic!("{phrase} after {}", &text[at..]));
            at += next;
        }
        let mut at = 0;
        for phrase in &order[..5] {
            at += text[at..].find(phrase).unwrap_or_else(|| panic!("{phrase} in {text}"));
        }
    }
}

#[test]
fn an_archive_carries_its_sources() {
    let sample = repository().join("issues/2026-10");
    let pdf = Pdf::read(&pdf_of(&sample, &options(Profile::Archive, None)));
    let names: Vec<_> = pdf.attachments.iter().map(|file| file.name.as_str()).collect();
    for file in bantin::fs::files_below(&sample) {
        let attached = pdf.attachments.iter().find(|attached| attached.name == file);
        let attached = attached.unwrap_or_else(|| panic!("{file} is not among {names:?}"));
        assert_eq!(attached.relationship, "Source", "{file}");
        assert!(attached.bytes == std::fs::read(sample.join(&file)).expect("the file"), "{file} has changed");
    }
}

#[test]
fn an_archive_carries_what_is_not_listed_too() {
    let issue = crate::support::TempIssue::usual().with("ghi-chu.txt", "Nháp").with("old.pdf", "%PDF-");
    let pdf = Pdf::read(&pdf_of(issue.path(), &options(Profile::Archive, None)));
    let names = pdf.attachments.iter().map(|file| file.name.as_str());
    let (layout, names): (Vec<_>, Vec<_>) = names.partition(|name| name.starts_with("layout/"));
    assert_eq!(names, ["01.md", "bantin.lock.toml", "ghi-chu.txt", "issue.toml"]);
    assert!(layout.contains(&"layout/layout.typ") && layout.contains(&"layout/lib/blocks.typ"), "{layout:?}");
}

#[test]
fn notes_in_a_header_that_runs_over_pages_are_set_once() {
    let rows = "| 1 | 2 |\n".repeat(90);
    let issue =
        crate::support::TempIssue::usual().with_body(&format!("| a[^1] | b |\n|---|---|\n{rows}\n[^1]: Ghi chú."));
    for layout in ["two-column", "classic"] {
        let pdf = Pdf::read(&pdf_of(issue.path(), &options(Profile::Email, Some(layout))));
        assert_eq!(pdf.text().matches("Ghi chú.").count(), 1, "{layout}");
    }
}

#[test]
fn text_is_found_as_it_was_written() {
    let text = "Nghị quyết số 19-NQ/TW ngày 21/11/2022, giai đoạn 2021-2025, tăng 41,44%.";
    for layout in ["two-column", "classic"] {
        let issue = crate::support::TempIssue::usual().with_body(text);
        let pdf = Pdf::read(&pdf_of(issue.path(), &options(Profile::Email, Some(layout))));
        assert!(pdf.text().contains(text), "{layout}: {}", pdf.text());
    }
}
