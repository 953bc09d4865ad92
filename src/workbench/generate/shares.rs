//! How rows are shared out: values of the categorical columns with their weights, and the months.

/// A day in microseconds.
pub(super) const DAY: u64 = 86_400_000_000;
/// Languages behind "other".
pub(super) const OTHERS: [&str; 3] = ["et", "de", "ru"];
/// Languages of rows.
pub(super) const LANGUAGES: [(&str, u32); 4] = [("fi", 60), ("en", 33), ("sv", 5), ("other", 2)];
/// Scores, of a hundred.
pub(super) const SCORES: [(i32, u32); 11] =
    [(10, 20), (9, 18), (8, 20), (7, 12), (6, 8), (5, 7), (4, 4), (3, 3), (2, 3), (1, 2), (0, 3)];
/// Where the feedback was given.
pub(super) const CHANNELS: [(&str, u32); 6] =
    [("web_shop", 30), ("store", 22), ("app", 18), ("phone", 12), ("chat", 10), ("email", 8)];
/// What it is about.
pub(super) const TOUCHPOINTS: [(&str, u32); 8] = [
    ("ordering", 20),
    ("delivery", 20),
    ("support", 18),
    ("visit", 14),
    ("billing", 10),
    ("app_use", 8),
    ("returns", 6),
    ("maintenance", 4),
];
/// Regions, roughly by population.
pub(super) const REGIONS: [(&str, u32); 10] = [
    ("uusimaa", 31),
    ("pirkanmaa", 12),
    ("varsinais-suomi", 11),
    ("pohjanmaa", 11),
    ("savo", 9),
    ("keski-suomi", 6),
    ("satakunta", 6),
    ("häme", 6),
    ("kymenlaakso", 4),
    ("lappi", 4),
];
/// Product lines.
pub(super) const PRODUCT_LINES: [(&str, u32); 11] = [
    ("web_shop", 18),
    ("grocery", 16),
    ("bank_insurance", 12),
    ("telecom", 12),
    ("energy", 8),
    ("health", 8),
    ("travel", 6),
    ("restaurant", 6),
    ("car_service", 5),
    ("housing", 5),
    ("software", 4),
];

/// A month of the data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    /// The partition key: 2025-11.
    pub(super) key: &'static str,
    /// Its first day in days since 1970-01-01.
    pub(super) first_day: u64,
    /// How many days it has.
    pub(super) days: u64,
}

/// The months that rows are spread over. 20 393 days lie between 1970-01-01 and 2025-11-01.
pub(super) const MONTHS: [Month; 12] = [
    Month { key: "2025-11", first_day: 20_393, days: 30 },
    Month { key: "2025-12", first_day: 20_423, days: 31 },
    Month { key: "2026-01", first_day: 20_454, days: 31 },
    Month { key: "2026-02", first_day: 20_485, days: 28 },
    Month { key: "2026-03", first_day: 20_513, days: 31 },
    Month { key: "2026-04", first_day: 20_544, days: 30 },
    Month { key: "2026-05", first_day: 20_574, days: 31 },
    Month { key: "2026-06", first_day: 20_605, days: 30 },
    Month { key: "2026-07", first_day: 20_635, days: 31 },
    Month { key: "2026-08", first_day: 20_666, days: 31 },
    Month { key: "2026-09", first_day: 20_697, days: 30 },
    Month { key: "2026-10", first_day: 20_727, days: 31 },
];

#[cfg(test)]
mod tests {
    use super::{MONTHS, SCORES};

    #[test]
    fn months_follow_each_other() {
        for pair in MONTHS.windows(2) {
            assert_eq!(pair[0].first_day + pair[0].days, pair[1].first_day);
        }
        assert_eq!(MONTHS.iter().map(|month| month.days).sum::<u64>(), 365);
    }

    #[test]
    fn shares_of_scores_are_of_a_hundred() {
        assert_eq!(SCORES.iter().map(|(_, share)| share).sum::<u32>(), 100);
    }
}
