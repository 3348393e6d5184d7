//! The words of a part of a file, without any look: for what is left out of the document.

use crate::import::xml::{Child, Element};

/// Elements whose text nobody sees in the document.
const UNSEEN: [&str; 15] = [
    "dc:creator",
    "dc:date",
    "meta:date-string",
    "meta:creator-initials",
    "loext:sender-initials",
    "office:binary-data",
    "office:change-info",
    "office:event-listeners",
    "office:forms",
    "svg:title",
    "svg:desc",
    "table:title",
    "table:desc",
    "text:note-citation",
    "text:script",
];

/// Whether the text of an element is not part of what people read: marks, descriptions, what a program needs.
pub(super) fn is_unseen(element: Element<'_>) -> bool {
    let name = element.name();
    UNSEEN.contains(&name)
        || name == "text:number"
        || name == "math:annotation"
        || (name.starts_with("text:") && name.ends_with("-source"))
}

/// The lines of a part: its paragraphs, those in frames and notes too, without those that are empty.
pub(super) fn lines(element: Element<'_>) -> Vec<String> {
    let mut lines = vec![String::new()];
    collect(element, &mut lines);
    lines
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

/// All words of a part, a line for each paragraph.
pub(super) fn all(element: Element<'_>) -> String {
    lines(element).join("\n")
}

fn collect(element: Element<'_>, lines: &mut Vec<String>) {
    for child in element.children() {
        match child {
            Child::Text(text) => append(lines, text),
            Child::Element(element) if is_unseen(element) => {}
            Child::Element(element) => match element.name() {
                "text:s" | "text:tab" | "text:line-break" => append(lines, " "),
                "text:p" | "text:h" => {
                    lines.push(String::new());
                    collect(element, lines);
                    lines.push(String::new());
                }
                _ => collect(element, lines),
            },
        }
    }
}

fn append(lines: &mut Vec<String>, text: &str) {
    match lines.last_mut() {
        Some(line) => line.push_str(text),
        None => lines.push(text.to_owned()),
    }
}

/// The letters of a formula, without the notation of the program that it was made with.
pub(super) fn of_formula(formula: Element<'_>) -> String {
    let mut pieces = Vec::new();
    gather(formula, &mut pieces);
    pieces.join(" ")
}

fn gather(element: Element<'_>, pieces: &mut Vec<String>) {
    for child in element.children() {
        match child {
            Child::Text(text) if !text.trim().is_empty() => pieces.push(text.trim().to_owned()),
            Child::Element(element) if !is_unseen(element) => gather(element, pieces),
            Child::Text(_) | Child::Element(_) => {}
        }
    }
}

/// The first words of a text, to name it by.
pub(super) fn beginning(text: &str) -> String {
    const LETTERS: usize = 80;
    let mut short = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count() + usize::from(!short.is_empty());
        if length + letters > LETTERS {
            if short.is_empty() {
                short.extend(word.chars().take(LETTERS));
            }
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
        length += letters;
    }
    short
}
