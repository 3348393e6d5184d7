//! Articles that no text has been read for, as the import of other files makes them.

use proptest::prelude::*;

use super::tests::{article, cases};
use super::{tidy, write};
use crate::issue::{
    Alignment, Article, AspectRatio, Block, Chart, ChartShape, Focus, Inline, List, PhotoBlock, PhotoFile, PhotoUse,
    Rank, Run, Table, plain_text,
};
use crate::source::{Place, Source, Spanned};
use crate::toml_reader::one_line;

/// Words as they come out of Word, with what Markdown takes for syntax.
const TEXT: &str = "([ -~]{0,6}|xã Tân Hải|Ông |1\\. |- |# |“a”|\u{a0}|  |\\[\\^1\\]|\\[!box\\] |\\]\\(|&amp;|\\*|_|[đậê.,;(]|https://a\\.b/c_d|===|---|\\|){1,6}";

fn run() -> impl Strategy<Value = Inline> {
    TEXT.prop_map(tidy::run)
}

fn inline() -> impl Strategy<Value = Inline> {
    let styled = prop_oneof![
        4 => run(),
        1 => Just(Inline::Break),
        1 => Just(Inline::Footnote(0)),
        1 => run().prop_map(|text| Inline::Link {
            url: "https://a.b/(c)?d=e&f=g".to_owned(),
            content: vec![tidy::run("a".to_owned()), text],
        }),
    ];
    styled.prop_recursive(2, 8, 3, |inner| {
        let content = prop::collection::vec(inner, 1..4);
        prop_oneof![content.clone().prop_map(Inline::Emphasis), content.prop_map(Inline::Strong)]
    })
}

fn content() -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(inline(), 1..6)
}

fn table() -> impl Strategy<Value = Table> {
    prop::collection::vec(prop::collection::vec(content(), 0..3), 1..4).prop_map(|rows| {
        let columns = vec![Alignment::Default, Alignment::Right];
        Table { columns, header: rows[0].clone(), rows: rows[1..].to_vec() }
    })
}

/// A chart, with figures or without.
fn chart() -> impl Strategy<Value = Block> {
    let shape = prop_oneof![Just(ChartShape::Bar), Just(ChartShape::Line)];
    (shape, content(), table(), any::<bool>()).prop_map(|(shape, title, mut table, has_figures)| {
        if has_figures {
            table.rows.push(vec![Vec::new(), vec![tidy::run("1.432,5".to_owned())]]);
        }
        Block::Chart(Chart { shape, title, table })
    })
}

fn nested() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![4 => content().prop_map(Block::Paragraph), 1 => Just(()).prop_map(|()| Block::Break), 1 => table().prop_map(Block::Table), 1 => chart()];
    leaf.prop_recursive(3, 10, 3, |inner| {
        let items = prop::collection::vec(prop::collection::vec(inner.clone(), 0..3), 1..4);
        let list = (items, any::<bool>(), any::<bool>()).prop_map(|(items, is_numbered, tight)| {
            let numbers = |(index, _)| Run { text: format!("{}.", 5 + index * 2), range: 0..0 };
            let numbers = items.iter().enumerate().filter(|_| is_numbered).map(numbers).collect();
            Block::List(List { start: is_numbered.then_some(5), numbers, tight, items })
        });
        let inner = || prop::collection::vec(inner.clone(), 1..3);
        let titled = (content(), inner()).prop_map(|(title, blocks)| Block::Box { title, blocks });
        prop_oneof![3 => list, 1 => inner().prop_map(Block::Quote), 1 => inner().prop_map(Block::Pull), 1 => titled]
    })
}

fn photo() -> impl Strategy<Value = Block> {
    // Footnotes cannot be in captions.
    let caption = prop::collection::vec(run(), 0..3).prop_map(|content| vec![Inline::Strong(content)]);
    (caption, TEXT, any::<bool>()).prop_map(|(caption, credit, is_wide)| {
        let source = Source::new("", "");
        let text = |value: &str| Some(Spanned { value: one_line(value), place: Place::new(&source, 0..0) });
        Block::Photo(PhotoBlock {
            photo: usize::from(is_wide),
            place: Place::new(&source, 0..0),
            caption,
            credit: text(&credit).filter(|credit| !credit.value.is_empty()),
            alt: Some(()).filter(|()| is_wide).and(text("Mô tả \"ảnh\" \\ 'nhỏ'.")),
            usage: if is_wide { PhotoUse::Page } else { PhotoUse::Column },
            crop: AspectRatio::parse("2.35:1").filter(|_| is_wide),
            focus: if is_wide { Focus::Top } else { Focus::Centre },
        })
    })
}

fn block() -> impl Strategy<Value = Block> {
    let heading = (2..=3_u8, content()).prop_map(|(level, mut content)| {
        content.insert(0, tidy::run("Đề".to_owned()));
        Block::Heading { level, content }
    });
    prop_oneof![4 => nested(), 1 => heading, 1 => photo()]
}

fn made(mut blocks: Vec<Block>, path: &str) -> (Article, Vec<PhotoFile>) {
    blocks.push(Block::Paragraph(vec![tidy::run("Hết".to_owned()), Inline::Footnote(0)]));
    let source = Source::new("", "");
    let title = Spanned { value: "Tên \"bài\" ''' # \\n".to_owned(), place: Place::new(&source, 0..0) };
    let article = Article {
        body: 0..0,
        source,
        title,
        contents_title: None,
        kicker: None,
        lead: None,
        rank: Some(Rank::Brief),
        author: None,
        credit_source: None,
        source_url: None,
        blocks,
        notes: vec![vec![Block::Paragraph(vec![tidy::run("Lời chú.".to_owned())])]],
    };
    let file = |path: String| PhotoFile { path, crop: None, calls: Vec::new() };
    (article, vec![file(path.to_owned()), file(format!("ảnh/{path}"))])
}

/// The text of every paragraph, heading, cell, caption and number, in order.
fn words(blocks: &[Block], photos: &[PhotoFile], all: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => all.push(plain_text(content)),
            Block::List(list) => {
                all.extend(list.numbers.iter().map(|number| number.text.clone()));
                list.items.iter().for_each(|item| words(item, photos, all));
            }
            Block::Quote(blocks) | Block::Pull(blocks) => words(blocks, photos, all),
            Block::Box { title, blocks } => {
                all.push(plain_text(title));
                words(blocks, photos, all);
            }
            Block::Table(table) => all.extend(cells(table)),
            Block::Chart(chart) => {
                all.push(format!("{:?} {}", chart.shape, plain_text(&chart.title)));
                all.extend(cells(&chart.table));
            }
            Block::Break => all.push("---".to_owned()),
            Block::Photo(photo) => {
                all.push(plain_text(&photo.caption));
                all.extend(photo.credit.iter().chain(&photo.alt).map(|text| text.value.clone()));
                let framing = (photo.usage, photo.crop, photo.focus);
                all.push(format!("{} {framing:?}", photos[photo.photo].path));
            }
        }
    }
}

fn cells(table: &Table) -> impl Iterator<Item = String> {
    table.header.iter().chain(table.rows.iter().flatten()).map(|cell| plain_text(cell))
}

fn words_of(blocks: &[Block], photos: &[PhotoFile]) -> Vec<String> {
    let mut all = Vec::new();
    words(blocks, photos, &mut all);
    all
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn whatever_is_made_is_read(blocks in prop::collection::vec(block(), 1..5), path in "ả[a-c ()%0-9&\\\\<>\"'#đ*_;\\[\\]]{1,8}\\.jpg") {
        let (made, photos) = made(blocks, &crate::issue::normal_path(&path));
        let text = write(&made, &photos);
        let (read, photos_read, errors) = article(&text);
        prop_assert!(errors.is_empty(), "{text}\n{errors:?}");
        prop_assert_eq!(words_of(&tidy::blocks(&made.blocks), &photos), words_of(&read.blocks, &photos_read), "{}", text);
        prop_assert_eq!((&made.title.value, made.rank), (&read.title.value, read.rank));
        let again = write(&read, &photos_read);
        prop_assert_eq!(again, text);
    }

    /// Making text tidy takes no character away and adds none.
    #[test]
    fn tidy_text_has_the_same_words(content in content()) {
        let squeezed = |content: &[Inline]| plain_text(content).trim_end().to_owned();
        prop_assert_eq!(squeezed(&tidy::content(&content)), squeezed(&content));
    }
}
