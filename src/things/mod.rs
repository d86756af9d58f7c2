//! Mentions that speak of one thing, grouped once: people, bodies, places, figures.

use crate::expressions::Words;
use crate::mentions::Draft;

/// Do two mentions speak of one thing?
pub fn same(a: &Words, b: &Words, draft: &Draft) -> bool {
    a.text(draft) == b.text(draft)
}
