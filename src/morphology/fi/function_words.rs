//! Words of grammar. They look like forms of other words (`kun` of kuu, `silloin` of silta, `tuo` of tuoda) but almost
//! never are: such a token matches its own lemma and entries spelled exactly so, nothing else.

/// The forms of grammar.
const FORMS: &str = "
kuin kun kuu se sen ne sitä siitä siinä siihen sille siltä sillä siksi sinä minä hän he me te heitä meitä teitä häntä
hänen minun sinun meidän teidän heidän hänet minut sinut meidät teidät heidät minulle minulla minulta minua minusta
minuun sinulle sinulla sinua hänelle hänellä häneltä meille meillä meiltä meihin teille teillä teiltä teihin heille
heillä heiltä heihin mikä mitä missä mistä mihin millä miltä mille miksi miten minkä mitkä kuka ketä kenen ketkä joka
jota jonka jossa josta johon jolla jolta jolle joita joiden joissa joista joihin joilla joilta joille jotka jos jotta
koska vaikka että eikä enkä etkä emmekä ettekä eivätkä ellei ellen mutta vaan tai sekä ja niin näin noin silloin
tällöin jolloin milloin tuolloin silti siten täten joten vähän paljon enemmän vähemmän jälkeen ennen ilman kautta
vastaan kohti kohtaan puolesta mukaan kanssa ohella lisäksi päälle päällä päältä alla alle alta yli ali läpi ohi
ympäri ympärillä sisään sisältä ulos eteen taakse viereen luokse luota johdosta saakka alkaen lähtien varten
esimerkiksi aluksi tosin tuskin tosiaan tuo tuon tuota tuossa tuosta tuohon tuolla tuolta tuolle nuo noita noiden
noissa noista tämä tämän tätä tässä tästä tähän tällä tältä tälle nämä näitä näiden näissä näistä näihin näillä näille
niitä niiden niissä niistä niihin niillä niille niiltä muu muun muuta muut muita muiden muissa muista muihin muilla
muille toinen toisen toista toiset toisia toisten joku jonkun jotain jotakin jokin jossain jostain johonkin jollain
itse itsensä itseään oma omaa oman omat omia omien kaikki kaiken kaikkea kaikkien kaikkia joskus usein aina vielä enää
jo heti pian taas myös vain edes melko erittäin liian ihan aivan täysin varsin kuitenkin siis eli niinkuin sitten nyt
kai kyllä ei en et emme ette eivät ole olen olet on olemme olette ovat oli olin olit olimme olitte olivat olisi olisin
olisit olisimme olisivat ollut olleet perin päin mä mää mie sä sää sie mun sun mulle mulla multa mua sulle sulla sua
mut mutku ku niinku tää tän tähä ton tota tolla tollai tos tost noi mitkään mitään ketään kukaan";

/// Lemmas of grammar: their own forms may match them.
const LEMMAS: [&str; 30] = [
    "olla",
    "ei",
    "oma",
    "muu",
    "toinen",
    "kaikki",
    "itse",
    "joku",
    "jokin",
    "tämä",
    "tuo",
    "se",
    "mikä",
    "joka",
    "kuka",
    "hän",
    "minä",
    "sinä",
    "me",
    "te",
    "he",
    "nämä",
    "nuo",
    "ne",
    "kumpi",
    "jompikumpi",
    "muutama",
    "paljon",
    "vähän",
    "hyvin",
];

/// The forms of grammar.
pub(crate) fn forms() -> impl Iterator<Item = &'static str> {
    FORMS.split_ascii_whitespace()
}

/// Whether a lemma is a word of grammar itself.
pub(crate) fn is_lemma(lemma: &str) -> bool {
    LEMMAS.contains(&lemma)
}
