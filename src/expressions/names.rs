//! Functions and fields of names.

use super::evaluate::Context;
use super::value::{Value, Words};

/// A field; `None` if there is none of that name here.
pub fn field(words: &Words, name: &str, cx: &Context) -> Option<Value> {
    let _ = (words, name, cx);
    None
}

/// A function; `None` if there is none of that name here.
pub fn call(name: &str, arguments: &[Value], cx: &Context) -> Option<Value> {
    let _ = (name, arguments, cx);
    None
}
