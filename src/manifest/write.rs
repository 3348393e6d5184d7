//! A manifest → text. It grows out of an earlier text where there is one: what did not change stays as somebody wrote it,
//! with notes, blank lines and quotes.

mod edit;
mod lists;

use toml_edit::visit_mut::VisitMut;
use toml_edit::{Array, Datetime, DocumentMut, Item, TableLike, TomlError, Value};

use self::edit::{Edit, Key, Spacing};
use super::parse_size;
use crate::issue::{Cover, ImprintRow, Language, MailDefaults, Manifest, Masthead, SectionEntry};
use crate::source::Text;
use crate::toml_reader::{Date, one_line};

/// The language of a manifest that names none.
const USUAL_LANGUAGE: &str = "vi";

/// The text of a manifest, as a change of an earlier text, which may be empty. An error where that is not TOML.
pub fn write(manifest: &Manifest, earlier: &str) -> Result<String, TomlError> {
    let (mark, text) = match earlier.strip_prefix('\u{feff}') {
        Some(text) => ("\u{feff}", text),
        None => ("", earlier),
    };
    let mut document: DocumentMut = text.parse()?;
    let mut edit = Edit::default();
    write_root(&mut edit, &mut document, manifest);
    if !edit.has_changed {
        return Ok(earlier.to_owned());
    }
    Spacing.visit_document_mut(&mut document);
    // The parser knows one kind of line ends.
    let text = document.to_string().replace("\r\n", "\n");
    let text = if earlier.contains("\r\n") { text.replace('\n', "\r\n") } else { text };
    Ok(format!("{mark}{text}"))
}

/// The table of a cover, as text.
pub fn cover(cover: &Cover) -> String {
    let mut document = DocumentMut::new();
    write_cover(&mut Edit::default(), &mut document, Some(cover));
    document.to_string()
}

fn write_root(edit: &mut Edit, root: &mut DocumentMut, manifest: &Manifest) {
    write_date(edit, root, manifest.date);
    write_number(edit, root, manifest.number.as_ref());
    edit.text(&mut **root, "title", manifest.title.as_ref());
    edit.text(&mut **root, "layout", manifest.layout.as_ref());
    write_language(edit, root, &manifest.language);
    write_sections(edit, root, &manifest.sections);
    edit.texts(&mut **root, "teasers", &manifest.teasers.iter().collect::<Vec<_>>());
    write_masthead(edit, root, &manifest.masthead);
    write_cover(edit, root, manifest.cover.as_ref());
    write_pdf(edit, root, manifest);
    write_check(edit, root, manifest);
    write_mail(edit, root, &manifest.mail);
    write_style(edit, root, &manifest.style);
}

fn write_date(edit: &mut Edit, root: &mut DocumentMut, date: Date) {
    let Some(day) = date.day else {
        edit.words(&mut **root, Key::Known("date"), Some(&format!("{:04}-{:02}", date.year, date.month)));
        return;
    };
    let date = toml_edit::Date { year: date.year, month: date.month, day };
    let is_same = |value: &Value| value.as_datetime().is_some_and(|old| old.date == Some(date) && old.time.is_none());
    let new = Value::from(Datetime { date: Some(date), time: None, offset: None });
    edit.value(&mut **root, Key::Known("date"), is_same, Some(new));
}

/// A number that TOML would give back as it is, is one; `011` is a text.
fn write_number(edit: &mut Edit, root: &mut DocumentMut, number: Option<&Text>) {
    let text = number.map(|number| one_line(&number.value)).unwrap_or_default();
    let is_same = |value: &Value| match value {
        Value::Integer(old) => old.value().to_string() == text,
        other => other.as_str().is_some_and(|old| one_line(old) == text),
    };
    let integer = text.parse::<i64>().ok().filter(|integer| integer.to_string() == text);
    let new = integer.map_or_else(|| Value::from(text.as_str()), Value::from);
    edit.value(&mut **root, Key::Known("number"), is_same, Some(new).filter(|_| !text.is_empty()));
}

fn write_language(edit: &mut Edit, root: &mut DocumentMut, language: &Language) {
    let is_named = root.get("language").and_then(Item::as_str).is_some_and(|tag| !tag.trim().is_empty());
    if is_named || language.tag != USUAL_LANGUAGE {
        edit.words(&mut **root, Key::Known("language"), Some(&language.tag));
    }
}

fn write_sections(edit: &mut Edit, root: &mut DocumentMut, sections: &[SectionEntry]) {
    let (titled, flat): (Vec<_>, Vec<_>) = sections.iter().partition(|section| section.title.is_some());
    let flat: Vec<_> = flat.iter().flat_map(|section| &section.articles).collect();
    edit.texts(&mut **root, "articles", &flat);
    // Sections without articles are not read.
    let is_read = |table: &dyn TableLike| table.get("articles").and_then(Item::as_array).is_some_and(|a| !a.is_empty());
    lists::tables(edit, &mut **root, "section", is_read, &titled, |edit, table, section| {
        edit.text(table, "title", section.title.as_ref());
        edit.texts(table, "articles", &section.articles.iter().collect::<Vec<_>>());
    });
}

fn write_masthead(edit: &mut Edit, root: &mut DocumentMut, masthead: &Masthead) {
    let is_in_braces = root.get("masthead").is_some_and(Item::is_inline_table);
    let Some(table) = edit.table(root, "masthead") else { return };
    edit.text(table, "overline", masthead.overline.as_ref());
    edit.text(table, "title", Some(&masthead.title));
    edit.text(table, "subtitle", masthead.subtitle.as_ref());
    edit.text(table, "publisher", masthead.publisher.as_ref());
    edit.text(table, "about", masthead.about.as_ref());
    edit.text(table, "logo", masthead.logo.as_ref());
    let rows: Vec<_> = masthead.imprint.iter().collect();
    if is_in_braces && !rows.is_empty() && !table.contains_key("imprint") {
        table.insert("imprint", Item::Value(Value::Array(Array::new())));
    }
    lists::tables(edit, table, "imprint", |_| true, &rows, write_imprint_row);
}

fn write_imprint_row(edit: &mut Edit, table: &mut dyn TableLike, row: &ImprintRow) {
    edit.text(table, "label", Some(&row.label));
    edit.text(table, "text", row.text.as_ref());
    edit.text(table, "email", row.email.as_ref());
    edit.text(table, "url", row.url.as_ref());
    edit.text(table, "phone", row.phone.as_ref());
}

fn write_cover(edit: &mut Edit, root: &mut DocumentMut, cover: Option<&Cover>) {
    let Some(cover) = cover else {
        edit.remove(&mut **root, "cover");
        return;
    };
    let Some(table) = edit.table(root, "cover") else { return };
    edit.text(table, "photo", Some(&cover.photo));
    edit.text(table, "caption", cover.caption.as_ref());
    edit.text(table, "credit", cover.credit.as_ref());
    edit.text(table, "alt", cover.alt.as_ref());
}

fn write_pdf(edit: &mut Edit, root: &mut DocumentMut, manifest: &Manifest) {
    let is_empty = manifest.max_size.is_none() && manifest.pages.is_none() && manifest.keywords.is_empty();
    if is_empty && !root.contains_key("pdf") {
        return;
    }
    let Some(table) = edit.table(root, "pdf") else { return };
    let is_same = |value: &Value| value.as_str().is_some_and(|old| parse_size(old) == manifest.max_size);
    edit.value(table, Key::Known("max_size"), is_same, manifest.max_size.map(|bytes| Value::from(size(bytes))));
    let is_same = |value: &Value| value.as_integer() == manifest.pages.map(i64::from);
    edit.value(table, Key::Known("pages"), is_same, manifest.pages.map(|pages| Value::from(i64::from(pages))));
    edit.texts(table, "keywords", &manifest.keywords.iter().collect::<Vec<_>>());
}

fn write_check(edit: &mut Edit, root: &mut DocumentMut, manifest: &Manifest) {
    if manifest.ignored.is_empty() && manifest.words.is_empty() && !root.contains_key("check") {
        return;
    }
    let Some(table) = edit.table(root, "check") else { return };
    edit.texts(table, "ignore", &manifest.ignored.iter().collect::<Vec<_>>());
    edit.texts(table, "words", &manifest.words.iter().collect::<Vec<_>>());
}

fn write_mail(edit: &mut Edit, root: &mut DocumentMut, mail: &MailDefaults) {
    let MailDefaults { from, reply_to, subject, intro, unsubscribe } = mail;
    let texts =
        [("from", from), ("reply_to", reply_to), ("subject", subject), ("intro", intro), ("unsubscribe", unsubscribe)];
    if texts.iter().all(|(_, text)| text.is_none()) && !root.contains_key("mail") {
        return;
    }
    let Some(table) = edit.table(root, "mail") else { return };
    for (key, text) in texts {
        edit.text(table, key, text.as_ref());
    }
}

/// A size that is read as so many bytes, in the largest unit that has no fraction.
fn size(bytes: u64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1)];
    let unit = units.into_iter().find(|(_, factor)| bytes.is_multiple_of(*factor));
    unit.map_or_else(|| format!("{bytes} B"), |(name, factor)| format!("{} {name}", bytes / factor))
}

fn write_style(edit: &mut Edit, root: &mut DocumentMut, style: &[(Text, Text)]) {
    if style.is_empty() && !root.contains_key("style") {
        return;
    }
    let Some(table) = edit.table(root, "style") else { return };
    let is_named = |key: &str| style.iter().any(|(name, _)| name.value == one_line(key));
    let gone: Vec<_> = table.iter().map(|(key, _)| key.to_owned()).filter(|key| !is_named(key)).collect();
    gone.iter().for_each(|key| edit.remove(table, key));
    for (name, value) in style {
        // A key may be written in another form of Unicode than the one it is read in.
        let typed = table.iter().map(|(key, _)| key.to_owned()).find(|key| one_line(key) == name.value);
        edit.words(table, Key::Free(typed.as_deref().unwrap_or(&name.value)), Some(&value.value));
    }
}

#[cfg(test)]
mod tests;
