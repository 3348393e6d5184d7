//! What can be typed. Types alone: what it means is settled in `commands`.

mod mail;
mod usage;
mod vietnamese;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

pub use mail::Mail;

use crate::manifest::parse_size;
use crate::messages::Lang;
use crate::pdf::Profile;
use crate::schema::Subject;
use crate::terminal::{Color, Format};
use crate::toml_reader::Date;
use crate::typeset::TYPST;

/// Turn an issue folder (a manifest, Markdown articles, photos) into a PDF bulletin
///
/// An issue is a folder with an issue.toml, articles (*.md) and photos. Start with `bantin new my-issue`, then
/// `bantin build my-issue`.
#[derive(Debug, Parser)]
#[command(
    name = "bantin",
    bin_name = "bantin",
    version = version(),
    about,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What `--version` says: the commit, too, where the build knows it.
fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let commit = option_env!("BANTIN_COMMIT").map(|commit| format!("{commit}, ")).unwrap_or_default();
        format!("{} ({commit}typst {TYPST})", env!("CARGO_PKG_VERSION"))
    });
    &VERSION
}

/// The whole command line, with `help`, which is no command of ours but another way to ask for `--help`.
pub fn command() -> clap::Command {
    let topic = clap::Arg::new(TOPIC).value_name("COMMAND").help("The command to explain [default: all of them]");
    Cli::command().subcommand(clap::Command::new(HELP).about("Print this help, or that of a command").arg(topic))
}

/// The whole command line, in a language.
pub fn command_in(lang: Lang) -> clap::Command {
    if lang == Lang::Vi { vietnamese::localise(command()) } else { command() }
}

const HELP: &str = "help";
const TOPIC: &str = "topic";

/// What was typed, or what to print and how to exit instead: help or an error, in the user's language.
pub fn parse(arguments: &[OsString]) -> Result<Cli, Answer> {
    let lang = language(arguments);
    let is_json = asked(arguments, "--format").is_some_and(|format| format == "json");
    let command = || command_in(lang);
    let refused = |error| Answer { what: What::Refused(error), lang, is_json };
    let matches = command().try_get_matches_from(arguments).map_err(refused)?;
    if let Some((HELP, asked)) = matches.subcommand() {
        let topic = asked.get_one::<String>(TOPIC).map(String::as_str);
        let words = ["bantin"].into_iter().chain(topic).chain(["--help"]);
        return match command().try_get_matches_from(words) {
            Err(error) => Err(refused(error)),
            Ok(matches) => Cli::from_arg_matches(&matches).map_err(refused),
        };
    }
    let cli = Cli::from_arg_matches(&matches).map_err(refused)?;
    match usage::misuse(&cli.command) {
        Some(misuse) => Err(Answer { what: What::Misuse(misuse), lang, is_json }),
        None => Ok(cli),
    }
}

/// What answers a command line that is not carried out.
#[derive(Debug)]
pub struct Answer {
    what: What,
    lang: Lang,
    is_json: bool,
}

#[derive(Debug)]
enum What {
    /// What cannot be parsed, or help.
    Refused(clap::Error),
    /// What cannot be meant.
    Misuse(usage::Misuse),
}

impl Answer {
    /// Prints it, and tells the exit status.
    pub fn print_and_exit_code(&self) -> u8 {
        let message = match &self.what {
            What::Misuse(misuse) => usage::misused(misuse, self.lang),
            What::Refused(error) if error.exit_code() == 0 => {
                return if crate::terminal::is_written(&error.print()) { 0 } else { 1 };
            }
            // English is the parser's own language, and help for people is what a bare `bantin` asks for.
            What::Refused(error) if !self.is_json && (self.lang == Lang::En || is_help(error)) => {
                crate::terminal::usage_error(&error.render().to_string());
                return 2;
            }
            What::Refused(error) => usage::refused(error, self.lang),
        };
        if self.is_json {
            crate::terminal::usage_error_json(&message);
        } else {
            crate::terminal::usage_error(&usage::text(&message, self.lang));
        }
        2
    }
}

fn is_help(error: &clap::Error) -> bool {
    error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

/// The language that `--lang` asks for, before anything else is understood; else the locale's.
fn language(arguments: &[OsString]) -> Lang {
    match asked(arguments, "--lang").as_deref() {
        Some("vi") => Lang::Vi,
        Some("en") => Lang::En,
        _ => Lang::from_locale(),
    }
}

/// The value of an option, before anything else is understood.
fn asked(arguments: &[OsString], option: &str) -> Option<String> {
    let mut words = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(word) = words.next() {
        match word.strip_prefix(option) {
            Some("") => return words.next().map(|word| word.into_owned()),
            Some(rest) if rest.starts_with('=') => return rest.strip_prefix('=').map(str::to_owned),
            _ => {}
        }
    }
    None
}

#[derive(Debug, Args)]
pub struct Global {
    /// How findings are written; json gives one object a line on standard output
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// The language of messages [default: the locale's, else English]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Show warnings too
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the PDF of one or more issues
    ///
    /// A layout that the issue brings along (its folder layout) may be anybody's: it can read nothing but the files of
    /// the issue, and may take at most 60 seconds and 2 GB of memory; else the error is layout-limit. For a layout that
    /// you trust, the variables BANTIN_LAYOUT_SECONDS and BANTIN_LAYOUT_MEMORY (bytes) allow more.
    Build(Build),
    /// Look for errors and likely mistakes in one or more issues, without a PDF
    Check(Check),
    /// Write the laid-out project as plain files that the stock typst compiles
    ///
    /// A layout that the issue brings along (its folder layout) may be anybody's: it can read nothing but the files of
    /// the issue, and may take at most 60 seconds and 2 GB of memory; else the error is layout-limit. For a layout that
    /// you trust, the variables BANTIN_LAYOUT_SECONDS and BANTIN_LAYOUT_MEMORY (bytes) allow more.
    Export(Export),
    /// Take the issue folder back out of an archive PDF
    Extract(Extract),
    /// Tell whether an archive PDF is what its own source builds today, and what differs if not
    ///
    /// The pages of the file itself are compared with those that its source builds: their text, pictures, number and
    /// order, and all else that shows, as far as the same versions of bantin set both.
    ///
    /// A layout that the PDF brings along (its folder layout) may be anybody's: it can read nothing but the files of
    /// the issue, and may take at most 60 seconds and 2 GB of memory; else the error is layout-limit. For a layout that
    /// you trust, the variables BANTIN_LAYOUT_SECONDS and BANTIN_LAYOUT_MEMORY (bytes) allow more.
    Verify(Verify),
    /// Make a new issue that builds as it is
    New(New),
    /// Make an issue, or articles for one, out of Word files, old PDFs and text
    ///
    /// Reads .docx, .odt, .pdf, .txt and .md by itself, .doc and .rtf through LibreOffice where that is installed. A file
    /// that is a whole bulletin becomes an issue with its sections, articles and photos; several files, or one that is a
    /// single article, become articles. Text typed in TCVN3 (ABC) or VNI fonts becomes Unicode. Every word is in the issue
    /// or named as left out; what is a guess is named, too.
    Import(Import),
    /// Show an issue in the browser while you write it
    ///
    /// The desk: its pages as they will be, what check finds, what the e-mail PDF weighs. It follows every save. It can
    /// be reached from this machine alone.
    ///
    /// A layout that the issue brings along (its folder layout) may be anybody's: it can read nothing but the files of
    /// the issue, and may take at most 60 seconds and 2 GB of memory for each setting; else the error is layout-limit, and
    /// the desk closes.
    Watch(Watch),
    /// Send an issue by e-mail, or write the messages as files
    ///
    /// Everybody gets a message of their own: text and HTML made from the issue, with the PDF attached. All messages are
    /// made, and the lists read and checked, before the first goes out. A journal keeps what became of each: a run that was
    /// stopped goes on where it was, and nobody gets a message twice.
    Mail(Box<Mail>),
    /// List the layouts and what each is for, or copy one to start from
    Layouts(Layouts),
    /// List the fonts: families, styles, Vietnamese coverage
    Fonts,
    /// Write the JSON Schema of the manifest or of the front matter, for editors that complete keys
    Schema {
        #[arg(value_enum)]
        subject: Subject,
    },
    /// Write the manual pages
    ///
    /// The page of bantin or of one command to standard output, or with -o those of all commands in both languages into a
    /// folder, where `man` finds them. To read one: bantin man build | man -l -
    Man(Man),
    /// Write shell completions to standard output
    Completions {
        #[arg(value_enum)]
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub struct Watch {
    /// Issue folder, or its issue.toml
    #[arg(value_name = "ISSUE")]
    pub issue: PathBuf,
    /// Port to listen on [default: a free one]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Do not open the browser
    #[arg(long)]
    pub no_open: bool,
    /// Look for changes again and again: for network drives, which tell nothing of them
    #[arg(long)]
    pub poll: bool,
    /// What opens a file where you click, such as "code -g {file}:{line}" [default: $VISUAL]
    #[arg(long, value_name = "COMMAND")]
    pub editor: Option<String>,
    /// Layout to use in place of the manifest's
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
}

#[derive(Debug, Args)]
pub struct Import {
    /// Files to import, in printing order
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// The folder for the new issue: a new or empty one
    #[arg(short, long, value_name = "DIR", required_unless_present = "into")]
    pub output: Option<PathBuf>,
    /// Add the articles to this issue; nothing of it is overwritten
    #[arg(long, value_name = "ISSUE", conflicts_with_all = ["output", "date", "number", "layout"])]
    pub into: Option<PathBuf>,
    /// Day or month of publication, such as 2021-12-28 or 2021-12 [default: as the source says]
    #[arg(long, value_name = "D", value_parser = date)]
    pub date: Option<Date>,
    /// The issue's number [default: as the source says]
    #[arg(long, value_name = "N")]
    pub number: Option<String>,
    /// The layout of the new issue
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
}

#[derive(Debug, Args)]
pub struct Man {
    /// The command to explain [default: all of them]
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    pub command: Option<String>,
    /// The folder for the pages: a new or empty one
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Layouts {
    /// Write the files of a layout, with its library, to a new or empty folder: layouts/MINE beside issues/ is a layout
    /// for all issues, layout/ in an issue one for that alone
    #[arg(long, num_args = 2, value_names = ["NAME", "DIR"])]
    pub copy: Option<Vec<OsString>>,
}

#[derive(Debug, Args)]
pub struct Build {
    /// Issue folders, or their issue.toml
    #[arg(required = true, value_name = "ISSUE")]
    pub issues: Vec<PathBuf>,
    /// The PDF to write, or the folder for it; with several issues a folder [default: NAME.pdf in this folder]
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// What the PDF is for
    #[arg(long, value_enum, default_value_t)]
    pub profile: Profile,
    /// A layout in place of the manifest's
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// The most that an e-mail PDF may weigh, such as "7 MB"
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_size: Option<u64>,
    /// Prepare all photos anew
    #[arg(long)]
    pub no_cache: bool,
    /// Build all of several issues, even those of which nothing has changed
    #[arg(long)]
    pub force: bool,
    /// How many processor cores to use [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Issue folders, or their issue.toml
    #[arg(required_unless_present = "codes", value_name = "ISSUE")]
    pub issues: Vec<PathBuf>,
    /// Correct in the files what can be corrected safely, and say what was changed
    #[arg(long)]
    pub fix: bool,
    /// Fail where there are warnings
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// List all codes: what each finds, how grave it is, whether --fix corrects it
    #[arg(long, conflicts_with_all = ["issues", "fix", "deny"])]
    pub codes: bool,
}

/// What is not let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Deny {
    Warnings,
}

#[derive(Debug, Args)]
pub struct Export {
    /// Issue folder, or its issue.toml
    #[arg(value_name = "ISSUE")]
    pub issue: PathBuf,
    /// The folder for the project: a new or empty one, or that of an earlier export
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// What the pages are for
    #[arg(long, value_enum, default_value_t)]
    pub profile: Profile,
    /// A layout in place of the manifest's
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// Prepare all photos anew
    #[arg(long)]
    pub no_cache: bool,
}

#[derive(Debug, Args)]
pub struct Extract {
    /// The archive PDF
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder for the issue: a new or empty one
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// The archive PDF
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Build this issue instead of the source in the PDF
    #[arg(long, value_name = "ISSUE")]
    pub against: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct New {
    /// The folder to make; a name such as 2026-11 gives the month
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// An earlier issue to take masthead, layout and sections from; number and month go on
    #[arg(long, value_name = "ISSUE")]
    pub from: Option<PathBuf>,
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a day or a month, such as 2021-12-28 or 2021-12".to_owned())
}

fn size(text: &str) -> Result<u64, String> {
    parse_size(text).ok_or_else(|| "a number and a unit, such as \"7 MB\"".to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_limits_of_layouts_are_told() {
        use crate::limits::{MEMORY, SECONDS};
        for name in ["build", "export", "verify"] {
            for command in [
                <super::Cli as clap::CommandFactory>::command(),
                super::vietnamese::localise(<super::Cli as clap::CommandFactory>::command()),
            ] {
                let help = command.find_subcommand(name).and_then(|command| command.get_long_about());
                let help = help.map(ToString::to_string).unwrap_or_default();
                assert!(help.contains(&format!("{SECONDS} ")), "{name}: {help}");
                assert!(help.contains(&format!("{} GB", MEMORY / 1_000_000_000)), "{name}: {help}");
            }
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
