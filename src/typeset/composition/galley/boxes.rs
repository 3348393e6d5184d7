//! Boxes that are taller than a column: their lines, as typst will break them.

use super::text::{Inner, SetLines, Start, held};
use super::{Geometry, Line};

/// What is set side by side, or a line: from where to where, down the page.
#[derive(Debug, Clone, Copy)]
struct Band {
    top: f64,
    foot: f64,
}

/// The lines of a box from `top` to `foot` of the page. In each column the box leaves an `inset` free above and below them. `None`
/// where there are none.
pub(super) fn lines(set: &SetLines, top: f64, foot: f64, inset: f64, geometry: &Geometry) -> Option<Vec<Line>> {
    let last = set.baselines().last()?;
    // How far a line reaches below its baseline.
    let depth = (foot - inset - last).clamp(0.0, 0.5 * geometry.text);
    let mut bands: Vec<Band> = Vec::new();
    // In which band each line stands.
    let mut places: Vec<usize> = Vec::new();
    let is_joined = joined(set);
    for (baseline, is_joined) in set.baselines().zip(is_joined) {
        let mut band = Band { top: baseline + depth - geometry.text, foot: baseline + depth };
        // What does not stand below all before it stands beside that: cells of a table, which are not parted.
        let mut is_beside = is_joined;
        while let Some(before) = bands.pop_if(|before| is_beside || before.foot > band.top + 0.5) {
            band = Band { top: before.top.min(band.top), foot: before.foot.max(band.foot) };
            is_beside = false;
        }
        places.push(bands.len());
        bands.push(band);
    }
    places.iter_mut().for_each(|place| *place = (*place).min(bands.len() - 1));
    // The frame is part of the first and the last line.
    bands.first_mut()?.top = top;
    bands.last_mut()?.foot = foot;
    let held = held_bands(set, &places, bands.len());
    let line = |(at, band): (usize, &Band)| {
        let before = at.checked_sub(1).map_or(0.0, |above| band.top - bands[above].foot);
        let last = held[at];
        let below = if last + 1 == bands.len() { 0.0 } else { inset };
        Line { before, height: band.foot - band.top, need: bands[last].foot - band.top + below, begins_item: false }
    };
    Some(bands.iter().enumerate().map(line).collect())
}

/// For each line, whether it is of one piece with the one before.
fn joined(set: &SetLines) -> Vec<bool> {
    let lines = |(start, end): (Start, usize)| {
        let is_whole = matches!(start.inner, Inner::Whole | Inner::Row);
        (start.line..end).map(move |line| is_whole && line > start.line)
    };
    set.paragraphs().flat_map(lines).collect()
}

/// For each band, the last one that stays with it.
fn held_bands(set: &SetLines, places: &[usize], count: usize) -> Vec<usize> {
    let mut last: Vec<usize> = (0..count).collect();
    let paragraphs: Vec<(Start, usize)> = set.paragraphs().collect();
    // From the last on, for a heading stays with what it heads.
    for &(start, end) in paragraphs.iter().rev() {
        let (first, end) = (places[start.line], places[end - 1] + 1);
        for index in first..end {
            let own = first + held(index - first, end - first);
            last[index] = if start.inner == Inner::Heading && end < count { last[end] } else { own };
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    const GEOMETRY: Geometry =
        Geometry { columns: 2, left: 0.0, top: 0.0, step: 0.0, height: 700.0, line: 14.0, text: 10.5 };

    /// A box from 0 on, with lines on these baselines; before some of them something begins, be it a heading.
    fn set(baselines: &[f64], starts: &[(usize, Inner)]) -> SetLines {
        let mut set = SetLines::default();
        for (index, &baseline) in baselines.iter().enumerate() {
            starts.iter().filter(|start| start.0 == index).for_each(|start| set.begin(start.1));
            set.add(0, baseline, (0.0, 100.0), &GEOMETRY);
        }
        set
    }

    #[test]
    fn a_title_stays_with_two_lines_and_the_frame_is_in_each_column() {
        let set = set(&[22.5, 36.5, 50.5, 64.5, 78.5], &[(0, Inner::Heading), (1, Inner::Paragraph)]);
        let lines = lines(&set, 0.0, 94.5, 14.0, &GEOMETRY).expect("lines");
        let needs: Vec<f64> = lines.iter().map(|line| line.need).collect();
        assert_eq!(lines.iter().map(|line| line.height).collect::<Vec<_>>(), [24.5, 10.5, 10.5, 10.5, 24.5]);
        assert_eq!(lines.iter().map(|line| line.before).collect::<Vec<_>>(), [0.0, 3.5, 3.5, 3.5, 3.5]);
        // The title with two lines of the paragraph, these, the second, the last two, and the last.
        assert_eq!(needs, [66.5, 38.5, 24.5, 38.5, 24.5]);
    }

    #[test]
    fn what_stands_side_by_side_is_not_parted() {
        let set =
            set(&[22.5, 36.5, 22.5, 50.5], &[(0, Inner::Paragraph), (2, Inner::Paragraph), (3, Inner::Paragraph)]);
        let lines = lines(&set, 0.0, 66.5, 14.0, &GEOMETRY).expect("lines");
        assert_eq!(lines.iter().map(|line| line.height).collect::<Vec<_>>(), [38.5, 24.5]);
    }

    #[test]
    fn tables_and_charts_in_one_piece_are_not_parted() {
        let starts = [(0, Inner::Paragraph), (1, Inner::Whole), (2, Inner::Row), (3, Inner::Paragraph)];
        let whole = lines(&set(&[22.5, 36.5, 50.5, 64.5], &starts), 0.0, 80.5, 14.0, &GEOMETRY).expect("lines");
        assert_eq!(whole.iter().map(|line| line.height).collect::<Vec<_>>(), [24.5, 24.5, 24.5]);
        let starts = [(0, Inner::Heading), (1, Inner::Row), (2, Inner::Row), (3, Inner::Paragraph)];
        let rows = lines(&set(&[22.5, 36.5, 50.5, 64.5], &starts), 0.0, 80.5, 14.0, &GEOMETRY).expect("lines");
        assert_eq!(rows.iter().map(|line| line.need).collect::<Vec<_>>(), [52.5, 24.5, 24.5, 24.5]);
    }

    #[test]
    fn a_box_of_pictures_alone_has_no_lines() {
        assert!(lines(&SetLines::default(), 0.0, 100.0, 14.0, &GEOMETRY).is_none());
    }
}
