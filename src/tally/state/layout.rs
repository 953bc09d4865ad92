//! The layout as records: with it a state says of itself what it counts.

use super::super::block::Shape;
use super::super::calendar::Calendar;
use super::super::facets::FacetNames;
use super::super::layout::Layout;
use super::Record;
use crate::config::{Bands, Period, Time};

/// The records of a layout.
pub(super) fn records(layout: &Layout) -> Vec<Record> {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let numbers = |list: &[usize]| list.iter().copied().map(number).collect::<Vec<_>>();
    let mut records = Vec::new();
    let mut add = |field: &str, keys: &[&str], numbers| {
        records.push(Record::new("layout", keys, field, numbers));
    };
    add("shape", &[], numbers(&[layout.shape.bins, layout.shape.themes]));
    if let Some(Bands { range, high, low }) = layout.bands {
        let bits = [range, high, low].map(|(first, last)| [first, last].map(bits));
        add("bands", &[], bits.concat());
    }
    let themes: Vec<&str> = layout.themes.iter().map(String::as_str).collect();
    let dimensions: Vec<&str> = layout.dimensions.iter().map(String::as_str).collect();
    add("themes", &themes, Vec::new());
    add("dimensions", &dimensions, Vec::new());
    add("touchpoint", &[], layout.touchpoint.map(number).into_iter().collect());
    add("journey_days", &[], vec![i64::from(layout.journey_days)]);
    let calendar = &layout.calendar;
    add("time", &[calendar.period().name(), calendar.zone()], vec![i64::from(layout.timed)]);
    add("customers", &[], vec![i64::from(layout.customers), number(layout.k_anon)]);
    for (kind, value) in layout.facets.iter() {
        add("facet", &[kind, value], Vec::new());
    }
    add("facet_labels", &[], numbers(&[layout.facets.labels]));
    add("facet_stages", &[], numbers(&layout.facets.stages));
    add("facet_dimensions", &[], numbers(&layout.facets.dimensions));
    add("facet_columns", &[], numbers(&layout.facets.columns));
    records
}

/// Takes a record of a layout back; nothing for one that does not fit.
pub(super) fn read(layout: &mut Layout, record: &Record) -> Option<()> {
    let Record { keys, numbers, .. } = record;
    let number = |at: usize| usize::try_from(*numbers.get(at)?).ok();
    let all = || numbers.iter().map(|number| usize::try_from(*number).ok()).collect::<Option<_>>();
    match record.field.as_str() {
        "shape" => layout.shape = Shape { bins: number(0)?, themes: number(1)? },
        "bands" => {
            let [a, b, c, d, e, f] = numbers[..] else { return None };
            let [range, high, low] =
                [[a, b], [c, d], [e, f]].map(|[first, last]| (float(first), float(last)));
            layout.bands = Some(Bands { range, high, low });
        }
        "themes" => layout.themes = keys.clone(),
        "dimensions" => layout.dimensions = keys.clone(),
        "touchpoint" => layout.touchpoint = number(0),
        "journey_days" => layout.journey_days = u32::try_from(number(0)?).ok()?,
        "time" => {
            let period =
                Period::ALL.into_iter().find(|period| Some(period.name()) == record.key(0));
            let time = Time { period: period?, zone: record.key(1)?.to_owned() };
            (layout.calendar, layout.timed) = (Calendar::new(&time), number(0)? > 0);
        }
        "customers" => (layout.customers, layout.k_anon) = (number(0)? > 0, number(1)?),
        "facet" => {
            let kind = FacetNames::kind(record.key(0)?)?;
            layout.facets.names.push((kind, record.key(1)?.to_owned()));
        }
        "facet_labels" => layout.facets.labels = number(0)?,
        "facet_stages" => layout.facets.stages = all()?,
        "facet_dimensions" => layout.facets.dimensions = all()?,
        "facet_columns" => layout.facets.columns = all()?,
        _ => return None,
    }
    Some(())
}

fn bits(number: f64) -> i64 {
    number.to_bits().cast_signed()
}

fn float(bits: i64) -> f64 {
    f64::from_bits(bits.cast_unsigned())
}
