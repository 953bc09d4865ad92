//! Statistics against values computed elsewhere: by scipy, statsmodels, scikit-learn and krippendorff on rows, to twelve
//! digits. `README.md` says how they were made.

/// The cases: tables of responses and what is expected of them; how near is near enough.
mod cases;
/// Drivers, importance, asymmetry, segments.
mod fits;
/// The gap ledger and the decompositions of change.
mod gaps;
/// Declared changes, Simpson's guard, journeys.
mod comparisons;
/// No NaN, no infinity, no panic.
mod totality;
/// Key figures with their intervals.
mod kpis;
/// Two groups of scores against each other.
mod contrasts;
/// Terms, trends, and what emerges.
mod terms;
/// Which sentences are quoted.
mod quotes;
/// Labels of people against those of the system.
mod labels;

use cases::{Case, RESPONSES, exact, near, near_p};
use kymppi::drivers::distribution::normal_two_sided;
use kymppi::tally::{Block, PARTS};

#[test]
fn blocks_hold_the_counts_of_every_case() {
    for name in RESPONSES {
        let case = Case::load(name);
        let block = case.block(|_| true);
        let expected = &case.expected["suff"];
        for (score, count) in block.scores.iter().enumerate() {
            exact(&format!("{name} h[{score}]"), *count, &expected["h"][score]);
        }
        exact(&format!("{name} missing"), block.missing, &expected["missing"]);
        for (place, feature) in case.features.iter().enumerate() {
            let place_in_block = case.feature(feature);
            let support = block.both(place_in_block, place_in_block);
            exact(&format!("{name} {feature}"), support, &expected["support"][place]);
        }
        let mean = block.sum as f64 / PARTS as f64 / block.scored() as f64;
        near(&format!("{name} mean"), mean, &case.expected["kpi_overall"]["mean"]);
        let sum = |parts: Vec<Block>| {
            parts.iter().fold(Block::default(), |mut sum, part| {
                sum.merge(part);
                sum
            })
        };
        assert_eq!(sum(case.groups()), block, "{name}: the groups add up to the whole");
        let channels = case.blocks_by("channel").into_iter().map(|(_, block)| block).collect();
        assert_eq!(sum(channels), block, "{name}: and so do the channels");
    }
}

#[test]
fn normal_tails_agree() {
    let terms = cases::expected("c8_terms");
    for term in terms["doc_keyness"].as_array().unwrap() {
        near_p("p", normal_two_sided(term["z"].as_f64().unwrap()), &term["p"]);
    }
}
