//! What was decided, as the layout reads it: documented in `layouts/README.md`.

use serde_json::{Map, Value, json};

use super::decision::{Decision, Side};
use super::galley::{Galley, Piece, Shape};

/// The value `composition` of the issue.
pub(super) fn write(galley: &Galley, decisions: &[Decision]) -> Value {
    let mut orders = Orders { galley, articles: Map::new(), zones: Vec::new(), zone: 0 };
    for zone in 0..galley.zones.len() {
        orders.zones.push(json!({ "page": zone == 0 }));
    }
    if decisions.is_empty() {
        orders.add_natural();
    }
    decisions.iter().for_each(|decision| orders.add(decision));
    json!({ "zones": orders.zones, "articles": orders.articles })
}

struct Orders<'a> {
    galley: &'a Galley,
    articles: Map<String, Value>,
    zones: Vec<Value>,
    /// The zone that began last.
    zone: usize,
}

impl Orders<'_> {
    /// What is done without a search: every zone opens a page, and columns end above what goes across them.
    fn add_natural(&mut self) {
        let height = self.galley.geometry.height;
        for (index, zone) in self.galley.zones.iter().enumerate() {
            self.add(&Decision::Zone { index: index as u16, new_page: true });
            let bears_photo = zone.bears_photo(height);
            for (piece, it) in zone.pieces.iter().enumerate() {
                let piece = piece as u16;
                if it.in_head && bears_photo {
                    self.add(&Decision::InHead { piece });
                } else if matches!(it.shape, Shape::Wide(_)) {
                    self.add(&Decision::Split { piece, new_page: false });
                }
            }
        }
    }

    fn add(&mut self, decision: &Decision) {
        match *decision {
            Decision::Zone { index, new_page } => {
                self.zone = usize::from(index);
                self.zones[self.zone]["page"] = json!(new_page);
            }
            Decision::Break { piece, empty } => self.push_before(piece, json!({ "do": "break", "empty": empty })),
            Decision::Raise { piece, by, .. } => {
                let Piece { article, key, .. } = self.piece(piece);
                let step = json!({ "do": "raise", "by": length(by), "article": article, "key": raised(key) });
                self.push_before(piece, step);
            }
            Decision::Extra { piece, by } => {
                let extra = &mut self.of(piece)["extra"];
                *extra = length(extra.as_f64().unwrap_or_default() as f32 + by);
            }
            Decision::InHead { piece } => self.of(piece)["in-head"] = json!(true),
            Decision::Refit { piece, fit } => self.of(piece)["fit"] = json!(fit.name()),
            Decision::Here { piece, lines } => {
                if lines != 0 {
                    self.of(piece)["lines"] = json!(lines);
                }
            }
            Decision::At { .. } | Decision::Spread { .. } => {}
            Decision::Trim { piece, by } => {
                if usize::from(piece) == self.galley.zones[self.zone].pieces.len() {
                    self.zones[self.zone]["trim"] = length(by);
                } else {
                    self.of(piece)["trim"] = length(by);
                }
            }
            Decision::Split { piece, new_page } => {
                let is_across = matches!(self.piece(piece).shape, Shape::Wide(_));
                let orders = self.of(piece);
                orders["split"] = json!(if new_page { "page" } else { "below" });
                orders["across"] = json!(is_across);
            }
            Decision::Before { piece, anchor, lines, side } => {
                let moved = self.of(piece);
                moved["moved"] = json!(true);
                moved["lines"] = json!(lines);
                moved["float"] = json!(match side {
                    Side::Here => "here",
                    Side::Top => "top",
                    Side::Bottom => "bottom",
                });
                let step = json!({ "do": "set", "key": self.piece(piece).key });
                self.push_before(anchor, step);
            }
        }
    }

    fn piece(&self, piece: u16) -> &Piece {
        &self.galley.zones[self.zone].pieces[usize::from(piece)]
    }

    /// Adds to what is done before a piece: in the order in which it was decided.
    fn push_before(&mut self, piece: u16, step: Value) {
        let steps = &mut self.of(piece)["before"];
        match steps {
            Value::Array(list) => list.push(step),
            _ => *steps = json!([step]),
        }
    }

    /// The orders for a piece.
    fn of(&mut self, piece: u16) -> &mut Value {
        let piece = &self.galley.zones[self.zone].pieces[usize::from(piece)];
        let article = self.articles.entry(piece.article.clone()).or_insert_with(|| json!({}));
        let orders = &mut article[piece.key.as_str()];
        if orders.is_null() {
            *orders = json!({});
        }
        orders
    }
}

/// The mark of what raises the feet of columns before the piece with this key.
pub(super) fn raised(key: &str) -> String {
    format!("raise-{key}")
}

fn length(points: f32) -> Value {
    json!((f64::from(points) * 1000.0).round() / 1000.0)
}
