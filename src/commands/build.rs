//! `bantin build`.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::json;

use super::confined::{self, option};
use super::pdf::{self, Built, Pdf};
use super::{Status, build_context, cache_folder, open, open_or_tell, unwritable};
use crate::build_records::{BuildRecord, BuildRecords};
use crate::cli::Build;
use crate::diagnostic::{Diagnostic, FileError};
use crate::fs::{self, Identity, IssueFolder};
use crate::guard::guarded;
use crate::lock::sha256;
use crate::progress::Progress as _;
use crate::session::{self, BuildContext, Options, Session, Threads};
use crate::terminal::{self, ProgressReporter, RelayMessage, Terminal, send};

pub(super) fn run(args: &Build, terminal: &Terminal) -> Status {
    if let Some(folder) = args.output.as_deref().filter(|path| args.issues.len() > 1 || names_a_folder(path))
        && let Err(error) = fs::make_folder(folder)
    {
        terminal.diagnostics(Path::new(""), &[unwritable(folder, error)]);
        return Status::Failed;
    }
    let progress = terminal.progress();
    if args.issues.len() > 1 {
        progress.issues(0, args.issues.len());
    }
    let run = Run {
        args,
        options: options(args),
        context: build_context(terminal, !args.no_cache, args.jobs),
        records: cache_folder()
            .filter(|_| args.issues.len() > 1)
            .map(|folder| BuildRecords::new(folder.join("builds"))),
        terminal,
        progress: &progress,
        finished: Mutex::new(0),
    };
    let jobs = run.jobs();
    let outputs = jobs.iter().filter_map(|job| job.target.as_ref().ok());
    let folders: HashSet<_> = outputs.map(|(_, output)| fs::folder_of(output)).collect();
    folders.into_iter().for_each(fs::remove_stale_temp_files);
    let ends = if jobs.len() == 1 {
        jobs.iter().map(|job| run.build_one(job, &run.context)).collect()
    } else {
        run.build_many(&jobs)
    };
    progress.end();
    if progress.is_stopped() {
        terminal.stopped();
        return Status::Stopped;
    }
    if ends.len() > 1 {
        let count = |end| ends.iter().filter(|other| **other == end).count();
        terminal.built_all(count(End::Built), count(End::Unchanged), count(End::Failed));
    }
    if ends.contains(&End::Failed) { Status::Failed } else { Status::Done }
}

/// Builds the one issue for another process of this command, within limits, and sends it the PDF.
pub(super) fn run_confined(args: &Build, terminal: &Terminal) -> Status {
    let Some(issue) = args.issues.first() else { return confined::end(Status::Failed) };
    let Some(folder) = open_or_tell(issue, terminal) else { return confined::end(Status::Failed) };
    let context = build_context(terminal, !args.no_cache, args.jobs);
    let outcome = Session::open(folder, options(args), context.clone()).build();
    if context.progress.is_stopped() {
        return confined::end(Status::Stopped);
    }
    terminal.diagnostics(issue, &outcome.diagnostics);
    let Some(bulletin) = outcome.value else { return confined::end(Status::Failed) };
    let Pdf { bytes, pages, photos } = Pdf::from(bulletin);
    send(RelayMessage::Facts, json!({ "pages": pages, "photos": photos }).to_string().as_bytes());
    confined::send_file("", &bytes);
    confined::end(Status::Done)
}

fn options(args: &Build) -> Options {
    Options { profile: args.profile, layout: args.layout.clone(), max_size: args.max_size }
}

/// How the build of an issue ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Built,
    Unchanged,
    Failed,
}

/// An issue and where its PDF goes, or why it cannot be built.
type Target = Result<(IssueFolder, PathBuf), Diagnostic>;

struct Job<'a> {
    issue: &'a Path,
    target: Target,
}

/// What every issue of a run is built with.
struct Run<'a> {
    args: &'a Build,
    options: Options,
    context: BuildContext,
    /// What PDFs were built from; only where there are many to build.
    records: Option<BuildRecords>,
    terminal: &'a Terminal,
    progress: &'a ProgressReporter,
    /// How many issues are finished; held while one says what came of it, so that two do not talk at once.
    finished: Mutex<usize>,
}

impl<'a> Run<'a> {
    fn jobs(&self) -> Vec<Job<'a>> {
        let mut outputs = HashSet::new();
        let target = |issue: &'a PathBuf| {
            let folder = open(issue)?;
            let output = output_path(self.args, &folder.name());
            // A link is what it leads to.
            let real = fs::real_path(&output).unwrap_or_else(|| output.clone());
            // Windows and macOS see no case: `a.pdf` and `A.pdf` are one file.
            let is_caseless = cfg!(any(windows, target_os = "macos"));
            let key = if is_caseless { real.to_string_lossy().to_lowercase().into() } else { real.clone() };
            if !outputs.insert(key) && !fs::is_device(&real) {
                return Err(unwritable(&output, FileError::Clash));
            }
            let is_pdf = |path: &Path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
            if folder.holds(&output) && !(is_pdf(&output) && is_pdf(&real)) {
                let error = if fs::is_file(&real) { FileError::IsInput } else { FileError::NotNamedPdf };
                return Err(unwritable(&output, error));
            }
            Ok((folder, output))
        };
        let targets: Vec<_> = self.args.issues.iter().map(target).collect();
        let targets = refuse_inputs(targets, &self.context.threads);
        self.args.issues.iter().zip(targets).map(|(issue, target)| Job { issue, target }).collect()
    }

    /// Builds issues side by side, each on threads of its own: one that waits for its threads must not start another.
    fn build_many(&self, jobs: &[Job<'_>]) -> Vec<End> {
        let cores = self.args.jobs.map_or_else(cores, usize::from);
        let workers = cores.min(jobs.len()).max(1);
        let threads = u16::try_from((cores / workers).max(1)).ok();
        let (next, ends) = (AtomicUsize::new(0), Mutex::new(vec![End::Failed; jobs.len()]));
        let work = || {
            let context = BuildContext { threads: Threads::new(threads), ..self.context.clone() };
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(job) = jobs.get(index).filter(|_| !self.progress.is_stopped()) else { break };
                let end = self.build_one(job, &context);
                ends.lock().unwrap_or_else(PoisonError::into_inner)[index] = end;
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(work);
            }
        });
        ends.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Builds an issue and says what came of it. Whatever goes wrong is an error of this issue alone.
    fn build_one(&self, job: &Job<'_>, context: &BuildContext) -> End {
        guarded(|| self.build_trusting(job, context)).unwrap_or_else(|error| {
            self.finish(|| self.terminal.diagnostics(job.issue, &[error]));
            End::Failed
        })
    }

    fn build_trusting(&self, job: &Job<'_>, context: &BuildContext) -> End {
        let (folder, output) = match &job.target {
            Ok(target) => target,
            Err(diagnostic) => {
                self.finish(|| self.terminal.diagnostics(job.issue, std::slice::from_ref(diagnostic)));
                return End::Failed;
            }
        };
        let state = folder.state();
        // Anybody may have written a layout that the issue brings along: it runs in a process of its own.
        let is_confined = folder.carries_layout();
        let open = || Session::open(folder.clone(), self.options.clone(), context.clone());
        let mut session = (!is_confined || self.records.is_some()).then(open);
        let fingerprint = self.records.as_ref().and_then(|_| session.as_ref()?.fingerprint());
        if let Some(record) = self.unchanged(output, fingerprint.as_deref()) {
            let BuildRecord { pages, bytes, sha256, .. } = &record;
            let built = terminal::Built { output, pages: *pages, bytes: *bytes, sha256, photos: None };
            self.finish(|| self.terminal.unchanged(&built));
            return End::Unchanged;
        }
        let Built { pdf, mut diagnostics, child } = match &mut session {
            Some(session) if !is_confined => Built::from(session.build()),
            _ => pdf::build_confined(job.issue, &self.confined_words(), self.terminal, self.progress),
        };
        let unstopped = pdf.filter(|_| !self.progress.is_stopped());
        let written = unstopped.and_then(|pdf| match fs::write_whole(output, &pdf.bytes) {
            Ok(()) => Some(pdf),
            Err(error) => {
                diagnostics.push(unwritable(output, error));
                None
            }
        });
        self.finish(|| {
            child.iter().for_each(|child| child.repeat(self.terminal));
            self.terminal.diagnostics(job.issue, &diagnostics);
            let Some(pdf) = written else { return End::Failed };
            // A pipe gets the PDF and nothing behind it.
            if fs::is_file(output) {
                // What changed meanwhile, and perhaps back again, may be in the PDF and not in the fingerprint.
                self.report(output, &pdf, fingerprint.filter(|_| folder.state() == state));
            }
            End::Built
        })
    }

    /// The options of this run, for a process of its own.
    fn confined_words(&self) -> Vec<OsString> {
        let mut words = pdf::option_words(&self.options, self.args.no_cache);
        words.push(option("--jobs", self.context.threads.count().clamp(1, 1024).to_string()));
        words
    }

    /// An issue says what came of it.
    fn finish<T>(&self, say: impl FnOnce() -> T) -> T {
        let mut finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        *finished += 1;
        let said = self.progress.suspend(say);
        if self.args.issues.len() > 1 {
            self.progress.issues(*finished, self.args.issues.len());
        }
        said
    }

    /// What was built the last time, if it would come out the same again.
    fn unchanged(&self, output: &Path, fingerprint: Option<&str>) -> Option<BuildRecord> {
        let record = self.records.as_ref().filter(|_| !self.args.force)?.of(output)?;
        (Some(record.fingerprint.as_str()) == fingerprint).then_some(record)
    }

    fn report(&self, output: &Path, pdf: &Pdf, fingerprint: Option<String>) {
        let (sha256, bytes, pages) = (sha256(&pdf.bytes), pdf.bytes.len() as u64, pdf.pages);
        self.terminal.built(&terminal::Built { output, pages, bytes, sha256: &sha256, photos: pdf.photos });
        if let (Some(records), Some(fingerprint)) = (&self.records, fingerprint) {
            records.keep(output, &BuildRecord { fingerprint, sha256, pages, bytes });
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Refuses outputs that are files from which any of these issues is built, by whatever name, or are no PDFs.
fn refuse_inputs(targets: Vec<Target>, threads: &Threads) -> Vec<Target> {
    let there = targets.iter().flatten().filter_map(|(_, output)| Identity::of(output)).count();
    if there == 0 {
        return targets;
    }
    // An issue that cannot even be read is told of when it is built, and written nowhere.
    let inputs =
        |folder: &IssueFolder| guarded(|| threads.run(|| session::input_identities(folder))).unwrap_or_default();
    let inputs: HashSet<_> = targets.iter().flatten().flat_map(|(folder, _)| inputs(folder)).collect();
    let judge = |target: Target| match target {
        Ok((_, output)) if Identity::of(&output).is_some_and(|identity| inputs.contains(&identity)) => {
            Err(unwritable(&output, FileError::IsInput))
        }
        // An issue that is not of this run, or anything else: only an earlier PDF gives way.
        Ok((folder, output)) => match fs::takes_pdf(&output) {
            Ok(()) => Ok((folder, output)),
            Err(error) => Err(unwritable(&output, error)),
        },
        failed => failed,
    };
    targets.into_iter().map(judge).collect()
}

/// Where the PDF of an issue goes.
fn output_path(args: &Build, name: &str) -> PathBuf {
    let file = format!("{name}.pdf");
    match &args.output {
        None => PathBuf::from(file),
        Some(path) if args.issues.len() > 1 || fs::is_folder(path) || names_a_folder(path) => path.join(file),
        Some(path) => path.clone(),
    }
}

/// Whether a path ends in a separator, and so can only be meant as a folder.
fn names_a_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with(std::path::is_separator)
}
