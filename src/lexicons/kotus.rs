//! The Finnish word list of Kotus (Nykysuomen sanalista), for users who have it: words with their inflection classes.
//! The list is not shipped.

use crate::error::{Error, Place};
use crate::morphology::{Class, Vocabulary};
use flate2::read::GzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use rustc_hash::FxHashSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Adds the words of a list, `.xml` or `.xml.gz`. Its classes replace those of `words.tsv`.
pub(super) fn add(file: &Path, vocabulary: &mut Vocabulary) -> Result<(), Error> {
    let open = File::open(file).map_err(Error::io(file, "read"))?;
    let zipped = file.extension().is_some_and(|extension| extension == "gz");
    let source: Box<dyn Read> =
        if zipped { Box::new(GzDecoder::new(open)) } else { Box::new(open) };
    let mut reader = Reader::from_reader(BufReader::new(source));
    let refuse = |message: String| Error::Lexicon { place: Place::file(file), message };
    let (mut buffer, mut words) = (Vec::new(), 0usize);
    let mut record = Record::default();
    let mut met = FxHashSet::default();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => {
                if tag.name().as_ref() == "st" {
                    record = Record::default();
                }
                record.element = tag.name().as_ref().to_owned();
            }
            Ok(Event::Text(text)) => {
                record.take(text.trim());
            }
            Ok(Event::End(tag)) => {
                match tag.name().as_ref() {
                    "st" => words += usize::from(record.finish(vocabulary, &mut met)),
                    "t" => record.end_class(),
                    _ => {}
                }
                record.element.clear();
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let place = reader.error_position();
                return Err(refuse(format!("damaged at byte {place}: {error}")));
            }
        }
        buffer.clear();
    }
    if words == 0 {
        return Err(refuse(
            "holds no word of the Kotus list; expected <st><s>word</s><t><tn>9</tn><av>B</av></t></st>".into(),
        ));
    }
    Ok(())
}

/// One `<st>` in the making.
#[derive(Default)]
struct Record {
    element: String,
    word: String,
    number: String,
    grade: String,
    classes: Vec<Box<str>>,
}

impl Record {
    fn take(&mut self, text: &str) {
        match self.element.as_str() {
            "s" => self.word.push_str(text),
            "tn" => self.number = text.to_owned(),
            "av" => self.grade = text.trim_matches('_').to_owned(),
            _ => {}
        }
    }

    fn end_class(&mut self) {
        let class = format!("{}{}", self.number, self.grade);
        if Class::parse(&class).is_some() {
            self.classes.push(class.into());
        }
        self.number.clear();
        self.grade.clear();
    }

    /// Whether it was a word. `met` holds the words whose classes the list has replaced.
    fn finish(&mut self, vocabulary: &mut Vocabulary, met: &mut FxHashSet<String>) -> bool {
        let word = self.word.to_lowercase();
        let fits = word.chars().count() > 1 && word.chars().all(char::is_alphabetic);
        if fits {
            // The list gives no class to compounds: they inflect as their last part.
            let compound = self.classes.is_empty() && !vocabulary.knows(&word);
            let known = vocabulary.word(&word);
            if compound {
                known.compound = Some(true);
            }
            if !self.classes.is_empty() {
                // A word may have several records, one a homograph.
                if met.insert(word) {
                    known.classes.clear();
                }
                known.classes.append(&mut self.classes);
            }
        }
        fits
    }
}
