//! How much memory the counts take at the size that the architecture promises.

use super::{Given, LAYOUT};
use kymppi::tally::{Block, Cell, Rows, Tally};

/// 5 dimensions of 50 values.
const VALUES: u32 = 50;

#[test]
fn a_filled_tally_of_five_dimensions_and_three_years_stays_small() {
    let mut layout = LAYOUT.clone();
    layout.dimensions = ["a", "b", "c", "d", "e"].map(String::from).to_vec();
    let before = resident();
    let mut tally = Tally::new(&layout);
    let mut state = 1u64;
    let mut random = |below: u32| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap() % below
    };
    // Every pair of values meets, and every value meets every month: the counts are as many as they can be.
    for slice in 0..200u32 {
        let mut rows = Rows::new(&layout);
        for row in 0..1_024u32 {
            let at = slice * 1_024 + row;
            let given = Given {
                id: at,
                customer: Some(at),
                score: Some(f64::from(random(11))),
                day: Some(20_000 + i32::try_from(random(36)).unwrap() * 31),
                text: true,
                themes: vec![(random(26) as usize, random(3) as usize)],
                ..Given::default()
            };
            super::push(
                &layout,
                &mut rows,
                &given,
                (0..5).map(|_| Some(format!("v{}", random(VALUES)))),
            );
        }
        tally.add_rows(&rows);
    }
    let cells: usize = tally
        .segment_pairs
        .iter()
        .map(|pairs| pairs.iter().map(|(_, cells)| cells.len()).sum::<usize>())
        .sum();
    assert!(cells > 24_900, "{cells} of 25,000 pairs");
    let by_period: usize = tally
        .segment_periods
        .iter()
        .map(|periods| periods.iter().map(|(_, cells)| cells.len()).sum::<usize>())
        .sum();
    assert!(by_period >= 9_000, "{by_period}");
    if let (Some(before), Some(after)) = (before, resident()) {
        let megabytes = after.saturating_sub(before) / 1_000_000;
        assert!(megabytes < 150, "{megabytes} MB");
    }
    // And by arithmetic, for those who change the types.
    let shape = layout.shape;
    let block = size_of::<Block>()
        + 8 * (2 * shape.bins + 3 * shape.themes * shape.bins + 3 * shape.themes + 52 * 53 / 2)
        + 80;
    let cell = size_of::<Cell>() + 4 * (2 + 52) * shape.bins + 80;
    assert!(block < 20_000 && cell < 2_800, "{block} and {cell} bytes");
    assert!((20 + 250 + 36) * block + (9_000 + 25_000) * cell < 105_000_000);
}

/// Bytes of memory that the process holds, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
