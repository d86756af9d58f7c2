//! What holds for a draft: the rules, the settings and the configuration that is nearest to it.
//!
//! Each configuration is read once, however many drafts it holds for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint_rules::pack::Parts;
use factlint_rules::{Pages, RuleError};
use rustc_hash::FxHashMap;

use super::args::{Common, RuleSource};
use crate::config::{Config, NAME};
use crate::findings::unknown;
use crate::linter::{Linter, Settings};
use crate::report::Trouble;
use crate::rules;

/// What holds for the drafts of one configuration.
#[derive(Debug)]
pub struct Setup {
    /// With the rules that the configuration includes.
    pub linter: Arc<Linter>,
    /// Flags, and what the configuration says where they are silent.
    pub settings: Settings,
    /// The configuration, if there is one.
    pub config: Option<Config>,
}

impl Setup {
    /// The settings for one draft: what the newsroom lets stand depends on its path. Also which of the
    /// configuration's stets these are.
    pub fn settings_for(&self, path: &Path) -> (Settings, Vec<usize>) {
        let mut settings = self.settings.clone();
        let mut which = Vec::new();
        for (at, stet) in self.config.iter().flat_map(|config| config.stets.iter().enumerate()) {
            if stet.holds_for(path) {
                settings.stets.push(stet.house());
                which.push(at);
            }
        }
        (settings, which)
    }
}

/// All configurations that were met so far.
pub struct Setups<'a> {
    source: &'a RuleSource,
    common: Option<&'a Common>,
    /// The configuration of a folder, once it has been looked for.
    folders: FxHashMap<PathBuf, Option<PathBuf>>,
    by_config: FxHashMap<Option<PathBuf>, Arc<Setup>>,
    /// The linter without any configuration's rules.
    plain: Option<Arc<Linter>>,
    added: Option<rules::Added>,
    /// The pages of rules that flags and configurations add.
    pub pages: Pages,
    /// What was broken, of rules and configurations.
    pub troubles: Vec<Trouble>,
}

impl<'a> Setups<'a> {
    pub fn new(source: &'a RuleSource, common: Option<&'a Common>) -> Setups<'a> {
        Setups {
            source,
            common,
            folders: FxHashMap::default(),
            by_config: FxHashMap::default(),
            plain: None,
            added: None,
            pages: Pages::default(),
            troubles: Vec::new(),
        }
    }

    /// What holds for a draft, by its absolute path.
    pub fn of(&mut self, path: &Path) -> Arc<Setup> {
        let config = self.config_of(path);
        if let Some(setup) = self.by_config.get(&config) {
            return setup.clone();
        }
        let setup = Arc::new(self.read(config.as_deref()));
        self.by_config.insert(config, setup.clone());
        setup
    }

    /// Is the draft left out?
    pub fn excludes(&mut self, path: &Path) -> bool {
        self.of(path).config.as_ref().is_some_and(|config| config.excludes(path))
    }

    /// The endings of drafts there; empty for the usual ones.
    pub fn extensions(&mut self, path: &Path) -> &[String] {
        let key = self.config_of(path);
        self.of(path);
        self.by_config.get(&key).and_then(|setup| setup.config.as_ref()).map_or(&[], |config| &config.extensions)
    }

    fn config_of(&mut self, path: &Path) -> Option<PathBuf> {
        if self.source.isolated {
            return None;
        }
        if let Some(config) = &self.source.config {
            return Some(std::path::absolute(config).unwrap_or_else(|_| config.clone()));
        }
        let folder = path.parent()?;
        if let Some(found) = self.folders.get(folder) {
            return found.clone();
        }
        let found = folder.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file());
        self.folders.insert(folder.to_path_buf(), found.clone());
        found
    }

    fn read(&mut self, path: Option<&Path>) -> Setup {
        let mut settings = Settings::default();
        let shown = path.map(shown).unwrap_or_default();
        let config = path.and_then(|path| match std::fs::read_to_string(path) {
            Ok(text) => match Config::read(path, &shown, &text) {
                Ok(config) => Some(config),
                Err(error) => {
                    self.troubles.push(broken(*error));
                    None
                }
            },
            Err(error) => {
                self.troubles.push(Trouble::new(shown.clone(), format!("cannot be read: {}", reason(&error))));
                None
            }
        });
        let linter = self.linter(config.as_ref(), &shown);
        if let Some(config) = &config {
            let errors = config.apply(&mut settings, linter.pack(), &shown);
            self.troubles.extend(errors.into_iter().map(broken));
        }
        if let Some(common) = self.common {
            settings.date = common.date;
            settings.language = common.lang.clone().filter(|code| linter.pack().unknown_language(code).is_none());
            settings.select.clone_from(&common.select);
            for name in &common.ignore {
                // A flag goes before what the configuration says of single rules of the group.
                let pack = linter.pack();
                settings.levels.retain(|level, _| {
                    !pack
                        .rules
                        .iter()
                        .any(|rule| rule.answers_to(name) && rule.answers_to(level) && level != &rule.group)
                });
                settings.levels.insert(name.clone(), None);
            }
        }
        Setup { linter, settings, config }
    }

    /// The embedded rules, with those of `--rules` and of the configuration.
    fn linter(&mut self, config: Option<&Config>, shown: &str) -> Arc<Linter> {
        let include: Vec<PathBuf> =
            config.map(|config| config.include.iter().map(|(path, _)| path.clone()).collect()).unwrap_or_default();
        let house = config.and_then(|config| config.house.as_ref());
        if include.is_empty()
            && house.is_none()
            && let Some(plain) = &self.plain
        {
            return plain.clone();
        }
        if self.added.is_none() {
            let mut added = rules::read(&self.source.rules);
            self.pages.extend(std::mem::take(&mut added.pages));
            self.troubles.extend(added.errors.iter().cloned().map(broken));
            for (path, error) in &added.unreadable {
                self.troubles.push(Trouble::new(path.to_string_lossy(), format!("cannot be read: {}", reason(error))));
            }
            self.added = Some(added);
        }
        let mut pack = rules::embedded();
        let mut parts = Parts::default();
        if !include.is_empty() {
            let included = rules::read(&include);
            self.troubles.extend(included.errors.into_iter().map(broken));
            for (path, error) in included.unreadable {
                let config = config.expect("only a configuration includes");
                let place = config.include.iter().find(|(other, _)| *other == path).map_or(0, |(_, place)| *place);
                let end = config.text[place..].find('\n').map_or(config.text.len(), |length| place + length);
                let message = format!("{} cannot be read: {}", path.to_string_lossy(), reason(&error));
                self.troubles.push(broken(RuleError::new(shown, &config.text, place..end, message, None)));
            }
            self.pages.extend(included.pages);
            parts.extend(included.parts);
        }
        if let Some(added) = &self.added {
            parts.extend(added.parts.clone());
        }
        self.troubles.extend(pack.unasked(&parts).into_iter().map(broken));
        pack.extend(parts.clone());
        let misnamed = pack.misnamed(&self.pages);
        if !misnamed.is_empty() {
            // They are left out as broken files are; a built-in rule that one would have replaced runs.
            let refused = self.pages.pages.iter().filter(|page| misnamed.iter().any(|error| error.path == page.path));
            let refused: Vec<&str> = refused.map(|page| page.id.as_str()).collect();
            parts.rules.retain(|rule| !refused.contains(&rule.id.as_str()));
            pack = rules::embedded();
            pack.extend(parts);
            self.troubles.extend(misnamed.into_iter().map(broken));
        }
        if let Some(house) = house {
            house.extend(&mut pack);
        }
        self.unknown_flags(&pack);
        let linter = Arc::new(Linter::new(pack));
        if include.is_empty() && house.is_none() {
            self.plain = Some(linter.clone());
        }
        linter
    }

    /// Tells what `--lang` names and no lexicon has, and names of `--select` and `--ignore` that no rule answers to, once.
    fn unknown_flags(&mut self, pack: &factlint_rules::Pack) {
        let Some(common) = self.common else { return };
        if let Some(trouble) = unknown_language(pack, common.lang.as_deref())
            && !self.troubles.iter().any(|other| other.message == trouble.message)
        {
            self.troubles.push(trouble);
        }
        for (flag, names) in [("--select", &common.select), ("--ignore", &common.ignore)] {
            for name in names {
                if let Some(help) = unknown(pack, name) {
                    let mut trouble = Trouble::new(flag, format!("no rule, class or group is called “{name}”"));
                    trouble.help = help;
                    if !self.troubles.iter().any(|other| other.message == trouble.message) {
                        self.troubles.push(trouble);
                    }
                }
            }
        }
    }
}

/// What is wrong with the language that `--lang` names, if anything.
pub fn unknown_language(pack: &factlint_rules::Pack, code: Option<&str>) -> Option<Trouble> {
    let help = pack.unknown_language(code?)?;
    let mut trouble = Trouble::new("--lang", format!("no language is called “{}”", code?));
    trouble.help = Some(help);
    Some(trouble)
}

/// A broken rule or configuration.
pub fn broken(error: RuleError) -> Trouble {
    Trouble {
        path: error.path.clone(),
        message: error.message.clone(),
        help: error.help.clone(),
        place: Some(error.position()),
        diagnostic: Some(Arc::new(error)),
    }
}

/// Why, in the system's words, without its number.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// A path as it is printed: relative to here, where it stands below.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_string_lossy().into_owned()
}
