//! Which words belong together: the forms of one lemma.

mod letters;
mod paradigm;
mod ending_table;
mod fi;
mod en;
mod sv;
mod vocabulary;
mod hash;
mod index;
mod inflection;
mod builder;
mod traits;
mod matcher;
mod compounds;
mod variants;
mod snowball;

pub use builder::{MatcherBuilder, Reading};
pub use index::LemmaId;
pub use inflection::paradigm;
pub use matcher::{Match, Matcher, Search, Tier};
pub use paradigm::{Class, Grade};
pub use snowball::Stemmer;
pub use vocabulary::{InCompounds, Vocabulary, Word, is_class};
