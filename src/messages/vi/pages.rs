//! Vietnamese: what is wrong with finished pages.

use std::cmp::Ordering;

use crate::messages::Message;

pub(super) fn nearly_empty(page: usize, percent: u32) -> Message {
    Message::new(format!("trang {page} gần như bỏ trống: chỉ dùng {percent}%"))
        .hint("cắt bớt vài dòng ở các trang trước, hoặc bỏ bớt một ảnh ở đó, để phần còn lại vừa vào các trang ấy")
        .hint("hoặc thêm vài dòng hay một ảnh cho đầy trang")
}

pub(super) fn not_composed() -> Message {
    Message::new("không tìm được chỗ đặt phù hợp cho phần này: các cột của cả số báo kết thúc không bằng nhau")
        .hint("bài và ảnh vẫn đủ, nhưng hãy xem lại các trang: có thể còn chỗ trắng, hoặc ảnh nằm xa đoạn bài của ảnh")
        .hint("nếu nhiều ảnh hay bảng đi liền nhau, hãy đặt một đoạn bài vào giữa, hoặc thu nhỏ ảnh hay bảng cao nhất")
}

pub(super) fn not_fitted(wanted: u32, pages: u32) -> Message {
    let message = Message::new(format!("số báo dài {pages} trang, trong khi cần {wanted} trang"));
    match pages.cmp(&wanted) {
        Ordering::Greater => message.hint(format!(
            "cắt bớt chữ và ảnh chừng {} trang, hoặc ghi [pdf] pages = {pages}",
            pages.saturating_sub(wanted)
        )),
        _ => message.hint(format!(
            "thêm chữ và ảnh chừng {} trang, hoặc ghi [pdf] pages = {pages}",
            wanted.saturating_sub(pages)
        )),
    }
}

pub(super) fn photo_far(page: usize, called: usize) -> Message {
    Message::new(format!("ảnh nằm ở trang {page}, còn đoạn bài của ảnh ở trang {called}"))
        .label(format!("ở trang {page}"))
        .hint("chuyển ảnh lên hoặc xuống vài đoạn trong bài, hoặc cắt bớt vài dòng phía trước")
}
