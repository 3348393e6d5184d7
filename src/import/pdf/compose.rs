//! Lines to paragraphs of the document: their text, joined, and their look.

use super::flow::SetLine;
use super::hyphens::{Habits, Join};
use super::measure::Stand;
use crate::import::document::{Alignment, Inline, Look, Paragraph, Span};

/// A paragraph of these lines.
pub(super) fn paragraph(habits: &Habits, lines: &[SetLine]) -> Paragraph {
    Paragraph { inlines: inlines(habits, lines), look: look(lines) }
}

/// The text of lines that belong together.
pub(super) fn inlines(habits: &Habits, lines: &[SetLine]) -> Vec<Inline> {
    let mut spans: Vec<Span> = Vec::new();
    let mut last: Option<&SetLine> = None;
    for line in lines {
        let join = last.map(|last| habits.join(&last.text, &line.text));
        match (join, spans.last_mut()) {
            (Some(Join::Space), Some(span)) => span.text.push(' '),
            (Some(Join::Divided), Some(span)) => {
                span.text.pop();
            }
            _ => {}
        }
        for span in &line.text.spans {
            push(&mut spans, span);
        }
        last = Some(line);
    }
    spans.into_iter().map(Inline::Text).collect()
}

fn push(spans: &mut Vec<Span>, span: &Span) {
    match spans.last_mut() {
        Some(last) if last.style == span.style && last.link == span.link => last.text.push_str(&span.text),
        _ => spans.push(span.clone()),
    }
}

/// How the lines stand in their columns.
pub(super) fn look(lines: &[SetLine]) -> Look {
    let Some(first) = lines.first() else { return Look::default() };
    let alignment = alignment(lines);
    if matches!(alignment, Alignment::Centre | Alignment::End) {
        return Look { alignment, ..Look::default() };
    }
    let rest = lines.get(1..).unwrap_or_default();
    let indent = rest.iter().map(SetLine::offset).reduce(f32::min);
    let (indent, first_line) = match indent {
        Some(indent) => (indent, first.offset() - indent),
        None => (0.0, first.offset()),
    };
    Look { alignment, indent: rounded(indent), first_line: rounded(first_line), ..Look::default() }
}

fn rounded(length: f32) -> f32 {
    if length.abs() < 1.5 { 0.0 } else { (length * 10.0).round() / 10.0 }
}

fn alignment(lines: &[SetLine]) -> Alignment {
    let stands: Vec<Stand> = lines.iter().map(|line| line.stand).collect();
    let all = |wanted: Stand| {
        stands.contains(&wanted) && stands.iter().all(|stand| *stand == wanted || *stand == Stand::Full)
    };
    let is_inset = lines.len() > 1 && lines.last().is_some_and(SetLine::is_inset);
    if all(Stand::Centre) || (is_inset && stands.iter().all(|stand| *stand == Stand::Full)) {
        return Alignment::Centre;
    }
    if all(Stand::Right) {
        return Alignment::End;
    }
    let Some((_, body)) = lines.split_last() else { return Alignment::Start };
    let reaches = |line: &SetLine| (line.measure.right - line.line.area.x1).abs() < 1.5;
    if !body.is_empty() && body.iter().all(reaches) { Alignment::Justify } else { Alignment::Start }
}
