//! `bantin build`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Status, cache_folder, guarded, in_pool, open, photo_cache, unwritable};
use crate::cli::Build;
use crate::diagnostic::{Diagnostic, FileFault};
use crate::fs::{self, IssueFolder};
use crate::lock::sha256;
use crate::pipeline::{self, Aids, Bulletin, Options};
use crate::progress::Progress as _;
use crate::stamps::{Stamp, Stamps};
use crate::terminal::{Built, Terminal, Watch};

/// After how many issues typst's caches are gone through. All threads stand still meanwhile, so that after each one two
/// would be no faster than one; more takes memory for nothing.
const FORGET_EVERY: usize = 8;

/// How many such rounds what is not used outlives.
const CACHE_AGE: usize = 1;

pub fn run(args: &Build, terminal: &Terminal) -> Status {
    if let Some(folder) = args.output.as_deref().filter(|path| args.issues.len() > 1 || names_a_folder(path))
        && let Err(fault) = fs::make_folder(folder)
    {
        terminal.diagnostics(Path::new(""), &[unwritable(folder, fault)]);
        return Status::Failed;
    }
    let (watch, cache) = (terminal.watch(), photo_cache(!args.no_cache));
    if args.issues.len() > 1 {
        watch.issues(0, args.issues.len());
    }
    let run = Run {
        args,
        options: Options { profile: args.profile, layout: args.layout.clone(), max_size: args.max_size },
        aids: Aids { cache: cache.as_ref(), progress: &watch },
        watch: &watch,
        stamps: cache_folder().filter(|_| args.issues.len() > 1).map(|folder| Stamps::new(folder.join("builds"))),
        terminal,
        finished: Mutex::new(0),
    };
    let jobs = run.jobs();
    let outputs = jobs.iter().filter_map(|job| job.target.as_ref().ok());
    let folders: HashSet<_> = outputs.map(|(_, output)| fs::folder_of(output)).collect();
    folders.into_iter().for_each(fs::sweep);
    let ends = if jobs.len() == 1 {
        in_pool(args.jobs, || jobs.iter().map(|job| run.build_one(job)).collect())
    } else {
        run.build_many(&jobs)
    };
    watch.end();
    if watch.is_stopped() {
        terminal.stopped();
        return Status::Stopped;
    }
    if ends.len() > 1 {
        let count = |end| ends.iter().filter(|other| **other == end).count();
        terminal.built_all(count(End::Built), count(End::Unchanged), count(End::Failed));
    }
    if ends.contains(&End::Failed) { Status::Failed } else { Status::Done }
}

/// How the build of an issue ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Built,
    Unchanged,
    Failed,
}

/// An issue and where its PDF goes, or why it cannot be built.
struct Job<'a> {
    issue: &'a Path,
    target: Result<(IssueFolder, PathBuf), Diagnostic>,
}

/// What every issue of a run is built with.
struct Run<'a> {
    args: &'a Build,
    options: Options,
    aids: Aids<'a>,
    /// What PDFs were built from; only where there are many to build.
    stamps: Option<Stamps>,
    terminal: &'a Terminal,
    watch: &'a Watch,
    /// How many issues are finished; held while one says what came of it, so that two do not talk at once.
    finished: Mutex<usize>,
}

impl<'a> Run<'a> {
    fn jobs(&self) -> Vec<Job<'a>> {
        let mut outputs = HashSet::new();
        let target = |issue: &'a PathBuf| {
            let folder = open(issue)?;
            let output = output_path(self.args, &folder.name());
            if !outputs.insert(output.clone()) {
                return Err(unwritable(&output, FileFault::Clash));
            }
            if folder.holds(&output) && output.extension().is_none_or(|extension| extension != "pdf") {
                return Err(unwritable(&output, FileFault::IsInput));
            }
            Ok((folder, output))
        };
        let targets: Vec<_> = self.args.issues.iter().map(target).collect();
        self.args.issues.iter().zip(targets).map(|(issue, target)| Job { issue, target }).collect()
    }

    /// Builds issues side by side, each on threads of its own: one that waits for its threads must not start another.
    fn build_many(&self, jobs: &[Job<'_>]) -> Vec<End> {
        let cores = self.args.jobs.map_or_else(cores, usize::from);
        let workers = cores.min(jobs.len()).max(1);
        let threads = u16::try_from((cores / workers).max(1)).ok();
        let (next, ends) = (AtomicUsize::new(0), Mutex::new(vec![End::Failed; jobs.len()]));
        let work = || {
            in_pool(threads, || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(index).filter(|_| !self.aids.progress.is_stopped()) else { break };
                    let end = self.build_one(job);
                    ends.lock().unwrap_or_else(PoisonError::into_inner)[index] = end;
                    if index % FORGET_EVERY == FORGET_EVERY - 1 {
                        pipeline::forget(CACHE_AGE);
                    }
                }
            });
        };
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(work);
            }
        });
        ends.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Builds an issue and says what came of it. Whatever goes wrong is an error of this issue alone.
    fn build_one(&self, job: &Job<'_>) -> End {
        guarded(|| self.build_trusting(job)).unwrap_or_else(|error| {
            self.finish(|| self.terminal.diagnostics(job.issue, &[error]));
            End::Failed
        })
    }

    fn build_trusting(&self, job: &Job<'_>) -> End {
        let (folder, output) = match &job.target {
            Ok(target) => target,
            Err(diagnostic) => {
                self.finish(|| self.terminal.diagnostics(job.issue, std::slice::from_ref(diagnostic)));
                return End::Failed;
            }
        };
        let state = folder.state();
        let fingerprint = self.stamps.as_ref().and_then(|_| pipeline::fingerprint(folder, &self.options));
        if let Some(stamp) = self.unchanged(output, fingerprint.as_deref()) {
            let Stamp { pages, bytes, sha256, .. } = &stamp;
            let built = Built { output, pages: *pages, bytes: *bytes, sha256, photos: None };
            self.finish(|| self.terminal.unchanged(&built));
            return End::Unchanged;
        }
        let outcome = pipeline::build(folder, &self.options, self.aids);
        let mut diagnostics = outcome.diagnostics;
        let unstopped = outcome.value.filter(|_| !self.aids.progress.is_stopped());
        let written = unstopped.and_then(|bulletin| match fs::write_whole(output, &bulletin.pdf) {
            Ok(()) => Some(bulletin),
            Err(fault) => {
                diagnostics.push(unwritable(output, fault));
                None
            }
        });
        self.finish(|| {
            self.terminal.diagnostics(job.issue, &diagnostics);
            let Some(bulletin) = written else { return End::Failed };
            // A pipe gets the PDF and nothing behind it.
            if fs::is_file(output) {
                // What changed meanwhile, and perhaps back again, may be in the PDF and not in the fingerprint.
                self.report(output, &bulletin, fingerprint.filter(|_| folder.state() == state));
            }
            End::Built
        })
    }

    /// An issue says what came of it.
    fn finish<T>(&self, say: impl FnOnce() -> T) -> T {
        let mut finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        *finished += 1;
        let said = self.watch.aside(say);
        if self.args.issues.len() > 1 {
            self.watch.issues(*finished, self.args.issues.len());
        }
        said
    }

    /// What was built the last time, if it would come out the same again.
    fn unchanged(&self, output: &Path, fingerprint: Option<&str>) -> Option<Stamp> {
        let stamp = self.stamps.as_ref().filter(|_| !self.args.force)?.of(output)?;
        (Some(stamp.fingerprint.as_str()) == fingerprint).then_some(stamp)
    }

    fn report(&self, output: &Path, bulletin: &Bulletin, fingerprint: Option<String>) {
        let (sha256, bytes) = (sha256(&bulletin.pdf), bulletin.pdf.len() as u64);
        let photos = bulletin.lowered.map(|lowered| (lowered.level.ppi, lowered.level.quality));
        self.terminal.built(&Built { output, pages: bulletin.pages, bytes, sha256: &sha256, photos });
        if let (Some(stamps), Some(fingerprint)) = (&self.stamps, fingerprint) {
            stamps.keep(output, &Stamp { fingerprint, sha256, pages: bulletin.pages, bytes });
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
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
