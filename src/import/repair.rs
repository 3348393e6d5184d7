//! What would keep the new files from being built is mended, and told.

use super::Import;
use super::document::{Doubt, DoubtKind};
use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::photo::stand_in;

/// What is printed for a sign that no font has.
const UNKNOWN: char = '?';

impl Import {
    /// Mends what these errors say of the new files: photos that cannot be printed become stand-ins, signs that no font
    /// has become question marks. Whether anything was mended.
    pub fn repair(&mut self, diagnostics: &[Diagnostic]) -> bool {
        let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
        let mut is_mended = false;
        for error in errors {
            is_mended |= match &error.finding {
                Finding::PhotoUnreadable { path, .. } | Finding::PhotoTooLarge { path, .. } => self.replace_photo(path),
                Finding::MissingGlyph { character, .. } => self.replace_sign(*character),
                _ => false,
            };
        }
        is_mended
    }

    fn replace_photo(&mut self, path: &str) -> bool {
        let Some(at) = self.files.photos.iter().position(|(name, _)| name == path) else { return false };
        let number = (1..).find(|number| self.files.photos.iter().all(|(name, _)| *name != name_of(*number)));
        let name = name_of(number.unwrap_or(0));
        self.files.photos[at] = (name.clone(), stand_in::DRAWING.as_bytes().to_vec());
        self.files.stand_ins += 1;
        for (article, text) in &mut self.files.articles {
            if text.contains(path) {
                *text = text.replace(path, &name);
                let doubt = Doubt { kind: DoubtKind::PictureDamaged, about: name.clone() };
                self.files.doubts.push((Some(article.clone()), doubt));
            }
        }
        true
    }

    fn replace_sign(&mut self, sign: char) -> bool {
        let is_known = |c: char| c != sign;
        let mut is_mended = false;
        let texts = self.files.articles.iter_mut().map(|(path, text)| (Some(path.clone()), text));
        for (path, text) in texts.chain([(None, &mut self.files.manifest)]) {
            if text.chars().all(is_known) {
                continue;
            }
            let around: String = text.split(sign).next().map(last_words).unwrap_or_default();
            *text = text.replace(sign, &UNKNOWN.to_string());
            is_mended = true;
            let about = format!("{around}{UNKNOWN}");
            self.files.doubts.push((path, Doubt { kind: DoubtKind::Signs, about }));
        }
        is_mended
    }
}

fn name_of(number: usize) -> String {
    format!("photos/thieu-anh-{number}.svg")
}

/// The last few letters of the line before a sign, to find it by.
fn last_words(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let skipped = line.chars().count().saturating_sub(24);
    line.chars().skip(skipped).collect()
}
