//! English: what in an article cannot be set.

use crate::diagnostic::MarkdownError;
use crate::messages::{Lang, Message, size};

pub(super) fn describe(error: &MarkdownError) -> Message {
    match error {
        MarkdownError::Html => {
            Message::new("HTML cannot be set").hint("write it in Markdown; for a bare < put a backslash before it: \\<")
        }
        MarkdownError::HtmlBreak => Message::new("<br> cannot be set")
            .hint("for a line break put two spaces or a backslash \\ at the end of the line, then Enter"),
        MarkdownError::TitleHeading => Message::new("the article's title is its only heading of this level")
            .hint("use ## for headings inside the article"),
        MarkdownError::DeepHeading => Message::new("headings go down to ### only").hint("use ## or ###"),
        MarkdownError::EmptyHeading => Message::new("the heading has no text"),
        MarkdownError::UnderlinedHeading => Message::new("a line of --- or === right below a text makes it a heading")
            .hint("put a blank line between them, or write the heading with ##"),
        MarkdownError::Code => Message::new("code cannot be set").hint("remove the backquotes"),
        MarkdownError::IndentedCode => Message::new("text that is indented this far is code to Markdown")
            .hint("remove the spaces or tabs at the start of the line"),
        MarkdownError::InlinePhoto => Message::new("a photo cannot stand inside a text")
            .hint("give it a paragraph of its own, with a blank line before and after"),
        MarkdownError::NestedPhoto => Message::new("a photo cannot stand inside a list, quote, box or footnote")
            .hint("give it a paragraph of its own, not indented"),
        MarkdownError::BrokenPhoto => Message::new("this is not read as a photo, and would be printed as it is")
            .hint("put a path that has spaces in angle brackets: ![Caption](<photos/a b.jpg> \"Credit\")"),
        MarkdownError::CurlyCredit { meant } => Message::new("the credit of the photo stands in curly quotes")
            .hint(format!("type straight quotes: {meant}")),
        MarkdownError::RemotePhoto => Message::new("a photo cannot come from the web")
            .hint("save it into the issue folder and name it there, such as photos/a.jpg"),
        MarkdownError::NestedBlock => Message::new("this cannot stand inside a list, quote, box or footnote")
            .hint("put it in the article itself, not indented"),
        MarkdownError::FootnoteUndefined { name } => Message::new(format!("the footnote [^{name}] has no text"))
            .hint(format!("add a line of its own: [^{name}]: text of the note")),
        MarkdownError::FootnoteUnused { name } => {
            Message::new(format!("nothing refers to the footnote [^{name}], so it would not be printed"))
                .hint(format!("put [^{name}] where the note belongs, or remove it"))
        }
        MarkdownError::FootnoteTwice { name } => Message::new(format!("the footnote [^{name}] has two texts")),
        MarkdownError::FootnoteNested => Message::new("a footnote cannot stand inside another block or note")
            .hint("put the note at the end of the article"),
        MarkdownError::LinkUnused { name } => {
            Message::new(format!("nothing refers to the link [{name}], so it would not be printed"))
                .hint(format!("use it as [text][{name}], or remove the line"))
        }
        MarkdownError::BadLink { url } => Message::new(format!("“{url}” cannot be a link"))
            .hint("a link starts with https://, http://, mailto: or tel:; if brackets are meant, write \\["),
        MarkdownError::EmptyLink => Message::new("the link has no text"),
        MarkdownError::BrokenLink { meant: Some(meant) } => Message::new("the address of the link has a space in it")
            .hint(format!("write a space in the address as %20: {meant}")),
        MarkdownError::BrokenLink { meant: None } => {
            Message::new("this is not read as a link, and would be printed as it is")
                .hint("write a space in the address as %20; if brackets are meant, put a backslash before them: \\[")
        }
        MarkdownError::LinkTitle => Message::new("the title of a link would not be printed")
            .hint("remove the text in quotes behind the address"),
        MarkdownError::LongRow { columns } => {
            Message::new(format!("the row has more cells than the table has columns ({columns})"))
                .hint("add a column to the header, or put a backslash before a | that belongs to the text: \\|")
        }
        MarkdownError::WideTable { limit } => Message::new(format!("a table has at most {limit} columns"))
            .hint("split the table into several, or put it in as a picture"),
        MarkdownError::LargeTables { limit } => {
            Message::new(format!("the tables of an issue have at most {limit} cells in all"))
                .hint("shorten or split the table, or put it in as a picture")
        }
        MarkdownError::TooDeep { limit } => {
            Message::new(format!("lists, quotes and emphasis can be nested {limit} deep at most"))
        }
        MarkdownError::TooLong { limit } => {
            Message::new(format!("the paragraph is longer than {}", size(*limit as u64, Lang::En)))
                .hint("break it with blank lines")
        }
        MarkdownError::UnknownMarker { name, nearest } => Message::new(format!("nobody knows what [!{name}] is"))
            .hint(match nearest {
                Some(nearest) => format!("did you mean [!{nearest}]?"),
                None => "there are [!box], [!pull], [!chart bar] and [!chart line]".to_owned(),
            })
            .hint("if brackets are meant, put a backslash before them: \\[!"),
        MarkdownError::MarkerOutsideQuote { name } => {
            Message::new(format!("[!{name}] stands at the head of a quote, and this is none"))
                .hint(format!("put > before this line and before every line of the text that belongs to it: > [!{name}]"))
                .hint("if brackets are meant, put a backslash before them: \\[!")
        }
        MarkdownError::EmptyBox { name } => Message::new(format!("nothing stands in this [!{name}]"))
            .hint("write its text on the lines below, each with > before it"),
        MarkdownError::UnknownChart { shape, nearest } => match nearest {
            _ if shape.is_empty() => Message::new("the chart does not say how it is drawn"),
            nearest => Message::new(format!("there is no chart “{shape}”"))
                .hint_if(nearest.as_ref().map(|nearest| format!("did you mean [!chart {nearest}]?"))),
        }
        .hint("write [!chart bar] for bars, or [!chart line] for lines"),
        MarkdownError::ChartWithoutTable => Message::new("no table follows, of which a chart could be drawn")
            .hint("put the table right below this line, with a blank line between them"),
        MarkdownError::ChartWithoutNumbers => Message::new("the table has no number that a chart could show")
            .hint("write the labels in its first column and nothing but numbers in the others, such as 1,432.5 or 99%; or take the line [!chart …] away"),
        MarkdownError::Other { construct } => Message::new(format!("this {construct} cannot be set")),
    }
}
