//! Numbers as a reader of each language writes them.

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// Decimal comma.
    Finnish,
    /// Decimal point.
    English,
}

/// A number with so many decimals; a real minus sign, and never a negative zero.
pub fn decimal(tongue: Tongue, number: f64, decimals: usize) -> String {
    let mut written = format!("{:.decimals$}", number.abs());
    if tongue == Tongue::Finnish {
        written = written.replace('.', ",");
    }
    let zero = written.bytes().all(|b| matches!(b, b'0' | b'.' | b','));
    if number < 0.0 && !zero { format!("\u{2212}{written}") } else { written }
}

/// As [`decimal`], with a plus sign before what is above zero.
pub fn signed(tongue: Tongue, number: f64, decimals: usize) -> String {
    let written = decimal(tongue, number, decimals);
    let zero = written.bytes().all(|b| matches!(b, b'0' | b'.' | b','));
    if number > 0.0 && !zero { format!("+{written}") } else { written }
}

/// A share as per cent with one decimal.
pub fn percent(tongue: Tongue, share: f64) -> String {
    format!("{} %", decimal(tongue, 100.0 * share, 1))
}

/// A difference of shares in percentage points, signed.
pub fn points(tongue: Tongue, difference: f64) -> String {
    let written = signed(tongue, 100.0 * difference, 1);
    match tongue {
        Tongue::Finnish => format!("{written} %-yks."),
        Tongue::English => format!("{written} points"),
    }
}

/// Digits in groups of three, with a space that does not break.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(decimal(Tongue::Finnish, -2.104, 2), "−2,10");
        assert_eq!(decimal(Tongue::English, -0.0001, 2), "0.00");
        assert_eq!(signed(Tongue::English, 1.25, 1), "+1.2");
        assert_eq!(signed(Tongue::English, 0.0, 1), "0.0");
        assert_eq!(percent(Tongue::Finnish, 0.2345), "23,4 %");
        assert_eq!(points(Tongue::Finnish, -0.05), "−5,0 %-yks.");
        assert_eq!(count(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(count(0), "0");
    }
}
