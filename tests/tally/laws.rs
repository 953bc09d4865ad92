//! Merging has an identity, is associative and commutative, and is the same as counting everything at once.

use super::{Given, LAYOUT, tally};
use kymppi::tally::Tally;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// Responses whose segments have so many values.
pub fn any_given(values: u32) -> impl Strategy<Value = Given> {
    let segments = [of(0..values), of(0..values), of(0..values)];
    let said = (vec((0usize..26, 0usize..3), 0..4), any::<bool>());
    (0u32..10_000, of(0u32..40), of(-1.0..11.0f64), of(19_000i32..22_000), segments, said).prop_map(
        |(id, customer, score, day, segments, (themes, text))| Given {
            id,
            customer,
            score: score.map(|score| if id % 3 == 0 { score } else { score.round() }),
            day,
            segments,
            themes: if text { themes } else { Vec::new() },
            text,
        },
    )
}

fn merged(a: &Tally, b: &Tally) -> Tally {
    let mut sum = a.clone();
    sum.merge(b);
    sum
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn merging_is_associative_and_commutative_and_has_an_identity(
        slices in vec(vec(any_given(160), 0..250), 3),
    ) {
        // More values than are counted apart: what one side has turned away the other must not keep.
        let [a, b, c] = [0, 1, 2].map(|part| tally(&slices[part..=part]));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&Tally::default(), &a), a.clone());
        prop_assert_eq!(merged(&a, &Tally::default()), a.clone());
        prop_assert_eq!(merged(&Tally::new(&LAYOUT), &a), a);
    }

    #[test]
    fn slices_and_order_do_not_matter(mut given in vec(any_given(6), 0..300), slice in 1usize..50, seed in any::<u64>()) {
        let whole = tally(std::slice::from_ref(&given));
        let slices: Vec<Vec<Given>> = given.chunks(slice).map(<[Given]>::to_vec).collect();
        prop_assert_eq!(&whole, &tally(&slices));
        let parts = slices.chunks(3).map(tally).fold(Tally::new(&LAYOUT), |sum, part| merged(&sum, &part));
        prop_assert_eq!(&whole, &parts);
        given.sort_by_key(|given| u64::from(given.id).wrapping_mul(seed | 1));
        prop_assert_eq!(&whole, &tally(&[given]));
    }

    #[test]
    fn folding_loses_nobody(slices in vec(vec(any_given(160), 0..250), 1..4)) {
        let mut all = tally(&slices);
        let rows = |tally: &Tally| {
            tally.segments.iter().map(|segments| {
                segments.iter().map(|(_, block)| block.scored() + block.missing).sum::<u64>()
            }).collect::<Vec<_>>()
        };
        let before = rows(&all);
        all.fold();
        prop_assert_eq!(before, rows(&all));
        for (segments, periods) in all.segments.iter().zip(&all.segment_periods) {
            prop_assert!(segments.iter().count() <= 51);
            for (value, cells) in periods.iter() {
                prop_assert!(segments.get(value).is_some());
                let scored: u64 = cells.values().map(kymppi::tally::Cell::scored).sum();
                prop_assert!(scored <= segments.get(value).unwrap().scored());
            }
        }
    }
}
