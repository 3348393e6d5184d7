//! The grey picture that stands where a photo is missing, until somebody puts the photo there.

/// The drawing: a camera that is crossed out, without words, which would be printed.
pub const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675" viewBox="0 0 1200 675">
<g id="bantin-stand-in">
<rect width="1200" height="675" fill="#e3e5e8"/>
<g fill="none" stroke="#a3a9b2" stroke-width="14">
<path d="M430 270h90l34-50h92l34 50h90v210h-340z"/>
<circle cx="600" cy="370" r="72"/>
<path d="M410 520l380-340"/>
</g>
</g>
</svg>
"##;

/// What tells the drawing from others, however it was saved since.
const MARK: &str = "bantin-stand-in";

/// Longest file that is looked into, in bytes: the drawing is much shorter.
pub const LONGEST: u64 = 10_000;

/// Whether a file is the drawing.
pub fn is_stand_in(bytes: &[u8]) -> bool {
    bytes.len() as u64 <= LONGEST && std::str::from_utf8(bytes).is_ok_and(|text| text.contains(MARK))
}
