//! Compiles `rules/` with the same code that loads a user's rules, so that the binary loads them without parsing.

use std::path::Path;

use factlint_rules::pack::{Pack, Parts, read_folder};

#[expect(clippy::print_stderr, reason = "cargo shows what a build script prints when it fails")]
fn main() {
    println!("cargo::rerun-if-changed=rules");
    let files = read_folder(Path::new("rules")).expect("rules/ can be read");
    let (parts, pages, errors) = Parts::compile(&files);
    let mut pack = Pack::from(parts);
    let errors = [errors, pack.misnamed(&pages)].concat();
    for error in &errors {
        eprintln!("{:?}", miette::Report::new(error.clone()));
    }
    assert!(errors.is_empty(), "{} faults in the rule files; see above", errors.len());
    pack.index(&pages);
    pack.add_sieves();
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("pack.bin"), pack.to_bytes()).expect("OUT_DIR can be written");
    std::fs::write(Path::new(&out).join("pages.bin"), pages.to_bytes()).expect("OUT_DIR can be written");
}
