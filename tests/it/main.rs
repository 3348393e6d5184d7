//! Everything is tested from outside: through the library and through the command.
//!
//! - `cases`: issue folders below `tests/cases`, each with what its PDF is expected to say (`expected.txt`);
//! - `archive`: archives, taken out and verified;
//! - `archive_names`: every kind of file name, into an archive and out again;
//! - `hostile_pdf`: PDFs made to fill memory or to keep their reader busy;
//! - `bad_input`: what can be wrong with an issue, and what is said about it;
//! - `composition`: where columns end, photos stand and articles open on finished pages;
//! - `crops`: the part of a photo that its author wants, and nothing of the rest;
//! - `data`: what layouts are told of an issue;
//! - `docs`: the documentation: its links, and every command that it shows;
//! - `failures`: a full disk, folders that cannot be written, files that go or change meanwhile;
//! - `findings`: what is found, as people see it in both languages;
//! - `forgeries`: archives that were tampered with, and what `verify` says of them;
//! - `hard_pages`: issues that are hard to compose, and are composed all the same;
//! - `hostile_layouts`: layouts that never end or take all memory;
//! - `lists`: numbers of lists;
//! - `looks`: pictures of chosen pages;
//! - `mail_templates`: what the templates of messages make, and what hostile ones cannot;
//! - `many`: several issues at once, only what changed, killed at any moment;
//! - `output`: what is printed where, in which form, and what a terminal never gets;
//! - `pairs`: the tool that counts pairs of syllables in statutes;
//! - `packaging`: what makes packages agrees with what is packed;
//! - `pages`: rules of the trade that finished pages keep;
//! - `same_bytes`: the same PDF on every run, in every folder, under every locale;
//! - `commands`: the other verbs, options, exit statuses;
//! - `photo_formats`: every kind of photo file arrives upright and in its colours;
//! - `photo_bounds`: photos and tables that would take all time or memory, metadata that would be published;
//! - `photo_work`: the budget, the cache, Ctrl-C;
//! - `photos`: what arrives in the PDF of the photos that were sent;
//! - `schema`: the JSON Schemas of manifest and front matter;
//! - `sessions`: issues that are kept open and edited;
//! - `slips`: slips typed into clean text, and gone after `--fix`; findings shown together; an office's own words;
//! - `tables`: the tables of the reference in `docs`;
//! - `typos`: everyday mistakes in manifest and front matter, each with its cure;
//! - `warnings`: what is warned of, and what is not;
//! - `house`: rules for this repository.
//!
//! `pdf` reads PDFs back with readers that are not typst, `support` makes issues and runs the command.

#![cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, unused_imports, unused_mut, reason = "some tests are of one system alone")
)]
#![expect(clippy::disallowed_methods, reason = "tests look at files as anybody would")]
#![expect(clippy::expect_used, clippy::panic, reason = "what helps a test ends it where something is missing")]

mod archive;
mod archive_names;
mod bad_input;
mod briefs;
mod cases;
mod commands;
mod composition;
mod crops;
mod data;
mod desk;
mod docs;
mod failures;
mod findings;
mod forgeries;
mod hard_pages;
mod hostile_layouts;
mod hostile_pdf;
mod house;
mod import;
mod lists;
mod looks;
mod mail_templates;
mod many;
mod output;
mod packaging;
mod pages;
mod pairs;
mod pdf;
mod photo_bounds;
mod photo_formats;
mod photo_rows;
mod photo_work;
mod photos;
mod same_bytes;
mod schema;
mod sessions;
mod slips;
mod support;
mod tables;
mod typos;
mod warnings;
mod warnings_cases;
