//! What is counted, against counting by hand.

use super::{Given, LAYOUT, tally};
use kymppi::tally::{GROUPS, LATEST_BLOCKS, LATEST_CELLS, MOST_SHOWN, MOST_VALUES, OTHER};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_scope_counts_its_own_responses(given in vec(super::laws::any_given(5), 0..300)) {
        let tally = tally(std::slice::from_ref(&given));
        let bin = |given: &Given| given.score.and_then(|score| LAYOUT.bands.unwrap().bin(score));
        let name = |value: Option<u32>| value.map_or(String::new(), |value| format!("v{value}"));
        let overall = tally.overall();
        prop_assert_eq!(tally.groups.len(), GROUPS);
        for score in 0..11 {
            let scored = |given: &&Given| bin(given) == Some(score);
            let with = |given: &&Given| scored(given) && given.themes.contains(&(3, 1));
            prop_assert_eq!(overall.scores[score], given.iter().filter(scored).count() as u64);
            prop_assert_eq!(overall.feature(7)[score], given.iter().filter(with).count() as u64);
            for (value, cells) in tally.segment_pairs[1].iter() {
                for (region, cell) in cells {
                    let in_both = |given: &&Given| {
                        name(given.segments[0]) == value && name(given.segments[2]) == *region
                    };
                    let count = |rows: usize| u32::try_from(rows).unwrap();
                    prop_assert_eq!(cell.scores()[score], count(given.iter().filter(scored).filter(in_both).count()));
                    prop_assert_eq!(cell.feature(7)[score], count(given.iter().filter(with).filter(in_both).count()));
                }
            }
        }
        let both = |given: &&Given| {
            bin(given).is_some() && given.themes.contains(&(3, 1)) && given.themes.contains(&(5, 0))
        };
        prop_assert_eq!(overall.both(7, 10), given.iter().filter(both).count() as u64);
        let in_periods: u64 = tally.periods.iter().map(|(_, block)| block.scored()).sum();
        let timed = |given: &&Given| bin(given).is_some() && given.day.is_some();
        prop_assert_eq!(in_periods, given.iter().filter(timed).count() as u64);
        let texts: u64 = tally.coverage.iter().map(|(_, scored, unscored)| {
            scored.iter().map(|covered| covered.texts).sum::<u64>() + unscored.texts
        }).sum();
        prop_assert_eq!(texts, given.iter().filter(|given| given.text).count() as u64);
    }
}

#[test]
fn decimals_are_exact_in_the_sum_and_half_up_in_the_bin() {
    let scores = [8.5, 9.125, 0.1, 10.2, f64::NAN];
    let given: Vec<Given> =
        scores.iter().map(|score| Given { score: Some(*score), ..Given::default() }).collect();
    let overall = tally(&[given]).overall();
    assert_eq!(overall.scores, [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]);
    assert_eq!(overall.sum, 8_500 + 9_125 + 100);
    assert_eq!(overall.squares, 8_500 * 8_500 + 9_125 * 9_125 + 100 * 100);
    assert_eq!(overall.missing, 2);
}

#[test]
fn a_stage_counts_a_response_once() {
    // wait_access and resolution are themes of one stage and of two dimensions.
    let given = Given {
        score: Some(6.0),
        text: true,
        themes: vec![(13, 1), (14, 1), (14, 0)],
        ..Given::default()
    };
    let tally = tally(&[vec![given]]);
    let counted: Vec<(&str, u64)> = LAYOUT
        .facets
        .iter()
        .enumerate()
        .filter(|(_, (kind, _))| kind.starts_with("stage"))
        .map(|(at, (kind, _))| (kind, tally.facets.scored(at)[6]))
        .filter(|(_, count)| *count > 0)
        .collect();
    assert_eq!(counted, [("stage", 1), ("stage_positive", 1), ("stage_negative", 1)]);
}

#[test]
fn of_many_values_the_first_are_counted_and_the_most_frequent_shown() {
    let one = |value: u32| Given {
        id: value,
        score: Some(7.0),
        segments: [Some(value), None, None],
        ..Given::default()
    };
    let mut given: Vec<Given> = (0..300).map(one).collect();
    // Twice as many answers from the even values, also from those that came too late.
    given.extend((0..300).filter(|value| value % 2 == 0).map(one));
    let mut tally = tally(&[given[..100].to_vec(), given[100..].to_vec()]);
    assert_eq!(tally.segments[0].iter().count(), MOST_VALUES + 1);
    tally.fold();
    let shown: Vec<(&str, u64)> =
        tally.segments[0].iter().map(|(value, block)| (value, block.scored())).collect();
    assert_eq!(shown.len(), MOST_SHOWN + 1);
    for (value, scored) in shown {
        assert_eq!(scored, if value == OTHER { 350 } else { 2 }, "{value}");
    }
}

#[test]
fn the_latest_periods_are_kept_whatever_comes_first() {
    let given: Vec<Given> = (0..1_000)
        .map(|month: i32| Given {
            score: Some(7.0),
            day: Some((month * 733) % 1_000 * 31),
            segments: [Some(1), None, None],
            ..Given::default()
        })
        .collect();
    let slices: Vec<Vec<Given>> = given.chunks(70).map(<[Given]>::to_vec).collect();
    let tally = tally(&slices);
    let periods: Vec<i32> = tally.periods.iter().map(|(period, _)| period).collect();
    assert_eq!(periods.len(), LATEST_BLOCKS);
    let (_, cells) = tally.segment_periods[0].iter().next().unwrap();
    let late: Vec<i32> = cells.keys().copied().collect();
    assert_eq!(late, periods[LATEST_BLOCKS - LATEST_CELLS..]);
    assert!(tally.periods.iter().all(|(_, block)| block.scored() >= 1));
}

#[test]
fn a_value_of_early_periods_alone_leaves_nothing_behind() {
    let at = |month: u32, value: u32| Given {
        score: Some(7.0),
        day: Some(i32::try_from(month).unwrap() * 31),
        segments: [Some(value), None, None],
        ..Given::default()
    };
    let late: Vec<Given> = (300..400).map(|month| at(month, 1)).collect();
    let [early_first, early_last] =
        [[vec![at(100, 2)], late.clone()], [late, vec![at(100, 2)]]].map(|slices| tally(&slices));
    assert!(early_first == early_last);
    assert!(early_first.segment_periods[0].get("v2", 0).is_none());
    assert_eq!(early_first.segment_periods[0].iter().count(), 1);
}
