//! The expression language of `claim`, `where`, `unless` and the holes of messages.
//!
//! `share == part / whole`, `not culprit.month and word in <names>`, `abs(a - b) > 10%`. In goes its text, out comes a
//! tree; `check` refuses unknown names, fields and functions before a rule ever runs, and knows what would be right.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::registry::{self, Type};

/// An expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// `2.5`; `10%` is 0.1.
    Number(Decimal),
    /// `'text'`
    Text(String),
    /// `true`, `false`
    Bool(bool),
    /// A slot or another variable of the check.
    Var(String),
    /// `share.face`
    Field(Box<Expr>, String),
    /// `initials(name)`
    Call(String, Vec<Expr>),
    /// `<open-list>`, on the right of `in`.
    Class(String),
    /// `not x`
    Not(Box<Expr>),
    /// `-x`
    Negative(Box<Expr>),
    /// `a == b`
    Binary(Op, Box<Expr>, Box<Expr>),
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the signs")]
pub enum Op {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// What is wrong in an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExprError {
    /// Byte offset in the expression.
    pub at: usize,
    /// One line.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

impl ExprError {
    fn new(at: usize, message: impl Into<String>) -> ExprError {
        ExprError { at, message: message.into(), help: None }
    }
}

/// Reads an expression.
///
/// ```
/// use factlint_rules::expr::parse;
/// assert!(parse("share == part / whole").is_ok());
/// assert_eq!(parse("share ==").unwrap_err().message, "the expression ends where a value should stand");
/// assert_eq!(parse("part =< whole").unwrap_err().help.as_deref(), Some("here “=<” is written “<=”"));
/// ```
pub fn parse(text: &str) -> Result<Expr, ExprError> {
    let mut parser = Parser { text, at: 0, level: 0, read: 0 };
    let expr = parser.binary(0)?;
    parser.blanks();
    if parser.at < text.len() {
        let rest = &text[parser.at..];
        let mut error = ExprError::new(parser.at, format!("“{rest}” is left over"));
        error.help = OTHER_SIGNS
            .iter()
            .find(|(wrong, _)| rest.starts_with(wrong))
            .map(|(wrong, right)| format!("here “{wrong}” is written “{right}”"));
        return Err(error);
    }
    Ok(expr)
}

/// Signs of other languages, and what they are in this one; the longer first.
const OTHER_SIGNS: [(&str, &str); 11] = [
    ("=<", "<="),
    ("=>", ">="),
    ("=", "=="),
    ("<>", "!="),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("&&", "and"),
    ("||", "or"),
    ("×", "*"),
    ("÷", "/"),
];

/// How deep brackets, arguments and signs may stand in each other.
const DEEPEST: usize = 64;
/// How many operands and fields an expression may have.
const LONGEST: usize = 1_000;

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// How many operands hold the one that is read.
    level: usize,
    /// How many were read.
    read: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        self.blanks();
        let hit = self.rest().starts_with(sign);
        if hit {
            self.at += sign.len();
        }
        hit
    }

    fn take_word(&mut self, word: &str) -> bool {
        self.blanks();
        let rest = self.rest();
        let hit = rest.starts_with(word) && !rest[word.len()..].starts_with(is_name_char);
        if hit {
            self.at += word.len();
        }
        hit
    }

    fn operator(&mut self) -> Option<(Op, u8)> {
        self.blanks();
        let before = self.at;
        let found = if self.take_word("or") {
            Some((Op::Or, 1))
        } else if self.take_word("and") {
            Some((Op::And, 2))
        } else if self.take_word("in") {
            Some((Op::In, 4))
        } else {
            const SIGNS: [(&str, Op, u8); 10] = [
                ("==", Op::Equal, 4),
                ("!=", Op::NotEqual, 4),
                ("<=", Op::LessOrEqual, 4),
                (">=", Op::GreaterOrEqual, 4),
                ("<", Op::Less, 4),
                (">", Op::Greater, 4),
                ("+", Op::Add, 5),
                ("-", Op::Subtract, 5),
                ("*", Op::Multiply, 6),
                ("/", Op::Divide, 6),
            ];
            SIGNS.iter().find(|(sign, _, _)| self.take(sign)).map(|(_, op, level)| (*op, *level))
        };
        if found.is_none() {
            self.at = before;
        }
        found
    }

    fn binary(&mut self, least: u8) -> Result<Expr, ExprError> {
        self.inside(|parser| parser.operands(least))
    }

    fn operands(&mut self, least: u8) -> Result<Expr, ExprError> {
        let mut left = if self.take_word("not") { Expr::Not(Box::new(self.binary(3)?)) } else { self.unary()? };
        loop {
            let before = self.at;
            let Some((op, level)) = self.operator() else { return Ok(left) };
            if level < least {
                self.at = before;
                return Ok(left);
            }
            let right = self.binary(level + 1)?;
            left = Expr::Binary(op, Box::new(left), Box::new(right));
        }
    }

    /// One more operand or field.
    fn count(&mut self) -> Result<(), ExprError> {
        self.read += 1;
        if self.read > LONGEST {
            return Err(ExprError::new(self.at, "the expression is too long"));
        }
        Ok(())
    }

    /// Reads an operand inside of the one that is read.
    fn inside(&mut self, read: impl FnOnce(&mut Self) -> Result<Expr, ExprError>) -> Result<Expr, ExprError> {
        self.count()?;
        if self.level == DEEPEST {
            return Err(ExprError::new(self.at, "too many brackets or signs stand in each other here"));
        }
        self.level += 1;
        let expr = read(self)?;
        self.level -= 1;
        Ok(expr)
    }

    fn unary(&mut self) -> Result<Expr, ExprError> {
        if self.take("-") {
            return Ok(Expr::Negative(Box::new(self.inside(Self::unary)?)));
        }
        let mut expr = self.atom()?;
        while self.rest().starts_with('.') {
            self.at += 1;
            self.count()?;
            let name = self.name().ok_or_else(|| ExprError::new(self.at, "a field's name should follow the point"))?;
            expr = Expr::Field(Box::new(expr), name);
        }
        Ok(expr)
    }

    fn atom(&mut self) -> Result<Expr, ExprError> {
        self.blanks();
        let at = self.at;
        let Some(first) = self.rest().chars().next() else {
            return Err(ExprError::new(at, "the expression ends where a value should stand"));
        };
        match first {
            '(' => {
                self.at += 1;
                let inner = self.binary(0)?;
                if !self.take(")") {
                    return Err(ExprError::new(self.at, "a “)” is missing"));
                }
                Ok(inner)
            }
            '\'' | '"' => {
                let body = &self.rest()[1..];
                let end = body.find(first).ok_or_else(|| ExprError::new(at, "the text is not closed"))?;
                self.at += end + 2;
                Ok(Expr::Text(body[..end].to_owned()))
            }
            '<' => {
                let body = &self.rest()[1..];
                let end = body.find('>').ok_or_else(|| ExprError::new(at, "the class is not closed with “>”"))?;
                self.at += end + 2;
                Ok(Expr::Class(body[..end].to_owned()))
            }
            '0'..='9' => {
                let digits = self
                    .rest()
                    .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_'))
                    .unwrap_or(self.rest().len());
                let number = self.rest()[..digits].replace('_', "");
                let number: Decimal =
                    number.parse().map_err(|_| ExprError::new(at, format!("“{number}” is no number")))?;
                self.at += digits;
                let percent = self.rest().starts_with('%');
                self.at += usize::from(percent);
                Ok(Expr::Number(if percent { number / Decimal::ONE_HUNDRED } else { number }))
            }
            _ => {
                let Some(name) = self.name() else {
                    return Err(ExprError::new(at, format!("“{first}” cannot stand here")));
                };
                if self.rest().starts_with('(') {
                    self.at += 1;
                    return self.arguments(name);
                }
                Ok(match name.as_str() {
                    "true" => Expr::Bool(true),
                    "false" => Expr::Bool(false),
                    _ => Expr::Var(name),
                })
            }
        }
    }

    fn arguments(&mut self, name: String) -> Result<Expr, ExprError> {
        let mut arguments = Vec::new();
        if self.take(")") {
            return Ok(Expr::Call(name, arguments));
        }
        loop {
            arguments.push(self.binary(0)?);
            if self.take(")") {
                return Ok(Expr::Call(name, arguments));
            }
            if !self.take(",") {
                return Err(ExprError::new(self.at, "a “,” or a “)” is missing"));
            }
        }
    }

    /// A name may hold inner hyphens: `is-quotation`. So a difference needs blanks: `a - b`.
    fn name(&mut self) -> Option<String> {
        let rest = self.rest();
        if !rest.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        let end = rest.find(|c: char| !is_name_char(c)).unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches('-');
        self.at += name.len();
        Some(name.to_owned())
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// Refuses a text that is not one of these.
fn check_text(text: &str, known: &[&str]) -> Result<(), ExprError> {
    if known.contains(&text) {
        return Ok(());
    }
    let help = registry::nearest(text, known.iter().copied()).or_else(|| {
        Some(format!(
            "it is one of {}",
            known.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(", ")
        ))
    });
    Err(ExprError { at: 0, message: format!("“{text}” cannot stand here"), help })
}

/// Finds the type of an expression; refuses what the registry or the check's variables do not know.
pub fn check(expr: &Expr, vars: &[(String, Type)]) -> Result<Type, ExprError> {
    let fail = |message: String, help: Option<String>| Err(ExprError { at: 0, message, help });
    match expr {
        Expr::Number(_) => Ok(Type::Number),
        Expr::Text(_) => Ok(Type::Text),
        Expr::Bool(_) => Ok(Type::Bool),
        Expr::Class(_) => Ok(Type::Class),
        Expr::Var(name) => match vars.iter().find(|(var, _)| var == name) {
            Some((_, ty)) => Ok(ty.clone()),
            None => fail(
                format!("nothing is called “{name}” here"),
                registry::nearest(name, vars.iter().map(|(var, _)| var.as_str())).or_else(|| {
                    Some(format!(
                        "here are: {}",
                        vars.iter().map(|(var, _)| var.as_str()).collect::<Vec<_>>().join(", ")
                    ))
                }),
            ),
        },
        Expr::Field(of, name) => {
            let of = check(of, vars)?;
            match registry::field(&of, name) {
                Some(ty) => Ok(ty),
                None => fail(
                    format!("{} has no field “{name}”", of.words()),
                    registry::nearest(name, registry::fields_of(&of)),
                ),
            }
        }
        Expr::Call(name, arguments) => {
            let Some(function) = registry::function(name) else {
                return fail(
                    format!("there is no function “{name}”"),
                    registry::nearest(name, registry::function_names()),
                );
            };
            let types = arguments.iter().map(|argument| check(argument, vars)).collect::<Result<Vec<_>, _>>()?;
            let least = function.params.len() - function.optional;
            if types.len() < least || types.len() > function.params.len() {
                return fail(
                    format!("“{name}” takes {} arguments, not {}", function.params.len(), types.len()),
                    Some(function.doc.to_owned()),
                );
            }
            for (given, wanted) in types.iter().zip(function.params) {
                if !given.fits(wanted) {
                    return fail(
                        format!("“{name}” wants {}, and is given {}", wanted.words(), given.words()),
                        Some(function.doc.to_owned()),
                    );
                }
            }
            if let Some((Expr::Text(text), known)) = arguments.last().zip(registry::texts(name)) {
                check_text(text, known)?;
            }
            Ok(function.result.clone())
        }
        Expr::Not(inner) => {
            let ty = check(inner, vars)?;
            if ty.fits(&Type::Bool) {
                Ok(Type::Bool)
            } else {
                fail(format!("“not” wants a condition, and is given {}", ty.words()), None)
            }
        }
        Expr::Negative(inner) => {
            check(inner, vars)?;
            Ok(Type::Number)
        }
        Expr::Binary(op, left, right) => {
            if let (Expr::Field(_, name) | Expr::Call(name, _), Expr::Text(text)) = (&**left, &**right)
                && let Some(known) = registry::texts(name)
            {
                check_text(text, known)?;
            }
            let (left, right) = (check(left, vars)?, check(right, vars)?);
            let wants = |wanted: Type, result: Type| {
                for side in [&left, &right] {
                    if !side.fits(&wanted) {
                        return fail(format!("{op:?} wants {}, and is given {}", wanted.words(), side.words()), None);
                    }
                }
                Ok(result)
            };
            match op {
                Op::Or | Op::And => wants(Type::Bool, Type::Bool),
                Op::Add | Op::Subtract | Op::Multiply | Op::Divide => wants(Type::Number, Type::Number),
                Op::Equal | Op::NotEqual | Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual | Op::In => {
                    Ok(Type::Bool)
                }
            }
        }
    }
}

impl Expr {
    /// Visits it, then all that it is made of.
    pub fn for_each<'e>(&'e self, visit: &mut impl FnMut(&'e Expr)) {
        visit(self);
        match self {
            Expr::Field(inner, _) | Expr::Not(inner) | Expr::Negative(inner) => inner.for_each(visit),
            Expr::Call(_, arguments) => arguments.iter().for_each(|argument| argument.for_each(visit)),
            Expr::Binary(_, left, right) => {
                left.for_each(visit);
                right.for_each(visit);
            }
            Expr::Class(_) | Expr::Number(_) | Expr::Text(_) | Expr::Bool(_) | Expr::Var(_) => {}
        }
    }
}

/// The names of all classes that the expression asks for.
pub fn classes(expr: &Expr, out: &mut Vec<String>) {
    expr.for_each(&mut |expr| {
        if let Expr::Class(name) = expr {
            out.push(name.clone());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nested_or_joined_by_the_thousand_is_refused_with_its_place() {
        let nested = "too many brackets or signs stand in each other here";
        for (open, value, close) in [("(", "1", ")"), ("abs(", "1", ")"), ("not ", "true", ""), ("- ", "1", "")] {
            let read = |depth: usize| parse(&format!("{}{value}{}", open.repeat(depth), close.repeat(depth)));
            assert!(read(40).is_ok(), "{open}");
            let error = read(100_000).expect_err(open);
            assert_eq!((error.message.as_str(), error.at.div_ceil(open.len())), (nested, DEEPEST), "{open}");
        }
        for more in [" + 1", " and true", ".text"] {
            assert!(parse(&format!("a{}", more.repeat(300))).is_ok(), "{more}");
            assert_eq!(
                parse(&format!("a{}", more.repeat(100_000))).expect_err(more).message,
                "the expression is too long"
            );
        }
    }
}
