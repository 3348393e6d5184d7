//! The PDF of an issue, made here or in a process of its own.

use std::ffi::OsString;
use std::path::Path;

use super::Status;
use super::confined::{self, ChildOutput, Failure, option, path_word};
use crate::diagnostic::Diagnostic;
use crate::progress::Progress;
use crate::session::{Bulletin, Options, Outcome};
use crate::terminal::Terminal;

/// A finished PDF, made here or in a process of its own.
pub(super) struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// What was done to the photos for it to fit: pixels per inch, and how good they look, in points of
    /// SSIMULACRA2.
    pub photos: Option<(f64, f64)>,
}

impl From<Bulletin> for Pdf {
    fn from(bulletin: Bulletin) -> Self {
        let photos = bulletin.lowered.map(|lowered| (lowered.level.ppi, lowered.level.score));
        Self { bytes: bulletin.pdf, pages: bulletin.pages, photos }
    }
}

impl Pdf {
    /// What a process of its own has made, if it has.
    fn of(answer: &mut ChildOutput) -> Option<Self> {
        let (_, bytes) = answer.files.pop().filter(|_| answer.status() == Status::Done)?;
        let pages = usize::try_from(answer.facts["pages"].as_u64()?).ok()?;
        let photos = &answer.facts["photos"];
        let photos = photos[0].as_f64().zip(photos[1].as_f64());
        Some(Self { bytes, pages, photos })
    }
}

/// What came of an issue, and what is said of it.
#[derive(Default)]
pub(super) struct Built {
    pub pdf: Option<Pdf>,
    pub diagnostics: Vec<Diagnostic>,
    /// What a process of its own has said already.
    pub child: Option<ChildOutput>,
}

impl From<Outcome<Bulletin>> for Built {
    fn from(outcome: Outcome<Bulletin>) -> Self {
        Self { pdf: outcome.value.map(Pdf::from), diagnostics: outcome.diagnostics, child: None }
    }
}

/// The options of a build, as they are typed.
pub(super) fn option_words(options: &Options, no_cache: bool) -> Vec<OsString> {
    let Options { profile, layout, max_size } = options;
    let mut words = vec![option("--profile", profile.name())];
    words.extend(layout.as_ref().map(|layout| option("--layout", layout)));
    words.extend(max_size.map(|bytes| option("--max-size", format!("{bytes} B"))));
    words.extend(no_cache.then(|| "--no-cache".into()));
    words
}

/// Builds an issue in a process of its own.
pub(super) fn build_confined(
    issue: &Path,
    options: &[OsString],
    terminal: &Terminal,
    progress: &dyn Progress,
) -> Built {
    let words: Vec<_> = ["build".into(), path_word(issue)].into_iter().chain(options.iter().cloned()).collect();
    match confined::run(&words, terminal, progress) {
        Ok(mut child) => Built { pdf: Pdf::of(&mut child), child: Some(child), ..Built::default() },
        Err(Failure::Broken(diagnostic)) => Built { diagnostics: vec![diagnostic], ..Built::default() },
        Err(Failure::Stopped | Failure::Reading) => Built::default(),
    }
}
