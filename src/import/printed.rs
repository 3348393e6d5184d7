//! Every text that the new files print, to be held against the source.

use std::sync::Arc;

use crate::article::{self, PhotoCalls};
use crate::issue::{Article, Block, each_run};
use crate::manifest;
use crate::source::Source;

/// The texts of an article as it will be read, with the words that layouts print before a source and a credit.
pub(super) fn article(path: &str, text: &str) -> Vec<String> {
    let source = Source::new(path, text);
    let read = article::read(&source, &mut PhotoCalls::default());
    read.value.map(|article| texts(&article)).unwrap_or_default()
}

fn texts(article: &Article) -> Vec<String> {
    let mut texts = vec![article.title.value.clone()];
    let front = [&article.contents_title, &article.kicker, &article.lead, &article.author];
    texts.extend(front.into_iter().flatten().map(|text| text.value.clone()));
    texts.extend(article.credit_source.iter().map(|source| format!("Nguồn: {}", source.value)));
    for blocks in std::iter::once(&article.blocks).chain(&article.notes) {
        add(blocks, article.source.text(), &mut texts);
    }
    texts.extend(
        article.photos().filter_map(|photo| photo.credit.as_ref()).map(|credit| format!("Ảnh: {}", credit.value)),
    );
    texts
}

/// Runs that stand side by side are one text: a word may be in two styles.
fn add(blocks: &[Block], source: &str, texts: &mut Vec<String>) {
    let mut text = String::new();
    let mut end: Option<usize> = None;
    each_run(blocks, &mut |run| {
        // Between two runs of one word stand marks of emphasis alone.
        let between = end.and_then(|end| source.get(end..run.range.start));
        let is_next = between.is_some_and(|between| between.chars().all(|c| matches!(c, '*' | '_' | '\\')));
        if !is_next {
            text.push(' ');
        }
        text.push_str(&run.text);
        end = Some(run.range.end);
    });
    texts.push(text);
    // Numbers of lists are printed as they were typed.
    texts.push(numbers(blocks).join(" "));
}

fn numbers(blocks: &[Block]) -> Vec<String> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::List(list) => {
                all.extend(list.numbers.iter().map(|number| number.text.clone()));
                list.items.iter().for_each(|item| all.extend(numbers(item)));
            }
            Block::Quote(blocks) | Block::Pull(blocks) | Block::Box { blocks, .. } => all.extend(numbers(blocks)),
            _ => {}
        }
    }
    all
}

/// The texts of a manifest, with the words that layouts print before number and month.
pub(super) fn manifest(text: &str) -> Vec<String> {
    let source = Source::new(crate::fs::MANIFEST, text);
    let manifest = manifest::read(&Arc::clone(&source)).value;
    let masthead = &manifest.masthead;
    let mut texts = vec![masthead.title.value.clone()];
    let more = [&manifest.title, &masthead.overline, &masthead.subtitle, &masthead.publisher, &masthead.about];
    texts.extend(more.into_iter().flatten().map(|text| text.value.clone()));
    for row in &masthead.imprint {
        texts.push(row.label.value.clone());
        texts.extend([&row.text, &row.email, &row.url].into_iter().flatten().map(|text| text.value.clone()));
        // `Email:` and the like is printed by what it is.
        texts.extend(row.email.as_ref().map(|_| "Email".to_owned()));
    }
    texts
        .extend(manifest.sections.iter().filter_map(|section| section.title.as_ref()).map(|title| title.value.clone()));
    texts.extend(manifest.number.as_ref().map(|number| format!("Số {}", number.value)));
    let day = manifest.date.day.map(|day| format!("Ngày {day} ")).unwrap_or_default();
    texts.push(format!("{day}Tháng {} năm {}", manifest.date.month, manifest.date.year));
    texts
}
