//! What typst is made of for pages. Its own list has the export to HTML as well, which nobody asks for here and which is
//! half a megabyte.

use std::sync::LazyLock;

use typst::foundations::{Module, NativeRuleMap, Scope};
use typst::routines::Routines;

pub(super) static PAGED: LazyLock<Routines> = LazyLock::new(|| Routines {
    rules: || {
        let mut rules = NativeRuleMap::new();
        typst_layout::register(&mut rules);
        rules
    },
    eval_string: typst_eval::eval_string,
    eval_closure: typst_eval::eval_closure,
    realize: typst_realize::realize,
    layout_frame: typst_layout::layout_frame,
    // None of these is called for pages.
    html_module: || Module::new("html", Scope::new()),
    html_mathml_body: |_, _| None,
    html_span_filled: |content, _| content,
});
