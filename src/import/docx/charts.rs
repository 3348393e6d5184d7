//! Charts and diagrams, which have parts of their own: their numbers as a table, their text as paragraphs.

use std::collections::BTreeMap;

use super::draft::{Draft, Here};
use super::objects::{Frame, paragraphs, plain};
use super::parts::xml;
use super::story::Story;
use crate::import::document::{Block, Cell, DoubtKind, ImportError, Row, Table};
use crate::import::xml::{Element, Xml};

/// How many numbers a table of a chart may have; beyond that it is no longer something to read.
const MAX_CELLS: usize = 20_000;

impl Story<'_, '_> {
    /// Reads a chart or a diagram.
    pub(super) fn part_of_its_own(
        &mut self,
        draft: &mut Draft,
        element: Element<'_>,
        here: &Here,
        frame: Frame<'_>,
    ) -> Result<(), ImportError> {
        let (kind, attribute) = match element.name() {
            "dgm:relIds" => ("SmartArt", "r:dm"),
            _ => ("chart", "r:id"),
        };
        let name = element.attribute(attribute).and_then(|id| self.relationships.part(id)).map(str::to_owned);
        let is_new = name.as_ref().is_some_and(|name| self.shared.objects.insert(name.clone()));
        let blocks = match name.filter(|_| is_new) {
            Some(name) => match xml(self.shared.package, &name) {
                Ok(part) => part.as_ref().map(blocks).unwrap_or_default(),
                Err(ImportError::Damaged(_)) => Vec::new(),
                Err(error) => return Err(error),
            },
            None => Vec::new(),
        };
        let about = frame.description.map_or_else(|| super::draft::beginning(&blocks), str::to_owned);
        self.doubt(DoubtKind::Object(kind.to_owned()), &about);
        self.set_beside(draft, blocks, here);
        Ok(())
    }
}

fn blocks(part: &Xml) -> Vec<Block> {
    let Some(root) = part.root() else { return Vec::new() };
    let mut blocks = paragraphs(root);
    let series: Vec<Series> = root.descendants().filter(|element| element.is("c:ser")).map(series).collect();
    let labels: BTreeMap<u32, &str> =
        series.iter().flat_map(|series| &series.labels).map(|(&at, label)| (at, label.as_str())).collect();
    let rows = labels.keys().chain(series.iter().flat_map(|series| series.values.keys())).copied();
    let rows: std::collections::BTreeSet<u32> = rows.collect();
    if rows.len().saturating_mul(series.len() + 1) > MAX_CELLS {
        blocks.extend(series.iter().flat_map(Series::all).map(plain));
    } else if !series.is_empty() {
        blocks.push(Block::Table(table(&series, &labels, rows)));
    }
    blocks
}

/// A row of bars, a line, a pie.
struct Series {
    name: String,
    labels: BTreeMap<u32, String>,
    values: BTreeMap<u32, String>,
}

impl Series {
    fn all(&self) -> impl Iterator<Item = &str> {
        let values = self.labels.values().chain(self.values.values());
        std::iter::once(&self.name).chain(values).map(String::as_str).filter(|text| !text.trim().is_empty())
    }
}

fn series(element: Element<'_>) -> Series {
    let points = |names: &[&str]| {
        let parent = names.iter().find_map(|name| element.child(name));
        let points = parent.into_iter().flat_map(|parent| parent.descendants()).filter(|element| element.is("c:pt"));
        points
            .filter_map(|point| {
                let at = point.attribute("idx")?.trim().parse().ok()?;
                Some((at, point.child("c:v")?.text().trim().to_owned()))
            })
            .collect::<BTreeMap<u32, String>>()
    };
    let name = element.child("c:tx");
    let words = name.into_iter().flat_map(|name| name.descendants()).filter(|element| element.is("c:v"));
    Series {
        name: words.map(|word| word.text().trim().to_owned()).collect::<Vec<_>>().join(" "),
        labels: points(&["c:cat", "c:xVal"]),
        values: points(&["c:val", "c:yVal"]),
    }
}

fn table(series: &[Series], labels: &BTreeMap<u32, &str>, rows: impl IntoIterator<Item = u32>) -> Table {
    let cell =
        |text: &str| Cell { blocks: if text.is_empty() { Vec::new() } else { vec![plain(text)] }, columns: 1, rows: 1 };
    let head = std::iter::once(cell("")).chain(series.iter().map(|series| cell(&series.name))).collect();
    let mut table = Table { rows: vec![Row { cells: head, is_header: true }] };
    for at in rows {
        let label = labels.get(&at).copied().unwrap_or_default();
        let values = series.iter().map(|series| series.values.get(&at).map_or("", String::as_str));
        let cells = std::iter::once(label).chain(values).map(cell).collect();
        table.rows.push(Row { cells, is_header: false });
    }
    table
}
