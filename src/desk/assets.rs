//! The files of the page, built into the binary: no framework, and nothing from elsewhere.

use include_dir::{Dir, include_dir};

use crate::messages::Lang;

static PAGE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/desk/page");

/// The page itself, with marks such as `{{title}}` for what the server puts in.
pub(super) fn page() -> &'static str {
    text("desk.html")
}

/// Its words, as JSON.
pub(super) fn words(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => text("words.vi.json"),
        Lang::En => text("words.en.json"),
    }
}

fn text(name: &str) -> &'static str {
    PAGE.get_file(name).and_then(|file| file.contents_utf8()).unwrap_or_default()
}

/// A file by its name, with its media type.
pub(super) fn file(name: &str) -> Option<(&'static [u8], &'static str)> {
    let media_type = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    Some((PAGE.get_file(name)?.contents(), media_type))
}
