//! Whom to call back, and whom to thank: the most urgent responses.

use super::Part;
use super::best::Best;
use super::rows::Rows;
use crate::config::Band;
use crate::enrich::{Polarity, Reading};
use std::cmp::Reverse;

/// Responses kept for each purpose.
pub const MOST_URGENT: usize = 1_000;

/// What an open question makes a response more urgent by: as much as five points of the score.
const WAITING: u32 = 50;

/// Why a response is followed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its score lies in the low band.
    LowScore,
    /// It complains.
    Complaint,
    /// Its score lies in the high band, and it praises and does not complain.
    Promoter,
    /// It asks for an answer.
    ResponseNeeded,
}

impl Reason {
    /// All of them.
    pub const ALL: [Reason; 4] =
        [Reason::ResponseNeeded, Reason::LowScore, Reason::Complaint, Reason::Promoter];

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Reason::LowScore => "low_score",
            Reason::Complaint => "complaint",
            Reason::Promoter => "promoter",
            Reason::ResponseNeeded => "response_needed",
        }
    }

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// A response to be followed up. Their order is that of urgency; among equals the latest, then by a hash of the id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FollowUp {
    /// Ten for each point that the score lies from the far end of the scale, up to nine for the strength of what is felt,
    /// and fifty more for who waits for an answer.
    pub urgency: Reverse<u32>,
    /// The day, counted from 1970; 0 for responses without time.
    pub day: Reverse<i32>,
    /// Hash of the response's id.
    pub response: u64,
    /// The response's id.
    pub response_id: String,
    /// The customer's id, as the input has it: the user's own key.
    pub customer_id: Option<String>,
    /// The theme that it is about most.
    pub theme: Option<usize>,
    /// The score in parts of a point.
    pub score: Option<i64>,
    /// Bits of [`Reason`].
    pub(super) reasons: u32,
}

impl FollowUp {
    /// Why it is followed up.
    pub fn reasons(&self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(|reason| self.reasons & reason.bit() > 0)
    }
}

/// What makes a response urgent; nothing for most. `from_top` and `from_bottom` are points from the ends of the scale.
pub(super) fn judge(
    reading: &Reading,
    band: Option<Band>,
    (from_top, from_bottom): (u32, u32),
) -> Option<(Purpose, u32, u32)> {
    let felt = |wanted: Polarity| reading.mentions.iter().any(|row| row.polarity == wanted);
    let sentiment = reading.sentiment?;
    let needed = reading.needs_response();
    let (waiting, asks) = if needed { (WAITING, Reason::ResponseNeeded.bit()) } else { (0, 0) };
    let urgency = waiting + 10 * from_top + nine_parts(sentiment.negative);
    match band {
        Some(Band::Low) if felt(Polarity::Negative) => {
            let reasons = Reason::LowScore.bit() | Reason::Complaint.bit() | asks;
            Some((Purpose::CallBack, urgency, reasons))
        }
        _ if needed => {
            let complains = if felt(Polarity::Negative) { Reason::Complaint.bit() } else { 0 };
            Some((Purpose::CallBack, urgency, asks | complains))
        }
        Some(Band::High) if felt(Polarity::Positive) && !felt(Polarity::Negative) => {
            let urgency = 10 * from_bottom + nine_parts(sentiment.positive);
            Some((Purpose::Activate, urgency, Reason::Promoter.bit()))
        }
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "strengths are 0 to 1")]
fn nine_parts(strength: f64) -> u32 {
    (9.0 * strength).round() as u32
}

/// What a response is followed up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    CallBack,
    Activate,
}

/// The beginning of a follow-up's order: urgency, day and hash of the response.
pub(super) type Key = (Reverse<u32>, Reverse<i32>, u64);

/// The most urgent responses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowUps {
    /// Customers to call back.
    pub call_back: Best<FollowUp>,
    /// Promoters to activate.
    pub activate: Best<FollowUp>,
}

impl FollowUps {
    pub(super) fn new() -> FollowUps {
        FollowUps { call_back: Best::new(MOST_URGENT), activate: Best::new(MOST_URGENT) }
    }

    pub(super) fn merge(&mut self, other: &FollowUps) {
        self.call_back.merge(&other.call_back);
        self.activate.merge(&other.activate);
    }
}

impl Part for FollowUps {
    fn add(&mut self, rows: &Rows) {
        for (purpose, follow_up) in rows.follow_ups() {
            match purpose {
                Purpose::CallBack => self.call_back.add(follow_up.clone()),
                Purpose::Activate => self.activate.add(follow_up.clone()),
            }
        }
    }
}
