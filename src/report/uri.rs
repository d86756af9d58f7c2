//! The address of a draft in reports that want URIs: relative paths stay relative, so that a code host finds the file.

/// The URI reference of a path.
pub(super) fn uri(path: &str) -> String {
    let path = portable(path);
    let mut uri = String::new();
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || drive {
        uri.push_str(if drive { "file:///" } else { "file://" });
    }
    for (at, byte) in path.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) || (drive && at == 1) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// A path with `/` between its parts, and without `./` before it.
pub(super) fn portable(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    match path.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.trim_start_matches('/').to_owned(),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_stay_relative_and_odd_characters_are_escaped() {
        assert_eq!(uri("./drafts/a b#1?.md"), "drafts/a%20b%231%3F.md");
        assert_eq!(uri("żółw:1.md"), "%C5%BC%C3%B3%C5%82w%3A1.md");
        assert_eq!(uri("/news/100%.md"), "file:///news/100%25.md");
        assert_eq!(uri("C:/a.md"), "file:///C:/a.md");
        assert_eq!((uri("-"), uri("./")), ("-".into(), "./".into()));
    }
}
