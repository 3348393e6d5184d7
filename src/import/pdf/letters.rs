//! The letters that a glyph stands for.

/// Writes the letters of a glyph: ligatures as the letters that they join, the bullets of symbol fonts as bullets, and no
/// control characters.
pub(super) fn push(text: &mut String, letters: &str) {
    for letter in letters.chars() {
        match letter {
            '\u{FB00}' => text.push_str("ff"),
            '\u{FB01}' => text.push_str("fi"),
            '\u{FB02}' => text.push_str("fl"),
            '\u{FB03}' => text.push_str("ffi"),
            '\u{FB04}' => text.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => text.push_str("st"),
            '\t' | '\n' | '\r' => text.push(' '),
            '\u{200B}' | '\u{FEFF}' => {}
            _ if letter.is_control() => {}
            _ => text.push(symbol(letter)),
        }
    }
}

/// What Word's symbol fonts mean: they have their signs in the private area from U+F000.
fn symbol(letter: char) -> char {
    match letter {
        '\u{F0B7}' | '\u{F09F}' => '•',
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F0A8}' => '◦',
        '\u{F0D8}' | '\u{F0C4}' => '➢',
        '\u{F0FC}' => '✓',
        '\u{F0E0}' | '\u{F0F0}' => '→',
        '\u{F02D}' => '-',
        '\u{F02B}' => '+',
        '\u{F02A}' => '*',
        '\u{F020}' => ' ',
        _ => letter,
    }
}

#[cfg(test)]
mod tests;
