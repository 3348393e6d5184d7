//! The composition of finished pages: where columns end, photos stand and articles open. What an article has is read
//! from its file, so that a photo in the wrong place is no fault of the one who looks for it.
//!
//! Further issues can be tried with `BANTIN_ISSUES=FOLDER:FOLDER cargo test composition`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bantin::session::Options;

use crate::pages::{BlockLines, GEOMETRIES, Geometry, Line, beyond, blocks, describe, parent, within};
use crate::pdf::{Pdf, PlacedImage};
use crate::support::{pdf_of, repository};

/// An article as its author wrote it; all text without spaces and marks.
struct Article {
    title: String,
    lead: String,
    /// The caption of each photo, and the end of the text before it.
    photos: Vec<(String, String)>,
}

/// Letters and digits alone: what is left of a text however it was set.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn tail(text: &str) -> String {
    let letters: Vec<_> = text.chars().collect();
    letters[letters.len().saturating_sub(40)..].iter().collect()
}

fn article(text: &str) -> Option<Article> {
    let (front, body) = text.strip_prefix("+++\n")?.split_once("\n+++\n")?;
    let value = |key: &str| {
        let line = front.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")));
        bare(line.unwrap_or_default().trim_end_matches('"'))
    };
    let link = regex::Regex::new(r"\[([^\]]*)\]\([^)]*\)").expect("a pattern");
    let note = regex::Regex::new(r"\[\^[^\]]*\]").expect("a pattern");
    let mut photos = Vec::new();
    let mut before = String::new();
    for block in body.split("\n\n").map(str::trim).filter(|block| !block.is_empty() && !block.starts_with("[^")) {
        if let Some(rest) = block.strip_prefix("![") {
            let caption = rest.split("](").next().unwrap_or_default();
            photos.push((bare(caption), before.clone()));
        } else if !block.starts_with(['|', '>', '[', '-']) {
            before = tail(&bare(&note.replace_all(&link.replace_all(block, "$1"), "")));
        }
    }
    Some(Article { title: value("title"), lead: value("lead"), photos })
}

/// The pages of an issue in a layout.
struct Set {
    pdf: Pdf,
    blocks: Vec<BlockLines>,
    geometry: &'static Geometry,
    articles: Vec<Article>,
    /// Which of them each block belongs to.
    owners: BTreeMap<usize, usize>,
}

impl Set {
    fn new(issue: &Path, geometry: &'static Geometry) -> Self {
        let options = Options { layout: Some(geometry.name.into()), ..Options::default() };
        let pdf = Pdf::read(&pdf_of(issue, &options));
        let blocks = blocks(&pdf, geometry);
        let files = bantin::fs::files_below(issue).into_iter().filter(|file| file.ends_with(".md"));
        let texts = files.map(|file| std::fs::read_to_string(issue.join(file)).expect("an article"));
        let articles: Vec<_> = texts.filter_map(|text| article(&text)).collect();
        let mut set = Self { pdf, blocks, geometry, articles, owners: BTreeMap::new() };
        let mut owner = None;
        for (index, block) in set.blocks.iter().enumerate() {
            if set.is_heading(block) {
                owner = set.articles.iter().position(|article| article.title == text_of(block)).or(owner);
                // The kicker belongs to the title below it.
                let kicker = index.checked_sub(1).map(|before| &set.blocks[before]);
                if let Some(kicker) = kicker.filter(|kicker| is_close_above(kicker, block)) {
                    set.owners.extend(owner.map(|owner| (kicker.tag, owner)));
                }
            }
            set.owners.extend(owner.map(|owner| (block.tag, owner)));
        }
        set
    }

    fn is_heading(&self, block: &BlockLines) -> bool {
        block.kind.len() == 2 && block.kind.starts_with('H')
    }

    /// Whether it is the title of an article.
    fn is_title(&self, block: &BlockLines) -> bool {
        self.is_heading(block) && self.articles.iter().any(|article| article.title == text_of(block))
    }

    fn is_caption(&self, block: &BlockLines) -> bool {
        within(&self.pdf, block.tag, "Caption")
    }

    /// Lines on a page, with their blocks.
    fn lines(&self, page: usize) -> impl Iterator<Item = (&BlockLines, &Line)> {
        let all = self.blocks.iter().flat_map(|block| block.lines.iter().map(move |line| (block, line)));
        all.filter(move |(_, line)| line.page == page)
    }

    /// Where something stands in a column, from top to bottom: text, photos, lines and boxes.
    fn filled(&self, page: usize, column: usize) -> Vec<(f64, f64)> {
        let (left, right) = self.geometry.columns[column];
        let meets = |from: f64, to: f64| from < right - 5.0 && to > left + 5.0;
        let lines = self.lines(page).filter(|(_, line)| meets(line.left, line.right));
        let mut spans: Vec<_> =
            lines.map(|(_, line)| (line.baseline - 0.8 * line.size, line.baseline + 0.2 * line.size)).collect();
        let images = self.pdf.placed_images.iter().filter(|image| image.page == page);
        spans.extend(images.filter(|image| meets(image.left, image.right)).map(|image| (image.top, image.bottom)));
        let drawings = self.pdf.drawings.iter().filter(|(on, _)| *on == page).map(|(_, frame)| frame);
        // Neither the page's ground nor the rule under the running head.
        let drawings = drawings.filter(|[left, top, right, bottom]| {
            meets(*left, *right)
                && right - left < 590.0
                && *bottom > self.geometry.top - 4.0
                && *top < self.geometry.bottom
        });
        spans.extend(drawings.map(|[_, top, _, bottom]| (*top, *bottom)));
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        spans
    }

    fn end_of(&self, page: usize, column: usize) -> f64 {
        self.filled(page, column).iter().fold(self.geometry.top, |end, span| end.max(span.1))
    }

    /// The share of a page that is empty, on average over its columns.
    fn empty(&self, page: usize) -> f64 {
        let height = self.geometry.bottom - self.geometry.top;
        let columns = 0..self.geometry.columns.len();
        let count = columns.len() as f64;
        columns.map(|column| (self.geometry.bottom - self.end_of(page, column)) / height).sum::<f64>() / count
    }

    /// The photos of articles: the image, its article, and which of its photos it is.
    fn photos(&self) -> Vec<(&PlacedImage, usize, usize)> {
        let mut found = Vec::new();
        for image in self.pdf.placed_images.iter().filter(|image| image.page > 1) {
            let Some(caption) = image.tag.and_then(|tag| self.caption(tag)) else { continue };
            let owner = self.articles.iter().enumerate().find_map(|(index, article)| {
                let is_it = |(own, _): &(String, String)| !own.is_empty() && caption.starts_with(own.as_str());
                article.photos.iter().position(is_it).map(|photo| (index, photo))
            });
            found.extend(owner.map(|(article, photo)| (image, article, photo)));
        }
        found
    }

    /// The caption beside a figure.
    fn caption(&self, figure: usize) -> Option<String> {
        let mut at = figure;
        while self.pdf.tags[at].kind.as_deref() != Some("Div") {
            at = parent(&self.pdf, at)?;
        }
        let inside = self.pdf.tags[at + 1..].iter().take_while(|tag| tag.depth > self.pdf.tags[at].depth);
        Some(bare(&inside.map(|tag| tag.text.as_str()).collect::<String>()))
    }
}

fn is_close_above(above: &BlockLines, below: &BlockLines) -> bool {
    let (Some(above), Some(below)) = (above.lines.last(), below.lines.first()) else { return false };
    let distance = below.baseline - above.baseline;
    above.page == below.page && above.column == below.column && distance > 0.0 && distance < 2.5 * below.size
}

fn text_of(block: &BlockLines) -> String {
    bare(&block.lines.iter().map(|line| line.text.as_str()).collect::<String>())
}

/// A rule: what breaks it.
type Rule = fn(&Set) -> Vec<String>;

const RULES: &[(&str, Rule)] = &[
    ("a photo in another article", strange_photos),
    ("a photo on another page than its call", far_photos),
    ("columns that do not end level", uneven_columns),
    ("a white hole", holes),
    ("a title without text", bare_titles),
    ("a broken lead", broken_leads),
    ("text off the grid", off_grid),
    ("text between the columns", between_columns),
    ("a last page nearly empty", short_last_page),
    ("a page left before its end", left_pages),
];

/// Beside a photo, above or below, there is text of its article, and above it no other headline.
fn strange_photos(set: &Set) -> Vec<String> {
    let mut found = Vec::new();
    for (image, article, _) in set.photos() {
        let beside = |line: &Line| line.left < image.right - 5.0 && line.right > image.left + 5.0;
        let lines: Vec<_> =
            set.lines(image.page).filter(|(block, line)| beside(line) && !set.is_caption(block)).collect();
        let order = |a: &&(&BlockLines, &Line), b: &&(&BlockLines, &Line)| a.1.baseline.total_cmp(&b.1.baseline);
        let above = lines.iter().filter(|(_, line)| line.baseline < image.top + 2.0).max_by(order);
        let below = lines.iter().filter(|(_, line)| line.baseline > image.bottom).min_by(order);
        let owner = |found: Option<&(&BlockLines, &Line)>| found.and_then(|(block, _)| set.owners.get(&block.tag));
        let is_own = owner(above) == Some(&article) || owner(below) == Some(&article);
        let under_other = above.is_some_and(|(block, _)| set.is_title(block)) && owner(above) != Some(&article);
        if !is_own || under_other {
            found.push(format!("page {} at {:.0}: {}", image.page, image.top, set.articles[article].title));
        }
    }
    found
}

fn far_photos(set: &Set) -> Vec<String> {
    let photos = set.photos();
    let mut found = Vec::new();
    for (image, article, photo) in &photos {
        let call = &set.articles[*article].photos[*photo].1;
        let block = set.blocks.iter().find(|block| !call.is_empty() && text_of(block).contains(call.as_str()));
        let Some(line) = block.and_then(|block| block.lines.last()) else { continue };
        if line.page != image.page {
            found.push(format!("page {} for a call on page {}", image.page, line.page));
        }
    }
    // One may: a photo does not fit everywhere. Many issues together keep to one of ten.
    if found.len() <= 1 { Vec::new() } else { found }
}

/// Where columns end above a band, before a page that one opens, and at the end of all.
fn uneven_columns(set: &Set) -> Vec<String> {
    let mut found = Vec::new();
    let bands = |page: usize| {
        let tops = set.lines(page).filter(|(block, _)| block.kind == "H1" && !set.is_title(block));
        let mut tops: Vec<_> = tops.map(|(_, line)| line.baseline - line.size).collect();
        tops.sort_by(f64::total_cmp);
        tops
    };
    if set.geometry.columns.len() < 2 {
        return found;
    }
    for page in 2..=set.pdf.pages {
        let mut ends = bands(page);
        let next = bands(page + 1).first().is_some_and(|top| *top < set.geometry.top + 30.0);
        if page == set.pdf.pages || next {
            ends.push(f64::INFINITY);
        }
        let mut from = 0.0;
        for to in ends {
            // Text and photos: the ground of a band reaches above its words.
            let end = |column: usize| {
                let texts = set.lines(page).map(|(_, line)| (line.left, line.right, line.baseline));
                let images = set.pdf.placed_images.iter().filter(|image| image.page == page);
                let all = texts.chain(images.map(|image| (image.left, image.right, image.bottom)));
                let (left, right) = set.geometry.columns[column];
                let own = all.filter(|(from, to, _)| *from < right - 5.0 && *to > left + 5.0);
                own.map(|(.., end)| end).filter(|end| *end > from && *end < to).fold(from, f64::max)
            };
            let (left, right) = (end(0), end(1));
            if (left - right).abs() > 2.5 * set.geometry.line {
                found.push(format!("page {page}: {left:.0} and {right:.0}"));
            }
            from = to + 2.0 * set.geometry.line;
        }
    }
    found
}

fn holes(set: &Set) -> Vec<String> {
    let mut found = Vec::new();
    for page in 2..=set.pdf.pages {
        for column in 0..set.geometry.columns.len() {
            let mut end = set.geometry.top;
            for (top, bottom) in set.filled(page, column) {
                if top - end > 3.0 * set.geometry.line {
                    found.push(format!("page {page}, column {column}: {end:.0} to {top:.0}"));
                }
                end = end.max(bottom);
            }
        }
    }
    found
}

/// A title has two lines of its article below it in the same column, unless the article is shorter.
fn bare_titles(set: &Set) -> Vec<String> {
    let mut found = Vec::new();
    for block in set.blocks.iter().filter(|block| set.is_title(block)) {
        let Some(title) = block.lines.last() else { continue };
        let owner = set.owners.get(&block.tag);
        let is_text = |other: &BlockLines| {
            set.owners.get(&other.tag) == owner && !set.is_heading(other) && !set.is_caption(other)
        };
        let all: Vec<_> = set.blocks.iter().filter(|other| is_text(other)).flat_map(|other| &other.lines).collect();
        // The head of a lead story stands above either column.
        let is_across = title.size > 20.0;
        let below = all.iter().filter(|line| {
            line.page == title.page && line.baseline > title.baseline && (is_across || line.column == title.column)
        });
        if below.count() < all.len().min(2) {
            found.push(describe(title));
        }
    }
    found
}

fn broken_leads(set: &Set) -> Vec<String> {
    let mut found = Vec::new();
    for article in set.articles.iter().filter(|article| !article.lead.is_empty()) {
        for block in set.blocks.iter().filter(|block| text_of(block) == article.lead) {
            let first = block.lines.first().map(|line| (line.page, line.column));
            let is_across = block.lines.iter().any(|line| line.size > 12.0 && set.geometry.columns.len() > 1);
            if !is_across && block.lines.iter().any(|line| Some((line.page, line.column)) != first) {
                found.push(describe(&block.lines[0]));
            }
        }
    }
    found
}

/// The running text of two columns stands on one grid.
fn off_grid(set: &Set) -> Vec<String> {
    if set.geometry.columns.len() < 2 {
        return Vec::new();
    }
    const FIRST: f64 = 74.4;
    let texts = set.blocks.iter().filter(|block| {
        ["P", "LBody"].contains(&block.kind.as_str()) && !within(&set.pdf, block.tag, "Table") && !set.is_caption(block)
    });
    let lines = texts.flat_map(|block| &block.lines).filter(|line| (line.size - set.geometry.text).abs() < 0.2);
    let off = lines.filter(|line| {
        let phase = (line.baseline - FIRST).rem_euclid(set.geometry.line);
        phase.min(set.geometry.line - phase) > 0.75
    });
    off.map(describe).collect()
}

/// Running text keeps to its column; punctuation may hang.
fn between_columns(set: &Set) -> Vec<String> {
    let lines = set.blocks.iter().flat_map(|block| &block.lines);
    let text = lines.filter(|line| (line.size - set.geometry.text).abs() < 0.2);
    text.filter(|line| line.right > set.geometry.columns[line.column].1 + 4.0).map(describe).collect()
}

fn short_last_page(set: &Set) -> Vec<String> {
    let empty = set.empty(set.pdf.pages);
    if empty > 0.7 { vec![format!("{:.0}% of it", empty * 100.0)] } else { Vec::new() }
}

fn left_pages(set: &Set) -> Vec<String> {
    let left = (2..set.pdf.pages).map(|page| (page, set.empty(page))).filter(|(_, empty)| *empty > 0.25);
    let found: Vec<_> = left.map(|(page, empty)| format!("{:.0}% of page {page}", empty * 100.0)).collect();
    // One may, where the next section does not fit in what is left.
    if found.len() <= 1 { Vec::new() } else { found }
}

fn judge(issue: &Path, errors: &mut Vec<String>) {
    for geometry in &GEOMETRIES {
        let set = Set::new(issue, geometry);
        // Nothing is judged that is not found.
        for article in &set.articles {
            assert!(set.blocks.iter().any(|block| text_of(block) == article.title), "no {}", article.title);
        }
        let captions =
            set.articles.iter().flat_map(|article| &article.photos).filter(|(caption, _)| !caption.is_empty());
        assert_eq!(set.photos().len(), captions.count(), "photos of {}", issue.display());
        for (rule, check) in RULES {
            let name = issue.file_name().unwrap_or_default().to_string_lossy().into_owned();
            errors.extend(check(&set).into_iter().map(|error| format!("{name} in {}: {rule}: {error}", geometry.name)));
        }
    }
}

#[test]
fn the_samples_are_composed() {
    let mut errors = Vec::new();
    for name in ["2026-09", "2026-10"] {
        judge(&repository().join("issues").join(name), &mut errors);
    }
    for folder in std::env::var("BANTIN_ISSUES").unwrap_or_default().split(':').filter(|f| !f.is_empty()) {
        judge(&PathBuf::from(folder), &mut errors);
    }
    // The drawing of a chart is white between its numbers.
    let errors = beyond(&[("a white hole", 1)], errors);
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}
