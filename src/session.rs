//! An issue that is opened once and kept: read, checked, laid out and built as often as anybody likes.
//!
//! [`Session::open`] reads the issue and finds its layout; [`Session::refresh`] reads what has changed since. From there
//! [`check`](Session::check), [`pages`](Session::pages), [`project`](Session::project) and [`build`](Session::build) make
//! what is asked for, and leave what they made to be used again. What comes of a session depends on the issue alone, not
//! on what the session did before.
//!
//! The phases of a build: `inputs` reads; `photos` are prepared for their places; `typeset` lays out; `pdf` exports;
//! `budget` lowers the photos of a PDF that is too large. `files` is what an archive keeps.

mod budget;
mod context;
mod files;
mod inputs;
mod photos;

use std::sync::Arc;

pub use budget::DEFAULT_MAX_SIZE;
pub use context::{BuildContext, Options, Threads, TypesettingMemory, forget};
pub use files::input_identities;
use files::{attach, check_archive, fingerprint, locked};
pub use inputs::Changes;
use inputs::Inputs;
use photos::PreparedPhotos;

use crate::diagnostic::{Diagnostic, Finding, has_errors};
use crate::fs::IssueFolder;
use crate::issue::{Issue, PhotoFile};
use crate::layout::{Attachment, Layout};
use crate::limits;
use crate::lock::Lock;
use crate::pdf::{self, Profile};
use crate::photo::{self, Level, Prepared};
use crate::typeset::{self, LaidOut, Typesetter};
use crate::workspace::Files;

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

/// An issue that is kept open.
pub struct Session {
    folder: IssueFolder,
    options: Options,
    context: BuildContext,
    inputs: Inputs,
    photos: PreparedPhotos,
    typesetter: Option<Typesetter>,
}

impl Session {
    /// Reads an issue. What is wrong with it is told by [`check`](Self::check) and the others.
    pub fn open(folder: IssueFolder, options: Options, context: BuildContext) -> Self {
        let inputs = context.threads.run(|| Inputs::read(&folder, &options, None));
        Self { folder, options, context, inputs, photos: PreparedPhotos::default(), typesetter: None }
    }

    /// Reads what has changed in the folder since it was read before, and tells what that is.
    pub fn refresh(&mut self) -> Changes {
        let Self { folder, options, context, inputs, .. } = self;
        let now = context.threads.run(|| Inputs::read(folder, options, Some(inputs)));
        let changes = now.changes_since(&self.inputs);
        self.inputs = now;
        changes
    }

    /// The issue as it was read; `None` where there is no manifest.
    pub fn issue(&self) -> Option<&Issue> {
        self.inputs.issue.as_ref()
    }

    /// The layout of the issue; `None` where it cannot be found or read.
    pub fn layout(&self) -> Option<&Layout> {
        self.inputs.layout.as_deref()
    }

    /// The photos that it calls for, each once, in order of first call.
    pub fn photo_files(&self) -> &[PhotoFile] {
        &self.inputs.photos
    }

    /// What an e-mail PDF may weigh, in bytes.
    pub fn budget(&self) -> u64 {
        budget::of(&self.options, self.issue())
    }

    /// The folder of the issue.
    pub fn folder(&self) -> &IssueFolder {
        &self.folder
    }

    /// Everything that is found in the issue without making a PDF of it.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut diagnostics = self.inputs.diagnostics.clone();
        diagnostics.extend(self.lints());
        self.inputs.leave_out_ignored(&mut diagnostics);
        diagnostics
    }

    /// The warnings about its texts and photos.
    pub fn lints(&self) -> Vec<Diagnostic> {
        self.context.threads.run(|| self.inputs.lints(&self.folder))
    }

    /// What a PDF of this issue depends on, in one hash: the texts and photos that the issue calls for, for an archive
    /// every file that goes into it, the layout, the fonts, the options and the versions of bantin and typst. `None`
    /// where it cannot be told, for something is missing.
    pub fn fingerprint(&self) -> Option<String> {
        self.context.threads.run(|| fingerprint(&self.folder, &self.options, &self.inputs))
    }

    /// The pages, with photos at their best. Lints are left to [`check`](Self::check): who looks at pages while writing
    /// waits for these alone.
    pub fn pages(&mut self) -> Outcome<LaidOut> {
        let Self { folder, options, context, inputs, photos, typesetter } = self;
        let mut diagnostics = inputs.diagnostics.clone();
        let value = context.threads.run(|| {
            let mut job = Job::prepare(folder, options, context, inputs, photos, typesetter, &mut diagnostics)?;
            Some(job.lay_out_best(&mut diagnostics)?.0)
        });
        context.memory.built();
        inputs.leave_out_ignored(&mut diagnostics);
        Outcome { value, diagnostics }
    }

    /// The pages as a project of plain files that any typst can compile to the same pages.
    pub fn project(&mut self) -> Outcome<Files> {
        self.run_with_lints(|job, diagnostics| {
            job.lay_out_best(diagnostics)?;
            let mut files = job.typesetter.files();
            let fonts = job.layout.fonts.files().iter();
            files.extend(fonts.map(|(name, bytes)| (format!("fonts/{name}"), bytes.clone())));
            Some(files)
        })
    }

    /// The PDF.
    pub fn build(&mut self) -> Outcome<Bulletin> {
        self.run_with_lints(|job, diagnostics| job.build(diagnostics))
    }

    /// Makes something of the issue, while another thread looks for its warnings.
    fn run_with_lints<T: Send>(
        &mut self,
        work: impl FnOnce(&mut Job<'_>, &mut Vec<Diagnostic>) -> Option<T> + Send,
    ) -> Outcome<T> {
        let Self { folder, options, context, inputs, photos, typesetter } = self;
        let run = || {
            let mut diagnostics = Vec::new();
            let job = Job::prepare(folder, options, context, inputs, photos, typesetter, &mut diagnostics);
            let value = job.and_then(|mut job| work(&mut job, &mut diagnostics));
            (value, diagnostics)
        };
        let ((value, made), found) = context.threads.run(|| rayon::join(run, || inputs.lints(folder)));
        context.memory.built();
        let value = value.filter(|_| !has_errors(&found));
        let mut diagnostics = inputs.diagnostics.clone();
        diagnostics.extend(found);
        diagnostics.extend(made);
        inputs.leave_out_ignored(&mut diagnostics);
        Outcome { value, diagnostics }
    }
}

/// An issue without errors, with its photos prepared, and the typesetter that lays it out.
struct Job<'a> {
    folder: &'a IssueFolder,
    options: &'a Options,
    context: &'a BuildContext,
    inputs: &'a Inputs,
    issue: &'a Issue,
    layout: &'a Arc<Layout>,
    prepared: &'a mut PreparedPhotos,
    typesetter: &'a mut Typesetter,
    /// The photos at the best level.
    photos: Vec<Prepared>,
    attachments: Vec<Attachment>,
}

impl<'a> Job<'a> {
    /// Prepares the photos of an issue that is sound so far.
    fn prepare(
        folder: &'a IssueFolder,
        options: &'a Options,
        context: &'a BuildContext,
        inputs: &'a Inputs,
        prepared: &'a mut PreparedPhotos,
        typesetter: &'a mut Option<Typesetter>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        // Photos that cannot be prepared are found in an issue with other errors, too.
        let found = prepared.at_level(options.profile.level(), folder, inputs, context);
        let photos = found.value;
        diagnostics.extend(found.diagnostics);
        if context.progress.is_stopped() {
            return None;
        }
        let (issue, layout) = (inputs.issue.as_ref()?, inputs.layout.as_ref()?);
        if !inputs.is_sound() || has_errors(diagnostics) {
            return None;
        }
        let mut attachments = Vec::new();
        if options.profile.attaches_sources() {
            let attached = attach(folder, inputs, layout);
            diagnostics.extend(attached.diagnostics);
            attachments = attached.value;
        }
        if has_errors(diagnostics) {
            return None;
        }
        // Another layout needs another typesetter.
        if !typesetter.as_ref().is_some_and(|typesetter| Arc::ptr_eq(typesetter.layout(), layout)) {
            *typesetter = None;
        }
        let typesetter = typesetter.get_or_insert_with(|| Typesetter::new(layout));
        Some(Self {
            folder,
            options,
            context,
            inputs,
            issue,
            layout,
            prepared,
            typesetter,
            photos: photos?,
            attachments,
        })
    }

    fn build(&mut self, diagnostics: &mut Vec<Diagnostic>) -> Option<Bulletin> {
        let (laid_out, lock) = self.lay_out_best(diagnostics)?;
        let pdf = self.export(&laid_out, diagnostics)?;
        let budget = budget::of(self.options, Some(self.issue));
        if self.options.profile == Profile::Email && pdf.len() as u64 > budget {
            return self.fit(budget, &pdf, &laid_out, diagnostics);
        }
        if lock.is_some()
            && let Some(error) = check_archive(&pdf, &self.attachments)
        {
            diagnostics.push(error);
            return None;
        }
        Some(Bulletin { pdf, pages: laid_out.pages(), lowered: None, lock })
    }

    /// Lays out with the photos at their best. An archive is laid out twice: what its pages say is known once they are
    /// there, and goes with them.
    fn lay_out_best(&mut self, diagnostics: &mut Vec<Diagnostic>) -> Option<(LaidOut, Option<Lock>)> {
        let photos = std::mem::take(&mut self.photos);
        let mut laid_out = self.lay_out(&photos, diagnostics)?;
        let mut lock = None;
        if self.options.profile.attaches_sources() {
            let (made_of, file) = locked(self.issue, self.layout, &self.attachments, &laid_out);
            self.attachments.push(file);
            laid_out = self.lay_out(&photos, diagnostics)?;
            lock = Some(made_of);
        }
        self.photos = photos;
        diagnostics.extend(laid_out.warnings.iter().cloned());
        Some((laid_out, lock))
    }

    /// Lays out with these photos.
    fn lay_out(&mut self, photos: &[Prepared], diagnostics: &mut Vec<Diagnostic>) -> Option<LaidOut> {
        let _running = limits::running(self.weight(photos));
        let laid_out = self.typesetter.lay_out(self.issue, photos, &self.attachments);
        let laid_out = laid_out.map_err(|mut errors| {
            typeset::attribute_to_article(&mut errors, self.issue, photos, self.layout, |_, _| None);
            diagnostics.extend(errors);
        });
        laid_out.ok().filter(|_| !self.context.progress.is_stopped())
    }

    /// The PDF of pages that the typesetter has laid out at last.
    fn export(&self, laid_out: &LaidOut, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
        let _running = limits::running(self.weight(&self.photos));
        let export = |document: &_, world: &_| pdf::export(document, world, self.issue, self.options.profile);
        let exported = export(&laid_out.document, self.typesetter.world()).map_err(|mut errors| {
            let first_error = |world: &_, document: &_| -> Option<Finding> {
                Some(export(document, world).err()?.into_iter().next()?.finding)
            };
            typeset::attribute_to_article(&mut errors, self.issue, &self.photos, self.layout, first_error);
            diagnostics.extend(errors);
        });
        exported.ok()
    }

    /// The bytes of all that goes into the PDF.
    fn weight(&self, photos: &[Prepared]) -> u64 {
        photo::weight(photos) + self.attachments.iter().map(|file| file.bytes.len() as u64).sum::<u64>()
    }
}
