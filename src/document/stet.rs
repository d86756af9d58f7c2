//! “Let it stand”: `<!-- stet: rule-id, rule-id because … -->` in Markdown and HTML.

use super::Stet;
use crate::source::Span;

/// How a comment begins that is meant to let something stand, whatever its capitals.
const MEANT: [&str; 5] = ["stet", "let stand", "let it stand", "factlint-disable", "factlint-ignore"];

/// Reads a comment's inside. `span` is where the whole comment stands; what it covers is known later. One that is meant
/// for a stet and is none has no rules.
pub(super) fn parse(comment: &str, span: Span) -> Option<Stet> {
    let comment = comment.trim();
    let rest = comment.strip_prefix("stet").and_then(|rest| rest.trim_start().strip_prefix(':'));
    let Some(rest) = rest.map(str::trim) else {
        let none = Stet { rules: Vec::new(), covers: None, span, because: None };
        return MEANT.iter().any(|word| begins(comment, word)).then_some(none);
    };
    let (rules, because) = match split_because(rest) {
        Some((rules, because)) => (rules, Some(because.trim().to_owned()).filter(|because| !because.is_empty())),
        None => (rest, None),
    };
    let rules: Vec<String> =
        rules.split([',', ' ', '\n', '\r', '\t']).filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
    Some(Stet { rules, covers: None, span, because })
}

/// Does the text begin with the word, as a word of its own?
fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
        && !text[word.len()..].starts_with(char::is_alphanumeric)
}

fn split_because(text: &str) -> Option<(&str, &str)> {
    let at = text.match_indices("because").map(|(at, _)| at).find(|at| {
        let before = text[..*at].ends_with(char::is_whitespace) || *at == 0;
        let after = text[at + "because".len()..].chars().next().is_none_or(|c| c.is_whitespace() || c == ':');
        before && after
    })?;
    let because = text[at + "because".len()..].trim_start_matches(':');
    Some((&text[..at], because))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str) -> Option<(Vec<String>, Option<String>)> {
        parse(comment, Span::default()).map(|stet| (stet.rules, stet.because))
    }

    #[test]
    fn rules_and_reason() {
        let rules = |list: &[&str]| list.iter().map(|rule| (*rule).to_owned()).collect::<Vec<_>>();
        assert_eq!(read(" stet: doubled-word "), Some((rules(&["doubled-word"]), None)));
        assert_eq!(
            read("stet: a, b-c because the song has it twice"),
            Some((rules(&["a", "b-c"]), Some("the song has it twice".into())))
        );
        assert_eq!(read("stet: a because"), Some((rules(&["a"]), None)));
        assert_eq!(read("stet:\n a\n because\n of it"), Some((rules(&["a"]), Some("of it".into()))));
    }

    #[test]
    fn other_comments_are_none() {
        for comment in ["TODO stet: a", "stetson: a", "let standards: a", "factlint", ""] {
            assert_eq!(read(comment), None, "{comment:?}");
        }
    }

    #[test]
    fn what_is_meant_for_a_stet_and_is_none_has_no_rules() {
        for comment in ["stet", "stet: ", "stet doubled-word", "Stet: a", "STET", "let stand a", "factlint-disable a"] {
            assert_eq!(read(comment), Some((Vec::new(), None)), "{comment:?}");
        }
        assert_eq!(read("stet: because I say so"), Some((Vec::new(), Some("I say so".into()))));
    }
}
