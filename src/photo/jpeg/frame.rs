//! What a photo consists of: its size, its components, and the blocks of these.

/// A photo as its header describes it.
#[derive(Debug, Clone)]
pub(in crate::photo) struct Frame {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Whether the photo is refined scan by scan.
    pub is_progressive: bool,
    /// One or three.
    pub components: Vec<Component>,
    /// How many groups of blocks are side by side: the least part of a photo that has blocks of all components.
    pub groups_across: usize,
    /// How many rows of groups there are.
    pub groups_down: usize,
    /// Most blocks that a component has side by side in a group.
    pub most_across: usize,
    /// Most blocks that a component has one below another in a group.
    pub most_down: usize,
}

/// A component of a photo: its brightness, or one of its colours.
#[derive(Debug, Clone)]
pub(in crate::photo) struct Component {
    /// By which scans name it.
    pub identifier: u8,
    /// Which quantizer it has.
    pub quantizer: usize,
    /// Its blocks side by side in a group: 1 or 2.
    pub group_across: usize,
    /// Its blocks one below another in a group: 1 or 2.
    pub group_down: usize,
    /// Blocks side by side that have part in the photo.
    pub across: usize,
    /// Blocks one below another that have part in the photo.
    pub down: usize,
    /// Blocks side by side, with those that only fill up the last group.
    pub padded_across: usize,
    /// Blocks one below another, with those that only fill up the last group.
    pub padded_down: usize,
}

impl Frame {
    /// Reads a frame header. `None`: it is damaged, or of a kind that is not decoded here.
    pub(in crate::photo) fn parse(content: &[u8], is_progressive: bool) -> Option<Self> {
        let (&[precision, y1, y0, x1, x0, count], components) = content.split_first_chunk()?;
        let (height, width) = (u16::from_be_bytes([y1, y0]), u16::from_be_bytes([x1, x0]));
        let mut components: Vec<_> = components.chunks(3).map(Component::parse).collect::<Option<_>>()?;
        let is_decoded = precision == 8 && matches!(count, 1 | 3) && width > 0 && height > 0;
        let named = |identifier| components.iter().filter(|component| component.identifier == identifier).count();
        let has_twins = components.iter().any(|component| named(component.identifier) > 1);
        if !is_decoded || components.len() != usize::from(count) || has_twins {
            return None;
        }
        if let [component] = components.as_mut_slice() {
            // A component that is alone comes block by block, whatever its header says.
            (component.group_across, component.group_down) = (1, 1);
        }
        Self::measured(usize::from(width), usize::from(height), is_progressive, components)
    }

    fn measured(width: usize, height: usize, is_progressive: bool, components: Vec<Component>) -> Option<Self> {
        let most_across = components.iter().map(|component| component.group_across).max()?;
        let most_down = components.iter().map(|component| component.group_down).max()?;
        let (groups_across, groups_down) = (width.div_ceil(8 * most_across), height.div_ceil(8 * most_down));
        let mut frame =
            Self { width, height, is_progressive, components, groups_across, groups_down, most_across, most_down };
        for component in &mut frame.components {
            component.across = (width * component.group_across).div_ceil(8 * most_across);
            component.down = (height * component.group_down).div_ceil(8 * most_down);
            component.padded_across = groups_across * component.group_across;
            component.padded_down = groups_down * component.group_down;
        }
        Some(frame)
    }

    /// How many blocks all components have together.
    pub(in crate::photo) fn blocks(&self) -> usize {
        self.components.iter().map(|component| component.padded_across * component.padded_down).sum()
    }
}

impl Component {
    fn parse(specification: &[u8]) -> Option<Self> {
        let &[identifier, sampling, quantizer] = specification else { return None };
        let (group_across, group_down) = (usize::from(sampling >> 4), usize::from(sampling & 15));
        let is_decoded = matches!(group_across, 1 | 2) && matches!(group_down, 1 | 2) && quantizer < 4;
        is_decoded.then_some(Self {
            identifier,
            quantizer: usize::from(quantizer),
            group_across,
            group_down,
            across: 0,
            down: 0,
            padded_across: 0,
            padded_down: 0,
        })
    }
}
