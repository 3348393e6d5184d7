//! The styles of a document: what each says with all that it is based on.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::formats::{Layers, ParagraphFormat, RunFormat, Theme};
use super::numbering::Numbering;
use super::values::value;
use crate::import::document::Role;
use crate::import::style_names::{Meaning, meaning};
use crate::import::xml::{Element, Xml};

/// Word's size where no style says one.
const SIZE: f32 = 10.0;

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    default_paragraph: Option<String>,
    default_table: Option<String>,
    run: RunFormat,
    paragraph: ParagraphFormat,
}

/// A style; once it is [`Styles::settle`]d, with what it is based on.
#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    is_of_paragraphs: bool,
    based_on: Option<String>,
    run: RunFormat,
    paragraph: ParagraphFormat,
    /// The style of the chain that puts paragraphs in a list.
    list_style: Option<String>,
    meaning: Option<Meaning>,
}

impl Style {
    /// With the style that it is based on.
    fn over(&self, id: &str, base: Option<&Self>, numbering: &Numbering) -> Self {
        let mut settled = self.clone();
        let mut paragraph = base.map(|base| base.paragraph.clone()).unwrap_or_default();
        settled.list_style = base.and_then(|base| base.list_style.clone());
        if self.paragraph.list.is_some() {
            settled.list_style = Some(id.to_owned());
            paragraph = paragraph.under(&numbering.format_of_style(self.paragraph.list, id, self.paragraph.list_level));
        }
        settled.paragraph = paragraph.under(&self.paragraph);
        settled.run = base.map(|base| base.run.clone()).unwrap_or_default().under(&self.run);
        // A style of Word's own says by its name what it is, whatever it is based on.
        settled.meaning = meaning(&self.name).or_else(|| meaning(id)).or_else(|| base?.meaning);
        settled
    }
}

/// What a style says of the paragraphs that have it.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphStyle {
    pub(super) format: ParagraphFormat,
    pub(super) run: RunFormat,
    /// The style, it or one that it is based on, that names the list.
    pub(super) list_style: Option<String>,
    /// A heading's level, from 1.
    pub(super) level: Option<u8>,
    pub(super) role: Option<Role>,
}

impl Styles {
    /// Reads a styles part. The styles stand by themselves until they are settled.
    pub(super) fn read(xml: &Xml, theme: &Theme) -> Self {
        let mut styles = Self::default();
        let Some(root) = xml.root() else { return styles };
        if let Some(properties) = root.at(&["w:docDefaults", "w:rPrDefault", "w:rPr"]) {
            styles.run = RunFormat::of(properties, theme);
        }
        styles.run.size = styles.run.size.or(Some(SIZE));
        if let Some(properties) = root.at(&["w:docDefaults", "w:pPrDefault", "w:pPr"]) {
            styles.paragraph = ParagraphFormat::of(properties);
        }
        for element in root.elements().filter(|element| element.is("w:style")) {
            styles.add(element, theme);
        }
        styles
    }

    fn add(&mut self, element: Element<'_>, theme: &Theme) {
        let Some(id) = element.attribute("w:styleId") else { return };
        let kind = element.attribute("w:type").unwrap_or("paragraph");
        let style = Style {
            name: value(element, "w:name").unwrap_or(id).to_owned(),
            is_of_paragraphs: kind == "paragraph",
            based_on: value(element, "w:basedOn").map(str::to_owned),
            run: element.child("w:rPr").map(|properties| RunFormat::of(properties, theme)).unwrap_or_default(),
            paragraph: element.child("w:pPr").map(ParagraphFormat::of).unwrap_or_default(),
            list_style: None,
            meaning: None,
        };
        if matches!(element.attribute("w:default"), Some("1" | "true" | "on")) {
            match kind {
                "paragraph" => self.default_paragraph = Some(id.to_owned()),
                "table" => self.default_table = Some(id.to_owned()),
                _ => {}
            }
        }
        self.styles.insert(id.to_owned(), style);
    }

    /// The list that a style of lists stands for.
    pub(super) fn list_of(&self, style: &str) -> Option<u32> {
        self.styles.get(style)?.paragraph.list
    }

    /// Adds to every style what it is based on, and to styles of lists what the list says.
    pub(super) fn settle(&mut self, numbering: &Numbering) {
        let mut settled = BTreeMap::new();
        for id in self.styles.keys() {
            // From the style up to what is settled already, then back down.
            let mut chain = Vec::new();
            let mut seen = HashSet::new();
            let mut next = Some(id.as_str());
            while let Some((id, style)) = next.and_then(|id| self.styles.get_key_value(id)) {
                if settled.contains_key(id) || !seen.insert(id) {
                    break;
                }
                chain.push((id, style));
                next = style.based_on.as_deref();
            }
            for (id, style) in chain.into_iter().rev() {
                let base = style.based_on.as_ref().and_then(|base| settled.get(base));
                let style = style.over(id, base, numbering);
                settled.insert(id.clone(), style);
            }
        }
        self.styles = settled;
    }

    /// What a paragraph has that names this style, or none, in a table of this look.
    pub(super) fn paragraph(&self, id: Option<&str>, table: Option<&ParagraphFormat>) -> ParagraphStyle {
        let under = match table {
            Some(table) => self.paragraph.under(table),
            None => self.paragraph.clone(),
        };
        let named = id.and_then(|id| self.styles.get(id)).filter(|style| style.is_of_paragraphs);
        let style = named.or_else(|| self.styles.get(self.default_paragraph.as_deref()?));
        let Some(style) = style else {
            // A file without that style: its identifier may still say something.
            let meaning = id.and_then(meaning);
            let (level, role) = purpose(meaning, None);
            return ParagraphStyle { format: under, level, role, ..ParagraphStyle::default() };
        };
        let (level, role) = purpose(style.meaning, style.paragraph.outline);
        ParagraphStyle {
            format: under.under(&style.paragraph),
            run: style.run.clone(),
            list_style: style.list_style.clone(),
            level,
            role,
        }
    }

    /// What a style says of the runs that have it.
    pub(super) fn run(&self, id: &str) -> Option<&RunFormat> {
        self.styles.get(id).map(|style| &style.run)
    }

    /// What a style says of the text of the tables that have it.
    pub(super) fn table(&self, id: Option<&str>) -> Option<(RunFormat, ParagraphFormat)> {
        let style = self.styles.get(id.or(self.default_table.as_deref())?)?;
        Some((style.run.clone(), style.paragraph.clone()))
    }

    /// What the document says of every run.
    pub(super) fn layers(&self) -> Layers {
        Layers::new(&self.run)
    }
}

/// A heading's level and a role. An outline level that a style sets counts more than its name, as in Word.
fn purpose(meaning: Option<Meaning>, outline: Option<u8>) -> (Option<u8>, Option<Role>) {
    match meaning {
        Some(Meaning::Role(role)) => (None, Some(role)),
        Some(Meaning::Heading(level)) => (outline.map_or(Some(level), heading), None),
        Some(Meaning::Text) | None => (outline.and_then(heading), None),
    }
}

/// The level of a heading, from an outline level.
pub(super) fn heading(outline: u8) -> Option<u8> {
    (outline < 9).then_some(outline + 1)
}

/// Reads the fonts of a theme.
pub(super) fn theme(xml: &Xml) -> Theme {
    let font = |kind: &str| -> Option<Arc<str>> {
        let fonts = xml.root()?.at(&["a:themeElements", "a:fontScheme", kind, "a:latin"])?;
        fonts.attribute("typeface").filter(|name| !name.is_empty()).map(Arc::from)
    };
    Theme { headings: font("a:majorFont"), body: font("a:minorFont") }
}
