//! Numbers and what they count, as customers write them: "kolmatta kertaa", "half an hour", "45min".

use crate::text::Language;
use Quantity::{Many, Nth, Often};
use Unit::{Minutes, Times};

/// What a word says of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Quantity {
    /// So many; halves where somebody says so ("puolitoista").
    Many(f64),
    /// The so-manieth.
    Nth(f64),
    /// So many times: "twice".
    Often(f64),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    /// Times: "kertaa".
    Times,
    /// So many minutes each.
    Minutes(f64),
}

/// The largest count that is believed.
const MOST: f64 = 999.0;

/// What a normalised word says of a number; digits may have a unit behind them ("45min") or an `x` ("3x").
pub(super) fn quantity(language: Language, word: &str) -> Option<Quantity> {
    let named = match language {
        Language::FINNISH => fi_quantity(word),
        Language::SWEDISH => sv_quantity(word),
        _ => en_quantity(word),
    };
    named.or_else(|| {
        let (digits, rest) = digits(word);
        let number: f64 = digits.replace(',', ".").parse().ok()?;
        let whole = rest.is_empty() || unit(language, rest).is_some();
        ((0.0..=MOST).contains(&number) && whole).then_some(Many(number))
    })
}

/// What a normalised word counts in; also that behind the digits of "45min".
pub(super) fn unit(language: Language, word: &str) -> Option<Unit> {
    let (_, word) = digits(word);
    match language {
        Language::FINNISH => fi_unit(word),
        Language::SWEDISH => sv_unit(word),
        _ => en_unit(word),
    }
}

/// Whether digits stand right before a unit: "45min".
pub(super) fn is_both(word: &str) -> bool {
    let (digits, rest) = digits(word);
    !digits.is_empty() && !rest.is_empty()
}

fn digits(word: &str) -> (&str, &str) {
    let inside = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let end = word.find(|c| !inside(c)).unwrap_or(word.len());
    word.split_at_checked(end).unwrap_or((word, ""))
}

fn fi_quantity(word: &str) -> Option<Quantity> {
    Some(match word {
        "puoli" | "puolen" | "puolisen" => Many(0.5),
        "yksi" | "yhden" | "yhtä" | "yhdellä" | "yhdessä" | "yks" => Many(1.0),
        "puolitoista" | "puolentoista" => Many(1.5),
        "kaksi" | "kahden" | "kahta" | "kahteen" | "kahdella" | "kahdessa" | "kaks" | "pari"
        | "parin" | "paria" | "pariin" => Many(2.0),
        "kolme" | "kolmen" | "kolmea" | "kolmeen" | "kolmella" | "kolmessa" => Many(3.0),
        "neljä" | "neljän" | "neljää" | "neljään" | "neljällä" | "neljässä" => Many(4.0),
        "viisi" | "viiden" | "viittä" | "viiteen" | "viidellä" | "viidessä" | "viis" => {
            Many(5.0)
        }
        "kuusi" | "kuuden" | "kuutta" | "kuuteen" | "kuudella" | "kuudessa" | "kuus" => Many(6.0),
        "seitsemän" | "seitsemää" | "seitsemään" | "seitsemällä" => Many(7.0),
        "kahdeksan" | "kahdeksaa" | "kahdeksaan" | "kahdeksalla" => Many(8.0),
        "yhdeksän" | "yhdeksää" | "yhdeksään" | "yhdeksällä" => Many(9.0),
        "kymmenen" | "kymmentä" | "kymmeneen" | "kymmenellä" => Many(10.0),
        "viisitoista" | "viidentoista" => Many(15.0),
        "kaksikymmentä" | "kahdenkymmenen" => Many(20.0),
        "kolmekymmentä" | "kolmenkymmenen" => Many(30.0),
        "neljäkymmentä" | "neljänkymmenen" => Many(40.0),
        "neljäkymmentäviisi" => Many(45.0),
        "ensimmäinen" | "ensimmäisen" | "ensimmäistä" | "ensimmäisellä" | "eka" | "ekan"
        | "ekalla" => Nth(1.0),
        "toinen" | "toisen" | "toista" | "toiseen" | "toisella" => Nth(2.0),
        "kolmas" | "kolmannen" | "kolmatta" | "kolmanteen" | "kolmannella" => Nth(3.0),
        "neljäs" | "neljännen" | "neljättä" | "neljänteen" | "neljännellä" => Nth(4.0),
        "viides" | "viidennen" | "viidettä" | "viidenteen" | "viidennellä" => Nth(5.0),
        "kuudes" | "kuudennen" | "kuudetta" | "kuudenteen" | "kuudennella" => Nth(6.0),
        "seitsemäs" | "seitsemännen" | "seitsemättä" | "seitsemännellä" => Nth(7.0),
        "kahdeksas" | "kahdeksannen" | "kahdeksatta" => Nth(8.0),
        "yhdeksäs" | "yhdeksännen" | "yhdeksättä" => Nth(9.0),
        "kymmenes" | "kymmenennen" | "kymmenettä" => Nth(10.0),
        "kahdesti" => Often(2.0),
        "kolmesti" => Often(3.0),
        "neljästi" => Often(4.0),
        _ => return None,
    })
}

fn fi_unit(word: &str) -> Option<Unit> {
    Some(match word {
        "kerta" | "kertaa" | "kertaan" | "kerran" | "kerralla" | "kerrasta" | "krt" => Times,
        "min" | "minuuttia" | "minuutin" | "minuuttiin" | "minuutti" | "minuutissa" | "minsaa"
        | "minuuttii" => Minutes(1.0),
        "h" | "t" | "tuntia" | "tunnin" | "tuntiin" | "tunti" | "tunnissa" | "tuntii" => {
            Minutes(60.0)
        }
        _ => return None,
    })
}

fn en_quantity(word: &str) -> Option<Quantity> {
    Some(match word {
        "half" => Many(0.5),
        "one" | "a" | "an" => Many(1.0),
        "two" | "couple" => Many(2.0),
        "three" => Many(3.0),
        "four" => Many(4.0),
        "five" => Many(5.0),
        "six" => Many(6.0),
        "seven" => Many(7.0),
        "eight" => Many(8.0),
        "nine" => Many(9.0),
        "ten" => Many(10.0),
        "fifteen" => Many(15.0),
        "twenty" => Many(20.0),
        "twentyfive" => Many(25.0),
        "thirty" => Many(30.0),
        "forty" => Many(40.0),
        "fortyfive" => Many(45.0),
        "fifty" => Many(50.0),
        "ninety" => Many(90.0),
        "first" | "1st" => Nth(1.0),
        "second" | "2nd" => Nth(2.0),
        "third" | "3rd" => Nth(3.0),
        "fourth" | "4th" => Nth(4.0),
        "fifth" | "5th" => Nth(5.0),
        "sixth" | "6th" => Nth(6.0),
        "seventh" | "7th" => Nth(7.0),
        "eighth" | "8th" => Nth(8.0),
        "ninth" | "9th" => Nth(9.0),
        "tenth" | "10th" => Nth(10.0),
        "twice" => Often(2.0),
        "thrice" => Often(3.0),
        _ => return None,
    })
}

fn en_unit(word: &str) -> Option<Unit> {
    Some(match word {
        "time" | "times" | "x" => Times,
        "minute" | "minutes" | "min" | "mins" => Minutes(1.0),
        "hour" | "hours" | "hr" | "hrs" | "h" => Minutes(60.0),
        _ => return None,
    })
}

fn sv_quantity(word: &str) -> Option<Quantity> {
    Some(match word {
        "halv" | "halva" => Many(0.5),
        "en" | "ett" => Many(1.0),
        "halvannan" => Many(1.5),
        "två" | "par" => Many(2.0),
        "tre" => Many(3.0),
        "fyra" => Many(4.0),
        "fem" => Many(5.0),
        "sex" => Many(6.0),
        "sju" => Many(7.0),
        "åtta" => Many(8.0),
        "nio" => Many(9.0),
        "tio" => Many(10.0),
        "femton" => Many(15.0),
        "tjugo" => Many(20.0),
        "trettio" => Many(30.0),
        "fyrtio" => Many(40.0),
        "fyrtiofem" => Many(45.0),
        "första" => Nth(1.0),
        "andra" => Nth(2.0),
        "tredje" => Nth(3.0),
        "fjärde" => Nth(4.0),
        "femte" => Nth(5.0),
        "sjätte" => Nth(6.0),
        "sjunde" => Nth(7.0),
        "åttonde" => Nth(8.0),
        _ => return None,
    })
}

fn sv_unit(word: &str) -> Option<Unit> {
    Some(match word {
        "gång" | "gånger" | "gången" | "ggr" => Times,
        "minut" | "minuter" | "min" => Minutes(1.0),
        "timme" | "timmar" | "timma" | "tim" | "h" => Minutes(60.0),
        "halvtimme" | "halvtimma" => Minutes(30.0),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_words_and_digits() {
        let fi = |word: &str| quantity(Language::FINNISH, word);
        assert_eq!(fi("kolmatta"), Some(Nth(3.0)));
        assert_eq!(fi("kahteen"), Some(Many(2.0)));
        assert_eq!(fi("kahdesti"), Some(Often(2.0)));
        assert_eq!(fi("1,5"), Some(Many(1.5)));
        assert_eq!(fi("45min"), Some(Many(45.0)));
        assert_eq!((fi("2024"), fi("4g"), fi("hyvä")), (None, None, None));
        let en = |word: &str| quantity(Language::ENGLISH, word);
        assert_eq!((en("3rd"), en("twice")), (Some(Nth(3.0)), Some(Often(2.0))));
        assert_eq!(unit(Language::ENGLISH, "2hrs"), Some(Minutes(60.0)));
        assert_eq!(unit(Language::SWEDISH, "gånger"), Some(Times));
    }
}
