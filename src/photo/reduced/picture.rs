//! A photo while it is decoded: what has been read, scan by scan.

use super::super::jpeg::frame::{Component, Frame};
use super::super::jpeg::header::Header;
use super::super::jpeg::scan::{Scan, Walk};
use super::blocks::Blocks;
use super::colour::Colours;
use super::keep::Keep;
use super::output::Output;
use super::progress::Progress;
use super::{Reduced, Scale, progressive, sequential};

/// A photo while it is decoded.
#[derive(Debug)]
pub(super) struct Picture {
    frame: Frame,
    /// For each component, which coefficients are kept.
    keeps: Vec<Keep>,
    /// For each component, how far it has been read.
    progress: Vec<Progress>,
    /// For each component, its coefficients; none before they are needed.
    blocks: Vec<Blocks>,
    output: Output,
}

impl Picture {
    /// A photo of which nothing has been read.
    pub(super) fn new(frame: &Frame, header: &Header, colours: Colours, scale: Scale) -> Option<Self> {
        // A component that has fewer blocks shows more points of each, so that all come out at the same size.
        let keep = |component: &Component| {
            let ratios = [frame.most_across / component.group_across, frame.most_down / component.group_down];
            Keep::new(ratios.map(|ratio| scale.eighths() * ratio))
        };
        let keeps: Vec<Keep> = frame.components.iter().map(keep).collect();
        let output = Output::new(frame, &keeps, header, colours, scale)?;
        let progress = vec![Progress::new(); frame.components.len()];
        Some(Self { frame: frame.clone(), keeps, progress, blocks: Vec::new(), output })
    }

    /// Reads a scan: its header, and its data from `position` on. Returns the position of what follows.
    pub(super) fn scan(&mut self, content: &[u8], header: &Header, file: &[u8], position: usize) -> Option<usize> {
        let scan = Scan::parse(content, &self.frame, header)?;
        for part in &scan.parts {
            self.progress.get_mut(part.component)?.advance(scan.first, scan.last, scan.high, scan.low)?;
        }
        let mut walk = Walk::new(file, position, header.restart_interval);
        if self.frame.is_progressive {
            self.make_blocks(None);
            progressive::read(&scan, &mut walk, &mut self.blocks)?;
        } else if scan.parts.len() == self.frame.components.len() {
            self.make_blocks(Some(1));
            for _ in 0..self.frame.groups_down {
                self.read_group_row(&scan, &mut walk)?;
            }
        } else {
            self.make_blocks(None);
            for row in 0..scan.groups_down {
                read_sequential(&scan, &mut walk, &mut self.blocks, row)?;
            }
        }
        walk.end()
    }

    /// Reads a row of groups of a scan that has all components, and is done with it.
    fn read_group_row<'a>(&mut self, scan: &Scan<'a>, walk: &mut Walk<'a>) -> Option<()> {
        self.blocks.iter_mut().for_each(Blocks::clear);
        read_sequential(scan, walk, &mut self.blocks, 0)?;
        self.output.add(&self.frame, &self.blocks, 0)
    }

    fn make_blocks(&mut self, group_rows: Option<usize>) {
        if self.blocks.is_empty() {
            let rows = group_rows.unwrap_or(self.frame.groups_down);
            let new = |(component, keep): (&Component, &Keep)| {
                Blocks::new(component, keep.clone(), rows * component.group_down, self.frame.is_progressive)
            };
            self.blocks = self.frame.components.iter().zip(&self.keeps).map(new).collect();
        }
    }

    /// The photo, if all of it has been read.
    pub(super) fn finish(mut self) -> Option<Reduced> {
        if !self.progress.iter().all(Progress::is_complete) {
            return None;
        }
        if self.output.rows_done == 0 {
            for row in 0..self.frame.groups_down {
                self.output.add(&self.frame, &self.blocks, row)?;
            }
        }
        Some(self.output.reduced)
    }
}

fn read_sequential<'a>(scan: &Scan<'a>, walk: &mut Walk<'a>, blocks: &mut [Blocks], row: usize) -> Option<()> {
    walk.read_row(scan, blocks, row, |reader, part, prediction, blocks, [row, column]| {
        let (keep, block) = blocks.kept_block(row, column)?;
        sequential::read_block(reader, part, prediction, keep, block)
    })
}
