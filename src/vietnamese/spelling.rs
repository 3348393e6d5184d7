//! Words that are no syllable of Vietnamese: mistakes, told from what other languages write.
//!
//! A word is a mistake where its letters are those of Vietnamese alone and no syllable comes of them, or where one small
//! step makes a syllable of it which typists are known to miss. What is foreign by its shape is left alone: letters that
//! Vietnamese does not have, onsets of several consonants, and several syllables in one of the tones that loans have.

use unicode_normalization::UnicodeNormalization;

use super::pairs::{normal, pair_level};
use super::syllable::{Syllable, Tone};

/// What is wrong with a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misspelling {
    /// Two words without a space between them.
    Glued { first: String, second: String },
    /// No syllable; with one that may be meant.
    NoSyllable { nearest: Option<String> },
}

/// Letters that nobody but Vietnamese and few others have; the rest of its letters French, Spanish or Portuguese have too.
const OWN: &str = "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĩũ";

/// All of its letters beyond ASCII.
const BEYOND_ASCII: &str = "àáâãèéêìíòóôõùúýăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĩũ";

/// Letters that bad converters and keyboards put in place of ư and ă.
const LOOK_ALIKES: [(char, char); 2] = [('ƣ', 'ư'), ('ǎ', 'ă')];

/// Onsets of words that other languages gave, as Vietnamese spells them.
const FOREIGN_ONSETS: [&str; 37] = [
    "bl", "br", "cl", "cr", "dr", "đr", "fl", "fr", "gl", "gr", "hr", "kh", "kl", "kr", "pl", "pr", "ps", "sc", "sk",
    "sl", "sm", "sn", "sp", "st", "str", "tr", "vl", "xc", "xk", "xl", "xm", "xn", "xp", "xt", "xtr", "thr", "phl",
];

/// Consonants at the end of a syllable that loans alone have.
const FOREIGN_CODAS: [char; 9] = ['b', 'd', 'đ', 'g', 'k', 'l', 'r', 's', 'x'];

/// Syllables of loans and of names that no rule above knows.
const LOANS: [&str; 10] = ["kơ", "kon", "kôn", "đăk", "đắk", "lắk", "lăk", "búk", "pôk", "páo"];

/// What is wrong with a word in small letters; `None` where nothing is, or where it may be foreign.
pub fn misspelling(word: &str) -> Option<Misspelling> {
    /// Longer than any word, in letters.
    const LONGEST: usize = 40;
    let is_word = word.chars().nth(1).is_some() && word.chars().nth(LONGEST).is_none();
    if word.is_ascii() || !is_word || Syllable::of(word).is_some() {
        return None;
    }
    let meant: String = word.chars().map(vietnamese_of).collect();
    if meant != word {
        return Syllable::of(&meant).is_some().then_some(Misspelling::NoSyllable { nearest: Some(meant) });
    }
    let lower = word.to_lowercase();
    let is_of_vietnamese = |c: char| BEYOND_ASCII.contains(c) || c.is_ascii_lowercase() && !"fjwz".contains(c);
    if !lower.chars().any(is_vowel) || LOANS.contains(&lower.as_str()) {
        return None;
    }
    if let Some(once) = without_leftover(&lower) {
        return Some(Misspelling::NoSyllable { nearest: Some(once) });
    }
    if !lower.chars().all(is_of_vietnamese) {
        return None;
    }
    if let Some(meant) = usual_slip(&lower) {
        return Some(Misspelling::NoSyllable { nearest: Some(meant) });
    }
    if is_loan(&lower) {
        return None;
    }
    if let Some(glued) = glued(word) {
        return Some(glued);
    }
    let is_own = lower.contains(|c| OWN.contains(c));
    // A consonant typed twice is a slip in any word that is not French.
    let is_doubled = lower.contains(['ê', 'ô', 'â', 'à', 'ò', 'ì']) && has_double_consonant(&lower);
    (is_own || is_doubled).then(|| Misspelling::NoSyllable { nearest: one_step(&lower) })
}

fn vietnamese_of(character: char) -> char {
    LOOK_ALIKES.iter().find(|(typed, _)| *typed == character).map_or(character, |(_, meant)| *meant)
}

fn is_vowel(character: char) -> bool {
    "aeiouy".contains(character) || BEYOND_ASCII.contains(character) && character != 'đ'
}

/// `đượcj`: a syllable with its tone, and the key of a tone behind it once more.
fn without_leftover(word: &str) -> Option<String> {
    let rest = word.strip_suffix(['s', 'f', 'r', 'x', 'j'])?;
    let syllable = Syllable::of(rest)?;
    let is_own = rest.contains(|c| OWN.contains(c)) && syllable.marked.is_some();
    is_own.then(|| rest.to_owned())
}

/// Whether a word is made of two or more syllables such as loans have: the level tone, or the acute before a stop.
fn is_loan(word: &str) -> bool {
    if FOREIGN_ONSETS.iter().any(|onset| !matches!(*onset, "kh" | "tr") && word.starts_with(onset)) {
        return true;
    }
    loan_syllables(word).is_some_and(|count| count >= 2)
}

/// Into how many syllables of loans the whole of a text can be parted.
fn loan_syllables(text: &str) -> Option<usize> {
    /// No syllable is longer, in letters.
    const LONGEST: usize = 7;
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    // The most syllables that end there.
    let mut counts: Vec<Option<usize>> = vec![None; ends.len()];
    counts[0] = Some(0);
    for end in 1..ends.len() {
        let starts = end.saturating_sub(LONGEST)..end;
        let reached = starts.filter_map(|start| {
            let count = counts[start]?;
            is_loan_syllable(&text[ends[start]..ends[end]]).then_some(count + 1)
        });
        counts[end] = reached.max();
    }
    counts.last().copied().flatten()
}

fn is_loan_syllable(text: &str) -> bool {
    let onset = FOREIGN_ONSETS.iter().filter(|onset| text.starts_with(**onset)).max_by_key(|onset| onset.len());
    // The onset is as good as any other.
    let inner = onset.map_or_else(|| text.to_owned(), |onset| format!("t{}", &text[onset.len()..]));
    let inner = match inner.strip_suffix(FOREIGN_CODAS) {
        Some(rest) if rest.ends_with(is_vowel) => rest.to_owned(),
        _ => inner,
    };
    let Some(syllable) = Syllable::apart(&inner) else { return false };
    let is_stopped = ["c", "ch", "p", "t"].iter().any(|stop| syllable.letters.ends_with(stop));
    let is_plain = match syllable.tone {
        Tone::Level => true,
        Tone::Acute => is_stopped,
        _ => false,
    };
    // Loans have stops without a tone, too.
    is_plain && Syllable { tone: if is_stopped { Tone::Acute } else { Tone::Level }, ..syllable }.is_of_the_language()
}

/// Two syllables in one word: where a capital stands inside of it, or where both read as Vietnamese beyond doubt.
fn glued(word: &str) -> Option<Misspelling> {
    /// Shorter than this, two syllables in one word may be a word of any language.
    const SHORTEST: usize = 6;
    let is_syllable = |text: &str| text.chars().nth(1).is_some() && Syllable::of(text).is_some();
    let is_marked = |text: &str| !text.is_ascii();
    let cuts = || word.char_indices().skip(1);
    let part = |at: usize| (word[..at].to_owned(), word[at..].to_owned());
    if let Some((at, _)) = cuts().find(|(_, c)| c.is_uppercase()) {
        let (first, second) = part(at);
        let is_small = second.chars().skip(1).all(char::is_lowercase);
        return (is_small && is_syllable(&first) && is_syllable(&second))
            .then_some(Misspelling::Glued { first, second });
    }
    let is_own = word.contains(|c| OWN.contains(c));
    let is_long = word.chars().count() >= SHORTEST;
    let whole = |at: usize| Some(part(at)).filter(|(first, second)| is_syllable(first) && is_syllable(second));
    let found = cuts().filter_map(|(at, _)| whole(at)).map(|(first, second)| {
        let level = pair_level(&normal(&first), &normal(&second));
        (level, first, second)
    });
    let sure = found.filter(|(level, first, second)| {
        is_long && (is_own || is_marked(first) && is_marked(second)) || *level > 0 && is_own
    });
    // hệthống could be hệt and hống: the two that stand side by side most often; else the first is as long as it can be.
    sure.max_by_key(|(level, _, _)| *level).map(|(_, first, second)| Misspelling::Glued { first, second })
}

/// The syllable that is meant where typists miss one step so often that nothing else can be: a horn, the spelling of an
/// onset, or a tone before a stop.
fn usual_slip(word: &str) -> Option<String> {
    const HORNS: [(&str, &str); 22] = [
        ("uơ", "ươ"),
        ("ưo", "ươ"),
        ("ưở", "uở"),
        ("uờ", "ườ"),
        ("uớ", "ướ"),
        ("uở", "ưở"),
        ("uỡ", "ưỡ"),
        ("uợ", "ượ"),
        ("ưò", "ườ"),
        ("ưó", "ướ"),
        ("ưỏ", "ưở"),
        ("ưõ", "ưỡ"),
        ("ưọ", "ượ"),
        ("ừo", "ườ"),
        ("ứo", "ướ"),
        ("ửo", "ưở"),
        ("ữo", "ưỡ"),
        ("ựo", "ượ"),
        ("ừờ", "ườ"),
        ("ứớ", "ướ"),
        ("ửở", "ưở"),
        ("ựợ", "ượ"),
    ];
    const ONSETS: [(&str, &str); 7] =
        [("ngh", "ng"), ("gh", "g"), ("ng", "ngh"), ("g", "gh"), ("k", "c"), ("c", "k"), ("q", "c")];
    let horns = HORNS.iter().map(|(typed, meant)| word.replacen(typed, meant, 1)).filter(|meant| meant != word);
    let onsets = ONSETS.iter().filter_map(|(typed, meant)| Some(format!("{meant}{}", word.strip_prefix(typed)?)));
    let stops = if word.contains(['ê', 'ô', 'â', 'ơ', 'ư', 'ă', 'đ']) { toned_stops(word) } else { Vec::new() };
    let sure = horns.chain(onsets).find(|meant| Syllable::of(meant).is_some());
    sure.or_else(|| most_common(stops.into_iter()))
}

fn has_double_consonant(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(2).any(|pair| pair[0] == pair[1] && !is_vowel(pair[0]))
}

/// A syllable that comes of a word with one letter less, or with two letters in the other order.
fn one_step(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let dropped = (0..letters.len()).map(|gone| {
        let rest = letters.iter().enumerate().filter(|(at, _)| *at != gone);
        rest.map(|(_, letter)| letter).collect::<String>()
    });
    let swapped = (1..letters.len()).map(|at| {
        let mut letters = letters.clone();
        letters.swap(at - 1, at);
        letters.into_iter().collect::<String>()
    });
    most_common(swapped.chain(dropped).filter(|meant| meant.chars().nth(1).is_some()))
}

/// The syllable among some words that stands most often beside common words; of those that are as common, the first.
fn most_common(words: impl Iterator<Item = String>) -> Option<String> {
    const COMMON: [&str; 12] =
        ["các", "của", "và", "là", "không", "một", "những", "người", "được", "cho", "có", "theo"];
    let weight = |word: &String| -> u32 {
        let word = normal(word);
        COMMON.iter().map(|common| u32::from(pair_level(&word, common) + pair_level(common, &word))).sum()
    };
    words
        .filter(|word| Syllable::of(word).is_some())
        .fold(None, |best: Option<(u32, String)>, word| {
            let weight = weight(&word);
            if best.as_ref().is_some_and(|(known, _)| *known >= weight) { best } else { Some((weight, word)) }
        })
        .map(|(_, word)| word)
}

/// `viêt`: the syllable with the tones that it may have before its stop.
fn toned_stops(word: &str) -> Vec<String> {
    let Some(Syllable { letters, tone: Tone::Level, .. }) = Syllable::apart(word) else { return Vec::new() };
    let last = letters.char_indices().rev().find(|(_, c)| is_vowel(*c)).map(|(at, c)| at + c.len_utf8());
    let Some(at) = last else { return Vec::new() };
    let marked = |mark: char| format!("{}{mark}{}", &letters[..at], &letters[at..]).nfc().collect();
    vec![marked('\u{323}'), marked('\u{301}')]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes() {
        let nearest = |word: &str| match misspelling(word) {
            Some(Misspelling::NoSyllable { nearest }) => nearest.unwrap_or_default(),
            other => panic!("{word}: {other:?}"),
        };
        for (word, meant) in [
            ("nghành", "ngành"),
            ("đuợc", "được"),
            ("nguời", "người"),
            ("trưòng", "trường"),
            ("viêc", "việc"),
            ("đươc", "được"),
            ("việcc", "việc"),
            ("thônng", "thông"),
            ("đượcj", "được"),
            ("trƣờng", "trường"),
            ("ghồ", "gồ"),
            ("ngưiờ", "người"),
            ("thưở", "thuở"),
            ("kông", "công"),
            ("vvà", "và"),
            ("nươc", "nước"),
            ("chưc", "chức"),
            ("đựợc", "được"),
            ("trửong", "trưởng"),
        ] {
            assert_eq!(nearest(word), meant, "{word}");
        }
    }

    #[test]
    fn words_that_run_together() {
        for (word, first, second) in [
            ("bướcTự", "bước", "Tự"),
            ("vàcông", "và", "công"),
            ("tạikhoản", "tại", "khoản"),
            ("theomẫu", "theo", "mẫu"),
            ("hệthống", "hệ", "thống"),
            ("vậtlà", "vật", "là"),
            ("kinhtế", "kinh", "tế"),
            ("củaNhà", "của", "Nhà"),
        ] {
            let glued = Misspelling::Glued { first: first.into(), second: second.into() };
            assert_eq!(misspelling(word), Some(glued), "{word}");
        }
    }

    #[test]
    fn what_is_foreign_or_right() {
        for word in "ôtô axít ôxy nitơ đôla kilômét phốtpho hiđrôcacbon nitrôglyxêrin crôm xtrây blốc contenơ vectơ môđun \
                     amiăng café résumé santé même cinéma général même sùtra español für école đb trđ ăngten sơmi emơrôt \
                     corunđum català kílômét yōgana hécta mililít gilê xêri bêtông điêzen người được trường cantón"
            .split_ascii_whitespace()
        {
            assert_eq!(misspelling(word), None, "{word}");
        }
    }
}
