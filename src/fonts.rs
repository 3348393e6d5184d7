//! The fonts a layout may use, and what they cover.

use std::borrow::Cow;

use rayon::prelude::*;
use typst::foundations::Bytes;
use typst::text::{Font, FontInfo, FontStyle};
use typst_kit::fonts::FontStore;

use crate::workspace::Workspace;

/// The letters of Vietnamese beyond ASCII, in NFC, and the signs that its newspapers use.
pub const VIETNAMESE: &str = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ“”‘’–—…₫";

/// Loaded fonts.
pub struct Fonts {
    store: FontStore,
    faces: Vec<FontInfo>,
    files: Vec<FontFile>,
}

/// The name of a font file, and its bytes.
pub type FontFile = (String, Cow<'static, [u8]>);

/// What `bantin fonts` says of a face.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceInfo {
    pub family: String,
    /// 100 to 900.
    pub weight: u16,
    pub italic: bool,
    /// The Vietnamese letters and signs that it lacks.
    pub missing: Vec<char>,
}

impl Fonts {
    /// Loads the fonts of a workspace, of these families alone where they are given. Where a workspace has a face
    /// that is also built in, its own wins.
    pub fn load(workspace: &Workspace, families: Option<&[String]>) -> Self {
        let mut store = FontStore::new();
        let mut faces: Vec<FontInfo> = Vec::new();
        let mut files = Vec::new();
        // To see what a face covers is the most of the work.
        let read = |(name, bytes): FontFile| {
            let fonts: Vec<_> = Font::iter(Bytes::new(bytes.clone())).collect();
            (name, bytes, fonts)
        };
        let read: Vec<_> = workspace.fonts().into_par_iter().map(read).collect();
        for (name, bytes, fonts) in read {
            let faces_before = faces.len();
            for font in fonts {
                let info = font.info().clone();
                let wanted = families.is_none_or(|families| families.contains(&info.family));
                let is_new = faces.iter().all(|face| (&face.family, face.variant) != (&info.family, info.variant));
                if wanted && is_new {
                    faces.push(info.clone());
                    store.push((font, info));
                }
            }
            if faces.len() > faces_before {
                files.push((name, bytes));
            }
        }
        Self { store, faces, files }
    }

    pub(super) fn store(&self) -> &FontStore {
        &self.store
    }

    /// The files that the faces came from.
    pub fn files(&self) -> &[FontFile] {
        &self.files
    }

    pub fn has_family(&self, family: &str) -> bool {
        self.faces.iter().any(|face| face.family == family)
    }

    /// Whether every face of some family has a character: then it can be set wherever it stands.
    pub fn covers(&self, families: &[String], character: char) -> bool {
        families.iter().any(|family| {
            let mut faces = self.faces.iter().filter(|face| &face.family == family).peekable();
            faces.peek().is_some() && faces.all(|face| face.coverage.contains(character.into()))
        })
    }

    /// Every face, by family, weight and style.
    pub fn faces(&self) -> Vec<FaceInfo> {
        let mut faces: Vec<_> = self
            .faces
            .iter()
            .map(|face| FaceInfo {
                family: face.family.clone(),
                weight: face.variant.weight.to_number(),
                italic: face.variant.style != FontStyle::Normal,
                missing: VIETNAMESE.chars().filter(|&c| !face.coverage.contains(c.into())).collect(),
            })
            .collect();
        faces.sort_by(|a, b| (&a.family, a.weight, a.italic).cmp(&(&b.family, b.weight, b.italic)));
        faces
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts({} faces)", self.faces.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_fonts_have_all_of_vietnamese() {
        let faces = Fonts::load(&Workspace::default(), None).faces();
        assert_eq!(faces.len(), 14);
        for face in faces {
            assert!(face.missing.is_empty(), "{} lacks {:?}", face.family, face.missing);
        }
    }

    #[test]
    fn a_family_covers_what_all_its_faces_have() {
        let fonts = Fonts::load(&Workspace::default(), None);
        let text = ["Source Serif 4 SmText".to_owned()];
        assert!(fonts.covers(&text, 'ễ'));
        assert!(!fonts.covers(&text, '漢'));
        assert!(!fonts.covers(&["Nope".to_owned()], 'a'));
    }
}
