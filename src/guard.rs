//! A panic is an error of ours: it ends the work on one issue, and not the run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diagnostic::{Diagnostic, Finding};

/// Works on one issue. A panic on the way is an error of that issue alone: the next one is worked on all the same.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    // What a panic leaves behind is dropped with the issue; the locks that outlive it hold counters alone.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let detail = text.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default().to_owned();
        Diagnostic::error_elsewhere(Finding::Internal { detail })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_with_its_own_words() {
        let finding = |work: fn()| guarded(work).map_err(|error| error.finding);
        assert_eq!(finding(|| {}), Ok(()));
        let internal = |detail: &str| Err(Finding::Internal { detail: detail.to_owned() });
        assert_eq!(finding(|| std::panic::panic_any("fixed")), internal("fixed"));
        assert_eq!(finding(|| std::panic::panic_any(format!("page {}", 7))), internal("page 7"));
        assert_eq!(finding(|| std::panic::panic_any(7)), internal(""));
        // On another thread, too.
        assert_eq!(
            finding(|| {
                rayon::join(|| {}, || -> () { std::panic::panic_any("there") });
            }),
            internal("there")
        );
    }
}
