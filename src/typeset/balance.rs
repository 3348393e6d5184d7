//! Columns that end level where a run of pages ends, which typst does not do by itself.
//!
//! A layout tells where its runs of pages end (`run_ends` reads that off the pages), and raises the foot of the columns
//! there by `issue.balance`. From the ends of a draft, [`ColumnBalance`] works out by how much; the pages are then set
//! once more. When typst balances columns itself, this module can go.

mod run_ends;

pub(super) use run_ends::{RunEnd, run_ends};
use serde_json::{Value, json};

/// Where `main.typ` finds what is known of the columns.
pub(super) const FILE: &str = "balance.json";

/// By how many lines a bottom inset is lowered before it is given up.
const MAX_LINES: f64 = 4.0;

/// What the layout is told so that columns end level, found step by step: the pages are set, [`ColumnBalance::adjust`]
/// judges them, and they are set again while it asks for more.
#[derive(Debug, Default)]
pub(super) struct ColumnBalance {
    /// The sections that go on where the one before them ends, for it ends on a page that is nearly empty.
    flow: Vec<String>,
    runs: Vec<Run>,
}

/// A run of pages, which starts on a page of its own, so that each is judged by itself.
#[derive(Debug, Default)]
struct Run {
    /// How it ends without an inset, once that is known.
    plain: Option<RunEnd>,
    /// How far the foot of its last columns is raised, in points.
    bottom_inset: f64,
}

/// The content of [`FILE`] for a layout that is composed.
pub(super) fn with_composition(balance: &ColumnBalance, composition: &Value) -> String {
    let value = json!({ "flow": balance.flow, "balance": balance.bottom_insets(), "composition": composition });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

impl ColumnBalance {
    /// How far the foot of each run's last columns is raised, in points.
    fn bottom_insets(&self) -> Vec<f64> {
        self.runs.iter().map(|run| run.bottom_inset).collect()
    }

    /// The content of [`FILE`]: the sections that go on where the one before them ends, and the bottom insets.
    pub(super) fn to_json(&self) -> String {
        with_composition(self, &Value::Null)
    }

    /// Judges pages that were set with this balance, by the `ends` of their runs. Whether they must be set again.
    pub(super) fn adjust(&mut self, ends: &[RunEnd]) -> bool {
        if self.runs.len() != ends.len() {
            // The first time; or a section that flows on has changed which others open a page, and all starts anew.
            let was_inset = self.runs.iter().any(|run| run.bottom_inset != 0.0);
            self.runs = ends.iter().map(|_| Run::default()).collect();
            if was_inset {
                return true;
            }
        }
        let mut again = false;
        let mut runs = Vec::new();
        let mut judged = std::mem::take(&mut self.runs).into_iter().zip(ends);
        while let Some((run, end)) = judged.next() {
            if run.plain.is_none()
                && let Some(section) = end.flow.as_ref().filter(|section| !self.flow.contains(section))
            {
                // The run that this section opened becomes part of this one, whose end is not known yet.
                self.flow.push(section.clone());
                judged.next();
                runs.push(Run::default());
                again = true;
                continue;
            }
            let bottom_inset = run.next_inset(end);
            again |= bottom_inset != run.bottom_inset;
            runs.push(Run { plain: run.plain.or_else(|| Some(end.clone())), bottom_inset });
        }
        self.runs = runs;
        again
    }

    /// Lets all runs end as they will.
    pub(super) fn give_up(&mut self) {
        self.runs.iter_mut().for_each(|run| run.bottom_inset = 0.0);
    }
}

impl Run {
    /// The next inset to try. A run that spilled over onto a page more is raised a line less, at last not at all; one
    /// that is no more level than without is not raised.
    fn next_inset(&self, end: &RunEnd) -> f64 {
        let Some(plain) = &self.plain else { return end.bottom_inset };
        if self.bottom_inset == 0.0 {
            0.0
        } else if end.pages != plain.pages {
            let give_up =
                plain.bottom_inset - self.bottom_inset >= MAX_LINES * plain.line || self.bottom_inset <= plain.line;
            if give_up { 0.0 } else { self.bottom_inset - plain.line }
        } else if end.difference > plain.difference {
            0.0
        } else {
            self.bottom_inset
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(pages: usize, bottom_inset: f64, difference: f64) -> RunEnd {
        RunEnd { pages, bottom_inset, difference, line: 14.0, flow: None }
    }

    #[test]
    fn what_comes_out_level_stays() {
        let mut balance = ColumnBalance::default();
        assert!(balance.adjust(&[end(3, 140.0, 300.0)]));
        assert!(!balance.adjust(&[end(3, 0.0, 10.0)]));
        assert_eq!(balance.bottom_insets(), [140.0]);
    }

    #[test]
    fn what_is_level_is_not_set_again() {
        let mut balance = ColumnBalance::default();
        assert!(!balance.adjust(&[end(3, 0.0, 5.0), end(2, 0.0, 0.0)]));
    }

    #[test]
    fn what_spills_over_is_lifted_less_and_at_last_not_at_all() {
        let mut balance = ColumnBalance::default();
        let mut tries = u32::from(balance.adjust(&[end(3, 140.0, 300.0)]));
        while balance.adjust(&[end(4, 0.0, 0.0)]) {
            tries += 1;
        }
        assert_eq!((balance.bottom_insets(), tries), (vec![0.0], 6));
    }

    #[test]
    fn what_gets_worse_is_left_alone() {
        let mut balance = ColumnBalance::default();
        balance.adjust(&[end(3, 140.0, 30.0)]);
        assert!(balance.adjust(&[end(3, 140.0, 90.0)]));
        assert_eq!(balance.bottom_insets(), [0.0]);
    }

    #[test]
    fn each_run_is_judged_by_itself() {
        let mut balance = ColumnBalance::default();
        balance.adjust(&[end(3, 28.0, 300.0), end(2, 140.0, 300.0), end(4, 70.0, 90.0)]);
        balance.adjust(&[end(4, 0.0, 0.0), end(2, 0.0, 0.0), end(5, 0.0, 0.0)]);
        assert_eq!(balance.bottom_insets(), [14.0, 140.0, 56.0]);
    }

    #[test]
    fn a_section_flows_on_while_other_runs_are_raised() {
        let mut balance = ColumnBalance::default();
        let empty = RunEnd { flow: Some("section-2".into()), ..end(3, 140.0, 300.0) };
        assert!(balance.adjust(&[empty, end(2, 70.0, 90.0), end(1, 28.0, 60.0)]));
        assert_eq!((balance.bottom_insets(), &balance.flow[..]), (vec![0.0, 28.0], &["section-2".to_owned()][..]));
        assert!(balance.adjust(&[end(4, 56.0, 90.0), end(1, 0.0, 0.0)]));
        assert_eq!(balance.bottom_insets(), [56.0, 28.0]);
        assert!(!balance.adjust(&[end(4, 0.0, 0.0), end(1, 0.0, 0.0)]));
    }

    #[test]
    fn all_starts_anew_when_other_sections_open_pages() {
        let mut balance = ColumnBalance::default();
        balance.adjust(&[end(3, 140.0, 300.0)]);
        assert!(balance.adjust(&[end(2, 0.0, 0.0), end(1, 0.0, 0.0)]));
        assert_eq!(balance.bottom_insets(), [0.0, 0.0]);
    }
}
