//! How often two syllables stand side by side in Vietnamese: never or seldom, now and then, often, very often.
//!
//! The table was counted in statutes, which are nobody's property; `pairs-sources.md` lists them, and the test
//! `pairs::table` makes it. It holds no pairs, only a set of bits for each level (a Bloom filter): a pair that was counted
//! is always found, and of those that were not, one in a hundred. So it is small, and nothing is read or sorted at start.

use unicode_normalization::UnicodeNormalization;

/// The bits of all levels, one behind the other.
static TABLE: &[u8] = include_bytes!("pairs.bin");

/// Each level: how often a pair of it was counted at least, how many bytes it has in the table, and how many bits a pair
/// sets.
pub const LEVELS: [(u32, usize, u64); 3] = [(3, 170_000, 7), (30, 54_000, 8), (300, 12_000, 8)];

/// How often two syllables stand side by side, from 0 to 3. They are in the form that [`normal`] gives.
pub fn pair_level(first: &str, second: &str) -> u8 {
    let hash = hash(first, second);
    let mut start = 0;
    let mut level = 0;
    for (_, bytes, bits) in LEVELS {
        let part = TABLE.get(start..start + bytes).unwrap_or_default();
        let is_set = |bit: u64| part.get((bit / 8) as usize).is_some_and(|byte| byte & (1 << (bit % 8)) != 0);
        if !places(hash, bytes, bits).all(is_set) {
            break;
        }
        level += 1;
        start += bytes;
    }
    level
}

/// The table of pairs that were counted so often.
pub fn pair_table<'a>(counts: impl IntoIterator<Item = (&'a str, &'a str, u32)> + Clone) -> Vec<u8> {
    let mut table = Vec::new();
    for (least, bytes, bits) in LEVELS {
        let mut part = vec![0u8; bytes];
        for (first, second, _) in counts.clone().into_iter().filter(|(_, _, count)| *count >= least) {
            for bit in places(hash(first, second), bytes, bits) {
                part[(bit / 8) as usize] |= 1 << (bit % 8);
            }
        }
        table.extend(part);
    }
    table
}

/// A syllable in small letters, with its mark where most texts have it.
pub fn normal(syllable: &str) -> String {
    const STYLES: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    let lower: String = syllable.nfc().flat_map(char::to_lowercase).collect();
    let style = STYLES.iter().find(|(second, _)| lower.ends_with(second) && !lower.starts_with("qu"));
    style.map_or_else(|| lower.clone(), |(second, first)| lower.replace(second, first))
}

/// The same on every machine: no more than the bytes decide.
fn hash(first: &str, second: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in first.bytes().chain([0]).chain(second.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    // The last bytes reach the high bits, too.
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// The bits that a pair sets in a level.
fn places(hash: u64, bytes: usize, bits: u64) -> impl Iterator<Item = u64> {
    let count = bytes as u64 * 8;
    let (start, step) = (hash & 0xffff_ffff, (hash >> 32) | 1);
    (0..bits).map(move |index| start.wrapping_add(index.wrapping_mul(step)) % count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_small() {
        assert_eq!(TABLE.len(), LEVELS.iter().map(|(_, bytes, _)| bytes).sum::<usize>());
        assert!(TABLE.len() <= 300_000);
    }

    #[test]
    fn pairs_are_as_common_as_they_are() {
        for (first, second) in [("nhân", "dân"), ("ủy", "ban"), ("quy", "định"), ("cơ", "quan")] {
            assert_eq!(pair_level(first, second), 3, "{first} {second}");
        }
        for (first, second) in [("nhăn", "dân"), ("ủy", "bàn"), ("quy", "dính"), ("cống", "dân")] {
            assert!(pair_level(first, second) <= 1, "{first} {second}");
        }
    }

    #[test]
    fn one_form_for_both_styles() {
        for (typed, meant) in [("Hoà", "hòa"), ("hòa", "hòa"), ("Uỷ", "ủy"), ("quý", "quý"), ("khoẻ", "khỏe")]
        {
            assert_eq!(normal(typed), meant);
        }
    }
}
