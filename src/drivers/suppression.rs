//! Which groups are too small to be shown.

use crate::tally::Block;

/// Answers below which a figure is shown with its interval, but neither ranked nor tested.
pub const LOW_BASE: u64 = 30;

/// Whether a group has fewer distinct customers than `k_anon`, or fewer scores.
pub fn suppressed(block: &Block, k_anon: usize) -> bool {
    block.customers.count() < k_anon || block.scored() < k_anon as u64
}

/// Which groups of a whole are not shown: the small ones, and where that is exactly one, the next smallest as well, since
/// the one would follow by subtraction from the whole.
pub fn suppressed_parts<'b>(
    parts: impl IntoIterator<Item = &'b Block>,
    k_anon: usize,
) -> Vec<bool> {
    let parts: Vec<&Block> = parts.into_iter().collect();
    let mut hidden: Vec<bool> = parts.iter().map(|part| suppressed(part, k_anon)).collect();
    if hidden.iter().filter(|hidden| **hidden).count() == 1 {
        let next =
            (0..parts.len()).filter(|part| !hidden[*part]).min_by_key(|part| parts[*part].scored());
        if let Some(next) = next {
            hidden[next] = true;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::{Row, Shape};

    fn block(rows: u64, customers: u64) -> Block {
        let mut block = Block::new(Shape { bins: 11, themes: 0 }, 10);
        for row in 0..rows {
            let score = Some((8, 8000));
            block.add(Row {
                score,
                text: true,
                features: &[],
                mentioned: &[],
                customer: row % customers,
            });
        }
        block
    }

    #[test]
    fn a_single_small_group_takes_the_next_smallest_with_it() {
        let [few, loyal, medium, large] = [block(9, 9), block(90, 9), block(40, 40), block(80, 80)];
        assert_eq!(suppressed_parts([&large, &few, &medium], 10), [false, true, true]);
        assert_eq!(
            suppressed_parts([&large, &few, &loyal, &medium], 10),
            [false, true, true, false]
        );
        assert_eq!(suppressed_parts([&large, &medium], 10), [false, false]);
        assert_eq!(suppressed_parts([&few], 10), [true]);
        assert_eq!(suppressed_parts([], 10), [] as [bool; 0]);
    }
}
