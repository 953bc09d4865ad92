//! Counts by groups of customers, for the delete-a-group jackknife: all answers of one customer lie in one group.

use super::Part;
use super::block::{Block, Shape};
use super::rows::Rows;
use std::ops::Deref;

/// Groups.
pub const GROUPS: usize = 20;

/// One block a group, in order; read as the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups(pub(super) Vec<Block>);

impl Groups {
    pub(super) fn new(shape: Shape, k_anon: usize) -> Groups {
        Groups(vec![Block::new(shape, k_anon); GROUPS])
    }

    /// The sum of all groups.
    pub fn overall(&self) -> Block {
        let mut overall = Block::default();
        self.0.iter().for_each(|group| overall.merge(group));
        overall
    }

    /// The group of a customer.
    pub fn of(customer: u64) -> usize {
        usize::try_from(customer % GROUPS as u64).unwrap_or_default()
    }

    pub(super) fn merge(&mut self, other: &Groups) {
        super::merge_all(&mut self.0, &other.0, Block::merge);
    }
}

impl Deref for Groups {
    type Target = [Block];

    fn deref(&self) -> &[Block] {
        &self.0
    }
}

impl Part for Groups {
    fn add(&mut self, rows: &Rows) {
        for row in rows.iter() {
            if let Some(group) = self.0.get_mut(Groups::of(row.customer)) {
                group.add(row.row());
            }
        }
    }
}
