//! What the import of other files finds.

/// Why a file cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// Its name ends in nothing that is imported; the ending, which may be empty.
    UnknownKind(String),
    /// It is another kind of file than its name says: what it seems to be, if that can be told.
    OtherFormat(Option<&'static str>),
    /// It is locked with a password.
    Encrypted,
    /// It ends too early, or contradicts itself: what its reader says.
    Damaged(String),
    /// It unpacks to more than anybody writes.
    TooLarge,
    /// Its parts are nested deeper than in any file that people make.
    TooDeep,
    /// It has pages and no letter: a scan.
    NoText,
    /// It holds no word.
    Empty,
    /// LibreOffice, which reads files of this kind, is not installed.
    NoOffice,
    /// LibreOffice could not read it: its own words.
    OfficeFailed(String),
    /// LibreOffice took longer than this many seconds.
    OfficeSlow(u64),
    /// No name for a new issue can be made out, or no article.
    NoArticle,
}

/// Why words of a source are not in the issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// The head or the foot of every page.
    RunningHead,
    /// A page number by itself.
    Folio,
    /// A line of the contents page.
    Contents,
    /// It stands in the source twice: the same picture's text, a title repeated.
    Repeated,
    /// What somebody remarked on the text.
    Comment,
    /// Text that a tracked change has taken away, or that is hidden.
    Deleted,
    /// Nothing tells what it is for.
    Unplaced,
}

/// What of an import somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoubtKind {
    /// A picture in a format that bantin cannot show, such as EMF.
    PictureFormat(String),
    /// A picture whose file is not in the source.
    PictureMissing,
    /// A picture that is damaged.
    PictureDamaged,
    /// A chart, a drawing or another object that is more than a picture.
    Object(String),
    /// A text box or a frame: where it belongs in the text is a guess.
    TextBox,
    /// A formula, kept as its letters alone.
    Formula,
    /// A table whose cells are merged, or that holds another table.
    Table,
    /// The order of the text on a page is a guess.
    Order,
    /// Signs that nothing gives a letter for, or that no font has.
    Signs,
    /// Text that was typed in TCVN3 or VNI, or might have been.
    Encoding,
    /// Its look alone says that this is the title of an article.
    Title,
    /// A title of the contents that stands nowhere in the text.
    TitleMissing,
    /// The contents have the title in other words.
    ContentsTitle,
    /// The first paragraph is taken for the lead.
    Lead,
    /// A short line at the end is taken for the byline.
    Author,
    /// A line is taken for a caption, though no picture is there.
    Caption,
    /// The masthead could not be told apart for certain.
    Masthead,
    /// The source does not say when the issue was published.
    Date,
}
