//! Characters that no font of the layout has, found before they leave a hole in the page.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Finding};
use crate::issue::{Article, Issue, each_run};
use crate::source::{Place, Text};

/// Most findings in one file: what is typed in another script would fill screens.
const MAX_PER_FILE: usize = 50;

/// Every character of the issue that cannot be set, wherever it stands.
/// `covers` tells whether the fonts of these families have a character in all their faces.
pub(super) fn check(issue: &Issue, families: &[String], covers: impl Fn(char) -> bool) -> Vec<Diagnostic> {
    let mut checker = Checker { covers: &covers, known: HashMap::new(), families, diagnostics: Vec::new(), in_file: 0 };
    issue.manifest_texts().into_iter().chain(manifest_data(issue)).for_each(|text| checker.text(text));
    unprinted_texts(issue).into_iter().for_each(|text| checker.unprinted(text));
    for article in issue.articles() {
        checker.in_file = 0;
        checker.article(article);
    }
    checker.diagnostics
}

struct Checker<'a> {
    covers: &'a dyn Fn(char) -> bool,
    /// The characters that were looked up: to look into all faces takes longer.
    known: HashMap<char, bool>,
    families: &'a [String],
    diagnostics: Vec<Diagnostic>,
    /// How many were found in the file at hand.
    in_file: usize,
}

impl Checker<'_> {
    fn article(&mut self, article: &Article) {
        article.front_texts().chain(&article.source_url).for_each(|text| self.text(text));
        for blocks in std::iter::once(&article.blocks).chain(&article.notes) {
            each_run(blocks, &mut |run| {
                let place = Place::new(&article.source, run.range.clone());
                self.characters(&run.text, &place);
            });
        }
        article.photos().filter_map(|photo| photo.credit.as_ref()).for_each(|credit| self.text(credit));
    }

    fn text(&mut self, text: &Text) {
        self.characters(&text.value, &text.place);
    }

    fn characters(&mut self, text: &str, place: &Place) {
        // The same character again in this text is looked for behind the last.
        let mut from = place.range.start;
        for character in text.chars().filter(|&c| !c.is_ascii_graphic() && c != ' ') {
            let settable = !is_control(character) && (is_invisible(character) || self.is_covered(character));
            if !settable {
                let found = place_of(character, &Place::new(&place.source, from..place.range.end));
                let is_exact = found.range.len() < place.range.end - from;
                let at = if is_exact { found } else { place.clone() };
                if is_exact {
                    from = at.range.end;
                }
                self.report(character, at);
            }
        }
    }

    fn is_covered(&mut self, character: char) -> bool {
        *self.known.entry(character).or_insert_with(|| (self.covers)(character))
    }

    /// Text for readers of the file alone: it needs no glyph, but must be text.
    fn unprinted(&mut self, text: &Text) {
        if let Some(character) = text.value.chars().find(|&c| is_control(c)) {
            self.report(character, place_of(character, &text.place));
        }
    }

    fn report(&mut self, character: char, place: Place) {
        self.in_file += 1;
        if self.in_file <= MAX_PER_FILE {
            let finding = Finding::MissingGlyph { character, fonts: self.families.to_vec() };
            self.diagnostics.push(Diagnostic::error(finding, place));
        }
    }
}

/// Characters that are no text and that PDF/A forbids: controls, the byte order mark, noncharacters.
fn is_control(character: char) -> bool {
    let is_noncharacter = u32::from(character) & 0xfffe == 0xfffe;
    character.is_control() || character == '\u{feff}' || is_noncharacter
}

/// Characters that leave no mark on the page and need no glyph.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}')
        || matches!(character, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}')
}

/// Where in the author's text a character of the NFC text stands.
fn place_of(character: char, place: &Place) -> Place {
    let text = place.text();
    let decomposed: String = character.nfd().collect();
    let found = text
        .find(character)
        .map(|at| (at, character.len_utf8()))
        .or_else(|| text.find(&decomposed).map(|at| (at, decomposed.len())));
    match found {
        Some((at, length)) => {
            let start = place.range.start + at;
            Place::new(&place.source, start..start + length)
        }
        // Written as an escape or an entity: the whole value is the place.
        None => place.clone(),
    }
}

fn unprinted_texts(issue: &Issue) -> Vec<&Text> {
    let cover = issue.manifest.cover.as_ref().and_then(|cover| cover.alt.as_ref());
    let photos = issue.articles().flat_map(Article::photos).filter_map(|photo| photo.alt.as_ref());
    issue.manifest.keywords.iter().chain(cover).chain(photos).collect()
}

/// Numbers and addresses of the manifest, which are printed beside its texts.
fn manifest_data(issue: &Issue) -> impl Iterator<Item = &Text> {
    let imprint = issue.manifest.masthead.imprint.iter();
    let addresses = imprint.flat_map(|row| [&row.email, &row.url, &row.phone]).flatten();
    issue.manifest.number.iter().chain(addresses)
}
