//! Small PDF files for tests.

use std::fmt::Write as _;

/// A file that is being written: pages of 600 by 800 points, their texts placed from the top left corner. Every letter is
/// half as wide as its font is large.
#[derive(Default)]
pub(super) struct File {
    pages: Vec<Sheet>,
    /// What stands in the catalogue besides the pages.
    pub(super) catalogue: String,
    /// Objects from number 100 on.
    pub(super) objects: Vec<(u32, Vec<u8>)>,
}

#[derive(Default)]
struct Sheet {
    content: String,
    entries: String,
}

impl File {
    /// With one page.
    pub(super) fn new() -> Self {
        let mut file = Self::default();
        file.page();
        file
    }

    /// Starts another page.
    pub(super) fn page(&mut self) -> &mut Self {
        self.pages.push(Sheet::default());
        self
    }

    /// Operators of the page.
    pub(super) fn raw(&mut self, operators: &str) -> &mut Self {
        if let Some(page) = self.pages.last_mut() {
            page.content.push_str(operators);
            page.content.push('\n');
        }
        self
    }

    /// Entries of the page's dictionary.
    pub(super) fn entry(&mut self, entry: &str) -> &mut Self {
        if let Some(page) = self.pages.last_mut() {
            page.entries.push_str(entry);
        }
        self
    }

    pub(super) fn text(&mut self, x: f32, y: f32, size: f32, text: &str) -> &mut Self {
        self.set("F1", x, y, size, text)
    }

    pub(super) fn bold(&mut self, x: f32, y: f32, size: f32, text: &str) -> &mut Self {
        self.set("F2", x, y, size, text)
    }

    fn set(&mut self, font: &str, x: f32, y: f32, size: f32, text: &str) -> &mut Self {
        let codes: String = text.encode_utf16().fold(String::new(), |mut codes, unit| {
            let _ = write!(codes, "{unit:04X}");
            codes
        });
        self.raw(&format!("BT /{font} {size} Tf {x} {} Td <{codes}> Tj ET", 800.0 - y))
    }

    /// Lines below one another.
    pub(super) fn lines(&mut self, x: f32, y: f32, size: f32, lines: &[&str]) -> &mut Self {
        let step = size * 1.5;
        for (index, line) in lines.iter().enumerate() {
            self.text(x, y + step * index as f32, size, line);
        }
        self
    }

    /// A line from one place to another.
    pub(super) fn rule(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) -> &mut Self {
        self.raw(&format!("0.5 w {x0} {} m {x1} {} l S", 800.0 - y0, 800.0 - y1))
    }

    pub(super) fn object(&mut self, number: u32, body: impl Into<Vec<u8>>) -> &mut Self {
        self.objects.push((number, body.into()));
        self
    }

    pub(super) fn stream(&mut self, number: u32, dictionary: &str, bytes: &[u8]) -> &mut Self {
        let mut body = format!("<<{dictionary} /Length {}>>\nstream\n", bytes.len()).into_bytes();
        body.extend(bytes);
        body.extend(b"\nendstream");
        self.object(number, body)
    }

    /// The bytes of the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let kids: String = (0..self.pages.len()).map(|page| format!("{} 0 R ", 10 + page * 2)).collect();
        let mut objects: Vec<(u32, Vec<u8>)> = vec![
            (1, format!("<</Type/Catalog/Pages 2 0 R{}>>", self.catalogue).into_bytes()),
            (2, format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len()).into_bytes()),
            (3, font("Sample", 5)),
            (4, font("Sample-Bold", 5)),
            (5, b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Sample/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>".to_vec()),
            (6, letters()),
        ];
        for (index, page) in self.pages.iter().enumerate() {
            let number = 10 + index as u32 * 2;
            objects.push((
                number,
                format!(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R>>/XObject<</Im1 100 0 R>>>>{}>>",
                    number + 1,
                    page.entries
                )
                .into_bytes(),
            ));
            objects.push((number + 1, stream(&page.content)));
        }
        objects.extend(self.objects.clone());
        file(&objects)
    }
}

fn font(name: &str, descendant: u32) -> Vec<u8> {
    format!("<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode 6 0 R>>").into_bytes()
}

fn stream(content: &str) -> Vec<u8> {
    format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()).into_bytes()
}

/// Every code is the letter with that number.
fn letters() -> Vec<u8> {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    for block in [0x00, 0x01, 0x1E, 0x20, 0xF0] {
        let _ = writeln!(map, "1 beginbfrange <{block:02X}00> <{block:02X}FF> <{block:02X}00> endbfrange");
    }
    map.push_str("endcmap end end");
    stream(&map)
}

fn file(objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places: Vec<(u32, usize)> = Vec::new();
    for (number, body) in objects {
        places.push((*number, bytes.len()));
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(body);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(b"xref\n");
    for (number, place) in &places {
        bytes.extend(format!("{number} 1\n{place:010} 00000 n \n").bytes());
    }
    let size = places.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    bytes.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}
