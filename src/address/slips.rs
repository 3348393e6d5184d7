//! What was probably meant by an address that is wrong, or that looks wrong.

use super::name::{is_invisible, trimmed};
use super::{LONGEST_TEXT, mailbox, parts};
use crate::vietnamese::without_marks;

/// Signs of East Asian keyboards that stand for `@`.
pub(super) const WIDE_ATS: [char; 2] = ['＠', '﹫'];

/// Where many people have their mailbox.
const PROVIDERS: [&str; 11] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "yahoo.com.vn",
    "hotmail.com",
    "outlook.com",
    "outlook.com.vn",
    "icloud.com",
    "protonmail.com",
    "proton.me",
    "rocketmail.com",
];

/// What is close to these but right.
const LOOK_ALIKES: [&str; 3] = ["ymail.com", "mail.com", "email.com"];

/// What is further from these but never right.
const SLIPS: [(&str, &str); 6] = [
    ("gmail.com.vn", "gmail.com"),
    ("gmail.vn", "gmail.com"),
    ("gmail", "gmail.com"),
    ("hotmail", "hotmail.com"),
    ("outlook", "outlook.com"),
    ("icloud", "icloud.com"),
];

/// Endings that no domain has, with what they are slips for.
const ENDINGS: [(&str, &str); 21] = [
    ("con", "com"),
    ("cmo", "com"),
    ("ocm", "com"),
    ("comm", "com"),
    ("coom", "com"),
    ("conm", "com"),
    ("ccom", "com"),
    ("vom", "com"),
    ("xom", "com"),
    ("cpm", "com"),
    ("clm", "com"),
    ("cim", "com"),
    ("com1", "com"),
    ("vm", "vn"),
    ("nv", "vn"),
    ("v", "vn"),
    ("vnn", "vn"),
    ("vvn", "vn"),
    ("ogr", "org"),
    ("orgg", "org"),
    ("nett", "net"),
];

/// The domain that was probably meant; none where it looks right.
pub(super) fn meant_domain(domain: &str) -> Option<String> {
    let domain = domain.to_lowercase();
    if PROVIDERS.iter().chain(&LOOK_ALIKES).any(|right| *right == domain) {
        return None;
    }
    let plain = without_marks(&domain);
    let plain = with_known_ending(&plain).unwrap_or(plain);
    // A domain may well have accents: they are slips only where a known one comes of leaving them out.
    provider(&plain).map(str::to_owned).or_else(|| with_known_ending(&domain))
}

/// The provider that is at most one step away: a letter too many, too few, another, or two that changed places.
fn provider(domain: &str) -> Option<&'static str> {
    let listed = SLIPS.iter().find(|(slip, _)| *slip == domain).map(|(_, meant)| *meant);
    let same = PROVIDERS.into_iter().find(|provider| *provider == domain);
    let near = || PROVIDERS.into_iter().find(|provider| strsim::osa_distance(provider, domain) == 1);
    listed.or(same).or_else(near)
}

fn with_known_ending(domain: &str) -> Option<String> {
    let (start, ending) = domain.rsplit_once('.')?;
    let (_, meant) = ENDINGS.iter().find(|(slip, _)| *slip == ending)?;
    Some(format!("{start}.{meant}"))
}

/// What is accepted and was probably meant by a text that is not.
pub(super) fn mended(text: &str) -> Option<String> {
    if text.len() > LONGEST_TEXT {
        return None;
    }
    let text = text.replace(WIDE_ATS, "@").replace(is_invisible, "");
    let bracketed = with_brackets(&text);
    let (name, address) = parts(trimmed(bracketed.as_deref().unwrap_or(&text))).ok()?;
    let (local_part, domain) = address.split_once('@')?;
    let local_part = local_part.trim_end();
    let domain = domain.trim_start_matches(|c: char| c == '@' || c.is_whitespace());
    let domain = domain.trim_end_matches(['.', ',', ';', ':']).replace(',', ".");
    let domain = single_dots(&domain.split_whitespace().collect::<String>());
    let domain = meant_domain(&domain).unwrap_or(domain);
    let local_part = single_dots(&without_marks(local_part));
    let mended =
        if name.is_empty() { format!("{local_part}@{domain}") } else { format!("{name} <{local_part}@{domain}>") };
    mailbox(&mended).ok().map(|mailbox| mailbox.shown())
}

/// `Trần Văn An a@b.example` with what it lacks. Names have capitals; `tran an@b.example` could be anything.
fn with_brackets(text: &str) -> Option<String> {
    let (name, address) = trimmed(text).rsplit_once(char::is_whitespace)?;
    let is_name = !name.contains(['<', '>', '@', '"', ',', ';']) && name.contains(char::is_uppercase);
    let is_whole =
        address.split_once('@').is_some_and(|(local_part, domain)| !local_part.is_empty() && domain.contains('.'));
    (is_name && is_whole && !address.contains(['<', '>'])).then(|| format!("{} <{address}>", name.trim()))
}

fn single_dots(text: &str) -> String {
    let words: Vec<&str> = text.split('.').filter(|word| !word.is_empty()).collect();
    words.join(".")
}
