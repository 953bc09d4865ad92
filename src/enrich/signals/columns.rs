//! The columns of `responses` that signals fill. Each has one value: where several could be said, the first in a documented
//! order is.

use super::super::reading::Label;
use crate::lexicons::{SignalId, SignalSet};

/// Declares the values of a column and their names in it.
macro_rules! column {
    ($(#[$doc:meta])* $column:ident { $($(#[$value_doc:meta])* $value:ident $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $column { $($(#[$value_doc])* $value,)* }

        impl $column {
            /// All values, in display order.
            pub const ALL: &'static [$column] = &[$($column::$value),*];

            /// The name in the column.
            pub fn name(self) -> &'static str {
                match self { $($column::$value => $name,)* }
            }
        }
    };
}

column! {
    /// What the customer felt.
    Emotion {
        /// Glad, delighted.
        Joy "joy",
        /// Confident, in good hands.
        Trust "trust",
        /// Did not expect it.
        Surprise "surprise",
        /// Expected better.
        Disappointment "disappointment",
        /// Tried in vain.
        Frustration "frustration",
        /// Offended, furious.
        Anger "anger",
        /// Afraid of what comes.
        Worry "worry",
    }
}

column! {
    /// How hard the dealing was.
    Effort {
        /// It went by itself.
        Low "low",
        /// It took more than it should.
        High "high",
    }
}

column! {
    /// How what came compares with what was expected.
    Expected {
        /// Better.
        Exceeded "exceeded",
        /// As expected.
        Met "met",
        /// Worse.
        Missed "missed",
        /// Worse than somebody promised.
        PromiseBroken "promise_broken",
    }
}

column! {
    /// What the customer writes for.
    Intent {
        /// To praise.
        Praise "praise",
        /// To complain.
        Complaint "complaint",
        /// To suggest something.
        Suggestion "suggestion",
        /// To ask something.
        Question "question",
        /// To say good-bye.
        Churn "churn",
        /// To recommend.
        Recommendation "recommendation",
        /// For nothing in particular.
        NoContent "no_content",
    }
}

column! {
    /// Who or what the customer says caused it.
    Actor {
        /// The people.
        Staff "staff",
        /// Software, devices, processes.
        System "system",
        /// Rules and terms.
        Policy "policy",
        /// The product itself.
        Product "product",
        /// Somebody outside the house.
        ThirdParty "third_party",
    }
}

/// The first of some values whose signal is said.
fn first<T: Copy>(said: SignalSet, order: &[(SignalId, T)]) -> Option<T> {
    order.iter().find(|(signal, _)| said.has(*signal)).map(|(_, value)| *value)
}

impl Emotion {
    /// The feelings that speak against a dealing, the loudest first.
    const BAD: [(SignalId, Emotion); 4] = [
        (SignalId::EMOTION_ANGER, Emotion::Anger),
        (SignalId::EMOTION_FRUSTRATION, Emotion::Frustration),
        (SignalId::EMOTION_DISAPPOINTMENT, Emotion::Disappointment),
        (SignalId::EMOTION_WORRY, Emotion::Worry),
    ];
    /// Those that speak for it, the rarest first.
    const GOOD: [(SignalId, Emotion); 3] = [
        (SignalId::EMOTION_SURPRISE, Emotion::Surprise),
        (SignalId::EMOTION_JOY, Emotion::Joy),
        (SignalId::EMOTION_TRUST, Emotion::Trust),
    ];
    /// What other signals tell of them.
    const BAD_IMPLIED: [(SignalId, Emotion); 4] = [
        (SignalId::REPEAT_EXPLAINING, Emotion::Frustration),
        (SignalId::REPEAT_CONTACT, Emotion::Frustration),
        (SignalId::PROMISE_BROKEN, Emotion::Disappointment),
        (SignalId::EXPECTATION_MISSED, Emotion::Disappointment),
    ];
    const GOOD_IMPLIED: [(SignalId, Emotion); 1] =
        [(SignalId::EXPECTATION_EXCEEDED, Emotion::Surprise)];

    /// The feeling named that fits the judgement: of praise surprise before joy before trust, of a complaint anger before
    /// frustration before disappointment before worry before surprise, else a bad one before a good one. Where none is
    /// named, the one that another signal implies.
    pub(in crate::enrich) fn of(said: SignalSet, label: Label) -> Option<Emotion> {
        let (good, bad) = (first(said, &Emotion::GOOD), first(said, &Emotion::BAD));
        match label {
            Label::Positive => good.or_else(|| first(said, &Emotion::GOOD_IMPLIED)),
            Label::Negative => bad
                .or(good.filter(|good| *good == Emotion::Surprise))
                .or_else(|| first(said, &Emotion::BAD_IMPLIED)),
            Label::Mixed | Label::Neutral => {
                bad.or(good).or_else(|| first(said, &Emotion::BAD_IMPLIED))
            }
        }
    }
}

impl Effort {
    /// High before low: who had to come back had trouble, however easy one step was.
    pub(in crate::enrich) fn of(said: SignalSet) -> Option<Effort> {
        first(
            said,
            &[
                (SignalId::EFFORT_HIGH, Effort::High),
                (SignalId::REPEAT_CONTACT, Effort::High),
                (SignalId::REPEAT_EXPLAINING, Effort::High),
                (SignalId::EFFORTLESS, Effort::Low),
                (SignalId::FIRST_CONTACT_OK, Effort::Low),
            ],
        )
    }
}

impl Expected {
    /// The worst first, then what exceeded before what met.
    pub(in crate::enrich) fn of(said: SignalSet) -> Option<Expected> {
        first(
            said,
            &[
                (SignalId::PROMISE_BROKEN, Expected::PromiseBroken),
                (SignalId::EXPECTATION_MISSED, Expected::Missed),
                (SignalId::EXPECTATION_EXCEEDED, Expected::Exceeded),
                (SignalId::EXPECTATION_MET, Expected::Met),
            ],
        )
    }
}

impl Intent {
    /// What asks for most first: leaving, recommending, a question, then complaint, suggestion and praise by the judgement;
    /// who praises and complains in one breath wants the complaint heard.
    pub(in crate::enrich) fn of(said: SignalSet, label: Label) -> Option<Intent> {
        let stated = first(
            said,
            &[
                (SignalId::NO_CONTENT, Intent::NoContent),
                (SignalId::CHURN_INTENT, Intent::Churn),
                (SignalId::RECOMMEND_INTENT, Intent::Recommendation),
            ],
        );
        let asks = said.has(SignalId::INTENT_QUESTION) && label != Label::Negative;
        let suggests = said.has(SignalId::SUGGESTION_WISH);
        stated.or(match label {
            _ if asks => Some(Intent::Question),
            Label::Negative => Some(Intent::Complaint),
            _ if suggests => Some(Intent::Suggestion),
            Label::Positive => Some(Intent::Praise),
            Label::Mixed => Some(Intent::Complaint),
            Label::Neutral => None,
        })
    }
}

impl Actor {
    /// The most particular first: somebody outside, rules, systems, the product, people.
    pub(in crate::enrich) fn of(said: SignalSet) -> Option<Actor> {
        first(
            said,
            &[
                (SignalId::CAUSE_THIRD_PARTY, Actor::ThirdParty),
                (SignalId::CAUSE_POLICY, Actor::Policy),
                (SignalId::CAUSE_SYSTEM, Actor::System),
                (SignalId::CAUSE_PRODUCT, Actor::Product),
                (SignalId::CAUSE_STAFF, Actor::Staff),
            ],
        )
    }
}
