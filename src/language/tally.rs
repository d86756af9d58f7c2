//! Counting function words and scripts in one pass over a text.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::MOST_LANGUAGES;

/// A script, as far as it tells languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Greek,
    Hebrew,
    Han,
    Kana,
    Hangul,
    Thai,
    Armenian,
    Georgian,
    Other,
}

const SCRIPTS: usize = 13;

impl Script {
    /// The script of a letter that is not ASCII.
    fn of(c: char) -> Script {
        match c as u32 {
            0x00AA..=0x024F | 0x1E00..=0x1EFF => Script::Latin,
            0x0370..=0x03FF | 0x1F00..=0x1FFF => Script::Greek,
            0x0400..=0x052F => Script::Cyrillic,
            0x0531..=0x058F => Script::Armenian,
            0x0591..=0x05F4 => Script::Hebrew,
            0x0600..=0x06FF | 0x0750..=0x077F => Script::Arabic,
            0x0900..=0x097F => Script::Devanagari,
            0x0E00..=0x0E7F => Script::Thai,
            0x10A0..=0x10FF => Script::Georgian,
            0x3040..=0x30FF => Script::Kana,
            0x3400..=0x9FFF | 0x2_0000..=0x3_FFFF => Script::Han,
            0xAC00..=0xD7AF | 0x1100..=0x11FF => Script::Hangul,
            _ => Script::Other,
        }
    }

    /// Is each of its signs counted as a word?
    pub(super) fn is_unspaced(self) -> bool {
        matches!(self, Script::Han | Script::Kana | Script::Thai)
    }

    /// The language that alone is written so, or nearly.
    pub(super) fn language(self) -> Option<&'static str> {
        match self {
            Script::Greek => Some("el"),
            Script::Hebrew => Some("he"),
            Script::Han => Some("zh"),
            Script::Kana => Some("ja"),
            Script::Hangul => Some("ko"),
            Script::Thai => Some("th"),
            Script::Armenian => Some("hy"),
            Script::Georgian => Some("ka"),
            Script::Latin | Script::Cyrillic | Script::Arabic | Script::Devanagari | Script::Other => None,
        }
    }
}

/// How many words of which language and script a text has.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) words: u32,
    pub(super) hits: [u32; MOST_LANGUAGES],
    scripts: [u32; SCRIPTS],
}

impl Default for Tally {
    fn default() -> Tally {
        Tally { words: 0, hits: [0; MOST_LANGUAGES], scripts: [0; SCRIPTS] }
    }
}

/// What speaks for one language and against another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Contrast {
    /// Words of the one that the other has not.
    pub(super) theirs: u32,
    /// How many different ones.
    pub(super) distinct: u32,
    /// Words of the other that the one has not.
    pub(super) ours: u32,
    /// Words that are no function words of the one.
    pub(super) content: u32,
    /// Those of them in lower case.
    pub(super) lower: u32,
}

impl Tally {
    pub(super) fn of(text: &str, words: &FxHashMap<u64, u64>) -> Tally {
        let mut tally = Tally::default();
        for_each_word(text, |word, script, _| {
            tally.words += 1;
            tally.scripts[script as usize] += 1;
            let mut languages = words.get(&key(word)).copied().unwrap_or_default();
            while languages != 0 {
                tally.hits[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
        });
        tally
    }

    pub(super) fn add(&mut self, other: &Tally) {
        self.words += other.words;
        self.hits.iter_mut().zip(&other.hits).for_each(|(ours, theirs)| *ours += theirs);
        self.scripts.iter_mut().zip(&other.scripts).for_each(|(ours, theirs)| *ours += theirs);
    }

    /// The script that most words are written in.
    pub(super) fn script(&self) -> Script {
        const ALL: [Script; SCRIPTS] = [
            Script::Latin,
            Script::Cyrillic,
            Script::Arabic,
            Script::Devanagari,
            Script::Greek,
            Script::Hebrew,
            Script::Han,
            Script::Kana,
            Script::Hangul,
            Script::Thai,
            Script::Armenian,
            Script::Georgian,
            Script::Other,
        ];
        let count = |script: Script| self.scripts[script as usize];
        // Japanese is Han with kana in between.
        let (han, kana) = (count(Script::Han), count(Script::Kana));
        if (han + kana) * 2 > self.words {
            return if kana * 20 >= han + kana { Script::Kana } else { Script::Han };
        }
        ALL.into_iter().find(|script| count(*script) * 2 > self.words).unwrap_or(Script::Other)
    }

    /// Weighs what a text has of language `one` against what it has of language `other`.
    pub(super) fn contrast(text: &str, words: &FxHashMap<u64, u64>, one: usize, other: Option<usize>) -> Contrast {
        let mut contrast = Contrast::default();
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        for_each_word(text, |word, _, is_lower| {
            let key = key(word);
            let languages = words.get(&key).copied().unwrap_or_default();
            let has_one = languages & 1 << one != 0;
            let has_other = other.is_some_and(|other| languages & 1 << other != 0);
            if has_one && !has_other {
                contrast.theirs += 1;
                // A letter alone is a word of many languages, and of formulas.
                if std::str::from_utf8(word).is_ok_and(|word| word.chars().nth(1).is_some()) {
                    seen.insert(key);
                }
            }
            contrast.ours += u32::from(has_other && !has_one);
            contrast.content += u32::from(!has_one);
            contrast.lower += u32::from(!has_one && is_lower);
        });
        contrast.distinct = seen.len() as u32;
        contrast
    }
}

/// The key of a word in lower case, which stands for it: that those of two words are one happens once in 2⁶⁴ words.
pub(super) fn key(word: &[u8]) -> u64 {
    FxBuildHasher.hash_one(word)
}

/// Longer words are no function words; they are told as the empty word.
const LONGEST: usize = 24;

/// Calls `f` with each word in lower case (the bytes of its text), its script, and whether it was in lower case.
fn for_each_word(text: &str, mut f: impl FnMut(&[u8], Script, bool)) {
    let bytes = text.as_bytes();
    let mut buffer = [0u8; LONGEST];
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut is_lower = true;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            is_lower &= bytes[at].is_ascii_lowercase();
            at += 1;
        }
        if at == bytes.len() || bytes[at] < 0x80 {
            if at > start {
                // What stands in an address of the web is no prose.
                let skip = opaque_end(bytes, start, at);
                if skip > at {
                    at = skip;
                    continue;
                }
                f(lower_ascii(&bytes[start..at], &mut buffer), Script::Latin, is_lower);
            } else {
                at += 1;
            }
            continue;
        }
        at = word_end(text, start, &mut f);
    }
}

/// A word with letters beyond ASCII, from its start; gives its end, which is past the sign where there is no word.
fn word_end(text: &str, start: usize, f: &mut impl FnMut(&[u8], Script, bool)) -> usize {
    let mut script = None;
    let mut end = start;
    let mut is_lower = true;
    for (at, c) in text[start..].char_indices() {
        let letter = c.is_alphabetic() || matches!(c as u32, 0x0300..=0x036F | 0x0900..=0x097F | 0x0E31..=0x0E4E);
        if !letter {
            if at == 0 {
                return start + c.len_utf8();
            }
            break;
        }
        let own = if c.is_ascii() { Script::Latin } else { Script::of(c) };
        if own.is_unspaced() {
            if at > 0 {
                break;
            }
            f(b"", own, true);
            return start + c.len_utf8();
        }
        script = script.or(Some(own));
        is_lower &= !c.is_uppercase();
        end = start + at + c.len_utf8();
    }
    let word = &text[start..end];
    if word.len() > LONGEST * 2 {
        f(b"", script.unwrap_or(Script::Other), is_lower);
    } else {
        f(word.to_lowercase().as_bytes(), script.unwrap_or(Script::Other), is_lower);
    }
    end
}

fn lower_ascii<'b>(word: &[u8], buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
    let Some(place) = buffer.get_mut(..word.len()) else { return b"" };
    place.copy_from_slice(word);
    place.make_ascii_lowercase();
    place
}

/// Where an address that begins at `start` ends: `https://…`, `www.…`, `name@…`; else `end`.
fn opaque_end(bytes: &[u8], start: usize, end: usize) -> usize {
    let after = |sign: &[u8]| bytes[end..].starts_with(sign);
    let opaque = after(b"://") || after(b"@") || end - start == 3 && after(b".") && bytes[start..end] == *b"www";
    if !opaque {
        return end;
    }
    let rest = &bytes[end..];
    end + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        for_each_word(text, |word, _, _| words.push(String::from_utf8_lossy(word).into_owned()));
        words
    }

    #[test]
    fn words_are_runs_of_letters_in_lower_case() {
        assert_eq!(words("L’Été, 3 A-b — são"), ["l", "été", "a", "b", "são"]);
        assert_eq!(words("see https://a.b/the/of and www.the.org, j@the.org."), ["see", "and"]);
    }

    #[test]
    fn scripts_are_counted() {
        let script = |text: &str| Tally::of(text, &FxHashMap::default()).script();
        assert_eq!(script("Il pleut à Genève"), Script::Latin);
        assert_eq!(script("Переговоры в Женеве"), Script::Cyrillic);
        assert_eq!(script("交渉は月曜日に始まる"), Script::Kana);
        assert_eq!(script("会谈周一开始"), Script::Han);
        assert_eq!(script("회담은 월요일에"), Script::Hangul);
        assert_eq!(script("Οι συνομιλίες"), Script::Greek);
        assert_eq!(script("123 (…)"), Script::Other);
    }
}
