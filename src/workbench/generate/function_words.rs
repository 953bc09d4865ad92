//! The small words of each language, the most common first, and the few that a sentence is
//! built with: contrast, negation, intensifiers.
//!
//! Rank decides frequency (Zipf), so the order of a list matters and its layout does not.

/// What is written by hand for one language.
pub(super) struct FunctionWords {
    /// The code in `survey_language`.
    pub(super) code: &'static str,
    /// Words between spaces, the most common first.
    pub(super) common: &'static str,
    /// Words for "but".
    pub(super) contrasts: &'static [&'static str],
    /// Negations.
    pub(super) negations: &'static [&'static str],
    /// Words for "very".
    pub(super) intensifiers: &'static [&'static str],
}

/// Every language that rows are written in.
pub(super) const LANGUAGES: [FunctionWords; 6] =
    [FINNISH, ENGLISH, SWEDISH, ESTONIAN, GERMAN, RUSSIAN];

const FINNISH: FunctionWords = FunctionWords {
    code: "fi",
    common: "ja oli on se ei että en kun niin mutta jos myös kuin vain ole hän olen sen nyt tai \
        siitä tämä mitä sitä joka kaikki minun minä jo vielä aina hyvin ennen koska kanssa \
        ihan mukaan jälkeen sekä sillä siellä kuitenkin oikein tosi todella sai saa olisi \
        voi pitää joku jotain mikään kukaan mitään asiaa asia kerran kertaa kiitos täällä \
        tänään eilen huomenna heti pian nopeasti hitaasti paljon vähän liian melko aika \
        enemmän vähemmän parempi huonompi paras ettei eikä joten siksi vaikka kuten esim \
        noin yli alle ilman kohdalla osalta aikana ensin sitten lopulta taas uudelleen \
        edelleen yhä jopa juuri lähes ehkä varmasti tietenkin oma omat meidän teidän \
        heidän hänen sinun te me he ne nämä nuo tuo tästä tässä siinä siihen tähän mistä \
        missä mihin miten miksi milloin kuka kenen yksi kaksi kolme monta muutama useita",
    contrasts: &["mutta", "mutta", "mutta", "vaikka", "kuitenkin"],
    negations: &["ei", "ei ole", "en", "eivät", "ei ollut", "ilman", "emme"],
    intensifiers: &["todella", "erittäin", "tosi", "hyvin", "aivan", "liian", "melko", "erityisen"],
};

const ENGLISH: FunctionWords = FunctionWords {
    code: "en",
    common: "the and i to was a it of my is in for that not with on but this have very they be as \
        at so had me you we were are no when from all just would your there get an been if \
        or which could did time will what after only because by has then even more do got \
        their out about up can again too also never them one than who some don't didn't \
        how other our really still now always any first before it's i'm wasn't couldn't \
        over much back every day two into where being made make while well he she his her \
        most last next until since though however nothing everything something someone \
        nobody anything without within through during against between both each few many \
        several same such own once here why these those should must may might does done \
        went go came come said told asked took quite rather almost already later soon ago",
    contrasts: &["but", "but", "but", "although", "however"],
    negations: &["not", "no", "never", "didn't", "wasn't", "couldn't", "isn't"],
    intensifiers: &["very", "really", "extremely", "so", "too", "quite", "absolutely"],
};

const SWEDISH: FunctionWords = FunctionWords {
    code: "sv",
    common: "och det att i jag var en på är som för med inte den har till av de men ett om hade \
        så man när från kan mig min mycket alla bra nu vi då sig blev eller efter vid också \
        bara ut upp där utan vill fick mitt mina än får skulle kom ska denna detta dessa \
        här hur vad varför vem vilken över under mellan genom innan sedan redan ännu alltid \
        aldrig igen tillbaka mer mindre flera många några någon något ingen inget inga \
        allt allting eftersom trots dock ändå kanske säkert gärna tyvärr tack hej ni du \
        han hon dem oss er vår vårt våra deras hans hennes din ditt dina sin sitt sina \
        annan annat andra samma själv först sist snart idag igår imorgon varje båda två tre",
    contrasts: &["men", "men", "men", "fast", "däremot"],
    negations: &["inte", "ingen", "aldrig", "inget", "utan", "ej"],
    intensifiers: &["mycket", "väldigt", "riktigt", "alltför", "ganska", "otroligt", "jätte"],
};

const ESTONIAN: FunctionWords = FunctionWords {
    code: "et",
    common: "ja on ei see oli et ma kui aga väga mis ka oma siis nii veel mulle kõik hea teenindus \
        kiire tellimus pood arve klient saabus hilinenud pakk toode kvaliteet hind kallis \
        sõbralik abi telefon rakendus töötab halb aeglane ootasin kaua lõpuks tänan",
    contrasts: &["aga", "kuid"],
    negations: &["ei", "ei ole", "mitte"],
    intensifiers: &["väga", "liiga", "päris"],
};

const GERMAN: FunctionWords = FunctionWords {
    code: "de",
    common: "die und der ich das war nicht ist es zu sehr mit auf ein eine aber für wir den auch so \
        von wurde habe hat noch alles gut schnell Lieferung Service freundlich Bestellung \
        Rechnung Kunde Preis Qualität Ware spät gewartet lange endlich danke Filiale \
        Mitarbeiter Telefon hilfreich leider schlecht wieder gerne Paket verspätet",
    contrasts: &["aber", "jedoch"],
    negations: &["nicht", "kein", "nie"],
    intensifiers: &["sehr", "wirklich", "zu"],
};

const RUSSIAN: FunctionWords = FunctionWords {
    code: "ru",
    common: "и не в на я что это был очень с все но как за у меня так было мне по только хорошо \
        заказ доставка быстро магазин обслуживание сервис товар цена качество клиент счёт \
        телефон приложение работает плохо медленно долго ждал спасибо вежливый помощь \
        посылка пришла поздно проблема решили сотрудник удобно дорого",
    contrasts: &["но", "однако"],
    negations: &["не", "нет", "никогда"],
    intensifiers: &["очень", "слишком", "совсем"],
};

#[cfg(test)]
mod tests {
    use super::LANGUAGES;

    #[test]
    fn the_main_languages_have_over_a_hundred_words() {
        for language in &LANGUAGES[..3] {
            let count = language.common.split_whitespace().count();
            assert!(count >= 115, "{} has {count}", language.code);
        }
    }
}
