//! Which blocks need a blank line between them, and which lists can do without.

use crate::issue::{Block, List};

/// Whether a list is read as one without blank lines between its items. So is every list in which no item begins with
/// text, for blank lines make a difference to text alone.
pub(super) fn is_tight(wanted: bool, items: &[Vec<Block>]) -> bool {
    let has_text = items.iter().any(|item| matches!(item.first(), Some(Block::Paragraph(_))));
    let is_narrow = |item: &Vec<Block>| item.windows(2).all(|pair| may_follow(&pair[0], &pair[1]));
    let has_gaps = items.len() > 1 || items.iter().any(|item| item.len() > 1);
    !has_text || !has_gaps || (wanted && items.iter().all(is_narrow))
}

/// Whether a block can be told from the one on the line before it.
pub(super) fn may_follow(before: &Block, block: &Block) -> bool {
    let is_open = is_open(before);
    match block {
        Block::Break => true,
        Block::Quote(_) | Block::Box { .. } | Block::Pull(_) => {
            !matches!(before, Block::Quote(_) | Block::Box { .. } | Block::Pull(_))
        }
        Block::List(list) => !is_open || matches!(before, Block::List(_)) || may_interrupt(list),
        _ => !is_open,
    }
}

/// Whether text on the next line would belong to the block.
fn is_open(block: &Block) -> bool {
    match block {
        Block::Paragraph(_) | Block::Table(_) | Block::Chart(_) | Block::Photo(_) => true,
        Block::List(list) => list.items.last().and_then(|item| item.last()).is_some_and(is_open),
        Block::Quote(blocks) | Block::Box { blocks, .. } | Block::Pull(blocks) => blocks.last().is_some_and(is_open),
        Block::Heading { .. } | Block::Break => false,
    }
}

/// Whether a list may stand right below a line of text: its first item has text, and its first number is 1.
fn may_interrupt(list: &List) -> bool {
    let is_first = list.start.is_none_or(|start| start == 1);
    is_first && list.items.first().is_some_and(|item| !item.is_empty())
}
