//! What a build is to be like, and what it works with.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::pdf::Profile;
use crate::photo::Cache;
use crate::progress::{NoProgress, Progress};

/// What a build is to be like.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub profile: Profile,
    /// A layout in place of the one that the manifest names.
    pub layout: Option<String>,
    /// A budget in place of the manifest's, in bytes.
    pub max_size: Option<u64>,
}

/// What helps a build and changes nothing about what comes of it. Sessions may share one.
#[derive(Clone)]
pub struct BuildContext {
    /// Prepared photos of earlier builds.
    pub cache: Option<Arc<Cache>>,
    pub progress: Arc<dyn Progress>,
    pub threads: Threads,
    /// Shared by all sessions of a process, for typst's memory is one.
    pub memory: Arc<TypesettingMemory>,
}

impl Default for BuildContext {
    fn default() -> Self {
        Self {
            cache: None,
            progress: Arc::new(NoProgress),
            threads: Threads::default(),
            memory: Arc::new(TypesettingMemory::default()),
        }
    }
}

/// The threads on which a session works.
#[derive(Clone)]
pub struct Threads(Option<Arc<rayon::ThreadPool>>);

/// Stack of a thread, in bytes: deeply nested lists need more than the usual two million.
const STACK: usize = 32_000_000;

impl Threads {
    /// So many threads, or one for each processor core.
    pub fn new(count: Option<u16>) -> Self {
        let count = count.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(count).stack_size(STACK).build();
        // Where no threads are to be had, the work is done on the one that asks for it.
        Self(pool.ok().map(Arc::new))
    }

    /// Does the work on these threads.
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.as_ref().map_or(1, |pool| pool.current_num_threads())
    }
}

impl Default for Threads {
    fn default() -> Self {
        Self::new(None)
    }
}

/// What typst keeps of earlier compilations, for all of this process: kept in bounds over many builds.
#[derive(Debug, Default)]
pub struct TypesettingMemory {
    builds: AtomicUsize,
}

impl TypesettingMemory {
    /// After how many builds the memory is gone through. All threads stand still meanwhile, so that after each one two
    /// would be no faster than one; more takes memory for nothing.
    const ROUND: usize = 8;

    /// How many such rounds what is not used outlives.
    const AGE: usize = 1;

    /// Notes that pages were set, and lets go of what has not been used for long.
    pub fn built(&self) {
        if self.builds.fetch_add(1, Ordering::Relaxed) % Self::ROUND == Self::ROUND - 1 {
            comemo::evict(Self::AGE);
        }
    }
}

/// Lets go of all that typst keeps of earlier compilations, as if the process had just begun: for benchmarks.
pub fn forget() {
    comemo::evict(0);
}
