//! Setting pages: compiling what the world holds, and again, until the columns end level.

use std::sync::Arc;

use comemo::Track as _;
use typst::World;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{StyleChain, Target, TargetElem};
use typst::introspection::EmptyIntrospector;
use typst::utils::Protected;
use typst_layout::PagedDocument;

use super::ahead::{self, Awaited};
use super::balance::{Levels, run_ends};
use super::data;
use super::{BulletinWorld, Layout, Spec, diagnostic};
use crate::diagnostic::{Diagnostic, Problem, Severity};
use crate::issue::Issue;
use crate::photo::Prepared;
use crate::workspace::Files;

/// Sets pages, again and again: what has not changed since the last time is not set anew.
pub struct Press {
    world: BulletinWorld,
}

/// Pages that are set.
pub struct Setting {
    pub document: PagedDocument,
    /// What typst warns of.
    pub warnings: Vec<Diagnostic>,
    /// `issue.json`.
    pub issue: String,
    /// `levels.json` as it was at last, with the columns balanced.
    pub levels: String,
}

impl Press {
    /// `files` is the [`project`](super::project) of an issue.
    pub fn new(files: Files, layout: &Layout) -> Self {
        Self { world: BulletinWorld::new(files, Arc::clone(&layout.fonts), layout.own) }
    }

    /// The world in which pages are set.
    pub fn world(&self) -> &BulletinWorld {
        &self.world
    }

    /// Sets the pages, and sets them again until the columns end level where a run of pages ends. The photos are those
    /// of the project.
    pub fn set(&mut self, issue: &Issue, photos: &[Prepared], spec: &Spec) -> Result<Setting, Vec<Diagnostic>> {
        let awaited = photos.iter().filter_map(|photo| Awaited::new(&photo.path, self.world.bytes(&photo.path)?));
        let awaited = awaited.collect();
        rayon::join(|| self.set_level(issue, photos, spec), || ahead::decode(awaited)).0
    }

    fn set_level(&mut self, issue: &Issue, photos: &[Prepared], spec: &Spec) -> Result<Setting, Vec<Diagnostic>> {
        /// More than the runs need to come out level or be given up; each costs a fraction of the first.
        const TRIES: usize = 10;
        let data = data::issue(issue, photos, spec);
        let mut levels = Levels::default();
        let mut raised = data::levels(&levels.flow, &levels.lifts());
        self.world.replace([(data::ISSUE, data.clone()), (data::LEVELS, raised.clone())]);
        let mut tries = 0;
        // Where columns end shows before the contents know their page numbers: in sketches, at half the time.
        while tries < TRIES {
            let Some(document) = sketch(&self.world) else { break };
            if !levels.settle(&run_ends(&document)) {
                break;
            }
            tries += 1;
            raised = self.raise(&levels);
        }
        loop {
            let (document, warnings) = compile(&self.world)?;
            if tries > TRIES || !levels.settle(&run_ends(&document)) {
                return Ok(Setting { document, warnings, issue: data, levels: raised });
            }
            tries += 1;
            if tries > TRIES {
                levels.give_up();
            }
            raised = self.raise(&levels);
        }
    }

    /// Tells the layout how far the columns are lifted.
    fn raise(&mut self, levels: &Levels) -> String {
        let json = data::levels(&levels.flow, &levels.lifts());
        self.world.replace([(data::LEVELS, json.clone())]);
        json
    }
}

/// Sets pages as typst does the first time, when nothing is known yet of what stands on which page. What it does for
/// that is not done again by [`compile`]. `None` where the layout has errors.
fn sketch(world: &BulletinWorld) -> Option<PagedDocument> {
    let world: &dyn World = world;
    let library = world.library();
    let main = world.source(world.main()).ok()?;
    let (world, traced, mut sink) = (world.track(), Traced::default(), Sink::new());
    let route = Route::default();
    let module = typst_eval::eval(world, library, traced.track(), sink.track_mut(), route.track(), &main).ok()?;
    let target = TargetElem::target.set(Target::Paged).wrap();
    let base = StyleChain::new(&library.styles);
    let introspector: &dyn typst::introspection::Introspector = &EmptyIntrospector;
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

/// Compiles what a world holds. Warnings of typst come with the pages, errors in their place.
pub fn compile(world: &BulletinWorld) -> Result<(PagedDocument, Vec<Diagnostic>), Vec<Diagnostic>> {
    let result = typst::compile::<PagedDocument>(world);
    let warnings = result
        .warnings
        .iter()
        .map(|warning| Diagnostic { severity: Severity::Warning, ..diagnostic(world, warning, layout_problem) });
    match result.output {
        Ok(document) => Ok((document, warnings.collect())),
        Err(errors) => Err(errors.iter().map(|error| diagnostic(world, error, layout_problem)).collect()),
    }
}

fn layout_problem(detail: String, hints: Vec<String>) -> Problem {
    Problem::LayoutError { detail, hints, article: None }
}
