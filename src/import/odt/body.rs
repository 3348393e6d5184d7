//! Blocks: paragraphs, headings, lists, sections and indexes.

use std::rc::Rc;

use super::formats::Letters;
use super::line::{Line, Run};
use super::lists::{Label, ListStart, Position};
use super::styles::{Family, Resolved};
use super::words::{self, is_unseen};
use super::{Reader, line};
use crate::import::document::{Block, DoubtKind, ImportError, Inline, Look, Paragraph, Reason, Role};
use crate::import::style_names::Meaning;
use crate::import::xml::{Child, Element};

/// What blocks stand in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// Whether they stand on the page itself, where pages break.
    is_page: bool,
    is_contents: bool,
}

impl Context {
    pub(super) fn page() -> Self {
        Self { is_page: true, is_contents: false }
    }

    /// In a frame, a cell or a note.
    pub(super) fn inner() -> Self {
        Self { is_page: false, is_contents: false }
    }

    pub(super) fn is_page(self) -> bool {
        self.is_page
    }
}

impl Reader<'_> {
    /// Adds the blocks in an element.
    pub(super) fn blocks(
        &mut self,
        parent: Element<'_>,
        into: &mut Vec<Block>,
        context: Context,
    ) -> Result<(), ImportError> {
        for child in parent.children() {
            match child {
                Child::Element(element) => self.block(element, into, context)?,
                Child::Text(text) if text.trim().is_empty() => {}
                // Text may only stand in paragraphs; where it stands elsewhere all the same, it is one.
                Child::Text(text) => {
                    let mut line = Line::default();
                    line.text(text, &Run::default());
                    self.end_line(line, Look::default(), into);
                }
            }
        }
        Ok(())
    }

    pub(super) fn block(
        &mut self,
        element: Element<'_>,
        into: &mut Vec<Block>,
        context: Context,
    ) -> Result<(), ImportError> {
        match element.name() {
            "text:p" | "text:h" => {
                let label = self.heading_label(element);
                self.paragraph(element, label, into, context)
            }
            "text:list" => {
                let position = self.lists.begin(&list_start(element));
                self.list(element, &position, into, context)
            }
            "text:numbered-paragraph" => self.numbered_paragraph(element, into, context),
            "text:section" if is_hidden_section(element) => {
                self.leave_out(words::all(element), Reason::Deleted);
                Ok(())
            }
            "text:table-of-content"
            | "text:illustration-index"
            | "text:table-index"
            | "text:object-index"
            | "text:user-index"
            | "text:alphabetical-index" => self.blocks(element, into, Context { is_contents: true, ..context }),
            "table:table" => self.table(element, into, context),
            "text:tracked-changes" => {
                self.deletions(element);
                Ok(())
            }
            "office:annotation" => {
                self.leave_out(words::all(element), Reason::Comment);
                Ok(())
            }
            "text:soft-page-break" => Ok(()),
            _ if is_unseen(element) => Ok(()),
            name if name.starts_with("draw:") || name.starts_with("dr3d:") => self.drawing_on_page(element, into),
            _ => self.blocks(element, into, context),
        }
    }

    /// A drawing that hangs on the page and not on a paragraph: its place in the text is a guess.
    fn drawing_on_page(&mut self, element: Element<'_>, into: &mut Vec<Block>) -> Result<(), ImportError> {
        let mut line = Line::default();
        self.drawing(element, &Run::default(), &mut line)?;
        if line.inlines.iter().any(|inline| matches!(inline, Inline::Picture(_))) {
            self.doubt(DoubtKind::TextBox, element.attribute("draw:name").unwrap_or_default());
        }
        self.end_line(line, Look::default(), into);
        Ok(())
    }

    pub(super) fn paragraph(
        &mut self,
        element: Element<'_>,
        label: Label,
        into: &mut Vec<Block>,
        context: Context,
    ) -> Result<(), ImportError> {
        let style = self.styles.get(Family::Paragraph, element.attribute("text:style-name"));
        let run = Run { letters: Letters::default().with(&style.text), link: None };
        let mut line = Line::default();
        self.inlines(element, &run, &mut line)?;
        let starts_page = style.paragraph.break_before == Some(true) || style.starts_page;
        if context.is_page && starts_page {
            page_break(into);
        }
        if line.is_blank() && (style.is_rule || style.paragraph.ruled == Some(true)) {
            into.push(Block::Rule);
        } else {
            let look = look(element, &style, label, context);
            self.end_line(line, look, into);
        }
        if context.is_page && style.paragraph.break_after == Some(true) {
            page_break(into);
        }
        Ok(())
    }

    /// Makes a paragraph of a line, and adds it with all that hangs on it.
    fn end_line(&mut self, mut line: Line, look: Look, into: &mut Vec<Block>) {
        line.finish();
        let words = line.words();
        if line.has_unknown_sign {
            self.doubt(DoubtKind::Signs, &words);
        }
        let mut hidden = std::mem::take(&mut line.hidden);
        if line.is_hidden {
            hidden = format!("{words} {hidden}");
            line.inlines.retain(|inline| !matches!(inline, Inline::Text(_) | Inline::Break));
        }
        let was_hidden = !hidden.trim().is_empty();
        self.leave_out(hidden.trim().to_owned(), Reason::Deleted);
        let is_alone = line.inlines.is_empty() && look.list.is_none();
        self.doubt_frames(&line.frames, line.inlines.is_empty());
        // A paragraph that is there for the sake of a frame is none.
        if !is_alone || (line.frames.is_empty() && !was_hidden) {
            into.push(Block::Paragraph(Paragraph { inlines: line.inlines, look }));
        }
        into.extend(line.frames.into_iter().flat_map(|frame| frame.blocks));
    }

    /// Where a frame belongs is no guess where nothing else stands in its paragraph, and it stands in it like a letter,
    /// or has a picture: then it is there for the picture and its caption.
    fn doubt_frames(&mut self, frames: &[line::Frame], is_alone: bool) {
        for frame in frames {
            let has_picture = frame.blocks.iter().any(has_picture);
            if !(is_alone && (frame.is_in_line || has_picture)) {
                let words = frame.blocks.iter().map(first_words).find(|words| !words.is_empty());
                self.doubt(DoubtKind::TextBox, &words.unwrap_or_default());
            }
        }
    }

    fn list(
        &mut self,
        list: Element<'_>,
        position: &Position,
        into: &mut Vec<Block>,
        context: Context,
    ) -> Result<(), ImportError> {
        for item in list.elements() {
            match item.name() {
                "text:list-item" => self.list_item(item, position, true, into, context)?,
                "text:list-header" => self.list_item(item, position, false, into, context)?,
                _ => self.block(item, into, context)?,
            }
        }
        Ok(())
    }

    fn list_item(
        &mut self,
        item: Element<'_>,
        position: &Position,
        has_label: bool,
        into: &mut Vec<Block>,
        context: Context,
    ) -> Result<(), ImportError> {
        let style = item.attribute("text:style-override");
        let said = whole(item, "text:start-value");
        let mut is_first = true;
        for child in item.elements() {
            match child.name() {
                "text:p" | "text:h" => {
                    // The style of the paragraph has a say where that of the list says nothing.
                    let position = self.with_style_of(child, position);
                    let label = if is_first && has_label && child.attribute("text:is-list-header") != Some("true") {
                        self.lists.item(&position, style, said)
                    } else {
                        Label { item: None, level: self.lists.level(&position, style).cloned() }
                    };
                    is_first = false;
                    self.paragraph(child, label, into, context)?;
                }
                "text:list" => {
                    let mut start = list_start(child);
                    // An item that is nothing but a list is there for the sake of the level: the list may go on.
                    start.is_continued |= is_first && has_label;
                    let inner = self.lists.begin_inside(position, &start);
                    self.list(child, &inner, into, context)?;
                }
                _ => self.block(child, into, context)?,
            }
        }
        Ok(())
    }

    fn with_style_of(&self, paragraph: Element<'_>, position: &Position) -> Position {
        let mut position = position.clone();
        if position.style.is_none() {
            let style = self.styles.get(Family::Paragraph, paragraph.attribute("text:style-name"));
            position.style = style.list_style.clone().filter(|name| !name.is_empty());
        }
        position
    }

    /// A paragraph that says by itself which list it is in.
    fn numbered_paragraph(
        &mut self,
        element: Element<'_>,
        into: &mut Vec<Block>,
        context: Context,
    ) -> Result<(), ImportError> {
        let identifier = element.attribute("text:list-id");
        let start = ListStart {
            style: element.attribute("text:style-name"),
            identifier,
            continued: identifier,
            is_continued: true,
        };
        let mut position = self.lists.begin(&start);
        position.level = whole(element, "text:level").map_or(0, |level| level.saturating_sub(1) as usize);
        self.list_item(element, &position, true, into, context)
    }

    /// The number of a heading that is in no list.
    fn heading_label(&mut self, element: Element<'_>) -> Label {
        let style = self.styles.get(Family::Paragraph, element.attribute("text:style-name"));
        let is_numbered = element.is("text:h")
            && element.attribute("text:is-list-header") != Some("true")
            && style.list_style.as_deref() != Some("");
        if !is_numbered {
            return Label::default();
        }
        let is_restarted = element.attribute("text:restart-numbering") == Some("true");
        let level = usize::from(outline_level(element).saturating_sub(1));
        self.lists.heading(level, is_restarted, whole(element, "text:start-value"))
    }
}

fn list_start(list: Element<'_>) -> ListStart<'_> {
    ListStart {
        style: list.attribute("text:style-name").filter(|name| !name.is_empty()),
        identifier: list.attribute("xml:id").or_else(|| list.attribute("text:id")),
        continued: list.attribute("text:continue-list"),
        is_continued: list.attribute("text:continue-numbering") == Some("true"),
    }
}

fn is_hidden_section(section: Element<'_>) -> bool {
    match section.attribute("text:display") {
        Some("none") => true,
        Some("condition") => section.attribute("text:is-hidden") == Some("true"),
        _ => false,
    }
}

fn whole(element: Element<'_>, name: &str) -> Option<u32> {
    element.attribute(name)?.parse().ok()
}

fn outline_level(heading: Element<'_>) -> u8 {
    let level = heading.attribute("text:outline-level").and_then(|level| level.parse().ok());
    level.unwrap_or(1).clamp(1, 10)
}

/// Starts a new page, unless one has just been started.
pub(super) fn page_break(blocks: &mut Vec<Block>) {
    if !matches!(blocks.last(), None | Some(Block::PageBreak)) {
        blocks.push(Block::PageBreak);
    }
}

fn look(element: Element<'_>, style: &Rc<Resolved>, label: Label, context: Context) -> Look {
    let role = match style.meaning {
        _ if context.is_contents => Some(Role::Contents),
        Some(Meaning::Role(role)) => Some(role),
        _ => None,
    };
    let by_style = match style.meaning {
        Some(Meaning::Heading(level)) => Some(level),
        Some(Meaning::Text) => None,
        _ => style.outline_level,
    };
    let level = if element.is("text:h") { Some(outline_level(element)) } else { by_style };
    let is_title = matches!(role, Some(Role::Title | Role::Subtitle | Role::Contents));
    let format = &style.paragraph;
    let (mut indent, mut first_line) = (format.indent, format.first_line);
    if let Some(level) = &label.level {
        if level.is_added {
            indent = Some(indent.unwrap_or_default() + level.indent);
        } else {
            // What the paragraph says for itself counts more than what its list says.
            indent = style.own.indent.or(Some(level.indent));
            first_line = style.own.first_line;
        }
        first_line = first_line.or(Some(level.first_line));
    }
    Look {
        level: level.filter(|_| !is_title),
        role,
        alignment: format.alignment.unwrap_or_default(),
        indent: indent.unwrap_or_default(),
        first_line: first_line.unwrap_or_default(),
        list: label.item,
    }
}

fn has_picture(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => paragraph.inlines.iter().any(|inline| matches!(inline, Inline::Picture(_))),
        _ => false,
    }
}

/// The words of a paragraph, or of the first cell of a table that has any.
pub(super) fn first_words(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => paragraph.text(),
        Block::Table(table) => {
            let blocks = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
            blocks.map(first_words).find(|words| !words.is_empty()).unwrap_or_default()
        }
        Block::PageBreak | Block::Rule => String::new(),
    }
}
