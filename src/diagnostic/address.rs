//! Why something is no address, as facts for messages.

/// What is wrong with an address, and what was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadAddress {
    pub error: AddressError,
    /// The address, with its name if it has one, as it would be accepted; only where one small step leads there.
    pub meant: Option<String>,
}

/// What is wrong with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressError {
    /// There is nothing, or nothing visible.
    Empty,
    NoAt,
    /// `＠` of East Asian keyboards instead of `@`.
    WideAt,
    /// `a@@b.vn`, or two addresses that run together.
    SeveralAts,
    /// Several addresses where one belongs, or a name that is another address.
    SeveralAddresses,
    /// A blank inside of the address, or a name without `<` and `>` around the address.
    Blank,
    /// A line break, a tab or another control character inside, which could smuggle lines into a message.
    Control,
    /// A character inside that nobody sees, such as a zero-width space.
    Invisible(char),
    /// `<` without `>`, or the other way round.
    Brackets,
    /// A quotation mark at the start of the name that nothing closes.
    Quotes,
    /// Nothing before the `@`.
    NoLocalPart,
    /// A letter with an accent, or another that is not ASCII, before the `@`: almost always a typing mistake.
    LocalPartNotAscii(char),
    /// Too long before the `@`.
    LocalPartTooLong {
        limit: usize,
    },
    /// A dot at the start, at the end, or after another dot.
    Dots,
    /// A dot, comma, colon or semicolon at the very end.
    EndingMark(char),
    /// Nothing after the `@`.
    NoDomain,
    /// No dot after the `@`.
    NoDot,
    /// No domain ends so: digits, or a single letter; what stands after the last dot.
    Ending(String),
    /// A character that this place of an address cannot have.
    Character(char),
    /// A name of a domain that cannot exist: hyphens at its ends, letters that the rules for domains refuse.
    DomainRefused,
    /// A part of the domain, between dots, is too long.
    LabelTooLong {
        limit: usize,
    },
    TooLong {
        limit: usize,
    },
    /// The address is right, its name is not.
    Name(RecipientNameError),
}

/// What is wrong with the name of a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipientNameError {
    /// A line break, a tab or another control character inside, which could smuggle lines into a message.
    Control,
    /// In characters.
    TooLong { limit: usize },
    /// Letters were lost when the list was saved (`Nguy?n`, `Nguyá»…n`).
    Damaged,
}

impl From<RecipientNameError> for AddressError {
    fn from(error: RecipientNameError) -> Self {
        Self::Name(error)
    }
}
