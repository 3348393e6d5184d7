//! PDFs that were made to fill memory or to keep their reader busy for ever: each ends in an error, soon.

use std::io::Write as _;

use bantin::archive;

/// A PDF of these objects, by their numbers; the first is the catalog.
fn pdf(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut rows = Vec::new();
    for (number, object) in objects {
        rows.push((number, bytes.len()));
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(b"xref\n");
    for (number, offset) in rows {
        bytes.extend(format!("{number} 1\n{offset:010} 00000 n \n").bytes());
    }
    bytes.extend(format!("trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

fn catalog(files: &str) -> (u32, Vec<u8>) {
    (1, format!("<</Type/Catalog/Names<</EmbeddedFiles {files}>>>>").into_bytes())
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>stream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// So many times a byte, packed.
fn bomb(begin: &[u8], unit: &[u8], count: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(begin).expect("it is packed");
    let block = unit.repeat(10_000);
    for _ in 0..count / 10_000 {
        encoder.write_all(&block).expect("it is packed");
    }
    encoder.finish().expect("it is packed")
}

fn attached(name: &str, stream: u32) -> String {
    format!("({name})<</UF({name})/EF<</F {stream} 0 R>>>>")
}

fn with_table(table: &[u8], dictionary: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec();
    let start = bytes.len();
    bytes.extend(b"5 0 obj\n");
    bytes.extend(stream(&format!("/Type/XRef/Root 1 0 R/Filter/FlateDecode{dictionary}"), table));
    bytes.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

fn corpus() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = bomb(b"", b"\0", 199_000_000);
    let many: String = (0..21_000).map(|number| attached(&format!("{number}.bin"), 3)).collect();
    let shared: String = (0..30).map(|number| attached(&format!("{number}.bin"), 3)).collect();
    let distinct: String = (0..30).map(|number| attached(&format!("{number}.bin"), 10 + number)).collect();
    let mut bombs = vec![catalog(&format!("<</Names[{distinct}]>>"))];
    bombs.extend((0..30).map(|number| (10 + number, stream("/Filter/FlateDecode", &zeros))));
    let spaces = stream("/Type/ObjStm/N 1/First 5/Filter/FlateDecode", &bomb(b"50 0 ", b" ", 250_000_000));
    let array = stream("/Type/ObjStm/N 1/First 5/Filter/FlateDecode", &bomb(b"2 0 [", b"1 ", 25_000_000));
    // A table that says: object 2 is in the stream 7.
    let packed = |container: Vec<u8>| {
        let mut bytes = b"%PDF-1.7\n1 0 obj\n<</Names 2 0 R>>\nendobj\n".to_vec();
        let at = bytes.len();
        bytes.extend(b"7 0 obj\n");
        bytes.extend(container);
        bytes.extend(b"\nendobj\n");
        let start = bytes.len();
        let row = |kind: u8, value: usize| [&[kind][..], &(value as u32).to_be_bytes()].concat();
        let rows = [row(1, 9), row(2, 7), row(1, at)].concat();
        bytes.extend(b"5 0 obj\n");
        bytes.extend(stream("/Type/XRef/W[1 4 0]/Index[1 2 7 1]/Root 1 0 R", &rows));
        bytes.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
        bytes
    };
    // Every node of a level is a child of every node of the level above.
    let wide =
        |number: u32| (number, format!("<</Kids[{}]>>", format!("{} 0 R ", number + 1).repeat(500)).into_bytes());
    let spread: Vec<_> = (2..30).map(wide).collect();
    let far = [&b"%PDF-1.7\n"[..], &b" ".repeat(4_000_000), b"2 0 obj [] endobj\n"].concat();
    let rows: String = (9..20_000).map(|number| format!("{number} 1\n0000000009 00000 n \n")).collect();
    let calls: String = (9..20_000).map(|number| format!("{number} 0 R ")).collect();
    let mut scan = far.clone();
    scan.extend(format!("1 0 obj<</Names<</EmbeddedFiles<</Kids[{calls}]>>>>>>endobj\n").bytes());
    let (one, start) = (far.len(), scan.len());
    scan.extend(
        format!("xref\n1 1\n{one:010} 00000 n \n{rows}trailer<</Size 9/Root 1 0 R>>\nstartxref\n{start}\n").bytes(),
    );
    let endless =
        b"%PDF-1.7\n1 0 obj<<>>endobj\nxref\n1 1\n0000000009 00000 n \ntrailer<</Root 1 0 R/Prev 27>>\nstartxref\n27\n";
    vec![
        ("nothing", Vec::new()),
        ("a node that is its own child", pdf(&[catalog("2 0 R"), (2, b"<</Kids[2 0 R 2 0 R]>>".to_vec())])),
        (
            "two nodes that are each other's",
            pdf(&[catalog("2 0 R"), (2, b"<</Kids[3 0 R]>>".to_vec()), (3, b"<</Kids[2 0 R]>>".to_vec())]),
        ),
        ("a tree that grows at every level", pdf(&[vec![catalog("2 0 R")], spread].concat())),
        (
            "one stream under many names",
            pdf(&[catalog(&format!("<</Names[{shared}]>>")), (3, stream("/Filter/FlateDecode", &zeros))]),
        ),
        ("many streams that unpack to much", pdf(&bombs)),
        ("very many files", pdf(&[catalog(&format!("<</Names[{many}]>>")), (3, stream("", b"x"))])),
        ("a packed object of spaces", packed(spaces)),
        ("a packed object of very many objects", packed(array)),
        ("a table of nothing", with_table(&bomb(b"", b"\0", 250_000_000), "/W[1 2 1]/Size 60000000")),
        (
            "a table of very many objects",
            with_table(&bomb(b"", b"\x01\0\x09\0", 25_000_000), "/W[1 2 1]/Size 25000000"),
        ),
        ("a table of rows without bytes", with_table(&bomb(b"", b"\0", 10_000), "/W[0 0 0]/Size 2000000000")),
        (
            "a table with a count that is too high",
            b"%PDF-1.7\nxref\n0 4000000000\ntrailer<<>>\nstartxref\n9\n".to_vec(),
        ),
        ("tables in a circle", endless.to_vec()),
        ("the same far way again and again", scan),
        ("deep brackets", pdf(&[catalog("2 0 R"), (2, b"[".repeat(5_000_000))])),
        ("deep dictionaries", pdf(&[catalog("2 0 R"), (2, b"<</A".repeat(1_000_000))])),
        ("deep parentheses", pdf(&[catalog("2 0 R"), (2, b"(".repeat(5_000_000))])),
        ("references in a circle", pdf(&[catalog("2 0 R"), (2, b"3 0 R".to_vec()), (3, b"2 0 R".to_vec())])),
        (
            "a length that is its own stream's",
            pdf(&[catalog("2 0 R"), (2, b"<</Length 2 0 R>>stream\nx\nendstream".to_vec())]),
        ),
        ("a negative length", pdf(&[catalog("2 0 R"), (2, b"<</Length -1>>stream\nx\nendstream".to_vec())])),
        (
            "a length beyond the end",
            pdf(&[catalog("2 0 R"), (2, b"<</Length 9223372036854775807>>stream\nx\nendstream".to_vec())]),
        ),
        (
            "packed twice",
            pdf(&[
                catalog("<</Names[(a)<</UF(issue.toml)/EF<</F 3 0 R>>>>]>>"),
                (3, stream("/Filter[/FlateDecode/FlateDecode]", &zeros)),
            ]),
        ),
    ]
}

#[test]
fn each_ends_in_an_error_soon() {
    for (name, bytes) in corpus() {
        let start = std::time::Instant::now();
        let read = archive::read(&bytes);
        assert!(read.is_err(), "{name}: {:?}", read.map(|files| files.len()));
        // Far more than it takes, for machines that are busy.
        assert!(start.elapsed().as_secs() < 20, "{name}: {:?}", start.elapsed());
    }
}

/// The most memory that a process takes while it reads each.
#[test]
#[cfg(target_os = "linux")]
fn each_takes_little_memory() {
    use crate::support::{Answer, command};
    let place = tempfile::tempdir().expect("a folder");
    for (name, bytes) in corpus() {
        let file = place.path().join("a.pdf");
        std::fs::write(&file, bytes).expect("it is written");
        // A bound on addresses is one on memory, too; some of them are taken before the first byte is read.
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", "ulimit -v 1600000; exec \"$0\" extract a.pdf -o out"]).arg(command().get_program());
        let answer =
            Answer::from(shell.env("LC_ALL", "en_US.UTF-8").current_dir(place.path()).output().expect("a shell"));
        assert_eq!(answer.status, 1, "{name}: {}", answer.stderr);
        assert!(answer.stderr.contains("error[unreadable]"), "{name}: {}", answer.stderr);
        assert!(!place.path().join("out").exists(), "{name}");
    }
}

/// What other programs make of an archive when they save it: packed objects, packed tables, several saves.
#[test]
fn archives_that_were_saved_again_are_read() {
    let issue = crate::support::TempIssue::usual().with("ghi chú.txt", "Một ghi chú.");
    let answer = crate::support::run(issue.path(), &["build", ".", "--profile", "archive", "-o", "a.pdf"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let bytes = std::fs::read(issue.path().join("a.pdf")).expect("the PDF");
    let wanted = archive::read(&bytes).expect("an archive");
    assert_eq!(wanted["ghi chú.txt"], "Một ghi chú.".as_bytes());
    let mut document = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let mut plain = Vec::new();
    document.save_to(&mut plain).expect("it is saved");
    assert!(archive::read(&plain) == Ok(wanted.clone()));
    let mut packed = Vec::new();
    document.save_modern(&mut packed).expect("it is saved");
    assert!(packed.windows(7).any(|window| window == b"/ObjStm"));
    assert!(archive::read(&packed) == Ok(wanted.clone()));
    // Saved once more at its end, and sent by a mail program that adds lines before and behind.
    let mut longer = lopdf::IncrementalDocument::create_from(bytes.clone(), document);
    longer.new_document.add_object(lopdf::Object::Null);
    let mut saved = Vec::new();
    longer.save_to(&mut saved).expect("it is saved");
    assert!(archive::read(&[b"\n\n", &saved[..], b"\r\n\r\n-- \r\nVP"].concat()) == Ok(wanted));
}
