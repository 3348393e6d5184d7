//! The phases of a build, in order. Each is a module of its own; none knows the next.

mod sources;

use std::collections::BTreeMap;

use sources::{LAYOUT, attach, check_archive, mime, pinned_layout};
pub use sources::{fingerprint, inputs};

use crate::check;
use crate::diagnostic::{Diagnostic, Problem, has_errors};
use crate::fs::IssueFolder;
use crate::issue::{Issue, PhotoFile};
use crate::layout::{self, Attachment, Layout, Press, Setting};
use crate::limits;
use crate::lock::{self, Lock, LockedArticle, LockedFile, LockedLayout};
use crate::pdf::{self, Profile};
use crate::photo::{self, Cache, Inspected, Level, Prepared, Search, Settings, Sizes};
use crate::progress::{Progress, Unwatched};
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

/// What helps a build and changes nothing about what comes of it.
#[derive(Clone, Copy)]
pub struct Aids<'a> {
    /// Prepared photos of earlier builds.
    pub cache: Option<&'a Cache>,
    pub progress: &'a dyn Progress,
}

impl Default for Aids<'_> {
    fn default() -> Self {
        Self { cache: None, progress: &Unwatched }
    }
}

/// The budget of the `email` profile where nobody sets one, in bytes: with what mail adds to it, it fits through
/// every provider's limit.
pub const DEFAULT_MAX_SIZE: u64 = 7_000_000;

/// A finished PDF.
#[derive(Debug)]
pub struct Bulletin {
    pub pdf: Vec<u8>,
    pub pages: usize,
    /// What was done to the photos for the PDF to fit, if anything.
    pub lowered: Option<Lowered>,
    /// What an archive was made of.
    pub lock: Option<Lock>,
}

/// Photos below the best level, and what the PDF was thought to weigh with them, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lowered {
    pub level: Level,
    pub estimate: u64,
}

/// What came of it: the value, unless a finding is an error or the work was stopped.
#[derive(Debug)]
pub struct Outcome<T> {
    pub value: Option<T>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Builds the PDF of an issue in memory.
pub fn build(folder: &IssueFolder, options: &Options, aids: Aids<'_>) -> Outcome<Bulletin> {
    make(folder, options, aids, |ready, diagnostics| {
        let set = ready.set(ready.photos.clone(), diagnostics)?;
        let pdf = set.export(diagnostics)?;
        let budget = options.max_size.or(ready.issue.manifest.max_size).unwrap_or(DEFAULT_MAX_SIZE);
        if options.profile == Profile::Email && pdf.len() as u64 > budget {
            return ready.within(budget, &pdf, diagnostics);
        }
        if options.profile.attaches_sources()
            && let Some(problem) = check_archive(&pdf, &ready.attachments, set.lock.as_ref())
        {
            diagnostics.push(problem);
            return None;
        }
        Some(Bulletin { pdf, pages: set.pages(), lowered: None, lock: set.lock })
    })
}

/// Everything that is found in an issue without making a PDF of it.
pub fn check(folder: &IssueFolder) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let looked = look(folder, &Options::default(), &mut diagnostics);
    diagnostics.extend(looked.findings(folder, !has_errors(&diagnostics)));
    diagnostics
}

/// Lays an issue out as a project of plain files that any typst can compile to the same pages.
pub fn project(folder: &IssueFolder, options: &Options, aids: Aids<'_>) -> Outcome<Files> {
    make(folder, options, aids, |ready, diagnostics| {
        let set = ready.set(ready.photos.clone(), diagnostics)?;
        let mut files = set.files;
        files.insert(layout::ISSUE.to_owned(), set.setting.issue.into_bytes().into());
        files.insert(layout::LEVELS.to_owned(), set.setting.levels.into_bytes().into());
        files.extend(ready.layout.fonts.files().iter().map(|(name, bytes)| (format!("fonts/{name}"), bytes.clone())));
        Some(files)
    })
}

/// Reads an issue and makes something of it, while another thread looks for what the eye misses.
fn make<T: Send>(
    folder: &IssueFolder,
    options: &Options,
    aids: Aids<'_>,
    work: impl FnOnce(&Ready<'_>, &mut Vec<Diagnostic>) -> Option<T> + Send,
) -> Outcome<T> {
    let mut diagnostics = Vec::new();
    let looked = look(folder, options, &mut diagnostics);
    let is_sound = !has_errors(&diagnostics);
    let make = || {
        let mut diagnostics = Vec::new();
        let ready = prepare(folder, &looked, is_sound, options.profile, aids, &mut diagnostics);
        (ready.and_then(|ready| work(&ready, &mut diagnostics)), diagnostics)
    };
    let ((value, made), found) = rayon::join(make, || looked.findings(folder, is_sound));
    let value = value.filter(|_| !has_errors(&found));
    diagnostics.extend(found);
    diagnostics.extend(made);
    Outcome { value, diagnostics }
}

/// Lets go of what typst keeps between compilations and has not used in the last `age` of them, so that memory stays
/// flat over many issues.
pub fn forget(age: usize) {
    comemo::evict(age);
}

/// An issue that is read, sound and ready to be set.
struct Ready<'a> {
    folder: &'a IssueFolder,
    profile: Profile,
    aids: Aids<'a>,
    issue: &'a Issue,
    layout: &'a Layout,
    files: &'a [PhotoFile],
    inspected: &'a [Option<Inspected>],
    /// The photos at the best level.
    photos: Vec<Prepared>,
    attachments: Vec<Attachment>,
}

/// What is known of an issue before anything is made of it.
struct Looked {
    issue: Option<Issue>,
    layout: Option<Layout>,
    files: Vec<PhotoFile>,
    inspected: Vec<Option<Inspected>>,
    texts: Vec<(String, Vec<u8>)>,
}

/// The phases that only look.
fn look(folder: &IssueFolder, options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Looked {
    // 1. Read the manifest and the articles.
    let read = reading::read(folder);
    diagnostics.extend(read.diagnostics);
    let Reading { issue, photos: files, layout: asked, texts } = read.value;

    // 2. Find the layout.
    let workspace = Workspace::of(folder);
    let forced = options.layout.clone().or_else(|| pinned_layout(folder));
    let manifest_asked = asked.as_ref().filter(|_| forced.is_none());
    let name = forced.as_deref().or(asked.as_ref().map(|text| text.value.as_str()));
    let layout =
        keep(layout::find(&workspace, Some(folder), name.unwrap_or(layout::DEFAULT), manifest_asked), diagnostics);

    // 3. Look at the photos, and at what the layout cannot set.
    let inspected = photo::inspect_all(folder, &files);
    diagnostics.extend(inspected.diagnostics);
    let inspected = inspected.value;
    let both = issue.as_ref().zip(layout.as_ref());
    diagnostics.extend(both.map(|(issue, layout)| layout::check(issue, layout)).unwrap_or_default());
    Looked { issue, layout, files, inspected, texts }
}

impl Looked {
    /// How large the layout places photos.
    fn sizes(&self) -> Sizes {
        self.layout.as_ref().map_or_else(Sizes::default, |layout| layout.spec.sizes)
    }

    /// What the eye misses. In an issue with errors, files that no article names say nothing.
    fn findings(&self, folder: &IssueFolder, is_sound: bool) -> Vec<Diagnostic> {
        let Some(issue) = &self.issue else { return Vec::new() };
        let mut found = if is_sound { check::unlisted(issue, folder) } else { Vec::new() };
        found.extend(check::texts(issue));
        found.extend(check::list_numbers(issue, self.layout.as_ref().is_some_and(Layout::counts_items)));
        found.extend(check::articles(issue));
        found.extend(check::photos(issue, folder, &self.files, &self.inspected, &self.sizes()));
        found
    }
}

/// The phases from there up to the pages, for an issue that is sound so far.
fn prepare<'a>(
    folder: &'a IssueFolder,
    looked: &'a Looked,
    is_sound: bool,
    profile: Profile,
    aids: Aids<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Ready<'a>> {
    let Looked { files, inspected, texts, .. } = looked;

    // 4. Prepare the photos for the sizes at which the layout places them.
    let settings = Settings { sizes: looked.sizes(), level: profile.level(), cache: aids.cache };
    let prepared = photo::prepare_all(folder, files, inspected, settings, aids.progress);
    diagnostics.extend(prepared.diagnostics);
    if aids.progress.is_stopped() {
        return None;
    }

    // What has errors goes no further.
    let (issue, layout) = (looked.issue.as_ref()?, looked.layout.as_ref()?);
    if !is_sound || has_errors(diagnostics) {
        return None;
    }
    let photos: Vec<_> = prepared.value.into_iter().flatten().collect();
    let mut attachments = Vec::new();
    if profile.attaches_sources() {
        let attached = attach(folder, texts, files, inspected, layout);
        diagnostics.extend(attached.diagnostics);
        attachments = attached.value;
    }
    if has_errors(diagnostics) {
        return None;
    }
    Some(Ready { folder, profile, aids, issue, layout, files, inspected, photos, attachments })
}

impl Ready<'_> {
    /// 5. Lays out, with these photos.
    fn set(&self, photos: Vec<Prepared>, diagnostics: &mut Vec<Diagnostic>) -> Option<Set<'_>> {
        let _running = limits::running(self.weight());
        let (files, press, setting) = self.press(&photos, &self.attachments, diagnostics)?;
        if !self.profile.attaches_sources() {
            diagnostics.extend(setting.warnings.iter().cloned());
            return Some(Set { ready: self, photos, files, press, setting, lock: None });
        }
        // What the pages say is known once they are set, and goes with them.
        let lock = self.lock(&setting);
        let file =
            Attachment { name: lock::FILE.to_owned(), mime: mime(lock::FILE), bytes: lock.to_toml().into_bytes() };
        let attachments = [&self.attachments[..], &[file]].concat();
        let (files, press, setting) = self.press(&photos, &attachments, diagnostics)?;
        diagnostics.extend(setting.warnings.iter().cloned());
        Some(Set { ready: self, photos, files, press, setting, lock: Some(lock) })
    }

    /// The bytes of all that goes into the PDF.
    fn weight(&self) -> u64 {
        photo::weight(&self.photos) + self.attachments.iter().map(|file| file.bytes.len() as u64).sum::<u64>()
    }

    fn press(
        &self,
        photos: &[Prepared],
        attachments: &[Attachment],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Files, Press, Setting)> {
        let Self { issue, layout, .. } = self;
        let files = layout::project(photos, attachments, layout);
        let mut press = Press::new(files.clone(), layout);
        let setting = press.set(issue, photos, &layout.spec).map_err(|mut errors| {
            layout::blame(&mut errors, issue, photos, layout, |world| layout::first_problem(world, |_| None));
            diagnostics.extend(errors);
        });
        let setting = setting.ok().filter(|_| !self.aids.progress.is_stopped())?;
        Some((files, press, setting))
    }

    /// What the archive is made of, and what its pages say.
    fn lock(&self, setting: &Setting) -> Lock {
        let Self { issue, layout, attachments, .. } = self;
        let own = layout.as_own();
        let sha256 = lock::sha256_of_files(own.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
        let mut lock = Lock::new(layout::TYPST, LockedLayout { name: layout.name.clone(), sha256 });
        lock.pages = setting.document.pages().len();
        lock.fonts = layout.fonts.files().iter().map(|(name, bytes)| LockedFile::of(name, bytes)).collect();
        let inputs = attachments.iter().filter(|file| !file.name.starts_with(LAYOUT));
        lock.inputs = inputs.map(|file| LockedFile::of(&file.name, &file.bytes)).collect();
        let printed = layout::printed(&setting.document, issue.articles().count());
        let articles = issue.articles().zip(printed).map(|(article, printed)| LockedArticle {
            path: article.source.name().to_owned(),
            page: printed.page,
            sha256: lock::sha256(printed.text.as_bytes()),
        });
        lock.articles = articles.collect();
        lock
    }

    /// Builds within a budget that a PDF with the best photos exceeds, with photos that are as good as can be.
    fn within(&self, budget: u64, best: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Option<Bulletin> {
        let weight = photo::weight(&self.photos);
        let text = best.len() as u64 - weight.min(best.len() as u64);
        let mut search = Search::new(budget.saturating_sub(text), weight);
        let mut tried = BTreeMap::from([(0, self.photos.clone())]);
        while let Some(step) = search.next() {
            let photos = self.prepare(step, diagnostics)?;
            search.weighed(step, photo::weight(&photos));
            tried.insert(step, photos);
        }
        let Some(mut step) = search.found() else {
            let (_, lowest) = tried.pop_last()?;
            diagnostics.push(over_budget(text + photo::weight(&lowest), budget, &lowest));
            return None;
        };
        // The pages may be set a little differently with other photos, and weigh a few bytes more.
        loop {
            let photos = match tried.remove(&step) {
                Some(photos) => photos,
                None => self.prepare(step, diagnostics)?,
            };
            let estimate = text + photo::weight(&photos);
            let set = self.set(photos, diagnostics)?;
            let pdf = set.export(diagnostics)?;
            if pdf.len() as u64 <= budget {
                let lowered = Some(Lowered { level: photo::level(step), estimate });
                return Some(Bulletin { pdf, pages: set.pages(), lowered, lock: None });
            }
            if step == photo::STEPS {
                diagnostics.push(over_budget(pdf.len() as u64, budget, &set.photos));
                return None;
            }
            step += 1;
        }
    }

    /// The photos so many steps below the best level.
    fn prepare(&self, step: u32, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Prepared>> {
        let level = photo::level(step);
        let settings = Settings { sizes: self.layout.spec.sizes, level, cache: self.aids.cache };
        let prepared = photo::prepare_all(self.folder, self.files, self.inspected, settings, self.aids.progress);
        diagnostics.extend(prepared.diagnostics);
        prepared.value.into_iter().collect()
    }
}

/// An issue whose pages are set.
struct Set<'a> {
    ready: &'a Ready<'a>,
    photos: Vec<Prepared>,
    files: Files,
    press: Press,
    setting: Setting,
    lock: Option<Lock>,
}

impl Set<'_> {
    fn pages(&self) -> usize {
        self.setting.document.pages().len()
    }

    /// 6. Exports.
    fn export(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
        let Ready { issue, layout, profile, .. } = self.ready;
        let _running = limits::running(self.ready.weight());
        let exported = pdf::export(&self.setting.document, self.press.world(), issue, *profile);
        exported
            .map_err(|mut errors| {
                layout::blame(&mut errors, issue, &self.photos, layout, |world| {
                    layout::first_problem(world, |document| {
                        let errors = pdf::export(document, world, issue, *profile).err()?;
                        errors.into_iter().next().map(|error| error.problem)
                    })
                });
                diagnostics.extend(errors);
            })
            .ok()
    }
}

/// The value of a step, or its finding.
fn keep<T>(result: Result<T, Diagnostic>, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|diagnostic| diagnostics.push(diagnostic)).ok()
}

/// What an e-mail PDF weighs even with the lowest photos, in bytes, and which of them weigh most.
fn over_budget(bytes: u64, budget: u64, photos: &[Prepared]) -> Diagnostic {
    const SHOWN: usize = 3;
    let mut heaviest: Vec<_> = photos.iter().map(|photo| (photo.original.clone(), photo.bytes.len() as u64)).collect();
    heaviest.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    heaviest.truncate(SHOWN);
    Diagnostic::error_in_file(Problem::SizeBudget { bytes, budget, heaviest }, crate::fs::MANIFEST)
}
