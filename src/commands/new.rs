//! `bantin new`: an issue that builds as it is.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use time::{Date, Month, OffsetDateTime};

use super::{Status, open, write_new_folder};
use crate::article::{self, PhotoCalls};
use crate::cli::New;
use crate::diagnostic::{Diagnostic, FileError, Finding, SyntaxErrorKind, has_errors};
use crate::fs::{Hidden, IssueFolder, MANIFEST, ReadError, Written};
use crate::issue::{Cover, Manifest, placeholder};
use crate::manifest;
use crate::messages;
use crate::progress::Progress;
use crate::reading;
use crate::source::{Source, Text};
use crate::template;
use crate::terminal::Terminal;
use crate::toml_reader;

/// Largest file that is copied from an earlier issue, in bytes.
const MAX_COPY: u64 = 50_000_000;

pub(super) fn run(args: &New, terminal: &Terminal) -> Status {
    let made = match &args.from {
        None => starter(&args.folder),
        Some(earlier) => from(earlier, month_of(&args.folder), terminal),
    };
    let progress = terminal.progress();
    let result = made.and_then(|files| write(&args.folder, &files, &*progress).map_err(|diagnostic| vec![diagnostic]));
    match result {
        Ok(Written::Stopped) => {
            terminal.stopped();
            Status::Stopped
        }
        Ok(Written::Whole) => {
            let folder = args.folder.display().to_string();
            terminal.done(&folder, &messages::created(&folder, terminal.lang));
            Status::Done
        }
        Err(diagnostics) => {
            let issue = args.from.as_deref().unwrap_or(&args.folder);
            terminal.diagnostics(issue, &diagnostics);
            Status::Failed
        }
    }
}

/// Writes the new issue, with a folder for its photos.
fn write(folder: &Path, files: &NewFiles, progress: &dyn Progress) -> Result<Written, Diagnostic> {
    write_new_folder(folder, &["photos"], files.iter().map(|(name, bytes)| (name, bytes)), progress)
}

/// Paths relative to the new folder, and what goes there.
type NewFiles = Vec<(String, Vec<u8>)>;

/// An issue from nothing: the month is that of the folder's name, such as `2026-11`, or this one.
fn starter(folder: &Path) -> Result<NewFiles, Vec<Diagnostic>> {
    let date = month_of(folder).unwrap_or_else(|| OffsetDateTime::now_utc().date());
    let source = Source::new(MANIFEST, template::MANIFEST);
    let mut manifest = manifest::read(&source).value;
    manifest.date = day(date);
    manifest.number = Some(text(&source, u8::from(date.month()).to_string()));
    let manifest = manifest_text(&manifest)?;
    Ok(vec![(MANIFEST.to_owned(), manifest.into_bytes()), starter_article("01-bai-viet.md", template::ARTICLE_TITLE)])
}

/// The article of the template under another title. Below its front matter it stays as it is, with the line that a pair
/// of backslashes keeps from being a photo.
fn starter_article(path: &str, title: &str) -> (String, Vec<u8>) {
    let source = Source::new(path, template::ARTICLE);
    let mut photos = PhotoCalls::default();
    let article = article::read(&source, &mut photos).value.map(|mut article| {
        article.title = text(&source, title.to_owned());
        article::write::front_matter(&article, &photos.files) + &source.text()[article.body.clone()]
    });
    (path.to_owned(), article.unwrap_or_else(|| template::ARTICLE.to_owned()).into_bytes())
}

/// A text that stands in no file yet.
fn text(source: &Arc<Source>, value: String) -> Text {
    placeholder(source).map(|_| value)
}

fn day(date: Date) -> toml_reader::Date {
    toml_reader::Date {
        year: u16::try_from(date.year()).unwrap_or(u16::MAX),
        month: u8::from(date.month()),
        day: Some(date.day()),
    }
}

/// A manifest as a change of the text that it was read from.
fn manifest_text(manifest: &Manifest) -> Result<String, Vec<Diagnostic>> {
    // That text has just been read without an error.
    manifest::write::write(manifest, manifest.source.text()).map_err(|_| {
        let finding = Finding::ManifestSyntax(SyntaxErrorKind::Other);
        vec![Diagnostic::error_in_file(finding, MANIFEST)]
    })
}

/// The first day of the month that a folder is named after, such as `2026-11`.
fn month_of(folder: &Path) -> Option<Date> {
    let name = folder.file_name()?.to_string_lossy();
    let (year, month) = name.split_once('-')?;
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let year = year.parse().ok().filter(|year| *year > 0)?;
    Date::from_calendar_date(year, month, 1).ok()
}

/// The next issue after an earlier one: its manifest with all that does not change, and an article a section. Its month
/// is the one given, or the next.
fn from(earlier: &Path, month: Option<Date>, terminal: &Terminal) -> Result<NewFiles, Vec<Diagnostic>> {
    let folder = open(earlier).map_err(|diagnostic| vec![diagnostic])?;
    let read = reading::read(&folder);
    let Some(mut issue) = read.value.issue.filter(|_| !has_errors(&read.diagnostics)) else {
        return Err(read.diagnostics);
    };
    if terminal.verbose {
        terminal.diagnostics(earlier, &read.diagnostics);
    }
    let titles: Vec<_> = issue.sections.iter().map(|section| section.title.clone()).collect();
    let articles = titles.iter().enumerate().map(|(index, title)| {
        let title = title.as_ref().map_or(template::ARTICLE_TITLE, |title| &title.value);
        starter_article(&format!("{:02}-bai-viet.md", index + 1), title)
    });
    let mut files: NewFiles = articles.collect();
    let cover = go_on(&mut issue.manifest, month, &files);
    let manifest = manifest_text(&issue.manifest)? + &cover.map(as_note).unwrap_or_default();
    // Lines end as those of the earlier file do.
    let has_returns = issue.manifest.source.text().contains("\r\n");
    let manifest = if has_returns { manifest.replace("\r\n", "\n").replace('\n', "\r\n") } else { manifest };
    files.insert(0, (MANIFEST.to_owned(), manifest.into_bytes()));

    if let Some(logo) = issue.logo {
        files.extend(copy(&folder, &read.value.photos[logo].path)?);
    }
    files.extend(own_layout(&folder)?);
    Ok(files)
}

/// Turns a manifest into that of the next issue, with an article a section. Its cover is the earlier issue's alone, and
/// given back.
fn go_on(manifest: &mut Manifest, month: Option<Date>, articles: &NewFiles) -> Option<Cover> {
    let source = Arc::clone(&manifest.source);
    let old = manifest.date;
    let old_day = old.day.unwrap_or(1);
    let date = month.map_or_else(|| next_month(old.year, old.month, old_day), |month| in_month(month, old_day));
    // Where the earlier issue knows its month alone, this one does.
    manifest.date = toml_reader::Date { day: old.day.map(|_| date.day()), ..day(date) };
    // A name such as “Xuân” does not go on.
    let number = manifest.number.take().and_then(|number| next_number(&number.value, old.year, date));
    manifest.number = number.map(|number| text(&source, number));
    manifest.title = None;
    // What it announced are articles of its own.
    manifest.teasers = Vec::new();
    for (section, (path, _)) in manifest.sections.iter_mut().zip(articles) {
        section.articles = vec![text(&source, path.clone())];
    }
    // What was said of the earlier issue alone; a subject with a number to be filled in is meant for all.
    manifest.mail.intro = None;
    manifest.mail.subject = manifest.mail.subject.take().filter(|subject| subject.value.contains('{'));
    manifest.cover.take()
}

/// A cover as a note at the end of the manifest, so that editors see what the earlier issue had, and need not look up the
/// keys.
fn as_note(cover: Cover) -> String {
    let table = manifest::write::cover(&cover);
    let lines = table.lines().filter(|line| !line.trim().is_empty()).map(|line| format!("# {line}\n"));
    format!("\n{}", lines.collect::<String>())
}

/// The layout that an issue carries goes on with it.
fn own_layout(folder: &IssueFolder) -> Result<NewFiles, Vec<Diagnostic>> {
    let files = folder.listing("layout", Hidden::Listed).files.into_iter();
    let copies: Result<Vec<_>, _> = files.map(|file| copy(folder, &file)).collect();
    copies.map(|copies| copies.into_iter().flatten().collect())
}

fn copy(folder: &IssueFolder, path: &str) -> Result<NewFiles, Vec<Diagnostic>> {
    let bytes = folder.read(path, MAX_COPY).map_err(|error| {
        let path = path.to_owned();
        let finding = match error {
            ReadError::Outside => Finding::OutsideIssue { path: path.clone() },
            ReadError::NotFound => Finding::Unreadable { path: path.clone(), error: FileError::NotFound },
            ReadError::File(error) => Finding::Unreadable { path: path.clone(), error },
        };
        vec![Diagnostic::error_in_file(finding, path)]
    })?;
    Ok(vec![(path.to_owned(), bytes)])
}

/// The same day of the next month, or its last.
fn next_month(year: u16, month: u8, day: u8) -> Date {
    let (year, month) = if month >= 12 { (i32::from(year) + 1, 1) } else { (i32::from(year), month + 1) };
    let month = Month::try_from(month).unwrap_or(Month::January);
    Date::from_calendar_date(year, month, 1).map_or(Date::MAX, |first| in_month(first, day))
}

/// A day in the month of a date, or the month's last.
fn in_month(month: Date, day: u8) -> Date {
    let day = day.min(month.month().length(month.year()));
    month.replace_day(day).unwrap_or(month)
}

/// The number after a number: `11` → `12`, `11-12` → `13`, `Số 09` → `Số 10`, `11/2026` → `12/2026`, or `1/2027` where
/// the year is over; none for a name such as `Xuân 2026`.
fn next_number(number: &str, old_year: u16, date: Date) -> Option<String> {
    let groups = digit_groups(number);
    let is_year = |range: &Range<usize>| number[range.clone()] == old_year.to_string();
    let (index, last) = groups.iter().enumerate().rfind(|(_, range)| !is_year(range))?;
    // A double number such as 11-12 is followed by a single one.
    let first = index
        .checked_sub(1)
        .map(|before| &groups[before])
        .filter(|first| !is_year(first) && matches!(&number[first.end..last.start], "-" | "+" | "–"));
    let year = groups.iter().find(|range| is_year(range));
    let has_turned = year.is_some() && date.year() != i32::from(old_year);
    let next = if has_turned { 1 } else { number[last.clone()].parse::<u64>().ok()?.checked_add(1)? };
    let is_padded = number[last.clone()].starts_with('0');
    let next = format!("{next:0width$}", width = if is_padded { last.len() } else { 1 });

    let mut text = String::new();
    let mut at = 0;
    let mut changes = vec![(first.unwrap_or(last).start..last.end, next)];
    changes.extend(year.map(|range| (range.clone(), date.year().to_string())));
    changes.sort_by_key(|(range, _)| range.start);
    for (range, new) in changes {
        text.push_str(&number[at..range.start]);
        text.push_str(&new);
        at = range.end;
    }
    text.push_str(&number[at..]);
    // A number below 1 is none.
    let is_number = is_padded || text.parse::<i64>().is_ok_and(|plain| plain > 0) || text.parse::<i64>().is_err();
    is_number.then_some(text)
}

/// The runs of digits in a text.
fn digit_groups(text: &str) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(|c: char| c.is_ascii_digit()) {
        match groups.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(date: Date) -> String {
        format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
    }

    #[test]
    fn months_go_on() {
        assert_eq!(iso(next_month(2022, 11, 8)), "2022-12-08");
        assert_eq!(iso(next_month(2022, 12, 31)), "2023-01-31");
        assert_eq!(iso(next_month(2023, 1, 31)), "2023-02-28");
        assert_eq!(iso(next_month(2024, 1, 31)), "2024-02-29");
    }

    #[test]
    fn numbers_go_on() {
        let date = next_month(2026, 11, 28);
        let next = |number| next_number(number, 2026, date);
        assert_eq!(next("11"), Some("12".into()));
        assert_eq!(next("11-12"), Some("13".into()));
        for (number, expected) in [
            ("11/2026", "12/2026"),
            ("1-2/2026", "3/2026"),
            ("2026-10", "2026-11"),
            ("01/2026", "02/2026"),
            ("Số 09", "Số 10"),
        ] {
            assert_eq!(next(number), Some(expected.to_owned()), "{number}");
        }
        let turn = next_number("12/2026", 2026, next_month(2026, 12, 28));
        assert_eq!(turn, Some("1/2027".into()));
        for name in ["Xuân", "Xuân 2026", "-1", ""] {
            assert_eq!(next(name), None, "{name}");
        }
    }

    #[test]
    fn a_folder_name_gives_the_month() {
        assert_eq!(month_of(Path::new("issues/2026-11/")).map(iso), Some("2026-11-01".into()));
        for other in ["ban-tin", "2026-13", "26-11", "2026-1", ""] {
            assert_eq!(month_of(Path::new(other)), None, "{other}");
        }
    }
}
