//! Finds the line and column of a dotted key in a pipeline file, so that a message can point at it.

use toml::de::{DeTable, DeValue};

/// Line and column (from 1) of a byte offset.
pub(super) fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    (line, column)
}

/// Line and column of the value under a dotted key such as `input.columns.text`.
pub(super) fn key(text: &str, dotted: &str) -> Option<(usize, usize)> {
    let root = DeTable::parse(text).ok()?;
    let mut table = root.get_ref();
    let mut parts = dotted.split('.').peekable();
    while let Some(part) = parts.next() {
        let (_, value) = table.iter().find(|(name, _)| name.get_ref() == part)?;
        if parts.peek().is_none() {
            return Some(position(text, value.span().start));
        }
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dotted_key_is_found_where_it_stands() {
        let text = "[input]\npath = \"x\"\n[input.columns]\ntext = [\"ä\"]\n";
        assert_eq!(key(text, "input.path"), Some((2, 8)));
        assert_eq!(key(text, "input.columns.text"), Some((4, 8)));
        assert_eq!(key(text, "output.path"), None);
    }
}
