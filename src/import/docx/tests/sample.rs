//! Builds documents, and shows what was read of them in short.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::conservation::account;
use crate::import::document::{Block, Document, Inline, LeftOut, Paragraph, Reason};
use crate::import::docx::read;

/// The namespaces that the samples use.
pub(super) const NAMESPACES: &str = concat!(
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' ",
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' ",
    "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' ",
    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' ",
    "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' ",
    "xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture' ",
    "xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' ",
    "xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram' ",
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' ",
    "xmlns:wpg='http://schemas.microsoft.com/office/word/2010/wordprocessingGroup' ",
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' ",
    "xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'",
);
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document that grows.
pub(super) struct Sample {
    body: String,
    relationships: String,
    parts: Vec<(String, Vec<u8>)>,
}

impl Sample {
    /// With this between `<w:body>` and its end.
    pub(super) fn new(body: &str) -> Self {
        Self { body: body.to_owned(), relationships: String::new(), parts: Vec::new() }
    }

    /// With another part: its identifier, kind, name without the folder, and bytes.
    pub(super) fn part(mut self, id: &str, kind: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.relationships += &format!("<Relationship Id='{id}' Type='{TYPES}/{kind}' Target='{name}'/>");
        self.parts.push((format!("word/{name}"), bytes.into()));
        self
    }

    /// With a part of XML, whose outermost element is named and gets the namespaces.
    pub(super) fn xml(self, id: &str, kind: &str, root: &str, content: &str) -> Self {
        self.part(id, kind, &format!("{kind}-{id}.xml"), format!("<{root} {NAMESPACES}>{content}</{root}>"))
    }

    /// With an address outside the file.
    pub(super) fn address(mut self, id: &str, kind: &str, address: &str) -> Self {
        self.relationships +=
            &format!("<Relationship Id='{id}' Type='{TYPES}/{kind}' Target='{address}' TargetMode='External'/>");
        self
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.bytes_as("word/document.xml")
    }

    /// With a main part of another name.
    pub(super) fn bytes_as(&self, main: &str) -> Vec<u8> {
        const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let (folder, name) = main.split_once('/').expect("a folder");
        let text = format!("<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", self.body);
        let first = format!("<Relationship Id='x' Type='{TYPES}/officeDocument' Target='/{main}'/>");
        let mut parts = vec![
            (
                "_rels/.rels".to_owned(),
                format!("<Relationships xmlns='{PACKAGE}'>{first}</Relationships>").into_bytes(),
            ),
            (main.to_owned(), text.into_bytes()),
            (
                format!("{folder}/_rels/{name}.rels"),
                format!("<Relationships xmlns='{PACKAGE}'>{}</Relationships>", self.relationships).into_bytes(),
            ),
        ];
        parts.extend(self.parts.iter().cloned());
        archive(&parts)
    }

    /// Reads it, and sees to it that no word is lost.
    pub(super) fn read(&self) -> Document {
        let bytes = self.bytes();
        let document = read(&bytes).expect("a document");
        let account = account(&bytes, &document);
        assert_eq!(account.lost_letters, 0, "of {} words these are lost: {:?}", account.words, account.lost);
        document
    }
}

pub(super) fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A paragraph of one run.
pub(super) fn paragraph(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

pub(super) fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

/// A paragraph in a style.
pub(super) fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{}</w:p>", run(text))
}

/// Every block in a line: the text of a paragraph with `⏎`, `[1]` for notes and `{1}` for pictures; `---` for a page,
/// `===` for a rule, cells between bars.
pub(super) fn lines(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .map(|block| match block {
            Block::PageBreak => "---".to_owned(),
            Block::Rule => "===".to_owned(),
            Block::Paragraph(paragraph) => line(paragraph),
            Block::Table(table) => {
                let row = |cells: Vec<String>| format!("|{}|", cells.join("|"));
                let rows = table.rows.iter();
                let rows = rows.map(|row_| row(row_.cells.iter().map(|cell| lines(&cell.blocks).join(" ")).collect()));
                rows.collect::<Vec<_>>().join(" ")
            }
        })
        .collect()
}

fn line(paragraph: &Paragraph) -> String {
    let inline = |inline: &Inline| match inline {
        Inline::Text(span) => span.text.clone(),
        Inline::Break => "⏎".to_owned(),
        Inline::Note(place) => format!("[{place}]"),
        Inline::Picture(place) => format!("{{{place}}}"),
    };
    paragraph.inlines.iter().map(inline).collect()
}

/// The paragraphs of a document.
pub(super) fn paragraphs(document: &Document) -> Vec<&Paragraph> {
    let mut paragraphs = Vec::new();
    for block in &document.blocks {
        if let Block::Paragraph(paragraph) = block {
            paragraphs.push(paragraph);
        }
    }
    paragraphs
}

pub(super) fn left_out(document: &Document) -> Vec<(Reason, &str)> {
    document.left_out.iter().map(|LeftOut { text, reason }| (*reason, text.as_str())).collect()
}
