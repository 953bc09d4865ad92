//! Patterns of the user: named regular expressions, such as those for order or
//! member numbers. The `regex` crate searches without backtracking.

use super::{Finding, Kind};
use regex::Regex;

/// Texts on which an expression that can match nothing at all betrays itself;
/// word borders match nothing only beside a word.
const PROBES: &[&str] = &["", "a", "0", " ", "a b", "0-1", "ä\n\nö", "A.\r\n"];

/// The expressions and their marks, by position.
#[derive(Debug)]
pub(super) struct Patterns(Vec<(Regex, String)>);

impl Patterns {
    /// Compiles (name, expression) pairs; an error is (name, message).
    pub(super) fn new(patterns: &[(String, String)]) -> Result<Patterns, (String, String)> {
        let mut compiled = Vec::with_capacity(patterns.len());
        for (position, (name, expression)) in patterns.iter().enumerate() {
            let fault = |message: String| (name.clone(), message);
            if u16::try_from(position).is_err() {
                return Err(fault("there are more than 65536 patterns".to_owned()));
            }
            if !is_name(name) {
                return Err(fault("the name is not of the form [a-z][a-z0-9_]*".to_owned()));
            }
            let regex = Regex::new(expression).map_err(|error| fault(error.to_string()))?;
            let empty = |text: &&str| regex.find_iter(text).any(|piece| piece.is_empty());
            if PROBES.iter().any(empty) {
                return Err(fault("the expression matches the empty string".to_owned()));
            }
            compiled.push((regex, format!("[{name}]")));
        }
        Ok(Patterns(compiled))
    }

    /// Appends the matches of every expression.
    pub(super) fn find(&self, text: &str, found: &mut Vec<Finding>) {
        for (kind, (regex, _)) in (0..=u16::MAX).map(Kind::Pattern).zip(&self.0) {
            let pieces = regex.find_iter(text).filter(|piece| !piece.is_empty());
            found.extend(pieces.map(|piece| Finding {
                start: piece.start(),
                end: piece.end(),
                kind,
            }));
        }
    }

    /// The mark of the expression at this position.
    pub(super) fn mark(&self, position: u16) -> Option<&str> {
        let (_, mark) = self.0.get(usize::from(position))?;
        Some(mark)
    }
}

/// Whether the name is of the form `[a-z][a-z0-9_]*`.
fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::Patterns;

    fn made(name: &str, expression: &str) -> Result<Patterns, (String, String)> {
        Patterns::new(&[(name.to_owned(), expression.to_owned())])
    }

    #[test]
    fn refuses_bad_names_and_expressions() {
        for name in ["", "A", "1a", "a-b", "ä", "_a", "a b"] {
            assert!(made(name, "x").is_err(), "{name}");
        }
        for expression in ["(", "x*", "", "^", "$", r"\b", "(?m)^$", "a|", r"\B", "(?=a)"] {
            let fault = made("order", expression).err();
            assert!(fault.is_some_and(|(name, message)| name == "order" && !message.is_empty()));
        }
        assert!(made("order_2", r"\bT-\d{6}\b").is_ok());
    }

    #[test]
    fn finds_by_position() {
        let pairs = [("member", r"M\d+"), ("order", r"T-\d+")]
            .map(|(name, expression)| (name.to_owned(), expression.to_owned()));
        let patterns = Patterns::new(&pairs).expect("valid");
        let mut found = Vec::new();
        patterns.find("T-1 M2", &mut found);
        let starts: Vec<_> = found.iter().map(|piece| (piece.start, piece.end)).collect();
        assert_eq!(starts, [(4, 6), (0, 3)]);
        assert_eq!(patterns.mark(1), Some("[order]"));
        assert_eq!(patterns.mark(2), None);
    }
}
