//! The issue as data for a layout: `issue.json`, documented in `layouts/README.md`, and the `main.typ` that reads it.

use std::collections::HashSet;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::Attachment;
use super::nonbreaking::headline;
use super::runs::{LineBudget, runs};
use super::spec::{Spec, colour};
use crate::figure::{self, DecimalMark};
use crate::issue::{
    Alignment, Article, Block, Chart, Focus, Inline, Issue, Language, PhotoBlock, PhotoRef, PhotoUse, Rank, Section,
    Table, plain_text,
};
use crate::photo::{self, Prepared};
use crate::source::Text;

/// The version of the data format.
const FORMAT: u32 = 1;

/// `main.typ`: metadata, then the layout.
pub fn main(layout: &str, with_attachments: bool) -> String {
    let attach = if with_attachments {
        "#for file in json(\"/attachments.json\") {\n  \
           pdf.attach(file.name, read(file.path, encoding: none), relationship: \"source\", \
           mime-type: file.mime, description: file.description)\n}\n"
    } else {
        ""
    };
    format!(
        "#import \"/layouts/{layout}/layout.typ\": bulletin\n\
         #import \"/data.typ\": data\n\
         #let issue = data + json(\"/balance.json\")\n\
         #set document(\n  \
           title: issue.document.title,\n  \
           author: issue.document.author,\n  \
           keywords: issue.document.keywords,\n  \
           description: issue.document.description,\n  \
           date: datetime(year: issue.date.year, month: issue.date.month, day: if issue.date.day == none {{ 1 }} else {{ issue.date.day }}),\n\
         )\n\
         #set text(lang: issue.language.lang, region: issue.language.region)\n\
         {attach}#bulletin(issue)\n"
    )
}

/// `data.typ`: reads the data in a file of its own, so that they are not read anew whenever the balance of the columns changes.
pub const READER: &str = "#let data = json(\"/issue.json\")\n";

/// `attachments.json`.
pub fn attachments(attachments: &[Attachment]) -> String {
    let list = attachments.iter().enumerate().map(|(index, file)| {
        json!({
            "name": file.name,
            "path": format!("/{}", attachment_path(index)),
            "mime": file.mime,
            "description": file.name,
        })
    });
    pretty(&Value::Array(list.collect()))
}

/// Where typst finds an attachment: numbered, for every path that typst meets stays in memory for good.
pub fn attachment_path(index: usize) -> String {
    format!("source/{}", index + 1)
}

/// Where `main.typ` finds the issue.
pub const ISSUE: &str = "issue.json";

/// `issue.json`: the data of the whole issue.
pub fn issue(issue: &Issue, photos: &[Prepared], spec: &Spec) -> String {
    issue_with(issue, photos, spec, None)
}

/// `issue.json` with one article alone, counted in printing order from 0.
pub fn data_of_one_article(issue: &Issue, photos: &[Prepared], spec: &Spec, article: usize) -> String {
    issue_with(issue, photos, spec, Some(article))
}

fn issue_with(issue: &Issue, photos: &[Prepared], spec: &Spec, only: Option<usize>) -> String {
    let manifest = &issue.manifest;
    let writer = Writer { photos, only, language: &manifest.language };
    let cover = manifest.cover.as_ref().zip(issue.cover).map(|(cover, photo)| {
        let caption =
            cover.caption.as_ref().map(|caption| runs(&caption.value, true, LineBudget::Line)).unwrap_or_default();
        let caption_text = cover.caption.as_ref().map(|caption| caption.value.clone());
        let alt = cover.alt.as_ref().map(|alt| alt.value.clone()).or(caption_text);
        json!({
            "kind": "photo",
            "photo": writer.photo(photo),
            "caption": caption,
            "credit": optional(cover.credit.as_ref()),
            "alt": alt.unwrap_or_else(|| writer.unnamed_photo(&manifest.masthead.title.value)),
            "width": "cover",
            "focus": Focus::default().as_str(),
            "croppable": writer.may_be_cropped(photo, false),
        })
    });
    let first_articles = issue.sections.iter().scan(0, |next, section| {
        let first = *next;
        *next += section.articles.len();
        Some(first)
    });
    let sections: Vec<_> = issue
        .sections
        .iter()
        .zip(first_articles)
        .enumerate()
        .map(|(index, (section, first_article))| writer.section(index, section, first_article))
        .filter(|section| section["articles"].as_array().is_some_and(|articles| !articles.is_empty()))
        .collect();
    // Those that are among the data.
    let teasers = issue.teasers.iter().filter(|&&place| only.is_none_or(|only| only == place));
    pretty(&json!({
        "format": FORMAT,
        "name": issue.name,
        "language": {
            "tag": manifest.language.tag,
            "lang": manifest.language.primary,
            "region": manifest.language.region,
        },
        "number": optional(manifest.number.as_ref()),
        "date": { "year": manifest.date.year, "month": manifest.date.month, "day": manifest.date.day },
        "title": optional(manifest.title.as_ref()),
        "document": document(issue),
        "style": style(issue, spec),
        "masthead": masthead(issue, &writer),
        "teasers": teasers.map(|&place| article_id(place)).collect::<Vec<_>>(),
        "cover": cover,
        "sections": sections,
    }))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn optional(text: Option<&Text>) -> Value {
    text.map_or(Value::Null, |text| Value::from(text.value.as_str()))
}

/// PDF metadata.
fn document(issue: &Issue) -> Value {
    let manifest = &issue.manifest;
    let masthead = &manifest.masthead;
    let vietnamese = manifest.language.primary == "vi";
    let mut title = masthead.title.value.clone();
    if let Some(number) = &manifest.number {
        let word = if vietnamese { "số" } else { "no." };
        title.push_str(&format!(", {word} {}", number.value));
    }
    title.push_str(&format!(" ({}/{})", manifest.date.month, manifest.date.year));
    if let Some(own) = &manifest.title {
        title.push_str(&format!(": {}", own.value));
    }
    let author = masthead.publisher.as_ref().or(masthead.subtitle.as_ref()).unwrap_or(&masthead.title);
    let keywords: Vec<_> = manifest.keywords.iter().map(|keyword| keyword.value.as_str()).collect();
    json!({
        "title": title,
        "author": author.value,
        "keywords": keywords,
        "description": masthead.about.as_ref().map_or(title.as_str(), |about| about.value.as_str()),
    })
}

fn style(issue: &Issue, spec: &Spec) -> Value {
    let mut style = Map::new();
    for (key, default) in &spec.colours {
        let own = issue.manifest.style.iter().find(|(name, _)| &name.value == key);
        let value = own.and_then(|(_, value)| colour(&value.value)).or_else(|| colour(default));
        style.insert(key.clone(), value.into());
    }
    Value::Object(style)
}

fn masthead(issue: &Issue, writer: &Writer<'_>) -> Value {
    let masthead = &issue.manifest.masthead;
    let imprint = masthead.imprint.iter().map(|row| {
        json!({
            "label": row.label.value,
            "text": optional(row.text.as_ref()),
            "email": optional(row.email.as_ref()),
            "url": optional(row.url.as_ref()),
            "href": row.url.as_ref().map(|url| web_address(&url.value)),
            "phone": optional(row.phone.as_ref()),
        })
    });
    json!({
        "title": masthead.title.value,
        "headline": headline(&masthead.title.value),
        "overline": optional(masthead.overline.as_ref()),
        "subtitle": optional(masthead.subtitle.as_ref()),
        "publisher": optional(masthead.publisher.as_ref()),
        "about": masthead.about.as_ref().map(|about| runs(&about.value, true, LineBudget::Line)),
        "logo": issue.logo.map(|logo| writer.photo(logo)),
        "imprint": imprint.collect::<Vec<_>>(),
    })
}

/// A full address from one that may lack its scheme.
fn web_address(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let is_full = lower.starts_with("http://") || lower.starts_with("https://");
    if is_full { text.to_owned() } else { format!("https://{text}") }
}

struct Writer<'a> {
    photos: &'a [Prepared],
    only: Option<usize>,
    language: &'a Language,
}

impl Writer<'_> {
    /// `first_article` is how many articles stand in the sections before.
    fn section(&self, index: usize, section: &Section, first_article: usize) -> Value {
        let wanted = |&(place, _): &(usize, _)| self.only.is_none_or(|only| only == first_article + place);
        let articles: Vec<_> = section
            .articles
            .par_iter()
            .enumerate()
            .filter(wanted)
            .map(|(place, article)| self.article(first_article + place, article, section.title.is_some()))
            .collect();
        json!({
            "id": format!("section-{}", index + 1),
            "title": optional(section.title.as_ref()),
            "headline": section.title.as_ref().map(|title| headline(&title.value)),
            "articles": articles,
        })
    }

    fn article(&self, number: usize, article: &Article, in_section: bool) -> Value {
        let id = article_id(number);
        let level = if in_section { 2 } else { 1 };
        let body = Body { writer: self, article, id: &id };
        let contents_title = article.contents_title.as_ref().unwrap_or(&article.title);
        json!({
            "id": id,
            "file": article.source.name(),
            "title": article.title.value,
            "headline": headline(&article.title.value),
            "contents_title": contents_title.value,
            "contents_headline": headline(&contents_title.value),
            "kicker": optional(article.kicker.as_ref()),
            "rank": article.rank.map(Rank::as_str),
            "lead": article.lead.as_ref().map(|lead| runs(&lead.value, true, LineBudget::Line)),
            "author": optional(article.author.as_ref()),
            // An address alone is its own name.
            "source": optional(article.credit_source.as_ref().or(article.source_url.as_ref())),
            "source_url": optional(article.source_url.as_ref()),
            "level": level,
            "blocks": body.article_blocks(level),
        })
    }

    fn photo(&self, photo: PhotoRef) -> Value {
        let photo = &self.photos[photo];
        let max_width = photo.original_width.map_or(2000.0, |width| f64::from(width) / photo::COARSE * 72.0);
        json!({
            "path": photo.path,
            "width": photo.width,
            "height": photo.height,
            "max_width": max_width,
            "original": photo.original,
        })
    }

    /// Whether the layout may cut a little off a photo: nothing of what its author has cut himself, and nothing of what
    /// may be a chart or a drawing.
    fn may_be_cropped(&self, photo: PhotoRef, is_cropped: bool) -> bool {
        self.photos[photo].is_photograph && !is_cropped
    }

    /// Text for a photo of which the author says nothing.
    fn unnamed_photo(&self, context: &str) -> String {
        if self.language.primary == "vi" { format!("Ảnh: {context}") } else { format!("Photo: {context}") }
    }
}

/// Writes the body of an article.
struct Body<'a> {
    writer: &'a Writer<'a>,
    article: &'a Article,
    id: &'a str,
}

impl Body<'_> {
    /// The blocks of the article, with the levels that its headings have in the structure of the document: none is
    /// skipped, even where the author goes from the title to `###` at once.
    fn article_blocks(&self, article_level: u8) -> Vec<Value> {
        let mut notes_seen = HashSet::new();
        let mut structure_level = article_level;
        let mut blocks = Vec::new();
        for block in &self.article.blocks {
            if let Block::Heading { level, content } = block {
                structure_level = (article_level + level - 1).min(structure_level + 1);
                blocks.push(json!({
                    "kind": "heading",
                    "level": level,
                    "structure_level": structure_level,
                    "content": self.inlines(content, true, LineBudget::Line, &mut notes_seen),
                }));
            } else {
                blocks.push(self.block(block, &mut notes_seen));
            }
        }
        blocks
    }

    fn blocks(&self, blocks: &[Block], notes_seen: &mut HashSet<usize>) -> Vec<Value> {
        blocks.iter().map(|block| self.block(block, notes_seen)).collect()
    }

    fn block(&self, block: &Block, notes_seen: &mut HashSet<usize>) -> Value {
        match block {
            // Headings stand in articles alone (`article_blocks`); elsewhere the reader has refused them.
            Block::Paragraph(content) | Block::Heading { content, .. } => {
                json!({ "kind": "paragraph", "content": self.inlines(content, true, LineBudget::Line, notes_seen) })
            }
            Block::List(list) => json!({
                "kind": "list",
                "ordered": list.start.is_some(),
                "start": list.start.unwrap_or(1),
                "numbers": list.numbers.iter().map(|number| number.text.as_str()).collect::<Vec<_>>(),
                "tight": list.tight,
                "items": list.items.iter().map(|item| self.blocks(item, notes_seen)).collect::<Vec<_>>(),
            }),
            Block::Quote(blocks) => json!({ "kind": "quote", "blocks": self.blocks(blocks, notes_seen) }),
            Block::Box { title, blocks } => json!({
                "kind": "box",
                "title": self.inlines(title, true, LineBudget::Line, notes_seen),
                "blocks": self.blocks(blocks, notes_seen),
            }),
            Block::Pull(blocks) => json!({ "kind": "pull", "blocks": self.blocks(blocks, notes_seen) }),
            Block::Table(table) => self.table(table, notes_seen),
            Block::Chart(chart) => self.chart(chart, notes_seen),
            Block::Break => json!({ "kind": "break" }),
            Block::Photo(photo) => self.photo(photo, notes_seen),
        }
    }

    fn table(&self, table: &Table, notes_seen: &mut HashSet<usize>) -> Value {
        json!({
            "kind": "table",
            "columns": table.columns.iter().map(|&column| alignment(column)).collect::<Vec<_>>(),
            "header": self.cells(&table.header, notes_seen),
            "rows": table.rows.iter().map(|row| self.cells(row, notes_seen)).collect::<Vec<_>>(),
        })
    }

    /// A chart, with its figures as numbers and as they were typed.
    fn chart(&self, chart: &Chart, notes_seen: &mut HashSet<usize>) -> Value {
        let mark = DecimalMark::of_language(&self.writer.language.primary);
        let text = |cells: &[Vec<Inline>], column: usize| {
            cells.get(column).map(|cell| plain_text(cell).trim().to_owned()).unwrap_or_default()
        };
        let column = |column: usize| chart.table.rows.iter().map(move |row| text(row, column));
        let series = (1..chart.table.columns.len()).map(|place| {
            json!({
                "name": text(&chart.table.header, place),
                "values": column(place).map(|typed| figure::parse(&typed, mark)).collect::<Vec<_>>(),
                "texts": column(place).collect::<Vec<_>>(),
            })
        });
        json!({
            "kind": "chart",
            "shape": chart.shape.as_str(),
            "title": self.inlines(&chart.title, true, LineBudget::Line, notes_seen),
            "labels": column(0).collect::<Vec<_>>(),
            "series": series.collect::<Vec<_>>(),
            "table": self.table(&chart.table, notes_seen),
        })
    }

    fn cells(&self, cells: &[Vec<Inline>], notes_seen: &mut HashSet<usize>) -> Vec<Value> {
        cells.iter().map(|cell| Value::Array(self.inlines(cell, true, LineBudget::Cell, notes_seen))).collect()
    }

    fn photo(&self, photo: &PhotoBlock, notes_seen: &mut HashSet<usize>) -> Value {
        let caption = plain_text(&photo.caption);
        let said = photo
            .alt
            .as_ref()
            .map(|alt| alt.value.clone())
            .or_else(|| (!caption.trim().is_empty()).then(|| caption.trim().to_owned()));
        json!({
            "kind": "photo",
            "photo": self.writer.photo(photo.photo),
            "caption": self.inlines(&photo.caption, true, LineBudget::Line, notes_seen),
            "credit": optional(photo.credit.as_ref()),
            "alt": said.unwrap_or_else(|| self.writer.unnamed_photo(&self.article.title.value)),
            "width": if photo.usage == PhotoUse::Page { "page" } else { "column" },
            "focus": photo.focus.as_str(),
            "croppable": self.writer.may_be_cropped(photo.photo, photo.crop.is_some()),
        })
    }

    fn inlines(
        &self,
        content: &[Inline],
        link: bool,
        budget: LineBudget,
        notes_seen: &mut HashSet<usize>,
    ) -> Vec<Value> {
        let mut values = Vec::new();
        for inline in content {
            match inline {
                Inline::Text(run) => values.extend(runs(&run.text, link, budget)),
                Inline::Emphasis(content) => values
                    .push(json!({ "kind": "emphasis", "content": self.inlines(content, link, budget, notes_seen) })),
                Inline::Strong(content) => {
                    values
                        .push(json!({ "kind": "strong", "content": self.inlines(content, link, budget, notes_seen) }));
                }
                Inline::Link { url, content } => values.push(
                    json!({ "kind": "link", "url": url, "content": self.inlines(content, false, budget, notes_seen) }),
                ),
                Inline::Break => values.push(json!({ "kind": "break" })),
                Inline::Footnote(note) => values.push(self.footnote(*note, notes_seen)),
            }
        }
        values
    }

    fn footnote(&self, note: usize, notes_seen: &mut HashSet<usize>) -> Value {
        let blocks = if notes_seen.insert(note) {
            let blocks = self.article.notes.get(note).map(Vec::as_slice).unwrap_or_default();
            Value::Array(self.blocks(blocks, &mut HashSet::new()))
        } else {
            Value::Null
        };
        json!({ "kind": "footnote", "id": format!("{}-note-{}", self.id, note + 1), "blocks": blocks })
    }
}

/// The name of an article, counted in printing order from 0.
fn article_id(place: usize) -> String {
    format!("article-{}", place + 1)
}

fn alignment(column: Alignment) -> &'static str {
    match column {
        Alignment::Default => "default",
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    }
}
