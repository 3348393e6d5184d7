//! Limits of time and memory for layouts that an issue or a PDF brings along: anybody may have written them.
//!
//! Such a layout runs in a process of its own, which the command starts and which keeps the limits itself, so that it
//! ends even where nobody is left to end it. The process that was started by a person is never limited: there, all of
//! this costs one look at a number when memory is asked for.
#![expect(clippy::disallowed_methods, reason = "a process over its limits ends where it stands")]
#![expect(unsafe_code, clippy::undocumented_unsafe_blocks, reason = "an allocator can be limited in no other way")]

use std::alloc::{GlobalAlloc, Layout};
use std::io::Read as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::diagnostic::LayoutExcess;

/// Longest that layouts may take for one issue, all their runs together, in seconds.
pub const SECONDS: u64 = 60;

/// Most memory that a layout may take beside the issue itself, in bytes.
pub const MEMORY: u64 = 2_000_000_000;

/// How many copies of the files of an issue may be held on the way into a PDF.
const COPIES: u64 = 4;

/// Other limits than these, for layouts that are trusted: seconds, and bytes.
const SECONDS_VARIABLE: &str = "BANTIN_LAYOUT_SECONDS";
const MEMORY_VARIABLE: &str = "BANTIN_LAYOUT_MEMORY";

/// Exit statuses of a process that went over a limit.
const OVER_TIME: u8 = 124;
const OVER_MEMORY: u8 = 125;

/// What ended a process that did not finish its work.
pub fn excess(status: Option<i32>) -> LayoutExcess {
    match status.and_then(|status| u8::try_from(status).ok()) {
        Some(OVER_TIME) => LayoutExcess::Time { seconds: seconds() },
        Some(OVER_MEMORY) => LayoutExcess::Memory { bytes: memory() },
        _ => LayoutExcess::Crash,
    }
}

fn seconds() -> u64 {
    number(SECONDS_VARIABLE).unwrap_or(SECONDS)
}

fn memory() -> u64 {
    number(MEMORY_VARIABLE).unwrap_or(MEMORY)
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.trim().parse().ok().filter(|number| *number > 0)
}

/// Bytes that this process may hold; 0 in one that is not limited.
static LIMIT: AtomicIsize = AtomicIsize::new(0);

/// Whether it has asked for more.
static IS_OVER: AtomicBool = AtomicBool::new(false);

/// How often the limits are looked at.
const TICK: Duration = Duration::from_millis(20);

/// Bytes that it holds, since it is limited.
static USED: AtomicIsize = AtomicIsize::new(0);

/// When the layout that is running began, in milliseconds since the process was limited, plus one; 0 while none runs.
static RUNNING_SINCE: AtomicU64 = AtomicU64::new(0);

/// How long layouts have run before, in milliseconds.
static SPENT: AtomicU64 = AtomicU64::new(0);

/// The system's allocator, or another, with a limit.
#[derive(Debug, Default, Clone, Copy)]
pub struct Limited<A>(pub A);

// SAFETY: everything is passed on to the allocator inside, unchanged.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Limited<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        unsafe { self.0.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { self.0.dealloc(pointer, layout) }
    }
}

/// Counts memory that is taken, or given back, in a process that is limited.
#[inline(always)]
fn count(bytes: isize) {
    if LIMIT.load(Ordering::Relaxed) != 0 {
        count_limited(bytes);
    }
}

#[inline(never)]
fn count_limited(bytes: isize) {
    let used = USED.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
    if used > LIMIT.load(Ordering::Relaxed) {
        // An allocator must neither unwind nor call what may allocate: the thread that watches ends the process.
        IS_OVER.store(true, Ordering::Relaxed);
        loop {
            std::thread::sleep(TICK);
        }
    }
}

/// Limits this process from now on, and ends it when its standard input ends: then nobody waits for it any more.
pub fn limit_this_process() {
    LIMIT.store(isize::MAX, Ordering::Relaxed);
    let started = *START.get_or_init(Instant::now);
    let limit = Duration::from_secs(seconds());
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(TICK);
            if IS_OVER.load(Ordering::Relaxed) {
                // What ends the process may take memory in its turn.
                LIMIT.store(0, Ordering::Relaxed);
                std::process::exit(OVER_MEMORY.into());
            }
            let since = RUNNING_SINCE.load(Ordering::Relaxed);
            let spent = Duration::from_millis(SPENT.load(Ordering::Relaxed));
            if since > 0 && spent + started.elapsed().saturating_sub(Duration::from_millis(since - 1)) > limit {
                std::process::exit(OVER_TIME.into());
            }
        }
    });
    std::thread::spawn(|| {
        let mut rest = [0; 64];
        while std::io::stdin().read(&mut rest).is_ok_and(|read| read > 0) {}
        std::process::exit(OVER_TIME.into());
    });
}

/// Limits this process from now on in the same way, each setting for itself: it may set pages again and again, and what
/// one setting has kept is not counted against the next.
pub fn limit_each_setting() {
    IS_EACH_FOR_ITSELF.store(true, Ordering::Relaxed);
    limit_this_process();
}

static IS_EACH_FOR_ITSELF: AtomicBool = AtomicBool::new(false);

/// When this process was limited.
static START: OnceLock<Instant> = OnceLock::new();

/// What is done within the limits, in a process that has any: from here until the value is gone. Not within another.
#[derive(Debug)]
pub struct Running(());

/// A layout runs, or what somebody else wrote is read. `weight` is how many bytes of it there are: honest work with
/// much needs more than with little.
pub fn running(weight: u64) -> Running {
    if let Some(started) = START.get() {
        if IS_EACH_FOR_ITSELF.load(Ordering::Relaxed) {
            SPENT.store(0, Ordering::Relaxed);
        }
        RUNNING_SINCE.store(started.elapsed().as_millis() as u64 + 1, Ordering::Relaxed);
        let more = isize::try_from(memory().saturating_add(weight.saturating_mul(COPIES))).unwrap_or(isize::MAX);
        let limit = USED.load(Ordering::Relaxed).saturating_add(more);
        LIMIT.store(limit, Ordering::Relaxed);
    }
    Running(())
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(started) = START.get() {
            LIMIT.store(isize::MAX, Ordering::Relaxed);
            let since = RUNNING_SINCE.swap(0, Ordering::Relaxed);
            let now = started.elapsed().as_millis() as u64 + 1;
            SPENT.fetch_add(now.saturating_sub(since), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_tells_what_was_too_much() {
        assert_eq!(excess(Some(OVER_TIME.into())), LayoutExcess::Time { seconds: SECONDS });
        assert_eq!(excess(Some(OVER_MEMORY.into())), LayoutExcess::Memory { bytes: MEMORY });
        for status in [None, Some(0), Some(1), Some(101), Some(-1_073_741_571)] {
            assert_eq!(excess(status), LayoutExcess::Crash);
        }
    }
}
