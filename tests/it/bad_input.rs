//! What can be wrong with an issue: each error ends with its code, its place and exit status 1, and leaves no PDF; or
//! the text is printed right.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::pdf::Pdf;
use crate::support::{ARTICLE, MANIFEST, TempIssue, command, jpeg, png, run};

/// An input: how the issue is made, and what is expected to be said, as `code file:line:column`.
pub(crate) struct BadInput {
    pub(crate) name: &'static str,
    pub(crate) issue: fn() -> TempIssue,
    pub(crate) expected: &'static [&'static str],
}

fn manifest(text: &str) -> TempIssue {
    TempIssue::usual().with("issue.toml", text)
}

fn body(text: &str) -> TempIssue {
    TempIssue::usual().with_body(text)
}

fn photo(name: &str, bytes: impl AsRef<[u8]>) -> TempIssue {
    body(&format!("![Chú thích]({name})")).with(name, bytes)
}

/// A PNG of this size that says so in its header and holds next to nothing.
fn huge_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(1, 1, |_, _| [0, 0, 0, 255]);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checksum.to_be_bytes());
    bytes
}

/// The checksum of PNG chunks, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[cfg(unix)]
fn link(issue: TempIssue, target: &str, name: &str) -> TempIssue {
    std::os::unix::fs::symlink(target, issue.path().join(name)).expect("a link");
    issue
}

pub(crate) const BAD_INPUTS: &[BadInput] = &[
    // The manifest
    BadInput {
        name: "no manifest",
        issue: || TempIssue::empty().with("01.md", ARTICLE),
        expected: &["manifest-missing"],
    },
    BadInput {
        name: "an empty manifest",
        issue: || manifest(""),
        expected: &["missing-key issue.toml:1:1", "bad-value issue.toml:1:1", "missing-key issue.toml:1:1"],
    },
    BadInput {
        name: "TOML syntax",
        issue: || manifest("date = 2026-11-28\ntitle = \"chưa đóng\nnumber = 3\n"),
        expected: &["manifest-syntax issue.toml:2:19"],
    },
    BadInput {
        name: "a key twice",
        issue: || manifest(&format!("number = 3\n{MANIFEST}")),
        expected: &["manifest-syntax issue.toml:3:1"],
    },
    BadInput {
        name: "a wrong type",
        issue: || manifest(&MANIFEST.replace("\"Bản tin thử\"", "[1]")),
        expected: &["bad-value issue.toml:6:9"],
    },
    BadInput {
        name: "a list of the wrong type",
        issue: || manifest(&MANIFEST.replace("[\"01.md\"]", "\"01.md\"")),
        expected: &["bad-value issue.toml:3:12"],
    },
    BadInput {
        name: "an unknown key",
        issue: || manifest(&MANIFEST.replace("title", "titel")),
        expected: &["missing-key issue.toml:5:2", "unknown-key issue.toml:6:1"],
    },
    BadInput {
        name: "an unknown table",
        issue: || manifest(&format!("{MANIFEST}[footer]\ntext = \"a\"\n")),
        expected: &["unknown-key issue.toml:7:2"],
    },
    BadInput {
        name: "a bad date",
        issue: || manifest(&MANIFEST.replace("2026-11-28", "2026-02-30")),
        expected: &["bad-value issue.toml:1:8"],
    },
    BadInput {
        name: "a date in quotes",
        issue: || manifest(&MANIFEST.replace("2026-11-28", "\"28/11/2026\"")),
        expected: &["bad-value issue.toml:1:8"],
    },
    BadInput {
        name: "a month that is none, in quotes",
        issue: || manifest(&MANIFEST.replace("2026-11-28", "\"2026-13\"")),
        expected: &["bad-value issue.toml:1:8"],
    },
    BadInput {
        name: "a month without quotes",
        issue: || manifest(&MANIFEST.replace("2026-11-28", "2026-11")),
        expected: &["bad-value issue.toml:1:8"],
    },
    BadInput {
        name: "a date the other way round, and a date twice",
        issue: || manifest(&MANIFEST.replace("2026-11-28", "28/11/2026").replace("number = 11", "number = 11-12")),
        expected: &["bad-value issue.toml:1:8", "manifest-syntax issue.toml:2:10"],
    },
    BadInput {
        name: "no date",
        issue: || manifest(&MANIFEST.replace("date = 2026-11-28\n", "")),
        expected: &["missing-key issue.toml:1:1"],
    },
    BadInput {
        name: "no masthead",
        issue: || manifest("date = 2026-11-28\narticles = [\"01.md\"]\n"),
        expected: &["missing-key issue.toml:1:1"],
    },
    BadInput {
        name: "an empty title of the bulletin",
        issue: || manifest(&MANIFEST.replace("Bản tin thử", "  ")),
        expected: &["bad-value issue.toml:6:9"],
    },
    BadInput {
        name: "no articles",
        issue: || manifest(&MANIFEST.replace("[\"01.md\"]", "[]")),
        expected: &["bad-value issue.toml:3:1"],
    },
    BadInput {
        name: "a section without a title",
        issue: || {
            manifest(
                &MANIFEST
                    .replace("[masthead]", "[[section]]\narticles = [\"01.md\"]\n[masthead]")
                    .replace("articles = [\"01.md\"]\n\n", "\n"),
            )
        },
        expected: &["missing-key issue.toml:4:1"],
    },
    BadInput {
        name: "a bad language",
        issue: || manifest(&format!("language = \"tiếng Việt\"\n{MANIFEST}")),
        expected: &["bad-value issue.toml:1:12"],
    },
    BadInput {
        name: "a bad size, colour and address",
        issue: || {
            manifest(&format!(
                "{MANIFEST}[[masthead.imprint]]\nlabel = \"Thư\"\nemail = \"bbt\"\nurl = \"javascript:alert(1)\"\n\
                 [pdf]\nmax_size = \"nhỏ\"\n[style]\naccent = \"xanh\"\naccnt = \"#123456\"\n"
            ))
        },
        expected: &[
            "bad-value issue.toml:9:9",
            "bad-value issue.toml:10:7",
            "bad-value issue.toml:12:12",
            "bad-value issue.toml:14:10",
            "unknown-key issue.toml:15:1",
        ],
    },
    BadInput {
        name: "pages that nobody could fill, or count",
        issue: || manifest(&format!("{MANIFEST}[pdf]\npages = 1_000\n")),
        expected: &["bad-value issue.toml:8:9"],
    },
    BadInput {
        name: "pages in words",
        issue: || manifest(&format!("{MANIFEST}[pdf]\npages = \"8\"\n")),
        expected: &["bad-value issue.toml:8:9"],
    },
    BadInput {
        name: "a colour too light to read",
        issue: || manifest(&format!("{MANIFEST}[style]\naccent = \"#9ad\"\n")),
        expected: &["bad-value issue.toml:8:10"],
    },
    BadInput {
        name: "an unknown layout",
        issue: || manifest(&format!("layout = \"two-colum\"\n{MANIFEST}")),
        expected: &["layout-missing issue.toml:1:10"],
    },
    BadInput {
        name: "a layout that is a path",
        issue: || manifest(&format!("layout = \"../layouts/classic\"\n{MANIFEST}")),
        expected: &["layout-missing issue.toml:1:10"],
    },
    BadInput {
        name: "a manifest in UTF-16",
        issue: || TempIssue::usual().with("issue.toml", b"\xff\xfed\0a\0t\0e\0"),
        expected: &["not-utf8 issue.toml:1:1"],
    },
    // The list of articles
    BadInput {
        name: "a missing article",
        issue: || manifest(&MANIFEST.replace("01.md", "1.md")),
        expected: &["article-missing issue.toml:3:13"],
    },
    BadInput {
        name: "an article twice",
        issue: || manifest(&MANIFEST.replace("\"01.md\"", "\"01.md\", \"./01.md\"")),
        expected: &["article-listed-twice issue.toml:3:22"],
    },
    BadInput {
        name: "teasers that are no articles of the issue, or twice",
        issue: || {
            manifest(&MANIFEST.replace("\n\n", "\nteasers = [\"1.md\", \"01.md\", \"./01.md\", \"../bai.md\"]\n\n"))
        },
        expected: &["bad-value issue.toml:4:12", "article-listed-twice issue.toml:4:29", "bad-value issue.toml:4:40"],
    },
    BadInput {
        name: "paths outside",
        issue: || manifest(&MANIFEST.replace("\"01.md\"", "\"01.md\", \"../01.md\", \"/etc/hosts\", \"a/../../b.md\"")),
        expected: &["outside-issue issue.toml:3:22", "outside-issue issue.toml:3:34", "outside-issue issue.toml:3:48"],
    },
    #[cfg(unix)]
    BadInput {
        name: "a symbolic link outside",
        issue: || link(manifest(&MANIFEST.replace("01.md", "hosts.md")), "/etc/hosts", "hosts.md"),
        expected: &["outside-issue issue.toml:3:13"],
    },
    #[cfg(unix)]
    BadInput {
        name: "a link to a photo outside, and one that leads nowhere",
        issue: || {
            let issue = body("![a](a.jpg)\n\n![b](b.jpg)");
            link(link(issue, "/etc/hosts", "a.jpg"), "nowhere", "b.jpg")
        },
        expected: &["outside-issue 01.md:5:6", "photo-missing 01.md:7:6"],
    },
    BadInput {
        name: "a folder as an article",
        issue: || manifest(&MANIFEST.replace("01.md", "bai.md")).with("bai.md/01.md", ARTICLE),
        expected: &["article-missing issue.toml:3:13"],
    },
    BadInput {
        name: "a document as an article",
        issue: || manifest(&MANIFEST.replace("01.md", "01.docx")).with("01.docx", b"PK\x03\x04\0\0"),
        expected: &["bad-value issue.toml:3:13"],
    },
    // Front matter
    BadInput {
        name: "no front matter",
        issue: || TempIssue::usual().with("01.md", "Chỉ có chữ.\n"),
        expected: &["front-matter 01.md:1:1"],
    },
    BadInput {
        name: "front matter of another kind",
        issue: || TempIssue::usual().with("01.md", "---\ntitle: a\n---\n"),
        expected: &["front-matter 01.md:1:1"],
    },
    BadInput {
        name: "unclosed front matter",
        issue: || TempIssue::usual().with("01.md", "+++\ntitle = \"a\"\n\nChữ.\n"),
        expected: &["front-matter 01.md:1:1"],
    },
    BadInput {
        name: "front matter with a syntax error",
        issue: || TempIssue::usual().with("01.md", "+++\ntitle = Bài thử\n+++\n"),
        expected: &["front-matter 01.md:2:9"],
    },
    BadInput {
        name: "an empty article",
        issue: || TempIssue::usual().with("01.md", ""),
        expected: &["front-matter 01.md:1:1"],
    },
    BadInput {
        name: "an empty title, an unknown key and a bad width",
        issue: || {
            TempIssue::usual()
                .with(
                    "01.md",
                    "+++\ntitle = \"\"\nauthr = \"a\"\n[photos.\"a.jpg\"]\nwidth = \"wide\"\n+++\n![a](a.jpg)\n",
                )
                .with("a.jpg", jpeg(40, 30))
        },
        expected: &["bad-value 01.md:2:9", "unknown-key 01.md:3:1", "bad-value 01.md:5:9"],
    },
    BadInput {
        name: "a rank, a crop and a focus that there are not",
        issue: || {
            let settings =
                "[photos.\"a.jpg\"]\ncrop = \"16x9\"\nfocus = \"center\"\n[photos.\"b.jpg\"]\ncrop = \"9:1\"\n";
            TempIssue::usual()
                .with(
                    "01.md",
                    format!("+++\ntitle = \"a\"\nrank = \"leed\"\n{settings}+++\n![a](a.jpg)\n![b](b.jpg)\n"),
                )
                .with("a.jpg", jpeg(40, 30))
                .with("b.jpg", jpeg(40, 30))
        },
        expected: &["bad-value 01.md:3:8", "bad-value 01.md:5:8", "bad-value 01.md:6:9", "bad-value 01.md:8:8"],
    },
    BadInput {
        name: "settings for a photo that is not shown",
        issue: || {
            TempIssue::usual()
                .with("01.md", "+++\ntitle = \"a\"\n[photos.\"b.jpg\"]\nalt = \"b\"\n+++\n![a](a.jpg)\n")
                .with("a.jpg", jpeg(40, 30))
        },
        expected: &["bad-value 01.md:3:9"],
    },
    // Encodings
    BadInput {
        name: "invalid UTF-8",
        issue: || TempIssue::usual().with("01.md", b"+++\ntitle = \"a\"\n+++\nCh\xff\xfe"),
        expected: &["not-utf8 01.md:4:3"],
    },
    BadInput { name: "NUL bytes", issue: || body("Chữ\0"), expected: &["not-utf8 01.md:5:4"] },
    // Markdown
    BadInput {
        name: "raw HTML",
        issue: || body("Chữ <b>đậm</b>\n\n<div>\nkhối\n</div>\n\n<!-- ghi chú -->"),
        expected: &[
            "unsupported-markdown 01.md:5:5",
            "unsupported-markdown 01.md:5:11",
            "unsupported-markdown 01.md:7:1",
            "unsupported-markdown 01.md:11:1",
        ],
    },
    BadInput {
        name: "headings of the wrong level",
        issue: || body("# Một\n\n#### Bốn\n\n##\n\n- ## Trong danh sách"),
        expected: &[
            "unsupported-markdown 01.md:5:1",
            "unsupported-markdown 01.md:7:1",
            "unsupported-markdown 01.md:9:1",
            "unsupported-markdown 01.md:11:3",
        ],
    },
    BadInput {
        name: "code",
        issue: || body("Một `đoạn mã`.\n\n    lùi vào\n\n```\nkhối\n```"),
        expected: &[
            "unsupported-markdown 01.md:5:5",
            "unsupported-markdown 01.md:7:5",
            "unsupported-markdown 01.md:9:1",
        ],
    },
    BadInput {
        name: "boxes that there are not, and that nothing is in",
        issue: || body("> [!bx] Một\n> hai\n\n[!pull] Ba\n\n> [!box] Bốn\n\n- > [!box] Năm\n  > sáu"),
        expected: &[
            "unsupported-markdown 01.md:5:3",
            "unsupported-markdown 01.md:8:1",
            "unsupported-markdown 01.md:10:3",
            "unsupported-markdown 01.md:12:5",
        ],
    },
    BadInput {
        name: "charts of which nothing can be drawn",
        issue: || {
            body(
                "[!chart bar] Hồ sơ\n\nChữ.\n\n[!chart line]\n\n| Năm | Số |\n|---|---|\n| 2025 | nhiều |\n\n\
                  [!chart lines]\n\n| Năm | Số |\n|---|---|\n| 2025 | 1 |\n\n[!chart]\n\n| a |\n|---|\n| 1 |",
            )
        },
        expected: &[
            "unsupported-markdown 01.md:5:1",
            "unsupported-markdown 01.md:11:1",
            "unsupported-markdown 01.md:15:1",
            "unsupported-markdown 01.md:21:1",
        ],
    },
    BadInput {
        name: "footnotes that do not meet",
        issue: || body("Một[^a] hai[^b].\n\n[^b]: Có.\n\n[^c]: Thừa."),
        expected: &["unsupported-markdown 01.md:5:4", "unsupported-markdown 01.md:9:1"],
    },
    BadInput {
        name: "a footnote that calls itself",
        issue: || body("Một[^a].\n\n[^a]: Xem[^a]."),
        expected: &["unsupported-markdown 01.md:7:10"],
    },
    BadInput {
        name: "links that lead nowhere",
        issue: || {
            body(
                "[a](javascript:alert) [b](02.md) [](https://tanhai.example) [c](file:///etc/hosts)\n\n[d]: https://tanhai.example",
            )
        },
        expected: &[
            "unsupported-markdown 01.md:5:1",
            "unsupported-markdown 01.md:5:23",
            "unsupported-markdown 01.md:5:34",
            "unsupported-markdown 01.md:5:61",
            "unsupported-markdown 01.md:7:1",
        ],
    },
    BadInput {
        name: "photos where none can be",
        issue: || {
            body("Chữ ![a](a.jpg) chữ\n\n- ![b](a.jpg)\n\n![c](a b.jpg)\n\n![d](https://tanhai.example/d.jpg)")
                .with("a.jpg", jpeg(40, 30))
        },
        expected: &[
            "unsupported-markdown 01.md:5:5",
            "unsupported-markdown 01.md:7:3",
            "unsupported-markdown 01.md:9:1",
            "unsupported-markdown 01.md:11:1",
        ],
    },
    BadInput {
        name: "2,000 nested lists",
        issue: || {
            let lines = (0..2_000).map(|depth| format!("{}- a\n", "  ".repeat(depth)));
            body(&lines.collect::<String>())
        },
        expected: &["unsupported-markdown"],
    },
    BadInput {
        name: "100,000 nested quotes",
        issue: || body(&">".repeat(100_000)),
        expected: &["unsupported-markdown"],
    },
    BadInput {
        name: "a paragraph of 5 MB",
        issue: || body(&"chữ ".repeat(1_000_000)),
        expected: &["unsupported-markdown 01.md:5:1"],
    },
    BadInput {
        name: "a text of 20 MB",
        issue: || body(&"chữ\n\n".repeat(3_000_000)),
        expected: &["unreadable issue.toml:3:13"],
    },
    BadInput {
        name: "what Markdown would drop or print raw",
        issue: || {
            body(
                "| a | b |\n|---|---|\n| 1 | 2 | ba |\n\n[a](https://tanhai.example/tai lieu.pdf)\n\n![Ảnh[^n]](a.jpg)\n\n\
                  [t](https://tanhai.example \"tên\")\n\n[^n]: Chú.",
            )
        },
        expected: &[
            "unsupported-markdown 01.md:7:1",
            "unsupported-markdown 01.md:9:1",
            "unsupported-markdown 01.md:11:1",
            "unsupported-markdown 01.md:13:1",
        ],
    },
    BadInput {
        name: "100,000 lines in one item",
        issue: || body(&format!("- {}", "a\n".repeat(100_000))),
        expected: &["unsupported-markdown 01.md:5:3"],
    },
    BadInput {
        name: "a cell and a title too long to set",
        issue: || {
            TempIssue::usual().with(
                "01.md",
                format!("+++\ntitle = \"{}\"\n+++\n\n| a |\n|---|\n| {} |\n", "a ".repeat(6_000), "b ".repeat(30_000)),
            )
        },
        expected: &["bad-value 01.md:2:9", "unsupported-markdown 01.md:7:2"],
    },
    // Characters
    BadInput {
        name: "a missing glyph, in every kind of place",
        issue: || {
            manifest(&MANIFEST.replace("Bản tin thử", "Bản tin 報"))
                .with("01.md", "+++\ntitle = \"Bài 漢\"\n+++\n\nChữ **字** và\n\n| 表 |\n|---|\n| a |\n")
        },
        expected: &[
            "missing-glyph issue.toml:6:18",
            "missing-glyph 01.md:2:14",
            "missing-glyph 01.md:5:7",
            "missing-glyph 01.md:7:3",
        ],
    },
    BadInput {
        name: "a control character and a private one",
        issue: || body("Chữ \u{1} và \u{e000}."),
        expected: &["missing-glyph 01.md:5:5", "missing-glyph 01.md:5:10"],
    },
    // Photos
    BadInput { name: "a missing photo", issue: || body("![a](photos/a.jpg)"), expected: &["photo-missing 01.md:5:6"] },
    BadInput {
        name: "a missing cover and logo",
        issue: || manifest(&format!("{MANIFEST}logo = \"l.svg\"\n[cover]\nphoto = \"c.jpg\"\n")),
        expected: &["photo-missing issue.toml:7:8", "photo-missing issue.toml:9:9"],
    },
    BadInput {
        name: "a photo outside",
        issue: || body("![a](../a.jpg)\n\n![b](/etc/hosts)\n\n![c](%2e%2e/c.jpg)"),
        expected: &["outside-issue 01.md:5:6", "outside-issue 01.md:7:6", "outside-issue 01.md:9:6"],
    },
    BadInput {
        name: "a truncated JPEG",
        issue: || {
            let bytes = jpeg(800, 600);
            photo("a.jpg", &bytes[..bytes.len() / 2])
        },
        expected: &["photo-unreadable 01.md:5:14"],
    },
    BadInput {
        name: "a truncated PNG",
        issue: || {
            let bytes = png(300, 300, |x, y| [(x * y) as u8, x as u8, y as u8, 255]);
            photo("a.png", &bytes[..bytes.len() / 2])
        },
        expected: &["photo-unreadable 01.md:5:14"],
    },
    BadInput {
        name: "a text called .jpg",
        issue: || photo("a.jpg", "Đây là chữ."),
        expected: &["photo-unreadable 01.md:5:14"],
    },
    BadInput { name: "a photo of 0 bytes", issue: || photo("a.jpg", ""), expected: &["photo-unreadable 01.md:5:14"] },
    BadInput {
        name: "a PNG of 30,000 × 30,000 pixels",
        issue: || photo("a.png", huge_png(30_000, 30_000)),
        expected: &["photo-too-large 01.md:5:14"],
    },
    BadInput {
        name: "a HEIC photo",
        issue: || photo("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        expected: &["photo-unreadable 01.md:5:14"],
    },
    BadInput {
        name: "a drawing that is no XML, and one that shows another file",
        issue: || {
            body("![a](a.svg)\n\n![b](b.svg)").with("a.svg", "<svg").with(
                "b.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
                 <image href=\"/etc/hosts\" width=\"9\" height=\"9\"/></svg>",
            )
        },
        expected: &["photo-unreadable 01.md:5:6", "photo-unreadable 01.md:7:6"],
    },
    BadInput {
        name: "a drawing that is to be cropped",
        issue: || {
            TempIssue::usual()
                .with("01.md", "+++\ntitle = \"a\"\n[photos.\"a.svg\"]\ncrop = \"1:1\"\n+++\n\n![a](a.svg)\n")
                .with("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")
        },
        expected: &["bad-value 01.md:7:6"],
    },
    BadInput {
        name: "a folder as a photo",
        issue: || body("![a](anh.jpg)").with("anh.jpg/x", ""),
        expected: &["photo-unreadable 01.md:5:6"],
    },
    // The layout
    BadInput {
        name: "a layout of the issue's own that fails on one article",
        issue: || {
            let layout = "#let bulletin(issue) = [\n  #for section in issue.sections {\n    for article in section.articles \
                          {\n      if article.title == \"Hai\" { panic(\"hai\") }\n      [= #article.title]\n    }\n  }\n]\n";
            manifest(&MANIFEST.replace("\"01.md\"", "\"01.md\", \"02.md\""))
                .with("02.md", ARTICLE.replace("Bài thử", "Hai"))
                .with("layout/layout.typ", layout)
                .with("layout/layout.toml", "description = { en = \"a\" }\nfonts = [\"Tinos\"]\n[photos]\ncolumn = 9\npage = 9\ncover = 9\nlogo = 9\nheight = 9\n")
        },
        expected: &["layout-error layout/layout.typ:4:35"],
    },
    // The budget
    BadInput {
        name: "a PDF over its budget",
        issue: || manifest(&format!("{MANIFEST}[pdf]\nmax_size = \"1 KB\"\n")),
        expected: &["size-budget issue.toml"],
    },
];

/// `code file:line:column` of a JSON diagnostic, as far as it has them.
fn short(diagnostic: &Value) -> String {
    let mut text = diagnostic["code"].as_str().expect("a code").to_owned();
    if let Some(file) = diagnostic["file"].as_str() {
        text.push_str(&format!(" {file}"));
    }
    if let Some(line) = diagnostic["line"].as_u64() {
        text.push_str(&format!(":{line}:{}", diagnostic["column"]));
    }
    text
}

#[test]
fn every_finding_has_its_code_its_place_and_exit_1() {
    assert!(BAD_INPUTS.len() >= 40);
    let mut wrong = Vec::new();
    for error in BAD_INPUTS {
        let issue = (error.issue)();
        let started = Instant::now();
        let path = issue.path().to_str().expect("a path");
        let output = tempfile::tempdir().expect("a folder");
        let answer = run(output.path(), &["build", path, "--format", "json", "-o", "out.pdf"]);
        // What is said besides of what can be set is tested in `warnings`.
        let besides = |object: &Value| object["severity"] == "warning" && object["code"] != "bad-value";
        let found: Vec<_> = answer.json().iter().filter(|object| !besides(object)).map(short).collect();
        // Where the place does not matter, the code alone is expected, once or more.
        let as_expected = match error.expected {
            [code] if !code.contains(' ') => !found.is_empty() && found.iter().all(|f| f.starts_with(code)),
            expected => found == expected,
        };
        if !as_expected || answer.status != 1 {
            wrong.push(format!("{}: exit {}, {found:#?}\n{}", error.name, answer.status, answer.stderr));
        }
        if answer.stderr.contains("panicked") {
            wrong.push(format!("{}: {}", error.name, answer.stderr));
        }
        if std::fs::read_dir(output.path()).expect("the folder").next().is_some() {
            wrong.push(format!("{}: something was written", error.name));
        }
        // No bound on speed, which a busy machine has none of: only what would be a hang.
        if started.elapsed() > Duration::from_secs(120) {
            wrong.push(format!("{}: took {:?}", error.name, started.elapsed()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_is_shown_to_people_in_both_languages() {
    for error in BAD_INPUTS {
        let issue = (error.issue)();
        let path = issue.path().to_str().expect("a path");
        for lang in ["vi", "en"] {
            let answer = run(issue.path(), &["build", path, "--lang", lang, "-o", "out.pdf"]);
            let code = error.expected[0].split(' ').next().unwrap_or_default();
            assert_eq!(answer.status, 1, "{}", error.name);
            assert!(answer.stdout.is_empty(), "{}: {}", error.name, answer.stdout);
            assert!(answer.stderr.contains(&format!("[{code}]")), "{}: {}", error.name, answer.stderr);
        }
    }
}

#[test]
fn a_failing_layout_names_its_article() {
    let error =
        BAD_INPUTS.iter().find(|error| error.name.starts_with("a layout of the issue's own")).expect("the error");
    let issue = (error.issue)();
    let answer = run(issue.path(), &["build", ".", "--format", "json"]);
    let message = answer.errors()[0]["message"].as_str().expect("a message").to_owned();
    assert!(message.contains("02.md"), "{message}");
}

#[test]
fn a_breach_of_the_standard_names_its_article() {
    // An empty alternative text of spaces that no font shows: sound to read, refused by PDF/UA.
    let long = "a".repeat(9_000);
    let issue = manifest(&MANIFEST.replace("\"01.md\"", "\"01.md\", \"02.md\""))
        .with("02.md", format!("+++\ntitle = \"Hai\"\n+++\n\n![{}](a.jpg)\n", long.repeat(4)))
        .with("a.jpg", jpeg(40, 30));
    let answer = run(issue.path(), &["build", ".", "--format", "json"]);
    let found = answer.json();
    let first = found.iter().find(|found| found["severity"] == "error").expect("an error");
    assert_eq!((first["code"].as_str(), first["file"].as_str()), (Some("pdf-standard"), Some("02.md")), "{first}");
}

#[test]
fn a_mistyped_name_is_guessed() {
    let issue = manifest(&MANIFEST.replace("01.md", "1.md"));
    let answer = run(issue.path(), &["build", "."]);
    assert!(answer.stderr.contains("did you mean “01.md”?"), "{}", answer.stderr);
}

/// What looks bad and is printed right.
#[test]
fn odd_but_sound_texts_are_printed() {
    let texts: [(&str, TempIssue, &str); 6] = [
        ("a byte order mark", TempIssue::usual().with("01.md", format!("\u{feff}{ARTICLE}")), "Một đoạn văn ngắn."),
        (
            "CR LF",
            TempIssue::usual()
                .with("issue.toml", MANIFEST.replace('\n', "\r\n"))
                .with("01.md", ARTICLE.replace('\n', "\r\n")),
            "Một đoạn văn ngắn.",
        ),
        ("decomposed letters", body("Ho\u{300}a bi\u{300}nh."), "Hòa bình."),
        (
            "a hash, a dollar and a backslash",
            body("\\# $x$ \\* @a #let x = 1 // \"y\""),
            "# $x$ * @a #let x = 1 // \"y\"",
        ),
        (
            "twelve nested lists",
            body(&(0..6).map(|d| format!("{}- mức {d}\n", "  ".repeat(d))).collect::<String>()),
            "mức 5",
        ),
        (
            "an article without a text",
            TempIssue::usual().with("01.md", "+++\ntitle = \"Chỉ có tên\"\n+++"),
            "Chỉ có tên",
        ),
    ];
    for (name, issue, expected) in texts {
        let answer = run(issue.path(), &["build", ".", "-o", "out.pdf"]);
        assert_eq!(answer.status, 0, "{name}: {}", answer.stderr);
        let bytes = std::fs::read(issue.path().join("out.pdf")).expect("a PDF");
        let text = Pdf::read(&bytes).text();
        assert!(text.contains(expected), "{name}: {text}");
    }
}

/// The output, rather than the input, is at error.
#[test]
fn what_cannot_be_written_is_an_error_and_leaves_the_old_file() {
    let issue = TempIssue::usual().with("old.pdf", "cũ").with("folder.pdf/x", "");
    let path = issue.path().join("old.pdf");
    let mut permissions = std::fs::metadata(&path).expect("the old file").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("it is locked");
    for output in ["missing/out.pdf", "old.pdf/", "old.pdf", "old.pdf/out.pdf", "folder.pdf/x/y.pdf"] {
        let answer = run(issue.path(), &["build", ".", "-o", output, "--format", "json"]);
        assert_eq!(answer.status, 1, "{output}");
        assert_eq!(short(&answer.errors()[0]), "output-failed", "{output}");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("the old file"), "cũ");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let issue = TempIssue::usual();
    let answer = run(issue.path(), &["build", ".", "-o", "/dev/full"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stderr.contains("[output-failed]") && answer.stderr.contains("no room"), "{}", answer.stderr);
    let kind = std::fs::metadata("/dev/full").expect("the device").file_type();
    assert!(!kind.is_file(), "the device is still a device");
}

#[test]
fn a_failed_build_leaves_the_old_pdf() {
    let issue = body("<b>x</b>").with("out.pdf", "cũ");
    assert_eq!(run(issue.path(), &["build", ".", "-o", "out.pdf"]).status, 1);
    assert_eq!(std::fs::read_to_string(issue.path().join("out.pdf")).expect("the old file"), "cũ");
}

#[test]
fn a_reader_that_goes_away_does_not_matter() {
    let issue = TempIssue::usual();
    let mut child = command()
        .args(["build", ".", "-o", "out.pdf"])
        .current_dir(issue.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the command runs");
    drop(child.stdout.take());
    assert!(child.wait().expect("it ends").success());
}
