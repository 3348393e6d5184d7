//! `bantin import`: from files of other programs to an issue that builds.

use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::support::{Answer, TempIssue, run};

const LEAD: &str = "Từ ngày 3/8, bộ phận một cửa xã Tân Hải tiếp dân thêm một buổi vào chiều thứ Bảy.";
const TEXT: &str = "Theo báo cáo của xã, trong tháng đầu có 128 lượt người đến nộp hồ sơ ngoài giờ hành chính, phần lớn là công \
                    nhân của khu công nghiệp và người buôn bán ở chợ. Mỗi hồ sơ chỉ mất chừng mười phút.";
const MORE: &str = "Xã cũng đặt một bàn hướng dẫn ngay ở cửa ra vào, nơi đoàn viên thanh niên giúp người lớn tuổi điền tờ khai \
                    và chụp ảnh giấy tờ bằng điện thoại.";

/// A paragraph of WordprocessingML: properties of the paragraph and of its run, and its words.
fn paragraph(looks: &str, style: &str, words: &str) -> String {
    format!(
        "<w:p><w:pPr>{looks}</w:pPr><w:r><w:rPr>{style}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>"
    )
}

fn title(words: &str) -> String {
    paragraph("<w:jc w:val=\"center\"/>", "<w:b/><w:sz w:val=\"32\"/>", words)
}

fn text(words: &str) -> String {
    paragraph("<w:jc w:val=\"both\"/>", "<w:sz w:val=\"28\"/>", words)
}

fn bold(words: &str) -> String {
    paragraph("<w:jc w:val=\"both\"/>", "<w:b/><w:sz w:val=\"28\"/>", words)
}

fn right(words: &str) -> String {
    paragraph("<w:jc w:val=\"right\"/>", "<w:sz w:val=\"28\"/>", words)
}

/// A Word file with this body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
             ContentType=\"application/xml\"/></Types>"
                .to_owned(),
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
             Target=\"word/document.xml\"/></Relationships>"
                .to_owned(),
        ),
        (
            "word/document.xml",
            format!(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}\
                 </w:body></w:document>"
            ),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.finish().expect("a file").into_inner()
}

pub(crate) fn article(name: &str, author: &str) -> String {
    [title(name), bold(LEAD), text(TEXT), text(MORE), right(author), right("Nguồn: tanhai.example")].concat()
}

pub(crate) fn bulletin() -> Vec<u8> {
    let front = [
        bold("BẢN TIN XÃ TÂN HẢI"),
        bold("Số 7 - Tháng 7/2026"),
        bold("MỤC LỤC"),
        text("* Thêm buổi tiếp dân"),
        text("* Bàn hướng dẫn ở cửa"),
        "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>".to_owned(),
    ];
    docx(&(front.concat() + &article("Thêm buổi tiếp dân", "Minh Hà") + &article("Bàn hướng dẫn ở cửa", "Anh Khoa")))
}

fn last(answer: &Answer) -> Value {
    answer.json().last().cloned().unwrap_or_default()
}

/// Every word is kept or named, and the new issue builds.
fn assert_whole(place: &Path, answer: &Answer, folder: &str) {
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    let end = last(answer);
    let count = |key: &str| end[key].as_u64().unwrap_or_else(|| panic!("no {key}: {end}"));
    assert_eq!(count("words"), count("kept") + count("left_out"));
    let lost = answer.json().into_iter().filter(|o| o["message"].as_str().is_some_and(|m| m.contains("nothing tells")));
    assert_eq!(lost.count(), 0, "{}", answer.stdout);
    let built = run(place, &["build", folder]);
    assert_eq!(built.status, 0, "{}", built.stderr);
}

#[test]
fn a_bulletin_in_word_becomes_an_issue() {
    let place = TempIssue::empty().with("thang-7.docx", bulletin());
    let answer =
        run(place.path(), &["import", "thang-7.docx", "-o", "so-7", "--layout", "classic", "--format", "json"]);
    assert_whole(place.path(), &answer, "so-7");
    assert_eq!((last(&answer)["articles"].as_u64(), last(&answer)["imported"].as_str()), (Some(2), Some("so-7")));
    let manifest = std::fs::read_to_string(place.path().join("so-7/issue.toml")).expect("a manifest");
    for line in ["number = 7", "date = \"2026-07\"", "title = \"BẢN TIN XÃ TÂN HẢI\"", "layout = \"classic\""] {
        assert!(manifest.contains(line), "{line}: {manifest}");
    }
    let article = std::fs::read_to_string(place.path().join("so-7/01-them-buoi-tiep-dan.md")).expect("an article");
    for line in ["title = \"Thêm buổi tiếp dân\"", "author = \"Minh Hà\"", "source = \"tanhai.example\"", MORE] {
        assert!(article.contains(line), "{line}: {article}");
    }
    assert!(article.contains(&format!("lead = \"{LEAD}\"")), "{article}");
}

#[test]
fn wishes_go_before_what_the_source_says() {
    let place = TempIssue::empty().with("a.docx", bulletin());
    let answer = run(place.path(), &["import", "a.docx", "-o", "b", "--date", "2025-03-04", "--number", "3/2025"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let manifest = std::fs::read_to_string(place.path().join("b/issue.toml")).expect("a manifest");
    assert!(manifest.contains("date = 2025-03-04") && manifest.contains("number = \"3/2025\""), "{manifest}");
    assert_eq!(run(place.path(), &["import", "a.docx", "-o", "c", "--date", "2025-13"]).status, 2);
    assert_eq!(run(place.path(), &["import", "a.docx"]).status, 2, "where to?");
    // What is there is left alone.
    assert_eq!(run(place.path(), &["import", "a.docx", "-o", "b"]).status, 1);
}

#[test]
fn articles_are_added_to_an_issue() {
    let manifest = "# Số này\ndate = 2026-11-28\nnumber = 11\narticles = [\n  \"01-mo-dau.md\", # bài mở đầu\n]\n\n[masthead]\n\
                    title = \"Bản tin thử\"\n";
    let issue = TempIssue::empty()
        .with("so/issue.toml", manifest)
        .with("so/01-mo-dau.md", "+++\ntitle = \"Mở đầu\"\n+++\n\nMột đoạn văn.\n")
        .with("so/02-them-buoi-tiep-dan.md", "của người khác")
        .with("a.docx", docx(&article("Thêm buổi tiếp dân", "Minh Hà")))
        .with("b.docx", docx(&article("Bàn hướng dẫn ở cửa", "Anh Khoa")))
        .with("c.md", "# Tin thứ ba\n\nMột đoạn có ảnh.\n\n![Chợ nổi](anh.svg)\n")
        .with(
            "anh.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"/></svg>",
        );
    let arguments = ["import", "a.docx", "b.docx", "c.md", "--into", "so", "--format", "json"];
    let answer = run(issue.path(), &arguments);
    assert_whole(issue.path(), &answer, "so");
    let after = std::fs::read_to_string(issue.path().join("so/issue.toml")).expect("a manifest");
    assert!(after.starts_with("# Số này\n") && after.contains("# bài mở đầu"), "notes stay: {after}");
    for name in ["02-them-buoi-tiep-dan-2.md", "03-ban-huong-dan-o-cua.md", "04-tin-thu-ba.md"] {
        assert!(after.contains(name) && issue.path().join("so").join(name).is_file(), "{name}: {after}");
    }
    let theirs = std::fs::read_to_string(issue.path().join("so/02-them-buoi-tiep-dan.md")).expect("the other file");
    assert_eq!(theirs, "của người khác");
    assert!(issue.path().join("so/photos/tin-thu-ba.svg").is_file());
}

#[test]
fn nothing_is_left_behind_when_an_import_fails() {
    let locked = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1].repeat(200);
    let issue = TempIssue::usual()
        .with("tot.docx", bulletin())
        .with("hong.docx", &bulletin()[..900])
        .with("khoa.docx", locked)
        .with("trong.txt", "  \n")
        .with("anh.jpg", "x")
        .with("gia.pdf", "không phải PDF");
    let before = std::fs::read_to_string(issue.path().join("issue.toml")).expect("a manifest");
    for bad in ["hong.docx", "khoa.docx", "trong.txt", "anh.jpg", "gia.pdf"] {
        for target in [["-o", "moi"], ["--into", "."]] {
            let answer = run(issue.path(), &["import", "tot.docx", bad, target[0], target[1], "--format", "json"]);
            assert_eq!(answer.status, 1, "{bad}: {}", answer.stdout);
            assert_eq!(answer.json()[0]["code"], "import-failed", "{bad}");
            assert!(answer.json()[0]["message"].as_str().is_some_and(|message| message.contains(bad)), "{bad}");
        }
    }
    assert!(!issue.path().join("moi").exists());
    assert_eq!(std::fs::read_to_string(issue.path().join("issue.toml")).expect("a manifest"), before);
    assert_eq!(
        run(issue.path(), &["import", "fehlt.docx", "-o", "moi", "--format", "json"]).json()[0]["code"],
        "unreadable"
    );
}

#[test]
fn text_from_before_unicode_is_unicode() {
    let font = "<w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/><w:sz w:val=\"28\"/>";
    let old = |words: &str| paragraph("<w:jc w:val=\"both\"/>", font, words);
    let body = paragraph("<w:jc w:val=\"center\"/>", &format!("{font}<w:b/>"), "Thªm buæi tiÕp d©n")
        + &old(
            "Tõ ngµy 3/8, bé phËn mét cöa x· T©n H¶i tiÕp d©n thªm mét buæi vµo chiÒu thø B¶y, theo ®Ò nghÞ cña c«ng nh©n.",
        )
        + &old("Mçi hå s¬ chØ mÊt chõng m\u{ad}êi phót.");
    let place = TempIssue::empty().with("cu.docx", docx(&body));
    let answer = run(place.path(), &["import", "cu.docx", "-o", "so", "--date", "2004-08", "--format", "json"]);
    assert_whole(place.path(), &answer, "so");
    let article = std::fs::read_to_string(place.path().join("so/01-them-buoi-tiep-dan.md")).expect("an article");
    for words in ["Thêm buổi tiếp dân", "bộ phận một cửa xã Tân Hải", "chừng mười phút"] {
        assert!(article.contains(words), "{words}: {article}");
    }
    assert!(answer.json().iter().any(|found| found["code"] == "import-doubt"), "{}", answer.stdout);
}

#[test]
fn a_dump_keeps_a_place_for_its_photos() {
    let dump = format!(
        "BẢN TIN XÃ TÂN HẢI\n\nSố 7 - Tháng 7/2026\n\nMỤC LỤC\n\n* Thêm buổi tiếp dân\n\n* Bàn hướng dẫn ở cửa\n\n\u{c}\
         Thêm buổi tiếp dân\n\n{LEAD}\n\nQuầy tiếp dân chiều thứ Bảy. Ảnh: Anh Khoa\n\n{TEXT}\n\nMinh Hà\n\nNguồn: tanhai.example\n\n\
         Bàn hướng dẫn ở cửa\n\n{MORE}\n\nNguồn: tanhai.example\n"
    );
    let place = TempIssue::empty().with("2026-07.txt", dump);
    let answer = run(place.path(), &["import", "2026-07.txt", "-o", "so", "--format", "json"]);
    assert_whole(place.path(), &answer, "so");
    let article = std::fs::read_to_string(place.path().join("so/01-them-buoi-tiep-dan.md")).expect("an article");
    assert!(article.contains("![Quầy tiếp dân chiều thứ Bảy.](photos/thieu-anh-1.svg \"Anh Khoa\")"), "{article}");
    let found = run(place.path(), &["check", "so", "--format", "json"]).json();
    assert!(found.iter().any(|found| found["code"] == "photo-stand-in"), "{found:?}");
}

#[test]
fn signs_without_a_letter_and_broken_pictures_do_not_stop_a_build() {
    let place = TempIssue::empty()
        .with("a.md", "# Thử dấu\n\nMột đoạn có chữ \u{1d11e} và chữ 漢.\n\n![Ảnh hỏng ở đây](hong.jpg)\n")
        .with("hong.jpg", [0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 3]);
    let answer = run(place.path(), &["import", "a.md", "-o", "so", "--format", "json"]);
    assert_eq!(answer.status, 0, "{}", answer.stdout);
    let built = run(place.path(), &["build", "so"]);
    assert_eq!(built.status, 0, "{}", built.stderr);
    let doubts: Vec<_> = answer.json().into_iter().filter(|found| found["code"] == "import-doubt").collect();
    assert!(doubts.len() >= 2, "{}", answer.stdout);
}

#[test]
fn a_pdf_of_ours_comes_back() {
    let place = TempIssue::empty().with("a.docx", bulletin());
    assert_eq!(run(place.path(), &["import", "a.docx", "-o", "so"]).status, 0);
    assert_eq!(run(place.path(), &["build", "so", "-o", "so.pdf"]).status, 0);
    let answer = run(place.path(), &["import", "so.pdf", "-o", "lai", "--format", "json"]);
    assert_whole(place.path(), &answer, "lai");
    for name in ["01-them-buoi-tiep-dan.md", "02-ban-huong-dan-o-cua.md"] {
        let read = |folder: &str| std::fs::read_to_string(place.path().join(folder).join(name)).expect("an article");
        assert_eq!(read("lai"), read("so"), "{name}");
    }
}
