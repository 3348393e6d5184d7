//! Findings in words. Every language says everything: each has an exhaustive match of its own.

mod difference;
mod en;
mod mail;
mod vi;

pub use difference::difference;
pub use mail::{mail_progress, mail_stopped, mail_summary, mailed, mailing, typed_address};

use crate::diagnostic::{Code, FileError, Finding, Fix, Severity};

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    Vi,
    En,
}

impl Lang {
    /// The language of the user's locale: Vietnamese where it says so, else English.
    pub fn from_locale() -> Self {
        // What is said for this terminal goes before what is set for the whole system, on every system alike.
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|locale| !locale.is_empty()));
        match said.or_else(sys_locale::get_locale) {
            Some(locale) if locale.to_lowercase().starts_with("vi") => Self::Vi,
            _ => Self::En,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Message {
    /// What is wrong, in one sentence.
    pub text: String,
    /// A word or two at the place itself.
    pub label: Option<String>,
    /// What to do.
    pub hints: Vec<String>,
}

impl Message {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), label: None, hints: Vec::new() }
    }

    fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    fn hint_if(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }
}

/// A finding in a language.
pub fn describe(finding: &Finding, lang: Lang) -> Message {
    match lang {
        Lang::Vi => vi::describe(finding),
        Lang::En => en::describe(finding),
    }
}

/// What a code finds, in one line.
pub fn code(code: Code, lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => vi::codes::describe(code),
        Lang::En => en::codes::describe(code),
    }
}

/// Whether `--fix` corrects a finding, in a word or two; nothing where it never does.
pub fn fix(fix: Fix, lang: Lang) -> &'static str {
    match (lang, fix) {
        (Lang::Vi, Fix::Always) => "sửa được",
        (Lang::En, Fix::Always) => "yes",
        (Lang::Vi, Fix::WhereSure) => "khi chắc chắn",
        (Lang::En, Fix::WhereSure) => "where sure",
        (_, Fix::Never) => "",
    }
}

/// The name of a severity.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (lang, severity) {
        (Lang::Vi, Severity::Error) => "lỗi",
        (Lang::Vi, Severity::Warning) => "cảnh báo",
        (Lang::Vi, Severity::Info) => "ghi chú",
        (Lang::En, Severity::Error) => "error",
        (Lang::En, Severity::Warning) => "warning",
        (Lang::En, Severity::Info) => "note",
    }
}

/// A text as it is quoted in a message: its first words, where it is long.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    let whole = start.rfind(' ').map_or(start.as_str(), |at| &start[..at]);
    format!("{whole}…")
}

/// What stands before a hint.
pub fn hint_word(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "gợi ý",
        Lang::En => "help",
    }
}

/// The line that counts, at the end of a failed run.
pub fn summary(errors: usize, warnings: usize, lang: Lang) -> String {
    match lang {
        Lang::Vi if warnings == 0 => format!("{errors} lỗi"),
        Lang::Vi => format!("{errors} lỗi, {warnings} cảnh báo"),
        Lang::En => {
            let plural = |count, word| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
            match warnings {
                0 => plural(errors, "error"),
                _ => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
            }
        }
    }
}

/// What is said of other findings of one kind in one file: how many, and on which lines.
pub fn more_places(count: usize, lines: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("còn {count} chỗ như vậy trong tệp này, dòng {lines} (-v: hiện tất cả)"),
        Lang::En if count == 1 => format!("once more in this file, on line {lines} (-v shows all)"),
        Lang::En => format!("{count} times more in this file, on lines {lines} (-v shows all)"),
    }
}

/// The line that tells of warnings which are not shown, and how to see them.
pub fn hidden_warnings(warnings: usize, folder: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{warnings} cảnh báo (xem: bantin check {folder})"),
        Lang::En if warnings == 1 => format!("1 warning (see it: bantin check {folder})"),
        Lang::En => format!("{warnings} warnings (see them: bantin check {folder})"),
    }
}

/// The line at the end of a check: what was found, and how many of that `--fix` would correct.
pub fn checked(errors: usize, warnings: usize, fixable: usize, lang: Lang) -> String {
    if errors + warnings == 0 {
        return match lang {
            Lang::Vi => "không thấy lỗi nào".to_owned(),
            Lang::En => "nothing was found".to_owned(),
        };
    }
    let found = match (errors, lang) {
        (0, Lang::Vi) => format!("{warnings} cảnh báo"),
        (0, Lang::En) if warnings == 1 => "1 warning".to_owned(),
        (0, Lang::En) => format!("{warnings} warnings"),
        _ => summary(errors, warnings, lang),
    };
    match lang {
        _ if fixable == 0 => found,
        Lang::Vi => format!("{found}; --fix sửa giúp được {fixable} chỗ"),
        Lang::En => format!("{found}; --fix corrects {fixable}"),
    }
}

/// The line about something that was corrected: where, what stood there, what stands there now.
pub fn changed(place: &str, from: &str, to: &str, lang: Lang) -> String {
    let shown = |text: &str| {
        let visible = |c: char| c.is_alphanumeric() || c.is_ascii_punctuation() || "“”–…".contains(c) || c == ' ';
        let text: String =
            text.chars().map(|c| if visible(c) { c.to_string() } else { format!("U+{:04X}", u32::from(c)) }).collect();
        format!("“{text}”")
    };
    match lang {
        Lang::Vi if to.is_empty() => format!("{place}: đã bỏ {}", shown(from)),
        Lang::Vi => format!("{place}: đã sửa {} thành {}", shown(from), shown(to)),
        Lang::En if to.is_empty() => format!("{place}: took out {}", shown(from)),
        Lang::En => format!("{place}: {} is now {}", shown(from), shown(to)),
    }
}

/// The line about a finished PDF. `bytes` is its size.
pub fn built(output: &str, pages: usize, bytes: u64, lang: Lang) -> String {
    let size = size(bytes, lang);
    match lang {
        Lang::Vi => format!("{output}: {pages} trang, {size}"),
        Lang::En if pages == 1 => format!("{output}: 1 page, {size}"),
        Lang::En => format!("{output}: {pages} pages, {size}"),
    }
}

/// The line about photos that were made lighter for the PDF to fit its budget.
pub fn lowered(ppi: f64, score: f64, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("  ảnh được giảm còn {ppi:.0} ppi, chất lượng {score:.0}/100, để tệp không vượt giới hạn"),
        Lang::En => format!("  photos were lowered to {ppi:.0} ppi, quality {score:.0} of 100, to fit the budget"),
    }
}

/// The line about a PDF that would come out the same again.
pub fn unchanged(output: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{output}: không có gì thay đổi"),
        Lang::En => format!("{output}: unchanged"),
    }
}

/// The line that counts what became of several issues.
pub fn built_all(built: usize, unchanged: usize, failed: usize, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{built} số đã dựng, {unchanged} không đổi, {failed} lỗi"),
        Lang::En => format!("{built} built, {unchanged} unchanged, {failed} failed"),
    }
}

/// The line about a new issue.
pub fn created(folder: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("Đã tạo {folder}. Dựng bản tin: bantin build {folder}"),
        Lang::En => format!("Created {folder}. Build it: bantin build {folder}"),
    }
}

/// The line about an issue that was taken out of an archive.
pub fn extracted(folder: &str, files: usize, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("Đã lấy {files} tệp ra {folder}. Dựng lại: bantin build {folder} --profile archive"),
        Lang::En => format!("Took {files} files out to {folder}. Build it: bantin build {folder} --profile archive"),
    }
}

/// The note above a line of front matter that an import has guessed.
pub fn import_note(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => vi::import::NOTE,
        Lang::En => en::import::NOTE,
    }
}

/// The line about an import.
pub fn imported(folder: &str, counts: &crate::import::Counts, lang: Lang) -> String {
    let crate::import::Counts { articles, photos, words, kept, left_out } = counts;
    match lang {
        Lang::Vi => format!(
            "Đã nhập {articles} bài, {photos} ảnh vào {folder}: {words} chữ, giữ {kept}, bỏ ra ngoài {left_out}. \
             Xem: bantin watch {folder}"
        ),
        Lang::En => format!(
            "Imported articles: {articles}, photos: {photos}, into {folder}; words: {words}, kept {kept}, left out {left_out}. \
             Look at it: bantin watch {folder}"
        ),
    }
}

/// How to see what was left out.
pub fn left_out_pieces(pieces: usize, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!(
            "{pieces} mẩu đã biết là không cần thì bỏ ra ngoài (mục lục, đầu trang, số trang…); xem từng mẩu: -v"
        ),
        Lang::En => format!(
            "{pieces} pieces that an issue does not need were left out (contents, running heads, folios …); see each with -v"
        ),
    }
}

/// The name of an issue: its title and number.
pub fn issue_title(title: &str, number: Option<&str>, lang: Lang) -> String {
    match (number, lang) {
        (None, _) => title.to_owned(),
        (Some(number), Lang::Vi) => format!("{title}, số {number}"),
        (Some(number), Lang::En) => format!("{title}, no. {number}"),
    }
}

/// Where the desk is.
pub fn watching(url: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("Bàn làm việc: {url} (Ctrl-C để đóng)"),
        Lang::En => format!("The desk: {url} (Ctrl-C ends it)"),
    }
}

/// A layout was copied to a folder.
pub fn copied_layout(folder: &str, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!(
            "Đã chép mẫu trình bày ra {folder}. Đặt nó vào layouts/ cạnh issues/, rồi ghi tên thư mục vào issue.toml: layout = \"…\""
        ),
        Lang::En => format!(
            "Copied the layout to {folder}. Where that is in layouts/ beside issues/, issue.toml calls it by its folder: layout = \"…\""
        ),
    }
}

/// Whether an archive is what its source builds today.
pub fn verified(file: &str, identical: bool, reads_the_same: bool, lang: Lang) -> String {
    match (lang, identical, reads_the_same) {
        (Lang::Vi, true, _) => format!("{file}: dựng lại ra đúng từng byte"),
        (Lang::En, true, _) => format!("{file}: identical, to the byte"),
        (Lang::Vi, false, true) => format!("{file}: dựng lại ra tệp khác, nhưng nội dung các trang vẫn thế"),
        (Lang::En, false, true) => format!("{file}: other bytes, but the pages read the same"),
        (Lang::Vi, false, false) => format!("{file}: dựng lại ra tệp khác, nội dung các trang cũng khác"),
        (Lang::En, false, false) => format!("{file}: other bytes, and the pages do not read the same"),
    }
}

/// The line about results that could not be written to standard output.
pub fn not_said(error: &FileError, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("lỗi: không ghi được kết quả: {}", vi::file(error)),
        Lang::En => format!("error: the results cannot be written: {}", en::file(error)),
    }
}

/// The line about an exported project.
pub fn exported(folder: &str, lang: Lang) -> String {
    let command = format!("typst compile --root {folder} --font-path {folder}/fonts {folder}/main.typ");
    match lang {
        Lang::Vi => format!("Đã xuất ra {folder}. Dựng bằng typst: {command}"),
        Lang::En => format!("Exported to {folder}. Compile it: {command}"),
    }
}

/// A number of bytes as people say it, decimal.
pub fn size(bytes: u64, lang: Lang) -> String {
    let scaled = |unit: f64| format!("{:.1}", bytes as f64 / unit);
    let text = match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", scaled(1e6)),
        _ => format!("{} GB", scaled(1e9)),
    };
    match lang {
        Lang::Vi => text.replace('.', ","),
        Lang::En => text,
    }
}

/// Words of the commands themselves.
pub fn ui(word: Ui, lang: Lang) -> &'static str {
    match (lang, word) {
        (Lang::Vi, Ui::FontsComplete) => "đủ chữ tiếng Việt",
        (Lang::En, Ui::FontsComplete) => "all of Vietnamese",
        (Lang::Vi, Ui::FontsLack) => "thiếu",
        (Lang::En, Ui::FontsLack) => "lacks",
        (Lang::Vi, Ui::Fonts) => "phông chữ",
        (Lang::En, Ui::Fonts) => "fonts",
        (Lang::Vi, Ui::DefaultLayout) => "mặc định",
        (Lang::En, Ui::DefaultLayout) => "default",
        (Lang::Vi, Ui::Photos) => "Ảnh",
        (Lang::En, Ui::Photos) => "Photos",
        (Lang::Vi, Ui::Issues) => "Số",
        (Lang::En, Ui::Issues) => "Issues",
        (Lang::Vi, Ui::Stopped) => "Đã dừng. Không có gì bị ghi dở dang.",
        (Lang::En, Ui::Stopped) => "Stopped. Nothing is left half written.",
    }
}

/// See [`ui`].
#[derive(Debug, Clone, Copy)]
pub enum Ui {
    FontsComplete,
    FontsLack,
    Fonts,
    DefaultLayout,
    Photos,
    Issues,
    Stopped,
}

/// Where a file from elsewhere would lie in the issue folder: an article beside the manifest, a photo in `photos/`.
fn inside_issue(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().filter(|name| name.contains('.')).unwrap_or("a.jpg");
    let folder = if name.to_lowercase().ends_with(".md") { "" } else { "photos/" };
    format!("{folder}{name}")
}

/// A character as it can be shown: itself, with its number.
fn character(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    if character.is_control() || character.is_whitespace() { number } else { format!("“{character}” ({number})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_people_say_them() {
        assert_eq!(size(999, Lang::En), "999 B");
        assert_eq!(size(150_400, Lang::En), "151 KB");
        assert_eq!(size(7_000_000, Lang::Vi), "7,0 MB");
    }

    #[test]
    fn summaries_count() {
        assert_eq!(summary(1, 0, Lang::En), "1 error");
        assert_eq!(summary(2, 1, Lang::En), "2 errors, 1 warning");
        assert_eq!(summary(2, 1, Lang::Vi), "2 lỗi, 1 cảnh báo");
    }
}
