//! Layouts and fonts of this repository, built into the binary.

use include_dir::{Dir, include_dir};

static LAYOUTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/layouts");
static FONTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/fonts");

/// The names of the built-in folders of layouts, sorted; `lib` is one of them.
pub(crate) fn layout_folders() -> Vec<String> {
    let mut names: Vec<_> = LAYOUTS.dirs().filter_map(|dir| dir.path().to_str()).map(str::to_owned).collect();
    names.sort();
    names
}

/// The files of a built-in folder of layouts: paths relative to the folder, with `/`.
pub(crate) fn layout_files(folder: &str) -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    if let Some(dir) = LAYOUTS.get_dir(folder) {
        collect(dir, folder, &mut files);
    }
    files
}

fn collect(dir: &Dir<'static>, root: &str, files: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        let path = file.path().strip_prefix(root).unwrap_or(file.path());
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        files.push((parts.join("/"), file.contents()));
    }
    dir.dirs().for_each(|dir| collect(dir, root, files));
}

/// The built-in fonts: file name and content, sorted by name.
pub(crate) fn fonts() -> Vec<(&'static str, &'static [u8])> {
    let mut fonts: Vec<_> = FONTS
        .files()
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "ttf"))
        .filter_map(|file| Some((file.path().to_str()?, file.contents())))
        .collect();
    fonts.sort_by_key(|(name, _)| *name);
    fonts
}
