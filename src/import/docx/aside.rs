//! What stands beside the text and is left out of it: running heads, comments.

use std::collections::BTreeSet;

use super::draft::Flow;
use super::parts::{Relationships, xml};
use super::story::{Aside, Line, Shared, Story};
use crate::import::document::{Block, Doubt, DoubtKind, ImportError, Reason};
use crate::import::xml::Element;

/// Words that stand beside the number of a page: `Trang 3`, `Page 3 of 12`.
const FOLIO_WORDS: [&str; 14] =
    ["trang", "tr", "số", "page", "p", "pg", "of", "seite", "von", "de", "sur", "página", "стр", "из"];

/// Reads the running heads and feet; each line once, however many sections have it.
pub(super) fn running_heads(shared: &mut Shared<'_>, main: &Relationships) -> Result<(), ImportError> {
    let mut seen = BTreeSet::new();
    let parts: Vec<&str> = main.parts("header").chain(main.parts("footer")).collect();
    for name in parts {
        let aside = part(shared, name, |root| vec![root])?;
        for line in &aside.lines {
            let text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if seen.insert(text.clone()) {
                shared.leave_out(&text, reason(line));
            }
        }
        if aside.has_picture {
            let about =
                aside.lines.iter().map(|line| line.text.trim()).find(|text| !text.is_empty()).unwrap_or_default();
            let about = super::values::beginning(about);
            let doubt = Doubt { kind: DoubtKind::Object("picture of a running head".to_owned()), about };
            if !shared.document.doubts.contains(&doubt) {
                shared.document.doubts.push(doubt);
            }
        }
    }
    Ok(())
}

fn reason(line: &Line) -> Reason {
    let mut words = line.text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let is_folio = match line.has_folio {
        true => words.all(|word| FOLIO_WORDS.contains(&word.to_lowercase().as_str()) || is_roman(word)),
        false => words.next().is_none(),
    };
    if is_folio { Reason::Folio } else { Reason::RunningHead }
}

fn is_roman(word: &str) -> bool {
    word.chars().all(|letter| "ivxlcIVXLC".contains(letter))
}

/// Reads what people remarked on the text.
pub(super) fn comments(shared: &mut Shared<'_>, main: &Relationships) -> Result<(), ImportError> {
    let parts: Vec<&str> = main.parts("comments").collect();
    for name in parts {
        let aside = part(shared, name, |root| root.elements().collect())?;
        for line in aside.lines {
            shared.leave_out(&line.text, Reason::Comment);
        }
    }
    Ok(())
}

/// Reads a part that is not in the document.
fn part(
    shared: &mut Shared<'_>,
    name: &str,
    elements: impl Fn(Element<'_>) -> Vec<Element<'_>>,
) -> Result<Aside, ImportError> {
    let mut aside = Aside::default();
    let Some(xml) = xml(shared.package, name)? else { return Ok(aside) };
    let relationships = Relationships::of(shared.package, name)?;
    let Some(root) = xml.root() else { return Ok(aside) };
    let mut story = Story::new(shared, &relationships, root);
    story.aside = Some(Aside::default());
    for element in elements(root) {
        story.flow(&mut Flow::default(), element, false)?;
    }
    if let Some(read) = story.aside.take() {
        aside = read;
    }
    Ok(aside)
}

/// The text of every paragraph in blocks.
pub(super) fn texts(blocks: &[Block]) -> Vec<String> {
    let mut texts = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => texts.push(paragraph.text()),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                texts.extend(cells.flat_map(|cell| self::texts(&cell.blocks)));
            }
            Block::PageBreak | Block::Rule => {}
        }
    }
    texts
}
