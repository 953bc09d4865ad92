//! The tally: made-up responses, and what may be asked of their counts.

mod counts;
mod laws;
mod memory;
mod pipeline;
mod state;
mod words;

use kymppi::config::{Config, Overrides};
use kymppi::enrich::{Label, Language, Mention, Polarity, Reading, Sentiment};
use kymppi::lexicons::{Lexicons, ThemeId};
use kymppi::tally::{Layout, Moment, Response, Rows, Tally};
use std::path::Path;
use std::sync::LazyLock;

/// A response that nobody gave.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub id: u32,
    pub customer: Option<u32>,
    pub score: Option<f64>,
    pub day: Option<i32>,
    pub segments: [Option<u32>; 3],
    /// Theme and 0 praise, 1 complaint, 2 neither.
    pub themes: Vec<(usize, usize)>,
    pub text: bool,
}

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| {
    let config = Config::default();
    Lexicons::load(&config.lexicons, &config.language).unwrap()
});

pub fn config() -> Config {
    let toml = "[input]\npath = \"in\"\n[input.columns]\nid = \"id\"\ntext = [\"text\"]\nscore = \"score\"\ncustomer = \"customer\"\ntime = \"time\"\nsegments = [\"channel\", \"touchpoint\", \"region\"]\n[time]\nperiod = \"month\"\n[output]\npath = \"out\"\n";
    Config::parse(toml, Path::new("pipeline.toml"), &Overrides::default()).unwrap()
}

pub static LAYOUT: LazyLock<Layout> = LazyLock::new(|| Layout::new(&config(), &LEXICONS.taxonomy));

/// The slice of some responses.
pub fn rows(layout: &Layout, given: &[Given]) -> Rows {
    let mut rows = Rows::new(layout);
    for given in given {
        let segments = given.segments.map(|value| value.map(|value| format!("v{value}")));
        push(layout, &mut rows, given, segments);
    }
    rows
}

/// Adds a response with its segments.
pub fn push(
    layout: &Layout,
    rows: &mut Rows,
    given: &Given,
    segments: impl IntoIterator<Item = Option<String>>,
) {
    let reading = reading(given);
    let customer = given.customer.map(|customer| format!("c{customer}"));
    let id = format!("r{}", given.id);
    let response = Response {
        id: &id,
        customer: customer.as_deref(),
        score: given.score,
        moment: given.day.map_or(Moment::Missing, |day| Moment::Local(i64::from(day) * 86_400)),
        reading: &reading,
    };
    rows.push(layout, &response, segments);
}

fn reading(given: &Given) -> Reading {
    static THEMES: LazyLock<Vec<ThemeId>> =
        LazyLock::new(|| LEXICONS.taxonomy.iter().map(|(theme, _)| theme).collect());
    let mut reading = Reading { has_text: given.text, ..Reading::default() };
    if given.text {
        reading.language = Language::from_code(["fi", "en", "sv"][given.id as usize % 3]);
        reading.sentiment =
            Some(Sentiment { score: 0.5, positive: 0.5, negative: 0.0, label: Label::Positive });
        for &(theme, polarity) in &given.themes {
            let (theme, polarity) = (THEMES[theme], Polarity::ALL[polarity]);
            reading.themes.push((theme, polarity));
            reading.mentions.push(mention(theme, polarity));
        }
        reading.theme_count = given.themes.len();
    }
    reading
}

fn mention(theme: ThemeId, polarity: Polarity) -> Mention {
    Mention {
        question: 0,
        clause: 0,
        theme: Some(theme),
        polarity,
        weight: 0.5,
        valence: 0.5,
        start: 0,
        end: 4,
        evidence: 0..0,
        entries: 0..0,
        rule: 0..0,
        tier: 1,
    }
}

/// The tally of responses that come in slices.
pub fn tally(slices: &[Vec<Given>]) -> Tally {
    let mut tally = Tally::new(&LAYOUT);
    for slice in slices {
        tally.add_rows(&rows(&LAYOUT, slice));
    }
    tally
}
