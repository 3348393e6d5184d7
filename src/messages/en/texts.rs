//! English: what had better be looked at in a text.

use crate::diagnostic::{ListLint, PastedLint, QuoteLint, StrayKind, StyleKind, TextLint};
use crate::messages::{Message, character};
use crate::vietnamese::Encoding;

pub(super) fn describe(error: &TextLint) -> Message {
    match error {
        TextLint::EthForD { found } => Message::new(format!("{} stands for Đ", character(*found)))
            .label("not the letter of Vietnamese")
            .hint("it looks the same, but search and screen readers do not find it; --fix replaces it"),
        TextLint::NotNfc { meant } => Message::new(format!("letters typed in several parts: “{meant}”"))
            .label("letter and marks apart")
            .hint("other programs may not find or show them right; --fix puts them together"),
        TextLint::LegacyEncoding { encoding, converted } => {
            let name = match encoding {
                Encoding::Tcvn3 => "TCVN3 (ABC, .Vn… fonts)",
                Encoding::Vni => "VNI",
            };
            Message::new(format!("text typed in {name}, not in Unicode"))
                .label("reads as nonsense without its old fonts")
                .hint(format!("it says: {converted}"))
        }
        TextLint::MisplacedTone { found, meant } => {
            Message::new(format!("“{found}”: the tone mark stands on a letter that never bears it"))
                .label(format!("write {meant}"))
                .hint("--fix moves it")
        }
        TextLint::MixedTonePlacement { found, usual, count } => {
            let times = times(*count);
            Message::new(format!("“{found}” here, “{usual}” elsewhere in this issue ({times})"))
                .label("the tone mark stands on another letter")
                .hint("both styles are right; an issue reads better with one")
        }
        TextLint::UnbalancedQuotes(error) => match error {
            QuoteLint::NotClosed => Message::new("this quote is never closed in its paragraph").label("opened here"),
            QuoteLint::NotOpened => Message::new("this quote closes none that was opened").label("closed here"),
            QuoteLint::Mixed => Message::new("this quote is of another kind than its partner")
                .label("straight")
                .hint("use “ and ” for both, or \" for both"),
        },
        TextLint::RangeSpacing { meant } => {
            Message::new("a space at one side of the hyphen only").label("a range").hint(format!("write {meant}"))
        }
        TextLint::SpaceBeforePunctuation { mark } => {
            Message::new(format!("a space before “{mark}”")).label("leave it out")
        }
        TextLint::SpaceBehindOpening { mark } => Message::new(format!("a space behind “{mark}”")).label("leave it out"),
        TextLint::DoubleSpace => Message::new("more than one space").label("one is enough"),
        TextLint::RepeatedPunctuation { found } => {
            Message::new(format!("“{found}”: a mark too many")).label("one mark, or … for an ellipsis")
        }
        TextLint::NumberGrouping { found, meant: None } => {
            Message::new(format!("the points of “{found}” are not at the thousands"))
                .label("a mistake in the number?")
                .hint("groups of three behind each point: 1.432, 11.152; decimals behind a comma: 1,1152")
        }
        TextLint::NumberGrouping { found, meant: Some(meant) } => {
            Message::new(format!("“{found}” has commas at the thousands, as in English"))
                .label("Vietnamese has points there")
                .hint(format!("write {meant}"))
        }
        TextLint::MissingSpaceAfterPunctuation { mark } => {
            Message::new(format!("no space behind “{mark}”")).label("two words run together")
        }
        TextLint::StrayControl { found, kind } => stray(*found, *kind),
        TextLint::InvalidSyllable { found, nearest } => {
            let message = Message::new(format!("“{found}” is no word of Vietnamese")).label("mistyped?");
            let message = match nearest {
                Some(nearest) => message.hint(format!("perhaps {nearest}")),
                None => message,
            };
            message.hint(OWN_WORD)
        }
        TextLint::GluedWords { found, meant } => Message::new(format!("“{found}”: two words run together"))
            .label("no space between them")
            .hint(format!("write {meant}")),
        TextLint::SuspectWord { found, usual, count } => {
            Message::new(format!("“{found}” here, “{usual}” {} in the same company in this issue", times(*count)))
                .label("another mark")
                .hint(format!("perhaps {usual}"))
                .hint(OWN_WORD)
        }
        TextLint::RepeatedWord { words } => {
            Message::new(format!("“{words}” stands twice in a row")).label("once is enough?").hint(OWN_WORD)
        }
        TextLint::LowerCaseAfterFullStop { word } => {
            Message::new(format!("a sentence that begins with a small letter: “{word}”"))
                .label("behind a full stop")
                .hint("a large letter here, or a comma in place of the full stop")
        }
        TextLint::StyleMix { kind, found, count, usual, usual_count } => {
            let what = style(*kind);
            Message::new(format!("{what} in two ways: “{found}” {}, “{usual}” {}", times(*count), times(*usual_count)))
                .label("the rarer way, for the first time")
                .hint("both are right; an issue reads better with one")
        }
        TextLint::UnexplainedAbbreviation { found, count, words } => {
            let message =
                Message::new(format!("“{found}” stands in this issue {} and is never explained", times(*count)))
                    .label("for the first time here");
            match words {
                Some(words) => message.hint(format!("readers may not know it; at the first place: {words} ({found})")),
                None => message.hint("readers may not know it; write the words at the first place, and it in brackets"),
            }
        }
        TextLint::PastedMarkup(error) => pasted(error),
        TextLint::Placeholder { words } => Message::new(format!("nobody has replaced “{words}” yet"))
            .label("words of the template")
            .hint("write your own, or take them out"),
        TextLint::ArticleWithoutText => {
            Message::new("this article has no text").label("a title alone").hint("write it below the second +++ line")
        }
    }
}

/// What to do where a rule is wrong.
const OWN_WORD: &str = "if it is right: [check] words = [\"…\"] in issue.toml, or a line of words.txt beside issues/";

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

fn style(kind: StyleKind) -> &'static str {
    match kind {
        StyleKind::Dates => "dates",
        StyleKind::Ranges => "ranges of years",
        StyleKind::Ellipses => "ellipses",
        StyleKind::Quotes => "quotes",
        StyleKind::Units => "units behind numbers",
        StyleKind::Percent => "percent signs",
        StyleKind::Spelling => "one syllable",
        StyleKind::Capitals => "the name of one body",
    }
}

fn stray(found: char, kind: StrayKind) -> Message {
    match kind {
        StrayKind::Invisible => Message::new(format!("a character that nobody sees: {}", character(found)))
            .label("here")
            .hint("it came along when the text was copied, and breaks search; --fix takes it out"),
        StrayKind::Space => Message::new(format!("a space of an unusual kind: {}", character(found)))
            .label("here")
            .hint("search does not find words that are parted by it; --fix puts a common space there"),
        StrayKind::LostLetter => Message::new(format!("a letter was lost here: {}", character(found)))
            .label("stands for a letter")
            .hint("look it up in the original, and type it anew"),
    }
}

fn pasted(error: &PastedLint) -> Message {
    match error {
        PastedLint::Bullet { mark } => Message::new(format!("{} is no list in Markdown", character(*mark)))
            .label("a typed bullet")
            .hint("begin each item with a hyphen and a space: - item"),
        PastedLint::Dash { mark } => {
            Message::new(format!("lines that begin with “{mark}” are run together into one paragraph"))
                .label("not on a line of its own")
                .hint("a list: begin each item with a hyphen and a space, - item")
                .hint("speech: leave an empty line between the turns")
        }
        PastedLint::Label { label } => Message::new(format!("“{label}” is run together with the line before it"))
            .label("not on a line of its own")
            .hint("leave an empty line above it"),
        PastedLint::Stars => Message::new("these stars make nothing bold, and will be printed")
            .label("opened and not closed, or the other way round")
            .hint("stars stand close to the words at both sides: **bold**; take out those that are too many"),
        PastedLint::SpacedStars { meant } => Message::new("these stars make nothing bold, and will be printed")
            .label("a space in the wrong place")
            .hint(format!("write {meant}")),
        PastedLint::Hash { level } => {
            let hash = "#".repeat((*level).clamp(2, 3));
            Message::new("“#” without a space behind it is no heading, and will be printed")
                .label("a heading?")
                .hint(format!("a heading: {hash} Heading; if the sign itself is meant, write \\#"))
        }
        PastedLint::WordTag { tag } => Message::new(format!("“{tag}” came along from Word, and will be printed"))
            .label("no text")
            .hint("take it out; --fix does"),
        PastedLint::Tabs => Message::new("columns made with tabs are run together")
            .label("a table?")
            .hint("write a table: | Name | Number |, below it a line |---|---|, then the rows"),
        PastedLint::SpacedAddress => Message::new("an address with a space in it is no link, and will be printed")
            .label("a space inside")
            .hint("write %20 in place of each space"),
    }
}

pub(super) fn list(error: &ListLint) -> Message {
    match error {
        ListLint::Repeated { found } => Message::new(format!("“{found}” comes twice in a row in this list"))
            .label("printed as it was typed")
            .hint("numbers are printed as they were typed: type 1., 2., 3."),
        ListLint::Falling { before, found } => {
            let digits = before.trim_end_matches(['.', ')']);
            let mark = &before[digits.len()..];
            Message::new(format!("“{found}” comes after “{before}” in one list"))
                .label("printed as it was typed")
                .hint("a paragraph that begins with a number and a point is an item of a list")
                .hint(format!("if it is none, put a backslash before the point: {digits}\\{mark}"))
        }
        ListLint::Recounted { typed, printed } => Message::new(format!("“{typed}” would be printed as “{printed}”"))
            .label("another number than was typed")
            .hint("this layout counts the items of a list for itself; use a newer one, or type the numbers in order"),
    }
}
