//! Lengths of time: “three days”, “a two-hour debate”, “20 years”, “dreitägige”, “half a century”.

use factlint_rules::{Kind, KindSet};

use super::atoms::Atoms;
use super::{DateReading, Length, Unit};
use crate::mentions::Mention;
use crate::mentions::mention::Reading;

/// The length of time at a token.
pub fn read(atoms: &Atoms, at: usize) -> Option<Mention> {
    whole(atoms, at).or_else(|| counted(atoms, at))
}

/// A length that one phrase of the lexicon says: “dreitägige”, “a decade”.
fn whole(atoms: &Atoms, at: usize) -> Option<Mention> {
    let hit = atoms.passage.hit(at, atoms.classes.length_whole)?;
    let (count, unit) = atoms.passage.lexicon.value(hit.value).split_once(' ')?;
    let end = at + hit.len as usize;
    let number = atoms.part(at, end);
    let length = Length { count: count.parse().ok()?, unit: Unit::parse(unit)?, hedged: false, number };
    Some(mention(atoms, at, end, length))
}

fn counted(atoms: &Atoms, at: usize) -> Option<Mention> {
    let (count, end) = match atoms.digits(at, 4) {
        Some(count) if atoms.clean_before(at) => (count, at + 1),
        Some(_) => return None,
        None => {
            let (count, len) = atoms.passage.number_of(at, atoms.classes.number_word)?;
            (count, at + len)
        }
    };
    let hyphen = usize::from(atoms.is_dash(end) && atoms.passage.glued(end) && atoms.passage.glued(end + 1));
    let hit = atoms.passage.hit(end + hyphen, atoms.classes.unit)?;
    let unit = Unit::parse(atoms.passage.lexicon.value(hit.value))?;
    let after = end + hyphen + hit.len as usize;
    let tail = after + usize::from(atoms.is_dash(after) && atoms.passage.glued(after));
    if atoms.passage.has(tail, atoms.classes.age_after) {
        return None;
    }
    let length = Length { count: u32::try_from(count).ok()?, unit, hedged: false, number: atoms.part(at, end) };
    Some(mention(atoms, at, after, length))
}

fn mention(atoms: &Atoms, at: usize, end: usize, length: Length) -> Mention {
    let hedged = atoms.passage.has_before(at, atoms.classes.hedge);
    let reading = Reading::Date(Box::new(DateReading::Duration(Length { hedged, ..length })));
    Mention::new(KindSet::of(&[Kind::Duration]), at, end, reading)
}
