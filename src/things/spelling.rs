//! How two spellings differ: letters without their marks, slips of one letter, keys under which transliterations meet.
//!
//! Accents are folded to *find* pairs; how a pair is *judged* looks at the letters as they stand.

/// What separates two spellings of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Only marks on letters differ.
    Accent,
    /// Two neighbours change places.
    Swap,
    /// A letter is doubled, or not.
    Doubled,
    /// One letter more or less.
    LeftOut,
    /// One letter for another that looks or sounds like it.
    Alike,
    /// One letter for another.
    Other,
    /// More than that.
    Far,
}

impl Slip {
    /// The fact that rules weigh.
    pub fn word(self) -> &'static str {
        match self {
            Slip::Accent => "accent",
            Slip::Swap => "swap",
            Slip::Doubled => "doubled",
            Slip::LeftOut => "left-out",
            Slip::Alike => "alike",
            Slip::Other => "other-letter",
            Slip::Far => "far",
        }
    }
}

/// The letter without its marks, in lower case; `None` for what is no letter of a name (an apostrophe).
fn plain(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\'' | '’' | 'ʼ' | '`' | '.' | '\u{AD}' | '\u{300}'..='\u{36F}' => {}
        '-' | '‑' | '–' => out.push(' '),
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ă' | 'ă' | 'Ą' | 'ą' => out.push('a'),
        'Æ' | 'æ' => out.push_str("ae"),
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' | 'Ĉ' | 'ĉ' => out.push('c'),
        'Ď' | 'ď' | 'Đ' | 'đ' | 'Ð' | 'ð' => out.push('d'),
        'È'..='Ë' | 'è'..='ë' | 'Ē' | 'ē' | 'Ė' | 'ė' | 'Ę' | 'ę' | 'Ě' | 'ě' => out.push('e'),
        'Ğ' | 'ğ' | 'Ģ' | 'ģ' => out.push('g'),
        'Ì'..='Ï' | 'ì'..='ï' | 'Ī' | 'ī' | 'Į' | 'į' | 'İ' | 'ı' => out.push('i'),
        'Ķ' | 'ķ' => out.push('k'),
        'Ł' | 'ł' | 'Ļ' | 'ļ' | 'Ľ' | 'ľ' => out.push('l'),
        'Ñ' | 'ñ' | 'Ń' | 'ń' | 'Ň' | 'ň' | 'Ņ' | 'ņ' => out.push('n'),
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō' | 'ō' | 'Ő' | 'ő' => out.push('o'),
        'Œ' | 'œ' => out.push_str("oe"),
        'Ř' | 'ř' | 'Ŕ' | 'ŕ' => out.push('r'),
        'Ś' | 'ś' | 'Š' | 'š' | 'Ş' | 'ş' | 'Ș' | 'ș' => out.push('s'),
        'ß' => out.push_str("ss"),
        'Ť' | 'ť' | 'Ţ' | 'ţ' | 'Ț' | 'ț' => out.push('t'),
        'Ù'..='Ü' | 'ù'..='ü' | 'Ū' | 'ū' | 'Ů' | 'ů' | 'Ű' | 'ű' | 'Ų' | 'ų' => out.push('u'),
        'Ý' | 'ý' | 'ÿ' | 'Ÿ' => out.push('y'),
        'Ź' | 'ź' | 'Ż' | 'ż' | 'Ž' | 'ž' => out.push('z'),
        _ => out.extend(c.to_lowercase()),
    }
}

/// A word without capitals, marks, apostrophes; hyphens are blanks.
///
/// ```
/// assert_eq!(factlint::things::spelling::folded("São-Tomé’s"), "sao tomes");
/// ```
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    word.chars().for_each(|c| plain(c, &mut out));
    out
}

/// Jörg is also written Joerg.
fn without_umlauts(word: &str) -> String {
    word.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")
}

/// How `a` and `b` differ.
pub fn slip(a: &str, b: &str) -> Slip {
    if a != b && without_umlauts(a) == without_umlauts(b) {
        return Slip::Accent;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() == b.len() {
        let differing: Vec<usize> = (0..a.len()).filter(|at| a[*at] != b[*at]).collect();
        return match differing[..] {
            [one] => {
                let (x, y) = (lower(a[one]), lower(b[one]));
                if folded(&x.to_string()) == folded(&y.to_string()) {
                    Slip::Accent
                } else if alike(x, y) {
                    Slip::Alike
                } else {
                    Slip::Other
                }
            }
            [one, two] if two == one + 1 && a[one] == b[two] && a[two] == b[one] => Slip::Swap,
            _ if folded(&String::from_iter(&a)) == folded(&String::from_iter(&b)) => Slip::Accent,
            _ => Slip::Far,
        };
    }
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() == 1 {
        let at = short.iter().zip(long.iter()).position(|(x, y)| x != y).unwrap_or(short.len());
        if short[at..] == long[at + 1..] {
            let doubled = at > 0 && long[at] == long[at - 1] || long.get(at + 1) == Some(&long[at]);
            return if doubled { Slip::Doubled } else { Slip::LeftOut };
        }
    }
    if folded(&String::from_iter(&a)) == folded(&String::from_iter(&b)) { Slip::Accent } else { Slip::Far }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Letters that look or sound alike.
fn alike(x: char, y: char) -> bool {
    const PAIRS: [(char, char); 20] = [
        ('c', 's'),
        ('c', 'k'),
        ('s', 'z'),
        ('m', 'n'),
        ('i', 'y'),
        ('i', 'j'),
        ('v', 'w'),
        ('b', 'v'),
        ('g', 'j'),
        ('t', 'd'),
        ('k', 'q'),
        ('x', 's'),
        ('u', 'v'),
        ('p', 'b'),
        ('f', 'v'),
        ('k', 'g'),
        ('l', 'r'),
        ('i', 'l'),
        ('n', 'u'),
        ('j', 'y'),
    ];
    let vowel = |c| "aeiou".contains(folded(&String::from(c)).chars().next().unwrap_or(' '));
    vowel(x) && vowel(y) || PAIRS.contains(&(x, y)) || PAIRS.contains(&(y, x))
}

/// Letters to change, add, leave out or swap with their neighbour, at most `most` (else `most + 1`).
pub fn distance(a: &str, b: &str, most: usize) -> usize {
    // Each of them changes two kinds of letters at most.
    if (letters(a) ^ letters(b)).count_ones() as usize > 2 * most {
        return most + 1;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            next[j] = change.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()].min(most + 1)
}

/// Keys of a folded word with each one of its letters left out, and with none: words one slip apart share one.
pub fn delete_keys(folded: &str, mut add: impl FnMut(u64)) {
    // A key is a sum over places, so that the key without a letter comes from what is before it and what is behind.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    /// BASE × INVERSE is 1, modulo 2⁶⁴.
    const INVERSE: u64 = 0xf1de_83e1_9937_733d;
    let of = |c: char| u64::from(c as u32).wrapping_add(1).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let join = |key: u64, c: char| key.wrapping_mul(BASE).wrapping_add(of(c));
    let whole = folded.chars().fold(0, join);
    add(whole);
    let (mut behind, mut power) = (0_u64, 1_u64);
    let mut letters = folded.chars().rev().peekable();
    let mut before = whole;
    while let Some(c) = letters.next() {
        // What stands before the letter: the whole less the letter and what is behind it, one place down.
        before = before.wrapping_sub(of(c)).wrapping_mul(INVERSE);
        // The same letter twice in a row gives the same key twice.
        if letters.peek() != Some(&c) {
            add(before.wrapping_mul(power).wrapping_add(behind));
        }
        behind = behind.wrapping_add(of(c).wrapping_mul(power));
        power = power.wrapping_mul(BASE);
    }
}

/// Are two words different, and two letters apart at most?
pub fn is_near(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 6;
    let (a, b) = (folded(a), folded(b));
    a != b && a.chars().count() >= SHORTEST && distance(&a, &b, 2) <= 2
}

/// Is one of two words the other with a slip of the keys within it: two letters changed about, one doubled, left out, or, in a long word,
/// another? What differs in its first letter or its last two, or in marks on letters alone, may be a form of it.
pub fn is_misspelt(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 4;
    const LONG: usize = 8;
    let ends =
        |last: usize| a.chars().next() == b.chars().next() && a.chars().rev().take(last).eq(b.chars().rev().take(last));
    let length = a.chars().count().min(b.chars().count());
    length >= SHORTEST
        && ends(1)
        && match slip(a, b) {
            Slip::Swap => true,
            Slip::Doubled | Slip::LeftOut => ends(2),
            Slip::Alike | Slip::Other => length >= LONG && ends(2),
            Slip::Accent | Slip::Far => false,
        }
}

/// The key under which the usual ways of writing one foreign name meet: kh and h, ii and y, w and v, doubled letters.
///
/// ```
/// use factlint::things::spelling::transliteration_key;
/// assert_eq!(transliteration_key("riabkov"), transliteration_key("ryabkov"));
/// assert_eq!(transliteration_key("zelenskiy"), transliteration_key("zelenskyy"));
/// ```
pub fn transliteration_key(folded: &str) -> String {
    const LETTERS: [u32; 38] = {
        let mut all = [0; 38];
        let mut at = 0;
        while at < all.len() {
            all[at] = letters(STEPS[at].0);
            at += 1;
        }
        all
    };
    const STEPS: [(&str, &str); 38] = [
        ("tsch", "ch"),
        ("tch", "ch"),
        ("sch", "sh"),
        ("dzh", "j"),
        ("cz", "ch"),
        ("tz", "ts"),
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("ph", "f"),
        ("th", "t"),
        ("dj", "j"),
        ("zh", "j"),
        ("ck", "k"),
        ("qu", "k"),
        ("q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("iy", "y"),
        ("ii", "y"),
        ("yi", "y"),
        ("ij", "y"),
        ("yy", "y"),
        ("j", "y"),
        ("ie", "e"),
        ("ye", "e"),
        ("yo", "e"),
        ("ia", "ya"),
        ("iu", "yu"),
        ("ei", "ey"),
        ("ai", "ay"),
        ("i", "y"),
        ("sh", "š"),
        ("c", "k"),
        ("š", "sh"),
    ];
    let word = match folded.strip_prefix("mc") {
        Some(rest) if rest.len() > 2 => format!("mac{rest}"),
        _ => without_article(folded).to_owned(),
    };
    // A step whose letters the word does not have is passed by: most are.
    let mut has = letters(&word);
    let mut word = word.into_bytes();
    for ((from, to), needs) in STEPS.into_iter().zip(LETTERS) {
        if has & needs == needs && replace(&mut word, from.as_bytes(), to.as_bytes()) {
            has |= letters(to);
        }
    }
    let word = String::from_utf8(word).expect("whole letters were put for whole letters");
    let mut key = String::with_capacity(word.len());
    for c in word.chars() {
        let c = if key.is_empty() && c == 'g' { 'k' } else { c };
        if !key.ends_with(c) {
            key.push(c);
        }
    }
    key
}

/// Puts some bytes for all of some others; were there any? Over so few that is quicker than what replaces in long texts.
fn replace(word: &mut Vec<u8>, from: &[u8], to: &[u8]) -> bool {
    let find = |word: &[u8], start: usize| {
        word.get(start..)?.windows(from.len()).position(|part| part == from).map(|at| start + at)
    };
    let mut next = find(word, 0);
    let any = next.is_some();
    while let Some(at) = next {
        word.splice(at..at + from.len(), to.iter().copied());
        next = find(word, at + to.len());
    }
    any
}

/// The letters of a folded word that no step of [`transliteration_key`] makes or takes away, in their order: words of one key have
/// the same.
pub fn letters_kept(folded: &str) -> String {
    let mut kept = String::new();
    let mut before = ' ';
    for c in without_article(folded).chars() {
        let c = if c == 'w' { 'v' } else { c };
        if c != before && "blmnrv ".contains(c) {
            kept.push(c);
        }
        before = c;
    }
    kept
}

/// The word without an Arabic article before it.
fn without_article(folded: &str) -> &str {
    ["al ", "el ", "ul "].iter().fold(folded, |word, article| word.strip_prefix(article).unwrap_or(word))
}

/// The ASCII letters of a word as bits, all others as one.
pub const fn letters(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let (mut bits, mut at) = (0, 0);
    while at < bytes.len() {
        bits |= match bytes[at] {
            byte @ b'a'..=b'z' => 1 << (byte - b'a'),
            _ => 1 << 26,
        };
        at += 1;
    }
    bits
}

/// Does only an ending of the language separate the two? `endings` are what may be added, `pairs` (`o a`) what may
/// stand for each other; without a list any ending is one, and any last letter may stand for another: Villa, Villy.
pub fn is_inflection(a: &str, b: &str, endings: Option<&[&str]>, pairs: &[&str]) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if let Some(ending) = long.strip_prefix(short.as_str()) {
        // “Aldouss” is no plural of “Aldous”.
        if ending.chars().count() == 1 && short.ends_with(ending) {
            return false;
        }
        return endings.is_none_or(|endings| endings.contains(&ending));
    }
    let stem = |word: &str| word.char_indices().next_back().map_or(0, |(at, _)| at);
    if endings.is_none() && a[..stem(&a)] == b[..stem(&b)] {
        return true;
    }
    // “Landesverband” and “Landesverbände”.
    let plural =
        |ending: &&str| long.strip_suffix(*ending).is_some_and(|stem| stem != short && unmutated(stem) == *short);
    if endings.is_some_and(|endings| endings.iter().filter(|ending| ending.starts_with('e')).any(plural)) {
        return true;
    }
    pairs.iter().filter_map(|pair| pair.split_once(' ')).any(|(x, y)| {
        let same = |x: &str, y: &str| match (a.strip_suffix(x), b.strip_suffix(y)) {
            (Some(a), Some(b)) => a == b && !a.is_empty(),
            _ => false,
        };
        same(x, y) || same(y, x)
    })
}

/// The word without its umlauts.
fn unmutated(word: &str) -> String {
    word.chars()
        .map(|c| match c {
            'ä' => 'a',
            'ö' => 'o',
            'ü' => 'u',
            c => c,
        })
        .collect()
}

/// Has the word letters of two scripts, one of which only looks like the other?
pub fn is_mixed_script(word: &str) -> bool {
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    let other = word.chars().any(|c| matches!(c, '\u{370}'..='\u{3FF}' | '\u{400}'..='\u{4FF}'));
    latin && other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_key_keep_the_same_letters() {
        let pairs = [
            ("wladimir putin", "vladimir putin"),
            ("al bashir", "bashir"),
            ("mckenna", "mackena"),
            ("riabkov", "ryabkow"),
            ("tschernenko", "chernenko"),
        ];
        for (a, b) in pairs {
            assert_eq!(transliteration_key(a), transliteration_key(b), "{a} {b}");
            assert_eq!(letters_kept(a), letters_kept(b), "{a} {b}");
        }
        assert_eq!(letters_kept("anna wvren"), "n vrn");
    }

    #[test]
    fn slips_are_told_apart() {
        assert_eq!(slip("Brandt", "Bradnt"), Slip::Swap);
        assert_eq!(slip("Illka", "Ilka"), Slip::Doubled);
        assert_eq!(slip("Kaczynski", "Kacznski"), Slip::LeftOut);
        assert_eq!(slip("Johnson", "Johnsen"), Slip::Alike);
        assert_eq!(slip("Marten", "Marpen"), Slip::Other);
        assert_eq!(slip("Kučera", "Kucera"), Slip::Accent);
        assert_eq!(slip("Riabkov", "Rjabkow"), Slip::Far);
    }

    #[test]
    fn words_one_slip_apart_share_a_key() {
        let keys = |word: &str| {
            let mut keys = Vec::new();
            delete_keys(word, |key| keys.push(key));
            keys
        };
        let meet = |a: &str, b: &str| keys(a).iter().any(|key| keys(b).contains(key));
        assert!(meet("brandt", "bradnt") && meet("ilka", "illka") && meet("johnson", "johnsen"));
        assert!(!meet("johnson", "johansson"));
    }

    #[test]
    fn endings_of_the_language_are_no_slips() {
        assert!(is_inflection("Berlin", "Berliner", Some(&["er", "s"]), &[]));
        assert!(!is_inflection("Brand", "Brandt", Some(&["er", "s"]), &[]));
        assert!(is_inflection("Brand", "Brandt", None, &[]));
        assert!(is_inflection("Villa", "Villy", None, &[]));
        assert!(!is_inflection("Ryabkov", "Riabkov", None, &[]));
        assert!(is_inflection("Landesverband", "Landesverbände", Some(&["e"]), &[]));
        assert!(!is_inflection("Muller", "Müller", Some(&["e"]), &[]), "that is another spelling of one name");
        assert!(is_inflection("russo", "russa", Some(&[]), &["o a"]));
        assert!(!is_inflection("Aldous", "Aldouss", Some(&["s"]), &[]));
    }
}
