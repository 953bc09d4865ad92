//! Clauses: the stretches of a text that say one thing about something.

use super::{Gap, Token};
use std::ops::Range;

/// Appends the clauses of a token sequence as ranges of token positions. A clause ends at any mark stronger than a
/// space and before every position of `openers`, which grow: conjunctions such as `mutta` or `but`.
pub fn split_clauses(
    tokens: &[Token],
    openers: impl Iterator<Item = usize>,
    clauses: &mut Vec<Range<usize>>,
) {
    let mut openers = openers.peekable();
    let mut start = 0;
    for (position, token) in tokens.iter().enumerate() {
        while openers.next_if(|&opener| opener < position).is_some() {}
        let opens = openers.peek() == Some(&position);
        if position > start && (token.gap > Gap::Open || opens) {
            clauses.push(start..position);
            start = position;
        }
    }
    if start < tokens.len() {
        clauses.push(start..tokens.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    #[test]
    fn clauses_end_at_marks_and_conjunctions() {
        let text = "Hyvä palvelu mutta pitkä jono. Kiitos, hei";
        let mut tokens = Vec::new();
        tokenise(text, 0..text.len(), Gap::Open, &mut tokens);
        let mut clauses = Vec::new();
        split_clauses(&tokens, [2].into_iter(), &mut clauses);
        assert_eq!(clauses, [0..2, 2..5, 5..6, 6..7]);
    }
}
