//! Findings as people see them, in both languages: `tests/findings/en.txt` and `vi.txt`, made anew with
//! `SNAPSHOTS=overwrite`. One of every bad input and of every lint is there.

use std::fmt::Write as _;
use std::path::Path;

use bantin::diagnostic::{
    AddressError, BadAddress, Code, Diagnostic, DkimKeyError, DoubtKind, Finding, ImportError, ListError, MailError,
    Reason, Severity, TemplateFault,
};
use bantin::messages::Lang;
use bantin::session::Options;
use bantin::terminal::{Color, Format, Terminal};

use crate::bad_input::BAD_INPUTS;
use crate::support::{TempIssue, repository, session};
use crate::warnings::{article, marked};
use crate::warnings_cases::cases;

/// Codes that need more than an issue: another test has each of them.
const ELSEWHERE: &[Code] = &[
    Code::ArchiveName,
    Code::ArticleUnlisted,
    Code::ArticleWithoutSource,
    Code::ContentsTitleLong,
    Code::InternalError,
    Code::LayoutLimit,
    Code::ListNumbers,
    Code::MixedTonePlacement,
    Code::OutputFailed,
    Code::PdfStandard,
    Code::PhotoLowResolution,
    Code::PhotoUnused,
    Code::PhotoWithoutCaption,
    Code::PhotoWithoutCredit,
    Code::Placeholder,
    Code::SizeBudget,
    Code::Unreadable,
    Code::Usage,
];

/// What each issue is about, and the first thing that is found in it, or the first of a code.
fn examples() -> Vec<(String, TempIssue, Vec<Diagnostic>)> {
    let mut examples = Vec::new();
    for input in BAD_INPUTS {
        let issue = (input.issue)();
        if !issue.path().join("issue.toml").is_file() {
            continue;
        }
        let mut found = session(issue.path(), &Options::default()).build().diagnostics;
        found.retain(|found| input.expected.iter().any(|expected| expected.starts_with(found.code())));
        examples.push((input.name.to_owned(), issue, found));
    }
    for case in cases() {
        let issue = article(&marked(case.mistakes[0].0).0);
        let mut found = session(issue.path(), &Options::default()).check();
        found.retain(|found| found.code() == case.code);
        examples.push((case.code.to_owned(), issue, found));
    }
    examples
}

/// What is found of finished pages: it depends on how they come out.
fn of_pages() -> [(&'static str, Finding); 5] {
    [
        ("a page that is nearly empty", Finding::PageNearlyEmpty { page: 7, percent: 12 }),
        ("pages that fall as they will", Finding::PagesNotComposed),
        ("a page too many", Finding::PagesNotFitted { wanted: 8, pages: 9 }),
        ("pages too few", Finding::PagesNotFitted { wanted: 16, pages: 13 }),
        ("a photo far from its text", Finding::PhotoFar { page: 5, called: 4 }),
    ]
}

/// What is found of the files that are imported: an issue on a disk has none of it.
fn of_imports() -> Vec<(&'static str, Finding)> {
    let failed = |error| Finding::ImportFailed { path: "bai.doc".to_owned(), error };
    let doubt = |kind, about: &str| Finding::ImportDoubt { kind, about: about.to_owned() };
    let left_out = |reason, text: &str| Finding::ImportLeftOut { reason, text: text.to_owned() };
    vec![
        ("a file that LibreOffice would have to read", failed(ImportError::NoOffice)),
        ("a scan", failed(ImportError::NoText)),
        ("a file with a password", failed(ImportError::Encrypted)),
        ("a kind of file that is not imported", failed(ImportError::UnknownKind("pages".to_owned()))),
        ("a lead that is a guess", doubt(DoubtKind::Lead, "Sáng nay, xã Tân Hải mở thêm một buổi tiếp dân.")),
        ("a picture that cannot be shown", doubt(DoubtKind::PictureFormat("EMF".to_owned()), "")),
        ("a line of the contents", left_out(Reason::Contents, "Chuyện ở chợ nổi 3")),
        ("words without a place", left_out(Reason::Unplaced, "Lưu hành nội bộ")),
        ("a stand-in for a photo", Finding::PhotoStandIn { path: "photos/thieu-anh-1.svg".to_owned() }),
    ]
}

/// What is found when an issue is mailed.
fn of_mail() -> Vec<(&'static str, Finding)> {
    let (server, user) = ("mail.tanhai.example:465".to_owned(), "bantin@tanhai.example".to_owned());
    let path = "2026-11.mail.jsonl".to_owned();
    let list = |error| MailError::BadList(error);
    let bad = |error, meant: Option<&str>| BadAddress { error, meant: meant.map(str::to_owned) };
    let address = |text: &str, error, meant| MailError::BadAddress { text: text.to_owned(), error: bad(error, meant) };
    let errors = [
        ("an address with a blank", address("lan @tanhai.example", AddressError::Blank, Some("lan@tanhai.example"))),
        ("an address with accents", address("lân@tanhai.example", AddressError::LocalPartNotAscii('â'), None)),
        ("a workbook for a list", list(ListError::Workbook)),
        ("a list that is not UTF-8", list(ListError::NotUtf8)),
        (
            "a list without a column of addresses",
            list(ListError::NoEmailColumn { columns: vec!["Họ tên".to_owned(), "Phòng".to_owned()], header: None }),
        ),
        ("nobody to write to", MailError::NoRecipient),
        ("nobody who writes", MailError::NoSender),
        ("no connection", MailError::Unreachable { server: server.clone(), detail: "Connection refused".to_owned() }),
        ("a certificate", MailError::Certificate { server: server.clone(), detail: "UnknownIssuer".to_owned() }),
        ("no STARTTLS", MailError::NoStartTls { server: server.clone() }),
        ("no password", MailError::NoPassword { user: user.clone() }),
        ("a wrong password", MailError::SignInRefused { server, user, reply: "535 5.7.8 Error".to_owned() }),
        ("a journal in use", MailError::JournalInUse { path: path.clone() }),
        ("a journal that is none", MailError::JournalGarbled { path, line: 7 }),
        (
            "a template with a slip",
            MailError::Template {
                file: "layouts/tan-hai/mail.html".to_owned(),
                line: Some(12),
                excerpt: Some("{{ mastheed.title }}".to_owned()),
                fault: TemplateFault::UnknownName,
            },
        ),
        ("a key for DKIM", MailError::DkimKey(DkimKeyError::PublicKey)),
    ];
    let mut all: Vec<_> = errors.into_iter().map(|(name, error)| (name, Finding::MailFailed(error))).collect();
    all.push(("messages that are too large", Finding::MailTooLarge { limit: 5_000_000 }));
    let (address, first) = ("lan@tanhai.example".to_owned(), "danh-sach.csv:2".to_owned());
    all.push(("an address twice", Finding::RecipientTwice { address, first }));
    let (address, meant) = ("lan@gmial.com".to_owned(), "lan@gmail.com".to_owned());
    all.push(("an address with a slip", Finding::RecipientDoubt { address, meant }));
    all
}

#[test]
fn findings_are_shown_as_expected() {
    let examples = examples();
    for (lang, name) in [(Lang::En, "en"), (Lang::Vi, "vi")] {
        let terminal = Terminal::new(Format::Human, lang, Color::Never, false, true);
        let mut shown = String::new();
        for (name, issue, found) in &examples {
            let _ = writeln!(shown, "# {name}\n");
            for found in found {
                let path = issue.path().display().to_string();
                let text = terminal.rendered(issue.path(), found).replace(&path, "issue");
                let _ = writeln!(shown, "{}", text.trim_end());
                shown.push('\n');
            }
        }
        for (name, finding) in of_pages().into_iter().chain(of_imports()).chain(of_mail()) {
            let found = Diagnostic { severity: Severity::Warning, ..Diagnostic::error_elsewhere(finding) };
            let text = terminal.rendered(Path::new("issue"), &found);
            let _ = writeln!(shown, "# {name}\n\n{}\n", text.trim_end());
        }
        let path = repository().join(format!("tests/findings/{name}.txt"));
        snapbox::assert_data_eq!(shown, snapbox::Data::read_from(&path, None).raw());
    }
}

#[test]
fn every_code_is_shown_here_or_elsewhere() {
    let shown = std::fs::read_to_string(repository().join("tests/findings/en.txt")).expect("the findings");
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !shown.contains(&format!("[{}]", code.as_str())))
        .filter(|code| !ELSEWHERE.contains(code) && **code != Code::ManifestMissing)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
