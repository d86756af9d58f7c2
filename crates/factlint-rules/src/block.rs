//! The kinds of blocks that rules speak of.

/// What a block is in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The draft's title.
    Headline,
    /// A heading inside the draft.
    Heading,
    /// A paragraph of running text.
    Paragraph,
    /// A caption of a picture, or a lone credit line.
    Caption,
    /// A quotation set off as a block.
    Quote,
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    TableCell,
}

impl BlockKind {
    /// All of them.
    pub const ALL: [BlockKind; 7] = [
        BlockKind::Headline,
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::Caption,
        BlockKind::Quote,
        BlockKind::ListItem,
        BlockKind::TableCell,
    ];

    /// The word that rule files use.
    pub const fn word(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Caption => "caption",
            BlockKind::Quote => "quote",
            BlockKind::ListItem => "list-item",
            BlockKind::TableCell => "table-cell",
        }
    }

    /// Is it running text, whose sentences are sentences?
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::Quote)
    }
}

/// Their words, in the same order.
pub const WORDS: [&str; BlockKind::ALL.len()] = {
    let mut words = [""; BlockKind::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = BlockKind::ALL[at].word();
        at += 1;
    }
    words
};
