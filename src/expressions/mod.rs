//! Expressions at work: what a claim, a condition or a hole of a message comes to, given the words that matched.
//!
//! Three answers are possible: true, false, and not known ([`Value::Unknown`]), which is neither. Numbers are
//! intervals: `a == b` asks whether the two can be equal.

mod blocks;
mod calendar;
mod dates;
mod day_rules;
mod decoding;
mod evaluate;
pub(crate) mod facts;
mod figures;
mod mates;
mod names;
mod numbers;
mod print;
mod retold;
mod slips;
mod statistics;
mod summer_time;
mod tables;
mod value;
mod words;

pub use evaluate::{Context, evaluate, fill, holds};
pub use numbers::{are_near, number};
pub use print::ordinal;
pub use slips::{is_slip, is_transposed};
pub use value::{DateValue, Value, Words};
pub use words::recase;
