//! `bantin fonts`.

use serde_json::json;

use super::{Status, workspace_here};
use crate::fonts::{FaceInfo, Fonts};
use crate::messages::{Ui, ui};
use crate::terminal::{Format, Terminal};

pub(super) fn run(terminal: &Terminal) -> Status {
    let faces = Fonts::load(&workspace_here(), None).faces();
    if terminal.format == Format::Json {
        for face in &faces {
            let missing: String = face.missing.iter().collect();
            let line = json!({
                "family": face.family,
                "weight": face.weight,
                "italic": face.italic,
                "vietnamese": face.missing.is_empty(),
                "missing": missing,
            });
            terminal.object(&line);
        }
        return Status::Done;
    }
    for family in faces.chunk_by(|a, b| a.family == b.family) {
        terminal.out(&family[0].family);
        for face in family {
            terminal.out(&format!("  {:<18} {}", style(face), coverage(face, terminal)));
        }
    }
    Status::Done
}

/// The style's name as font menus have it.
fn style(face: &FaceInfo) -> String {
    let weight = match face.weight {
        0..=150 => "Thin",
        151..=250 => "ExtraLight",
        251..=350 => "Light",
        351..=450 => "Regular",
        451..=550 => "Medium",
        551..=650 => "SemiBold",
        651..=750 => "Bold",
        751..=850 => "ExtraBold",
        _ => "Black",
    };
    match (weight, face.italic) {
        ("Regular", true) => "Italic".into(),
        (weight, true) => format!("{weight} Italic"),
        (weight, false) => weight.into(),
    }
}

fn coverage(face: &FaceInfo, terminal: &Terminal) -> String {
    const SHOWN: usize = 20;
    if face.missing.is_empty() {
        return ui(Ui::FontsComplete, terminal.lang).into();
    }
    let shown: String = face.missing.iter().take(SHOWN).collect();
    let more = if face.missing.len() > SHOWN { "…" } else { "" };
    format!("{} {}: {shown}{more}", ui(Ui::FontsLack, terminal.lang), face.missing.len())
}
