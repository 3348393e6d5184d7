//! Who wrote an article and where it is from: the lines at its end, or right below its title.

use super::contents::line;
use super::inlines::link;
use super::line::{Line, Piece};
use super::phrases::{ending_source, is_web, may_be_name, names_author, source, url};
use super::titles::BodyLook;

/// Byline and source, with the pieces that were them.
#[derive(Debug, Default)]
pub(super) struct Signing {
    pub author: Option<String>,
    pub source: Option<String>,
    pub source_url: Option<String>,
    pub pieces: Vec<usize>,
    /// Whether nothing but its place says that the author is one.
    pub is_guess: bool,
}

/// How many of the last lines may be byline or source.
const LAST_LINES: usize = 4;

/// Finds byline and source of an article. `body` are its pieces below the title.
pub(super) fn signing(body: &[Piece], look: &BodyLook) -> Signing {
    let mut signing = Signing::default();
    let lines: Vec<usize> = (0..body.len()).filter(|&at| line(&body[at]).is_some()).collect();
    for &at in lines.iter().rev().take(LAST_LINES) {
        let Some(line) = line(&body[at]) else { continue };
        if !signing.take(at, line, look, Place::End) {
            // A paragraph of the article: above it stands nothing of this kind.
            if line.length() > 120 {
                break;
            }
        }
    }
    if signing.author.is_none() {
        for &at in lines.iter().take(2) {
            if let Some(line) = line(&body[at])
                && !signing.pieces.contains(&at)
                && signing.take(at, line, look, Place::Start)
            {
                break;
            }
        }
    }
    signing
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    End,
}

impl Signing {
    /// Takes what a line says of author and source; whether it says any.
    fn take(&mut self, at: usize, line: &Line, look: &BodyLook, place: Place) -> bool {
        let text = line.text.as_str();
        if let Some(found) = source(text).filter(|_| self.source.is_none()) {
            self.set_source(found, line);
        } else if let Some((before, found)) = ending_source(text)
            .filter(|(before, _)| self.source.is_none() && (names_author(before) || may_be_name(before)))
        {
            self.set_source(found, line);
            self.author = Some(before.to_owned());
        } else if self.author.is_none() && names_author(text) {
            self.author = Some(text.to_owned());
        } else if self.author.is_none() && place == Place::End && is_byline(line, look) {
            self.author = Some(text.trim().to_owned());
            self.is_guess = !line.is_at_end();
        } else if self.author.is_none() && place == Place::Start && line.is_at_end() && is_byline(line, look) {
            self.author = Some(text.to_owned());
        } else if self.source.is_none() && place == Place::End && line.length() <= 80 && is_web(text) {
            self.set_source(text, line);
        } else {
            return false;
        }
        self.pieces.push(at);
        true
    }

    fn set_source(&mut self, found: &str, line: &Line) {
        let found = found.trim();
        let address = url(found).filter(|address| address.starts_with("http"));
        self.source_url = link(&line.inlines).filter(|link| link.starts_with("http")).or(address).map(str::to_owned);
        // An address alone is its own name; it is printed without what browsers need.
        self.source = Some(found.to_owned());
    }
}

/// Whether a short line is a name that stands as bylines do: at the right, bold, in capitals, in brackets, or simply by
/// itself where nothing in the file has a look.
fn is_byline(line: &Line, look: &BodyLook) -> bool {
    let text = line.text.as_str();
    let stands_apart = line.is_at_end()
        || (line.bold && !look.is_bold)
        || (line.italic && !look.is_italic)
        || line.capitals
        || (text.starts_with('(') && text.ends_with(')'))
        || look.size == 0.0
        || line.look.indent > 72.0
        || line.is_centred();
    stands_apart && line.look.level.is_none() && line.look.list.is_none() && may_be_name(text)
}
