//! Text typed in fonts from before Unicode, which shows as nonsense without them.
//!
//! Sources of the tables: TCVN 5712:1993, code VN3 (fonts named .Vn…); the VNI code for Windows of VNI Software (fonts
//! named VNI-…), where a vowel and its marks are two characters. What a program shows of such text is its bytes as
//! Latin-1.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// How a text was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Tcvn3,
    Vni,
}

/// The characters of TCVN3 that are not ASCII, each behind the letter that it stands for.
const TCVN3: &str = "Ă¡Â¢Ê£Ô¤Ơ¥Ư¦Đ§ă¨â©êªô«ơ¬ư\u{ad}đ®àµả¶ã·á¸ạ¹ằ»ẳ¼ẵ½ắ¾ặÆầÇẩÈẫÉấÊậËèÌẻÎẽÏéÐẹÑềÒểÓễÔếÕệÖì×ỉØĩÜíÝịÞ\
    òßỏáõâóãọäồåổæỗçốèộéờêởëỡìớíợîùïủñũòúóụôừõửöữ÷ứøựùỳúỷûỹüýýỵþ";

/// The letters that VNI writes with two characters: the letter, what stands for it. Those of i and yï are of programs that
/// convert to VNI; its own fonts have one character for them.
const VNI_PAIRS: &str = "à aø á aù ả aû ã aõ ạ aï â aâ ấ aá ầ aà ẩ aå ẫ aã ậ aä ă aê ắ aé ằ aè ẳ aú ẵ aü ặ aë \
    è eø é eù ẻ eû ẽ eõ ẹ eï ê eâ ế eá ề eà ể eå ễ eã ệ eä ò oø ó où ỏ oû õ oõ ọ oï ô oâ ố oá ồ oà ổ oå ỗ oã ộ oä \
    ờ ôø ớ ôù ở ôû ỡ ôõ ợ ôï ù uø ú uù ủ uû ũ uõ ụ uï ừ öø ứ öù ử öû ữ öõ ự öï ỳ yø ý yù ỷ yû ỹ yõ \
    ì iø í iù ỉ iû ĩ iõ ị iï ỵ yï";

/// The letters that VNI writes with one.
const VNI_SINGLES: &str = "ơ ô ư ö đ ñ ì ì í í ỉ æ ĩ ó ị ò ỵ î";

/// The marks of VNI that may stand behind a letter that has its circumflex or breve already.
const VNI_TONES: [(char, char); 5] =
    [('ø', '\u{300}'), ('ù', '\u{301}'), ('û', '\u{309}'), ('õ', '\u{303}'), ('ï', '\u{323}')];

/// The letter of each character of Latin-1 in TCVN3.
static TCVN3_LETTERS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut letters = TCVN3.chars();
    std::iter::from_fn(|| letters.next().zip(letters.next())).map(|(letter, typed)| (typed, letter)).collect()
});

/// The letter of each character of VNI, or of each two.
static VNI_LETTERS: LazyLock<HashMap<&str, char>> = LazyLock::new(|| {
    let mut words = VNI_PAIRS.split_ascii_whitespace().chain(VNI_SINGLES.split_ascii_whitespace());
    std::iter::from_fn(|| words.next().zip(words.next()))
        .filter_map(|(letter, typed)| Some((typed, letter.chars().next()?)))
        .collect()
});

/// A letter as it was meant, and how many characters stand for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    pub letter: char,
    pub typed: usize,
}

/// A word as it was meant; `None` where it has characters that the encoding does not have, or nothing but ASCII.
pub fn decode(word: &str, encoding: Encoding) -> Option<String> {
    // What was typed so shows as Latin-1; most words of today's text have letters beyond it.
    if word.is_ascii() || word.chars().any(|c| c > '\u{ff}') {
        return None;
    }
    let typed: Vec<char> = word.chars().collect();
    Some(letters(&typed, encoding)?.iter().map(|found| found.letter).collect())
}

/// The letters that characters stand for; `None` where there are some that the encoding does not have.
pub fn letters(typed: &[char], encoding: Encoding) -> Option<Vec<Letter>> {
    let mut found = Vec::with_capacity(typed.len());
    let mut at = 0;
    while let Some(rest) = typed.get(at..).filter(|rest| !rest.is_empty()) {
        let letter = match encoding {
            Encoding::Tcvn3 => tcvn3(rest[0])?,
            Encoding::Vni => vni(rest)?,
        };
        at += letter.typed;
        found.push(letter);
    }
    Some(found)
}

fn tcvn3(character: char) -> Option<Letter> {
    let letter = if character.is_ascii() { character } else { *TCVN3_LETTERS.get(&character)? };
    Some(Letter { letter, typed: 1 })
}

/// The first letter. The longest that fits is meant: `öô` are two letters, `ôø` is one.
fn vni(typed: &[char]) -> Option<Letter> {
    let first = *typed.first()?;
    let pair = typed.get(1).filter(|second| !second.is_ascii()).and_then(|second| vni_letter(&[first, *second]));
    let (letter, length) = match pair {
        // Careful fingers, careless order: the marks of ệ as two, `eâï`.
        Some(letter) => match typed.get(2).and_then(|third| with_tone(letter, *third)) {
            Some(toned) => (toned, 3),
            None => (letter, 2),
        },
        None if first.is_ascii() => (first.to_ascii_lowercase(), 1),
        None => (vni_letter(&[first])?, 1),
    };
    let mut upper = letter.to_uppercase();
    let letter = if first.is_uppercase() { upper.next()? } else { letter };
    Some(Letter { letter, typed: length })
}

fn vni_letter(typed: &[char]) -> Option<char> {
    let lower: String = typed.iter().flat_map(|c| c.to_lowercase()).collect();
    VNI_LETTERS.get(lower.as_str()).copied()
}

/// A letter with a circumflex or breve, and the tone that a character stands for.
fn with_tone(letter: char, typed: char) -> Option<char> {
    let lower = typed.to_lowercase().next()?;
    let (_, tone) = VNI_TONES.iter().find(|(mark, _)| *mark == lower)?;
    let toned = || [letter, *tone].into_iter().nfc().next();
    "âăêô".contains(letter).then(toned).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, encoding: Encoding) -> String {
        let words = text.split(' ').map(|word| decode(word, encoding).unwrap_or_else(|| word.to_owned()));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tcvn3_text() {
        assert_eq!(
            all("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp nh\u{ad}ng", Encoding::Tcvn3),
            "Cộng hoà xã hội chủ nghĩa Việt Nam Độc lập nhưng"
        );
    }

    #[test]
    fn vni_text() {
        assert_eq!(
            all("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp nhöng ñöôïc", Encoding::Vni),
            "Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập nhưng được"
        );
        assert_eq!(all("COÄNG ÑOÀNG", Encoding::Vni), "CỘNG ĐỒNG");
        assert_eq!(all("vieâïc ngöôøi VIEÂÏC ñaëc", Encoding::Vni), "việc người VIỆC đặc");
    }

    #[test]
    fn letters_say_how_much_they_cover() {
        let typed: Vec<char> = "höôùng".chars().collect();
        let found = letters(&typed, Encoding::Vni).unwrap_or_default();
        assert_eq!(found.iter().map(|f| f.letter).collect::<String>(), "hướng");
        assert_eq!(found.iter().map(|f| f.typed).collect::<Vec<_>>(), [1, 1, 2, 1, 1]);
    }

    #[test]
    fn other_text_is_none() {
        assert_eq!(decode("Nam", Encoding::Tcvn3), None);
        assert_eq!(decode("người", Encoding::Vni), None);
        assert_eq!(decode("việc", Encoding::Tcvn3), None);
    }
}
