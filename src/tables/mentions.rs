//! The rows of `mentions`.

use super::responses::count;
use super::schema::mentions_schema;
use crate::enrich::{Polarity, Reading};
use crate::lexicons::Taxonomy;
use arrow::array::{Float64Builder, Int32Builder, RecordBatch, StringBuilder};
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use std::sync::Arc;

/// Collects the mentions of one slice.
#[derive(Debug)]
pub struct MentionRows {
    schema: SchemaRef,
    response_id: StringBuilder,
    question: StringBuilder,
    clause: Int32Builder,
    theme: StringBuilder,
    polarity: StringBuilder,
    weight: Float64Builder,
    valence: Float64Builder,
    start: Int32Builder,
    end: Int32Builder,
    evidence: StringBuilder,
    entries: StringBuilder,
    rule: StringBuilder,
    tier: Int32Builder,
}

impl MentionRows {
    /// An empty collection with room for the mentions of `responses` responses, at two each.
    pub fn new(responses: usize) -> MentionRows {
        let rows = responses * 2;
        let text = |bytes: usize| StringBuilder::with_capacity(rows, rows * bytes);
        let number = || Int32Builder::with_capacity(rows);
        let measure = || Float64Builder::with_capacity(rows);
        MentionRows {
            schema: Arc::new(mentions_schema()),
            response_id: text(16),
            question: text(8),
            clause: number(),
            theme: text(16),
            polarity: text(8),
            weight: measure(),
            valence: measure(),
            start: number(),
            end: number(),
            evidence: text(64),
            entries: text(24),
            rule: text(8),
            tier: number(),
        }
    }

    /// Adds the mentions of one response; `questions` are the names of the text columns.
    pub fn push(&mut self, id: &str, reading: &Reading, questions: &[&str], taxonomy: &Taxonomy) {
        for mention in &reading.mentions {
            self.response_id.append_value(id);
            self.question.append_option(questions.get(mention.question));
            self.clause.append_value(count(mention.clause));
            self.theme.append_option(mention.theme.map(|theme| taxonomy.name(theme)));
            self.polarity.append_value(Polarity::name(mention.polarity));
            self.weight.append_value(mention.weight);
            self.valence.append_value(mention.valence);
            self.start.append_value(count(mention.start));
            self.end.append_value(count(mention.end));
            self.evidence.append_value(reading.detail(&mention.evidence));
            self.entries.append_value(reading.detail(&mention.entries));
            self.rule.append_value(reading.detail(&mention.rule));
            self.tier.append_value(i32::from(mention.tier));
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
                Arc::new(self.clause.finish()),
                Arc::new(self.theme.finish()),
                Arc::new(self.polarity.finish()),
                Arc::new(self.weight.finish()),
                Arc::new(self.valence.finish()),
                Arc::new(self.start.finish()),
                Arc::new(self.end.finish()),
                Arc::new(self.evidence.finish()),
                Arc::new(self.entries.finish()),
                Arc::new(self.rule.finish()),
                Arc::new(self.tier.finish()),
            ],
        )
    }
}
