//! How long the lines of each stretch of a text could have been.
//!
//! Where a line has no room for the first word of the next, the line ended because it was full; where it has, something
//! ended there. What is not known is the measure, and it changes: from a narrow contents list to the text, from a caption
//! to a column. The measures are chosen that explain the line ends best (Viterbi over possible measures).

use super::lines::Line;
use super::marks::{Ending, Start, ending, start};
use super::width::Metric;

/// The measures that are tried grow by this factor.
const STEP: f32 = 1.02;
/// From the longest line down to this part of it.
const NARROWEST: f32 = 0.2;
/// More measures are not tried.
const MOST_MEASURES: usize = 200;
/// A measure of fewer characters is none.
const FEWEST_CHARACTERS: f32 = 12.0;
/// Longer lines are not set to a measure.
const MOST_CHARACTERS: usize = 160;

/// What it costs to take another measure.
const CHANGE: f32 = 6.0;
const CHANGE_AT_BREAK: f32 = 4.5;
/// What a line that is longer than the measure costs.
const TOO_LONG: f32 = 3.0;

/// How a line ends in its measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// What is left of the line after the first word of the next would have been set, as a part of the measure; less than
    /// zero where it would not have fitted.
    pub(super) share: f32,
    /// How much of the measure the line fills.
    pub(super) filled: f32,
}

impl Room {
    /// What is left in a line whose measure is narrower by a part.
    pub(super) fn narrower(self, by: f32) -> Self {
        Self { share: self.share - by, filled: self.filled + by }
    }
}

/// Which widths explain the line ends of the text best, and how each line ends.
pub(super) struct Measured {
    pub(super) metric: Metric,
    pub(super) rooms: Vec<Room>,
}

pub(super) fn measured(lines: &[Line], usual_gap: usize) -> Measured {
    let typewriter = by(Metric::Typewriter, lines, usual_gap);
    let book = by(Metric::Book, lines, usual_gap);
    let (metric, (_, rooms)) =
        if typewriter.0 <= book.0 { (Metric::Typewriter, typewriter) } else { (Metric::Book, book) };
    Measured { metric, rooms }
}

/// A line as the choice sees it.
struct Sized {
    width: f32,
    with_next: f32,
    /// What it costs to say that something ended here.
    end: f32,
    change: f32,
}

fn by(metric: Metric, lines: &[Line], usual_gap: usize) -> (f32, Vec<Room>) {
    let sized: Vec<Sized> =
        lines.iter().enumerate().map(|(at, line)| size(metric, line, lines.get(at + 1), usual_gap)).collect();
    let measures = measures(metric, lines, &sized);
    let (total, chosen) = choose(&sized, &measures, metric.tolerance());
    let rooms = sized.iter().zip(chosen).map(|(line, measure)| Room {
        share: (measure - line.with_next + metric.least()) / measure,
        filled: line.width / measure,
    });
    (total, rooms.collect())
}

fn size(metric: Metric, line: &Line, next: Option<&Line>, usual_gap: usize) -> Sized {
    let width = metric.space() * f32::from(u16::try_from(line.indent).unwrap_or(u16::MAX)) + metric.width(&line.text);
    let first_word = next.and_then(|next| next.text.split_whitespace().next()).unwrap_or_default();
    let is_break = next.is_none_or(|next| next.page != line.page || next.gap > usual_gap);
    let end = match (ending(&line.text), next.map(|next| start(&next.text))) {
        (_, None) => 0.0,
        (Ending::Sentence, Some(Start::Small)) => 1.0,
        (Ending::Sentence, _) => 0.3,
        (_, Some(Start::Small)) | (Ending::Comma, _) => 3.0,
        (Ending::Open, _) => 1.2,
    };
    Sized {
        width,
        with_next: width + metric.space() + metric.width(first_word),
        end,
        change: if is_break { CHANGE_AT_BREAK } else { CHANGE },
    }
}

fn measures(metric: Metric, lines: &[Line], sized: &[Sized]) -> Vec<f32> {
    let set = lines.iter().zip(sized).filter(|(line, _)| line.text.chars().count() <= MOST_CHARACTERS);
    let widest = set.map(|(_, sized)| sized.width).fold(metric.space() * FEWEST_CHARACTERS, f32::max);
    let narrowest = (widest * NARROWEST).max(metric.space() * FEWEST_CHARACTERS);
    let next = |measure: &f32| match metric {
        Metric::Typewriter => Some(measure - metric.space()),
        Metric::Book => Some(measure / STEP),
    };
    std::iter::successors(Some(widest), next).take_while(|measure| *measure >= narrowest).take(MOST_MEASURES).collect()
}

/// The cheapest measure of each line, and what they cost together.
fn choose(lines: &[Sized], measures: &[f32], tolerance: f32) -> (f32, Vec<f32>) {
    let mut totals = vec![0.0f32; measures.len()];
    let mut origins: Vec<Vec<u8>> = Vec::with_capacity(lines.len());
    let mut sum = 0.0f64;
    let mut change = 0.0;
    for line in lines {
        let (cheapest, least) = lowest(&totals);
        let mut origin = Vec::with_capacity(measures.len());
        for (at, total) in totals.iter_mut().enumerate() {
            *total -= least;
            let from = if *total > change { cheapest } else { at };
            *total = total.min(change) + cost(line, measures[at], tolerance);
            origin.push(u8::try_from(from).unwrap_or(u8::MAX));
        }
        sum += f64::from(least);
        change = line.change;
        origins.push(origin);
    }
    let (mut at, least) = lowest(&totals);
    let mut chosen = Vec::with_capacity(lines.len());
    for origin in origins.iter().rev() {
        chosen.push(measures[at]);
        at = usize::from(origin[at]);
    }
    chosen.reverse();
    ((sum + f64::from(least)) as f32, chosen)
}

fn cost(line: &Sized, measure: f32, tolerance: f32) -> f32 {
    /// That a line is just longer than the measure, or has just room for a word more, happens; it is the exception.
    const HARDLY: f32 = 0.15;
    let slack = measure * tolerance;
    if line.width > measure + slack {
        TOO_LONG
    } else if line.with_next <= measure - slack {
        line.end
    } else if line.width > measure {
        HARDLY * (line.width - measure) / slack
    } else if line.with_next < measure {
        HARDLY * (measure - line.with_next) / slack
    } else {
        0.0
    }
}

fn lowest(totals: &[f32]) -> (usize, f32) {
    totals
        .iter()
        .copied()
        .enumerate()
        .fold((0, f32::INFINITY), |best, (at, total)| if total < best.1 { (at, total) } else { best })
}
