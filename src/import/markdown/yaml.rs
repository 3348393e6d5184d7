//! As much of YAML as front matter has: keys with texts, lists of texts, and texts over several lines.

/// A key and what it is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) values: Vec<String>,
}

/// The entries of a text; `None` where it is none that this reader understands.
pub(super) fn entries(text: &str) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = key_and_value(line)?;
        let mut below = Vec::new();
        while let Some(line) = lines.next_if(|line| is_below(line)) {
            below.push(line);
        }
        entries.push(Entry { key: key.to_lowercase(), values: values(value, &below) });
    }
    (!entries.is_empty()).then_some(entries)
}

/// Whether a line goes on with what is above it.
fn is_below(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t']) || line.starts_with("- ") || line == "-"
}

fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim().trim_matches(['"', '\'']);
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().count() <= 40
        && key.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '_' | '-' | '.'));
    // A colon without a space is part of a word, such as an address.
    let is_value = value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && is_value).then(|| (key, value.trim()))
}

fn values(value: &str, below: &[&str]) -> Vec<String> {
    let mut style = value.chars();
    let values = match style.next() {
        Some('|') => vec![below.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n").trim().to_owned()],
        Some('>') => vec![joined(below)],
        Some('[') => {
            let whole = format!("{value} {}", joined(below));
            split_list(whole.trim().trim_start_matches('[').trim_end_matches(']'))
        }
        None => items(below),
        Some(_) => vec![scalar(format!("{value} {}", joined(below)).trim())],
    };
    values.into_iter().filter(|value| !value.is_empty()).collect()
}

fn joined(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// The items of a list, one a line. Items that have keys of their own, such as `- name: …`, keep their texts.
fn items(lines: &[&str]) -> Vec<String> {
    let lines = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let item = line.strip_prefix('-').map_or(line, str::trim_start);
            let value = key_and_value(item).map_or(item, |(_, value)| value);
            scalar(value)
        })
        .collect()
}

/// The items of a list within brackets; commas within quotes do not divide.
fn split_list(list: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut quote = None;
    for sign in list.chars() {
        match (sign, quote) {
            (',', None) => items.push(String::new()),
            _ => {
                if quote == Some(sign) {
                    quote = None;
                } else if quote.is_none() && matches!(sign, '"' | '\'') {
                    quote = Some(sign);
                }
                if let Some(item) = items.last_mut() {
                    item.push(sign);
                }
            }
        }
    }
    items.iter().map(|item| scalar(item.trim())).collect()
}

/// A text as it is meant: without quotes, or without a remark at its end.
fn scalar(text: &str) -> String {
    let quoted = |quote: char| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    if let Some(text) = quoted('"') {
        return unescaped(text);
    }
    if let Some(text) = quoted('\'') {
        return text.replace("''", "'");
    }
    text.split(" #").next().unwrap_or(text).trim_end().to_owned()
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (sign, sign == '\\') {
            (_, true) => match signs.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some(sign) => plain.push(sign),
                None => plain.push('\\'),
            },
            (sign, false) => plain.push(sign),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::entries;

    fn read(text: &str) -> Vec<(String, Vec<String>)> {
        let entries = entries(text).unwrap_or_default();
        entries.into_iter().map(|entry| (entry.key, entry.values)).collect()
    }

    #[test]
    fn texts_lists_and_long_texts_are_read() {
        let text = "title: \"Một \\\"cửa\\\"\" \nTác giả: 'Lan ''Anh'''\ntags: [một, \"hai, ba\"] \nkeywords:\n  - bốn\n  - năm\n\
                    lead: >\n  Dòng đầu\n  dòng sau.\nnote: |\n  a\n  b\ndate: 2021-12-08 # ngày\nlong: chữ\n  tiếp\nempty:\n";
        let expected: [(&str, &[&str]); 9] = [
            ("title", &["Một \"cửa\""]),
            ("tác giả", &["Lan 'Anh'"]),
            ("tags", &["một", "hai, ba"]),
            ("keywords", &["bốn", "năm"]),
            ("lead", &["Dòng đầu dòng sau."]),
            ("note", &["a\nb"]),
            ("date", &["2021-12-08"]),
            ("long", &["chữ tiếp"]),
            ("empty", &[]),
        ];
        let expected = expected.map(|(key, values)| (key.to_owned(), values.iter().map(|v| (*v).to_owned()).collect()));
        assert_eq!(read(text), expected);
    }

    #[test]
    fn items_with_keys_keep_their_texts() {
        assert_eq!(
            read("authors:\n- name: Minh\n- name: Hoa\n"),
            [("authors".to_owned(), vec!["Minh".to_owned(), "Hoa".to_owned()])]
        );
    }

    #[test]
    fn what_is_no_front_matter_is_not_understood() {
        for text in ["", "Một câu thường.", "http://a.vn", "title: a\nrồi một câu"] {
            assert_eq!(entries(text), None, "{text}");
        }
    }
}
