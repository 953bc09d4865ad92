//! A small random generator: xoshiro256++ seeded through `SplitMix64`.
//!
//! The stream depends on the seed and a stream number only (a stream is a row group), so what is
//! drawn for a row group never depends on the thread that draws it.

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(super) struct Random {
    state: [u64; 4],
}

/// One step of `SplitMix64`: spreads similar seeds far apart.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

impl Random {
    /// The stream of this number under this seed.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut of_seed = seed;
        // Mixed before the stream is added: seed 1 stream 2 is not seed 2 stream 1.
        let mut state = split_mix(&mut of_seed) ^ stream.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        Self { state: std::array::from_fn(|_| split_mix(&mut state)) }
    }

    /// 64 random bits.
    #[inline]
    pub(super) fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        let drawn = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
        let shifted = *b << 17;
        *c ^= *a;
        *d ^= *b;
        *b ^= *c;
        *a ^= *d;
        *c ^= shifted;
        *d = d.rotate_left(45);
        drawn
    }

    /// 32 random bits, the upper half of a draw.
    #[inline]
    pub(super) fn half(&mut self) -> u32 {
        (self.bits() >> 32) as u32
    }

    /// An integer from 0 up to but not including `limit`; 0 when `limit` is 0.
    #[inline]
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        // Multiply and shift instead of a remainder: faster, and the bias (below limit / 2^64)
        // cannot be seen in synthetic data.
        ((u128::from(self.bits()) * u128::from(limit)) >> 64) as u64
    }

    /// An index into something of `length` items.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the number is below `length`, which was a usize"
    )]
    pub(super) fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// True in so many cases of a thousand.
    #[inline]
    pub(super) fn per_mille(&mut self, cases: u64) -> bool {
        self.below(1_000) < cases
    }

    /// One of the items; the empty string when there are none.
    #[inline]
    pub(super) fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items.get(self.index(items.len())).copied().unwrap_or("")
    }

    /// One of the items, each as likely as its weight says; the last when weights run out.
    pub(super) fn weighted<T: Copy>(&mut self, items: &[(T, u32)], otherwise: T) -> T {
        let total: u64 = items.iter().map(|&(_, weight)| u64::from(weight)).sum();
        let mut left = self.below(total);
        for &(item, weight) in items {
            match left.checked_sub(u64::from(weight)) {
                Some(rest) => left = rest,
                None => return item,
            }
        }
        otherwise
    }

    /// About normal, mean 0 and deviation 1: twelve uniform numbers added (Irwin-Hall).
    ///
    /// Only additions and divisions, so it is equal on every machine.
    pub(super) fn normal(&mut self) -> f64 {
        let mut sum = 0_u32;
        for _ in 0..3 {
            let bits = self.bits();
            for part in bits.to_le_bytes().chunks_exact(2) {
                sum += u32::from(u16::from_le_bytes([part[0], part[1]]));
            }
        }
        f64::from(sum) / 65_536.0 - 6.0
    }

    /// Shuffles in place (Fisher-Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.index(last + 1);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn streams_differ_and_repeat() {
        let first = |seed, stream| Random::new(seed, stream).bits();
        assert_eq!(first(1, 2), first(1, 2));
        assert_ne!(first(1, 2), first(2, 1));
        assert_ne!(first(1, 2), first(1, 3));
    }

    #[test]
    fn numbers_stay_below_the_limit_and_reach_it() {
        let mut random = Random::new(7, 0);
        let mut seen = [0_u32; 5];
        for _ in 0..5_000 {
            seen[random.index(5)] += 1;
        }
        assert!(seen.iter().all(|&count| (850..1_150).contains(&count)));
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn the_normal_has_mean_zero_and_deviation_one() {
        let mut random = Random::new(3, 9);
        let drawn: Vec<f64> = (0..20_000).map(|_| random.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / 20_000.0;
        let variance = drawn.iter().map(|x| x * x).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03, "{mean}");
        assert!((variance - 1.0).abs() < 0.05, "{variance}");
    }
}
