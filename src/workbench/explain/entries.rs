//! The entries of a text: where they come from, how they matched, what the rules make of them.

use super::anatomy::Anatomy;
use super::explained::{EntryExplained, WordExplained};
use crate::enrich::{Clause, Rule, Step};
use crate::lexicons::{Entry, LanguageLexicon};
use crate::morphology::Search;
use crate::text::{TokenKind, normalise};

/// What happens to each entry of a text.
pub(super) struct Entries {
    /// By entry.
    steps: Vec<Vec<Step>>,
}

impl Entries {
    pub(super) fn of(anatomy: &Anatomy<'_>) -> Entries {
        let Anatomy { enricher, text, analysis, .. } = anatomy;
        let of_clause = |clause: &Clause| {
            let steps = |at| enricher.steps(text, analysis, clause, at);
            clause.entries.clone().map(steps).collect::<Vec<_>>()
        };
        // Clauses follow each other, and so do their entries.
        Entries { steps: analysis.clauses.iter().flat_map(of_clause).collect() }
    }

    /// The entries that a modifier acts on.
    pub(super) fn touched_by(&self, modifier: usize) -> impl Iterator<Item = usize> {
        let touched = move |steps: &[Step]| steps.iter().any(|step| step.by.contains(&modifier));
        self.steps.iter().enumerate().filter(move |(_, steps)| touched(steps)).map(|(at, _)| at)
    }

    /// The entries of a clause.
    pub(super) fn explained(&self, anatomy: &Anatomy<'_>, clause: &Clause) -> Vec<EntryExplained> {
        let Anatomy { enricher, analysis, .. } = anatomy;
        let (taxonomy, lexicon) =
            (&enricher.lexicons().taxonomy, &enricher.lexicons().languages[clause.lexicon]);
        let one = |at: usize| {
            let (hit, contribution) = (&analysis.entries[at], &analysis.contributions[at]);
            let entry = lexicon.entry(hit.id);
            let emoji = analysis.tokens[hit.tokens.start].kind == TokenKind::Emoji;
            EntryExplained {
                entry: entry.text.to_string(),
                matched: anatomy.matched(at),
                first: hit.tokens.start - clause.tokens.start,
                length: hit.tokens.len(),
                tier: hit.tier,
                lists: lists(lexicon, entry, emoji),
                words: words(anatomy, lexicon, at),
                theme: entry.theme.map(|theme| taxonomy.name(theme).to_owned()),
                about: topics(anatomy, clause, at),
                valence: entry.valence,
                negated: entry.negated,
                steps: self.steps[at].iter().map(|step| anatomy.step(step)).collect(),
                contribution: contribution.value,
                rules: contribution.rules.iter().map(Rule::name).collect(),
            }
        };
        clause.entries.clone().map(one).collect()
    }
}

/// The lists that an entry comes from, by their names in the folder of lexicons.
fn lists(lexicon: &LanguageLexicon, entry: &Entry, emoji: bool) -> Vec<String> {
    if emoji {
        return vec!["emoji.tsv".to_owned()];
    }
    // A word with a theme may have its feeling from the other list.
    let felt = entry.theme.is_none() || !entry.opinion && entry.valence != 0.0;
    let named = entry.theme.is_some().then_some("themes");
    let names = named.into_iter().chain(felt.then_some("sentiment"));
    names.map(|name| format!("{}/{name}.tsv", lexicon.language())).collect()
}

/// What the feeling of an entry is about: topics that stand together, as written.
fn topics(anatomy: &Anatomy<'_>, clause: &Clause, entry: usize) -> Vec<String> {
    let contributions = &anatomy.analysis.contributions;
    let about = contributions[entry].about.filter(|about| *about != entry);
    let Some(about) = about.filter(|_| contributions[entry].value != 0.0) else {
        return Vec::new();
    };
    let together = clause.entries.clone().filter(|at| {
        *at == about || contributions[*at].about == Some(about) && contributions[*at].value == 0.0
    });
    together.map(|at| anatomy.matched(at)).collect()
}

/// How the words of a match are made of those of its entry.
fn words(anatomy: &Anatomy<'_>, lexicon: &LanguageLexicon, at: usize) -> Vec<WordExplained> {
    let hit = &anatomy.analysis.entries[at];
    let entry = lexicon.entry(hit.id);
    let parts: Vec<&str> =
        entry.text.split([' ', '|']).map(|part| part.trim_start_matches('=')).collect();
    let (mut search, mut normal) = (Search::default(), String::new());
    let matcher = lexicon.matcher();
    let mut found = Vec::new();
    for token in &anatomy.analysis.tokens[hit.tokens.clone()] {
        if token.kind != TokenKind::Word {
            continue;
        }
        let word = token.of(anatomy.text);
        normalise(word, &mut normal);
        matcher.find(&normal, &mut search);
        let fits = search
            .matches
            .iter()
            .find(|found| !found.ambiguous && parts.contains(&matcher.lemma(found.lemma)));
        found.extend(fits.map(|fit| WordExplained {
            word: word.to_owned(),
            lemma: matcher.lemma(fit.lemma).to_owned(),
            analysis: matcher.analysis(fit, &search),
            tier: fit.tier.number(),
        }));
    }
    found
}
