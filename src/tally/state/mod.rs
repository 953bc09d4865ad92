//! A tally as records of integers and back, exactly: what `_state/` holds, so that a later run or another machine can add
//! to it. Hashes and counts are the same on every machine.

mod counts;
mod layout;
mod lists;

use self::counts::{Fields, read_list};
use super::Tally;
use super::admission::Admission;
use super::block::Block;
use super::cell::Cell;
use super::layout::Layout;
use crate::enrich::Language;

/// The version of the records. Another one is refused: it counts otherwise.
pub const STATE_VERSION: i64 = 1;

/// One list of integers of a tally.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The part of the tally, e.g. `segment`.
    pub part: String,
    /// Which of its kind, e.g. the number of the dimension and the value.
    pub keys: Vec<String>,
    /// What the numbers are, e.g. `scores`.
    pub field: String,
    /// The numbers; hashes and unsigned counts by their bits.
    pub numbers: Vec<i64>,
}

impl Record {
    fn new(part: &str, keys: &[&str], field: &str, numbers: Vec<i64>) -> Record {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Record { part: part.to_owned(), keys, field: field.to_owned(), numbers }
    }

    fn key(&self, at: usize) -> Option<&str> {
        self.keys.get(at).map(String::as_str)
    }

    fn number_of_key(&self, at: usize) -> Option<usize> {
        self.key(at)?.parse().ok()
    }
}

/// Records that are made as they are asked for.
type Records<'t> = Box<dyn Iterator<Item = Record> + 't>;

impl Tally {
    /// The tally as records, in an order that depends on nothing but its counts. It must be settled.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        let version = Record::new("state", &[], "version", vec![STATE_VERSION]);
        let parts: [Records<'_>; 11] =
            [
                Box::new(layout::records(&self.layout).into_iter()),
                Box::new(self.run_records().into_iter()),
                Box::new(
                    self.groups
                        .iter()
                        .enumerate()
                        .flat_map(|(at, block)| fields_of("group", &[&at.to_string()], block)),
                ),
                Box::new(self.segment_records()),
                Box::new(self.segment_period_records()),
                Box::new(self.segment_pair_records()),
                Box::new(self.periods.iter().flat_map(|(period, block)| {
                    fields_of("period", &[&period.to_string()], block)
                })),
                Box::new(lists::small(self).into_iter()),
                Box::new(lists::quotes(self)),
                Box::new(lists::terms(self)),
                Box::new(lists::visits(self)),
            ];
        std::iter::once(version).chain(parts.into_iter().flatten())
    }

    /// The tally of records.
    ///
    /// # Errors
    /// What is wrong with them: another version, or a record that does not fit.
    pub fn from_records(records: impl IntoIterator<Item = Record>) -> Result<Tally, String> {
        let mut records = records.into_iter().peekable();
        let version = records.next().filter(|first| first.part == "state");
        let version = version.and_then(|first| first.numbers.first().copied());
        match version {
            Some(STATE_VERSION) => {}
            Some(other) => {
                return Err(format!(
                    "its version is {other}; this kymppi reads version {STATE_VERSION}"
                ));
            }
            None => return Err("it does not begin with its version".into()),
        }
        let mut layout = Layout::default();
        let unfit = |record: &Record| {
            format!("the record {} {:?} {} does not fit", record.part, record.keys, record.field)
        };
        while let Some(record) = records.next_if(|record| record.part == "layout") {
            layout::read(&mut layout, &record).ok_or_else(|| unfit(&record))?;
        }
        if layout == Layout::default() {
            return Err("it has no layout".into());
        }
        let mut tally = Tally::new(&layout);
        for record in records {
            tally.read(&record).ok_or_else(|| unfit(&record))?;
        }
        tally.settle();
        Ok(tally)
    }

    fn read(&mut self, record: &Record) -> Option<()> {
        let Record { field, numbers, .. } = record;
        let Layout { shape, k_anon, .. } = self.layout;
        let block = || Block::new(shape, k_anon);
        let cell = || Cell::new(shape, k_anon);
        match record.part.as_str() {
            "run" => self.read_run(record),
            "group" => self.groups.0.get_mut(record.number_of_key(0)?)?.read(field, numbers),
            "segment" => {
                let blocks = &mut self.segments.get_mut(record.number_of_key(0)?)?.blocks;
                let value = record.key(1)?.to_owned();
                blocks.entry(value).or_insert_with(block).read(field, numbers)
            }
            "segment_value" => {
                let value = record.key(1)?.to_owned();
                self.admissions(record.number_of_key(0)?).for_each(|admission| {
                    admission.values.insert(value.clone());
                });
                Some(())
            }
            "segment_full" => {
                let full = numbers.first().is_some_and(|full| *full > 0);
                self.admissions(record.number_of_key(0)?)
                    .for_each(|admission| admission.full = full);
                Some(())
            }
            "segment_period" => {
                let periods = self.segment_periods.get_mut(record.number_of_key(0)?)?;
                let Some(value) = record.key(1) else {
                    periods.periods =
                        numbers.iter().filter_map(|n| i32::try_from(*n).ok()).collect();
                    return Some(());
                };
                let cells = periods.cells.entry(value.to_owned()).or_default();
                let period = record.key(2)?.parse().ok()?;
                cells.entry(period).or_insert_with(cell).read(field, numbers)
            }
            "segment_pair" => {
                let pairs = self.segment_pairs.get_mut(record.number_of_key(0)?)?;
                let cells = pairs.cells.entry(record.key(1)?.to_owned()).or_default();
                cells.entry(record.key(2)?.to_owned()).or_insert_with(cell).read(field, numbers)
            }
            "period" => {
                let period = record.key(0)?.parse().ok()?;
                self.periods.blocks.entry(period).or_insert_with(block).read(field, numbers)
            }
            _ => lists::read(self, record),
        }
    }

    /// Every copy of what is known of the values of a dimension: each part that splits by it decides alike.
    fn admissions(&mut self, dimension: usize) -> impl Iterator<Item = &mut Admission> {
        let own = self.segments.iter_mut().filter(move |part| part.dimension == dimension);
        let periods =
            self.segment_periods.iter_mut().filter(move |part| part.dimension == dimension);
        let journey = (self.journey.dimension == Some(dimension)).then_some(&mut self.journey);
        let pairs = self.segment_pairs.iter_mut().flat_map(move |part| {
            let (first, second) = (&mut part.admissions.0, &mut part.admissions.1);
            let first = (part.dimensions.0 == dimension).then_some(first);
            first.into_iter().chain((part.dimensions.1 == dimension).then_some(second))
        });
        own.map(|part| &mut part.admission)
            .chain(periods.map(|part| &mut part.admission))
            .chain(pairs)
            .chain(journey.map(|part| &mut part.admission))
    }

    fn segment_records(&self) -> impl Iterator<Item = Record> {
        self.segments.iter().enumerate().flat_map(|(at, segments)| {
            let dimension = at.to_string();
            let full = vec![i64::from(segments.admission.full)];
            let full = Record::new("segment_full", &[&dimension], "full", full);
            let names = dimension.clone();
            let values = segments.admission.values.iter().map(move |value| {
                Record::new("segment_value", &[&names, value], "value", Vec::new())
            });
            let blocks = segments
                .iter()
                .flat_map(move |(value, block)| fields_of("segment", &[&dimension, value], block));
            std::iter::once(full).chain(values).chain(blocks)
        })
    }

    fn segment_period_records(&self) -> impl Iterator<Item = Record> {
        self.segment_periods.iter().enumerate().flat_map(|(at, part)| {
            let dimension = at.to_string();
            let periods = part.periods.iter().map(|period| i64::from(*period)).collect();
            let periods = Record::new("segment_period", &[&dimension], "periods", periods);
            let cells = part.iter().flat_map(move |(value, cells)| {
                let dimension = dimension.clone();
                cells.iter().flat_map(move |(period, cell)| {
                    fields_of("segment_period", &[&dimension, value, &period.to_string()], cell)
                })
            });
            std::iter::once(periods).chain(cells)
        })
    }

    fn segment_pair_records(&self) -> impl Iterator<Item = Record> {
        self.segment_pairs.iter().enumerate().flat_map(|(at, part)| {
            let pair = at.to_string();
            part.iter().flat_map(move |(one, cells)| {
                let pair = pair.clone();
                cells.iter().flat_map(move |(other, cell)| {
                    fields_of("segment_pair", &[&pair, one, other], cell)
                })
            })
        })
    }

    fn run_records(&self) -> Vec<Record> {
        let mut records = Vec::new();
        let mut add = |field: &str, numbers: Vec<u64>| {
            let numbers = numbers.into_iter().map(u64::cast_signed).collect();
            records.push(Record::new("run", &[], field, numbers));
        };
        add("rows", vec![self.rows]);
        add("with_text", vec![self.with_text]);
        add("labels", self.labels.to_vec());
        add("bands", self.bands.to_vec());
        add("band_texts", self.band_texts.to_vec());
        add("scores", vec![self.score_missing, self.score_invalid]);
        add("themes", self.themes.iter().flatten().flatten().copied().collect());
        add("mentions", vec![self.mentions]);
        add("texts", vec![self.truncated, self.invalid_utf8, self.redactions, self.doubtful]);
        add("signals", vec![self.signals]);
        add("null_ids", vec![self.null_ids]);
        add("times", vec![self.time_missing, self.time_invalid]);
        let languages = self.languages.iter();
        records.extend(languages.map(|(language, count)| {
            Record::new("run", &[language], "language", vec![count.cast_signed()])
        }));
        records
    }

    fn read_run(&mut self, record: &Record) -> Option<()> {
        let numbers: Vec<u64> = record.numbers.iter().copied().map(i64::cast_unsigned).collect();
        match record.field.as_str() {
            "rows" => self.rows = *numbers.first()?,
            "with_text" => self.with_text = *numbers.first()?,
            "labels" => self.labels = numbers.try_into().ok()?,
            "bands" => self.bands = numbers.try_into().ok()?,
            "band_texts" => self.band_texts = numbers.try_into().ok()?,
            "scores" => [self.score_missing, self.score_invalid] = numbers.try_into().ok()?,
            "themes" => read_list(self.themes.iter_mut().flatten().flatten(), &numbers)?,
            "mentions" => self.mentions = *numbers.first()?,
            "texts" => {
                [self.truncated, self.invalid_utf8, self.redactions, self.doubtful] =
                    numbers.try_into().ok()?;
            }
            "null_ids" => self.null_ids = *numbers.first()?,
            "signals" => self.signals = *numbers.first()?,
            "times" => [self.time_missing, self.time_invalid] = numbers.try_into().ok()?,
            "language" => {
                self.languages.insert(code(record.key(0)?)?, *numbers.first()?);
            }
            _ => return None,
        }
        Some(())
    }
}

/// The code of a language, or that of none.
fn code(name: &str) -> Option<&'static str> {
    if name == "und" { Some("und") } else { Language::from_code(name).map(Language::code) }
}

fn fields_of(part: &str, keys: &[&str], counts: &impl Fields) -> Vec<Record> {
    counts
        .fields()
        .into_iter()
        .map(|(field, numbers)| Record::new(part, keys, field, numbers))
        .collect()
}
