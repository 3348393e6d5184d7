//! `bantin mail`, with real servers: `scenarios.py` has what they do, `messages.py` reads what arrives.
//!
//! - `ordinary`: servers as an office has them, and what is asked of a run;
//! - `trouble`: servers that delay, refuse, break off or talk nonsense;
//! - `security`: TLS, passwords, lists that would do harm;
//! - `kills`: runs that were ended at any moment, and the journal they leave;
//! - `messages`: the messages themselves, read by Python, and their signatures.
//!
//! `support` makes offices and starts servers. They need the packages of `requirements.txt` in `target/mail`, where
//! `.ci/run` puts them; without those the tests pass with a note.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests look at files as anybody would")]
#![expect(clippy::expect_used, clippy::panic, reason = "what helps a test ends it where something is missing")]

#[path = "../common/damage.rs"]
mod damage;
mod kills;
mod messages;
mod ordinary;
mod security;
mod support;
mod trouble;
