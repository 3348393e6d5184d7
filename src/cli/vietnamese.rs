//! The help and the usage errors in Vietnamese: clap itself speaks English alone.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// The command line with every word in Vietnamese.
pub fn localise(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let usage = usage(&name);
    let has_subcommands = command.has_subcommands();
    let mut command = command
        .about(about(&name))
        .long_about(about(&name))
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .disable_help_flag(true)
        .mut_args(|arg| {
            let help = help(arg.get_id().as_str());
            let heading = if arg.is_positional() { "Tham số" } else { "Tùy chọn" };
            let arg = arg.help(help).long_help(help).help_heading(heading);
            let takes_value = arg.get_action().takes_values();
            let arg = match value_name(arg.get_id().as_str()) {
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
                .help(help("help"))
                .help_heading("Tùy chọn")
                .global(false),
        );
    if has_subcommands {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(help("version"))
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
        "layouts" => "Liệt kê các mẫu trình bày và công dụng",
        "fonts" => "Liệt kê phông chữ: họ, kiểu, đủ chữ tiếng Việt hay không",
        "schema" => "In JSON Schema của issue.toml (manifest) hoặc phần đầu bài (article), để trình soạn thảo gợi ý",
        "completions" => "In phần gợi ý lệnh cho shell",
        _ => "",
    }
}

fn usage(command: &str) -> &'static str {
    match command {
        "bantin" => "bantin [TÙY CHỌN] LỆNH",
        "build" => "bantin build [TÙY CHỌN] SỐ...",
        "check" => "bantin check [TÙY CHỌN] SỐ...",
        "export" => "bantin export [TÙY CHỌN] SỐ -o THƯ-MỤC",
        "extract" => "bantin extract TỆP.pdf -o THƯ-MỤC",
        "verify" => "bantin verify TỆP.pdf [--against SỐ]",
        "new" => "bantin new [TÙY CHỌN] THƯ-MỤC",
        "layouts" => "bantin layouts [TÙY CHỌN]",
        "fonts" => "bantin fonts [TÙY CHỌN]",
        "schema" => "bantin schema manifest|article",
        "completions" => "bantin completions SHELL",
        _ => "",
    }
}

/// What an argument is for; the last is for none.
fn help(argument: &str) -> &'static str {
    match argument {
        "format" => "Cách ghi lỗi: human (cho người đọc, mặc định) hoặc json (mỗi dòng một đối tượng)",
        "lang" => "Ngôn ngữ của thông báo và hướng dẫn: vi hoặc en [mặc định: theo máy, nếu không thì tiếng Anh]",
        "color" => "Tô màu: auto (mặc định), always (luôn luôn) hoặc never (không)",
        "quiet" => "Chỉ báo lỗi",
        "verbose" => "Hiện cả các cảnh báo",
        "issues" => "Thư mục của số báo, hoặc tệp issue.toml trong đó",
        "issue" => "Thư mục của số báo, hoặc tệp issue.toml trong đó",
        "output" => "Nơi ghi kết quả: tệp PDF hoặc thư mục; nhiều số thì phải là thư mục",
        "profile" => "PDF để làm gì: email (gửi thư, mặc định), print (in), archive (lưu trữ)",
        "layout" => "Mẫu trình bày dùng thay cho mẫu ghi trong issue.toml",
        "max_size" => "Dung lượng tối đa của PDF gửi thư, ví dụ \"7 MB\"",
        "no_cache" => "Xử lý lại mọi ảnh từ đầu",
        "force" => "Dựng lại tất cả, kể cả những số không có gì thay đổi",
        "jobs" => "Số nhân máy được dùng [mặc định: tất cả]",
        "fix" => "Sửa ngay trong tệp những chỗ sửa được an toàn, và báo đã sửa gì",
        "deny" => "warnings: có cảnh báo thì coi như lỗi",
        "folder" => "Thư mục cần tạo; nếu không có --from thì tên như 2026-11 cho biết tháng",
        "from" => "Số cũ để lấy măng-sét, mẫu trình bày và chuyên mục; số và tháng tăng thêm một",
        "file" => "Tệp PDF lưu trữ",
        "against" => "Dựng số này để so, thay cho nguồn nằm trong PDF",
        "subject" => "manifest (issue.toml) hoặc article (phần đầu bài)",
        "shell" => "bash, zsh, fish, powershell hoặc elvish",
        "help" => "In hướng dẫn này",
        "version" => "In phiên bản",
        _ => "",
    }
}

/// What stands for the value of an argument.
fn value_name(argument: &str) -> Option<&'static str> {
    Some(match argument {
        "issues" | "issue" | "from" | "against" => "SỐ",
        "output" => "NƠI",
        "file" => "TỆP",
        "folder" => "THƯ-MỤC",
        "layout" => "TÊN",
        "max_size" => "CỠ",
        _ => return None,
    })
}

/// What is wrong with what was typed; `None` for what is no error, such as help.
pub fn usage_error(error: &Error) -> Option<String> {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = said(ContextKind::InvalidArg).unwrap_or_default();
    let value = said(ContextKind::InvalidValue).unwrap_or_default();
    let text = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return None;
        }
        ErrorKind::UnknownArgument => format!("không có tùy chọn “{argument}”"),
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh “{}”", said(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("còn thiếu: {argument}"),
        ErrorKind::MissingSubcommand => "chưa ghi lệnh".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} cần một giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("giá trị “{value}” không dùng được cho {argument}")
        }
        ErrorKind::ArgumentConflict => format!("{argument} ghi hai lần, hoặc không đi cùng tùy chọn khác"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("{argument} có số giá trị không đúng")
        }
        _ => "lệnh ghi không đúng".to_owned(),
    };
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let nearest = kinds.into_iter().find_map(said).filter(|nearest| !nearest.is_empty());
    let choices = said(ContextKind::ValidValue).filter(|choices| !choices.is_empty());
    let mut lines = format!("lỗi: {text}\n");
    if let Some(nearest) = nearest {
        lines.push_str(&format!("\n  gợi ý: có phải ý bạn là “{nearest}”?\n"));
    } else if let Some(choices) = choices {
        lines.push_str(&format!("\n  gợi ý: chọn một trong: {choices}\n"));
    }
    Some(lines + "\nXem hướng dẫn: bantin --help\n")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn nothing_lacks_vietnamese() {
        fn check(command: &Command) {
            let name = command.get_name();
            assert!(!about(name).is_empty() && !usage(name).is_empty(), "{name}");
            for argument in command.get_arguments() {
                assert!(!help(argument.get_id().as_str()).is_empty(), "{name} {}", argument.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        let mut command = crate::Cli::command();
        command.build();
        check(&command);
        localise(crate::Cli::command()).debug_assert();
    }
}
