//! What layouts are told of an issue: `issue.json` of an exported project.

use serde_json::{Value, json};

use crate::support::{MANIFEST, TempIssue, jpeg, png, run};

/// A layout that sets next to nothing, so that these tests are about its data alone.
const LAYOUT: &str = "#let bulletin(issue) = [#issue.name]\n";
const SPEC: &str = "description = { en = \"a\" }\nfonts = [\"Tinos\"]\n[photos]\ncolumn = 90\npage = 180\ncover = 90\nlogo = 9\nheight = 90\n";

fn issue(manifest: &str) -> TempIssue {
    TempIssue::usual().with("issue.toml", manifest).with("layout/layout.typ", LAYOUT).with("layout/layout.toml", SPEC)
}

fn data(issue: &TempIssue) -> Value {
    let answer = run(issue.path(), &["export", ".", "-o", "out"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let text = std::fs::read_to_string(issue.path().join("out/issue.json")).expect("the data");
    serde_json::from_str(&text).expect("JSON")
}

fn article(front: &str, body: &str) -> String {
    format!("+++\ntitle = \"Bài\"\n{front}+++\n\n{body}\n")
}

fn runs(text: &str) -> Value {
    json!([{ "kind": "text", "text": text }])
}

#[test]
fn page_one_and_ranks() {
    let manifest = MANIFEST
        .replace("articles = [\"01.md\"]", "articles = [\"01.md\"]\nteasers = [\"./03.md\", \"01.md\"]")
        .replace("[masthead]", "[[section]]\ntitle = \"Tin\"\narticles = [\"02.md\", \"03.md\"]\n[masthead]")
        + "[pdf]\npages = 8\n";
    let issue = issue(&manifest)
        .with("02.md", article("rank = \"lead\"\n", "a"))
        .with("03.md", article("rank = \"brief\"\n", "a"));
    let data = data(&issue);
    assert_eq!(data["format"], 1);
    assert_eq!(data["teasers"], json!(["article-3", "article-1"]));
    let sections = data["sections"].as_array().expect("sections");
    let articles = sections.iter().flat_map(|section| section["articles"].as_array().expect("articles"));
    let ranks: Vec<_> = articles.map(|article| article["rank"].clone()).collect();
    assert_eq!(ranks, [json!(null), json!("lead"), json!("brief")]);
    assert_eq!(self::data(&self::issue(MANIFEST))["teasers"], json!([]));
}

#[test]
fn boxes_pull_quotes_and_charts() {
    let body = "> [!box] Số *liệu*\n> Một\n\n> [!pull] Hai\n\n[!chart line] Hồ sơ\n\n\
                | Năm | Nhận | Tỉ lệ |\n|---|--:|---|\n| 2025 | 1.432 | 99,61% |\n| **2026** | 1.500,5 | chưa có |";
    let issue = issue(MANIFEST).with("01.md", article("", body));
    let data = data(&issue);
    let blocks = &data["sections"][0]["articles"][0]["blocks"];
    let paragraph = |text: &str| json!([{ "kind": "paragraph", "content": runs(text) }]);
    let title = json!([{ "kind": "text", "text": "Số " }, { "kind": "emphasis", "content": runs("liệu") }]);
    assert_eq!(blocks[0], json!({ "kind": "box", "title": title, "blocks": paragraph("Một") }));
    assert_eq!(blocks[1], json!({ "kind": "pull", "blocks": paragraph("Hai") }));
    let chart = &blocks[2];
    assert_eq!((&chart["kind"], &chart["shape"]), (&json!("chart"), &json!("line")));
    assert_eq!(chart["title"].as_array().map(Vec::len), Some(1));
    assert_eq!(chart["labels"], json!(["2025", "2026"]));
    assert_eq!(
        chart["series"],
        json!([
            { "name": "Nhận", "values": [1432.0, 1500.5], "texts": ["1.432", "1.500,5"] },
            { "name": "Tỉ lệ", "values": [99.61, null], "texts": ["99,61%", "chưa có"] },
        ])
    );
    assert_eq!(chart["table"]["kind"], "table");
    assert_eq!(chart["table"]["columns"], json!(["default", "right", "default"]));
    assert_eq!(chart["table"]["rows"].as_array().map(Vec::len), Some(2));
}

#[test]
fn figures_are_read_in_the_language_of_the_issue() {
    let body = "[!chart bar]\n\n| Year | Files |\n|---|---|\n| 2026 | 1,432 |\n| 2027 | 1,432.5 |";
    let values = |manifest: &str| {
        let data = data(&issue(manifest).with("01.md", article("", body)));
        data["sections"][0]["articles"][0]["blocks"][0]["series"][0]["values"].clone()
    };
    assert_eq!(values(&format!("language = \"en\"\n{MANIFEST}")), json!([1432.0, 1432.5]));
    assert_eq!(values(MANIFEST), json!([1.432, 1432.5]));
}

#[test]
fn photos_say_what_may_be_cut_off() {
    let settings = "[photos.\"b.jpg\"]\ncrop = \"2:1\"\nfocus = \"bottom\"\n[photos.\"c.jpg\"]\nfocus = \"left\"\n";
    let body = "![a](a.jpg)\n\n![b](b.jpg)\n\n![c](c.jpg)\n\n![d](d.png)";
    let issue = issue(&format!("{MANIFEST}[cover]\nphoto = \"b.jpg\"\n"))
        .with("01.md", article(settings, body))
        .with("a.jpg", jpeg(400, 300))
        .with("b.jpg", jpeg(500, 400))
        .with("c.jpg", jpeg(300, 300))
        .with("d.png", png(40, 30, |x, y| [x as u8, y as u8, 0, 255]));
    let data = data(&issue);
    let blocks = data["sections"][0]["articles"][0]["blocks"].as_array().expect("blocks");
    let facts = |block: &Value| {
        let photo = &block["photo"];
        json!([photo["width"], photo["height"], photo["max_width"], block["focus"], block["croppable"]])
    };
    assert_eq!(facts(&blocks[0]), json!([400, 300, 288.0, "centre", true]));
    assert_eq!(facts(&blocks[1]), json!([500, 250, 360.0, "bottom", false]));
    assert_eq!(facts(&blocks[2]), json!([300, 300, 216.0, "left", true]));
    assert_eq!(facts(&blocks[3])[4], false);
    // The cover is the whole photo.
    assert_eq!(facts(&data["cover"]), json!([500, 400, 360.0, "centre", true]));
    assert_eq!(data["cover"]["photo"]["original"], blocks[1]["photo"]["original"]);
}
