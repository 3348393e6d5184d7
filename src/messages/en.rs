//! English.

mod syntax;

use super::{Lang, Message, character, inside_issue, size};
use crate::diagnostic::{
    ArchiveFault, Damage, DrawingFault, DrawingLimit, EncodingFault, FileFault, FrontMatterFault, LayoutExcess,
    LeftOut, ListFault, MarkdownFault, NameFault, PastedFault, PhotoFault, PhotoSize, Problem, QuoteFault, TextFault,
    ValueFault, ValueKind,
};
use crate::vietnamese::Encoding;

pub fn describe(problem: &Problem) -> Message {
    match problem {
        Problem::ManifestSyntax(fault) => syntax::describe(fault),
        Problem::ManifestMissing { folder } => Message::new(format!("there is no issue.toml in “{folder}”"))
            .hint("name the folder that holds issue.toml, or make one with: bantin new FOLDER"),
        Problem::FrontMatter(fault) => front_matter(fault),
        Problem::UnknownKey { key, table: Some(table), belongs_on_top: true, .. } => {
            Message::new(format!("the key “{key}” stands inside the table [{table}]"))
                .label("too low")
                .hint(format!("move “{key}” up, above the first line with [ ]"))
        }
        Problem::UnknownKey { key, nearest, known, .. } => {
            let message = Message::new(format!("unknown key “{key}”")).label("not a key of this table");
            match nearest {
                Some(nearest) => message.hint(format!("did you mean “{nearest}”?")),
                None => message.hint(format!("the keys here are: {}", known.join(", "))),
            }
        }
        Problem::MissingKey { key, table } => {
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
        Problem::BadValue { key, fault } => bad_value(key, fault),
        Problem::ArticleMissing { path, nearest } => {
            Message::new(format!("the article “{path}” is not in the issue folder"))
                .label("no such file")
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        Problem::ArticleListedTwice { path, first_line } => {
            Message::new(format!("the article “{path}” is listed twice"))
                .label("the second time")
                .hint(format!("it is listed on line {first_line} already; remove one of the two"))
        }
        Problem::UnsupportedMarkdown(fault) => markdown(fault),
        Problem::NotUtf8(fault) => not_utf8(fault),
        Problem::PhotoMissing { path, nearest } => {
            Message::new(format!("the photo “{path}” is not in the issue folder"))
                .label("no such file")
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        Problem::PhotoUnreadable { path, fault } => photo(path, fault),
        Problem::PhotoTooLarge { path, size: PhotoSize::Pixels { width, height, limit } } => {
            Message::new(format!("the photo “{path}” has {width} × {height} pixels"))
                .hint(format!("at most {} million pixels can be read; save a smaller copy", limit / 1_000_000))
        }
        Problem::PhotoTooLarge { path, size: PhotoSize::Bytes { limit, .. } } => {
            Message::new(format!("the photo “{path}” is larger than {}", size(*limit, Lang::En)))
                .hint("save a smaller copy")
        }
        Problem::PhotoLowResolution { path, pixels, ppi, placed, good, column_would_do } => {
            let message = Message::new(format!(
                "the photo “{path}” is too small for its place: {pixels} pixels across {placed} mm are {ppi} pixels per inch"
            ))
            .label(format!("{ppi} ppi, at least 120 are needed"))
            .hint(format!("it would look good up to {good} mm wide; ask for the original, as the camera took it"));
            let column = "or set it in one column: leave out its width = \"page\"";
            message.hint_if(column_would_do.then(|| column.to_owned()))
        }
        Problem::PhotoWithoutCaption { path } => Message::new(format!("the photo “{path}” has no caption"))
            .label("who and what is to be seen?")
            .hint("write it in the brackets: ![The caption.](photos/a.jpg \"Credit\")"),
        Problem::PhotoWithoutCredit { path } => Message::new(format!("the photo “{path}” does not say who took it"))
            .label("whose photo is it?")
            .hint("write the name in quotes behind the path: ![The caption.](photos/a.jpg \"Name\"), or in the byline: author = \"Text, photos: Name\""),
        Problem::PhotoUnused { path } => Message::new(format!("no article shows the photo “{path}”"))
            .hint("show it, or take it out of the folder"),
        Problem::Internal { detail } => Message::new(if detail.is_empty() {
            "bantin itself failed; this issue was not finished".to_owned()
        } else {
            format!("bantin itself failed; this issue was not finished ({detail})")
        })
        .hint("an older PDF is as it was")
        .hint("please report it, with the issue folder and what this says: RUST_BACKTRACE=1 bantin …"),
        Problem::Archive { path, fault } => match fault {
            ArchiveFault::Damaged(damage) => Message::new(format!("“{path}” {}", damaged(*damage)))
                .hint("copy it once more from its source"),
            ArchiveFault::Encrypted => Message::new(format!("“{path}” is encrypted"))
                .hint("save a copy without a password; no archive of bantin has one"),
            ArchiveFault::NotOurs => Message::new(format!("“{path}” does not hold the files of an issue"))
                .hint("only PDFs built with --profile archive do"),
            ArchiveFault::BadName(name) => {
                Message::new(format!("“{path}” holds a file with a name that cannot be: “{}”", name.escape_debug()))
                    .hint("it was not made by bantin, or was tampered with; nothing was written")
            }
            ArchiveFault::TooLarge => Message::new(format!("“{path}” holds more than an issue can have"))
                .hint("it was not made by bantin, or was tampered with; nothing was written"),
        },
        Problem::ArchiveName { path, fault } => archive_name(path, fault),
        Problem::ArchiveLeftOut { path, reason } => left_out(path, *reason),
        Problem::ArchiveTooMany { limit } => Message::new(format!("the folder holds more than {limit} files"))
            .hint("an archive keeps every file of the folder; move those elsewhere that are no part of the issue"),
        Problem::ArchiveTooLarge => Message::new("the files of the folder are too large together for an archive")
            .hint("an archive keeps every file of the folder; move large files elsewhere that no article shows"),
        Problem::ArchiveNotWhole => Message::new("the archive does not give back the files that went into it")
            .hint("this is a fault of bantin, and no PDF was written; please report it with the issue folder"),
        Problem::Text(fault) => text(fault),
        Problem::ListNumbers(fault) => list(fault),
        Problem::ArticleUnlisted { path } => Message::new(format!("issue.toml does not list the article “{path}”"))
            .hint("list it under articles, or take it out of the folder"),
        Problem::ArticleWithoutSource => Message::new("the article names neither its author nor its source")
            .label("by whom, or from where?")
            .hint("add author = \"…\" or source = \"…\" at the top of the file"),
        Problem::ContentsTitleLong { characters, limit, is_short_form } => {
            let message = Message::new(format!("the title takes much room in the contents: {characters} characters"))
                .label(format!("at most {limit} look good"));
            let hint = "write a shorter form for the contents: contents_title = \"…\"";
            message.hint_if((!is_short_form).then(|| hint.to_owned()))
        }
        Problem::OutsideIssue { path } => Message::new(format!("“{path}” leads out of the issue folder"))
            .hint(format!("copy the file into the issue folder and name it relative to that: {}", inside_issue(path))),
        Problem::MissingGlyph { character: c, fonts } => {
            Message::new(format!("no font of the layout has the character {}", character(*c)))
                .hint(format!("replace it, or use a layout with another font (this one has {})", fonts.join(", ")))
        }
        Problem::LayoutMissing { name, nearest, available } => Message::new(format!("there is no layout “{name}”"))
            .hint(match nearest {
                Some(nearest) => format!("did you mean “{nearest}”?"),
                None => format!("the layouts are: {}", available.join(", ")),
            }),
        Problem::LayoutError { detail, hints, article } => {
            let text = match article {
                Some(article) => format!("the layout cannot set the article “{article}”: {detail}"),
                None => format!("error in the layout: {detail}"),
            };
            Message { hints: hints.clone(), ..Message::new(text) }
        }
        Problem::LayoutLimit { excess } => layout_limit(*excess),
        Problem::SizeBudget { bytes, budget, heaviest } => {
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
        Problem::PdfStandard { detail, hints, article } => {
            let text = match article {
                Some(article) => format!("the PDF would break its standards in “{article}”: {detail}"),
                None => format!("the PDF would break its standards: {detail}"),
            };
            Message { hints: hints.clone(), ..Message::new(text) }
        }
        Problem::Unreadable { path, fault } => Message::new(format!("“{path}” cannot be read: {}", file(fault))),
        Problem::OutputFailed { path, fault } => {
            let message = Message::new(format!("“{path}” cannot be written: {}", file(fault)));
            match fault {
                FileFault::NotFound => message.hint("make the folder first, or name another with -o"),
        FileFault::Denied => message.hint("close or unlock the file, or name another with -o"),
                FileFault::Full => message.hint("free some room, or name another disk with -o"),
                FileFault::IsInput => message.hint("name a new file that ends in .pdf, or another folder"),
                FileFault::Exists => message.hint("choose a new name"),
                FileFault::Clash => message.hint("give one of the issue folders another name"),
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
                .hint(format!("if you trust it, allow it more: BANTIN_LAYOUT_SECONDS={}", seconds.saturating_mul(10)))
        }
        LayoutExcess::Memory { bytes } => Message::new(format!(
            "the layout that this issue brings along takes more than {} of memory",
            size(bytes, Lang::En)
        ))
        .hint(loops)
        .hint(format!("if you trust it, allow it more bytes: BANTIN_LAYOUT_MEMORY={}", bytes.saturating_mul(2))),
        LayoutExcess::Crash => {
            Message::new("the layout that this issue brings along could not be run to its end, and was stopped")
                .hint("it is nested too deeply, calls itself without an end, or there was no memory left for it")
        }
    }
}

fn damaged(damage: Damage) -> &'static str {
    match damage {
        Damage::NoPdf => "is not a PDF",
        Damage::Structure => "is a damaged PDF: its parts are not where they should be",
        Damage::Tree => "is a damaged PDF: its list of attached files runs in a circle",
        Damage::File => "is a damaged PDF: an attached file has no name or no content",
        Damage::Packing => "is a damaged PDF: a part of it cannot be unpacked",
    }
}

fn archive_name(path: &str, fault: &NameFault) -> Message {
    let message = Message::new(format!("an archive could not give back the file “{}”", path.escape_debug()));
    let message = match fault {
        NameFault::Character(found) => message.hint(format!(
            "rename it: Windows has no files with {} in their name",
            character(*found)
        )),
        NameFault::Ending => message.hint("rename it: Windows drops a space or a full stop at the end of a name"),
        NameFault::Reserved(name) => {
            message.hint(format!("rename it: “{name}” means something else to computers, and cannot be a file everywhere"))
        }
        NameFault::TooLong { limit } => message.hint(format!(
            "give it a shorter name: file systems hold at most {limit} bytes, and a letter with marks takes two or three"
        )),
        NameFault::NoName => message.hint("name it by a path in the issue folder, such as photos/a.jpg"),
        NameFault::NotUnicode => message.hint("rename it: its name is not Unicode text"),
        NameFault::Clash { other } if other == path => message.hint(
            "the folder holds two of this name, with letters and marks composed in different ways; rename or remove one",
        ),
        NameFault::Clash { other } => message.hint(format!(
            "rename it: Windows and macOS cannot tell it from “{other}”, which lies in the folder as well"
        )),
    };
    message.hint("name it the same in issue.toml and in the articles that use it")
}

fn left_out(path: &str, reason: LeftOut) -> Message {
    let message = Message::new(format!("“{}” does not go into the archive", path.escape_debug()));
    match reason {
        LeftOut::Pdf => message.hint("it is a PDF; keep it beside the archive if it belongs to the issue"),
        LeftOut::Hidden => message.hint("it is hidden; take the full stop off its name if it belongs to the issue"),
        LeftOut::Link => message.hint("it is a link; put the file itself in its place if it belongs to the issue"),
        LeftOut::Special => message.hint("it is no file, but a pipe or a device"),
        LeftOut::Closed => message.hint("its files cannot be listed; allow reading it if it belongs to the issue"),
    }
}

fn did_you_mean(nearest: Option<&str>) -> Option<String> {
    nearest.map(|nearest| format!("did you mean “{nearest}”?"))
}

fn front_matter(fault: &FrontMatterFault) -> Message {
    match fault {
        FrontMatterFault::Missing => Message::new("the article does not start with its front matter")
            .label("here")
            .hint("the file starts with a line +++, then title = \"…\", then another line +++"),
        FrontMatterFault::Hyphens => Message::new("the front matter stands between lines of +++, not ---")
            .hint("write +++ in place of both lines, and the keys as TOML: title = \"…\""),
        FrontMatterFault::Unclosed => Message::new("the front matter is not closed")
            .label("opened here")
            .hint("put a line +++ between the keys and the text"),
        FrontMatterFault::NotFirst => Message::new("the line +++ must be the first of the file")
            .label("a blank line")
            .hint("delete the blank lines above +++"),
        FrontMatterFault::Fence => Message::new("this line is nearly +++, but not quite")
            .label("must be +++")
            .hint("write three plus signs at the left margin, and nothing else on the line: +++"),
        FrontMatterFault::Syntax(fault) => syntax::describe(fault),
    }
}

fn bad_value(key: &str, fault: &ValueFault) -> Message {
    match fault {
        ValueFault::WrongType { expected, found } => {
            let message = Message::new(format!("“{key}” must be {}, not {}", kind(*expected), kind(*found)));
            match expected {
                ValueKind::Date => message.hint("a date is written without quotes: date = 2022-11-28"),
                ValueKind::Text => message.hint(format!("text stands in quotes: {key} = \"…\"")),
                ValueKind::ListOfTexts => message.hint(format!("a list stands in brackets: {key} = [\"…\", \"…\"]")),
                ValueKind::ListOfTables => message.hint(format!("each one starts with a line [[{key}]]")),
                _ => message,
            }
        }
        ValueFault::Empty => Message::new(format!("“{key}” must not be empty")),
        ValueFault::NotADate => Message::new(format!("“{key}” is not a day of the calendar"))
            .hint("a date is written year-month-day, without quotes: date = 2022-11-28"),
        ValueFault::DateForm { meant, is_quoted } => {
            let quotes = if *is_quoted { ", and take the quotes off" } else { "" };
            Message::new(format!("“{key}” is not written as a date"))
                .hint(format!("write year-month-day{quotes}: {key} = {meant}"))
        }
        ValueFault::NotAColour => {
            Message::new(format!("“{key}” is not a colour")).hint("write it as red, green, blue: \"#14375e\"")
        }
        ValueFault::LowContrast { tenths } => Message::new(format!(
            "“{key}” is too light: its contrast with white is {}.{} to 1, and 4.5 is needed",
            tenths / 10,
            tenths % 10
        ))
        .hint("choose a darker colour"),
        ValueFault::NotASize => {
            Message::new(format!("“{key}” is not a size")).hint("write a number and a unit: \"7 MB\"")
        }
        ValueFault::NotALanguage => {
            Message::new(format!("“{key}” is not a language tag")).hint("such as \"vi\", \"en\" or \"en-US\"")
        }
        ValueFault::NotAnEmail => Message::new(format!("“{key}” is not an e-mail address")),
        ValueFault::NotAWebAddress => {
            Message::new(format!("“{key}” is not a web address")).hint("it starts with https://")
        }
        ValueFault::NotOneOf { choices, nearest } => {
            Message::new(format!("“{key}” must be one of: {}", choices.join(", ")))
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        ValueFault::NoArticles => Message::new("the issue lists no article")
            .hint("add articles = [\"01-a.md\"], or a [[section]] with a title and articles"),
        ValueFault::PhotoNotShown { nearest } => Message::new(format!("{key}: the article does not show this photo"))
            .hint_if(did_you_mean(nearest.as_deref())),
        ValueFault::TooLong { limit } => {
            Message::new(format!("“{key}” is longer than {}", size(*limit as u64, Lang::En)))
                .hint("longer text belongs into an article")
        }
        ValueFault::NotMarkdown => {
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

fn markdown(fault: &MarkdownFault) -> Message {
    match fault {
        MarkdownFault::Html => {
            Message::new("HTML cannot be set").hint("write it in Markdown; for a bare < put a backslash before it: \\<")
        }
        MarkdownFault::HtmlBreak => Message::new("<br> cannot be set")
            .hint("for a line break put two spaces or a backslash \\ at the end of the line, then Enter"),
        MarkdownFault::TitleHeading => Message::new("the article's title is its only heading of this level")
            .hint("use ## for headings inside the article"),
        MarkdownFault::DeepHeading => Message::new("headings go down to ### only").hint("use ## or ###"),
        MarkdownFault::EmptyHeading => Message::new("the heading has no text"),
        MarkdownFault::UnderlinedHeading => Message::new("a line of --- or === right below a text makes it a heading")
            .hint("put a blank line between them, or write the heading with ##"),
        MarkdownFault::Code => Message::new("code cannot be set").hint("remove the backquotes"),
        MarkdownFault::IndentedCode => Message::new("text that is indented this far is code to Markdown")
            .hint("remove the spaces or tabs at the start of the line"),
        MarkdownFault::InlinePhoto => Message::new("a photo cannot stand inside a text")
            .hint("give it a paragraph of its own, with a blank line before and after"),
        MarkdownFault::NestedPhoto => Message::new("a photo cannot stand inside a list, quote or footnote")
            .hint("give it a paragraph of its own, not indented"),
        MarkdownFault::BrokenPhoto => Message::new("this is not read as a photo, and would be printed as it is")
            .hint("put a path that has spaces in angle brackets: ![Caption](<photos/a b.jpg> \"Credit\")"),
        MarkdownFault::CurlyCredit { meant } => Message::new("the credit of the photo stands in curly quotes")
            .hint(format!("type straight quotes: {meant}")),
        MarkdownFault::RemotePhoto => Message::new("a photo cannot come from the web")
            .hint("save it into the issue folder and name it there, such as photos/a.jpg"),
        MarkdownFault::NestedBlock => Message::new("this cannot stand inside a list, quote or footnote")
            .hint("put it in the article itself, not indented"),
        MarkdownFault::FootnoteUndefined { name } => Message::new(format!("the footnote [^{name}] has no text"))
            .hint(format!("add a line of its own: [^{name}]: text of the note")),
        MarkdownFault::FootnoteUnused { name } => {
            Message::new(format!("nothing refers to the footnote [^{name}], so it would not be printed"))
                .hint(format!("put [^{name}] where the note belongs, or remove it"))
        }
        MarkdownFault::FootnoteTwice { name } => Message::new(format!("the footnote [^{name}] has two texts")),
        MarkdownFault::FootnoteNested => Message::new("a footnote cannot stand inside another block or note")
            .hint("put the note at the end of the article"),
        MarkdownFault::LinkUnused { name } => {
            Message::new(format!("nothing refers to the link [{name}], so it would not be printed"))
                .hint(format!("use it as [text][{name}], or remove the line"))
        }
        MarkdownFault::BadLink { url } => Message::new(format!("“{url}” cannot be a link"))
            .hint("a link starts with https://, http://, mailto: or tel:; if brackets are meant, write \\["),
        MarkdownFault::EmptyLink => Message::new("the link has no text"),
        MarkdownFault::BrokenLink { meant: Some(meant) } => Message::new("the address of the link has a space in it")
            .hint(format!("write a space in the address as %20: {meant}")),
        MarkdownFault::BrokenLink { meant: None } => {
            Message::new("this is not read as a link, and would be printed as it is")
                .hint("write a space in the address as %20; if brackets are meant, put a backslash before them: \\[")
        }
        MarkdownFault::LinkTitle => Message::new("the title of a link would not be printed")
            .hint("remove the text in quotes behind the address"),
        MarkdownFault::LongRow { columns } => {
            Message::new(format!("the row has more cells than the table has columns ({columns})"))
                .hint("add a column to the header, or put a backslash before a | that belongs to the text: \\|")
        }
        MarkdownFault::WideTable { limit } => Message::new(format!("a table has at most {limit} columns"))
            .hint("split the table into several, or put it in as a picture"),
        MarkdownFault::LargeTables { limit } => {
            Message::new(format!("the tables of an issue have at most {limit} cells in all"))
                .hint("shorten or split the table, or put it in as a picture")
        }
        MarkdownFault::TooDeep { limit } => {
            Message::new(format!("lists, quotes and emphasis can be nested {limit} deep at most"))
        }
        MarkdownFault::TooLong { limit } => {
            Message::new(format!("the paragraph is longer than {}", size(*limit as u64, Lang::En)))
                .hint("break it with blank lines")
        }
        MarkdownFault::Other { construct } => Message::new(format!("this {construct} cannot be set")),
    }
}

fn not_utf8(fault: &EncodingFault) -> Message {
    let message = match fault {
        EncodingFault::Invalid => Message::new("the file is not UTF-8 text").label("from here"),
        EncodingFault::Nul => {
            Message::new("the file has NUL bytes: it is UTF-16, or not a text").label("the first one")
        }
    };
    message.hint("open it in a text editor and save it with the encoding UTF-8")
}

fn photo(path: &str, fault: &PhotoFault) -> Message {
    match fault {
        PhotoFault::Empty => {
            Message::new(format!("the photo “{path}” is an empty file")).hint("copy it once more from its source")
        }
        PhotoFault::UnknownFormat => Message::new(format!("“{path}” is not a photo that can be read"))
            .hint("save it as JPEG or PNG (WebP, GIF, TIFF and SVG can be read too)"),
        PhotoFault::Heif => Message::new(format!("“{path}” is a HEIC or AVIF photo, which cannot be read"))
            .hint("open it and export it as JPEG; on an iPhone: Settings › Camera › Formats › Most Compatible"),
        PhotoFault::File(fault) => Message::new(format!("the photo “{path}” cannot be read: {}", file(fault)))
            .hint("name a photo file, such as photos/a.jpg"),
        PhotoFault::LinkedImage => Message::new(format!("the drawing “{path}” shows another file"))
            .hint("embed the picture in the drawing, or save the drawing as PNG"),
        PhotoFault::Drawing(fault) => drawing(path, fault),
        PhotoFault::TooManyScans { scans } => {
            Message::new(format!("the JPEG “{path}” is stored in {scans} passes, which takes too long to read"))
                .hint("open it and save it anew")
        }
        PhotoFault::DecoderFailed => Message::new(format!("the photo “{path}” is damaged"))
            .hint("copy it once more from its source, or open it and save it anew"),
        PhotoFault::Unsupported(detail) => {
            Message::new(format!("this kind of photo cannot be read: “{path}” ({detail})"))
                .hint("open it and save it as JPEG or PNG")
        }
        PhotoFault::Changed => Message::new(format!("the photo “{path}” changed while it was being read"))
            .hint("once it is saved or copied to the end, build again"),
        PhotoFault::Broken(detail) => Message::new(format!("the photo “{path}” is damaged: {detail}"))
            .hint("copy it once more from its source, or open it and save it anew"),
    }
}

fn drawing(path: &str, fault: &DrawingFault) -> Message {
    const SAVE_AS_PNG: &str = "open the drawing and save it as PNG";
    match fault {
        DrawingFault::NotDrawn { element } => {
            Message::new(format!("the drawing “{path}” has a part that cannot be printed: <{element}>"))
                .hint("convert its text to paths in the drawing program, or save the drawing as PNG")
        }
        DrawingFault::Script => {
            Message::new(format!("the drawing “{path}” has a program (script) in it, which does nothing on paper"))
                .hint(SAVE_AS_PNG)
        }
        DrawingFault::Circular => {
            Message::new(format!("the drawing “{path}” is drawn inside itself, without end")).hint(SAVE_AS_PNG)
        }
        DrawingFault::InnerPicture => Message::new(format!("a picture inside the drawing “{path}” is damaged"))
            .hint("put the picture into the drawing anew, or save the drawing as PNG"),
        DrawingFault::TooMuch(limit) => {
            let what = match limit {
                DrawingLimit::Bytes => "the file is too large",
                DrawingLimit::Attributes => "one of its elements has too many attributes",
                DrawingLimit::Entities => "its abbreviations (&name;) stand for too much",
                DrawingLimit::Depth => "its groups are nested too deep",
                DrawingLimit::Style => "its style sheet is too long",
                DrawingLimit::Parts => "it has too many shapes",
                DrawingLimit::Letters => "it has too much text",
                DrawingLimit::Pictures => "the pictures inside it are too large",
                DrawingLimit::Filters => "it has too many blurs, shadows or other effects",
                DrawingLimit::Patterns => "its patterns are too fine",
            };
            Message::new(format!("the drawing “{path}” is too complicated to print: {what}")).hint(SAVE_AS_PNG)
        }
    }
}

pub fn file(fault: &FileFault) -> String {
    match fault {
        FileFault::Changed => "it has changed meanwhile".into(),
        FileFault::NotFound => "no such file or folder".into(),
        FileFault::Denied => "access denied".into(),
        FileFault::IsFolder => "it is a folder".into(),
        FileFault::NotAFile => "it is not a regular file".into(),
        FileFault::Full => "no room left on the device".into(),
        FileFault::TooLarge { limit } => format!("it is larger than {}", size(*limit, Lang::En)),
        FileFault::IsInput => "it is a file that issues are built from".into(),
        FileFault::Clash => "two issues would write the same file".into(),
        FileFault::Exists => "it is there already, and not empty".into(),
        FileFault::Other(detail) => detail.clone(),
    }
}

fn text(fault: &TextFault) -> Message {
    match fault {
        TextFault::EthForD { found } => Message::new(format!("{} stands for Đ", character(*found)))
            .label("not the letter of Vietnamese")
            .hint("it looks the same, but search and screen readers do not find it; --fix replaces it"),
        TextFault::NotNfc { meant } => Message::new(format!("letters typed in several parts: “{meant}”"))
            .label("letter and marks apart")
            .hint("other programs may not find or show them right; --fix puts them together"),
        TextFault::LegacyEncoding { encoding, converted } => {
            let name = match encoding {
                Encoding::Tcvn3 => "TCVN3 (ABC, .Vn… fonts)",
                Encoding::Vni => "VNI",
            };
            Message::new(format!("text typed in {name}, not in Unicode"))
                .label("reads as nonsense without its old fonts")
                .hint(format!("it says: {converted}"))
        }
        TextFault::MixedTonePlacement { found, usual, count } => {
            let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
            Message::new(format!("“{found}” here, “{usual}” elsewhere in this issue ({times})"))
                .label("the tone mark stands on another letter")
                .hint("both styles are right; an issue reads better with one")
        }
        TextFault::UnbalancedQuotes(fault) => match fault {
            QuoteFault::NotClosed => Message::new("this quote is never closed in its paragraph").label("opened here"),
            QuoteFault::NotOpened => Message::new("this quote closes none that was opened").label("closed here"),
            QuoteFault::Mixed => Message::new("this quote is of another kind than its partner")
                .label("straight")
                .hint("use “ and ” for both, or \" for both"),
        },
        TextFault::RangeSpacing { meant } => {
            Message::new("a space at one side of the hyphen only").label("a range").hint(format!("write {meant}"))
        }
        TextFault::SpaceBeforePunctuation { mark } => {
            Message::new(format!("a space before “{mark}”")).label("leave it out")
        }
        TextFault::DoubleSpace => Message::new("more than one space").label("one is enough"),
        TextFault::RepeatedPunctuation { found } => {
            Message::new(format!("“{found}”: a mark too many")).label("one mark, or … for an ellipsis")
        }
        TextFault::NumberGrouping { found } => {
            Message::new(format!("the points of “{found}” are not at the thousands"))
                .label("a slip in the number?")
                .hint("groups of three behind each point: 1.432, 11.152; decimals behind a comma: 1,1152")
        }
        TextFault::MissingSpaceAfterPunctuation { mark } => {
            Message::new(format!("no space behind “{mark}”")).label("two words run together")
        }
        TextFault::StrayControl { found } => {
            Message::new(format!("a character that nobody sees: {}", character(*found)))
                .label("here")
                .hint("it came along when the text was copied, and breaks search; --fix takes it out")
        }
        TextFault::PastedMarkup(fault) => pasted(fault),
        TextFault::Placeholder { words } => Message::new(format!("nobody has replaced “{words}” yet"))
            .label("words of the template")
            .hint("write your own, or take them out"),
        TextFault::ArticleWithoutText => {
            Message::new("this article has no text").label("a title alone").hint("write it below the second +++ line")
        }
    }
}

fn pasted(fault: &PastedFault) -> Message {
    match fault {
        PastedFault::Bullet { mark } => Message::new(format!("{} is no list in Markdown", character(*mark)))
            .label("a typed bullet")
            .hint("begin each item with a hyphen and a space: - item"),
        PastedFault::Dash { mark } => {
            Message::new(format!("lines that begin with “{mark}” are run together into one paragraph"))
                .label("not on a line of its own")
                .hint("a list: begin each item with a hyphen and a space, - item")
                .hint("speech: leave an empty line between the turns")
        }
        PastedFault::Label { label } => Message::new(format!("“{label}” is run together with the line before it"))
            .label("not on a line of its own")
            .hint("leave an empty line above it"),
        PastedFault::Stars => Message::new("these stars make nothing bold, and will be printed")
            .label("opened and not closed, or the other way round")
            .hint("stars stand close to the words at both sides: **bold**; take out those that are too many"),
        PastedFault::SpacedStars { meant } => Message::new("these stars make nothing bold, and will be printed")
            .label("a space in the wrong place")
            .hint(format!("write {meant}")),
        PastedFault::Hash { level } => {
            let hash = "#".repeat((*level).clamp(2, 3));
            Message::new("“#” without a space behind it is no heading, and will be printed")
                .label("a heading?")
                .hint(format!("a heading: {hash} Heading; if the sign itself is meant, write \\#"))
        }
        PastedFault::WordTag { tag } => Message::new(format!("“{tag}” came along from Word, and will be printed"))
            .label("no text")
            .hint("take it out; --fix does"),
        PastedFault::Tabs => Message::new("columns made with tabs are run together")
            .label("a table?")
            .hint("write a table: | Name | Number |, below it a line |---|---|, then the rows"),
        PastedFault::SpacedAddress => Message::new("an address with a space in it is no link, and will be printed")
            .label("a space inside")
            .hint("write %20 in place of each space"),
    }
}

fn list(fault: &ListFault) -> Message {
    match fault {
        ListFault::Repeated { found } => Message::new(format!("“{found}” comes twice in a row in this list"))
            .label("printed as it was typed")
            .hint("numbers are printed as they were typed: type 1., 2., 3."),
        ListFault::Falling { before, found } => {
            let digits = before.trim_end_matches(['.', ')']);
            let mark = &before[digits.len()..];
            Message::new(format!("“{found}” comes after “{before}” in one list"))
                .label("printed as it was typed")
                .hint("a paragraph that begins with a number and a point is an item of a list")
                .hint(format!("if it is none, put a backslash before the point: {digits}\\{mark}"))
        }
        ListFault::Recounted { typed, printed } => Message::new(format!("“{typed}” would be printed as “{printed}”"))
            .label("another number than was typed")
            .hint("this layout counts the items of a list for itself; use a newer one, or type the numbers in order"),
    }
}
