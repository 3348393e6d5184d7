//! Vietnamese text in ASCII letters, for names that old programs must read.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name of a file, without its ending.
const LONGEST: usize = 60;

/// What no file can be called on Windows, whatever its ending. `con` is a word of Vietnamese.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The text without its marks: `Đường` is `Duong`. What is no Latin letter stays as it is.
pub fn without_marks(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).map(base_letter).collect()
}

/// Letters that Unicode does not take apart. Eth is often typed for Đ.
fn base_letter(c: char) -> char {
    match c {
        'Đ' | 'Ð' | 'Ɖ' => 'D',
        'đ' | 'ð' => 'd',
        'Ø' => 'O',
        'ø' => 'o',
        'Ł' => 'L',
        'ł' => 'l',
        'ı' => 'i',
        _ => c,
    }
}

/// A name for a file, without its ending: lower-case letters, digits and hyphens, of at most 60 characters. Empty where
/// the text has no letter or digit of Latin script.
pub fn ascii_name(text: &str) -> String {
    let plain = without_marks(text).to_ascii_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        let hyphen = if name.is_empty() { "" } else { "-" };
        if name.len() + hyphen.len() + word.len() > LONGEST {
            if name.is_empty() {
                name.extend(word.chars().take(LONGEST));
            }
            break;
        }
        name.push_str(hyphen);
        name.push_str(word);
    }
    if RESERVED.contains(&name.as_str()) {
        name.push_str("-1");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (text, name) in [
            ("Bản tin Sở Nội vụ, số 11/2022", "ban-tin-so-noi-vu-so-11-2022"),
            ("ĐẶC SAN XUÂN – Ất Tỵ", "dac-san-xuan-at-ty"),
            ("Đường Nguyễn Huệ, Uỷ ban", "duong-nguyen-hue-uy-ban"),
            // Decomposed, eth for Đ, half-composed.
            ("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "tieng-viet"),
            ("Ðồng Ɖa ðò", "dong-da-do"),
            ("  --__Số__--  ", "so"),
            ("１２／２０２２ ﬁle №5", "12-2022-file-no5"),
            ("a\u{200b}b\u{ad}c", "a-b-c"),
            ("../../etc/passwd\0.pdf", "etc-passwd-pdf"),
            ("新年 📰", ""),
            ("", ""),
            ("Con", "con-1"),
            ("LPT1", "lpt1-1"),
            ("con người", "con-nguoi"),
        ] {
            assert_eq!(ascii_name(text), name, "{text:?}");
        }
    }

    #[test]
    fn long_names_are_cut_at_a_hyphen() {
        let long = "kết quả ".repeat(20);
        let name = ascii_name(&long);
        assert_eq!(name, "ket-qua-ket-qua-ket-qua-ket-qua-ket-qua-ket-qua-ket-qua-ket");
        assert!(name.len() <= LONGEST);
        assert_eq!(ascii_name(&"ă".repeat(200)), "a".repeat(60));
        let exact = format!("{} {} b", "a".repeat(29), "b".repeat(30));
        assert_eq!(ascii_name(&exact), format!("{}-{}", "a".repeat(29), "b".repeat(30)));
        assert_eq!(ascii_name(&format!("a {}", "b".repeat(80))), "a");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_a_name(text in "\\PC*|[\\x00-\\x7f]*|[a-zăđêôơưĐẶ .-]{0,200}") {
            let name = ascii_name(&text);
            assert!(name.len() <= LONGEST);
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
            assert!(!name.starts_with('-') && !name.ends_with('-') && !name.contains("--"));
            assert!(!RESERVED.contains(&name.as_str()));
            assert_eq!(ascii_name(&name), name);
        }
    }
}
