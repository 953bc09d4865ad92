//! Which sentences are quoted.

use super::cases::{Table, expected, near};
use kymppi::drivers::quotes::{Candidate, select};

#[test]
fn quotes_are_scored_and_chosen_alike() {
    let (table, expected) = (Table::load("c9_quotes"), expected("c9_quotes"));
    let candidate = |row| {
        let number = |column| table.number(row, column).unwrap();
        let text = table.text(row, "text");
        assert_eq!(text.chars().count(), number("chars") as usize);
        Candidate {
            text,
            confidence: number("confidence"),
            polarity: number("polarity_strength"),
            keyness: number("keyness01"),
            redactions: number("redactions") as u32,
            themes: number("n_themes") as u32,
            customer: number("customer_id") as u64,
            tie: number("tie") as u64,
        }
    };
    let candidates: Vec<Candidate<'_>> = (0..table.rows.len()).map(candidate).collect();
    for (row, candidate) in candidates.iter().enumerate() {
        near(&format!("quote {row}"), candidate.score(), &expected["scores"][row]["score"]);
    }
    for (most, key) in [(3, "selected_mmr_k3"), (5, "selected_mmr_k5")] {
        let chosen = select(&candidates, most);
        assert_eq!(serde_json::to_value(&chosen).unwrap(), expected[key], "{key}");
        let mut backwards = candidates.clone();
        backwards.reverse();
        let last = candidates.len() - 1;
        let found: Vec<usize> = select(&backwards, most).iter().map(|at| last - at).collect();
        assert_eq!(found, chosen, "the order of the candidates does not matter");
    }
}
