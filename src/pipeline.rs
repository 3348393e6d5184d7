//! The phases of a build, in order. Each is a module of its own; none knows the next.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Found, Problem, has_errors};
use crate::fs::{IssueFolder, ReadFault};
use crate::issue::Issue;
use crate::layout::{self, Attachment, Layout, Press, Setting};
use crate::pdf::{self, Profile};
use crate::photo::{self, Prepared, Settings, Sizes};
use crate::reading::{self, Reading};
use crate::workspace::{Files, Workspace};

/// What a build is to be like.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub profile: Profile,
    /// A layout in place of the one that the manifest names.
    pub layout: Option<String>,
    /// A budget in place of the manifest's, in bytes.
    pub max_size: Option<u64>,
}

/// The budget of the `email` profile where nobody sets one, in bytes: with what mail adds to it, it fits through
/// every provider's limit.
pub const DEFAULT_MAX_SIZE: u64 = 7_000_000;

/// A finished PDF.
#[derive(Debug)]
pub struct Bulletin {
    pub pdf: Vec<u8>,
    pub pages: usize,
}

/// What came of it: the value, unless a finding is an error.
#[derive(Debug)]
pub struct Outcome<T> {
    pub value: Option<T>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Builds the PDF of an issue in memory.
pub fn build(folder: &IssueFolder, options: &Options) -> Outcome<Bulletin> {
    let mut diagnostics = Vec::new();
    let value = set(folder, options, &mut diagnostics).and_then(|set| export(&set, options, &mut diagnostics));
    Outcome { value, diagnostics }
}

/// Lays an issue out as a project of plain files that any typst can compile to the same pages.
pub fn project(folder: &IssueFolder, options: &Options) -> Outcome<Files> {
    let mut diagnostics = Vec::new();
    let value = set(folder, options, &mut diagnostics).map(|set| {
        let mut files = set.files;
        files.insert(layout::ISSUE.to_owned(), set.setting.data.into_bytes().into());
        files.extend(set.layout.fonts.files().iter().map(|(name, bytes)| (format!("fonts/{name}"), bytes.clone())));
        files
    });
    Outcome { value, diagnostics }
}

/// Lets go of what typst keeps between compilations and has not used in the last `age` of them, so that memory stays
/// flat over many issues.
pub fn forget(age: usize) {
    comemo::evict(age);
}

/// An issue whose pages are set.
struct Set {
    issue: Issue,
    layout: Layout,
    photos: Vec<Prepared>,
    files: Files,
    press: Press,
    setting: Setting,
}

/// The phases up to the pages.
fn set(folder: &IssueFolder, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Set> {
    // 1. Read the manifest and the articles.
    let read = reading::read(folder);
    diagnostics.extend(read.diagnostics);
    let Reading { issue, photos, layout: asked, texts } = read.value;

    // 2. Find the layout.
    let workspace = Workspace::of(folder);
    let manifest_asked = asked.as_ref().filter(|_| options.layout.is_none());
    let name = options.layout.as_deref().or(asked.as_ref().map(|text| text.value.as_str()));
    let layout =
        keep(layout::find(&workspace, Some(folder), name.unwrap_or(layout::DEFAULT), manifest_asked), diagnostics);

    // 3. Prepare the photos for the sizes at which the layout places them.
    let profile = options.profile;
    let settings = Settings {
        sizes: layout.as_ref().map_or_else(Sizes::default, |layout| layout.spec.sizes),
        ppi: profile.ppi(),
        keep_sources: profile.attaches_sources(),
    };
    let prepared = photo::prepare_all(folder, &photos, settings);
    diagnostics.extend(prepared.diagnostics);

    // 4. Check that the layout can set what the authors wrote. What has errors goes no further.
    let (issue, layout) = (issue?, layout?);
    diagnostics.extend(layout::check(&issue, &layout));
    if has_errors(diagnostics) {
        return None;
    }
    let photos: Vec<_> = prepared.value.into_iter().flatten().collect();

    // 5. Lay out.
    let mut attachments = Vec::new();
    if profile.attaches_sources() {
        let attached = attach(folder, texts, &photos);
        diagnostics.extend(attached.diagnostics);
        attachments = attached.value;
    }
    if has_errors(diagnostics) {
        return None;
    }
    let files = layout::project(&photos, &attachments, &layout);
    let mut press = Press::new(files.clone(), &layout);
    let setting = press.set(&issue, &photos, &layout.spec).map_err(|mut errors| {
        layout::blame(&mut errors, &issue, &photos, &layout, |world| layout::first_problem(world, |_| None));
        diagnostics.extend(errors);
    });
    let setting = setting.ok()?;
    diagnostics.extend(setting.warnings.iter().cloned());
    Some(Set { issue, layout, photos, files, press, setting })
}

/// 6. Export.
fn export(set: &Set, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Bulletin> {
    let Set { issue, layout, photos, press, setting, .. } = set;
    let exported = pdf::export(&setting.document, press.world(), issue, options.profile).map_err(|mut errors| {
        layout::blame(&mut errors, issue, photos, layout, |world| {
            layout::first_problem(world, |document| {
                let errors = pdf::export(document, world, issue, options.profile).err()?;
                errors.into_iter().next().map(|error| error.problem)
            })
        });
        diagnostics.extend(errors);
    });
    let pdf = exported.ok()?;
    if options.profile == Profile::Email {
        let budget = options.max_size.or(issue.manifest.max_size).unwrap_or(DEFAULT_MAX_SIZE);
        keep(within(budget, &pdf, photos), diagnostics)?;
    }
    Some(Bulletin { pdf, pages: setting.document.pages().len() })
}

/// The value of a step, or its finding.
fn keep<T>(result: Result<T, Diagnostic>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
}

/// Every file of the issue, to go into an archive: those that were read as they were read, and the others, such as a
/// layout of its own. PDFs are left out, for they are what issues become.
fn attach(folder: &IssueFolder, texts: Vec<(String, Vec<u8>)>, photos: &[Prepared]) -> Found<Vec<Attachment>> {
    let photos = photos.iter().filter_map(|photo| Some((photo.original.clone(), photo.source.clone()?)));
    let mut files: BTreeMap<_, _> = texts.into_iter().chain(photos).collect();
    let mut diagnostics = Vec::new();
    for name in folder.files().into_iter().filter(|name| !name.to_lowercase().ends_with(".pdf")) {
        if files.contains_key(&name) {
            continue;
        }
        match folder.read(&name, MAX_ATTACHMENT) {
            Ok(bytes) => drop(files.insert(name, bytes)),
            Err(ReadFault::File(fault)) => {
                diagnostics.push(Diagnostic::error_in_file(Problem::Unreadable { path: name.clone(), fault }, name));
            }
            // Gone since the folder was listed, or a link that leads out: no file of this issue.
            Err(ReadFault::NotFound | ReadFault::Outside) => {}
        }
    }
    let value = files.into_iter().map(|(name, bytes)| Attachment { mime: mime(&name), name, bytes }).collect();
    Found { value, diagnostics }
}

/// Largest file that goes into an archive unread, in bytes.
const MAX_ATTACHMENT: u64 = 200_000_000;

/// The media type of a file of an issue, by its name: for photos a PDF reader goes by the content anyway.
fn mime(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref() {
        Some("toml") => "application/toml",
        Some("md") => "text/markdown",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("gif") => "image/gif",
        Some("tif" | "tiff") => "image/tiff",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

fn within(budget: u64, pdf: &[u8], photos: &[Prepared]) -> Result<(), Diagnostic> {
    const SHOWN: usize = 3;
    let bytes = pdf.len() as u64;
    if bytes <= budget {
        return Ok(());
    }
    let mut heaviest: Vec<_> = photos.iter().map(|photo| (photo.original.clone(), photo.bytes.len() as u64)).collect();
    heaviest.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    heaviest.truncate(SHOWN);
    let problem = Problem::SizeBudget { bytes, budget, heaviest };
    Err(Diagnostic::error_in_file(problem, crate::fs::MANIFEST))
}
