//! Vietnamese: what an editor would say to another.

mod archive;
pub(super) mod codes;
pub(super) mod import;
mod mail;
mod markdown;
mod pages;
mod photos;
mod syntax;
mod texts;

use super::{Lang, Message, character, inside_issue, size};
use crate::diagnostic::{
    ArchiveError, EncodingError, FileError, Finding, FrontMatterError, LayoutError, LayoutExcess, PhotoSize,
    ValueError, ValueKind,
};

pub(super) fn describe(finding: &Finding) -> Message {
    match finding {
        Finding::ManifestSyntax(error) => syntax::describe(error),
        Finding::ManifestMissing { folder } => Message::new(format!("không có tệp issue.toml trong “{folder}”"))
            .hint("chỉ đúng thư mục chứa issue.toml, hoặc tạo số mới: bantin new THƯ-MỤC"),
        Finding::FrontMatter(error) => front_matter(error),
        Finding::UnknownKey { key, table: Some(table), belongs_on_top: true, .. } => {
            Message::new(format!("mục “{key}” nằm lọt vào phần [{table}]"))
                .label("đặt quá thấp")
                .hint(format!("đưa “{key}” lên trên, trước dòng đầu tiên có ngoặc vuông [ ]"))
        }
        Finding::UnknownKey { key, nearest, known, .. } => {
            let message = Message::new(format!("không có mục nào tên “{key}”")).label("tên lạ");
            match nearest {
                Some(nearest) => message.hint(format!("có phải ý bạn là “{nearest}”?")),
                None => message.hint(format!("ở đây dùng được: {}", known.join(", "))),
            }
        }
        Finding::MissingKey { key, table } => {
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
        Finding::BadValue { key, error } => bad_value(key, error),
        Finding::ArticleMissing { path, nearest } => {
            Message::new(format!("không tìm thấy bài “{path}” trong thư mục của số báo"))
                .label("không có tệp này")
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        Finding::ArticleListedTwice { path, first_line } => Message::new(format!("bài “{path}” được ghi hai lần"))
            .label("lần thứ hai")
            .hint(format!("bài này đã có ở dòng {first_line}; bỏ bớt một chỗ")),
        Finding::UnsupportedMarkdown(error) => markdown::describe(error),
        Finding::NotUtf8(error) => not_utf8(error),
        Finding::PhotoMissing { path, nearest } => {
            Message::new(format!("không tìm thấy ảnh “{path}” trong thư mục của số báo"))
                .label("không có tệp này")
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        Finding::PhotoUnreadable { path, error } => photos::describe(path, error),
        Finding::PhotoTooLarge { path, size: PhotoSize::Pixels { width, height, limit } } => {
            Message::new(format!("ảnh “{path}” quá lớn: {width} × {height} điểm ảnh"))
                .hint(format!("chỉ đọc được ảnh tối đa {} triệu điểm ảnh; hãy lưu bản nhỏ hơn", limit / 1_000_000))
        }
        Finding::PhotoTooLarge { path, size: PhotoSize::Bytes { limit, .. } } => {
            Message::new(format!("ảnh “{path}” nặng hơn {}", size(*limit, Lang::Vi))).hint("hãy lưu bản nhỏ hơn")
        }
        Finding::PhotoLowResolution { path, pixels, ppi, placed, good, column_would_do } => {
            let message = Message::new(format!(
                "ảnh “{path}” quá nhỏ so với chỗ đặt: {pixels} điểm ảnh trên {placed} mm, tức {ppi} điểm/inch"
            ))
            .label(format!("{ppi} điểm/inch, cần ít nhất 120"))
            .hint(format!("ảnh này chỉ đẹp khi rộng không quá {good} mm; hãy xin ảnh gốc từ người chụp"));
            let column = "hoặc đặt ảnh trong một cột: bỏ width = \"page\"";
            message.hint_if(column_would_do.then(|| column.to_owned()))
        }
        Finding::PageNearlyEmpty { page, percent } => pages::nearly_empty(*page, *percent),
        Finding::PagesNotComposed => pages::not_composed(),
        Finding::PagesNotFitted { wanted, pages } => pages::not_fitted(*wanted, *pages),
        Finding::PhotoFar { page, called } => pages::photo_far(*page, *called),
        Finding::PhotoWithoutCaption { path } => Message::new(format!("ảnh “{path}” chưa có chú thích"))
            .label("ảnh chụp ai, việc gì?")
            .hint("viết trong ngoặc vuông: ![Chú thích.](photos/a.jpg \"Tên người chụp\")"),
        Finding::PhotoWithoutCredit { path } => Message::new(format!("ảnh “{path}” chưa ghi người chụp"))
            .label("ảnh của ai?")
            .hint("ghi tên trong dấu nháy sau đường dẫn: ![Chú thích.](photos/a.jpg \"Tên\"), hoặc ghi ở tên tác giả: author = \"Bài, ảnh: Tên\""),
        Finding::PhotoStandIn { path } => Message::new(format!("“{path}” chỉ là hình thay cho ảnh còn thiếu"))
            .hint("chép ảnh vào photos/ rồi ghi tên ảnh vào đây thay cho tên này"),
        Finding::ImportFailed { path, error } => import::failed(path, error),
        Finding::ImportDoubt { kind, about } => import::doubt(kind, about),
        Finding::ImportLeftOut { reason, text } => import::left_out(*reason, text),
        Finding::MailFailed(error) => mail::failed(error),
        Finding::MailTooLarge { limit } => mail::too_large(*limit),
        Finding::RecipientDoubt { address, meant } => mail::doubt(address, meant),
        Finding::RecipientTwice { address, first } => mail::twice(address, first),
        Finding::PhotoUnused { path } => Message::new(format!("không bài nào dùng ảnh “{path}”"))
            .hint("đưa ảnh vào bài, hoặc bỏ ảnh ra khỏi thư mục"),
        Finding::Internal { detail } => Message::new(if detail.is_empty() {
            "bantin gặp lỗi của chính nó; số báo này chưa dựng xong".to_owned()
        } else {
            format!("bantin gặp lỗi của chính nó; số báo này chưa dựng xong ({detail})")
        })
        .hint("PDF cũ vẫn còn nguyên")
        .hint("xin báo lại cho người phát triển, kèm thư mục của số báo và những gì máy in ra khi biến môi trường RUST_BACKTRACE bằng 1"),
        Finding::Archive { path, error } => match error {
            ArchiveError::Damaged(damage) => {
                Message::new(format!("“{path}” {}", archive::damaged(*damage))).hint("chép lại tệp từ nguồn")
            }
            ArchiveError::Encrypted => Message::new(format!("“{path}” có mật khẩu"))
                .hint("lưu một bản không có mật khẩu; PDF lưu trữ của bantin không bao giờ có"),
            ArchiveError::NotOurs => Message::new(format!("“{path}” không chứa thư mục của số báo"))
                .hint("chỉ PDF dựng bằng --profile archive mới chứa"),
            ArchiveError::BadName(name) => {
                Message::new(format!("“{path}” chứa tệp có tên không hợp lệ: “{}”", name.escape_debug()))
                    .hint("tệp này không do bantin dựng, hoặc đã bị sửa; chưa ghi gì ra đĩa")
            }
            ArchiveError::TooLarge => Message::new(format!("“{path}” chứa nhiều hơn một số báo có thể có"))
                .hint("tệp này không do bantin dựng, hoặc đã bị sửa; chưa ghi gì ra đĩa"),
        },
        Finding::ArchiveName { path, error } => archive::name(path, error),
        Finding::ArchiveLeftOut { path, reason } => archive::left_out(path, *reason),
        Finding::ArchiveTooMany { limit } => Message::new(format!("thư mục có hơn {limit} tệp"))
            .hint("bản lưu trữ giữ mọi tệp của thư mục; chuyển những tệp không thuộc số báo đi nơi khác"),
        Finding::ArchiveTooLarge => Message::new("các tệp trong thư mục cộng lại quá lớn để đưa vào bản lưu trữ")
            .hint("bản lưu trữ giữ mọi tệp của thư mục; chuyển những tệp lớn mà không bài nào dùng đi nơi khác"),
        Finding::ArchiveNotWhole => Message::new("bản lưu trữ không trả lại đủ các tệp đã đưa vào")
            .hint("đây là lỗi của bantin, chưa ghi PDF nào; xin báo lại kèm thư mục số báo"),
        Finding::Text(error) => texts::describe(error),
        Finding::ListNumbers(error) => texts::list(error),
        Finding::ArticleUnlisted { path } => Message::new(format!("bài “{path}” chưa có trong issue.toml"))
            .hint("ghi bài vào mục articles, hoặc bỏ ra khỏi thư mục"),
        Finding::ArticleWithoutSource => Message::new("bài chưa ghi tác giả, cũng chưa ghi nguồn")
            .label("của ai, lấy từ đâu?")
            .hint("thêm author = \"…\" hoặc source = \"…\" ở đầu tệp"),
        Finding::ContentsTitleLong { characters, limit, is_short_form } => {
            let message = Message::new(format!("tên bài quá dài cho mục lục: {characters} ký tự"))
                .label(format!("dưới {limit} ký tự thì đẹp"));
            let hint = "viết tên ngắn cho mục lục: contents_title = \"…\"";
            message.hint_if((!is_short_form).then(|| hint.to_owned()))
        }
        Finding::OutsideIssue { path } => Message::new(format!("“{path}” nằm ngoài thư mục của số báo"))
            .hint(format!("chép tệp vào thư mục của số báo rồi ghi đường dẫn từ đó: {}", inside_issue(path))),
        Finding::MissingGlyph { character: c, fonts } => {
            Message::new(format!("không phông nào của mẫu trình bày có ký tự {}", character(*c)))
                .hint(format!("thay ký tự khác, hoặc dùng mẫu có phông khác (mẫu này dùng {})", fonts.join(", ")))
        }
        Finding::LayoutMissing { name, nearest, available } => Message::new(format!("không có mẫu trình bày “{name}”"))
            .hint(match nearest {
                Some(nearest) => format!("có phải ý bạn là “{nearest}”?"),
                None => format!("các mẫu hiện có: {}", available.join(", ")),
            }),
        Finding::LayoutError { error, article } => layout_error(error, article.as_deref()),
        Finding::LayoutLimit { excess } => layout_limit(*excess),
        Finding::SizeBudget { bytes, budget, heaviest } => {
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
        Finding::PdfStandard { detail, hints, article } => {
            let text = match article {
                Some(article) => format!("tệp PDF sẽ không đạt chuẩn ở bài “{article}”: {detail}"),
                None => format!("tệp PDF sẽ không đạt chuẩn: {detail}"),
            };
            Message { hints: hints.clone(), ..Message::new(text) }
        }
        Finding::Unreadable { path, error } => Message::new(format!("không đọc được “{path}”: {}", file(error))),
        Finding::NoPort { port, is_taken, detail } => Message::new(if *is_taken {
            format!("cổng {port} đang có chương trình khác dùng")
        } else {
            format!("không mở được cổng {port}: {detail}")
        })
        .hint("chọn cổng khác bằng --port, hoặc bỏ --port"),
        Finding::OutputFailed { path, error } => {
            let message = Message::new(format!("không ghi được “{path}”: {}", file(error)));
            match error {
                FileError::NotFound => message.hint("tạo thư mục trước, hoặc chọn nơi khác bằng -o"),
        FileError::Denied => message.hint("đóng hoặc mở khóa tệp, hoặc chọn nơi khác bằng -o"),
                FileError::Full => message.hint("giải phóng bớt dung lượng, hoặc chọn ổ đĩa khác bằng -o"),
                FileError::IsInput | FileError::NotAPdf | FileError::NotNamedPdf => message.hint("ghi ra một tệp mới có đuôi .pdf, hoặc một thư mục khác"),
                FileError::Exists => message.hint("chọn một tên mới"),
                FileError::Clash => message.hint("đổi tên một trong các thư mục"),
                _ => message,
            }
        }
    }
}

fn layout_limit(excess: LayoutExcess) -> Message {
    let loops = "tìm trong thư mục layout xem có vòng lặp nào không dừng, hoặc cứ sinh thêm mãi";
    match excess {
        LayoutExcess::Time { seconds } => {
            Message::new(format!("mẫu trình bày đi kèm số này chạy quá {seconds} giây")).hint(loops).hint(format!(
                "nếu tin mẫu này, cho phép chạy lâu hơn: đặt biến môi trường BANTIN_LAYOUT_SECONDS thành {} (giây)",
                seconds.saturating_mul(10)
            ))
        }
        LayoutExcess::Memory { bytes } => Message::new(format!(
            "mẫu trình bày đi kèm số này cần hơn {} bộ nhớ",
            size(bytes, Lang::Vi)
        ))
        .hint(loops)
        .hint(format!(
            "nếu tin mẫu này, cho phép dùng nhiều bộ nhớ hơn: đặt biến môi trường BANTIN_LAYOUT_MEMORY thành {} (byte)",
            bytes.saturating_mul(2)
        )),
        LayoutExcess::Crash => Message::new("mẫu trình bày đi kèm số này bị dừng giữa chừng")
            .hint("mẫu lồng nhau quá sâu, tự gọi lại chính nó không dứt, hoặc máy hết bộ nhớ"),
    }
}

fn did_you_mean(nearest: Option<&str>) -> Option<String> {
    nearest.map(|nearest| format!("có phải ý bạn là “{nearest}”?"))
}

fn layout_error(error: &LayoutError, article: Option<&str>) -> Message {
    let (detail, hints) = match error {
        LayoutError::Typst { message, hints, built_in } => {
            let copy = built_in.as_ref().map(|name| {
                format!(
                    "tệp này nằm sẵn trong bantin; muốn xem và sửa: bantin layouts --copy {name} layouts/{name}-moi"
                )
            });
            (message.clone(), hints.iter().cloned().chain(copy).collect())
        }
        LayoutError::Specification { message } => (message.clone(), Vec::new()),
        LayoutError::FontMissing { family } => (format!("không có phông chữ “{family}”"), Vec::new()),
        LayoutError::NotAColour { key, value } => {
            (format!("colours.{key} là “{value}”, không phải một màu như \"#14375e\""), Vec::new())
        }
        LayoutError::PhotoSizes { most } => {
            (format!("các cỡ trong [photos] phải tính bằng mi-li-mét, từ 1 đến {most}"), Vec::new())
        }
    };
    let text = match article {
        Some(article) => format!("mẫu trình bày không dàn được bài “{article}”: {detail}"),
        None => format!("lỗi trong mẫu trình bày: {detail}"),
    };
    Message { hints, ..Message::new(text) }
}

fn front_matter(error: &FrontMatterError) -> Message {
    match error {
        FrontMatterError::Missing => Message::new("bài không mở đầu bằng phần khai báo")
            .label("ở đây")
            .hint("tệp mở đầu bằng một dòng +++, rồi title = \"…\", rồi một dòng +++ nữa"),
        FrontMatterError::Hyphens => Message::new("phần khai báo đầu bài nằm giữa hai dòng +++, không phải ---")
            .hint("thay cả hai dòng --- bằng +++, và viết các mục theo TOML: title = \"…\""),
        FrontMatterError::Unclosed => Message::new("phần khai báo đầu bài chưa đóng lại")
            .label("mở ở đây")
            .hint("thêm một dòng +++ giữa phần khai báo và nội dung bài"),
        FrontMatterError::NotFirst => Message::new("dòng +++ phải là dòng đầu tiên của tệp")
            .label("dòng trống")
            .hint("xóa các dòng trống ở phía trên dòng +++"),
        FrontMatterError::Fence => Message::new("dòng này gần giống +++ nhưng không phải")
            .label("phải là +++")
            .hint("viết đúng ba dấu cộng, sát lề trái, không có gì khác trên dòng: +++"),
        FrontMatterError::Syntax(error) => syntax::describe(error),
    }
}

fn bad_value(key: &str, error: &ValueError) -> Message {
    match error {
        ValueError::WrongType { expected, found } => {
            let message = Message::new(format!("“{key}” phải là {}, không phải {}", kind(*expected), kind(*found)));
            match expected {
                ValueKind::Date => message
                    .hint("ngày viết không có dấu nháy: date = 2022-11-28; chỉ có tháng thì để trong dấu nháy: date = \"2022-11\""),
                ValueKind::Text => message.hint(format!("chữ phải nằm trong dấu nháy: {key} = \"…\"")),
                ValueKind::ListOfTexts => {
                    message.hint(format!("danh sách nằm trong ngoặc vuông: {key} = [\"…\", \"…\"]"))
                }
                ValueKind::ListOfTables => message.hint(format!("mỗi phần mở đầu bằng một dòng [[{key}]]")),
                _ => message,
            }
        }
        ValueError::Empty => Message::new(format!("“{key}” không được để trống")),
        ValueError::NotADate => Message::new(format!("“{key}” không phải một ngày có trên lịch"))
            .hint("ngày viết theo thứ tự năm-tháng-ngày, không có dấu nháy: date = 2022-11-28"),
        ValueError::DateForm { meant, is_quoted } => {
            let quotes = if *is_quoted { ", bỏ dấu nháy đi" } else { "" };
            Message::new(format!("“{key}” chưa được viết thành ngày"))
                .hint(format!("viết theo thứ tự năm-tháng-ngày{quotes}: {key} = {meant}"))
        }
        ValueError::NotAColour => {
            Message::new(format!("“{key}” không phải một màu")).hint("viết theo mã đỏ, lục, lam: \"#14375e\"")
        }
        ValueError::LowContrast { tenths } => Message::new(format!(
            "màu “{key}” quá nhạt: độ tương phản với nền trắng chỉ {},{}:1, cần ít nhất 4,5:1",
            tenths / 10,
            tenths % 10
        ))
        .hint("chọn màu đậm hơn"),
        ValueError::NotASize => {
            Message::new(format!("“{key}” không phải một dung lượng")).hint("viết một số và đơn vị: \"7 MB\"")
        }
        ValueError::NotALanguage => {
            Message::new(format!("“{key}” không phải mã ngôn ngữ")).hint("ví dụ \"vi\", \"en\" hoặc \"en-US\"")
        }
        ValueError::NotAMailbox => Message::new(format!("“{key}” không phải địa chỉ thư điện tử"))
            .hint("ví dụ: \"Bản tin Tân Hải <bantin@tanhai.example>\""),
        ValueError::NotForUnsubscribing => {
            Message::new(format!("“{key}” không phải địa chỉ https, cũng không phải địa chỉ thư điện tử"))
                .hint("ví dụ: \"https://tanhai.example/thoi-nhan?thu={email}\" hoặc \"bantin@tanhai.example\"")
        }
        ValueError::NotAnEmail => Message::new(format!("“{key}” không phải địa chỉ thư điện tử")),
        ValueError::NotAWebAddress => {
            Message::new(format!("“{key}” không phải địa chỉ trang web")).hint("địa chỉ mở đầu bằng https://")
        }
        ValueError::NotOneOf { choices, nearest } => {
            Message::new(format!("“{key}” chỉ nhận một trong các giá trị: {}", choices.join(", ")))
                .hint_if(did_you_mean(nearest.as_deref()))
        }
        ValueError::NotInRange { least, most } => {
            Message::new(format!("“{key}” phải là số nguyên từ {least} đến {most}"))
        }
        ValueError::NotAnAspectRatio => {
            Message::new(format!("“{key}” phải là tỉ lệ rộng:cao, từ 1:4 (rất cao) đến 6:1 (rất rộng)"))
                .hint("ví dụ \"16:9\", \"4:3\", \"1:1\" hoặc \"2.35:1\"")
        }
        ValueError::CropOfDrawing => Message::new(format!("{key}: hình vẽ (SVG) không cắt được"))
            .hint("cắt sẵn trong chương trình vẽ, hoặc lưu thành PNG; nếu không thì bỏ crop đi"),
        ValueError::NotAnArticle { nearest } => {
            let message = Message::new(format!("“{key}” ghi một tệp không phải bài của số này"));
            match nearest {
                Some(nearest) => message.hint(format!("có phải ý bạn là “{nearest}”?")),
                None => message.hint("trước hết hãy ghi bài đó vào articles, ở đầu tệp hoặc trong một [[section]]"),
            }
        }
        ValueError::NoArticles => Message::new("số báo chưa có bài nào")
            .hint("thêm articles = [\"01-a.md\"], hoặc một [[section]] có title và articles"),
        ValueError::PhotoNotShown { nearest } => {
            Message::new(format!("{key}: bài không dùng ảnh này")).hint_if(did_you_mean(nearest.as_deref()))
        }
        ValueError::TooLong { limit } => Message::new(format!("“{key}” dài hơn {}", size(*limit as u64, Lang::Vi)))
            .hint("đoạn dài hơn thì đưa vào bài viết"),
        ValueError::NotMarkdown => {
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

fn not_utf8(error: &EncodingError) -> Message {
    let message = match error {
        EncodingError::Invalid => Message::new("tệp không phải văn bản UTF-8").label("từ đây"),
        EncodingError::Nul => {
            Message::new("tệp có byte NUL: đây là UTF-16, hoặc không phải văn bản").label("byte đầu tiên")
        }
    };
    message.hint("mở tệp bằng trình soạn thảo rồi lưu lại với bảng mã UTF-8")
}

pub(super) fn file(error: &FileError) -> String {
    match error {
        FileError::Changed => "tệp vừa bị thay đổi".into(),
        FileError::NotFound => "không có tệp hoặc thư mục này".into(),
        FileError::Denied => "không có quyền truy cập".into(),
        FileError::IsFolder => "đây là một thư mục".into(),
        FileError::NotAFile => "đây không phải tệp thông thường".into(),
        FileError::Full => "ổ đĩa đã đầy".into(),
        FileError::TooLarge { limit } => format!("tệp nặng hơn {}", size(*limit, Lang::Vi)),
        FileError::IsInput => "đây là tệp mà số báo đang dùng, không được ghi đè".into(),
        FileError::NotAPdf => "tệp đang có ở đó không phải PDF nên được giữ nguyên".into(),
        FileError::NotNamedPdf => "chỉ ghi tệp có đuôi .pdf vào thư mục của số báo".into(),
        FileError::Clash => "hai số báo cùng ghi vào một tệp".into(),
        FileError::Exists => "đã có sẵn và không trống".into(),
        FileError::Other(detail) => detail.clone(),
    }
}
