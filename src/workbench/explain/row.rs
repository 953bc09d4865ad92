//! Finds a response by its id in the input of a pipeline and explains it as a run reads it.

use super::anatomy::explain_answers;
use super::explained::{Explanation, RowExplained};
use crate::config::Config;
use crate::enrich::{Enricher, Language};
use crate::error::Error;
use crate::sources::{OpenFile, Source};
use crate::tables::{InputRows, InputScore};
use std::borrow::Cow;

/// Explains the first row of the input whose id is `id`: that of its id column, or `<file>#<row>` where there is none.
///
/// # Errors
/// [`Error::Usage`] when no row has this id, else as [`Source::open`].
pub fn explain_row(config: &Config, enricher: &Enricher, id: &str) -> Result<Explanation, Error> {
    let source = Source::open(config)?;
    let mut found: Option<Explanation> = None;
    for input in &source.files {
        let file = OpenFile::open(input, config)?;
        let mut number = 0;
        for row_group in 0..file.metadata().num_row_groups() {
            for rows in file.slices(row_group)? {
                let rows = rows?;
                for row in 0..rows.len() {
                    let own = rows
                        .id(row)
                        .unwrap_or_else(|| Cow::Owned(format!("{}#{number}", input.relative)));
                    match &mut found {
                        _ if own != id => {}
                        Some(Explanation { row: Some(first), .. }) => first.rows_with_id += 1,
                        _ => {
                            let place = RowExplained {
                                id: id.to_owned(),
                                file: input.relative.clone(),
                                row: number,
                                rows_with_id: 1,
                                score: None,
                                band: None,
                                named_language: None,
                            };
                            found = Some(explained(config, enricher, &rows, row, place));
                        }
                    }
                    number += 1;
                }
            }
        }
    }
    found.ok_or_else(|| {
        Error::Usage(format!(
            "no row of {} has the id `{id}`; {}",
            config.input.path,
            match &config.input.columns.id {
                Some(column) => format!("ids stand in the column `{column}`"),
                None =>
                    "without input.columns.id an id is <file>#<row>, rows counted from 0".into(),
            }
        ))
    })
}

fn explained(
    config: &Config,
    enricher: &Enricher,
    rows: &InputRows,
    row: usize,
    mut place: RowExplained,
) -> Explanation {
    let questions = &config.input.columns.text;
    let texts: Vec<Option<Cow<'_, str>>> =
        (0..questions.len()).map(|question| rows.text(row, question)).collect();
    let texts: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
    let named = rows.language(row).and_then(|name| Language::from_name(&name));
    if let InputScore::Number(score) = rows.score(row) {
        place.score = Some(score);
        place.band = config.bands().and_then(|bands| bands.band(score)).map(|band| band.name());
    }
    place.named_language = named.map(|language| language.code().to_owned());
    let mut explanation = explain_answers(enricher, questions, &texts, named);
    explanation.row = Some(place);
    explanation
}
