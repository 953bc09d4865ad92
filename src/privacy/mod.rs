//! Personal data in a text: identity codes, e-mail addresses, telephone, bank
//! account and card numbers, and what the user's own patterns find.
//! Every derived text is made from the redacted text, so finding comes first:
//! it is total, linear in the text's length and nearly free for plain texts.

mod card;
mod email;
mod glyph;
mod groups;
mod iban;
mod pattern;
mod personal_id;
mod phone;

use std::cmp::Reverse;
use std::ops::Range;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An identity code of Finland (DVV) or Sweden (Skatteverket).
    PersonalId,
    /// An e-mail address.
    Email,
    /// A telephone number, national or international (ITU-T E.164).
    Phone,
    /// An international bank account number (ISO 13616).
    Iban,
    /// A payment card number (ISO/IEC 7812, Luhn check digit).
    Card,
    /// A pattern of the user, by position.
    Pattern(u16),
}

/// One piece of personal data: byte range of the text, always on char
/// boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What was found.
    pub kind: Kind,
}

/// Finds personal data and replaces it by typed marks; immutable, so that
/// threads share one.
#[derive(Debug)]
pub struct Redactor {
    patterns: pattern::Patterns,
}

/// Fewest digits of any number that is personal data.
const FEWEST_DIGITS: usize = 6;

impl Redactor {
    /// Compiles the user's patterns: (name, regular expression) pairs sorted by
    /// name, in the syntax of the `regex` crate.
    ///
    /// # Errors
    ///
    /// (name, message) of the first pattern whose name is not of the form
    /// `[a-z][a-z0-9_]*`, whose expression is bad or too large, or whose
    /// expression matches the empty string.
    pub fn new(patterns: &[(String, String)]) -> Result<Redactor, (String, String)> {
        let patterns = pattern::Patterns::new(patterns)?;
        Ok(Redactor { patterns })
    }

    /// Replaces `found` by the findings of the text, sorted by start and not
    /// overlapping. Of overlapping findings the earlier start wins, then the
    /// longer, then the order of [`Kind`]; the winner is extended over what the
    /// others cover beyond its end, so that no tail of them stays readable.
    pub fn find(&self, text: &str, found: &mut Vec<Finding>) {
        found.clear();
        let (digits, signs) = scan(text.as_bytes());
        if digits {
            find_numbers(text, found);
        }
        if signs {
            email::find(text, found);
        }
        self.patterns.find(text, found);
        found.sort_unstable_by_key(|piece| (piece.start, Reverse(piece.end), piece.kind));
        found.dedup_by(|later, kept| {
            let overlaps = later.start < kept.end;
            if overlaps {
                kept.end = kept.end.max(later.end);
            }
            overlaps
        });
    }

    /// The typed mark that replaces a finding: `[personal_id]`, `[email]`,
    /// `[phone]`, `[iban]`, `[card]`, or the pattern's name in brackets
    /// (`[pattern]` for a position that this redactor does not have).
    pub fn mark(&self, kind: Kind) -> &str {
        match kind {
            Kind::PersonalId => "[personal_id]",
            Kind::Email => "[email]",
            Kind::Phone => "[phone]",
            Kind::Iban => "[iban]",
            Kind::Card => "[card]",
            Kind::Pattern(position) => self.patterns.mark(position).unwrap_or("[pattern]"),
        }
    }

    /// Appends `text[range]` to `out` with the findings replaced by their
    /// marks; `found` as given by [`Redactor::find`] for the same text, `range`
    /// in bytes, on char boundaries. A finding that straddles a border of the
    /// range is replaced whole: its mark is written, nothing of its text.
    pub fn write_redacted(
        &self,
        text: &str,
        range: Range<usize>,
        found: &[Finding],
        out: &mut String,
    ) {
        let end = text.floor_char_boundary(range.end);
        let mut place = text.floor_char_boundary(range.start);
        if place >= end {
            return;
        }
        // Sorted and apart, the findings are sorted by their ends as well.
        let first = found.partition_point(|piece| piece.end <= place);
        for piece in found.get(first..).unwrap_or_default() {
            if piece.start >= end {
                break;
            }
            out.push_str(text.get(place..piece.start).unwrap_or(""));
            out.push_str(self.mark(piece.kind));
            place = piece.end;
        }
        out.push_str(text.get(place..end).unwrap_or(""));
    }
}

/// Whether the text has digits enough for a number, and a byte that may begin
/// an address sign.
fn scan(bytes: &[u8]) -> (bool, bool) {
    let mut digits = 0_usize;
    let mut signs = false;
    // Chunks without a branch within, counted in a byte each: the compiler makes vectors of bytes of them.
    for chunk in bytes.chunks(u8::MAX.into()) {
        let (mut some, mut sign) = (0_u8, 0_u8);
        for &byte in chunk {
            some += u8::from(byte.is_ascii_digit());
            sign |= u8::from(email::is_sign(byte));
        }
        digits += usize::from(some);
        signs |= sign > 0;
        if digits >= FEWEST_DIGITS && signs {
            break;
        }
    }
    (digits >= FEWEST_DIGITS, signs)
}

/// Appends what begins at, or just before, the first digit of each run.
fn find_numbers(text: &str, found: &mut Vec<Finding>) {
    let bytes = text.as_bytes();
    let mut place = 0;
    while let Some(skip) =
        bytes.get(place..).and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let start = place + skip;
        let piece = checked(text, start).or_else(|| {
            // A telephone number has no check digit and must not swallow the
            // head of a number that has one.
            let (start, end) = phone::at(text, start, |place| checked(text, place).is_some())?;
            Some(Finding { start, end, kind: Kind::Phone })
        });
        place = match piece {
            Some(piece) => piece.end,
            None => start + glyph::digits(bytes, start, usize::MAX),
        };
        found.extend(piece);
    }
}

/// The number with a check digit at the first digit of a run. The work is
/// bounded, whatever follows.
fn checked(text: &str, start: usize) -> Option<Finding> {
    let finding = |kind| move |end| Finding { start, end, kind };
    personal_id::at(text, start)
        .map(finding(Kind::PersonalId))
        .or_else(|| {
            let (start, end) = iban::at(text, start)?;
            Some(Finding { start, end, kind: Kind::Iban })
        })
        .or_else(|| card::at(text, start).map(finding(Kind::Card)))
}

#[cfg(test)]
mod tests;
