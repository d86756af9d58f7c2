//! `junit`: a test report, which every build server can show. A draft is a suite; each finding is a case of it that
//! fails, or passes with its words as output where it is less severe than what fails a run.

use std::io::{self, Write};

use factlint_rules::Severity;
use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

use super::{Draft, Report, Run, Trouble};
use crate::findings::Finding;

/// A test report.
#[derive(Clone, Copy, Debug)]
pub struct Junit {
    /// The least severe findings that fail (`--fail-on`).
    pub fails: Severity,
}

impl Report for Junit {
    fn write(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut suites = Suites::new("factlint");
        for draft in &run.drafts {
            suites.add_test_suite(self.suite(draft));
        }
        if !run.troubles.is_empty() {
            let mut suite = TestSuite::new("factlint");
            suite.add_test_cases(run.troubles.iter().map(broken));
            suites.add_test_suite(suite);
        }
        suites.serialize(&mut *out).map_err(io::Error::other)?;
        writeln!(out)
    }

    fn tells_troubles(&self) -> bool {
        true
    }
}

impl Junit {
    fn suite(self, draft: &Draft) -> TestSuite {
        let path = &*draft.source.path;
        let mut suite = TestSuite::new(path);
        if draft.outcome.findings.is_empty() {
            // A suite without a case would look as if nothing had run.
            let mut case = TestCase::new("no findings", TestCaseStatus::success());
            case.set_classname(path);
            suite.add_test_case(case);
        }
        suite.add_test_cases(draft.outcome.findings.iter().map(|finding| self.case(draft, finding)));
        suite
    }

    fn case(self, draft: &Draft, finding: &Finding) -> TestCase {
        let text = told(draft, finding);
        let fails = finding.severity >= self.fails;
        let status = if fails {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(&*finding.message).set_type(finding.severity.word()).set_description(&*text);
            status
        } else {
            TestCaseStatus::success()
        };
        let place = draft.source.position(finding.span.start());
        let mut case = TestCase::new(format!("{}: {}", finding.rule, finding.message), status);
        case.set_classname(&*draft.source.path);
        case.extra.insert("file".into(), draft.source.path.as_str().into());
        case.extra.insert("line".into(), place.line.to_string().into());
        if !fails {
            case.set_system_out(text);
        }
        case
    }
}

/// A finding in lines of text: its place, evidence and fixes.
fn told(draft: &Draft, finding: &Finding) -> String {
    let place = |offset: usize| {
        let place = draft.source.position(offset);
        format!("{}:{}:{}", draft.source.path, place.line, place.column)
    };
    let mut text = format!("{}: {}: {}", place(finding.span.start()), finding.severity.word(), finding.message);
    for label in finding.labels.iter().filter(|label| !label.text.is_empty()) {
        text.push_str(&format!("\n{}: {}", place(label.span.start()), label.text));
    }
    for fix in &finding.fixes {
        text.push_str(&format!("\nfix: {}", fix.title));
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("\n{help}"));
    }
    text
}

fn broken(trouble: &Trouble) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(&*trouble.message);
    if let Some(help) = &trouble.help {
        status.set_description(&**help);
    }
    let mut case = TestCase::new(&*trouble.path, status);
    case.set_classname("factlint");
    case.extra.insert("file".into(), trouble.path.as_str().into());
    if let Some((line, _)) = trouble.place {
        case.extra.insert("line".into(), line.to_string().into());
    }
    case
}
