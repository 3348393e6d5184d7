//! From an issue to pages: the layout is found, given the issue as data, and compiled by typst.
//!
//! typst appears below this module and in `pdf`, and nowhere else.

mod ahead;
mod balance;
mod data;
mod fonts;
mod glyphs;
mod keep;
mod press;
mod printed;
mod runs;
mod spec;
mod world;

use std::sync::Arc;

pub use data::{ISSUE, LEVELS};
pub use fonts::{FaceInfo, Fonts};
use press::compile;
pub use press::{Press, Setting};
pub use printed::{Printed, printed};
pub use spec::Spec;
use typst::World as _;
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
pub use typst_layout::PagedDocument;
pub use world::BulletinWorld;

use crate::diagnostic::{Diagnostic, Location, Problem, Severity, ValueFault, nearest};
use crate::fs::IssueFolder;
use crate::issue::Issue;
use crate::photo::Prepared;
use crate::source::{Place, Source, Text};
use crate::workspace::{Files, Workspace};

/// The version of typst that sets the pages.
pub const TYPST: &str = "0.15.1";

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
}

impl Layout {
    /// Its files by the names that they have in a `layout/` of an issue: its library below `lib/`.
    pub fn as_own(&self) -> Vec<(String, &[u8])> {
        let folder = format!("layouts/{}/", self.name);
        let names = self.files.iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix(&folder).or_else(|| path.strip_prefix("layouts/"))?;
            Some((format!("layout/{name}"), bytes.as_ref()))
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
    pub bytes: Vec<u8>,
}

/// Finds a layout. `asked` is its name and where the manifest names it.
pub fn find(
    workspace: &Workspace,
    issue: Option<&IssueFolder>,
    name: &str,
    asked: Option<&Text>,
) -> Result<Layout, Diagnostic> {
    let files = workspace.layout(name, issue);
    if files.is_empty() {
        let available = workspace.layouts();
        let nearest = nearest(name, available.iter().map(String::as_str));
        let problem = Problem::LayoutMissing { name: name.to_owned(), nearest, available };
        return Err(match asked {
            Some(text) => Diagnostic::error(problem, text.place.clone()),
            None => Diagnostic::error_elsewhere(problem),
        });
    }
    let path = format!("layouts/{name}/{}", spec::FILE);
    let text = files.get(&path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let source = Source::new(path, text);
    let spec = Spec::read(&source)?;
    let own = issue.is_some_and(|issue| issue.files().iter().any(|file| file == "layout/layout.typ"));
    let fonts = Arc::new(Fonts::load(workspace, Some(&spec.fonts)));
    if let Some(family) = spec.fonts.iter().find(|family| !fonts.has_family(family)) {
        let detail = format!("font family not found: {family}");
        let problem = Problem::LayoutError { detail, hints: Vec::new(), article: None };
        return Err(Diagnostic::error(problem, Place::new(&source, 0..0)));
    }
    Ok(Layout { name: name.to_owned(), spec, files, fonts, own })
}

/// What keeps an issue from being set in this layout: colours that it does not have, characters without a glyph.
pub fn check(issue: &Issue, layout: &Layout) -> Vec<Diagnostic> {
    let mut diagnostics = check_style(&issue.manifest.style, layout);
    diagnostics.extend(glyphs::check(issue, &layout.fonts, &layout.spec.fonts));
    diagnostics
}

fn check_style(style: &[(Text, Text)], layout: &Layout) -> Vec<Diagnostic> {
    let known: Vec<_> = layout.spec.colours.iter().map(|(key, _)| key.as_str()).collect();
    let mut diagnostics = Vec::new();
    for (key, value) in style {
        if !known.contains(&key.value.as_str()) {
            let problem = Problem::UnknownKey {
                table: Some("style".to_owned()),
                belongs_on_top: false,
                key: key.value.clone(),
                nearest: nearest(&key.value, known.iter().copied()),
                known: known.iter().map(|&key| key.to_owned()).collect(),
            };
            diagnostics.push(Diagnostic::error(problem, key.place.clone()));
        } else if let Some(fault) = colour_fault(&value.value) {
            let problem = Problem::BadValue { key: format!("style.{}", key.value), fault };
            diagnostics.push(Diagnostic::error(problem, value.place.clone()));
        }
    }
    diagnostics
}

/// Why a colour cannot be one of an office: text stands on it in white, and in it on white.
fn colour_fault(text: &str) -> Option<ValueFault> {
    /// WCAG 2.1, success criterion 1.4.3.
    const READABLE: f64 = 4.5;
    let Some(colour) = spec::colour(text) else { return Some(ValueFault::NotAColour) };
    let contrast = spec::contrast_with_white(&colour);
    (contrast < READABLE).then_some(ValueFault::LowContrast { tenths: (contrast * 10.0) as u32 })
}

/// Everything that typst sees when an issue is set, but for the data: photos, attachments and the layout, by path.
pub fn project(photos: &[Prepared], attachments: &[Attachment], layout: &Layout) -> Files {
    let mut files = layout.files.clone();
    for photo in photos {
        files.insert(photo.path.trim_start_matches('/').to_owned(), photo.bytes.to_vec().into());
    }
    let main = data::main(&layout.name, !attachments.is_empty());
    files.insert("main.typ".into(), main.into_bytes().into());
    files.insert("data.typ".into(), data::READER.as_bytes().into());
    if !attachments.is_empty() {
        files.insert("attachments.json".into(), data::attachments(attachments).into_bytes().into());
        for (index, attachment) in attachments.iter().enumerate() {
            files.insert(data::attachment_path(index), attachment.bytes.clone().into());
        }
    }
    files
}

/// A finding of typst as ours: where it points into a file of the layout, that is its place.
pub(crate) fn diagnostic(
    world: &BulletinWorld,
    found: &SourceDiagnostic,
    problem: impl Fn(String, Vec<String>) -> Problem,
) -> Diagnostic {
    let hints = found.hints.iter().map(|hint| hint.v.to_string()).collect();
    let problem = problem(found.message.to_string(), hints);
    // An error deep in typst may have no place of its own: the innermost call that has one is the next best.
    let own = std::iter::once(found.span).chain(found.trace.iter().map(|point| point.span.into()));
    let place = own.into_iter().find_map(|span: typst::syntax::DiagSpan| {
        let id = span.id()?;
        let range = world.range(span)?;
        let source = world.source(id).ok()?;
        let name = world.shown_path(id.vpath().get_without_slash());
        Some(Place::new(&Source::new(name, source.text()), range))
    });
    let location = place.map_or(Location::Elsewhere, Location::Place);
    Diagnostic { severity: Severity::Error, problem, location, fix: None }
}

/// Names the article that brings the first of these errors about: the one that fails in the same way when it is
/// set alone. An error that every article brings about names none, and an issue
/// of one article has no other to tell it from. `fails` tries a world and tells its first problem.
pub fn blame(
    errors: &mut [Diagnostic],
    issue: &Issue,
    photos: &[Prepared],
    layout: &Layout,
    fails: impl Fn(&BulletinWorld) -> Option<Problem>,
) {
    let Some(wanted) = errors.first().map(|error| error.problem.clone()) else { return };
    let files = project(photos, &[], layout);
    let is_guilty = |index: usize| {
        let data = data::issue_with(issue, photos, &layout.spec, Some(index));
        let mut world = BulletinWorld::new(files.clone(), Arc::clone(&layout.fonts), layout.own);
        world.replace([(data::ISSUE, data), (data::LEVELS, data::levels(&[], &[]))]);
        fails(&world).is_some_and(|problem| problem == wanted)
    };
    let count = issue.articles().count();
    let Some(first) = (0..count).find(|&index| is_guilty(index)) else { return };
    if count == 1 || (0..count).all(|index| index <= first || is_guilty(index)) && first == 0 {
        return;
    }
    let Some(file) = issue.articles().nth(first).map(|article| article.source.name()) else { return };
    // Only what was tried is known of the article.
    for error in errors.iter_mut().filter(|error| error.problem == wanted) {
        if let Problem::LayoutError { article, .. } | Problem::PdfStandard { article, .. } = &mut error.problem {
            *article = Some(file.to_owned());
        }
        if matches!(error.location, Location::Elsewhere) {
            error.location = Location::File(file.to_owned());
        }
    }
}

/// Sets a world once, without levelling its columns, and tells its first problem, if any.
pub fn first_problem(world: &BulletinWorld, export: impl Fn(&PagedDocument) -> Option<Problem>) -> Option<Problem> {
    match compile(world) {
        Ok((document, _)) => export(&document),
        Err(errors) => errors.into_iter().next().map(|error| error.problem),
    }
}
