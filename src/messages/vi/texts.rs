//! Vietnamese: what had better be looked at in a text.

use crate::diagnostic::{ListLint, PastedLint, QuoteLint, StrayKind, StyleKind, TextLint};
use crate::messages::{Message, character};
use crate::vietnamese::Encoding;

pub(super) fn describe(error: &TextLint) -> Message {
    match error {
        TextLint::EthForD { found } => Message::new(format!("{} đứng thay chữ Đ", character(*found)))
            .label("không phải chữ Đ của tiếng Việt")
            .hint("trông giống nhau, nhưng tìm kiếm và máy đọc không nhận ra; --fix sẽ thay giúp"),
        TextLint::NotNfc { meant } => Message::new(format!("chữ gõ rời từng phần (Unicode tổ hợp): “{meant}”"))
            .label("chữ và dấu rời nhau")
            .hint("chương trình khác có thể không tìm thấy hoặc hiện sai; --fix sẽ ghép lại"),
        TextLint::LegacyEncoding { encoding, converted } => {
            let name = match encoding {
                Encoding::Tcvn3 => "TCVN3 (ABC, phông .Vn…)",
                Encoding::Vni => "VNI",
            };
            Message::new(format!("đoạn này gõ bằng mã {name}, không phải Unicode"))
                .label("thiếu phông cũ thì không đọc được")
                .hint(format!("nội dung là: {converted}"))
        }
        TextLint::MisplacedTone { found, meant } => {
            Message::new(format!("“{found}”: dấu thanh đặt ở chữ không thể mang dấu"))
                .label(format!("viết {meant}"))
                .hint("--fix sẽ đặt lại giúp")
        }
        TextLint::MixedTonePlacement { found, usual, count } => {
            Message::new(format!("chỗ này viết “{found}”, chỗ khác trong số viết “{usual}” ({count} lần)"))
                .label("dấu thanh đặt ở chữ khác")
                .hint("hai cách đặt dấu đều đúng, nhưng cả số nên theo một cách")
        }
        TextLint::UnbalancedQuotes(error) => match error {
            QuoteLint::NotClosed => Message::new("dấu ngoặc kép mở mà không đóng trong đoạn").label("mở ở đây"),
            QuoteLint::NotOpened => Message::new("dấu ngoặc kép đóng mà trước đó không mở").label("đóng ở đây"),
            QuoteLint::Mixed => Message::new("dấu ngoặc kép mở và đóng khác kiểu nhau")
                .label("dấu thẳng")
                .hint("dùng “ và ” cho cả hai, hoặc \" cho cả hai"),
        },
        TextLint::RangeSpacing { meant } => {
            Message::new("chỉ một bên gạch nối có dấu cách").label("khoảng số").hint(format!("viết liền: {meant}"))
        }
        TextLint::SpaceBeforePunctuation { mark } => {
            Message::new(format!("thừa dấu cách trước “{mark}”")).label("bỏ dấu cách này")
        }
        TextLint::SpaceBehindOpening { mark } => {
            Message::new(format!("thừa dấu cách sau “{mark}”")).label("bỏ dấu cách này")
        }
        TextLint::DoubleSpace => Message::new("thừa dấu cách").label("một dấu cách là đủ"),
        TextLint::RepeatedPunctuation { found } => {
            Message::new(format!("“{found}”: thừa dấu câu")).label("một dấu là đủ; dấu lửng viết …")
        }
        TextLint::NumberGrouping { found, meant: None } => {
            Message::new(format!("dấu chấm trong số “{found}” đặt sai chỗ"))
                .label("gõ nhầm số?")
                .hint("sau mỗi dấu chấm là ba chữ số: 1.432, 11.152; phần thập phân sau dấu phẩy: 1,1152")
        }
        TextLint::NumberGrouping { found, meant: Some(meant) } => {
            Message::new(format!("“{found}” ngăn hàng nghìn bằng dấu phẩy như tiếng Anh"))
                .label("tiếng Việt dùng dấu chấm")
                .hint(format!("viết {meant}"))
        }
        TextLint::MissingSpaceAfterPunctuation { mark } => {
            Message::new(format!("thiếu dấu cách sau “{mark}”")).label("hai chữ dính nhau")
        }
        TextLint::StrayControl { found, kind } => stray(*found, *kind),
        TextLint::InvalidSyllable { found, nearest } => {
            let message = Message::new(format!("“{found}” không phải chữ tiếng Việt")).label("gõ nhầm?");
            let message = match nearest {
                Some(nearest) => message.hint(format!("có lẽ là {nearest}")),
                None => message,
            };
            message.hint(OWN_WORD)
        }
        TextLint::GluedWords { found, meant } => Message::new(format!("“{found}”: hai chữ dính liền nhau"))
            .label("thiếu dấu cách")
            .hint(format!("viết {meant}")),
        TextLint::SuspectWord { found, usual, count } => {
            Message::new(format!("chỗ này viết “{found}”, {count} chỗ khác giống vậy trong số viết “{usual}”"))
                .label("khác dấu")
                .hint(format!("có lẽ là {usual}"))
                .hint(OWN_WORD)
        }
        TextLint::RepeatedWord { words } => {
            Message::new(format!("“{words}” lặp lại hai lần liền nhau")).label("thừa một lần?").hint(OWN_WORD)
        }
        TextLint::LowerCaseAfterFullStop { word } => Message::new(format!("câu mở đầu bằng chữ thường: “{word}”"))
            .label("đứng sau dấu chấm")
            .hint("viết hoa chữ này, hoặc thay dấu chấm bằng dấu phẩy"),
        TextLint::StyleMix { kind, found, count, usual, usual_count } => {
            let what = style(*kind);
            Message::new(format!("{what} viết hai kiểu: “{found}” {count} lần, “{usual}” {usual_count} lần"))
                .label("kiểu ít gặp hơn, lần đầu")
                .hint("hai kiểu đều đúng, nhưng cả số nên theo một kiểu")
        }
        TextLint::UnexplainedAbbreviation { found, count, words } => {
            let message = Message::new(format!("“{found}” dùng {count} lần trong số này mà không chỗ nào giải thích"))
                .label("lần đầu ở đây");
            match words {
                Some(words) => {
                    message.hint(format!("bạn đọc có thể không biết; ở chỗ đầu tiên nên viết: {words} ({found})"))
                }
                None => {
                    message.hint("bạn đọc có thể không biết; ở chỗ đầu tiên nên viết đủ chữ, rồi chữ tắt trong ngoặc")
                }
            }
        }
        TextLint::PastedMarkup(error) => pasted(error),
        TextLint::Placeholder { words } => Message::new(format!("chưa ai thay chữ mẫu “{words}”"))
            .label("chữ có sẵn của mẫu")
            .hint("viết nội dung thật vào đây, hoặc bỏ đi"),
        TextLint::ArticleWithoutText => {
            Message::new("bài chưa có chữ nào").label("mới có tên bài").hint("viết nội dung dưới dòng +++ thứ hai")
        }
    }
}

/// What to do where a rule is wrong.
const OWN_WORD: &str = "nếu viết vậy là đúng: thêm vào [check] words = [\"…\"] trong issue.toml, hoặc thêm một dòng vào words.txt cạnh issues/";

fn style(kind: StyleKind) -> &'static str {
    match kind {
        StyleKind::Dates => "ngày tháng",
        StyleKind::Ranges => "khoảng năm",
        StyleKind::Ellipses => "dấu lửng",
        StyleKind::Quotes => "dấu ngoặc kép",
        StyleKind::Units => "đơn vị sau con số",
        StyleKind::Percent => "dấu phần trăm",
        StyleKind::Spelling => "một chữ",
        StyleKind::Capitals => "tên một cơ quan",
    }
}

fn stray(found: char, kind: StrayKind) -> Message {
    match kind {
        StrayKind::Invisible => Message::new(format!("ký tự không nhìn thấy: {}", character(found)))
            .label("ở đây")
            .hint("ký tự này lẫn vào khi chép chữ và làm hỏng tìm kiếm; --fix sẽ bỏ đi"),
        StrayKind::Space => Message::new(format!("dấu cách loại lạ: {}", character(found)))
            .label("ở đây")
            .hint("tìm kiếm không nhận ra hai chữ cách nhau bằng dấu này; --fix sẽ thay bằng dấu cách thường"),
        StrayKind::LostLetter => Message::new(format!("chỗ này mất một chữ cái: {}", character(found)))
            .label("đứng thay một chữ cái")
            .hint("xem lại bản gốc rồi gõ lại"),
    }
}

fn pasted(error: &PastedLint) -> Message {
    match error {
        PastedLint::Bullet { mark } => {
            Message::new(format!("Markdown không hiểu {} là đầu mục danh sách", character(*mark)))
                .label("dấu đầu dòng gõ tay")
                .hint("mở đầu mỗi mục bằng gạch nối và dấu cách: - nội dung")
        }
        PastedLint::Dash { mark } => Message::new(format!("các dòng mở đầu bằng “{mark}” bị nối liền thành một đoạn"))
            .label("không còn đứng ở đầu dòng")
            .hint("nếu là danh sách: mở đầu mỗi mục bằng gạch nối và dấu cách, - nội dung")
            .hint("nếu là lời đối thoại: chừa một dòng trống giữa hai lời"),
        PastedLint::Label { label } => Message::new(format!("“{label}” bị nối liền vào dòng trên"))
            .label("không còn đứng ở đầu dòng")
            .hint("chừa một dòng trống ở phía trên"),
        PastedLint::Stars => Message::new("hai dấu sao này không làm chữ nào đậm, và sẽ bị in ra")
            .label("mở mà không đóng, hoặc ngược lại")
            .hint("dấu sao đứng sát chữ ở cả hai đầu: **chữ đậm**; dấu nào thừa thì bỏ đi"),
        PastedLint::SpacedStars { meant } => Message::new("các dấu sao này không làm chữ nào đậm, và sẽ bị in ra")
            .label("dấu cách đặt sai chỗ")
            .hint(format!("viết {meant}")),
        PastedLint::Hash { level } => {
            let hash = "#".repeat((*level).clamp(2, 3));
            Message::new("sau dấu # không có dấu cách nên không thành đề mục, và dấu # sẽ bị in ra")
                .label("đề mục?")
                .hint(format!("nếu là đề mục: {hash} Tên đề mục; nếu muốn in chính dấu # thì viết \\#"))
        }
        PastedLint::WordTag { tag } => Message::new(format!("“{tag}” lẫn vào khi chép từ Word, và sẽ bị in ra"))
            .label("không phải nội dung")
            .hint("bỏ đi; --fix sẽ bỏ giúp"),
        PastedLint::Tabs => Message::new("các cột cách nhau bằng tab bị nối liền thành một đoạn")
            .label("bảng?")
            .hint("viết thành bảng: | Tên | Số |, dưới đó là dòng |---|---|, rồi từng hàng"),
        PastedLint::SpacedAddress => {
            Message::new("địa chỉ có dấu cách ở trong nên không thành liên kết, và sẽ bị in nguyên văn")
                .label("có dấu cách")
                .hint("thay mỗi dấu cách bằng %20")
        }
    }
}

pub(super) fn list(error: &ListLint) -> Message {
    match error {
        ListLint::Repeated { found } => Message::new(format!("số “{found}” lặp lại liền nhau trong danh sách"))
            .label("in đúng như đã gõ")
            .hint("số được in đúng như đã gõ: hãy gõ 1., 2., 3."),
        ListLint::Falling { before, found } => {
            let digits = before.trim_end_matches(['.', ')']);
            let mark = &before[digits.len()..];
            Message::new(format!("trong cùng một danh sách, “{found}” đứng sau “{before}”"))
                .label("in đúng như đã gõ")
                .hint("đoạn mở đầu bằng một số và dấu chấm được hiểu là một mục của danh sách")
                .hint(format!("nếu không phải danh sách thì thêm dấu gạch chéo ngược trước dấu chấm: {digits}\\{mark}"))
        }
        ListLint::Recounted { typed, printed } => Message::new(format!("“{typed}” sẽ bị in thành “{printed}”"))
            .label("khác với số đã gõ")
            .hint("mẫu trình bày này tự đếm các mục; hãy dùng mẫu mới hơn, hoặc gõ các số liền nhau"),
    }
}
