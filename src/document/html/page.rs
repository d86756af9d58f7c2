//! Which blocks of a saved web page are its article.
//!
//! A page that a browser or a scraper has saved holds more than a draft: menus, teasers of other stories, share bars,
//! comments. None of it is the writer's, so it is no debris either. Only whole pages are searched; a draft that is
//! written in HTML has no menus, and all of it is read.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::tokens::Element;
use crate::document::{Block, BlockKind};

/// Words in the class or the id of what stands around an article.
const FURNITURE: [&str; 60] = [
    "ad",
    "ads",
    "adsense",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "adslot",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "commenting",
    "cookie",
    "cookies",
    "disqus",
    "dropdown",
    "footer",
    "hidden",
    "infobar",
    "login",
    "menu",
    "menus",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "noprint",
    "offscreen",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "promo",
    "promos",
    "publicidad",
    "recirc",
    "related",
    "share",
    "sharebar",
    "shares",
    "sharing",
    "sidebar",
    "signin",
    "signup",
    "skip",
    "skyscraper",
    "social",
    "sponsored",
    "subscribe",
    "taboola",
    "toolbar",
    "tools",
    "trending",
    "widget",
];

/// How such words begin, where others may be grown to them: `cookiepolicy`.
const STEMS: [&str; 8] = ["advert", "breadcrumb", "cookie", "footer", "navbar", "newsletter", "sharebar", "sidebar"];

/// The same of `role`.
const ROLES: [&str; 11] = [
    "alert",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "toolbar",
    "tooltip",
];

/// Words in the class of a picture's caption or credit.
const CAPTION: [&str; 7] = ["caption", "captions", "copyright", "credit", "credits", "cutline", "figcaption"];

/// Letters that make a paragraph one of running text.
const LONG: usize = 80;
/// Letters of running text that make a page one with an article.
const ARTICLE: usize = 400;
/// Letters of a few words that lead to a link.
const LEAD_IN: usize = 12;
/// Letters of what stands over a list.
const HEAD: usize = 32;
/// So many blocks at most part the headline from the text.
const APART: usize = 12;

/// What is known of a page while it is read.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// It has a body of its own.
    pub(super) whole: bool,
    /// It has what only pages have: scripts, menus, forms.
    pub(super) furnished: bool,
    /// Elements that part text, in the order of their ends.
    elements: Vec<Range<usize>>,
    /// Elements that say of themselves that they are no part of the article.
    furniture: Vec<Range<usize>>,
    /// One for each block.
    pieces: Vec<Piece>,
}

/// What the letters of a block are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Piece {
    letters: usize,
    linked: usize,
    /// Those after the last link.
    after: usize,
}

impl Page {
    pub(super) fn add_block(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    pub(super) fn add_element(&mut self, range: Range<usize>, furniture: bool) {
        if furniture {
            self.furniture.push(range.clone());
        }
        self.elements.push(range);
    }

    /// Leaves the article of these blocks, where this is a page and has one.
    pub(super) fn leave_article(&self, blocks: &mut Vec<Block>, first: usize) {
        if !self.whole || !self.furnished || blocks.len() - first != self.pieces.len() {
            return;
        }
        let kept = self.kept(&blocks[first..]);
        let mut at = 0;
        blocks.retain(|_| {
            at += 1;
            at <= first || kept[at - 1 - first]
        });
    }

    fn kept(&self, blocks: &[Block]) -> Vec<bool> {
        let mut prose: Vec<usize> =
            blocks.iter().zip(&self.pieces).map(|(block, piece)| letters(block, *piece)).collect();
        let furnished = self.mark_furniture(blocks, &prose);
        for (letters, _) in prose.iter_mut().zip(&furnished).filter(|(_, furnished)| **furnished) {
            *letters = 0;
        }
        let article = self.article(blocks, &prose).unwrap_or(0..blocks.len());
        let lists = self.lists_of_text(blocks);
        let is_link = |at: usize| match blocks[at].kind {
            BlockKind::Paragraph => self.pieces[at].is_link(),
            BlockKind::ListItem => blocks[at].list.is_none_or(|list| !lists.contains(&list)),
            _ => false,
        };
        let mut kept: Vec<bool> =
            (0..blocks.len()).map(|at| article.contains(&at) && !furnished[at] && !is_link(at)).collect();
        // “More on this”, over a list that leads away, goes with it.
        for at in 1..blocks.len() {
            let leads_away = blocks[at].kind == BlockKind::ListItem && is_link(at);
            kept[at - 1] &= !(leads_away && self.is_head(&blocks[at - 1], at - 1));
        }
        kept
    }

    /// A few words without a full stop, as stand over a list.
    fn is_head(&self, block: &Block, at: usize) -> bool {
        let ends = block.text.trim_end().ends_with(['.', '!', '?', '…', '”', '"']);
        block.kind == BlockKind::Paragraph && self.pieces[at].letters <= HEAD && !ends
    }

    /// The lists with an item that is more than a link; those of links alone lead away.
    fn lists_of_text(&self, blocks: &[Block]) -> FxHashSet<u32> {
        let text = blocks.iter().zip(&self.pieces).filter(|(_, piece)| !piece.is_link());
        text.filter_map(|(block, _)| block.list).collect()
    }

    /// The blocks in furniture; an element with the headline or with much of the text in it is none, whatever its name.
    fn mark_furniture(&self, blocks: &[Block], prose: &[usize]) -> Vec<bool> {
        let all: usize = prose.iter().sum();
        let mut marked = vec![false; blocks.len()];
        for element in &self.furniture {
            let inside = within(blocks, element);
            let much = prose[inside.clone()].iter().sum::<usize>() * 5 > all * 2 && all > 0;
            if !much && !blocks[inside.clone()].iter().any(is_headline) {
                marked[inside].fill(true);
            }
        }
        marked
    }

    /// From the headline to the end of the smallest element that holds most of the text.
    fn article(&self, blocks: &[Block], prose: &[usize]) -> Option<Range<usize>> {
        let before: Vec<usize> = std::iter::once(0)
            .chain(prose.iter().scan(0, |sum, letters| {
                *sum += letters;
                Some(*sum)
            }))
            .collect();
        let all = *before.last()?;
        if all < ARTICLE {
            return None;
        }
        let most = |element: &&Range<usize>| {
            let inside = within(blocks, element);
            (before[inside.end] - before[inside.start]) * 10 >= all * 7
        };
        let element = self.elements.iter().filter(most).min_by_key(|element| element.len())?;
        let text = within(blocks, element);
        let above = text.start.saturating_sub(APART)..text.start;
        let headline = above.rev().find(|at| is_headline(&blocks[*at]));
        Some(headline.unwrap_or(text.start)..text.end)
    }
}

impl Piece {
    pub(super) fn add(&mut self, text: &str, linked: bool) {
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        self.letters += letters;
        if linked {
            self.linked += letters;
            self.after = 0;
        } else {
            self.after += letters;
        }
    }

    /// Is it a link and little else? “Read more: Why the river rose” is.
    fn is_link(self) -> bool {
        let own = self.letters.saturating_sub(self.linked);
        self.linked * 10 >= self.letters * 9 || own <= LEAD_IN && self.linked > own && self.after == 0
    }
}

/// The letters of running text in a block.
fn letters(block: &Block, piece: Piece) -> usize {
    let own = piece.letters - piece.linked.min(piece.letters);
    let says = block.text.contains(['.', '!', '?', '…', '。', '।']);
    if own >= LONG && own * 2 > piece.letters && says && !is_heading(block) { own } else { 0 }
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading | BlockKind::Headline)
}

fn is_headline(block: &Block) -> bool {
    is_heading(block) && block.level == 1
}

/// The blocks in an element.
fn within(blocks: &[Block], element: &Range<usize>) -> Range<usize> {
    let start = blocks.partition_point(|block| block.span.start() < element.start);
    let end = blocks.partition_point(|block| block.span.start() < element.end);
    start..end.max(start)
}

/// Does an element say of itself that it is no part of the article?
pub(super) fn is_furniture<'a>(element: Element, get: impl Fn(&str) -> Option<&'a str>) -> bool {
    matches!(element, Element::Furniture)
        || get("role").is_some_and(|role| ROLES.contains(&role.trim()))
        || names(&get, |word| {
            FURNITURE.iter().any(|known| known.eq_ignore_ascii_case(word))
                || STEMS.iter().any(|stem| word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem)))
        })
}

/// Does an element say of itself that it is a caption?
pub(super) fn is_caption<'a>(get: impl Fn(&str) -> Option<&'a str>) -> bool {
    names(&get, |word| CAPTION.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// Has its class or id such a word? `story-related`, `relatedStories`, `c_share2` are names of two words.
fn names<'a>(get: &impl Fn(&str) -> Option<&'a str>, is: impl Fn(&str) -> bool) -> bool {
    ["class", "id"].iter().filter_map(|name| get(name)).any(|names| {
        let mut rest = names;
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic()) {
            rest = &rest[start..];
            let ends = |(at, c): (usize, char)| {
                !c.is_ascii_alphabetic()
                    || at > 0 && c.is_ascii_uppercase() && !rest[..at].ends_with(|c: char| c.is_ascii_uppercase())
            };
            let end = rest.char_indices().find(|place| ends(*place)).map_or(rest.len(), |(at, _)| at);
            if is(&rest[..end]) {
                return true;
            }
            rest = &rest[end..];
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Format};
    use crate::source::Source;

    const LEAD: &str = "The council met on Friday to talk about the new bridge, and it will meet again in the week after \
        Easter. The mayor said that the old one had been closed for a month, and that nobody in the valley had missed it.";

    fn read(text: &str) -> Vec<String> {
        let document = Document::parse(&Source::new("page.html", text), Format::Html);
        document.blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn of_a_saved_page_the_article_is_left() {
        let page = format!(
            "<html><body><script>1</script><div class=topMenu><a href=a>Log in</a></div><h1>The bridge</h1>\
             <div class=by>Jane Roe</div><div class=text>\
             <p>{LEAD}</p><p>{LEAD} Twice.</p><p>Read more: <a href=b>Why the river rose</a></p>\
             <div class='share-bar'>Share this</div><div>More on this</div><ul><li><a href=c>Other news</a></ul>\
             <p>{LEAD} Thrice.</p></div><div id=comments><p>{LEAD} First!</p></div>\
             <div>Most popular<p>All rights reserved.</p></div></body></html>"
        );
        let twice = format!("{LEAD} Twice.");
        let thrice = format!("{LEAD} Thrice.");
        assert_eq!(read(&page), ["The bridge", "Jane Roe", LEAD, &twice, &thrice]);
    }

    #[test]
    fn a_draft_in_html_is_read_whole() {
        let draft = format!(
            "<html><body><p><a href=a>Read more</a></p><p>{LEAD}</p><div class=related>See also</div></body></html>"
        );
        assert_eq!(read(&draft).len(), 3);
        let fragment = format!("<p>{LEAD}</p><p><a href=a>Read more</a></p>");
        assert_eq!(read(&fragment).len(), 2);
    }

    #[test]
    fn a_page_without_an_article_loses_its_furniture_only() {
        let page = "<html><body><form>Search</form><p>It rained.</p>\
                    <ul><li><a href=a>A bridge</a> fell.<li><a href=b>One</a></ul>";
        assert_eq!(read(page), ["It rained.", "A bridge fell.", "One"]);
    }

    #[test]
    fn furniture_with_the_text_in_it_is_none() {
        let page = format!(
            "<html><body><script>1</script><form id=tools><h1>The bridge</h1><p>{LEAD}</p><p>{LEAD} Twice.</p></form>"
        );
        assert_eq!(read(&page).len(), 3);
    }
}
