//! A file of lines that one process at a time adds to, each on the disk before the work goes on.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::{file_error, folder_of};
use crate::diagnostic::FileError;

/// Largest log that is read, in bytes.
const MAX_LOG: u64 = 1_000_000_000;

/// A file of lines. Nobody else adds to it while it is open.
#[derive(Debug)]
pub struct Log {
    file: File,
}

/// Why a log cannot be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum LogError {
    /// Another process has it open.
    InUse,
    File(FileError),
}

impl Log {
    /// Opens a log, or makes an empty one, and reads the lines that are there. What stands behind the last end of a line
    /// was being written when a process was killed: it is taken away, for it would spoil the next line.
    pub fn open(path: &Path) -> Result<(Self, String), LogError> {
        let failed = |error: std::io::Error| LogError::File(file_error(&error));
        if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(LogError::File(FileError::NotAFile));
        }
        let is_new = !path.exists();
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = options.map_err(failed)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(LogError::InUse),
            // Where a file system knows of no locks, two runs at once are the user's to avoid.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        if is_new {
            sync_folder(folder_of(path));
        }
        let mut bytes = Vec::new();
        (&file).take(MAX_LOG + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MAX_LOG {
            return Err(LogError::File(FileError::TooLarge { limit: MAX_LOG }));
        }
        let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if end < bytes.len() {
            file.set_len(end as u64).map_err(failed)?;
            bytes.truncate(end);
        }
        file.seek(SeekFrom::End(0)).map_err(failed)?;
        Ok((Self { file }, String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Reads the lines of a log without adding to it; none where there is no such file.
    pub fn read(path: &Path) -> Result<String, FileError> {
        match super::read_limited(path, MAX_LOG) {
            Err(FileError::NotFound) => Ok(String::new()),
            Err(error) => Err(error),
            Ok(bytes) => {
                let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                Ok(String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned())
            }
        }
    }

    /// Adds a line, without its end; it is on the disk when this returns.
    pub fn add(&mut self, line: &str) -> Result<(), FileError> {
        let whole = format!("{line}\n");
        let written = self.file.write_all(whole.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|error| file_error(&error))
    }
}

/// Where a system can do so, the name of a new file is on the disk, too.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_half_written_goes() {
        let folder = tempfile::tempdir().expect("a log");
        let path = folder.path().join("a.jsonl");
        let (mut log, text) = Log::open(&path).expect("a log");
        assert_eq!(text, "");
        log.add("one").expect("a log");
        log.add("hai").expect("a log");
        assert_eq!(Log::open(&path).err(), Some(LogError::InUse));
        drop(log);
        std::fs::write(&path, "one\nhai\n{\"half").expect("a log");
        assert_eq!(Log::read(&path).expect("a log"), "one\nhai\n");
        let (mut log, text) = Log::open(&path).expect("a log");
        assert_eq!(text, "one\nhai\n");
        log.add("ba").expect("a log");
        drop(log);
        assert_eq!(std::fs::read_to_string(&path).expect("a log"), "one\nhai\nba\n");
    }
}
