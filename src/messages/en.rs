//! English.

mod archive;
pub(super) mod codes;
pub(super) mod import;
mod mail;
mod markdown;
mod pages;
mod photos;
mod syntax;
mod texts;

use super::{Lang, Message, character, inside_issue, size};
use crate::diagnostic::{
    ArchiveError, EncodingError, FileError, Finding, FrontMatterError, LayoutError, LayoutExcess, PhotoSize,
    ValueError, ValueKind,
};

pub(super) fn describe(finding: &Finding) -> Message {
    match finding {
        Finding::ManifestSyntax(error) => syntax::describe(error),
        Finding::ManifestMissing { folder } => Message::new(format!("there is no issue.toml in “{folder}”"))
            .hint("name the folder that holds issue.toml, or make one with: bantin new FOLDER"),
        Finding::FrontMatter(error) => front_matter(error),
        Finding::UnknownKey { key, table: Some(table), belongs_on_top: true, .. } => {
            Message::new(format!("the key “{key}” stands inside the table [{table}]"))
                .label("too low")
                .hint(format!("move “{key}” up, above the first line with [ ]"))
        }
        Finding::UnknownKey { key, nearest, known, .. } => {
            let message = Message::new(format!("unknown key “{key}”")).label("not a key of this table");
            match nearest {
                Some(nearest) => message.hint(format!("did you mean “{nearest}”?")),
                None => message.hint(format!("the keys here are: {}", known.join(", "))),
            }
        }
        Finding::MissingKey { key, table } => {
            let place = table.as_ref().map_or_else(|| "at the top of the file".to_owned(), |t| format!("in [{t}]"));
            let example = match *key {
                "date" => "date = 2022-11-28",
                "masthead" => "[masthead]",
                "photo" => "photo = \"photos/cover.jpg\"",
                _ => "",
            };
            let hint = if example.is_empty() { format!("add: {key} = \"…\"") } else { format!("add: {example}") };
            Message::new(format!("the key “{key}” is missing {place}")).hint(hint)
        }
        Finding::BadValue { key, error } => bad_value(key, error),
        Finding::ArticleMissing { path, nearest } => {
            Message::new(format!("the article “{path}” is not in the issue folder"))
                .label("no such file")
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        Finding::ArticleListedTwice { path, first_line } => {
            Message::new(format!("the article “{path}” is listed twice"))
                .label("the second time")
                .hint(format!("it is listed on line {first_line} already; remove one of the two"))
        }
        Finding::UnsupportedMarkdown(error) => markdown::describe(error),
        Finding::NotUtf8(error) => not_utf8(error),
        Finding::PhotoMissing { path, nearest } => {
            Message::new(format!("the photo “{path}” is not in the issue folder"))
                .label("no such file")
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        Finding::PhotoUnreadable { path, error } => photos::describe(path, error),
        Finding::PhotoTooLarge { path, size: PhotoSize::Pixels { width, height, limit } } => {
            Message::new(format!("the photo “{path}” has {width} × {height} pixels"))
                .hint(format!("at most {} million pixels can be read; save a smaller copy", limit / 1_000_000))
        }
        Finding::PhotoTooLarge { path, size: PhotoSize::Bytes { limit, .. } } => {
            Message::new(format!("the photo “{path}” is larger than {}", size(*limit, Lang::En)))
                .hint("save a smaller copy")
        }
        Finding::PhotoLowResolution { path, pixels, ppi, placed, good, column_would_do } => {
            let message = Message::new(format!(
                "the photo “{path}” is too small for its place: {pixels} pixels across {placed} mm are {ppi} pixels per inch"
            ))
            .label(format!("{ppi} ppi, at least 120 are needed"))
            .hint(format!("it would look good up to {good} mm wide; ask for the original, as the camera took it"));
            let column = "or set it in one column: leave out its width = \"page\"";
            message.hint_if(column_would_do.then(|| column.to_owned()))
        }
        Finding::PageNearlyEmpty { page, percent } => pages::nearly_empty(*page, *percent),
        Finding::PagesNotComposed => pages::not_composed(),
        Finding::PagesNotFitted { wanted, pages } => pages::not_fitted(*wanted, *pages),
        Finding::PhotoFar { page, called } => pages::photo_far(*page, *called),
        Finding::PhotoWithoutCaption { path } => Message::new(format!("the photo “{path}” has no caption"))
            .label("who and what is to be seen?")
            .hint("write it in the brackets: ![The caption.](photos/a.jpg \"Credit\")"),
        Finding::PhotoWithoutCredit { path } => Message::new(format!("the photo “{path}” does not say who took it"))
            .label("whose photo is it?")
            .hint("write the name in quotes behind the path: ![The caption.](photos/a.jpg \"Name\"), or in the byline: author = \"Text, photos: Name\""),
        Finding::PhotoStandIn { path } => Message::new(format!("“{path}” is the stand-in for a photo that is missing"))
            .hint("put the photo into photos/, and its name here in place of this one"),
        Finding::ImportFailed { path, error } => import::failed(path, error),
        Finding::ImportDoubt { kind, about } => import::doubt(kind, about),
        Finding::ImportLeftOut { reason, text } => import::left_out(*reason, text),
        Finding::MailFailed(error) => mail::failed(error),
        Finding::MailTooLarge { limit } => mail::too_large(*limit),
        Finding::RecipientDoubt { address, meant } => mail::doubt(address, meant),
        Finding::RecipientTwice { address, first } => mail::twice(address, first),
        Finding::PhotoUnused { path } => Message::new(format!("no article shows the photo “{path}”"))
            .hint("show it, or take it out of the folder"),
        Finding::Internal { detail } => Message::new(if detail.is_empty() {
            "bantin itself failed; this issue was not finished".to_owned()
        } else {
            format!("bantin itself failed; this issue was not finished ({detail})")
        })
        .hint("an older PDF is as it was")
        .hint("please report it, with the issue folder and what is printed while the environment variable RUST_BACKTRACE is 1"),
        Finding::Archive { path, error } => match error {
            ArchiveError::Damaged(damage) => Message::new(format!("“{path}” {}", archive::damaged(*damage)))
                .hint("copy it once more from its source"),
            ArchiveError::Encrypted => Message::new(format!("“{path}” is encrypted"))
                .hint("save a copy without a password; no archive of bantin has one"),
            ArchiveError::NotOurs => Message::new(format!("“{path}” does not hold the files of an issue"))
                .hint("only PDFs built with --profile archive do"),
            ArchiveError::BadName(name) => {
                Message::new(format!("“{path}” holds a file with a name that cannot be: “{}”", name.escape_debug()))
                    .hint("it was not made by bantin, or was tampered with; nothing was written")
            }
            ArchiveError::TooLarge => Message::new(format!("“{path}” holds more than an issue can have"))
                .hint("it was not made by bantin, or was tampered with; nothing was written"),
        },
        Finding::ArchiveName { path, error } => archive::name(path, error),
        Finding::ArchiveLeftOut { path, reason } => archive::left_out(path, *reason),
        Finding::ArchiveTooMany { limit } => Message::new(format!("the folder holds more than {limit} files"))
            .hint("an archive keeps every file of the folder; move those elsewhere that are no part of the issue"),
        Finding::ArchiveTooLarge => Message::new("the files of the folder are too large together for an archive")
            .hint("an archive keeps every file of the folder; move large files elsewhere that no article shows"),
        Finding::ArchiveNotWhole => Message::new("the archive does not give back the files that went into it")
            .hint("this is a bug of bantin, and no PDF was written; please report it with the issue folder"),
        Finding::Text(error) => texts::describe(error),
        Finding::ListNumbers(error) => texts::list(error),
        Finding::ArticleUnlisted { path } => Message::new(format!("issue.toml does not list the article “{path}”"))
            .hint("list it under articles, or take it out of the folder"),
        Finding::ArticleWithoutSource => Message::new("the article names neither its author nor its source")
            .label("by whom, or from where?")
            .hint("add author = \"…\" or source = \"…\" at the top of the file"),
        Finding::ContentsTitleLong { characters, limit, is_short_form } => {
            let message = Message::new(format!("the title takes much room in the contents: {characters} characters"))
                .label(format!("at most {limit} look good"));
            let hint = "write a shorter form for the contents: contents_title = \"…\"";
            message.hint_if((!is_short_form).then(|| hint.to_owned()))
        }
        Finding::OutsideIssue { path } => Message::new(format!("“{path}” leads out of the issue folder"))
            .hint(format!("copy the file into the issue folder and name it relative to that: {}", inside_issue(path))),
        Finding::MissingGlyph { character: c, fonts } => {
            Message::new(format!("no font of the layout has the character {}", character(*c)))
                .hint(format!("replace it, or use a layout with another font (this one has {})", fonts.join(", ")))
        }
        Finding::LayoutMissing { name, nearest, available } => Message::new(format!("there is no layout “{name}”"))
            .hint(match nearest {
                Some(nearest) => format!("did you mean “{nearest}”?"),
                None => format!("the layouts are: {}", available.join(", ")),
            }),
        Finding::LayoutError { error, article } => layout_error(error, article.as_deref()),
        Finding::LayoutLimit { excess } => layout_limit(*excess),
        Finding::SizeBudget { bytes, budget, heaviest } => {
            let over = size(bytes - budget, Lang::En);
            let photos: Vec<_> = heaviest.iter().map(|(p, b)| format!("{p} ({})", size(*b, Lang::En))).collect();
            let message = Message::new(format!(
                "the PDF is {over} over its budget: {} of {}",
                size(*bytes, Lang::En),
                size(*budget, Lang::En)
            ));
            let message = if photos.is_empty() {
                message
            } else {
                message.hint(format!("the photos that weigh most: {}", photos.join(", ")))
            };
            message
                .hint("this is with all photos at 110 pixels per inch and the lowest quality at which faces are good")
                .hint("leave out a photo, set a wide one in one column, or allow more with --max-size")
        }
        Finding::PdfStandard { detail, hints, article } => {
            let text = match article {
                Some(article) => format!("the PDF would break its standards in “{article}”: {detail}"),
                None => format!("the PDF would break its standards: {detail}"),
            };
            Message { hints: hints.clone(), ..Message::new(text) }
        }
        Finding::Unreadable { path, error } => Message::new(format!("“{path}” cannot be read: {}", file(error))),
        Finding::NoPort { port, is_taken, detail } => Message::new(if *is_taken {
            format!("another program listens on port {port}")
        } else {
            format!("port {port} cannot be opened: {detail}")
        })
        .hint("name another with --port, or leave --port out"),
        Finding::OutputFailed { path, error } => {
            let message = Message::new(format!("“{path}” cannot be written: {}", file(error)));
            match error {
                FileError::NotFound => message.hint("make the folder first, or name another with -o"),
        FileError::Denied => message.hint("close or unlock the file, or name another with -o"),
                FileError::Full => message.hint("free some room, or name another disk with -o"),
                FileError::IsInput | FileError::NotAPdf | FileError::NotNamedPdf => message.hint("name a new file that ends in .pdf, or another folder"),
                FileError::Exists => message.hint("choose a new name"),
                FileError::Clash => message.hint("give one of the issue folders another name"),
                _ => message,
            }
        }
    }
}

fn layout_limit(excess: LayoutExcess) -> Message {
    let loops = "look for a loop without an end, or one that makes ever more, in the folder layout";
    match excess {
        LayoutExcess::Time { seconds } => {
            Message::new(format!("the layout that this issue brings along takes longer than {seconds} seconds"))
                .hint(loops)
                .hint(format!(
                    "if you trust it, allow it more: set the environment variable BANTIN_LAYOUT_SECONDS to {}",
                    seconds.saturating_mul(10)
                ))
        }
        LayoutExcess::Memory { bytes } => Message::new(format!(
            "the layout that this issue brings along takes more than {} of memory",
            size(bytes, Lang::En)
        ))
        .hint(loops)
        .hint(format!(
            "if you trust it, allow it more: set the environment variable BANTIN_LAYOUT_MEMORY to {} bytes",
            bytes.saturating_mul(2)
        )),
        LayoutExcess::Crash => {
            Message::new("the layout that this issue brings along could not be run to its end, and was stopped")
                .hint("it is nested too deeply, calls itself without an end, or there was no memory left for it")
        }
    }
}

fn did_you_mean(nearest: Option<&str>) -> Option<String> {
    nearest.map(|nearest| format!("did you mean “{nearest}”?"))
}

fn layout_error(error: &LayoutError, article: Option<&str>) -> Message {
    let (detail, hints) = match error {
        LayoutError::Typst { message, hints, built_in } => {
            let copy = built_in.as_ref().map(|name| {
                format!("this file is built in; to read and change it: bantin layouts --copy {name} layouts/my-{name}")
            });
            (message.clone(), hints.iter().cloned().chain(copy).collect())
        }
        LayoutError::Specification { message } => (message.clone(), Vec::new()),
        LayoutError::FontMissing { family } => (format!("the font family “{family}” is not there"), Vec::new()),
        LayoutError::NotAColour { key, value } => {
            (format!("colours.{key} is “{value}”, which is not a colour such as \"#14375e\""), Vec::new())
        }
        LayoutError::PhotoSizes { most } => {
            (format!("the sizes of [photos] must be millimetres, from 1 to {most}"), Vec::new())
        }
    };
    let text = match article {
        Some(article) => format!("the layout cannot set the article “{article}”: {detail}"),
        None => format!("error in the layout: {detail}"),
    };
    Message { hints, ..Message::new(text) }
}

fn front_matter(error: &FrontMatterError) -> Message {
    match error {
        FrontMatterError::Missing => Message::new("the article does not start with its front matter")
            .label("here")
            .hint("the file starts with a line +++, then title = \"…\", then another line +++"),
        FrontMatterError::Hyphens => Message::new("the front matter stands between lines of +++, not ---")
            .hint("write +++ in place of both lines, and the keys as TOML: title = \"…\""),
        FrontMatterError::Unclosed => Message::new("the front matter is not closed")
            .label("opened here")
            .hint("put a line +++ between the keys and the text"),
        FrontMatterError::NotFirst => Message::new("the line +++ must be the first of the file")
            .label("a blank line")
            .hint("delete the blank lines above +++"),
        FrontMatterError::Fence => Message::new("this line is nearly +++, but not quite")
            .label("must be +++")
            .hint("write three plus signs at the left margin, and nothing else on the line: +++"),
        FrontMatterError::Syntax(error) => syntax::describe(error),
    }
}

fn bad_value(key: &str, error: &ValueError) -> Message {
    match error {
        ValueError::WrongType { expected, found } => {
            let message = Message::new(format!("“{key}” must be {}, not {}", kind(*expected), kind(*found)));
            match expected {
                ValueKind::Date => message.hint(
                    "a date is written without quotes: date = 2022-11-28; a month alone in quotes: date = \"2022-11\"",
                ),
                ValueKind::Text => message.hint(format!("text stands in quotes: {key} = \"…\"")),
                ValueKind::ListOfTexts => message.hint(format!("a list stands in brackets: {key} = [\"…\", \"…\"]")),
                ValueKind::ListOfTables => message.hint(format!("each one starts with a line [[{key}]]")),
                _ => message,
            }
        }
        ValueError::Empty => Message::new(format!("“{key}” must not be empty")),
        ValueError::NotADate => Message::new(format!("“{key}” is not a day of the calendar"))
            .hint("a date is written year-month-day, without quotes: date = 2022-11-28"),
        ValueError::DateForm { meant, is_quoted } => {
            let quotes = if *is_quoted { ", and take the quotes off" } else { "" };
            Message::new(format!("“{key}” is not written as a date"))
                .hint(format!("write year-month-day{quotes}: {key} = {meant}"))
        }
        ValueError::NotAColour => {
            Message::new(format!("“{key}” is not a colour")).hint("write it as red, green, blue: \"#14375e\"")
        }
        ValueError::LowContrast { tenths } => Message::new(format!(
            "“{key}” is too light: its contrast with white is {}.{} to 1, and 4.5 is needed",
            tenths / 10,
            tenths % 10
        ))
        .hint("choose a darker colour"),
        ValueError::NotASize => {
            Message::new(format!("“{key}” is not a size")).hint("write a number and a unit: \"7 MB\"")
        }
        ValueError::NotALanguage => {
            Message::new(format!("“{key}” is not a language tag")).hint("such as \"vi\", \"en\" or \"en-US\"")
        }
        ValueError::NotAMailbox => Message::new(format!("“{key}” is not an e-mail address"))
            .hint("such as \"Bản tin Tân Hải <bantin@tanhai.example>\""),
        ValueError::NotForUnsubscribing => {
            Message::new(format!("“{key}” is neither an https address nor an e-mail address"))
                .hint("such as \"https://tanhai.example/unsubscribe?mail={email}\" or \"bantin@tanhai.example\"")
        }
        ValueError::NotAnEmail => Message::new(format!("“{key}” is not an e-mail address")),
        ValueError::NotAWebAddress => {
            Message::new(format!("“{key}” is not a web address")).hint("it starts with https://")
        }
        ValueError::NotOneOf { choices, nearest } => {
            Message::new(format!("“{key}” must be one of: {}", choices.join(", ")))
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        ValueError::NotInRange { least, most } => {
            Message::new(format!("“{key}” must be a whole number from {least} to {most}"))
        }
        ValueError::NotAnAspectRatio => {
            Message::new(format!("“{key}” must be width to height, from 1:4 (very tall) to 6:1 (very wide)"))
                .hint("such as \"16:9\", \"4:3\", \"1:1\" or \"2.35:1\"")
        }
        ValueError::CropOfDrawing => Message::new(format!("{key}: a drawing (SVG) cannot be cropped"))
            .hint("crop it in the drawing program, or save it as PNG; else take the crop away"),
        ValueError::NotAnArticle { nearest } => {
            let message = Message::new(format!("“{key}” names a file that is no article of this issue"));
            match nearest {
                Some(nearest) => message.hint(format!("did you mean “{nearest}”?")),
                None => message.hint("list it under articles first, there or in a [[section]]"),
            }
        }
        ValueError::NoArticles => Message::new("the issue lists no article")
            .hint("add articles = [\"01-a.md\"], or a [[section]] with a title and articles"),
        ValueError::PhotoNotShown { nearest } => Message::new(format!("{key}: the article does not show this photo"))
            .hint_if(did_you_mean(nearest.as_deref())),
        ValueError::TooLong { limit } => {
            Message::new(format!("“{key}” is longer than {}", size(*limit as u64, Lang::En)))
                .hint("longer text belongs into an article")
        }
        ValueError::NotMarkdown => {
            Message::new("an article is a Markdown file").hint("its name ends in .md").label("not a .md file")
        }
    }
}

fn kind(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "text",
        ValueKind::TextOrInteger => "text or a whole number",
        ValueKind::Integer => "a whole number",
        ValueKind::Float => "a decimal number",
        ValueKind::Boolean => "true or false",
        ValueKind::Date => "a date",
        ValueKind::DateTime => "a date with a time",
        ValueKind::List => "a list",
        ValueKind::ListOfTexts => "a list of texts",
        ValueKind::ListOfTables => "a list of tables",
        ValueKind::Table => "a table",
    }
}

fn not_utf8(error: &EncodingError) -> Message {
    let message = match error {
        EncodingError::Invalid => Message::new("the file is not UTF-8 text").label("from here"),
        EncodingError::Nul => {
            Message::new("the file has NUL bytes: it is UTF-16, or not a text").label("the first one")
        }
    };
    message.hint("open it in a text editor and save it with the encoding UTF-8")
}

pub(super) fn file(error: &FileError) -> String {
    match error {
        FileError::Changed => "it has changed meanwhile".into(),
        FileError::NotFound => "no such file or folder".into(),
        FileError::Denied => "access denied".into(),
        FileError::IsFolder => "it is a folder".into(),
        FileError::NotAFile => "it is not a regular file".into(),
        FileError::Full => "no room left on the device".into(),
        FileError::TooLarge { limit } => format!("it is larger than {}", size(*limit, Lang::En)),
        FileError::IsInput => "it is a file that issues are built from".into(),
        FileError::NotAPdf => "the file that is there is not a PDF, and is kept".into(),
        FileError::NotNamedPdf => "only files that end in .pdf are written into the folder of an issue".into(),
        FileError::Clash => "two issues would write the same file".into(),
        FileError::Exists => "it is there already, and not empty".into(),
        FileError::Other(detail) => detail.clone(),
    }
}
