//! Validates SARIF files with the official schema of SARIF 2.1.0 and with the types of `serde-sarif`, which ships it; and
//! reports for GitLab and reviewdog with schemas of our own, made from what their documentation asks for.
//!
//! A package of its own, outside the workspace: it needs more than all the rest, and only `tests/schemas.sh` needs it.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use jsonschema::Validator;
use serde_json::Value;

fn main() -> ExitCode {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is one");
    let mut failed = 0;
    let paths: Vec<String> = std::env::args().skip(1).collect();
    for path in &paths {
        if let Some(name) = ["gitlab", "rdjson"].into_iter().find(|name| path.ends_with(&format!(".{name}"))) {
            failed += usize::from(!documented(name, path));
            continue;
        }
        let text = std::fs::read_to_string(path).expect("the file can be read");
        let log: Value = serde_json::from_str(&text).expect("it is JSON");
        let errors = errors(&validator, &log);
        for error in &errors {
            println!("{path}: {error}");
        }
        // One that holds everything for valid would let each of these through.
        for wrong in spoiled(&log) {
            assert!(!validator.is_valid(&wrong), "{path}: the validator lets errors through");
        }
        failed += usize::from(!errors.is_empty());
    }
    println!("{} passed, {failed} failed", paths.len() - failed);
    if failed > 0 || paths.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Holds a report against what its reader's documentation asks for, in `gitlab.json` or `rdjson.json` beside this.
fn documented(name: &str, path: &str) -> bool {
    let read = |path: &str| -> Value {
        serde_json::from_str(&std::fs::read_to_string(path).expect("the file can be read")).expect("it is JSON")
    };
    let schema = read(&format!("{}/{name}.json", env!("CARGO_MANIFEST_DIR")));
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let report = read(path);
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|error| format!("{path}: {}: {error}", error.instance_path())).collect();
    for error in &errors {
        println!("{error}");
    }
    for pointer in ["/0/severity", "/0/location/positions/begin/line", "/diagnostics/0/severity", "/source/name"] {
        let mut wrong = report.clone();
        if let Some(place) = wrong.pointer_mut(pointer) {
            *place = Value::from(0);
            assert!(!validator.is_valid(&wrong), "{path}: the validator lets a wrong {pointer} through");
        }
    }
    errors.is_empty()
}

fn errors(validator: &Validator, log: &Value) -> Vec<String> {
    let mut errors: Vec<String> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    if let Err(error) = serde_json::from_value::<serde_sarif::sarif::Sarif>(log.clone()) {
        errors.push(format!("as serde-sarif reads it: {error}"));
    }
    errors
}

/// The log with an error each.
fn spoiled(log: &Value) -> Vec<Value> {
    let with = |pointer: &str, value: Value| {
        let mut wrong = log.clone();
        wrong.pointer_mut(pointer).map(|place| *place = value).map(|()| wrong)
    };
    let wrong = [
        with("/version", "9".into()),
        with("/runs/0/tool", Value::Null),
        with("/runs/0/results/0/level", "fatal".into()),
        with("/runs/0/results/0/locations/0/physicalLocation/region/startLine", 0.into()),
    ];
    wrong.into_iter().flatten().collect()
}

/// The official schema, from where cargo keeps the package that ships it.
fn schema() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path", manifest])
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    let package = metadata["packages"]
        .as_array()
        .and_then(|all| all.iter().find(|package| package["name"] == "serde-sarif"))
        .expect("it is a dependency");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    let text = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).expect("it ships it");
    let mut schema: Value = serde_json::from_str(&text).expect("it is JSON");
    // Two patterns have a stray bracket, and are no regular expressions to a strict reader.
    for part in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][part]["properties"]["language"]["pattern"];
        assert!(language.as_str().is_some_and(|pattern| pattern.ends_with("]?$")), "the stray bracket is gone");
        *language = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$".into();
    }
    schema
}
