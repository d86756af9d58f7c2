//! The rule files of factlint: their schema, the small languages that they are written in (patterns, expressions,
//! templates), and their compiler. Used twice: by the build script, which embeds `rules/`, and at run time for the
//! rules that a newsroom adds.

pub mod agree;
pub mod bits;
pub mod block;
pub mod check;
pub mod deferred;
pub mod error;
pub mod example;
pub mod expr;
pub mod index;
pub mod kind;
pub mod lexicon;
mod lookup;
mod names;
pub mod pack;
pub mod pattern;
pub mod program;
mod records;
pub mod registry;
pub mod rule;
mod severity;
pub mod sieve;
pub mod table;
pub mod template;
pub mod token;
pub mod yaml;

pub use block::BlockKind;
pub use error::RuleError;
pub use kind::{Kind, KindSet};
pub use pack::{Pack, Pages};
pub use rule::Rule;
pub use severity::Severity;
pub use table::Table;
