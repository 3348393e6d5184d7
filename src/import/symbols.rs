//! The letters behind the signs of Symbol, Wingdings and Webdings, whose codes mean nothing in any other font.

/// Where Word puts the codes of such fonts.
const PRIVATE: std::ops::RangeInclusive<u32> = 0xF020..=0xF0FF;
/// Codes that mean something only to whoever made the font.
const OTHER_PRIVATE: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{F8FF}';
/// A sign that nothing gives a letter for.
pub(crate) const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

/// What the old code page of Windows has where Unicode has nothing to print.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// The letter of a code in a font.
pub(crate) fn letter(code: u32, font: Option<&str>) -> char {
    let table = font.and_then(table);
    let letter = match table {
        Some(table) if PRIVATE.contains(&code) => find(table, code - 0xF000),
        Some(table) if (0x20..=0xFF).contains(&code) => find(table, code),
        // A font of letters that is marked as one of signs, as old Vietnamese ones are.
        None if PRIVATE.contains(&code) => windows(code - 0xF000),
        _ => char::from_u32(code),
    };
    letter.unwrap_or(UNKNOWN)
}

/// A text in which codes of such fonts have become letters, and whether some of these are a guess.
pub(crate) fn letters(text: &str, font: Option<&str>) -> (String, bool) {
    let is_known = font.is_some_and(|font| table(font).is_some() || is_old_vietnamese(font));
    let mut is_guess = false;
    let letters = text
        .chars()
        .map(|raw| {
            let is_sign = PRIVATE.contains(&u32::from(raw));
            let letter = if is_sign { letter(u32::from(raw), font) } else { raw };
            is_guess |= is_sign && !is_known || letter == UNKNOWN || OTHER_PRIVATE.contains(&letter);
            letter
        })
        .collect();
    (letters, is_guess)
}

fn windows(byte: u32) -> Option<char> {
    match byte {
        0x80..=0x9F => WINDOWS.chars().nth((byte - 0x80) as usize),
        byte => char::from_u32(byte),
    }
}

/// Fonts of TCVN3 and VNI, by their names.
fn is_old_vietnamese(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font.starts_with(".vn") || font.starts_with("vni")
}

/// Letters of consecutive codes, and the first of these codes.
type Table = &'static [(u32, &'static str)];

fn table(font: &str) -> Option<Table> {
    match font.to_ascii_lowercase().as_str() {
        "symbol" | "standard symbols l" | "standard symbols ps" | "opensymbol" | "starsymbol" => Some(SYMBOL),
        "wingdings" => Some(WINGDINGS),
        "wingdings 2" => Some(WINGDINGS_2),
        "wingdings 3" => Some(WINGDINGS_3),
        "webdings" => Some(WEBDINGS),
        _ => None,
    }
}

fn find(table: Table, byte: u32) -> Option<char> {
    table.iter().find_map(|(start, letters)| letters.chars().nth(byte.checked_sub(*start)? as usize))
}

const SYMBOL: Table = &[
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"),
    (0xF1, "⟩∫"),
];

const WINGDINGS: Table = &[
    (0x20, " ✏✂✁"),
    (0x26, "🕮"),
    (0x28, "☎✆✉"),
    (0x36, "⌛"),
    (0x3E, "✇✍"),
    (0x41, "✌"),
    (0x45, "☜☞☝☟"),
    (0x4A, "☺"),
    (0x4C, "☹"),
    (0x4E, "☠⚐"),
    (0x51, "✈☼"),
    (0x54, "❄"),
    (0x56, "✞"),
    (0x58, "✠✡☪☯ॐ☸♈♉"),
    (0x6C, "●❍■□"),
    (0x71, "❑❒⬧⧫◆❖⬥⌧⍓⌘❀✿❝❞"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9E, "·•▪○"),
    (0xA4, "◉◎"),
    (0xA7, "▪◻"),
    (0xAA, "✦★✶✴✹✵"),
    (0xB5, "✪✰"),
    (0xD5, "⌫⌦"),
    (0xD8, "➢"),
    (0xDC, "➲"),
    (0xDF, "←→↑↓"),
    (0xE7, "⬅➔⬆⬇"),
    (0xEF, "⇦⇨⇧⇩⬄⇳"),
    (0xFB, "✗✓☒☑"),
];

const WINGDINGS_2: Table =
    &[(0x20, " "), (0x4F, "✗✓☒☑☒☒"), (0x96, "•●●"), (0x9F, "▪■"), (0xA2, "□□"), (0xAE, "◆"), (0xB2, "◊"), (0xE4, "★")];

const WINGDINGS_3: Table =
    &[(0x20, " →←↑↓"), (0x66, "←→↑↓"), (0x70, "▲▼"), (0x74, "◀▶"), (0x7D, "▶"), (0x84, "◁▷"), (0xA7, "▪"), (0xC6, "⇨")];

const WEBDINGS: Table = &[
    (0x20, " "),
    (0x31, "◻"),
    (0x33, "◀▶▲▼"),
    (0x3C, "■"),
    (0x59, "♥"),
    (0x61, "✓"),
    (0x63, "□"),
    (0x67, "■"),
    (0x6E, "●"),
    (0x72, "✗"),
    (0x97, "•"),
];
