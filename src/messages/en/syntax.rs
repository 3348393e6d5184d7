//! English: what is wrong with the syntax of a manifest or of front matter.

use crate::diagnostic::SyntaxErrorKind;
use crate::messages::{Message, character};

pub(super) fn describe(error: &SyntaxErrorKind) -> Message {
    match error {
        SyntaxErrorKind::CurlyQuotes { meant } => Message::new("curly quotes cannot stand here")
            .label("not a straight quote")
            .hint(format!("type straight quotes: {meant}")),
        SyntaxErrorKind::UnclosedQuote { quote } => Message::new(format!("the closing quote {quote} is missing"))
            .label(format!("put {quote} here"))
            .hint("a text of several lines stands between three quotes: lead = \"\"\"…\"\"\""),
        SyntaxErrorKind::UnclosedLongText { quote } => {
            Message::new(format!("a text that starts with three quotes {quote} is never closed"))
                .label("opened here")
                .hint(format!("put {quote} right behind the last word of the text"))
        }
        SyntaxErrorKind::UnquotedText { meant } => {
            Message::new("text stands in straight quotes").label("no quotes").hint(format!("write: {meant}"))
        }
        SyntaxErrorKind::DateForm { key, meant } => {
            Message::new(format!("“{key}” is not a date as it is written here"))
                .hint(format!("a date is written year-month-day: {key} = {}", meant.as_deref().unwrap_or("2022-11-28")))
        }
        SyntaxErrorKind::Colon { meant } => Message::new("an equals sign stands behind a key, not a colon")
            .label("a colon")
            .hint(format!("write: {meant}")),
        SyntaxErrorKind::DuplicateKey { key, first_line } => Message::new(format!("the key “{key}” is there twice"))
            .label("the second time")
            .hint(format!("it is on line {first_line} already; remove one of the two")),
        SyntaxErrorKind::DuplicateTable { name, first_line } => {
            Message::new(format!("the table [{name}] is there twice")).label("the second time").hint(format!(
                "it starts on line {first_line} already: make one of the two; only [[section]] and \
                 [[masthead.imprint]], in double brackets, can be repeated"
            ))
        }
        SyntaxErrorKind::Backslash { typed } => {
            Message::new("a backslash between double quotes means something else").label("the backslash").hint(format!(
                "in a path write / for \\: \"{}\"; where a backslash is meant, use single quotes: '{typed}'",
                typed.replace('\\', "/")
            ))
        }
        SyntaxErrorKind::MissingValue { key } if key.is_empty() => {
            Message::new("nothing stands here").hint("add a text in quotes, or remove the comma")
        }
        SyntaxErrorKind::MissingValue { key } => Message::new(format!("the key “{key}” has no value"))
            .label("put it here")
            .hint(format!("write: {key} = \"…\", or remove the line")),
        SyntaxErrorKind::MissingEquals { key } => {
            Message::new(format!("no = behind “{key}”")).label("put = here").hint(format!("write: {key} = \"…\""))
        }
        SyntaxErrorKind::ExtraEquals => {
            Message::new("one = too many").label("remove this").hint("one = is enough: title = \"…\"")
        }
        SyntaxErrorKind::NotAnEntry => Message::new("this line is no key with a value")
            .label("no = in it")
            .hint("write title = \"…\"; a note starts with #"),
        SyntaxErrorKind::BadKey { key } => Message::new(format!("“{key}” cannot be a key"))
            .label("the key")
            .hint("keys have plain letters, digits, - and _, and no spaces: title, contents_title"),
        SyntaxErrorKind::UnclosedHeader { meant } => {
            Message::new("a bracket is missing in the heading of a table").hint(format!("write: {meant}"))
        }
        SyntaxErrorKind::UnclosedList { closing } => {
            let (what, example) = match closing {
                '}' => ("a group that starts with a brace", "{ title = \"…\" }"),
                _ => ("a list that starts with a bracket", "articles = [\"01.md\", \"02.md\"]"),
            };
            Message::new(format!("{what} is not closed"))
                .label(format!("no {closing}"))
                .hint(format!("put {closing} at its end: {example}"))
        }
        SyntaxErrorKind::MissingComma => Message::new("a comma is missing between two entries")
            .label("put a comma here")
            .hint("a comma stands between two entries: [\"01.md\", \"02.md\"]"),
        SyntaxErrorKind::ExtraComma => Message::new("a comma too many").label("remove this").hint("remove the comma"),
        SyntaxErrorKind::QuoteInside { meant } => Message::new("the text has quotes inside like those around it")
            .hint(format!("use other quotes around it: {meant}; or “ ” inside")),
        SyntaxErrorKind::TextBehindValue { found } => {
            Message::new(format!("“{found}” stands behind a complete value")).label("too much").hint(
                "each key has a line of its own; remove this, put it inside the quotes, or put # before it as a note",
            )
        }
        SyntaxErrorKind::Fence => Message::new("issue.toml has no lines of +++ or ---")
            .label("remove this line")
            .hint("only articles (.md) have lines of +++; remove this one"),
        SyntaxErrorKind::SlashNote { meant } => {
            Message::new("a note starts with #, not with //").hint(format!("write: {meant}"))
        }
        SyntaxErrorKind::StrayCharacter { found } => {
            Message::new(format!("a character that cannot stand here: {}", character(*found)))
                .label("here")
                .hint("delete it, and type it anew on the keyboard")
        }
        SyntaxErrorKind::LineEnd => Message::new("this end of a line is not taken for one")
            .hint("open the file in a text editor, break the line anew with Enter, and save"),
        SyntaxErrorKind::Other => Message::new("this cannot be read")
            .hint("write key = value; text stands in straight quotes: title = \"Bản tin\""),
    }
}
