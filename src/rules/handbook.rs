//! What people read of rules: explanations, and where a rule's page is on the web.

use factlint_rules::Pages;

/// The pages of all rules.
#[derive(Debug, Default)]
pub struct Handbook {
    pages: Pages,
    /// The ids of embedded rules, whose pages are on the web.
    published: Vec<String>,
}

impl Handbook {
    /// The embedded rules' pages, with those of a user's.
    pub fn new(added: Pages) -> Handbook {
        let mut pages = super::embedded_pages();
        let ours = |page: &factlint_rules::rule::Page| !added.pages.iter().any(|other| other.id == page.id);
        let published = pages.pages.iter().filter(|page| ours(page)).map(|page| page.id.clone()).collect();
        pages.extend(added);
        Handbook { pages, published }
    }

    /// Why a rule matters, what it accepts, what it cannot know.
    pub fn explanation(&self, id: &str) -> Option<&str> {
        self.pages.get(id).map(|page| page.explain.as_str())
    }

    /// Where the rule's page of the reference can be read on the web.
    pub fn page_address(&self, id: &str) -> Option<String> {
        let page = self.pages.get(id).filter(|_| self.published.iter().any(|other| other == id))?;
        Some(format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), page.id))
    }
}
