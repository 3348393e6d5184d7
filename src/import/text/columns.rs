//! Pages on which two columns stand side by side.

/// On fewer lines, text on both sides of a gap is chance.
const FEWEST_LINES: usize = 5;
/// A column has at least so many characters, or it is one of a table.
const NARROWEST: usize = 14;

/// A text whose columns stand one below the other, and how many pages had two.
pub(super) fn apart(text: &str) -> (String, Vec<String>) {
    let mut firsts = Vec::new();
    let pages = text.split('\u{c}').map(|page| match two_columns(page) {
        Some(page) => {
            firsts.extend(page.lines().find(|line| !line.trim().is_empty()).map(|line| line.trim().to_owned()));
            page
        }
        None => page.to_owned(),
    });
    (pages.collect::<Vec<_>>().join("\u{c}"), firsts)
}

fn two_columns(page: &str) -> Option<String> {
    let lines: Vec<Vec<char>> = page.lines().map(|line| line.trim_end().chars().collect()).collect();
    let gutter = gutter(&lines)?;
    let mut done: Vec<String> = Vec::new();
    let (mut left, mut right): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for line in &lines {
        if crosses(line, gutter) {
            // A title over both: what stands above it comes before it.
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
    Some(done.join("\n"))
}

/// The place between the columns, where a page has two.
fn gutter(lines: &[Vec<char>]) -> Option<usize> {
    let width = lines.iter().map(Vec::len).max().unwrap_or(0).min(400);
    let candidates =
        (width / 4..width * 3 / 4).map(|at| (at, both(lines, at), lines.iter().filter(|l| crosses(l, at)).count()));
    let (at, both, crossing) =
        candidates.max_by_key(|(_, both, crossing)| (*both as isize) - 2 * (*crossing as isize))?;
    (both >= FEWEST_LINES && crossing * 4 <= both && is_text(lines, at)).then_some(at)
}

/// How many lines have words on both sides, with a space of two between them that ends here.
fn both(lines: &[Vec<char>], at: usize) -> usize {
    lines.iter().filter(|line| is_both(line, at)).count()
}

fn is_both(line: &[char], at: usize) -> bool {
    line.len() > at && !crosses(line, at) && line[..at].iter().any(|c| !c.is_whitespace())
}

/// Whether a line has no space of two in front of a place.
fn crosses(line: &[char], at: usize) -> bool {
    let before = at.saturating_sub(2);
    line.len() > before && line[before..at.min(line.len())].iter().any(|c| !c.is_whitespace())
}

/// Whether what stands on both sides is text: long lines, of more than a word or a number.
fn is_text(lines: &[Vec<char>], at: usize) -> bool {
    let sides = lines.iter().filter(|line| is_both(line, at));
    let lengths: Vec<(usize, usize)> = sides.map(|line| (count(&line[..at]), count(&line[at..]))).collect();
    let long = lengths.iter().filter(|(left, right)| *left >= NARROWEST && *right >= NARROWEST).count();
    long * 10 >= lengths.len() * 6
}

fn count(side: &[char]) -> usize {
    side.iter().filter(|c| !c.is_whitespace()).count()
}
