//! Text typed in fonts from before Unicode, which shows as nonsense without them.
//!
//! Sources of the tables: TCVN 5712:1993, code VN3 (fonts named .Vn…); the VNI code for Windows of VNI Software (fonts
//! named VNI-…), where a vowel and its marks are two characters. What a program shows of such text is its bytes as
//! Latin-1.

/// How a text was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Tcvn3,
    Vni,
}

/// The characters of TCVN3 that are not ASCII, each behind the letter that it stands for.
const TCVN3: &str = "Ă¡Â¢Ê£Ô¤Ơ¥Ư¦Đ§ă¨â©êªô«ơ¬ư\u{ad}đ®àµả¶ã·á¸ạ¹ằ»ẳ¼ẵ½ắ¾ặÆầÇẩÈẫÉấÊậËèÌẻÎẽÏéÐẹÑềÒểÓễÔếÕệÖì×ỉØĩÜíÝịÞ\
    òßỏáõâóãọäồåổæỗçốèộéờêởëỡìớíợîùïủñũòúóụôừõửöữ÷ứøựùỳúỷûỹüýýỵþ";

/// The letters that VNI writes with two characters: the letter, what stands for it.
const VNI_PAIRS: &str = "à aø á aù ả aû ã aõ ạ aï â aâ ấ aá ầ aà ẩ aå ẫ aã ậ aä ă aê ắ aé ằ aè ẳ aú ẵ aü ặ aë \
    è eø é eù ẻ eû ẽ eõ ẹ eï ê eâ ế eá ề eà ể eå ễ eã ệ eä ò oø ó où ỏ oû õ oõ ọ oï ô oâ ố oá ồ oà ổ oå ỗ oã ộ oä \
    ờ ôø ớ ôù ở ôû ỡ ôõ ợ ôï ù uø ú uù ủ uû ũ uõ ụ uï ừ öø ứ öù ử öû ữ öõ ự öï ỳ yø ý yù ỷ yû ỹ yõ";

/// The letters that VNI writes with one.
const VNI_SINGLES: &str = "ơ ô ư ö đ ñ ì ì í í ỉ æ ĩ ó ị ò ỵ î";

/// A word as it was meant; `None` where it has characters that the encoding does not have, or nothing but ASCII.
pub fn decode(word: &str, encoding: Encoding) -> Option<String> {
    // What was typed so shows as Latin-1; most words of today's text have letters beyond it.
    if word.is_ascii() || word.chars().any(|c| c > '\u{ff}') {
        return None;
    }
    match encoding {
        Encoding::Tcvn3 => word.chars().map(|c| if c.is_ascii() { Some(c) } else { tcvn3(c) }).collect(),
        Encoding::Vni => vni(word),
    }
}

fn tcvn3(character: char) -> Option<char> {
    let mut letters = TCVN3.chars();
    while let (Some(letter), Some(typed)) = (letters.next(), letters.next()) {
        if typed == character {
            return Some(letter);
        }
    }
    None
}

fn vni(word: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let lower: String = rest.chars().take(2).flat_map(char::to_lowercase).collect();
        let is_upper = first.is_uppercase();
        let may_be_pair = rest.chars().nth(1).is_some_and(|second| !second.is_ascii());
        let letter = match may_be_pair.then(|| find(VNI_PAIRS, &lower)).flatten() {
            Some(letter) => {
                let second = rest.chars().nth(1).map_or(0, char::len_utf8);
                rest = &rest[first.len_utf8() + second..];
                letter
            }
            None => {
                rest = &rest[first.len_utf8()..];
                let lower: String = first.to_lowercase().collect();
                if first.is_ascii() { first.to_ascii_lowercase() } else { find(VNI_SINGLES, &lower)? }
            }
        };
        if is_upper {
            decoded.extend(letter.to_uppercase());
        } else {
            decoded.push(letter);
        }
    }
    Some(decoded)
}

/// The letter before what was typed, in a table of both in turn.
fn find(table: &str, typed: &str) -> Option<char> {
    let mut words = table.split_ascii_whitespace();
    while let (Some(letter), Some(found)) = (words.next(), words.next()) {
        if found == typed {
            return letter.chars().next();
        }
    }
    None
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
    }

    #[test]
    fn other_text_is_none() {
        assert_eq!(decode("Nam", Encoding::Tcvn3), None);
        assert_eq!(decode("người", Encoding::Vni), None);
        assert_eq!(decode("việc", Encoding::Tcvn3), None);
    }
}
