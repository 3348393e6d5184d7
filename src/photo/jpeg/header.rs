//! What the segments before the data of a scan say: tables, restarts, how colours are stored.

use super::huffman::Table;

/// Kinds of segments, by the second byte of their marker.
pub(in crate::photo) mod marker {
    pub(crate) const BASELINE_FRAME: u8 = 0xc0;
    pub(crate) const EXTENDED_FRAME: u8 = 0xc1;
    pub(crate) const PROGRESSIVE_FRAME: u8 = 0xc2;
    pub(crate) const HUFFMAN_TABLES: u8 = 0xc4;
    pub(crate) const END: u8 = 0xd9;
    pub(crate) const SCAN: u8 = 0xda;
    pub(crate) const QUANTIZERS: u8 = 0xdb;
    pub(crate) const RESTART_INTERVAL: u8 = 0xdd;
    pub(crate) const JFIF: u8 = 0xe0;
    pub(crate) const ADOBE: u8 = 0xee;
    pub(crate) const COMMENT: u8 = 0xfe;
}

/// What has been said so far.
#[derive(Debug, Clone, Default)]
pub(in crate::photo) struct Header {
    /// Tables for the first coefficient of a block.
    pub dc_tables: [Option<Box<Table>>; 4],
    /// Tables for its other coefficients.
    pub ac_tables: [Option<Box<Table>>; 4],
    /// What each coefficient is to be multiplied by, in the order of the file.
    pub quantizers: [Option<[u16; 64]>; 4],
    /// After how many groups of blocks reading starts anew; zero: never.
    pub restart_interval: usize,
    /// Whether the file says that it is a JFIF.
    pub is_jfif: bool,
    /// What a segment of Adobe's says about colours.
    pub adobe_colours: Option<u8>,
}

impl Header {
    /// Reads a segment of this kind. `None`: it is damaged, or not for a photo that is decoded here.
    pub(in crate::photo) fn read(&mut self, kind: u8, content: &[u8]) -> Option<()> {
        match kind {
            marker::HUFFMAN_TABLES => self.read_tables(content),
            marker::QUANTIZERS => self.read_quantizers(content),
            marker::RESTART_INTERVAL => {
                self.restart_interval = usize::from(u16::from_be_bytes(content.try_into().ok()?));
                Some(())
            }
            marker::JFIF => {
                self.is_jfif |= content.starts_with(b"JFIF\0");
                Some(())
            }
            marker::ADOBE => self.read_adobe(content),
            marker::JFIF..marker::ADOBE | 0xef | marker::COMMENT => Some(()),
            _ => None,
        }
    }

    fn read_tables(&mut self, mut content: &[u8]) -> Option<()> {
        while let Some((&place, rest)) = content.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let (values, rest) = rest.split_at_checked(counts.iter().map(|&count| usize::from(count)).sum())?;
            let tables = if place < 16 { &mut self.dc_tables } else { &mut self.ac_tables };
            let table = tables.get_mut(usize::from(place & 15)).filter(|_| place < 32)?;
            *table = Some(Box::new(Table::new(counts, values)?));
            content = rest;
        }
        Some(())
    }

    fn read_quantizers(&mut self, mut content: &[u8]) -> Option<()> {
        while let Some((&place, rest)) = content.split_first() {
            let size = match place >> 4 {
                0 => 1,
                1 => 2,
                _ => return None,
            };
            let (values, rest) = rest.split_at_checked(64 * size)?;
            let mut quantizer = [0; 64];
            for (value, bytes) in quantizer.iter_mut().zip(values.chunks_exact(size)) {
                *value = bytes.iter().fold(0, |value, &byte| value << 8 | u16::from(byte));
            }
            if quantizer.contains(&0) {
                return None;
            }
            *self.quantizers.get_mut(usize::from(place & 15))? = Some(quantizer);
            content = rest;
        }
        Some(())
    }

    fn read_adobe(&mut self, content: &[u8]) -> Option<()> {
        if content.starts_with(b"Adobe\0") && content.len() >= 12 {
            self.adobe_colours = content.get(11).copied();
        }
        Some(())
    }
}
