//! stub
use crate::import::document::ImportError;
pub(super) fn check(bytes: &[u8]) -> Result<(), ImportError> {
    let head = bytes.get(..bytes.len().min(2_000)).unwrap_or_default();
    if head.windows(5).any(|w| w == b"%PDF-") { Ok(()) } else { Err(ImportError::OtherFormat(None)) }
}
