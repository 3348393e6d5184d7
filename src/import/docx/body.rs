//! Blocks: paragraphs, and what groups them.

use super::draft::{Draft, Flow, Here, is_blank, is_blank_block};
use super::formats::{ParagraphFormat, RunFormat, mark_is_deleted};
use super::story::{Line, Story, choice};
use super::styles::{ParagraphStyle, heading};
use super::values::{is_on, value};
use crate::import::document::{Block, DoubtKind, ImportError, Inline, ListItem, Look, Paragraph, Reason, Role};
use crate::import::xml::Element;

impl Story<'_, '_> {
    /// Reads the blocks in an element; in `deleted` ones a tracked change has struck off everything.
    pub(super) fn flow(&mut self, flow: &mut Flow, parent: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        for element in parent.elements() {
            self.block(flow, element, deleted)?;
        }
        Ok(())
    }

    fn block(&mut self, flow: &mut Flow, element: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        match element.name() {
            "w:p" => self.paragraph(flow, element, deleted),
            "w:tbl" => self.table(flow, element, deleted),
            "w:del" | "w:moveFrom" => self.flow(flow, element, true),
            "mc:AlternateContent" => choice(element).map_or(Ok(()), |form| self.flow(flow, form, deleted)),
            "w:altChunk" | "w:subDoc" => {
                let part = element.attribute("r:id").and_then(|id| self.relationships.part(id)).unwrap_or_default();
                self.doubt(DoubtKind::Object("altChunk".to_owned()), part);
                Ok(())
            }
            // Text that no paragraph is around.
            "w:r" | "w:hyperlink" | "w:fldSimple" | "m:oMath" | "m:oMathPara" => self.loose(flow, element, deleted),
            name if name.ends_with("Pr") => Ok(()),
            _ => self.flow(flow, element, deleted),
        }
    }

    fn loose(&mut self, flow: &mut Flow, element: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        let style = self.style(None);
        let mut draft = self.draft(&style);
        self.inline(&mut draft, element, &Here { is_deleted: deleted, ..Here::default() })?;
        self.lose(&mut draft);
        self.put_down(flow, draft, Look::default());
        Ok(())
    }

    /// What a style says, with the tables that are around.
    fn style(&self, id: Option<&str>) -> ParagraphStyle {
        self.shared.styles.paragraph(id, self.tables.last().map(|(_, format)| format))
    }

    fn draft(&self, style: &ParagraphStyle) -> Draft {
        let mut layers = self.shared.styles.layers();
        if let Some((run, _)) = self.tables.last() {
            layers = layers.with(run);
        }
        Draft { layers: layers.with(&style.run), ..Draft::default() }
    }

    fn paragraph(&mut self, flow: &mut Flow, element: Element<'_>, deleted: bool) -> Result<(), ImportError> {
        let properties = element.child("w:pPr");
        let style = self.style(properties.and_then(|properties| value(properties, "w:pStyle")));
        let direct = properties.map(ParagraphFormat::of).unwrap_or_default();
        let list = self.list(&style, &direct);
        let format = match (direct.list, list) {
            (Some(_), Some((list, depth))) => {
                style.format.under(&self.shared.numbering.format(list, depth)).under(&direct)
            }
            _ => style.format.under(&direct),
        };
        let mut draft = self.draft(&style);
        let mut here = Here { is_deleted: deleted, ..Here::default() };
        here.look = draft.layers.finish(&RunFormat::default());
        self.inlines(&mut draft, element, &here)?;
        let lost = self.lose(&mut draft);
        let look = look(&style, &direct, &format, draft.is_contents);
        let frame = properties.and_then(|properties| properties.child("w:framePr"));
        let mark = properties.and_then(|properties| properties.child("w:rPr"));
        if mark.is_some_and(mark_is_deleted) && draft.pieces.is_empty() {
            flow.blocks.append(&mut draft.beside);
            flow.join(&mut draft.inlines);
            flow.carry(draft.inlines, look, false);
        } else if frame.and_then(|frame| frame.attribute("w:dropCap")).is_some_and(|kind| kind != "none") {
            flow.blocks.append(&mut draft.beside);
            flow.carry(draft.inlines, look, true);
        } else if !(deleted || lost && draft.pieces.is_empty() && is_blank(&draft.inlines)) {
            self.mark_frame(flow, frame.is_some(), &draft);
            self.finish(flow, draft, look, &format, list);
        } else {
            flow.blocks.append(&mut draft.beside);
        }
        let section = properties.and_then(|properties| properties.child("w:sectPr"));
        if section.is_some_and(|section| self.sections.get(&section.place()) == Some(&true)) {
            flow.push(Block::PageBreak);
        }
        Ok(())
    }

    /// Puts down a paragraph that is in the text.
    fn finish(
        &mut self,
        flow: &mut Flow,
        draft: Draft,
        mut look: Look,
        format: &ParagraphFormat,
        list: Option<(u32, u8)>,
    ) {
        if self.aside.is_none() {
            look.list = list.and_then(|(list, depth)| self.mark(list, depth));
        }
        if format.new_page == Some(true) {
            flow.push(Block::PageBreak);
        }
        let is_empty = draft.pieces.is_empty() && is_blank(&draft.inlines) && draft.beside.is_empty();
        if is_empty && format.is_ruled == Some(true) && self.aside.is_none() {
            flow.push(Block::Rule);
        } else {
            self.put_down(flow, draft, look);
        }
    }

    /// Text that was struck off or is hidden goes to what is left out; whether there was any.
    fn lose(&mut self, draft: &mut Draft) -> bool {
        let lost = std::mem::take(&mut draft.deleted);
        self.shared.leave_out(&lost, Reason::Deleted);
        !lost.is_empty()
    }

    /// The list that a paragraph is in, and how deep.
    fn list(&self, style: &ParagraphStyle, direct: &ParagraphFormat) -> Option<(u32, u8)> {
        let list = direct.list.or(style.format.list).filter(|&list| list > 0)?;
        let depth = match (direct.list_level, direct.list) {
            (Some(level), _) => level.min(8),
            (None, Some(_)) => 0,
            (None, None) => {
                let said = style.format.list_level;
                self.shared.numbering.depth(list, style.list_style.as_deref(), said)
            }
        };
        Some((list, depth))
    }

    fn mark(&mut self, list: u32, depth: u8) -> Option<ListItem> {
        let mut mark = self.shared.numbering.next(list, depth)?;
        if let Some(number) = &mut mark.number {
            *number = crate::import::symbols::letters(number, None).0;
        }
        Some(mark)
    }

    /// A frame is a text box of old: one doubt for all paragraphs that it holds.
    fn mark_frame(&mut self, flow: &mut Flow, is_framed: bool, draft: &Draft) {
        if is_framed && !flow.in_frame {
            let text = Paragraph { inlines: draft.inlines.clone(), look: Look::default() }.text();
            if !text.trim().is_empty() {
                self.doubt(DoubtKind::TextBox, &text);
            }
        }
        flow.in_frame = is_framed;
    }

    /// Puts the paragraphs of a draft down, and what stands beside it.
    fn put_down(&mut self, flow: &mut Flow, mut draft: Draft, look: Look) {
        if let Some(aside) = &mut self.aside {
            let whole = draft.pieces.into_iter().flat_map(|piece| piece.inlines).chain(draft.inlines).collect();
            let text = Paragraph { inlines: whole, look }.text();
            aside.lines.push(Line { text, has_folio: draft.has_folio });
            return;
        }
        let has_pieces = !draft.pieces.is_empty();
        let mut is_first = true;
        for piece in std::mem::take(&mut draft.pieces) {
            self.put_piece(flow, piece.inlines, &look, &mut is_first);
            if piece.ends_page {
                flow.push(Block::PageBreak);
            }
        }
        if has_pieces || !draft.beside.is_empty() && is_blank(&draft.inlines) {
            self.put_piece(flow, draft.inlines, &look, &mut is_first);
        } else {
            flow.join(&mut draft.inlines);
            flow.push(Block::Paragraph(Paragraph { inlines: draft.inlines, look }));
        }
        for block in draft.beside {
            flow.push(block);
        }
    }

    /// A piece of a paragraph that is broken by pages; nothing where there is nothing in it. Only the first has the
    /// number of a list.
    fn put_piece(&mut self, flow: &mut Flow, mut inlines: Vec<Inline>, look: &Look, is_first: &mut bool) {
        flow.join(&mut inlines);
        if is_blank(&inlines) {
            return;
        }
        let mut look = look.clone();
        if !std::mem::take(is_first) {
            look.list = None;
        }
        flow.push(Block::Paragraph(Paragraph { inlines, look }));
    }

    /// Reads text that stands beside the one being read, such as that of a text box.
    pub(super) fn beside(&mut self, content: Element<'_>, deleted: bool) -> Result<Vec<Block>, ImportError> {
        let fields = self.fields.suspend();
        let tables = std::mem::take(&mut self.tables);
        let mut flow = Flow::default();
        let read = self.flow(&mut flow, content, deleted);
        self.fields.resume(fields);
        self.tables = tables;
        read?;
        let mut blocks = flow.finish();
        if blocks.iter().all(is_blank_block) {
            blocks.clear();
        }
        Ok(blocks)
    }
}

fn look(style: &ParagraphStyle, direct: &ParagraphFormat, format: &ParagraphFormat, is_contents: bool) -> Look {
    let role = style.role.or(is_contents.then_some(Role::Contents));
    let level = match direct.outline {
        Some(outline) => heading(outline),
        None => style.level,
    };
    Look {
        level: level.filter(|_| role.is_none()),
        role,
        alignment: format.alignment.unwrap_or_default(),
        indent: format.indent.unwrap_or_default(),
        first_line: format.first_line.unwrap_or_default(),
        list: None,
    }
}

/// Whether a row or cell is struck off or put in by a tracked change.
pub(super) fn is_struck_off(properties: Option<Element<'_>>) -> bool {
    let names = ["w:del", "w:cellDel"];
    properties.is_some_and(|properties| {
        properties.elements().any(|element| names.contains(&element.name()) && is_on(element))
    })
}
