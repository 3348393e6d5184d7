//! Templates of mail: what the built-in ones make, and what hostile ones cannot.

mod samples;

use std::time::{Duration, Instant};

use bantin::diagnostic::{MailError, TemplateFault as Fault};
use bantin::mail::content::Content;
use bantin::mail::template::{Kind, Template};
use samples::{awkward, english, large, tiny, vietnamese};

const HTML: &str = include_str!("../../layouts/lib/mail.html");
const TEXT: &str = include_str!("../../layouts/lib/mail.txt");

fn html(content: &Content) -> String {
    made("mail.html", HTML, Kind::Html, content).expect("the built-in template")
}

fn text(content: &Content) -> String {
    made("mail.txt", TEXT, Kind::Text, content).expect("the built-in template")
}

fn made(name: &str, source: &str, kind: Kind, content: &Content) -> Result<String, MailError> {
    Template::compile(name, source, kind)?.render(content)
}

fn fault(source: &str) -> (Option<usize>, Fault) {
    let begun = Instant::now();
    let error = made("own.html", source, Kind::Html, &vietnamese()).expect_err(source.get(..60).unwrap_or(source));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?} for {source:.60}", begun.elapsed());
    let MailError::Template { file, line, fault, .. } = error else { panic!("{error:?}") };
    assert_eq!(file, "own.html");
    (line, fault)
}

fn refused(what: &str) -> Fault {
    Fault::Refused { what: what.to_owned() }
}

/// Every text of the content with something that would end a text, an attribute or a comment.
fn poisoned() -> Content {
    let poison = |it: &str| format!("{it}<script>alert(1)</script>\"'>--><b>&amp;\r\nline");
    let some = |it: &Option<String>| it.as_deref().map(poison);
    let mut content = vietnamese();
    content.language = poison("vi");
    content.subject = poison(&content.subject);
    content.accent = poison("#000000");
    content.number = some(&content.number);
    content.title = some(&content.title);
    content.unsubscribe = some(&content.unsubscribe);
    content.intro = content.intro.iter().map(|it| poison(it)).collect();
    let masthead = &mut content.masthead;
    masthead.title = poison(&masthead.title);
    for it in [&mut masthead.overline, &mut masthead.subtitle, &mut masthead.publisher, &mut masthead.about] {
        *it = some(it);
    }
    for row in &mut masthead.imprint {
        row.label = poison(&row.label);
        row.text = some(&row.text);
        for link in &mut row.links {
            (link.url, link.text) = (poison(&link.url), poison(&link.text));
        }
    }
    if let Some(cover) = &mut content.cover {
        (cover.url, cover.alt) = (poison(&cover.url), poison(&cover.alt));
        (cover.caption, cover.credit) = (some(&cover.caption), some(&cover.credit));
    }
    for section in &mut content.sections {
        section.title = some(&section.title);
        for article in &mut section.articles {
            article.title = poison(&article.title);
            for it in [&mut article.kicker, &mut article.lead, &mut article.author] {
                *it = some(it);
            }
        }
    }
    content.attachment.name = poison(&content.attachment.name);
    content.attachment.size = poison(&content.attachment.size);
    content.recipient.name = some(&content.recipient.name);
    content.recipient.address = poison(&content.recipient.address);
    content
}

/// The tags of some HTML with their attributes, without what the attributes hold.
fn skeleton(html: &str) -> Vec<String> {
    html.split('<')
        .skip(1)
        .map(|it| it.split('>').next().unwrap_or_default())
        .map(|tag| tag.split('"').step_by(2).collect())
        .collect()
}

#[test]
fn texts_are_escaped_wherever_they_stand() {
    let made = html(&poisoned());
    assert!(made.matches("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;--&gt;&lt;b&gt;&amp;amp;").count() > 50);
    assert!(!made.contains("<script") && !made.contains("<b>"));
    // Nothing that was filled in opens, closes or adds anything.
    assert_eq!(skeleton(&made), skeleton(&html(&vietnamese())));
    // The text part has them as they are.
    assert!(text(&poisoned()).contains("<script>alert(1)</script>\"'>--><b>&amp;\r\nline"));
}

#[test]
fn the_kind_decides_on_escaping_and_not_the_name() {
    let mut content = tiny();
    content.subject = "<&>".to_owned();
    for name in ["mail.html", "mail.txt", "mail", "thư.j2"] {
        assert_eq!(made(name, "{{ subject }}", Kind::Html, &content).as_deref(), Ok("&lt;&amp;&gt;"));
        assert_eq!(made(name, "{{ subject }}", Kind::Text, &content).as_deref(), Ok("<&>"));
    }
    // What a filter made of a text is a text, too.
    assert_eq!(
        made("", "{{ subject|upper }}{{ \"<b>\" }}", Kind::Html, &content).as_deref(),
        Ok("&lt;&amp;&gt;&lt;b&gt;")
    );
}

#[test]
fn what_is_absent_leaves_nothing_behind() {
    for content in [tiny(), english(), Content { sections: vec![], ..tiny() }] {
        let made = html(&content);
        let body = made.split_once("<body").map_or("", |(_, body)| body);
        // In styles alone.
        assert_eq!(body.matches("none").count(), body.matches(":none").count());
        for tag in ["p", "h1", "h2", "h3", "td", "tr", "table", "a", "span"] {
            let opening = format!("<{tag}");
            let filled = made.split(&opening).skip(1).filter(|it| it.starts_with([' ', '>']));
            for inside in filled.filter_map(|it| it.split_once('>')).map(|(_, inside)| inside) {
                assert!(!inside.trim_start().starts_with(&format!("</{tag}>")), "an empty {tag} in {made}");
            }
        }
        let made = text(&content);
        assert!(!made.contains("none") && !made.contains("\n\n\n\n") && !made.starts_with('\n'), "{made}");
    }
    let made = html(&tiny());
    for absent in ["<img", "<a ", "Số ", "Trang", "Ảnh", "Tin vắn", "Ngừng"] {
        assert!(!made.contains(absent), "{absent}");
    }
}

#[test]
fn words_are_in_the_language_of_the_issue() {
    let (made, plain) = (html(&vietnamese()), text(&vietnamese()));
    assert!(made.contains("<html lang=\"vi\">") && made.contains(">Số 11</td>"));
    assert!(made.contains("Tháng 11 năm&nbsp;2022") && plain.contains("\nSố 11 · Tháng 11 năm 2022\n"));
    assert!(made.contains("12&nbsp;trang · 2,4 MB") && plain.contains("(12 trang, 2,4 MB)"));
    let (made, plain) = (html(&english()), text(&english()));
    assert!(made.contains("<html lang=\"en\">") && made.contains(">No. 4</td>"));
    assert!(made.contains("9 October&nbsp;2026") && plain.contains("\nNo. 4 · 9 October 2026\n"));
    assert!(
        made.contains("1&nbsp;page · 850 kB") && plain.contains("In brief\n--------\n- Tide tables for 2027 are out")
    );
}

#[test]
fn headings_tell_the_structure() {
    for content in [vietnamese(), english(), tiny(), large(), awkward()] {
        let made = html(&content);
        let levels: Vec<usize> = made.split("<h").skip(1).filter_map(|it| it.get(..1)?.parse().ok()).collect();
        assert_eq!(levels.first(), Some(&1));
        assert_eq!(levels.iter().filter(|it| **it == 1).count(), 1);
        assert!(levels.windows(2).all(|pair| matches!(pair, [before, level] if *level <= before + 1)), "{levels:?}");
        let articles: usize = content.sections.iter().map(|it| it.articles.len()).sum();
        assert_eq!(levels.iter().filter(|it| **it == 3).count(), articles);
    }
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let mut content = vietnamese();
    content.masthead.imprint.clear();
    content.unsubscribe = None;
    let made = html(&content);
    for remote in ["http:", "https:", "//", "url(", "@import", "<link", "<script", "<iframe", "srcset", "<form"] {
        assert!(!made.contains(remote), "{remote}");
    }
    assert_eq!(made.matches("src=").count(), 1);
    assert!(made.contains("src=\"cid:cover@bantin\""));
}

#[test]
fn forty_articles_stay_below_what_gmail_shows() {
    let made = html(&large());
    assert!(made.len() < 100_000, "{}", made.len());
}

#[test]
fn a_template_is_read_once_for_all_recipients() {
    let template = Template::compile("mail.html", HTML, Kind::Html).expect("the built-in template");
    let mut content = vietnamese();
    let begun = Instant::now();
    for index in 0..500 {
        content.recipient.address = format!("nguoi-{index}@phuong.example");
        let made = template.render(&content).expect("the built-in template");
        assert!(made.contains(&content.recipient.address));
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?} a message", begun.elapsed() / 500);
    assert_eq!(template.render(&content), template.render(&content));
}

#[test]
fn errors_have_their_line() {
    assert!(matches!(fault("<p>\n\n{% if %}</p>"), (Some(3), Fault::Syntax { .. })));
    assert!(matches!(fault("a\n{{ subject"), (Some(2), Fault::Syntax { .. })));
    assert!(matches!(fault("a\n{% for a in sections %}\n"), (_, Fault::Syntax { .. })));
    assert_eq!(fault("a\n{# note #}\n{{ subjekt }}"), (Some(3), Fault::UnknownName));
    assert_eq!(fault("\n{{ masthead.titel }}"), (Some(2), Fault::UnknownName));
    assert_eq!(fault("\n{{ masthead.titel.more }}"), (Some(2), Fault::UnknownName));
    assert_eq!(fault("\n\n{% if masthead.titel %}{% endif %}"), (Some(3), Fault::UnknownName));
    assert_eq!(fault("{% for a in article %}{% endfor %}"), (Some(1), Fault::UnknownName));
    assert_eq!(fault("\n{{ sections[99].title }}"), (Some(2), Fault::UnknownName));
    assert_eq!(fault("{{ sections|selectattr('titel')|length }}"), (Some(1), Fault::UnknownName));
    assert!(matches!(fault("\n{{ sections }}"), (Some(2), Fault::Failed { .. })));
    assert!(matches!(fault("\n{{ subject|nope }}"), (Some(2), Fault::Failed { .. })));
    let error = made("own", "a\n  {{ subjekt }}  \n", Kind::Text, &tiny()).expect_err("no such name");
    let MailError::Template { excerpt, .. } = error else { panic!("{error:?}") };
    assert_eq!(excerpt.as_deref(), Some("{{ subjekt }}"));
}

#[test]
fn no_other_file_is_read() {
    for word in ["include", "import", "from", "extends", "block", "macro", "call", "filter", "autoescape", "raw", "do"]
    {
        assert_eq!(fault(&format!("a\n{{%- {word} 'x' %}}")), (Some(2), refused(word)));
    }
}

#[test]
fn work_and_output_are_bounded() {
    let deep = "{% for a in sections %}".repeat(40) + "x" + &"{% endfor %}".repeat(40);
    assert_eq!(fault(&deep).1, Fault::TooManySteps);
    let chars = "{% for a in subject %}".repeat(12) + "{% endfor %}".repeat(12).as_str();
    assert_eq!(fault(&chars).1, Fault::TooManySteps);
    let raw =
        "{% for a in subject %}{% for b in subject %}".to_owned() + &"x".repeat(10_000) + "{% endfor %}{% endfor %}";
    assert_eq!(fault(&raw).1, Fault::OutputTooLarge { most: 2_000_000 });
    let long = "y".repeat(60_000);
    let filled = format!("{{% for a in subject %}}{{{{ '{long}' }}}}{{% endfor %}}");
    assert_eq!(fault(&filled), (Some(1), Fault::OutputTooLarge { most: 2_000_000 }));
    let worked = format!("{{% for a in subject %}}{{% set b = '{long}'|upper %}}{{% endfor %}}");
    assert_eq!(fault(&worked).1, Fault::OutputTooLarge { most: 2_000_000 });
    assert_eq!(fault(&"x".repeat(300_000)).1, Fault::SourceTooLarge { most: 262_144 });
}

#[test]
fn no_value_is_made_of_two() {
    for (source, what) in [
        ("{% set a = subject ~ subject %}", "~"),
        ("{% set a = subject + subject %}", "+"),
        ("{{ 'a' * 1000000000 }}", "*"),
        ("{{ 9 ** 99 }}", "*"),
        ("{% set a = [subject, subject] %}", "subject"),
        ("{% set a = [[1, 1], [1, 1]] %}", "["),
        ("{% set a = (subject, subject) %}", ","),
        ("{% set a = subject, subject %}", ","),
        ("{% set a = {'b': subject} %}", "{"),
        ("{% set a %}{{ subject }}{{ subject }}{% endset %}", "endset"),
        ("{{ loop.cycle() }}", "("),
        ("{{ range(100000000) }}", "("),
        ("{{ subject[0:5] }}", ":"),
        ("{{ intro[0, 1] }}", ","),
        ("{{ 1if[subject, subject] }}", "1if[subject,"),
        ("{{ x.in[subject, 1] }}", "subject"),
        ("{% for a in sections recursive %}{{ loop(sections) }}{% endfor %}", "("),
        ("{{ \"\\\"\" ~ '}}' }}", "~"),
    ] {
        assert_eq!(fault(source).1, refused(what), "{source}");
    }
}

#[test]
fn deep_nesting_is_refused_and_not_a_crash() {
    let long = 60_000;
    for source in [
        format!("{{{{ a{} }}}}", ".a".repeat(long)),
        format!("{{{{ a{} }}}}", "|upper".repeat(long / 4)),
        format!("{{{{ {} }}}}", "(".repeat(long)),
        format!("{{{{ {}1 }}}}", "not ".repeat(long)),
        format!("{{{{ {}1 }}}}", "-".repeat(long)),
        format!("{{{{ a{} }}}}", " and a".repeat(long / 4)),
        format!("{{{{ a{} }}}}", " if a else a".repeat(long / 8)),
        format!("{{% if a %}}{}{{% endif %}}", "{% elif a %}".repeat(long / 4)),
    ] {
        assert!(matches!(fault(&source).1, Fault::Refused { .. }), "{source:.60}");
    }
    for source in [
        format!("{{{{ {} }}}}", "(".repeat(190)),
        format!("{{{{ {}a }}}}", "not ".repeat(190)),
        "{% if a %}".repeat(20_000),
        "{% for a in a %}".repeat(10_000),
        "{% with %}".repeat(20_000),
    ] {
        fault(&source);
    }
    // As deep as may be, and all within each other.
    let branches = "{% if is_vietnamese and not is_vietnamese %}".to_owned()
        + &"{% elif not is_vietnamese %}".repeat(199)
        + "{% endif %}ok";
    assert_eq!(made("own", &branches, Kind::Text, &vietnamese()).as_deref(), Ok("ok"));
    let attributes = format!("{{{{ a{} }}}}", ".a".repeat(90));
    assert_eq!(fault(&attributes).1, Fault::UnknownName);
}

#[test]
fn what_an_office_needs_is_there() {
    let source = "{# note ~ #}{% set list = ['a', \"b ~ {{\", 3, true, -1] %}{% for it in list if it != 3 %}{{ loop.index }}{{ it }}\
                  {% if not loop.last %}, {% endif %}{% else %}-{% endfor %} {{- (list|length - 1) % 2 }} {{ 'x' if number is none else 'y' }}\
                  {% with first = sections[0] %}{{ first.articles[0].title|shorten(most) if false else first['title'] }}{% endwith %}\
                  {% if date.month >= 11 and 'ph' in subject or (date.year < 1) %}!{% elif number is defined %}?{% endif %} { a { } ~ * + }}";
    let made = made("own", source, Kind::Text, &vietnamese());
    assert_eq!(made.as_deref(), Ok("1a, 2b ~ {{, 3True, 4-10 yTin hoạt động! { a { } ~ * + }}"));
}

#[test]
fn long_texts_end_behind_a_word() {
    let shortened =
        |text: &str| made("own", &format!("{{{{ '{text}'|shorten(10) }}}}"), Kind::Text, &tiny()).unwrap_or_default();
    assert_eq!(shortened("mười chữ"), "mười chữ");
    assert_eq!(shortened("một hai ba, bốn năm"), "một hai…");
    assert_eq!(shortened("https://dài-quá.example"), "https://dà…");
    assert_eq!(shortened(""), "");
}
