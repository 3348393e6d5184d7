//! An article → text, for people to read and edit: reading it gives the same article again.
//!
//! What Markdown has two ways for is written in one: what [`tidy`] makes of an article is what comes back.

mod blocks;
mod escape;
mod gaps;
mod inline;
mod markers;
mod same;
mod target;
mod tidy;

use toml_edit::{DocumentMut, Item, Table, Value};

use super::FENCE;
use crate::issue::{Article, Focus, PhotoFile, PhotoUse};
use crate::source::Text;
use crate::toml_reader::one_line;

/// The text of an article; `photos` are those of its issue.
pub fn write(article: &Article, photos: &[PhotoFile]) -> String {
    let front = front_matter(article, photos);
    let body = blocks::body(&tidy::blocks(&article.blocks), &article.notes, photos);
    if body.is_empty() { front } else { format!("{front}\n{body}") }
}

/// What stands between the `+++` lines of an article, with these lines.
pub fn front_matter(article: &Article, photos: &[PhotoFile]) -> String {
    let mut front = DocumentMut::new();
    front["title"] = value(&article.title.value);
    let keys = [
        ("contents_title", &article.contents_title),
        ("kicker", &article.kicker),
        ("lead", &article.lead),
        ("author", &article.author),
        ("source", &article.credit_source),
        ("source_url", &article.source_url),
    ];
    for (key, text) in keys {
        set(&mut front, key, text.as_ref());
    }
    if let Some(rank) = article.rank {
        front["rank"] = value(rank.as_str());
    }
    let settings = photo_settings(article, photos);
    if !settings.is_empty() {
        front["photos"] = Item::Table(settings);
    }
    format!("{FENCE}\n{front}{FENCE}\n")
}

/// A table for each photo that has more than its file.
fn photo_settings(article: &Article, photos: &[PhotoFile]) -> Table {
    let mut all = Table::new();
    all.set_implicit(true);
    for photo in article.photos() {
        let Some(file) = photos.get(photo.photo).filter(|file| !all.contains_key(&file.path)) else { continue };
        let mut settings = Table::new();
        if photo.usage == PhotoUse::Page {
            settings["width"] = value("page");
        }
        set(&mut settings, "alt", photo.alt.as_ref());
        if let Some(ratio) = photo.crop {
            settings["crop"] = value(&ratio.to_string());
        }
        if photo.focus != Focus::default() {
            settings["focus"] = value(photo.focus.as_str());
        }
        if !settings.is_empty() {
            all[&file.path] = Item::Table(settings);
        }
    }
    all
}

fn set(table: &mut Table, key: &str, text: Option<&Text>) {
    if let Some(text) = text.map(|text| one_line(&text.value)).filter(|text| !text.is_empty()) {
        table[key] = value(&text);
    }
}

/// A text as TOML, on one line: a line of its own might look like the end of the front matter.
fn value(text: &str) -> Item {
    Item::Value(Value::from(one_line(text)))
}

#[cfg(test)]
mod made_tests;
#[cfg(test)]
mod same_blocks;
#[cfg(test)]
mod tests;
