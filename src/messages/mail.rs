//! What is said while an issue is mailed, in both languages.

use super::{Lang, size};
use crate::terminal::MailCounts;

/// What is about to be done: how many messages, how heavy the largest is, who writes.
pub fn mailing(messages: usize, bytes: u64, from: &str, lang: Lang) -> String {
    let size = size(bytes, lang);
    match lang {
        Lang::Vi => format!("{messages} thư, mỗi thư {size} kể cả phần mã hóa để gửi, từ {from}"),
        Lang::En if messages == 1 => format!("1 message of {size} as it is sent, from {from}"),
        Lang::En => format!("{messages} messages of {size} each as they are sent, from {from}"),
    }
}

/// What became of a message.
pub fn mailed(to: &str, status: &str, code: Option<u16>, words: &str, is_earlier: bool, lang: Lang) -> String {
    let what = match (status, lang) {
        ("sent", Lang::Vi) => "đã gửi",
        ("sent", Lang::En) => "sent",
        ("written", Lang::Vi) => "đã ghi",
        ("written", Lang::En) => "written",
        ("planned", Lang::Vi) => "sẽ gửi",
        ("planned", Lang::En) => "to be sent",
        ("refused", Lang::Vi) => "máy chủ từ chối",
        ("refused", Lang::En) => "refused",
        ("deferred", Lang::Vi) => "chưa gửi được",
        ("deferred", Lang::En) => "not sent yet",
        (_, Lang::Vi) => "không rõ máy chủ đã nhận chưa",
        (_, Lang::En) => "unknown whether the server has taken it",
    };
    let earlier = match lang {
        _ if !is_earlier => "",
        Lang::Vi => " từ lần trước",
        Lang::En => " by an earlier run",
    };
    let code = code.map(|code| format!("{code} ")).unwrap_or_default();
    let words = words.strip_prefix(code.trim_end()).unwrap_or(words).trim_start_matches(['-', ' ']);
    let answer = format!("{code}{words}");
    let answer =
        if status == "sent" || answer.is_empty() { String::new() } else { format!(" ({})", answer.trim_end()) };
    format!("{to}: {what}{earlier}{answer}")
}

/// The lines at the end: the counts, and what to do about what was not sent.
pub fn mail_summary(counts: &MailCounts, lang: Lang) -> Vec<String> {
    let MailCounts { written, planned, sent, refused, deferred, unknown, earlier } = *counts;
    let words = match lang {
        Lang::Vi => ["đã ghi", "sẽ gửi", "đã gửi", "máy chủ từ chối", "chưa gửi được", "không rõ đã nhận chưa"],
        Lang::En => ["written", "to be sent", "sent", "refused", "not sent yet", "unknown"],
    };
    let of_earlier = match lang {
        _ if earlier == 0 => String::new(),
        Lang::Vi => format!(" ({earlier} từ lần trước)"),
        Lang::En => format!(" ({earlier} by an earlier run)"),
    };
    let more = ["", "", of_earlier.as_str(), "", "", ""];
    let counts = [written, planned, sent, refused, deferred, unknown].into_iter().zip(words).zip(more);
    let parts =
        counts.filter(|((count, _), _)| *count > 0).map(|((count, word), more)| format!("{count} {word}{more}"));
    let line = parts.collect::<Vec<_>>().join(", ");
    let mut lines = vec![line];
    if deferred > 0 {
        lines.push(match lang {
            Lang::Vi => "Chạy lại đúng lệnh này để gửi tiếp những thư chưa gửi được.".to_owned(),
            Lang::En => "Run the same command again to send what was not sent yet.".to_owned(),
        });
    }
    if refused > 0 {
        lines.push(match lang {
            Lang::Vi => {
                "Sửa chỗ bị từ chối (địa chỉ trong danh sách, hoặc cỡ PDF) rồi chạy lại; thử lại đúng địa chỉ đó: --retry-refused.".to_owned()
            }
            Lang::En => "Correct what was refused (the address, or the size of the PDF) and run it again; to try the same address: --retry-refused.".to_owned(),
        });
    }
    if unknown > 0 {
        lines.push(match lang {
            Lang::Vi => "Hỏi người nhận xem thư đã tới chưa; muốn gửi lại, dù có thể thành hai thư: --resend-unknown."
                .to_owned(),
            Lang::En => {
                "Ask whether those have arrived; to send them again, perhaps twice: --resend-unknown.".to_owned()
            }
        });
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Where an address stands that is in no file.
pub fn typed_address(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "ghi trong lệnh",
        Lang::En => "on the command line",
    }
}

/// The line when somebody has stopped it.
pub fn mail_stopped(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "Đã dừng sau thư đang gửi. Chạy lại đúng lệnh này để gửi tiếp.",
        Lang::En => "Stopped after the message in hand. Run the same command again to go on.",
    }
}

/// How fast messages go, and how long it will take: a minute's worth, and seconds.
pub fn mail_progress(per_minute: f64, seconds: u64, lang: Lang) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let left = match (minutes, lang) {
        (0, Lang::Vi) => format!("còn {rest} giây"),
        (0, Lang::En) => format!("{rest} s left"),
        (_, Lang::Vi) => format!("còn {} phút", minutes + 1),
        (_, Lang::En) => format!("{} min left", minutes + 1),
    };
    match lang {
        Lang::Vi => format!("Thư ({per_minute:.0}/phút, {left})"),
        Lang::En => format!("Messages ({per_minute:.0} a minute, {left})"),
    }
}
