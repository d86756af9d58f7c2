//! Templates of messages, labels and fixes: `{part} of {whole} is {part / whole | percent}, not {share}`.

use serde::{Deserialize, Serialize};

use crate::expr::{self, Expr, ExprError};
use crate::registry::Type;

/// How many functions may follow each other in a hole.
const MOST_FILTERS: usize = 16;

/// A text with holes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Text and holes in turn.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// A hole, filled with the printed value of an expression.
    Hole(Expr),
}

impl Template {
    /// Reads a template. `{x | f}` is `f(x)`; `{{` and `}}` are braces.
    ///
    /// ```
    /// use factlint_rules::template::Template;
    /// assert!(Template::parse("{a} is {b | percent}").is_ok());
    /// assert!(Template::parse("{a is").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Template, ExprError> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if text[at..].starts_with("{{") || text[at..].starts_with("}}") {
                plain.push(c);
                at += 2;
            } else if c == '{' {
                let end = text[at..].find('}').ok_or_else(|| ExprError {
                    at,
                    message: "the hole is not closed".into(),
                    help: Some("write “{{” for a brace".into()),
                })?;
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(Piece::Hole(hole(&text[at + 1..at + end]).map_err(|mut error| {
                    error.at += at + 1;
                    error
                })?));
                at += end + 1;
            } else {
                plain.push(c);
                at += c.len_utf8();
            }
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Template { pieces })
    }

    /// Refuses holes that name what is not there.
    pub fn check(&self, vars: &[(String, Type)]) -> Result<(), ExprError> {
        for piece in &self.pieces {
            if let Piece::Hole(expr) = piece {
                expr::check(expr, vars)?;
            }
        }
        Ok(())
    }

    /// The expressions in its holes.
    pub fn holes(&self) -> impl Iterator<Item = &Expr> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Hole(expr) => Some(expr),
            Piece::Text(_) => None,
        })
    }
}

fn hole(text: &str) -> Result<Expr, ExprError> {
    let mut parts = text.split('|');
    let mut expr = expr::parse(parts.next().unwrap_or_default())?;
    for (count, filter) in parts.enumerate() {
        if count == MOST_FILTERS {
            let message = format!("a hole has {MOST_FILTERS} functions after each other at most");
            return Err(ExprError { at: 0, message, help: None });
        }
        expr = match expr::parse(filter.trim())? {
            Expr::Var(name) => Expr::Call(name, vec![expr]),
            Expr::Call(name, mut arguments) => {
                arguments.insert(0, expr);
                Expr::Call(name, arguments)
            }
            _ => {
                return Err(ExprError {
                    at: 0,
                    message: format!("“{}” is no function", filter.trim()),
                    help: Some("after “|” stands a function: {x | percent}".into()),
                });
            }
        };
    }
    Ok(expr)
}
