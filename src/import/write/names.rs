//! Names of new files: from titles, without marks, so that every system and every e-mail can carry them.

use unicode_normalization::UnicodeNormalization;

/// Longest name made of a title, in characters.
const LONGEST: usize = 40;

/// A title as part of a file name: small letters without marks, digits and hyphens, whole words of it.
pub(super) fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in plain(title).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !slug.is_empty() && slug.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST));
    }
    if slug.is_empty() { "bai".to_owned() } else { slug }
}

/// Letters without their marks, in small letters.
fn plain(text: &str) -> String {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    let letters = text.to_lowercase().nfd().filter(|c| !is_mark(c)).collect::<String>();
    letters.replace(['đ', 'ð'], "d")
}

/// The number at the head of a file name, such as `07` of `07-hoi-nghi.md`: its value and how many digits it has.
pub(super) fn leading_number(name: &str) -> Option<(usize, usize)> {
    let file = name.rsplit('/').next()?;
    let digits = file.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=4).contains(&digits) && file[digits..].starts_with(['-', '_', '.', ' ']);
    is_number.then(|| file[..digits].parse().ok()).flatten().map(|value| (value, digits))
}

/// A name that no file has yet, compared as systems do that do not tell capitals apart: `a.jpg`, `a-2.jpg` and so on.
pub(super) fn free(stem: &str, extension: &str, taken: &mut Vec<String>) -> String {
    let name = |count: usize| match count {
        1 => format!("{stem}.{extension}"),
        _ => format!("{stem}-{count}.{extension}"),
    };
    let is_free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let found = (1..).map(name).find(is_free).unwrap_or_default();
    taken.push(found.clone());
    found
}

/// A name with a number that no file has yet, from 1.
pub(super) fn numbered(stem: &str, extension: &str, taken: &mut Vec<String>) -> String {
    let name = |count: usize| format!("{stem}-{count}.{extension}");
    let is_free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let found = (1..).map(name).find(is_free).unwrap_or_default();
    taken.push(found.clone());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_without_marks() {
        assert_eq!(slug("Đường về Cồn Sậy: 3 năm nhìn lại"), "duong-ve-con-say-3-nam-nhin-lai");
        assert_eq!(slug("“…”"), "bai");
        assert!(slug(&"dài ".repeat(40)).len() <= LONGEST);
        assert_eq!(slug(&"a".repeat(90)).len(), LONGEST);
    }

    #[test]
    fn numbers_stand_first() {
        assert_eq!(leading_number("tin/07-hoi-nghi.md"), Some((7, 2)));
        assert_eq!(leading_number("2026.md"), Some((2026, 4)));
        assert_eq!(leading_number("20261128.md"), None);
        assert_eq!(leading_number("hoi-nghi.md"), None);
    }

    #[test]
    fn a_name_is_given_once() {
        let mut taken = vec!["photos/A.jpg".to_owned()];
        assert_eq!(free("photos/a", "jpg", &mut taken), "photos/a-2.jpg");
        assert_eq!(free("photos/a", "jpg", &mut taken), "photos/a-3.jpg");
    }
}
