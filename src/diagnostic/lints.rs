//! What had better be looked at in a text.

use super::Code;
use crate::vietnamese::Encoding;

/// A mistake in a text.
#[derive(Debug, Clone, PartialEq)]
pub enum TextLint {
    /// Ð, ð, Ɖ or ɖ for Đ or đ.
    EthForD {
        found: char,
    },
    /// Letters typed in several parts; `meant` is (the beginning of) what they make.
    NotNfc {
        meant: String,
    },
    /// Text typed in fonts from before Unicode, and what it says.
    LegacyEncoding {
        encoding: Encoding,
        converted: String,
    },
    /// A mark on a letter that never bears it.
    MisplacedTone {
        found: String,
        meant: String,
    },
    /// A syllable whose mark stands on another letter `count` times in the issue.
    MixedTonePlacement {
        found: String,
        usual: String,
        count: usize,
    },
    UnbalancedQuotes(QuoteLint),
    /// A space at one side of the hyphen of a range.
    RangeSpacing {
        meant: String,
    },
    SpaceBeforePunctuation {
        mark: char,
    },
    /// A space behind a bracket or quote that opens.
    SpaceBehindOpening {
        mark: char,
    },
    DoubleSpace,
    RepeatedPunctuation {
        found: String,
    },
    /// A point at the thousands in the wrong place; `meant` where commas stand in place of the points.
    NumberGrouping {
        found: String,
        meant: Option<String>,
    },
    MissingSpaceAfterPunctuation {
        mark: String,
    },
    /// A character that nobody sees.
    StrayControl {
        found: char,
        kind: StrayKind,
    },
    /// A word that is no syllable of Vietnamese, and one that may be meant.
    InvalidSyllable {
        found: String,
        nearest: Option<String>,
    },
    /// Two words without a space between them.
    GluedWords {
        found: String,
        meant: String,
    },
    /// A word that the issue writes otherwise in the same company, and how often.
    SuspectWord {
        found: String,
        usual: String,
        count: usize,
    },
    /// Words that stand twice in a row.
    RepeatedWord {
        words: String,
    },
    /// A sentence that begins with a small letter.
    LowerCaseAfterFullStop {
        word: String,
    },
    /// One thing written in two ways: the rarer and how often, the usual and how often.
    StyleMix {
        kind: StyleKind,
        found: String,
        count: usize,
        usual: String,
        usual_count: usize,
    },
    /// An abbreviation that the issue uses so often and never explains, and the words that it may stand for.
    UnexplainedAbbreviation {
        found: String,
        count: usize,
        words: Option<String>,
    },
    PastedMarkup(PastedLint),
    /// Words of a new issue's template.
    Placeholder {
        words: String,
    },
    /// An article that has nothing but its title.
    ArticleWithoutText,
}

/// Marks that a program or a typist puts into a text, and that Markdown does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PastedLint {
    /// A bullet at the beginning of a line.
    Bullet { mark: char },
    /// A dash at the beginning of a line that is run together with the one before.
    Dash { mark: char },
    /// `b)` at the beginning of such a line.
    Label { label: String },
    /// `**` that is not closed, or opens nothing.
    Stars,
    /// Stars with a space on their inner side; `meant` is what they should be.
    SpacedStars { meant: String },
    /// So many `#` without a space behind them.
    Hash { level: usize },
    /// A tag of Word.
    WordTag { tag: String },
    /// Columns made with tabs.
    Tabs,
    /// An address in angle brackets with a space in it.
    SpacedAddress,
}

/// What is wrong with the numbers of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListLint {
    /// The number of the item before once more.
    Repeated { found: String },
    /// A number smaller than the one before.
    Falling { before: String, found: String },
    /// The layout counts for itself.
    Recounted { typed: String, printed: String },
}

/// What is written in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StyleKind {
    Dates,
    Ranges,
    Ellipses,
    Quotes,
    Units,
    Percent,
    /// A syllable with i and with y.
    Spelling,
    /// Large letters in the name of a body.
    Capitals,
}

/// What a character that nobody sees stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrayKind {
    /// Nothing.
    Invisible,
    /// A space, of a width of its own.
    Space,
    /// A letter, which nobody knows any more.
    LostLetter,
}

/// What is wrong with a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteLint {
    NotClosed,
    NotOpened,
    /// Opened with one kind, closed with another.
    Mixed,
}

impl TextLint {
    /// What it is called.
    pub fn code(&self) -> Code {
        match self {
            Self::EthForD { .. } => Code::EthForD,
            Self::NotNfc { .. } => Code::NotNfc,
            Self::LegacyEncoding { .. } => Code::LegacyEncoding,
            Self::MisplacedTone { .. } => Code::MisplacedTone,
            Self::MixedTonePlacement { .. } => Code::MixedTonePlacement,
            Self::UnbalancedQuotes(_) => Code::UnbalancedQuotes,
            Self::RangeSpacing { .. } => Code::RangeSpacing,
            Self::SpaceBeforePunctuation { .. } | Self::SpaceBehindOpening { .. } => Code::SpaceBeforePunctuation,
            Self::DoubleSpace => Code::DoubleSpace,
            Self::RepeatedPunctuation { .. } => Code::RepeatedPunctuation,
            Self::NumberGrouping { .. } => Code::NumberGrouping,
            Self::MissingSpaceAfterPunctuation { .. } => Code::MissingSpaceAfterPunctuation,
            Self::StrayControl { .. } => Code::StrayControl,
            Self::InvalidSyllable { .. } | Self::GluedWords { .. } => Code::InvalidSyllable,
            Self::SuspectWord { .. } => Code::SuspectWord,
            Self::RepeatedWord { .. } => Code::RepeatedWord,
            Self::LowerCaseAfterFullStop { .. } => Code::LowerCaseAfterFullStop,
            Self::StyleMix { .. } | Self::UnexplainedAbbreviation { .. } => Code::StyleMix,
            Self::PastedMarkup(_) => Code::PastedMarkup,
            Self::Placeholder { .. } | Self::ArticleWithoutText => Code::Placeholder,
        }
    }
}
