//! The styles of a file: what each says when all that it is based on has had its say.

use std::collections::HashMap;
use std::rc::Rc;

use super::formats::{Fonts, ParagraphFormat, TextFormat, declare_fonts};
use super::lengths::rectangle;
use super::names::readable;
use crate::import::style_names::{Meaning, meaning};
use crate::import::xml::Element;

/// How many styles may be based on one another. People make five.
const MAX_CHAIN: usize = 32;

/// What a style is for. Two styles of one name may be for different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Paragraph,
    Text,
    Graphic,
    Table,
}

/// A style with everything that it is based on.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolved {
    pub(super) text: TextFormat,
    pub(super) paragraph: ParagraphFormat,
    /// What the style itself says, or the automatic style of one paragraph.
    pub(super) own: ParagraphFormat,
    pub(super) meaning: Option<Meaning>,
    /// The list style that paragraphs of this style have; empty for none.
    pub(super) list_style: Option<String>,
    pub(super) outline_level: Option<u8>,
    /// Whether a new page with another layout starts with it.
    pub(super) starts_page: bool,
    /// Whether it is the style of lines across the text.
    pub(super) is_rule: bool,
    /// What is cut off a picture, from the top clockwise, in points.
    pub(super) clip: Option<[f32; 4]>,
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    resolved: HashMap<(Family, String), Rc<Resolved>>,
    default: Rc<Resolved>,
    nothing: Rc<Resolved>,
    /// The language of the text, as a BCP 47 tag.
    pub(super) language: Option<String>,
}

/// What a style is found by.
type Key<'x> = (Family, &'x str);

/// Styles as they stand in the file.
type Raw<'x> = HashMap<Key<'x>, Element<'x>>;

impl Styles {
    /// `content` and `styles` are the outermost elements of these parts; in a flat file they are the same.
    pub(super) fn read(content: Element<'_>, styles: Option<Element<'_>>) -> Self {
        let mut fonts = Fonts::new();
        for root in styles.into_iter().chain([content]) {
            if let Some(declarations) = root.child("office:font-face-decls") {
                declare_fonts(declarations, &mut fonts);
            }
        }
        let common = styles.unwrap_or(content).child("office:styles");
        let automatic = content.child("office:automatic-styles");
        let common_styles: Raw<'_> = styles_in(common).collect();
        let default = Rc::new(default(common, &fonts));
        let mut all = Self { language: common.and_then(language), default, ..Self::default() };
        // Automatic styles have the last word, where both have a style of one name.
        for part in [common, automatic] {
            for (key, style) in styles_in(part) {
                let chain = chain(key.0, style, &common_styles);
                all.resolved.insert((key.0, key.1.to_owned()), Rc::new(resolve(&chain, key.0, &all.default, &fonts)));
            }
        }
        all
    }

    /// A style; what is said where no style is where there is none of this name.
    pub(super) fn get(&self, family: Family, name: Option<&str>) -> Rc<Resolved> {
        let style = name.and_then(|name| self.resolved.get(&(family, name.to_owned())));
        Rc::clone(style.unwrap_or(if family == Family::Paragraph { &self.default } else { &self.nothing }))
    }
}

/// The styles of one part, in its order.
fn styles_in(part: Option<Element<'_>>) -> impl Iterator<Item = (Key<'_>, Element<'_>)> {
    let elements = part.into_iter().flat_map(Element::elements);
    elements.filter(|element| element.is("style:style")).filter_map(|style| {
        let family = style.attribute("style:family").and_then(family)?;
        Some(((family, style.attribute("style:name")?), style))
    })
}

fn family(name: &str) -> Option<Family> {
    match name {
        "paragraph" => Some(Family::Paragraph),
        "text" => Some(Family::Text),
        "graphic" => Some(Family::Graphic),
        "table" => Some(Family::Table),
        _ => None,
    }
}

/// A style and those that it is based on, itself first. What goes round in a circle is cut.
fn chain<'x>(family: Family, style: Element<'x>, common: &Raw<'x>) -> Vec<Element<'x>> {
    let mut chain = vec![style];
    while let Some(parent) = chain.last().and_then(|style| style.attribute("style:parent-style-name")) {
        match common.get(&(family, parent)) {
            Some(style) if chain.len() < MAX_CHAIN => chain.push(*style),
            _ => break,
        }
    }
    chain
}

fn resolve(chain: &[Element<'_>], family: Family, default: &Resolved, fonts: &Fonts) -> Resolved {
    let mut resolved = if family == Family::Paragraph { default.clone() } else { Resolved::default() };
    for style in chain.iter().rev() {
        cover(&mut resolved, *style, fonts);
    }
    resolved.meaning = chain.iter().find_map(|style| {
        let name = style.attribute("style:display-name").map(str::to_owned);
        meaning(&name.or_else(|| style.attribute("style:name").map(readable))?)
    });
    resolved
}

/// Adds what one style says.
fn cover(resolved: &mut Resolved, style: Element<'_>, fonts: &Fonts) {
    if let Some(text) = style.child("style:text-properties") {
        resolved.text.cover(&TextFormat::of(text, fonts));
    }
    let of_table = || style.child("style:table-properties");
    let paragraph = style.child("style:paragraph-properties").or_else(of_table).map(ParagraphFormat::of);
    resolved.own = paragraph.unwrap_or_default();
    resolved.paragraph.cover(&resolved.own);
    if let Some(graphic) = style.child("style:graphic-properties").and_then(|graphic| graphic.attribute("fo:clip")) {
        resolved.clip = rectangle(graphic);
    }
    if let Some(list_style) = style.attribute("style:list-style-name") {
        resolved.list_style = Some(list_style.to_owned());
    }
    if let Some(level) = style.attribute("style:default-outline-level") {
        resolved.outline_level = level.parse().ok().filter(|level| (1..=10).contains(level));
    }
    if let Some(page) = style.attribute("style:master-page-name") {
        resolved.starts_page = !page.is_empty();
    }
    let is_rule = style.attribute("style:name").is_some_and(|name| name == "Horizontal_20_Line");
    resolved.is_rule |= is_rule;
}

/// What is said of paragraphs that no style speaks of.
fn default(common: Option<Element<'_>>, fonts: &Fonts) -> Resolved {
    let mut resolved = Resolved::default();
    if let Some(style) = common.and_then(default_style) {
        cover(&mut resolved, style, fonts);
        resolved.own = ParagraphFormat::default();
    }
    resolved
}

fn default_style(common: Element<'_>) -> Option<Element<'_>> {
    let mut defaults = common.elements().filter(|element| element.is("style:default-style"));
    defaults.find(|element| element.attribute("style:family") == Some("paragraph"))
}

fn language(common: Element<'_>) -> Option<String> {
    let properties = default_style(common)?.child("style:text-properties")?;
    let known = |name: &str| properties.attribute(name).filter(|value| !matches!(*value, "" | "none" | "zxx"));
    let language = known("fo:language")?;
    Some(known("fo:country").map_or_else(|| language.to_owned(), |country| format!("{language}-{country}")))
}
