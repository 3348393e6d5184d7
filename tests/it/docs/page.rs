//! A page of the documentation, as its tests see it: links, anchors, what is to be carried out, and its prose.

use std::collections::BTreeSet;
use std::mem::take;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::support::repository;

pub(super) struct Page {
    /// Below the repository, with `/` between folders.
    pub path: String,
    /// Links to other files and to places in this one.
    pub links: Vec<String>,
    /// What a link to a heading of this page ends in.
    pub anchors: BTreeSet<String>,
    pub steps: Vec<Step>,
    /// Paragraphs, items, cells and headings, without code and without the tables that are made by `tables`.
    prose: Vec<String>,
}

/// What a reader does who follows the page.
pub(super) enum Step {
    /// Has a file.
    Given(String),
    /// Writes a file.
    Write { path: String, how: How, text: String },
    /// Types a command, and sees these lines among others.
    Type { command: String, shown: Vec<String>, status: i32 },
    /// Reads of commands.
    Mention(String),
}

#[derive(Clone, Copy)]
pub(super) enum How {
    Whole,
    AtTheEnd,
    /// The text is a `diff`.
    Edit,
}

impl Page {
    pub(super) fn read(path: &str) -> Self {
        let text = std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut reader = Reader::new(path);
        Parser::new_ext(&text, Options::ENABLE_TABLES).for_each(|event| reader.read(event));
        reader.page
    }

    pub(super) fn is_vietnamese(&self) -> bool {
        self.path.starts_with("docs/vi/") || self.path.ends_with(".vi.md")
    }

    /// The commands that it has people type.
    pub(super) fn commands(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            Step::Type { command, .. } => Some(command.as_str()),
            _ => None,
        })
    }

    /// Its prose as the text of an article.
    pub(super) fn prose(&self) -> String {
        let escaped = |text: &String| {
            text.chars()
                .flat_map(|c| "\\`*_[]<>#|~".contains(c).then_some('\\').into_iter().chain([c]))
                .collect::<String>()
        };
        self.prose.iter().map(escaped).collect::<Vec<_>>().join("\n\n")
    }
}

/// A path that stands in a page, as one below the repository.
pub(super) fn beside(page: &str, link: &str) -> String {
    let mut folders: Vec<_> = page.split('/').collect();
    folders.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(folders.pop()),
            "." | "" => {}
            part => folders.push(part),
        }
    }
    folders.join("/")
}

/// Whether a link leads to a file of the repository.
fn is_inside(link: &str) -> bool {
    !link.contains("://") && !link.starts_with("mailto:")
}

/// What a link to a heading ends in.
pub(super) fn anchor(heading: &str) -> String {
    let letters = heading.trim().chars().flat_map(char::to_lowercase);
    let kept = letters.filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Reads a page, event by event.
struct Reader {
    page: Page,
    /// The file that the next block is for.
    file: Option<(String, How)>,
    /// What the block that is being read is tagged with.
    fence: Option<String>,
    /// The text of the block, and of the heading, that is being read.
    text: String,
    heading: Option<String>,
    /// A paragraph, or what is like one, and whether it stands in a table that is made by `tables`.
    paragraph: String,
    is_made: bool,
}

impl Reader {
    fn new(path: &str) -> Self {
        let page = Page {
            path: path.to_owned(),
            links: Vec::new(),
            anchors: BTreeSet::new(),
            steps: Vec::new(),
            prose: Vec::new(),
        };
        Self {
            page,
            file: None,
            fence: None,
            text: String::new(),
            heading: None,
            paragraph: String::new(),
            is_made: false,
        }
    }

    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => {}
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if is_inside(&dest_url) => {
                self.page.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => {
                self.end_paragraph();
                self.heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => {
                self.end_heading();
                self.end_paragraph();
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.end_paragraph();
                self.fence = Some(match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                });
            }
            Event::End(TagEnd::CodeBlock) => self.end_block(),
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::BlockQuote(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::BlockQuote(_)) => {
                self.end_paragraph();
            }
            Event::Text(text) => self.take_text(&text),
            Event::Code(code) => self.take_code(&code),
            Event::SoftBreak | Event::HardBreak => self.paragraph.push(' '),
            Event::Html(html) => html.lines().for_each(|line| self.take_comment(line)),
            _ => {}
        }
    }

    fn take_text(&mut self, text: &str) {
        if self.fence.is_some() {
            self.text.push_str(text);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        self.paragraph.push_str(text);
    }

    fn take_code(&mut self, code: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(code);
        }
        // A name in its place, so that sentences stay sentences.
        self.paragraph.push_str("Mã");
        if code.starts_with("bantin ") {
            self.page.steps.push(Step::Mention(code.to_owned()));
        }
    }

    fn end_heading(&mut self) {
        let anchor = anchor(&self.heading.take().unwrap_or_default());
        let again = (1..).map(|count| format!("{anchor}-{count}"));
        let free = std::iter::once(anchor.clone()).chain(again).find(|name| !self.page.anchors.contains(name));
        self.page.anchors.extend(free);
    }

    fn end_paragraph(&mut self) {
        let paragraph = take(&mut self.paragraph);
        if !self.is_made && !paragraph.trim().is_empty() {
            self.page.prose.push(paragraph.trim().to_owned());
        }
    }

    /// `<!-- file: PATH -->` and its like.
    fn take_comment(&mut self, line: &str) {
        let comment = line.trim().strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->"));
        let (name, value) = comment.map(|text| text.split_once(": ").unwrap_or((text, ""))).unwrap_or_default();
        match name {
            "given" => self.page.steps.push(Step::Given(value.to_owned())),
            "file" => self.file = Some((value.to_owned(), How::Whole)),
            "add to" => self.file = Some((value.to_owned(), How::AtTheEnd)),
            "edit" => self.file = Some((value.to_owned(), How::Edit)),
            "table" => self.is_made = true,
            "end" => self.is_made = false,
            _ => {}
        }
    }

    fn end_block(&mut self) {
        let (fence, text) = (self.fence.take().unwrap_or_default(), take(&mut self.text));
        if let Some((path, how)) = self.file.take() {
            self.page.steps.push(Step::Write { path, how, text });
            return;
        }
        let mut words = fence.split_whitespace();
        match words.next() {
            Some("console") => {
                let status = words.next().and_then(|word| word.strip_prefix("exit="));
                let status = status.map_or(0, |status| status.parse().expect("an exit status"));
                self.page.steps.extend(typed(&text, status));
            }
            Some("text" | "sh" | "powershell" | "batch") => self.page.steps.push(Step::Mention(text)),
            _ => {}
        }
    }
}

/// The commands of a `console` block, of which the last ends with this status.
fn typed(text: &str, last: i32) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in text.lines().map(str::trim_end).filter(|line| !matches!(*line, "" | "…")) {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => {
                steps.push(Step::Type { command: command.to_owned(), shown: Vec::new(), status: 0 });
            }
            (None, Some(Step::Type { shown, .. })) => shown.push(line.to_owned()),
            (None, _) => panic!("{line} answers nothing"),
        }
    }
    if let Some(Step::Type { status, .. }) = steps.last_mut() {
        *status = last;
    }
    steps
}
