//! An issue as e-mail: one message a recipient, written to files or handed to a server.
//!
//! `recipients` reads the lists. `content` is what a message says, `template` puts it into HTML and text, `picture` makes
//! the cover photo small, `message` puts all together and `dkim` signs it; `outbox` has a message ready for each
//! recipient. `server` is where they go, `connection` speaks SMTP over a
//! `wire`, made safe by what `trust` says, `journal` keeps what became of each, `delivery` sends
//! them at the pace that is allowed, and none of them twice.

pub mod connection;
pub mod content;
pub mod delivery;
pub mod dkim;
pub mod journal;
pub mod message;
pub mod outbox;
pub mod picture;
pub mod recipients;
pub mod server;
pub mod template;
mod trust;
pub mod wire;
