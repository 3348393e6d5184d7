//! Tables.

use super::sample::{Sample, lines, paragraph};
use crate::import::document::{Block, Doubt, DoubtKind, Table};

fn cell(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

fn row(properties: &str, cells: &[String]) -> String {
    format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", cells.concat())
}

fn text(text: &str) -> String {
    cell("", &paragraph(text))
}

fn read(rows: &[String]) -> (Table, Vec<Doubt>) {
    let document = Sample::new(&format!("<w:tbl>{}</w:tbl>", rows.concat())).read();
    let [Block::Table(table)] = &document.blocks[..] else { panic!("{:?}", document.blocks) };
    (table.clone(), document.doubts)
}

/// For every row its cells as columns × rows and text.
fn cells(table: &Table) -> Vec<String> {
    let cells = |cells: &[crate::import::document::Cell]| {
        let cells =
            cells.iter().map(|cell| format!("{}×{} {}", cell.columns, cell.rows, lines(&cell.blocks).join("¶")));
        cells.collect::<Vec<_>>().join(", ")
    };
    table.rows.iter().map(|row| cells(&row.cells)).collect()
}

#[test]
fn a_plain_table_raises_no_doubt() {
    let header = row("<w:tblHeader/>", &[text("Huyện"), text("Hồ sơ")]);
    let (table, doubts) = read(&[header, row("", &[text("Phong Điền"), text("1.250")])]);
    assert_eq!(cells(&table), ["1×1 Huyện, 1×1 Hồ sơ", "1×1 Phong Điền, 1×1 1.250"]);
    assert_eq!(table.rows.iter().map(|row| row.is_header).collect::<Vec<_>>(), [true, false]);
    assert!(doubts.is_empty());
}

#[test]
fn merged_cells_stand_once() {
    let span = "<w:gridSpan w:val='2'/>";
    let restart = "<w:vMerge w:val='restart'/>";
    let (table, doubts) = read(&[
        row("", &[cell(restart, &paragraph("STT")), cell(span, &paragraph("Kết quả"))]),
        row("", &[cell("<w:vMerge/>", "<w:p/>"), text("Đúng hạn"), text("Trễ hạn")]),
        row("<w:gridBefore w:val='1'/>", &[text("9"), text("1")]),
    ]);
    assert_eq!(cells(&table), ["1×2 STT, 2×1 Kết quả", "1×1 Đúng hạn, 1×1 Trễ hạn", "1×1 , 1×1 9, 1×1 1"]);
    assert_eq!(doubts, [Doubt { kind: DoubtKind::Table, about: "STT".to_owned() }]);
}

#[test]
fn what_hides_in_a_merged_cell_is_kept() {
    let (table, _) = read(&[
        row("", &[cell("<w:vMerge w:val='restart'/>", &paragraph("trên"))]),
        row("", &[cell("<w:vMerge/>", &paragraph("dưới"))]),
    ]);
    assert_eq!(cells(&table), ["1×2 trên¶dưới", ""]);
    // One that goes on from nowhere is a cell as any other.
    let (table, _) = read(&[row("", &[cell("<w:vMerge/>", &paragraph("lạc"))])]);
    assert_eq!(cells(&table), ["1×1 lạc"]);
}

#[test]
fn cells_merged_in_the_old_way() {
    let (table, _) = read(&[row(
        "",
        &[cell("<w:hMerge w:val='restart'/>", &paragraph("Tổng")), cell("<w:hMerge/>", "<w:p/>"), text("5")],
    )]);
    assert_eq!(cells(&table), ["2×1 Tổng, 1×1 5"]);
}

#[test]
fn tables_in_tables_are_kept_and_doubted() {
    let inner = format!("<w:tbl>{}</w:tbl><w:p/>", row("", &[text("trong")]));
    let (table, doubts) = read(&[row("", &[cell("", &inner), text("ngoài")])]);
    assert_eq!(cells(&table), ["1×1 |trong|¶, 1×1 ngoài"]);
    assert_eq!(doubts.len(), 1);
}

#[test]
fn rows_and_cells_in_controls_are_found() {
    let controlled = |content: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>");
    let (table, _) = read(&[controlled(&row("", &[controlled(&text("a")), text("b")]))]);
    assert_eq!(cells(&table), ["1×1 a, 1×1 b"]);
}
