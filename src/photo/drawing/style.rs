//! What style sheets and attributes say of elements, read as the program that draws them reads it.

use simplecss::{AttributeOperator, DeclarationTokenizer, Element, PseudoClass, StyleSheet};
use usvg::roxmltree::{Document, Node};

use crate::diagnostic::{DrawingError, DrawingLimit};

/// Most bytes of style sheets.
const MAX_BYTES: usize = 500_000;

/// Most rules, and most declarations in them: each is held against all others as it is read.
const MAX_RULES: usize = 2_000;
const MAX_DECLARATIONS: usize = 10_000;

/// Most pairs of declarations in the same `style` attribute, over all elements.
const MAX_PAIRS: usize = 10_000_000;

/// Selectors such as `a b c` are tried on all elements around: each blank counts with the depth of the drawing.
const MAX_STEPS: u32 = 3;

/// The style sheets of a drawing, with how much work they are.
pub(super) struct Styles<'a> {
    sheet: StyleSheet<'a>,
    /// How many steps it takes to look at one element.
    pub steps: u64,
}

/// Whether the `style` attributes of a drawing can be read in reasonable time: their readers go through all of one for
/// each of its declarations.
pub(super) fn check_attributes(document: &Document<'_>) -> Result<(), DrawingError> {
    let count = |style: &str| style.matches(';').count() + 1;
    let styles = document.descendants().filter_map(|node| node.attribute("style"));
    let pairs = styles.map(|style| count(style).saturating_mul(count(style))).fold(0, usize::saturating_add);
    if pairs > MAX_PAIRS { Err(DrawingError::TooMuch(DrawingLimit::Style)) } else { Ok(()) }
}

impl<'a> Styles<'a> {
    /// Reads the style sheets of a drawing whose elements lie so deep in one another.
    pub(super) fn of(document: &'a Document<'_>, depth: u64) -> Result<Self, DrawingError> {
        let too_much = DrawingError::TooMuch(DrawingLimit::Style);
        let mut sheet = StyleSheet::new();
        let (mut bytes, mut rules, mut declarations) = (0, 0, 0);
        for node in document.descendants().filter(|node| node.tag_name().name() == "style") {
            if let Some(text) = node.text() {
                bytes += text.len();
                rules += text.matches(['{', ',']).count();
                declarations += text.matches(';').count();
                if bytes > MAX_BYTES || rules > MAX_RULES || declarations > MAX_DECLARATIONS {
                    return Err(too_much);
                }
                sheet.parse_more(text);
            }
        }
        let mut steps = 0u64;
        for rule in &sheet.rules {
            let selector = rule.selector.to_string();
            let parts = selector.replace(" > ", ">").replace(" + ", "+");
            let blanks = parts.matches(' ').count() as u32;
            if blanks > MAX_STEPS {
                return Err(too_much);
            }
            let tried = depth.max(1).saturating_pow(blanks).saturating_mul(1 + parts.len() as u64 / 16);
            steps = steps.saturating_add(tried).saturating_add(rule.declarations.len() as u64);
        }
        Ok(Self { sheet, steps })
    }

    /// Calls with each property of an element and its value, from wherever it comes.
    pub(super) fn properties(&self, node: Node<'a, '_>, mut call: impl FnMut(&str, &'a str)) {
        for attribute in node.attributes() {
            call(attribute.name(), attribute.value());
        }
        for rule in self.sheet.rules.iter().filter(|rule| rule.selector.matches(&Styled(node))) {
            for declaration in &rule.declarations {
                call(declaration.name, declaration.value);
            }
        }
        for (name, value) in declarations(node.attribute("style").unwrap_or_default()) {
            call(name, value);
        }
    }
}

/// The declarations of a `style` attribute.
pub(super) fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    DeclarationTokenizer::from(style).map(|declaration| (declaration.name, declaration.value))
}

struct Styled<'a, 'input>(Node<'a, 'input>);

impl Element for Styled<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Styled)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Styled)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.0.prev_sibling_element().is_none()
    }
}
