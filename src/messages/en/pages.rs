//! English: what is wrong with finished pages.

use std::cmp::Ordering;

use crate::messages::Message;

pub(super) fn nearly_empty(page: usize, percent: u32) -> Message {
    Message::new(format!("page {page} is nearly empty: {percent}% of it is used"))
        .hint("cut some lines on the pages before it, or leave out a photo there, so that what is left fits on them")
        .hint("or add some lines or a photo, so that the page fills")
}

pub(super) fn not_composed() -> Message {
    Message::new("no good place was found for what stands here: columns of the whole issue end as they fall")
        .hint(
            "nothing is missing, but look through the pages: white may be left, and photos may be far from their text",
        )
        .hint("where photos or tables follow one another, put text between them, or make the tallest smaller")
}

pub(super) fn not_fitted(wanted: u32, pages: u32) -> Message {
    let count = |pages: u32| if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
    let message = Message::new(format!("the issue has {}; it was to have {wanted}", count(pages)));
    match pages.cmp(&wanted) {
        Ordering::Greater => message.hint(format!(
            "cut text and photos of about {}, or write [pdf] pages = {pages}",
            count(pages.saturating_sub(wanted))
        )),
        _ => message.hint(format!(
            "add text and photos of about {}, or write [pdf] pages = {pages}",
            count(wanted.saturating_sub(pages))
        )),
    }
}

pub(super) fn photo_far(page: usize, called: usize) -> Message {
    Message::new(format!("the photo stands on page {page}, and the text that it belongs to on page {called}"))
        .label(format!("on page {page}"))
        .hint("move the photo up or down by some paragraphs in the text, or cut some lines before it")
}
