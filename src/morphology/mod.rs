//! Which words belong together: the forms of one lemma.

mod letters;
mod paradigm;
mod ending_table;
mod fi;
mod en;
mod sv;
mod vocabulary;
mod index;
mod builder;
mod matcher;
mod compounds;
mod variants;
mod snowball;

pub use builder::{MatcherBuilder, paradigm};
pub use index::LemmaId;
pub use matcher::{Match, Matcher, Reading, Search, Tier};
pub use paradigm::{Class, Grade};
pub use snowball::Stemmer;
pub use vocabulary::{InCompounds, Vocabulary, Word, is_class};
