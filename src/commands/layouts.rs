//! `bantin layouts`.

use serde_json::json;

use super::{Status, workspace_here};
use crate::layout;
use crate::messages::{Ui, ui};
use crate::terminal::{Format, Terminal};

pub(super) fn run(terminal: &Terminal) -> Status {
    let workspace = workspace_here();
    let mut status = Status::Done;
    for name in workspace.layouts() {
        match layout::find(&workspace, None, &name, None) {
            Ok(layout) if terminal.format == Format::Json => {
                let line = json!({
                    "name": name,
                    "description": layout.spec.description(terminal.lang.as_str()),
                    "fonts": layout.spec.fonts,
                    "default": name == layout::DEFAULT,
                });
                terminal.object(&line);
            }
            Ok(layout) => {
                let mark = if name == layout::DEFAULT {
                    format!(" ({})", ui(Ui::DefaultLayout, terminal.lang))
                } else {
                    String::new()
                };
                terminal.out(&format!("{name}{mark}"));
                terminal.out(&format!("  {}", layout.spec.description(terminal.lang.as_str())));
                terminal.out(&format!("  {}: {}", ui(Ui::Fonts, terminal.lang), layout.spec.fonts.join(", ")));
            }
            Err(diagnostic) => {
                terminal.diagnostics(std::path::Path::new(""), &[diagnostic]);
                status = Status::Failed;
            }
        }
    }
    status
}
