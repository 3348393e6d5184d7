//! What a layout is, and what it is told of an issue: plain files and plain data.
//!
//! `spec` reads its `layout.toml`; `data` writes `issue.json`, with texts as `runs` in which `nonbreaking` has found what
//! stays on one line; `glyphs` finds characters that none of its fonts has. typst is not known here: pages are set in
//! `typeset`.

mod data;
mod glyphs;
mod nonbreaking;
mod origin;
mod runs;
mod spec;

use std::sync::Arc;

pub use data::{
    ISSUE, READER as DATA_FILE, attachment_path, attachments as attachments_data, data_of_one_article,
    issue as issue_data, main as main_file,
};
pub use origin::Origin;
pub use spec::Spec;

use crate::diagnostic::{Diagnostic, Finding, LayoutError, ValueError, nearest};
use crate::fonts::Fonts;
use crate::fs::{IssueFolder, OWN_LAYOUT};
use crate::issue::Issue;
use crate::source::{Place, Source, Text};
use crate::workspace::{Files, Workspace};

/// The templates of messages in a layout, for HTML and for text.
pub const MAIL_TEMPLATES: [&str; 2] = ["mail.html", "mail.txt"];

/// The layout of an issue that names none.
pub const DEFAULT: &str = "two-column";

/// A layout, with the fonts that it may use.
#[derive(Debug, Clone)]
pub struct Layout {
    pub name: String,
    pub spec: Spec,
    pub files: Files,
    pub fonts: Arc<Fonts>,
    /// Whether the issue carries it.
    pub own: bool,
    /// Whether it brings its library along.
    pub has_library: bool,
}

impl Layout {
    /// Whether another has the same files and fonts.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.files == other.files && self.fonts.files() == other.fonts.files()
    }

    /// Its files by the names that they have in a `layout/` of an issue: its library below `lib/`.
    pub fn as_own(&self) -> Vec<(String, &[u8])> {
        // An archive holds what its pages were made with; messages are none of it.
        let is_of_mail = |name: &str| name.rsplit('/').next().is_some_and(|file| MAIL_TEMPLATES.contains(&file));
        let files = self.with_library().into_iter().filter(|(name, _)| !is_of_mail(name));
        files.map(|(name, bytes)| (format!("{OWN_LAYOUT}/{name}"), bytes)).collect()
    }

    /// Its files in one folder, its library below `lib/`: sorted.
    pub fn with_library(&self) -> Vec<(String, &[u8])> {
        let folder = format!("layouts/{}/", self.name);
        let names = self.files.iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix(&folder).or_else(|| path.strip_prefix("layouts/"))?;
            Some((name.to_owned(), bytes.as_ref()))
        });
        let mut files: Vec<_> = names.collect();
        files.sort();
        files
    }
}

impl Layout {
    /// Whether it counts the items of ordered lists itself, as layouts did before the data had their numbers: neither
    /// does it ask for these, nor does the library that it has lists from.
    pub fn counts_items(&self) -> bool {
        const LIBRARY: &str = "layouts/lib/blocks.typ";
        let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        let asks = |bytes: &[u8]| has(bytes, b".numbers");
        let library_asks = self.files.get(LIBRARY).is_some_and(|bytes| asks(bytes.as_ref()));
        let folder = format!("layouts/{}/", self.name);
        let mut own = self.files.iter().filter(|(path, _)| path.starts_with(&folder) && path.ends_with(".typ"));
        !own.any(|(_, bytes)| asks(bytes.as_ref()) || library_asks && has(bytes.as_ref(), b"lib/blocks.typ"))
    }
}

/// A file to attach to the PDF.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Name in the PDF: relative to the issue folder.
    pub name: String,
    pub mime: &'static str,
    pub bytes: Arc<Vec<u8>>,
}

/// Finds a layout. `asked` is its name and where the manifest names it.
pub fn find(
    workspace: &Workspace,
    issue: Option<&IssueFolder>,
    name: &str,
    asked: Option<&Text>,
) -> Result<Layout, Diagnostic> {
    let (files, has_library) = workspace.layout(name, issue);
    if files.is_empty() {
        let available = workspace.layouts();
        let nearest = nearest(name, available.iter().map(String::as_str));
        let finding = Finding::LayoutMissing { name: name.to_owned(), nearest, available };
        return Err(match asked {
            Some(text) => Diagnostic::error(finding, text.place.clone()),
            None => Diagnostic::error_elsewhere(finding),
        });
    }
    let path = format!("layouts/{name}/{}", spec::FILE);
    let text = files.get(&path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let source = Source::new(path, text);
    let spec = Spec::read(&source)?;
    let own = issue.is_some_and(IssueFolder::carries_layout);
    let fonts = Arc::new(Fonts::load(workspace, Some(&spec.fonts)));
    if let Some(family) = spec.fonts.iter().find(|family| !fonts.has_family(family)) {
        let error = LayoutError::FontMissing { family: family.clone() };
        let finding = Finding::LayoutError { error, article: None };
        return Err(Diagnostic::error(finding, Place::new(&source, 0..0)));
    }
    Ok(Layout { name: name.to_owned(), spec, files, fonts, own, has_library })
}

/// What keeps an issue from being set in this layout: colours that it does not have, characters without a glyph.
pub fn check(issue: &Issue, layout: &Layout) -> Vec<Diagnostic> {
    let mut diagnostics = check_style(&issue.manifest.style, layout);
    diagnostics.extend(glyphs::check(issue, &layout.spec.fonts, |character| {
        layout.fonts.covers(&layout.spec.fonts, character)
    }));
    diagnostics
}

fn check_style(style: &[(Text, Text)], layout: &Layout) -> Vec<Diagnostic> {
    let known: Vec<_> = layout.spec.colours.iter().map(|(key, _)| key.as_str()).collect();
    let mut diagnostics = Vec::new();
    for (key, value) in style {
        if !known.contains(&key.value.as_str()) {
            let finding = Finding::UnknownKey {
                table: Some("style".to_owned()),
                belongs_on_top: false,
                key: key.value.clone(),
                nearest: nearest(&key.value, known.iter().copied()),
                known: known.iter().map(|&key| key.to_owned()).collect(),
            };
            diagnostics.push(Diagnostic::error(finding, key.place.clone()));
        } else if let Some(error) = colour_error(&value.value) {
            let finding = Finding::BadValue { key: format!("style.{}", key.value), error };
            diagnostics.push(Diagnostic::error(finding, value.place.clone()));
        }
    }
    diagnostics
}

/// Why a colour cannot be one of an office: text stands on it in white, and in it on white.
fn colour_error(text: &str) -> Option<ValueError> {
    /// WCAG 2.1, success criterion 1.4.3.
    const READABLE: f64 = 4.5;
    let Some(colour) = spec::colour(text) else { return Some(ValueError::NotAColour) };
    let contrast = spec::contrast_with_white(&colour);
    (contrast < READABLE).then_some(ValueError::LowContrast { tenths: (contrast * 10.0) as u32 })
}
