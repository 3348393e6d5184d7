//! English: what is wrong with an archive, or would be.

use crate::diagnostic::{Damage, LeftOut, NameError};
use crate::messages::{Message, character};

pub(super) fn damaged(damage: Damage) -> &'static str {
    match damage {
        Damage::NoPdf => "is not a PDF",
        Damage::Structure => "is a damaged PDF: its parts are not where they should be",
        Damage::Tree => "is a damaged PDF: its list of attached files runs in a circle",
        Damage::File => "is a damaged PDF: an attached file has no name or no content",
        Damage::Packing => "is a damaged PDF: a part of it cannot be unpacked",
    }
}

pub(super) fn name(path: &str, error: &NameError) -> Message {
    let message = Message::new(format!("an archive could not give back the file “{}”", path.escape_debug()));
    let message = match error {
        NameError::Character(found) => message.hint(format!(
            "rename it: Windows has no files with {} in their name",
            character(*found)
        )),
        NameError::Ending => message.hint("rename it: Windows drops a space or a full stop at the end of a name"),
        NameError::Reserved(name) => {
            message.hint(format!("rename it: “{name}” means something else to computers, and cannot be a file everywhere"))
        }
        NameError::TooLong { limit } => message.hint(format!(
            "give it a shorter name: file systems hold at most {limit} bytes, and a letter with marks takes two or three"
        )),
        NameError::NoName => message.hint("name it by a path in the issue folder, such as photos/a.jpg"),
        NameError::NotUnicode => message.hint("rename it: its name is not Unicode text"),
        NameError::Clash { other } if other == path => message.hint(
            "the folder holds two of this name, with letters and marks composed in different ways; rename or remove one",
        ),
        NameError::Clash { other } => message.hint(format!(
            "rename it: Windows and macOS cannot tell it from “{other}”, which lies in the folder as well"
        )),
    };
    message.hint("name it the same in issue.toml and in the articles that use it")
}

pub(super) fn left_out(path: &str, reason: LeftOut) -> Message {
    let message = Message::new(format!("“{}” does not go into the archive", path.escape_debug()));
    match reason {
        LeftOut::Pdf => message.hint("it is a PDF; keep it beside the archive if it belongs to the issue"),
        LeftOut::Hidden => message.hint("it is hidden; take the full stop off its name if it belongs to the issue"),
        LeftOut::Link => message.hint("it is a link; put the file itself in its place if it belongs to the issue"),
        LeftOut::Special => message.hint("it is no file, but a pipe or a device"),
        LeftOut::Closed => message.hint("its files cannot be listed; allow reading it if it belongs to the issue"),
    }
}
