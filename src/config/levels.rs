//! `rules:` of a configuration: off, a severity, or a mapping with a severity.

use factlint_rules::Severity;
use factlint_rules::lexicon::Text;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

/// What a configuration says of a rule, class or group: `Some(None)` is off; `None` leaves it as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RuleSetting(pub Option<Option<Severity>>);

fn level<E: Error>(word: &str) -> Result<RuleSetting, E> {
    let severity = match word {
        "off" => None,
        "note" => Some(Severity::Note),
        "warning" => Some(Severity::Warning),
        "error" => Some(Severity::Error),
        _ => return Err(E::custom(format!("“{word}” is no severity: off, note, warning or error"))),
    };
    Ok(RuleSetting(Some(severity)))
}

impl<'de> Deserialize<'de> for RuleSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleSetting, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RuleSetting;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("off, note, warning, error, or a mapping with severity")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<RuleSetting, E> {
                level(word)
            }

            // `off` is a boolean to some readers of YAML.
            fn visit_bool<E: Error>(self, on: bool) -> Result<RuleSetting, E> {
                Ok(RuleSetting((!on).then_some(None)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuleSetting, A::Error> {
                let mut setting = RuleSetting::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "severity" => setting = level(&map.next_value::<Text>()?.0)?,
                        _ => return Err(A::Error::unknown_field(&key, &["severity"])),
                    }
                }
                Ok(setting)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}
