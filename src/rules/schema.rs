//! The JSON schema of rule files, for editors: completion and a red line under a misspelt key as one writes.
//!
//! It describes the struct that is read ([`RuleFile`](factlint_rules::rule::RuleFile)); a test holds the two together.

use factlint_rules::kind::Kind;
use serde_json::{Map, Value, json};

/// The keys of a rule file: name, type, what it says.
const KEYS: &[(&str, &str, &str)] = &[
    ("format", "integer", "The version of the grammar; 1 where it is silent"),
    ("id", "id", "Its id, which names its file"),
    ("class", "id", "Its class; its id where it is silent"),
    ("aliases", "texts", "Older ids that still name it"),
    ("title", "text", "What it holds true, as a sentence without a full stop"),
    ("severity", "severity", "How sure its findings are"),
    ("kind", "kind", "Which of the kinds of check it is"),
    ("languages", "texts", "The languages that it runs in; all that have its classes where it is silent"),
    ("message", "text", "The one line of a finding, with {slots}"),
    ("labels", "map", "Words for the evidence: slot or role → template"),
    ("help", "text", "What to do"),
    ("fixes", "fixes", "The ways to mend it"),
    ("over", "texts", "Rules whose findings of the same words give way to this one's"),
    ("also", "texts", "Other classes that its findings belong to as well"),
    ("needs-date", "boolean", "It cannot run without a publication date"),
    ("once-past", "integer", "Past so many findings in a draft, one finding counts them all"),
    ("outside-quotations", "boolean", "Not inside quotations: it is about style or drift"),
    ("outside-corrections", "boolean", "Not inside a correction, which quotes the mistake that it corrects"),
    ("explain", "text", "Why it matters, what it accepts, what it cannot know"),
    ("examples", "examples", "Its tests, and its documentation; [[…]] marks what must be flagged"),
    ("where", "text", "When it applies: a condition"),
    ("claim", "text", "What must be so: a finding is its contrary"),
    ("match", "one-or-many", "The forms, as patterns over tokens"),
    ("with", "one-or-many", "A second form that must stand within reach, and share the slots of the same name"),
    ("within", "text", "How far a form may reach: sentence, 2 sentences, paragraph, document"),
    ("fragments", "map", "Pieces that forms share, used as @name"),
    ("judge", "texts", "Which slots are accused; the whole match where it is silent"),
    ("unless", "guards", "When it is silent: conditions, or patterns in a scope"),
    ("require", "guards", "What must be there besides: conditions, or patterns in a scope"),
    ("acquits", "text", "Rules of one such group do not accuse what another of them explains"),
    ("regex", "text", "A regular expression over a block's text, instead of forms"),
    (
        "triggers",
        "texts",
        "Letters, in this case unless the expression has (?i), of which a block must have one before it is tried",
    ),
    ("of", "one-or-many", "Calendar, agree, block: of what; pattern: the kinds of block that it is looked for in"),
    ("same", "text", "Agree: what makes mentions one thing"),
    ("differ", "text", "Agree: in what they must not differ"),
    ("evidence", "weights", "Agree: named weights"),
    ("at-least", "number", "Agree: the sum of weights that a finding needs"),
    ("table", "text", "Table: which table"),
];

const REQUIRED: [&str; 7] = ["id", "title", "severity", "kind", "message", "explain", "examples"];

/// The schema, as JSON Schema 2020-12.
pub fn schema() -> Value {
    let mut properties = Map::new();
    for (name, kind, what) in KEYS {
        let mut property = of_type(kind);
        property["description"] = (*what).into();
        properties.insert((*name).to_owned(), property);
    }
    let kinds: Vec<String> = Kind::ALL.iter().map(|kind| format!("{}: {}", kind.word(), kind.what())).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of factlint",
        "description": "One rule a file, named by its id. The kinds of slot are — ".to_owned() + &kinds.join("; "),
        "type": "object",
        "additionalProperties": false,
        "required": REQUIRED,
        "properties": properties,
    })
}

fn of_type(kind: &str) -> Value {
    let scalar = json!({"type": ["string", "number", "boolean"]});
    let text = json!({"type": "string"});
    let texts = json!({"type": "array", "items": {"type": "string"}});
    match kind {
        "integer" | "number" | "boolean" => json!({"type": kind}),
        "id" => json!({"type": "string", "pattern": "^[a-z0-9-]+$"}),
        "severity" => json!({"enum": ["note", "warning", "error"]}),
        "kind" => json!({"enum": ["pattern", "calendar", "agree", "table", "block"]}),
        "texts" => texts,
        "one-or-many" => json!({"oneOf": [text, texts]}),
        "map" => json!({"type": "object", "additionalProperties": scalar}),
        "weights" => json!({"type": "object", "additionalProperties": {"type": "number"}}),
        "guards" => {
            let scope = json!({
                "type": "object",
                "propertyNames": {
                    "enum": ["before", "after", "inside", "sentence", "earlier", "later", "paragraph", "document"]
                },
                "additionalProperties": text,
            });
            json!({"oneOf": [text, scope, {"type": "array", "items": {"oneOf": [text, scope]}}]})
        }
        "fixes" => json!({"type": "array", "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["title", "replace"],
            "properties": {
                "title": text,
                "safe": {"type": "boolean", "description": "It can change no fact, no name and no quoted word"},
                "replace": {"type": "object", "additionalProperties": text,
                    "description": "Slot, or match for the whole → its new words"},
                "if": {"type": "string", "description": "Offered only if this holds"},
            },
        }}),
        "examples" => json!({"type": "array", "items": {"oneOf": [text, {
            "type": "object",
            "additionalProperties": false,
            "required": ["text"],
            "properties": {
                "text": text,
                "lang": text,
                "date": {"type": "string", "description": "The publication date, YYYY-MM-DD"},
                "format": {"enum": ["text", "markdown", "html"]},
                "message": text,
                "labels": texts,
                "fixed": text,
                "options": {"type": "object", "additionalProperties": false,
                    "description": "The configuration that it is checked under",
                    "properties": {"dates": {"enum": ["mdy", "dmy"]}, "dialect": {"enum": ["en-US", "en-GB"]}, "house": text}},
            },
        }]}}),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use factlint_rules::rule::RuleFile;
    use factlint_rules::yaml::File;

    /// The keys that the reader names when it meets one that it does not know.
    fn known_to_reader(text: &str) -> Vec<String> {
        let options = serde_yaml::options! { with_snippet: false };
        let error = serde_yaml::from_str_with_options::<RuleFile>(text, options).expect_err("a key is unknown");
        let error = error.to_string();
        let list =
            error.split("expected one of ").nth(1).expect("it lists the keys").lines().next().unwrap_or_default();
        let list = list.split(" at line").next().unwrap_or_default();
        let mut keys: Vec<String> = list.split(", ").map(|key| key.trim_matches('`').trim().to_owned()).collect();
        keys.sort();
        keys
    }

    fn sorted(mut keys: Vec<String>) -> Vec<String> {
        keys.sort();
        keys
    }

    #[test]
    fn it_has_the_keys_that_are_read() {
        let ours = sorted(KEYS.iter().map(|(name, ..)| (*name).to_owned()).collect());
        assert_eq!(ours, known_to_reader("no-such-key: 1\n"), "add new keys to KEYS in this file");
        let example = &schema()["properties"]["examples"]["items"]["oneOf"][1]["properties"];
        assert!(example.as_object().is_some_and(|keys| keys.contains_key("fixed")));
    }

    #[test]
    fn the_required_keys_are_those_that_the_reader_misses() {
        let full = "id: a\ntitle: t\nseverity: note\nkind: calendar\nmessage: m\nexplain: e\nexamples: []\n";
        assert!(File { path: "<a>", text: full }.parse::<RuleFile>().is_ok());
        for key in REQUIRED {
            let less: Vec<&str> = full.lines().filter(|line| !line.starts_with(key)).collect();
            let less = less.join(
                "
",
            );
            assert!(File { path: "<a>", text: &less }.parse::<RuleFile>().is_err(), "{key}");
        }
    }
}
