//! `verify` holds every page of an archive against what its source builds, and names what was done to it.

use std::path::PathBuf;
use std::sync::OnceLock;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream, dictionary};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{TempIssue, jpeg, png, run};

const MANIFEST: &str = "date = 2026-11-28\nnumber = 11\nlayout = \"classic\"\n\n[masthead]\ntitle = \"Bản tin thử\"\n";

/// An issue of some pages, no two alike, with pictures and links. Each section fills most of a page, so that the next
/// one opens a page of its own.
fn issue() -> TempIssue {
    let mut issue = TempIssue::empty();
    let mut manifest = MANIFEST.to_owned();
    for (number, subject) in ["Cấp nước", "Trồng cây", "Sửa đường", "Mở lớp"].iter().enumerate() {
        manifest.push_str(&format!("\n[[section]]\ntitle = \"Mục {number}\"\narticles = [\"{number}.md\"]\n"));
        let mut text = format!(
            "+++\ntitle = \"{subject} ở xã\"\nsource = \"Trang tin\"\nsource_url = \"https://vd{number}.example\"\n+++\n\n"
        );
        for line in 0..34 {
            // Early enough to stand on the first page of its section.
            if number == 1 && line == 4 {
                text.push_str("![Hàng cây mới trồng.](photos/a.jpg \"VL\")\n\n");
            }
            if number == 2 && line == 4 {
                text.push_str("![Con đường mới.](photos/b.png \"VL\")\n\n");
            }
            text.push_str(&format!("{subject}: đoạn {line} của bài kể việc làm trong tháng tại thôn số {number}.\n\n"));
        }
        issue = issue.with(&format!("{number}.md"), text);
    }
    let grey = |x: u32, y: u32| [(x % 200) as u8, (y % 200) as u8, 90, 255];
    issue.with("issue.toml", manifest).with("photos/a.jpg", jpeg(900, 600)).with("photos/b.png", png(600, 400, grey))
}

/// The archive of that issue.
fn archive() -> &'static [u8] {
    static PDF: OnceLock<Vec<u8>> = OnceLock::new();
    PDF.get_or_init(|| {
        let issue = issue();
        let answer = run(issue.path(), &["build", ".", "--profile", "archive", "-o", "a.pdf"]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        std::fs::read(issue.path().join("a.pdf")).expect("the PDF")
    })
}

/// What `verify` says of a PDF: its status, whether it reads the same, and the differences.
fn verified(pdf: &[u8]) -> (i32, Value, Vec<String>) {
    let place = TempDir::new().expect("a folder");
    std::fs::write(place.path().join("a.pdf"), pdf).expect("it is written");
    let answer = run(place.path(), &["verify", "a.pdf", "--format", "json"]);
    let line = answer.json().into_iter().next().unwrap_or_default();
    if line["code"].is_string() {
        return (answer.status, Value::Null, vec![line["code"].as_str().unwrap_or_default().to_owned()]);
    }
    let list = line["differences"].as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = list.iter().map(|one| format!("{} {}", word(&one["kind"]), word(&one["what"])).trim().to_owned());
    // In both languages, every difference is a sentence.
    for lang in ["vi", "en"] {
        let human = run(place.path(), &["verify", "a.pdf", "--lang", lang]);
        assert_eq!(human.stdout.lines().count(), 1 + line["differences"].as_array().map_or(0, Vec::len));
    }
    (answer.status, line["reads_the_same"].clone(), list.collect())
}

fn page_ids(document: &Document) -> Vec<ObjectId> {
    document.get_pages().into_values().collect()
}

/// The list of pages, as the root of their tree has it after this: flat.
fn set_pages(document: &mut Document, pages: Vec<ObjectId>) {
    let root = document.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference).expect("it");
    for page in &pages {
        document.get_dictionary_mut(*page).expect("a page").set("Parent", root);
    }
    let root = document.get_dictionary_mut(root).expect("the root");
    root.set("Count", pages.len() as i64);
    root.set("Kids", Object::Array(pages.into_iter().map(Object::Reference).collect()));
}

/// Changes the operations of a page.
fn edit(document: &mut Document, page: usize, change: impl Fn(&mut Vec<Operation>)) {
    let id = page_ids(document)[page];
    let mut content = Content::decode(&document.get_page_content(id)).expect("operations");
    change(&mut content.operations);
    document.change_page_content(id, content.encode().expect("a stream")).expect("it is changed");
}

fn white_rectangle() -> Vec<Operation> {
    let numbers = |numbers: &[i64]| numbers.iter().map(|number| Object::Integer(*number)).collect();
    vec![
        Operation::new("q", vec![]),
        Operation::new("rg", numbers(&[1, 1, 1])),
        Operation::new("re", numbers(&[100, 100, 300, 300])),
        Operation::new("f", vec![]),
        Operation::new("Q", vec![]),
    ]
}

/// Every object of a kind, by what its dictionary says.
fn with_key(document: &Document, key: &[u8], value: &[u8]) -> Vec<ObjectId> {
    let is = |object: &Object| {
        let dictionary = object.as_dict().or_else(|_| object.as_stream().map(|stream| &stream.dict));
        dictionary.is_ok_and(|d| d.get(key).and_then(Object::as_name).is_ok_and(|name| name == value))
    };
    document.objects.iter().filter(|(_, object)| is(object)).map(|(id, _)| *id).collect()
}

fn specification(document: &Document, name: &str) -> ObjectId {
    let is = |object: &Object| {
        let found = object.as_dict().and_then(|dictionary| dictionary.get(b"UF"));
        found.is_ok_and(|found| lopdf::decode_text_string(found).is_ok_and(|found| found == name))
    };
    *document.objects.iter().find(|(_, object)| is(object)).expect("the file").0
}

/// Puts other bytes in place of an attached file.
pub(crate) fn replace_attachment(document: &mut Document, name: &str, bytes: &[u8]) {
    let files = document.get_dictionary(specification(document, name)).and_then(|it| it.get(b"EF")).cloned();
    let id = files.as_ref().expect("its content").as_dict().and_then(|files| files.get(b"F"));
    let id = id.and_then(Object::as_reference).expect("a stream");
    let stream = document.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream");
    stream.set_plain_content(bytes.to_vec());
}

fn attachment(document: &Document, name: &str) -> String {
    let files = document.get_dictionary(specification(document, name)).and_then(|it| it.get(b"EF"));
    let stream = files.and_then(Object::as_dict).and_then(|files| files.get_deref(b"F", document));
    let stream = stream.and_then(Object::as_stream).expect("a stream");
    String::from_utf8(stream.decompressed_content().expect("its content")).expect("UTF-8")
}

fn catalog(document: &mut Document) -> &mut Dictionary {
    document.catalog_mut().expect("the catalog")
}

fn set_note(document: &mut Document, page: usize, note: Dictionary) {
    let note = document.add_object(note);
    let id = page_ids(document)[page];
    let page = document.get_dictionary(id).expect("a page");
    let mut notes = page.get_deref(b"Annots", document).and_then(Object::as_array).cloned().unwrap_or_default();
    notes.push(note.into());
    document.get_dictionary_mut(id).expect("a page").set("Annots", notes);
}

/// The first image that a page draws.
fn first_image(document: &Document, number: usize) -> ObjectId {
    let smask = |id: &ObjectId| {
        let masks = document.objects.values().filter_map(|object| object.as_stream().ok());
        let mut masks = masks.filter_map(|stream| stream.dict.get(b"SMask").and_then(Object::as_reference).ok());
        masks.any(|mask| mask == *id)
    };
    let images: Vec<_> = with_key(document, b"Subtype", b"Image").into_iter().filter(|id| !smask(id)).collect();
    images[number]
}

type Forgery = (&'static str, fn(&mut Document), Option<bool>, &'static [&'static str]);

/// What is done to the PDF; whether it still reads the same, where that is to be known; what must be named, and of the
/// pages nothing else.
const FORGERIES: &[Forgery] = &[
    ("nothing but written anew", |_| (), Some(true), &["rewritten"]),
    (
        "renumbered and packed otherwise",
        |d| {
            d.decompress();
            d.renumber_objects_with(5000);
            d.compress();
        },
        Some(true),
        &["rewritten"],
    ),
    ("unpacked", |d| d.decompress(), Some(true), &["rewritten"]),
    (
        "a page taken out",
        |d| {
            let mut pages = page_ids(d);
            pages.remove(2);
            set_pages(d, pages);
        },
        Some(false),
        &["page-removed 3"],
    ),
    ("a page deleted", |d| d.delete_pages(&[2]), Some(false), &["page-removed 2"]),
    (
        "two pages taken out",
        |d| {
            let mut pages = page_ids(d);
            pages.remove(3);
            pages.remove(1);
            set_pages(d, pages);
        },
        Some(false),
        &["page-removed 2", "page-removed 4"],
    ),
    (
        "a page replaced by another",
        |d| {
            let mut pages = page_ids(d);
            pages[2] = pages[1];
            set_pages(d, pages);
        },
        Some(false),
        &["page-text 3", "page-picture 3"],
    ),
    (
        "two pages swapped",
        |d| {
            let mut pages = page_ids(d);
            pages.swap(1, 3);
            set_pages(d, pages);
        },
        Some(false),
        &["page-moved 2 → 4", "page-moved 4 → 2"],
    ),
    (
        "a page added",
        |d| {
            let content = d.add_object(Stream::new(Dictionary::new(), b"0 0 100 100 re f".to_vec()));
            let page = d.add_object(dictionary! { "Type" => "Page", "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()], "Contents" => content });
            let mut pages = page_ids(d);
            pages.insert(2, page);
            set_pages(d, pages);
        },
        Some(false),
        &["page-added 3"],
    ),
    (
        "a page shown twice",
        |d| {
            let mut pages = page_ids(d);
            pages.insert(3, pages[2]);
            set_pages(d, pages);
        },
        Some(false),
        &["page-added 4"],
    ),
    (
        "words taken out",
        |d| {
            edit(d, 1, |all| {
                let last = all.iter().rposition(|o| ["Tj", "TJ"].contains(&o.operator.as_str())).expect("text");
                all.remove(last);
            })
        },
        Some(false),
        &["page-text 2"],
    ),
    (
        "words doubled",
        |d| {
            edit(d, 3, |all| {
                let first = all.iter().position(|o| ["Tj", "TJ"].contains(&o.operator.as_str())).expect("text");
                all.insert(first, all[first].clone());
            })
        },
        Some(false),
        &["page-text 4"],
    ),
    ("a white rectangle", |d| edit(d, 2, |all| all.extend(white_rectangle())), Some(false), &["page-look 3"]),
    (
        "text made invisible",
        |d| edit(d, 2, |all| all.insert(0, Operation::new("Tr", vec![3.into()]))),
        Some(false),
        &["page-look 3"],
    ),
    (
        "a form that hides behind another stream",
        |d| {
            let form = d.add_object(Stream::new(dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 999.into(), 999.into()] }, b"1 1 1 rg 0 0 999 999 re f".to_vec()));
            let id = page_ids(d)[2];
            d.add_xobject(id, "Xfalse", form).expect("it is added");
            edit(d, 2, |all| all.push(Operation::new("Do", vec!["Xfalse".into()])));
        },
        Some(false),
        &["page-look 3"],
    ),
    (
        "a page turned",
        |d| {
            let id = page_ids(d)[3];
            d.get_dictionary_mut(id).expect("a page").set("Rotate", 180);
        },
        Some(false),
        &["page-look 4"],
    ),
    (
        "a page cropped",
        |d| {
            let id = page_ids(d)[3];
            d.get_dictionary_mut(id).expect("a page").set("CropBox", vec![0.into(), 0.into(), 99.into(), 99.into()]);
        },
        Some(false),
        &["page-look 4"],
    ),
    (
        "a picture replaced",
        |d| {
            let id = first_image(d, 0);
            let stream = d.get_object_mut(id).and_then(Object::as_stream_mut).expect("an image");
            let middle = stream.content.len() / 2;
            stream.content[middle] ^= 1;
        },
        Some(false),
        &["page-picture"],
    ),
    (
        "a link altered",
        |d| {
            let ids: Vec<_> = d.objects.keys().copied().collect();
            for id in ids {
                let Ok(note) = d.get_dictionary_mut(id) else { continue };
                if let Ok(action) = note.get_mut(b"A").and_then(Object::as_dict_mut)
                    && action.get(b"URI").and_then(Object::as_str).is_ok_and(|uri| uri.starts_with(b"https://vd2"))
                {
                    action.set("URI", Object::string_literal("https://evil.example"));
                }
            }
        },
        Some(false),
        &["page-link"],
    ),
    (
        "a note over text",
        |d| {
            set_note(
                d,
                2,
                dictionary! { "Type" => "Annot", "Subtype" => "FreeText", "Rect" => vec![100.into(), 100.into(), 400.into(), 400.into()], "Contents" => Object::string_literal("x") },
            )
        },
        Some(false),
        &["page-note 3"],
    ),
    (
        "a link added",
        |d| {
            set_note(
                d,
                2,
                dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![0.into(), 0.into(), 99.into(), 99.into()], "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://evil.example") } },
            )
        },
        Some(false),
        &["page-link 3"],
    ),
    (
        "a program that runs on opening",
        |d| {
            catalog(d)
                .set("OpenAction", dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") })
        },
        Some(false),
        &["document OpenAction"],
    ),
    (
        "a form",
        |d| catalog(d).set("AcroForm", dictionary! { "Fields" => Vec::<Object>::new() }),
        Some(false),
        &["document AcroForm"],
    ),
    (
        "a program among the names",
        |d| {
            let names = catalog(d).get(b"Names").cloned().expect("names");
            let mut names = d.dereference(&names).expect("names").1.as_dict().expect("names").clone();
            names.set("JavaScript", dictionary! { "Names" => vec![Object::string_literal("a"), dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("1") }.into()] });
            catalog(d).set("Names", names);
        },
        Some(false),
        &["document Names/JavaScript"],
    ),
    (
        "layers",
        |d| catalog(d).set("OCProperties", dictionary! { "OCGs" => Vec::<Object>::new() }),
        Some(false),
        &["document OCProperties"],
    ),
    (
        "another title",
        |d| {
            let id = d.trailer.get(b"Info").and_then(Object::as_reference).expect("facts");
            d.get_dictionary_mut(id).expect("facts").set("Title", Object::string_literal("Another"));
        },
        Some(true),
        &["document Info/Title"],
    ),
    (
        "another XMP",
        |d| {
            let id = with_key(d, b"Subtype", b"XML")[0];
            let stream = d.get_object_mut(id).and_then(Object::as_stream_mut).expect("XMP");
            let mut content = stream.get_plain_content().expect("XMP");
            content.extend(b" ");
            stream.set_plain_content(content);
        },
        Some(true),
        &["document Metadata"],
    ),
    (
        "another bookmark",
        |d| {
            let id = *d
                .objects
                .iter()
                .find(|(_, o)| o.as_dict().is_ok_and(|o| o.has(b"Title") && o.has(b"Dest")))
                .expect("a bookmark")
                .0;
            d.get_dictionary_mut(id).expect("it").set("Title", Object::string_literal("Another"));
        },
        Some(true),
        &["document Outlines"],
    ),
    (
        "another text for screen readers",
        |d| {
            let id = *d
                .objects
                .iter()
                .find(|(_, o)| o.as_dict().is_ok_and(|o| o.has(b"S") && o.has(b"Alt")))
                .expect("a figure")
                .0;
            d.get_dictionary_mut(id).expect("it").set("Alt", Object::string_literal("Another"));
        },
        Some(false),
        &["document StructTreeRoot"],
    ),
    (
        "an article altered",
        |d| {
            let text = attachment(d, "3.md").replace("thôn", "xóm");
            replace_attachment(d, "3.md", text.as_bytes());
        },
        Some(false),
        &["input-changed 3.md", "text 3.md", "page-text"],
    ),
    (
        "an article altered where nobody reads it",
        |d| {
            let text = attachment(d, "3.md").replace("+++\n\n", "+++\n\n\n");
            replace_attachment(d, "3.md", text.as_bytes());
        },
        Some(true),
        &["input-changed 3.md"],
    ),
    (
        "an article altered, and a page covered",
        |d| {
            let text = attachment(d, "3.md").replace("+++\n\n", "+++\n\n\n");
            replace_attachment(d, "3.md", text.as_bytes());
            edit(d, 2, |all| all.extend(white_rectangle()));
        },
        Some(false),
        &["input-changed 3.md", "look-unknown"],
    ),
    (
        "a layout altered",
        |d| {
            let text = attachment(d, "layout/layout.typ") + "\n// x\n";
            replace_attachment(d, "layout/layout.typ", text.as_bytes());
        },
        Some(true),
        &["layout"],
    ),
    (
        "a lock that lies about an article",
        |d| {
            let text = attachment(d, "bantin.lock.toml");
            let at = text.rfind("sha256 = \"").expect("a hash") + 10;
            let mut text = text.into_bytes();
            text[at] = if text[at] == b'0' { b'1' } else { b'0' };
            replace_attachment(d, "bantin.lock.toml", &text);
        },
        Some(true),
        &["attachment-changed bantin.lock.toml"],
    ),
    (
        "a lock with a remark",
        |d| {
            let text = attachment(d, "bantin.lock.toml") + "\n# x\n";
            replace_attachment(d, "bantin.lock.toml", text.as_bytes());
        },
        Some(true),
        &["attachment-changed bantin.lock.toml"],
    ),
    (
        "a lock of other versions",
        |d| {
            let text = attachment(d, "bantin.lock.toml").replace("tool = \"", "tool = \"0.0.");
            replace_attachment(d, "bantin.lock.toml", text.as_bytes());
        },
        Some(true),
        &["tool bantin 0.0.0.1.0, typst 0.15.1"],
    ),
    (
        "a lock of other versions, and a page taken out",
        |d| {
            let text = attachment(d, "bantin.lock.toml").replace("tool = \"", "tool = \"0.0.");
            replace_attachment(d, "bantin.lock.toml", text.as_bytes());
            let mut pages = page_ids(d);
            pages.remove(2);
            set_pages(d, pages);
        },
        Some(false),
        &["tool bantin 0.0.0.1.0, typst 0.15.1", "page-removed 3"],
    ),
    ("no lock", |d| replace_attachment(d, "bantin.lock.toml", b"x"), Some(true), &["no-lock"]),
    // Whoever writes the lock must not choose how closely it is looked.
    (
        "covered, with a lock of another version",
        |d| {
            let text = attachment(d, "bantin.lock.toml").replace("tool = \"", "tool = \"0.0.");
            replace_attachment(d, "bantin.lock.toml", text.as_bytes());
            edit(d, 2, |all| all.extend(white_rectangle()));
        },
        Some(false),
        &["look-unknown"],
    ),
    (
        "covered, without a lock",
        |d| {
            replace_attachment(d, "bantin.lock.toml", b"x");
            edit(d, 2, |all| all.extend(white_rectangle()));
        },
        Some(false),
        &["look-unknown"],
    ),
    (
        "colours of a photo turned",
        |d| {
            let id = first_image(d, 1);
            let stream = d.get_object_mut(id).and_then(Object::as_stream_mut).expect("an image");
            stream.dict.set("DecodeParms", dictionary! { "ColorTransform" => 0 });
        },
        Some(false),
        &["page-picture"],
    ),
    // What readers do not agree on is read by none.
    (
        "a page that is a list of pages",
        |d| {
            let mut pages = page_ids(d);
            let id = d.add_object(dictionary! {
                "Type" => "Page", "Kids" => vec![Object::Reference(pages[1])], "Contents" => Object::Null,
            });
            pages[1] = id;
            set_pages(d, pages);
        },
        None,
        &["unreadable"],
    ),
    (
        "a content that few can unpack",
        |d| {
            let id =
                d.get_dictionary(page_ids(d)[2]).and_then(|page| page.get(b"Contents")).and_then(Object::as_reference);
            let stream = d.get_object_mut(id.expect("a content")).and_then(Object::as_stream_mut).expect("a stream");
            let filters = vec![Object::Name(b"FlateDecode".to_vec()), Object::Name(b"DCTDecode".to_vec())];
            stream.dict.set("Filter", Object::Array(filters));
        },
        None,
        &["unreadable"],
    ),
    (
        "a content in another file",
        |d| {
            let id =
                d.get_dictionary(page_ids(d)[2]).and_then(|page| page.get(b"Contents")).and_then(Object::as_reference);
            let stream = d.get_object_mut(id.expect("a content")).and_then(Object::as_stream_mut).expect("a stream");
            stream.dict.set("F", Object::string_literal("elsewhere"));
        },
        None,
        &["unreadable"],
    ),
    (
        "a list in the contents",
        |d| {
            let id = page_ids(d)[2];
            let page = d.get_dictionary_mut(id).expect("a page");
            let content = page.get(b"Contents").expect("a content").clone();
            page.set("Contents", Object::Array(vec![Object::Array(vec![content.clone()]), content]));
        },
        None,
        &["unreadable"],
    ),
    (
        "fewer pages by their count",
        |d| {
            let root =
                d.catalog().and_then(|catalog| catalog.get(b"Pages")).and_then(Object::as_reference).expect("it");
            d.get_dictionary_mut(root).expect("the root").set("Count", 2);
        },
        None,
        &["unreadable"],
    ),
    (
        "a page by another name",
        |d| {
            let id = page_ids(d)[2];
            d.get_dictionary_mut(id).expect("a page").set("Type", "Pxge");
        },
        None,
        &["unreadable"],
    ),
];

#[test]
fn every_forgery_is_named_and_nothing_else() {
    let mut wrong = Vec::new();
    for (name, forge, reads_the_same, wanted) in FORGERIES {
        let mut document = Document::load_mem(archive()).expect("a PDF");
        forge(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("it is saved");
        wrong.extend(error(&bytes, *reads_the_same, wanted).map(|error| format!("{name}: {error}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn check(name: &str, pdf: &[u8], reads_the_same: Option<bool>, wanted: &[&str]) {
    assert_eq!(error(pdf, reads_the_same, wanted), None, "{name}");
}

/// What `verify` says of a PDF that it should not say.
fn error(pdf: &[u8], reads_the_same: Option<bool>, wanted: &[&str]) -> Option<String> {
    let (status, reads, found) = verified(pdf);
    let begins = |found: &str, wanted: &str| found.starts_with(wanted);
    let lacks = wanted.iter().any(|wanted| !found.iter().any(|found| begins(found, wanted)));
    let mut of_pages = found.iter().filter(|found| found.starts_with("page-"));
    let more = of_pages.any(|found| !wanted.iter().any(|wanted| begins(found, wanted)));
    let is_wrong = status != 1 || lacks || more || reads_the_same.is_some_and(|wanted| reads != Value::Bool(wanted));
    is_wrong.then(|| format!("{status} {reads} {found:?}"))
}

#[test]
fn the_honest_archive_is_identical() {
    assert_eq!(verified(archive()), (0, Value::Bool(true), Vec::new()));
    assert!(Document::load_mem(archive()).expect("a PDF").get_pages().len() >= 5);
}

/// The archive with a change added at its end.
fn updated(change: impl Fn(&mut IncrementalDocument)) -> Vec<u8> {
    let document = Document::load_mem(archive()).expect("a PDF");
    let mut update = IncrementalDocument::create_from(archive().to_vec(), document);
    change(&mut update);
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).expect("it is saved");
    assert!(bytes.starts_with(archive()));
    bytes
}

#[test]
fn what_is_added_at_the_end_is_named() {
    let page = updated(|update| {
        let id = page_ids(update.get_prev_documents())[2];
        update.opt_clone_object_to_new_document(id).expect("a page");
        let empty = update.new_document.add_object(Stream::new(Dictionary::new(), b"0 0 9 9 re f".to_vec()));
        update.new_document.get_dictionary_mut(id).expect("a page").set("Contents", empty);
    });
    check("a page replaced", &page, Some(false), &["update 1", "page-text 3", "page-picture 3"]);
    let nothing = updated(|update| {
        update.new_document.add_object(Object::Null);
    });
    check("nothing that shows", &nothing, Some(true), &["update 1"]);
    // Readers that follow the last table, and readers that look for objects, see different pages.
    let broken = [archive(), b"\n3 0 obj\nnull\nendobj\nstartxref\n99999999\n%%EOF"].concat();
    let (status, _, found) = verified(&broken);
    assert!(status == 1 && found.iter().any(|found| found == "update 1" || found == "unreadable"), "{found:?}");
    let garbage = [archive(), b"\n% something else\n"].concat();
    check("garbage", &garbage, Some(true), &["appended"]);
    let truncated = &archive()[..archive().len() * 2 / 3];
    let (status, _, found) = verified(truncated);
    assert_eq!(status, 1, "{found:?}");
    assert!(!found.is_empty());
}

/// The fonts of a page whose text can be altered without a change of its operations.
#[test]
fn lies_about_letters_are_named() {
    let mut document = Document::load_mem(archive()).expect("a PDF");
    let fonts: Vec<_> = with_key(&document, b"Subtype", b"Type0");
    for font in fonts {
        let table =
            document.get_dictionary(font).and_then(|font| font.get(b"ToUnicode")).and_then(Object::as_reference);
        let Ok(id) = table else { continue };
        let stream = document.get_object_mut(id).and_then(Object::as_stream_mut).expect("a table");
        let text = String::from_utf8(stream.get_plain_content().expect("a table")).expect("ASCII");
        // “n” is said to be “m”.
        stream.set_plain_content(text.replace("<006E>", "<006D>").replace("<006e>", "<006d>").into_bytes());
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it is saved");
    let (status, reads, found) = verified(&bytes);
    assert_eq!((status, reads), (1, Value::Bool(false)), "{found:?}");
    assert!(found.iter().filter(|found| found.starts_with("page-text")).count() >= 5, "{found:?}");

    let mut document = Document::load_mem(archive()).expect("a PDF");
    let is_font = |key: &'static [u8]| {
        let found = document.objects.values().filter_map(|object| object.as_dict().ok());
        found.filter_map(move |object| object.get(key).and_then(Object::as_reference).ok()).next()
    };
    let id = is_font(b"FontFile3").or_else(|| is_font(b"FontFile2")).expect("a font");
    let stream = document.get_object_mut(id).and_then(Object::as_stream_mut).expect("a font");
    let mut font = stream.get_plain_content().expect("a font");
    let middle = font.len() / 2;
    font[middle] ^= 1;
    stream.set_plain_content(font);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it is saved");
    let (status, reads, found) = verified(&bytes);
    assert_eq!((status, reads), (1, Value::Bool(false)), "{found:?}");
    assert!(found.iter().any(|found| found.starts_with("page-look")), "{found:?}");
}

#[test]
fn an_attached_file_that_is_none_of_the_issue_is_named() {
    let mut document = Document::load_mem(archive()).expect("a PDF");
    let file = document.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"%PDF-1.7".to_vec()));
    let added = document.add_object(dictionary! {
        "Type" => "Filespec", "UF" => Object::string_literal("b.pdf"), "F" => Object::string_literal("b.pdf"),
        "EF" => dictionary! { "F" => file },
    });
    let names = document.catalog().and_then(|catalog| catalog.get(b"Names")).cloned().expect("names");
    let mut names = document.dereference(&names).expect("names").1.as_dict().expect("names").clone();
    let files = names.get(b"EmbeddedFiles").cloned().expect("files");
    let mut files = document.dereference(&files).expect("files").1.as_dict().expect("files").clone();
    files
        .get_mut(b"Names")
        .and_then(Object::as_array_mut)
        .expect("names")
        .extend([Object::string_literal("b.pdf"), Object::Reference(added)]);
    names.set("EmbeddedFiles", files);
    document.catalog_mut().expect("the catalog").set("Names", names);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it is saved");
    check("a file added", &bytes, Some(true), &["attachment-added b.pdf"]);
}

#[test]
fn a_file_that_only_some_readers_list_is_named() {
    let mut document = Document::load_mem(archive()).expect("a PDF");
    let file = document.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"x".to_vec()));
    let added = document.add_object(dictionary! {
        "Type" => "Filespec", "UF" => Object::string_literal("b.exe"), "F" => Object::string_literal("b.exe"),
        "EF" => dictionary! { "F" => file },
    });
    let files = document.catalog().and_then(|catalog| catalog.get(b"AF")).cloned().expect("files");
    let mut files = document.dereference(&files).expect("files").1.as_array().expect("files").clone();
    files.push(added.into());
    catalog(&mut document).set("AF", files);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it is saved");
    check("a hidden file", &bytes, Some(true), &["document AF"]);
}

/// Trees and forms that never end, or grow without bound, end.
#[test]
fn pdfs_that_never_end_are_given_up() {
    type Harm = fn(&mut Document);
    let harms: &[(&str, Harm)] = &[
        ("pages in a circle", |d| {
            let root = d.catalog().and_then(|c| c.get(b"Pages")).and_then(Object::as_reference).expect("the root");
            let kids = d.get_dictionary_mut(root).expect("the root").get_mut(b"Kids").and_then(Object::as_array_mut);
            kids.expect("pages").push(Object::Reference(root));
        }),
        ("forms that draw forms", |d| {
            let mut form = d.add_object(Stream::new(dictionary! { "Subtype" => "Form" }, b"0 0 9 9 re f".to_vec()));
            for _ in 0..20 {
                let inside = dictionary! { "XObject" => dictionary! { "X" => form } };
                let content = b"/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do".to_vec();
                form = d.add_object(Stream::new(dictionary! { "Subtype" => "Form", "Resources" => inside }, content));
            }
            let id = page_ids(d)[0];
            d.add_xobject(id, "X", form).expect("it is added");
            edit(d, 0, |all| all.push(Operation::new("Do", vec!["X".into()])));
        }),
        ("a form that draws itself", |d| {
            let form = d.new_object_id();
            let inside = dictionary! { "XObject" => dictionary! { "X" => form } };
            let stream = Stream::new(dictionary! { "Subtype" => "Form", "Resources" => inside }, b"/X Do".to_vec());
            d.objects.insert(form, stream.into());
            let id = page_ids(d)[0];
            d.add_xobject(id, "X", form).expect("it is added");
            edit(d, 0, |all| all.push(Operation::new("Do", vec!["X".into()])));
        }),
        ("a page in the list itself", |d| {
            let root = d.catalog().and_then(|c| c.get(b"Pages")).and_then(Object::as_reference).expect("the root");
            let kids = d.get_dictionary_mut(root).expect("the root").get_mut(b"Kids").and_then(Object::as_array_mut);
            kids.expect("pages").push(dictionary! { "Type" => "Page", "Parent" => root }.into());
        }),
        ("bookmarks in a circle", |d| {
            let id = *d
                .objects
                .iter()
                .find(|(_, o)| o.as_dict().is_ok_and(|o| o.has(b"Title") && o.has(b"Dest")))
                .expect("it")
                .0;
            d.get_dictionary_mut(id).expect("it").set("Next", id);
        }),
        ("a chain without an end", |d| {
            let mut last = d.add_object(Object::Null);
            for _ in 0..100_000 {
                last = d.add_object(dictionary! { "Next" => last });
            }
            catalog(d).set("Chain", last);
        }),
    ];
    for (name, harm) in harms {
        let mut document = Document::load_mem(archive()).expect("a PDF");
        harm(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("it is saved");
        let (status, _, found) = verified(&bytes);
        assert_eq!(status, 1, "{name}: {found:?}");
        assert_eq!(found, ["unreadable"], "{name}");
    }
}

#[test]
fn other_sources_are_compared_page_by_page() {
    let place = TempDir::new().expect("a folder");
    let pdf: PathBuf = place.path().join("a.pdf");
    std::fs::write(&pdf, archive()).expect("it is written");
    let other = issue();
    let text = std::fs::read_to_string(other.path().join("3.md")).expect("an article").replace("thôn", "xóm");
    let other = other.with("3.md", text);
    let words = ["verify", pdf.to_str().expect("a path"), "--against", ".", "--format", "json"];
    let answer = run(other.path(), &words);
    let kinds = answer.json()[0]["differences"].to_string();
    assert_eq!(answer.status, 1);
    assert!(kinds.contains("page-text") && kinds.contains("input-changed"), "{kinds}");
}
