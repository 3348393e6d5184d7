//! The pages themselves, read back from finished PDFs: what an art director would mark in red.
//!
//! Every issue that the tests know is set in every layout; the rules are those of the trade. Further issues can be
//! tried with `BANTIN_ISSUES=FOLDER:FOLDER cargo test pages`.

use std::path::{Path, PathBuf};

use bantin::session::Options;

use crate::pdf::{Glyph, Pdf};
use crate::support::{TempIssue, jpeg, pdf_of, repository};

/// Where text may stand on the pages after the first, in points.
pub(super) struct Geometry {
    pub(super) name: &'static str,
    /// The columns, left and right edge.
    pub(super) columns: &'static [(f64, f64)],
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// The size of the running text, and from one of its baselines to the next.
    pub(super) text: f64,
    pub(super) line: f64,
}

pub(super) const GEOMETRIES: [Geometry; 2] = [
    Geometry {
        name: "two-column",
        columns: &[(51.0, 289.1), (306.1, 544.3)],
        top: 66.0,
        bottom: 795.0,
        text: 10.5,
        line: 14.0,
    },
    Geometry { name: "classic", columns: &[(85.0, 538.6)], top: 56.0, bottom: 785.5, text: 14.0, line: 17.78 },
];

impl Geometry {
    /// The column that a thing starts in.
    pub(super) fn column(&self, x: f64) -> usize {
        self.columns.iter().rposition(|(left, _)| x >= left - 3.0).unwrap_or(0)
    }
}

/// A line of one element on a page.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) page: usize,
    pub(super) column: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    pub(super) text: String,
    /// The width of the widest space, and that of a space as the font has it.
    pub(super) widest_space: f64,
    pub(super) usual_space: f64,
}

/// A block of the structure, with its lines in reading order.
pub(super) struct BlockLines {
    /// Index into the tags.
    pub(super) tag: usize,
    pub(super) kind: String,
    pub(super) lines: Vec<Line>,
}

/// Elements that go on in a line of their parent.
const INLINE: [&str; 7] = ["Span", "Em", "Strong", "Link", "Reference", "Lbl", "Code"];

/// The blocks of a PDF with their lines, without page one and the contents.
pub(super) fn blocks(pdf: &Pdf, geometry: &Geometry) -> Vec<BlockLines> {
    let mut blocks: Vec<BlockLines> = Vec::new();
    for glyph in pdf.glyphs.iter().filter(|glyph| glyph.page > 1 && glyph.text != "\u{ad}") {
        let Some(tag) = glyph.tag.map(|tag| block_of(pdf, tag)) else { continue };
        if within(pdf, tag, "TOC") {
            continue;
        }
        let index = blocks.iter().rposition(|block| block.tag == tag).unwrap_or_else(|| {
            let kind = pdf.tags[tag].kind.clone().unwrap_or_default();
            blocks.push(BlockLines { tag, kind, lines: Vec::new() });
            blocks.len() - 1
        });
        add(&mut blocks[index].lines, glyph, geometry);
    }
    blocks.retain(|block| !block.lines.is_empty());
    blocks.sort_by_key(|block| block.tag);
    blocks
}

fn add(lines: &mut Vec<Line>, glyph: &Glyph, geometry: &Geometry) {
    let end = glyph.x + glyph.advance;
    let is_space = glyph.text.trim().is_empty();
    match lines.last_mut() {
        Some(line)
            if line.page == glyph.page
                && (line.baseline - glyph.baseline).abs() < 5.0
                && glyph.x > line.left - 1.0
                && geometry.column(glyph.x) == line.column =>
        {
            let gap = glyph.x - line.right;
            if is_space {
                line.usual_space = glyph.advance;
            } else {
                // The space itself was not counted into the line's right edge.
                if line.text.ends_with(' ') {
                    line.widest_space = line.widest_space.max(gap);
                }
                line.right = end;
            }
            line.text.push_str(&glyph.text);
        }
        _ if is_space => {}
        _ => lines.push(Line {
            page: glyph.page,
            column: geometry.column(glyph.x),
            left: glyph.x,
            right: end,
            baseline: glyph.baseline,
            size: glyph.size,
            text: glyph.text.clone(),
            widest_space: 0.0,
            usual_space: 0.0,
        }),
    }
}

/// The block that an element stands in.
fn block_of(pdf: &Pdf, tag: usize) -> usize {
    let mut at = tag;
    while INLINE.contains(&pdf.tags[at].kind.as_deref().unwrap_or("Span")) {
        match parent(pdf, at) {
            Some(parent) => at = parent,
            None => break,
        }
    }
    at
}

pub(super) fn parent(pdf: &Pdf, tag: usize) -> Option<usize> {
    (0..tag).rev().find(|&other| pdf.tags[other].depth < pdf.tags[tag].depth)
}

pub(super) fn within(pdf: &Pdf, tag: usize, kind: &str) -> bool {
    let mut at = Some(tag);
    while let Some(index) = at {
        if pdf.tags[index].kind.as_deref() == Some(kind) {
            return true;
        }
        at = parent(pdf, index);
    }
    false
}

/// The rules: each returns what breaks it.
type Rule = fn(&Pdf, &[BlockLines], &Geometry) -> Vec<String>;

const RULES: &[(&str, Rule)] = &[
    ("text outside the margins", outside_margins),
    ("a first or last line alone", widows_and_orphans),
    ("a heading parted from its text", parted_headings),
    ("a byline parted from its text", parted_bylines),
    ("a loose line", loose_lines),
    ("an image over text", overlaps),
    ("an empty part of a page", empty_parts),
    ("a photo far from its text", far_photos),
    ("a broken token", broken_tokens),
    ("contents that lead astray", wrong_contents),
    ("columns that do not end level", uneven_columns),
];

fn outside_margins(_: &Pdf, blocks: &[BlockLines], geometry: &Geometry) -> Vec<String> {
    // Punctuation may hang into the margin, by less than its own width.
    const HANGING: f64 = 4.0;
    let (left, right) = (geometry.columns[0].0, geometry.columns[geometry.columns.len() - 1].1);
    let lines = blocks.iter().flat_map(|block| &block.lines);
    let out = lines.filter(|line| {
        line.left < left - HANGING
            || line.right > right + HANGING
            || line.baseline > geometry.bottom + 1.0
            || line.baseline < geometry.top
    });
    out.map(describe).collect()
}

pub(super) fn describe(line: &Line) -> String {
    format!("page {}, {:.0}–{:.0} × {:.0}: {}", line.page, line.left, line.right, line.baseline, line.text)
}

fn widows_and_orphans(pdf: &Pdf, blocks: &[BlockLines], _: &Geometry) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks
        .iter()
        .filter(|block| block.kind == "P" && !within(pdf, block.tag, "Table") && !within(pdf, block.tag, "Caption"))
    {
        let places: Vec<_> = block.lines.iter().map(|line| (line.page, line.column)).collect();
        let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
        let alone = |place| places.iter().filter(|other| *other == place).count() == 1;
        if first != last && (alone(first) || alone(last)) {
            found.push(describe(&block.lines[0]));
        }
    }
    found
}

/// Byline and source stand at the right edge; above them, in the same column, there must be something of the article.
fn parted_bylines(pdf: &Pdf, blocks: &[BlockLines], geometry: &Geometry) -> Vec<String> {
    let mut found = Vec::new();
    for (page, column) in (2..=pdf.pages).flat_map(|page| (0..geometry.columns.len()).map(move |column| (page, column)))
    {
        let (left, right) = geometry.columns[column];
        let lines = blocks.iter().flat_map(|block| block.lines.iter().map(move |line| (block, line)));
        let here = lines.filter(|(_, line)| (line.page, line.column) == (page, column));
        let Some((block, first)) = here.min_by(|(_, a), (_, b)| a.baseline.total_cmp(&b.baseline)) else { continue };
        let has_image = pdf
            .placed_images
            .iter()
            .any(|image| image.page == page && geometry.column(image.left) == column && image.top < first.baseline);
        let is_byline = block.kind == "P" && first.left > left + 40.0 && (first.right - right).abs() < 3.0;
        if is_byline && !has_image {
            found.push(describe(first));
        }
    }
    found
}

fn parted_headings(pdf: &Pdf, blocks: &[BlockLines], _: &Geometry) -> Vec<String> {
    let mut found = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let is_heading = block.kind.starts_with('H') && block.kind.len() == 2;
        let next = blocks[index + 1..].iter().find(|next| !within(pdf, next.tag, "Caption") && next.kind != "Note");
        let (Some(head), Some(text)) = (block.lines.last(), next.and_then(|next| next.lines.first())) else { continue };
        // A title across both columns stands above either of them.
        let apart = head.page != text.page || (head.column == text.column && text.baseline < head.baseline);
        let in_next_column = head.column < text.column && head.right < 300.0;
        let after_photo = pdf.placed_images.iter().any(|image| {
            image.page == head.page && image.top > head.baseline - 2.0 && image.top < head.baseline + 60.0
        });
        if is_heading && (apart || in_next_column) && !after_photo {
            found.push(format!("{} | {}", describe(head), describe(text)));
        }
    }
    found
}

/// The share of lines that may be looser than need be: the best breaks of a paragraph are not the best of each line.
const LOOSE_SHARE: f64 = 0.005;

/// Lines with a space of more than twice its width although the next word, or token, would have fitted.
fn loose_lines(_: &Pdf, blocks: &[BlockLines], geometry: &Geometry) -> Vec<String> {
    let patterns = patterns();
    let mut all = 0;
    let mut loose = Vec::new();
    for block in blocks.iter().filter(|block| ["P", "LBody"].contains(&block.kind.as_str())) {
        for pair in block.lines.windows(2) {
            let (line, next) = (&pair[0], &pair[1]);
            if (line.size - geometry.text).abs() > 0.2 || line.usual_space == 0.0 {
                continue;
            }
            all += 1;
            let ratio = line.widest_space / line.usual_space;
            let spaces = line.text.trim_end().matches(' ').count() as f64;
            let words = line.right - line.left - spaces * line.widest_space;
            let unit = unit_width(next, &patterns);
            let squeezed = words + (spaces + 1.0) * 0.85 * line.usual_space + unit;
            let column = geometry.columns[line.column].1 - line.left;
            // A hair over the rule is not seen.
            if ratio > 2.25 && squeezed < column {
                loose.push(format!("{ratio:.1} × in {}", describe(line)));
            }
        }
    }
    let allowed = ((all as f64 * LOOSE_SHARE).ceil() as usize).max(1);
    if loose.len() > allowed { loose } else { Vec::new() }
}

/// About how wide the first word of a line is, with all that must stay with it.
fn unit_width(line: &Line, patterns: &[regex::Regex]) -> f64 {
    let text = line.text.trim_end();
    let word = text.find(' ').unwrap_or(text.len());
    let token = patterns.iter().filter_map(|p| p.find(text)).filter(|m| m.start() < word).map(|m| m.end()).max();
    let end = token.map_or(word, |end| text[end..].find(' ').map_or(text.len(), |more| end + more)).max(word);
    (line.right - line.left) * text[..end].chars().count() as f64 / text.chars().count() as f64
}

fn overlaps(pdf: &Pdf, blocks: &[BlockLines], _: &Geometry) -> Vec<String> {
    let mut found = Vec::new();
    for image in pdf.placed_images.iter().filter(|image| image.page > 1) {
        for line in blocks.iter().flat_map(|block| &block.lines).filter(|line| line.page == image.page) {
            let (top, bottom) = (line.baseline - 0.6 * line.size, line.baseline + 0.1 * line.size);
            let apart =
                line.right <= image.left || line.left >= image.right || bottom <= image.top || top >= image.bottom;
            if !apart {
                found.push(describe(line));
            }
        }
    }
    for (index, a) in pdf.placed_images.iter().enumerate() {
        for b in pdf.placed_images[index + 1..].iter().filter(|b| b.page == a.page && a.page > 1) {
            if a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5 {
                found.push(format!("two images on page {}", a.page));
            }
        }
    }
    found
}

/// How far down each column of each page is filled.
fn filled(pdf: &Pdf, blocks: &[BlockLines], geometry: &Geometry, page: usize) -> Vec<f64> {
    let mut ends = vec![geometry.top; geometry.columns.len()];
    let mut fill = |left: f64, right: f64, bottom: f64| {
        for (column, (start, end)) in geometry.columns.iter().enumerate() {
            if left < end - 5.0 && right > start + 5.0 {
                ends[column] = f64::max(ends[column], bottom);
            }
        }
    };
    for line in blocks.iter().flat_map(|block| &block.lines).filter(|line| line.page == page) {
        fill(line.left, line.right, line.baseline);
    }
    for image in pdf.placed_images.iter().filter(|image| image.page == page) {
        fill(image.left, image.right, image.bottom);
    }
    ends
}

/// Whether a section, or the issue, ends on this page.
fn ends_on(pdf: &Pdf, blocks: &[BlockLines], page: usize) -> bool {
    let next =
        blocks.iter().filter_map(|block| Some((block, block.lines.first()?))).find(|(_, line)| line.page == page + 1);
    page >= pdf.pages || next.is_none_or(|(block, _)| block.kind == "H1")
}

fn empty_parts(pdf: &Pdf, blocks: &[BlockLines], geometry: &Geometry) -> Vec<String> {
    let mut found = Vec::new();
    let first = blocks.iter().flat_map(|block| &block.lines).map(|line| line.page).min().unwrap_or(2);
    for page in (first..=pdf.pages).filter(|&page| !ends_on(pdf, blocks, page)) {
        let height = geometry.bottom - geometry.top;
        let ends = filled(pdf, blocks, geometry, page);
        let empty: f64 = ends.iter().map(|end| (geometry.bottom - end) / height).sum::<f64>() / ends.len() as f64;
        if empty > 0.25 {
            found.push(format!("{:.0}% of page {page}", empty * 100.0));
        }
    }
    found
}

fn uneven_columns(pdf: &Pdf, blocks: &[BlockLines], geometry: &Geometry) -> Vec<String> {
    if geometry.columns.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for page in (2..=pdf.pages).filter(|&page| ends_on(pdf, blocks, page)) {
        let ends = filled(pdf, blocks, geometry, page);
        // What cannot be divided, such as a photo with its caption or a title with its lead, may leave a difference of
        // its height.
        let on_page = |kinds: &[&str]| {
            blocks.iter().any(|b| kinds.contains(&b.kind.as_str()) && b.lines.iter().any(|line| line.page == page))
        };
        // A band, a title, a line or two of text and a byline stay together.
        let lines = blocks.iter().filter(|b| !within(pdf, b.tag, "Note")).flat_map(|b| &b.lines);
        if lines.filter(|line| line.page == page).count() < 8 {
            continue;
        }
        let has_image = pdf.placed_images.iter().any(|image| image.page == page);
        let allowed = if has_image || on_page(&["TD", "TH", "Note"]) {
            330.0
        } else if on_page(&["H1", "H2"]) {
            150.0
        } else {
            60.0
        };
        if (ends[0] - ends[1]).abs() > allowed {
            found.push(format!("page {page}: {:.0} and {:.0}", ends[0], ends[1]));
        }
    }
    found
}

fn far_photos(pdf: &Pdf, blocks: &[BlockLines], _: &Geometry) -> Vec<String> {
    let mut found = Vec::new();
    for image in pdf.placed_images.iter().filter(|image| image.page > 1) {
        let Some(tag) = image.tag else { continue };
        // The text before the photo in reading order is where the author called for it.
        let before = blocks.iter().rev().find(|block| block.tag < tag && !within(pdf, block.tag, "Caption"));
        let Some(line) = before.and_then(|block| block.lines.last()) else { continue };
        if image.page.abs_diff(line.page) > 1 {
            found.push(format!("page {} for a call on page {}", image.page, line.page));
        }
    }
    found
}

/// Tokens that stand on one line, as a reader of Vietnamese would list them; written anew here, as a witness.
const TOKENS: &[&str] = &[
    r"\d+(/\d{4})?[-/](\p{Lu}[\p{Lu}\d-]*)(/\p{Lu}[\p{Lu}-]*)?",
    r"ngày \d{1,2}/\d{1,2}(/\d{4})?",
    r"\d{4} ?[-–] ?\d{4}",
    r"\d[\d.,]* (nghìn|triệu|tỷ) đồng",
    r"\d[\d.,]* (ha|km|kg|m²)\b",
    r"\d[\d.,]*%",
    r"TP\.? \p{Lu}\p{L}+",
    r"[a-z0-9.]{1,16}@[a-z.]{1,16}\b",
];

fn patterns() -> Vec<regex::Regex> {
    TOKENS.iter().map(|token| regex::Regex::new(token).expect("a pattern")).collect()
}

fn broken_tokens(_: &Pdf, blocks: &[BlockLines], _: &Geometry) -> Vec<String> {
    let patterns = patterns();
    let mut found = Vec::new();
    // A cell may be narrower than a token.
    for block in blocks.iter().filter(|block| !["TD", "TH"].contains(&block.kind.as_str())) {
        for pair in block.lines.windows(2) {
            let (above, below) = (pair[0].text.trim_end(), pair[1].text.trim_start());
            for joined in [format!("{above} {below}"), format!("{above}{below}")] {
                let at = above.len();
                let broken =
                    patterns.iter().flat_map(|p| p.find_iter(&joined)).find(|m| m.start() < at && m.end() > at + 1);
                // A token with a space cannot be told from two words that meet at a line's end without one.
                if let Some(token) = broken.filter(|token| token.as_str().len() < 40) {
                    found.push(format!("{} in {}", token.as_str(), describe(&pair[0])));
                    break;
                }
            }
        }
    }
    found
}

fn wrong_contents(pdf: &Pdf, _: &[BlockLines], _: &Geometry) -> Vec<String> {
    let mut found = Vec::new();
    for (_, title, page) in &pdf.bookmarks {
        let entry = pdf.texts_of("TOCI").into_iter().find(|entry| {
            let folded = |text: &str| text.split_whitespace().collect::<String>();
            folded(entry).starts_with(&folded(title))
        });
        match entry {
            None => found.push(format!("{title} is not in the contents")),
            Some(entry) => {
                let digits: String = entry.chars().rev().take_while(char::is_ascii_digit).collect();
                let number: String = digits.chars().rev().collect();
                // Titles of sections have no page number; one that ends in digits is no matter either.
                if !number.is_empty() && !title.ends_with(|c: char| c.is_ascii_digit()) && number != page.to_string() {
                    found.push(format!("{title}: {number} in the contents, page {page}"));
                }
            }
        }
    }
    found
}

/// Judges an issue in both layouts.
fn judge(name: &str, issue: &Path, errors: &mut Vec<String>) {
    for geometry in &GEOMETRIES {
        let options = Options { layout: Some(geometry.name.into()), ..Options::default() };
        let pdf = Pdf::read(&pdf_of(issue, &options));
        let blocks = blocks(&pdf, geometry);
        for (rule, check) in RULES {
            for error in check(&pdf, &blocks, geometry) {
                errors.push(format!("{name} in {}: {rule}: {error}", geometry.name));
            }
        }
    }
}

#[test]
fn every_page_keeps_the_rules() {
    let mut errors = Vec::new();
    for name in ["2026-09", "2026-10"] {
        judge(name, &repository().join("issues").join(name), &mut errors);
    }
    for case in std::fs::read_dir(repository().join("tests/cases")).expect("the cases").flatten() {
        judge(&case.file_name().to_string_lossy(), &case.path().join("issue"), &mut errors);
    }
    for folder in std::env::var("BANTIN_ISSUES").unwrap_or_default().split(':').filter(|f| !f.is_empty()) {
        judge(folder, &PathBuf::from(folder), &mut errors);
    }
    let errors = beyond(&[("an empty part of a page", 1)], errors);
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}

/// What the composition cannot mend on every page, as long as there is no more of it than this; and all other errors.
pub(crate) fn beyond(allowed: &[(&str, usize)], errors: Vec<String>) -> Vec<String> {
    allowed.iter().fold(errors, |errors, (kind, most)| {
        let (such, others): (Vec<_>, Vec<_>) = errors.into_iter().partition(|error| error.contains(kind));
        if such.len() <= *most { others } else { others.into_iter().chain(such).collect() }
    })
}

#[test]
fn so_do_pages_under_stress() {
    let mut errors = Vec::new();
    for (name, issue) in stress() {
        judge(name, issue.path(), &mut errors);
    }
    let errors = beyond(&[("an empty part of a page", 4), ("columns that do not end level", 2)], errors);
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}

/// Sentences to fill pages with, of different lengths, some with tokens that must not break.
const SENTENCES: [&str; 10] = [
    "Sáng ngày 8/12, Sở Nội vụ tỉnh Tân Hải tổ chức hội nghị trực tuyến về cải cách thủ tục hành chính, với hơn 285 đại biểu ở 58 xã, phường.",
    "Theo Nghị quyết số 19-NQ/TW và Kế hoạch 4013/UBND-XDĐT, giai đoạn 2021 - 2030 toàn tỉnh cắt giảm ít nhất 41,44% thời gian giải quyết.",
    "Người dân không phải nộp lại giấy tờ đã có trong kho dữ liệu.",
    "Tổng kinh phí là 285 triệu đồng, trong đó 17 ha đất công được rà soát lại, mọi ý kiến xin gửi về bantin@tanhai.example trước ngày 21/11/2026.",
    "Cách làm ấy giúp cán bộ bộ phận một cửa bớt việc giấy tờ, có thêm thì giờ hướng dẫn người lớn tuổi, người khuyết tật và bà con ở các ấp xa trung tâm.",
    "Tại TP Tân Hải, tỷ lệ hồ sơ đúng hẹn đạt 98,7%, cao nhất từ trước đến nay.",
    "Ở nhiều nơi, tổ công nghệ số cộng đồng đến tận nhà hướng dẫn bà con cài đặt ứng dụng, tạo tài khoản và nộp hồ sơ đầu tiên của mình.",
    "Trụ sở cũ được sửa thành nhà văn hóa ấp, có phòng đọc và sân chơi cho trẻ em.",
    "Qua kiểm tra, đoàn công tác ghi nhận sự chuyển biến rõ nét trong tinh thần phục vụ, song cũng chỉ ra một số nơi còn để người dân đi lại nhiều lần.",
    "Mọi phản ánh đều được trả lời công khai, đúng hạn và có người chịu trách nhiệm đến cùng.",
];

/// A paragraph that is the `n`th of its kind.
fn paragraph(n: usize) -> String {
    let length = 2 + n % 4;
    (0..length).map(|i| SENTENCES[(n * 5 + i * (1 + n % 3)) % SENTENCES.len()]).collect::<Vec<_>>().join(" ")
}

fn article(title: &str, paragraphs: usize, seed: usize) -> String {
    let text: Vec<_> = (0..paragraphs).map(|n| paragraph(n + seed)).collect();
    format!(
        "+++\ntitle = \"{title}\"\nlead = \"{}\"\nauthor = \"Minh Trâm\"\nsource = \"tanhai.example\"\n+++\n\n{}\n",
        SENTENCES[seed % SENTENCES.len()],
        text.join("\n\n")
    )
}

fn manifest(articles: usize, per_section: Option<usize>, more: &str) -> String {
    let name = |n: usize| format!("\"{n:03}.md\"");
    let mut text = "date = 2026-11-28\nnumber = 11\n".to_owned();
    let all: Vec<_> = (0..articles).map(name).collect();
    match per_section {
        None => text.push_str(&format!("articles = [{}]\n", all.join(", "))),
        Some(size) => {
            for (n, part) in all.chunks(size).enumerate() {
                text.push_str(&format!(
                    "[[section]]\ntitle = \"Chuyên mục {}\"\narticles = [{}]\n",
                    n + 1,
                    part.join(", ")
                ));
            }
        }
    }
    text + more + "\n[masthead]\ntitle = \"Cải cách hành chính\"\nsubtitle = \"Tỉnh Tân Hải\"\n"
}

fn issue(articles: usize, per_section: Option<usize>, paragraphs: impl Fn(usize) -> usize) -> TempIssue {
    let mut issue = TempIssue::empty().with("issue.toml", manifest(articles, per_section, ""));
    for n in 0..articles {
        issue = issue
            .with(&format!("{n:03}.md"), article(&format!("Bài số {} về thủ tục hành chính", n + 1), paragraphs(n), n));
    }
    issue
}

/// Articles of all lengths that end in all ways in which articles end, so that some end at the foot of a column.
fn endings() -> TempIssue {
    const ENDINGS: [&str; 13] = [
        "Đó là **điều cốt lõi nhất của cả đợt rà soát này**.",
        "(*Theo Cổng thông tin của tỉnh*)",
        "Xem thêm [tại đây](https://tanhai.example/ra-soat).",
        "Xem https://tanhai.example/ra-soat",
        "Việc ấy kéo dài trong cả giai đoạn 2021 - 2030.",
        "- rà soát thủ tục ở cả ba cấp trong tỉnh, không sót lĩnh vực nào;\n- công bố kết quả, trả lời mọi ý kiến của người dân và của tổ chức.",
        "> Làm việc gì cũng phải nghĩ đến người dân trước, rồi mới nghĩ đến sổ sách của mình sau.",
        "| Cấp | Hồ sơ |\n|---|--:|\n| Tỉnh | 1.432 |\n| Xã | 5.240 |",
        "Hết năm 2026.",
        "Chú thích nằm giữa câu[^1] thì đẩy chân cột lên một chút, còn câu cuối vẫn ở lại với tên người viết.\n\n[^1]: Một chú thích.",
        "Chi tiết trong tệp Bao_cao_tong_ket_cong_tac_cai_cach_hanh_chinh_nam_2026.docx",
        "Câu cuối cùng *nghiêng hẳn về phía **người dân** ở vùng sâu* và vùng xa.",
        "Hội nghị bế mạc lúc 17 giờ cùng ngày, sau khi thông qua 12 kiến nghị.",
    ];
    const AUTHORS: [&str; 3] =
        ["Minh Trâm", "Minh Trâm, Hoài Thương, Vĩnh Khang, Lam Giang và nhóm cộng tác viên ở các xã, phường", ""];
    let mut issue = TempIssue::empty().with("issue.toml", manifest(78, None, ""));
    for n in 0..78 {
        let plain = SENTENCES.iter().filter(|text| !text.contains(|c: char| c.is_ascii_digit()));
        let words: Vec<_> = plain.cycle().flat_map(|text| text.split(' ')).skip(n).take(60 + 29 * n % 170).collect();
        let author = AUTHORS[n / 13 % 3];
        let author = if author.is_empty() { String::new() } else { format!("author = \"{author}\"\n") };
        // A short last paragraph would stay with its byline as a whole.
        let ending = ENDINGS[n % 13];
        let is_block = ending.starts_with(['>', '|', '-']);
        let text = format!("{}{}{ending}", words.join(" "), if is_block { ".\n\n" } else { ". " });
        let front = format!("title = \"Bài số {n} về cách kết thúc\"\n{author}source = \"tanhai.example\"\n");
        issue = issue.with(&format!("{n:03}.md"), format!("+++\n{front}+++\n\n{text}\n"));
    }
    issue
}

/// Issues that strain a layout.
fn stress() -> Vec<(&'static str, TempIssue)> {
    let long_title = "Một cái tên bài rất dài ".repeat(9).trim().to_owned();
    let capitals = "TĂNG CƯỜNG KỶ LUẬT, KỶ CƯƠNG HÀNH CHÍNH: ẪỄỔỨ ẬỢỰ Ở CẤP XÃ";
    let rows: String = (1..=40).map(|n| format!("| Xã thứ {n} | {n}.432 | {n},5% |\n")).collect();
    let photos: String = (0..20)
        .map(|n| format!("{}\n\n![Chú thích ảnh số {n} của bài.](p{}.jpg \"VL\")\n\n", paragraph(n), n % 3))
        .collect();
    vec![
        ("one article", issue(1, None, |_| 12)),
        ("short sections", issue(9, Some(1), |n| 2 + n % 3)),
        ("80 articles", issue(80, Some(9), |n| 3 + n % 7)),
        ("a long article", issue(1, Some(1), |_| 150)),
        ("all sorts of endings", endings()),
        ("long titles and capitals", {
            let title = |text: &str| article(text, 6, 1);
            issue(3, Some(3), |_| 6).with("000.md", title(&long_title)).with("001.md", title(capitals))
        }),
        (
            "a long table",
            issue(2, None, |_| 4).with(
                "000.md",
                format!(
                    "+++\ntitle = \"Bảng dài\"\n+++\n\n{}\n\n| Đơn vị | Hồ sơ | Tỷ lệ |\n|---|--:|--:|\n{rows}\n{}\n",
                    paragraph(2),
                    paragraph(3)
                ),
            ),
        ),
        ("boxes between paragraphs", {
            let boxed =
                |n: usize| format!("> [!box] Nên biết\n> {}", [paragraph(2), paragraph(n), paragraph(7)].join(" "));
            let text = |n: usize| {
                let before: Vec<_> = (0..2 + n % 4).map(|at| paragraph(at + n)).collect();
                let after: Vec<_> = (4..8).map(|at| paragraph(at + n)).collect();
                format!(
                    "+++\ntitle = \"Bài {n} có khung\"\n+++\n\n{}\n\n{}\n\n{}\n",
                    before.join("\n\n"),
                    boxed(n),
                    after.join("\n\n")
                )
            };
            (0..9).fold(issue(9, None, |_| 5), |issue, n| issue.with(&format!("{n:03}.md"), text(n)))
        }),
        (
            "many photos",
            issue(2, None, |_| 5)
                .with("000.md", format!("+++\ntitle = \"Nhiều ảnh\"\n+++\n\n{photos}"))
                .with("p0.jpg", jpeg(1600, 1200))
                .with("p1.jpg", jpeg(900, 1600))
                .with("p2.jpg", jpeg(2400, 700)),
        ),
        ("long words", {
            let file = "Bao_cao_tong_ket_cong_tac_cai_cach_hanh_chinh_nam_2026_cua_tinh_Tan_Hai_da_ky_so.docx";
            let url =
                "https://cchc.tanhai.example/tin-tuc/2026/11/ra-soat-thu-tuc-hanh-chinh-o-cap-xa-va-cap-tinh.html";
            let table = "| Họ và tên | Điện thoại | Thư điện tử |\n|---|---|---|\n| Minh Trâm | 0202 3812 345 | minhtram.vanphong@tanhai.example |";
            let endless = "x".repeat(120);
            issue(2, None, |_| 6).with(
                "000.md",
                format!(
                    "+++\ntitle = \"Từ dài\"\n+++\n\nTệp {file} ở {url} và {endless}.\n\n{}\n\n{table}\n\n{}\n",
                    paragraph(1),
                    paragraph(2)
                ),
            )
        }),
        ("wide photos", {
            let wide = "[photos.\"w.jpg\"]\nwidth = \"page\"\n";
            let text: String = (0..4)
                .map(|n| format!("{}\n\n{}\n\n![Ảnh rộng.](w.jpg)\n\n", paragraph(n), paragraph(n + 1)))
                .collect();
            issue(2, Some(1), |_| 9)
                .with("000.md", format!("+++\ntitle = \"Ảnh rộng\"\n{wide}+++\n\n{text}\n\n{}\n", paragraph(5)))
                .with("w.jpg", jpeg(2400, 1500))
        }),
    ]
}
