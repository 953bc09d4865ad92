//! The signals: what a comment says besides its themes. Rules know those of [`SignalId`]'s constants by name; a list of
//! one's own may name more.

use super::tsv::{ListFile, Row};
use crate::error::Error;

/// A signal by its position among [`Signals`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignalId(u8);

/// So many signals fit into a [`SignalSet`].
const MOST: usize = 64;

/// Declares the known signals: a constant each, in the order of their positions.
macro_rules! known {
    ($($position:literal $name:ident $id:literal,)*) => {
        const KNOWN: &[&str] = &[$($id),*];

        #[expect(missing_docs, reason = "lexicons/signals.tsv says what each means")]
        impl SignalId {
            $(pub const $name: SignalId = SignalId($position);)*
        }

        const _: () = {
            let (positions, mut at): (&[u8], usize) = (&[$($position),*], 0);
            while at < positions.len() {
                assert!(positions[at] as usize == at, "positions count up");
                at += 1;
            }
        };
    };
}

known! {
    0 GENERAL_PRAISE "general_praise",
    1 GENERAL_COMPLAINT "general_complaint",
    2 NO_CONTENT "no_content",
    3 SUGGESTION_WISH "suggestion_wish",
    4 ABSENCE_OF_PROBLEM "absence_of_problem",
    5 EFFORTLESS "effortless",
    6 EXPECTATION_EXCEEDED "expectation_exceeded",
    7 EXPECTATION_MET "expectation_met",
    8 EXPECTATION_MISSED "expectation_missed",
    9 PROMISE_BROKEN "expectation_promise_broken",
    10 FIRST_CONTACT_OK "first_contact_ok",
    11 REPEAT_CONTACT "repeat_contact",
    12 REPEAT_EXPLAINING "repeat_explaining",
    13 RECOMMEND_INTENT "recommend_intent",
    14 SHARE_INTENT "share_intent",
    15 CHURN_INTENT "churn_intent",
    16 LOYALTY_SIGNAL "loyalty_signal",
    17 RESPONSE_NEEDED "response_needed",
    18 WANTS_HUMAN "wants_human",
    19 BOT_MENTION "bot_mention",
    20 AI_MENTION "ai_mention",
    21 HERO_MOMENT "hero_moment",
    22 APOLOGY_GIVEN "apology_given",
    23 APOLOGY_MISSING "apology_missing",
    24 COMPARISON_MENTION "comparison_mention",
    25 SITUATION_HURRY "situation_hurry",
    26 MEMORY_TRACE "memory_trace",
    27 SURVEY_BURDEN "survey_burden",
    28 CAUSE_ACTOR "cause_actor",
    29 EMOTION_JOY "emotion_joy",
    30 EMOTION_TRUST "emotion_trust",
    31 EMOTION_SURPRISE "emotion_surprise",
    32 EMOTION_DISAPPOINTMENT "emotion_disappointment",
    33 EMOTION_FRUSTRATION "emotion_frustration",
    34 EMOTION_ANGER "emotion_anger",
    35 EMOTION_WORRY "emotion_worry",
    36 EFFORT_HIGH "effort_high",
    37 CAUSE_STAFF "cause_staff",
    38 CAUSE_SYSTEM "cause_system",
    39 CAUSE_POLICY "cause_policy",
    40 CAUSE_PRODUCT "cause_product",
    41 CAUSE_THIRD_PARTY "cause_third_party",
    42 INTENT_QUESTION "intent_question",
    43 CLUE_BELIEF "clue_belief",
    44 CLUE_CONTACT "clue_contact",
    45 CLUE_EXPECTED "clue_expected",
    46 CLUE_FEAR "clue_fear",
    47 CLUE_PROBLEM "clue_problem",
    48 CLUE_PROMISE "clue_promise",
    49 CLUE_SARCASM "clue_sarcasm",
    50 CLUE_SHORTCOMING "clue_shortcoming",
    51 CLUE_WAITING "clue_waiting",
}

impl SignalId {
    /// Whether it makes rows of `signals`. The others fill columns of `responses` only, or help rules.
    pub fn makes_rows(self) -> bool {
        !(SignalId::EMOTION_JOY..=SignalId::CLUE_WAITING).contains(&self)
    }
}

/// A set of signals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignalSet(u64);

impl SignalSet {
    /// Adds one; says whether it is new.
    pub fn insert(&mut self, signal: SignalId) -> bool {
        let is_new = !self.has(signal);
        self.0 |= 1 << signal.0;
        is_new
    }

    /// Takes one away.
    pub fn remove(&mut self, signal: SignalId) {
        self.0 &= !(1 << signal.0);
    }

    /// Whether one is among them.
    pub fn has(self, signal: SignalId) -> bool {
        self.0 & (1 << signal.0) != 0
    }

    /// The signals of either set.
    #[must_use]
    pub fn union(self, other: SignalSet) -> SignalSet {
        SignalSet(self.0 | other.0)
    }

    /// Whether any of some is among them.
    pub fn has_any(self, signals: &[SignalId]) -> bool {
        signals.iter().any(|signal| self.has(*signal))
    }
}

/// A signal as `lexicons/signals.tsv` describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Stable id, e.g. `repeat_contact`.
    pub id: String,
    /// Label in Finnish.
    pub label_fi: String,
    /// Label in English.
    pub label_en: String,
}

/// All signals: those that rules know, then those of the lists alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signals {
    signals: Vec<Signal>,
}

impl Default for Signals {
    fn default() -> Signals {
        let unlabelled = |id: &&str| Signal {
            id: (*id).to_owned(),
            label_fi: String::new(),
            label_en: String::new(),
        };
        Signals { signals: KNOWN.iter().map(unlabelled).collect() }
    }
}

impl Signals {
    /// Adds a layer of `signals.tsv`: labels, and signals that no rule knows.
    pub(super) fn add(&mut self, file: &ListFile) -> Result<(), Error> {
        for row in file.rows(&["signal", "label_fi", "label_en", "meaning"])? {
            let id = row.cell(0).to_owned();
            if !id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
                return Err(
                    row.error(format!("the signal `{id}` is no id; write small letters and _"))
                );
            }
            let (label_fi, label_en) = (row.cell(1).to_owned(), row.cell(2).to_owned());
            let signal = Signal { id, label_fi, label_en };
            match self.find(&signal.id) {
                Some(SignalId(known)) => self.signals[usize::from(known)] = signal,
                None if self.signals.len() < MOST => self.signals.push(signal),
                None => return Err(row.error(format!("more signals than {MOST}"))),
            }
        }
        Ok(())
    }

    /// Every signal with its id, in order.
    pub fn iter(&self) -> impl Iterator<Item = (SignalId, &Signal)> {
        (0..).map(SignalId).zip(&self.signals)
    }

    /// The signal of an id string.
    pub fn find(&self, id: &str) -> Option<SignalId> {
        self.iter().find(|(_, signal)| signal.id == id).map(|(id, _)| id)
    }

    /// The id string of a signal.
    pub fn name(&self, signal: SignalId) -> &str {
        self.signals.get(usize::from(signal.0)).map_or("", |signal| &signal.id)
    }
}

/// What an entry of `<language>/signals.tsv` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// The signal.
    pub signal: SignalId,
    /// The signal behind a negator; mostly none.
    pub negated: Option<SignalId>,
}

impl Cue {
    /// The meaning of a row with the columns entry, signal, negated, note.
    pub(super) fn parse(row: &Row<'_>, signals: &Signals) -> Result<Cue, Error> {
        let find = |name: &str| {
            signals.find(name).ok_or_else(|| {
                row.error(format!(
                    "there is no signal `{name}`; the signals stand in lexicons/signals.tsv"
                ))
            })
        };
        let signal = find(row.cell(1))?;
        let negated = match row.cell(2) {
            "" => None,
            "=" => Some(signal),
            other => Some(find(other)?),
        };
        Ok(Cue { signal, negated })
    }
}
