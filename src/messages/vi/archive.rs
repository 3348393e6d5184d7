//! Vietnamese: what is wrong with an archive, or would be.

use crate::diagnostic::{Damage, LeftOut, NameError};
use crate::messages::{Message, character};

pub(super) fn damaged(damage: Damage) -> &'static str {
    match damage {
        Damage::NoPdf => "không phải là tệp PDF",
        Damage::Structure => "là PDF đã hỏng: các phần của tệp không nằm đúng chỗ",
        Damage::Tree => "là PDF đã hỏng: danh sách tệp đính kèm lặp vòng",
        Damage::File => "là PDF đã hỏng: có tệp đính kèm không tên hoặc không có nội dung",
        Damage::Packing => "là PDF đã hỏng: có phần không giải nén được",
    }
}

pub(super) fn name(path: &str, error: &NameError) -> Message {
    let message = Message::new(format!("sau này không lấy lại được tệp “{}” từ bản lưu trữ", path.escape_debug()));
    let message = match error {
        NameError::Character(found) => {
            message.hint(format!("đổi tên tệp: trên Windows, tên tệp không được có {}", character(*found)))
        }
        NameError::Ending => message.hint("đổi tên tệp: Windows tự bỏ dấu cách hoặc dấu chấm ở cuối tên"),
        NameError::Reserved(name) => {
            message.hint(format!("đổi tên tệp: Windows hoặc chương trình quản lý phiên bản dành riêng tên “{name}”"))
        }
        NameError::TooLong { limit } => {
            message.hint(format!("đặt tên ngắn hơn: tối đa {limit} byte, mỗi chữ có dấu chiếm hai hoặc ba byte"))
        }
        NameError::NoName => message.hint("ghi đường dẫn trong thư mục số báo, như photos/a.jpg"),
        NameError::NotUnicode => message.hint("đổi tên tệp: tên hiện tại không phải chữ Unicode"),
        NameError::Clash { other } if other == path => {
            message.hint("thư mục có hai tệp cùng tên này, chỉ khác cách ghép dấu; đổi tên hoặc xóa một tệp")
        }
        NameError::Clash { other } => message
            .hint(format!("đổi tên tệp: Windows và macOS không phân biệt được với “{other}” cũng nằm trong thư mục")),
    };
    message.hint("đổi tên tệp xong, sửa lại tên đó trong issue.toml và trong các bài dùng tệp")
}

pub(super) fn left_out(path: &str, reason: LeftOut) -> Message {
    let message = Message::new(format!("“{}” không được đưa vào bản lưu trữ", path.escape_debug()));
    match reason {
        LeftOut::Pdf => message.hint("đây là PDF; nếu thuộc số báo, hãy giữ riêng bên cạnh bản lưu trữ"),
        LeftOut::Hidden => message.hint("đây là tệp ẩn; nếu thuộc số báo, hãy bỏ dấu chấm ở đầu tên"),
        LeftOut::Link => message.hint("đây là liên kết; nếu thuộc số báo, hãy thay bằng chính tệp đó"),
        LeftOut::Special => message.hint("đây không phải tệp thông thường"),
        LeftOut::Closed => message.hint("không xem được các tệp bên trong; nếu thuộc số báo, hãy cho phép đọc"),
    }
}
