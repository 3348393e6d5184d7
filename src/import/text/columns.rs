//! Stretches of a page on which two columns stand side by side.

use std::ops::Range;

/// On fewer lines, text on both sides of a gap is chance.
const FEWEST_LINES: i32 = 5;
/// A column has at least so many characters, or it is one of a table.
const NARROWEST: usize = 14;
/// The gap between columns, in characters.
const GUTTER: usize = 2;
/// No page is wider.
const WIDEST: usize = 300;
/// A page of more lines is looked at in parts.
const MOST_LINES: usize = 150;

/// A text whose columns stand one below the other, and the first line of each stretch that had two.
pub(super) fn apart(text: &str) -> (String, Vec<String>) {
    let mut firsts = Vec::new();
    let pages: Vec<String> = text.split('\u{c}').map(|page| page_apart(page, &mut firsts)).collect();
    (pages.join("\u{c}"), firsts)
}

fn page_apart(page: &str, firsts: &mut Vec<String>) -> String {
    if !page.contains("   ") {
        return page.to_owned();
    }
    let lines: Vec<Vec<char>> = page.split('\n').map(|line| line.trim_end().chars().collect()).collect();
    let mut done = Vec::with_capacity(lines.len());
    for part in lines.chunks(MOST_LINES) {
        // What is above and below a stretch is looked at again: a page may have columns twice.
        let mut waiting = vec![part];
        while let Some(part) = waiting.pop() {
            let Some(stretch) = stretch(part) else {
                done.extend(part.iter().map(|line| line.iter().collect::<String>()));
                continue;
            };
            if !stretch.is_done {
                waiting.push(&part[stretch.lines.end..]);
                waiting.push(&part[stretch.lines.clone()]);
                waiting.push(&part[..stretch.lines.start]);
                continue;
            }
            firsts.extend(
                part.iter().find(|line| !line.is_empty()).map(|line| line.iter().collect::<String>().trim().to_owned()),
            );
            done.extend(one_below_the_other(part, stretch.gutter));
        }
    }
    done.join("\n")
}

/// Lines of which two columns stand apart.
struct Stretch {
    lines: Range<usize>,
    /// Where the right column may start.
    gutter: usize,
    /// Whether it is all of the lines.
    is_done: bool,
}

fn one_below_the_other(lines: &[Vec<char>], gutter: usize) -> Vec<String> {
    let (mut left, mut right, mut done): (Vec<String>, Vec<String>, Vec<String>) = (Vec::new(), Vec::new(), Vec::new());
    for line in lines {
        if crosses(line, gutter) {
            // A line over both: what stands above it comes before it.
            done.append(&mut left);
            done.append(&mut right);
            done.push(line.iter().collect());
        } else {
            let at = gutter.min(line.len());
            left.push(line[..at].iter().collect::<String>().trim_end().to_owned());
            right.push(line[at..].iter().collect());
        }
    }
    done.append(&mut left);
    done.append(&mut right);
    done
}

/// The stretch with the most lines that have words on both sides of one place, and hardly any across it.
fn stretch(lines: &[Vec<char>]) -> Option<Stretch> {
    let width = lines.iter().map(Vec::len).max().unwrap_or(0).min(WIDEST);
    let places = (width / 5..width * 4 / 5).filter_map(|at| best_lines(lines, at).map(|(lines, sum)| (lines, sum, at)));
    let (best, _, gutter) = places.max_by_key(|(_, sum, _)| *sum).filter(|(_, sum, _)| *sum >= FEWEST_LINES)?;
    let whole = with_ends(lines, best.clone(), gutter);
    is_text(&lines[best], gutter).then(|| Stretch { is_done: whole == (0..lines.len()), lines: whole, gutter })
}

/// A stretch with the lines before and after it where one of the columns stands alone: up to a line over both, or rather
/// to the empty line before that.
fn with_ends(lines: &[Vec<char>], stretch: Range<usize>, gutter: usize) -> Range<usize> {
    let reach = |beside: &mut dyn Iterator<Item = &Vec<char>>| {
        let (mut count, mut to_empty) = (0, 0);
        for line in beside {
            if crosses(line, gutter) {
                return to_empty;
            }
            count += 1;
            if line.is_empty() {
                to_empty = count;
            }
        }
        count
    };
    let before = reach(&mut lines[..stretch.start].iter().rev());
    let after = reach(&mut lines[stretch.end..].iter());
    stretch.start - before..stretch.end + after
}

/// The stretch of lines that speaks most for columns at a place, and how much.
fn best_lines(lines: &[Vec<char>], at: usize) -> Option<(Range<usize>, i32)> {
    let mut best: Option<(Range<usize>, i32)> = None;
    let (mut start, mut sum) = (0, 0);
    for (index, line) in lines.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (index, 0);
        }
        sum += match (crosses(line, at), is_both(line, at)) {
            (true, _) => -3,
            (false, true) => 1,
            (false, false) => 0,
        };
        if best.as_ref().is_none_or(|(_, most)| sum > *most) {
            best = Some((start..index + 1, sum));
        }
    }
    best
}

fn is_both(line: &[char], at: usize) -> bool {
    line.len() > at && line[..at].iter().any(|c| !c.is_whitespace())
}

/// Whether a line has something where the gap would be.
fn crosses(line: &[char], at: usize) -> bool {
    let before = at.saturating_sub(GUTTER);
    line.len() > before && line[before..at.min(line.len())].iter().any(|c| !c.is_whitespace())
}

/// Whether what stands on both sides is text: long lines, of more than a word or a number.
fn is_text(lines: &[Vec<char>], at: usize) -> bool {
    let sides = lines.iter().filter(|line| is_both(line, at) && !crosses(line, at));
    let lengths: Vec<(usize, usize)> = sides.map(|line| (count(&line[..at]), count(&line[at..]))).collect();
    let long = lengths.iter().filter(|(left, right)| *left >= NARROWEST && *right >= NARROWEST).count();
    long * 10 >= lengths.len() * 6
}

fn count(side: &[char]) -> usize {
    side.iter().filter(|c| c.is_alphanumeric()).count()
}
