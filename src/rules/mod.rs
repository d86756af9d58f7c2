//! The rules that are embedded in the binary, and those that a user adds.

use factlint_rules::{Pack, Pages};

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
