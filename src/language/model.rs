//! The model: a row of sixteen small weights for every feature. `MODEL.md` says where they come from.

use super::features::{Features, ROWS, ROWS_AT_ONCE};
use super::lanes::LANES;

/// A row as stored: one byte a lane, [`ZERO`] more than the weight, so that the sum needs no signs.
type Row = [u8; LANES];

/// The embedded file: the rows, then four numbers.
const BYTES: usize = (ROWS + 1) * LANES;

/// Rows that begin at the start of a cache line are read in one go.
#[repr(align(64))]
struct Aligned([u8; BYTES]);

static FILE: Aligned = Aligned(*include_bytes!("model.bin"));

static TABLE: &[Row; ROWS] = match FILE.0.as_chunks().0.first_chunk() {
    Some(table) => table,
    None => panic!("the file has all rows"),
};

/// A weight of nothing, as stored.
const ZERO: i32 = 128;

/// The bytes of a block of rows add up within a `u16`.
const _: () = assert!(ROWS_AT_ONCE * 255 < 1 << 16);

/// The numbers after the rows.
pub(super) struct Numbers {
    /// What a weight of one stands for.
    pub(super) unit: f32,
    /// Confidence by margin and number of features; see `confidence.rs`.
    pub(super) confidence: [f32; 3],
}

pub(super) static NUMBERS: Numbers = {
    const fn number(at: usize) -> f32 {
        let file = &FILE.0;
        let at = ROWS * LANES + 4 * at;
        f32::from_le_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]])
    }
    Numbers { unit: number(0), confidence: [number(1), number(2), number(3)] }
};

/// The sum of the rows of a text's features, and how many there are.
#[inline]
pub(super) fn sum(features: &Features) -> ([i32; LANES], u32) {
    let (mut sums, mut count) = ([0i32; LANES], 0u32);
    features.rows(|rows| {
        let block = u32::try_from(rows.len()).unwrap_or_default();
        count += block;
        let zero = ZERO * block.cast_signed();
        for (sum, part) in sums.iter_mut().zip(sum_block(rows)) {
            *sum += i32::from(part) - zero;
        }
    });
    (sums, count)
}

/// The sum of a block of rows, as stored. By itself it compiles to additions of eight lanes at once.
#[inline(never)]
fn sum_block(rows: &[u16]) -> [u16; LANES] {
    let mut sum = [0u16; LANES];
    for &row in rows {
        for (sum, byte) in sum.iter_mut().zip(TABLE[usize::from(row)]) {
            *sum += u16::from(byte);
        }
    }
    sum
}
