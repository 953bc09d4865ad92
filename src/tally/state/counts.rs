//! Blocks and cells as named lists of integers.

use super::super::block::Block;
use super::super::cell::Cell;
use super::super::customers::Distinct;

/// Counts that are kept as named lists.
pub(super) trait Fields {
    /// The lists; empty ones are left out.
    fn fields(&self) -> Vec<(&'static str, Vec<i64>)>;
    /// Takes a list back; nothing for one that does not fit.
    fn read(&mut self, field: &str, numbers: &[i64]) -> Option<()>;
}

impl Fields for Block {
    fn fields(&self) -> Vec<(&'static str, Vec<i64>)> {
        let lists = [
            ("scores", &self.scores),
            ("texts", &self.texts),
            ("by_score", &self.by_score),
            ("opinions", &self.opinions),
            ("mentioned", &self.mentioned),
            ("unscored", &self.unscored),
            ("pairs", &self.pairs),
        ];
        let mut fields: Vec<_> = lists
            .into_iter()
            .map(|(field, list)| (field, list.iter().copied().map(u64::cast_signed).collect()))
            .collect();
        let mut sums = vec![self.missing.cast_signed(), self.missing_texts.cast_signed()];
        sums.extend(halves(self.sum).into_iter().chain(halves(self.squares)));
        fields.push(("sums", sums));
        fields.push(("customers", customers(&self.customers)));
        fields.retain(|(_, numbers)| !numbers.is_empty());
        fields
    }

    fn read(&mut self, field: &str, numbers: &[i64]) -> Option<()> {
        let list = match field {
            "scores" => &mut self.scores,
            "texts" => &mut self.texts,
            "by_score" => &mut self.by_score,
            "opinions" => &mut self.opinions,
            "mentioned" => &mut self.mentioned,
            "unscored" => &mut self.unscored,
            "pairs" => &mut self.pairs,
            "sums" => {
                let [missing, missing_texts, sum @ .., a, b] = numbers else { return None };
                self.missing = missing.cast_unsigned();
                self.missing_texts = missing_texts.cast_unsigned();
                self.sum = whole(sum.try_into().ok()?);
                self.squares = whole([*a, *b]);
                return Some(());
            }
            "customers" => return read_customers(&mut self.customers, numbers),
            _ => return None,
        };
        let numbers: Vec<u64> = numbers.iter().copied().map(i64::cast_unsigned).collect();
        read_list(list.iter_mut(), &numbers)
    }
}

impl Fields for Cell {
    fn fields(&self) -> Vec<(&'static str, Vec<i64>)> {
        let mut sums = vec![self.missing.cast_signed()];
        sums.extend(halves(self.sum).into_iter().chain(halves(self.squares)));
        let mut fields = vec![
            ("counts", self.counts.iter().copied().map(i64::from).collect()),
            ("sums", sums),
            ("customers", customers(&self.customers)),
        ];
        fields.retain(|(_, numbers)| !numbers.is_empty());
        fields
    }

    fn read(&mut self, field: &str, numbers: &[i64]) -> Option<()> {
        match field {
            "counts" => {
                let numbers: Option<Vec<u32>> =
                    numbers.iter().map(|number| u32::try_from(*number).ok()).collect();
                read_list(self.counts.iter_mut(), &numbers?)
            }
            "sums" => {
                let [missing, sum @ .., a, b] = numbers else { return None };
                self.missing = missing.cast_unsigned();
                self.sum = whole(sum.try_into().ok()?);
                self.squares = whole([*a, *b]);
                Some(())
            }
            "customers" => read_customers(&mut self.customers, numbers),
            _ => None,
        }
    }
}

/// The limit and the hashes of a set of customers.
fn customers(customers: &Distinct) -> Vec<i64> {
    let limit = i64::try_from(customers.limit()).unwrap_or(i64::MAX);
    std::iter::once(limit).chain(customers.hashes().iter().map(|hash| hash.cast_signed())).collect()
}

/// Takes such a set back.
fn read_customers(customers: &mut Distinct, numbers: &[i64]) -> Option<()> {
    let (limit, hashes) = numbers.split_first()?;
    *customers = Distinct::new(usize::try_from(*limit).ok()?);
    hashes.iter().for_each(|hash| customers.add(hash.cast_unsigned()));
    (customers.count() == hashes.len()).then_some(())
}

/// Puts numbers where as many stand.
pub(super) fn read_list<'l, N: Copy + 'l>(
    list: impl Iterator<Item = &'l mut N>,
    numbers: &[N],
) -> Option<()> {
    let mut list = list.fuse();
    let mut numbers = numbers.iter();
    loop {
        match (list.next(), numbers.next()) {
            (Some(place), Some(number)) => *place = *number,
            (None, None) => return Some(()),
            _ => return None,
        }
    }
}

/// The upper and the lower half of a large integer.
#[expect(clippy::cast_possible_truncation, reason = "the halves are wanted")]
fn halves(number: i128) -> [i64; 2] {
    [(number >> 64) as i64, number as i64]
}

fn whole([upper, lower]: [i64; 2]) -> i128 {
    i128::from(upper) << 64 | i128::from(lower.cast_unsigned())
}
