//! Invented issues, as the templates see them.

use bantin::mail::content::*;

fn text(it: &str) -> Option<String> {
    (!it.is_empty()).then(|| it.to_owned())
}

fn article(kicker: &str, title: &str, lead: &str, author: &str) -> Article {
    Article {
        kicker: text(kicker),
        title: title.to_owned(),
        lead: text(lead),
        author: text(author),
        is_lead: false,
        is_brief: false,
    }
}

fn lead(article: Article) -> Article {
    Article { is_lead: true, ..article }
}

fn brief(title: &str, lead: &str) -> Article {
    Article { is_brief: true, ..article("", title, lead, "") }
}

fn section(title: &str, articles: Vec<Article>) -> Section {
    Section { title: text(title), articles }
}

fn link(url: &str, shown: &str) -> Link {
    Link { url: url.to_owned(), text: shown.to_owned() }
}

fn row(label: &str, shown: &str, links: Vec<Link>) -> ImprintRow {
    ImprintRow { label: label.to_owned(), text: text(shown), links }
}

pub(crate) fn vietnamese() -> Content {
    Content {
        language: "vi".to_owned(),
        is_vietnamese: true,
        subject: "Bản tin Cải cách hành chính số 11: Một cửa về tận tổ dân phố".to_owned(),
        accent: "#14375e".to_owned(),
        masthead: Masthead {
            title: "Cải cách hành chính".to_owned(),
            overline: text("Bản tin nội bộ · Sở Nội vụ tỉnh Sông Hạ"),
            subtitle: text("Vì một nền hành chính gần dân, trọng dân, phục vụ nhân dân"),
            publisher: text("Sở Nội vụ tỉnh Sông Hạ"),
            about: text(
                "Bản tin phát hành mỗi tháng một số, gửi tới các sở, ban, ngành, Ủy ban nhân dân các xã, phường và cán bộ đầu mối cải cách hành chính trong tỉnh.",
            ),
            imprint: vec![
                row("Chịu trách nhiệm xuất bản", "Văn phòng Sở Nội vụ", vec![]),
                row("Ban biên tập", "Phòng Cải cách hành chính, tầng 3, nhà B, số 1 đường Bờ Sông", vec![]),
                row("Điện thoại", "", vec![link("tel:+842000000000", "0200 000 0000"), link("tel:19000000", "1900 0000")]),
                row("Thư điện tử", "", vec![link("mailto:bantin@songha.example", "bantin@songha.example")]),
                row(
                    "Trang tin",
                    "Các số đã phát hành",
                    vec![link(
                        "https://songha.example/ban-tin/cai-cach-hanh-chinh/luu-tru",
                        "songha.example/ban-tin/cai-cach-hanh-chinh/luu-tru",
                    )],
                ),
            ],
        },
        number: text("11"),
        date: Date { year: 2022, month: 11, day: None },
        title: text("Một cửa về tận tổ dân phố"),
        intro: vec![
            "Tháng này, tổ công nghệ số cộng đồng của ba phường ven sông đã đến từng nhà giúp bà con nộp hồ sơ trực tuyến. Số liệu bước đầu cho thấy thời gian chờ giảm hơn một nửa, nhưng vẫn còn những nút thắt mà công nghệ không tự gỡ được.".to_owned(),
            "Bản tin số 11 kể lại câu chuyện ấy từ phía người dân, từ quầy tiếp nhận và từ phòng máy chủ; kèm theo là kết quả khảo sát mức độ hài lòng quý III và lịch tập huấn tháng 12.".to_owned(),
        ],
        cover: Some(Cover {
            url: "cid:cover@bantin".to_owned(),
            alt: "Cán bộ phường hướng dẫn một cụ bà quét mã trên điện thoại trước nhà văn hóa.".to_owned(),
            caption: text("Cán bộ tổ công nghệ số hướng dẫn bà con nộp hồ sơ ngay tại nhà văn hóa phường Bến Đá."),
            credit: text("Thu Lam"),
            width: 600,
            height: 400,
        }),
        sections: vec![
            section(
                "Tin hoạt động",
                vec![
                    lead(article(
                        "Chuyển đổi số từ cơ sở",
                        "Khi quầy một cửa đi tìm người dân",
                        "Mỗi tối thứ Ba và thứ Năm, ba bàn tiếp nhận lưu động mở tại nhà văn hóa. Sau sáu tuần, bảy trên mười hồ sơ hộ tịch của phường được nộp ngoài giờ hành chính.",
                        "Bài, ảnh: Thu Lam"
                    )),
                    article(
                        "",
                        "Rút ngắn thủ tục cấp đổi giấy phép xây dựng còn năm ngày làm việc",
                        "Quy trình mới bỏ hai lần chuyển hồ sơ giấy giữa các phòng; người nộp theo dõi từng bước trên điện thoại.",
                        "Minh Hạ"
                    ),
                    article(
                        "Hội nghị",
                        "Sơ kết mười tháng cải cách hành chính: 14 sở, ngành cam kết “bốn tại chỗ”",
                        "Tiếp nhận, thẩm định, phê duyệt và trả kết quả ngay tại trung tâm phục vụ hành chính công.",
                        ""
                    ),
                    brief("Khai trương điểm trả kết quả tại bưu cục Chợ Nổi", "Người dân nhận kết quả đến 20 giờ, kể cả thứ Bảy."),
                    brief("Hơn 1.200 cán bộ dự tập huấn chữ ký số", ""),
                    brief(
                        "Cuộc thi sáng kiến cải cách hành chính gia hạn đến 15/12",
                        "Ban tổ chức nhận bài qua cổng dịch vụ công và tại bộ phận văn thư các xã."
                    ),
                ],
            ),
            section(
                "Nghiên cứu – Trao đổi",
                vec![
                    article(
                        "Số liệu",
                        "Người dân hài lòng nhất điều gì, và chưa hài lòng điều gì?",
                        "Khảo sát 2.400 người ở 36 xã, phường: thái độ phục vụ được 92% đánh giá tốt, nhưng cứ bốn người thì có một người phải đi lại từ ba lần trở lên.",
                        "Phòng Cải cách hành chính"
                    ),
                    article(
                        "",
                        "Liên thông hai bộ phận: bài học từ một hồ sơ bị trả lại ba lần",
                        "Một bộ hồ sơ đất đai bị trả lại không vì thiếu giấy tờ, mà vì hai phòng hiểu khác nhau về cùng một điều khoản.",
                        "Hà Vy"
                    ),
                ],
            ),
            section(
                "Hỏi – Đáp",
                vec![article(
                    "",
                    "Nộp hồ sơ trực tuyến rồi có phải mang bản giấy đến đối chiếu không?",
                    "Bạn đọc ở phường Bến Đá hỏi; Phòng Kiểm soát thủ tục hành chính trả lời.",
                    ""
                )],
            ),
        ],
        attachment: Attachment { name: "cai-cach-hanh-chinh-11.pdf".to_owned(), pages: 12, size: "2,4 MB".to_owned() },
        unsubscribe: text("https://songha.example/ngung-nhan"),
        recipient: Recipient { name: text("Nguyễn Văn Mẫu"), address: "mau@phuong-ben-da.example".to_owned() },
    }
}

pub(crate) fn english() -> Content {
    Content {
        language: "en".to_owned(),
        is_vietnamese: false,
        subject: "Harbour Notes No. 4: The year of the low tide".to_owned(),
        accent: "#8a1c2b".to_owned(),
        masthead: Masthead {
            title: "Harbour Notes".to_owned(),
            overline: None,
            subtitle: text("A quarterly from the Port Office of Saltmarsh"),
            publisher: text("Port Office of Saltmarsh"),
            about: None,
            imprint: vec![row("Editor", "", vec![link("mailto:notes@saltmarsh.example", "notes@saltmarsh.example")])],
        },
        number: text("4"),
        date: Date { year: 2026, month: 10, day: Some(9) },
        title: None,
        intro: vec![
            "Dredging ends, the night ferry returns, and the archive finds a chart that everybody thought was lost."
                .to_owned(),
        ],
        cover: Some(Cover {
            url: "cid:cover@bantin".to_owned(),
            alt: "A narrow lighthouse stairwell seen from below.".to_owned(),
            caption: None,
            credit: text("R. Fenn"),
            width: 400,
            height: 533,
        }),
        sections: vec![section(
            "",
            vec![
                lead(article(
                    "",
                    "The year of the low tide",
                    "Eleven months, nine barges and a bank of silt the size of a village green: how the channel was cleared.",
                    "By R. Fenn",
                )),
                article(
                    "Transport",
                    "Night ferry returns in November",
                    "Two crossings on Fridays and Saturdays, three at Christmas.",
                    "",
                ),
                brief("Tide tables for 2027 are out", ""),
            ],
        )],
        attachment: Attachment { name: "harbour-notes-4.pdf".to_owned(), pages: 1, size: "850 kB".to_owned() },
        unsubscribe: text("mailto:leave@saltmarsh.example"),
        recipient: Recipient { name: None, address: "reader@saltmarsh.example".to_owned() },
    }
}

pub(crate) fn tiny() -> Content {
    Content {
        language: "vi".to_owned(),
        is_vietnamese: true,
        subject: "Tin phường".to_owned(),
        accent: "#0b6b57".to_owned(),
        masthead: Masthead {
            title: "Tin phường".to_owned(),
            overline: None,
            subtitle: None,
            publisher: None,
            about: None,
            imprint: vec![],
        },
        number: None,
        date: Date { year: 2026, month: 9, day: Some(2) },
        title: None,
        intro: vec![],
        cover: None,
        sections: vec![section("", vec![article("", "Lịch tiếp công dân tháng 9", "", "")])],
        attachment: Attachment { name: "tin-phuong.pdf".to_owned(), pages: 2, size: "90 kB".to_owned() },
        unsubscribe: None,
        recipient: Recipient { name: None, address: "dan@phuong.example".to_owned() },
    }
}

/// Forty articles in eight sections, with all that an article can have.
pub(crate) fn large() -> Content {
    let long = "Sau một năm thí điểm ở mười hai xã vùng cao, mô hình đã giúp người dân tiết kiệm trung bình hai chuyến đi cho mỗi hồ sơ, song việc duy trì đường truyền và bố trí cán bộ trực ngoài giờ vẫn cần nguồn lực ổn định hơn trong những năm tới đây, nhất là khi số lượng hồ sơ trực tuyến tăng lên từng quý.";
    let story = |index: usize| Article {
        is_lead: index == 0,
        is_brief: index == 4,
        ..article(
            "Chuyên đề cải cách",
            "Mười hai xã vùng cao và bài toán giữ lửa cho bộ phận một cửa lưu động",
            long,
            "Bài, ảnh: Thu Lam – Minh Hạ",
        )
    };
    let sections = (1..=8).map(|it| section(&format!("Chuyên mục {it}"), (0..5).map(story).collect())).collect();
    Content { sections, ..vietnamese() }
}

/// What breaks pages: long words and addresses, long names.
pub(crate) fn awkward() -> Content {
    let address = "https://songha.example/".to_owned() + &"rất-dài-không-dấu-cách/".repeat(12);
    let mut content = vietnamese();
    content.accent = "#b3261e".to_owned();
    content.masthead.title =
        "Bản tin Thông tin, Tuyên truyền và Phổ biến, giáo dục pháp luật về cải cách hành chính".to_owned();
    content.masthead.overline = text("Ủy ban nhân dân tỉnh Sông Hạ – Sở Nội vụ – Trung tâm Phục vụ hành chính công");
    content.number = text("Xuân Quý Mão");
    content.date.day = Some(20);
    content.title = Some("W".repeat(90));
    content.intro.push(address.clone());
    content.attachment.name = "ban-tin-".to_owned() + &"cai-cach-hanh-chinh-".repeat(6) + ".pdf";
    content.attachment.pages = 128;
    content.masthead.imprint.push(row(
        "Nhãn-dài-không-dấu-cách-để-thử-xem-cột-có-vỡ-không",
        "",
        vec![link(&address, &address)],
    ));
    content.recipient.address = "a".repeat(64) + "@" + &"phuong.".repeat(20) + "example";
    if let Some(article) = content.sections.first_mut().and_then(|it| it.articles.first_mut()) {
        article.title = address.clone();
        article.kicker = Some("K".repeat(120));
    }
    if let Some(cover) = &mut content.cover {
        (cover.width, cover.height) = (260, 390);
    }
    content
}
