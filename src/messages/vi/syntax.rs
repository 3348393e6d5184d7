//! Tiếng Việt: what is wrong with the syntax of a manifest or of front matter.

use crate::diagnostic::SyntaxErrorKind;
use crate::messages::{Message, character};

pub(super) fn describe(error: &SyntaxErrorKind) -> Message {
    match error {
        SyntaxErrorKind::CurlyQuotes { meant } => Message::new("dấu nháy cong không dùng được ở đây")
            .label("không phải dấu nháy thẳng")
            .hint(format!("gõ lại bằng dấu nháy thẳng: {meant}")),
        SyntaxErrorKind::UnclosedQuote { quote } => Message::new(format!("thiếu dấu nháy {quote} đóng ở cuối"))
            .label(format!("thêm {quote} ở đây"))
            .hint("đoạn chữ dài nhiều dòng thì mở và đóng bằng ba dấu nháy: lead = \"\"\"…\"\"\""),
        SyntaxErrorKind::UnclosedLongText { quote } => {
            Message::new(format!("đoạn chữ mở bằng {quote} nhưng chưa đóng"))
                .label("mở ở đây")
                .hint(format!("thêm {quote} ngay sau chữ cuối cùng của đoạn"))
        }
        SyntaxErrorKind::UnquotedText { meant } => {
            Message::new("chữ phải nằm trong dấu nháy thẳng").label("thiếu dấu nháy").hint(format!("viết: {meant}"))
        }
        SyntaxErrorKind::DateForm { key, meant } => Message::new(format!("“{key}” không phải một ngày viết đúng cách")).hint(
            format!("ngày viết theo thứ tự năm-tháng-ngày: {key} = {}", meant.as_deref().unwrap_or("2022-11-28")),
        ),
        SyntaxErrorKind::Colon { meant } => Message::new("sau tên mục là dấu bằng, không phải dấu hai chấm")
            .label("dấu hai chấm")
            .hint(format!("viết: {meant}")),
        SyntaxErrorKind::DuplicateKey { key, first_line } => Message::new(format!("mục “{key}” được ghi hai lần"))
            .label("lần thứ hai")
            .hint(format!("mục này đã có ở dòng {first_line}; bỏ bớt một chỗ")),
        SyntaxErrorKind::DuplicateTable { name, first_line } => Message::new(format!("phần [{name}] được mở hai lần"))
            .label("lần thứ hai")
            .hint(format!(
                "phần này đã có ở dòng {first_line}: gộp hai phần làm một; chỉ [[section]] và [[masthead.imprint]], \
                 viết với hai ngoặc vuông, mới lặp lại được"
            )),
        SyntaxErrorKind::Backslash { typed } => Message::new("dấu \\ giữa hai dấu nháy kép có nghĩa khác")
            .label("dấu \\")
            .hint(format!(
                "đường dẫn thì thay \\ bằng /: \"{}\"; nếu cần đúng dấu \\ thì đặt chữ giữa hai dấu nháy đơn: '{typed}'",
                typed.replace('\\', "/")
            )),
        SyntaxErrorKind::MissingValue { key } if key.is_empty() => {
            Message::new("chỗ này còn trống").hint("thêm chữ trong dấu nháy, hoặc bỏ dấu phẩy thừa")
        }
        SyntaxErrorKind::MissingValue { key } => Message::new(format!("mục “{key}” chưa có nội dung"))
            .label("thêm ở đây")
            .hint(format!("viết: {key} = \"…\", hoặc xóa cả dòng")),
        SyntaxErrorKind::MissingEquals { key } => Message::new(format!("thiếu dấu = sau “{key}”"))
            .label("thêm = ở đây")
            .hint(format!("viết: {key} = \"…\"")),
        SyntaxErrorKind::ExtraEquals => Message::new("thừa dấu =").label("bỏ dấu này").hint("chỉ một dấu =: title = \"…\""),
        SyntaxErrorKind::NotAnEntry => Message::new("dòng này không phải một mục")
            .label("không có dấu =")
            .hint("mỗi mục có dạng title = \"…\"; lời ghi chú thì thêm dấu # ở đầu dòng"),
        SyntaxErrorKind::BadKey { key } => Message::new(format!("“{key}” không thể là tên mục"))
            .label("tên mục")
            .hint("tên mục chỉ gồm chữ cái không dấu, chữ số, - và _, không có dấu cách: title, contents_title"),
        SyntaxErrorKind::UnclosedHeader { meant } => {
            Message::new("dòng mở đầu một phần thiếu ngoặc vuông").hint(format!("viết: {meant}"))
        }
        SyntaxErrorKind::UnclosedList { closing } => {
            let (what, example) = match closing {
                '}' => ("nhóm mở bằng ngoặc nhọn", "{ title = \"…\" }"),
                _ => ("danh sách mở bằng ngoặc vuông", "articles = [\"01.md\", \"02.md\"]"),
            };
            Message::new(format!("{what} mà không đóng lại"))
                .label(format!("thiếu {closing}"))
                .hint(format!("thêm {closing} vào cuối: {example}"))
        }
        SyntaxErrorKind::MissingComma => Message::new("thiếu dấu phẩy giữa hai phần tử")
            .label("thêm dấu phẩy ở đây")
            .hint("giữa hai phần tử có dấu phẩy: [\"01.md\", \"02.md\"]"),
        SyntaxErrorKind::ExtraComma => Message::new("thừa dấu phẩy").label("bỏ dấu này").hint("xóa dấu phẩy này"),
        SyntaxErrorKind::QuoteInside { meant } => Message::new("trong đoạn chữ có dấu nháy giống dấu nháy bao ngoài")
            .hint(format!("đổi dấu nháy bên ngoài: {meant}; hoặc dùng “ ” ở bên trong")),
        SyntaxErrorKind::TextBehindValue { found } => Message::new(format!("thừa “{found}” ở cuối dòng"))
            .label("thừa")
            .hint("mỗi mục một dòng riêng; xóa phần thừa, đưa vào trong dấu nháy, hoặc thêm # phía trước nếu là ghi chú"),
        SyntaxErrorKind::Fence => Message::new("issue.toml không có dòng +++ hay ---")
            .label("xóa dòng này")
            .hint("chỉ bài viết (.md) mới có các dòng +++; xóa dòng này đi"),
        SyntaxErrorKind::SlashNote { meant } => Message::new("ghi chú mở đầu bằng dấu #, không phải //")
            .hint(format!("viết: {meant}")),
        SyntaxErrorKind::StrayCharacter { found } => {
            Message::new(format!("ký tự lạ không dùng được ở đây: {}", character(*found)))
                .label("ở đây")
                .hint("xóa ký tự này rồi gõ lại bằng bàn phím")
        }
        SyntaxErrorKind::LineEnd => Message::new("ký tự xuống dòng ở đây không hợp lệ")
            .hint("mở tệp bằng trình soạn thảo, xuống dòng lại bằng phím Enter rồi lưu"),
        SyntaxErrorKind::Other => Message::new("chỗ này viết sai cú pháp")
            .hint("mỗi mục có dạng tên = giá trị; chữ nằm trong dấu nháy thẳng: title = \"Bản tin\""),
    }
}
