//! Old formats of Word (.doc, .rtf) by way of LibreOffice, where it is installed: it makes .docx of them.
//!
//! It runs with a profile of its own in a folder that is gone afterwards, so that it neither meets a LibreOffice that is
//! open nor changes its settings; without macros and, as far as it lets itself be told, without the network; and not
//! for ever.

mod process;
mod profile;
mod signature;

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use self::process::{Ending, Run};

/// How long LibreOffice may take for a file. It needs a second, and ten when it starts for the first time.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// Longest file that is taken from it.
const MOST_BYTES: u64 = 512 << 20;
/// What the file is called while it is converted: its own name is nobody's business, and might be taken for an option.
const NAME: &str = "source";
/// Under which names LibreOffice is found.
#[cfg(windows)]
const PROGRAMS: [&str; 3] = [
    "soffice.com",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
];
#[cfg(not(windows))]
const PROGRAMS: [&str; 3] = ["soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"];

/// Why LibreOffice has made no .docx of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum OfficeError {
    /// It is not installed, or not on the path.
    NotInstalled,
    /// The file is locked with a password.
    Encrypted,
    /// The file is no document of Word. LibreOffice would take it for text and make a page of signs of it.
    OtherFormat,
    /// It cannot make anything of the file, which may be damaged: what it says.
    Failed(String),
    /// It was still at work after a minute, and was ended.
    TimedOut,
    /// The folder that it works in cannot be made, or not be written to: what the system says.
    NoFolder(String),
}

/// Makes .docx of a file. `extension` says what it is called: `doc` or `rtf`; what it is shows in its first bytes. A file
/// that is .docx already is [`OfficeError::OtherFormat`].
///
/// # Errors
///
/// [`OfficeError`] where LibreOffice is not there, or does not get done.
pub(super) fn convert(bytes: &[u8], extension: &str) -> Result<Vec<u8>, OfficeError> {
    let programs: Vec<OsString> = PROGRAMS.iter().map(OsString::from).collect();
    convert_with(&programs, bytes, extension, PATIENCE)
}

fn convert_with(
    programs: &[OsString],
    bytes: &[u8],
    extension: &str,
    patience: Duration,
) -> Result<Vec<u8>, OfficeError> {
    if !matches!(extension, "doc" | "rtf") {
        return Err(OfficeError::Failed(format!("bantin does not know .{extension}")));
    }
    let extension = signature::extension(bytes)?;
    let no_folder = |error: std::io::Error| OfficeError::NoFolder(error.to_string());
    let folder = tempfile::Builder::new().prefix("bantin-office-").tempdir().map_err(no_folder)?;
    let folder = folder.path();
    let source = folder.join(NAME).with_extension(extension);
    process::write(&source, bytes).map_err(no_folder)?;
    profile::make(&folder.join("profile")).map_err(no_folder)?;
    let run = Run { folder, arguments: arguments(folder, &source), patience };
    let ending = programs.iter().find_map(|program| run.start(program).transpose()).transpose().map_err(no_folder)?;
    match ending {
        None => Err(OfficeError::NotInstalled),
        Some(Ending::TimedOut) => Err(OfficeError::TimedOut),
        // It says that all is well when it has made nothing, too: only the file counts.
        Some(Ending::Ended(said)) => {
            let made = process::read(&folder.join("out").join(NAME).with_extension("docx"), MOST_BYTES);
            made.filter(|bytes| bytes.starts_with(b"PK")).ok_or(OfficeError::Failed(said))
        }
    }
}

fn arguments(folder: &Path, source: &Path) -> Vec<OsString> {
    let mut installation = OsString::from("-env:UserInstallation=");
    installation.push(profile::address(&folder.join("profile")));
    let mut arguments = vec![installation];
    let switches =
        ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to", "docx", "--outdir"];
    arguments.extend(switches.map(OsString::from));
    arguments.extend([folder.join("out").into_os_string(), source.into()]);
    arguments
}

#[cfg(test)]
mod tests;
