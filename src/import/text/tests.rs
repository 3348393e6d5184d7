use super::*;
use crate::import::document::{LeftOut, Reason};

/// Paragraphs with what they are: `#` for a title, `>` for an entry of the contents, `---` for a page break.
fn paragraphs(document: &Document) -> Vec<String> {
    let lines = document.blocks.iter().map(|block| match block {
        Block::Paragraph(paragraph) => {
            let mark = match (paragraph.look.level, paragraph.look.role) {
                (Some(1), None) => "# ",
                (None, Some(Role::Contents)) => "> ",
                _ => "",
            };
            format!("{mark}{}", paragraph.text())
        }
        _ => "---".to_owned(),
    });
    lines.collect()
}

fn read_text(text: &str) -> Document {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error:?}"))
}

/// Breaks a paragraph into lines of at most so many characters.
fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}

const TITLE: &str = "Xã Suối Trong lắp camera ở ba ngã tư, người dân cùng trực để trẻ em đến trường an toàn";
const LEAD: &str = "Từ đầu tháng, ba ngã tư đông nhất của xã có thêm camera và một tổ trực gồm mười hai người.";
const FIRST: &str = "Mỗi sáng, tổ trực có mặt từ sáu giờ rưỡi. Người lớn tuổi nhất là ông giáo về hưu, người trẻ nhất vừa \
    tốt nghiệp phổ thông. Họ mặc áo phản quang, cầm cờ nhỏ và nhớ mặt gần hết học trò trong xã.";
const SECOND: &str = "Theo công an xã, trong hai tháng không có vụ va chạm nào trước cổng trường. Tháng cuối năm ngoái có \
    bốn vụ, trong đó một em lớp ba phải nằm viện mười ngày.";

fn bulletin() -> Vec<&'static str> {
    vec![TITLE, LEAD, FIRST, SECOND, "Hạnh Nguyên", "Nguồn: suoitrong.example"]
}

/// A bulletin of one article with a list of contents, as lines.
fn dump(width: usize, between: &str) -> String {
    let mut text = format!("TRONG SỐ NÀY{between}");
    let second = "Thư viện xã mở cửa buổi tối";
    for entry in [TITLE, second] {
        text.push_str(&fold(&format!("* {entry}"), width / 2).join("\n"));
        text.push_str(between);
    }
    for paragraph in bulletin().into_iter().chain([second, LEAD]) {
        text.push_str(&fold(paragraph, width).join("\n"));
        text.push_str(between);
    }
    text
}

fn expected() -> Vec<String> {
    let entries = [format!("> * {TITLE}"), "> * Thư viện xã mở cửa buổi tối".to_owned()];
    let [title, body @ ..] = &bulletin()[..] else { panic!("a title") };
    let mut all = vec!["TRONG SỐ NÀY".to_owned()];
    all.extend(entries);
    all.push(format!("# {title}"));
    all.extend(body.iter().map(|text| (*text).to_owned()));
    all.extend(["# Thư viện xã mở cửa buổi tối".to_owned(), LEAD.to_owned()]);
    all
}

#[test]
fn lines_of_a_fixed_width() {
    for width in [40, 60, 80, 90] {
        assert_eq!(paragraphs(&read_text(&dump(width, "\n\n"))), expected(), "{width}, empty lines");
    }
    // At 40 and 90, the last line of a paragraph is full.
    for width in [60, 80] {
        assert_eq!(paragraphs(&read_text(&dump(width, "\n"))), expected(), "{width}, none");
    }
}

#[test]
fn every_line_end_twice() {
    for (width, between) in [(60, "\n"), (80, "\n\n")] {
        let text = dump(width, between).replace('\n', "\n\n");
        assert_eq!(paragraphs(&read_text(&text)), expected(), "{width}");
    }
}

#[test]
fn one_paragraph_a_line() {
    let text = format!("{FIRST}\n{SECOND}\nHạnh Nguyên\n{FIRST}\n");
    assert_eq!(paragraphs(&read_text(&text)), [FIRST, SECOND, "Hạnh Nguyên", FIRST]);
}

#[test]
fn indented_first_lines() {
    let paragraph = |text: &str| format!("    {}\n", fold(text, 50).join("\n"));
    // So long that its last line is full: nothing but the indent says that something starts there.
    let full = "Mười hai người chia làm ba ca, ca nào cũng có ít nhất một người biết sơ cứu và giữ chìa khóa của tủ.";
    let text: String = [FIRST, SECOND, full, FIRST, SECOND, full, SECOND].iter().map(|text| paragraph(text)).collect();
    assert_eq!(paragraphs(&read_text(&text)), [FIRST, SECOND, full, FIRST, SECOND, full, SECOND]);
}

#[test]
fn every_encoding_and_line_end() {
    let text = dump(70, "\n\n");
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(units.iter().flat_map(|unit| unit.to_be_bytes())).collect();
    let with_mark = format!("\u{feff}{text}\u{1a}").into_bytes();
    let kinds =
        [text.replace('\n', "\r\n").into_bytes(), text.replace('\n', "\r").into_bytes(), little, big, with_mark];
    for (kind, bytes) in kinds.into_iter().enumerate() {
        assert_eq!(read(&bytes).map(|document| paragraphs(&document)), Ok(expected()), "{kind}");
    }
}

#[test]
fn code_pages_of_one_byte() {
    let latin = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect::<Vec<u8>>();
    let meant = ["Người dân nộp hồ sơ tại nhà văn hóa thôn"];
    // Windows-1258 has the tones as characters of their own.
    let windows = b"Ng\xfd\xf5\xd2i d\xe2n n\xf4\xf2p h\xf4\xcc s\xf5 ta\xf2i nha\xcc v\xe3n ho\xeca th\xf4n";
    assert_eq!(
        read(windows).map(|document| paragraphs(&document)),
        Ok(vec!["Ngưởi dân nộp hồ sơ tại nhà văn hóa thôn".to_owned()])
    );
    let tcvn3 = latin("Ng\u{ad}êi d©n nép hå s¬ t¹i nhµ v¨n hãa th«n");
    let vni = latin("Ngöôøi daân noäp hoà sô taïi nhaø vaên hoùa thoân");
    for bytes in [tcvn3, vni] {
        let document = read(&bytes).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(paragraphs(&document), meant);
        assert_eq!(document.doubts.len(), 1);
        assert_eq!(document.doubts[0].kind, DoubtKind::Encoding);
    }
    assert_eq!(
        read(b"\x93Caf\xe9\x94 \x96 5 \x80").map(|document| paragraphs(&document)),
        Ok(vec!["“Café” – 5 €".to_owned()])
    );
}

#[test]
fn what_is_no_text() {
    assert_eq!(read(b"PK\x03\x04..."), Err(ImportError::OtherFormat(Some("zip"))));
    assert_eq!(read(b"%PDF-1.7"), Err(ImportError::OtherFormat(Some("pdf"))));
    assert_eq!(read(b"{\\rtf1"), Err(ImportError::OtherFormat(Some("rtf"))));
    assert_eq!(read(&[0, 1, 2, 3, 0, 200, 201, 0, 7]), Err(ImportError::OtherFormat(None)));
    assert_eq!(read(b" \r\n\x0c\t"), Err(ImportError::NoText));
    assert_eq!(read(b""), Err(ImportError::NoText));
    assert_eq!(read(&"a\n".repeat(300_001).into_bytes()), Err(ImportError::TooLarge));
    let broken = [FIRST.as_bytes(), b"\xff", FIRST.as_bytes()].concat();
    let document = read(&broken).unwrap_or_else(|error| panic!("{error:?}"));
    assert_eq!(document.doubts.iter().map(|doubt| &doubt.kind).collect::<Vec<_>>(), [&DoubtKind::Signs]);
}

/// Four pages: two paragraphs of each.
fn pages() -> Vec<[String; 2]> {
    let of = |name: &str| {
        [
            FIRST.replace("Mỗi sáng", &format!("{name}: mỗi sáng")),
            SECOND.replace("mười ngày.", &format!("ở trạm y tế {name}.")),
        ]
    };
    ["An Hạ", "Bình Sơn", "Cúc Lâm", "Diệu Hòa"].map(of).to_vec()
}

/// Their text, with page breaks.
fn pages_expected() -> Vec<String> {
    let mut all: Vec<String> =
        pages().into_iter().flat_map(|page| page.into_iter().chain(["---".to_owned()])).collect();
    all.pop();
    all
}

#[test]
fn heads_and_numbers_of_pages_are_left_out() {
    let text = pages().into_iter().enumerate().map(|(page, [first, second])| {
        let (first, second) = (fold(&first, 60).join("\n"), fold(&second, 60).join("\n"));
        format!("Tin Suối Trong – Số 7\n{first}\n{second}\nTrang {}\n", page + 1)
    });
    let document = read_text(&text.collect::<Vec<_>>().join("\u{c}"));
    assert_eq!(paragraphs(&document), pages_expected());
    let left_out = |reason| document.left_out.iter().filter(|left_out| left_out.reason == reason).count();
    assert_eq!((left_out(Reason::RunningHead), left_out(Reason::Folio)), (4, 4));
}

#[test]
fn page_numbers_without_pages() {
    let text = pages().into_iter().enumerate().map(|(page, [first, second])| {
        format!("{}\n\n{}\n\n{}\n", fold(&first, 30).join("\n"), fold(&second, 30).join("\n"), page + 1)
    });
    let document = read_text(&text.collect::<String>());
    assert_eq!(paragraphs(&document), pages_expected());
    let folio = |text: &str| LeftOut { text: text.to_owned(), reason: Reason::Folio };
    assert_eq!(document.left_out, ["1", "2", "3", "4"].map(folio));
}

#[test]
fn a_paragraph_goes_on_over_the_page() {
    let lines = fold(&format!("{FIRST} {SECOND}"), 60);
    let text = format!("{}\u{c}{}", lines[..3].join("\n"), lines[3..].join("\n"));
    assert_eq!(paragraphs(&read_text(&text))[0], format!("{FIRST} {SECOND}"));
}

#[test]
fn columns_are_set_one_below_the_other_and_doubted() {
    let (left, right, none) = (fold(FIRST, 34), fold(SECOND, 34), String::new());
    let rows = left
        .iter()
        .zip(right.iter().chain(std::iter::repeat(&none)))
        .map(|(left, right)| format!("{left}{}{right}", " ".repeat(40 - left.chars().count())));
    let document = read_text(&rows.collect::<Vec<_>>().join("\n"));
    assert_eq!(paragraphs(&document), [FIRST, SECOND]);
    assert_eq!(document.doubts.iter().map(|doubt| &doubt.kind).collect::<Vec<_>>(), [&DoubtKind::Order]);
}

#[test]
fn rows_of_a_table_stay_apart() {
    let text = "Thôn         Số hộ        Đạt\nThượng       120          98%\nTrung        86           100%\nHạ           41           95%";
    assert_eq!(
        paragraphs(&read_text(text)),
        ["Thôn\tSố hộ\tĐạt", "Thượng\t120\t98%", "Trung\t86\t100%", "Hạ\t41\t95%"]
    );
}

#[test]
fn items_and_credits_are_paragraphs() {
    let text = "Mỗi nhà tự chuẩn bị những việc sau đây trước khi mùa mưa bão năm nay bắt đầu:\n\
        - Chặt cành cây to gần mái nhà, gần đường dây điện và báo cho trưởng thôn biết để\n\
        cho người đến dọn;\n\
        - Ghi số điện thoại của trạm y tế lên tường bếp, nơi mà cả nhà ai cũng nhìn thấy;\n\
        1. Gói giấy tờ vào túi ni lông;\n\
        a) Nạp đầy pin điện thoại.\n\
        Ảnh: Trạm y tế xã\n\
        Bài, ảnh: Thu Thảo\n\
        Theo Báo Vùng Cao\n";
    let found = paragraphs(&read_text(text));
    assert_eq!(found.len(), 8, "{found:#?}");
    assert_eq!(
        found[1],
        "- Chặt cành cây to gần mái nhà, gần đường dây điện và báo cho trưởng thôn biết để cho người đến dọn;"
    );
    assert_eq!(found[5..], ["Ảnh: Trạm y tế xã", "Bài, ảnh: Thu Thảo", "Theo Báo Vùng Cao"]);
}

#[test]
fn a_dash_in_a_sentence_is_no_item() {
    let text = "Người phụ trách là ông phó phòng của Phòng Văn hóa - Xã hội, đơn vị vừa được lập\n\
        - một phần của đề án sắp xếp. Đơn vị có bảy người, phần lớn đã làm ở các xã cũ lâu\n\
        năm nên thạo việc.";
    assert_eq!(paragraphs(&read_text(text)).len(), 1);
}

#[test]
fn words_are_joined_where_they_were_cut() {
    assert!(marks::is_cut("dịch COVID-", "19"));
    assert!(marks::is_cut("gửi về hop.thu@suoitrong.", "example"));
    assert!(marks::is_cut("tại https://suoitrong.example/tin/", "bai-1"));
    assert!(!marks::is_cut("giai đoạn 2021 -", "2025"));
    assert!(!marks::is_cut("Hết câu.", "Câu mới"));
}

#[test]
fn a_list_of_contents_without_its_titles_is_told_by_its_numbers() {
    let text =
        format!("MỤC LỤC\nThư ngỏ ........ 2\nSổ tay ………… 3\nHỏi đáp . . . . . 4\n\n{}", fold(FIRST, 60).join("\n"));
    let found = paragraphs(&read_text(&text));
    assert_eq!(found, ["MỤC LỤC", "> Thư ngỏ ........ 2", "> Sổ tay ………… 3", "> Hỏi đáp . . . . . 4", FIRST]);
}

#[test]
fn nothing_is_lost() {
    let text = dump(60, "\n").replace("\nMỗi sáng", "\n\u{c}12\nMỗi sáng");
    let document = read_text(&text);
    let kept = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text()),
        _ => None,
    });
    let all: Vec<String> = kept.chain(document.left_out.iter().map(|left_out| left_out.text.clone())).collect();
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    assert_eq!(words(&all.join(" ")), words(&text));
}
