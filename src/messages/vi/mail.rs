//! What keeps an issue from being mailed, in Vietnamese.

use super::super::{Lang, Message, size};
use super::file;
use crate::diagnostic::{
    AddressError, BadAddress, DkimKeyError, ListError, MailError, RecipientNameError, TemplateFault,
};

pub(super) fn failed(error: &MailError) -> Message {
    match error {
        MailError::BadAddress { text, error } => address(text, error),
        MailError::BadList(error) => list(error),
        MailError::NoRecipient => {
            Message::new("danh sách không có ai").hint("sau --to ghi địa chỉ, hoặc tệp mỗi dòng một địa chỉ")
        }
        MailError::NoSender => Message::new("chưa biết ai là người gửi")
            .hint("ghi from = \"Tên <địa chỉ>\" dưới [mail] trong issue.toml, hoặc dùng --from"),
        MailError::Unreadable { path, error } => Message::new(format!("không đọc được “{path}”: {}", file(error))),
        MailError::Unreachable { server, detail } if detail.is_empty() => {
            Message::new(format!("không kết nối được với máy chủ {server}")).hint(LOOK_AT_SERVER)
        }
        MailError::Unreachable { server, detail } => {
            Message::new(format!("không kết nối được với máy chủ {server} ({detail})")).hint(LOOK_AT_SERVER)
        }
        MailError::Refused { server, reply } => {
            Message::new(format!("máy chủ {server} không cho kết nối: “{reply}”"))
                .hint("hỏi người quản trị máy chủ xem máy này có được gửi thư qua đó không")
        }
        MailError::Certificate { server, detail } => {
            Message::new(format!("chứng thư của máy chủ {server} không tin được ({detail})"))
                .hint("xem lại tên máy chủ; chưa thư nào được gửi, mật khẩu cũng chưa đưa ra")
                .hint("cơ quan có chứng thư riêng thì dùng: --ca TỆP.pem")
        }
        MailError::HangsUp { server, detail } => {
            Message::new(format!("máy chủ {server} liên tục ngắt kết nối ({detail})"))
                .hint("hỏi người quản trị máy chủ; chạy lại đúng lệnh này thì gửi tiếp từ chỗ đã dừng")
        }
        MailError::NotSafe { server, detail } => {
            Message::new(format!("không lập được kết nối an toàn với máy chủ {server} ({detail})"))
                .hint("smtps:// dùng cho cổng an toàn ngay từ đầu (465), smtp:// cho cổng chuyển sang an toàn sau (587)")
        }
        MailError::NotSmtp { server } => {
            Message::new(format!("ở {server} không phải máy chủ thư, hoặc máy chủ trả lời lạc nhịp"))
                .hint("smtps:// dùng cho cổng an toàn ngay từ đầu (465), smtp:// cho cổng chuyển sang an toàn sau (587)")
        }
        MailError::NoStartTls { server } => {
            Message::new(format!("máy chủ {server} không có kết nối an toàn (STARTTLS)"))
                .hint("thử smtps:// thay cho smtp://; bantin không gửi gì qua mạng mà không mã hóa")
        }
        MailError::NoSignIn { server } => Message::new(format!("máy chủ {server} không nhận tên và mật khẩu"))
            .hint("bỏ tên người dùng khỏi địa chỉ sau --send, hoặc dùng cổng dành cho đăng nhập (465 hoặc 587)"),
        MailError::NoPassword { user } => Message::new(format!("chưa có mật khẩu của “{user}”"))
            .hint("ghi mật khẩu vào một tệp và dùng --password-file TỆP, hoặc vào biến BANTIN_SMTP_PASSWORD"),
        MailError::SignInRefused { server, user, reply } => {
            Message::new(format!("máy chủ {server} không nhận “{user}” với mật khẩu này: “{reply}”"))
                .hint("xem lại tên và mật khẩu; nhiều dịch vụ đòi mật khẩu riêng cho phần mềm (mật khẩu ứng dụng)")
        }
        MailError::JournalInUse { path } => Message::new(format!("một lần gửi khác đang dùng nhật ký “{path}”"))
            .hint("chờ lần đó xong, hoặc dừng nó lại; hai lần cùng lúc thì có người nhận hai thư"),
        MailError::JournalUnusable { path, error } => {
            Message::new(format!("không dùng được nhật ký “{path}”: {}", file(error)))
                .hint("ghi nhật ký ở chỗ khác: --journal ĐƯỜNG-DẪN")
        }
        MailError::JournalUnwritable { error } => {
            Message::new(format!("không ghi được nhật ký nữa: {}", file(error)))
                .hint("không gửi thêm thư nào, vì sẽ không ai biết thư đã đi; dọn chỗ trống rồi chạy lại đúng lệnh này")
        }
        MailError::JournalGarbled { path, line } => {
            Message::new(format!("dòng {line} của nhật ký “{path}” không phải do bantin ghi"))
                .hint("chưa thư nào được gửi, kẻo có người nhận hai thư; lấy lại tệp từ bản sao, hoặc dùng nhật ký khác: --journal ĐƯỜNG-DẪN")
        }
        MailError::Template { file, line, excerpt, fault } => template(file, *line, excerpt.as_deref(), fault),
        MailError::DkimKey(error) => Message::new(format!("không dùng được khóa DKIM: {}", dkim(error)))
            .hint("tạo khóa: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out dkim.pem"),
        MailError::NotAMessage { detail } => Message::new(format!("không lập được thư ({detail})")),
    }
}

const LOOK_AT_SERVER: &str = "xem lại tên và cổng của máy chủ, và mạng";

/// More messages weigh too much than the server takes.
pub(super) fn too_large(limit: u64) -> Message {
    let limit = size(limit, Lang::Vi);
    Message::new(format!("máy chủ cho biết không nhận thư quá {limit}, mà thư này nặng hơn"))
        .hint("làm PDF nhỏ lại: max_size dưới [pdf] trong issue.toml; thư nặng bằng khoảng 1,37 lần tệp PDF")
}

/// An address that looks like a slip.
pub(super) fn doubt(address: &str, meant: &str) -> Message {
    Message::new(format!("“{address}” có vẻ gõ nhầm")).hint(format!("có phải ý bạn là “{meant}”?"))
}

/// An address that is there twice.
pub(super) fn twice(address: &str, first: &str) -> Message {
    Message::new(format!("“{address}” có hai lần; người đó nhận một thư")).hint(format!("lần đầu: {first}"))
}

fn address(text: &str, bad: &BadAddress) -> Message {
    let BadAddress { error, meant } = bad;
    let text = super::super::shortened(text);
    let message = Message::new(format!("“{text}” không phải địa chỉ thư điện tử: {}", why(error)));
    message.hint_if(meant.as_ref().map(|meant| format!("có phải ý bạn là “{meant}”?")))
}

fn why(error: &AddressError) -> String {
    match error {
        AddressError::Empty => "để trống".to_owned(),
        AddressError::NoAt => "thiếu @".to_owned(),
        AddressError::WideAt => "có dấu ＠ rộng thay cho @".to_owned(),
        AddressError::SeveralAts => "có hơn một dấu @".to_owned(),
        AddressError::SeveralAddresses => "ở đây có hơn một địa chỉ".to_owned(),
        AddressError::Blank => "có khoảng trắng ở giữa".to_owned(),
        AddressError::Control => "có dấu xuống dòng hoặc ký tự điều khiển ở trong".to_owned(),
        AddressError::Invisible(c) => format!("có ký tự không nhìn thấy ở trong (U+{:04X})", u32::from(*c)),
        AddressError::Brackets => "thiếu một trong hai dấu < >".to_owned(),
        AddressError::Quotes => "dấu ngoặc kép mở mà không đóng".to_owned(),
        AddressError::NoLocalPart => "không có gì trước @".to_owned(),
        AddressError::LocalPartNotAscii(c) => format!("“{c}” không thể đứng trước @"),
        AddressError::LocalPartTooLong { limit } => format!("phần trước @ dài quá {limit} ký tự"),
        AddressError::Dots => "dấu chấm đứng ở đầu, ở cuối, hoặc hai dấu liền nhau".to_owned(),
        AddressError::EndingMark(c) => format!("cuối địa chỉ có dấu “{c}”"),
        AddressError::NoDomain => "không có gì sau @".to_owned(),
        AddressError::NoDot => "sau @ không có dấu chấm".to_owned(),
        AddressError::Ending(ending) => format!("không tên miền nào tận cùng là “{ending}”"),
        AddressError::Character(c) => format!("“{c}” không thể đứng ở đó"),
        AddressError::DomainRefused => "không thể có tên miền như vậy".to_owned(),
        AddressError::LabelTooLong { limit } => format!("một phần của tên miền dài quá {limit} ký tự"),
        AddressError::TooLong { limit } => format!("dài quá {limit} ký tự"),
        AddressError::Name(RecipientNameError::Control) => {
            "tên có dấu xuống dòng hoặc ký tự điều khiển ở trong".to_owned()
        }
        AddressError::Name(RecipientNameError::TooLong { limit }) => format!("tên dài quá {limit} ký tự"),
        AddressError::Name(RecipientNameError::Damaged) => {
            "tên bị mất chữ khi lưu danh sách: lưu lại theo kiểu “CSV UTF-8”".to_owned()
        }
    }
}

fn template(file: &str, line: Option<usize>, excerpt: Option<&str>, fault: &TemplateFault) -> Message {
    let why = match fault {
        TemplateFault::Syntax { message } => format!("không đọc được ({message})"),
        TemplateFault::Refused { what } => format!("“{what}” không có trong ngôn ngữ của mẫu thư"),
        TemplateFault::UnknownName => "đòi một thứ mà thư không có".to_owned(),
        TemplateFault::SourceTooLarge { most } => format!("dài quá {}", size(*most as u64, Lang::Vi)),
        TemplateFault::TooManySteps => "làm quá lâu".to_owned(),
        TemplateFault::OutputTooLarge { most } => format!("làm ra hơn {}", size(*most as u64, Lang::Vi)),
        TemplateFault::Failed { message } => format!("không chạy được ({message})"),
    };
    let place = line.map(|line| format!(", dòng {line}")).unwrap_or_default();
    let message = Message::new(format!("mẫu thư “{file}”{place}: {why}"));
    let message = message.hint_if(excerpt.filter(|text| !text.is_empty()).map(|text| format!("ở đó ghi: {text}")));
    message.hint("layouts/README.vi.md cho biết mẫu thư được dùng những gì")
}

fn dkim(error: &DkimKeyError) -> String {
    match error {
        DkimKeyError::NotPem => "tệp không có dòng “-----BEGIN PRIVATE KEY-----”".to_owned(),
        DkimKeyError::Encrypted => "khóa bị khóa bằng mật khẩu".to_owned(),
        DkimKeyError::PublicKey => "đây là khóa công khai, để ghi vào DNS".to_owned(),
        DkimKeyError::Certificate => "đây là chứng thư".to_owned(),
        DkimKeyError::OpenSsh => "đây là khóa SSH".to_owned(),
        DkimKeyError::EllipticCurve => "DKIM không dùng khóa đường cong elip nào ngoài Ed25519".to_owned(),
        DkimKeyError::OtherKind => "DKIM không dùng loại khóa này".to_owned(),
        DkimKeyError::TooShort { bits, least } => format!("{bits} bit là quá ngắn, cần ít nhất {least}"),
        DkimKeyError::TooLong { bits, most } => format!("{bits} bit là quá dài, nhiều nhất {most}"),
        DkimKeyError::Damaged => "tệp hỏng".to_owned(),
        DkimKeyError::Refused(detail) => detail.clone(),
        DkimKeyError::Domain(error) => format!("về tên miền, {}", why(error)),
        DkimKeyError::Selector => "selector chỉ gồm chữ cái, chữ số, gạch nối và dấu chấm".to_owned(),
    }
}

/// What is wrong in a list.
fn list(error: &ListError) -> Message {
    match error {
        ListError::Address { text, error } => address(text, error),
        ListError::Name { text, error } => {
            let error = AddressError::Name(*error);
            Message::new(format!("tên “{}” không dùng được: {}", super::super::shortened(text), why(&error)))
        }
        ListError::Workbook => Message::new("đây là bảng tính, không phải danh sách").hint(AS_CSV),
        ListError::NotAList(Some(kind)) => {
            Message::new(format!("đây không phải danh sách, có vẻ là tệp {kind}")).hint(AS_CSV)
        }
        ListError::NotAList(None) => Message::new("đây không phải danh sách").hint(AS_CSV),
        ListError::NotUtf8 => Message::new("danh sách không lưu bằng UTF-8, chữ có dấu sẽ bị mất").hint(AS_CSV),
        ListError::TooLarge { limit } => Message::new(format!("danh sách nặng quá {}", size(*limit as u64, Lang::Vi))),
        ListError::TooMany { limit } => Message::new(format!("danh sách có hơn {limit} địa chỉ")),
        ListError::Empty => Message::new("danh sách không có địa chỉ nào"),
        ListError::NoRows => Message::new("dưới dòng tiêu đề, danh sách không có địa chỉ nào"),
        ListError::NoEmailColumn { columns, header } => {
            let message = Message::new(format!("không có cột nào tên “email”; các cột là: {}", columns.join(", ")));
            message
                .hint("ghi email ở dòng đầu, trên các địa chỉ")
                .hint_if(header.map(|line| format!("dòng {line} có vẻ là dòng tiêu đề: xóa các dòng phía trên")))
        }
        ListError::SeveralEmailColumns { columns } => {
            Message::new(format!("có hơn một cột địa chỉ: {}", columns.join(", ")))
                .hint("để một cột tên email, các cột khác đặt tên khác")
        }
        ListError::NoHeader => {
            Message::new("bảng không có dòng tiêu đề").hint("thêm dòng đầu ghi tên các cột, ví dụ: email,name")
        }
        ListError::NoAddress { row } => {
            Message::new(format!("dòng này không có địa chỉ: “{}”", super::super::shortened(row)))
                .hint("ghi địa chỉ vào, hoặc xóa dòng này")
        }
        ListError::TooManyCells { columns } => {
            Message::new(format!("dòng này có nhiều ô hơn dòng tiêu đề, vốn có {columns} ô"))
                .hint("đặt dấu ngoặc kép quanh ô có dấu phẩy")
        }
        ListError::UnclosedQuote => Message::new("dấu ngoặc kép mở ở đây mà không đóng"),
        ListError::TextAfterQuote => Message::new("có chữ sau dấu ngoặc kép đóng ô"),
        ListError::LettersLost { text, rows } => {
            Message::new(format!("chữ bị mất khi lưu danh sách, ở {rows} dòng: “{}”", super::super::shortened(text)))
                .hint(AS_CSV)
        }
        ListError::More { count } => Message::new(format!("và {count} chỗ nữa như vậy")),
    }
}

/// How a list is saved.
const AS_CSV: &str = "trong Excel: Tệp, Lưu dưới dạng, chọn kiểu “CSV UTF-8”";
