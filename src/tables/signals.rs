//! The rows of `signals`.

use super::responses::count;
use super::schema::signals_schema;
use crate::enrich::Reading;
use crate::lexicons::Signals;
use arrow::array::{Int32Builder, RecordBatch, StringBuilder};
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use std::sync::Arc;

/// Collects the signals of one slice.
#[derive(Debug)]
pub struct SignalRows {
    schema: SchemaRef,
    response_id: StringBuilder,
    question: StringBuilder,
    signal: StringBuilder,
    start: Int32Builder,
    end: Int32Builder,
    evidence: StringBuilder,
}

impl SignalRows {
    /// An empty collection with room for the signals of `responses` responses, at one each.
    pub fn new(responses: usize) -> SignalRows {
        let text = |bytes: usize| StringBuilder::with_capacity(responses, responses * bytes);
        let number = || Int32Builder::with_capacity(responses);
        SignalRows {
            schema: Arc::new(signals_schema()),
            response_id: text(16),
            question: text(8),
            signal: text(16),
            start: number(),
            end: number(),
            evidence: text(64),
        }
    }

    /// Adds the signals of one response; `questions` are the names of the text columns.
    pub fn push(&mut self, id: &str, reading: &Reading, questions: &[&str], signals: &Signals) {
        for row in &reading.signals {
            self.response_id.append_value(id);
            self.question.append_option(questions.get(row.question));
            self.signal.append_value(signals.name(row.signal));
            self.start.append_value(count(row.start));
            self.end.append_value(count(row.end));
            self.evidence.append_value(reading.detail(&row.evidence));
        }
    }

    /// The rows collected.
    ///
    /// # Errors
    /// When the columns do not fit the schema, which would be a fault of this file.
    pub fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(
            self.schema,
            vec![
                Arc::new(self.response_id.finish()),
                Arc::new(self.question.finish()),
                Arc::new(self.signal.finish()),
                Arc::new(self.start.finish()),
                Arc::new(self.end.finish()),
                Arc::new(self.evidence.finish()),
            ],
        )
    }
}
