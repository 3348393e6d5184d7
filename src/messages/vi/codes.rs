//! Vietnamese: what each code finds, in one line.

use crate::diagnostic::Code;

pub(crate) fn describe(code: Code) -> &'static str {
    match code {
        Code::ManifestMissing => "thư mục không có tệp issue.toml",
        Code::ManifestSyntax => "issue.toml không đúng cú pháp TOML",
        Code::UnknownKey => "khóa không dùng đến, thường do gõ sai",
        Code::MissingKey => "thiếu một khóa bắt buộc",
        Code::BadValue => "giá trị sai kiểu hoặc sai dạng, ví dụ ngày không có trên lịch",
        Code::NotUtf8 => "văn bản không phải UTF-8",
        Code::ArticleMissing => "bài có trong danh sách nhưng không có trong thư mục",
        Code::ArticleListedTwice => "một bài được ghi hai lần trong danh sách",
        Code::FrontMatter => "phần đầu bài bị thiếu, chưa đóng hoặc không đúng TOML",
        Code::UnsupportedMarkdown => "Markdown mà bản tin không in được, như HTML hay mã",
        Code::PhotoMissing => "ảnh không có trong thư mục",
        Code::PhotoUnreadable => "ảnh bị hỏng hoặc thuộc loại chưa đọc được, như HEIC",
        Code::PhotoTooLarge => "ảnh có quá nhiều điểm ảnh hoặc quá nặng",
        Code::OutsideIssue => "đường dẫn ra ngoài thư mục của số báo",
        Code::MissingGlyph => "ký tự mà không phông chữ nào của mẫu có",
        Code::LayoutMissing => "không có mẫu trình bày đó",
        Code::LayoutError => "lỗi bên trong mẫu trình bày",
        Code::LayoutLimit => "mẫu trình bày tốn quá nhiều thời gian hoặc bộ nhớ",
        Code::SizeBudget => "PDF gửi thư không thể nhỏ đến mức cần thiết",
        Code::PdfStandard => "PDF sẽ không đạt chuẩn PDF/A hoặc PDF/UA",
        Code::ArchiveName => "tệp mà bản lưu trữ không trả lại được, hoặc bỏ lại",
        Code::Unreadable => "tệp không đọc được",
        Code::OutputFailed => "không ghi được kết quả",
        Code::ImportFailed => "tệp không nhập được, và vì sao",
        Code::InternalError => "lỗi của chính bantin",
        Code::Usage => "dòng lệnh ghi không đúng",
        Code::EthForD => "gõ Ð, ð, Ɖ hoặc ɖ thay cho Đ, đ",
        Code::NotNfc => "chữ gõ thành nhiều phần (Unicode tổ hợp)",
        Code::LegacyEncoding => "chữ gõ bằng phông TCVN3 (ABC) hoặc VNI",
        Code::MisplacedTone => "dấu thanh đặt ở chữ không thể mang dấu (câù, thơì, đựơc)",
        Code::MixedTonePlacement => "một âm tiết đặt dấu thanh hai kiểu (hòa, hoà); báo kiểu ít gặp hơn",
        Code::UnbalancedQuotes => "dấu ngoặc kép chưa đóng, chưa mở, hoặc mở một kiểu đóng một kiểu",
        Code::RangeSpacing => "khoảng số chỉ có dấu cách ở một bên gạch nối (2019- 2021)",
        Code::SpaceBeforePunctuation => "dấu cách đứng trước dấu câu, hoặc sau ngoặc mở",
        Code::DoubleSpace => "hai dấu cách liền nhau trở lên",
        Code::RepeatedPunctuation => "thừa một dấu câu (,, hoặc …..)",
        Code::NumberGrouping => {
            "dấu chấm hàng nghìn đặt sai chỗ (1.1152), hoặc dấu phẩy thay cho dấu chấm đó (1,432,000)"
        }
        Code::MissingSpaceAfterPunctuation => "thiếu dấu cách sau dấu câu (chính.Năm)",
        Code::StrayControl => "ký tự không nhìn thấy: điều khiển, rộng bằng không, vùng dùng riêng; dấu cách loại lạ",
        Code::InvalidSyllable => "chữ không phải tiếng Việt (nghành, đuợc), hoặc hai chữ dính liền nhau",
        Code::SuspectWord => "chữ mà cùng số ấy viết khác dấu ở chỗ tương tự (Công/Cổng Dịch vụ công)",
        Code::RepeatedWord => "một chữ lặp lại hai lần mà không phải từ láy (của của)",
        Code::LowerCaseAfterFullStop => "câu mở đầu bằng chữ thường",
        Code::StyleMix => {
            "một thứ viết hai kiểu trong cùng một số (8/12, 8-12; tỉ, tỷ), mỗi thứ báo một lần; chữ tắt không giải thích"
        }
        Code::ListNumbers => "danh sách có số lặp lại, giảm đi, hoặc in ra khác số đã gõ",
        Code::PastedMarkup => "dấu vết dán từ nơi khác: gạch đầu dòng gõ tay, ** thừa, thẻ của Word, cột bằng phím Tab",
        Code::Placeholder => "chữ của mẫu chưa ai thay; bài chưa có nội dung",
        Code::PageNearlyEmpty => "trang gần như bỏ trống",
        Code::PagesNotFitted => "số báo không dàn được vừa số trang mong muốn",
        Code::PhotoFar => "ảnh nằm khác trang với đoạn bài gọi ảnh",
        Code::PhotoLowResolution => "ảnh dưới 120 điểm ảnh mỗi inch ở cỡ in",
        Code::PhotoWithoutCaption => "ảnh không có chú thích",
        Code::PhotoWithoutCredit => "ảnh không ghi người chụp",
        Code::PhotoUnused => "ảnh trong thư mục mà không bài nào dùng",
        Code::PhotoStandIn => "hình màu xám đứng thay cho ảnh mà khi nhập không tìm thấy",
        Code::ArticleUnlisted => "bài trong thư mục mà issue.toml không ghi",
        Code::ArticleWithoutSource => "bài không ghi tác giả lẫn nguồn",
        Code::ContentsTitleLong => "tên bài chiếm quá nhiều chỗ trong mục lục",
        Code::ImportDoubt => "chỗ đoán khi nhập mà người biên tập nên xem lại",
        Code::ImportLeftOut => "chữ của tệp nhập không có trong số báo, và vì sao",
    }
}
