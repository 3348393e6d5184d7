//! Pages → the bytes of a PDF that keeps its standards and is the same on every run.

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diagnostic::{Diagnostic, Finding};
use crate::issue::Issue;
use crate::photo::Level;
use crate::typeset::{BulletinWorld, diagnostic, without_clipped};

/// What a PDF is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Profile {
    /// Small enough to be mailed: photos at 200 ppi, PDF/A-2a.
    #[default]
    Email,
    /// For paper: photos at 300 ppi, PDF/A-2a.
    Print,
    /// For keeping: photos at 300 ppi, PDF/A-3a with every file of the issue attached.
    Archive,
}

impl Profile {
    pub const ALL: [Self; 3] = [Self::Email, Self::Print, Self::Archive];

    /// As it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Print => "print",
            Self::Archive => "archive",
        }
    }

    /// How good photos are.
    pub fn level(self) -> Level {
        match self {
            Self::Email => Level::EMAIL,
            Self::Print | Self::Archive => Level::PRINT,
        }
    }

    /// Whether the files of the issue go into the PDF.
    pub fn attaches_sources(self) -> bool {
        self == Self::Archive
    }

    fn standards(self) -> [PdfStandard; 2] {
        let archival = if self.attaches_sources() { PdfStandard::A_3a } else { PdfStandard::A_2a };
        [archival, PdfStandard::Ua_1]
    }
}

/// Writes the PDF. Fails where it would break PDF/A or PDF/UA.
pub fn export(
    document: &PagedDocument,
    world: &BulletinWorld,
    issue: &Issue,
    profile: Profile,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let broken_standard = |detail: String, hints: Vec<String>| Finding::PdfStandard { detail, hints, article: None };
    let standards = PdfStandards::new(&profile.standards())
        .map_err(|error| vec![Diagnostic::error_elsewhere(broken_standard(error.message().to_string(), Vec::new()))])?;
    let options = PdfOptions {
        ident: Smart::Custom(identity(issue)),
        creator: Smart::Custom(Some(format!("bantin {}", env!("CARGO_PKG_VERSION")))),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&without_clipped(document), &options)
        .map_err(|errors| errors.iter().map(|error| diagnostic(world, error, broken_standard)).collect())
}

/// What makes an issue the same issue: its bulletin, number and date. The document identifier is made from it.
fn identity(issue: &Issue) -> String {
    let manifest = &issue.manifest;
    let number = manifest.number.as_ref().map_or("", |number| number.value.as_str());
    let date = manifest.date;
    let day = date.day.map(|day| format!("-{day}")).unwrap_or_default();
    format!("bantin/{}/{number}/{}-{}{day}", manifest.masthead.title.value, date.year, date.month)
}
