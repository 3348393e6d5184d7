//! Pages for a screen: each as a picture, with what is printed on it and where, in points from its upper left corner.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use typst::foundations::Smart;
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::model::Destination;
use typst::text::TextItem;
use typst::visualize::{Image, ImageKind};
use typst_layout::{Page, PagedDocument};
use typst_svg::SvgOptions;

use super::LaidOut;
use super::walk::{Met, Walk};

/// A rectangle on a page, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    /// Whether a point lies in it, or so near.
    pub fn holds(&self, x: f64, y: f64, near: f64) -> bool {
        (self.x - near..=self.x + self.width + near).contains(&x)
            && (self.y - near..=self.y + self.height + near).contains(&y)
    }

    fn add(&mut self, other: &Self) {
        let right = (self.x + self.width).max(other.x + other.width);
        let foot = (self.y + self.height).max(other.y + other.height);
        self.x = self.x.min(other.x);
        self.y = self.y.min(other.y);
        self.width = right - self.x;
        self.height = foot - self.y;
    }
}

/// A printed line of text.
#[derive(Debug, Clone)]
pub struct PrintedLine {
    pub area: Area,
    pub text: String,
    /// The runs that it is made of: what differs in font or size stands in one of its own.
    pub runs: Vec<String>,
    /// The article in which it was set, counted from 0; `None` before the first.
    pub article: Option<usize>,
    /// Whether it is a running head, a folio or an ornament.
    pub is_artifact: bool,
}

/// A printed photo: an index into the photos of the issue.
#[derive(Debug, Clone)]
pub struct PrintedPhoto {
    pub area: Area,
    pub photo: usize,
    pub article: Option<usize>,
}

/// A link, as HTML has them; `#page=5` is a page of this document.
#[derive(Debug, Clone)]
pub struct PrintedLink {
    pub area: Area,
    pub href: String,
}

/// A page, but for its picture.
#[derive(Debug, Clone, Default)]
pub struct PrintedPage {
    pub width: f64,
    pub height: f64,
    /// The printed number.
    pub label: String,
    /// The same for pages that look the same.
    pub hash: u128,
    /// In reading order.
    pub lines: Vec<PrintedLine>,
    pub photos: Vec<PrintedPhoto>,
    pub links: Vec<PrintedLink>,
}

impl LaidOut {
    /// The picture of a page, counted from 0, as SVG.
    pub fn picture(&self, page: usize) -> Option<String> {
        Some(typst_svg::svg(self.document.pages().get(page)?, &SvgOptions::default()))
    }

    /// What is printed on the pages of an issue of so many articles.
    pub fn printed_pages(&self, articles: usize) -> Vec<PrintedPage> {
        let mut walk = Walk::new(articles);
        let pages = self.document.pages().iter().map(|page| {
            let mut reader = Reader::new(&self.document, &self.photos);
            walk.frame(&page.frame, Transform::identity(), &mut |met| match met {
                Met::Title(_) => reader.last = None,
                Met::Item { item, transform, article, is_artifact } => {
                    reader.item(item, transform, article, is_artifact);
                }
            });
            let size = page.frame.size();
            PrintedPage {
                width: size.x.to_pt(),
                height: size.y.to_pt(),
                label: page.number.to_string(),
                hash: picture_hash(page),
                ..reader.page
            }
        });
        pages.collect()
    }
}

/// What goes into the picture of a page, and nothing else: tags tell where an element is from, and change with every
/// edit on a page before.
fn picture_hash(page: &Page) -> u128 {
    struct Visible<'a>(&'a Frame);
    impl Hash for Visible<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.0.size().hash(state);
            for (at, item) in self.0.items() {
                match item {
                    // Where a link leads on the web does not show, but is told with the page.
                    FrameItem::Link(Destination::Url(url), _) => url.as_str().hash(state),
                    FrameItem::Tag(_) | FrameItem::Link(..) => continue,
                    FrameItem::Group(group) => {
                        (group.transform, &group.clip).hash(state);
                        Visible(&group.frame).hash(state);
                    }
                    FrameItem::Text(text) => {
                        (&text.font, text.size, &text.fill, &text.stroke).hash(state);
                        text.glyphs.iter().for_each(|glyph| (glyph.id, glyph.x_advance, glyph.x_offset).hash(state));
                    }
                    FrameItem::Shape(shape, _) => shape.hash(state),
                    FrameItem::Image(image, size, _) => (image, size).hash(state),
                }
                at.hash(state);
            }
        }
    }
    let fill = match &page.fill {
        Smart::Auto => None,
        Smart::Custom(fill) => Some(fill),
    };
    typst::utils::hash128(&(Visible(&page.frame), fill))
}

/// Reads what is printed on a page.
struct Reader<'a> {
    document: &'a PagedDocument,
    photos: &'a [Arc<Vec<u8>>],
    page: PrintedPage,
    /// Baseline and size of the line that was read last.
    last: Option<(f64, f64)>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a PagedDocument, photos: &'a [Arc<Vec<u8>>]) -> Self {
        Self { document, photos, page: PrintedPage::default(), last: None }
    }

    fn item(&mut self, item: &FrameItem, transform: Transform, article: Option<usize>, is_artifact: bool) {
        match item {
            FrameItem::Text(text) => self.text(text, transform, article, is_artifact),
            FrameItem::Image(image, size, _) => self.image(image, area(*size, transform), article),
            FrameItem::Link(destination, size) => self.link(destination, area(*size, transform)),
            FrameItem::Shape(..) | FrameItem::Group(_) | FrameItem::Tag(_) => {}
        }
    }

    /// Text goes on a line where it follows on the one before, on about the same baseline.
    fn text(&mut self, item: &TextItem, transform: Transform, article: Option<usize>, is_artifact: bool) {
        let start = Point::zero().transform(transform);
        let size = item.size.to_pt() * transform.sy.get().abs().max(0.01);
        let (x, baseline) = (start.x.to_pt(), start.y.to_pt());
        let width = item.width().to_pt() * transform.sx.get().abs();
        let area = Area { x, y: baseline - 0.85 * size, width, height: 1.1 * size };
        let follows = |line: &PrintedLine, (last, last_size): (f64, f64)| {
            let gap = x - (line.area.x + line.area.width);
            let size = size.max(last_size);
            line.is_artifact == is_artifact
                && line.article == article
                && (last - baseline).abs() < 0.5 * size
                && (-0.3 * size..1.5 * size).contains(&gap)
        };
        if let Some(last) = self.last
            && let Some(line) = self.page.lines.last_mut()
            && follows(line, last)
        {
            let is_apart = x - (line.area.x + line.area.width) > 0.12 * size;
            if is_apart && !line.text.ends_with(char::is_whitespace) && !item.text.starts_with(char::is_whitespace) {
                line.text.push(' ');
            }
            line.text.push_str(&item.text);
            line.runs.push(item.text.to_string());
            line.area.add(&area);
            // A raised number of a note does not lift its line.
            if size >= last.1 {
                self.last = Some((baseline, size));
            }
            return;
        }
        self.page.lines.push(PrintedLine {
            area,
            text: item.text.to_string(),
            runs: vec![item.text.to_string()],
            article,
            is_artifact,
        });
        self.last = Some((baseline, size));
    }

    fn image(&mut self, image: &Image, area: Area, article: Option<usize>) {
        let bytes = match image.kind() {
            ImageKind::Raster(image) => image.data(),
            ImageKind::Svg(image) => image.data(),
            _ => return,
        };
        // typst keeps the bytes that it was given.
        let is_same = |photo: &Arc<Vec<u8>>| photo.as_ptr() == bytes.as_ptr() || ***photo == **bytes;
        if let Some(photo) = self.photos.iter().position(is_same) {
            self.page.photos.push(PrintedPhoto { area, photo, article });
        }
    }

    fn link(&mut self, destination: &Destination, area: Area) {
        let page = |page: usize| format!("#page={page}");
        let href = match destination {
            Destination::Url(url) => Some(url.as_str().to_owned()),
            Destination::Position(position) => Some(page(position.page.get())),
            Destination::Location(location) => {
                self.document.introspector().position(*location).map(|position| page(position.page.get()))
            }
        };
        self.page.links.extend(href.map(|href| PrintedLink { area, href }));
    }
}

/// What a frame item takes up.
fn area(size: Size, transform: Transform) -> Area {
    let start = Point::zero().transform(transform);
    let end = Point::new(size.x, size.y).transform(transform);
    let (left, right) = (start.x.min(end.x), start.x.max(end.x));
    let (top, foot) = (start.y.min(end.y), start.y.max(end.y));
    let length = |length: Abs| length.to_pt();
    Area { x: length(left), y: length(top), width: length(right - left), height: length(foot - top) }
}
