//! How a table reckons: a column that is the sum, difference, product, quotient, share or change of two others in all its
//! rows but one holds a slip in that one. Rows and columns may change places.
//!
//! Passages come in; for a cell that breaks the arithmetic of its line, what it would be goes out.

use factlint_rules::lexicon::ClassId;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::numbers::{Measure, NumberReading};
use super::{Interval, Passage};

/// A table with more lines than this is data, not a table that someone typed.
const MOST_LINES: usize = 60;
const MOST_CELLS: usize = 14;
/// So many digits that agree are no accident.
const ENOUGH_DIGITS: usize = 5;

/// How a cell comes of others of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// All before it added.
    Total,
    /// Two added.
    Sum,
    /// One less another.
    Difference,
    /// Two multiplied.
    Product,
    /// One divided by another.
    Quotient,
    /// The same, in percent.
    Share,
    /// What came later against what was before, in percent.
    Change,
    /// The same without its sign.
    Shift,
    /// One against all of its kind, in percent.
    ShareOfAll,
}

impl Way {
    /// Its word in the expression language.
    pub fn word(self) -> &'static str {
        match self {
            Way::Total | Way::Sum => "sum",
            Way::Difference => "difference",
            Way::Product => "product",
            Way::Quotient => "quotient",
            Way::Share | Way::ShareOfAll => "share",
            Way::Change | Way::Shift => "change",
        }
    }

    fn in_percent(self) -> bool {
        matches!(self, Way::Share | Way::ShareOfAll | Way::Change | Way::Shift)
    }
}

/// What a cell would be by the arithmetic of its line.
#[derive(Clone, Copy, Debug)]
pub struct Reckoning {
    /// The value.
    pub value: Decimal,
    /// How it comes of the others.
    pub way: Way,
}

/// The cells of a draft that break the arithmetic of their line, by passage.
#[derive(Debug, Default)]
pub struct Reckonings(FxHashMap<usize, Reckoning>);

/// A table's numbers: lines of cells, of which the first line and the first cells are heads.
struct Grid<'p> {
    cells: Vec<Vec<Option<(usize, &'p NumberReading)>>>,
    /// Lines that hold totals or parts of others, which follow another arithmetic.
    apart: Vec<bool>,
    total: Option<usize>,
}

impl Reckonings {
    /// Those of the passages; `total` and `subset` are words that head a line which is reckoned otherwise.
    pub fn of(passages: &[Passage], total: ClassId, subset: ClassId) -> Reckonings {
        let mut tables: FxHashMap<u32, Vec<&Passage>> = FxHashMap::default();
        for passage in passages {
            if let Some(cell) = passage.block.cell {
                tables.entry(cell.table).or_default().push(passage);
            }
        }
        let mut found = FxHashMap::default();
        for cells in tables.values() {
            for across in [false, true] {
                if let Some(grid) = Grid::of(cells, across, total, subset) {
                    grid.slips(&mut found);
                }
            }
        }
        Reckonings(found)
    }

    /// That of a passage, if it is a cell that breaks its line's arithmetic.
    pub fn find(&self, passage: usize) -> Option<Reckoning> {
        self.0.get(&passage).copied()
    }
}

impl<'p> Grid<'p> {
    fn of(cells: &[&'p Passage], across: bool, total: ClassId, subset: ClassId) -> Option<Grid<'p>> {
        let place = |passage: &Passage| {
            passage.block.cell.map(|cell| if across { (cell.column, cell.row) } else { (cell.row, cell.column) })
        };
        let lines = cells.iter().filter_map(|passage| place(passage)).map(|(line, _)| line as usize + 1).max()?;
        let width = cells.iter().filter_map(|passage| place(passage)).map(|(_, at)| at as usize + 1).max()?;
        if lines > MOST_LINES || width > MOST_CELLS || lines < 3 || width < 2 {
            return None;
        }
        let mut grid = Grid { cells: vec![vec![None; width]; lines], apart: vec![false; lines], total: None };
        for passage in cells {
            let Some((line, at)) = place(passage) else { continue };
            let (line, at) = (line as usize, at as usize);
            if at == 0 {
                let is = |class| (0..passage.tokens.len().min(4)).any(|word| passage.has(word, class));
                grid.apart[line] = is(total) || is(subset);
                if is(total) {
                    grid.total = Some(line);
                }
            } else if !passage.block.cell.is_some_and(|cell| cell.head) {
                grid.cells[line][at] = sole_number(passage).map(|number| (passage.index, number));
            }
        }
        Some(grid)
    }

    fn number(&self, line: usize, at: usize) -> Option<&'p NumberReading> {
        Some(self.cells[line][at]?.1)
    }

    fn width(&self) -> usize {
        self.cells.first().map_or(0, Vec::len)
    }

    /// The cells that break the arithmetic of their lines.
    fn slips(&self, found: &mut FxHashMap<usize, Reckoning>) {
        for at in 1..self.width() {
            let mut slip: Option<(usize, Reckoning)> = None;
            let mut agreed = true;
            for (way, a, b) in self.ways(at) {
                match self.odd_line(way, at, a, b) {
                    // One arithmetic holds everywhere.
                    Verdict::Holds => {
                        agreed = false;
                        break;
                    }
                    Verdict::Odd(line, value) => {
                        let same = |(other, reckoning): &(usize, Reckoning)| *other == line && reckoning.value == value;
                        agreed &= slip.as_ref().is_none_or(same);
                        slip = slip.or(Some((line, Reckoning { value, way })));
                    }
                    Verdict::Nothing => {}
                }
            }
            if let (true, Some((line, reckoning))) = (agreed, slip)
                && let Some((passage, _)) = self.cells[line][at]
            {
                found.insert(passage, reckoning);
            }
        }
    }

    /// The ways in which the cells at that place may come of others.
    fn ways(&self, at: usize) -> Vec<(Way, usize, usize)> {
        let percent = (0..self.cells.len()).any(|line| {
            self.number(line, at).is_some_and(|number| matches!(number.measure, Measure::Percent | Measure::Points))
        });
        let has_sign = (0..self.cells.len())
            .any(|line| self.number(line, at).is_some_and(|number| number.face.is_sign_negative()));
        let change = if has_sign { Way::Change } else { Way::Shift };
        let mut ways = Vec::new();
        let others = if percent { self.width() } else { at };
        for a in (1..others).filter(|a| *a != at) {
            if percent {
                ways.push((Way::ShareOfAll, a, a));
            }
            for b in (1..others).filter(|b| *b != at && *b != a) {
                if percent {
                    ways.extend([(Way::Share, a, b), (change, a, b)]);
                } else {
                    ways.extend([(Way::Difference, a, b), (Way::Quotient, a, b)]);
                    if a < b {
                        ways.extend([(Way::Sum, a, b), (Way::Product, a, b)]);
                    }
                }
            }
        }
        if !percent && at > 3 {
            ways.push((Way::Total, 0, 0));
        }
        ways
    }

    /// The only line that does not follow that arithmetic, where all others do.
    fn odd_line(&self, way: Way, at: usize, a: usize, b: usize) -> Verdict {
        let mut odd = None;
        let (mut digits, mut lines) = (0, 0);
        let mut seen = Vec::new();
        // The first line heads the others.
        for line in 1..self.cells.len() {
            if self.apart[line] {
                continue;
            }
            let Some(own) = self.number(line, at) else { continue };
            let Some(value) = self.reckon(way, line, at, a, b) else { continue };
            match fits(way, own, value) {
                Some(true) => {
                    lines += 1;
                    // The same value twice says no more than once, and what changes nothing says nothing.
                    if !seen.contains(&own.face) && !self.is_idle(way, line, a, b) {
                        digits += digits_of(own, way).min(3);
                        seen.push(own.face);
                    }
                }
                Some(false) if odd.is_none() => odd = value.middle().map(|value| (line, value)),
                _ => return Verdict::Nothing,
            }
        }
        match odd {
            _ if lines < 2 || digits < ENOUGH_DIGITS - usize::from(way.in_percent()) => Verdict::Nothing,
            Some((line, value)) => Verdict::Odd(line, value),
            None => Verdict::Holds,
        }
    }

    /// What the cell is by that arithmetic.
    fn reckon(&self, way: Way, line: usize, at: usize, a: usize, b: usize) -> Option<Interval> {
        let one = Interval::exact(Decimal::ONE);
        match way {
            Way::Total => {
                let mut sum = Interval::exact(Decimal::ZERO);
                for before in 1..at {
                    sum = sum.add(self.number(line, before)?.printed())?;
                }
                Some(sum)
            }
            Way::ShareOfAll => self.number(line, a)?.printed().divide(self.all(a)?),
            _ => {
                let (a, b) = (self.number(line, a)?, self.number(line, b)?);
                let of_shares = |number: &NumberReading| matches!(number.measure, Measure::Percent | Measure::Points);
                if way.in_percent() && (of_shares(a) || of_shares(b)) || a.year_like && b.year_like {
                    return None;
                }
                let (a, b) = (a.printed(), b.printed());
                match way {
                    Way::Sum => a.add(b),
                    Way::Difference => a.subtract(b),
                    Way::Product => a.multiply(b),
                    Way::Quotient | Way::Share => a.divide(b),
                    Way::Change => b.divide(a)?.subtract(one),
                    _ => Some(b.divide(a)?.subtract(one)?.abs()),
                }
            }
        }
    }

    /// Is one of the two a figure that leaves the other as it is: nothing added, or once?
    fn is_idle(&self, way: Way, line: usize, a: usize, b: usize) -> bool {
        let is = |value: Decimal| [a, b].iter().any(|at| self.number(line, *at).is_some_and(|own| own.face == value));
        match way {
            Way::Sum | Way::Difference => is(Decimal::ZERO),
            Way::Product | Way::Quotient => is(Decimal::ZERO) || is(Decimal::ONE),
            _ => false,
        }
    }

    /// What the cells at that place make: the total that the table gives, or their sum.
    fn all(&self, at: usize) -> Option<Interval> {
        if let Some(total) = self.total.and_then(|total| self.number(total, at)) {
            return Some(total.printed());
        }
        let mut sum = Interval::exact(Decimal::ZERO);
        for line in 0..self.cells.len() {
            if let Some(number) = self.number(line, at) {
                sum = sum.add(number.printed())?;
            }
        }
        Some(sum)
    }
}

/// What the lines say of an arithmetic.
enum Verdict {
    /// It is none.
    Nothing,
    /// All follow it.
    Holds,
    /// All but one follow it, which would have that value.
    Odd(usize, Decimal),
}

/// Is it that value, as it is printed? Not known where they are so near that rounding may have parted them.
fn fits(way: Way, own: &NumberReading, value: Interval) -> Option<bool> {
    let around = |units: Decimal| Interval::closed(own.face - own.step * units, own.face + own.step * units);
    if around(Decimal::new(5, 1)).meets(value) {
        return Some(true);
    }
    let exact = matches!(way, Way::Sum | Way::Difference | Way::Total) && value.single().is_some() && own.decimals == 0;
    (exact || !around(Decimal::new(15, 1)).meets(value)).then_some(false)
}

/// How many digits are printed, without those that lead, and of a count without the zeros at its end.
fn digits_of(number: &NumberReading, way: Way) -> usize {
    let unit = if way.in_percent() { number.step } else { number.coarse.max(number.step) };
    number.face.checked_div(unit).map_or(0, |units| units.trunc().abs().normalize().to_string().len())
}

/// The only number of a cell, if nothing else than it and signs stand there.
fn sole_number<'p>(passage: &'p Passage) -> Option<&'p NumberReading> {
    let (mention, number) = passage.mentions.iter().find_map(|mention| Some((mention, mention.plain_number()?)))?;
    let inside = mention.first as usize..mention.end as usize;
    let alone = (0..passage.tokens.len()).all(|at| inside.contains(&at) || passage.is_sign(at, '*'));
    alone.then_some(number)
}
