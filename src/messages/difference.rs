//! What `verify` finds, in words.

use super::Lang;
use crate::lock::Difference;

/// What differs between an archive and what is built today.
pub fn difference(difference: &Difference, lang: Lang) -> String {
    match (lang, difference) {
        (Lang::Vi, Difference::Changed(path)) => format!("tệp “{path}” đã khác"),
        (Lang::En, Difference::Changed(path)) => format!("the file “{path}” is another"),
        (Lang::Vi, Difference::Missing(path)) => format!("tệp “{path}” không còn"),
        (Lang::En, Difference::Missing(path)) => format!("the file “{path}” is gone"),
        (Lang::Vi, Difference::Added(path)) => format!("tệp “{path}” mới thêm"),
        (Lang::En, Difference::Added(path)) => format!("the file “{path}” is new"),
        (Lang::Vi, Difference::Layout) => "mẫu trình bày đã khác".to_owned(),
        (Lang::En, Difference::Layout) => "the layout is another".to_owned(),
        (Lang::Vi, Difference::Font(name)) => format!("phông chữ “{name}” đã khác hoặc không còn"),
        (Lang::En, Difference::Font(name)) => format!("the font “{name}” is another, or gone"),
        (Lang::Vi, Difference::Tool(versions)) => format!("PDF dựng bằng {versions}"),
        (Lang::En, Difference::Tool(versions)) => format!("the PDF was built with {versions}"),
        (Lang::Vi, Difference::Pages(then, now)) => format!("trước {then} trang, nay {now} trang"),
        (Lang::En, Difference::Pages(then, now)) => format!("{then} pages then, {now} now"),
        (Lang::Vi, Difference::Text(path)) => format!("bài “{path}” in ra đã khác"),
        (Lang::En, Difference::Text(path)) => format!("the article “{path}” reads otherwise"),
        (Lang::Vi, Difference::Page(path, then, now)) => {
            format!("bài “{path}” trước ở trang {then}, nay ở trang {now}")
        }
        (Lang::En, Difference::Page(path, then, now)) => {
            format!("the article “{path}” was on page {then}, is on {now}")
        }
        (Lang::Vi, Difference::NoLock) => "PDF không ghi nó được dựng từ gì".to_owned(),
        (Lang::En, Difference::NoLock) => "the PDF does not say what it was made of".to_owned(),
        (Lang::Vi, Difference::PageRemoved(page)) => format!("trang {page} đã bị lấy đi"),
        (Lang::En, Difference::PageRemoved(page)) => format!("page {page} was taken out"),
        (Lang::Vi, Difference::PageAdded(page)) => format!("trang {page} bị thêm vào, không có trong nguồn"),
        (Lang::En, Difference::PageAdded(page)) => format!("page {page} was added: the source does not have it"),
        (Lang::Vi, Difference::PageMoved(is, belongs)) => format!("trang {is} lẽ ra phải là trang {belongs}"),
        (Lang::En, Difference::PageMoved(is, belongs)) => format!("page {is} was moved: it belongs on page {belongs}"),
        (Lang::Vi, Difference::PageText(page)) => format!("trang {page}: chữ đã khác"),
        (Lang::En, Difference::PageText(page)) => format!("page {page}: the text is another"),
        (Lang::Vi, Difference::PagePicture(page)) => format!("trang {page}: ảnh đã khác"),
        (Lang::En, Difference::PagePicture(page)) => format!("page {page}: a picture is another"),
        (Lang::Vi, Difference::PageLook(page)) => {
            format!(
                "trang {page}: hình thức đã bị sửa (bị che, đổi màu, đổi nét chữ, xoay hoặc cắt), dù chữ và ảnh vẫn đủ"
            )
        }
        (Lang::En, Difference::PageLook(page)) => format!(
            "page {page}: it was made to look otherwise (covered, recoloured, other letter shapes, turned or cropped), \
             though text and pictures are there"
        ),
        (Lang::Vi, Difference::PageLink(page)) => format!("trang {page}: một liên kết đã khác"),
        (Lang::En, Difference::PageLink(page)) => format!("page {page}: a link is another"),
        (Lang::Vi, Difference::PageNote(page)) => format!("trang {page}: bị thêm ghi chú, con dấu hoặc ô điền đè lên"),
        (Lang::En, Difference::PageNote(page)) => format!("page {page}: a note, a stamp or a field was put on it"),
        (Lang::Vi, Difference::LookUnknown) => {
            "chỉ so được chữ và ảnh; không biết các trang có bị che hay đổi nét chữ không".to_owned()
        }
        (Lang::En, Difference::LookUnknown) => {
            "only text and pictures were compared: whether something covers or disguises them cannot be told".to_owned()
        }
        (Lang::Vi, Difference::AttachmentChanged(path)) => format!("tệp đính kèm “{path}” đã bị sửa"),
        (Lang::En, Difference::AttachmentChanged(path)) => format!("the attached file “{path}” was altered"),
        (Lang::Vi, Difference::AttachmentAdded(path)) => format!("tệp đính kèm “{path}” bị thêm vào"),
        (Lang::En, Difference::AttachmentAdded(path)) => format!("the attached file “{path}” was added"),
        (Lang::Vi, Difference::AttachmentMissing(path)) => format!("tệp đính kèm “{path}” không còn"),
        (Lang::En, Difference::AttachmentMissing(path)) => format!("the attached file “{path}” is gone"),
        (_, Difference::Document(part)) => document_part(part, lang),
        (Lang::Vi, Difference::Update(count)) => format!("tệp đã bị ghi thêm {count} lần sau khi dựng"),
        (Lang::En, Difference::Update(1)) => "the file was added to after it was built".to_owned(),
        (Lang::En, Difference::Update(count)) => format!("the file was added to {count} times after it was built"),
        (Lang::Vi, Difference::Appended) => "sau phần cuối của tệp còn có dữ liệu lạ".to_owned(),
        (Lang::En, Difference::Appended) => "there is something behind the end of the file".to_owned(),
        (Lang::Vi, Difference::Rewritten) => {
            "nội dung giống hệt, nhưng tệp đã được một chương trình khác ghi lại".to_owned()
        }
        (Lang::En, Difference::Rewritten) => "the same content, written anew by another program".to_owned(),
    }
}

/// What differs in what a document has besides its pages.
fn document_part(part: &str, lang: Lang) -> String {
    let (vi, en) = match part {
        "Metadata" | "Info/Title" | "Info/Author" | "Info/Keywords" | "Info/Creator" | "Info/CreationDate" => {
            ("thông tin tài liệu (tên, tác giả, ngày)", "the facts about the document (title, author, date)")
        }
        "Outlines" => ("mục lục bên cạnh (bookmark)", "the bookmarks"),
        "StructTreeRoot" => ("phần dành cho trình đọc màn hình", "what screen readers are told"),
        "PageLabels" => ("số trang hiển thị", "the page numbers that are shown"),
        "Names/Dests" => ("nơi các liên kết dẫn tới", "where links lead"),
        "OpenAction" | "AA" | "Names/JavaScript" => {
            ("việc tự chạy khi mở tệp", "what happens by itself when the file is opened")
        }
        "AcroForm" => ("ô điền", "form fields"),
        "OCProperties" => ("lớp ẩn hiện", "layers that can be hidden"),
        _ => ("một phần của tài liệu", "a part of the document"),
    };
    match lang {
        Lang::Vi => format!("{vi} đã bị sửa hoặc thêm vào ({part})"),
        Lang::En => format!("altered or added: {en} ({part})"),
    }
}
