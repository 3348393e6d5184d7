//! Reads a PDF as its readers do: lopdf for the structure, hayro for the text. Neither has anything of typst.

use std::collections::HashMap;
use std::fmt::Write as _;

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf as Syntax;
use hayro::hayro_syntax::object::Dict;
use hayro::kurbo::{Affine, BezPath, Rect, Shape as _};
use lopdf::{Dictionary, Document, Object, ObjectId};

/// What a reader of the PDF finds in it.
pub(crate) struct Pdf {
    pub title: String,
    pub author: String,
    pub keywords: String,
    pub language: String,
    pub pages: usize,
    pub page_labels: bool,
    /// Bookmarks: depth from 0, title, page from 1.
    pub bookmarks: Vec<(usize, String, usize)>,
    /// Page from 1, and where the link leads: an address, or `page N`.
    pub links: Vec<(usize, String)>,
    /// The structure tree in reading order.
    pub tags: Vec<Tag>,
    pub attachments: Vec<Attachment>,
    pub images: Vec<PdfImage>,
    /// Every glyph and every image as placed, page by page, in drawing order.
    pub glyphs: Vec<Glyph>,
    pub placed_images: Vec<PlacedImage>,
    /// Lines, boxes and bars: page from 1, and left, top, right, bottom.
    pub drawings: Vec<(usize, [f64; 4])>,
}

/// A glyph on a page; points from the top left.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    /// From 1.
    pub page: usize,
    pub x: f64,
    pub baseline: f64,
    pub advance: f64,
    pub size: f64,
    pub text: String,
    /// The element of the structure that it belongs to: index into [`Pdf::tags`]; none for artifacts.
    pub tag: Option<usize>,
}

/// An image on a page; points from the top left.
#[derive(Debug, Clone)]
pub(crate) struct PlacedImage {
    /// From 1.
    pub page: usize,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub tag: Option<usize>,
}

/// An element of the structure tree, or a piece of text in one.
#[derive(Debug)]
pub(crate) struct Tag {
    pub depth: usize,
    /// The marked contents that stand directly in it: page from 0, number.
    marks: Vec<(usize, i64)>,
    /// `None` for text.
    pub kind: Option<String>,
    pub text: String,
    pub alt: Option<String>,
}

/// Elements that go on in the line.
const INLINE: [&str; 8] = ["Span", "Em", "Strong", "Link", "Lbl", "Reference", "Note", "Code"];

pub(crate) struct Attachment {
    pub name: String,
    pub relationship: String,
    pub mime: String,
    pub bytes: Vec<u8>,
}

pub(crate) struct PdfImage {
    pub width: i64,
    pub height: i64,
    pub filter: String,
    pub bytes: Vec<u8>,
}

impl Pdf {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).expect("lopdf reads the PDF");
        let catalog = document.catalog().expect("a catalogue");
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        let drawn = draw(bytes);
        let reader = Reader { document: &document, pages: &pages, text: drawn.text };
        let tags = reader.tags(catalog);
        let owner: HashMap<_, _> =
            tags.iter().enumerate().flat_map(|(index, tag)| tag.marks.iter().map(move |mark| (*mark, index))).collect();
        let own = |(page, id): (usize, Option<i64>)| id.and_then(|id| owner.get(&(page, id)).copied());
        Self {
            drawings: drawn.drawings,
            glyphs: drawn.glyphs.into_iter().map(|(id, g)| Glyph { tag: own((g.page - 1, id)), ..g }).collect(),
            placed_images: drawn
                .images
                .into_iter()
                .map(|(id, i)| PlacedImage { tag: own((i.page - 1, id)), ..i })
                .collect(),
            title: reader.info(b"Title"),
            author: reader.info(b"Author"),
            keywords: reader.info(b"Keywords"),
            language: catalog.get(b"Lang").map(|lang| reader.string(lang)).unwrap_or_default(),
            page_labels: catalog.has(b"PageLabels"),
            bookmarks: reader.bookmarks(catalog),
            links: reader.links(),
            tags,
            attachments: reader.attachments(catalog),
            images: reader.images(),
            pages: pages.len(),
        }
    }

    /// All text in reading order, one block a line.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for tag in &self.tags {
            match &tag.kind {
                Some(kind) if !INLINE.contains(&kind.as_str()) => text.push('\n'),
                Some(_) => {}
                None => text.push_str(&tag.text),
            }
        }
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The text of the elements of a kind.
    pub(crate) fn texts_of(&self, kind: &str) -> Vec<String> {
        let starts = self.tags.iter().enumerate().filter(|(_, tag)| tag.kind.as_deref() == Some(kind));
        starts
            .map(|(start, tag)| {
                let inside = self.tags[start + 1..].iter().take_while(|inner| inner.depth > tag.depth);
                inside.map(|inner| inner.text.as_str()).collect::<String>().trim().to_owned()
            })
            .collect()
    }

    /// The PDF as a text that can be compared and read.
    pub(crate) fn describe(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "title: {}\nauthor: {}\nkeywords: {}", self.title, self.author, self.keywords);
        let _ = writeln!(out, "language: {}\npages: {}", self.language, self.pages);
        let _ = writeln!(out, "\nbookmarks:");
        for (depth, title, page) in &self.bookmarks {
            let _ = writeln!(out, "{}{title} → page {page}", "  ".repeat(depth + 1));
        }
        let _ = writeln!(out, "\nlinks:");
        for (page, target) in &self.links {
            let _ = writeln!(out, "  page {page} → {target}");
        }
        if !self.attachments.is_empty() {
            let _ = writeln!(out, "\nattachments:");
        }
        for file in &self.attachments {
            let _ = writeln!(out, "  {} ({}, {}, {} bytes)", file.name, file.relationship, file.mime, file.bytes.len());
        }
        let _ = writeln!(out, "\ntags:");
        for tag in &self.tags {
            let alt = tag.alt.as_ref().map(|alt| format!(" [{alt}]")).unwrap_or_default();
            let what = tag.kind.clone().unwrap_or_else(|| format!("“{}”", tag.text));
            let _ = writeln!(out, "{}{what}{alt}", "  ".repeat(tag.depth + 1));
        }
        out
    }
}

struct Reader<'a> {
    document: &'a Document,
    pages: &'a [ObjectId],
    /// Text by page (from 0) and marked content.
    text: HashMap<(usize, i64), String>,
}

impl Reader<'_> {
    fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).map_or(object, |(_, object)| object)
    }

    fn dict<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        match self.resolve(object) {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    fn get<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        dict.get(key).ok().map(|object| self.resolve(object))
    }

    fn list<'a>(&'a self, object: &'a Object) -> Vec<&'a Object> {
        match self.resolve(object) {
            Object::Array(list) => list.iter().collect(),
            other => vec![other],
        }
    }

    fn string(&self, object: &Object) -> String {
        match self.resolve(object) {
            Object::String(bytes, _) => decode_text(bytes),
            Object::Name(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        }
    }

    fn info(&self, key: &[u8]) -> String {
        let info = self.document.trailer.get(b"Info").ok().and_then(|info| self.dict(info));
        info.and_then(|info| self.get(info, key)).map(|value| self.string(value)).unwrap_or_default()
    }

    fn page_number(&self, id: ObjectId) -> usize {
        self.pages.iter().position(|page| *page == id).map_or(0, |index| index + 1)
    }

    /// The page that a destination leads to.
    fn destination(&self, object: &Object) -> usize {
        match self.resolve(object) {
            Object::Array(list) => {
                list.first().and_then(|page| page.as_reference().ok()).map_or(0, |id| self.page_number(id))
            }
            Object::Dictionary(dict) => self.get(dict, b"D").map_or(0, |inner| self.destination(inner)),
            Object::String(name, _) | Object::Name(name) => self.named_destination(name),
            _ => 0,
        }
    }

    fn named_destination(&self, name: &[u8]) -> usize {
        let Ok(catalog) = self.document.catalog() else { return 0 };
        let tree = self.get(catalog, b"Names").and_then(|names| self.dict(names)).and_then(|n| self.get(n, b"Dests"));
        tree.and_then(|tree| self.find_name(tree, name)).map_or(0, |found| self.destination(found))
    }

    fn find_name<'a>(&'a self, node: &'a Object, name: &[u8]) -> Option<&'a Object> {
        let node = self.dict(node)?;
        if let Some(Object::Array(names)) = self.get(node, b"Names") {
            let mut pairs = names.chunks_exact(2);
            return pairs.find(|pair| pair[0].as_str().is_ok_and(|key| key == name)).map(|pair| &pair[1]);
        }
        let kids = self.get(node, b"Kids")?;
        self.list(kids).into_iter().find_map(|kid| self.find_name(kid, name))
    }

    fn bookmarks(&self, catalog: &Dictionary) -> Vec<(usize, String, usize)> {
        let mut found = Vec::new();
        if let Some(first) =
            self.get(catalog, b"Outlines").and_then(|o| self.dict(o)).and_then(|o| self.get(o, b"First"))
        {
            self.bookmark(first, 0, &mut found);
        }
        found
    }

    fn bookmark(&self, object: &Object, depth: usize, found: &mut Vec<(usize, String, usize)>) {
        let mut next = Some(object);
        while let Some(item) = next.and_then(|object| self.dict(object)) {
            let title = self.get(item, b"Title").map(|title| self.string(title)).unwrap_or_default();
            let target = self.get(item, b"Dest").or_else(|| self.get(item, b"A"));
            found.push((depth, title, target.map_or(0, |target| self.destination(target))));
            if let Some(first) = self.get(item, b"First") {
                self.bookmark(first, depth + 1, found);
            }
            next = self.get(item, b"Next");
        }
    }

    fn links(&self) -> Vec<(usize, String)> {
        let mut links = Vec::new();
        for (index, page) in self.pages.iter().enumerate() {
            let Ok(page) = self.document.get_dictionary(*page) else { continue };
            let Some(annotations) = self.get(page, b"Annots") else { continue };
            for annotation in self.list(annotations).into_iter().filter_map(|a| self.dict(a)) {
                let action = self.get(annotation, b"A").and_then(|action| self.dict(action));
                let uri = action.and_then(|action| self.get(action, b"URI")).map(|uri| self.string(uri));
                let target = self.get(annotation, b"Dest").or_else(|| action.and_then(|a| self.get(a, b"D")));
                let target = uri.unwrap_or_else(|| format!("page {}", target.map_or(0, |t| self.destination(t))));
                links.push((index + 1, target));
            }
        }
        links
    }

    fn tags(&self, catalog: &Dictionary) -> Vec<Tag> {
        let mut tags = Vec::new();
        let root = self.get(catalog, b"StructTreeRoot").and_then(|root| self.dict(root));
        if let Some(kids) = root.and_then(|root| self.get(root, b"K")) {
            for kid in self.list(kids) {
                self.element(kid, 0, None, &mut tags);
            }
        }
        tags
    }

    fn element(&self, object: &Object, depth: usize, page: Option<ObjectId>, tags: &mut Vec<Tag>) {
        let Some(element) = self.dict(object) else { return };
        let page = element.get(b"Pg").ok().and_then(|page| page.as_reference().ok()).or(page);
        let kind = self.get(element, b"S").map(|kind| self.string(kind)).unwrap_or_default();
        let alt = self.get(element, b"Alt").map(|alt| self.string(alt));
        let index = tags.len();
        tags.push(Tag { depth, marks: Vec::new(), kind: Some(kind), text: String::new(), alt });
        let Some(kids) = self.get(element, b"K") else { return };
        for kid in self.list(kids) {
            let resolved = self.resolve(kid);
            if let Ok(id) = resolved.as_i64() {
                self.add_text(index, page, id, tags);
            } else if let Some(dict) = self.dict(resolved) {
                if let Some(id) = self.get(dict, b"MCID").and_then(|id| id.as_i64().ok()) {
                    let page = dict.get(b"Pg").ok().and_then(|page| page.as_reference().ok()).or(page);
                    self.add_text(index, page, id, tags);
                } else if dict.has(b"S") {
                    self.element(resolved, depth + 1, page, tags);
                }
            }
        }
    }

    fn add_text(&self, owner: usize, page: Option<ObjectId>, id: i64, tags: &mut Vec<Tag>) {
        let page = page.map_or(0, |page| self.page_number(page)).saturating_sub(1);
        let depth = tags[owner].depth + 1;
        tags[owner].marks.push((page, id));
        let Some(text) = self.text.get(&(page, id)).filter(|text| !text.is_empty()) else { return };
        match tags.last_mut() {
            // One text in several pieces, such as its lines.
            Some(Tag { depth: last, kind: None, text: before, .. }) if *last == depth => {
                let rest = if before.ends_with(' ') { text.trim_start() } else { text };
                before.push_str(rest);
            }
            // The first in its element: a new line is no space.
            Some(Tag { kind: Some(_), depth: last, .. }) if *last + 1 == depth => {
                tags.push(Tag { depth, marks: Vec::new(), kind: None, text: text.trim_start().to_owned(), alt: None });
            }
            _ => tags.push(Tag { depth, marks: Vec::new(), kind: None, text: text.clone(), alt: None }),
        }
    }

    fn attachments(&self, catalog: &Dictionary) -> Vec<Attachment> {
        let Some(files) = self.get(catalog, b"AF") else { return Vec::new() };
        let specs = self.list(files).into_iter().filter_map(|file| self.dict(file));
        specs
            .filter_map(|spec| {
                let name = self.get(spec, b"UF").or_else(|| self.get(spec, b"F")).map(|name| self.string(name))?;
                let relationship = self.get(spec, b"AFRelationship").map(|r| self.string(r)).unwrap_or_default();
                let embedded = self.get(spec, b"EF").and_then(|ef| self.dict(ef)).and_then(|ef| self.get(ef, b"F"))?;
                let Object::Stream(stream) = embedded else { return None };
                let mime = self.get(&stream.dict, b"Subtype").map(|mime| self.string(mime)).unwrap_or_default();
                let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                Some(Attachment { name, relationship, mime, bytes })
            })
            .collect()
    }

    fn images(&self) -> Vec<PdfImage> {
        let streams = self.document.objects.values().filter_map(|object| object.as_stream().ok());
        streams
            .filter(|stream| self.get(&stream.dict, b"Subtype").is_some_and(|kind| self.string(kind) == "Image"))
            .map(|stream| {
                let number = |key| self.get(&stream.dict, key).and_then(|n| n.as_i64().ok()).unwrap_or(0);
                let filter = self.get(&stream.dict, b"Filter");
                PdfImage {
                    width: number(b"Width"),
                    height: number(b"Height"),
                    filter: filter.map(|f| self.list(f).iter().map(|f| self.string(f)).collect()).unwrap_or_default(),
                    bytes: stream.content.clone(),
                }
            })
            .collect()
    }
}

/// PDF text strings are UTF-16 with a byte order mark, or (for our purposes) ASCII.
fn decode_text(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(utf16) => {
            let units: Vec<u16> = utf16.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// What is drawn on the pages.
#[derive(Default)]
struct Drawn {
    /// Text by page from 0 and marked-content number.
    text: HashMap<(usize, i64), String>,
    /// With the marked-content number.
    glyphs: Vec<(Option<i64>, Glyph)>,
    images: Vec<(Option<i64>, PlacedImage)>,
    drawings: Vec<(usize, [f64; 4])>,
}

fn draw(bytes: &[u8]) -> Drawn {
    let pdf = Syntax::new(bytes.to_vec()).expect("hayro reads the PDF");
    let cache = InterpreterCache::new();
    let mut drawn = Drawn::default();
    for (index, page) in pdf.pages().iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, width.into(), height.into());
        // PDF counts from below, we from above.
        let upright = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, height.into()]);
        let mut context = Context::new(upright, area, &cache, pdf.xref(), InterpreterSettings::default());
        let mut listener =
            Listener { page: index, open: Vec::new(), clips: Vec::new(), drawn: &mut drawn, last: (0.0, 0.0) };
        interpret_page(page, &mut context, &mut listener);
    }
    drawn
}

/// Listens to a page being drawn.
struct Listener<'t> {
    page: usize,
    /// Numbers of the open marked contents; `None` for artifacts and plain ones.
    open: Vec<Option<i64>>,
    /// What shows of all that is drawn: frames within frames.
    clips: Vec<Rect>,
    drawn: &'t mut Drawn,
    /// Where the last glyph stood.
    last: (f64, f64),
}

impl Listener<'_> {
    fn mark(&self) -> Option<i64> {
        self.open.iter().rev().find_map(|id| *id)
    }

    fn add_text(&mut self, id: i64, at: (f64, f64), piece: &str) {
        let text = self.drawn.text.entry((self.page, id)).or_default();
        // A line's end may leave no space behind in the PDF: a reader takes the new line for one. Superscripts are no
        // new line, for they go on to the right.
        let is_new_line = (at.1 - self.last.1).abs() > 3.0 && at.0 < self.last.0;
        if is_new_line && !text.ends_with(' ') && !piece.starts_with(' ') {
            text.push(' ');
        }
        text.push_str(piece);
        self.last = at;
    }
}

impl<'a> Device<'a> for Listener<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let id = self.mark();
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            let at = transform.translation();
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(s)) => s,
                None => '\u{fffd}'.to_string(),
            };
            if let Some(id) = id {
                self.add_text(id, (at.x, at.y), &text);
            }
            // Glyphs are drawn in thousandths of their size.
            let size = transform.as_coeffs()[0] * 1000.0;
            let advance = match &**glyph {
                hayro::hayro_interpret::font::Glyph::Outline(outline) => outline.advance_width(),
                hayro::hayro_interpret::font::Glyph::Type3(_) => None,
            };
            let advance = f64::from(advance.unwrap_or(0.0)) / 1000.0 * size;
            let glyph = Glyph { page: self.page + 1, x: at.x, baseline: at.y, advance, size, text, tag: None };
            self.drawn.glyphs.push((id, glyph));
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        let placed = props.transform.transform_rect_bbox(pixels);
        // A photo that is cropped is larger than what shows of it.
        let placed = self.clips.last().map_or(placed, |clip| placed.intersect(*clip));
        let image = PlacedImage {
            page: self.page + 1,
            left: placed.x0,
            top: placed.y0,
            right: placed.x1,
            bottom: placed.y1,
            tag: None,
        };
        self.drawn.images.push((self.mark(), image));
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let id = properties.and_then(|dict| dict.get::<i32>(b"MCID" as &[u8]));
        self.open.push(id.map(i64::from));
    }

    fn end_marked_content(&mut self) {
        self.open.pop();
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        let placed = props.transform.transform_rect_bbox(path.bounding_box());
        self.drawn.drawings.push((self.page + 1, [placed.x0, placed.y0, placed.x1, placed.y1]));
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let frame = clip.path.bounding_box();
        self.clips.push(self.clips.last().map_or(frame, |outer| outer.intersect(frame)));
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_transparency_group(&mut self) {}
}
