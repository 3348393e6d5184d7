//! What refers to something elsewhere in the article: footnotes and links; and what looks as if it did.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::{Inside, Note, Reader, is_safe_link, trimmed};
use crate::diagnostic::MarkdownError;
use crate::issue::{Block, Inline, is_foreign_path};
use crate::toml_reader::is_curly;

impl Reader<'_> {
    /// The text of a footnote.
    pub(super) fn note(&mut self, name: &str, range: Range<usize>) {
        let name: String = name.nfc().collect();
        let range = trimmed(self.source, self.offset, range);
        if self.inside != Inside::Article {
            self.error(MarkdownError::FootnoteNested, range.clone());
        }
        let blocks = self.within(Inside::Footnote);
        if blocks.is_empty() {
            self.error(MarkdownError::FootnoteUndefined { name: name.clone() }, range.clone());
        }
        if self.defined.insert(name.clone()) {
            self.definitions.push(Note { name, blocks, range });
        } else {
            self.error(MarkdownError::FootnoteTwice { name }, range);
        }
    }

    /// A reference to a footnote.
    pub(super) fn reference(&mut self, name: &str, range: Range<usize>, content: &mut Vec<Inline>) {
        let name: String = name.nfc().collect();
        if self.inside == Inside::Footnote {
            self.error(MarkdownError::FootnoteNested, range);
            return;
        }
        let index = *self.referred.entry(name).or_insert_with_key(|name| {
            self.references.push((name.clone(), range));
            self.references.len() - 1
        });
        content.push(Inline::Footnote(index));
    }

    /// Notes in order of reference; references without a note and notes without a reference are errors.
    pub(super) fn settle_notes(&mut self) -> Vec<Vec<Block>> {
        let (mut called, mut unused) = (HashMap::new(), Vec::new());
        for note in std::mem::take(&mut self.definitions) {
            match self.referred.get(&note.name) {
                Some(&index) => drop(called.insert(index, note.blocks)),
                None => unused.push(note),
            }
        }
        let mut notes = Vec::new();
        for (index, (name, range)) in std::mem::take(&mut self.references).into_iter().enumerate() {
            notes.push(called.remove(&index).unwrap_or_else(|| {
                self.error(MarkdownError::FootnoteUndefined { name }, range);
                Vec::new()
            }));
        }
        for note in unused {
            self.error(MarkdownError::FootnoteUnused { name: note.name }, note.range);
        }
        notes
    }

    /// Definitions of links that no link uses.
    pub(super) fn report_unused_links(&mut self, definitions: &[(String, Range<usize>)]) {
        for (name, range) in definitions {
            if !self.links_used.contains(&name.to_lowercase()) {
                let range = trimmed(self.source, self.offset, range.clone());
                self.error(MarkdownError::LinkUnused { name: name.clone() }, range);
            }
        }
    }

    /// Text that looks like syntax which the parser did not take for it: it would be printed as typed.
    pub(super) fn look_for_broken_syntax(&mut self, range: &Range<usize>) {
        let start = self.absolute(range).start;
        let source = Arc::clone(self.source);
        let text = &source.text()[self.absolute(range)];
        let escaped = |at: usize| source.text()[..start + at].ends_with('\\');
        for (at, _) in text.match_indices("[^") {
            let Some(length) = text[at..].find(']') else { continue };
            let name = &text[at + 2..at + length];
            if !escaped(at) && !name.is_empty() && !name.contains(char::is_whitespace) {
                let name = name.to_owned();
                let found = range.start + at..range.start + at + length + 1;
                self.error(MarkdownError::FootnoteUndefined { name }, found);
            }
        }
        for (at, _) in text.match_indices("](") {
            if escaped(at) {
                continue;
            }
            let Some(open) = opening_bracket(source.text(), self.offset, start + at) else { continue };
            let is_photo = source.text()[..open].ends_with('!');
            let from = if is_photo { open - 1 } else { open };
            let rest = &source.text()[start + at..];
            let length =
                rest.find([')', '\n']).map_or(2, |end| if rest[end..].starts_with(')') { end + 1 } else { end });
            let typed = &source.text()[open..start + at + length];
            let range = from - self.offset..start + at + length - self.offset;
            let (_, target) = typed.split_once("](").unwrap_or_default();
            let target = target.trim_end_matches(')').trim();
            if is_photo && is_foreign_path(target) {
                self.outside(target, range);
                continue;
            }
            let error = match is_photo {
                true => {
                    photo_mended(typed).map_or(MarkdownError::BrokenPhoto, |meant| MarkdownError::CurlyCredit { meant })
                }
                false => MarkdownError::BrokenLink { meant: link_mended(typed) },
            };
            self.error(error, range);
        }
    }
}

/// A photo whose credit stands in quotes of a word processor, with straight ones.
fn photo_mended(typed: &str) -> Option<String> {
    let (caption, target) = typed.split_once("](")?;
    let (path, credit) = target.trim_end_matches(')').split_once(is_curly)?;
    let credit = credit.trim_matches(|c: char| is_curly(c) || c == '"' || c.is_whitespace());
    let is_one_path = !path.trim().is_empty() && !path.trim().contains(char::is_whitespace);
    (is_one_path && !credit.contains('"')).then(|| format!("!{caption}]({} \"{credit}\")", path.trim()))
}

/// A link whose address has spaces, without them.
fn link_mended(typed: &str) -> Option<String> {
    let (text, address) = typed.split_once("](")?;
    let address = address.strip_suffix(')')?.trim();
    let fixed = address.split_whitespace().collect::<Vec<_>>().join("%20");
    (fixed != address && is_safe_link(&fixed) && !fixed.contains(['"', '“'])).then(|| format!("{text}]({fixed})"))
}

/// The bracket that the closing one at `close` belongs to, on the same line; none where the author has escaped it.
fn opening_bracket(text: &str, from: usize, close: usize) -> Option<usize> {
    let line = text[..close].rfind('\n').map_or(0, |newline| newline + 1).max(from);
    let mut depth = 1;
    for (at, bracket) in text[line..close].rmatch_indices(['[', ']']) {
        depth += if bracket == "]" { 1 } else { -1 };
        if depth == 0 {
            return (!text[..line + at].ends_with('\\')).then_some(line + at);
        }
    }
    None
}
