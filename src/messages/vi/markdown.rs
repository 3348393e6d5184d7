//! Vietnamese: what in an article cannot be set.

use crate::diagnostic::MarkdownError;
use crate::messages::{Lang, Message, size};

pub(super) fn describe(error: &MarkdownError) -> Message {
    match error {
        MarkdownError::Html => Message::new("không in được mã HTML")
            .hint("viết lại bằng Markdown; nếu chỉ là dấu < thì thêm dấu gạch chéo ngược: \\<"),
        MarkdownError::HtmlBreak => Message::new("không in được <br>")
            .hint("muốn xuống dòng thì đặt hai dấu cách hoặc một dấu \\ ở cuối dòng, rồi gõ Enter"),
        MarkdownError::TitleHeading => {
            Message::new("cấp này chỉ dành cho tên bài, đã ghi ở phần khai báo").hint("trong bài dùng ## cho đề mục")
        }
        MarkdownError::DeepHeading => Message::new("đề mục chỉ có hai cấp ## và ###").hint("dùng ## hoặc ###"),
        MarkdownError::EmptyHeading => Message::new("đề mục không có chữ"),
        MarkdownError::UnderlinedHeading => {
            Message::new("dòng --- hoặc === nằm ngay dưới đoạn chữ biến đoạn đó thành đề mục")
                .hint("chừa một dòng trống ở giữa, hoặc viết đề mục bằng ##")
        }
        MarkdownError::Code => Message::new("không in được đoạn mã").hint("bỏ các dấu ` đi"),
        MarkdownError::IndentedCode => {
            Message::new("chữ lùi vào sâu thế này bị Markdown hiểu là đoạn mã").hint("xóa dấu cách hoặc tab ở đầu dòng")
        }
        MarkdownError::InlinePhoto => Message::new("ảnh không thể nằm giữa dòng chữ")
            .hint("để ảnh thành một đoạn riêng, có dòng trống ở trên và ở dưới"),
        MarkdownError::NestedPhoto => {
            Message::new("ảnh không thể nằm trong danh sách, trích dẫn, khung hay chú thích cuối trang")
                .hint("để ảnh thành một đoạn riêng, không lùi đầu dòng")
        }
        MarkdownError::BrokenPhoto => Message::new("chỗ này không được hiểu là ảnh, và sẽ bị in nguyên văn")
            .hint("đường dẫn có dấu cách thì đặt trong ngoặc nhọn: ![Chú thích](<photos/a b.jpg> \"Tác giả\")"),
        MarkdownError::CurlyCredit { meant } => {
            Message::new("tên tác giả ảnh nằm trong dấu nháy cong").hint(format!("gõ lại bằng dấu nháy thẳng: {meant}"))
        }
        MarkdownError::RemotePhoto => Message::new("không lấy ảnh trực tiếp từ mạng")
            .hint("tải ảnh về thư mục của số báo rồi ghi đường dẫn, ví dụ photos/a.jpg"),
        MarkdownError::NestedBlock => {
            Message::new("phần này không thể nằm trong danh sách, trích dẫn, khung hay chú thích cuối trang")
                .hint("đưa ra ngoài, không lùi đầu dòng")
        }
        MarkdownError::FootnoteUndefined { name } => {
            Message::new(format!("chú thích cuối trang [^{name}] chưa có nội dung"))
                .hint(format!("thêm một dòng riêng: [^{name}]: nội dung chú thích"))
        }
        MarkdownError::FootnoteUnused { name } => {
            Message::new(format!("không chỗ nào gọi chú thích cuối trang [^{name}], nên nó sẽ không được in"))
                .hint(format!("đặt [^{name}] vào chỗ cần chú thích, hoặc xóa đi"))
        }
        MarkdownError::FootnoteTwice { name } => {
            Message::new(format!("chú thích cuối trang [^{name}] có hai nội dung"))
        }
        MarkdownError::FootnoteNested => {
            Message::new("chú thích cuối trang không thể nằm trong phần khác hay chú thích khác")
                .hint("đưa nội dung chú thích xuống cuối bài")
        }
        MarkdownError::LinkUnused { name } => {
            Message::new(format!("không chỗ nào dùng liên kết [{name}], nên nó sẽ không được in"))
                .hint(format!("dùng bằng cách viết [chữ][{name}], hoặc xóa dòng này"))
        }
        MarkdownError::BadLink { url } => Message::new(format!("“{url}” không thể làm liên kết"))
            .hint("liên kết mở đầu bằng https://, http://, mailto: hoặc tel:; nếu đúng là dấu ngoặc thì viết \\["),
        MarkdownError::EmptyLink => Message::new("liên kết không có chữ"),
        MarkdownError::BrokenLink { meant: Some(meant) } => Message::new("địa chỉ của liên kết có dấu cách")
            .hint(format!("dấu cách trong địa chỉ viết thành %20: {meant}")),
        MarkdownError::BrokenLink { meant: None } => {
            Message::new("chỗ này không được hiểu là liên kết, và sẽ bị in nguyên văn")
                .hint("dấu cách trong địa chỉ viết thành %20; nếu đúng là dấu ngoặc thì thêm dấu gạch chéo ngược: \\[")
        }
        MarkdownError::LinkTitle => Message::new("tiêu đề của liên kết (phần trong dấu nháy) sẽ không được in")
            .hint("bỏ phần chữ trong dấu nháy sau địa chỉ"),
        MarkdownError::LongRow { columns } => Message::new(format!("dòng này nhiều ô hơn số cột của bảng ({columns})"))
            .hint("thêm cột vào dòng tiêu đề, hoặc viết \\| nếu dấu | là chữ trong ô"),
        MarkdownError::WideTable { limit } => Message::new(format!("bảng chỉ có tối đa {limit} cột"))
            .hint("tách thành nhiều bảng, hoặc đưa bảng vào dưới dạng ảnh"),
        MarkdownError::LargeTables { limit } => {
            Message::new(format!("các bảng trong một số chỉ có tối đa {limit} ô tất cả"))
                .hint("rút ngắn hoặc tách bảng, hoặc đưa bảng vào dưới dạng ảnh")
        }
        MarkdownError::TooDeep { limit } => {
            Message::new(format!("danh sách, trích dẫn và chữ nhấn chỉ lồng nhau được {limit} lớp"))
        }
        MarkdownError::TooLong { limit } => Message::new(format!("đoạn văn dài hơn {}", size(*limit as u64, Lang::Vi)))
            .hint("ngắt thành nhiều đoạn bằng dòng trống"),
        MarkdownError::UnknownMarker { name, nearest } => Message::new(format!("không có loại khung nào là [!{name}]"))
            .hint(match nearest {
                Some(nearest) => format!("có phải ý bạn là [!{nearest}]?"),
                None => "chỉ có [!box], [!pull], [!chart bar] và [!chart line]".to_owned(),
            })
            .hint("nếu đúng là dấu ngoặc thì thêm dấu gạch chéo ngược: \\[!"),
        MarkdownError::MarkerOutsideQuote { name } => {
            Message::new(format!("[!{name}] phải mở đầu một trích dẫn, mà đoạn này thì không phải"))
                .hint(format!("thêm dấu > vào trước dòng này và trước mọi dòng thuộc về nó: > [!{name}]"))
                .hint("nếu đúng là dấu ngoặc thì thêm dấu gạch chéo ngược: \\[!")
        }
        MarkdownError::EmptyBox { name } => Message::new(format!("trong [!{name}] này chưa có nội dung"))
            .hint("viết nội dung ở các dòng bên dưới, mỗi dòng có dấu > đứng trước"),
        MarkdownError::UnknownChart { shape, nearest } => match nearest {
            _ if shape.is_empty() => Message::new("biểu đồ chưa ghi vẽ theo kiểu nào"),
            nearest => Message::new(format!("không có kiểu biểu đồ “{shape}”"))
                .hint_if(nearest.as_ref().map(|nearest| format!("có phải ý bạn là [!chart {nearest}]?"))),
        }
        .hint("viết [!chart bar] để vẽ cột, hoặc [!chart line] để vẽ đường"),
        MarkdownError::ChartWithoutTable => Message::new("bên dưới không có bảng số liệu để vẽ biểu đồ")
            .hint("đặt bảng ngay dưới dòng này, cách một dòng trống"),
        MarkdownError::ChartWithoutNumbers => Message::new("bảng không có con số nào để vẽ biểu đồ")
            .hint("cột đầu ghi tên, các cột sau chỉ ghi số, ví dụ 1.432,5 hoặc 99%; hoặc bỏ dòng [!chart …] đi"),
        MarkdownError::Other { construct: _ } => Message::new("chỗ này không in được"),
    }
}
