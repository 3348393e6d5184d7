//! How large a drawing becomes once all that refers to something is replaced by it: a short file can stand for more
//! than any machine can hold.
//!
//! The program that draws copies what is used, once for each use, pattern, marker, mask and so on. This walks through
//! the drawing as that program would, counts, and stops at a bound; so that no way of writing a reference, and no
//! mixture of kinds, makes more work than the bound.

use std::collections::HashMap;
use std::rc::Rc;

use usvg::roxmltree::{Document, Node};

use super::content::is_svg;
use super::style::Styles;
use crate::diagnostic::{DrawingError, DrawingLimit};

/// Most elements, each counted as often as it is drawn. Each takes about two kilobytes until it is in the PDF.
const MAX_ELEMENTS: u64 = 100_000;

/// Most bytes of attributes and text, counted likewise: paths above all, which take eighty times as much while their
/// outlines are made.
const MAX_BYTES: u64 = 3_000_000;

/// Most bytes of letters, counted likewise: each is held against all others of its text.
const MAX_LETTERS: u64 = 20_000;

/// Most bytes of pictures inside a drawing, counted likewise, as they are written.
const MAX_DATA: u64 = 60_000_000;

/// How deep elements may lie in one another, those that are referred to included.
const MAX_DEPTH: usize = 200;

/// How often, at most, an attribute of an element or of one around it is looked at: once for each of about fifty
/// properties.
const MAX_LOOKUPS: u64 = 10_000_000;

/// How often, at most, an element is held against a rule of a style sheet.
const MAX_STYLE_STEPS: u64 = 40_000_000;

/// What was counted so far, in a drawing and the drawings inside it.
#[derive(Debug, Default)]
pub(super) struct Count {
    elements: u64,
    bytes: u64,
    letters: u64,
    data: u64,
    lookups: u64,
    style_steps: u64,
}

impl Count {
    /// Counts what a drawing stands for.
    pub(super) fn add(&mut self, document: &Document<'_>) -> Result<(), DrawingError> {
        let depth = deepest(document)?;
        let styles = Styles::of(document, depth as u64)?;
        let raw = document.descendants().filter(Node::is_element).count() as u64;
        self.add_style_steps(raw, document.input_text().len() as u64, &styles)?;
        Walk::new(document, &styles, self).all()
    }

    fn add_style_steps(&mut self, elements: u64, bytes: u64, styles: &Styles<'_>) -> Result<(), DrawingError> {
        let looked_at = elements.saturating_add(bytes / 64).saturating_mul(styles.steps);
        self.style_steps = self.style_steps.saturating_add(looked_at);
        bounded(self.style_steps, MAX_STYLE_STEPS, DrawingLimit::Style)
    }

    /// Counts an element that is drawn so many times.
    fn add_element(
        &mut self,
        facts: &Facts,
        lookups: u64,
        styles: &Styles<'_>,
        times: u64,
    ) -> Result<(), DrawingError> {
        let add = |sum: &mut u64, number: u64| *sum = sum.saturating_add(number.saturating_mul(times));
        add(&mut self.elements, 1);
        add(&mut self.bytes, facts.bytes);
        add(&mut self.letters, facts.letters);
        add(&mut self.data, facts.data);
        add(&mut self.lookups, lookups);
        bounded(self.elements, MAX_ELEMENTS, DrawingLimit::Parts)?;
        bounded(self.bytes, MAX_BYTES, DrawingLimit::Parts)?;
        bounded(self.letters, MAX_LETTERS, DrawingLimit::Letters)?;
        bounded(self.data, MAX_DATA, DrawingLimit::Pictures)?;
        bounded(self.lookups, MAX_LOOKUPS, DrawingLimit::Parts)?;
        self.add_style_steps(times, facts.bytes.saturating_mul(times), styles)
    }
}

fn bounded(sum: u64, limit: u64, of: DrawingLimit) -> Result<(), DrawingError> {
    if sum <= limit { Ok(()) } else { Err(DrawingError::TooMuch(of)) }
}

/// How deep elements lie in one another as they are written.
fn deepest(document: &Document<'_>) -> Result<usize, DrawingError> {
    let mut depths: HashMap<usize, usize> = HashMap::new();
    let mut deepest = 0;
    for node in document.descendants().filter(Node::is_element) {
        let above = node.parent().and_then(|parent| depths.get(&parent.id().get_usize()));
        let depth = above.map_or(1, |depth| depth + 1);
        depths.insert(node.id().get_usize(), depth);
        deepest = deepest.max(depth);
        if depth > MAX_DEPTH {
            return Err(DrawingError::TooMuch(DrawingLimit::Depth));
        }
    }
    Ok(deepest)
}

/// Properties that elements inside inherit, and which refer to what is drawn for them.
const INHERITED: [&str; 5] = ["fill", "stroke", "marker-start", "marker-mid", "marker-end"];

/// Elements by their number in the document.
type Targets = Vec<usize>;

/// What a property is set to: all that any rule says, for it is not asked here which one wins.
#[derive(Debug, Default)]
struct LaidOut {
    targets: Targets,
    /// `inherit`
    is_inherited: bool,
    /// `context-fill`, `context-stroke`
    is_context: bool,
}

/// What there is to know of an element before it is asked where it is drawn.
#[derive(Debug, Default)]
struct Facts {
    bytes: u64,
    letters: u64,
    data: u64,
    attributes: u64,
    inherited: [Option<LaidOut>; 5],
    /// What is drawn for the element itself: its clip path, mask, filter, and what it is a copy of.
    direct: LaidOut,
}

/// What an element inherits from those around it.
#[derive(Debug, Clone, Default)]
struct Around {
    inherited: [Rc<Targets>; 5],
    direct: Rc<Targets>,
    /// What `context-fill` and `context-stroke` may be.
    context: Rc<Targets>,
    attributes: u64,
}

struct Walk<'c, 'a, 'input> {
    document: &'a Document<'input>,
    styles: &'c Styles<'a>,
    count: &'c mut Count,
    named: HashMap<&'a str, Targets>,
    facts: HashMap<usize, Rc<Facts>>,
    /// What surrounds elements where they are defined.
    around: HashMap<usize, Rc<Around>>,
    nodes: Vec<Node<'a, 'input>>,
    /// The elements that are being walked through.
    open: Vec<bool>,
}

impl<'c, 'a, 'input> Walk<'c, 'a, 'input> {
    fn new(document: &'a Document<'input>, styles: &'c Styles<'a>, count: &'c mut Count) -> Self {
        let nodes: Vec<_> = document.descendants().collect();
        let mut named: HashMap<_, Targets> = HashMap::new();
        for node in nodes.iter().filter(|node| node.is_element()) {
            if let Some(id) = node.attribute("id") {
                named.entry(id).or_default().push(node.id().get_usize());
            }
        }
        let open = vec![false; nodes.len() + 1];
        Self { document, styles, count, named, facts: HashMap::new(), around: HashMap::new(), nodes, open }
    }

    fn all(&mut self) -> Result<(), DrawingError> {
        self.element(self.document.root_element(), &Around::default(), 1, 0)
    }

    /// An element that is drawn so many times.
    fn element(
        &mut self,
        node: Node<'a, 'input>,
        around: &Around,
        times: u64,
        depth: usize,
    ) -> Result<(), DrawingError> {
        if !is_svg(node) || times == 0 {
            return Ok(());
        }
        if depth > MAX_DEPTH {
            return Err(DrawingError::TooMuch(DrawingLimit::Depth));
        }
        let number = node.id().get_usize();
        // What is drawn inside itself has no end.
        if self.open.get(number).copied().unwrap_or(true) {
            return Err(DrawingError::Circular);
        }
        let facts = self.facts(node);
        let lookups = around.attributes + facts.attributes;
        self.count.add_element(&facts, lookups, self.styles, times)?;
        self.open[number] = true;
        let inside = inside(&facts, around);
        self.references(node, &facts, &inside, times, depth)?;
        for child in node.children().filter(Node::is_element) {
            self.element(child, &inside, times, depth + 1)?;
        }
        self.open[number] = false;
        Ok(())
    }

    fn references(
        &mut self,
        node: Node<'a, 'input>,
        facts: &Facts,
        inside: &Around,
        times: u64,
        depth: usize,
    ) -> Result<(), DrawingError> {
        let name = node.tag_name().name();
        let is_use = name == "use";
        let context: Targets = inside.inherited[..2].iter().flat_map(|targets| targets.iter().copied()).collect();
        let context = Rc::new(context);
        for &target in inside.direct.iter() {
            let around = if is_use { inside.clone() } else { (*self.around(target)).clone() };
            self.target(target, &Around { context: context.clone(), ..around }, times, depth)?;
        }
        let Some(painted) = painted(name) else { return Ok(()) };
        // Letters may each be filled for themselves.
        let fills = if painted == Painted::Text { facts.letters.max(1) } else { 1 };
        for (at, targets) in inside.inherited.iter().enumerate() {
            let often = match (at, painted) {
                (0 | 1, _) => fills,
                // A point of a path takes two letters at least.
                (3, Painted::Path) => facts.bytes / 2 + 1,
                (_, Painted::Path) => 1,
                _ => continue,
            };
            for &target in targets.iter() {
                let is_large = self.nodes.get(target).is_some_and(|node| !is_gradient(*node));
                let around = Around { context: context.clone(), ..(*self.around(target)).clone() };
                let often = if is_large { often } else { 1 };
                self.target(target, &around, times.saturating_mul(often), depth)?;
            }
        }
        Ok(())
    }

    fn target(&mut self, target: usize, around: &Around, times: u64, depth: usize) -> Result<(), DrawingError> {
        match self.nodes.get(target).copied() {
            Some(node) => self.element(node, around, times, depth + 1),
            None => Ok(()),
        }
    }

    /// What surrounds an element where it is defined.
    fn around(&mut self, number: usize) -> Rc<Around> {
        if let Some(around) = self.around.get(&number) {
            return around.clone();
        }
        let parent = self.nodes.get(number).and_then(|node| node.parent_element());
        let around = match parent {
            Some(parent) => {
                let above = self.around(parent.id().get_usize());
                Rc::new(inside(&self.facts(parent), &above))
            }
            None => Rc::default(),
        };
        self.around.insert(number, around.clone());
        around
    }

    fn facts(&mut self, node: Node<'a, 'input>) -> Rc<Facts> {
        let number = node.id().get_usize();
        if let Some(facts) = self.facts.get(&number) {
            return facts.clone();
        }
        let mut facts = Facts::default();
        let styles = self.styles;
        styles.properties(node, |name, value| self.note(node, &mut facts, name, value));
        if painted(node.tag_name().name()) == Some(Painted::Text) {
            let text = node.children().filter(|child| child.is_text()).filter_map(|child| child.text());
            facts.letters = text.map(|text| text.len() as u64).sum();
        }
        let facts = Rc::new(facts);
        self.facts.insert(number, facts.clone());
        facts
    }

    /// Takes note of a property of an element.
    fn note(&self, node: Node<'a, 'input>, facts: &mut Facts, name: &str, value: &str) {
        facts.attributes += 1;
        if name == "href" {
            match value.trim_start().strip_prefix('#') {
                Some(target) if node.tag_name().name() != "a" => {
                    facts.direct.targets.extend(self.find(&[target.trim_end(), until(target, " ")]));
                }
                _ => facts.data += value.len() as u64,
            }
            return;
        }
        facts.bytes += value.len() as u64;
        let setting = LaidOut {
            targets: self.called(value),
            is_inherited: value.trim() == "inherit",
            is_context: value.contains("context-"),
        };
        for (at, inherited) in INHERITED.iter().enumerate() {
            if name == *inherited || name == "marker" && at > 1 {
                facts.inherited[at].get_or_insert_default().join(&setting);
            }
        }
        if !INHERITED.contains(&name) && name != "marker" {
            facts.direct.join(&setting);
        }
    }

    /// The elements that a value calls with `url(#name)`.
    fn called(&self, value: &str) -> Targets {
        let lower = value.to_ascii_lowercase();
        let mut targets = Targets::new();
        for (at, opening) in lower.match_indices("url(") {
            let rest = &value[at + opening.len()..];
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
            let Some(rest) = rest.strip_prefix('#') else { continue };
            let quoted = until(rest, "\"'");
            targets.extend(self.find(&[quoted, quoted.trim_end(), until(rest, " )"), until(rest, ")").trim_end()]));
        }
        targets
    }

    /// The elements of any of these names, each once.
    fn find(&self, names: &[&str]) -> Targets {
        let mut found: Targets = names.iter().filter_map(|name| self.named.get(name)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl LaidOut {
    fn join(&mut self, other: &Self) {
        self.targets.extend(&other.targets);
        self.targets.sort_unstable();
        self.targets.dedup();
        self.is_inherited |= other.is_inherited;
        self.is_context |= other.is_context;
    }

    fn resolve(&self, inherited: &Rc<Targets>, context: &Rc<Targets>) -> Rc<Targets> {
        let mut targets = self.targets.clone();
        if self.is_inherited {
            targets.extend(inherited.iter());
        }
        if self.is_context {
            targets.extend(context.iter());
        }
        targets.sort_unstable();
        targets.dedup();
        Rc::new(targets)
    }
}

/// What the elements inside an element inherit.
fn inside(facts: &Facts, around: &Around) -> Around {
    let mut inside = around.clone();
    for (setting, inherited) in facts.inherited.iter().zip(&mut inside.inherited) {
        if let Some(setting) = setting {
            *inherited = setting.resolve(inherited, &around.context);
        }
    }
    inside.direct = facts.direct.resolve(&around.direct, &around.context);
    inside.attributes += facts.attributes;
    inside
}

fn until<'a>(text: &'a str, ends: &str) -> &'a str {
    text.split(|c| ends.contains(c)).next().unwrap_or_default()
}

/// What is filled and stroked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Painted {
    Shape,
    /// With points that markers may stand at.
    Path,
    Text,
}

fn painted(name: &str) -> Option<Painted> {
    match name {
        "path" | "line" | "polyline" | "polygon" => Some(Painted::Path),
        // The program takes note of what fills these, for what is used by them.
        "rect" | "circle" | "ellipse" | "use" | "g" => Some(Painted::Shape),
        "text" | "tspan" | "textPath" | "tref" => Some(Painted::Text),
        _ => None,
    }
}

fn is_gradient(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().name(), "linearGradient" | "radialGradient")
}
