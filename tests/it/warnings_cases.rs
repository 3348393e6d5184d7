//! The tables of `warnings`: for each code, mistakes and look-alikes.

mod letters;
mod marks;
mod numbers;
mod pasted;
mod spaces;
mod words;

/// Paragraphs that must be warned of, and those that must not.
pub(crate) struct Case {
    pub code: &'static str,
    /// The text with the span between `⟦` and `⟧`; and, where `--fix` corrects it, the text that comes of it.
    pub mistakes: &'static [(&'static str, Option<&'static str>)],
    pub sound: &'static [&'static str],
}

/// All of them.
pub(crate) fn cases() -> impl Iterator<Item = &'static Case> {
    [letters::CASES, marks::CASES, numbers::CASES, spaces::CASES, words::CASES, pasted::CASES].into_iter().flatten()
}
