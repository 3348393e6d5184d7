//! Pictures, text boxes, charts and other objects.

use super::sample::{NAMESPACES, Sample, left_out, lines, paragraph, run};
use crate::import::document::{DoubtKind, Part, Reason};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\nchi la mau";

fn drawing(content: &str) -> String {
    format!(
        "<w:r><w:drawing><wp:inline><wp:extent cx='1270000' cy='635000'/><wp:docPr id='1' descr='Lễ ra quân'/>\
         <a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

fn picture(id: &str, rest: &str) -> String {
    format!(
        "<pic:pic><pic:nvPicPr><pic:cNvPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed='{id}'/>{rest}</pic:blipFill></pic:pic>"
    )
}

fn in_paragraph(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

fn text_box(text: &str) -> String {
    drawing(&format!("<wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>", paragraph(text)))
}

#[test]
fn pictures_keep_their_bytes_crop_size_and_description() {
    let crop = "<a:srcRect l='25000' r='12.5%' b='-10000'/>";
    let body = in_paragraph(&(run("ảnh ") + &drawing(&picture("p", crop)) + &drawing(&picture("p", ""))));
    let document = Sample::new(&body).part("p", "image", "media/image1.jpeg", PNG).read();
    assert_eq!(lines(&document.blocks), ["ảnh {0}{1}"]);
    let [first, second] = &document.pictures[..] else { panic!("two pictures") };
    assert_eq!((&*first.bytes, first.extension), (PNG, "png"));
    assert_eq!(first.crop, Some(Part { left: 0.25, top: 0.0, right: 0.875, bottom: 1.0 }));
    assert_eq!((first.width, first.height, first.description.as_deref()), (100.0, 50.0, Some("Lễ ra quân")));
    assert_eq!(second.crop, None);
    assert!(document.doubts.is_empty(), "{:?}", document.doubts);
}

#[test]
fn pictures_of_vml_too() {
    let shape = "<w:r><w:pict><v:shape style='width:2in;height:36pt' alt='Trụ sở'><v:imagedata r:id='p' cropleft='16384f' \
                 cropbottom='.5'/></v:shape></w:pict></w:r>";
    let document = Sample::new(&in_paragraph(shape)).part("p", "image", "media/a.png", PNG).read();
    let picture = &document.pictures[0];
    assert_eq!((picture.width, picture.height, picture.description.as_deref()), (144.0, 36.0, Some("Trụ sở")));
    assert_eq!(picture.crop, Some(Part { left: 0.25, top: 0.0, right: 1.0, bottom: 0.5 }));
}

#[test]
fn pictures_that_are_not_there_or_cannot_be_shown_are_doubted() {
    let mut emf = vec![1, 0, 0, 0];
    emf.resize(40, 0);
    emf.extend(b" EMF");
    let body = in_paragraph(&["p", "ngoai", "mat", "emf"].map(|id| drawing(&picture(id, ""))).concat());
    let document = Sample::new(&body)
        .part("p", "image", "media/a.png", PNG)
        .address("ngoai", "image", "https://vidu.vn/anh.jpg")
        .part("emf", "image", "media/b.emf", emf)
        .read();
    assert_eq!(lines(&document.blocks), ["{0}{1}"]);
    let kinds: Vec<&DoubtKind> = document.doubts.iter().map(|doubt| &doubt.kind).collect();
    assert_eq!(
        kinds,
        [&DoubtKind::PictureMissing, &DoubtKind::PictureMissing, &DoubtKind::PictureFormat("emf".to_owned())]
    );
    assert!(document.doubts.iter().all(|doubt| doubt.about == "Lễ ra quân"));
}

#[test]
fn a_picture_that_can_be_shown_is_preferred() {
    let svg = "<a:blip r:embed='emf'><a:extLst><a:ext><x:svgBlip xmlns:x='http://schemas.microsoft.com/office/drawing/2016/SVG/main' \
               r:embed='svg'/></a:ext></a:extLst></a:blip>";
    let body = in_paragraph(&drawing(&format!("<pic:pic><pic:blipFill>{svg}</pic:blipFill></pic:pic>")));
    let document = Sample::new(&body)
        .part("emf", "image", "a.emf", b"khong ro".to_vec())
        .part("svg", "image", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec())
        .read();
    assert_eq!(document.pictures.iter().map(|picture| picture.extension).collect::<Vec<_>>(), ["svg"]);
}

#[test]
fn text_boxes_follow_their_paragraph() {
    let vml = format!(
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        paragraph("hộp")
    );
    let both = format!(
        "<mc:AlternateContent><mc:Choice Requires='wps'>{}</mc:Choice><mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent>",
        text_box("hộp")
    );
    let body = in_paragraph(&(run("trước ") + &both + &run("sau"))) + &in_paragraph(&vml) + &paragraph("cuối");
    let document = Sample::new(&body).read();
    assert_eq!(lines(&document.blocks), ["trước sau", "hộp", "hộp", "cuối"]);
    assert!(document.doubts.iter().all(|doubt| doubt.kind == DoubtKind::TextBox && doubt.about == "hộp"));
    assert_eq!(document.doubts.len(), 2);
}

#[test]
fn what_is_drawn_in_text_that_is_struck_off_is_left_out() {
    let body = in_paragraph(&format!("{}<w:del>{}{}</w:del>", run("còn"), text_box("hộp"), drawing(&picture("p", ""))));
    let document = Sample::new(&body).part("p", "image", "a.png", PNG).read();
    assert_eq!(lines(&document.blocks), ["còn"]);
    assert_eq!(left_out(&document), [(Reason::Deleted, "hộp")]);
    assert!(document.pictures.is_empty() && document.doubts.is_empty());
}

#[test]
fn groups_are_taken_apart() {
    let transform = "<wpg:grpSpPr><a:xfrm><a:ext cx='1270000' cy='635000'/><a:chExt cx='2540000' cy='635000'/></a:xfrm></wpg:grpSpPr>";
    let inner = picture("p", "")
        .replace("</pic:pic>", "<pic:spPr><a:xfrm><a:ext cx='2540000' cy='254000'/></a:xfrm></pic:spPr></pic:pic>");
    let body = in_paragraph(&drawing(&format!("<wpg:wgp>{transform}{inner}</wpg:wgp>")));
    let document = Sample::new(&body).part("p", "image", "a.png", PNG).read();
    assert_eq!((document.pictures[0].width, document.pictures[0].height), (100.0, 20.0));
    assert_eq!(document.doubts[0].kind, DoubtKind::Object("drawing".to_owned()));
}

#[test]
fn charts_become_tables() {
    let points = |kind: &str, values: &[&str]| {
        let points: String = values
            .iter()
            .enumerate()
            .map(|(at, value)| format!("<c:pt idx='{at}'><c:v>{value}</c:v></c:pt>"))
            .collect();
        format!("<c:{kind}><c:cache>{points}</c:cache></c:{kind}>")
    };
    let chart = format!(
        "<c:chart><c:title><c:rich><a:p><a:r><a:t>Hồ sơ theo quý</a:t></a:r></a:p></c:rich></c:title><c:ser><c:tx><c:v>Đúng hạn</c:v>\
         </c:tx>{}{}</c:ser></c:chart>",
        points("cat", &["Quý I", "Quý II"]),
        points("val", &["120", "135"])
    );
    let element = drawing("<c:chart r:id='c'/>");
    let body = in_paragraph(&element) + &in_paragraph(&element);
    let document = Sample::new(&body).xml("c", "chart", "c:chartSpace", &chart).read();
    assert_eq!(lines(&document.blocks), ["Hồ sơ theo quý", "||Đúng hạn| |Quý I|120| |Quý II|135|", ""]);
    assert!(document.doubts.iter().all(|doubt| doubt.kind == DoubtKind::Object("chart".to_owned())));
}

#[test]
fn the_text_of_diagrams_is_kept() {
    let data = "<dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Tiếp nhận</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>";
    let body = in_paragraph(&drawing("<dgm:relIds r:dm='d'/>"));
    let document = Sample::new(&body).xml("d", "data", "dgm:dataModel", data).read();
    assert_eq!(lines(&document.blocks), ["Tiếp nhận"]);
    assert_eq!(document.doubts[0].kind, DoubtKind::Object("SmartArt".to_owned()));
}

#[test]
fn other_objects_are_doubted() {
    let ole = "<w:r><w:object><v:shape><v:imagedata r:id='p'/></v:shape><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r>";
    let art = "<w:r><w:pict><v:shape><v:textpath string='CHÚC MỪNG'/></v:shape></w:pict></w:r>";
    let rule = "<w:r><w:pict><v:rect o:hr='t'/></w:pict></w:r>";
    let body = [in_paragraph(ole), in_paragraph(art), in_paragraph(rule), "<w:altChunk r:id='k'/>".to_owned()].concat();
    let document =
        Sample::new(&body).part("p", "image", "a.png", PNG).part("k", "aFChunk", "k.html", b"<p>".to_vec()).read();
    assert_eq!(lines(&document.blocks), ["{0}", "CHÚC MỪNG", "==="]);
    let kinds: Vec<DoubtKind> = document.doubts.into_iter().map(|doubt| doubt.kind).collect();
    assert_eq!(kinds, ["Excel.Sheet.12", "WordArt", "altChunk"].map(|kind| DoubtKind::Object(kind.to_owned())));
}

#[test]
fn a_table_in_a_run_is_a_table() {
    let table = format!("<w:r><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl></w:r>", paragraph("ô"));
    assert_eq!(lines(&Sample::new(&in_paragraph(&(run("chữ") + &table))).read().blocks), ["chữ", "|ô|"]);
}

#[test]
fn pictures_of_running_heads_are_told_of() {
    let head = in_paragraph(&(run("Bản tin") + &drawing(&picture("p", ""))));
    let header = format!("<w:hdr {NAMESPACES}>{head}</w:hdr>");
    // The header has no picture of its own to lead to, which makes no difference to what is said.
    let document = Sample::new(&paragraph("Tin")).part("h", "header", "h.xml", header).read();
    assert!(document.pictures.is_empty());
    assert_eq!(document.doubts[0].about, "Bản tin");
}
