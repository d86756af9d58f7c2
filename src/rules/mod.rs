//! The rules that are embedded in the binary, those that a user adds, and the tests that all of them carry.

pub mod coverage;
pub mod examples;
mod handbook;
mod reference;
mod schema;

pub use handbook::Handbook;
pub use reference::{GENERATED, fix_titles, reference};
pub use schema::schema;

use std::path::PathBuf;

use factlint_rules::pack::{Parts, read_folder};
use factlint_rules::{Pack, Pages, RuleError};

/// The embedded rules, lexicons and tables.
pub fn embedded() -> Pack {
    Pack::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/pack.bin")))
        .expect("the build script wrote it with this code")
}

/// The embedded rules' pages.
pub fn embedded_pages() -> Pages {
    Pages::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/pages.bin")))
        .expect("the build script wrote it with this code")
}

/// What a user's rule files and folders give.
#[derive(Debug, Default)]
pub struct Added {
    /// Rules, lexicons and tables.
    pub parts: Parts,
    /// The rules' pages.
    pub pages: Pages,
    /// Files that are broken, and left out.
    pub errors: Vec<RuleError>,
    /// Paths that cannot be read, and why.
    pub unreadable: Vec<(PathBuf, std::io::Error)>,
}

/// Reads rule files and folders; what is broken is left out, and told.
pub fn read(paths: &[PathBuf]) -> Added {
    let mut added = Added::default();
    for path in paths {
        match read_folder(path) {
            Ok(files) => {
                let (parts, pages, errors) = Parts::compile(&files);
                added.parts.extend(parts);
                added.pages.extend(pages);
                added.errors.extend(errors);
            }
            Err(error) => added.unreadable.push((path.clone(), error)),
        }
    }
    added
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_embedded_expression_has_a_sieve() {
        use factlint_rules::check::Check;

        let pack = super::embedded();
        let bare = pack.rules.iter().filter(|rule| match &*rule.check {
            Check::Regex(check) => check.sieve.is_empty(),
            _ => false,
        });
        assert_eq!(
            bare.map(|rule| rule.id.as_str()).collect::<Vec<_>>(),
            [""; 0],
            "too large: split the rule, or write less into it"
        );
    }
}
