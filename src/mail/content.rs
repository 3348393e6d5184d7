//! What a message says, as its templates see it: plain data, made from the issue.

use serde::Serialize;

use crate::issue::{self, Issue, Rank};
use crate::source::Text;

/// What the templates `mail.html` and `mail.txt` are given. Texts are in NFC and are no HTML.
#[derive(Debug, Clone, Serialize)]
pub struct Content {
    /// BCP 47 tag of the issue, such as `vi`.
    pub language: String,
    /// Whether the words of the template itself are to be Vietnamese.
    pub is_vietnamese: bool,
    pub subject: String,
    /// The colour of the office, such as `#14375e`: text in it on white, and white on it, has a contrast of 4.5 at least.
    pub accent: String,
    pub masthead: Masthead,
    /// The issue's number as it was typed, such as `11` or `Xuân`.
    pub number: Option<String>,
    pub date: Date,
    /// The issue's own title.
    pub title: Option<String>,
    /// Paragraphs above the contents, from `[mail] intro`.
    pub intro: Vec<String>,
    pub cover: Option<Cover>,
    pub sections: Vec<Section>,
    pub attachment: Attachment,
    /// How to get no more of these: an https address or mailto:.
    pub unsubscribe: Option<String>,
    pub recipient: Recipient,
}

#[derive(Debug, Clone, Serialize)]
pub struct Masthead {
    pub title: String,
    pub overline: Option<String>,
    pub subtitle: Option<String>,
    pub publisher: Option<String>,
    pub about: Option<String>,
    pub imprint: Vec<ImprintRow>,
}

/// A row of the imprint: links are whole (`mailto:…`, `https://…`, `tel:…`).
#[derive(Debug, Clone, Serialize)]
pub struct ImprintRow {
    pub label: String,
    pub text: Option<String>,
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub url: String,
    pub text: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: Option<u8>,
}

/// The cover photo, which is a part of the message.
#[derive(Debug, Clone, Serialize)]
pub struct Cover {
    /// Its address within the message, such as `cid:cover@bantin`.
    pub url: String,
    pub alt: String,
    pub caption: Option<String>,
    /// `Ảnh: …` is the template's own word; this is the name alone.
    pub credit: Option<String>,
    /// Shape, in pixels as it is to be shown: at most 600 wide.
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, Clone, Serialize)]
pub struct Section {
    pub title: Option<String>,
    pub articles: Vec<Article>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Article {
    pub kicker: Option<String>,
    pub title: String,
    /// Left out where the message would be too long.
    pub lead: Option<String>,
    pub author: Option<String>,
    pub is_lead: bool,
    pub is_brief: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Attachment {
    pub name: String,
    pub pages: usize,
    /// Such as `2,4 MB`, in the language of the issue.
    pub size: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Recipient {
    pub name: Option<String>,
    pub address: String,
}

/// How much of the issue a message tells: less where it would be longer than a program shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Every title with its lead.
    Leads,
    /// The leads of the lead stories and of the first article of each section.
    FirstLeads,
    Titles,
}

impl Detail {
    pub const ALL: [Self; 3] = [Self::Leads, Self::FirstLeads, Self::Titles];
}

/// What all messages of an issue say alike.
pub fn content(issue: &Issue, subject: String, accent: &str, attachment: Attachment, detail: Detail) -> Content {
    let manifest = &issue.manifest;
    let sections = issue.sections.iter().map(|section| Section {
        title: words(section.title.as_ref()),
        articles: section
            .articles
            .iter()
            .enumerate()
            .map(|(index, found)| article(found, index == 0, detail))
            .collect(),
    });
    Content {
        language: manifest.language.tag.clone(),
        is_vietnamese: manifest.language.primary == "vi",
        subject,
        accent: accent.to_owned(),
        masthead: masthead(&manifest.masthead),
        number: words(manifest.number.as_ref()),
        date: Date { year: manifest.date.year, month: manifest.date.month, day: manifest.date.day },
        title: words(manifest.title.as_ref()),
        intro: manifest.mail.intro.iter().map(|intro| filled(&intro.value, issue)).collect(),
        cover: None,
        sections: sections.collect(),
        attachment,
        unsubscribe: None,
        recipient: Recipient { name: None, address: String::new() },
    }
}

fn words(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.clone())
}

fn masthead(masthead: &issue::Masthead) -> Masthead {
    Masthead {
        title: masthead.title.value.clone(),
        overline: words(masthead.overline.as_ref()),
        subtitle: words(masthead.subtitle.as_ref()),
        publisher: words(masthead.publisher.as_ref()),
        about: words(masthead.about.as_ref()),
        imprint: masthead.imprint.iter().map(imprint_row).collect(),
    }
}

fn imprint_row(row: &issue::ImprintRow) -> ImprintRow {
    let link = |text: &Option<Text>, url: fn(&str) -> String| {
        text.as_ref().map(|text| Link { url: url(&text.value), text: text.value.clone() })
    };
    let web = |text: &str| if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let links = [
        link(&row.email, |text| format!("mailto:{text}")),
        link(&row.url, web),
        link(&row.phone, |text| format!("tel:{}", dialled(text))),
    ];
    ImprintRow {
        label: row.label.value.clone(),
        text: words(row.text.as_ref()),
        links: links.into_iter().flatten().collect(),
    }
}

/// A telephone number as it is dialled.
fn dialled(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn article(article: &issue::Article, is_first: bool, detail: Detail) -> Article {
    let is_lead = article.rank == Some(Rank::Lead);
    let has_lead = match detail {
        Detail::Leads => true,
        Detail::FirstLeads => is_lead || is_first,
        Detail::Titles => false,
    };
    Article {
        kicker: words(article.kicker.as_ref()),
        title: article.title.value.clone(),
        lead: words(article.lead.as_ref()).filter(|_| has_lead),
        author: words(article.author.as_ref()),
        is_lead,
        is_brief: article.rank == Some(Rank::Brief),
    }
}

/// A subject or an intro with the number, month and year of the issue where it asks for them.
pub fn filled(text: &str, issue: &Issue) -> String {
    let manifest = &issue.manifest;
    let number = manifest.number.as_ref().map_or("", |number| number.value.as_str());
    let (month, year) = (format!("{:02}", manifest.date.month), manifest.date.year.to_string());
    text.replace("{number}", number).replace("{month}", &month).replace("{year}", &year)
}

/// The subject of an issue that gives none: its bulletin, number and month.
pub fn usual_subject(issue: &Issue) -> String {
    let manifest = &issue.manifest;
    let is_vietnamese = manifest.language.primary == "vi";
    let number = manifest.number.as_ref().map(|number| number.value.as_str());
    // A number such as “Số Xuân” says itself what it is.
    let is_bare = |number: &str| number.starts_with(|c: char| c.is_ascii_digit());
    let number = number.map(|number| match (is_bare(number), is_vietnamese) {
        (false, _) => number.to_owned(),
        (true, true) => format!("Số {number}"),
        (true, false) => format!("No. {number}"),
    });
    let month = format!("{}/{}", manifest.date.month, manifest.date.year);
    let parts = [Some(manifest.masthead.title.value.clone()), number, Some(month)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

/// What makes an issue the same issue to those who get it: its folder and its bulletin, whatever else is corrected.
pub fn identity(issue: &Issue) -> String {
    format!("{}\0{}", issue.name, issue.manifest.masthead.title.value)
}
