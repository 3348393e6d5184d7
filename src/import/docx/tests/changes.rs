//! Tracked changes, hidden text, comments, running heads.

use super::sample::{Sample, left_out, lines, paragraph, run};
use crate::import::document::Reason;

fn deleted(text: &str) -> String {
    format!("<w:del w:id='1'><w:r><w:delText xml:space='preserve'>{text}</w:delText></w:r></w:del>")
}

#[test]
fn changes_are_taken_as_accepted() {
    let body = format!(
        "<w:p>{}{}<w:ins w:id='2'>{}</w:ins><w:moveTo w:id='3'>{}</w:moveTo><w:moveFrom w:id='4'>{}</w:moveFrom></w:p>",
        run("Ban hành "),
        deleted("quyết định"),
        run("nghị quyết"),
        run(" mới"),
        run("mới")
    );
    let document = Sample::new(&body).read();
    assert_eq!(lines(&document.blocks), ["Ban hành nghị quyết mới"]);
    assert_eq!(left_out(&document), [(Reason::Deleted, "quyết định mới")]);
}

#[test]
fn a_mark_that_is_struck_off_joins_paragraphs() {
    let mark = "<w:pPr><w:jc w:val='center'/><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>";
    let body = format!(
        "<w:p>{mark}{}</w:p><w:p>{mark}{}</w:p>{}<w:p>{mark}{}</w:p>",
        run("Hội nghị "),
        deleted("sơ kết"),
        paragraph("tổng kết"),
        run("hết")
    );
    let document = Sample::new(&body).read();
    assert_eq!(lines(&document.blocks), ["Hội nghị tổng kết", "hết"]);
    assert_eq!(left_out(&document), [(Reason::Deleted, "sơ kết")]);
}

#[test]
fn paragraphs_that_are_struck_off_whole_are_gone() {
    let body = format!("<w:del w:id='1'>{}</w:del><w:p>{}</w:p>{}", paragraph("cũ"), deleted("bỏ"), paragraph("mới"));
    let document = Sample::new(&body).read();
    assert_eq!(lines(&document.blocks), ["mới"]);
    assert_eq!(left_out(&document), [(Reason::Deleted, "cũ"), (Reason::Deleted, "bỏ")]);
}

#[test]
fn rows_and_cells_that_are_struck_off_are_gone() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{}</w:tr></w:tbl>",
        cell("", "giữ"),
        cell("<w:cellDel w:id='2'/>", "bỏ"),
        cell("", "xóa")
    );
    let document = Sample::new(&body).read();
    assert_eq!(lines(&document.blocks), ["|giữ|"]);
    assert_eq!(left_out(&document), [(Reason::Deleted, "bỏ"), (Reason::Deleted, "xóa")]);
}

#[test]
fn hidden_text_is_left_out() {
    let hidden = run("ẩn").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>");
    let body = format!("<w:p>{}{hidden}{}</w:p><w:p>{hidden}</w:p><w:p/>", run("trước "), run("sau"));
    let document = Sample::new(&body).read();
    assert_eq!(lines(&document.blocks), ["trước sau", ""]);
    assert_eq!(left_out(&document), [(Reason::Deleted, "ẩn"), (Reason::Deleted, "ẩn")]);
}

#[test]
fn comments_are_left_out() {
    let comment = format!("<w:comment w:id='0'>{}</w:comment>", paragraph("Kiểm tra lại số liệu."));
    let body = format!("<w:p>{}<w:r><w:commentReference w:id='0'/></w:r></w:p>", run("1.250 hồ sơ"));
    let document = Sample::new(&body).xml("c", "comments", "w:comments", &comment).read();
    assert_eq!(lines(&document.blocks), ["1.250 hồ sơ"]);
    assert_eq!(left_out(&document), [(Reason::Comment, "Kiểm tra lại số liệu.")]);
}

#[test]
fn running_heads_are_left_out_once() {
    let page = |result: &str| format!("<w:fldSimple w:instr='PAGE'>{}</w:fldSimple>", run(result));
    let head = paragraph("Bản tin Cải cách hành chính");
    let foot = format!("<w:p>{}{}</w:p>", run("Trang "), page("3"));
    let document = Sample::new(&paragraph("Tin"))
        .xml("h1", "header", "w:hdr", &head)
        .xml("h2", "header", "w:hdr", &head)
        .xml("f1", "footer", "w:ftr", &foot)
        .xml("f2", "footer", "w:ftr", &format!("<w:p>{}{}</w:p>", run("Số tháng Chín – trang "), page("4")))
        .xml("f3", "footer", "w:ftr", &paragraph("- 5 -"))
        .read();
    assert_eq!(lines(&document.blocks), ["Tin"]);
    assert_eq!(
        left_out(&document),
        [
            (Reason::RunningHead, "Bản tin Cải cách hành chính"),
            (Reason::Folio, "Trang 3"),
            (Reason::RunningHead, "Số tháng Chín – trang 4"),
            (Reason::Folio, "- 5 -"),
        ]
    );
}
