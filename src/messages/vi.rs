//! Vietnamese: what an editor would say to another.

mod syntax;

use super::{Lang, Message, character, inside_issue, size};
use crate::diagnostic::{
    ArchiveFault, Damage, DrawingFault, DrawingLimit, EncodingFault, FileFault, FrontMatterFault, LayoutExcess,
    LeftOut, ListFault, MarkdownFault, NameFault, PastedFault, PhotoFault, PhotoSize, Problem, QuoteFault, TextFault,
    ValueFault, ValueKind,
};
use crate::vietnamese::Encoding;

pub fn describe(problem: &Problem) -> Message {
    match problem {
        Problem::ManifestSyntax(fault) => syntax::describe(fault),
        Problem::ManifestMissing { folder } => Message::new(format!("không có tệp issue.toml trong “{folder}”"))
            .hint("chỉ đúng thư mục chứa issue.toml, hoặc tạo số mới: bantin new THƯ-MỤC"),
        Problem::FrontMatter(fault) => front_matter(fault),
        Problem::UnknownKey { key, table: Some(table), belongs_on_top: true, .. } => {
            Message::new(format!("mục “{key}” nằm lọt vào phần [{table}]"))
                .label("đặt quá thấp")
                .hint(format!("đưa “{key}” lên trên, trước dòng đầu tiên có ngoặc vuông [ ]"))
        }
        Problem::UnknownKey { key, nearest, known, .. } => {
            let message = Message::new(format!("không có mục nào tên “{key}”")).label("tên lạ");
            match nearest {
                Some(nearest) => message.hint(format!("có phải ý bạn là “{nearest}”?")),
                None => message.hint(format!("ở đây dùng được: {}", known.join(", "))),
            }
        }
        Problem::MissingKey { key, table } => {
            let place = table.as_ref().map_or_else(|| "ở đầu tệp".to_owned(), |t| format!("trong [{t}]"));
            let example = match *key {
                "date" => "date = 2022-11-28",
                "masthead" => "[masthead]",
                "photo" => "photo = \"photos/bia.jpg\"",
                _ => "",
            };
            let hint = if example.is_empty() { format!("thêm: {key} = \"…\"") } else { format!("thêm: {example}") };
            Message::new(format!("thiếu mục “{key}” {place}")).hint(hint)
        }
        Problem::BadValue { key, fault } => bad_value(key, fault),
        Problem::ArticleMissing { path, nearest } => {
            Message::new(format!("không tìm thấy bài “{path}” trong thư mục của số báo"))
                .label("không có tệp này")
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        Problem::ArticleListedTwice { path, first_line } => Message::new(format!("bài “{path}” được ghi hai lần"))
            .label("lần thứ hai")
            .hint(format!("bài này đã có ở dòng {first_line}; bỏ bớt một chỗ")),
        Problem::UnsupportedMarkdown(fault) => markdown(fault),
        Problem::NotUtf8(fault) => not_utf8(fault),
        Problem::PhotoMissing { path, nearest } => {
            Message::new(format!("không tìm thấy ảnh “{path}” trong thư mục của số báo"))
                .label("không có tệp này")
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        Problem::PhotoUnreadable { path, fault } => photo(path, fault),
        Problem::PhotoTooLarge { path, size: PhotoSize::Pixels { width, height, limit } } => {
            Message::new(format!("ảnh “{path}” quá lớn: {width} × {height} điểm ảnh"))
                .hint(format!("chỉ đọc được ảnh tối đa {} triệu điểm ảnh; hãy lưu bản nhỏ hơn", limit / 1_000_000))
        }
        Problem::PhotoTooLarge { path, size: PhotoSize::Bytes { limit, .. } } => {
            Message::new(format!("ảnh “{path}” nặng hơn {}", size(*limit, Lang::Vi))).hint("hãy lưu bản nhỏ hơn")
        }
        Problem::PhotoLowResolution { path, pixels, ppi, placed, good, column_would_do } => {
            let message = Message::new(format!(
                "ảnh “{path}” quá nhỏ so với chỗ đặt: {pixels} điểm ảnh trên {placed} mm, tức {ppi} điểm/inch"
            ))
            .label(format!("{ppi} điểm/inch, cần ít nhất 120"))
            .hint(format!("ảnh này chỉ đẹp khi rộng không quá {good} mm; hãy xin ảnh gốc từ người chụp"));
            let column = "hoặc đặt ảnh trong một cột: bỏ width = \"page\"";
            message.hint_if(column_would_do.then(|| column.to_owned()))
        }
        Problem::PhotoWithoutCaption { path } => Message::new(format!("ảnh “{path}” chưa có chú thích"))
            .label("ảnh chụp ai, việc gì?")
            .hint("viết trong ngoặc vuông: ![Chú thích.](photos/a.jpg \"Tên người chụp\")"),
        Problem::PhotoWithoutCredit { path } => Message::new(format!("ảnh “{path}” chưa ghi người chụp"))
            .label("ảnh của ai?")
            .hint("ghi tên trong dấu nháy sau đường dẫn: ![Chú thích.](photos/a.jpg \"Tên\"), hoặc ghi ở tên tác giả: author = \"Bài, ảnh: Tên\""),
        Problem::PhotoUnused { path } => Message::new(format!("không bài nào dùng ảnh “{path}”"))
            .hint("đưa ảnh vào bài, hoặc bỏ ảnh ra khỏi thư mục"),
        Problem::Internal { detail } => Message::new(if detail.is_empty() {
            "chính bantin bị lỗi, số báo này chưa làm xong".to_owned()
        } else {
            format!("chính bantin bị lỗi, số báo này chưa làm xong ({detail})")
        })
        .hint("PDF cũ vẫn còn nguyên")
        .hint("xin báo lại cho người phát triển, kèm thư mục của số báo và những gì lệnh này in ra: RUST_BACKTRACE=1 bantin …"),
        Problem::Archive { path, fault } => match fault {
            ArchiveFault::Damaged(damage) => {
                Message::new(format!("“{path}” {}", damaged(*damage))).hint("chép lại tệp từ nguồn")
            }
            ArchiveFault::Encrypted => Message::new(format!("“{path}” có mật khẩu"))
                .hint("lưu một bản không có mật khẩu; PDF lưu trữ của bantin không bao giờ có"),
            ArchiveFault::NotOurs => Message::new(format!("“{path}” không chứa thư mục của số báo"))
                .hint("chỉ PDF dựng bằng --profile archive mới chứa"),
            ArchiveFault::BadName(name) => {
                Message::new(format!("“{path}” chứa tệp có tên không hợp lệ: “{}”", name.escape_debug()))
                    .hint("tệp này không do bantin dựng, hoặc đã bị sửa; chưa ghi gì ra đĩa")
            }
            ArchiveFault::TooLarge => Message::new(format!("“{path}” chứa nhiều hơn một số báo có thể có"))
                .hint("tệp này không do bantin dựng, hoặc đã bị sửa; chưa ghi gì ra đĩa"),
        },
        Problem::ArchiveName { path, fault } => archive_name(path, fault),
        Problem::ArchiveLeftOut { path, reason } => left_out(path, *reason),
        Problem::ArchiveTooMany { limit } => Message::new(format!("thư mục có hơn {limit} tệp"))
            .hint("bản lưu trữ giữ mọi tệp của thư mục; chuyển những tệp không thuộc số báo đi nơi khác"),
        Problem::ArchiveTooLarge => Message::new("các tệp trong thư mục cộng lại quá lớn để đưa vào bản lưu trữ")
            .hint("bản lưu trữ giữ mọi tệp của thư mục; chuyển những tệp lớn mà không bài nào dùng đi nơi khác"),
        Problem::ArchiveNotWhole => Message::new("bản lưu trữ không trả lại đủ các tệp đã đưa vào")
            .hint("đây là lỗi của bantin, chưa ghi PDF nào; xin báo lại kèm thư mục số báo"),
        Problem::Text(fault) => text(fault),
        Problem::ListNumbers(fault) => list(fault),
        Problem::ArticleUnlisted { path } => Message::new(format!("bài “{path}” chưa có trong issue.toml"))
            .hint("ghi bài vào mục articles, hoặc bỏ ra khỏi thư mục"),
        Problem::ArticleWithoutSource => Message::new("bài chưa ghi tác giả, cũng chưa ghi nguồn")
            .label("của ai, lấy từ đâu?")
            .hint("thêm author = \"…\" hoặc source = \"…\" ở đầu tệp"),
        Problem::ContentsTitleLong { characters, limit, is_short_form } => {
            let message = Message::new(format!("tên bài quá dài cho mục lục: {characters} ký tự"))
                .label(format!("dưới {limit} ký tự thì đẹp"));
            let hint = "viết tên ngắn cho mục lục: contents_title = \"…\"";
            message.hint_if((!is_short_form).then(|| hint.to_owned()))
        }
        Problem::OutsideIssue { path } => Message::new(format!("“{path}” nằm ngoài thư mục của số báo"))
            .hint(format!("chép tệp vào thư mục của số báo rồi ghi đường dẫn từ đó: {}", inside_issue(path))),
        Problem::MissingGlyph { character: c, fonts } => {
            Message::new(format!("không phông nào của mẫu trình bày có ký tự {}", character(*c)))
                .hint(format!("thay ký tự khác, hoặc dùng mẫu có phông khác (mẫu này dùng {})", fonts.join(", ")))
        }
        Problem::LayoutMissing { name, nearest, available } => Message::new(format!("không có mẫu trình bày “{name}”"))
            .hint(match nearest {
                Some(nearest) => format!("có phải ý bạn là “{nearest}”?"),
                None => format!("các mẫu hiện có: {}", available.join(", ")),
            }),
        Problem::LayoutError { detail, hints, article } => {
            let text = match article {
                Some(article) => format!("mẫu trình bày không dàn được bài “{article}”: {detail}"),
                None => format!("lỗi trong mẫu trình bày: {detail}"),
            };
            Message { hints: hints.clone(), ..Message::new(text) }
        }
        Problem::LayoutLimit { excess } => layout_limit(*excess),
        Problem::SizeBudget { bytes, budget, heaviest } => {
            let over = size(bytes - budget, Lang::Vi);
            let photos: Vec<_> = heaviest.iter().map(|(p, b)| format!("{p} ({})", size(*b, Lang::Vi))).collect();
            let message = Message::new(format!(
                "tệp PDF nặng {}, vượt giới hạn {} (quá {over})",
                size(*bytes, Lang::Vi),
                size(*budget, Lang::Vi)
            ));
            let message = if photos.is_empty() {
                message
            } else {
                message.hint(format!("những ảnh nặng nhất: {}", photos.join(", ")))
            };
            message
                .hint("đó là khi mọi ảnh đã xuống 110 điểm/inch và mức chất lượng thấp nhất còn rõ mặt người")
                .hint("bỏ bớt ảnh, đặt ảnh rộng vào một cột, hoặc nâng giới hạn bằng --max-size")
        }
        Problem::PdfStandard { detail, hints, article } => {
            let text = match article {
                Some(article) => format!("tệp PDF sẽ không đạt chuẩn ở bài “{article}”: {detail}"),
                None => format!("tệp PDF sẽ không đạt chuẩn: {detail}"),
            };
            Message { hints: hints.clone(), ..Message::new(text) }
        }
        Problem::Unreadable { path, fault } => Message::new(format!("không đọc được “{path}”: {}", file(fault))),
        Problem::OutputFailed { path, fault } => {
            let message = Message::new(format!("không ghi được “{path}”: {}", file(fault)));
            match fault {
                FileFault::NotFound => message.hint("tạo thư mục trước, hoặc chọn nơi khác bằng -o"),
        FileFault::Denied => message.hint("đóng hoặc mở khóa tệp, hoặc chọn nơi khác bằng -o"),
                FileFault::Full => message.hint("giải phóng bớt dung lượng, hoặc chọn ổ đĩa khác bằng -o"),
                FileFault::IsInput => message.hint("ghi ra một tệp mới có đuôi .pdf, hoặc một thư mục khác"),
                FileFault::Exists => message.hint("chọn một tên mới"),
                FileFault::Clash => message.hint("đổi tên một trong các thư mục"),
                _ => message,
            }
        }
    }
}

fn layout_limit(excess: LayoutExcess) -> Message {
    let loops = "tìm trong thư mục layout xem có vòng lặp nào không dừng, hoặc cứ sinh thêm mãi";
    match excess {
        LayoutExcess::Time { seconds } => Message::new(format!("mẫu trình bày đi kèm số này chạy quá {seconds} giây"))
            .hint(loops)
            .hint(format!("nếu tin mẫu này, cho nó thêm giây: BANTIN_LAYOUT_SECONDS={}", seconds.saturating_mul(10))),
        LayoutExcess::Memory { bytes } => {
            Message::new(format!("mẫu trình bày đi kèm số này cần hơn {} bộ nhớ", size(bytes, Lang::Vi)))
                .hint(loops)
                .hint(format!("nếu tin mẫu này, cho nó thêm byte: BANTIN_LAYOUT_MEMORY={}", bytes.saturating_mul(2)))
        }
        LayoutExcess::Crash => Message::new("mẫu trình bày đi kèm số này không chạy được đến cùng, và đã bị dừng")
            .hint("nó lồng vào nhau quá sâu, tự gọi mình mãi, hoặc máy đã hết bộ nhớ"),
    }
}

fn did_you_mean(nearest: Option<&str>) -> Option<String> {
    nearest.map(|nearest| format!("có phải ý bạn là “{nearest}”?"))
}

fn damaged(damage: Damage) -> &'static str {
    match damage {
        Damage::NoPdf => "không phải là tệp PDF",
        Damage::Structure => "là PDF đã hỏng: các phần của tệp không nằm đúng chỗ",
        Damage::Tree => "là PDF đã hỏng: danh sách tệp đính kèm lặp vòng",
        Damage::File => "là PDF đã hỏng: có tệp đính kèm không tên hoặc không có nội dung",
        Damage::Packing => "là PDF đã hỏng: có phần không giải nén được",
    }
}

fn archive_name(path: &str, fault: &NameFault) -> Message {
    let message = Message::new(format!("bản lưu trữ sẽ không trả lại được tệp “{}”", path.escape_debug()));
    let message = match fault {
        NameFault::Character(found) => {
            message.hint(format!("đổi tên tệp: trên Windows, tên tệp không được có {}", character(*found)))
        }
        NameFault::Ending => message.hint("đổi tên tệp: Windows tự bỏ dấu cách hoặc dấu chấm ở cuối tên"),
        NameFault::Reserved(name) => message
            .hint(format!("đổi tên tệp: máy tính hiểu “{name}” theo nghĩa khác, không phải nơi nào cũng dùng được")),
        NameFault::TooLong { limit } => {
            message.hint(format!("đặt tên ngắn hơn: tối đa {limit} byte, mỗi chữ có dấu chiếm hai hoặc ba byte"))
        }
        NameFault::NoName => message.hint("ghi đường dẫn trong thư mục số báo, như photos/a.jpg"),
        NameFault::NotUnicode => message.hint("đổi tên tệp: tên hiện tại không phải chữ Unicode"),
        NameFault::Clash { other } if other == path => {
            message.hint("thư mục có hai tệp cùng tên này, chỉ khác cách ghép dấu; đổi tên hoặc xóa một tệp")
        }
        NameFault::Clash { other } => message
            .hint(format!("đổi tên tệp: Windows và macOS không phân biệt được với “{other}” cũng nằm trong thư mục")),
    };
    message.hint("sửa tên cho khớp trong issue.toml và trong các bài có dùng tệp")
}

fn left_out(path: &str, reason: LeftOut) -> Message {
    let message = Message::new(format!("“{}” không được đưa vào bản lưu trữ", path.escape_debug()));
    match reason {
        LeftOut::Pdf => message.hint("đây là PDF; nếu thuộc số báo, hãy giữ riêng bên cạnh bản lưu trữ"),
        LeftOut::Hidden => message.hint("đây là tệp ẩn; nếu thuộc số báo, hãy bỏ dấu chấm ở đầu tên"),
        LeftOut::Link => message.hint("đây là liên kết; nếu thuộc số báo, hãy thay bằng chính tệp đó"),
        LeftOut::Special => message.hint("đây không phải tệp thông thường"),
        LeftOut::Closed => message.hint("không xem được các tệp bên trong; nếu thuộc số báo, hãy cho phép đọc"),
    }
}

fn front_matter(fault: &FrontMatterFault) -> Message {
    match fault {
        FrontMatterFault::Missing => Message::new("bài không mở đầu bằng phần khai báo")
            .label("ở đây")
            .hint("tệp mở đầu bằng một dòng +++, rồi title = \"…\", rồi một dòng +++ nữa"),
        FrontMatterFault::Hyphens => Message::new("phần khai báo đầu bài nằm giữa hai dòng +++, không phải ---")
            .hint("thay cả hai dòng --- bằng +++, và viết các mục theo TOML: title = \"…\""),
        FrontMatterFault::Unclosed => Message::new("phần khai báo đầu bài chưa đóng lại")
            .label("mở ở đây")
            .hint("thêm một dòng +++ giữa phần khai báo và nội dung bài"),
        FrontMatterFault::NotFirst => Message::new("dòng +++ phải là dòng đầu tiên của tệp")
            .label("dòng trống")
            .hint("xóa các dòng trống ở phía trên dòng +++"),
        FrontMatterFault::Fence => Message::new("dòng này gần giống +++ nhưng không phải")
            .label("phải là +++")
            .hint("viết đúng ba dấu cộng, sát lề trái, không có gì khác trên dòng: +++"),
        FrontMatterFault::Syntax(fault) => syntax::describe(fault),
    }
}

fn bad_value(key: &str, fault: &ValueFault) -> Message {
    match fault {
        ValueFault::WrongType { expected, found } => {
            let message = Message::new(format!("“{key}” phải là {}, không phải {}", kind(*expected), kind(*found)));
            match expected {
                ValueKind::Date => message.hint("ngày viết không có dấu nháy: date = 2022-11-28"),
                ValueKind::Text => message.hint(format!("chữ phải nằm trong dấu nháy: {key} = \"…\"")),
                ValueKind::ListOfTexts => {
                    message.hint(format!("danh sách nằm trong ngoặc vuông: {key} = [\"…\", \"…\"]"))
                }
                ValueKind::ListOfTables => message.hint(format!("mỗi phần mở đầu bằng một dòng [[{key}]]")),
                _ => message,
            }
        }
        ValueFault::Empty => Message::new(format!("“{key}” không được để trống")),
        ValueFault::NotADate => Message::new(format!("“{key}” không phải một ngày có trên lịch"))
            .hint("ngày viết theo thứ tự năm-tháng-ngày, không có dấu nháy: date = 2022-11-28"),
        ValueFault::DateForm { meant, is_quoted } => {
            let quotes = if *is_quoted { ", bỏ dấu nháy đi" } else { "" };
            Message::new(format!("“{key}” chưa được viết thành ngày"))
                .hint(format!("viết theo thứ tự năm-tháng-ngày{quotes}: {key} = {meant}"))
        }
        ValueFault::NotAColour => {
            Message::new(format!("“{key}” không phải một màu")).hint("viết theo mã đỏ, lục, lam: \"#14375e\"")
        }
        ValueFault::LowContrast { tenths } => Message::new(format!(
            "màu “{key}” quá nhạt: độ tương phản với nền trắng chỉ {},{}:1, cần ít nhất 4,5:1",
            tenths / 10,
            tenths % 10
        ))
        .hint("chọn màu đậm hơn"),
        ValueFault::NotASize => {
            Message::new(format!("“{key}” không phải một dung lượng")).hint("viết một số và đơn vị: \"7 MB\"")
        }
        ValueFault::NotALanguage => {
            Message::new(format!("“{key}” không phải mã ngôn ngữ")).hint("ví dụ \"vi\", \"en\" hoặc \"en-US\"")
        }
        ValueFault::NotAnEmail => Message::new(format!("“{key}” không phải địa chỉ thư điện tử")),
        ValueFault::NotAWebAddress => {
            Message::new(format!("“{key}” không phải địa chỉ trang web")).hint("địa chỉ mở đầu bằng https://")
        }
        ValueFault::NotOneOf { choices, nearest } => {
            Message::new(format!("“{key}” chỉ nhận một trong các giá trị: {}", choices.join(", ")))
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        ValueFault::NoArticles => Message::new("số báo chưa có bài nào")
            .hint("thêm articles = [\"01-a.md\"], hoặc một [[section]] có title và articles"),
        ValueFault::PhotoNotShown { nearest } => {
            Message::new(format!("{key}: bài không dùng ảnh này")).hint_if(did_you_mean(nearest.as_deref()))
        }
        ValueFault::TooLong { limit } => Message::new(format!("“{key}” dài hơn {}", size(*limit as u64, Lang::Vi)))
            .hint("đoạn dài hơn thì đưa vào bài viết"),
        ValueFault::NotMarkdown => {
            Message::new("mỗi bài là một tệp Markdown").hint("tên tệp kết thúc bằng .md").label("không phải tệp .md")
        }
    }
}

fn kind(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "chữ",
        ValueKind::TextOrInteger => "chữ hoặc số nguyên",
        ValueKind::Integer => "số nguyên",
        ValueKind::Float => "số thập phân",
        ValueKind::Boolean => "đúng/sai (true, false)",
        ValueKind::Date => "ngày",
        ValueKind::DateTime => "ngày kèm giờ",
        ValueKind::List => "danh sách",
        ValueKind::ListOfTexts => "danh sách các đoạn chữ",
        ValueKind::ListOfTables => "danh sách các bảng",
        ValueKind::Table => "bảng",
    }
}

fn markdown(fault: &MarkdownFault) -> Message {
    match fault {
        MarkdownFault::Html => Message::new("không in được mã HTML")
            .hint("viết lại bằng Markdown; nếu chỉ là dấu < thì thêm dấu gạch chéo ngược: \\<"),
        MarkdownFault::HtmlBreak => Message::new("không in được <br>")
            .hint("muốn xuống dòng thì đặt hai dấu cách hoặc một dấu \\ ở cuối dòng, rồi gõ Enter"),
        MarkdownFault::TitleHeading => {
            Message::new("cấp này chỉ dành cho tên bài, đã ghi ở phần khai báo").hint("trong bài dùng ## cho đề mục")
        }
        MarkdownFault::DeepHeading => Message::new("đề mục chỉ có hai cấp ## và ###").hint("dùng ## hoặc ###"),
        MarkdownFault::EmptyHeading => Message::new("đề mục không có chữ"),
        MarkdownFault::UnderlinedHeading => {
            Message::new("dòng --- hoặc === nằm ngay dưới đoạn chữ biến đoạn đó thành đề mục")
                .hint("chừa một dòng trống ở giữa, hoặc viết đề mục bằng ##")
        }
        MarkdownFault::Code => Message::new("không in được đoạn mã").hint("bỏ các dấu ` đi"),
        MarkdownFault::IndentedCode => {
            Message::new("chữ lùi vào sâu thế này bị Markdown hiểu là đoạn mã").hint("xóa dấu cách hoặc tab ở đầu dòng")
        }
        MarkdownFault::InlinePhoto => Message::new("ảnh không thể nằm giữa dòng chữ")
            .hint("để ảnh thành một đoạn riêng, có dòng trống ở trên và ở dưới"),
        MarkdownFault::NestedPhoto => {
            Message::new("ảnh không thể nằm trong danh sách, trích dẫn hay chú thích cuối trang")
                .hint("để ảnh thành một đoạn riêng, không lùi đầu dòng")
        }
        MarkdownFault::BrokenPhoto => Message::new("chỗ này không được hiểu là ảnh, và sẽ bị in nguyên văn")
            .hint("đường dẫn có dấu cách thì đặt trong ngoặc nhọn: ![Chú thích](<photos/a b.jpg> \"Tác giả\")"),
        MarkdownFault::CurlyCredit { meant } => {
            Message::new("tên tác giả ảnh nằm trong dấu nháy cong").hint(format!("gõ lại bằng dấu nháy thẳng: {meant}"))
        }
        MarkdownFault::RemotePhoto => Message::new("không lấy ảnh trực tiếp từ mạng")
            .hint("tải ảnh về thư mục của số báo rồi ghi đường dẫn, ví dụ photos/a.jpg"),
        MarkdownFault::NestedBlock => {
            Message::new("phần này không thể nằm trong danh sách, trích dẫn hay chú thích cuối trang")
                .hint("đưa ra ngoài, không lùi đầu dòng")
        }
        MarkdownFault::FootnoteUndefined { name } => {
            Message::new(format!("chú thích cuối trang [^{name}] chưa có nội dung"))
                .hint(format!("thêm một dòng riêng: [^{name}]: nội dung chú thích"))
        }
        MarkdownFault::FootnoteUnused { name } => {
            Message::new(format!("không chỗ nào gọi chú thích cuối trang [^{name}], nên nó sẽ không được in"))
                .hint(format!("đặt [^{name}] vào chỗ cần chú thích, hoặc xóa đi"))
        }
        MarkdownFault::FootnoteTwice { name } => {
            Message::new(format!("chú thích cuối trang [^{name}] có hai nội dung"))
        }
        MarkdownFault::FootnoteNested => {
            Message::new("chú thích cuối trang không thể nằm trong phần khác hay chú thích khác")
                .hint("đưa nội dung chú thích xuống cuối bài")
        }
        MarkdownFault::LinkUnused { name } => {
            Message::new(format!("không chỗ nào dùng liên kết [{name}], nên nó sẽ không được in"))
                .hint(format!("dùng bằng cách viết [chữ][{name}], hoặc xóa dòng này"))
        }
        MarkdownFault::BadLink { url } => Message::new(format!("“{url}” không thể làm liên kết"))
            .hint("liên kết mở đầu bằng https://, http://, mailto: hoặc tel:; nếu đúng là dấu ngoặc thì viết \\["),
        MarkdownFault::EmptyLink => Message::new("liên kết không có chữ"),
        MarkdownFault::BrokenLink { meant: Some(meant) } => Message::new("địa chỉ của liên kết có dấu cách")
            .hint(format!("dấu cách trong địa chỉ viết thành %20: {meant}")),
        MarkdownFault::BrokenLink { meant: None } => {
            Message::new("chỗ này không được hiểu là liên kết, và sẽ bị in nguyên văn")
                .hint("dấu cách trong địa chỉ viết thành %20; nếu đúng là dấu ngoặc thì thêm dấu gạch chéo ngược: \\[")
        }
        MarkdownFault::LinkTitle => Message::new("tiêu đề của liên kết (phần trong dấu nháy) sẽ không được in")
            .hint("bỏ phần chữ trong dấu nháy sau địa chỉ"),
        MarkdownFault::LongRow { columns } => Message::new(format!("dòng này nhiều ô hơn số cột của bảng ({columns})"))
            .hint("thêm cột vào dòng tiêu đề, hoặc viết \\| nếu dấu | là chữ trong ô"),
        MarkdownFault::WideTable { limit } => Message::new(format!("bảng chỉ có tối đa {limit} cột"))
            .hint("tách thành nhiều bảng, hoặc đưa bảng vào dưới dạng ảnh"),
        MarkdownFault::LargeTables { limit } => {
            Message::new(format!("các bảng trong một số chỉ có tối đa {limit} ô tất cả"))
                .hint("rút ngắn hoặc tách bảng, hoặc đưa bảng vào dưới dạng ảnh")
        }
        MarkdownFault::TooDeep { limit } => {
            Message::new(format!("danh sách, trích dẫn và chữ nhấn chỉ lồng nhau được {limit} lớp"))
        }
        MarkdownFault::TooLong { limit } => Message::new(format!("đoạn văn dài hơn {}", size(*limit as u64, Lang::Vi)))
            .hint("ngắt thành nhiều đoạn bằng dòng trống"),
        MarkdownFault::Other { construct: _ } => Message::new("chỗ này không in được"),
    }
}

fn not_utf8(fault: &EncodingFault) -> Message {
    let message = match fault {
        EncodingFault::Invalid => Message::new("tệp không phải văn bản UTF-8").label("từ đây"),
        EncodingFault::Nul => {
            Message::new("tệp có byte NUL: đây là UTF-16, hoặc không phải văn bản").label("byte đầu tiên")
        }
    };
    message.hint("mở tệp bằng trình soạn thảo rồi lưu lại với bảng mã UTF-8")
}

fn photo(path: &str, fault: &PhotoFault) -> Message {
    match fault {
        PhotoFault::Empty => Message::new(format!("ảnh “{path}” là tệp rỗng")).hint("chép lại ảnh từ nguồn"),
        PhotoFault::UnknownFormat => Message::new(format!("“{path}” không phải loại ảnh đọc được"))
            .hint("lưu ảnh thành JPEG hoặc PNG (cũng đọc được WebP, GIF, TIFF và SVG)"),
        PhotoFault::Heif => Message::new(format!("“{path}” là ảnh HEIC hoặc AVIF, chưa đọc được"))
            .hint("mở ảnh rồi xuất ra JPEG; trên iPhone: Cài đặt › Camera › Định dạng › Tương thích nhất"),
        PhotoFault::File(fault) => Message::new(format!("không đọc được ảnh “{path}”: {}", file(fault)))
            .hint("ghi tên một tệp ảnh, ví dụ photos/a.jpg"),
        PhotoFault::LinkedImage => Message::new(format!("hình vẽ “{path}” dùng một tệp khác"))
            .hint("nhúng hẳn ảnh vào hình vẽ, hoặc lưu hình vẽ thành PNG"),
        PhotoFault::Drawing(fault) => drawing(path, fault),
        PhotoFault::TooManyScans { scans } => {
            Message::new(format!("ảnh JPEG “{path}” được lưu thành {scans} lượt quét, đọc quá lâu"))
                .hint("mở ảnh rồi lưu lại")
        }
        PhotoFault::DecoderFailed => {
            Message::new(format!("ảnh “{path}” bị hỏng")).hint("chép lại ảnh từ nguồn, hoặc mở ra rồi lưu lại")
        }
        PhotoFault::Unsupported(detail) => Message::new(format!("chưa đọc được kiểu ảnh này: “{path}” ({detail})"))
            .hint("mở ảnh rồi lưu lại thành JPEG hoặc PNG"),
        PhotoFault::Changed => Message::new(format!("ảnh “{path}” bị thay đổi trong lúc đang đọc"))
            .hint("chờ lưu hoặc chép ảnh xong rồi dựng lại"),
        PhotoFault::Broken(detail) => Message::new(format!("ảnh “{path}” bị hỏng: {detail}"))
            .hint("chép lại ảnh từ nguồn, hoặc mở ra rồi lưu lại"),
    }
}

fn drawing(path: &str, fault: &DrawingFault) -> Message {
    const SAVE_AS_PNG: &str = "mở hình vẽ rồi lưu thành PNG";
    match fault {
        DrawingFault::NotDrawn { element } => {
            Message::new(format!("hình vẽ “{path}” có phần không in được: <{element}>"))
                .hint("trong chương trình vẽ, chuyển chữ thành đường nét (path), hoặc lưu hình vẽ thành PNG")
        }
        DrawingFault::Script => {
            Message::new(format!("hình vẽ “{path}” có kèm chương trình (script), vốn không chạy được trên giấy"))
                .hint(SAVE_AS_PNG)
        }
        DrawingFault::Circular => {
            Message::new(format!("hình vẽ “{path}” tự vẽ lại chính nó, không bao giờ hết")).hint(SAVE_AS_PNG)
        }
        DrawingFault::InnerPicture => Message::new(format!("có ảnh bị hỏng nằm trong hình vẽ “{path}”"))
            .hint("chèn lại ảnh đó vào hình vẽ, hoặc lưu hình vẽ thành PNG"),
        DrawingFault::TooMuch(limit) => {
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
                DrawingLimit::Patterns => "họa tiết lặp lại quá dày",
            };
            Message::new(format!("hình vẽ “{path}” quá phức tạp để in: {what}")).hint(SAVE_AS_PNG)
        }
    }
}

pub fn file(fault: &FileFault) -> String {
    match fault {
        FileFault::Changed => "tệp vừa bị thay đổi".into(),
        FileFault::NotFound => "không có tệp hoặc thư mục này".into(),
        FileFault::Denied => "không có quyền truy cập".into(),
        FileFault::IsFolder => "đây là một thư mục".into(),
        FileFault::NotAFile => "đây không phải tệp thông thường".into(),
        FileFault::Full => "ổ đĩa đã đầy".into(),
        FileFault::TooLarge { limit } => format!("tệp nặng hơn {}", size(*limit, Lang::Vi)),
        FileFault::IsInput => "đây là tệp dùng để dựng số báo".into(),
        FileFault::Clash => "hai số báo cùng ghi vào một tệp".into(),
        FileFault::Exists => "đã có sẵn và không trống".into(),
        FileFault::Other(detail) => detail.clone(),
    }
}

fn text(fault: &TextFault) -> Message {
    match fault {
        TextFault::EthForD { found } => Message::new(format!("{} đứng thay chữ Đ", character(*found)))
            .label("không phải chữ Đ của tiếng Việt")
            .hint("trông giống nhau, nhưng tìm kiếm và máy đọc không nhận ra; --fix sẽ thay giúp"),
        TextFault::NotNfc { meant } => Message::new(format!("chữ gõ rời từng phần (Unicode tổ hợp): “{meant}”"))
            .label("chữ và dấu rời nhau")
            .hint("chương trình khác có thể không tìm thấy hoặc hiện sai; --fix sẽ ghép lại"),
        TextFault::LegacyEncoding { encoding, converted } => {
            let name = match encoding {
                Encoding::Tcvn3 => "TCVN3 (ABC, phông .Vn…)",
                Encoding::Vni => "VNI",
            };
            Message::new(format!("đoạn này gõ bằng mã {name}, không phải Unicode"))
                .label("thiếu phông cũ thì không đọc được")
                .hint(format!("nội dung là: {converted}"))
        }
        TextFault::MixedTonePlacement { found, usual, count } => {
            Message::new(format!("chỗ này viết “{found}”, chỗ khác trong số viết “{usual}” ({count} lần)"))
                .label("dấu thanh đặt ở chữ khác")
                .hint("hai cách đặt dấu đều đúng, nhưng cả số nên theo một cách")
        }
        TextFault::UnbalancedQuotes(fault) => match fault {
            QuoteFault::NotClosed => Message::new("dấu ngoặc kép mở mà không đóng trong đoạn").label("mở ở đây"),
            QuoteFault::NotOpened => Message::new("dấu ngoặc kép đóng mà trước đó không mở").label("đóng ở đây"),
            QuoteFault::Mixed => Message::new("dấu ngoặc kép mở và đóng khác kiểu nhau")
                .label("dấu thẳng")
                .hint("dùng “ và ” cho cả hai, hoặc \" cho cả hai"),
        },
        TextFault::RangeSpacing { meant } => {
            Message::new("chỉ một bên gạch nối có dấu cách").label("khoảng số").hint(format!("viết liền: {meant}"))
        }
        TextFault::SpaceBeforePunctuation { mark } => {
            Message::new(format!("thừa dấu cách trước “{mark}”")).label("bỏ dấu cách này")
        }
        TextFault::DoubleSpace => Message::new("thừa dấu cách").label("một dấu cách là đủ"),
        TextFault::RepeatedPunctuation { found } => {
            Message::new(format!("“{found}”: thừa dấu câu")).label("một dấu là đủ; dấu lửng viết …")
        }
        TextFault::NumberGrouping { found } => Message::new(format!("dấu chấm trong số “{found}” đặt sai chỗ"))
            .label("gõ nhầm số?")
            .hint("sau mỗi dấu chấm là ba chữ số: 1.432, 11.152; phần thập phân sau dấu phẩy: 1,1152"),
        TextFault::MissingSpaceAfterPunctuation { mark } => {
            Message::new(format!("thiếu dấu cách sau “{mark}”")).label("hai chữ dính nhau")
        }
        TextFault::StrayControl { found } => Message::new(format!("ký tự không nhìn thấy: {}", character(*found)))
            .label("ở đây")
            .hint("ký tự này lẫn vào khi chép chữ và làm hỏng tìm kiếm; --fix sẽ bỏ đi"),
        TextFault::PastedMarkup(fault) => pasted(fault),
        TextFault::Placeholder { words } => Message::new(format!("chưa ai thay chữ mẫu “{words}”"))
            .label("chữ có sẵn của mẫu")
            .hint("viết nội dung thật vào đây, hoặc bỏ đi"),
        TextFault::ArticleWithoutText => {
            Message::new("bài chưa có chữ nào").label("mới có tên bài").hint("viết nội dung dưới dòng +++ thứ hai")
        }
    }
}

fn pasted(fault: &PastedFault) -> Message {
    match fault {
        PastedFault::Bullet { mark } => {
            Message::new(format!("Markdown không hiểu {} là đầu mục danh sách", character(*mark)))
                .label("dấu đầu dòng gõ tay")
                .hint("mở đầu mỗi mục bằng gạch nối và dấu cách: - nội dung")
        }
        PastedFault::Dash { mark } => Message::new(format!("các dòng mở đầu bằng “{mark}” bị nối liền thành một đoạn"))
            .label("không còn đứng ở đầu dòng")
            .hint("nếu là danh sách: mở đầu mỗi mục bằng gạch nối và dấu cách, - nội dung")
            .hint("nếu là lời đối thoại: chừa một dòng trống giữa hai lời"),
        PastedFault::Label { label } => Message::new(format!("“{label}” bị nối liền vào dòng trên"))
            .label("không còn đứng ở đầu dòng")
            .hint("chừa một dòng trống ở phía trên"),
        PastedFault::Stars => Message::new("hai dấu sao này không làm chữ nào đậm, và sẽ bị in ra")
            .label("mở mà không đóng, hoặc ngược lại")
            .hint("dấu sao đứng sát chữ ở cả hai đầu: **chữ đậm**; dấu nào thừa thì bỏ đi"),
        PastedFault::SpacedStars { meant } => Message::new("các dấu sao này không làm chữ nào đậm, và sẽ bị in ra")
            .label("dấu cách đặt sai chỗ")
            .hint(format!("viết {meant}")),
        PastedFault::Hash { level } => {
            let hash = "#".repeat((*level).clamp(2, 3));
            Message::new("sau dấu # không có dấu cách nên không thành đề mục, và dấu # sẽ bị in ra")
                .label("đề mục?")
                .hint(format!("nếu là đề mục: {hash} Tên đề mục; nếu muốn in chính dấu # thì viết \\#"))
        }
        PastedFault::WordTag { tag } => Message::new(format!("“{tag}” lẫn vào khi chép từ Word, và sẽ bị in ra"))
            .label("không phải nội dung")
            .hint("bỏ đi; --fix sẽ bỏ giúp"),
        PastedFault::Tabs => Message::new("các cột cách nhau bằng tab bị nối liền thành một đoạn")
            .label("bảng?")
            .hint("viết thành bảng: | Tên | Số |, dưới đó là dòng |---|---|, rồi từng hàng"),
        PastedFault::SpacedAddress => {
            Message::new("địa chỉ có dấu cách ở trong nên không thành liên kết, và sẽ bị in nguyên văn")
                .label("có dấu cách")
                .hint("thay mỗi dấu cách bằng %20")
        }
    }
}

fn list(fault: &ListFault) -> Message {
    match fault {
        ListFault::Repeated { found } => Message::new(format!("số “{found}” lặp lại liền nhau trong danh sách"))
            .label("in đúng như đã gõ")
            .hint("số được in đúng như đã gõ: hãy gõ 1., 2., 3."),
        ListFault::Falling { before, found } => {
            let digits = before.trim_end_matches(['.', ')']);
            let mark = &before[digits.len()..];
            Message::new(format!("trong cùng một danh sách, “{found}” đứng sau “{before}”"))
                .label("in đúng như đã gõ")
                .hint("đoạn mở đầu bằng một số và dấu chấm được hiểu là một mục của danh sách")
                .hint(format!("nếu không phải danh sách thì thêm dấu gạch chéo ngược trước dấu chấm: {digits}\\{mark}"))
        }
        ListFault::Recounted { typed, printed } => Message::new(format!("“{typed}” sẽ bị in thành “{printed}”"))
            .label("khác với số đã gõ")
            .hint("mẫu trình bày này tự đếm các mục; hãy dùng mẫu mới hơn, hoặc gõ các số liền nhau"),
    }
}
