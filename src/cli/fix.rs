//! `--fix` and `--diff`: applies safe fixes until none is left, and writes the file so that it is either as it was or
//! wholly mended.

use std::io::Write;
use std::path::Path;

use similar::TextDiff;

use super::check::{Task, check};
use super::setup::reason;
use crate::findings::{apply, safe_edits};
use crate::linter::Outcome;
use crate::source::Source;

/// A fix may make room for another; two that undo each other must end somewhere.
const ROUNDS: usize = 10;

/// A draft after its safe fixes.
pub struct Mended {
    pub source: Source,
    /// What remains.
    pub outcome: Outcome,
    pub fixes: usize,
}

/// Applies safe fixes until there is none.
pub fn mend(task: &Task, mut source: Source, mut outcome: Outcome) -> Mended {
    let mut fixes = 0;
    for _ in 0..ROUNDS {
        let (edits, count) = safe_edits(&outcome.findings);
        if count == 0 {
            break;
        }
        let text = apply(source.text(), &edits);
        if text == source.text() {
            break;
        }
        let mut next = Source::new(&*source.path, text);
        next.encoding = source.encoding;
        let Some(again) = check(task, &next) else { break };
        (source, outcome) = (next, again);
        fixes += count;
    }
    Mended { source, outcome, fixes }
}

/// What changed, as a unified diff.
pub fn diff(path: &str, old: &str, new: &str) -> Option<String> {
    if old == new {
        return None;
    }
    let diff = TextDiff::from_lines(old, new);
    Some(diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string())
}

/// Writes the mended text in place of the file, through a temporary file in the same folder. Says why not.
/// Gives what was written.
pub fn write(path: &Path, original: &[u8], source: &Source) -> Result<Vec<u8>, String> {
    let bytes = encode(source)?;
    replace(path, original, &bytes)?;
    Ok(bytes)
}

/// Why a file will not be replaced, if that can be told before it is tried.
pub fn refusal(path: &Path) -> Option<String> {
    let metadata = match std::fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return Some(reason(&error)),
    };
    if metadata.file_type().is_symlink() {
        return Some("it is a symbolic link; name the file that it points to".into());
    }
    metadata.permissions().readonly().then(|| "it is read-only".into())
}

/// Replaces a file that is still as it was read.
pub fn replace(path: &Path, original: &[u8], bytes: &[u8]) -> Result<(), String> {
    let why = |error: std::io::Error| reason(&error);
    if let Some(why) = refusal(path) {
        return Err(why);
    }
    let metadata = std::fs::symlink_metadata(path).map_err(why)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".factlint-").tempfile_in(folder).map_err(why)?;
    file.write_all(bytes).map_err(why)?;
    file.as_file().set_permissions(metadata.permissions()).map_err(why)?;
    file.as_file().sync_all().map_err(why)?;
    // As late as can be: what an editor saved meanwhile must not be lost.
    if std::fs::read(path).map_err(why)? != original {
        return Err("it was changed since it was read".into());
    }
    file.persist(path).map(|_| ()).map_err(|error| reason(&error.error))
}

/// The bytes of a text in the encoding that it was read from. Says why not.
pub fn encode(source: &Source) -> Result<Vec<u8>, String> {
    let text = source.text();
    match source.encoding.map(str::to_ascii_lowercase).as_deref() {
        None | Some("utf-8") => Ok(text.as_bytes().to_vec()),
        Some("utf-16le") => Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Some("utf-16be") => Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Some(_) => Err(format!("{} cannot be written", source.encoding.unwrap_or_default())),
    }
}
