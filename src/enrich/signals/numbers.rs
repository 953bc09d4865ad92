//! Numbers and what they count, as customers write them: "kolmatta kertaa", "half an hour", "45min".

use crate::text::Language;

/// What a word says of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Quantity {
    /// So many; halves where somebody says so ("puolitoista").
    Many(f64),
    /// The so-manieth.
    Nth(f64),
    /// So many times: "twice".
    Times(f64),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    /// Times: "kertaa".
    Times,
    /// So many minutes each.
    Minutes(f64),
}

/// A value and the forms that it is written in.
type Forms = (f64, &'static str);

const FI_MANY: &[Forms] = &[
    (0.5, "puoli puolen puolisen"),
    (1.0, "yksi yhden yhtä yhdellä yhdessä yks"),
    (1.5, "puolitoista puolentoista"),
    (2.0, "kaksi kahden kahta kahteen kahdella kahdessa kaks pari parin paria pariin"),
    (3.0, "kolme kolmen kolmea kolmeen kolmella kolmessa"),
    (4.0, "neljä neljän neljää neljään neljällä neljässä"),
    (5.0, "viisi viiden viittä viiteen viidellä viidessä viis"),
    (6.0, "kuusi kuuden kuutta kuuteen kuudella kuudessa kuus"),
    (7.0, "seitsemän seitsemää seitsemään seitsemällä"),
    (8.0, "kahdeksan kahdeksaa kahdeksaan kahdeksalla"),
    (9.0, "yhdeksän yhdeksää yhdeksään yhdeksällä"),
    (10.0, "kymmenen kymmentä kymmeneen kymmenellä"),
    (15.0, "viisitoista viidentoista"),
    (20.0, "kaksikymmentä kahdenkymmenen"),
    (30.0, "kolmekymmentä kolmenkymmenen"),
    (40.0, "neljäkymmentä neljänkymmenen"),
    (45.0, "neljäkymmentäviisi"),
];
const FI_NTH: &[Forms] = &[
    (1.0, "ensimmäinen ensimmäisen ensimmäistä ensimmäisellä eka ekan ekalla"),
    (2.0, "toinen toisen toista toiseen toisella"),
    (3.0, "kolmas kolmannen kolmatta kolmanteen kolmannella"),
    (4.0, "neljäs neljännen neljättä neljänteen neljännellä"),
    (5.0, "viides viidennen viidettä viidenteen viidennellä"),
    (6.0, "kuudes kuudennen kuudetta kuudenteen kuudennella"),
    (7.0, "seitsemäs seitsemännen seitsemättä seitsemännellä"),
    (8.0, "kahdeksas kahdeksannen kahdeksatta"),
    (9.0, "yhdeksäs yhdeksännen yhdeksättä"),
    (10.0, "kymmenes kymmenennen kymmenettä"),
];
const FI_TIMES: &[Forms] = &[(2.0, "kahdesti"), (3.0, "kolmesti"), (4.0, "neljästi")];
const FI_UNITS: &[(Unit, &str)] = &[
    (Unit::Times, "kerta kertaa kertaan kerran kerralla kerrasta krt"),
    (Unit::Minutes(1.0), "min minuuttia minuutin minuuttiin minuutti minuutissa minsaa minuuttii"),
    (Unit::Minutes(60.0), "h t tuntia tunnin tuntiin tunti tunnissa tuntii"),
];
const EN_MANY: &[Forms] = &[
    (0.5, "half"),
    (1.0, "one a an"),
    (2.0, "two couple"),
    (3.0, "three"),
    (4.0, "four"),
    (5.0, "five"),
    (6.0, "six"),
    (7.0, "seven"),
    (8.0, "eight"),
    (9.0, "nine"),
    (10.0, "ten"),
    (15.0, "fifteen"),
    (20.0, "twenty"),
    (25.0, "twentyfive"),
    (30.0, "thirty"),
    (40.0, "forty"),
    (45.0, "fortyfive"),
    (50.0, "fifty"),
    (90.0, "ninety"),
];
const EN_NTH: &[Forms] = &[
    (1.0, "first 1st"),
    (2.0, "second 2nd"),
    (3.0, "third 3rd"),
    (4.0, "fourth 4th"),
    (5.0, "fifth 5th"),
    (6.0, "sixth 6th"),
    (7.0, "seventh 7th"),
    (8.0, "eighth 8th"),
    (9.0, "ninth 9th"),
    (10.0, "tenth 10th"),
];
const EN_TIMES: &[Forms] = &[(2.0, "twice"), (3.0, "thrice")];
const EN_UNITS: &[(Unit, &str)] = &[
    (Unit::Times, "time times x"),
    (Unit::Minutes(1.0), "minute minutes min mins"),
    (Unit::Minutes(60.0), "hour hours hr hrs h"),
];
const SV_MANY: &[Forms] = &[
    (0.5, "halv halva"),
    (1.0, "en ett"),
    (1.5, "halvannan"),
    (2.0, "två par"),
    (3.0, "tre"),
    (4.0, "fyra"),
    (5.0, "fem"),
    (6.0, "sex"),
    (7.0, "sju"),
    (8.0, "åtta"),
    (9.0, "nio"),
    (10.0, "tio"),
    (15.0, "femton"),
    (20.0, "tjugo"),
    (30.0, "trettio"),
    (40.0, "fyrtio"),
    (45.0, "fyrtiofem"),
];
const SV_NTH: &[Forms] = &[
    (1.0, "första"),
    (2.0, "andra"),
    (3.0, "tredje"),
    (4.0, "fjärde"),
    (5.0, "femte"),
    (6.0, "sjätte"),
    (7.0, "sjunde"),
    (8.0, "åttonde"),
];
const SV_UNITS: &[(Unit, &str)] = &[
    (Unit::Times, "gång gånger gången ggr"),
    (Unit::Minutes(1.0), "minut minuter min"),
    (Unit::Minutes(60.0), "timme timmar timma tim h"),
    (Unit::Minutes(30.0), "halvtimme halvtimma"),
];

/// The largest count that is believed.
const MOST: f64 = 999.0;

/// What a normalised word says of a number; digits may have a unit behind them ("45min") or an `x` ("3x").
pub(super) fn quantity(language: Language, word: &str) -> Option<Quantity> {
    let (digits, rest) = digits(word);
    if let Some(number) = number(digits) {
        // 2nd, 3rd, 3:e
        let ordinal = find(tables(language).1, word);
        return Some(ordinal.map_or(Quantity::Many(number), Quantity::Nth))
            .filter(|_| rest.is_empty() || ordinal.is_some() || unit(language, rest).is_some());
    }
    let (many, nth, times, _) = tables(language);
    find(many, word)
        .map(Quantity::Many)
        .or_else(|| find(nth, word).map(Quantity::Nth))
        .or_else(|| find(times, word).map(Quantity::Times))
}

/// What a normalised word counts in; also that behind the digits of "45min".
pub(super) fn unit(language: Language, word: &str) -> Option<Unit> {
    let (_, word) = digits(word);
    let (.., units) = tables(language);
    let has = |forms: &&(Unit, &str)| forms.1.split(' ').any(|form| form == word);
    units.iter().find(has).map(|(unit, _)| *unit)
}

/// Whether digits stand right before a unit: "45min".
pub(super) fn is_both(word: &str) -> bool {
    let (digits, rest) = digits(word);
    !digits.is_empty() && !rest.is_empty()
}

type Tables =
    (&'static [Forms], &'static [Forms], &'static [Forms], &'static [(Unit, &'static str)]);

fn tables(language: Language) -> Tables {
    match language {
        Language::FINNISH => (FI_MANY, FI_NTH, FI_TIMES, FI_UNITS),
        Language::SWEDISH => (SV_MANY, SV_NTH, &[], SV_UNITS),
        _ => (EN_MANY, EN_NTH, EN_TIMES, EN_UNITS),
    }
}

fn find(table: &[Forms], word: &str) -> Option<f64> {
    let has = |forms: &&Forms| forms.1.split(' ').any(|form| form == word);
    table.iter().find(has).map(|(value, _)| *value)
}

fn digits(word: &str) -> (&str, &str) {
    let inside = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let end = word.find(|c| !inside(c)).unwrap_or(word.len());
    word.split_at_checked(end).unwrap_or((word, ""))
}

fn number(digits: &str) -> Option<f64> {
    let number: f64 = digits.replace(',', ".").parse().ok()?;
    (0.0..=MOST).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_words_and_digits() {
        let fi = |word: &str| quantity(Language::FINNISH, word);
        assert_eq!(fi("kolmatta"), Some(Quantity::Nth(3.0)));
        assert_eq!(fi("kahteen"), Some(Quantity::Many(2.0)));
        assert_eq!(fi("kahdesti"), Some(Quantity::Times(2.0)));
        assert_eq!(fi("1,5"), Some(Quantity::Many(1.5)));
        assert_eq!(fi("45min"), Some(Quantity::Many(45.0)));
        assert_eq!((fi("2024"), fi("4g"), fi("hyvä")), (None, None, None));
        let en = |word: &str| quantity(Language::ENGLISH, word);
        assert_eq!(
            (en("3rd"), en("twice")),
            (Some(Quantity::Nth(3.0)), Some(Quantity::Times(2.0)))
        );
        assert_eq!(unit(Language::ENGLISH, "2hrs"), Some(Unit::Minutes(60.0)));
        assert_eq!(unit(Language::SWEDISH, "gånger"), Some(Unit::Times));
    }
}
