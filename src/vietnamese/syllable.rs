//! The structure of a syllable: an onset, a rime and one of six tones.
//!
//! Which onsets go with which rimes, and where a tone is marked, follows from the phonology of the language as its
//! spelling writes it (Hoàng Phê, ed., *Từ điển tiếng Việt*; Đoàn Thiện Thuật, *Ngữ âm tiếng Việt*). The tables below
//! allow some 17,000 forms, of which the language uses a third: what they do not allow is no word of Vietnamese.

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

/// Where the mark of a tone stands in a syllable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placement {
    /// On the only letter that can bear it, or on none.
    Only,
    /// `hòa`, `khỏe`, `thủy`: on the first of two vowels, either of which may bear it.
    First,
    /// `hoà`, `khoẻ`, `thuỷ`.
    Second,
    /// On a letter that never bears it. It belongs on this one, counted from 0.
    Wrong { belongs: usize },
}

/// The longest first that begin alike, so that the longest that fits is found first.
const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// Every rime, in the order of its bytes.
const RIMES: [&str; 168] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en", "eng", "eo",
    "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên", "iêng", "iêp", "iêt",
    "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe",
    "oem", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc", "oăm", "oăn", "oăng", "oăt",
    "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych", "uyn", "uynh", "uyp", "uyt", "uyu",
    "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uêu", "uôc", "uôi", "uôm", "uôn", "uông",
    "uôt", "uơ", "y", "ych", "yn", "ynh", "yt", "yu", "yêm", "yên", "yêng", "yêt", "yêu", "âc", "âm", "ân", "âng",
    "âp", "ât", "âu", "ây", "ê", "êch", "êm", "ên", "êng", "ênh", "êp", "êt", "êu", "ô", "ôc", "ôi", "ôm", "ôn", "ông",
    "ôp", "ôt", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưm",
    "ưn", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
];

impl Syllable {
    /// Takes a word apart; `None` where it is no syllable of Vietnamese. It may be in capitals and in any Unicode form.
    pub fn of(word: &str) -> Option<Self> {
        let syllable = Self::apart(word)?;
        syllable.is_of_the_language().then_some(syllable)
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
                    if count > LONGEST {
                        return None;
                    }
                    continue;
                }
                _ => return None,
            };
            if marked.is_some() || count == 0 {
                return None;
            }
            (tone, marked) = (mark, Some(count - 1));
        }
        (count > 0).then(|| Self { letters: letters.nfc().collect(), tone, marked })
    }

    /// Whether the language has such a syllable.
    pub fn is_of_the_language(&self) -> bool {
        self.split().is_some()
    }

    /// Onset and rime, where the language has such a syllable. In `gi` and `gìn` they share the i.
    fn split(&self) -> Option<(&'static str, &str)> {
        let letters = self.letters.as_str();
        ONSETS.into_iter().find_map(|onset| {
            let rest = letters.strip_prefix(onset)?;
            let rime = if onset == "gi" && matches!(rest, "" | "n") { &letters[1..] } else { rest };
            (self.has_tone_of(rime) && goes_with(onset, rime)).then_some((onset, rime))
        })
    }

    /// Behind a stop there are but two tones.
    fn has_tone_of(&self, rime: &str) -> bool {
        !rime.ends_with(['c', 'p', 't']) && !rime.ends_with("ch") || matches!(self.tone, Tone::Acute | Tone::Dot)
    }

    /// Where its tone is marked; `None` where it is no syllable of the language.
    pub fn placement(&self) -> Option<Placement> {
        let (onset, rime) = self.split()?;
        let Some(marked) = self.marked else { return Some(Placement::Only) };
        let count = self.letters.chars().count();
        let first = count - rime.chars().count();
        // In `gì` and `gìn`, the rime begins within the onset.
        debug_assert!(first <= onset.chars().count());
        if matches!(rime, "oa" | "oe" | "uy") && (marked == first || marked == first + 1) {
            return Some(if marked == first { Placement::First } else { Placement::Second });
        }
        let belongs = first + bearer(rime);
        Some(if marked == belongs { Placement::Only } else { Placement::Wrong { belongs } })
    }
}

/// Which letter of a rime bears its tone. Of two vowels at its end, it is the first; before a consonant, the last; the
/// letters with marks of their own always bear it.
fn bearer(rime: &str) -> usize {
    let is_vowel = |c: &char| "aăâeêioôơuưy".contains(*c);
    let vowels: Vec<char> = rime.chars().take_while(is_vowel).collect();
    let is_open = vowels.len() == rime.chars().count();
    let strong = vowels.iter().rposition(|c| "ăâêôơ".contains(*c)).or(vowels.iter().position(|c| *c == 'ư'));
    match (strong, vowels.len()) {
        (Some(strong), _) => strong,
        // oai, oeo, uya, uyu
        (None, 3) => 1,
        (None, count) if is_open => count.saturating_sub(2),
        (None, count) => count.saturating_sub(1),
    }
}

/// What may follow `qu`, whose u is that of the rime.
const RIMES_OF_QU: &str = "a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo ep et ê êch \
    ên ênh êt êu i ich in inh it iu ôc ơ ơi y ych yn ynh yt yu yên yêt";

/// Whether the language joins an onset and a rime, in this spelling.
fn goes_with(onset: &str, rime: &str) -> bool {
    RIMES.binary_search(&rime).is_ok()
        && match onset {
            "" => !matches!(rime, "ươu" | "uôi" | "uôc" | "uôt" | "uơ" | "uya" | "eng") && goes_alone(rime),
            "qu" => RIMES_OF_QU.split_ascii_whitespace().any(|known| known == rime),
            "gi" => {
                !rime.starts_with(['i', 'y']) && (!is_rounded(rime) || rime == "oăng") || matches!(rime, "i" | "in")
            }
            "ngh" | "gh" => is_front(rime) && rime != "êng",
            "g" => goes_behind_any(rime) && !is_front(rime) || matches!(rime, "i" | "in"),
            "ng" => goes_behind_any(rime) && !is_front(rime),
            "c" => goes_behind_any(rime) && !is_front(rime) && !is_rounded(rime),
            // `ka` is not the language's own.
            "k" => goes_behind_any(rime) && is_front(rime) || matches!(rime, "y" | "a"),
            // Lips cannot be rounded twice; these are loans.
            "b" | "m" | "ph" | "v" | "p" if is_rounded(rime) => {
                matches!((onset, rime), ("b", "uyt" | "oa") | ("ph", "uy") | ("v", "oan") | ("m", "oay"))
            }
            "th" | "h" if rime == "uơ" => true,
            "kh" if rime == "uâng" => true,
            _ => goes_behind_any(rime),
        }
}

/// Before these, some onsets are spelt in a way of their own.
fn is_front(rime: &str) -> bool {
    rime.starts_with(['e', 'ê', 'i'])
}

/// Whether a rime begins with rounded lips, as that of `hoa` and of `thuê` do.
fn is_rounded(rime: &str) -> bool {
    ["oa", "oă", "oe", "uy", "uê", "uơ", "uâ"].iter().any(|start| rime.starts_with(start))
}

/// Whether a rime is a syllable without an onset.
fn goes_alone(rime: &str) -> bool {
    let is_spelt_with_y = rime == "y" || rime.starts_with("yê");
    !rime.starts_with("iê") && rime != "êng" && rime != "uâng" && (is_spelt_with_y || !rime.starts_with('y'))
}

/// Whether a rime may stand behind most onsets: these have `iê` for `yê`, and other rimes are but few onsets'.
fn goes_behind_any(rime: &str) -> bool {
    (rime == "y" || !rime.starts_with('y')) && !matches!(rime, "êng" | "uâng" | "uơ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rimes_are_in_order() {
        assert!(RIMES.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn syllables_of_the_language() {
        for word in "nghiêng Việt NAM ủy uỷ quý giếng gìn gì hoà hòa thở thuở khuya khúc khuỷu quyết toán oằn yêu Đảng xoong \
                     ưỡn quốc huyện huỳnh giặc kế hoạch quyền rượu bướu ngoằn ngoèo buýt phuy voan giường giời yểng yết bâng \
                     khuâng uống ương ưu ỉa iu ngoao nguệch ngoạc quều quào quẹo quýt quýnh uỳnh uỵch khuếch khuỵu xuềnh \
                     xoàng gioăng kỹ tỷ sĩ"
            .split_ascii_whitespace()
        {
            assert!(Syllable::of(word).is_some(), "{word}");
        }
    }

    #[test]
    fn what_is_none() {
        for word in
            "Petersburg UBND wifi Guđmundur cac bat việtt Céng xa5 óó đđ nghành đuợc nguời trưòng đươc iêu iếng cuy \
                     ngiên gế kông câ nghe\u{302}\u{301}\u{301} muâng boăn luơn tuơi trơng quong"
                .split_ascii_whitespace()
        {
            assert_eq!(Syllable::of(word), None, "{word}");
        }
        assert_eq!(Syllable::of(""), None);
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

    #[test]
    fn where_the_mark_belongs() {
        let of = |word: &str| Syllable::of(word).and_then(|syllable| syllable.placement());
        for word in
            "hoàn khuỷu quý gì gìn già giếng của mía mưa thuở huế huỳnh quyền ngoèo ngoài xoáy câu cầu thời được người \
                     tuổi rượu kiểu yếu trước uống ưỡn ừ quốc quả quạu tuấn khuấy giường toán loét góc nam"
                .split_ascii_whitespace()
        {
            assert_eq!(of(word), Some(Placement::Only), "{word}");
        }
        for (word, placement) in [("hòa", Placement::First), ("hoà", Placement::Second), ("thủy", Placement::First)]
        {
            assert_eq!(of(word), Some(placement), "{word}");
        }
        for (word, belongs) in [
            ("câù", 1),
            ("thơì", 2),
            ("đựơc", 2),
            ("hòan", 2),
            ("cuả", 1),
            ("qúy", 2),
            ("gía", 2),
            ("khủyu", 3),
            ("ngừơi", 3),
            ("gíêng", 2),
            ("húê", 2),
            ("mià", 1),
            ("qủa", 2),
            ("tuôỉ", 2),
            ("kiêủ", 2),
            ("huyền", 3),
        ] {
            let wrong = if word == "huyền" { Placement::Only } else { Placement::Wrong { belongs } };
            assert_eq!(of(word), Some(wrong), "{word}");
        }
    }

    #[test]
    fn there_are_some_seventeen_thousand() {
        let pairs = ONSETS.iter().flat_map(|onset| RIMES.iter().map(move |rime| (*onset, *rime)));
        let tones = |rime: &str| if rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch") { 2 } else { 6 };
        let count: usize = pairs.filter(|(onset, rime)| goes_with(onset, rime)).map(|(_, rime)| tones(rime)).sum();
        assert!((16_000..19_000).contains(&count), "{count}");
    }
}
