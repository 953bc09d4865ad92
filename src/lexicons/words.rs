//! What is known of the words of a language: `words.tsv` (lemma, class), `forms.tsv` (what is irregular).

use super::tsv::ListFile;
use crate::error::Error;
use crate::morphology::{InCompounds, Vocabulary, is_class};
use crate::text::Language;

/// Adds a layer of `words.tsv`; a later one replaces the classes of a lemma.
pub(super) fn add_words(
    file: &ListFile,
    language: Language,
    vocabulary: &mut Vocabulary,
) -> Result<(), Error> {
    for row in file.rows(&["lemma", "class"])? {
        let classes: Vec<Box<str>> =
            row.cell(1).split(',').filter(|class| !class.is_empty()).map(Into::into).collect();
        if let Some(class) = classes.iter().find(|class| !is_class(language, class)) {
            return Err(row.error(format!(
                "`{class}` is no inflection class; lexicons/README.md lists them, an empty cell leaves it to the word's shape"
            )));
        }
        vocabulary.word(&row.cell(0).to_lowercase()).classes = classes;
    }
    Ok(())
}

/// Adds a layer of `forms.tsv`; a later one replaces what is said of a lemma.
pub(super) fn add_forms(
    file: &ListFile,
    language: Language,
    vocabulary: &mut Vocabulary,
) -> Result<(), Error> {
    for row in file.rows(&["lemma", "forms", "not", "compounds", "note"])? {
        let list =
            |column| row.cell(column).split_whitespace().map(Into::into).collect::<Vec<Box<str>>>();
        let (forms, not) = (list(1), list(2));
        for class in forms.iter().filter_map(|form| Some(form.split_once(':')?.1)) {
            if language != Language::FINNISH || !is_class(language, class) {
                return Err(row.error(format!("`{class}` is no inflection class of a form")));
            }
        }
        let word = vocabulary.word(&row.cell(0).to_lowercase());
        (word.forms, word.not, word.compounds, word.compound) = (forms, not, None, None);
        for text in row.cell(3).split_whitespace() {
            if text == "whole" {
                word.compound = Some(false);
                continue;
            }
            let parts = InCompounds::parse(text).ok_or_else(|| {
                row.error(format!("compounds is `{text}`; write off, first, last, both or whole"))
            })?;
            word.compounds = Some(parts);
        }
    }
    Ok(())
}
