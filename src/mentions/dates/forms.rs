//! One date at a token, in the forms of its language: a weekday or none, then a day with its month in some order.
//!
//! A date whose month stands elsewhere comes out as an item without a month; [`super::list`] finds it.

use factlint_rules::token::{Shape, TokenKind};

use super::atoms::{Atoms, Day, Name};
use super::{Anchor, DateParts, Form, Parts, numeric};

/// Bytes between a day and its month, at most.
const GAP: u32 = 3;

/// A date, or a part of one that a neighbour completes.
#[derive(Clone, Debug)]
pub struct Item {
    pub first: usize,
    pub end: usize,
    /// The weekdays before it; more than one are shared out over a list.
    pub weekdays: Vec<Name>,
    pub parts: DateParts,
    /// A bracket is still open behind it.
    pub open: bool,
    /// It stands by itself: it has a month, or is “weekday (day)”.
    pub whole: bool,
    /// Its year may be a count.
    pub doubtful_year: bool,
    /// It is a day without a month, and its weekday stands behind it: 10日(月).
    pub behind: bool,
}

/// The date at a token.
pub fn read(atoms: &Atoms, at: usize, first_of_list: bool) -> Option<Item> {
    let (weekdays, after, anchor) = weekdays(atoms, at);
    // “Thursday night, June 14”
    let daypart = if weekdays.len() == 1 { atoms.skip(after, atoms.classes.weekday_daypart) } else { 0 };
    let mut from = after + daypart;
    let mut bracket = false;
    let mut article = false;
    let mut colon = false;
    if !weekdays.is_empty() {
        // “Montag – 18.07.2014”, in a list of days.
        let dash = atoms.is_dash(from) && !atoms.passage.glued(from) && !atoms.passage.glued(from + 1);
        colon = atoms.is_glued_sign(from, ':') || dash && weekdays.len() == 1 && after == from;
        if atoms.is_comma(from) || colon {
            from += 1;
        }
        if atoms.passage.is_sign(from, '(') {
            bracket = true;
            from += 1;
        }
        let lead = atoms.skip_all(from, &[atoms.classes.day_article, atoms.classes.weekday_day_link]);
        article = lead > from;
        from = lead;
    } else if first_of_list && !atoms.clean_before(at) {
        return None;
    }
    let mut item = core(atoms, from, &weekdays, bracket, article, after)?;
    // “It fell on a Thursday: 14 June 2023”, but “Tuesday: 10 January sales” is a heading.
    if colon && item.parts.years.is_empty() || daypart > 0 && !bracket && !item.parts.has_month() {
        return None;
    }
    item.first = at;
    item.parts.anchor = anchor.or_else(|| atoms.anchor_before(at));
    item.parts.opens_range = opens_range(atoms, at);
    item.parts.before_christ = atoms.passage.has(item.end, atoms.classes.era_before);
    if bracket {
        if atoms.passage.is_sign(item.end, ')') {
            item.end += 1;
        } else if weekdays.len() > 1 {
            item.open = true;
        } else {
            return None;
        }
        // “Monday (10)%” is no date.
        if !atoms.clean_after(item.end) {
            return None;
        }
    }
    if !item.behind {
        item.weekdays = weekdays;
    }
    if item.weekdays.is_empty() && item.whole {
        weekday_behind(atoms, &mut item);
    }
    Some(item)
}

fn opens_range(atoms: &Atoms, at: usize) -> bool {
    let classes = atoms.classes;
    atoms.passage.has_before(at, classes.date_from)
        || at > 0 && atoms.skip(at - 1, classes.day_article) == 1 && atoms.passage.has_before(at - 1, classes.date_from)
}

/// Weekdays that stand together, the token after them, and what ties them to the publication date.
fn weekdays(atoms: &Atoms, at: usize) -> (Vec<Name>, usize, Option<Anchor>) {
    let mut names = Vec::new();
    let mut end = at;
    let mut from = at;
    while let Some(name) = atoms.weekday(from, false) {
        names.push(name);
        end = name.end;
        match atoms.link(end) {
            Some((_, next)) if names.len() < 7 => from = next,
            _ => break,
        }
    }
    match atoms.anchor_after(end) {
        Some((anchor, after)) if !names.is_empty() => (names, after, Some(anchor)),
        _ => (names, end, None),
    }
}

fn core(atoms: &Atoms, at: usize, weekdays: &[Name], bracket: bool, article: bool, after: usize) -> Option<Item> {
    if let Some((parts, end)) = numeric::read(atoms, at) {
        return Some(item(parts, end));
    }
    if let Some(found) = year_first(atoms, at) {
        return Some(found);
    }
    if !weekdays.is_empty()
        && let Some((parts, end)) = numeric::short_year(atoms, at)
    {
        return Some(item(parts, end));
    }
    let month_first = atoms.passage.lexicon.has(atoms.classes.month_day_link);
    if !weekdays.is_empty()
        && (bracket || !month_first || numeric::is_only_a_date(atoms, at))
        && let Some((parts, end)) = numeric::day_month(atoms, at)
    {
        return Some(item(parts, end));
    }
    if let Some(found) = day_first(atoms, at, weekdays.is_empty(), month_first) {
        return Some(found);
    }
    if month_first && let Some(found) = self::month_first(atoms, at) {
        return Some(found);
    }
    bare(atoms, at, weekdays, bracket, article, after)
}

fn item(parts: DateParts, end: usize) -> Item {
    Item { first: end, end, weekdays: Vec::new(), parts, open: false, whole: true, doubtful_year: false, behind: false }
}

fn parts(day: Day, month: Option<Name>, form: Form) -> DateParts {
    DateParts {
        days: vec![(day.value, month.map_or(0, |month| month.value))],
        form,
        parts: Parts {
            day: Some(day.part),
            ending: day.ending,
            month: month.map(|month| month.part),
            ..Parts::default()
        },
        ..DateParts::default()
    }
}

fn with_year(atoms: &Atoms, parts: DateParts, end: usize) -> Item {
    let mut found = item(parts, end);
    if let Some(year) = atoms.year_after(end) {
        found.parts.years = vec![year.value];
        found.parts.parts.year = year.part;
        found.doubtful_year = year.doubtful;
        found.end = year.end;
        if atoms.passage.has(found.end, atoms.classes.era_after) {
            found.end += atoms.skip(found.end, atoms.classes.era_after);
        }
    }
    found
}

/// “2022年1月10日”, “2022. január 10.”, “1月10日”
fn year_first(atoms: &Atoms, at: usize) -> Option<Item> {
    let year = atoms.year(at).filter(|year| year.end > at + 1);
    let from = year.map_or(at, |year| year.end);
    if year.is_none() && atoms.skip(at + 1, atoms.classes.month_sign) == 0 {
        return None;
    }
    let (month, day, end) = match atoms.month(from, false) {
        Some(month) => {
            let at = atoms.skip_all(month.end, &[atoms.classes.month_day_link]);
            let day = atoms.day(at, 2, false)?;
            // “4月31人”: where the month has a sign, so has the day.
            if atoms.is_number(from) && day.end == at + 1 {
                return None;
            }
            (month, day, day.end)
        }
        // “2022. gada 10. janvārī”
        None => {
            let day = atoms.day(from, 2, false)?;
            let month = atoms.month(day.end, false)?;
            (month, day, month.end)
        }
    };
    let mut parts = parts(day, Some(month), Form::DayMonth);
    parts.years = year.iter().map(|year| year.value).collect();
    parts.parts.year = year.and_then(|year| year.part);
    Some(item(parts, end))
}

/// “10 January 2022”, “10 de janeiro de 2022”, “10-Jan-2022”
fn day_first(atoms: &Atoms, at: usize, lone: bool, month_first: bool) -> Option<Item> {
    let day = atoms.day(at, 2, true)?;
    let of = atoms.skip_all(day.end, &[atoms.classes.date_of]);
    if day.in_words && month_first && of == day.end {
        return None; // “the first May election”
    }
    if atoms.is_dash(of) && atoms.passage.glued(of) && atoms.passage.glued(of + 1) {
        // “10-Jan-2022” has its year behind a second hyphen; else it is a range that lost its end.
        let month = atoms.month(of + 1, false)?;
        let year = atoms.year(month.end + 1).filter(|_| atoms.is_dash(month.end))?;
        let mut parts = parts(day, Some(month), Form::DayMonth);
        parts.years = vec![year.value];
        parts.parts.year = year.part;
        return Some(item(parts, year.end));
    }
    let month = atoms.month(of, false)?;
    if day.in_words && !atoms.passage.has(of, atoms.classes.month) {
        return None; // “vingt sept” is 27, and no day of September
    }
    // A column of a table that lost its lines: “30      February”.
    let gap = atoms.passage.tokens[of].start - atoms.passage.tokens[of - 1].end;
    if gap > GAP {
        return None;
    }
    let found = with_year(atoms, parts(day, Some(month), Form::DayMonth), month.end);
    let label = lone && atoms.passage.has_before(at, atoms.classes.label_noun);
    (!label || !found.parts.years.is_empty()).then_some(found)
}

/// “January 10, 2022”, “January the 10th”
fn month_first(atoms: &Atoms, at: usize) -> Option<Item> {
    let month = atoms.month(at, false)?;
    let comma = usize::from(atoms.passage.is_sign(month.end, ','));
    let from = atoms.skip_all(month.end + comma, &[atoms.classes.month_day_link]);
    let day = atoms.day(from, 2, true)?;
    // “In May, 12 people”: a comma only before an ordinal. “The May first round” needs its year.
    if comma > 0 && day.ending.is_none() || !atoms.clean_after(day.end) {
        return None;
    }
    if day.in_words && atoms.year_after(day.end).is_none() {
        return None;
    }
    Some(with_year(atoms, parts(day, Some(month), Form::MonthDay), day.end))
}

/// A day without a month: “Monday (10)”, “Monday the 10th”, “lunes 20”, or the 10 of “10 and 11 January”.
fn bare(atoms: &Atoms, at: usize, weekdays: &[Name], bracket: bool, article: bool, after: usize) -> Option<Item> {
    let day = atoms.day(at, if bracket { 3 } else { 2 }, false)?;
    if !atoms.clean_after(day.end) {
        return None;
    }
    let mut found = item(parts(day, None, if bracket { Form::Bracket } else { Form::Bare }), day.end);
    let signed = atoms.skip(at + 1, atoms.classes.day_sign) > 0;
    if weekdays.is_empty() && !bracket && (signed || day.ending.is_some()) && atoms.passage.is_sign(day.end, '(') {
        weekday_behind(atoms, &mut found);
        if !found.weekdays.is_empty() {
            found.parts.form = Form::Bracket;
            found.behind = true;
            return Some(found);
        }
    }
    // “Mon 10th” can be nothing else.
    let ordinal = day.ending.is_some() && !dotted(atoms, &day) && !atoms.is_comma(after);
    let full = !weekdays.is_empty() && (ordinal || weekdays.iter().all(|name| is_full(atoms, name)));
    let follower = || follows(atoms, day.end);
    found.whole = full
        && if bracket {
            weekdays.len() > 1 || atoms.passage.is_sign(day.end, ')')
        } else if weekdays.len() == 1 && atoms.is_dash(day.end) && atoms.is_number(day.end + 1) {
            false // “domenica, 9-19”: hours
        } else if atoms.passage.lexicon.has(atoms.classes.weekday_day_link) {
            follower() || day.value > 1 && day.value < 32 && day.ending.is_none() && counts_nothing(atoms, day.end)
        } else {
            // “Monday, 10” may be anything; “Monday the 10th” is a date. A comma and no article is none.
            let comma = atoms.is_comma(after);
            let ordinal = day.ending.is_some() && (article || !comma && !dotted(atoms, &day));
            ordinal && follower()
                || day.ending.is_none() && !day.in_words && !comma && led(atoms, weekdays) && listed(atoms, day.end)
        };
    Some(found)
}

/// Does a preposition of dates lead to the weekday, or another weekday with its number? “from Thursday 6, Friday 7 and Saturday 8”
fn led(atoms: &Atoms, weekdays: &[Name]) -> bool {
    let classes = atoms.classes;
    let [name] = weekdays else { return false };
    let mut first = atoms.passage.tokens.partition_point(|token| token.start < name.part.start);
    for _ in 0..7 {
        if [classes.date_from, classes.day_preposition, classes.date_to]
            .iter()
            .any(|class| atoms.passage.has_before(first, *class))
        {
            return true;
        }
        let joint = usize::from(first > 0 && atoms.passage.has_before(first, classes.date_and));
        let comma = usize::from(first > joint && atoms.is_comma(first - joint - 1));
        let Some(number) = first.checked_sub(joint + comma + 1).filter(|_| joint + comma > 0) else { return false };
        let before =
            number.checked_sub(1).filter(|at| atoms.is_number(number) && atoms.passage.has(*at, classes.weekday));
        let Some(before) = before else { return false };
        first = before;
    }
    false
}

/// Does a sign stand behind a day, or another weekday with what joins it? “Friday 7 and Saturday 8”, and not “Monday 14 of the 22”.
fn listed(atoms: &Atoms, end: usize) -> bool {
    if end >= atoms.passage.tokens.len() {
        return true;
    }
    // “Saturday 9-5 and Sunday 11-4” are hours.
    let closes = matches!(atoms.passage.word(end), "," | "." | ";" | ")" | "!" | "?");
    closes || atoms.link(end).is_some_and(|(_, next)| atoms.weekday(next, false).is_some())
}

/// Is the word behind a day no plural noun, by its letters? “lunes 4 visita”, and not “lunes 20 personas”.
fn counts_nothing(atoms: &Atoms, end: usize) -> bool {
    let class = atoms.classes.plural_ending;
    let Some(token) = atoms.passage.tokens.get(end) else { return false };
    let word = atoms.passage.word(end);
    atoms.passage.lexicon.has(class)
        && token.kind == TokenKind::Word
        && token.shape == Shape::Lower
        && word.chars().count() > 4
        && atoms.passage.hit(end, atoms.classes.number_word).is_none()
        && !atoms.passage.lexicon.phrases(class).any(|(_, ending)| word.ends_with(ending))
}

fn dotted(atoms: &Atoms, day: &Day) -> bool {
    day.ending.is_some_and(|ending| &atoms.passage.text()[ending.start as usize..ending.end as usize] == ".")
}

fn is_full(atoms: &Atoms, name: &Name) -> bool {
    let first = atoms.passage.tokens.partition_point(|token| token.start < name.part.start);
    atoms.passage.has(first, atoms.classes.weekday) || atoms.passage.has(first, atoms.classes.weekday_beside_day)
}

/// May what follows stand after a day without a month? Punctuation, the end, or a function word, but no noun.
pub fn follows(atoms: &Atoms, end: usize) -> bool {
    let Some(token) = atoms.passage.tokens.get(end) else { return true };
    match token.kind {
        TokenKind::Word => atoms.passage.has(end, atoms.classes.after_date),
        TokenKind::Sign => !matches!(atoms.passage.word(end), "/" | "°" | "%" | "€" | "$"),
        TokenKind::Number | TokenKind::Opaque => false,
    }
}

/// “14 June 2023 (Monday)”, “14 June 2023, a Monday”, “14 June 2023 was a Monday”
fn weekday_behind(atoms: &Atoms, item: &mut Item) {
    let mut at = item.end;
    let verb = at + usize::from(atoms.is_comma(at));
    let said = atoms.skip(verb, atoms.classes.weekday_is);
    if said > 0 && !item.parts.years.is_empty() {
        if let Some(name) = atoms.weekday(verb + said, true).filter(|name| ends_clause(atoms, name.end)) {
            item.end = name.end;
            item.weekdays.push(name);
        }
        return;
    }
    let bracket = atoms.passage.is_sign(at, '(');
    let comma = atoms.is_comma(at) || atoms.is_dash(at);
    // “2022年1月10日星期一”, “10 Ocak 2022 Pazartesi”: where no article is known, none is asked for.
    let bare = !atoms.passage.lexicon.has(atoms.classes.weekday_article);
    if !bracket && !comma && !bare {
        return;
    }
    at += usize::from(bracket || comma);
    let article = atoms.skip(at, atoms.classes.weekday_article);
    let Some(name) = atoms.weekday(at + article, false) else { return };
    if bracket {
        // “(月・祝)”: what else the day is, stands behind a dot.
        let other = if atoms.passage.word(name.end) == "・" { 3 } else { 0 };
        let close = (name.end..=name.end + other).find(|at| atoms.passage.is_sign(*at, ')'));
        if let Some(close) = close {
            item.end = close + 1;
            item.weekdays.push(name);
        }
        return;
    }
    let closes = atoms.passage.tokens.get(name.end).is_none_or(|token| token.kind == TokenKind::Sign);
    // “18 – 26 May, Saturday – Sunday” are the days of every week.
    let listed = atoms.link(name.end).is_some_and(|(_, next)| atoms.weekday(next, false).is_some());
    if bare && !listed && !atoms.is_number(name.end) && is_full(atoms, &name) {
        item.end = name.end;
        item.weekdays.push(name);
        return;
    }
    let shape = atoms.passage.tokens[at + article].shape;
    // “el 14 de junio de 2023, viernes, entra”: where weekdays are small, and no list goes on.
    let apposed = shape == Shape::Lower
        && atoms.is_comma(item.end)
        && is_full(atoms, &name)
        && atoms.is_comma(name.end)
        && !atoms.is_number(name.end + 1)
        && atoms.weekday(name.end + 1, false).is_none();
    // “The council meets on 7 October 2014, Tuesday.”
    let whole = !item.parts.years.is_empty() && atoms.is_comma(item.end) && is_full(atoms, &name);
    let ends =
        || atoms.passage.tokens.get(name.end).is_none_or(|_| matches!(atoms.passage.word(name.end), "." | ";" | ")"));
    if article > 0 && closes && shape != Shape::Upper || apposed || whole && ends() {
        item.end = name.end;
        item.weekdays.push(name);
    }
}

/// Does a clause end behind a weekday? Not in “was Monday’s deadline”, nor in “was a Monday holiday”.
fn ends_clause(atoms: &Atoms, end: usize) -> bool {
    let Some(token) = atoms.passage.tokens.get(end) else { return true };
    match token.kind {
        TokenKind::Sign => token.blank_before || !matches!(atoms.passage.word(end), "'" | "’" | "-" | "‑"),
        TokenKind::Word => atoms.passage.has(end, atoms.classes.after_date),
        TokenKind::Number | TokenKind::Opaque => false,
    }
}
