//! The structure of a syllable: an initial, a rhyme and one of six tones.
//!
//! The initials and rhymes are those of the language's phonology in its spelling (Hoàng Phê, ed., *Từ điển tiếng Việt*;
//! Đoàn Thiện Thuật, *Ngữ âm tiếng Việt*), with the rarer ones of loan words that dictionaries list.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// One of the six tones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Level,
    Grave,
    Acute,
    Tilde,
    Hook,
    Dot,
}

/// A syllable, taken apart. Letters are in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syllable {
    /// Its letters in NFC, without the tone.
    pub letters: String,
    pub tone: Tone,
    /// Which letter has the mark of the tone, counted from 0; `None` for the level tone, which has none.
    pub marked: Option<usize>,
}

/// In order of length, so that the longest that fits is found first.
const INITIALS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong \
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt \
    u ua uân uâng uât uây uc uê uêch uên uênh uêt uêu ui um un ung uôc uôi uôm uôn uông uôt uơ uơn up ut uy uya uych uyên uyêt \
    uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
    y ych yêm yên yêng yêt yêu yn ynh yp yt yu";

static KNOWN_RHYMES: LazyLock<HashSet<&str>> = LazyLock::new(|| RHYMES.split_ascii_whitespace().collect());

impl Syllable {
    /// Takes a word apart; `None` where it is no syllable of Vietnamese. It may be in capitals and in any Unicode form.
    pub fn of(word: &str) -> Option<Self> {
        let syllable = Self::apart(word)?;
        syllable.is_pronounceable().then_some(syllable)
    }

    /// Takes letters and tone apart, whether or not the language has such a syllable; `None` where there are other
    /// characters, or two tones.
    pub fn apart(word: &str) -> Option<Self> {
        // No syllable is longer (nghiêng).
        const LONGEST: usize = 7;
        let mut letters = String::new();
        let (mut tone, mut marked, mut count) = (Tone::Level, None, 0usize);
        for character in word.nfd().flat_map(char::to_lowercase) {
            let mark = match character {
                '\u{300}' => Tone::Grave,
                '\u{301}' => Tone::Acute,
                '\u{303}' => Tone::Tilde,
                '\u{309}' => Tone::Hook,
                '\u{323}' => Tone::Dot,
                '\u{302}' | '\u{306}' | '\u{31b}' => {
                    letters.push(character);
                    continue;
                }
                'a'..='z' | 'đ' => {
                    letters.push(character);
                    count += 1;
                    continue;
                }
                _ => return None,
            };
            if marked.is_some() || count == 0 {
                return None;
            }
            (tone, marked) = (mark, Some(count - 1));
        }
        (1..=LONGEST).contains(&count).then(|| Self { letters: letters.nfc().collect(), tone, marked })
    }

    fn is_pronounceable(&self) -> bool {
        let letters = self.letters.as_str();
        INITIALS.iter().filter_map(|initial| Some((*initial, letters.strip_prefix(initial)?))).any(
            |(initial, rhyme)| {
                // In `gi` and `gìn` the rhyme shares its i with the initial.
                let rhyme = if initial == "gi" && (rhyme.is_empty() || rhyme == "n") { &letters[1..] } else { rhyme };
                let is_stopped = ["c", "ch", "p", "t"].iter().any(|stop| rhyme.ends_with(stop));
                let has_tone = !is_stopped || matches!(self.tone, Tone::Acute | Tone::Dot);
                has_tone && is_spelt(initial, rhyme) && KNOWN_RHYMES.contains(rhyme)
            },
        )
    }
}

/// Some initials are spelt in one way before e, ê, i and y, and in another before other vowels.
fn is_spelt(initial: &str, rhyme: &str) -> bool {
    let is_front = rhyme.starts_with(['e', 'ê', 'i', 'y']);
    match initial {
        "c" | "ng" => !is_front,
        // `gi` and `gìn` are spelt so all the same.
        "g" => !is_front || matches!(rhyme, "i" | "in"),
        "gh" | "ngh" => is_front,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_the_language() {
        for word in
            "nghiêng Việt NAM ủy uỷ quý giếng gìn gì hoà hòa thuở khuya khúc khuỷu quyết toán oằn yêu Đảng xoong ưỡn \
                     quốc huyện huỳnh giặc kế hoạch quyền rượu bướu ngoằn ngoèo"
                .split_ascii_whitespace()
        {
            assert!(Syllable::of(word).is_some(), "{word}");
        }
    }

    #[test]
    fn what_is_none() {
        for word in ["", "Petersburg", "UBND", "wifi", "Guđmundur", "cac", "bat", "việtt", "Céng", "xa5", "óó", "đđ"]
        {
            assert_eq!(Syllable::of(word), None, "{word}");
        }
    }

    #[test]
    fn the_tone_and_where_it_is_marked() {
        let of = |word| Syllable::of(word).map(|s| (s.letters, s.tone, s.marked));
        assert_eq!(of("Hoà"), Some(("hoa".into(), Tone::Grave, Some(2))));
        assert_eq!(of("hòa"), Some(("hoa".into(), Tone::Grave, Some(1))));
        assert_eq!(of("ho\u{300}a"), of("hòa"));
        assert_eq!(of("Việt"), Some(("viêt".into(), Tone::Dot, Some(2))));
        assert_eq!(of("nam"), Some(("nam".into(), Tone::Level, None)));
    }
}
