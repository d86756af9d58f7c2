//! Text into tokens, in one pass: words, numbers, single signs, and things that are no prose.
//!
//! In goes a block's text; out come tokens with byte offsets into it. Drafts, lexicon phrases and the literals of
//! patterns all pass through here, so that they are cut alike. A token is small on purpose: what a number is worth
//! or what a word means is read later, once, by those who need it.

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A run of letters (with their marks). An apostrophe or a hyphen is a token of its own: `Ukraine’s` is three.
    Word,
    /// A run of digits with the separators between them: `1,000.50`, `13.5.2022`, `1'000`.
    Number,
    /// One sign: `(`, `,`, `%`, `€`.
    Sign,
    /// Something that is no prose: a URL, an e-mail address, a handle, a hashtag, a code span.
    Opaque,
}

/// How the letters of a word are capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No letter that has a case: a number, a sign, 東京.
    None,
    /// `word`
    Lower,
    /// `Word`
    Capitalised,
    /// `NATO`: two letters or more, all of them capitals.
    Upper,
    /// `A`: one capital alone.
    Initial,
    /// `iPhone`, `McDonald`
    Mixed,
}

/// A token: a range of bytes of its block's text, and what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the block's text.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub shape: Shape,
    /// A blank stands before it (or it opens the text).
    pub blank_before: bool,
}

impl Token {
    /// The token's own text; `text` must be the text that it was cut from.
    #[inline]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Is it this one sign?
    pub fn is_sign(&self, text: &str, sign: char) -> bool {
        self.kind == TokenKind::Sign && text[self.start as usize..].starts_with(sign)
    }
}

/// The sign that stands in a block's text for a code span, an image or another thing that is no prose.
pub const OBJECT: char = '\u{FFFC}';

/// Cuts a text into tokens.
///
/// ```
/// use factlint_rules::token::tokenize;
/// let text = "On Wednesday (100), results.2022American";
/// let words: Vec<&str> = tokenize(text).iter().map(|t| t.text(text)).collect();
/// assert_eq!(words, ["On", "Wednesday", "(", "100", ")", ",", "results", ".", "2022", "American"]);
/// ```
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 4);
    tokenize_into(text, &mut tokens);
    tokens
}

/// As [`tokenize`], into a vector that is emptied first and keeps its memory.
pub fn tokenize_into(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut blank = true;
    while at < bytes.len() {
        let byte = bytes[at];
        let class = if byte < 0x80 { ASCII[byte as usize] } else { class_of(char_at(text, at)) };
        let start = at;
        let (kind, shape) = match class {
            Class::Blank => {
                at += width(byte);
                blank = true;
                continue;
            }
            // Marks that change nothing between words: a direction mark, a stray joiner.
            Class::Ignored => {
                at += width(byte);
                continue;
            }
            Class::Letter => {
                let (end, shape) = word_end(text, at);
                at = end;
                match opaque_end(text, start, at) {
                    Some(end) => {
                        at = end;
                        (TokenKind::Opaque, Shape::None)
                    }
                    None => (TokenKind::Word, shape),
                }
            }
            Class::Ideograph => {
                at += width(byte);
                (TokenKind::Word, Shape::None)
            }
            Class::Digit => {
                at = number_end(text, at);
                (TokenKind::Number, Shape::None)
            }
            Class::Sign => {
                at += width(byte);
                match sigil_end(text, start, at, blank) {
                    Some(end) => {
                        at = end;
                        (TokenKind::Opaque, Shape::None)
                    }
                    None => (TokenKind::Sign, Shape::None),
                }
            }
            Class::Object => {
                at += width(byte);
                (TokenKind::Opaque, Shape::None)
            }
        };
        tokens.push(Token { start: start as u32, end: at as u32, kind, shape, blank_before: blank });
        blank = false;
    }
}

/// The value of a decimal digit of any common script (`٣` and `３` are 3).
pub fn digit_value(c: char) -> Option<u32> {
    const ZEROS: [u32; 14] =
        [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xE50, 0xED0, 0xFF10];
    if c.is_ascii_digit() {
        return Some(c as u32 - 0x30);
    }
    if c.is_ascii() {
        return None;
    }
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero).filter(|value| *value < 10))
}

/// The lower-case form under which a word is looked up: soft hyphens and joiners dropped, ’ as '.
pub fn fold(word: &str) -> String {
    folded(word).collect()
}

/// The letters of a word's lower-case form.
pub fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| !is_joiner(*c)).flat_map(char::to_lowercase).map(plain_sign)
}

/// The one form of signs that are written in several ways: quotes, apostrophes, dashes, full-width forms.
pub fn plain_sign(c: char) -> char {
    match c {
        '’' | 'ʼ' | '‘' | '＇' => '\'',
        '“' | '”' | '„' | '‟' | '＂' => '"',
        '‐' | '‑' | '−' | '－' => '-',
        '—' | '―' => '–',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '：' => ':',
        '；' => ';',
        '％' | '٪' => '%',
        '／' => '/',
        _ => c,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Blank,
    Ignored,
    Letter,
    Ideograph,
    Digit,
    Sign,
    Object,
}

const ASCII: [Class; 128] = {
    let mut classes = [Class::Sign; 128];
    let mut c = 0;
    while c < 128 {
        let byte = c as u8;
        classes[c] = if byte.is_ascii_alphabetic() {
            Class::Letter
        } else if byte.is_ascii_digit() {
            Class::Digit
        } else if byte <= b' ' || byte == 0x7F {
            Class::Blank
        } else {
            Class::Sign
        };
        c += 1;
    }
    classes
};

fn class_of(c: char) -> Class {
    match c {
        OBJECT => Class::Object,
        '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{AD}' => {
            Class::Ignored
        }
        '\u{2E80}'..='\u{303E}' if !c.is_alphanumeric() && !c.is_whitespace() => Class::Sign,
        '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{3005}' | '\u{3007}' => {
            Class::Ideograph
        }
        _ if c.is_whitespace() => Class::Blank,
        _ if digit_value(c).is_some() => Class::Digit,
        // ª and º are letters to Unicode and ordinal signs to writers.
        'ª' | 'º' => Class::Sign,
        _ if c.is_alphabetic() || is_mark(c) => Class::Letter,
        _ => Class::Sign,
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Combining marks of the scripts that the lexicons know.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{64B}'..='\u{65F}' | '\u{900}'..='\u{903}'
        | '\u{93A}'..='\u{94F}' | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}')
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

fn width(lead: u8) -> usize {
    match lead {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Thai writes no blanks between words; every weekday, and the day of a month, opens with the word for day, so a word is cut
/// there: ในวันพุธที่ 5 is ใน, วันพุธที่, 5.
const THAI_DAY: &str = "วัน";

fn word_end(text: &str, start: usize) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let (mut letters, mut upper, mut lower) = (0u32, 0u32, 0u32);
    let mut first_upper = false;
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            if !byte.is_ascii_alphabetic() {
                break;
            }
            if byte.is_ascii_uppercase() {
                upper += 1;
                first_upper |= letters == 0;
            } else {
                lower += 1;
            }
            at += 1;
        } else {
            let c = char_at(text, at);
            if !(class_of(c) == Class::Letter || is_joiner(c) && at > start) {
                break;
            }
            if c == 'ว' && at > start && text[at..].starts_with(THAI_DAY) {
                break;
            }
            if c.is_uppercase() {
                upper += 1;
                first_upper |= letters == 0;
            } else if c.is_lowercase() {
                lower += 1;
            }
            at += c.len_utf8();
        }
        letters += 1;
    }
    let shape = match (upper, lower) {
        (0, 0) => Shape::None,
        (0, _) => Shape::Lower,
        (1, 0) => Shape::Initial,
        (_, 0) => Shape::Upper,
        (1, _) if first_upper => Shape::Capitalised,
        _ => Shape::Mixed,
    };
    (at, shape)
}

/// A number runs over its digits and over single separators that stand between digits; a blank of fixed width
/// (no-break, thin) only before a group of three.
fn number_end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    let mut end = start;
    for (offset, c) in chars.by_ref() {
        if digit_value(c).is_some() {
            end = start + offset + c.len_utf8();
            continue;
        }
        let rest = &text[start + offset + c.len_utf8()..];
        let joins = match c {
            '.' | ',' | '\'' | '’' | '٫' | '٬' => {
                rest.chars().next().is_some_and(|next| digit_value(next).is_some())
            }
            '\u{A0}' | '\u{2009}' | '\u{202F}' => {
                let mut next = rest.chars();
                (0..3).all(|_| next.next().is_some_and(|c| digit_value(c).is_some()))
                    && !next.next().is_some_and(|c| digit_value(c).is_some() || c.is_alphabetic())
            }
            _ => false,
        };
        if !joins {
            break;
        }
    }
    end
}

/// The end of a URL or an e-mail address that the word at `start..end` opens, if it does.
fn opaque_end(text: &str, start: usize, end: usize) -> Option<usize> {
    let rest = &text[end..];
    let word = &text[start..end];
    let is_url = rest.starts_with("://") || (word.eq_ignore_ascii_case("www") && rest.starts_with('.'));
    if is_url {
        return Some(run_end(text, end, |c| !c.is_whitespace() && !"<>\"”»".contains(c)));
    }
    let first = rest.as_bytes().first()?;
    if matches!(first, b'@' | b'.' | b'_' | b'+' | b'-' | b'/' | b'0'..=b'9') {
        let run = run_end(text, end, |c| c.is_alphanumeric() || "@._+-/".contains(c));
        let candidate = &text[start..run];
        if is_email(candidate) || is_domain(candidate) || candidate.contains('_') && *first == b'_' {
            return Some(run);
        }
    }
    None
}

/// `@handle` and `#tag`, after a blank only.
fn sigil_end(text: &str, start: usize, end: usize, blank: bool) -> Option<usize> {
    let sigil = text.as_bytes()[start];
    if !(sigil == b'@' || sigil == b'#') || !blank || !text[end..].starts_with(char::is_alphabetic) {
        return None;
    }
    Some(run_end(text, end, |c| c.is_alphanumeric() || c == '_'))
}

/// The end of the run of such characters, without the punctuation that closes a sentence.
fn run_end(text: &str, start: usize, keep: impl Fn(char) -> bool) -> usize {
    let length = text[start..].find(|c| !keep(c)).unwrap_or(text.len() - start);
    start
        + text[start..start + length]
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '-', '*'])
            .len()
}

fn is_email(candidate: &str) -> bool {
    candidate.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'))
}

/// `example.org/path`: a known ending, so that a missing blank ("results.The") is not taken for one.
fn is_domain(candidate: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "com", "org", "net", "gov", "edu", "int", "io", "info", "br", "pt", "fr", "de", "nl", "eu", "uk", "us", "mil",
        "html", "htm", "txt", "md", "pdf",
    ];
    let host = candidate.split('/').next().unwrap_or(candidate);
    let Some((name, ending)) = host.rsplit_once('.') else { return false };
    !name.is_empty()
        && ENDINGS.contains(&ending)
        && host.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokenize(text).iter().map(|token| token.text(text)).collect()
    }

    #[test]
    fn numbers_keep_their_separators_and_leave_the_full_stop() {
        assert_eq!(cut("1,000.50 and 13.5.2022. It"), ["1,000.50", "and", "13.5.2022", ".", "It"]);
        assert_eq!(cut("1\u{A0}000 000"), ["1\u{A0}000", "000"]);
    }

    #[test]
    fn addresses_are_one_opaque_token() {
        assert_eq!(
            cut("see https://a.b/c?d=1. Or x@y.org, a.gov/b"),
            ["see", "https://a.b/c?d=1", ".", "Or", "x@y.org", ",", "a.gov/b"]
        );
        assert_eq!(cut("the vote.The court"), ["the", "vote", ".", "The", "court"]);
        assert_eq!(cut("by @jane #vote2020 now"), ["by", "@jane", "#vote2020", "now"]);
    }

    #[test]
    fn thai_is_cut_before_a_day() {
        assert_eq!(cut("ในวันพุธที่ 5 มีนาคม"), ["ใน", "วันพุธที่", "5", "มีนาคม"]);
    }

    #[test]
    fn ideographs_stand_alone() {
        assert_eq!(cut("1月10日（月）"), ["1", "月", "10", "日", "（", "月", "）"]);
    }

    #[test]
    fn a_soft_hyphen_is_inside_its_word() {
        assert_eq!(fold("Wed\u{AD}nesday"), "wednesday");
        assert_eq!(cut("Wed\u{AD}nesday (10)").len(), 4);
    }

    #[test]
    fn shapes() {
        let shape = |word: &str| tokenize(word)[0].shape;
        assert_eq!(shape("Nato"), Shape::Capitalised);
        assert_eq!(shape("NATO"), Shape::Upper);
        assert_eq!(shape("A"), Shape::Initial);
        assert_eq!(shape("iPhone"), Shape::Mixed);
        assert_eq!(shape("naïve"), Shape::Lower);
    }
}
