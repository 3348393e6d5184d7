//! Text: runs, signs, breaks, fields, links, notes, formulas.

use super::sample::{Sample, left_out, lines, paragraph, paragraphs, run};
use crate::import::document::{DoubtKind, Inline, Reason, Role};

/// The text of a document with one paragraph of this content.
fn text(content: &str) -> String {
    let document = Sample::new(&format!("<w:p>{content}</w:p>")).read();
    lines(&document.blocks).join("¶")
}

/// The parts of a field in runs.
fn field(instruction: &str, result: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    format!("{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{separate}{result}{end}")
}

#[test]
fn runs_that_look_the_same_are_one() {
    let document = Sample::new(&format!(
        "<w:p>{}<w:proofErr w:type='spellStart'/>{}<w:r><w:rPr><w:b/></w:rPr><w:t>hành</w:t></w:r></w:p>",
        run("Thủ t"),
        run("ục ")
    ))
    .read();
    let texts: Vec<&str> = paragraphs(&document)[0]
        .inlines
        .iter()
        .map(|inline| if let Inline::Text(span) = inline { span.text.as_str() } else { "" })
        .collect();
    assert_eq!(texts, ["Thủ tục ", "hành"]);
}

#[test]
fn signs_of_their_own_are_text() {
    let signs = "<w:r><w:t>Một</w:t><w:tab/><w:t>cửa</w:t><w:br/><w:t>liên</w:t><w:cr/><w:t>thông</w:t>\
                 <w:noBreakHyphen/><w:softHyphen/><w:ptab w:alignment='right'/></w:r>";
    assert_eq!(text(signs), "Một\tcửa⏎liên⏎thông\u{2011}\u{AD}\t");
}

#[test]
fn spaces_at_the_ends_count_only_where_the_file_says_so() {
    assert_eq!(text("<w:r><w:t> hồ </w:t></w:r><w:r><w:t xml:space='preserve'> sơ </w:t></w:r>"), "hồ sơ ");
    assert_eq!(text("<w:r><w:t xml:space='preserve'>hồ\nsơ</w:t></w:r>"), "hồ sơ");
}

#[test]
fn symbols_become_letters() {
    let symbol = |font: &str, code: &str| format!("<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>");
    let signs = [
        ("Wingdings", "F0FC"),
        ("Symbol", "F0B7"),
        ("Symbol", "0061"),
        ("Times New Roman", "00E9"),
        (".VnTime", "F0AD"),
    ];
    let signs: String = signs.iter().map(|(font, code)| symbol(font, code)).collect();
    assert_eq!(text(&signs), "✓•αé\u{AD}");
    // The same codes in a text.
    assert_eq!(text("<w:r><w:rPr><w:rFonts w:hAnsi='Wingdings'/></w:rPr><w:t>\u{F0D8}</w:t></w:r>"), "➢");
    let document = Sample::new(&format!("<w:p>{}</w:p>", symbol("Wingdings", "F02D"))).read();
    assert_eq!(lines(&document.blocks), ["\u{FFFD}"]);
    assert_eq!(document.doubts.iter().map(|doubt| &doubt.kind).collect::<Vec<_>>(), [&DoubtKind::Signs]);
}

#[test]
fn unknown_elements_are_read_for_their_text() {
    let content = format!(
        "<w:smartTag><w:smartTagPr/>{}</w:smartTag><w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent>\
         </w:sdt><w:customXml>{}</w:customXml><w:bdo w:val='ltr'>{}</w:bdo><w:moi>{}</w:moi>",
        run("a"),
        run("b"),
        run("c"),
        run("d"),
        run("e")
    );
    assert_eq!(text(&content), "abcde");
}

#[test]
fn one_form_of_a_choice_is_read() {
    let choice = |first: &str, second: &str| {
        format!(
            "<mc:AlternateContent><mc:Choice>{first}</mc:Choice><mc:Fallback>{second}</mc:Fallback></mc:AlternateContent>"
        )
    };
    assert_eq!(text(&choice(&run("mới"), &run("mới"))), "mới");
    assert_eq!(text(&choice("<w:r/>", &run("cũ"))), "cũ");
    let blocks = choice(&paragraph("khối"), &paragraph("khối"));
    assert_eq!(lines(&Sample::new(&blocks).read().blocks), ["khối"]);
}

#[test]
fn ruby_follows_in_brackets() {
    let ruby =
        format!("<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", run("kinh"), run("京"));
    assert_eq!(text(&ruby), "京(kinh)");
}

#[test]
fn pages_and_columns_divide_paragraphs() {
    let page = "<w:r><w:br w:type='page'/></w:r>";
    let column = "<w:r><w:br w:type='column'/></w:r>";
    assert_eq!(text(&format!("{}{page}{}", run("một"), run("hai"))), "một¶---¶hai");
    assert_eq!(text(&format!("{}{column}{}", run("một"), run("hai"))), "một¶hai");
    // Only where there is something before and after, and once.
    let body = format!(
        "<w:p>{page}</w:p>{}<w:p>{page}</w:p><w:p><w:pPr><w:pageBreakBefore/></w:pPr>{}</w:p><w:p>{page}</w:p>",
        paragraph("một"),
        run("hai")
    );
    assert_eq!(lines(&Sample::new(&body).read().blocks), ["một", "---", "hai"]);
}

#[test]
fn sections_start_pages_by_what_the_next_one_says() {
    let section = |kind: &str| format!("<w:sectPr><w:type w:val='{kind}'/></w:sectPr>");
    let ends = |kind: &str| {
        let change = "<w:sectPrChange><w:sectPr><w:type w:val='continuous'/></w:sectPr></w:sectPrChange>";
        format!("<w:pPr>{}</w:pPr>", section(kind).replace("</w:sectPr>", &format!("{change}</w:sectPr>")))
    };
    let body = format!(
        "<w:p>{}{}</w:p><w:p>{}{}</w:p>{}{}",
        ends("nextPage"),
        run("một"),
        ends("continuous"),
        run("hai"),
        paragraph("ba"),
        section("nextPage")
    );
    assert_eq!(lines(&Sample::new(&body).read().blocks), ["một", "hai", "---", "ba"]);
}

#[test]
fn fields_give_their_result() {
    assert_eq!(text(&format!("{}{}", field(" DATE \\@ dd ", &run("21")), run(" tháng"))), "21 tháng");
    assert_eq!(text(&format!("<w:fldSimple w:instr='AUTHOR'>{}</w:fldSimple>", run("Lê Hoa"))), "Lê Hoa");
    // In each other.
    let nested = field(&format!("</w:instrText></w:r>{}<w:r><w:instrText>", field("X", &run("ẩn"))), &run("hiện"));
    let document = Sample::new(&format!("<w:p>{nested}</w:p>")).read();
    assert_eq!(lines(&document.blocks), ["hiện"]);
    assert_eq!(left_out(&document), [(Reason::Deleted, "ẩn")]);
}

#[test]
fn a_field_that_never_ends_hides_nothing() {
    let begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>";
    assert_eq!(text(&format!("{begin}{}{}", run("còn "), field("PAGE", &run("7")))), "còn 7");
    assert_eq!(text(&format!("{}<w:r><w:fldChar w:fldCharType='end'/></w:r>{}", run("a"), run("b"))), "ab");
}

#[test]
fn fields_without_a_result_print_what_they_say() {
    let bare =
        |instruction: &str| field(instruction, "").replace("<w:r><w:fldChar w:fldCharType='separate'/></w:r>", "");
    assert_eq!(text(&bare("SYMBOL 183 \\f \"Symbol\" \\s 11")), "•");
    assert_eq!(text(&bare("MACROBUTTON NoMacro Nhập tên vào đây")), "Nhập tên vào đây");
    assert_eq!(text(&bare("XE \"mục từ\"")), "");
    let tick = bare("FORMCHECKBOX").replacen(
        "/>",
        "><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>",
        1,
    );
    assert_eq!(text(&tick), "☒");
}

#[test]
fn links_lead_out_of_the_document_or_are_none() {
    let link = |id: &str| format!("<w:hyperlink r:id='{id}' w:anchor='muc'>{}</w:hyperlink>", run(id));
    let by_field = field("HYPERLINK \"mailto:toa.soan@vidu.vn\" \\o \"Gửi thư\"", &run("thư"));
    let body = format!("<w:p>{}{}{}{by_field}</w:p>", link("web"), link("tep"), link("khong"));
    let document = Sample::new(&body)
        .address("web", "hyperlink", "https://vidu.vn/tin")
        .address("tep", "hyperlink", "file:///C:/tin.docx")
        .read();
    let links: Vec<Option<&str>> = paragraphs(&document)[0]
        .inlines
        .iter()
        .map(|inline| if let Inline::Text(span) = inline { span.link.as_deref() } else { None })
        .collect();
    assert_eq!(links, [Some("https://vidu.vn/tin#muc"), None, Some("mailto:toa.soan@vidu.vn")]);
}

#[test]
fn lines_of_a_table_of_contents_are_known() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let body = format!(
        "<w:p>{}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{}{}</w:p>{}<w:p>{}</w:p>{}",
        mark("begin"),
        mark("separate"),
        run("Tin trong tỉnh 2"),
        paragraph("Văn bản mới 5"),
        mark("end"),
        paragraph("Tin trong tỉnh")
    );
    let document = Sample::new(&body).read();
    let roles: Vec<Option<Role>> = paragraphs(&document).iter().map(|paragraph| paragraph.look.role).collect();
    assert_eq!(roles, [Some(Role::Contents), Some(Role::Contents), None, None]);
}

#[test]
fn notes_stand_in_the_order_of_their_references() {
    let reference = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id='{id}'/></w:r>");
    let note = |kind: &str, id: u32, text: &str| {
        format!("<w:{kind} w:id='{id}'><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:{kind}>", run(text))
    };
    let body = format!(
        "<w:p>{}{}{}{}<w:del>{}</w:del></w:p>",
        run("Nghị định"),
        reference("footnote", 7),
        reference("endnote", 2),
        reference("footnote", 7),
        reference("footnote", 9)
    );
    let footnotes = [
        "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>".to_owned(),
        note("footnote", 5, " Không ai nhắc tới."),
        note("footnote", 7, " Công báo số 3."),
        note("footnote", 9, " Đã bỏ."),
    ];
    let document = Sample::new(&body)
        .xml("f", "footnotes", "w:footnotes", &footnotes.concat())
        .xml("e", "endnotes", "w:endnotes", &note("endnote", 2, "Xem thêm."))
        .read();
    assert_eq!(lines(&document.blocks), ["Nghị định[0][1][0]"]);
    let notes: Vec<Vec<String>> = document.notes.iter().map(|note| lines(note)).collect();
    assert_eq!(notes, [["Công báo số 3."], ["Xem thêm."], ["Không ai nhắc tới."]]);
    assert_eq!(left_out(&document), [(Reason::Deleted, "Đã bỏ.")]);
}

#[test]
fn formulas_are_read_as_their_letters() {
    let term = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let formula = format!(
        "<m:oMath><m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>{}<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>\
         <m:rad><m:deg/><m:e>{}</m:e></m:rad></m:oMath>",
        term("x"),
        term("2"),
        term("="),
        term("a"),
        term("b"),
        term("c")
    );
    let document = Sample::new(&format!("<w:p>{}{formula}</w:p>", run("Với "))).read();
    assert_eq!(lines(&document.blocks), ["Với x2=a/b√(c)"]);
    let raised = paragraphs(&document)[0]
        .inlines
        .iter()
        .any(|inline| matches!(inline, Inline::Text(span) if span.style.raised && span.text == "2"));
    assert!(raised);
    assert_eq!(document.doubts[0].kind, DoubtKind::Formula);
    assert!(document.doubts[0].about.starts_with("x2=a/b"), "{}", document.doubts[0].about);
}
