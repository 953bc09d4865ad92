//! From points of time to days and periods, in one zone.

use crate::config::{self, Period};
use jiff::civil::{Date, ISOWeekDate};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The zone's offsets are looked up once for all points of time between these years; earlier and later ones keep the
/// nearest offset known.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2100;
const DAY: i64 = 86_400;
/// The years that jiff knows, -9999 to 9999, in days since 1970.
const FIRST_DAY: i64 = -4_371_587;
const LAST_DAY: i64 = 2_932_896;

/// When a response was given, as its data tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Moment {
    /// Null, or no column.
    #[default]
    Missing,
    /// No time at all.
    Unreadable,
    /// A point of time: seconds since 1970 in UTC.
    Instant(i64),
    /// What a clock on the wall showed: seconds since 1970 as if it were UTC.
    Local(i64),
}

/// Cuts time into days and periods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    period: Period,
    zone: String,
    /// From when on (seconds in UTC) how many seconds local time is ahead; ascending.
    offsets: Vec<(i64, i64)>,
}

impl Calendar {
    /// The calendar of `[time]`; of UTC for a zone that nobody knows, which the check of the pipeline file refuses.
    pub fn new(time: &config::Time) -> Calendar {
        let zone = TimeZone::get(&time.zone).unwrap_or(TimeZone::UTC);
        let midnight = |year| Date::new(year, 1, 1).ok()?.to_zoned(TimeZone::UTC).ok();
        let start = midnight(*YEARS.start()).map_or(Timestamp::MIN, |zoned| zoned.timestamp());
        let end = midnight(*YEARS.end()).map_or(Timestamp::MIN, |zoned| zoned.timestamp());
        let ahead = |offset: jiff::tz::Offset| i64::from(offset.seconds());
        let mut offsets = vec![(i64::MIN, ahead(zone.to_offset(start)))];
        let changes = zone.following(start).take_while(|change| change.timestamp() < end);
        offsets
            .extend(changes.map(|change| (change.timestamp().as_second(), ahead(change.offset()))));
        Calendar { period: time.period, zone: time.zone.clone(), offsets }
    }

    /// How long a period is.
    pub fn period(&self) -> Period {
        self.period
    }

    /// The zone in which points of time become days.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// Seconds since 1970 on the wall of the zone; nothing for a missing or unreadable moment, and for one that no
    /// calendar reaches.
    pub fn wall(&self, moment: Moment) -> Option<i64> {
        let second = match moment {
            Moment::Missing | Moment::Unreadable => return None,
            Moment::Local(second) => second,
            Moment::Instant(second) => {
                let at = self.offsets.partition_point(|(from, _)| *from <= second);
                let ahead = at.checked_sub(1).map_or(0, |at| self.offsets[at].1);
                second.checked_add(ahead)?
            }
        };
        let day = second.div_euclid(DAY);
        (FIRST_DAY..=LAST_DAY).contains(&day).then_some(second)
    }

    /// Whether a moment is there and is none, or lies beyond the calendar.
    pub fn is_invalid(&self, moment: Moment) -> bool {
        moment != Moment::Missing && self.wall(moment).is_none()
    }

    /// The period of a second on the wall: a number that grows with time and by one from period to period.
    pub fn number(&self, wall: i64) -> i32 {
        let day = day(wall);
        let (year, month) = year_and_month(day);
        match self.period {
            Period::Day => day,
            // 1970 began on a Thursday.
            Period::Week => (day + 3).div_euclid(7),
            Period::Month => year * 12 + month - 1,
            Period::Quarter => year * 4 + (month - 1) / 3,
            Period::Year => year,
        }
    }

    /// The name of a period: `2026-01-31`, `2026-W05`, `2026-01`, `2026-Q1`, `2026`.
    pub fn name(&self, number: i32) -> String {
        let named = |date: Option<Date>, name: &dyn Fn(Date) -> String| {
            date.map_or_else(|| number.to_string(), name)
        };
        match self.period {
            Period::Day => named(of_day(number), &|date| date.to_string()),
            Period::Week => named(of_day(number.saturating_mul(7).saturating_sub(3)), &|date| {
                let week = ISOWeekDate::from(date);
                format!("{:04}-W{:02}", week.year(), week.week())
            }),
            Period::Month => {
                format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1)
            }
            Period::Quarter => format!("{:04}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
            Period::Year => format!("{number:04}"),
        }
    }

    /// The first day of a period, as days since 1970: where a declared change is put on the axis of periods.
    pub fn first_day(&self, number: i32) -> i32 {
        let start = |year: i32, month: i32| {
            let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
            i32::try_from(date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second() / DAY).ok()
        };
        let first = match self.period {
            Period::Day => Some(number),
            Period::Week => number.checked_mul(7).and_then(|day| day.checked_sub(3)),
            Period::Month => start(number.div_euclid(12), number.rem_euclid(12) + 1),
            Period::Quarter => start(number.div_euclid(4), number.rem_euclid(4) * 3 + 1),
            Period::Year => start(number, 1),
        };
        first.unwrap_or_default()
    }
}

/// The day of a second on the wall, counted from 1970.
pub(super) fn day(wall: i64) -> i32 {
    i32::try_from(wall.div_euclid(DAY)).unwrap_or_default()
}

fn of_day(day: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(day.days()).ok()
}

/// Year and month of a day. March begins the year of this arithmetic, so that the leap day is its last; Hinnant,
/// "chrono-compatible low-level date algorithms" (2021), `civil_from_days`.
fn year_and_month(day: i32) -> (i32, i32) {
    const DAYS_OF_400_YEARS: i32 = 146_097;
    let shifted = day + 719_468;
    let cycle = shifted.div_euclid(DAYS_OF_400_YEARS);
    let day = shifted.rem_euclid(DAYS_OF_400_YEARS);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year + cycle * 400 + i32::from(month <= 2), month)
}

/// What a text says of time: an ISO 8601 date, date and time (with an offset: a point of time), month or year.
pub fn moment(text: &str) -> Moment {
    let text = text.trim();
    if text.is_empty() {
        return Moment::Missing;
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Moment::Instant(instant.as_second());
    }
    if let Ok(local) = text.parse::<jiff::civil::DateTime>() {
        return local
            .to_zoned(TimeZone::UTC)
            .map_or(Moment::Unreadable, |zoned| Moment::Local(zoned.timestamp().as_second()));
    }
    // `2026` and `2026-01`, as partition keys are written.
    let year_and_month = match text.split_once('-') {
        Some((year, month)) => (year.len() == 4).then(|| (year.parse().ok(), month.parse().ok())),
        None => (text.len() == 4).then(|| (text.parse().ok(), Some(1))),
    };
    let Some((Some(year), Some(month))) = year_and_month else {
        return Moment::Unreadable;
    };
    let zoned = Date::new(year, month, 1).and_then(|date| date.to_zoned(TimeZone::UTC));
    zoned.map_or(Moment::Unreadable, |zoned| Moment::Local(zoned.timestamp().as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calendar(period: Period, zone: &str) -> Calendar {
        Calendar::new(&config::Time { period, zone: zone.into() })
    }

    fn period(period: Period, text: &str) -> String {
        let calendar = calendar(period, "Europe/Helsinki");
        let wall = calendar.wall(moment(text)).unwrap();
        calendar.name(calendar.number(wall))
    }

    #[test]
    fn periods_are_cut_in_the_zone() {
        // Midnight in Helsinki is two hours earlier in UTC in winter, three in summer.
        assert_eq!(period(Period::Day, "2026-01-31T22:00:00Z"), "2026-02-01");
        assert_eq!(period(Period::Day, "2026-01-31T21:59:59Z"), "2026-01-31");
        assert_eq!(period(Period::Day, "2026-06-30T21:00:00Z"), "2026-07-01");
        assert_eq!(period(Period::Day, "2026-07-01T00:30:00+05:00"), "2026-06-30");
        assert_eq!(
            period(Period::Month, "2026-01-31 23:59"),
            "2026-01",
            "without a zone: as it stands"
        );
        assert_eq!(period(Period::Quarter, "2026-05-01"), "2026-Q2");
        assert_eq!(period(Period::Week, "2026-01-01"), "2026-W01");
        assert_eq!(period(Period::Week, "2027-01-03"), "2026-W53");
        assert_eq!(period(Period::Year, "2026"), "2026");
        assert_eq!(period(Period::Month, "2025-11"), "2025-11");
        assert_eq!(period(Period::Day, "1969-12-31"), "1969-12-31");
    }

    #[test]
    fn what_is_no_time_says_nothing() {
        for text in ["soon", "12", "2026-13", "2026-00-01", "99999-01-01"] {
            assert_eq!(moment(text), Moment::Unreadable, "{text}");
        }
        assert_eq!(moment(" "), Moment::Missing);
        let calendar = calendar(Period::Month, "UTC");
        for second in [i64::MIN, i64::MAX, i64::MAX / 2] {
            assert_eq!(calendar.wall(Moment::Instant(second)), None);
            assert_eq!(calendar.wall(Moment::Local(second)), None);
        }
    }

    #[test]
    fn the_calendar_ends_where_dates_end() {
        assert_eq!(of_day(i32::try_from(LAST_DAY).unwrap()), Some(Date::MAX));
        assert_eq!(of_day(i32::try_from(FIRST_DAY).unwrap()), Some(Date::MIN));
    }

    proptest! {
        #[test]
        fn year_and_month_are_those_of_the_date(day in -4_371_587i32..=2_932_896) {
            let date = of_day(day).unwrap();
            prop_assert_eq!(year_and_month(day), (i32::from(date.year()), i32::from(date.month())));
        }

        #[test]
        fn periods_follow_each_other_and_offsets_are_those_of_the_zone(second in -2_000_000_000i64..4_000_000_000, kind in 0usize..5) {
            let calendar = calendar(Period::ALL[kind], "Europe/Helsinki");
            let wall = calendar.wall(Moment::Instant(second)).unwrap();
            if second > 0 {
                let zone = TimeZone::get("Europe/Helsinki").unwrap();
                let offset = zone.to_offset(Timestamp::from_second(second).unwrap());
                prop_assert_eq!(wall - second, i64::from(offset.seconds()));
            }
            let number = calendar.number(wall);
            prop_assert!(calendar.first_day(number) <= day(wall));
            prop_assert!(day(wall) < calendar.first_day(number + 1));
            prop_assert_eq!(calendar.number(i64::from(calendar.first_day(number)) * DAY), number);
            prop_assert!(calendar.name(number) < calendar.name(number + 1));
        }
    }
}
