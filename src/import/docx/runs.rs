//! What stands in a paragraph: runs and what is in them.

use super::draft::{Draft, Flow, Here};
use super::fields::link;
use super::formats::{RunFormat, RunLook};
use super::notes::Kind;
use super::parts::Target;
use super::story::{Story, choice};
use super::values::value;
use crate::import::document::{DoubtKind, ImportError, Inline};
use crate::import::symbols;
use crate::import::xml::Element;

/// Divides a word at the end of a line, or is the letter ư in TCVN3: what it is here is seen when the text is decoded.
const SOFT_HYPHEN: &str = "\u{AD}";
const NO_BREAK_HYPHEN: &str = "\u{2011}";

impl Story<'_, '_> {
    /// Reads what stands in an element of a paragraph.
    pub(super) fn inlines(&mut self, draft: &mut Draft, parent: Element<'_>, here: &Here) -> Result<(), ImportError> {
        for element in parent.elements() {
            self.inline(draft, element, here)?;
        }
        Ok(())
    }

    /// Reads an element that stands in a paragraph or a run. What we do not know is read for the text in it.
    pub(super) fn inline(&mut self, draft: &mut Draft, element: Element<'_>, here: &Here) -> Result<(), ImportError> {
        match element.name() {
            "w:r" => self.run(draft, element, here),
            "w:hyperlink" => self.hyperlink(draft, element, here),
            "w:del" | "w:moveFrom" => self.inlines(draft, element, &Here { is_deleted: true, ..here.clone() }),
            "w:fldSimple" => {
                self.fields.begin_simple(element.attribute("w:instr").unwrap_or_default());
                let read = self.inlines(draft, element, here);
                self.fields.end_simple();
                read
            }
            "w:ruby" => self.ruby(draft, element, here),
            "mc:AlternateContent" => choice(element).map_or(Ok(()), |form| self.inlines(draft, form, here)),
            "m:oMath" | "m:oMathPara" => self.formula(draft, element, here),
            "w:drawing" | "w:pict" | "w:object" => self.object(draft, element, here),
            name if name.ends_with("Pr") => Ok(()),
            _ => self.content(draft, element, here),
        }
    }

    /// What stands in a run.
    fn content(&mut self, draft: &mut Draft, element: Element<'_>, here: &Here) -> Result<(), ImportError> {
        match element.name() {
            "w:t" => self.put(draft, &text(element), here),
            "w:delText" => self.put(draft, &text(element), &Here { is_deleted: true, ..here.clone() }),
            "w:tab" | "w:ptab" => self.put(draft, "\t", here),
            "w:noBreakHyphen" => self.put(draft, NO_BREAK_HYPHEN, here),
            "w:softHyphen" => self.put(draft, SOFT_HYPHEN, here),
            "w:sym" => self.symbol(draft, element, here),
            "w:br" => {
                self.line_break(draft, element.attribute("w:type").unwrap_or_default(), here);
                Ok(())
            }
            "w:cr" => {
                self.line_break(draft, "", here);
                Ok(())
            }
            "w:fldChar" => self.field(draft, element, here),
            "w:instrText" => {
                self.fields.instruct(&element.text());
                Ok(())
            }
            "w:footnoteReference" => {
                self.note(draft, Kind::Footnote, element, here);
                Ok(())
            }
            "w:endnoteReference" => {
                self.note(draft, Kind::Endnote, element, here);
                Ok(())
            }
            // Some programs put whole blocks in a run.
            "w:tbl" => {
                let mut flow = Flow::default();
                self.table(&mut flow, element, here.is_lost())?;
                self.set_beside(draft, flow.finish(), here);
                Ok(())
            }
            "w:p" if !draft.inlines.is_empty() => {
                draft.inlines.push(Inline::Break);
                self.inlines(draft, element, here)
            }
            "w:contentPart" | "w:control" => {
                let name = element.attribute("w:name").unwrap_or_default();
                self.doubt(DoubtKind::Object(element.name().trim_start_matches("w:").to_owned()), name);
                Ok(())
            }
            _ => self.inlines(draft, element, here),
        }
    }

    fn run(&mut self, draft: &mut Draft, run: Element<'_>, here: &Here) -> Result<(), ImportError> {
        let look = self.run_look(draft, run);
        self.inlines(draft, run, &Here { look, ..here.clone() })
    }

    /// How a run looks by its styles and by what it says itself.
    pub(super) fn run_look(&self, draft: &Draft, run: Element<'_>) -> RunLook {
        let Some(properties) = run.child("w:rPr") else { return draft.layers.finish(&RunFormat::default()) };
        let direct = RunFormat::of(properties, &self.shared.theme);
        match value(properties, "w:rStyle").and_then(|id| self.shared.styles.run(id)) {
            Some(style) => draft.layers.with(style).finish(&direct),
            None => draft.layers.finish(&direct),
        }
    }

    fn hyperlink(&mut self, draft: &mut Draft, element: Element<'_>, here: &Here) -> Result<(), ImportError> {
        let relationship = element.attribute("r:id").and_then(|id| self.relationships.get(id));
        let fragment = element.attribute("w:anchor").or_else(|| element.attribute("w:docLocation"));
        let address = relationship.and_then(|relationship| match &relationship.target {
            Target::External(address) => link(address, fragment),
            Target::Part(_) => None,
        });
        self.inlines(draft, element, &Here { link: address.or_else(|| here.link.clone()), ..here.clone() })
    }

    /// A word with its pronunciation, which goes in brackets behind it.
    fn ruby(&mut self, draft: &mut Draft, element: Element<'_>, here: &Here) -> Result<(), ImportError> {
        if let Some(base) = element.child("w:rubyBase") {
            self.inlines(draft, base, here)?;
        }
        if let Some(reading) = element.child("w:rt") {
            self.put(draft, "(", here)?;
            self.inlines(draft, reading, here)?;
            self.put(draft, ")", here)?;
        }
        Ok(())
    }

    /// Puts text down, where it is printed.
    pub(super) fn put(&mut self, draft: &mut Draft, text: &str, here: &Here) -> Result<(), ImportError> {
        let (text, has_unknown) = symbols::letters(text, here.look.style.font.as_deref());
        if here.is_lost() || !self.fields.is_shown() {
            draft.lose(&text);
            return Ok(());
        }
        if has_unknown {
            self.doubt(DoubtKind::Signs, &text);
        }
        draft.is_contents |= self.fields.in_contents();
        draft.has_folio |= self.fields.in_folio();
        let link = here.link.clone().or_else(|| self.fields.link());
        self.shared.spend(link.as_deref())?;
        draft.push(&text, &here.look.style, link.as_deref());
        Ok(())
    }

    fn symbol(&mut self, draft: &mut Draft, element: Element<'_>, here: &Here) -> Result<(), ImportError> {
        let code = element.attribute("w:char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        let Some(code) = code else { return Ok(()) };
        self.sign(draft, code, element.attribute("w:font"), here)
    }

    fn sign(&mut self, draft: &mut Draft, code: u32, font: Option<&str>, here: &Here) -> Result<(), ImportError> {
        let letter = symbols::letter(code, font);
        self.put(draft, letter.encode_utf8(&mut [0; 4]), here)
    }

    fn line_break(&mut self, draft: &mut Draft, kind: &str, here: &Here) {
        if here.is_lost() || !self.fields.is_shown() {
            draft.lose(" ");
            return;
        }
        match kind {
            // In a table a page cannot end at will.
            "page" if self.tables.is_empty() => draft.break_off(true),
            "column" if self.tables.is_empty() => draft.break_off(false),
            _ => draft.inlines.push(Inline::Break),
        }
    }

    fn field(&mut self, draft: &mut Draft, mark: Element<'_>, here: &Here) -> Result<(), ImportError> {
        let Some(field) = self.fields.mark(mark).filter(|field| !field.has_result) else { return Ok(()) };
        // A field without a result that prints something nonetheless.
        if let Some(tick) = field.tick {
            return self.put(draft, if tick { "☒" } else { "☐" }, here);
        }
        let (name, words) = field.words();
        match name.as_str() {
            "SYMBOL" => {
                let font = words.iter().position(|word| word == "\\f").and_then(|place| words.get(place + 1));
                let code = words.first().and_then(|code| match code.strip_prefix("0x") {
                    Some(code) => u32::from_str_radix(code, 16).ok(),
                    None => code.parse().ok(),
                });
                code.map_or(Ok(()), |code| self.sign(draft, code, font.map(String::as_str), here))
            }
            "MACROBUTTON" | "GOTOBUTTON" => {
                self.put(draft, words.get(1..).unwrap_or_default().join(" ").as_str(), here)
            }
            "EQ" => {
                let text = words.join(" ");
                self.doubt(DoubtKind::Formula, &text);
                self.put(draft, &text, here)
            }
            _ => Ok(()),
        }
    }

    fn note(&mut self, draft: &mut Draft, kind: Kind, reference: Element<'_>, here: &Here) {
        let Some(id) = reference.attribute("w:id") else { return };
        if here.is_lost() || !self.fields.is_shown() {
            self.shared.notes.delete(kind, id);
        } else if self.aside.is_none() {
            draft.inlines.push(Inline::Note(self.shared.notes.place(kind, id)));
        }
    }
}

/// The text of an element as Word prints it: without spaces at its ends unless the file says that they count.
pub(super) fn text(element: Element<'_>) -> String {
    let text = element.text();
    let is_space = |letter: char| matches!(letter, ' ' | '\t' | '\r' | '\n');
    let text = match element.attribute("xml:space") {
        Some("preserve") => &*text,
        _ => text.trim_matches(is_space),
    };
    text.replace(['\n', '\r'], " ")
}
