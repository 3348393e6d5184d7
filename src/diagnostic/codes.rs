//! Every code that a finding can have: the registry from which `bantin check --codes`, the tables of `docs` and the
//! tests are made. What a code finds is said in `messages`.

use super::Severity;

/// Declares the codes: what each is called, how grave it is at worst, and whether `--fix` corrects it.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $fix:ident,)*) => {
        /// What a finding is about: section 3 of the contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($variant),* }

        impl Code {
            /// All of them: errors first, then warnings, as tables show them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name, in kebab case.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// How grave such a finding is, at worst.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }

            /// Whether `--fix` corrects such a finding.
            pub fn fix(self) -> Fix {
                match self { $(Self::$variant => Fix::$fix),* }
            }
        }
    };
}

/// Whether `--fix` corrects a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fix {
    Always,
    /// Where it is sure what was meant.
    WhereSure,
    Never,
}

codes! {
    ManifestMissing "manifest-missing" Error Never,
    ManifestSyntax "manifest-syntax" Error Never,
    UnknownKey "unknown-key" Error Never,
    MissingKey "missing-key" Error Never,
    BadValue "bad-value" Error Never,
    NotUtf8 "not-utf8" Error Never,
    ArticleMissing "article-missing" Error Never,
    ArticleListedTwice "article-listed-twice" Error Never,
    FrontMatter "front-matter" Error Never,
    UnsupportedMarkdown "unsupported-markdown" Error Never,
    PhotoMissing "photo-missing" Error Never,
    PhotoUnreadable "photo-unreadable" Error Never,
    PhotoTooLarge "photo-too-large" Error Never,
    OutsideIssue "outside-issue" Error Never,
    MissingGlyph "missing-glyph" Error Never,
    LayoutMissing "layout-missing" Error Never,
    LayoutError "layout-error" Error Never,
    LayoutLimit "layout-limit" Error Never,
    SizeBudget "size-budget" Error Never,
    PdfStandard "pdf-standard" Error Never,
    ArchiveName "archive-name" Error Never,
    Unreadable "unreadable" Error Never,
    OutputFailed "output-failed" Error Never,
    ImportFailed "import-failed" Error Never,
    MailFailed "mail-failed" Error Never,
    InternalError "internal-error" Error Never,
    Usage "usage" Error Never,
    EthForD "eth-for-d" Warning Always,
    NotNfc "not-nfc" Warning Always,
    LegacyEncoding "legacy-encoding" Warning Never,
    MisplacedTone "misplaced-tone" Warning Always,
    MixedTonePlacement "mixed-tone-placement" Warning Never,
    UnbalancedQuotes "unbalanced-quotes" Warning Never,
    RangeSpacing "range-spacing" Warning Always,
    SpaceBeforePunctuation "space-before-punctuation" Warning Always,
    DoubleSpace "double-space" Warning Always,
    RepeatedPunctuation "repeated-punctuation" Warning Never,
    NumberGrouping "number-grouping" Warning Never,
    MissingSpaceAfterPunctuation "missing-space-after-punctuation" Warning Never,
    StrayControl "stray-control" Warning WhereSure,
    InvalidSyllable "invalid-syllable" Warning Never,
    SuspectWord "suspect-word" Warning Never,
    RepeatedWord "repeated-word" Warning Never,
    LowerCaseAfterFullStop "lower-case-after-full-stop" Warning Never,
    StyleMix "style-mix" Warning Never,
    ListNumbers "list-numbers" Warning Never,
    PastedMarkup "pasted-markup" Warning WhereSure,
    Placeholder "placeholder" Warning Never,
    PageNearlyEmpty "page-nearly-empty" Warning Never,
    PagesNotComposed "pages-not-composed" Warning Never,
    PagesNotFitted "pages-not-fitted" Warning Never,
    PhotoFar "photo-far" Warning Never,
    PhotoLowResolution "photo-low-resolution" Warning Never,
    PhotoWithoutCaption "photo-without-caption" Warning Never,
    PhotoWithoutCredit "photo-without-credit" Warning Never,
    PhotoUnused "photo-unused" Warning Never,
    PhotoStandIn "photo-stand-in" Warning Never,
    ArticleUnlisted "article-unlisted" Warning Never,
    ArticleWithoutSource "article-without-source" Warning Never,
    ContentsTitleLong "contents-title-long" Warning Never,
    ImportDoubt "import-doubt" Warning Never,
    ImportLeftOut "import-left-out" Warning Never,
    MailTooLarge "mail-too-large" Warning Never,
    RecipientDoubt "recipient-doubt" Warning Never,
    RecipientTwice "recipient-twice" Warning Never,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_used_once() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
