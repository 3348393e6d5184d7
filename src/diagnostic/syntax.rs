//! Why a text is not TOML, kind by kind: each kind has its own cure.

/// What is wrong with the syntax of a manifest or of front matter. `meant` is how it could be written.
#[derive(Debug, Clone, PartialEq)]
pub enum SyntaxErrorKind {
    /// Quotes as word processors make them, where straight ones are needed.
    CurlyQuotes {
        meant: String,
    },
    /// A text that is not closed on its line.
    UnclosedQuote {
        quote: char,
    },
    /// A text between `"""` or `'''` that is never closed.
    UnclosedLongText {
        quote: &'static str,
    },
    /// A text without quotes.
    UnquotedText {
        meant: String,
    },
    /// The date in another form; `meant` where it is a day of the calendar.
    DateForm {
        key: String,
        meant: Option<String>,
    },
    /// `key: value`.
    Colon {
        meant: String,
    },
    DuplicateKey {
        key: String,
        first_line: usize,
    },
    DuplicateTable {
        name: String,
        first_line: usize,
    },
    /// A backslash in a text between double quotes, and that text.
    Backslash {
        typed: String,
    },
    MissingValue {
        key: String,
    },
    MissingEquals {
        key: String,
    },
    /// More than one `=`.
    ExtraEquals,
    /// A line that is no `key = value`, no `[table]` and no note.
    NotAnEntry,
    /// A name that needs quotes: with spaces, or letters beyond ASCII.
    BadKey {
        key: String,
    },
    UnclosedHeader {
        meant: String,
    },
    /// A list or an inline table without its closing bracket.
    UnclosedList {
        closing: char,
    },
    MissingComma,
    ExtraComma,
    /// Quotes inside a text in the same quotes.
    QuoteInside {
        meant: String,
    },
    /// Something behind a value that is complete.
    TextBehindValue {
        found: String,
    },
    /// A line of `+++` or `---` in a manifest.
    Fence,
    /// A note that starts with `//`.
    SlashNote {
        meant: String,
    },
    /// A character that cannot stand there: a control character, or one that looks like another.
    StrayCharacter {
        found: char,
    },
    /// A line that ends as no system ends it today.
    LineEnd,
    /// Anything else.
    Other,
}
