//! The publication date where no markup names it: a dateline that opens one of the first blocks, or the file's name.

use chrono::NaiveDate;
use factlint_rules::token::{Shape, Token, TokenKind, tokenize};

use super::{Block, BlockKind, Document, Published};

/// A dateline stands in one of so many first blocks.
const FIRST_BLOCKS: usize = 6;
/// A dateline is no longer than this, in bytes.
const LONGEST: usize = 160;
/// The date stands within so many first tokens.
const FIRST_TOKENS: usize = 18;

impl Document {
    /// Finds the publication date in a dateline, else in the file's name, if nothing has named it yet. `month` knows
    /// the names of months in the document's language: 1 for January.
    ///
    /// ```
    /// use factlint::document::{Document, Format};
    /// use factlint::source::Source;
    /// let source = Source::new("draft.txt", "GENEVA, Jan. 9, 2022 (AP) — Talks open on Monday.");
    /// let mut document = Document::parse(&source, Format::Text);
    /// document.find_date(&source.path, &|word| (word == "Jan").then_some(1));
    /// assert_eq!(document.date.unwrap().date.to_string(), "2022-01-09");
    /// ```
    pub fn find_date(&mut self, path: &str, month: &dyn Fn(&str) -> Option<u32>) {
        if self.date.is_some() {
            return;
        }
        let mut written = self.front_matter.iter().filter(|(key, ..)| key == "date");
        if let Some(date) = written.find_map(|(_, text, _)| written_date(text, month)) {
            self.date = Some(Published { date, from: "front matter" });
            return;
        }
        let first = self.blocks.iter().filter(|block| {
            matches!(block.kind, BlockKind::Headline | BlockKind::Heading | BlockKind::Paragraph | BlockKind::Quote)
        });
        let line = first.take(FIRST_BLOCKS).find_map(|block| dateline(block, month));
        self.date = line
            .map(|date| Published { date, from: "dateline" })
            .or_else(|| name_date(path).map(|date| Published { date, from: "file name" }));
    }
}

/// `2022-01-09-talks.md`
fn name_date(path: &str) -> Option<NaiveDate> {
    let name = path.rsplit(['/', '\\']).next()?;
    let more = name.as_bytes().get(10).is_some_and(u8::is_ascii_digit);
    let date = NaiveDate::parse_from_str(name.get(..10)?, "%Y-%m-%d").ok()?;
    (!more).then_some(date)
}

/// The date of a text that is nothing else but for a weekday: `Saturday, 9 March 2024`.
fn written_date(text: &str, month: &dyn Fn(&str) -> Option<u32>) -> Option<NaiveDate> {
    let tokens = tokenize(text);
    let reader = Reader { text, tokens: &tokens, month };
    (0..tokens.len().min(FIRST_TOKENS)).find_map(|at| reader.date(at)).map(|(date, _)| date)
}

/// The date of a block that opens with a place and a date and then a dash, or that is nothing else.
fn dateline(block: &Block, month: &dyn Fn(&str) -> Option<u32>) -> Option<NaiveDate> {
    let text = &block.text[..block.text.floor_char_boundary(LONGEST)];
    // Most blocks have no year near their start.
    let digits = text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    if !digits {
        return None;
    }
    let tokens = tokenize(text);
    let reader = Reader { text, tokens: &tokens, month };
    for at in 0..tokens.len().min(FIRST_TOKENS) {
        let Some((date, end)) = reader.date(at) else { continue };
        let whole = text.len() == block.text.len();
        // A title may end with a date that is not its own day.
        let may_end = whole && (block.kind != BlockKind::Headline || tokens[0].shape == Shape::Upper);
        return (reader.is_place(at) && reader.closes(at, end, may_end)).then_some(date);
    }
    None
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    month: &'t dyn Fn(&str) -> Option<u32>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    fn is(&self, at: usize, kind: TokenKind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    fn is_glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.blank_before)
    }

    /// A date that starts at a token, and the token after it.
    fn date(&self, at: usize) -> Option<(NaiveDate, usize)> {
        self.machine_date(at).or_else(|| self.day_first(at)).or_else(|| self.month_first(at))
    }

    /// `2022-01-09`, `09.01.2022`: tokens may or may not be cut at the signs.
    fn machine_date(&self, at: usize) -> Option<(NaiveDate, usize)> {
        if !self.is(at, TokenKind::Number) {
            return None;
        }
        let mut end = at + 1;
        while self.is_glued(end) && (self.is(end, TokenKind::Number) || matches!(self.word(end), "-" | ".")) {
            end += 1;
        }
        let start = self.tokens[at].start as usize;
        let digits = self.text.get(start..self.tokens[end - 1].end as usize)?.trim_end_matches('.');
        let date = NaiveDate::parse_from_str(digits, "%Y-%m-%d").or_else(|_| {
            if digits.len() < 8 {
                NaiveDate::parse_from_str("", "%Y")
            } else {
                NaiveDate::parse_from_str(digits, "%d.%m.%Y")
            }
        });
        date.ok().filter(|date| is_recent(*date)).map(|date| (date, end))
    }

    /// `9 January 2022`, `9. Januar 2022`, `9 de janeiro de 2022`
    fn day_first(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let day = self.day(at)?;
        let at = self.skip_small(self.skip_ordinal(at + 1));
        let month = self.month(at)?;
        let at = self.skip_small(self.skip_sign(self.skip_sign(at + 1, "."), ","));
        self.build(at, month, day)
    }

    /// `Jan. 9, 2022`
    fn month_first(&self, at: usize) -> Option<(NaiveDate, usize)> {
        let month = self.month(at)?;
        let at = self.skip_sign(at + 1, ".");
        let day = self.day(at)?;
        let at = self.skip_sign(self.skip_ordinal(at + 1), ",");
        self.build(at, month, day)
    }

    fn build(&self, at: usize, month: u32, day: u32) -> Option<(NaiveDate, usize)> {
        let year = self.word(at);
        if year.len() != 4 || !self.is(at, TokenKind::Number) {
            return None;
        }
        let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month, day)?;
        is_recent(date).then_some((date, at + 1))
    }

    fn day(&self, at: usize) -> Option<u32> {
        let digits = self.word(at).trim_end_matches('.');
        if !self.is(at, TokenKind::Number) || digits.len() > 2 {
            return None;
        }
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    }

    fn month(&self, at: usize) -> Option<u32> {
        let word = self.word(at);
        if !self.is(at, TokenKind::Word) || word.is_empty() {
            return None;
        }
        (self.month)(word)
    }

    /// The ending of an ordinal: `th`, `er`, `º`, `.`
    fn skip_ordinal(&self, at: usize) -> usize {
        let short = self.is(at, TokenKind::Word) && self.word(at).chars().count() <= 2;
        let ending = self.is_glued(at) && (short || matches!(self.word(at), "." | "º" | "°" | "ª"));
        at + usize::from(ending)
    }

    /// A particle between the parts: `de`, `of`, `del`.
    fn skip_small(&self, at: usize) -> usize {
        let small = self.is(at, TokenKind::Word)
            && self.word(at).len() <= 3
            && self.tokens[at].shape == Shape::Lower
            && (self.month)(self.word(at)).is_none();
        at + usize::from(small)
    }

    fn skip_sign(&self, at: usize, sign: &str) -> usize {
        at + usize::from(self.word(at) == sign)
    }

    /// May what stands before a token be a place, an agency, a weekday? Names, with particles between; words in lower
    /// case only past a comma, where weekdays stand.
    fn is_place(&self, before: usize) -> bool {
        let (mut words, mut comma) = (0, false);
        for (at, token) in self.tokens.iter().enumerate().take(before) {
            let word = self.word(at);
            match token.kind {
                TokenKind::Word => {
                    words += 1;
                    let long = token.shape == Shape::Lower && word.len() > 3;
                    if long && !comma && at > 0 {
                        return false;
                    }
                }
                TokenKind::Sign if ",.()/-’'|:–—".contains(word) => comma |= word == ",",
                _ => return false,
            }
        }
        let Some(last) = before.checked_sub(1) else { return true };
        let word = self.word(last);
        let is_word = self.is(last, TokenKind::Word);
        let capitals = self.tokens[last].shape == Shape::Upper && word.len() > 2;
        // "le 9 janvier", "den 9. Januar"; "Sunday 9 January".
        let joined = comma && self.tokens[last].shape == Shape::Lower || words == 1 && word.chars().count() > 3;
        words <= 8 && (!is_word || capitals || joined)
    }

    /// Does the dateline end after the date: with a dash, with the bracket that opened it, with the block?
    fn closes(&self, start: usize, mut at: usize, may_end: bool) -> bool {
        if start > 0 && self.word(start - 1) == "(" && start == 1 {
            return self.word(at) == ")";
        }
        at = self.skip_sign(at, ",");
        if self.word(at) == "(" || self.word(at) == "[" {
            let close = (at..self.tokens.len().min(at + 8)).find(|at| matches!(self.word(*at), ")" | "]"));
            let Some(close) = close else { return false };
            at = close + 1;
        }
        if at >= self.tokens.len() {
            return may_end;
        }
        match self.word(at) {
            "—" | "–" | "−" => true,
            "." => matches!(self.word(at + 1), "-" | "—" | "–") || at + 1 == self.tokens.len() && may_end,
            "-" => self.tokens[at].blank_before,
            "/" | "|" | ":" => self.tokens[at].blank_before || self.word(at) == ":",
            _ => false,
        }
    }
}

/// Was there a newspaper?
fn is_recent(date: NaiveDate) -> bool {
    use chrono::Datelike;
    (1800..=2100).contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(word: &str) -> Option<u32> {
        match word.to_lowercase().as_str() {
            "jan" | "january" | "janeiro" | "januar" | "janvier" | "enero" | "gennaio" | "januari" => Some(1),
            _ => None,
        }
    }

    fn find(text: &str) -> Option<String> {
        let block = Block::verbatim(BlockKind::Paragraph, text, 0);
        dateline(&block, &month).map(|date| date.to_string())
    }

    #[test]
    fn datelines_of_all_houses() {
        for text in [
            "GENEVA, Jan. 9, 2022 — Talks open.",
            "GENEVA (AP), January 9th, 2022 -- Talks open.",
            "BERLIN, 9 January 2022 (Reuters) - Talks open.",
            "NEW YORK, January 9, 2022 /PRNewswire/ -- Talks open.",
            "(9 January 2022) Talks open.",
            "Brasília, 9 de janeiro de 2022 – As conversas começam.",
            "Rio de Janeiro, domingo, 9 de janeiro de 2022 – As conversas começam.",
            "Madrid, 9 enero 2022 (EFE).- Las conversaciones.",
            "Berlin, 9. Januar 2022 - Die Gespräche beginnen.",
            "Berlin, den 9. Januar 2022",
            "Genève, le 9 janvier 2022 – Les discussions.",
            "Roma, 9 gennaio 2022 - I colloqui.",
            "Den Haag, 9 januari 2022 – De gesprekken.",
            "Sunday, January 9, 2022",
            "2022-01-09",
            "Berlin, 09.01.2022 –",
        ] {
            assert_eq!(find(text).as_deref(), Some("2022-01-09"), "{text}");
        }
    }

    #[test]
    fn dates_that_are_no_datelines() {
        for text in [
            "On Jan. 9, 2022, the talks opened.",
            "The treaty of 9 January 2022 — the first of its kind — holds.",
            "The talks opened in Geneva on 9 January 2022",
            "GENEVA, Jan. 9 — Talks open.",
            "January 2022 — the coldest month",
            "Born on January 9, 2022 - she is two.",
            "Lee (9 January 1722) was a painter.",
            "On 31 January 2022-23 it rained.",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn dates_of_front_matter_in_words() {
        let month = |word: &str| (word == "March").then_some(3);
        for text in ["9 March 2024", "March 9, 2024", "Saturday, March 9, 2024", "09.03.2024"] {
            assert_eq!(
                written_date(text, &month).map(|date| date.to_string()).as_deref(),
                Some("2024-03-09"),
                "{text}"
            );
        }
        assert_eq!(written_date("soon", &month), None);
    }

    #[test]
    fn file_names_that_start_with_a_date() {
        let day = |path: &str| name_date(path).map(|date| date.to_string());
        assert_eq!(day("posts/2022-01-09-talks.md").as_deref(), Some("2022-01-09"));
        assert_eq!(day("2022-01-09").as_deref(), Some("2022-01-09"));
        assert_eq!(day("2022-02-30-talks.md"), None);
        assert_eq!(day("talks-2022-01-09.md"), None);
        assert_eq!(day("2022-01-091.md"), None);
        assert_eq!(day("東京東京東京.md"), None);
    }
}
