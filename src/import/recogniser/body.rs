//! The pieces of an article as its parts: lead, paragraphs, headings, lists, figures, byline and source.

use super::contents::line;
use super::figures::{add_caption, figure, is_caption, is_credit, says_caption};
use super::inlines::{split_at, trimmed};
use super::lead::take_lead;
use super::line::{Line, Piece, pieces};
use super::lists;
use super::notes::take_notes;
use super::phrases::{begins_caption, bullet, is_picture_address, numbered};
use super::signing::signing;
use super::titles::{BodyLook, Signature};
use crate::import::bulletin::{Article, Block, Figure};
use crate::import::document::{Document, Doubt, DoubtKind, Inline, LeftOut, Reason, Role, text_of};

/// Longest heading inside of an article, in characters.
const LONGEST_HEADING: usize = 180;

/// Fills an article from its pieces below the title.
/// Returns what of them has no place in it.
pub(super) fn fill(article: &mut Article, body: &[Piece], document: &Document, look: &BodyLook) -> Vec<LeftOut> {
    let signed = signing(body, look);
    article.author = signed.author;
    article.source = signed.source;
    article.source_url = signed.source_url;
    if let Some(author) = article.author.as_ref().filter(|_| signed.is_guess) {
        article.doubts.push(Doubt { kind: DoubtKind::Author, about: author.clone() });
    }
    let mut rest: Vec<&Piece> =
        body.iter().enumerate().filter(|(at, _)| !signed.pieces.contains(at)).map(|(_, piece)| piece).collect();
    take_lead(article, &mut rest, look);
    let mut flow = Flow::new(document, look);
    flow.run(&rest);
    article.blocks = flow.blocks;
    article.doubts.extend(flow.doubts);
    let replaced = signed.left_out.into_iter().map(|text| LeftOut { text, reason: Reason::Repeated });
    flow.left_out.into_iter().chain(replaced).collect()
}

struct Flow<'a> {
    document: &'a Document,
    look: &'a BodyLook,
    blocks: Vec<Block>,
    doubts: Vec<Doubt>,
    left_out: Vec<LeftOut>,
    /// The looks of headings so far: the first is of level 2.
    headings: Vec<Signature>,
}

/// Gives an article its footnotes, once all of its blocks are there.
pub(super) fn add_notes(article: &mut Article, document: &Document, look: &BodyLook) {
    take_notes(article, document, |note| {
        let mut flow = Flow::new(note, look);
        flow.run(&pieces(note).iter().collect::<Vec<_>>());
        flow.blocks
    });
}

impl<'a> Flow<'a> {
    fn new(document: &'a Document, look: &'a BodyLook) -> Self {
        Self { document, look, blocks: Vec::new(), doubts: Vec::new(), left_out: Vec::new(), headings: Vec::new() }
    }

    fn run(&mut self, pieces: &[&Piece]) {
        let mut at = 0;
        while at < pieces.len() {
            at += match pieces[at] {
                Piece::Picture(_) => self.figures(&pieces[at..]),
                Piece::FrameStart => self.frame(&pieces[at..]),
                Piece::Line(line) => self.line(line, &pieces[at..]),
                Piece::Table(table) => {
                    self.blocks.push(Block::Table(table.clone()));
                    1
                }
                Piece::Rule => {
                    if !self.blocks.is_empty() {
                        self.blocks.push(Block::Rule);
                    }
                    1
                }
                Piece::PageBreak | Piece::CellEnd | Piece::FrameEnd => 1,
            };
        }
        while matches!(self.blocks.last(), Some(Block::Rule)) {
            self.blocks.pop();
        }
    }

    /// Pictures in a row, with the captions below them. How many pieces that was.
    fn figures(&mut self, pieces: &[&Piece]) -> usize {
        let mut found: Vec<Figure> = Vec::new();
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            match piece {
                Piece::Picture(index) => found.push(figure(self.document, Some(*index), &[])),
                Piece::CellEnd => {}
                _ => break,
            }
            at += 1;
        }
        let mut captions: usize = 0;
        while let Some(Piece::Line(line)) = pieces.get(at) {
            // A caption may have run over two paragraphs.
            if let Some(last) = captions.checked_sub(1).and_then(|last| found.get_mut(last))
                && let Some(Piece::Line(above)) = pieces.get(at.saturating_sub(1))
                && goes_on(above, line, last)
            {
                add_caption(last, &line.inlines);
                at += 1;
                continue;
            }
            let is_more = captions > 0 && !is_credit(line);
            if !is_caption(line, self.look) || (is_more && captions >= found.len()) {
                break;
            }
            // The captions of a row stand in the order of its pictures; one alone is that of the last.
            let place = if is_credit(line) { captions.max(1) - 1 } else { captions };
            let remaining = pieces[at..].iter().take_while(|piece| matches!(piece, Piece::Line(_) | Piece::CellEnd));
            let has_all =
                remaining.filter_map(|p| line_of(p)).filter(|l| is_caption(l, self.look)).count() >= found.len();
            let place = if has_all || captions > 0 { place } else { found.len() - 1 };
            if let Some(figure) = found.get_mut(place) {
                add_caption(figure, &line.inlines);
            }
            captions = captions.max(place + 1);
            at += 1;
            while matches!(pieces.get(at), Some(Piece::CellEnd)) {
                at += 1;
            }
        }
        self.blocks.extend(found.into_iter().map(Block::Figure));
        at
    }

    /// A frame around text. How many pieces it has.
    fn frame(&mut self, pieces: &[&Piece]) -> usize {
        let mut depth = 0_usize;
        let end = pieces.iter().position(|piece| {
            match piece {
                Piece::FrameStart => depth += 1,
                Piece::FrameEnd => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        });
        let end = end.unwrap_or(pieces.len() - 1);
        let inner = pieces.get(1..end).unwrap_or_default();
        let mut flow = Flow::new(self.document, self.look);
        flow.run(inner);
        let mut blocks = flow.blocks;
        self.doubts.extend(flow.doubts);
        self.left_out.extend(flow.left_out);
        let title = match blocks.first() {
            Some(Block::Heading { content, .. }) if blocks.len() > 1 => content.clone(),
            _ => Vec::new(),
        };
        if !title.is_empty() {
            blocks.remove(0);
        }
        // A figure or a box inside of a box is none: what holds one stands in the text.
        let is_plain =
            blocks.iter().all(|block| !matches!(block, Block::Figure(_) | Block::Box { .. } | Block::Heading { .. }));
        match (blocks.is_empty(), is_plain) {
            (true, _) => {}
            (false, true) => self.blocks.push(Block::Box { title, blocks }),
            (false, false) => {
                if !title.is_empty() {
                    self.blocks.push(Block::Heading { level: 2, content: title });
                }
                self.blocks.extend(blocks);
            }
        }
        end + 1
    }

    /// A line, or a list that begins with it. How many pieces that was.
    fn line(&mut self, line: &Line, pieces: &[&Piece]) -> usize {
        if is_picture_address(&line.text) {
            self.left_out.push(LeftOut { text: line.text.clone(), reason: Reason::Unplaced });
            return 1;
        }
        if is_caption_without_picture(line) {
            if let Some(count) = self.caption_above(line, pieces) {
                return count;
            }
            self.caption_alone(line, false);
            return 1;
        }
        if let Some(level) = self.heading(line, pieces) {
            let content = self.numbered_content(line);
            self.blocks.push(Block::Heading { level, content: trimmed(without_breaks(content)) });
            return 1;
        }
        let items = lists::items(pieces, |line| self.heading(line, &[]).is_some());
        if !items.is_empty() {
            let count = items.len();
            self.blocks.extend(lists::blocks(items));
            return count;
        }
        if self.is_lone_caption(line, pieces) {
            self.caption_alone(line, true);
            return 1;
        }
        let content = trimmed(self.numbered_content(line));
        let block = Block::Paragraph(content);
        self.blocks.push(if line.has_role(Role::Quote) { Block::Quote(vec![block]) } else { block });
        self.join_quotes();
        1
    }

    /// A caption that stands above its picture, which has none below. How many pieces both are.
    fn caption_above(&mut self, line: &Line, pieces: &[&Piece]) -> Option<usize> {
        let Some(Piece::Picture(index)) = pieces.get(1) else { return None };
        let has_own =
            self.blocks.last().is_some_and(|block| matches!(block, Block::Figure(figure) if figure.caption.is_empty()));
        let below = pieces.get(2).and_then(|piece| line_of(piece)).is_some_and(|below| is_caption(below, self.look));
        if has_own || below {
            return None;
        }
        self.blocks.push(Block::Figure(figure(self.document, Some(*index), &line.inlines)));
        Some(2)
    }

    /// A caption whose picture is missing.
    fn caption_alone(&mut self, line: &Line, is_guess: bool) {
        // It may be that of a figure right above, which has none yet.
        if let Some(Block::Figure(figure)) = self.blocks.last_mut()
            && (figure.caption.is_empty() || is_credit(line))
        {
            add_caption(figure, &line.inlines);
            return;
        }
        // A credit alone belongs to the short paragraph above, which is the caption then.
        let mut found = figure(self.document, None, &line.inlines);
        if is_credit(line)
            && let Some(Block::Paragraph(caption)) = self.blocks.pop_if(|block| is_short_paragraph(block))
        {
            found.caption = caption;
        }
        if is_guess {
            self.doubts.push(Doubt { kind: DoubtKind::Caption, about: line.text.clone() });
        }
        self.blocks.push(Block::Figure(found));
    }

    /// Paragraphs of one quotation are one quote.
    fn join_quotes(&mut self) {
        if let [.., Block::Quote(first), Block::Quote(second)] = &mut self.blocks[..] {
            let more = std::mem::take(second);
            first.extend(more);
            self.blocks.pop();
        }
    }

    /// The text of a line with the number that its list has given it, where that is more than Markdown counts.
    fn numbered_content(&self, line: &Line) -> Vec<Inline> {
        let mut content = line.inlines.clone();
        if let Some(number) = line.look.list.as_ref().and_then(|list| list.number.as_ref()) {
            let style = content.iter().find_map(|inline| match inline {
                Inline::Text(span) => Some(span.style.clone()),
                _ => None,
            });
            let text = format!("{number} ");
            content.insert(
                0,
                Inline::Text(crate::import::document::Span { text, style: style.unwrap_or_default(), link: None }),
            );
        }
        content
    }

    /// The level of a line that is a heading.
    fn heading(&mut self, line: &Line, pieces: &[&Piece]) -> Option<u8> {
        let has_end = line.text.ends_with(['.', ';', ',']) && line.look.level.is_none();
        let may_be = line.length() <= LONGEST_HEADING
            && line.text.chars().any(char::is_alphabetic)
            && !line.is_at_end()
            && !has_end
            && !has_note_alone(line)
            && bullet(&line.text).is_none()
            && !matches!(line.look.role, Some(Role::Caption | Role::Quote));
        if !may_be {
            return None;
        }
        let is_item = line.look.list.as_ref().is_some_and(|list| list.number.is_none());
        let by_look = self.look.stands_out(line) && (!is_item || line.look.level.is_some());
        let by_look = by_look || self.is_italic_heading(line, pieces);
        let by_place = self.look.size == 0.0 && !self.look.is_bold && self.stands_as_heading(line, pieces);
        if !by_look && !by_place {
            return None;
        }
        let signature = Signature::of(line);
        let rank = self.headings.iter().position(|known| *known == signature).unwrap_or_else(|| {
            self.headings.push(signature);
            self.headings.len() - 1
        });
        Some(if rank == 0 { 2 } else { 3 })
    }

    /// Whether an italic line stands above text as headings do.
    fn is_italic_heading(&self, line: &Line, pieces: &[&Piece]) -> bool {
        let next = pieces.get(1).and_then(|piece| line_of(piece));
        line.italic
            && !self.look.is_italic
            && !line.is_centred()
            && line.length() <= 90
            && line.look.list.is_none()
            && !matches!(self.blocks.last(), Some(Block::Figure(_)) | None)
            && next.is_some_and(|next| !next.italic && next.length() > 80)
    }

    /// Where nothing has a look: a short line between paragraphs, without an end of a sentence, above a list or text.
    fn stands_as_heading(&self, line: &Line, pieces: &[&Piece]) -> bool {
        let next = pieces.get(1).and_then(|piece| line_of(piece));
        let starts_upper = line.text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
        let is_numbered = numbered(&line.text).is_some();
        let follows_lead = self.blocks.is_empty() && !is_numbered;
        starts_upper
            && !follows_lead
            && line.length() <= 70
            && !line.text.ends_with([':', '!', '?', '…', '”', '"', ')'])
            && next.is_some_and(|next| next.length() > 70 || bullet(&next.text).is_some())
            && (!is_numbered || next.is_some_and(|next| numbered(&next.text).is_none()))
    }

    /// Where nothing has a look: a line between paragraphs that is neither sentence nor heading.
    fn is_lone_caption(&self, line: &Line, pieces: &[&Piece]) -> bool {
        let next = pieces.get(1).and_then(|piece| line_of(piece));
        let starts_upper = line.text.chars().next().is_some_and(char::is_uppercase);
        self.look.size == 0.0
            && starts_upper
            && (30..=160).contains(&line.length())
            && !line.text.contains(". ")
            && !line.text.ends_with(['.', ':', ';', ',', '!', '?', '…', '”', '"'])
            && numbered(&line.text).is_none()
            && next.is_some_and(|next| next.length() > 100)
    }
}

/// Whether a line is more of the caption above: in the same look, where that has neither an end nor a credit.
fn goes_on(above: &Line, line: &Line, figure: &Figure) -> bool {
    let starts_small = line.text.chars().next().is_some_and(char::is_lowercase);
    Signature::of(above) == Signature::of(line)
        && figure.credit.is_none()
        && !is_credit(line)
        && (!above.text.ends_with('.') && starts_small || begins_caption(&line.text))
}

fn line_of<'a>(piece: &'a &Piece) -> Option<&'a Line> {
    line(piece)
}

fn is_short_paragraph(block: &Block) -> bool {
    matches!(block, Block::Paragraph(content) if text_of(content).chars().count() <= 250)
}

/// Whether a line says that it is a caption, where no picture stands above it.
fn is_caption_without_picture(line: &Line) -> bool {
    line.look.list.is_none() && (says_caption(line) || (is_credit(line) && line.length() <= 80))
}

fn has_note_alone(line: &Line) -> bool {
    line.text.is_empty()
}

fn without_breaks(content: Vec<Inline>) -> Vec<Inline> {
    use crate::import::document::{Span, Style};
    let space = || Inline::Text(Span { text: " ".to_owned(), style: Style::default(), link: None });
    content.into_iter().map(|inline| if inline == Inline::Break { space() } else { inline }).collect()
}

/// The content of a line behind its typed bullet or number.
pub(super) fn behind(line: &Line, mark: usize) -> Vec<Inline> {
    // The mark was measured in the spaced text; in the raw one more space may stand around it.
    let text = text_of(&line.inlines);
    let start = text.len() - text.trim_start().len();
    let skipped = line.text[..mark].trim_end().len();
    trimmed(split_at(&line.inlines, start + skipped).1)
}
