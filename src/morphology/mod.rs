//! Which words belong together: the forms of one lemma.

mod snowball;

pub use snowball::Stemmer;
