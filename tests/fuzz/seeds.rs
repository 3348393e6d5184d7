//! The sound inputs that are damaged, and what they are damaged with.

use std::path::Path;

use lopdf::Document;

const MANIFEST: &str = r##"date = 2026-11-28
number = 11
title = "Số đặc biệt" # tên riêng
language = "vi"
articles = ["01.md"]

[masthead]
overline = 'Bản tin'
title = "Cải cách hành chính"
subtitle = "Tỉnh Tân Hải"
about = """
Thông tin về công tác
cải cách hành chính."""

[[masthead.imprint]]
label = "Thư góp ý"
email = "bantin@tanhai.example"
url = "tanhai.example"

[cover]
photo = "photos/a.png"
caption = "Một góc bến cảng \"Tân Hải\"."
credit = '"Báo" của xã'

[[section]]
title = "Tin nổi bật"
articles = ["02.md"]

[pdf]
max_size = "7 MB"
keywords = ["cải cách", "hành chính"]

[style]
accent = "#14375e"
"##;

const ARTICLE: &str = r##"+++
title = "Hội thảo về hồ sơ trực tuyến"
contents_title = 'Hội thảo hồ sơ'
lead = "Sáng 28/11, huyện mở hội thảo."
author = "Bài, ảnh: Minh Trâm"
source = "tanhai.example"
source_url = "https://tanhai.example/a?b=1"
[photos."photos/a.png"]
alt = "Quang cảnh"
width = "page"
+++

Theo Quyết định 45/2022/QĐ-TTg, *hồ sơ* **trực tuyến** tăng 2019-2021.[^1] Xem [trang](https://tanhai.example).

## Đề mục thứ nhất

- một;
- hai:
  1. hai một
  2. hai hai

5. năm
6. sáu

> Lời trích “có ngoặc” và 1.432 hồ sơ.

| Xã | Hồ sơ |
|:---|------:|
| Tân Hải | 1.432 |
| Bình Hòa | 987 |

![Quang cảnh *hội thảo*.](photos/a.png "VL")

![Một hình vẽ.](photos/b.svg)

### Đề mục nhỏ

***

Dòng một\
dòng hai ./.

[^1]: Chú thích có [liên kết](mailto:a@b.vn).
"##;

const OTHER: &str = "+++\ntitle = \"Tin vắn\"\nauthor = \"Tổ biên tập\"\n+++\n\nMột đoạn văn ngắn.\n";

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="96" height="64" viewBox="0 0 96 64"><style>.c { fill: url(#g); }</style><defs><linearGradient id="g"><stop stop-color="#c82828"/><stop offset="1" stop-color="#2846b4"/></linearGradient><clipPath id="c"><circle cx="40" cy="30" r="20"/></clipPath><pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="4" height="4" class="c"/></pattern><filter id="f"><feGaussianBlur stdDeviation="2"/></filter><mask id="m"><rect width="50" height="50" fill="white"/></mask><marker id="k" markerWidth="3" markerHeight="3"><path d="M0 0 L3 3"/></marker><g id="u"><rect width="30" height="20" fill="url(#p)"/></g></defs><use href="#u" x="10"/><g clip-path="url(#c)" mask="url(#m)"><path d="M0 0 L90 60 C1 2 3 4 5 6 Z" stroke="black" marker-mid="url(#k)" filter="url(#f)" stroke-dasharray="2 3"/></g></svg>"##;

/// What texts are damaged with.
pub(crate) const TOKENS: &[&str] = &[
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "“",
    "”",
    "\\",
    "\\u00",
    "[",
    "]",
    "[[",
    "]]",
    "=",
    ":",
    "#",
    "+++",
    "---",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "\u{a0}",
    "\u{301}",
    "\u{feff}",
    "\0",
    "\u{200b}",
    "Ð",
    "ể",
    "𝒳",
    "🙂",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~",
    "|",
    "|-|",
    "<",
    ">",
    "<!--",
    "<br>",
    "<o:p>",
    "&#0;",
    "&amp;",
    "![",
    "](",
    "[^1]",
    "[^1]:",
    "[^",
    "1.",
    "99999999999.",
    "- ",
    "• ",
    "a) ",
    "> ",
    "# ",
    "#### ",
    "===",
    "../",
    "/etc/passwd",
    "C:\\",
    "photos/a.png",
    "photos/b.svg",
    "01.md",
    "https://",
    "javascript:",
    "2026-13-40",
    "0x",
    "1e999",
    "nan",
    "true",
    "{",
    "}",
    ",",
    ".",
    "…..",
    "“\"",
    "@",
    "{#a}",
];

/// What drawings are damaged with.
pub(crate) const SVG_TOKENS: &[&str] = &[
    "<",
    ">",
    "/>",
    "</g>",
    "<g>",
    "\"",
    "=",
    "#u",
    "url(#p)",
    "url(#m)",
    "url(#f)",
    "url(#c)",
    "url(#k)",
    "class=\"c\"",
    "<use href=\"#u\"/>",
    "<image href=\"x.png\"/>",
    "1e9",
    "-1",
    "0",
    "NaN",
    "99999",
    "%",
    "em",
    "&a;",
    "<!DOCTYPE svg [",
    "<style>",
    "transform=\"scale(1000)\"",
    "id=\"u\"",
    "id=\"p\"",
    "\u{301}",
    "\0",
    "ể",
    "M0 0",
    "A1 1 0 0 0 9e9 9",
    "fill=\"url(#p)\"",
    "viewBox=\"0 0 1 1\"",
    "<text>Sông</text>",
    "<foreignObject/>",
];

/// What PDFs are damaged with.
pub(crate) const PDF_TOKENS: &[&str] = &[
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "/",
    "/Kids",
    "/Names",
    "/EmbeddedFiles",
    "/EF",
    "/F",
    "/UF",
    "/Length",
    "/Parent",
    "/Filter /FlateDecode",
    "/Type /ObjStm",
    "/Prev 9",
    "/Encrypt",
    " R",
    "1 0 R",
    "2 0 R",
    "3 0 R",
    "9 0 R",
    " obj",
    "endobj",
    "stream\n",
    "endstream",
    "xref",
    "trailer",
    "startxref",
    "%%EOF",
    "null",
    "-1",
    "99999999",
    "0",
    "../",
    "issue.toml",
    "\0",
];

/// Writes an issue, each file as `change` leaves it.
pub(crate) fn issue(folder: &Path, photo: &[u8], mut change: impl FnMut(&str, &[u8]) -> Vec<u8>) {
    std::fs::create_dir_all(folder.join("photos")).expect("a folder");
    let files: [(&str, &[u8]); 5] = [
        ("issue.toml", MANIFEST.as_bytes()),
        ("01.md", ARTICLE.as_bytes()),
        ("02.md", OTHER.as_bytes()),
        ("photos/a.png", photo),
        ("photos/b.svg", DRAWING.as_bytes()),
    ];
    for (path, content) in files {
        std::fs::write(folder.join(path), change(path, content)).expect("it is written");
    }
}

/// The small photos of the tests, of every format; they are told apart by their content.
pub(crate) fn photos() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/photos");
    let files = bantin::fs::files_below(&folder);
    files.into_iter().map(|name| std::fs::read(folder.join(name)).expect("the photo")).collect()
}

/// An archive of the issue.
pub(crate) struct Archive {
    pub bytes: Vec<u8>,
    /// The same with nothing packed, each byte a character.
    pub plain_text: String,
}

/// Builds the archive.
pub(crate) fn archive(place: &Path) -> Archive {
    let folder = place.join("issue");
    issue(&folder, &photos()[0], |_, content| content.to_vec());
    let mut command = super::bantin(&folder);
    command.args(["build", ".", "--profile", "archive", "-o", "a.pdf"]);
    let run = super::finished(command).expect("it ends");
    assert_eq!(run.status, 0, "{}", run.stderr);
    let bytes = std::fs::read(folder.join("a.pdf")).expect("the PDF");
    let mut document = Document::load_mem(&bytes).expect("a PDF");
    document.decompress();
    let mut plain = Vec::new();
    document.save_to(&mut plain).expect("it is saved");
    Archive { bytes, plain_text: plain.into_iter().map(char::from).collect() }
}
