//! The help and the usage errors in Vietnamese: clap itself speaks English alone.

use clap::{Arg, ArgAction, Command};

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// The command line with every word in Vietnamese.
pub(super) fn localise(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let usage = usage(&name);
    let has_subcommands = command.has_subcommands();
    let mut command = command
        .about(about(&name))
        .long_about(format!("{}{}", about(&name), more(&name)))
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .disable_help_flag(true)
        .mut_args(|arg| {
            let help = help(&name, arg.get_id().as_str());
            let heading = if arg.is_positional() { "Tham số" } else { "Tùy chọn" };
            let arg = arg.help(help).long_help(help).help_heading(heading);
            let takes_value = arg.get_action().takes_values();
            let arg = match value_name(&name, arg.get_id().as_str()) {
                Some(name) => arg.value_name(name),
                None => arg,
            };
            if takes_value { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
        })
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(help(&name, "help"))
                .help_heading("Tùy chọn")
                .global(false),
        );
    if has_subcommands {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(help(&name, "version"))
                .help_heading("Tùy chọn"),
        );
    }
    command.mut_subcommands(localise)
}

/// What a command does; the last is for none.
fn about(command: &str) -> &'static str {
    match command {
        "bantin" => {
            "Dựng bản tin PDF từ một thư mục: tệp issue.toml, các bài Markdown và ảnh.\n\n\
             Bắt đầu bằng `bantin new so-moi`, rồi `bantin build so-moi`."
        }
        "build" => "Dựng tệp PDF của một hoặc nhiều số",
        "check" => "Soát lỗi một hoặc nhiều số, không dựng PDF",
        "export" => "Xuất các trang đã dàn thành tệp thường để dựng bằng typst",
        "extract" => "Lấy lại thư mục của số báo từ PDF lưu trữ",
        "verify" => "Cho biết PDF lưu trữ có đúng là tệp mà nguồn của nó dựng ra hôm nay không, khác thì khác gì",
        "new" => "Tạo một số mới, dựng được ngay",
        "import" => "Làm một số báo, hoặc thêm bài vào số báo, từ tệp Word, PDF cũ và tệp chữ",
        "watch" => "Xem số báo trong trình duyệt ngay khi đang soạn",
        "mail" => "Gửi số báo qua thư điện tử, hoặc ghi thư thành tệp",
        "layouts" => "Liệt kê các mẫu trình bày và công dụng, hoặc chép một mẫu ra để sửa",
        "fonts" => "Liệt kê phông chữ: họ, kiểu, đủ chữ tiếng Việt hay không",
        "schema" => "In JSON Schema của issue.toml (manifest) hoặc phần đầu bài (article), để trình soạn thảo gợi ý",
        "man" => "In trang hướng dẫn (man)",
        "completions" => "In phần gợi ý lệnh cho shell",
        "help" => "In hướng dẫn chung, hoặc hướng dẫn của một lệnh",
        _ => "",
    }
}

/// What else is to be known of a command.
fn more(command: &str) -> &'static str {
    match command {
        "build" | "export" => {
            "\n\nMẫu trình bày nằm trong số báo (thư mục layout) có thể do bất kỳ ai viết: nó chỉ đọc được các tệp của \
             số báo, và được dùng nhiều nhất 60 giây và 2 GB bộ nhớ; quá mức là lỗi layout-limit. Với mẫu mà bạn tin, \
             đặt biến BANTIN_LAYOUT_SECONDS và BANTIN_LAYOUT_MEMORY (byte) để cho thêm."
        }
        "import" => {
            "\n\nTự đọc được .docx, .odt, .pdf, .txt và .md; .doc và .rtf đọc bằng LibreOffice nếu máy có cài. Tệp là cả một \
             bản tin thì thành số báo có chuyên mục, bài và ảnh; nhiều tệp, hoặc một tệp là một bài, thì thành các bài. Chữ \
             gõ bằng phông TCVN3 (ABC) hoặc VNI được chuyển sang Unicode. Mỗi chữ đều có trong số báo hoặc được nêu tên là \
             đã bỏ ra ngoài; chỗ nào chỉ là phỏng đoán cũng được nêu ra."
        }
        "watch" => {
            "\n\nBàn làm việc: các trang đúng như sẽ in, những chỗ check tìm thấy, dung lượng PDF gửi thư. Mỗi lần lưu \
             là trang đổi theo. Chỉ mở được từ chính máy này.\n\nMẫu trình bày nằm trong số báo (thư mục layout) có thể \
             do bất kỳ ai viết: nó chỉ đọc được các tệp của số báo, và mỗi lần dàn trang được dùng nhiều nhất 60 giây và \
             2 GB bộ nhớ; quá mức là lỗi layout-limit, và bàn làm việc đóng lại."
        }
        "mail" => {
            "\n\nMỗi người nhận một thư riêng: phần chữ và HTML lập từ số báo, kèm tệp PDF. Mọi thư được lập xong, danh sách \
             được đọc và soát xong, rồi thư đầu tiên mới đi. Một tệp nhật ký ghi lại từng thư: lần gửi bị ngắt giữa chừng \
             thì chạy lại sẽ gửi tiếp, không ai nhận hai thư."
        }
        "man" => {
            "\n\nIn trang của bantin hoặc của một lệnh, hoặc với -o thì ghi trang của mọi lệnh bằng cả hai thứ tiếng vào một thư \
             mục. Đọc một trang: bantin man build | man -l -"
        }
        "verify" => {
            "\n\nTừng trang của tệp được so với trang mà nguồn của nó dựng ra: chữ, ảnh, số trang, thứ tự, và mọi thứ \
             nhìn thấy được nếu hai bên cùng một phiên bản bantin.\n\nMẫu trình bày nằm trong PDF có thể do bất kỳ ai \
             viết: nó chỉ đọc được các tệp của số báo, và được dùng nhiều nhất 60 giây và 2 GB bộ nhớ; quá mức là lỗi \
             layout-limit. Với mẫu mà bạn tin, đặt biến BANTIN_LAYOUT_SECONDS và BANTIN_LAYOUT_MEMORY (byte) để cho thêm."
        }
        _ => "",
    }
}

fn usage(command: &str) -> &'static str {
    match command {
        "bantin" => "bantin [TÙY CHỌN] LỆNH",
        "build" => "bantin build [TÙY CHỌN] SỐ...",
        "check" => "bantin check [TÙY CHỌN] SỐ...\n       bantin check --codes",
        "export" => "bantin export [TÙY CHỌN] SỐ -o THƯ-MỤC",
        "extract" => "bantin extract TỆP.pdf -o THƯ-MỤC",
        "verify" => "bantin verify TỆP.pdf [--against SỐ]",
        "new" => "bantin new [TÙY CHỌN] THƯ-MỤC",
        "import" => "bantin import [TÙY CHỌN] TỆP... -o THƯ-MỤC\n       bantin import TỆP... --into SỐ",
        "watch" => "bantin watch [TÙY CHỌN] SỐ",
        "mail" => {
            "bantin mail SỐ --to ĐỊA-CHỈ|DANH-SÁCH... --eml THƯ-MỤC\n       bantin mail SỐ --to ĐỊA-CHỈ|DANH-SÁCH... --send \
             smtps://TÊN@MÁY-CHỦ:CỔNG"
        }
        "man" => "bantin man [LỆNH]\n       bantin man -o THƯ-MỤC",
        "layouts" => "bantin layouts [--copy TÊN THƯ-MỤC]",
        "fonts" => "bantin fonts [TÙY CHỌN]",
        "schema" => "bantin schema manifest|article",
        "completions" => "bantin completions SHELL",
        "help" => "bantin help [LỆNH]",
        _ => "",
    }
}

/// What an argument of a command is for; empty where there is none. Those of all commands stand last.
fn help(command: &str, argument: &str) -> &'static str {
    match (command, argument) {
        ("build", "output") => {
            "Tệp PDF cần ghi, hoặc thư mục để đặt nó; nhiều số thì phải là thư mục [mặc định: TÊN.pdf ở thư mục này]"
        }
        ("build", "max_size") => "Dung lượng tối đa của PDF gửi thư, ví dụ \"7 MB\"",
        ("build", "force") => "Dựng lại tất cả, kể cả những số không có gì thay đổi",
        ("build", "jobs") => "Số nhân máy được dùng [mặc định: tất cả]",
        ("build", "profile") => "PDF để làm gì: email (gửi thư, mặc định), print (in), archive (lưu trữ)",
        ("export", "output") => "Thư mục để đặt các tệp: thư mục mới, trống, hoặc của lần xuất trước",
        ("export", "profile") => "Các trang để làm gì: email (gửi thư, mặc định), print (in), archive (lưu trữ)",
        ("build" | "export" | "mail", "layout") => "Mẫu trình bày dùng thay cho mẫu ghi trong issue.toml",
        ("build" | "export", "no_cache") => "Xử lý lại mọi ảnh từ đầu",
        ("build" | "check", "issues") | ("export" | "mail", "issue") => {
            "Thư mục của số báo, hoặc tệp issue.toml trong đó"
        }
        ("check", "fix") => "Sửa ngay trong tệp những chỗ sửa được an toàn, và báo đã sửa gì",
        ("check", "deny") => "warnings: có cảnh báo thì coi như lỗi",
        ("check", "codes") => "Liệt kê mọi mã: tìm gì, nặng nhẹ ra sao, --fix có sửa được không",
        ("extract", "output") => "Thư mục để đặt số báo: thư mục mới hoặc trống",
        ("extract" | "verify", "file") => "Tệp PDF lưu trữ",
        ("verify", "against") => "Dựng số này để so, thay cho nguồn nằm trong PDF",
        ("new", "folder") => "Thư mục cần tạo; tên như 2026-11 cho biết tháng",
        ("new", "from") => "Số cũ để lấy măng-sét, mẫu trình bày và chuyên mục; số và tháng tăng thêm một",
        ("man", "command") => "Lệnh cần xem [mặc định: tất cả]",
        ("man", "output") => "Thư mục để đặt các trang: thư mục mới hoặc trống",
        ("mail", "to") => "Người nhận: địa chỉ, tệp mỗi dòng một địa chỉ, hoặc tệp CSV có cột \"email\"",
        ("mail", "from") => "Người gửi, ví dụ \"Tên <địa chỉ>\" [mặc định: như issue.toml ghi]",
        ("mail", "reply_to") => "Địa chỉ nhận thư trả lời [mặc định: như issue.toml ghi]",
        ("mail", "subject") => {
            "Tiêu đề thư; {number}, {month}, {year} được thay bằng số, tháng, năm của số báo [mặc định: như issue.toml ghi]"
        }
        ("mail", "eml") => "Ghi mỗi người nhận một tệp .eml vào thư mục này",
        ("mail", "send") => {
            "Gửi qua máy chủ này: smtps://TÊN@MÁY-CHỦ:CỔNG, hoặc smtp://TÊN@MÁY-CHỦ:CỔNG có STARTTLS; mật khẩu lấy từ \
             --password-file, không có thì từ biến BANTIN_SMTP_PASSWORD"
        }
        ("mail", "password_file") => "Tệp có mật khẩu ở dòng đầu",
        ("mail", "ca") => "Chứng thư (PEM) được tin thêm, ngoài những chứng thư của hệ thống",
        ("mail", "dry_run") => "Lập mọi thư và cho biết thư nào sẽ tới ai, không gửi và không ghi",
        ("mail", "test") => "Chỉ gửi một thư tới địa chỉ này để xem thử; danh sách vẫn được đọc và soát",
        ("mail", "rate") => "Số thư nhiều nhất trong một phút",
        ("mail", "per_connection") => "Số thư nhiều nhất qua một lần kết nối [mặc định: 50]",
        ("mail", "retries") => "Số lần thử lại một thư mà máy chủ chưa nhận [mặc định: 5]",
        ("mail", "retry_pause") => {
            "Số giây chờ trước lần thử lại đầu tiên; mỗi lần sau chờ gấp ba, nhiều nhất mười phút [mặc định: 1]"
        }
        ("mail", "journal") => "Tệp nhật ký gửi thư [mặc định: TÊN.mail.jsonl trong thư mục này]",
        ("mail", "resend_unknown") => "Gửi lại cả những thư mà có thể máy chủ đã nhận",
        ("mail", "retry_refused") => "Gửi lại cả những thư mà máy chủ đã từ chối",
        ("mail", "dkim_key") => "Ký DKIM bằng khóa riêng này (PEM)",
        ("mail", "dkim_selector") => "Selector của khóa công khai trong DNS",
        ("mail", "dkim_domain") => "Tên miền của khóa [mặc định: của người gửi]",
        ("import", "sources") => "Các tệp cần nhập, theo thứ tự in",
        ("import", "output") => "Thư mục cho số báo mới: thư mục mới hoặc trống",
        ("import", "into") => "Thêm các bài vào số báo này; không tệp nào của nó bị ghi đè",
        ("import", "date") => "Ngày hoặc tháng phát hành, ví dụ 2021-12-28 hoặc 2021-12 [mặc định: như tệp ghi]",
        ("import", "number") => "Số của bản tin [mặc định: như tệp ghi]",
        ("import", "layout") => "Mẫu trình bày của số báo mới",
        ("watch", "issue") => "Thư mục của số báo, hoặc tệp issue.toml trong đó",
        ("watch", "port") => "Cổng để mở [mặc định: một cổng còn trống]",
        ("watch", "no_open") => "Không mở trình duyệt",
        ("watch", "poll") => "Tự dò thay đổi theo chu kỳ: dùng cho ổ mạng, vốn không báo khi tệp đổi",
        ("watch", "editor") => "Lệnh mở tệp tại chỗ bấm, ví dụ \"code -g {file}:{line}\" [mặc định: $VISUAL]",
        ("watch", "layout") => "Mẫu trình bày dùng thay cho mẫu ghi trong issue.toml",
        ("layouts", "copy") => {
            "Ghi các tệp của một mẫu, cùng thư viện của nó, vào một thư mục mới hoặc trống: layouts/TÊN-MỚI cạnh issues/ \
             là mẫu dùng chung, layout/ trong một số báo là mẫu của riêng số ấy"
        }
        ("schema", "subject") => "manifest (issue.toml) hoặc article (phần đầu bài)",
        ("completions", "shell") => "bash, zsh, fish, powershell hoặc elvish",
        ("help", "topic") => "Lệnh cần xem hướng dẫn; không ghi thì in hướng dẫn chung",
        (_, "format") => "Cách ghi lỗi: human (cho người đọc, mặc định) hoặc json (mỗi dòng một đối tượng)",
        (_, "lang") => "Ngôn ngữ của thông báo và hướng dẫn: vi hoặc en [mặc định: theo máy, nếu không thì tiếng Anh]",
        (_, "color") => "Tô màu: auto (mặc định), always (luôn luôn) hoặc never (không)",
        (_, "quiet") => "Chỉ báo lỗi",
        (_, "verbose") => "Hiện cả các cảnh báo",
        (_, "help") => "In hướng dẫn này",
        (_, "version") => "In phiên bản",
        _ => "",
    }
}

/// What stands for the value of an argument of a command.
fn value_name(command: &str, argument: &str) -> Option<&'static str> {
    Some(match (command, argument) {
        ("build" | "check", "issues")
        | ("export" | "mail" | "watch", "issue")
        | ("new", "from")
        | ("verify", "against") => "SỐ",
        ("build", "output") => "NƠI",
        ("export" | "extract" | "import", "output") | ("new", "folder") => "THƯ-MỤC",
        ("extract" | "verify", "file") | ("import", "sources") => "TỆP",
        ("import", "into") => "SỐ",
        ("mail", "to") => "ĐỊA-CHỈ|DANH-SÁCH",
        ("mail", "from" | "reply_to" | "test") => "ĐỊA-CHỈ",
        ("man", "command") => "LỆNH",
        ("man", "output") => "THƯ-MỤC",
        ("mail", "subject") => "CHỮ",
        ("mail", "eml") => "THƯ-MỤC",
        ("mail", "password_file" | "ca" | "journal" | "dkim_key") => "TỆP",
        ("mail", "retry_pause") => "GIÂY",
        ("mail", "dkim_domain") => "TÊN-MIỀN",
        ("import", "date") => "NGÀY",
        ("import", "number") => "SỐ-HIỆU",
        ("help", "topic") => "LỆNH",
        ("build" | "export" | "import" | "mail" | "watch", "layout") => "TÊN",
        ("watch", "editor") => "LỆNH",
        ("build", "max_size") => "CỠ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_lacks_vietnamese() {
        fn check(command: &Command) {
            let name = command.get_name();
            assert!(!about(name).is_empty() && !usage(name).is_empty(), "{name}");
            for argument in command.get_arguments() {
                assert!(!help(name, argument.get_id().as_str()).is_empty(), "{name} {}", argument.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        let mut command = crate::cli::command();
        command.build();
        check(&command);
        localise(crate::cli::command()).debug_assert();
    }
}
