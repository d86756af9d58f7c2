//! Blocks read once: tokens, words of the lexicon, sentences, quotations, and typed mentions with their readings.
//!
//! A [`Document`](crate::document::Document) comes in; a [`Draft`] goes out, of which all checks ask. Each reader
//! (`numbers`, `dates`, `names`) looks at the tokens of a passage and leaves mentions; none looks at the text again.

mod cells;
pub mod dates;
mod draft;
mod interval;
mod memory;
mod mention;
pub mod names;
pub mod numbers;
mod passage;
mod quotes;
mod rates;
mod readers;
mod reckonings;
mod sentences;

pub use cells::Cells;
pub use draft::Draft;
pub use interval::{Bound, Interval};
pub use memory::Memory;
pub use mention::{Mention, Reading};
pub use passage::{Passage, Told};
pub use rates::Rates;
pub use readers::Readers;
pub use reckonings::{Reckoning, Reckonings};
pub(crate) use sentences::after_dateline;
