//! Tests of the kinds together, and helpers for the tests of each.

use super::{Finding, Kind, Redactor};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

/// Kind and text of the findings without user patterns.
pub(super) fn spans(text: &str) -> Vec<(Kind, &str)> {
    let mut found = Vec::new();
    plain().find(text, &mut found);
    let span = |piece: &Finding| (piece.kind, text.get(piece.start..piece.end).unwrap_or("?"));
    found.iter().map(span).collect()
}

/// How many findings of this kind the text has.
pub(super) fn count(text: &str, kind: Kind) -> usize {
    spans(text).iter().filter(|span| span.0 == kind).count()
}

fn plain() -> Redactor {
    Redactor::new(&[]).expect("no patterns")
}

fn with(patterns: &[(&str, &str)]) -> Redactor {
    let pairs: Vec<_> = patterns
        .iter()
        .map(|(name, expression)| ((*name).to_owned(), (*expression).to_owned()))
        .collect();
    Redactor::new(&pairs).expect("valid patterns")
}

fn redacted(redactor: &Redactor, text: &str) -> String {
    let mut found = Vec::new();
    let mut out = String::new();
    redactor.find(text, &mut found);
    redactor.write_redacted(text, 0..text.len(), &found, &mut out);
    out
}

#[test]
fn threads_may_share_a_redactor() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&plain());
}

#[test]
fn kinds_together() {
    let text = "Olen Maija, 010190-900P, maija@example.fi, 040 1234567 010190-900P, \
                tili FI21 1234 5600 0007 85, kortti 4111 1111 1111 1111. Tilaus T-1234.";
    let redactor = with(&[("order", r"T-\d+")]);
    assert_eq!(
        redacted(&redactor, text),
        "Olen Maija, [personal_id], [email], [phone] [personal_id], \
         tili [iban], kortti [card]. Tilaus [order]."
    );
    assert_eq!(redactor.mark(Kind::Pattern(7)), "[pattern]");
}

#[test]
fn phone_yields_to_checked_numbers() {
    assert_eq!(
        redacted(&plain(), "09 1234 010190-900P ja 01 4111 1111 1111 1111"),
        "[phone] [personal_id] ja 01 [card]"
    );
}

#[test]
fn overlaps_leave_no_tail() {
    let redactor = with(&[("a", "x ma"), ("b", "x maija"), ("c", "x maija")]);
    let mut found = Vec::new();
    redactor.find("x maija@example.fi y", &mut found);
    let whole = Finding { start: 0, end: 18, kind: Kind::Pattern(1) };
    assert_eq!(found, [whole]);
    redactor.find("x maija", &mut found);
    assert_eq!(found, [Finding { end: 7, ..whole }]);
}

#[test]
fn ranges_replace_straddling_findings_whole() {
    let text = "ä maija@example.fi ö";
    let mut found = Vec::new();
    let redactor = plain();
    redactor.find(text, &mut found);
    let part = |range| {
        let mut out = String::new();
        redactor.write_redacted(text, range, &found, &mut out);
        out
    };
    assert_eq!(part(0..5), "ä [email]");
    assert_eq!(part(5..8), "[email]");
    assert_eq!(part(5..text.len()), "[email] ö");
    assert_eq!(part(5..999), "[email] ö");
    assert_eq!(part(0..3), "ä ");
    assert_eq!(part(19..text.len()), " ö");
    assert_eq!(part(5..5), "");
    assert_eq!(part(1..2), "ä");
}

#[test]
fn large_texts_finish() {
    const SIZE: usize = 5_000_000;
    for unit in [
        "4",
        "@",
        " ",
        "😀",
        "a",
        "0 ",
        "01 ",
        "+1",
        "+35",
        "(0",
        "(at)",
        "a@b.",
        "a.b-",
        "FI21 ",
        "1-",
        "040 123 ",
        "0(",
        "ä@",
        "[at] ",
        "12.3.2024 ",
        "5 4111 1111 1111 111",
        "\0",
        "010190-900",
    ] {
        let text = unit.repeat(SIZE / 4 / unit.len());
        let mut out = Vec::new();
        plain().find(&text, &mut out);
        let pieces = text.len();
        assert!(out.len() <= pieces);
    }
    for unit in ["7", "@", " "] {
        assert!(spans(&unit.repeat(SIZE)).is_empty());
    }
    let token = format!("{}@example.fi", "a".repeat(SIZE));
    assert_eq!(spans(&token), [(Kind::Email, token.as_str())]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn findings_are_sorted_apart_and_on_borders(
        text in r"([0-9]{1,7}|[ .,:/()\[\]@+#_-]|[a-fA-Fåäö😀–]|\PC|at|FI21|040|\+358|x@y\.fi){0,40}",
        from in 0_usize..60, to in 0_usize..90,
    ) {
        let redactor = with(&[("b", "[a-d]+ ?[0-9]"), ("c", "4.{2}")]);
        let mut found = vec![Finding { start: 9, end: 1, kind: Kind::Card }];
        redactor.find(&text, &mut found);
        let mut last = 0;
        for piece in &found {
            prop_assert!(piece.start >= last && piece.start < piece.end);
            prop_assert!(text.get(piece.start..piece.end).is_some());
            last = piece.end;
        }
        let mut out = String::new();
        redactor.write_redacted(&text, from..to, &found, &mut out);
        out.clear();
        redactor.write_redacted(&text, 0..text.len(), &found, &mut out);
        let marks: usize = found.iter().map(|piece| redactor.mark(piece.kind).len()).sum();
        let covered: usize = found.iter().map(|piece| piece.end - piece.start).sum();
        prop_assert_eq!(out.len(), text.len() - covered + marks);
    }
}
