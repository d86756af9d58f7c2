//! Which drafts are read: the files named by hand, those in the folders that are walked, standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use rustc_hash::FxHashSet;

use super::setup::Setups;
use crate::config::EXTENSIONS;
use crate::report::Trouble;

/// A draft to read.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it is; `None` is standard input.
    pub path: Option<PathBuf>,
    /// A path that can be opened from here.
    pub shown: String,
    /// As it was given, or relative to the folder that was given.
    pub name: String,
    /// Absolute, for the configuration's patterns.
    pub absolute: PathBuf,
}

/// Finds the drafts. A file that is excluded is left out even if it is named by hand.
pub fn collect(paths: &[PathBuf], stdin_name: &Path, setups: &mut Setups) -> (Vec<Input>, Vec<Trouble>) {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let (mut inputs, mut troubles) = (Vec::new(), Vec::new());
    let folders = paths.iter().filter(|path| path.is_dir()).count();
    for path in paths {
        if path.as_os_str() == "-" {
            let name = text_of(stdin_name);
            let absolute = absolute(stdin_name);
            if !setups.excludes(&absolute) {
                inputs.push(Input { path: None, shown: name.clone(), name, absolute });
            }
        } else if path.is_dir() {
            walk(path, folders > 1, setups, &mut inputs, &mut troubles);
        } else {
            let absolute = absolute(path);
            if !setups.excludes(&absolute) {
                let name = text_of(path);
                inputs.push(Input { path: Some(path.clone()), shown: name.clone(), name, absolute });
            }
        }
    }
    let mut seen = FxHashSet::default();
    inputs.retain(|input| seen.insert((input.path.is_none(), input.absolute.clone())));
    inputs.sort_by(|a, b| a.shown.cmp(&b.shown));
    (inputs, troubles)
}

fn walk(folder: &Path, several: bool, setups: &mut Setups, inputs: &mut Vec<Input>, troubles: &mut Vec<Trouble>) {
    let mut any = false;
    let walker = WalkBuilder::new(folder).require_git(false).sort_by_file_path(Path::cmp).build();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                troubles.push(Trouble::new(text_of(folder), format!("cannot be walked: {error}")));
                any = true;
                continue;
            }
        };
        let path = entry.path();
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let absolute = absolute(path);
        if !is_draft(path, setups.extensions(&absolute)) {
            continue;
        }
        if is_report(path) {
            continue;
        }
        any = true;
        if setups.excludes(&absolute) {
            continue;
        }
        let shown = text_of(path.strip_prefix("./").unwrap_or(path));
        let name = if several { shown.clone() } else { text_of(path.strip_prefix(folder).unwrap_or(path)) };
        inputs.push(Input { path: Some(path.to_path_buf()), shown, name, absolute });
    }
    if !any {
        let mut trouble = Trouble::new(text_of(folder), "no drafts in this folder");
        trouble.help =
            Some(format!("drafts end in .{}; a file named by hand is read whatever its name", EXTENSIONS.join(", .")));
        troubles.push(trouble);
    }
}

/// Is a file in a walked folder a draft, by its name?
fn is_draft(path: &Path, extensions: &[String]) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().to_lowercase()) else { return false };
    let Some((stem, end)) = name.rsplit_once('.') else { return false };
    let known =
        if extensions.is_empty() { EXTENSIONS.contains(&end) } else { extensions.iter().any(|other| other == end) };
    let never = stem.starts_with("requirements") && end == "txt"
        || ["cmakelists.txt", "robots.txt"].contains(&name.as_str())
        || name.starts_with("license");
    known && !never
}

/// Is it a page that `--format html` wrote? It quotes the faults of a draft, and is none.
fn is_report(path: &Path) -> bool {
    let html = path.extension().is_some_and(|end| ["html", "htm"].iter().any(|html| end.eq_ignore_ascii_case(html)));
    let mut head = Vec::new();
    html && std::fs::File::open(path).is_ok_and(|file| file.take(1024).read_to_end(&mut head).is_ok())
        && String::from_utf8_lossy(&head).contains("<meta name=\"generator\" content=\"factlint ")
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).components().collect()
}

/// As it is printed: `/` between folders.
fn text_of(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walked_folder_gives_drafts_only() {
        let draft = |name: &str| is_draft(Path::new(name), &[]);
        assert!(draft("a/story.md") && draft("STORY.TXT") && draft("page.xhtml"));
        for name in ["requirements-dev.txt", "CMakeLists.txt", "robots.txt", "LICENSE.md", "a.rs", "README", ".md"] {
            assert!(!draft(name) || name == ".md", "{name}");
        }
        assert!(is_draft(Path::new("a.adoc"), &["adoc".into()]));
        assert!(!is_draft(Path::new("a.md"), &["adoc".into()]));
    }
}
