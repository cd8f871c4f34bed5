//! A story as it was read: who tells it, what it closes or exposes, and its lines.
//!
//! Reading is strict and knows every line before anything is played. All mistakes of a file are told, each with file,
//! line, what was found and what was expected. Nothing is played from a file that has one.

use kp_terms::Date;

use crate::{
    form::{self, Args, Misfit},
    tokens::{Token, tokens},
    words::{Does, Tells, WORDS, Word},
};

/// Something in a story's file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What was found there.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: found {}, expected {}", self.file, self.line, self.found, self.expected)
    }
}

/// A story, ready to be played.
#[derive(Debug, Clone)]
pub struct Story {
    /// Its file, as given.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// Why it is told, paragraph by paragraph.
    pub why: Vec<String>,
    /// Loopholes whose attack it shows stopped.
    pub closes: Vec<String>,
    /// Loopholes whose attack it shows exposed.
    pub exposes: Vec<String>,
    begins: Option<Date>,
    pub(crate) lines: Vec<Line>,
    /// Forms of the lines that only tell.
    told: Vec<&'static str>,
    text: String,
}

/// One line that is played.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) text: String,
    pub(crate) word: &'static Word,
    pub(crate) args: Args,
    /// The act that is expected to be refused.
    pub(crate) refused: Option<Box<Self>>,
}

/// The first day of a story that does not say when it begins, and whose first line names no day.
const BEGINS: Date = jiff::civil::date(2026, 1, 1);

impl Story {
    /// Reads a story.
    ///
    /// # Errors
    /// Every mistake of the file, in order of its lines.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        let mut story = Self {
            file: file.to_owned(),
            title: String::new(),
            why: Vec::new(),
            closes: Vec::new(),
            exposes: Vec::new(),
            begins: None,
            lines: Vec::new(),
            told: Vec::new(),
            text: text.to_owned(),
        };
        let mut mistakes = Vec::new();
        for (number, text) in (1..).zip(text.lines()) {
            match read_line(number, text) {
                Ok(Some(line)) => {
                    if let Err((found, expected)) = story.take(line) {
                        mistakes.push(Mistake { file: file.to_owned(), line: number, found, expected });
                    }
                }
                Ok(None) => {}
                Err((found, expected)) => {
                    mistakes.push(Mistake { file: file.to_owned(), line: number, found, expected });
                }
            }
        }
        mistakes.extend(story.missing());
        if mistakes.is_empty() { Ok(story) } else { Err(mistakes) }
    }

    /// The first day: as the story says, or else the day of its first line.
    pub(crate) fn begins(&self) -> Date {
        let first = || self.lines.first()?.args.get("day")?.first()?.parse().ok();
        self.begins.or_else(first).unwrap_or(BEGINS)
    }

    /// Whether it plays an attack, so that it belongs to what `kpcs prove` shows.
    pub fn has_attack(&self) -> bool {
        self.lines.iter().any(|line| matches!(line.word.does, Does::Attack))
    }

    /// Takes one line in; the lines that only tell are kept apart.
    fn take(&mut self, line: Line) -> Result<(), (String, String)> {
        let out_of_place = |expected: &str| Err((format!("{:?}", line.text), expected.to_owned()));
        let values = |slot: &str| line.args.get(slot).cloned().unwrap_or_default();
        if self.title.is_empty() && !matches!(line.word.does, Does::Tell(Tells::Title)) {
            return out_of_place("the story's title first, for example: title \"A shipment is confirmed\"");
        }
        let Does::Tell(tells) = line.word.does else {
            self.lines.push(line);
            return Ok(());
        };
        self.told.push(line.word.form);
        match tells {
            Tells::Title if !self.title.is_empty() => return out_of_place("one title"),
            Tells::Title => self.title = values("text").join(" "),
            _ if !self.lines.is_empty() => {
                return out_of_place("title, why, closes, exposes and begins before everything that happens");
            }
            Tells::Why => self.why.extend(values("text")),
            Tells::Closes => self.closes.extend(values("loophole")),
            Tells::Exposes => self.exposes.extend(values("loophole")),
            Tells::Begins => {
                self.begins = values("date").first().and_then(|day| day.parse().ok());
            }
        }
        Ok(())
    }

    /// Whether a line of the story has this form.
    pub fn uses(&self, form: &str) -> bool {
        let acts = self.lines.iter().filter_map(|line| line.refused.as_deref());
        let told = self.told.iter().copied();
        self.lines.iter().chain(acts).map(|line| line.word.form).chain(told).any(|used| used == form)
    }

    /// What a whole story needs.
    fn missing(&self) -> Option<Mistake> {
        let is = |wanted: fn(&Does) -> bool| self.lines.iter().any(|line| wanted(&line.word.does));
        let expected = if self.title.is_empty() {
            "a title"
        } else if !is(|does| matches!(does, Does::Expect(_) | Does::ExpectRefusal)) {
            "at least one line that begins with expect; a story that expects nothing shows nothing"
        } else if !self.has_attack() && (!self.closes.is_empty() || !self.exposes.is_empty()) {
            "a line that begins with attack, because the story closes or exposes a loophole"
        } else {
            return None;
        };
        let line = self.text.lines().count().max(1);
        Some(Mistake {
            file: self.file.clone(),
            line,
            found: "the end of the story".into(),
            expected: expected.into(),
        })
    }

    /// The story with each expectation made wrong in turn, in every way its form offers: each value by another one,
    /// and what is expected to be clean or absent by something found. Whoever plays them must see every one fail;
    /// otherwise an expectation says nothing. Each comes with the line's number and the wrong line.
    ///
    /// # Errors
    /// Where a changed line does not read, which would be a mistake of this language.
    pub fn with_wrong_expectations(&self) -> Result<Vec<(usize, String, Self)>, Vec<Mistake>> {
        let mut all = Vec::new();
        for line in &self.lines {
            for wrong in wrong_lines(line) {
                let changed: Vec<&str> = (1..)
                    .zip(self.text.lines())
                    .map(|(number, text)| if number == line.number { wrong.as_str() } else { text })
                    .collect();
                all.push((line.number, wrong.clone(), Self::read(&self.file, &changed.join("\n"))?));
            }
        }
        Ok(all)
    }
}

/// Reads one line; nothing where it is empty or a remark.
fn read_line(number: usize, text: &str) -> Result<Option<Line>, (String, String)> {
    let tokens = tokens(text).map_err(|found| {
        (found, "a quotation mark at the end of the quoted words, then a blank".to_owned())
    })?;
    if tokens.is_empty() {
        return Ok(None);
    }
    read_tokens(number, text.trim(), &tokens).map(Some)
}

fn read_tokens(number: usize, text: &str, tokens: &[Token]) -> Result<Line, (String, String)> {
    if let [expect, refusal, act @ .., key] = tokens
        && (expect.text.as_str(), refusal.text.as_str()) == ("expect", "refusal")
        && !act.is_empty()
    {
        return read_refusal(number, text, act, key);
    }
    let mut best: Option<Misfit> = None;
    for word in candidates(tokens) {
        match form::read(word.form, word.tail, tokens) {
            Ok(args) => return Ok(Line { number, text: text.to_owned(), word, args, refused: None }),
            Err(misfit) => best = Some(better(best, misfit)),
        }
    }
    Err(match best {
        Some(misfit) => {
            (misfit.found.map_or("the end of the line".into(), |f| format!("{f:?}")), misfit.expected)
        }
        None => {
            (format!("{:?}", tokens.first().map_or("", |t| &t.text)), format!("one of {}", first_words()))
        }
    })
}

/// `expect refusal ACT KEY`: the words between are an act as it is written elsewhere.
fn read_refusal(number: usize, text: &str, act: &[Token], key: &Token) -> Result<Line, (String, String)> {
    let slot = crate::slot::slot("key");
    let inner = match read_tokens(number, text, act) {
        Ok(inner) => inner,
        // With the last word it would be a whole act: then what is missing is the reason.
        Err(_) if read_tokens(number, text, &[act, std::slice::from_ref(key)].concat()).is_ok() => {
            return Err((
                "the end of the line".into(),
                format!("{}, for example {}", slot.what, slot.example),
            ));
        }
        Err(mistake) => return Err(mistake),
    };
    if !matches!(inner.word.does, Does::Act(_)) {
        return Err((format!("{:?}", inner.word.first()), "an act of a person, which can be refused".into()));
    }
    if !(slot.reads)(&key.text) {
        return Err((format!("{:?}", key.text), format!("{}, for example {}", slot.what, slot.example)));
    }
    let word = WORDS
        .iter()
        .find(|word| matches!(word.does, Does::ExpectRefusal))
        .expect("because the table of words has it");
    let args = Args::from([("key", vec![key.text.clone()])]);
    Ok(Line { number, text: text.to_owned(), word, args, refused: Some(Box::new(inner)) })
}

fn candidates(tokens: &[Token]) -> impl Iterator<Item = &'static Word> {
    let first = tokens.first().filter(|token| !token.quoted).map(|token| token.text.clone());
    WORDS.iter().filter(move |word| first.as_deref() == Some(word.first()))
}

/// The misfit that came further says more; two that came equally far are both told.
fn better(best: Option<Misfit>, other: Misfit) -> Misfit {
    match best {
        Some(best) if best.fitted > other.fitted => best,
        Some(best) if best.fitted == other.fitted && best.expected != other.expected => {
            Misfit { expected: format!("{}; or {}", best.expected, other.expected), ..best }
        }
        _ => other,
    }
}

fn first_words() -> String {
    let mut words: Vec<&str> = WORDS.iter().map(Word::first).collect();
    words.sort_unstable();
    words.dedup();
    words.join(", ")
}

fn wrong_lines(line: &Line) -> Vec<String> {
    let Ok(tokens) = tokens(&line.text) else { return Vec::new() };
    match (&line.word.does, line.word.wrong) {
        (Does::ExpectRefusal, _) => {
            let kept = line.text.trim_end().trim_end_matches(|c: char| !c.is_whitespace());
            vec![format!("{kept}some_other_reason")]
        }
        (Does::Expect(_), "") => form::with_another_value(line.word.form, &tokens),
        (Does::Expect(_), wrong) => vec![wrong.to_owned()],
        _ => Vec::new(),
    }
}
