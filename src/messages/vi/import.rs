//! What the import finds, in Vietnamese.

use super::super::Message;
use crate::diagnostic::{DoubtKind, ImportError, Reason};

/// Why a file cannot be imported.
pub(super) fn failed(path: &str, error: &ImportError) -> Message {
    let message = Message::new(format!("không nhập được “{path}”: {}", why(error)));
    match error {
        ImportError::UnknownKind(_) => {
            message.hint("nhập được: .docx, .odt, .doc, .rtf, .pdf, .txt, .md; hãy lưu tệp thành một trong các dạng ấy")
        }
        ImportError::OtherFormat(_) => message.hint("mở tệp bằng chương trình đã viết ra nó, rồi lưu lại thành .docx"),
        ImportError::Encrypted => message.hint("mở tệp bằng mật khẩu, bỏ mật khẩu rồi lưu lại"),
        ImportError::Damaged(_) => {
            message.hint("xin người gửi gửi lại tệp, hoặc mở bằng Word hay LibreOffice rồi lưu thành tệp mới")
        }
        ImportError::TooLarge | ImportError::TooDeep => message.hint("mở tệp, chép các bài ra tệp mới rồi nhập tệp ấy"),
        ImportError::NoText => message.hint("đây là bản chụp: cần nhận dạng chữ (OCR) trước khi nhập"),
        ImportError::Empty | ImportError::NoArticle => message.hint("kiểm tra xem có đúng tệp cần nhập không"),
        ImportError::NoOffice => {
            message.hint("cài LibreOffice (lệnh soffice), hoặc mở tệp bằng Word rồi lưu thành .docx và nhập tệp ấy")
        }
        ImportError::OfficeFailed(_) | ImportError::OfficeSlow(_) => {
            message.hint("mở tệp bằng Word hay LibreOffice, lưu thành .docx rồi nhập tệp ấy")
        }
    }
}

fn why(error: &ImportError) -> String {
    match error {
        ImportError::UnknownKind(ending) if ending.is_empty() => "tên tệp không cho biết đây là loại tệp gì".to_owned(),
        ImportError::UnknownKind(ending) => format!("bantin không nhập loại tệp “.{ending}”"),
        ImportError::OtherFormat(Some(format)) => format!("nội dung không đúng với tên tệp, có vẻ là {format}"),
        ImportError::OtherFormat(None) => "nội dung không đúng với tên tệp".to_owned(),
        ImportError::Encrypted => "tệp có mật khẩu".to_owned(),
        ImportError::Damaged(detail) => format!("tệp bị hỏng ({detail})"),
        ImportError::TooLarge => "tệp lớn quá mức".to_owned(),
        ImportError::TooDeep => "các phần lồng vào nhau quá sâu".to_owned(),
        ImportError::NoText => "các trang chỉ có hình, không có chữ".to_owned(),
        ImportError::Empty => "tệp không có chữ nào".to_owned(),
        ImportError::NoArticle => "không tìm thấy bài nào".to_owned(),
        ImportError::NoOffice => "loại tệp này phải đọc bằng LibreOffice, mà máy chưa cài".to_owned(),
        ImportError::OfficeFailed(detail) if detail.is_empty() => "LibreOffice không đọc được".to_owned(),
        ImportError::OfficeFailed(detail) => format!("LibreOffice không đọc được ({detail})"),
        ImportError::OfficeSlow(seconds) => format!("LibreOffice chưa đọc xong sau {seconds} giây"),
    }
}

/// What somebody should look at.
pub(super) fn doubt(kind: &DoubtKind, about: &str) -> Message {
    let quoted = if about.is_empty() { String::new() } else { format!(": “{}”", super::super::shortened(about)) };
    let message = |text: &str| Message::new(format!("{text}{quoted}"));
    match kind {
        DoubtKind::PictureFormat(format) => {
            message(&format!("ảnh ở định dạng {format}, không in được; ảnh thay thế màu xám đứng vào chỗ ấy"))
                .hint("mở tệp gốc, lưu ảnh thành PNG hay JPEG, rồi thay vào bài")
        }
        DoubtKind::PictureMissing => message("tệp gốc không kèm ảnh này; ảnh thay thế màu xám đứng vào chỗ ấy")
            .hint("tìm lại ảnh rồi thay vào bài"),
        DoubtKind::PictureDamaged => {
            message("ảnh bị hỏng; ảnh thay thế màu xám đứng vào chỗ ấy").hint("tìm lại ảnh rồi thay vào bài")
        }
        DoubtKind::Object(kind) => message(&format!("{kind} trong tệp gốc: chỉ giữ được phần chữ"))
            .hint("nếu cần, chụp hình nó từ tệp gốc rồi đưa vào bài"),
        DoubtKind::TextBox => message("chữ trong khung rời: vị trí trong bài là phỏng đoán").hint("xem lại thứ tự"),
        DoubtKind::Formula => message("công thức: chỉ giữ được các chữ cái").hint("xem lại công thức"),
        DoubtKind::Table => {
            message("bảng có ô gộp hoặc bảng lồng nhau: đã tách thành các ô thường").hint("xem lại bảng")
        }
        DoubtKind::Order => message("thứ tự chữ trên trang là phỏng đoán").hint("so với tệp gốc"),
        DoubtKind::Signs => message("có ký hiệu không rõ là chữ gì").hint("so với tệp gốc"),
        DoubtKind::Encoding => {
            message("chữ gõ bằng phông TCVN3 (ABC) hoặc VNI, đã chuyển sang Unicode").hint("đọc lại")
        }
        DoubtKind::Title => message("dòng này được coi là tên bài, chỉ dựa vào cách trình bày").hint("xem lại tên bài"),
        DoubtKind::TitleMissing => {
            message("mục lục có tên bài này mà trong tệp không thấy bài").hint("xem còn thiếu bài nào không")
        }
        DoubtKind::ContentsTitle => message("mục lục ghi tên bài bằng lời khác, được giữ làm contents_title")
            .hint("xóa dòng contents_title nếu không cần"),
        DoubtKind::Lead => {
            message("đoạn đầu được coi là sa-pô (lead)").hint("nếu không phải, chuyển nó xuống thân bài")
        }
        DoubtKind::Author => {
            message("dòng ngắn cuối bài được coi là tên tác giả").hint("nếu không phải, chuyển nó xuống thân bài")
        }
        DoubtKind::Caption => message("dòng này được coi là chú thích ảnh, dù tệp gốc không có ảnh ở đó")
            .hint("nếu không phải, bỏ ảnh thay thế và để dòng chữ thành đoạn văn"),
        DoubtKind::Masthead => message("tên bản tin và măng-sét được đoán từ trang đầu").hint("xem lại [masthead]"),
        DoubtKind::Date => {
            message("tệp gốc không ghi tháng; tạm lấy").hint("sửa date trong issue.toml, hoặc nhập lại với --date")
        }
    }
}

/// What is not in the issue.
pub(super) fn left_out(reason: Reason, text: &str) -> Message {
    let why = match reason {
        Reason::RunningHead => "dòng đầu hoặc chân trang, lặp lại ở mọi trang",
        Reason::Folio => "số trang",
        Reason::Contents => "dòng của mục lục, mà bantin tự lập",
        Reason::Repeated => "đã có ở chỗ khác",
        Reason::Comment => "lời nhận xét của người duyệt",
        Reason::Deleted => "chữ đã bị xóa hoặc ẩn trong tệp gốc",
        Reason::Unplaced => "không rõ thuộc về đâu",
    };
    let message = Message::new(format!("bỏ ra ngoài ({why}): “{text}”"));
    match reason {
        Reason::Unplaced => message.hint("nếu cần, chép vào chỗ của nó"),
        _ => message,
    }
}

/// A line above a guess in front matter.
pub(in crate::messages) const NOTE: &str = "đoán khi nhập, xin xem lại";
