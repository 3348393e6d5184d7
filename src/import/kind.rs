//! The kinds of files that are imported: how each is told, and who reads it.

use std::path::Path;

use super::document::{Document, ImportError};
use super::office::OfficeError;
use super::{SourceFile, docx, markdown, odt, office, pdf, text};
use crate::toml_reader::Date;

/// How packed files begin.
const ZIP: &[u8] = b"PK";

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    Docx,
    Odt,
    /// Older Word files and rich text, which LibreOffice reads.
    Office,
    Pdf,
    Text,
    Markdown,
}

/// How the names of each kind end.
const ENDINGS: [(&str, SourceKind); 13] = [
    ("docx", SourceKind::Docx),
    ("docm", SourceKind::Docx),
    ("dotx", SourceKind::Docx),
    ("dotm", SourceKind::Docx),
    ("odt", SourceKind::Odt),
    ("ott", SourceKind::Odt),
    ("fodt", SourceKind::Odt),
    ("doc", SourceKind::Office),
    ("rtf", SourceKind::Office),
    ("pdf", SourceKind::Pdf),
    ("txt", SourceKind::Text),
    ("md", SourceKind::Markdown),
    ("markdown", SourceKind::Markdown),
];

impl SourceKind {
    /// The kind of a file by its name.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = ending(path);
        ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
    }
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Reads a file by its kind.
pub(super) fn read(source: &SourceFile<'_>) -> Result<Document, ImportError> {
    let ending = ending(&source.path);
    let kind = SourceKind::of(&source.path).ok_or_else(|| ImportError::UnknownKind(ending.clone()))?;
    if source.bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    let bytes = source.bytes.as_slice();
    match kind {
        SourceKind::Docx => docx::read(bytes),
        SourceKind::Odt => odt::read(bytes),
        // What is called .doc may be a newer file that somebody renamed.
        SourceKind::Office if bytes.starts_with(ZIP) => docx::read(bytes),
        SourceKind::Office => docx::read(&office::convert(bytes, &ending).map_err(of_office)?),
        SourceKind::Pdf => pdf::read(bytes),
        SourceKind::Text => text::read(bytes),
        SourceKind::Markdown => markdown::read(bytes, source.beside),
    }
}

fn of_office(error: OfficeError) -> ImportError {
    match error {
        OfficeError::NotInstalled => ImportError::NoOffice,
        OfficeError::Encrypted => ImportError::Encrypted,
        OfficeError::OtherFormat => ImportError::OtherFormat(None),
        OfficeError::Failed(detail) | OfficeError::NoFolder(detail) => ImportError::OfficeFailed(detail),
        OfficeError::TimedOut => ImportError::OfficeSlow(office::PATIENCE.as_secs()),
    }
}

/// The month that a file is named after, such as `ban-tin-2021-12.docx`.
pub(super) fn month_of_name(path: &Path) -> Option<Date> {
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    let runs: Vec<&str> = stem.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let year = |run: &str| run.parse().ok().filter(|year| run.len() == 4 && (1950..=2100).contains(year));
    let month = |run: &str| run.parse().ok().filter(|month| run.len() <= 2 && (1..=12).contains(month));
    runs.windows(2).find_map(|pair| {
        let forward = year(pair[0]).zip(month(pair[1]));
        let (year, month) = forward.or_else(|| year(pair[1]).zip(month(pair[0])))?;
        Some(Date { year, month, day: None })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kinds_and_months() {
        assert_eq!(SourceKind::of(Path::new("a/Bai.DOCX")), Some(SourceKind::Docx));
        assert_eq!(SourceKind::of(Path::new("a.exe")), None);
        let month = |name: &str| month_of_name(Path::new(name)).map(|date| (date.year, date.month));
        assert_eq!(month("ban-tin-2021-12.docx"), Some((2021, 12)));
        assert_eq!(month("BanTin 3_2019.pdf"), Some((2019, 3)));
        assert_eq!(month("bai-20.txt"), None);
    }
}
