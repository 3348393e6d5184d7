//! bantin turns an issue folder (a manifest, Markdown articles, photos) into a PDF bulletin.
//!
//! # The story of an issue
//!
//! 1. [`fs`] opens the issue folder, and nothing outside it.
//! 2. [`reading`] reads [`manifest`] and [`article`]s into an [`issue`]: typed, valid, with the place of every value.
//! 3. [`workspace`] finds the layout and the fonts: built in, beside `issues/`, or carried by the issue.
//! 4. [`photo`] examines, plans and prepares the photos for the sizes at which the layout places them.
//! 5. [`layout`] writes the issue as data (`issue.json`), checks that the layout can set it, and has typst set it.
//! 6. [`pdf`] exports the pages as PDF/A and PDF/UA.
//!
//! Beside the story: [`check`] warns of what the eye misses, with what [`vietnamese`] knows of the language; [`lock`] is
//! what an archive was made of, [`archive`] reads its files back, [`compare`] holds its pages against others; [`stamps`] is
//! what PDFs of earlier runs were built from; [`template`] is the issue that `new` starts with; [`schema`] tells other
//! editors which keys there are.
//!
//! [`pipeline`] is that story as code. Each phase returns a value and its findings ([`diagnostic`]); none prints or
//! exits. [`tables`] is TOML with places, for manifests and front matter. [`progress`] is how long work tells of itself and
//! is stopped, [`limits`] what stops a layout that somebody else wrote. [`messages`] puts findings into words,
//! [`terminal`] alone shows them, `commands` are the verbs of the command line ([`cli`]).
//!
//! Imports point one way: `commands` → `pipeline` → phases → [`issue`] → [`diagnostic`] → [`source`]; the test `house`
//! keeps them so.

pub mod archive;
pub mod article;
mod assets;
pub mod check;
pub mod cli;
mod commands;
pub mod compare;
pub mod diagnostic;
pub mod fs;
pub mod issue;
pub mod layout;
pub mod limits;
pub mod lock;
pub mod manifest;
pub mod messages;
pub mod pdf;
pub mod photo;
pub mod pipeline;
pub mod progress;
pub mod reading;
pub mod schema;
pub mod source;
pub mod stamps;
pub mod tables;
mod template;
pub mod terminal;
pub mod vietnamese;
pub mod workspace;

pub use cli::Cli;
pub use commands::{Status, run};
