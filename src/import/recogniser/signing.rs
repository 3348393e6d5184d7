//! Who wrote an article and where it is from: the lines at its end, or right below its title.

use super::contents::line;
use super::inlines::link;
use super::line::{Line, Piece};
use super::phrases::{according_to, ending_source, is_web, may_be_name, may_be_office, names_author, source, url};
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
    /// A line that begins with `Theo`, until it is known whether it is the byline or the source.
    according: Option<String>,
    /// Words that the layout prints otherwise.
    pub left_out: Vec<String>,
}

/// How many of the last lines may be byline or source.
const LAST_LINES: usize = 4;

/// Finds byline and source of an article. `body` are its pieces below the title.
pub(super) fn signing(body: &[Piece], look: &BodyLook) -> Signing {
    let mut signing = Signing::default();
    let lines: Vec<usize> = (0..body.len()).filter(|&at| line(&body[at]).is_some()).collect();
    // What stands below a source or a byline at the right is none itself, unless it stands at the right, too.
    let is_sure = |at: usize| {
        line(&body[at]).is_some_and(|line| source(&line.text).is_some() || (line.is_at_end() && line.length() <= 80))
    };
    let sure = lines.iter().rev().take(LAST_LINES).copied().find(|&at| is_sure(at));
    for &at in lines.iter().rev().take(LAST_LINES) {
        let Some(line) = line(&body[at]) else { continue };
        if sure.is_some_and(|sure| at > sure) && !names_author(&line.text) {
            continue;
        }
        if !signing.take(at, line, look, Place::End) {
            // A paragraph of the article: above it stands nothing of this kind.
            if line.length() > 120 {
                break;
            }
        }
    }
    signing.settle_according();
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
            self.author = Some(unbracketed(before));
        } else if self.according.is_none() && according_to(text).is_some() && place == Place::End {
            self.according = Some(text.to_owned());
        } else if self.author.is_none() && names_author(text) {
            self.author = Some(unbracketed(text));
        } else if self.author.is_none() && place == Place::End && is_byline(line, look) {
            self.author = Some(unbracketed(text));
            self.is_guess = !line.is_at_end();
        } else if self.author.is_none() && place == Place::Start && line.is_at_end() && is_byline(line, look) {
            self.author = Some(unbracketed(text));
        } else if self.source.is_none() && place == Place::End && line.length() <= 80 && is_web(text) {
            self.set_source(text, line);
        } else {
            return false;
        }
        self.pieces.push(at);
        true
    }

    /// `Theo …` is the source where somebody else is the author; else it is the byline, as it is written.
    fn settle_according(&mut self) {
        let Some(text) = self.according.take() else { return };
        match according_to(&text) {
            Some(found) if self.source.is_none() && (self.author.is_some() || is_web(found)) => {
                self.source = Some(found.to_owned());
                self.left_out.push("Theo".to_owned());
            }
            _ if self.author.is_none() => self.author = Some(unbracketed(&text)),
            _ => self.author = self.author.take().map(|author| format!("{author} ({text})")),
        }
    }

    fn set_source(&mut self, found: &str, line: &Line) {
        let found = found.trim();
        let address = url(found).filter(|address| address.starts_with("http"));
        self.source_url = link(&line.inlines).filter(|link| link.starts_with("http")).or(address).map(str::to_owned);
        // An address alone is its own name; it is printed without what browsers need.
        self.source = Some(found.to_owned());
    }
}

/// A line without the brackets around all of it.
fn unbracketed(text: &str) -> String {
    let text = text.trim();
    let inner =
        text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).filter(|inner| !inner.contains(['(', ')']));
    inner.unwrap_or(text).trim().to_owned()
}

/// Whether a short line is a name that stands as bylines do: at the right, bold, in capitals, in brackets, or simply by
/// itself where nothing in the file has a look.
fn is_byline(line: &Line, look: &BodyLook) -> bool {
    let text = line.text.as_str();
    let stands_apart = line.is_at_end()
        || (line.bold && !look.is_bold)
        || (line.italic && !look.is_italic)
        || (line.capitals && text.split_whitespace().count() <= 4 && !look.is_larger(line))
        || (text.starts_with('(') && text.ends_with(')'))
        || look.size == 0.0
        || line.look.indent > 72.0
        || line.is_centred();
    let ends_sentence = text.ends_with(['.', '!', '?', ';', ':', '…']) && !may_be_name(text);
    let is_short = line.length() <= 60 && text.split_whitespace().count() <= 9 && !ends_sentence;
    let is_person = may_be_name(text) || may_be_office(text) || (line.is_at_end() && is_short);
    stands_apart && line.look.level.is_none() && line.look.list.is_none() && is_person
}
