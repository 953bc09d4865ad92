//! The columns added to `responses`, row by row.

use super::schema::responses_schema;
use crate::config::{Band, Config};
use crate::enrich::{Actor, Effort, Emotion, Expected, Intent, Label, Reading};
use crate::lexicons::Taxonomy;
use arrow::array::{
    ArrayRef, BooleanBuilder, Float64Builder, Int32Builder, RecordBatch, StringBuilder,
};
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use std::sync::Arc;

/// The language column where nothing speaks for any language.
const UNDETERMINED: &str = "und";

/// Collects the added columns of one slice.
#[derive(Debug)]
pub struct ResponseRows {
    schema: SchemaRef,
    response_id: Option<StringBuilder>,
    language: StringBuilder,
    language_confidence: Float64Builder,
    token_count: Int32Builder,
    stems: Option<StringBuilder>,
    sentiment: Float64Builder,
    sentiment_label: StringBuilder,
    positive: Float64Builder,
    negative: Float64Builder,
    score_band: StringBuilder,
    theme_main: StringBuilder,
    theme_count: Int32Builder,
    themes: StringBuilder,
    text_redacted: StringBuilder,
    emotion: StringBuilder,
    effort: StringBuilder,
    expectation: StringBuilder,
    intent: StringBuilder,
    cause_actor: StringBuilder,
    limiting_theme: StringBuilder,
    hero_moment: BooleanBuilder,
    response_needed: BooleanBuilder,
    contacts: Int32Builder,
    wait_minutes: Int32Builder,
    doubtful: BooleanBuilder,
    shown: String,
}

impl ResponseRows {
    /// An empty collection with room for `rows`.
    pub fn new(config: &Config, own_id: bool, rows: usize) -> ResponseRows {
        let short = || StringBuilder::with_capacity(rows, rows * 12);
        let rare = || StringBuilder::with_capacity(rows, rows);
        let flag = || BooleanBuilder::with_capacity(rows);
        let number = || Int32Builder::with_capacity(rows);
        let long = || StringBuilder::with_capacity(rows, rows * 192);
        ResponseRows {
            schema: Arc::new(responses_schema(config, own_id)),
            response_id: (!own_id).then(short),
            language: short(),
            language_confidence: Float64Builder::with_capacity(rows),
            token_count: number(),
            stems: config.output.stems.then(long),
            sentiment: Float64Builder::with_capacity(rows),
            sentiment_label: short(),
            positive: Float64Builder::with_capacity(rows),
            negative: Float64Builder::with_capacity(rows),
            score_band: short(),
            theme_main: short(),
            theme_count: number(),
            themes: StringBuilder::with_capacity(rows, rows * 48),
            text_redacted: long(),
            emotion: rare(),
            effort: rare(),
            expectation: rare(),
            intent: short(),
            cause_actor: rare(),
            limiting_theme: rare(),
            hero_moment: flag(),
            response_needed: flag(),
            contacts: number(),
            wait_minutes: number(),
            doubtful: flag(),
            shown: String::new(),
        }
    }

    /// Adds one response. `below_top` says whether its score is known and could have been better.
    pub fn push(
        &mut self,
        id: &str,
        reading: &Reading,
        band: Option<Band>,
        below_top: bool,
        taxonomy: &Taxonomy,
    ) {
        if let Some(response_id) = &mut self.response_id {
            response_id.append_value(id);
        }
        let text = reading.has_text;
        self.language.append_option(
            text.then(|| reading.language.map_or(UNDETERMINED, |language| language.code())),
        );
        self.language_confidence.append_option(text.then_some(reading.language_confidence));
        self.token_count.append_value(count(reading.token_count));
        if let Some(stems) = &mut self.stems {
            stems.append_option(text.then_some(&reading.stems));
        }
        let sentiment = reading.sentiment;
        self.sentiment.append_option(sentiment.map(|s| s.score));
        self.sentiment_label.append_option(sentiment.map(|s| Label::name(s.label)));
        self.positive.append_option(sentiment.map(|s| s.positive));
        self.negative.append_option(sentiment.map(|s| s.negative));
        self.score_band.append_option(band.map(Band::name));
        self.theme_main.append_option(reading.theme_main.map(|theme| taxonomy.name(theme)));
        self.theme_count.append_value(count(reading.theme_count));
        self.shown.clear();
        for (index, (theme, polarity)) in reading.themes.iter().enumerate() {
            if index > 0 {
                self.shown.push_str("; ");
            }
            self.shown.push_str(taxonomy.name(*theme));
            self.shown.push_str(polarity.sign());
        }
        self.themes.append_option((!reading.themes.is_empty()).then_some(&self.shown));
        self.text_redacted.append_option(text.then_some(&reading.text_redacted));
        self.push_signals(reading, below_top, taxonomy);
    }

    fn push_signals(&mut self, reading: &Reading, below_top: bool, taxonomy: &Taxonomy) {
        self.emotion.append_option(reading.emotion().map(Emotion::name));
        self.effort.append_option(reading.effort().map(Effort::name));
        self.expectation.append_option(reading.expectation().map(Expected::name));
        self.intent.append_option(reading.intent().map(Intent::name));
        self.cause_actor.append_option(reading.cause_actor().map(Actor::name));
        let limit = reading.limit.filter(|_| below_top);
        self.limiting_theme.append_option(limit.map(|limit| taxonomy.name(limit.theme)));
        // What nobody read says neither yes nor no.
        let read = reading.sentiment.is_some();
        self.hero_moment.append_option(read.then(|| reading.is_hero_moment()));
        self.response_needed.append_option(read.then(|| reading.needs_response()));
        self.contacts.append_option(reading.contacts);
        self.wait_minutes.append_option(reading.wait_minutes);
        self.doubtful.append_option(read.then_some(reading.doubtful));
    }

    /// The columns collected.
    ///
    /// # Errors
    /// When the columns do not fit the schema, which would be a fault of this file.
    pub fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(self.schema.fields().len());
        columns.extend(self.response_id.as_mut().map(|ids| Arc::new(ids.finish()) as ArrayRef));
        columns.push(Arc::new(self.language.finish()));
        columns.push(Arc::new(self.language_confidence.finish()));
        columns.push(Arc::new(self.token_count.finish()));
        columns.extend(self.stems.as_mut().map(|stems| Arc::new(stems.finish()) as ArrayRef));
        columns.push(Arc::new(self.sentiment.finish()));
        columns.push(Arc::new(self.sentiment_label.finish()));
        columns.push(Arc::new(self.positive.finish()));
        columns.push(Arc::new(self.negative.finish()));
        columns.push(Arc::new(self.score_band.finish()));
        columns.push(Arc::new(self.theme_main.finish()));
        columns.push(Arc::new(self.theme_count.finish()));
        columns.push(Arc::new(self.themes.finish()));
        columns.push(Arc::new(self.text_redacted.finish()));
        columns.push(Arc::new(self.emotion.finish()));
        columns.push(Arc::new(self.effort.finish()));
        columns.push(Arc::new(self.expectation.finish()));
        columns.push(Arc::new(self.intent.finish()));
        columns.push(Arc::new(self.cause_actor.finish()));
        columns.push(Arc::new(self.limiting_theme.finish()));
        columns.push(Arc::new(self.hero_moment.finish()));
        columns.push(Arc::new(self.response_needed.finish()));
        columns.push(Arc::new(self.contacts.finish()));
        columns.push(Arc::new(self.wait_minutes.finish()));
        columns.push(Arc::new(self.doubtful.finish()));
        RecordBatch::try_new(self.schema, columns)
    }
}

/// A count as the tables hold it.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
