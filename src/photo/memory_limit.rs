//! How much is decoded at once: as many photos as fit into a bound of memory, one at least.

use std::sync::{Condvar, Mutex, PoisonError};

/// Memory that is still free to be used.
#[derive(Debug)]
pub(super) struct MemoryLimit {
    limit: u64,
    used: Mutex<u64>,
    returned: Condvar,
}

impl MemoryLimit {
    /// `limit` is in bytes.
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, used: Mutex::new(0), returned: Condvar::new() }
    }

    /// Works once so many bytes are free, or nobody else is at work.
    pub(super) fn with<T>(&self, bytes: u64, work: impl FnOnce() -> T) -> T {
        let _share = self.acquire(bytes);
        work()
    }

    fn acquire(&self, bytes: u64) -> Share<'_> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |used: &mut u64| *used > 0 && *used + bytes > self.limit;
        let mut used = self.returned.wait_while(used, is_full).unwrap_or_else(PoisonError::into_inner);
        *used += bytes;
        Share { memory: self, bytes }
    }
}

/// Gives back what was taken, even where the work panics.
struct Share<'a> {
    memory: &'a MemoryLimit,
    bytes: u64,
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.memory.used.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.memory.returned.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn no_more_than_the_limit_at_once_and_one_at_least() {
        let memory = MemoryLimit::new(100);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for bytes in [40, 60, 30, 70, 100, 500, 1] {
                let (memory, now, most) = (&memory, &now, &most);
                scope.spawn(move || {
                    memory.with(bytes, || {
                        let at_once = now.fetch_add(bytes, Ordering::SeqCst) + bytes;
                        // One that is over the limit by itself works alone.
                        most.fetch_max(if bytes > 100 { at_once - bytes } else { at_once }, Ordering::SeqCst);
                        std::thread::sleep(std::time::Duration::from_millis(2));
                        now.fetch_sub(bytes, Ordering::SeqCst);
                    });
                });
            }
        });
        assert!(most.into_inner() <= 100);
    }
}
