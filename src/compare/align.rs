//! Which page of a file is which page of another.

/// A page of the file, a page of what was built, or both, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aligned {
    Pair(usize, usize),
    /// The same page at another place.
    Moved(usize, usize),
    Removed(usize),
    Added(usize),
}

/// More than this many pairs of pages are not tried.
const MAX_PAIRS: usize = 25_000_000;

/// How alike pages must be for one to be the other, altered, where that is not plain from their number.
const ALIKE: f64 = 0.2;

/// Aligns pages by what they say: those that say the same in the same order are pairs; one that says the same elsewhere
/// was moved; what stands between two pairs in both is the same page, altered.
pub(super) fn align<K: PartialEq>(file: &[K], built: &[K], alike: impl Fn(usize, usize) -> f64) -> Vec<Aligned> {
    // Two pages that were swapped are both moved, though one of them would do: what is in its place stays there.
    let in_place = || file.iter().zip(built).enumerate().filter(|(_, (a, b))| a == b).map(|(index, _)| (index, index));
    let common = common(file, built);
    let is_swap = file.len() == built.len() && in_place().count() + 1 >= common.len();
    let mut pairs = if is_swap { in_place().collect() } else { common };
    let (mut moved_file, mut moved_built) = (vec![false; file.len()], vec![false; built.len()]);
    let mut found = Vec::new();
    for b in (0..built.len()).filter(|b| pairs.iter().all(|(_, other)| other != b)) {
        let is_free = |a: &usize| !moved_file[*a] && pairs.iter().all(|(other, _)| other != a);
        if let Some(a) = (0..file.len()).filter(is_free).find(|&a| file[a] == built[b]) {
            (moved_file[a], moved_built[b]) = (true, true);
            found.push(Aligned::Moved(a, b));
        }
    }
    found.extend(pairs.iter().map(|&(a, b)| Aligned::Pair(a, b)));
    pairs.push((file.len(), built.len()));
    let (mut from_a, mut from_b) = (0, 0);
    for (to_a, to_b) in pairs {
        let ones: Vec<_> = (from_a..to_a).filter(|&a| !moved_file[a]).collect();
        let others: Vec<_> = (from_b..to_b).filter(|&b| !moved_built[b]).collect();
        found.extend(between(&ones, &others, &alike));
        (from_a, from_b) = (to_a + 1, to_b + 1);
    }
    found.sort_by_key(|aligned| match *aligned {
        Aligned::Pair(a, _) | Aligned::Moved(a, _) | Aligned::Added(a) => (a, 1),
        Aligned::Removed(b) => (b, 0),
    });
    found
}

/// The longest list of pages that are the same in the same order.
fn common<K: PartialEq>(file: &[K], built: &[K]) -> Vec<(usize, usize)> {
    let start = file.iter().zip(built).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (&file[start..], &built[start..]);
    let end = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (rows, columns) = (rest_a.len() - end, rest_b.len() - end);
    let mut pairs: Vec<_> = (0..start).map(|index| (index, index)).collect();
    if rows.saturating_mul(columns) <= MAX_PAIRS {
        let width = columns + 1;
        let mut lengths = vec![0_u32; (rows + 1) * width];
        for a in (0..rows).rev() {
            for b in (0..columns).rev() {
                lengths[a * width + b] = if rest_a[a] == rest_b[b] {
                    lengths[(a + 1) * width + b + 1] + 1
                } else {
                    lengths[(a + 1) * width + b].max(lengths[a * width + b + 1])
                };
            }
        }
        let (mut a, mut b) = (0, 0);
        while a < rows && b < columns {
            if rest_a[a] == rest_b[b] {
                pairs.push((start + a, start + b));
                (a, b) = (a + 1, b + 1);
            } else if lengths[(a + 1) * width + b] >= lengths[a * width + b + 1] {
                a += 1;
            } else {
                b += 1;
            }
        }
    }
    pairs.extend((0..end).map(|index| (start + rows + index, start + columns + index)));
    pairs
}

/// Pages between two pairs: as many in both are the same ones, altered; else those that are alike.
fn between(file: &[usize], built: &[usize], alike: impl Fn(usize, usize) -> f64) -> Vec<Aligned> {
    if file.len() == built.len() {
        return file.iter().zip(built).map(|(&a, &b)| Aligned::Pair(a, b)).collect();
    }
    let mut found = Vec::new();
    let mut rest = built;
    for &a in file {
        let few = rest.len() * file.len() <= 10_000;
        let best = rest.iter().enumerate().filter(|_| few).map(|(at, &b)| (alike(a, b), at));
        match best.max_by(|one, other| one.0.total_cmp(&other.0)).filter(|(likeness, _)| *likeness > ALIKE) {
            Some((_, at)) => {
                found.extend(rest[..at].iter().map(|&b| Aligned::Removed(b)));
                found.push(Aligned::Pair(a, rest[at]));
                rest = &rest[at + 1..];
            }
            None => found.push(Aligned::Added(a)),
        }
    }
    found.extend(rest.iter().map(|&b| Aligned::Removed(b)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The differences between two texts whose letters are pages, numbered from 1.
    fn differences(file: &str, built: &str) -> Vec<String> {
        let [one, other] = [file, built].map(|text| text.chars().collect::<Vec<_>>());
        let same = |a: usize, b: usize| f64::from(u8::from(one[a].eq_ignore_ascii_case(&other[b])));
        let named = align(&one, &other, same).into_iter().filter_map(|aligned| match aligned {
            Aligned::Pair(a, b) if one[a] == other[b] => None,
            Aligned::Pair(a, _) => Some(format!("altered {}", a + 1)),
            Aligned::Moved(a, b) => Some(format!("moved {} {}", a + 1, b + 1)),
            Aligned::Removed(b) => Some(format!("removed {}", b + 1)),
            Aligned::Added(a) => Some(format!("added {}", a + 1)),
        });
        named.collect()
    }

    #[test]
    fn each_page_is_named_and_no_other() {
        for (file, built, wanted) in [
            ("abcde", "abcde", &[][..]),
            ("abde", "abcde", &["removed 3"]),
            ("bcde", "abcde", &["removed 1"]),
            ("abcd", "abcde", &["removed 5"]),
            ("abxcde", "abcde", &["added 3"]),
            ("abxde", "abcde", &["altered 3"]),
            ("abbde", "abcde", &["altered 3"]),
            ("abCe", "abcde", &["altered 3", "removed 4"]),
            ("adcbe", "abcde", &["moved 2 4", "moved 4 2"]),
            ("acbde", "abcde", &["moved 2 3", "moved 3 2"]),
            ("bcdea", "abcde", &["moved 5 1"]),
            ("acbe", "abcde", &["moved 2 3", "removed 4"]),
            ("", "ab", &["removed 1", "removed 2"]),
            ("ab", "", &["added 1", "added 2"]),
            ("aaa", "aa", &["added 3"]),
        ] {
            assert_eq!(differences(file, built), wanted, "{file} {built}");
        }
    }
}
