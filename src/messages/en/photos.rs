//! English: what is wrong with a photo or a drawing.

use super::file;
use crate::diagnostic::{DrawingError, DrawingLimit, PhotoError};
use crate::messages::Message;

pub(super) fn describe(path: &str, error: &PhotoError) -> Message {
    match error {
        PhotoError::Empty => {
            Message::new(format!("the photo “{path}” is an empty file")).hint("copy it once more from its source")
        }
        PhotoError::UnknownFormat => Message::new(format!("“{path}” is not a photo that can be read"))
            .hint("save it as JPEG or PNG (WebP, GIF, TIFF and SVG can be read too)"),
        PhotoError::Heif => Message::new(format!("“{path}” is a HEIC or AVIF photo, which cannot be read"))
            .hint("open it and export it as JPEG; on an iPhone: Settings › Camera › Formats › Most Compatible"),
        PhotoError::File(error) => Message::new(format!("the photo “{path}” cannot be read: {}", file(error)))
            .hint("name a photo file, such as photos/a.jpg"),
        PhotoError::LinkedImage => Message::new(format!("the drawing “{path}” shows another file"))
            .hint("embed the picture in the drawing, or save the drawing as PNG"),
        PhotoError::Drawing(error) => drawing(path, error),
        PhotoError::TooManyScans { scans } => {
            Message::new(format!("the JPEG “{path}” is stored in {scans} passes, which takes too long to read"))
                .hint("open it and save it anew")
        }
        PhotoError::Unsupported => Message::new(format!("this kind of photo cannot be read: “{path}”"))
            .hint("open it and save it as JPEG or PNG"),
        PhotoError::Changed => Message::new(format!("the photo “{path}” changed while it was being read"))
            .hint("once it is saved or copied to the end, build again"),
        PhotoError::Damaged | PhotoError::DecoderFailed => Message::new(format!("the photo “{path}” is damaged"))
            .hint("copy it once more from its source, or open it and save it anew"),
    }
}

fn drawing(path: &str, error: &DrawingError) -> Message {
    const SAVE_AS_PNG: &str = "open the drawing and save it as PNG";
    match error {
        DrawingError::NotDrawn { element } => {
            Message::new(format!("the drawing “{path}” has a part that cannot be printed: <{element}>"))
                .hint("convert its text to paths in the drawing program, or save the drawing as PNG")
        }
        DrawingError::Script => {
            Message::new(format!("the drawing “{path}” has a program (script) in it, which does nothing on paper"))
                .hint(SAVE_AS_PNG)
        }
        DrawingError::Circular => {
            Message::new(format!("the drawing “{path}” is drawn inside itself, without end")).hint(SAVE_AS_PNG)
        }
        DrawingError::InnerPicture => Message::new(format!("a picture inside the drawing “{path}” is damaged"))
            .hint("put the picture into the drawing anew, or save the drawing as PNG"),
        DrawingError::TooMuch(limit) => {
            let what = match limit {
                DrawingLimit::Bytes => "the file is too large",
                DrawingLimit::Attributes => "one of its elements has too many attributes",
                DrawingLimit::Entities => "its abbreviations (&name;) stand for too much",
                DrawingLimit::Depth => "its groups are nested too deep",
                DrawingLimit::Style => "its style sheet is too long",
                DrawingLimit::Parts => "it has too many shapes",
                DrawingLimit::Letters => "it has too much text",
                DrawingLimit::Pictures => "the pictures inside it are too large",
                DrawingLimit::Filters => "it has too many blurs, shadows or other effects",
                DrawingLimit::Extent => "a part of it is far too large, or scaled far too much",
                DrawingLimit::Patterns => "its patterns are too fine",
            };
            Message::new(format!("the drawing “{path}” is too complicated to print: {what}")).hint(SAVE_AS_PNG)
        }
    }
}
