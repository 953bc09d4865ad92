//! Rows as Arrow batches: the schema, and the rows of a span drawn column by column.

use std::fmt::Write as _;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Int32Builder, RecordBatch, StringBuilder, TimestampMicrosecondBuilder,
};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use arrow::error::ArrowError;

use super::comments::{self, Kind};
use super::random::Random;
use super::shares::{
    CHANNELS, DAY, LANGUAGES, Month, OTHERS, PRODUCT_LINES, REGIONS, SCORES, TOUCHPOINTS,
};
use super::vocabulary::Vocabulary;

/// Consecutive rows of one file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Rows in all files before this one.
    pub(super) before_file: u64,
    /// The first row, counted from the start of the file.
    pub(super) first: u64,
    /// How many rows.
    pub(super) count: u64,
    /// How many rows the whole file has.
    pub(super) file_rows: u64,
}

/// The columns, in their order.
pub(super) fn schema() -> SchemaRef {
    let text = |name, nullable| Field::new(name, DataType::Utf8, nullable);
    let time = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
    Arc::new(Schema::new(vec![
        text("response_id", false),
        text("comment", true),
        Field::new("score", DataType::Int32, true),
        text("customer_id", true),
        Field::new("created_at", time, true),
        text("survey_language", true),
        text("channel", true),
        text("touchpoint", true),
        text("region", true),
        text("product_line", true),
    ]))
}

/// What every row is drawn from.
pub(super) struct Source {
    pub(super) schema: SchemaRef,
    /// One vocabulary for each language.
    pub(super) vocabularies: Vec<Vocabulary>,
    /// How many customers there are to draw from.
    pub(super) customers: u64,
}

impl Source {
    /// Draws the rows of a span.
    pub(super) fn rows(
        &self,
        month: Month,
        span: Span,
        random: &mut Random,
    ) -> Result<RecordBatch, ArrowError> {
        let capacity = usize::try_from(span.count).unwrap_or(0);
        let short = || StringBuilder::with_capacity(capacity, capacity * 10);
        let mut ids = short();
        let mut texts = StringBuilder::with_capacity(capacity, capacity * 160);
        let mut scores = Int32Builder::with_capacity(capacity);
        let mut customers = short();
        let mut times = TimestampMicrosecondBuilder::with_capacity(capacity);
        let mut languages = short();
        let mut categories = [short(), short(), short(), short()];
        // Evenly through the month and in order, as an export would be; a slot for each row keeps
        // every time inside it.
        let slot = (month.days * DAY / span.file_rows.max(1)).max(1);
        let mut text = String::new();

        for row in span.first..span.first + span.count {
            text.clear();
            let _ = write!(text, "r-{:08}", span.before_file + row + 1);
            ids.append_value(&text);

            let language = match random.weighted(&LANGUAGES, "fi") {
                "other" => random.pick(&OTHERS),
                main => main,
            };
            languages.append_value(language);
            text.clear();
            let kind = comments::kind(random);
            let vocabulary = self.vocabularies.iter().find(|v| v.language.code == language);
            match vocabulary {
                Some(vocabulary) if kind != Kind::Null => {
                    comments::write(kind, vocabulary, random, &mut text);
                    texts.append_value(&text);
                }
                _ => texts.append_null(),
            }

            let score = random.weighted(&SCORES, 0);
            scores.append_option((!random.per_mille(30)).then_some(score));
            text.clear();
            let _ = write!(text, "c-{:07}", random.below(self.customers) + 1);
            customers.append_value(&text);
            let since = (row * slot + random.below(slot)).min(month.days * DAY - 1);
            times.append_value(i64::try_from(month.first_day * DAY + since).unwrap_or(i64::MAX));
            let [channel, touchpoint, region, product_line] = &mut categories;
            channel.append_value(random.weighted(&CHANNELS, ""));
            touchpoint.append_value(random.weighted(&TOUCHPOINTS, ""));
            region.append_value(random.weighted(&REGIONS, ""));
            product_line.append_value(random.weighted(&PRODUCT_LINES, ""));
        }

        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(ids.finish()),
            Arc::new(texts.finish()),
            Arc::new(scores.finish()),
            Arc::new(customers.finish()),
            Arc::new(times.finish().with_timezone("UTC")),
            Arc::new(languages.finish()),
        ];
        columns.extend(categories.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }
}
