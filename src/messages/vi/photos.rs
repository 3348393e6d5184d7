//! Vietnamese: what is wrong with a photo or a drawing.

use super::file;
use crate::diagnostic::{DrawingError, DrawingLimit, PhotoError};
use crate::messages::Message;

pub(super) fn describe(path: &str, error: &PhotoError) -> Message {
    match error {
        PhotoError::Empty => Message::new(format!("ảnh “{path}” là tệp rỗng")).hint("chép lại ảnh từ nguồn"),
        PhotoError::UnknownFormat => Message::new(format!("“{path}” không phải loại ảnh đọc được"))
            .hint("lưu ảnh thành JPEG hoặc PNG (cũng đọc được WebP, GIF, TIFF và SVG)"),
        PhotoError::Heif => Message::new(format!("“{path}” là ảnh HEIC hoặc AVIF, chưa đọc được"))
            .hint("mở ảnh rồi xuất ra JPEG; trên iPhone: Cài đặt › Camera › Định dạng › Tương thích nhất"),
        PhotoError::File(error) => Message::new(format!("không đọc được ảnh “{path}”: {}", file(error)))
            .hint("ghi tên một tệp ảnh, ví dụ photos/a.jpg"),
        PhotoError::LinkedImage => Message::new(format!("hình vẽ “{path}” dùng một tệp khác"))
            .hint("nhúng hẳn ảnh vào hình vẽ, hoặc lưu hình vẽ thành PNG"),
        PhotoError::Drawing(error) => drawing(path, error),
        PhotoError::TooManyScans { scans } => {
            Message::new(format!("ảnh JPEG “{path}” được lưu thành {scans} lượt quét, đọc quá lâu"))
                .hint("mở ảnh rồi lưu lại")
        }
        PhotoError::Unsupported => {
            Message::new(format!("chưa đọc được kiểu ảnh này: “{path}”")).hint("mở ảnh rồi lưu thành JPEG hoặc PNG")
        }
        PhotoError::Changed => Message::new(format!("ảnh “{path}” bị thay đổi trong lúc đang đọc"))
            .hint("chờ lưu hoặc chép ảnh xong rồi dựng lại"),
        PhotoError::Damaged | PhotoError::DecoderFailed => {
            Message::new(format!("ảnh “{path}” bị hỏng")).hint("chép lại ảnh từ nguồn, hoặc mở ra rồi lưu lại")
        }
    }
}

fn drawing(path: &str, error: &DrawingError) -> Message {
    const SAVE_AS_PNG: &str = "mở hình vẽ rồi lưu thành PNG";
    match error {
        DrawingError::NotDrawn { element } => {
            Message::new(format!("hình vẽ “{path}” có phần không in được: <{element}>"))
                .hint("trong chương trình vẽ, chuyển chữ thành đường nét (path), hoặc lưu hình vẽ thành PNG")
        }
        DrawingError::Script => {
            Message::new(format!("hình vẽ “{path}” có kèm chương trình (script), vốn không chạy được trên giấy"))
                .hint(SAVE_AS_PNG)
        }
        DrawingError::Circular => {
            Message::new(format!("hình vẽ “{path}” tự vẽ lại chính nó, không bao giờ hết")).hint(SAVE_AS_PNG)
        }
        DrawingError::InnerPicture => Message::new(format!("có ảnh bị hỏng nằm trong hình vẽ “{path}”"))
            .hint("chèn lại ảnh đó vào hình vẽ, hoặc lưu hình vẽ thành PNG"),
        DrawingError::TooMuch(limit) => {
            let what = match limit {
                DrawingLimit::Bytes => "tệp quá lớn",
                DrawingLimit::Attributes => "một phần tử có quá nhiều thuộc tính",
                DrawingLimit::Entities => "các chữ viết tắt (&tên;) thay cho quá nhiều chữ",
                DrawingLimit::Depth => "các nhóm lồng nhau quá sâu",
                DrawingLimit::Style => "phần định kiểu (style) quá dài",
                DrawingLimit::Parts => "có quá nhiều hình",
                DrawingLimit::Letters => "có quá nhiều chữ",
                DrawingLimit::Pictures => "các ảnh nằm bên trong quá lớn",
                DrawingLimit::Filters => "có quá nhiều hiệu ứng nhòe, đổ bóng",
                DrawingLimit::Extent => "có phần quá lớn, hoặc bị phóng to, thu nhỏ quá mức",
                DrawingLimit::Patterns => "họa tiết lặp lại quá dày",
            };
            Message::new(format!("hình vẽ “{path}” quá phức tạp để in: {what}")).hint(SAVE_AS_PNG)
        }
    }
}
