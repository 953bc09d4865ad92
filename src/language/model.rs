//! The model: a row of sixteen small weights for every feature. `MODEL.md` says where they come from.

use super::features::{Features, ROWS, ROWS_AT_ONCE};
use super::lanes::LANES;

/// A row as stored: one byte a lane, signed.
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

/// The bytes of a block of rows add up within an `i16`.
const _: () = assert!(ROWS_AT_ONCE * 128 <= 1 << 15);

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
        let mut part = [0i16; LANES];
        for &row in rows {
            for (part, weight) in part.iter_mut().zip(TABLE[usize::from(row)]) {
                *part += i16::from(weight.cast_signed());
            }
            count += 1;
        }
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += i32::from(part);
        }
    });
    (sums, count)
}
