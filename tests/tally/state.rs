//! A tally that is written and read again is the same tally.

use super::laws::any_given;
use super::{Given, LAYOUT, tally};
use kymppi::tables::{state_from_batches, state_to_batches};
use kymppi::tally::{Record, STATE_VERSION, Tally};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn records_and_batches_give_the_tally_back(slices in vec(vec(any_given(160), 0..200), 0..4)) {
        let mut tally = tally(&slices);
        tally.settle();
        let records: Vec<Record> = tally.records().collect();
        prop_assert_eq!(Tally::from_records(records).unwrap(), tally.clone());
        let batches = state_to_batches(&tally).map(Result::unwrap);
        let mut read = state_from_batches(batches).unwrap();
        prop_assert_eq!(&read, &tally);
        // And it can be counted on.
        let more = super::rows(&LAYOUT, &[Given { score: Some(3.0), text: true, themes: vec![(2, 1)], ..Given::default() }]);
        read.add_rows(&more);
        tally.add_rows(&more);
        prop_assert_eq!(read, tally);
    }

    #[test]
    fn a_damaged_state_is_refused_and_never_panics(at in any::<prop::sample::Index>(), cut in 0usize..3) {
        let mut given = Given { score: Some(3.0), customer: Some(1), text: true, themes: vec![(2, 1)], ..Given::default() };
        given.segments = [Some(1), Some(2), None];
        let mut tally = tally(&[vec![given]]);
        tally.settle();
        let mut records: Vec<Record> = tally.records().collect();
        let record = at.get_mut(&mut records);
        match cut {
            0 => drop(record.keys.pop()),
            1 => drop(record.numbers.pop()),
            _ => record.part.push('x'),
        }
        if let Ok(read) = Tally::from_records(records) {
            // What was cut stood for nothing: an empty list, a limit, a list that may be shorter.
            prop_assert_eq!(read.rows, tally.rows);
        }
    }
}

#[test]
fn another_version_is_refused() {
    let mut records: Vec<Record> = tally(&[]).records().collect();
    records[0].numbers = vec![STATE_VERSION + 1];
    let message = Tally::from_records(records.clone()).unwrap_err();
    assert!(message.contains("version 2") || message.contains("version is 2"), "{message}");
    assert!(
        Tally::from_records(records.split_off(1)).unwrap_err().contains("begin with its version")
    );
    assert!(Tally::from_records([]).is_err());
}
