//! What is wrong with what was typed, in both languages: as facts, for people and for programs alike.

use std::path::Path;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Command;
use crate::fs;
use crate::mail::server::{Server, ServerError};
use crate::messages::{Lang, Message, hint_word};

/// Where more is to be read.
const MORE_VI: &str = "Xem hướng dẫn: bantin --help";
const MORE_EN: &str = "For more information, see: bantin --help";

/// What can be parsed and cannot be meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Misuse {
    /// `-o` names a PDF, and there are several issues.
    FileForSeveral { path: String },
    /// A command that is none.
    NoSuchCommand { name: String },
    /// `--send` names no server.
    Server(ServerError),
    /// A new folder is named after a month that no year has.
    NoSuchMonth { name: String },
}

/// Looks for what cannot be meant.
pub(super) fn misuse(command: &Command) -> Option<Misuse> {
    match command {
        Command::Build(args) if args.issues.len() > 1 => {
            let path = args.output.as_deref().filter(|path| is_pdf(path) && !fs::is_folder(path))?;
            Some(Misuse::FileForSeveral { path: path.display().to_string() })
        }
        Command::Man(args) => {
            let name = args.command.clone()?;
            let is_known = super::command().find_subcommand(&name).is_some();
            (!is_known).then_some(Misuse::NoSuchCommand { name })
        }
        Command::Mail(args) => Some(Misuse::Server(Server::parse(args.send.as_deref()?).err()?)),
        Command::New(args) => {
            let name = args.folder.file_name()?.to_string_lossy().into_owned();
            is_no_month(&name).then_some(Misuse::NoSuchMonth { name })
        }
        _ => None,
    }
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
        && !path.to_string_lossy().ends_with(std::path::is_separator)
}

/// Whether a name has the form `2026-11` and is no month.
fn is_no_month(name: &str) -> bool {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    name.split_once('-').is_some_and(|(year, month)| {
        let is_month = year != "0000" && matches!(month.parse(), Ok(1..=12));
        digits(year, 4) && digits(month, 2) && !is_month
    })
}

/// What cannot be meant, in words.
pub(super) fn misused(misuse: &Misuse, lang: Lang) -> Message {
    let (text, hint) = match (misuse, lang) {
        (Misuse::FileForSeveral { path }, Lang::Vi) => (
            format!("dựng nhiều số thì -o phải là một thư mục, không phải tệp “{path}”"),
            "ghi một thư mục, ví dụ -o pdf/".to_owned(),
        ),
        (Misuse::FileForSeveral { path }, Lang::En) => (
            format!("for several issues -o must be a folder, not the file “{path}”"),
            "name a folder, such as -o pdf/".to_owned(),
        ),
        (Misuse::NoSuchCommand { name }, Lang::Vi) => {
            (format!("không có lệnh “{name}”"), "xem các lệnh: bantin --help".to_owned())
        }
        (Misuse::NoSuchCommand { name }, Lang::En) => {
            (format!("there is no command “{name}”"), "see the commands: bantin --help".to_owned())
        }
        (Misuse::Server(error), lang) => server(*error, lang),
        (Misuse::NoSuchMonth { name }, Lang::Vi) => (
            format!("“{name}” không phải một tháng có trên lịch"),
            "đặt tên thư mục theo năm và tháng, từ 01 đến 12, ví dụ 2027-02".to_owned(),
        ),
        (Misuse::NoSuchMonth { name }, Lang::En) => (
            format!("“{name}” is not a month of the calendar"),
            "name the folder after a year and a month from 01 to 12, such as 2027-02".to_owned(),
        ),
    };
    Message { text, label: None, hints: vec![hint] }
}

/// What is wrong with the address of a server. It is not repeated: it may have a password in it.
fn server(error: ServerError, lang: Lang) -> (String, String) {
    let text = match (error, lang) {
        (ServerError::Scheme, Lang::Vi) => "--send cần một địa chỉ bắt đầu bằng smtps:// hoặc smtp://",
        (ServerError::Scheme, Lang::En) => "--send needs an address that begins with smtps:// or smtp://",
        (ServerError::Password, Lang::Vi) => "địa chỉ sau --send có mật khẩu, mà người khác trên máy này đọc được",
        (ServerError::Password, Lang::En) => {
            "the address after --send has a password, which others on this machine can read"
        }
        (ServerError::Host, Lang::Vi) => "địa chỉ sau --send không có tên máy chủ",
        (ServerError::Host, Lang::En) => "the address after --send has no name of a server",
        (ServerError::Port, Lang::Vi) => "cổng trong địa chỉ sau --send không phải số từ 1 đến 65535",
        (ServerError::Port, Lang::En) => "the port in the address after --send is not a number from 1 to 65535",
    };
    let hint = match (error, lang) {
        (ServerError::Password, Lang::Vi) => {
            "đổi mật khẩu đó, rồi ghi mật khẩu mới vào một tệp và dùng --password-file TỆP, hoặc vào biến BANTIN_SMTP_PASSWORD"
        }
        (ServerError::Password, Lang::En) => {
            "change that password; put the new one in a file and use --password-file FILE, or in the variable BANTIN_SMTP_PASSWORD"
        }
        (_, Lang::Vi) => "ví dụ: --send smtps://bantin@tanhai.example@mail.tanhai.example:465",
        (_, Lang::En) => "such as: --send smtps://bantin@tanhai.example@mail.tanhai.example:465",
    };
    (text.to_owned(), hint.to_owned())
}

/// What cannot be parsed, in words.
pub(super) fn refused(error: &Error, lang: Lang) -> Message {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = said(ContextKind::InvalidArg).unwrap_or_default();
    let value = said(ContextKind::InvalidValue).unwrap_or_default();
    let command = said(ContextKind::InvalidSubcommand).unwrap_or_default();
    let text = match lang {
        Lang::Vi => refused_vi(error.kind(), &argument, &value, &command),
        Lang::En => refused_en(error.kind(), &argument, &value, &command),
    };
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let nearest = kinds.into_iter().find_map(said).filter(|nearest| !nearest.is_empty());
    let choices = said(ContextKind::ValidValue).filter(|choices| !choices.is_empty());
    let hint = match (lang, nearest, choices) {
        (Lang::Vi, Some(nearest), _) => format!("có phải ý bạn là “{nearest}”?"),
        (Lang::En, Some(nearest), _) => format!("did you mean “{nearest}”?"),
        (Lang::Vi, None, Some(choices)) => format!("chọn một trong: {choices}"),
        (Lang::En, None, Some(choices)) => format!("choose one of: {choices}"),
        (Lang::Vi, None, None) => MORE_VI.to_owned(),
        (Lang::En, None, None) => MORE_EN.to_owned(),
    };
    Message { text, label: None, hints: vec![hint] }
}

fn refused_vi(kind: ErrorKind, argument: &str, value: &str, command: &str) -> String {
    match kind {
        ErrorKind::UnknownArgument => format!("không có tùy chọn “{argument}”"),
        ErrorKind::InvalidSubcommand => format!("không có lệnh “{command}”"),
        ErrorKind::MissingRequiredArgument => format!("còn thiếu: {argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "chưa ghi lệnh".into(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} cần một giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("giá trị “{value}” không dùng được cho {argument}")
        }
        ErrorKind::ArgumentConflict => format!("{argument} ghi hai lần, hoặc không đi cùng tùy chọn khác"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument} có số giá trị không đúng")
        }
        _ => "lệnh ghi không đúng".into(),
    }
}

fn refused_en(kind: ErrorKind, argument: &str, value: &str, command: &str) -> String {
    match kind {
        ErrorKind::UnknownArgument => format!("there is no option “{argument}”"),
        ErrorKind::InvalidSubcommand => format!("there is no command “{command}”"),
        ErrorKind::MissingRequiredArgument => format!("something is missing: {argument}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "no command given".into(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} needs a value"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("the value “{value}” cannot be used for {argument}")
        }
        ErrorKind::ArgumentConflict => format!("{argument} is there twice, or does not go with another option"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument} has too many values or too few")
        }
        _ => "this cannot be understood".into(),
    }
}

/// A message about what was typed, for people.
pub(super) fn text(message: &Message, lang: Lang) -> String {
    let (error, more) = match lang {
        Lang::Vi => ("lỗi", MORE_VI),
        Lang::En => ("error", MORE_EN),
    };
    let hints = message.hints.iter().filter(|hint| *hint != more);
    let hints: String = hints.map(|hint| format!("\n  {}: {hint}\n", hint_word(lang))).collect();
    format!("{error}: {}\n{hints}\n{more}\n", message.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_are_none() {
        for name in ["2027-14", "2027-00", "2027-13", "0000-05", "2027-99"] {
            assert!(is_no_month(name), "{name}");
        }
        for name in ["2027-12", "2027-01", "xuan-14", "2027-1", "2027-140", "2027-14-tet", "so-13", "14"] {
            assert!(!is_no_month(name), "{name}");
        }
    }
}
