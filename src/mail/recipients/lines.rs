//! Lists with one address a line.

use super::{ListError, Reading, Spot};
use crate::address::trimmed;

/// Reads the lines from the first that counts (from 0), below a header if there is one.
pub(super) fn read(text: &str, first: usize, header: Option<Spot>, reading: &mut Reading) {
    let is_empty = !text.split('\n').skip(first).any(is_read);
    if let Some(header) = header.filter(|_| is_empty) {
        reading.error(header, ListError::NoRows);
    }
    for (at, line) in text.split('\n').enumerate().skip(first) {
        if !is_read(line) {
            continue;
        }
        let blanks = line.chars().take_while(|c| trimmed(c.encode_utf8(&mut [0; 4])).is_empty()).count();
        let spot = Spot { line: at + 1, column: blanks + 1 };
        let is_room_left = match whole_cell(trimmed(line)) {
            Some(cell) => reading.address(spot, &cell, None),
            None => reading.address(spot, line, None),
        };
        if !is_room_left {
            break;
        }
    }
}

/// Whether a line says anything.
pub(super) fn is_read(line: &str) -> bool {
    let line = trimmed(line);
    !line.is_empty() && !line.starts_with('#')
}

/// What stands in a line that is one cell of Excel in quotes, such as `"An, Sở Nội vụ <an@b.example>"`.
fn whole_cell(line: &str) -> Option<String> {
    let inside = line.strip_prefix('"')?.strip_suffix('"')?;
    let bare = inside.replace("\"\"", "");
    (!bare.contains('"')).then(|| inside.replace("\"\"", "\""))
}
