//! Every example of every embedded rule is a test of its own; one that is right is checked against all rules.
//!
//! `cargo test --test rules percent-of` runs those of one rule.

use std::collections::HashSet;
use std::sync::Arc;

use factlint::linter::Linter;
use factlint::rules::{embedded, embedded_pages, examples};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let args = Arguments::from_args();
    let pack = embedded();
    // A regular expression that one example has had compiled is not sieved in the next: each of theirs has a linter of its own.
    let sieved: HashSet<String> =
        pack.rules.iter().filter(|rule| !rule.triggers.letters.is_empty()).map(|rule| rule.id.clone()).collect();
    let linter = Arc::new(Linter::new(pack));
    let pages = Arc::new(embedded_pages());
    let mut trials = Vec::new();
    for (at, page) in pages.pages.iter().enumerate() {
        for (nth, case) in examples::cases(page).enumerate() {
            let (linter, pages) = (linter.clone(), pages.clone());
            let alone = sieved.contains(&page.id);
            trials.push(Trial::test(case.name(), move || {
                let page = &pages.pages[at];
                let case = examples::cases(page).nth(nth).ok_or("the example is gone")?;
                let own = alone.then(|| Linter::new(embedded()));
                let failures: Vec<String> = case
                    .run(own.as_ref().unwrap_or(&linter))
                    .into_iter()
                    .map(|failure| {
                        format!("{}:{}: {}: {}", page.path, case.example.line, failure.kind, failure.message)
                    })
                    .collect();
                if failures.is_empty() { Ok(()) } else { Err(Failed::from(failures.join("\n"))) }
            }));
        }
        let (wrong, right) = (
            page.examples.iter().filter(|example| !example.marks.is_empty()).count(),
            page.examples.iter().filter(|example| example.marks.is_empty()).count(),
        );
        let (id, path) = (page.id.clone(), page.path.clone());
        trials.push(Trial::test(format!("{id}/enough examples"), move || {
            if wrong >= 3 && right >= 5 {
                Ok(())
            } else {
                let message = format!("{path}: {wrong} wrong and {right} right examples; it needs 3 and 5 at least");
                Err(Failed::from(message))
            }
        }));
    }
    libtest_mimic::run(&args, trials).exit();
}
