//! bantin turns an issue folder (a manifest, Markdown articles, photos) into a PDF bulletin.
//!
//! # The story of an issue
//!
//! 1. [`fs`] opens the issue folder, and nothing outside it.
//! 2. [`reading`] reads [`manifest`] and [`article`]s into an [`issue`]: typed, valid, with the place of every value.
//! 3. [`workspace`] finds the [`layout`] and its [`fonts`]: built in, beside `issues/`, or carried by the issue.
//! 4. [`photo`] examines, plans and prepares the photos for the sizes at which the layout places them.
//! 5. [`layout`] writes the issue as data (`issue.json`), and [`typeset`] has typst set its pages.
//! 6. [`pdf`] exports the pages as PDF/A and PDF/UA.
//!
//! [`session`] is that story as code: an issue that is opened once, and read, checked and built as often as anybody
//! likes. Each phase returns a value and its findings ([`diagnostic`]); none prints or exits.
//!
//! Beside the story: [`check`] holds the lints, with what [`vietnamese`] knows of the language; [`lock`] is what an
//! archive was made of, [`archive`] reads its files back, [`compare`] holds its pages against others; [`figure`] reads the numbers of
//! charts; [`build_records`]
//! is what PDFs of earlier runs were built from; [`template`] is the issue that `new` starts with; [`schema`] tells other
//! editors which keys there are. [`desk`] shows an issue in the browser while somebody writes it; [`import`](mod@import) makes one of files of other programs; [`mail`] sends one, to those whose [`address`](mod@address) is on a list. [`toml_reader`] is TOML with places, for manifests and front matter. [`progress`] is
//! how long work reports and is stopped, [`limits`] what stops a layout that somebody else wrote. [`messages`] puts
//! findings into words, [`terminal`] alone shows them, `commands` are the commands ([`cli`]).
//!
//! Imports point one way: `commands` → `session` → phases → [`issue`] → [`diagnostic`] → [`source`]; the test `house`
//! keeps them so. The public face is what tests and benchmarks need.

pub mod address;
pub mod archive;
pub mod article;
mod assets;
pub mod build_records;
pub mod check;
pub mod cli;
mod commands;
pub mod compare;
pub mod desk;
pub mod diagnostic;
pub mod figure;
pub mod fonts;
pub mod fs;
mod guard;
pub mod import;
pub mod issue;
pub mod layout;
pub mod limits;
pub mod lock;
pub mod mail;
pub mod manifest;
pub mod messages;
pub mod pdf;
pub mod photo;
pub mod progress;
pub mod reading;
pub mod schema;
pub mod session;
pub mod source;
mod template;
pub mod terminal;
pub mod toml_reader;
pub mod typeset;
pub mod vietnamese;
pub mod workspace;

pub use cli::Cli;
pub use commands::{Status, run};
