//! `factlint house learn`: reads drafts, and proposes the newsroom's own facts from them.

use std::io::{self, Write};
use std::path::Path;

use super::Verdict;
use super::args::{HouseArgs, HouseCommand};
use super::check::format_of;
use super::inputs::collect;
use super::rules::tell;
use super::setup::{Setups, reason};
use crate::config::Learner;
use crate::report::Trouble;
use crate::source::Source;

pub fn run(args: &HouseArgs, out: &mut dyn Write) -> io::Result<Verdict> {
    let HouseCommand::Learn { paths, at_least, source } = &args.command;
    let mut setups = Setups::new(source, None);
    let (inputs, mut troubles) = collect(paths, Path::new("-"), &mut setups);
    let mut learner = Learner::default();
    for input in inputs {
        let Some(path) = &input.path else {
            troubles.push(Trouble::new(&input.shown, "drafts to learn from are files and folders"));
            continue;
        };
        let read = std::fs::read(path).map_err(|error| format!("cannot be read: {}", reason(&error)));
        match read.and_then(|bytes| Source::decode(&input.shown, bytes).map_err(|error| error.to_string())) {
            Ok(draft) => {
                let setup = setups.of(&input.absolute);
                let settings = setup.settings_for(&input.absolute).0;
                setup.linter.read(&draft, format_of(&input.absolute), &settings, |draft| learner.read(draft));
            }
            Err(why) => troubles.push(Trouble::new(&input.shown, why)),
        }
    }
    troubles.append(&mut setups.troubles);
    tell(&troubles)?;
    write!(out, "{}", learner.section(usize::from(at_least.get())))?;
    Ok(if troubles.is_empty() { Verdict::Clean } else { Verdict::Failed })
}
