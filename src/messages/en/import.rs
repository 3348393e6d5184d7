//! What the import finds, in English.

use super::super::Message;
use crate::diagnostic::{DoubtKind, ImportError, Reason};

/// Why a file cannot be imported.
pub(super) fn failed(path: &str, error: &ImportError) -> Message {
    let message = Message::new(format!("“{path}” cannot be imported: {}", why(error)));
    match error {
        ImportError::UnknownKind(_) => message
            .hint("these can be imported: .docx, .odt, .doc, .rtf, .pdf, .txt, .md; save the file as one of them"),
        ImportError::OtherFormat(_) => message.hint("open it in the program that made it, and save it as .docx"),
        ImportError::Encrypted => message.hint("open it with its password, take the password off and save it again"),
        ImportError::Damaged(_) => {
            message.hint("ask for it to be sent again, or open it in Word or LibreOffice and save it as a new file")
        }
        ImportError::TooLarge | ImportError::TooDeep => {
            message.hint("open it, copy the articles into a new file, and import that")
        }
        ImportError::NoText => message.hint("it is a scan: its letters must be recognised (OCR) before it is imported"),
        ImportError::Empty | ImportError::NoArticle => message.hint("look whether this is the right file"),
        ImportError::NoOffice => {
            message.hint("install LibreOffice (the command soffice), or save the file as .docx in Word and import that")
        }
        ImportError::OfficeFailed(_) | ImportError::OfficeSlow(_) => {
            message.hint("open it in Word or LibreOffice, save it as .docx and import that")
        }
    }
}

fn why(error: &ImportError) -> String {
    match error {
        ImportError::UnknownKind(ending) if ending.is_empty() => {
            "its name does not say what kind of file it is".to_owned()
        }
        ImportError::UnknownKind(ending) => format!("bantin does not import “.{ending}” files"),
        ImportError::OtherFormat(Some(format)) => format!("it is not what its name says, but looks like {format}"),
        ImportError::OtherFormat(None) => "it is not what its name says".to_owned(),
        ImportError::Encrypted => "it is locked with a password".to_owned(),
        ImportError::Damaged(detail) => format!("it is damaged ({detail})"),
        ImportError::TooLarge => "it is larger than any bulletin".to_owned(),
        ImportError::TooDeep => "its parts are nested too deeply".to_owned(),
        ImportError::NoText => "its pages have pictures and no text".to_owned(),
        ImportError::Empty => "it holds no word".to_owned(),
        ImportError::NoArticle => "no article was found".to_owned(),
        ImportError::NoOffice => "LibreOffice reads files of this kind, and is not installed".to_owned(),
        ImportError::OfficeFailed(detail) if detail.is_empty() => "LibreOffice cannot read it".to_owned(),
        ImportError::OfficeFailed(detail) => format!("LibreOffice cannot read it ({detail})"),
        ImportError::OfficeSlow(seconds) => format!("LibreOffice was not done with it after {seconds} seconds"),
    }
}

/// What somebody should look at.
pub(super) fn doubt(kind: &DoubtKind, about: &str) -> Message {
    let quoted = if about.is_empty() { String::new() } else { format!(": “{}”", super::super::shortened(about)) };
    let message = |text: &str| Message::new(format!("{text}{quoted}"));
    match kind {
        DoubtKind::PictureFormat(format) => message(&format!(
            "a picture in the format {format}, which cannot be printed; a grey stand-in is in its place"
        ))
        .hint("save the picture as PNG or JPEG from the source, and put it there"),
        DoubtKind::PictureMissing => message("the source does not hold this picture; a grey stand-in is in its place")
            .hint("find it, and put it there"),
        DoubtKind::PictureDamaged => {
            message("this picture is damaged; a grey stand-in is in its place").hint("find it, and put it there")
        }
        DoubtKind::Object(kind) => message(&format!("{kind} in the source: its words alone are kept"))
            .hint("take a picture of it in the source, where it is needed"),
        DoubtKind::TextBox => {
            message("text in a box of its own: its place is a guess").hint("look whether it stands right")
        }
        DoubtKind::Formula => message("a formula: its letters alone are kept").hint("look at the formula"),
        DoubtKind::Table => {
            message("a table with merged or nested cells: they are plain cells now").hint("look at the table")
        }
        DoubtKind::Order => message("the order of the text on a page is a guess").hint("compare it with the source"),
        DoubtKind::Signs => {
            message("there are signs of which nobody knows the letter").hint("compare it with the source")
        }
        DoubtKind::Encoding => {
            message("text was typed in a TCVN3 (ABC) or VNI font, and is Unicode now").hint("read it once")
        }
        DoubtKind::Title => {
            message("this line is taken for the title of an article by its look alone").hint("look at the title")
        }
        DoubtKind::TitleMissing => {
            message("the contents name this title, and no article has it").hint("look whether an article is missing")
        }
        DoubtKind::ContentsTitle => {
            message("the contents have the title in other words, which are kept as contents_title")
                .hint("delete the line contents_title where it is not needed")
        }
        DoubtKind::Lead => {
            message("the first paragraph is taken for the lead").hint("if it is none, move it down into the text")
        }
        DoubtKind::Author => {
            message("a short line at the end is taken for the byline").hint("if it is none, move it down into the text")
        }
        DoubtKind::Caption => message("this line is taken for a caption, though no picture is there in the source")
            .hint("if it is none, delete the stand-in and leave the line as a paragraph"),
        DoubtKind::Masthead => message("the masthead is a guess from the first page").hint("look at [masthead]"),
        DoubtKind::Date => message("the source does not say the month; for now it is")
            .hint("correct date in issue.toml, or import again with --date"),
    }
}

/// What is not in the issue.
pub(super) fn left_out(reason: Reason, text: &str) -> Message {
    let why = match reason {
        Reason::RunningHead => "the head or foot of every page",
        Reason::Folio => "a page number",
        Reason::Contents => "a line of the contents, which bantin makes itself",
        Reason::Repeated => "it is there already",
        Reason::Comment => "a remark of a reviewer",
        Reason::Deleted => "deleted or hidden in the source",
        Reason::Unplaced => "nothing tells where it belongs",
    };
    let message = Message::new(format!("left out ({why}): “{text}”"));
    match reason {
        Reason::Unplaced => message.hint("copy it to its place, where it is needed"),
        _ => message,
    }
}

/// A line above a guess in front matter.
pub(in crate::messages) const NOTE: &str = "a guess of the import, to be looked at";
