//! The namespaces of OpenDocument, and names of styles.

use crate::import::xml::Namespaces;

/// The prefixes by which this reader sees names, which are those that everybody writes.
pub(super) const NAMESPACES: &Namespaces = &[
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0", "dr3d"),
    ("urn:oasis:names:tc:opendocument:xmlns:chart:1.0", "chart"),
    ("urn:oasis:names:tc:opendocument:xmlns:form:1.0", "form"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg"),
    ("urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", "loext"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("http://www.w3.org/1998/Math/MathML", "math"),
];

/// The name of a style as people read it: letters that may not stand in a name are written as `_20_`.
pub(super) fn readable(name: &str) -> String {
    let mut readable = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find('_') {
        let (before, from) = rest.split_at(start);
        readable.push_str(before);
        let code = from.get(1..).and_then(|from| from.split_once('_'));
        let letter = code.and_then(|(code, after)| Some((char::from_u32(hexadecimal(code)?)?, after)));
        if let Some((letter, after)) = letter {
            readable.push(letter);
            rest = after;
        } else {
            readable.push('_');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    readable + rest
}

fn hexadecimal(code: &str) -> Option<u32> {
    let is_code = (1..=6).contains(&code.len()) && code.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_code.then(|| u32::from_str_radix(code, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn names_of_styles_are_made_readable() {
        for (name, expected) in [
            ("Heading_20_1", "Heading 1"),
            ("Standard", "Standard"),
            ("My_Style", "My_Style"),
            ("a_5f_b_", "a_b_"),
            ("_ti_ea_u", "_ti\u{ea}u"),
            ("x_ffffff_y", "x_ffffff_y"),
            ("_", "_"),
        ] {
            assert_eq!(readable(name), expected);
        }
    }
}
