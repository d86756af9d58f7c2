//! The evaluator.

use std::borrow::Cow;

use factlint_rules::expr::{Expr, Op};
use factlint_rules::template::{Piece, Template};
use rust_decimal::Decimal;

use super::value::{Value, Words};
use super::{blocks, dates, facts, mates, names, numbers, print, retold, words};
use crate::mentions::{Draft, Interval, Passage};

/// What an expression may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The draft.
    pub draft: &'c Draft<'c>,
    /// The passage that the check is in.
    pub passage: usize,
    /// The variables of the check.
    pub vars: &'c [(&'c str, Value)],
}

impl Context<'_> {
    /// A variable.
    pub fn var(&self, name: &str) -> Value {
        match self.vars.iter().find(|(var, _)| *var == name) {
            Some((_, value)) => value.clone(),
            None => match name {
                "document" => Value::Document,
                "block" => Value::Block(self.passage),
                _ => Value::Unknown,
            },
        }
    }

    /// A block: the check's own, or another.
    pub fn block(&self, block: usize) -> Option<&Passage<'_>> {
        if block == self.passage { self.draft.passage(block) } else { self.draft.passages().get(block) }
    }

    /// The reading of a value as a number.
    pub fn number(&self, value: &Value) -> Option<Interval> {
        match value {
            Value::Number(interval) => Some(*interval),
            Value::Words(words) => numbers::reading(self.draft, words).or_else(|| dates::reading(self.draft, words)),
            _ => None,
        }
    }

    /// The words of a value.
    pub fn text<'v>(&'v self, value: &'v Value) -> Option<Cow<'v, str>> {
        match value {
            Value::Text(text) => Some(Cow::Borrowed(text)),
            Value::Words(words) => Some(Cow::Borrowed(words.text(self.draft))),
            Value::Block(block) => Some(Cow::Borrowed(self.block(*block)?.text())),
            Value::Number(_) => Some(Cow::Owned(print::value(self, value))),
            _ => None,
        }
    }
}

/// Is the condition true? What cannot be told is not: so where one half of an “and” is not, the other is not asked.
pub fn holds(expr: &Expr, cx: &Context) -> bool {
    match expr {
        Expr::Binary(Op::And, left, right) => holds(left, cx) && holds(right, cx),
        Expr::Binary(Op::Or, left, right) => holds(left, cx) || holds(right, cx),
        _ => evaluate(expr, cx).truth() == Some(true),
    }
}

/// Evaluates an expression.
pub fn evaluate(expr: &Expr, cx: &Context) -> Value {
    match expr {
        Expr::Number(number) => Value::Number(Interval::exact(*number)),
        Expr::Text(text) => Value::from(text.clone()),
        Expr::Bool(truth) => Value::Bool(*truth),
        Expr::Class(name) => Value::Class(cx.draft.lexicons.class(name)),
        Expr::Var(name) => cx.var(name),
        Expr::Field(of, name) => field(&evaluate(of, cx), name, cx),
        Expr::Call(name, arguments) => {
            let arguments: Vec<Value> = arguments.iter().map(|argument| evaluate(argument, cx)).collect();
            numbers::call(name, &arguments, cx)
                .or_else(|| words::call(name, &arguments, cx))
                .or_else(|| retold::call(name, &arguments, cx))
                .or_else(|| mates::call(name, &arguments, cx))
                .or_else(|| blocks::call(name, &arguments, cx))
                .or_else(|| dates::call(name, &arguments, cx))
                .or_else(|| names::call(name, &arguments, cx))
                .or_else(|| facts::call(name, &arguments, cx))
                .unwrap_or(Value::Unknown)
        }
        Expr::Not(inner) => evaluate(inner, cx).truth().map_or(Value::Unknown, |truth| Value::Bool(!truth)),
        Expr::Negative(inner) => number_or_unknown(cx.number(&evaluate(inner, cx)).map(Interval::negative)),
        Expr::Binary(op, left, right) => binary(*op, left, right, cx),
    }
}

/// Fills the holes of a template.
pub fn fill(template: &Template, cx: &Context) -> String {
    let mut text = String::new();
    for piece in &template.pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Hole(expr) => text.push_str(&print::value(cx, &evaluate(expr, cx))),
        }
    }
    text
}

pub(super) fn number_or_unknown(number: Option<Interval>) -> Value {
    number.map_or(Value::Unknown, Value::Number)
}

fn field(of: &Value, name: &str, cx: &Context) -> Value {
    match of {
        Value::Words(bound) => numbers::field(bound, name, cx)
            .or_else(|| words::field(bound, name, cx))
            .or_else(|| dates::field(bound, name, cx))
            .or_else(|| names::field(bound, name, cx))
            .unwrap_or(Value::Unknown),
        Value::Block(block) => words::block_field(*block, name, cx),
        Value::Date(date) => dates::part(date, name),
        Value::Document => words::document_field(name, cx),
        Value::List(list) => Value::List(list.iter().map(|item| field(item, name, cx)).collect()),
        _ => Value::Unknown,
    }
}

fn binary(op: Op, left: &Expr, right: &Expr, cx: &Context) -> Value {
    let a = evaluate(left, cx);
    if let Op::And | Op::Or = op {
        // Three-valued: what decides alone decides, whatever the other is.
        let decides = op == Op::Or;
        if a.truth() == Some(decides) {
            return a;
        }
        let b = evaluate(right, cx);
        return match (a.truth(), b.truth()) {
            (_, Some(truth)) if truth == decides => Value::Bool(decides),
            (Some(_), Some(_)) => Value::Bool(!decides),
            _ => Value::Unknown,
        };
    }
    if let (Op::Equal | Op::NotEqual, Expr::Text(text)) = (op, right) {
        let same = match &a {
            Value::Text(own) => Some(own == text),
            Value::Words(words) => Some(words.text(cx.draft) == text),
            _ => cx.text(&a).map(|own| own == *text),
        };
        return same.map_or(Value::Unknown, |same| Value::Bool(same == (op == Op::Equal)));
    }
    let b = evaluate(right, cx);
    match op {
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide => {
            let Some((a, b)) = cx.number(&a).zip(cx.number(&b)) else { return Value::Unknown };
            number_or_unknown(match op {
                Op::Add => a.add(b),
                Op::Subtract => a.subtract(b),
                Op::Multiply => a.multiply(b),
                _ => a.divide(b),
            })
        }
        Op::In => is_in(&a, &b, cx),
        Op::Equal => equal(&a, &b, cx).map_or(Value::Unknown, Value::Bool),
        Op::NotEqual => equal(&a, &b, cx).map_or(Value::Unknown, |truth| Value::Bool(!truth)),
        _ => {
            let Some((a, b)) = cx.number(&a).zip(cx.number(&b)) else { return Value::Unknown };
            Value::Bool(match op {
                Op::Less => a.can_be_less(b),
                Op::LessOrEqual => a.can_be_at_most(b),
                Op::Greater => b.can_be_less(a),
                _ => b.can_be_at_most(a),
            })
        }
    }
}

fn equal(a: &Value, b: &Value, cx: &Context) -> Option<bool> {
    if let (Value::Bool(a), Value::Bool(b)) = (a, b) {
        return Some(a == b);
    }
    // A text on either side makes it a comparison of words.
    if !matches!(a, Value::Text(_))
        && !matches!(b, Value::Text(_))
        && let Some((a, b)) = cx.number(a).zip(cx.number(b))
    {
        return Some(a.meets(b));
    }
    Some(cx.text(a)? == cx.text(b)?)
}

fn is_in(a: &Value, b: &Value, cx: &Context) -> Value {
    match b {
        Value::Class(class) => {
            let Some(text) = cx.text(a) else { return Value::Unknown };
            if let Value::Words(bound) = a {
                return Value::Bool(words::is_of(bound, *class, cx));
            }
            Value::Bool(cx.draft.passage(cx.passage).is_some_and(|passage| passage.lexicon.is(&text, *class)))
        }
        Value::List(list) => Value::Bool(list.iter().any(|item| equal(a, item, cx) == Some(true))),
        _ => Value::Unknown,
    }
}

/// The words of a value, where it is words.
pub(super) fn as_words(value: &Value) -> Option<&Words> {
    match value {
        Value::Words(words) => Some(words),
        _ => None,
    }
}

/// A whole number as a value.
pub(super) fn whole(number: usize) -> Value {
    Value::Number(Interval::exact(Decimal::from(number)))
}
