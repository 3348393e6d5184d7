//! The part of the template language that stays within bounds: everything else is refused before it is compiled.
//!
//! Fuel counts steps and not what a step takes: forty times `{% set a = a ~ a %}` is a terabyte, and a list of lists that
//! doubles takes as long to compare. Nothing that a template may use makes one value out of two, so that none is larger
//! than what the issue or the template itself holds.

/// Largest template, in bytes.
pub(super) const SOURCE_BYTES: usize = 256 * 1024;

/// Most words and signs within one pair of `{{ }}` or `{% %}`: what is longer could nest deeper than the stack is.
const TOKENS: usize = 200;

/// Most `{% elif %}`: each nests in the one before it.
const BRANCHES: usize = 200;

const STATEMENTS: [&str; 9] = ["if", "elif", "else", "endif", "for", "endfor", "set", "with", "endwith"];
const OPERATORS: [&str; 6] = ["and", "or", "not", "in", "is", "recursive"];
const CONSTANTS: [&str; 6] = ["true", "false", "none", "True", "False", "None"];
const SIGNS: &str = ".|-/%=!<>";

/// What a template may not hold: the line, from 1, and the word or sign.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) line: usize,
    pub(super) what: String,
}

/// Refuses a template which uses more than `if`, `for`, `set`, `with`, comparisons, filters and lists of constants.
pub(super) fn check(source: &str) -> Result<(), Refusal> {
    let mut branches = 0;
    let mut rest = source;
    while let Some((_, inside)) = rest.split_once('{') {
        rest = match inside.chars().next() {
            Some('{') => Tag::new(source, inside, "}}").check(None)?,
            Some('%') => Tag::new(source, inside, "%}").check(Some(&mut branches))?,
            // One that is not closed is left to the compiler to tell.
            Some('#') => inside.split_once("#}").map_or("", |(_, behind)| behind),
            _ => inside,
        };
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Group,
    Filter,
    Subscript,
    List,
}

/// What stands before a bracket decides what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Value,
    Filter,
    Pipe,
    Other,
}

/// The inside of `{{ }}` or `{% %}`, as far as it is not read yet.
struct Tag<'s> {
    source: &'s str,
    rest: &'s str,
    end: &'static str,
    last: Last,
    brackets: Vec<Bracket>,
}

impl<'s> Tag<'s> {
    /// `inside` begins with the second character of the opening.
    fn new(source: &'s str, inside: &'s str, end: &'static str) -> Self {
        let inside = inside.get(1..).unwrap_or_default();
        let rest = inside.strip_prefix(['-', '+']).unwrap_or(inside);
        Self { source, rest, end, last: Last::Other, brackets: Vec::new() }
    }

    /// Returns what follows the tag. A statement has `branches`, which counts those of the whole template.
    fn check(mut self, branches: Option<&mut usize>) -> Result<&'s str, Refusal> {
        if let Some(branches) = branches {
            self.statement(branches)?;
        }
        for _ in 0..TOKENS {
            self.rest = self.rest.trim_start();
            let without_sign = self.rest.strip_prefix(['-', '+']).unwrap_or(self.rest);
            if let Some(behind) = self.rest.strip_prefix(self.end).or(without_sign.strip_prefix(self.end)) {
                return Ok(behind);
            }
            let Some(next) = self.rest.chars().next() else { return Ok("") };
            self.token(next)?;
        }
        Err(self.refusal("…"))
    }

    fn statement(&mut self, branches: &mut usize) -> Result<(), Refusal> {
        self.rest = self.rest.trim_start();
        let word = self.word();
        *branches += usize::from(word == "elif");
        if STATEMENTS.contains(&word) && *branches <= BRANCHES { Ok(()) } else { Err(self.refusal(word)) }
    }

    fn token(&mut self, next: char) -> Result<(), Refusal> {
        match next {
            '"' | '\'' => self.string(next),
            '0'..='9' => self.number(),
            'a'..='z' | 'A'..='Z' | '_' => self.name(),
            _ => {
                self.sign(next)?;
                self.rest = self.rest.get(next.len_utf8()..).unwrap_or_default();
                Ok(())
            }
        }
    }

    fn string(&mut self, quote: char) -> Result<(), Refusal> {
        let mut is_escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, it)| {
            let is_end = !is_escaped && *it == quote;
            is_escaped = !is_escaped && *it == '\\';
            is_end
        });
        self.rest = end.and_then(|(end, _)| self.rest.get(end + 1..)).unwrap_or_default();
        self.last = Last::Value;
        Ok(())
    }

    /// Whole numbers in digits, so that no two readers can differ on where one ends.
    fn number(&mut self) -> Result<(), Refusal> {
        let behind = self.rest.trim_start_matches(|it: char| it.is_ascii_digit());
        if behind.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_') {
            return Err(self.refusal(self.rest.split_whitespace().next().unwrap_or_default()));
        }
        self.rest = behind;
        self.last = Last::Value;
        Ok(())
    }

    fn name(&mut self) -> Result<(), Refusal> {
        let word = self.word();
        if self.brackets.last() == Some(&Bracket::List) && !CONSTANTS.contains(&word) {
            return Err(self.refusal(word));
        }
        self.last = if STATEMENTS.contains(&word) || OPERATORS.contains(&word) {
            Last::Other
        } else if self.last == Last::Pipe {
            Last::Filter
        } else {
            Last::Value
        };
        Ok(())
    }

    fn sign(&mut self, sign: char) -> Result<(), Refusal> {
        let inside = self.brackets.last().copied();
        let is_list = inside == Some(Bracket::List);
        let is_allowed = match sign {
            '-' => true,
            ',' => is_list || inside == Some(Bracket::Filter),
            ']' => matches!(self.brackets.pop(), Some(Bracket::List | Bracket::Subscript)),
            _ if is_list => false,
            '(' => self.last != Last::Value,
            ')' => matches!(self.brackets.pop(), Some(Bracket::Group | Bracket::Filter)),
            '[' => true,
            _ => SIGNS.contains(sign),
        };
        if !is_allowed {
            return Err(self.refusal(sign.encode_utf8(&mut [0; 4])));
        }
        match (sign, self.last) {
            ('(', Last::Filter) => self.brackets.push(Bracket::Filter),
            ('(', _) => self.brackets.push(Bracket::Group),
            ('[', Last::Value | Last::Filter) => self.brackets.push(Bracket::Subscript),
            ('[', _) => self.brackets.push(Bracket::List),
            _ => {}
        }
        self.last = match sign {
            ')' | ']' => Last::Value,
            '|' => Last::Pipe,
            _ => Last::Other,
        };
        Ok(())
    }

    /// Takes the letters, digits and underscores that come first.
    fn word(&mut self) -> &'s str {
        let behind = self.rest.trim_start_matches(|it: char| it.is_ascii_alphanumeric() || it == '_');
        let word = self.rest.strip_suffix(behind).unwrap_or_default();
        self.rest = behind;
        word
    }

    fn refusal(&self, what: &str) -> Refusal {
        let read = self.source.strip_suffix(self.rest).unwrap_or_default();
        Refusal { line: read.matches('\n').count() + 1, what: what.to_owned() }
    }
}
