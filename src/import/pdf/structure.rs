//! The structure tree: what a tagged PDF says of its own parts, in reading order.

use hayro_interpret::TransformExt;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Rect};
use rustc_hash::{FxHashMap, FxHashSet};

use super::glyphs::Area;
use super::info;
use super::strings;

/// Deeper trees are not believed.
const DEPTH: usize = 100;
/// Nor larger ones.
const NODES: usize = 500_000;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It merely holds others.
    Group,
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    Title,
    List,
    Item,
    Label,
    Body,
    Table,
    /// Rows that belong together; whether they are the head of the table.
    Rows {
        head: bool,
    },
    Row,
    Cell {
        head: bool,
    },
    Figure,
    Formula,
    Caption,
    Quote,
    Contents,
    Note,
    /// A part of a paragraph.
    Inline,
    /// A reference to a note, or what links to it.
    Reference,
    Artifact,
}

/// What stands in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kid {
    /// Another element.
    Node(usize),
    /// A piece of marked content of a page.
    Content { page: usize, mcid: i32 },
}

/// An element.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) kids: Vec<Kid>,
    /// What it says for those who cannot see it.
    pub(super) alternative: Option<String>,
    /// What it is to be read as.
    pub(super) actual: Option<String>,
    /// `TextAlign` of its layout.
    pub(super) alignment: Option<String>,
    /// How many columns and rows a cell covers.
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Where a figure stands: its page and the box that it fills.
    pub(super) place: Option<(usize, Area)>,
}

/// The tree of a document; the first node is its root.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// Reads the tree; `None` where there is none, or none to be believed.
pub(super) fn read(pdf: &Pdf) -> Option<Tree> {
    let root = info::catalog(pdf)?.get::<Dict<'_>>("StructTreeRoot")?;
    let pages: FxHashMap<ObjectIdentifier, usize> =
        pdf.pages().iter().enumerate().filter_map(|(index, page)| Some((page.raw().obj_id()?, index))).collect();
    let roles = root.get::<Dict<'_>>("RoleMap").unwrap_or_default();
    let mut reader = Reader { pdf, pages, roles, tree: Tree::default(), seen: FxHashSet::default(), is_sound: true };
    let top = reader.node(&root, Kind::Group, None);
    reader.kids(&root, top, None, DEPTH);
    (reader.is_sound && reader.tree.nodes.len() > 1).then_some(reader.tree)
}

struct Reader<'a> {
    pdf: &'a Pdf,
    pages: FxHashMap<ObjectIdentifier, usize>,
    roles: Dict<'a>,
    tree: Tree,
    /// Elements that were met before: none stands in the tree twice.
    seen: FxHashSet<ObjectIdentifier>,
    is_sound: bool,
}

impl Reader<'_> {
    fn node(&mut self, dict: &Dict<'_>, kind: Kind, page: Option<usize>) -> usize {
        let attributes = Attributes::of(dict);
        let place = attributes.area.zip(page).and_then(|(area, page)| Some((page, self.on_page(page, area)?)));
        self.tree.nodes.push(Node {
            kind,
            kids: Vec::new(),
            alternative: strings::text(dict, "Alt"),
            actual: strings::text(dict, "ActualText"),
            alignment: attributes.alignment,
            columns: attributes.columns,
            rows: attributes.rows,
            place,
        });
        self.tree.nodes.len() - 1
    }

    fn kids(&mut self, dict: &Dict<'_>, node: usize, page: Option<usize>, depth: usize) {
        if depth == 0 || self.tree.nodes.len() > NODES {
            self.is_sound = false;
            return;
        }
        let page = self.page(dict).or(page);
        match dict.get::<Object<'_>>("K") {
            Some(Object::Array(kids)) => {
                for kid in kids.iter::<Object<'_>>() {
                    self.kid(&kid, node, page, depth);
                }
            }
            Some(kid) => self.kid(&kid, node, page, depth),
            None => {}
        }
    }

    fn kid(&mut self, kid: &Object<'_>, node: usize, page: Option<usize>, depth: usize) {
        match kid {
            Object::Number(mcid) => self.content(node, page, i32::try_from(mcid.as_i64()).ok()),
            Object::Dict(dict) => {
                let kind = dict.get::<Name<'_>>("Type").map(|name| strings::name(&name));
                match kind.as_deref() {
                    Some("MCR") => self.content(node, self.page(dict).or(page), dict.get::<i32>("MCID")),
                    Some("OBJR") => {}
                    _ => self.element(dict, node, page, depth),
                }
            }
            _ => {}
        }
    }

    fn content(&mut self, node: usize, page: Option<usize>, mcid: Option<i32>) {
        if let (Some(page), Some(mcid), Some(node)) = (page, mcid, self.tree.nodes.get_mut(node)) {
            node.kids.push(Kid::Content { page, mcid });
        }
    }

    fn element(&mut self, dict: &Dict<'_>, parent: usize, page: Option<usize>, depth: usize) {
        if dict.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        let kind = self.kind(dict);
        let page = self.page(dict).or(page);
        let node = self.node(dict, kind, page);
        if let Some(parent) = self.tree.nodes.get_mut(parent) {
            parent.kids.push(Kid::Node(node));
        }
        self.kids(dict, node, page, depth - 1);
    }

    /// A box as it lies on the page when that is read.
    fn on_page(&self, page: usize, area: Rect) -> Option<Area> {
        let page = self.pdf.pages().get(page)?;
        let box_ = kurbo::Rect::new(area.x0, area.y0, area.x1, area.y1).abs();
        let area = page.initial_transform(true).to_kurbo().transform_rect_bbox(box_);
        Some(Area { x0: area.x0 as f32, y0: area.y0 as f32, x1: area.x1 as f32, y1: area.y1 as f32 })
    }

    fn page(&self, dict: &Dict<'_>) -> Option<usize> {
        self.pages.get(&dict.get_ref("Pg")?.into()).copied()
    }

    /// What an element is, by its type or by what the file says that its type stands for.
    fn kind(&self, dict: &Dict<'_>) -> Kind {
        let Some(mut name) = dict.get::<Name<'_>>("S").map(|name| strings::name(&name)) else { return Kind::Group };
        for _ in 0..8 {
            if let Some(kind) = standard(&name) {
                return kind;
            }
            let Some(next) = self.roles.get::<Name<'_>>(name.as_bytes()) else { break };
            name = strings::name(&next);
        }
        Kind::Group
    }
}

fn standard(name: &str) -> Option<Kind> {
    let kind = match name {
        "Document" | "DocumentFragment" | "Part" | "Art" | "Sect" | "Div" | "NonStruct" | "Index" | "Aside" => {
            Kind::Group
        }
        "P" => Kind::Paragraph,
        "H" => Kind::Heading(1),
        "Title" => Kind::Title,
        "L" => Kind::List,
        "LI" => Kind::Item,
        "Lbl" => Kind::Label,
        "LBody" => Kind::Body,
        "Table" => Kind::Table,
        "THead" => Kind::Rows { head: true },
        "TBody" | "TFoot" => Kind::Rows { head: false },
        "TR" => Kind::Row,
        "TH" => Kind::Cell { head: true },
        "TD" => Kind::Cell { head: false },
        "Figure" => Kind::Figure,
        "Formula" => Kind::Formula,
        "Caption" => Kind::Caption,
        "BlockQuote" => Kind::Quote,
        "TOC" | "TOCI" => Kind::Contents,
        "Note" | "FENote" => Kind::Note,
        "Reference" => Kind::Reference,
        "Span" | "Quote" | "BibEntry" | "Code" | "Link" | "Annot" | "Ruby" | "RB" | "RT" | "RP" | "Warichu" | "WT"
        | "WP" | "Em" | "Strong" | "Sub" | "Form" => Kind::Inline,
        "Artifact" | "Private" => Kind::Artifact,
        _ => return heading(name),
    };
    Some(kind)
}

fn heading(name: &str) -> Option<Kind> {
    let level: u8 = name.strip_prefix('H')?.parse().ok()?;
    (1..=9).contains(&level).then_some(Kind::Heading(level))
}

/// What the attributes of an element say.
struct Attributes {
    alignment: Option<String>,
    columns: usize,
    rows: usize,
    area: Option<Rect>,
}

impl Attributes {
    fn of(dict: &Dict<'_>) -> Self {
        let mut attributes = Self { alignment: None, columns: 1, rows: 1, area: None };
        match dict.get::<Object<'_>>("A") {
            Some(Object::Dict(one)) => attributes.add(&one),
            Some(Object::Array(several)) => {
                for one in several.iter::<Object<'_>>().take(32).filter_map(Object::into_dict) {
                    attributes.add(&one);
                }
            }
            _ => {}
        }
        attributes
    }

    fn add(&mut self, dict: &Dict<'_>) {
        let covered = |key: &str| dict.get::<u32>(key).map(|count| count.clamp(1, 1_000) as usize);
        if let Some(alignment) = dict.get::<Name<'_>>("TextAlign") {
            self.alignment = Some(strings::name(&alignment));
        }
        self.area = dict.get::<Rect>("BBox").or(self.area);
        self.columns = covered("ColSpan").unwrap_or(self.columns);
        self.rows = covered("RowSpan").unwrap_or(self.rows);
    }
}

#[cfg(test)]
mod tests;
