//! Small documents, as their readers give them, and what is made of them.

use std::sync::Arc;

use super::{Kind, recognise};
use crate::import::bulletin::{Article, Block, Bulletin};
use crate::import::document::{
    Alignment, Block as Part, Cell, Document, DoubtKind, Inline, ListItem, Look, Paragraph, Picture, Reason, Role, Row,
    Span, Style, Table,
};

const LONG: &str = "Sáng nay, tại trụ sở Ủy ban nhân dân xã Tân Hải, đoàn công tác đã làm việc với bộ phận một cửa về việc \
                    tiếp nhận và trả kết quả hồ sơ của người dân trong sáu tháng đầu năm, đồng thời nghe báo cáo về những \
                    khó khăn còn lại.";
const OTHER: &str = "Theo báo cáo, có 412 hồ sơ được giải quyết đúng hạn, đạt 98,5%; số còn lại chậm vì phải bổ sung giấy tờ \
                     hoặc chờ ý kiến của cơ quan khác. Xã đã mở thêm một buổi tiếp dân vào chiều thứ Bảy.";

/// A paragraph of 14 points.
fn text(words: &str) -> Part {
    styled(words, 14.0, false, Alignment::Justify)
}

fn styled(words: &str, size: f32, bold: bool, alignment: Alignment) -> Part {
    let style = Style { size, bold, ..Style::default() };
    let span = Span { text: words.to_owned(), style, link: None };
    Part::Paragraph(Paragraph { inlines: vec![Inline::Text(span)], look: Look { alignment, ..Look::default() } })
}

fn title(words: &str) -> Part {
    styled(words, 16.0, true, Alignment::Centre)
}

fn bold(words: &str) -> Part {
    styled(words, 14.0, true, Alignment::Justify)
}

fn right(words: &str) -> Part {
    styled(words, 14.0, false, Alignment::End)
}

fn plain(words: &str) -> Part {
    styled(words, 0.0, false, Alignment::Start)
}

fn with_look(part: Part, change: impl FnOnce(&mut Look)) -> Part {
    match part {
        Part::Paragraph(mut paragraph) => {
            change(&mut paragraph.look);
            Part::Paragraph(paragraph)
        }
        other => other,
    }
}

fn heading(words: &str, level: u8) -> Part {
    with_look(styled(words, 14.0, true, Alignment::Start), |look| look.level = Some(level))
}

fn picture() -> Part {
    Part::Paragraph(Paragraph { inlines: vec![Inline::Picture(0)], look: Look::default() })
}

fn document(blocks: Vec<Part>) -> Document {
    let picture = Picture {
        bytes: Arc::from([1, 2, 3].as_slice()),
        extension: "jpg",
        crop: None,
        description: None,
        width: 400.0,
        height: 300.0,
    };
    Document { blocks, pictures: vec![picture], ..Document::default() }
}

fn recognised(blocks: Vec<Part>) -> Bulletin {
    recognise(&document(blocks), Kind::Any)
}

fn articles(bulletin: &Bulletin) -> Vec<&Article> {
    bulletin.sections.iter().flat_map(|section| &section.articles).collect()
}

fn titles(bulletin: &Bulletin) -> Vec<&str> {
    articles(bulletin).iter().map(|article| article.title.as_str()).collect()
}

/// A block in a word, with the start of its text.
fn outline(block: &Block) -> String {
    let words = |inlines: &[Inline]| super::line::plain(inlines).chars().take(12).collect::<String>();
    match block {
        Block::Paragraph(content) => format!("p {}", words(content)),
        Block::Heading { level, content } => format!("h{level} {}", words(content)),
        Block::List(list) => format!("list {:?} {}", list.numbers, list.items.len()),
        Block::Quote(_) => "quote".to_owned(),
        Block::Box { title, .. } => format!("box {}", words(title)),
        Block::Table(_) => "table".to_owned(),
        Block::Figure(figure) => {
            let kind = if figure.picture.is_some() { "figure" } else { "no figure" };
            format!("{kind} {} / {}", words(&figure.caption), figure.credit.as_deref().unwrap_or("-"))
        }
        Block::Rule => "rule".to_owned(),
    }
}

fn outlines(article: &Article) -> Vec<String> {
    article.blocks.iter().map(outline).collect()
}

/// A bulletin as offices type it: no styles, a masthead and contents in a table.
fn typed_bulletin() -> Vec<Part> {
    let cell = |blocks: Vec<Part>| Cell { blocks, columns: 1, rows: 1 };
    let masthead = vec![
        bold("Bản tin điện tử"),
        styled("CHUYỂN ĐỔI SỐ", 22.0, true, Alignment::Centre),
        bold("Tỉnh Sông Hậu"),
        bold("Số 7 - Tháng 7/2026"),
        text("Chịu trách nhiệm nội dung:"),
        text("Ban Biên tập Bản tin"),
        text("Email: bantin@tanhai.example"),
    ];
    let contents = vec![
        bold("MỤC LỤC"),
        text("* Xã Tân Hải mở thêm buổi tiếp dân"),
        text("* Kết quả sáu tháng"),
        text("* Ngày hội việc làm 2026"),
    ];
    vec![
        Part::Table(Table { rows: vec![Row { cells: vec![cell(masthead), cell(contents)], is_header: false }] }),
        Part::PageBreak,
        title("Xã Tân Hải mở thêm"),
        title("buổi tiếp dân"),
        bold(LONG),
        text(OTHER),
        picture(),
        styled("Người dân nộp hồ sơ tại bộ phận một cửa. Ảnh: Anh Khoa", 12.0, false, Alignment::Centre),
        bold("Kết quả bước đầu"),
        text("- Giảm thời gian chờ"),
        text("- Giảm giấy tờ"),
        text(LONG),
        right("Minh Hà"),
        right("Nguồn: tanhai.example"),
        title("Kết quả sáu tháng"),
        text(LONG),
        text(OTHER),
        right("Nguồn: Sở Nội vụ"),
        title("Ngày hội việc làm năm 2026"),
        bold(OTHER),
        text(LONG),
        right("Bài, ảnh: Anh Khoa"),
    ]
}

#[test]
fn a_typed_bulletin_is_understood() {
    let bulletin = recognised(typed_bulletin());
    assert_eq!(
        titles(&bulletin),
        ["Xã Tân Hải mở thêm buổi tiếp dân", "Kết quả sáu tháng", "Ngày hội việc làm năm 2026"]
    );
    let first = articles(&bulletin)[0];
    assert_eq!(first.lead.as_deref(), Some(LONG));
    assert_eq!((first.author.as_deref(), first.source.as_deref()), (Some("Minh Hà"), Some("tanhai.example")));
    assert_eq!(
        outlines(first),
        ["p Theo báo cáo", "figure Người dân nộ / Anh Khoa", "h2 Kết quả bước", "list [] 2", "p Sáng nay, tạ"]
    );
    let last = articles(&bulletin)[2];
    assert_eq!(last.contents_title.as_deref(), Some("Ngày hội việc làm 2026"));
    assert_eq!(last.author.as_deref(), Some("Bài, ảnh: Anh Khoa"));
    assert_eq!(articles(&bulletin)[1].lead, None);

    let masthead = bulletin.masthead.as_ref().expect("a masthead");
    assert_eq!(masthead.overline.as_deref(), Some("Bản tin điện tử"));
    assert_eq!(masthead.title.as_deref(), Some("CHUYỂN ĐỔI SỐ"));
    assert_eq!(masthead.subtitle.as_deref(), Some("Tỉnh Sông Hậu"));
    assert_eq!(masthead.number.as_deref(), Some("7"));
    assert_eq!(masthead.date.map(|date| (date.year, date.month)), Some((2026, 7)));
    assert_eq!(masthead.imprint[0].text.as_deref(), Some("Ban Biên tập Bản tin"));
    assert_eq!(masthead.imprint[1].email.as_deref(), Some("bantin@tanhai.example"));
    assert_eq!(bulletin.left_out.iter().filter(|left| left.reason == Reason::Contents).count(), 4);
}

#[test]
fn sections_come_from_contents_that_have_them_and_from_bands() {
    let blocks = vec![
        bold("BẢN TIN"),
        bold("TRONG SỐ NÀY"),
        bold("TIN TRUNG ƯƠNG"),
        text("Nghị quyết mới về thủ tục\t2"),
        bold("TIN ĐỊA PHƯƠNG"),
        text("Chợ nổi không tiền mặt ..... 3"),
        text("Tổ công nghệ số của xã ..... 4"),
        Part::PageBreak,
        styled("TIN TRUNG ƯƠNG", 18.0, true, Alignment::Centre),
        title("Nghị quyết mới về thủ tục"),
        text(LONG),
        styled("TIN ĐỊA PHƯƠNG", 18.0, true, Alignment::Centre),
        title("Chợ nổi không tiền mặt"),
        text(LONG),
        title("Tổ công nghệ số của xã"),
        text(OTHER),
    ];
    let bulletin = recognised(blocks);
    let sections: Vec<_> =
        bulletin.sections.iter().map(|section| (section.title.as_deref(), section.articles.len())).collect();
    assert_eq!(sections, [(Some("TIN TRUNG ƯƠNG"), 1), (Some("TIN ĐỊA PHƯƠNG"), 2)]);
}

#[test]
fn titles_without_contents_are_told_by_look_or_level() {
    let by_look = vec![
        title("Xã Tân Hải mở thêm buổi tiếp dân"),
        bold(LONG),
        text(OTHER),
        right("Nguồn: tanhai.example"),
        title("Kết quả sáu tháng"),
        text(LONG),
        right("Minh Hà"),
    ];
    assert_eq!(titles(&recognised(by_look)), ["Xã Tân Hải mở thêm buổi tiếp dân", "Kết quả sáu tháng"]);
    let by_level = vec![
        heading("Tin địa phương", 1),
        heading("Chợ nổi không tiền mặt", 2),
        text(LONG),
        heading("Cách làm", 3),
        text(OTHER),
        heading("Tổ công nghệ số", 2),
        text(OTHER),
    ];
    let bulletin = recognised(by_level);
    assert_eq!(titles(&bulletin), ["Chợ nổi không tiền mặt", "Tổ công nghệ số"]);
    assert_eq!(bulletin.sections[0].title.as_deref(), Some("Tin địa phương"));
    assert_eq!(outlines(articles(&bulletin)[0])[1], "h2 Cách làm");
}

#[test]
fn one_article_stays_one() {
    let blocks = vec![
        title("Chuyện ở chợ nổi"),
        bold(LONG),
        heading("Buổi sáng", 1),
        text(OTHER),
        heading("Buổi chiều", 1),
        text(LONG),
        right("Anh Khoa"),
    ];
    let bulletin = recognised(blocks);
    assert_eq!(titles(&bulletin), ["Chuyện ở chợ nổi"]);
    assert!(bulletin.masthead.is_none());
    let article = articles(&bulletin)[0];
    assert_eq!(article.author.as_deref(), Some("Anh Khoa"));
    assert_eq!(outlines(article), ["h2 Buổi sáng", "p Theo báo cáo", "h2 Buổi chiều", "p Sáng nay, tạ"]);
}

#[test]
fn where_nothing_has_a_look_lengths_stand_in() {
    let blocks = vec![
        with_look(plain("Chuyện ở chợ nổi"), |look| look.level = Some(1)),
        plain("Sáng nay, xã Tân Hải mở thêm một buổi tiếp dân vào chiều thứ Bảy."),
        plain("Chủ tịch xã trao đổi với người dân tại buổi tiếp đầu tiên"),
        plain(LONG),
        plain("Kết quả"),
        plain("- Giảm thời gian chờ"),
        plain("- Giảm giấy tờ"),
        plain(OTHER),
        plain("Anh Khoa"),
        plain("Nguồn: tanhai.example"),
    ];
    let bulletin = recognised(blocks);
    let article = articles(&bulletin)[0];
    assert!(article.lead.as_deref().is_some_and(|lead| lead.starts_with("Sáng nay")));
    assert_eq!(
        outlines(article),
        ["no figure Chủ tịch xã  / -", "p Sáng nay, tạ", "h2 Kết quả", "list [] 2", "p Theo báo cáo"]
    );
    assert_eq!((article.author.as_deref(), article.source.as_deref()), (Some("Anh Khoa"), Some("tanhai.example")));
    let doubts: Vec<_> = article.doubts.iter().map(|doubt| doubt.kind.clone()).collect();
    assert!(doubts.contains(&DoubtKind::Lead) && doubts.contains(&DoubtKind::Caption), "{doubts:?}");
}

#[test]
fn lists_of_the_file_and_typed_ones() {
    let item = |words: &str, level: u8, number: Option<&str>| {
        with_look(text(words), |look| look.list = Some(ListItem { level, number: number.map(str::to_owned) }))
    };
    let blocks = vec![
        title("Năm việc không được làm"),
        text(LONG),
        item("Một", 0, Some("1.")),
        item("Một một", 1, None),
        item("Hai", 0, Some("2.")),
        text(OTHER),
        item("Chữ", 0, Some("a)")),
        text("1. Việc thứ nhất"),
        text("2. Việc thứ hai"),
        text("7. Một mình"),
    ];
    let bulletin = recognised(blocks);
    assert_eq!(
        outlines(articles(&bulletin)[0])[1..],
        ["list [\"1.\", \"2.\"] 2", "p Theo báo cáo", "p a) Chữ", "list [\"1.\", \"2.\"] 2", "p 7. Một mình"]
    );
}

#[test]
fn pictures_in_a_row_have_their_captions_in_order() {
    let caption =
        |words: &str| with_look(styled(words, 12.0, false, Alignment::Centre), |look| look.role = Some(Role::Caption));
    let blocks = vec![
        title("Hội thi"),
        text(LONG),
        picture(),
        picture(),
        caption("Đội một. Ảnh: VL"),
        caption("Đội hai"),
        text(OTHER),
        picture(),
        picture(),
        caption("Cả hai đội"),
    ];
    let bulletin = recognised(blocks);
    assert_eq!(
        outlines(articles(&bulletin)[0]),
        [
            "p Sáng nay, tạ",
            "figure Đội một. / VL",
            "figure Đội hai / -",
            "p Theo báo cáo",
            "figure  / -",
            "figure Cả hai đội / -"
        ]
    );
}
