//! Compiling a world once: whole, or as a draft.

use comemo::Track as _;
use typst::diag::SourceDiagnostic;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector};
use typst::utils::Protected;
use typst::{World, WorldExt as _};
use typst_layout::PagedDocument;

use super::world::BulletinWorld;
use crate::diagnostic::{Diagnostic, Finding, LayoutError, Location, Severity};
use crate::source::{Place, Source};

/// Compiles what a world holds. Warnings of typst come with the pages, errors in their place.
pub fn compile(world: &BulletinWorld) -> Result<(PagedDocument, Vec<Diagnostic>), Vec<Diagnostic>> {
    let result = typst::compile::<PagedDocument>(world);
    let warnings = result
        .warnings
        .iter()
        .map(|warning| Diagnostic { severity: Severity::Warning, ..diagnostic(world, warning, layout_finding) });
    match result.output {
        Ok(document) => Ok((document, warnings.collect())),
        Err(errors) => Err(errors.iter().map(|error| diagnostic(world, error, layout_finding)).collect()),
    }
}

/// Sets pages as typst does the first time, when nothing is known yet of what stands on which page. What it does for
/// that is not done again by [`compile`]. `None` where the layout has errors.
pub(super) fn draft(world: &BulletinWorld) -> Option<PagedDocument> {
    let world: &dyn World = world;
    let library = world.library();
    let main = world.source(world.main()).ok()?;
    let (world, traced, mut sink) = (world.track(), Traced::default(), Sink::new());
    let route = Route::default();
    let module = typst_eval::eval(world, library, traced.track(), sink.track_mut(), route.track(), &main).ok()?;
    let target = TargetElem::target.set(Target::Paged).wrap();
    let base = StyleChain::new(&library.styles);
    let introspector: &dyn Introspector = &EmptyIntrospector;
    let mut engine = Engine {
        library,
        world,
        introspector: Protected::new(introspector.track()),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    };
    typst_layout::layout_document(&mut engine, &module.content(), base.chain(&target)).ok()
}

/// A finding of typst as ours: where it points into a file of the layout, that is its place.
pub fn diagnostic(
    world: &BulletinWorld,
    found: &SourceDiagnostic,
    finding: impl Fn(String, Vec<String>) -> Finding,
) -> Diagnostic {
    let hints = found.hints.iter().map(|hint| hint.v.to_string()).collect();
    let mut finding = finding(found.message.to_string(), hints);
    // An error deep in typst may have no place of its own: the innermost call that has one is the next best.
    let own = std::iter::once(found.span).chain(found.trace.iter().map(|point| point.span.into()));
    let place = own.into_iter().find_map(|span: typst::syntax::DiagSpan| {
        let id = span.id()?;
        let range = world.range(span)?;
        let source = world.source(id).ok()?;
        let path = id.vpath().get_without_slash();
        if let Finding::LayoutError { error: LayoutError::Typst { built_in, .. }, .. } = &mut finding {
            *built_in = world.origin().built_in(path).map(str::to_owned);
        }
        Some(Place::new(&Source::new(world.origin().shown(path), source.text()), range))
    });
    let location = place.map_or(Location::Elsewhere, Location::Place);
    Diagnostic { severity: Severity::Error, finding, location, fix: None }
}

fn layout_finding(message: String, hints: Vec<String>) -> Finding {
    Finding::LayoutError { error: LayoutError::Typst { message, hints, built_in: None }, article: None }
}
