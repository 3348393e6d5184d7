//! What the PDFs of earlier runs were built from, so that a whole archive is built again only where something changed.
//!
//! A mail PDF cannot carry it (PDF/A-2 has no attachments), and a file beside each PDF would be in the way: it is kept in
//! the user's cache folder, by the path of the PDF. Without it, everything is merely built anew.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fs;
use crate::lock::sha256;

/// Largest PDF that is looked at, and largest record, in bytes.
const MAX_PDF: u64 = 4_000_000_000;
const MAX_STAMP: u64 = 10_000;

/// Where records are kept.
#[derive(Debug)]
pub struct BuildRecords {
    folder: PathBuf,
}

/// What a PDF was built from, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildRecord {
    /// See `Session::fingerprint`.
    pub fingerprint: String,
    /// Of the PDF.
    pub sha256: String,
    pub pages: usize,
    pub bytes: u64,
}

impl BuildRecords {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The record of a PDF that is there, whole, and still what was written then; whatever else it is now, it is built
    /// anew.
    pub fn of(&self, pdf: &Path) -> Option<BuildRecord> {
        let text = fs::read_limited(&self.path(pdf)?, MAX_STAMP).ok()?;
        let record: BuildRecord = serde_json::from_slice(&text).ok()?;
        let bytes = fs::read_limited(pdf, MAX_PDF).ok()?;
        (sha256(&bytes) == record.sha256).then_some(record)
    }

    /// Keeps the record of a PDF that was written.
    pub fn keep(&self, pdf: &Path, record: &BuildRecord) {
        // Where it cannot be kept, the PDF is built anew the next time.
        if let (Some(path), Ok(text)) = (self.path(pdf), serde_json::to_vec(record)) {
            let _ = fs::write_cache_entry(&path, &text);
        }
    }

    fn path(&self, pdf: &Path) -> Option<PathBuf> {
        let real = fs::real_path(pdf)?;
        Some(self.folder.join(sha256(real.to_string_lossy().as_bytes())))
    }
}
