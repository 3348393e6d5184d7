//! The cover photo as it is shown in a message: small.

use super::message::Picture;
use crate::diagnostic::PhotoError;
use crate::issue::PhotoUse;
use crate::photo::{self, Format, Level, Sizes};

/// Widest picture in a message, in pixels of its layout; the file has twice as many, for fine screens.
const WIDTH: u32 = 600;

/// Tallest picture, in the same pixels: the first title should be seen without scrolling.
const HEIGHT: u32 = 450;

/// A cover photo with the size at which it is shown, in pixels of the layout.
#[derive(Debug)]
pub struct Cover {
    pub picture: Picture,
    pub width: u32,
    pub height: u32,
}

/// Its name within the message.
const ID: &str = "cover@bantin";

/// Makes a photo small enough for a message. A drawing is none that programs show, and has no picture.
pub fn cover(bytes: &[u8]) -> Result<Option<Cover>, PhotoError> {
    /// Points of SSIMULACRA2 that will do on a screen.
    const SCORE: f64 = 65.0;
    const PPI: f64 = 200.0;
    let facts = photo::examine(bytes)?;
    if facts.format == Format::Svg {
        return Ok(None);
    }
    let millimetres = |pixels: u32| f64::from(pixels * 2) * 25.4 / PPI;
    let sizes = Sizes { cover: millimetres(WIDTH), height: millimetres(HEIGHT), ..Sizes::default() };
    let plan = photo::plan(&facts, &[PhotoUse::Cover], &sizes, Level { ppi: PPI, score: SCORE });
    let done = photo::process(bytes, &facts, &plan)?;
    let mime = match done.file.extension {
        "png" => "image/png",
        _ => "image/jpeg",
    };
    let picture = Picture { id: ID.to_owned(), mime, bytes: done.file.bytes };
    let shown = |pixels: u32| pixels.div_ceil(2).max(1);
    Ok(Some(Cover { picture, width: shown(done.width).min(WIDTH), height: shown(done.height).min(HEIGHT) }))
}
