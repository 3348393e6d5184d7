//! `bantin man`: the manual pages, made from the help texts.

use std::path::Path;

use clap_mangen::Man as Page;

use super::{Status, write_new_folder};
use crate::cli::{self, Man};
use crate::diagnostic::Diagnostic;
use crate::fs::Written;
use crate::messages::Lang;
use crate::terminal::Terminal;

pub(super) fn run(args: &Man, terminal: &Terminal) -> Status {
    let Some(folder) = &args.output else {
        terminal.out(page(args.command.as_deref(), terminal.lang).trim_end());
        return Status::Done;
    };
    match write(folder, terminal) {
        Ok(Written::Whole) => {
            let folder = folder.display().to_string();
            terminal.done(&folder, &folder);
            Status::Done
        }
        Ok(Written::Stopped) => {
            terminal.stopped();
            Status::Stopped
        }
        Err(diagnostic) => {
            terminal.diagnostics(Path::new(""), &[diagnostic]);
            Status::Failed
        }
    }
}

/// Writes all pages, where `man` looks for them below such a folder.
fn write(folder: &Path, terminal: &Terminal) -> Result<Written, Diagnostic> {
    let commands = cli::command();
    let names: Vec<_> = commands.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let mut files = Vec::new();
    for (lang, place) in [(Lang::En, "man1"), (Lang::Vi, "vi/man1")] {
        files.push((format!("{place}/bantin.1"), page(None, lang).into_bytes()));
        for name in names.iter().filter(|name| *name != "help") {
            files.push((format!("{place}/bantin-{name}.1"), page(Some(name), lang).into_bytes()));
        }
    }
    write_new_folder(folder, &[], files.iter().map(|(name, bytes)| (name, bytes)), &*terminal.progress())
}

/// The page of one command, or of all together.
fn page(name: Option<&str>, lang: Lang) -> String {
    let mut whole = cli::command_in(lang);
    // What all commands have in common is told with each.
    whole.build();
    let command = name.and_then(|name| whole.find_subcommand(name).cloned()).unwrap_or(whole);
    let title = name.map_or_else(|| "BANTIN".to_owned(), |name| format!("BANTIN-{}", name.to_uppercase()));
    let command = match name {
        Some(name) => command.display_name(format!("bantin-{name}")),
        None => command,
    };
    let mut bytes = Vec::new();
    let page = Page::new(command).title(title).section("1").source(format!("bantin {}", env!("CARGO_PKG_VERSION")));
    // Memory takes all that is written.
    let _ = page.render(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if lang == Lang::Vi { vietnamese_headings(&text) } else { text }
}

/// The headings of a page, which the library knows in English alone.
fn vietnamese_headings(page: &str) -> String {
    let line = |line: &str| match line {
        ".SH NAME" => ".SH TÊN".to_owned(),
        ".SH SYNOPSIS" => ".SH \"CÁCH DÙNG\"".to_owned(),
        ".SH DESCRIPTION" => ".SH \"MÔ TẢ\"".to_owned(),
        ".SH OPTIONS" => ".SH \"TÙY CHỌN\"".to_owned(),
        ".SH SUBCOMMANDS" => ".SH LỆNH".to_owned(),
        ".SH VERSION" => ".SH \"PHIÊN BẢN\"".to_owned(),
        other => other.to_owned(),
    };
    page.lines().map(|text| line(text) + "\n").collect()
}
