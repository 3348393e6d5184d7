//! `issue.toml`: TOML with places → a manifest that is valid. Where a value that must be there is missing or wrong, that
//! is reported, and a placeholder stands for it: an issue with an error is checked further, and never set.

pub mod write;

use std::sync::Arc;

use crate::address::{Mailbox, Unsubscribe};
use crate::diagnostic::{Code, Diagnostic, Finding, Severity, SyntaxErrorKind, ValueError, WithDiagnostics, nearest};
use crate::issue::{Cover, ImprintRow, Language, MailDefaults, Manifest, Masthead, SectionEntry, placeholder};
use crate::source::{Place, Source, Text};
use crate::toml_reader::{Date, Findings, Table, parse};

/// Stands for a date whose absence has been reported.
const PLACEHOLDER_DATE: Date = Date { year: 1, month: 1, day: None };

/// Reads the text of a manifest. Where it is not TOML, only that is reported of the file, for what the parser could
/// save of it would be reported as missing.
pub fn read(source: &Arc<Source>) -> WithDiagnostics<Manifest> {
    let findings = Findings::default();
    let (value, errors) = parse(source, 0..source.text().len(), &findings, |table| read_root(table, source));
    if errors.is_empty() {
        return WithDiagnostics { value, diagnostics: findings.into_inner() };
    }
    let syntax = errors.into_iter().map(|error| {
        let finding = match error.kind {
            SyntaxErrorKind::DateForm { key, meant } => {
                let error =
                    meant.map_or(ValueError::NotADate, |meant| ValueError::DateForm { meant, is_quoted: false });
                Finding::BadValue { key, error }
            }
            error => Finding::ManifestSyntax(error),
        };
        Diagnostic::error(finding, error.place)
    });
    WithDiagnostics { value, diagnostics: syntax.collect() }
}

fn read_root(mut root: Table<'_>, source: &Arc<Source>) -> Manifest {
    let manifest = Manifest {
        source: Arc::clone(source),
        date: root.required_date("date").map_or(PLACEHOLDER_DATE, |date| date.value),
        number: root.text_or_integer("number"),
        title: root.text("title"),
        layout: root.text("layout"),
        language: read_language(&mut root),
        sections: read_sections(&mut root, source),
        teasers: root.texts("teasers"),
        masthead: read_masthead(&mut root, source),
        cover: root.table("cover").and_then(read_cover),
        mail: root.table("mail").map(read_mail).unwrap_or_default(),
        style: root.table("style").map(Table::free_texts).unwrap_or_default(),
        max_size: None,
        pages: None,
        keywords: Vec::new(),
        ignored: Vec::new(),
        words: Vec::new(),
    };
    let (max_size, pages, keywords) = root.table("pdf").map(read_pdf).unwrap_or_default();
    let (ignored, words) = root.table("check").map(read_check).unwrap_or_default();
    root.finish();
    Manifest { max_size, pages, keywords, ignored, words, ..manifest }
}

fn read_sections(root: &mut Table<'_>, source: &Arc<Source>) -> Vec<SectionEntry> {
    let mut sections = Vec::new();
    let errors_before = root.errors();
    let articles = root.texts("articles");
    if !articles.is_empty() {
        sections.push(SectionEntry { title: None, articles });
    }
    for mut table in root.tables("section") {
        let title = table.required_text("title");
        let articles = table.texts("articles");
        if articles.is_empty() {
            table.warn_empty("articles");
        } else {
            sections.push(SectionEntry { title, articles });
        }
        table.finish();
    }
    // Where a list could not be read, that has been said.
    if sections.is_empty() && root.errors() == errors_before {
        let place = root.place_of_key("articles").unwrap_or_else(|| Place::new(source, 0..0));
        root.bad_value("articles", ValueError::NoArticles, place);
    }
    sections
}

fn read_language(root: &mut Table<'_>) -> Language {
    let vietnamese = || Language { tag: "vi".into(), primary: "vi".into(), region: None };
    let Some(text) = root.text("language") else { return vietnamese() };
    parse_language(&text.value).unwrap_or_else(|| {
        root.bad_value("language", ValueError::NotALanguage, text.place);
        vietnamese()
    })
}

/// The parts of a BCP 47 tag that typesetting needs; `None` where it is none.
fn parse_language(tag: &str) -> Option<Language> {
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let mut parts = tag.split('-');
    let primary = parts.next().filter(|part| (2..=3).contains(&part.len()) && letters(part))?;
    let rest: Vec<_> = parts.collect();
    let well_formed = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if !rest.iter().all(well_formed) {
        return None;
    }
    let region = rest.iter().find(|part| part.len() == 2 && letters(part)).map(|part| part.to_ascii_uppercase());
    Some(Language { tag: tag.to_owned(), primary: primary.to_ascii_lowercase(), region })
}

fn read_masthead(root: &mut Table<'_>, source: &Arc<Source>) -> Masthead {
    let Some(mut table) = root.required_table("masthead") else {
        return Masthead::with_title(placeholder(source));
    };
    let masthead = Masthead {
        title: table.required_text("title").unwrap_or_else(|| placeholder(source)),
        overline: table.text("overline"),
        subtitle: table.text("subtitle"),
        publisher: table.text("publisher"),
        about: table.text("about"),
        logo: table.text("logo"),
        imprint: table.tables("imprint").into_iter().filter_map(read_imprint_row).collect(),
    };
    table.finish();
    masthead
}

fn read_imprint_row(mut table: Table<'_>) -> Option<ImprintRow> {
    let label = table.required_text("label");
    let text = table.text("text");
    let email = checked(&mut table, "email", is_email, ValueError::NotAnEmail);
    let url = checked(&mut table, "url", is_web_address, ValueError::NotAWebAddress);
    let phone = table.text("phone");
    table.finish();
    Some(ImprintRow { label: label?, text, email, url, phone })
}

fn checked(table: &mut Table<'_>, key: &'static str, test: impl Fn(&str) -> bool, error: ValueError) -> Option<Text> {
    let text = table.text(key)?;
    if test(&text.value) {
        return Some(text);
    }
    table.bad_value(key, error, text.place);
    None
}

/// Whether a text looks like an e-mail address: something, `@`, a domain with a dot.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty() && !local.contains([':', '/']) && is_domain(domain) && !text.contains(char::is_whitespace)
}

/// Whether a text looks like a web address, with or without `https://`.
fn is_web_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    let domain = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    is_domain(domain) && !text.contains(char::is_whitespace)
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && text.split('.').all(|label| !label.is_empty() && !label.contains(['@', '/', ':']))
}

fn read_cover(mut table: Table<'_>) -> Option<Cover> {
    let photo = table.required_text("photo");
    let (caption, credit, alt) = (table.text("caption"), table.text("credit"), table.text("alt"));
    table.finish();
    Some(Cover { photo: photo?, caption, credit, alt })
}

fn read_mail(mut table: Table<'_>) -> MailDefaults {
    let is_mailbox = |text: &str| Mailbox::parse(text).is_ok();
    let mail = MailDefaults {
        from: checked(&mut table, "from", is_mailbox, ValueError::NotAMailbox),
        reply_to: checked(&mut table, "reply_to", is_mailbox, ValueError::NotAMailbox),
        subject: table.text("subject"),
        intro: table.text("intro"),
        unsubscribe: checked(
            &mut table,
            "unsubscribe",
            |text| Unsubscribe::parse(text).is_some(),
            ValueError::NotForUnsubscribing,
        ),
    };
    table.finish();
    mail
}

/// Most pages that an issue can be asked to have.
const MAX_PAGES: u32 = 500;

fn read_pdf(mut table: Table<'_>) -> (Option<u64>, Option<u32>, Vec<Text>) {
    let max_size = table.text("max_size").and_then(|text| {
        let size = parse_size(&text.value);
        if size.is_none() {
            table.bad_value("max_size", ValueError::NotASize, text.place);
        }
        size
    });
    let pages = table.integer("pages", 1, MAX_PAGES);
    let keywords = table.texts("keywords");
    table.finish();
    (max_size, pages, keywords)
}

/// The codes of warnings that are not wanted, and the words that are right.
fn read_check(mut table: Table<'_>) -> (Vec<Text>, Vec<Text>) {
    let codes = || Code::ALL.iter().filter(|code| code.severity() != Severity::Error).map(|code| code.as_str());
    let mut ignored = Vec::new();
    for text in table.texts("ignore") {
        if codes().any(|code| code == text.value) {
            ignored.push(text);
        } else {
            let nearest = nearest(&text.value, codes());
            let choices = codes().map(str::to_owned).collect();
            table.bad_value("ignore", ValueError::NotOneOf { choices, nearest }, text.place);
        }
    }
    let words = table.texts("words");
    table.finish();
    (ignored, words)
}

/// Bytes from a size such as `7 MB`, `500 KB` or `6,5 MB`; `None` where it is none. Units are decimal.
pub fn parse_size(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let number: f64 = text[..digits].replace(',', ".").parse().ok()?;
    let factor = match text[digits..].trim().to_ascii_uppercase().as_str() {
        "B" => 1.0,
        "KB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        _ => return None,
    };
    let bytes = (number * factor).round();
    (1.0..=1e15).contains(&bytes).then_some(bytes as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(parse_size("7 MB"), Some(7_000_000));
        assert_eq!(parse_size("6,5mb"), Some(6_500_000));
        assert_eq!(parse_size("500KB"), Some(500_000));
        for bad in ["", "7", "MB", "-1 MB", "1.2.3 MB", "0 MB", "7 MiBs", "99999999999 GB"] {
            assert_eq!(parse_size(bad), None, "{bad}");
        }
    }

    #[test]
    fn languages() {
        let parsed = parse_language("en-us").map(|l| (l.primary, l.region));
        assert_eq!(parsed, Some(("en".into(), Some("US".into()))));
        assert_eq!(parse_language("zh-Hant-TW").and_then(|l| l.region), Some("TW".into()));
        for bad in ["", "v", "tiếng Việt", "vi_VN", "vi-", "vietnamese"] {
            assert_eq!(parse_language(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses() {
        assert!(is_email("bbt@tanhai.example"));
        assert!(is_web_address("tanhai.example/ban-tin"));
        assert!(is_web_address("https://tanhai.example:8080"));
        for bad in ["bbt", "@x.y", "a@b", "a b@c.d"] {
            assert!(!is_email(bad), "{bad}");
        }
        for bad in ["javascript:alert(1)", "x", "http://", "a b.c"] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
