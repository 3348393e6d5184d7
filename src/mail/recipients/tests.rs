use proptest::prelude::*;

use super::*;
use crate::diagnostic::AddressError;

/// Name, address, line and column.
type Known = (Option<String>, String, usize, usize);
type Read = Result<Vec<Known>, Vec<ListFinding>>;

fn read(text: &str) -> Read {
    read_bytes("list.txt", text.as_bytes())
}

fn read_bytes(file: &str, bytes: &[u8]) -> Read {
    let flat = |recipient: Recipient| match recipient.place {
        Place::List { line, column, .. } => (recipient.name, recipient.address.as_str().to_owned(), line, column),
        Place::Typed => panic!("not typed"),
    };
    read_list(file, bytes).map(|recipients| recipients.into_iter().map(flat).collect())
}

fn row(name: &str, address: &str, line: usize, column: usize) -> Known {
    (Some(name.to_owned()).filter(|name| !name.is_empty()), address.to_owned(), line, column)
}

fn bad(line: usize, column: usize, error: ListError) -> ListFinding {
    ListFinding { line, column, error }
}

fn bad_address(line: usize, column: usize, text: &str, error: AddressError, meant: Option<&str>) -> ListFinding {
    let error = BadAddress { error, meant: meant.map(str::to_owned) };
    bad(line, column, ListError::Address { text: text.to_owned(), error })
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

const TWO: &str = "Họ và tên;Đơn vị;Email\r\nTrần An;Sở Nội vụ;an@b.example\r\nLê Bé;;be@b.example\r\n";

fn two() -> Vec<Known> {
    vec![row("Trần An", "an@b.example", 2, 19), row("Lê Bé", "be@b.example", 3, 8)]
}

#[test]
fn one_address_a_line() {
    let text = "# Lãnh đạo\n\na@b.example\r\n  Trần An <an@b.example>\r\r \u{a0}\u{200b}\n# c@b.example\n\"Phòng, Ban\" <p@b.example>\n\
                \"Lê, Bé <be@b.example>\"\n\"\"\"Lê, Cả\"\" <ca@b.example>\"\nmailto:d@b.example";
    let expected = vec![
        row("", "a@b.example", 3, 1),
        row("Trần An", "an@b.example", 4, 3),
        row("Phòng, Ban", "p@b.example", 8, 1),
        row("Lê, Bé", "be@b.example", 9, 1),
        row("Lê, Cả", "ca@b.example", 10, 1),
        row("", "d@b.example", 11, 1),
    ];
    assert_eq!(read(text), Ok(expected));
    assert_eq!(read("\u{feff}a@b.example"), Ok(vec![row("", "a@b.example", 1, 1)]));
    assert_eq!(read("Email\n\na@b.example\n"), Ok(vec![row("", "a@b.example", 3, 1)]));
    assert_eq!(read("email\r\n\"Phòng, Ban\" <p@b.example>"), Ok(vec![row("Phòng, Ban", "p@b.example", 2, 1)]));
    assert_eq!(read("sep=;\na@b.example\n"), Ok(vec![row("", "a@b.example", 2, 1)]));
}

#[test]
fn tables_as_excel_saves_them() {
    let with_mark = format!("\u{feff}{TWO}");
    let declared = format!("sep=;\r\n{TWO}");
    let expected_below: Vec<_> =
        two().into_iter().map(|(name, address, line, at)| (name, address, line + 1, at)).collect();
    assert_eq!(read(TWO), Ok(two()));
    assert_eq!(read(&with_mark), Ok(two()));
    assert_eq!(read(&declared), Ok(expected_below.clone()));
    assert_eq!(read(&declared.replace(';', "|")), Ok(expected_below));
    assert_eq!(read(&TWO.replace(';', ",")), Ok(two()));
    assert_eq!(read(&TWO.replace("\r\n", "\r")), Ok(two()));
    assert_eq!(read(&format!("{TWO};;\r\n \u{a0};;\r\n\r\n;;;;;\r\n")), Ok(two()));
    let wide = TWO.replace("\r\n", ";;;\r\n");
    assert_eq!(read(&wide), Ok(two()));
    let tabs = TWO.replace(';', "\t");
    assert_eq!(read_bytes("list.txt", &utf16(&tabs)), Ok(two()));
    let big_endian: Vec<u8> = utf16(&tabs).chunks(2).flat_map(|pair| pair.iter().rev().copied()).collect();
    assert_eq!(read_bytes("list.txt", &big_endian), Ok(two()));
}

#[test]
fn names_of_columns() {
    for header in [
        "EMAIL",
        "E-Mail",
        "  e-mail: ",
        "Thư điện tử",
        "THƯ ĐIỆN TỬ",
        "Địa chỉ e-mail (*)",
        "Đi\u{323}a chi\u{309} email",
    ] {
        let text = format!("STT,{header},x\n1,a@b.example,\n");
        assert_eq!(read(&text), Ok(vec![row("", "a@b.example", 2, 3)]), "{header}");
    }
    for header in ["Name", "họ tên", "HỌ VÀ TÊN", "Tên", "Ho\u{323} va\u{300} tên"] {
        let text = format!("Tên đơn vị,Email,\"{header}\"\nSở,a@b.example, Trần  An \n");
        assert_eq!(read(&text), Ok(vec![row("Trần An", "a@b.example", 2, 4)]), "{header}");
    }
    let both = "Tên,Họ tên,Email\nAn,Trần An,a@b.example\nBé,,Lê Bé <b@b.example>";
    let expected = vec![row("Trần An", "a@b.example", 2, 12), row("Lê Bé", "b@b.example", 3, 5)];
    assert_eq!(read(both), Ok(expected));
    assert_eq!(read("#,Email\n1,a@b.example"), Ok(vec![row("", "a@b.example", 2, 3)]));
    assert_eq!(read("# Cập nhật, tháng 11\n\nname,email\n,a@b.example"), Ok(vec![row("", "a@b.example", 4, 2)]));
}

#[test]
fn cells_in_quotes() {
    let text = "email,ghi chú,name\n\"a@b.example\",\"dòng 1\r\ndòng 2, \"\"x\"\"\n\n\",\"Trần, An\"\n\u{a0}b@b.example\u{200b} , , \"Lê Bé\" \n";
    let expected = vec![row("Trần, An", "a@b.example", 2, 2), row("Lê Bé", "b@b.example", 6, 1)];
    assert_eq!(read(text), Ok(expected));
    assert_eq!(read("name,note,email\nAn,\"x\n\ny\",a@b.example"), Ok(vec![row("An", "a@b.example", 4, 4)]),);
    assert_eq!(
        read("name,email\n\"Trần An,a@b.example\nLê Bé,b@b.example\n"),
        Err(vec![bad(2, 1, ListError::UnclosedQuote)]),
    );
    assert_eq!(
        read("email,ghi chú\na@b.example,\"x\nb@b.example,\"y\nc@b.example\n"),
        Err(vec![bad(3, 14, ListError::TextAfterQuote)]),
    );
    assert_eq!(
        read(
            "email,name\na@b.example,\"Trần\nAn\"\n\"b@b.example\nc@b.example\",x\n\"d@b.\nexample\",\n\"e@b.example\n\",y"
        ),
        Err(vec![
            bad(2, 14, ListError::Name { text: "Trần An".into(), error: RecipientNameError::Control }),
            bad_address(4, 2, "b@b.example c@b.example", AddressError::SeveralAddresses, None),
            bad_address(6, 2, "d@b. example", AddressError::Control, Some("d@b.example")),
        ]),
    );
}

#[test]
fn all_errors_of_a_list() {
    let text = "Họ tên;Email;Ghi chú\nTrần An;an@b;x\n;;\nLê Bé;;x\nPhạm; Cả;ca@b.example;x\n;nguyễn@b.example\n\
                Bcc: x\u{7};d@gmial,com\nVõ;e@b.example\n";
    assert_eq!(
        read(text),
        Err(vec![
            bad_address(2, 9, "an@b", AddressError::NoDot, None),
            bad(4, 1, ListError::NoAddress { row: "Lê Bé, x".into() }),
            bad(5, 23, ListError::TooManyCells { columns: 3 }),
            bad_address(6, 2, "nguyễn@b.example", AddressError::LocalPartNotAscii('ễ'), Some("nguyen@b.example")),
            bad(7, 1, ListError::Name { text: "Bcc: x\u{7}".into(), error: RecipientNameError::Control }),
            bad_address(7, 9, "d@gmial,com", AddressError::Character(','), Some("d@gmail.com")),
        ]),
    );
    assert_eq!(
        read("a@b.example\nTrần An\nc@d.example, e@f.example\n"),
        Err(vec![
            bad_address(2, 1, "Trần An", AddressError::NoAt, None),
            bad_address(3, 1, "c@d.example, e@f.example", AddressError::SeveralAddresses, None),
        ]),
    );
}

#[test]
fn letters_that_were_lost() {
    let text = "name,email\nTr?n An,a@b.example\nL? B?,b@b.example\nAn,c@b.example\n";
    assert_eq!(read(text), Err(vec![bad(2, 1, ListError::LettersLost { text: "Tr?n An".into(), rows: 2 })]));
    let lines = "Tr?n An <a@b.example>\nL? <b@b.example>\nc@b\n";
    assert_eq!(
        read(lines),
        Err(vec![
            bad(1, 1, ListError::LettersLost { text: "Tr?n An <a@b.example>".into(), rows: 2 }),
            bad_address(3, 1, "c@b", AddressError::NoDot, None),
        ]),
    );
}

#[test]
fn what_is_no_list() {
    let whole = |error| Err(vec![bad(1, 1, error)]);
    assert_eq!(read_bytes("a.xlsx", b"PK\x03\x04\x14\0\x06\0"), whole(ListError::Workbook));
    assert_eq!(read_bytes("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"), whole(ListError::Workbook));
    assert_eq!(read_bytes("a.csv", b"%PDF-1.7"), whole(ListError::NotAList(Some("PDF"))));
    assert_eq!(read_bytes("a.csv", b"a\0@\0b\0"), whole(ListError::NotAList(None)));
    assert_eq!(read_bytes("a.csv", b"\xff\xfea\0b"), whole(ListError::NotAList(None)));
    assert_eq!(read_bytes("a.csv", b"\xff\xfe\x00\xd8a\0"), whole(ListError::NotAList(None)));
    assert_eq!(read_bytes("a.csv", &vec![b'a'; LARGEST_LIST + 1]), whole(ListError::TooLarge { limit: LARGEST_LIST }));
    // Windows-1258: "Trần An" and "Lê" in the bytes of Excel's plain CSV.
    assert_eq!(
        read_bytes("a.csv", b"name,email\r\nAn,a@b.example\r\nTr\xe2\xccn An,b@b.example\r\n"),
        Err(vec![bad(3, 3, ListError::NotUtf8)]),
    );
    assert_eq!(read_bytes("a.csv", b"\xef\xbb\xbfL\xea"), Err(vec![bad(1, 2, ListError::NotUtf8)]));
    for nothing in ["", "\u{feff}", " \r\n\t\n", "# a@b.example\n", ";;;\n", "sep=;\n"] {
        let error = read_list("a.txt", nothing.as_bytes()).map_err(|errors| errors.len());
        assert_eq!(error, Err(1), "{nothing:?}");
    }
    assert_eq!(read("name;email\n;;\n\n"), whole_at(1, 11, ListError::NoRows));
    assert_eq!(read("Email\n\n"), whole_at(1, 6, ListError::NoRows));
}

fn whole_at(line: usize, column: usize, error: ListError) -> Read {
    Err(vec![bad(line, column, error)])
}

#[test]
fn headers_that_lack_something() {
    let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let no_email = |names: &[&str], header| ListError::NoEmailColumn { columns: columns(names), header };
    assert_eq!(read("Họ tên;Điện thoại;;\nAn;1\n"), whole_at(1, 1, no_email(&["Họ tên", "Điện thoại"], None)));
    assert_eq!(
        read("\nDANH SÁCH NHẬN BẢN TIN;;\n;;\nHọ tên;Email;\nAn;a@b.example;\n"),
        whole_at(2, 1, no_email(&["DANH SÁCH NHẬN BẢN TIN"], Some(4))),
    );
    assert_eq!(read_bytes("a.CSV", "Họ tên\nAn\n".as_bytes()), whole_at(1, 1, no_email(&["Họ tên"], None)));
    assert_eq!(read("Trần An;a@b.example\nLê Bé;b@b.example\n"), whole_at(1, 1, ListError::NoHeader));
    assert_eq!(read("a@b.example,\"Trần, An\"\n"), whole_at(1, 1, ListError::NoHeader));
    assert_eq!(
        read("Email;Tên;E-mail\na@b.example;An;\n"),
        whole_at(1, 1, ListError::SeveralEmailColumns { columns: columns(&["Email", "E-mail"]) }),
    );
    assert_eq!(
        read("a@b.example,\nc@d.example,\n"),
        Err(vec![
            bad_address(1, 1, "a@b.example,", AddressError::EndingMark(','), Some("a@b.example")),
            bad_address(2, 1, "c@d.example,", AddressError::EndingMark(','), Some("c@d.example")),
        ]),
    );
}

#[test]
fn limits() {
    let many: String = (0..=MOST_RECIPIENTS).map(|at| format!("a{at}@b.example\n")).collect();
    assert_eq!(read(&many), whole_at(MOST_RECIPIENTS + 1, 1, ListError::TooMany { limit: MOST_RECIPIENTS }),);
    assert_eq!(read(&format!("Email;\n{many}")).map_err(|errors| errors.len()), Err(1));
    let Err(errors) = read(&"x@\n".repeat(3000)) else { panic!("accepted") };
    assert_eq!(errors.len(), MOST_ERRORS + 1);
    assert_eq!(errors.last(), Some(&bad(1000, 1, ListError::More { count: 2000 })));
    for text in [",", "\"", "\" ", "a,\"b\"c\n", "\n", "@", "é", "\t\" \"", "x@y,", "<", " "] {
        let start = std::time::Instant::now();
        let length = LARGEST_LIST / 10;
        let text = text.repeat(length / text.len());
        for text in [text.clone(), format!("email,name\n{text}"), format!("#,\n{text}")] {
            let errors = read_bytes("a.csv", text.as_bytes()).map_err(|errors| errors.len());
            assert!(errors.is_err_and(|count| count <= MOST_ERRORS + 1));
        }
        // No shape of text takes more than linear time.
        assert!(start.elapsed().as_secs() < 30, "{:?}", text.get(..8));
    }
}

#[test]
fn doubles() {
    let list = |file: &str, text: &str| read_list(file, text.as_bytes()).unwrap_or_else(|errors| panic!("{errors:?}"));
    let place = |file: &str, line| Place::List { file: file.to_owned(), line, column: 1 };
    let mut all = vec![Recipient::typed("C@b.example").unwrap_or_else(|error| panic!("{error:?}"))];
    all.extend(list("a.txt", "a@b.example\nb@B.example\nAN <A@b.example>\n"));
    all.extend(list("b.txt", "Cả <c@b.example>\nTrần An <a@b.EXAMPLE>\nd@b.example"));
    let (kept, doubles) = without_doubles(all);
    let shown: Vec<String> = kept.iter().map(Recipient::shown).collect();
    assert_eq!(shown, ["Cả <C@b.example>", "AN <a@b.example>", "b@b.example", "d@b.example"]);
    let places: Vec<(&str, &Place, &Place)> =
        doubles.iter().map(|double| (double.address.as_str(), &double.first, &double.second)).collect();
    let expected = [
        ("A@b.example", &place("a.txt", 1), &place("a.txt", 3)),
        ("c@b.example", &Place::Typed, &place("b.txt", 1)),
        ("a@b.example", &place("a.txt", 1), &place("b.txt", 2)),
    ];
    assert_eq!(places, expected);
}

fn check(file: &str, bytes: &[u8]) {
    match read_list(file, bytes) {
        Ok(recipients) => {
            for recipient in recipients {
                let all = format!("{}{}", recipient.name.as_deref().unwrap_or_default(), recipient.address.as_str());
                assert!(!all.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{bytes:?}");
            }
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            let places: Vec<(usize, usize)> = errors.iter().map(|error| (error.line, error.column)).collect();
            assert!(places.iter().all(|(line, column)| *line > 0 && *column > 0));
            assert!(places.is_sorted_by_key(|(line, _)| *line), "{bytes:?}");
        }
    }
}

/// A cell as a table has it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check("a.csv", &bytes);
        check("a", &[b"\xff\xfe".as_slice(), &bytes].concat());
        check("a", &[b"email,name\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn nearly_tables(text in "(sep=[;,|\"]\n)?(email|name|#|\"|;|,|\t|Địa chỉ email){1,5}\r?\n([a-z@.;,\t\"\r\n\0 <>#\u{a0}đ?]|a@b.example|\"\"){0,60}") {
        check("a.csv", text.as_bytes());
        check("a.txt", text.as_bytes());
        check("a.txt", &utf16(&text));
    }

    /// What stands in a table is read as it stands, whatever stands around it.
    #[test]
    fn tables_come_back(
        rows in proptest::collection::vec(("[^\r\0]{0,30}", "[a-z]{1,9}"), 1..20),
        separator in proptest::sample::select(vec![";", ",", "\t"]),
    ) {
        let mut text = format!("Ghi chú{separator}Email\r\n");
        let mut expected = Vec::new();
        let mut line = 2;
        for (note, local) in &rows {
            line += note.matches('\n').count();
            let column = 3 + note.rsplit('\n').next().unwrap_or_default().replace('"', "\"\"").chars().count();
            let column = if note.contains('\n') { column } else { column + 1 };
            text += &format!("{}{separator}{local}@b.example\r\n", quoted(note));
            expected.push(row("", &format!("{local}@b.example"), line, column));
            line += 1;
        }
        assert_eq!(read(&text), Ok(expected), "{text}");
    }
}
