//! What a composition is made of: decisions, as the search takes them and `orders` writes them.

use super::galley::Fit;

/// What was decided, in order: a piece is one of the zone that began last. There are very many, so they are small.
#[derive(Debug, Clone, Copy)]
pub(super) enum Decision {
    /// A zone begins, on a page of its own or not.
    Zone { index: u16, new_page: bool },
    /// A column ends before this piece; an `empty` one is left so.
    Break { piece: u16, empty: bool },
    /// The feet of the columns are raised on this page, counted from that of the first zone, on which this piece is the first
    /// that begins.
    Raise { piece: u16, page: u16, by: f32 },
    /// A photo, or what else can move, is set here.
    Here { piece: u16, lines: i8 },
    /// It is set before another piece.
    Before { piece: u16, anchor: u16, lines: i8, side: Side },
    /// The columns end level before this piece and begin anew below: under a rule before an article, on a new page or not;
    /// under a thing across them.
    Split { piece: u16, new_page: bool },
    /// An article or a subhead gets more white above it.
    Extra { piece: u16, by: f32 },
    /// The columns that end before this piece, or at the end of the zone, are so much taller than their text.
    Trim { piece: u16, by: f32 },
    /// A photo stands in the head of its zone.
    InHead { piece: u16 },
    /// A paragraph is set tighter or looser.
    Refit { piece: u16, fit: Fit },
    /// All white in this column, above what has been placed so far, grows by so much together, or shrinks.
    Spread { by: f32 },
    /// A piece begins in this column of this page, counted from that of the first zone, as the `first` of it or not.
    At { piece: u16, page: u16, column: u8, y: f32, first: bool },
}

/// Where a thing that was moved stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Here,
    Top,
    Bottom,
}
