//! The language of a draft and of each of its blocks.
//!
//! A [`Document`] comes in; its language, and that of each block that is in another one, go out. A language is known by
//! its function words (the lexicons' classes `function-word`, `weekday` and `month`) and its script, never by a guess
//! alone: where these do not speak clearly, the language is unknown, and rules that need it stay silent. whichlang,
//! which always has an answer, is asked only to confirm.

mod tally;

use std::sync::OnceLock;

use factlint_rules::Pack;
use factlint_rules::lexicon::{ClassId, Lexicon};
use rustc_hash::{FxHashMap, FxHashSet};

use self::tally::{Script, Tally};
use crate::document::{Block, BlockKind, Document, Language};

/// Fewer words than these say nothing of a block's language: it has the document's.
const LEAST_WORDS: u32 = 6;
/// Fewer words than these are a short draft, whose language whichlang must confirm.
const SHORT_DRAFT: u32 = 30;
/// Drafts of fewer words have no block that outweighs another; those of more words have so many blocks that none outweighs the
/// others.
const LEAST_BLOCKS_WORDS: u32 = 16;
const FEW_BLOCKS_WORDS: u32 = 200;
/// How many words a block must have to speak for a language, and as how many it counts at most.
const LEAST_VOTE: u32 = 4;
const LEAST_HEAD_VOTE: u32 = 2;
const MOST_VOTE: u32 = 12;
/// A block of so many words needs fewer small words to be foreign; a title of eight may be quoted.
const LEAST_DENSE: u32 = 12;
/// Signs of a script without blanks that say what six words say.
const LEAST_SIGNS: u32 = 12;
/// The classes of a lexicon that a language is known by, and those of them that tell of dates.
const CLASSES: [&str; 3] = ["function-word", "weekday", "month"];
const DATE_CLASSES: [&str; 4] = ["weekday", "weekday-short", "month", "month-short"];
/// No more languages than bits.
const MOST_LANGUAGES: usize = 64;

/// Knows languages by their function words.
#[derive(Debug, Default)]
pub struct Detector {
    codes: Vec<Box<str>>,
    /// By the key of a word: the languages that have it, a bit each.
    words: FxHashMap<u64, u64>,
    /// The same of the names of days and months alone; only short drafts ask for it.
    dates: OnceLock<FxHashMap<u64, u64>>,
}

/// What was counted of the blocks of a draft's last version, by their text.
#[derive(Debug, Default)]
pub struct Tallies(FxHashMap<String, Tally>);

impl Detector {
    /// A detector of all languages that have function words in a pack.
    pub fn new(pack: &Pack) -> Detector {
        let mut detector = Detector::default();
        // Room for the words of all of them, so that none is moved.
        detector.words.reserve(128 * pack.lexicons.len());
        for lexicon in &pack.lexicons {
            // Names of days and months alone make no language: there must be function words beside them.
            if !lexicon.has(pack.classes.known("function-word")) {
                continue;
            }
            let words = CLASSES.iter().flat_map(|class| phrases(lexicon, class, pack));
            detector.add(&lexicon.language, words);
        }
        detector
    }

    /// By the key of a name of a day or a month: the languages that have it, a bit each.
    fn dates(&self, pack: &Pack) -> &FxHashMap<u64, u64> {
        self.dates.get_or_init(|| {
            let mut dates: FxHashMap<u64, u64> = FxHashMap::default();
            for lexicon in &pack.lexicons {
                let Some(index) = self.codes.iter().position(|code| **code == *lexicon.language) else { continue };
                let names = DATE_CLASSES.iter().flat_map(|class| phrases(lexicon, class, pack));
                let names = names.filter(|name| !name.contains([' ', '-', '\'']));
                for name in names {
                    let key = tally::key(name.trim_end_matches('.').to_lowercase().as_bytes());
                    *dates.entry(key).or_default() |= 1 << index;
                }
            }
            // “per” is Thursday in Turkish, for short, and a small word in many languages.
            let small = |key: &u64, own: u64| self.words.get(key).map_or(0, |words| (words & !own).count_ones());
            dates.retain(|key, languages| small(key, *languages) < 3);
            dates
        })
    }

    /// Adds a language with its function words.
    fn add<'w>(&mut self, code: &str, words: impl Iterator<Item = &'w str>) {
        // Most are ASCII in small letters, which are as they are asked for.
        let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let mut words = words.filter(|word| is_plain(word) || !word.contains([' ', '-', '\''])).peekable();
        if words.peek().is_none() {
            return;
        }
        let index = match self.codes.iter().position(|known| **known == *code) {
            Some(index) => index,
            None if self.codes.len() < MOST_LANGUAGES => {
                self.codes.push(code.into());
                self.codes.len() - 1
            }
            None => return,
        };
        for word in words {
            let key =
                if is_plain(word) { tally::key(word.as_bytes()) } else { tally::key(word.to_lowercase().as_bytes()) };
            *self.words.entry(key).or_default() |= 1 << index;
        }
    }

    /// Finds the document's language, if nothing has named it, and that of the blocks that are in another.
    ///
    /// ```
    /// use factlint::document::{Document, Format};
    /// use factlint::language::Detector;
    /// use factlint::source::Source;
    /// let detector = Detector::new(&factlint::rules::embedded());
    /// let source = Source::new("draft.txt", "The talks that were to be held on Monday are off, and nobody knows why.");
    /// let mut document = Document::parse(&source, Format::Text);
    /// detector.detect(&mut document, &factlint::rules::embedded());
    /// assert_eq!(document.language.unwrap().code, "en");
    /// ```
    pub fn detect(&self, document: &mut Document, pack: &Pack) {
        self.detect_again(document, pack, None);
    }

    /// As [`Detector::detect`]; the blocks that stood in the version before are not counted again.
    pub fn detect_again(&self, document: &mut Document, pack: &Pack, last: Option<&mut Tallies>) {
        let count = |block: &Block| Tally::of(&block.text, &self.words);
        let tallies: Vec<Tally> = match last {
            None => document.blocks.iter().map(count).collect(),
            Some(last) => {
                let mut before = std::mem::take(&mut last.0);
                let known = document.blocks.iter().map(|block| {
                    let known = before.remove(&block.text).or_else(|| last.0.get(&block.text).cloned());
                    let tally = known.unwrap_or_else(|| count(block));
                    last.0.insert(block.text.clone(), tally.clone());
                    tally
                });
                known.collect()
            }
        };
        if document.language.is_none() {
            let mut whole = Tally::default();
            let only_quotes = document.blocks.iter().all(is_quote);
            for (tally, block) in tallies.iter().zip(&document.blocks) {
                if block.language.is_none() && (only_quotes || !is_quote(block)) {
                    whole.add(tally);
                }
            }
            document.language = stated(&tallies, &document.blocks, whole.words)
                .or_else(|| self.of_dates(&whole, &document.blocks, pack))
                .or_else(|| {
                    let code = self.of_whole(&whole, &document.blocks, pack);
                    self.of_most_blocks(code, &whole, &tallies, &document.blocks)
                })
                .map(|code| Language { code: code.to_owned(), from: "detected" });
        }
        let own = document.language.as_ref().map(|language| primary(&language.code));
        for (block, tally) in document.blocks.iter_mut().zip(&tallies) {
            match &block.language {
                None => block.language = self.of_block(block, tally, own.as_deref()).map(str::to_owned),
                Some(_) if block.language == own => block.language = None,
                Some(_) => {}
            }
        }
    }

    /// The language of a whole draft.
    fn of_whole(&self, whole: &Tally, blocks: &[Block], pack: &Pack) -> Option<&str> {
        if let Some(code) = whole.script().language() {
            return Some(code);
        }
        if whole.words < SHORT_DRAFT {
            let weights = Weights::of(whole, self.known_words(blocks, pack));
            let of_hits = self.of_small_words(whole, blocks, &weights);
            return of_hits.or_else(|| self.of_few_words(whole, blocks, &weights));
        }
        let (best, second) = self.two_best(whole, None)?;
        let (hits, next) = (whole.hits[best], second.map_or(0, |second| whole.hits[second]));
        let share = f64::from(hits) / f64::from(whole.words.max(1));
        // A log of changes has few small words, of any language: whichlang must not be against them.
        let sure = share >= 0.2 || hits * 2 >= next * 3 || self.guess(&joined(blocks)) == Some(best);
        (hits >= 4 && share >= 0.12 && hits * 20 >= next * 21 && sure).then(|| &*self.codes[best])
    }

    /// The language that most blocks of a draft of few blocks speak, where one long paragraph in another language outweighs them
    /// by its words: each block counts no more than a sentence. Of equals, the language of the first; where the words as a whole
    /// name none, two blocks must speak it.
    fn of_most_blocks<'s>(
        &'s self,
        code: Option<&'s str>,
        whole: &Tally,
        tallies: &[Tally],
        blocks: &[Block],
    ) -> Option<&'s str> {
        let own = code.and_then(|code| self.codes.iter().position(|known| **known == *code));
        if !(LEAST_BLOCKS_WORDS..=FEW_BLOCKS_WORDS).contains(&whole.words)
            || code.is_some_and(|code| !is_known_to_whichlang(code))
        {
            return code;
        }
        let is_other = |tally: &Tally| own.is_none_or(|own| tally.hits.iter().any(|hits| *hits > tally.hits[own] + 1));
        let counted = || tallies.iter().zip(blocks).filter(|(_, block)| block.language.is_none() && !is_quote(block));
        if counted().count() < 2 || !counted().any(|(tally, _)| is_other(tally)) {
            return code;
        }
        let mut votes: Vec<(usize, u32, u32)> = Vec::new();
        for (tally, block) in counted() {
            // A headline has few small words.
            let is_head = matches!(block.kind, BlockKind::Headline | BlockKind::Heading);
            let Some(index) = self.guess(&block.text) else { continue };
            let most = tally.hits.iter().copied().max().unwrap_or_default();
            let is_known = tally.hits[index] > 0 && tally.hits[index] + u32::from(most > 1) >= most;
            if tally.words < if is_head { LEAST_HEAD_VOTE } else { LEAST_VOTE } || !(is_known || is_head && most == 0) {
                continue;
            }
            let weight = tally.words.min(MOST_VOTE);
            match votes.iter_mut().find(|(known, ..)| *known == index) {
                Some((_, sum, voters)) => {
                    *sum += weight;
                    *voters += 1;
                }
                None => votes.push((index, weight, 1)),
            }
        }
        // The last of equals is taken, and the first voter stands last.
        let winner = votes.into_iter().rev().max_by_key(|(_, sum, _)| *sum);
        let winner = winner.filter(|(.., voters)| own.is_some() || *voters > 1);
        winner.map(|(index, ..)| &*self.codes[index]).or(code)
    }

    /// The language of a short draft by its function words.
    fn of_small_words(&self, whole: &Tally, blocks: &[Block], weights: &Weights) -> Option<&str> {
        let (best, second) = self.two_best(whole, None)?;
        let (hits, next) = (whole.hits[best], second.map_or(0, |second| whole.hits[second]));
        let share = f64::from(hits) / f64::from(whole.words.max(1));
        // Among near equals, whichlang chooses, unless all words of the lexicons speak against it; a lone answer must not be
        // against it.
        let guess = self.guess(&joined(blocks));
        let weight = |index: usize| weights.all[index];
        let best = match guess {
            Some(guess)
                if whole.hits[guess] >= 1 && whole.hits[guess] + 1 >= hits && weight(guess) + 1 >= weight(best) =>
            {
                guess
            }
            _ => best,
        };
        let heaviest = weights.heaviest().unwrap_or(best);
        if weight(heaviest) > weight(best) + 2 && whole.hits[heaviest] + 1 >= hits {
            return Some(&self.codes[heaviest]);
        }
        let hits = whole.hits[best];
        let confirmed = guess == Some(best);
        let clear = hits >= next + 2 || confirmed;
        (hits >= 2 && share >= 0.2 && clear).then(|| &*self.codes[best])
    }

    /// The language of a short draft that has a number, and most names of days and months of one language: of those that
    /// call them so, the one that has most of all its words, and no less than any other language. Where several do
    /// (“31. april” is Danish, Norwegian, Slovenian), they read the date alike.
    fn of_dates(&self, whole: &Tally, blocks: &[Block], pack: &Pack) -> Option<&str> {
        if whole.words >= SHORT_DRAFT {
            return None;
        }
        let text = joined(blocks);
        if !text.contains(|c| factlint_rules::token::digit_value(c).is_some()) {
            return None;
        }
        let dates = Tally::of(&text, self.dates(pack)).hits;
        let most = dates.iter().copied().max().filter(|most| *most > 0)?;
        let hits = |index: usize| whole.hits[index];
        // “15. августа” has the full stop of Serbian, and not of Russian.
        let dotted = has_dotted_day(&text);
        let dots = |index: usize| {
            let mut own = pack.lexicons.iter().filter(|lexicon| *lexicon.language == *self.codes[index]);
            dotted && own.any(|lexicon| phrases(lexicon, "day-ending", pack).any(|ending| ending == "."))
        };
        let said = || (0..self.codes.len()).filter(|index| dates[*index] == most);
        let any_dots = said().any(dots);
        let said = || said().filter(|index| !any_dots || dots(*index));
        // Of equals, the first.
        let best = said().rev().max_by_key(|index| hits(*index))?;
        // “Mon, Oct 7” is a date alone, whatever “mon” may be elsewhere. A weekday and a month together say as much as two words.
        let sure = if most > 1 { 2 } else { 0 };
        if most < whole.words && whole.hits.iter().any(|other| *other > hits(best) + sure) {
            return None;
        }
        let guess =
            self.guess(&text).filter(|guess| said().any(|index| index == *guess) && hits(*guess) + 1 >= hits(best));
        Some(&self.codes[guess.unwrap_or(best)])
    }

    /// The language of a draft of few words, none of which says much: what whichlang takes it for, if that language's
    /// lexicon has one of its words at the least, and no other has more; else the one that has clearly the most.
    fn of_few_words(&self, whole: &Tally, blocks: &[Block], weights: &Weights) -> Option<&str> {
        if whole.words < 1 || whole.script() != Script::Latin {
            return None;
        }
        let counts = &weights.known;
        if whole.words == 1 {
            let mut having = (0..counts.len()).filter(|index| counts[*index] > 0);
            return having.next().filter(|_| having.next().is_none()).map(|index| &*self.codes[index]);
        }
        let guess = self.guess(&joined(blocks).to_lowercase())?;
        if counts[guess] >= 1 && counts.iter().all(|count| *count <= counts[guess]) {
            return Some(&self.codes[guess]);
        }
        let best = weights.heaviest()?;
        let weight = |index: usize| weights.all[index];
        let clear = (0..counts.len()).all(|index| index == best || weight(index) + 2 <= weight(best));
        let many = weight(best) >= 4 && counts[best] >= 3 && clear;
        // “fifteen (50) days”: all of its words are those of one language, and no other has as many.
        let all = weights.words > 0 && counts[best] == weights.words;
        let alone = (0..counts.len()).all(|index| index == best || counts[index] < counts[best]);
        ((many || all && alone) && whole.hits[guess] <= whole.hits[best]).then(|| &*self.codes[best])
    }

    /// How many words a draft has, of three letters at least, and how many of them each language's lexicon has.
    fn known_words(&self, blocks: &[Block], pack: &Pack) -> (usize, Vec<usize>) {
        let text = joined(blocks).to_lowercase();
        let words: FxHashSet<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).collect();
        // Cities are called alike in many languages.
        let own = |class: ClassId| pack.classes.name(class) != "zone-place" && !pack.classes.is_literal(class);
        let known = |code: &str| {
            let lexicon = pack.lexicons.iter().find(|lexicon| lexicon.language == code);
            let is_known = |word: &&&str| lexicon.is_some_and(|lexicon| lexicon.classes_of(word).any(own));
            words.iter().filter(is_known).count()
        };
        (words.len(), self.codes.iter().map(|code| known(code)).collect())
    }

    /// A block's language, if it is surely another than the document's.
    fn of_block(&self, block: &Block, tally: &Tally, own: Option<&str>) -> Option<&str> {
        let script = tally.script();
        if let Some(code) = script.language() {
            let least = if script.is_unspaced() { LEAST_SIGNS } else { LEAST_WORDS };
            return (Some(code) != own && tally.words >= least && own.is_some()).then_some(code);
        }
        if tally.words < LEAST_WORDS {
            return None;
        }
        // Where the document's words are not known, nothing can be said to be foreign to it.
        let own_index = match own {
            Some(code) => Some(self.codes.iter().position(|known| **known == *code)?),
            None => None,
        };
        let (best, _) = self.two_best(tally, own_index)?;
        let own_hits = own_index.map_or(0, |index| tally.hits[index]);
        if tally.hits[best] < 3 || tally.hits[best] <= own_hits {
            return None;
        }
        let guess = self.guess(&block.text);
        let best = match guess {
            Some(guess) if Some(guess) != own_index && tally.hits[guess] * 5 >= tally.hits[best] * 4 => guess,
            _ => best,
        };
        let known = is_known_to_whichlang(&self.codes[best]);
        if known && guess.is_some_and(|guess| guess != best) {
            return None;
        }
        // What whichlang cannot confirm needs more words that speak for it.
        let least = if known { 2 } else { 4 };
        let share = f64::from(tally.hits[best]) / f64::from(tally.words);
        let evidence = Tally::contrast(&block.text, &self.words, best, own_index);
        // Lists of names and addresses have foreign articles too, but no words in lower case between them.
        // (German has few such, for its nouns are capitalised, but more articles.)
        let lower = evidence.lower >= 2 && evidence.lower * 4 >= evidence.content;
        let dense = evidence.lower >= 1
            && (share >= 0.4 && evidence.theirs >= 4
                || known && evidence.ours == 0 && tally.words >= LEAST_DENSE && share >= 0.35 && evidence.theirs >= 3);
        let runs = script != Script::Latin || lower || dense;
        let foreign = evidence.distinct >= least && evidence.ours * 4 <= evidence.theirs;
        (share >= 0.2 && runs && foreign).then(|| &*self.codes[best])
    }

    /// The languages with the most function words, but for one.
    fn two_best(&self, tally: &Tally, but: Option<usize>) -> Option<(usize, Option<usize>)> {
        let mut best: Option<usize> = None;
        let mut second: Option<usize> = None;
        for index in (0..self.codes.len()).filter(|index| Some(*index) != but && tally.hits[*index] > 0) {
            if best.is_none_or(|best| tally.hits[index] > tally.hits[best]) {
                second = best;
                best = Some(index);
            } else if second.is_none_or(|second| tally.hits[index] > tally.hits[second]) {
                second = Some(index);
            }
        }
        best.map(|best| (best, second))
    }

    /// What whichlang takes a text for.
    fn guess(&self, text: &str) -> Option<usize> {
        let code = whichlang_code(whichlang::detect_language(text));
        self.codes.iter().position(|known| **known == *code)
    }
}

/// How much the words of a short draft speak for each language.
struct Weights {
    /// How many words of three letters at least there are.
    words: usize,
    /// How many of them its lexicon has.
    known: Vec<usize>,
    /// The same with its function words, each of which counts twice more.
    all: Vec<usize>,
}

impl Weights {
    fn of(whole: &Tally, (words, known): (usize, Vec<usize>)) -> Weights {
        let all = known.iter().zip(&whole.hits).map(|(known, hits)| known + 2 * *hits as usize).collect();
        Weights { words, known, all }
    }

    /// The language that has the most; of equals, the first.
    fn heaviest(&self) -> Option<usize> {
        (0..self.all.len()).rev().max_by_key(|index| self.all[*index])
    }
}

/// The language that markup states of blocks that hold more words than all blocks of which it states none.
fn stated<'b>(tallies: &[Tally], blocks: &'b [Block], others: u32) -> Option<&'b str> {
    let mut words: Vec<(&str, u32)> = Vec::new();
    for (tally, block) in tallies.iter().zip(blocks).filter(|(_, block)| !is_quote(block)) {
        let Some(code) = block.language.as_deref() else { continue };
        match words.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += tally.words,
            None => words.push((code, tally.words)),
        }
    }
    words.into_iter().filter(|(_, count)| *count > others).max_by_key(|(_, count)| *count).map(|(code, _)| code)
}

/// The phrases of a class of a lexicon.
fn phrases<'p>(lexicon: &'p Lexicon, class: &str, pack: &Pack) -> impl Iterator<Item = &'p str> + use<'p> {
    lexicon.phrases(pack.classes.known(class)).map(|(_, phrase)| phrase)
}

fn joined(blocks: &[Block]) -> String {
    let only_quotes = blocks.iter().all(is_quote);
    let own = blocks.iter().filter(|block| only_quotes || !is_quote(block));
    own.map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// “15. maja”: a day whose full stop makes it an ordinal.
fn has_dotted_day(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let days = text[..at].chars().rev().take_while(char::is_ascii_digit).count();
        (1..=2).contains(&days) && text[at + 2..].starts_with(char::is_lowercase)
    })
}

/// What is quoted may be in any language.
fn is_quote(block: &Block) -> bool {
    block.kind == BlockKind::Quote
}

/// The language of a code without its country: `pt` of `pt-BR`.
pub fn primary(code: &str) -> String {
    code.split(['-', '_']).next().unwrap_or(code).to_ascii_lowercase()
}

fn whichlang_code(lang: whichlang::Lang) -> &'static str {
    use whichlang::Lang;
    match lang {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

fn is_known_to_whichlang(code: &str) -> bool {
    whichlang::LANGUAGES.iter().any(|lang| whichlang_code(*lang) == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::source::Source;

    fn detect(text: &str) -> (Option<String>, Vec<Option<String>>) {
        let pack = crate::rules::embedded();
        let mut document = Document::parse(&Source::new("draft.txt", text), Format::Text);
        Detector::new(&pack).detect(&mut document, &pack);
        let blocks = document.blocks.into_iter().map(|block| block.language).collect();
        (document.language.map(|language| language.code), blocks)
    }

    fn whole(text: &str) -> Option<String> {
        detect(text).0
    }

    const STORY: &str = "The envoys of both countries met in Vienna on Monday to talk about the border. They said that \
they would meet again before the end of the month, and that nothing had been agreed on.";

    /// What a block of its own in an English story is taken for.
    fn beside_english(block: &str) -> Option<String> {
        detect(&format!("{STORY}\n\n{block}\n\n{STORY}")).1[1].clone()
    }

    #[test]
    fn whole_drafts_have_a_language() {
        for (code, text) in [
            ("en", STORY),
            (
                "pt",
                "Os enviados dos dois países reuniram-se em Viena na segunda-feira para falar sobre a fronteira, mas não chegaram a um acordo.",
            ),
            (
                "es",
                "Los enviados de los dos países se reunieron el lunes en Viena para hablar sobre la frontera, pero no llegaron a un acuerdo.",
            ),
            (
                "fr",
                "Les envoyés des deux pays se sont réunis lundi à Vienne pour parler de la frontière, mais ils ne sont pas parvenus à un accord.",
            ),
            (
                "de",
                "Die Gesandten der beiden Länder trafen sich am Montag in Wien, um über die Grenze zu sprechen, einigten sich aber nicht.",
            ),
            (
                "it",
                "Gli inviati dei due paesi si sono riuniti lunedì a Vienna per parlare del confine, ma non hanno raggiunto un accordo.",
            ),
            (
                "nl",
                "De gezanten van de twee landen kwamen maandag in Wenen bijeen om over de grens te praten, maar ze werden het niet eens.",
            ),
            (
                "pl",
                "Wysłannicy obu krajów spotkali się w poniedziałek w Wiedniu, aby rozmawiać o granicy, ale nie doszli do porozumienia.",
            ),
            (
                "ca",
                "Els enviats dels dos països es van reunir dilluns a Viena per parlar de la frontera, però no van arribar a cap acord.",
            ),
            (
                "ru",
                "Посланники двух стран встретились в понедельник в Вене, чтобы поговорить о границе, но не пришли к соглашению.",
            ),
            (
                "uk",
                "Посланці двох країн зустрілися в понеділок у Відні, щоб поговорити про кордон, але не дійшли згоди, бо їх не було.",
            ),
            ("ja", "両国の使節は月曜日にウィーンで会談した。"),
            ("el", "Οι απεσταλμένοι των δύο χωρών συναντήθηκαν τη Δευτέρα."),
        ] {
            assert_eq!(whole(text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn short_drafts_are_known_by_what_a_lexicon_has() {
        assert_eq!(whole("Talks open Monday (10), pause Wednesday (100), end Thursday (13).").as_deref(), Some("en"));
        assert_eq!(whole("A reunião começa na segunda-feira (10).").as_deref(), Some("pt"));
        assert_eq!(whole("Le débat est prévu mercredi (100).").as_deref(), Some("fr"));
        assert_eq!(whole("Montag, 7.10.2014").as_deref(), Some("de"));
        assert_eq!(whole("lundi 7/10/2014").as_deref(), Some("fr"));
        assert_eq!(whole("Mon, Oct 7, 2014").as_deref(), Some("en"));
        assert_eq!(whole("32 mars 2020").as_deref(), Some("fr"));
        assert_eq!(whole("maandag 7 oktober 2014").as_deref(), Some("nl"));
        assert_eq!(whole("понедельник, 07.10.2014").as_deref(), Some("ru"));
        assert_eq!(whole("Скупштина заседа у среду, 15. августа 2023.").as_deref(), Some("sr"));
        assert_eq!(whole("Заседание в среду, 15 августа 2023 года.").as_deref(), Some("ru"));
        assert_eq!(whole("fifteen (50) days").as_deref(), Some("en"));
        assert_eq!(whole("Step 1, Step 2, Step 4").as_deref(), Some("en"));
        assert_eq!(whole("10 miles (12 km)"), None, "Spanish has the word too");
        assert_eq!(whole("Jane Roe, Lima"), None);
        assert_eq!(whole("12 345 (67)"), None);
        assert_eq!(whole(""), None);
    }

    #[test]
    fn languages_without_a_list_are_unknown() {
        assert_eq!(
            whole(
                "Wa wewe mwanamke alikuwa akisema kwamba watoto wote walikwenda shuleni jana asubuhi na mapema sana kabla ya mvua kunyesha huko mjini, lakini baba alisema hapana"
            ),
            None
        );
    }

    #[test]
    fn a_foreign_block_is_known_by_its_words() {
        for (code, text) in [
            ("pt", "Ato em apoio aos grevistas na Armênia, realizado em Lisboa, capital de Portugal, neste sábado (8)"),
            ("es", "Una manifestante sostiene un cartel durante la protesta de los agricultores en la plaza."),
            ("fr", "Une manifestante tient une pancarte pendant la marche des agriculteurs sur la place."),
            ("de", "Eine Demonstrantin hält während der Kundgebung der Bauern ein Schild in die Höhe."),
            ("it", "Una manifestante tiene un cartello durante la protesta degli agricoltori nella piazza."),
            ("nl", "Een betoger houdt een bord omhoog tijdens het protest van de boeren op het plein."),
        ] {
            assert_eq!(beside_english(text).as_deref(), Some(code), "{text}");
        }
    }

    #[test]
    fn one_long_foreign_paragraph_is_not_the_draft() {
        let (language, blocks) = detect(
            "The union called a strike for Thursday at all four plants.\n\nLa direction a refusé de commenter les \
             négociations, mais elle a dit que les salaires ne seraient pas augmentés cette année.\n\nTalks resume next \
             week, a mediator said.",
        );
        assert_eq!(language.as_deref(), Some("en"));
        assert_eq!(blocks, [None, Some("fr".into()), None]);
    }

    #[test]
    fn names_addresses_and_short_blocks_are_not_foreign() {
        for text in [
            "Jean de la Fontaine, Marie du Pont, Charles de la Tour, Anne des Prés and Luc le Grand",
            "Rua de São João da Madeira 12, na Praça do Comércio, Lisboa",
            "Le Monde, La Repubblica, El País, Der Spiegel and Die Zeit",
            "The Médecins Sans Frontières team of Jean-Luc de la Rue left for Nuits-Saint-Georges on Monday.",
            "Per la festa della Repubblica",
            "Real Sociedad de Fútbol, Club Atlético de Madrid, Deportivo de La Coruña, Rayo Vallecano de Madrid",
            "Photo: Ana de Souza / Agência da Notícia",
            "He quoted the song “La vie en rose” and the film “La nuit de la vérité” to the crowd.",
        ] {
            assert_eq!(beside_english(text), None, "{text}");
        }
    }

    #[test]
    fn most_of_a_page_names_its_language() {
        let pack = crate::rules::embedded();
        let page = format!("<h1>Jane Roe</h1><p lang=en>{STORY}</p><p>12.10.2015, 19:16</p>");
        let mut document = Document::parse(&Source::new("page.html", page.as_str()), Format::Html);
        Detector::new(&pack).detect(&mut document, &pack);
        assert_eq!(document.language.map(|language| language.code).as_deref(), Some("en"));
    }

    #[test]
    fn what_the_draft_says_goes_before_what_is_seen() {
        let (language, blocks) = detect(&format!("---\nlang: pt\n---\n{STORY}"));
        assert_eq!(language.as_deref(), Some("pt"));
        assert_eq!(blocks, [Some("en".into())]);
    }
}
