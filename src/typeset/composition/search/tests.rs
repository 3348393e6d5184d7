use super::super::decision::Side;
use super::super::galley::{Fit, Head, Line, Piece, Shape, Sizes};
use super::super::galley::{Galley, Geometry, Zone};
use super::steps::Draft;
use super::*;

const LINE: f64 = 14.0;

fn geometry(columns: usize, lines: usize) -> Geometry {
    let height = lines as f64 * LINE - 3.5;
    Geometry { columns, left: 50.0, top: 60.0, step: 250.0, height, line: LINE, text: 10.5 }
}

fn piece(article: usize, key: &str, shape: Shape) -> Piece {
    let sticky = key == "opening";
    Piece { above: 3.5, below: 3.5, sticky, ..Piece::bare(&format!("article-{article}"), key, shape) }
}

fn lines(count: usize) -> Vec<Line> {
    let line = |index: usize| {
        let is_edge = index == 0 || index >= 2 && index + 2 == count;
        Line { before: 3.5, height: 10.5, need: if is_edge { 24.5 } else { 10.5 }, begins_item: false }
    };
    (0..count).map(line).collect()
}

fn text(article: usize, key: &str, count: usize) -> Piece {
    piece(article, key, Shape::Lines(lines(count)))
}

fn photo(article: usize, key: &str, count: usize) -> Piece {
    let height = count as f64 * LINE - 3.5;
    piece(article, key, Shape::Photo(Sizes { height, less: 0, more: 0, scaled: false }))
}

fn solid(article: usize, key: &str, lines: usize) -> Piece {
    piece(article, key, Shape::Solid(lines as f64 * LINE - 3.5))
}

fn found(geometry: Geometry, pieces: Vec<Piece>) -> Found {
    let zones = vec![Zone { after: 0.0, least: 0.0, section: true, head: None, pieces }];
    Search::default().run(&Galley { geometry, zones, front_pages: 0 }, None).expect("a composition")
}

#[test]
fn columns_end_level() {
    let found = found(geometry(2, 50), vec![solid(1, "opening", 4), text(1, "b0", 36)]);
    assert!((found.last_filled - 20.0 / 50.0).abs() < 0.01, "{}", found.last_filled);
    assert!(found.decisions.iter().any(|decision| matches!(decision, Decision::Raise { .. })));
}

#[test]
fn an_opening_takes_two_lines_along() {
    let pieces = vec![text(1, "b0", 36), solid(2, "opening", 3), text(2, "b0", 8)];
    let found = found(geometry(1, 40), pieces);
    let page = |wanted: u16| {
        found.decisions.iter().find_map(|decision| match decision {
            Decision::At { piece, page, .. } if *piece == wanted => Some(*page),
            _ => None,
        })
    };
    assert_eq!((page(0), page(1), page(2)), (Some(0), Some(1), Some(1)));
}

#[test]
fn a_photo_does_not_go_to_another_article() {
    let pieces =
        vec![solid(1, "b0", 36), photo(1, "b1", 10), text(1, "b2", 3), solid(2, "opening", 3), text(2, "b0", 20)];
    let found = found(geometry(1, 40), pieces);
    let anchors = found.decisions.iter().filter_map(|decision| match decision {
        Decision::Before { anchor, .. } => Some(*anchor),
        _ => None,
    });
    assert!(anchors.max().is_none_or(|anchor| anchor <= 2), "{:?}", found.decisions);
}

#[test]
fn a_search_that_is_used_again_finds_the_same() {
    let galley = |lines: &[usize]| {
        let zone = |(index, lines): (usize, &usize)| Zone {
            after: LINE,
            least: 0.0,
            section: true,
            head: None,
            pieces: vec![solid(index, "opening", 4), text(index, "b0", *lines)],
        };
        let zones = lines.iter().enumerate().map(zone).collect();
        Galley { geometry: geometry(2, 30), zones, front_pages: 0 }
    };
    let mut kept = Search::default();
    for lines in [[70, 20, 31], [70, 20, 32], [70, 23, 32], [71, 23, 32], [71, 23, 32]] {
        let again = kept.run(&galley(&lines), None).expect("a composition");
        let anew = Search::default().run(&galley(&lines), None).expect("a composition");
        assert_eq!(format!("{again:?}"), format!("{anew:?}"));
        let steps = kept.quick.steps() + kept.thorough.steps();
        assert!(steps < 2000, "steps that lead nowhere are dropped: {steps}");
    }
}

/// Page, column and place of a piece of the first zone.
fn place(found: &Found, wanted: u16) -> Option<(u16, u8, f32)> {
    found.decisions.iter().find_map(|decision| match *decision {
        Decision::At { piece, page, column, y, .. } if piece == wanted => Some((page, column, y)),
        _ => None,
    })
}

#[test]
fn a_paragraph_is_set_tighter_so_that_columns_end_level() {
    let mut refitted = text(1, "b0", 11);
    refitted.refits.push((Fit::Tight, lines(10)));
    // What is in one piece cannot be parted: eleven lines against nine.
    let pieces = vec![refitted, solid(2, "b0", 3), solid(2, "b1", 3), solid(2, "b2", 3)];
    let found = found(geometry(2, 12), pieces);
    let tight = Decision::Refit { piece: 0, fit: Fit::Tight };
    assert!(found.decisions.iter().any(|decision| format!("{decision:?}") == format!("{tight:?}")), "{found:?}");
}

#[test]
fn a_photo_is_not_alone_beside_another_article() {
    // It would fill the left column to the last line, and its text would begin in the right one.
    let pieces = vec![text(1, "b0", 20), solid(2, "opening", 4), photo(2, "b0", 16), text(2, "b1", 30)];
    let found = found(geometry(2, 40), pieces);
    let text = place(&found, 3).expect("the text of the article");
    let photo = place(&found, 2).map(|(page, column, _)| (page, column));
    let moved = found.decisions.iter().any(|decision| matches!(decision, Decision::Before { piece: 2, .. }));
    assert!(moved || photo == Some((text.0, text.1)), "{found:?}");
}

#[test]
fn a_late_photo_passes_a_subhead() {
    let mut subhead = solid(1, "b2", 1);
    subhead.sticky = true;
    let pieces = vec![text(1, "b0", 30), photo(1, "b1", 15), subhead, text(1, "b3", 9), text(1, "b4", 45)];
    let found = found(geometry(1, 40), pieces);
    // Ten lines would stay white before the photo.
    assert_eq!(place(&found, 2).map(|(page, ..)| page), Some(0), "{found:?}");
}

#[test]
fn the_photo_of_a_lead_story_leaves_its_head_where_that_has_no_room() {
    let head = Head { height: 25.0 * LINE, above: LINE, below: LINE, photo: 18.0 * LINE };
    let lead = Piece { in_head: true, ..piece(2, "b1", wide(18)) };
    let zone = |section, head, pieces| Zone { after: LINE, least: 8.0 * LINE, section, head, pieces };
    let compose = |before: usize| {
        let zones = vec![
            zone(true, None, vec![text(1, "b0", before)]),
            zone(false, Some(head), vec![text(2, "b0", 16), lead.clone(), text(2, "b2", 26)]),
        ];
        let galley = Galley { geometry: geometry(2, 50), zones, front_pages: 0 };
        let found = Search::default().run(&galley, None).expect("a composition");
        let in_head = found.decisions.iter().any(|decision| matches!(decision, Decision::InHead { .. }));
        let page = found.decisions.iter().rev().find_map(|decision| match decision {
            Decision::Zone { new_page, .. } => Some(*new_page),
            _ => None,
        });
        (in_head, page)
    };
    // Half a page is filled: below it the head finds room without its photo alone.
    assert_eq!(compose(50), (false, Some(false)));
    // A full page: on the next one it has all it wants.
    assert_eq!(compose(98), (true, Some(true)));
}

#[test]
fn a_head_that_would_fill_the_page_goes_without_its_photo() {
    let head = Head { height: 25.0 * LINE, above: LINE, below: LINE, photo: 18.0 * LINE };
    let lead = Piece { in_head: true, ..piece(1, "b1", wide(18)) };
    let pieces = vec![text(1, "b0", 16), lead, text(1, "b2", 26)];
    let zones = vec![Zone { after: LINE, least: 8.0 * LINE, section: true, head: Some(head), pieces }];
    let galley = Galley { geometry: geometry(2, 27), zones, front_pages: 0 };
    let found = Search::default().run(&galley, None).expect("a composition");
    assert!(!found.decisions.iter().any(|decision| matches!(decision, Decision::InHead { .. })), "{found:?}");
}

fn wide(count: usize) -> Shape {
    Shape::Wide(Sizes { height: count as f64 * LINE - 3.5, less: 0, more: 0, scaled: false })
}

#[test]
fn white_shrinks_so_that_one_thing_more_finds_room() {
    let mut pieces =
        vec![text(1, "b0", 10), text(1, "b1", 10), text(1, "b2", 10), solid(1, "b3", 10), text(1, "b4", 20)];
    pieces.iter_mut().for_each(|piece| piece.shrink = 2.0);
    let geometry = Geometry { height: 40.0 * LINE - 6.0, ..geometry(1, 40) };
    let found = found(geometry, pieces);
    assert_eq!(place(&found, 3).map(|(page, ..)| page), Some(0), "{found:?}");
    let extras: f32 =
        found.decisions.iter().map(|it| if let Decision::Extra { by, .. } = it { *by } else { 0.0 }).sum();
    assert!((-3.0..-2.0).contains(&extras), "{extras}");
}

/// An issue in which very much can be decided.
fn long_galley() -> Galley {
    let sizes = |count: usize, more| Sizes { height: count as f64 * LINE - 3.5, less: 3, more, scaled: false };
    let zone = |section: usize| {
        let articles = (0..6).map(|number| 10 * section + number);
        let pieces = articles.flat_map(|article| {
            let photo = if article % 3 == 0 { Shape::Wide(sizes(18, 0)) } else { Shape::Photo(sizes(11, 1)) };
            vec![
                Piece { above: 31.5, below: 17.5, ..solid(article, "opening", 6 + article % 4) },
                text(article, "b0", 9 + article % 5),
                Piece { above: 17.5, ..piece(article, "b1", photo) },
                text(article, "b2", 14 + article % 7),
                text(article, "b3", 6),
                solid(article, "closing", 2),
            ]
        });
        Zone { after: LINE, least: 20.0 * LINE, section: true, head: None, pieces: pieces.collect() }
    };
    Galley { geometry: geometry(2, 52), zones: (1..4).map(zone).collect(), front_pages: 1 }
}

#[test]
fn the_number_of_threads_does_not_show() {
    let galley = long_galley();
    let composed = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| Search::default().run(&galley, None).map(|found| format!("{:?}", found.decisions)))
    };
    let one = composed(1).expect("a composition");
    for threads in [2, 3, Draft::MOST, Draft::MOST + 3] {
        assert_eq!(composed(threads).as_deref(), Ok(one.as_str()), "{threads} threads");
    }
}

#[test]
fn a_photo_across_goes_to_the_head_of_the_next_page() {
    let across = |article| {
        piece(article, "b1", Shape::Wide(Sizes { height: 18.0 * LINE - 3.5, less: 1, more: 0, scaled: false }))
    };
    // Below the head there is room for the text above the photo, and not for the photo.
    let head = Head { height: 28.0 * LINE, above: LINE, below: LINE, photo: 0.0 };
    let pieces = vec![text(1, "b0", 16), across(1), text(1, "b2", 40), text(1, "b3", 40)];
    let zones = vec![Zone { after: LINE, least: 8.0 * LINE, section: true, head: Some(head), pieces }];
    let galley = Galley { geometry: geometry(2, 48), zones, front_pages: 0 };
    let found = Search::default().run(&galley, None).expect("a composition");
    let set = found.decisions.iter().find_map(|decision| match decision {
        Decision::Before { piece: 1, anchor, side, .. } => Some((*anchor, *side)),
        _ => None,
    });
    assert_eq!(set, Some((3, Side::Top)), "{found:?}");
    assert_eq!(place(&found, 2).map(|(page, ..)| page), Some(0), "text below its call fills the page");
}

#[test]
fn a_table_does_not_stand_above_the_title_of_its_article() {
    let sizes = |less| Sizes { height: 10.0 * LINE - 3.5, less, more: 0, scaled: false };
    let set_above = |less| {
        let across = piece(1, "b1", Shape::Wide(sizes(less)));
        let pieces = vec![solid(1, "opening", 4), text(1, "b0", 60), across, text(1, "b2", 12)];
        let found = found(geometry(2, 48), pieces);
        found.decisions.iter().any(|it| matches!(it, Decision::Before { piece: 2, anchor: 0, .. }))
    };
    assert!(set_above(1), "a photo may");
    assert!(!set_above(0));
}

/// The pieces of an article with a photo that is taller than its text, and then another section.
fn with_tall_photo(pieces: Vec<Piece>) -> Galley {
    let zone = |pieces| Zone { after: LINE, least: 10.0 * LINE, section: true, head: None, pieces };
    let zones = vec![zone(pieces), zone(vec![solid(2, "opening", 4), text(2, "b0", 50)])];
    Galley { geometry: geometry(2, 50), zones, front_pages: 0 }
}

#[test]
fn a_photo_that_ends_its_article_stands_beside_the_text() {
    let pieces = vec![solid(1, "opening", 4), photo(1, "b0", 13), text(1, "b1", 9), solid(1, "closing", 1)];
    let found = Search::default().run(&with_tall_photo(pieces), None).expect("a composition");
    let photo = found.decisions.iter().find_map(|decision| match decision {
        Decision::Before { piece: 1, anchor, .. } => Some(*anchor),
        _ => None,
    });
    assert_eq!(photo, Some(3), "{found:?}");
    assert_eq!(place(&found, 3).map(|(page, column, _)| (page, column)), Some((0, 1)), "below it its byline");
}

#[test]
fn a_photo_leaves_its_subhead_to_the_text() {
    let mut subhead = solid(1, "b0", 1);
    subhead.sticky = true;
    let pieces = vec![subhead, photo(1, "b1", 16), text(1, "b2", 15), solid(1, "closing", 1)];
    let found = Search::default().run(&with_tall_photo(pieces), None).expect("a composition");
    assert_eq!(place(&found, 2).map(|(page, column, _)| (page, column)), Some((0, 0)), "{found:?}");
    assert_eq!(place(&found, 3).map(|(page, column, _)| (page, column)), Some((0, 1)), "{found:?}");
}

#[test]
fn the_second_pass_looks_only_for_what_costs_less() {
    for cost in [0.0, 31.9, 32.0, 32.1, 700.0, 9e9, 1e30] {
        let limit = cost::limit(cost);
        assert!(limit >= cost, "{cost}");
        assert!(limit <= 32.0 || limit <= 1.41 * cost || limit.is_infinite(), "{cost}: {limit}");
    }
    let galley = long_galley();
    let mut search = Search::default();
    let both = search.run(&galley, None).expect("a composition");
    let quick = search.quick.run(&galley, None, f64::INFINITY, &mut Scratch::default()).expect("a composition");
    assert!(both.cost <= quick.cost, "{} {}", both.cost, quick.cost);
    let nothing = Pass::new(BEAM).run(&galley, None, 1.0, &mut Scratch::default());
    assert!(nothing.is_err(), "three pages and more cost more than that");
}

#[test]
fn a_heading_may_stand_above_something_across() {
    let mut subhead = solid(1, "b1", 1);
    subhead.sticky = true;
    let table = piece(1, "b2", wide(12));
    let pieces = vec![solid(1, "opening", 4), text(1, "b0", 20), subhead, table, text(1, "b3", 30)];
    let found = found(geometry(2, 50), pieces);
    assert_eq!(place(&found, 2).map(|(page, ..)| page), Some(0), "{found:?}");
    assert!(found.decisions.iter().any(|it| matches!(it, Decision::Split { piece: 3, new_page: false })), "{found:?}");
}

#[test]
fn a_photo_in_the_head_is_not_set_again_below_a_table() {
    let head = Head { height: 24.0 * LINE, above: LINE, below: LINE, photo: 14.0 * LINE };
    let lead = Piece { in_head: true, ..piece(1, "b4", wide(14)) };
    let pieces = vec![text(1, "b0", 10), piece(1, "b1", wide(8)), text(1, "b2", 60), lead, text(1, "b5", 30)];
    let zones = vec![Zone { after: LINE, least: 8.0 * LINE, section: true, head: Some(head), pieces }];
    let galley = Galley { geometry: geometry(2, 52), zones, front_pages: 0 };
    let found = Search::default().run(&galley, None).expect("a composition");
    let is_set = |it: &&Decision| {
        matches!(
            it,
            Decision::InHead { piece: 3 } | Decision::Before { piece: 3, .. } | Decision::Split { piece: 3, .. }
        )
    };
    assert_eq!(found.decisions.iter().filter(is_set).count(), 1, "{found:?}");
}

#[test]
fn things_across_may_follow_one_another() {
    let pieces = vec![
        solid(1, "opening", 4),
        text(1, "b0", 10),
        piece(1, "b1", wide(12)),
        piece(1, "b2", wide(9)),
        text(1, "b3", 30),
    ];
    let found = found(geometry(2, 50), pieces);
    let splits = found.decisions.iter().filter(|it| matches!(it, Decision::Split { piece: 2 | 3, .. })).count();
    assert_eq!(splits, 2, "{found:?}");
}

#[test]
fn titles_with_photos_alone_find_their_places() {
    let story = |article| [solid(article, "opening", 6), photo(article, "b0", 20), photo(article, "b1", 18)];
    for columns in [1, 2] {
        let found = found(geometry(columns, 50), (1..5).flat_map(story).collect());
        let places = found.decisions.iter().filter(|it| matches!(it, Decision::At { .. })).count();
        assert_eq!(places, 12, "{columns} columns: {found:?}");
    }
}

#[test]
fn a_table_goes_on_below_its_header() {
    let row = |lines: f64| Line { before: 0.0, height: lines * LINE, need: lines * LINE, begins_item: false };
    let rows = (0..30).map(|index| row(if index == 0 { 3.0 } else { 2.0 })).collect();
    let table = Piece { repeated: 2.0 * LINE, ..piece(1, "b0", Shape::Lines(rows)) };
    let found = found(geometry(1, 41), vec![solid(1, "opening", 4), table, text(1, "b1", 5)]);
    // 36 lines are left on the first page: the header with a row and 16 others. The other 13 stand below a header again.
    let (page, _, y) = place(&found, 2).expect("what follows");
    assert_eq!(page, 1, "{found:?}");
    assert!((f64::from(y) - (2.0 + 26.0) * LINE - 3.5).abs() < 0.1, "{y}");
}

#[test]
fn orders_hang_on_what_stands_in_the_columns() {
    let head = Head { height: 24.0 * LINE, above: LINE, below: LINE, photo: 14.0 * LINE };
    let lead = Piece { in_head: true, ..piece(1, "b0", wide(14)) };
    let zones = vec![Zone {
        after: LINE,
        least: 8.0 * LINE,
        section: true,
        head: Some(head),
        pieces: vec![lead, text(1, "b1", 20)],
    }];
    let galley = Galley { geometry: geometry(2, 52), zones, front_pages: 0 };
    let found = Search::default().run(&galley, None).expect("a composition");
    assert!(found.decisions.iter().any(|it| matches!(it, Decision::InHead { piece: 0 })), "{found:?}");
    assert!(found.decisions.iter().any(|it| matches!(it, Decision::Raise { piece: 1, .. })), "{found:?}");
}

#[test]
fn a_column_is_left_to_what_is_too_tall_for_it() {
    let head = Some(Head { height: 35.0 * LINE, above: LINE, below: LINE, photo: 0.0 });
    let pieces = vec![text(1, "b0", 3), solid(1, "b1", 25), text(1, "b2", 70)];
    let zones = vec![Zone { after: 0.0, least: 0.0, section: true, head, pieces }];
    let galley = Galley { geometry: geometry(2, 50), zones, front_pages: 0 };
    let found = Search::default().run(&galley, None).expect("a composition");
    assert_eq!(place(&found, 1).map(|place| (place.0, place.1)), Some((1, 0)), "{found:?}");
    assert!(found.decisions.iter().any(|it| matches!(it, Decision::Break { piece: 1, empty: true })), "{found:?}");
}

#[test]
fn a_box_moves_where_it_would_leave_a_hole() {
    let aside = |count| Piece { aside: true, ..photo(1, "b1", count) };
    let moved = |before, count| {
        let opening = vec![solid(1, "opening", 4), text(1, "b0", before), aside(count)];
        let pieces = opening.into_iter().chain((2..9).map(|at| text(1, &format!("b{at}"), 10))).collect();
        found(geometry(2, 40), pieces).decisions.iter().any(|it| matches!(it, Decision::Before { piece: 2, .. }))
    };
    assert!(moved(26, 16), "it has no room below the text, and stands elsewhere");
    assert!(!moved(12, 16), "it has room where it is called");
}

#[test]
fn a_box_is_closed_and_opened_again() {
    let line = Line { before: 0.0, height: LINE, need: 2.0 * LINE, begins_item: false };
    let tall = Piece { repeated: LINE, closed: LINE, ..piece(1, "b0", Shape::Lines(vec![line; 60])) };
    let found = found(geometry(1, 41), vec![solid(1, "opening", 4), tall, text(1, "b1", 5)]);
    // 36 lines are left on the first page, of which the last is the white inside the box.
    let (page, _, y) = place(&found, 2).expect("what follows");
    assert_eq!(page, 1, "{found:?}");
    assert!((f64::from(y) - (1.0 + 25.0) * LINE - 3.5).abs() < 0.1, "{y}");
}

#[test]
fn what_has_no_place_is_named() {
    let head = Some(Head { height: 40.0 * LINE, above: LINE, below: LINE, photo: 0.0 });
    let pieces = vec![photo(1, "b0", 20)];
    let zones = vec![Zone { after: 0.0, least: 0.0, section: true, head, pieces }];
    let galley = Galley { geometry: geometry(2, 50), zones, front_pages: 0 };
    let answer = Search::default().run(&galley, None).map(|found| found.pages);
    assert_eq!(answer, Err(Stuck { zone: 0, piece: 0 }));
}
