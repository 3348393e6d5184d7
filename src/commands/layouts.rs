//! `bantin layouts`.

use std::ffi::OsStr;
use std::path::Path;

use serde_json::json;

use super::{Status, workspace_here, write_new_folder};
use crate::cli::Layouts;
use crate::diagnostic::Diagnostic;
use crate::fs::Written;
use crate::layout::{self, Layout};
use crate::messages::{self, Ui, ui};
use crate::terminal::{Format, Terminal};

pub(super) fn run(args: &Layouts, terminal: &Terminal) -> Status {
    match args.copy.as_deref() {
        Some([name, folder]) => copy(name, Path::new(folder), terminal),
        _ => list(terminal),
    }
}

/// Writes a layout and its library into a folder.
fn copy(name: &OsStr, folder: &Path, terminal: &Terminal) -> Status {
    let written = layout::find(&workspace_here(), None, &name.to_string_lossy(), None)
        .and_then(|layout| write(&layout, folder, terminal));
    match written {
        Ok(Written::Whole) => {
            let folder = folder.display().to_string();
            terminal.done(&folder, &messages::copied_layout(&folder, terminal.lang));
            Status::Done
        }
        Ok(Written::Stopped) => {
            terminal.stopped();
            Status::Stopped
        }
        Err(diagnostic) => {
            terminal.diagnostics(folder, &[diagnostic]);
            Status::Failed
        }
    }
}

fn write(layout: &Layout, folder: &Path, terminal: &Terminal) -> Result<Written, Diagnostic> {
    let files: Vec<_> = layout.with_library().into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect();
    write_new_folder(folder, &[], files.iter().map(|(name, bytes)| (name, bytes)), &*terminal.progress())
}

fn list(terminal: &Terminal) -> Status {
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
                terminal.diagnostics(Path::new(""), &[diagnostic]);
                status = Status::Failed;
            }
        }
    }
    status
}
