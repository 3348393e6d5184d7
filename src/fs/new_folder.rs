//! A folder that is written whole or not at all.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{fault, folder_of, has_entries};
use crate::diagnostic::FileFault;

/// Writes files into a folder that is new or empty, all or none of them: names are relative to the folder, and what is
/// there is never replaced. Fails with the path at which it failed.
pub fn write_new_folder<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>,
) -> Result<(), (PathBuf, FileFault)> {
    if has_entries(folder) {
        return Err((folder.to_owned(), FileFault::Exists));
    }
    let mut made = Made::default();
    for (name, bytes) in files {
        let path = folder.join(name);
        made.folders(folder_of(&path)).and_then(|()| made.file(&path, bytes)).map_err(|fault| (path, fault))?;
    }
    made.keep();
    Ok(())
}

/// Files and folders that were made, in order; removed again unless they are kept.
#[derive(Default)]
struct Made(Vec<(PathBuf, bool)>);

impl Made {
    fn folders(&mut self, folder: &Path) -> Result<(), FileFault> {
        let missing: Vec<_> =
            folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.is_dir()).collect();
        for path in missing.into_iter().rev() {
            fs::create_dir(path).map_err(|error| fault(&error))?;
            self.0.push((path.to_owned(), true));
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<(), FileFault> {
        let mut file = fs::File::create_new(path).map_err(|error| fault(&error))?;
        self.0.push((path.to_owned(), false));
        file.write_all(bytes).map_err(|error| fault(&error))
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for (path, is_folder) in self.0.drain(..).rev() {
            // What somebody has put into a folder meanwhile keeps it.
            let _ = if is_folder { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
}
