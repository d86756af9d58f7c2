//! What rules name that stands outside their own files: other rules and their classes, languages, tables, words of lexicons.
//!
//! A rule file is read by itself, so these names are looked up when all rules, lexicons and tables are together. A name that
//! nothing answers to would be silence: a class of findings that no one asks for, a guard that never holds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::Check;
use crate::error::RuleError;
use crate::expr::{Expr, Op};
use crate::pack::{Pack, Pages, Parts, Words};
use crate::registry::nearest;
use crate::rule::{Page, Rule};
use crate::yaml::word_in;

/// The table that a configuration's `house:` becomes.
const HOUSE: &str = "house";
/// What a language is called that is not known.
const UNDETERMINED: &str = "und";
/// What figures measure that is no unit.
const DIMENSIONS: [&str; 9] = ["age", "count", "fraction", "money", "multiple", "ordinal", "percent", "points", "time"];
/// The classes whose values are units and currencies.
const UNITS: [&str; 3] = ["currency", "currency-sign", "time-unit"];
/// More names than that are not listed.
const LISTED: usize = 24;

impl Pack {
    /// The names that nothing answers to, of the rules that these pages are of, each with its place.
    pub fn misnamed(&self, pages: &Pages) -> Vec<RuleError> {
        if pages.pages.is_empty() {
            return Vec::new();
        }
        let known = Known::of(self);
        let mut errors = Vec::new();
        for page in &pages.pages {
            if let Some(rule) = self.rule(&page.id) {
                let mut names = Names { known: &known, page, errors: &mut errors };
                names.of_rule(rule);
                names.of_patterns(rule);
                rule.for_each_expr(&mut |expr| expr.for_each(&mut |expr| names.of_expr(expr)));
            }
        }
        errors
    }
}

impl Pack {
    /// The classes of lexicons and the tables that are about to be added and that nothing asks for, each with its place. What
    /// the readers of mentions ask for, the lexicons of the pack have.
    pub fn unasked(&self, parts: &Parts) -> Vec<RuleError> {
        let mut asked = BTreeSet::new();
        for rule in &parts.rules {
            let mut classes = Vec::new();
            rule.check.patterns().for_each(|pattern| pattern.classes(&mut classes));
            rule.for_each_expr(&mut |expr| crate::expr::classes(expr, &mut classes));
            asked.extend(classes);
            match &*rule.check {
                Check::Table(check) => _ = asked.insert(check.table.clone()),
                Check::Agree(check) => _ = asked.insert(check.of.trim_matches(['<', '>']).to_owned()),
                _ => {}
            }
            rule.for_each_expr(&mut |expr| {
                expr.for_each(&mut |expr| {
                    if let Expr::Call(_, arguments) = expr
                        && let Some(Expr::Text(table)) = arguments.first()
                    {
                        asked.insert(table.clone());
                    }
                });
            });
        }
        let tables: BTreeSet<&str> = self.tables.iter().map(|table| table.name.as_str()).collect();
        let mut errors = Vec::new();
        for Words { file, table, classes } in &parts.words {
            let mut tell = |name: &str, message: String, help: Option<String>| {
                let place = word_in(&file.text, 0, name).unwrap_or(0..0);
                errors.push(RuleError::new(&file.path, &file.text, place, message, help));
            };
            for name in classes.iter().filter(|name| self.classes.id(name).is_none() && !asked.contains(*name)) {
                let help = nearest(name, self.classes.names().filter(|name| !name.starts_with('\'')))
                    .or_else(|| Some(format!("a rule asks for it with <{name}>")));
                tell(name, format!("no rule asks for the class “{name}”"), help);
            }
            if let Some(name) = table.as_deref().filter(|name| !tables.contains(name) && !asked.contains(*name)) {
                let help = one_of(name, tables.clone(), "tables that rules ask are");
                tell(name, format!("no rule asks for the table “{name}”"), help);
            }
        }
        errors
    }
}

/// What can be named.
struct Known<'p> {
    pack: &'p Pack,
    /// Classes of findings.
    classes: BTreeSet<&'p str>,
    /// Classes of words that some language fills.
    filled: BTreeSet<&'p str>,
    /// How many rules are of each group of acquittal.
    acquits: BTreeMap<&'p str, usize>,
}

impl<'p> Known<'p> {
    fn of(pack: &'p Pack) -> Known<'p> {
        let mut acquits = BTreeMap::new();
        for group in pack.rules.iter().filter_map(|rule| rule.check.pattern()?.acquits.as_deref()) {
            *acquits.entry(group).or_default() += 1;
        }
        // Words that rules have letter for letter are classes as well.
        let names = pack.lexicons.iter().flat_map(|lexicon| lexicon.class_names(&pack.classes));
        Known {
            pack,
            classes: pack.rules.iter().map(|rule| rule.class.as_str()).collect(),
            filled: names.filter(|name| !name.starts_with('\'')).collect(),
            acquits,
        }
    }

    /// The values that a class has in any language.
    fn values(&self, class: &str) -> BTreeSet<&'p str> {
        let entries = |lexicon: &'p crate::lexicon::Lexicon| lexicon.entries(class, &self.pack.classes);
        self.pack.lexicons.iter().flat_map(entries).map(|(value, _)| value).collect()
    }

    /// What stands in a column of a table.
    fn cells(&self, table: &str, column: &str) -> BTreeSet<&'p str> {
        let tables = self.pack.tables.iter().filter(|other| other.name == table);
        let columns = tables.filter_map(|table| Some((table, table.column(column)?)));
        columns.flat_map(|(table, at)| table.rows.iter().map(move |row| row[at].as_str())).collect()
    }

    /// The columns of a table; `None` if there is no such table.
    fn columns(&self, table: &str) -> Option<BTreeSet<&'p str>> {
        let mut tables = self.pack.tables.iter().filter(|other| other.name == table).peekable();
        tables.peek()?;
        Some(tables.flat_map(|table| table.columns.iter().map(String::as_str)).collect())
    }
}

/// The names of one rule.
struct Names<'k, 'p> {
    known: &'k Known<'p>,
    page: &'k Page,
    errors: &'k mut Vec<RuleError>,
}

impl Names<'_, '_> {
    /// What its keys name.
    fn of_rule(&mut self, rule: &Rule) {
        let pack = self.known.pack;
        for name in &rule.over {
            if let Some(meant) = pack.unknown(name) {
                let help = meant.unwrap_or_else(|| "“over” names rules, by their ids, classes or groups".to_owned());
                self.refuse("over", name, format!("no rule, class or group is called “{name}”"), Some(help));
            }
        }
        for name in rule.also.iter().filter(|name| !self.known.classes.contains(name.as_str())) {
            let class = pack.rules.iter().find(|rule| rule.answers_to(name)).map(|rule| &rule.class);
            let help = match class {
                Some(class) => Some(format!("“also” names classes; the class of {name} is {class}")),
                None => nearest(name, self.known.classes.iter().copied())
                    .or_else(|| Some("a class is what rules name with “class”, or their ids".to_owned())),
            };
            self.refuse("also", name, format!("no rule is of the class “{name}”"), help);
        }
        if let Some(group) = rule.check.pattern().and_then(|check| check.acquits.as_deref())
            && self.known.acquits.get(group).is_none_or(|rules| *rules < 2)
        {
            let others = || self.known.acquits.keys().copied().filter(|other| *other != group);
            let help = one_of(group, others().collect(), "groups of other rules are");
            self.refuse("acquits", group, format!("no other rule acquits “{group}”"), help);
        }
        for code in &rule.languages {
            if let Some(help) = pack.unknown_language(code) {
                self.refuse("languages", code, format!("no language is called “{code}”"), Some(help));
            }
        }
        for example in self.page.examples.iter().filter(|example| example.lang != UNDETERMINED) {
            if let Some(help) = pack.unknown_language(&example.lang) {
                let text = &self.page.yaml;
                let line: usize = text.split_inclusive('\n').take(example.line.saturating_sub(1)).map(str::len).sum();
                let place = word_in(text, line, &example.lang).unwrap_or(line..line);
                let message = format!("no language is called “{}”", example.lang);
                self.refuse_at(place, message, Some(help));
            }
        }
        if let Check::Table(check) = &*rule.check {
            self.table("table", &check.table);
        }
        if let Check::Agree(check) = &*rule.check
            && let Some(class) = check.of.strip_prefix('<').and_then(|of| of.strip_suffix('>'))
        {
            self.class(class);
        }
    }

    /// The classes of words that its patterns name.
    fn of_patterns(&mut self, rule: &Rule) {
        let mut classes = Vec::new();
        rule.check.patterns().for_each(|pattern| pattern.classes(&mut classes));
        for class in &classes {
            self.class(class);
        }
    }

    /// What an expression names, apart from those inside it.
    fn of_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Class(class) => self.class(class),
            Expr::Call(name, arguments) => match (name.as_str(), &arguments[..]) {
                ("table-date", [Expr::Text(table)]) => self.table("", table),
                ("listed" | "cell", [Expr::Text(table), Expr::Text(key), _, rest @ ..]) => {
                    self.table("", table);
                    self.columns(table, key);
                    if let [Expr::Text(columns), ..] = rest {
                        self.columns(table, columns);
                    }
                }
                ("phrase", [Expr::Text(value), Expr::Class(class)]) => self.value(class, value),
                _ => {}
            },
            Expr::Binary(Op::Equal | Op::NotEqual, left, right) => match (&**left, &**right) {
                (of, Expr::Text(text)) | (Expr::Text(text), of) if !text.is_empty() => self.compared(of, text),
                _ => {}
            },
            _ => {}
        }
    }

    /// What is compared with a text: has it such a value?
    fn compared(&mut self, of: &Expr, text: &str) {
        let pack = self.known.pack;
        match of {
            Expr::Call(name, arguments) if name == "value" => {
                if let [_, Expr::Class(class)] = &arguments[..] {
                    self.value(class, text);
                }
            }
            Expr::Field(_, name) if name == "language" => {
                if let Some(help) = pack.unknown_language(text) {
                    self.refuse("", text, format!("no language is called “{text}”"), Some(help));
                }
            }
            Expr::Field(_, name) if name == "dimension" => {
                let mut known = self.known.cells("units", "dimension");
                known.extend(DIMENSIONS);
                self.one("dimension", text, known);
            }
            Expr::Field(_, name) if name == "unit" => {
                let mut known = self.known.cells("units", "id");
                known.extend(UNITS.iter().flat_map(|class| self.known.values(class)));
                self.one("unit", text, known);
            }
            _ => {}
        }
    }

    fn one(&mut self, what: &str, text: &str, known: BTreeSet<&str>) {
        if !known.contains(text) {
            let help = one_of(text, known, &format!("{what}s are"));
            self.refuse("", text, format!("there is no {what} “{text}”"), help);
        }
    }

    /// A class of words.
    fn class(&mut self, name: &str) {
        if !self.known.filled.contains(name) {
            let help = nearest(name, self.known.filled.iter().copied())
                .or_else(|| Some("fill it in a lexicon file: language: en, classes: …".to_owned()));
            let place = word_in(&self.page.yaml, 0, &format!("<{name}>"));
            self.refuse_at(place.unwrap_or(0..0), format!("no language fills the class <{name}>"), help);
        }
    }

    /// A value of a class; a class that none is known of is told by itself.
    fn value(&mut self, class: &str, value: &str) {
        let known = self.known.values(class);
        if !known.is_empty() && !known.contains(value) {
            let help = one_of(value, known, "its values are");
            self.refuse("", value, format!("the class <{class}> has no value “{value}”"), help);
        }
    }

    /// A table, by its name.
    fn table(&mut self, key: &str, name: &str) {
        let tables: BTreeSet<&str> = self.known.pack.tables.iter().map(|table| table.name.as_str()).collect();
        if !tables.contains(name) && name != HOUSE {
            let help = one_of(name, tables, "tables are");
            self.refuse(key, name, format!("there is no table “{name}”"), help);
        }
    }

    /// Columns of a table: `city|aliases`.
    fn columns(&mut self, table: &str, names: &str) {
        let Some(known) = self.known.columns(table) else { return };
        for name in names.split('|').filter(|name| !known.contains(name)) {
            let help = one_of(name, known.clone(), "its columns are");
            self.refuse("", name, format!("{table} has no column “{name}”"), help);
        }
    }

    fn refuse(&mut self, key: &str, name: &str, message: String, help: Option<String>) {
        self.refuse_at(place(&self.page.yaml, key, name), message, help);
    }

    /// Once a place, however often the rule's expressions have the name.
    fn refuse_at(&mut self, place: Range<usize>, message: String, help: Option<String>) {
        let error = RuleError::new(&self.page.path, &self.page.yaml, place, message, help);
        let same = |other: &RuleError| other.span == error.span && other.path == error.path;
        if !self.errors.iter().any(same) {
            self.errors.push(error);
        }
    }
}

/// The name that is perhaps meant; else those that there are, if they are few.
fn one_of(name: &str, known: BTreeSet<&str>, all: &str) -> Option<String> {
    let listed = || known.iter().copied().filter(|name| !name.is_empty()).collect::<Vec<_>>();
    nearest(name, known.iter().copied())
        .or_else(|| (!known.is_empty() && known.len() <= LISTED).then(|| format!("{all} {}", listed().join(", "))))
}

/// Where a key of a rule's file says the name; where it stands first, if the name is of no key.
fn place(yaml: &str, key: &str, name: &str) -> Range<usize> {
    let of_key = (!key.is_empty()).then(|| {
        let at = if yaml.starts_with(&format!("{key}:")) { Some(0) } else { yaml.find(&format!("\n{key}:")) };
        word_in(yaml, at?, name)
    });
    // A text of an expression stands in quotation marks, and the same word may stand in the rule's sentences before.
    let quoted = || {
        ['\'', '"', '|'].iter().find_map(|mark| {
            let found = word_in(yaml, 0, &format!("{mark}{name}"))?;
            Some(found.start + 1..found.end)
        })
    };
    of_key.flatten().or_else(quoted).or_else(|| word_in(yaml, 0, name)).unwrap_or(0..0)
}

#[cfg(test)]
mod tests {
    use crate::pack::{Pack, PackFile, Pages, Parts};

    const LEXICON: &str = "language: en\nclasses:\n  zog: [zog, zogs]\n  hue: {red: [red], blue: [blue]}\n";
    const TABLE: &str =
        "table: capitals\nsource: s\nlicence: l\ndate: 2020-01-01\ncolumns: [country, city]\nrows:\n- [XX, Zogville]\n";
    const OTHER: &str = "id: zog-other\nclass: zog\ntitle: T\nseverity: note\nkind: pattern\nmatch: \"<zog>\"\nacquits: zogs\nmessage: m\nexplain: e\nexamples: []\n";

    fn pack(rule: &str) -> (Pack, Pages) {
        let file = |path: &str, text: &str| PackFile { path: path.into(), text: text.into() };
        let built_in = [
            file("rules/languages/en/a.yaml", LEXICON),
            file("rules/tables/capitals.yaml", TABLE),
            file("rules/words/zog-other.yaml", OTHER),
        ];
        let (parts, _, errors) = Parts::compile(&built_in);
        assert!(errors.is_empty(), "{errors:?}");
        let mut pack = Pack::from(parts);
        let (parts, pages, errors) = Parts::compile(&[file("house/mine.yaml", rule)]);
        assert!(errors.is_empty(), "{errors:?}");
        pack.extend(parts);
        (pack, pages)
    }

    fn rule(more: &str) -> String {
        format!(
            "id: mine\ntitle: T\nseverity: note\nkind: pattern\nmatch: \"{{x:<hue>}} <zog>\"\nmessage: m\nexplain: e\n{more}\nexamples: []\n"
        )
    }

    #[test]
    fn names_that_nothing_answers_to_are_refused_with_their_place() {
        for (more, column, message, help) in [
            ("over: [zog-othr]", 8, "no rule, class or group is called “zog-othr”", "did you mean “zog-other”?"),
            ("over:\n- wurds", 3, "no rule, class or group is called “wurds”", "did you mean “words”?"),
            ("also: [zug]", 8, "no rule is of the class “zug”", "did you mean “zog”?"),
            ("also: [zog, zog-other]", 13, "no rule is of the class “zog-other”", "the class of zog-other is zog"),
            ("acquits: zog", 10, "no other rule acquits “zog”", "did you mean “zogs”?"),
            ("languages: [en, xx]", 17, "no language is called “xx”", "languages are en"),
            ("where: is(x, <huge>)", 14, "no language fills the class <huge>", "did you mean “hue”?"),
            ("unless: {after: \"<zag>\"}", 18, "no language fills the class <zag>", "did you mean “zog”?"),
            ("help: \"{phrase('rid', <hue>)}\"", 17, "the class <hue> has no value “rid”", "did you mean “red”?"),
            (
                "where: value(x, <hue>) == 'green'",
                28,
                "the class <hue> has no value “green”",
                "its values are blue, red",
            ),
            ("where: cell('capitol', 'country', x, 'city') == x", 14, "there is no table “capitol”", "“capitals”"),
            (
                "where: cell('capitals', 'country', x, 'town') == x",
                40,
                "capitals has no column “town”",
                "city, country",
            ),
            (
                "where: listed('capitals', 'country', x, 'country|sity', x)",
                50,
                "capitals has no column “sity”",
                "“city”",
            ),
            ("where: document.language == 'xx'", 30, "no language is called “xx”", "languages are en"),
        ] {
            let (pack, pages) = pack(&rule(more));
            let errors = pack.misnamed(&pages);
            let [error] = &errors[..] else { panic!("{more}: {errors:?}") };
            let line = 7 + more.matches('\n').count() + 1;
            assert_eq!((error.message.as_str(), error.position()), (message, (line, column)), "{more}");
            assert!(error.help.as_deref().unwrap_or_default().contains(help), "{more}: {:?}", error.help);
        }
    }

    #[test]
    fn a_table_and_the_language_of_an_example_are_names_too() {
        let table = "id: mine\ntitle: T\nseverity: note\nkind: table\ntable: capital\nmatch: \"<zog>\"\nmessage: m\nexplain: e\nexamples:\n- {text: A zog., lang: xy}\n";
        let (pack, pages) = pack(table);
        let told: Vec<_> = pack.misnamed(&pages).into_iter().map(|error| (error.position(), error.message)).collect();
        let wanted =
            [((10, 24), "no language is called “xy”".to_owned()), ((5, 8), "there is no table “capital”".to_owned())];
        assert_eq!(told, wanted);
    }

    #[test]
    fn words_and_tables_that_nothing_asks_for_are_told() {
        let (pack, _) = pack(&rule(""));
        let file = |path: &str, text: String| PackFile { path: path.into(), text };
        let own = [
            file(
                "mine/languages/en/a.yaml",
                "language: en\nclasses:\n  zogg: [zago]\n  hue: {red: [ruby]}\n  own: [own]\n".into(),
            ),
            file("mine/tables/capitals.yaml", TABLE.replace("capitals", "capitols")),
            file("mine/own.yaml", rule("where: is(x, <own>)").replace("id: mine", "id: own")),
        ];
        let (parts, _, errors) = Parts::compile(&own);
        assert!(errors.is_empty(), "{errors:?}");
        let told: Vec<_> = pack
            .unasked(&parts)
            .into_iter()
            .map(|error| (error.message.clone(), error.position(), error.help))
            .collect();
        let meant = |name: &str| Some(format!("did you mean “{name}”?"));
        let wanted = [
            ("no rule asks for the class “zogg”".to_owned(), (3, 3), meant("zog")),
            ("no rule asks for the table “capitols”".to_owned(), (1, 8), meant("capitals")),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn a_rule_of_ones_own_may_bring_a_class_and_name_those_that_are_there() {
        let own = rule("over: [words, zog, mine]\nalso: [zog, mine]\nacquits: zogs\nwhere: value(x, <hue>) != 'red'");
        let (pack, pages) = pack(&own);
        assert_eq!(pack.misnamed(&pages).len(), 0);
    }
}
