//! `rules:` of a configuration: off, a severity, or a mapping with a severity and options.

use std::collections::BTreeMap;

use factlint_rules::lexicon::Text;
use factlint_rules::{Pack, Severity};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use crate::linter::Settings;

/// What a configuration says of a rule, class or group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleSetting {
    /// `Some(None)` is off; `None` leaves it as it is.
    pub level: Option<Option<Severity>>,
    /// Options of the rule.
    pub options: Vec<(String, String)>,
}

impl RuleSetting {
    /// Puts it into the settings. Options go to each rule that answers to the name.
    pub fn apply(&self, name: &str, settings: &mut Settings, pack: &Pack) {
        if let Some(level) = self.level {
            settings.levels.insert(name.to_owned(), level);
        }
        if !self.options.is_empty() {
            for rule in pack.rules.iter().filter(|rule| rule.answers_to(name)) {
                settings.options.entry(rule.id.clone()).or_default().extend(self.options.iter().cloned());
            }
        }
    }
}

fn level<E: Error>(word: &str) -> Result<Option<Severity>, E> {
    match word {
        "off" => Ok(None),
        "note" => Ok(Some(Severity::Note)),
        "warning" => Ok(Some(Severity::Warning)),
        "error" => Ok(Some(Severity::Error)),
        _ => Err(E::custom(format!("“{word}” is no severity: off, note, warning or error"))),
    }
}

impl<'de> Deserialize<'de> for RuleSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleSetting, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RuleSetting;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("off, note, warning, error, or a mapping with severity and options")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<RuleSetting, E> {
                Ok(RuleSetting { level: Some(level(word)?), options: Vec::new() })
            }

            // `off` is a boolean to some readers of YAML.
            fn visit_bool<E: Error>(self, on: bool) -> Result<RuleSetting, E> {
                Ok(RuleSetting { level: (!on).then_some(None), options: Vec::new() })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuleSetting, A::Error> {
                let mut setting = RuleSetting::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "severity" => setting.level = Some(level(&map.next_value::<Text>()?.0)?),
                        "options" => setting
                            .options
                            .extend(map.next_value::<BTreeMap<String, Text>>()?.into_iter().map(|(k, v)| (k, v.0))),
                        _ => setting.options.push((key, map.next_value::<Text>()?.0)),
                    }
                }
                Ok(setting)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}
