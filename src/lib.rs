//! factlint: a fact-check consistency linter for news drafts.
//!
//! The folders show the way of the data: a [`source`] is read into a [`document`], its blocks into [`mentions`], these
//! into [`things`]; [`checks`] ask the questions of the [`rules`], and give [`findings`] to a [`report`].

pub mod checks;
pub mod cli;
pub mod config;
pub mod document;
pub mod expressions;
pub mod facts;
pub mod findings;
pub mod language;
pub mod lexicons;
pub mod linter;
mod lsp;
pub mod mentions;
pub mod report;
pub mod rules;
pub mod source;
pub mod tables;
pub mod things;
