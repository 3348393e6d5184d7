//! What is warned of, and what is not.

use crate::support::{TempIssue, jpeg, run};

/// The warnings of an issue: code, file, line and column.
fn warnings(issue: &TempIssue) -> Vec<String> {
    let answer = run(issue.path(), &["build", ".", "--format", "json", "-o", "out.pdf"]);
    let found = answer.json().into_iter().filter(|object| object["severity"] == "warning");
    found
        .map(|object| {
            let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
            match object["line"].as_u64() {
                Some(line) => format!("{} {}:{line}:{}", text("code"), text("file"), object["column"]),
                None => format!("{} {}", text("code"), text("file")),
            }
        })
        .collect()
}

/// An issue with photos of 800 × 600 and of 300 × 200 pixels.
fn photos(front_matter: &str, body: &str) -> TempIssue {
    TempIssue::usual()
        .with("a.jpg", jpeg(800, 600))
        .with("small.jpg", jpeg(300, 200))
        .with("01.md", format!("+++\ntitle = \"Bài thử\"\n{front_matter}+++\n\n{body}\n"))
}

#[test]
fn photos_that_say_too_little() {
    let both = "![Chú thích](small.jpg \"VL\")\n\n";
    let table: &[(&str, &str, &str, &[&str])] = &[
        ("all is said", "", "![Chú thích](a.jpg \"VL\")", &[]),
        ("no caption", "", "![](a.jpg \"VL\")", &["photo-without-caption 01.md:7:5"]),
        ("a caption of spaces", "", "![ ](a.jpg \"VL\")", &["photo-without-caption 01.md:7:6"]),
        ("no credit", "", "![Chú thích](a.jpg)", &["photo-without-credit 01.md:7:14"]),
        ("neither", "", "![](a.jpg)", &["photo-without-caption 01.md:7:5", "photo-without-credit 01.md:7:5"]),
        ("the byline credits all", "author = \"Bài, ảnh: Tổ biên tập\"\n", "![Chú thích](a.jpg)", &[]),
        ("a byline in English", "author = \"Text and photos: the editors\"\n", "![Chú thích](a.jpg)", &[]),
        (
            "a byline of text alone",
            "author = \"Bài: Tổ biên tập\"\n",
            "![Chú thích](a.jpg)",
            &["photo-without-credit 01.md:8:14"],
        ),
        ("the credit in the caption", "", "![Chú thích (Ảnh: VL)](a.jpg)", &[]),
    ];
    for (name, front_matter, body, expected) in table {
        let found = warnings(&photos(front_matter, &format!("{both}{body}")));
        let found: Vec<_> = found.into_iter().filter(|found| !found.contains("low-resolution")).collect();
        assert_eq!(found, *expected, "{name}");
    }
}

#[test]
fn photos_too_small_for_their_place() {
    let found = |front_matter: &str, body: &str| {
        let found = warnings(&photos(front_matter, body));
        found.into_iter().filter(|found| found.contains("low-resolution")).collect::<Vec<_>>()
    };
    // 300 pixels across a column of 84 mm are 91 an inch, 800 across a page of 174 mm 117.
    assert_eq!(found("", "![Chú thích](small.jpg \"VL\")"), ["photo-low-resolution 01.md:5:14"]);
    assert_eq!(found("", "![Chú thích](a.jpg \"VL\")"), [""; 0]);
    let wide = "[photos.\"a.jpg\"]\nwidth = \"page\"\n";
    assert_eq!(found(wide, "![Chú thích](a.jpg \"VL\")"), ["photo-low-resolution 01.md:7:14"]);
}

#[test]
fn photos_that_nobody_shows() {
    let issue = photos("", "![Chú thích](a.jpg \"VL\")").with("photos/cũ.JPG", "").with("ghi-chu.txt", "");
    assert_eq!(warnings(&issue), ["photo-unused photos/cũ.JPG", "photo-unused small.jpg"]);
    let issue = issue.with("layout/mark.svg", "<svg/>");
    assert_eq!(warnings(&issue).len(), 2, "what belongs to a layout is used by it");
}
