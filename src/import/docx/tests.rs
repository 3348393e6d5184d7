//! Small documents, built in code, and what is read of them.

mod changes;
mod conservation;
mod files;
mod lists;
mod looks;
mod objects;
mod sample;
mod tables;
mod words;
