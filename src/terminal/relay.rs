//! What one process of this command sends to another, which repeats it: see `commands::confined`.

use std::io::Write;

/// What a message of one process to another is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayMessage {
    /// A line for standard output, or for standard error.
    Out,
    Err,
    /// How many photos are done, and of how many, with a space between.
    Photos,
    /// What it is about to do.
    Stage,
    /// The name of a file, and its bytes.
    Name,
    File,
    /// What is known of the files, as JSON.
    Facts,
    /// The end, and how it ended.
    End,
}

impl RelayMessage {
    const ALL: [Self; 8] =
        [Self::Out, Self::Err, Self::Photos, Self::Stage, Self::Name, Self::File, Self::Facts, Self::End];

    /// The kind of message that such a byte begins.
    pub fn of(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }
}

/// Sends a message to the process that started this one: its kind, its length and its bytes.
pub fn send(message: RelayMessage, bytes: &[u8]) {
    let mut stream = std::io::stdout().lock();
    let head = [&[message as u8][..], &(bytes.len() as u64).to_le_bytes()].concat();
    // Where nobody reads any more, nobody needs it.
    let _ = stream.write_all(&head).and_then(|()| stream.write_all(bytes)).and_then(|()| stream.flush());
}
