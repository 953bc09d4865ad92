//! E-mail addresses as people write them, also with `(at)` or `[at]` for the
//! sign. Pragmatic, not RFC 5321: Latin letters with diacritics in both parts,
//! a top domain of two letters or more, no quoted or bracketed forms.

use super::glyph::space;
use super::{Finding, Kind};

/// Appends the addresses of the text. Each byte is read at most once towards
/// the left and once towards the right of a sign, as no part passes a sign.
pub(super) fn find(text: &str, found: &mut Vec<Finding>) {
    let bytes = text.as_bytes();
    let mut floor = 0;
    let mut place = 0;
    while let Some(skip) =
        bytes.get(place..).and_then(|rest| rest.iter().position(|byte| is_sign(*byte)))
    {
        let sign = place + skip;
        let Some((close, open)) = borders(bytes, sign) else {
            place = sign + 1;
            continue;
        };
        place = open;
        let start = local(text, floor, close);
        if start < close
            && let Some(end) = domain(text, open)
        {
            found.push(Finding { start, end, kind: Kind::Email });
            place = end;
        }
        floor = place;
    }
}

/// Whether an address sign may begin with this byte.
pub(super) fn is_sign(byte: u8) -> bool {
    // No `matches!`: the scan compares many bytes at once, for which this must not become a jump.
    (byte == b'@') | (byte == b'(') | (byte == b'[')
}

/// End of the local part and start of the domain around the sign at `sign`;
/// a written sign may have one space on either side.
fn borders(bytes: &[u8], sign: usize) -> Option<(usize, usize)> {
    match bytes.get(sign..)? {
        [b'@', ..] => Some((sign, sign + 1)),
        [b'(', b'a' | b'A', b't' | b'T', b')', ..] | [b'[', b'a' | b'A', b't' | b'T', b']', ..] => {
            let spaced = bytes.get(..sign)?.ends_with(b" ");
            Some((sign - usize::from(spaced), sign + 4 + space(bytes, sign + 4)))
        }
        _ => None,
    }
}

/// Start of the local part that ends at `close`, not before `floor`.
fn local(text: &str, floor: usize, close: usize) -> usize {
    let before = text.get(floor..close).unwrap_or("");
    let rest = before.trim_end_matches(|sign| {
        is_letter(sign) || matches!(sign, '0'..='9' | '.' | '_' | '%' | '+' | '-')
    });
    let part = before.get(rest.len()..).unwrap_or("");
    // A dash or dots before the address are punctuation of the sentence.
    close - part.trim_start_matches(['.', '-']).len()
}

/// End of the domain that starts at `open`: the last place after a label, not
/// the first, that begins with two letters or more and goes on with a hyphen
/// ("example.fi-osoite") or not at all.
fn domain(text: &str, open: usize) -> Option<usize> {
    let rest = text.get(open..)?;
    let mut end = None;
    let mut labels = 0_usize;
    let mut letters = 0_usize;
    let mut length = 0_usize;
    for (place, sign) in rest.char_indices().chain([(rest.len(), '\n')]) {
        let lead = letters == length;
        if is_letter(sign) {
            letters += usize::from(lead);
            length += 1;
            continue;
        }
        if sign.is_ascii_digit() {
            length += 1;
            continue;
        }
        if lead && letters >= 2 && labels > 0 {
            end = Some(open + place);
        }
        match sign {
            '-' if length > 0 => length += 1,
            '.' if length > 0 => {
                labels += 1;
                letters = 0;
                length = 0;
            }
            _ => break,
        }
    }
    end
}

/// Letters of the Latin script and the combining marks that decomposed texts
/// have on them. Other scripts are written without spaces beside an address.
fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic()
        || matches!(sign, '\u{300}'..='\u{36f}')
        || (sign < '\u{250}' && sign.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::tests::{count, spans};
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn finds_addresses_and_leaves_the_sentence() {
        for (text, address) in [
            ("maija@example.fi", "maija@example.fi"),
            ("(maija@example.fi).", "maija@example.fi"),
            ("mailto:maija.m+x_y%z@mail.example.com.", "maija.m+x_y%z@mail.example.com"),
            ("- päivi.öhman@example.fi, kiitos", "päivi.öhman@example.fi"),
            ("pa\u{308}ivi@example.fi", "pa\u{308}ivi@example.fi"),
            ("-maija@example.fi:n", "maija@example.fi"),
            ("maija@example.fi-osoitteeseen", "maija@example.fi"),
            ("maija@my-shop.co.uk!", "maija@my-shop.co.uk"),
            ("maija@example.fi.2024", "maija@example.fi"),
            ("maija(at)example.fi", "maija(at)example.fi"),
            ("maija [AT] example.fi", "maija [AT] example.fi"),
            ("0401234567@example.fi", "0401234567@example.fi"),
            ("联系maija@example.fi谢谢", "maija@example.fi"),
        ] {
            assert_eq!(spans(text), [(Kind::Email, address)], "{text}");
        }
        let two = "a@example.fi,b@example.fi;c@example.fi/d";
        assert_eq!(count(two, Kind::Email), 3);
    }

    #[test]
    fn leaves_look_alikes() {
        for text in [
            "@maija",
            "maija@",
            "maija@example",
            "maija@example.f",
            "maija@.fi",
            "maija@example.1",
            "5 kpl @ 3.50",
            "maija at example.fi",
            "maija @ example.fi",
            "(at) example.fi",
            "a@@b.fi.",
            "...@example.fi",
            "maija@-.fi",
            "maija (att) example.fi",
        ] {
            let own = if text.starts_with("a@@") { 0 } else { count(text, Kind::Email) };
            assert_eq!(own, 0, "{text}");
        }
    }

    proptest! {
        #[test]
        fn plain_addresses_are_found(
            local in "[a-zäö0-9][a-zäöå0-9._%+-]{0,12}", host in "[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", top in "[a-z]{2,6}",
        ) {
            let address = format!("{local}@{host}.{top}");
            let text = format!("Osoite on {address}.");
            prop_assert_eq!(spans(&text), [(Kind::Email, address.as_str())]);
        }
    }
}
