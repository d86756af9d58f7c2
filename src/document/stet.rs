//! “Let it stand”: `<!-- stet: rule-id, rule-id because … -->` in Markdown and HTML.

use super::Stet;
use crate::source::Span;

/// Reads a comment's inside. `span` is where the whole comment stands; what it covers is known later.
pub(super) fn parse(comment: &str, span: Span) -> Option<Stet> {
    let rest = comment.trim_start().strip_prefix("stet")?.trim_start();
    let rest = rest.strip_prefix(':')?.trim();
    let (rules, because) = match split_because(rest) {
        Some((rules, because)) => (rules, Some(because.trim().to_owned()).filter(|because| !because.is_empty())),
        None => (rest, None),
    };
    let rules: Vec<String> =
        rules.split([',', ' ', '\n', '\r', '\t']).filter(|rule| !rule.is_empty()).map(str::to_owned).collect();
    (!rules.is_empty()).then_some(Stet { rules, covers: None, span, because })
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
        for comment in ["stet", "stet: ", "stet doubled-word", "TODO stet: a", "stetson: a", "stet: because I say so"] {
            assert_eq!(read(comment), None, "{comment:?}");
        }
    }
}
