//! The counts of one scope (all responses, a segment, a period, a jackknife group): integers from which every figure about
//! scores and themes follows afterwards.

use super::customers::Distinct;

/// Parts of a unit of score in which exact sums are kept: decimals of the input count in full up to the third.
pub const PARTS: i128 = 1000;

/// How many bins and themes a [`Block`] has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// Bins of the score: whole points of the scale, from its least to its greatest.
    pub bins: usize,
    /// Themes of the taxonomy.
    pub themes: usize,
}

impl Shape {
    /// Features: each theme in praise and in complaint.
    pub fn features(self) -> usize {
        2 * self.themes
    }

    /// Places of the upper triangle of pairs, the diagonal included.
    fn pairs(self) -> usize {
        let features = self.features();
        features * (features + 1) / 2
    }
}

/// What one response adds to a [`Block`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    /// The bin of its score and the score itself in parts of a point ([`PARTS`]); none without a valid score.
    pub score: Option<(usize, i64)>,
    /// Whether it has text.
    pub text: bool,
    /// Its features, ascending and each once: `2 * theme` for praise, `2 * theme + 1` for complaint.
    pub features: &'r [usize],
    /// Themes that it mentions with any polarity, neutral included; ascending and each once.
    pub mentioned: &'r [usize],
    /// A hash of its customer, or of its id where customers are unknown.
    pub customer: u64,
}

/// The counts of one scope. All of them add up, so that merging in any order gives the same block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// Its size.
    pub shape: Shape,
    /// Responses by score.
    pub scores: Vec<u64>,
    /// Sum of the scores in parts of a point, exact.
    pub sum: i128,
    /// Sum of their squares in squared parts.
    pub squares: i128,
    /// Responses without a valid score.
    pub missing: u64,
    /// Responses with a score and text by score: the base of every rate of themes and of the regression.
    pub texts: Vec<u64>,
    /// Responses with text but no valid score.
    pub missing_texts: u64,
    /// Feature by score, row-major: scored responses with the feature.
    pub by_score: Vec<u64>,
    /// Theme by score, row-major: scored responses with praise or complaint of the theme (in both: once).
    pub opinions: Vec<u64>,
    /// By theme: responses that mention it in any way, scored or not.
    pub mentioned: Vec<u64>,
    /// By feature: responses without a valid score.
    pub unscored: Vec<u64>,
    /// Scored responses with both features, upper triangle by rows; the diagonal holds the feature's own count.
    pub pairs: Vec<u64>,
    /// The customers, as far as suppression must know them.
    pub customers: Distinct,
}

impl Block {
    /// An empty block that can tell whether it holds `k_anon` customers.
    pub fn new(shape: Shape, k_anon: usize) -> Block {
        Block {
            shape,
            customers: Distinct::new(k_anon),
            scores: vec![0; shape.bins],
            texts: vec![0; shape.bins],
            by_score: vec![0; shape.features() * shape.bins],
            opinions: vec![0; shape.themes * shape.bins],
            mentioned: vec![0; shape.themes],
            unscored: vec![0; shape.features()],
            pairs: vec![0; shape.pairs()],
            ..Block::default()
        }
    }

    /// Counts one response.
    pub fn add(&mut self, row: Row<'_>) {
        self.customers.add(row.customer);
        for &theme in row.mentioned {
            self.mentioned[theme] += 1;
        }
        let Some((bin, parts)) = row.score else {
            self.missing += 1;
            self.missing_texts += u64::from(row.text);
            for &feature in row.features {
                self.unscored[feature] += 1;
            }
            return;
        };
        let bins = self.shape.bins;
        self.scores[bin] += 1;
        self.sum += i128::from(parts);
        self.squares += i128::from(parts) * i128::from(parts);
        if !row.text {
            return;
        }
        self.texts[bin] += 1;
        let mut theme_before = None;
        for (position, &feature) in row.features.iter().enumerate() {
            self.by_score[feature * bins + bin] += 1;
            let theme = feature / 2;
            if theme_before != Some(theme) {
                self.opinions[theme * bins + bin] += 1;
                theme_before = Some(theme);
            }
            for &other in &row.features[position..] {
                let pair = self.shape.pair(feature, other);
                self.pairs[pair] += 1;
            }
        }
    }

    /// Adds another block of the same shape; an empty default block is the identity.
    pub fn merge(&mut self, other: &Block) {
        if self.shape == Shape::default() {
            *self = other.clone();
            return;
        }
        if other.shape == Shape::default() {
            return;
        }
        self.combine(other, |mine, theirs| mine + theirs);
        self.sum += other.sum;
        self.squares += other.squares;
        self.customers.merge(&other.customers);
    }

    /// This block without the rows of another that is a part of it: what a delete-a-group jackknife asks for. The
    /// customers stay as they are.
    pub fn without(&self, part: &Block) -> Block {
        let mut rest = self.clone();
        rest.combine(part, |mine, theirs| mine.saturating_sub(theirs));
        rest.sum -= part.sum;
        rest.squares -= part.squares;
        rest
    }

    fn combine(&mut self, other: &Block, with: impl Fn(u64, u64) -> u64) {
        let lists = [
            (&mut self.scores, &other.scores),
            (&mut self.texts, &other.texts),
            (&mut self.by_score, &other.by_score),
            (&mut self.opinions, &other.opinions),
            (&mut self.mentioned, &other.mentioned),
            (&mut self.unscored, &other.unscored),
            (&mut self.pairs, &other.pairs),
        ];
        for (mine, theirs) in lists {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine = with(*mine, *theirs);
            }
        }
        self.missing = with(self.missing, other.missing);
        self.missing_texts = with(self.missing_texts, other.missing_texts);
    }

    /// Scored responses, with or without text.
    pub fn scored(&self) -> u64 {
        self.scores.iter().sum()
    }

    /// Scored responses with text: the `n` of rates and of the regression.
    pub fn base(&self) -> u64 {
        self.texts.iter().sum()
    }

    /// Scored responses with a feature, by score.
    pub fn feature(&self, feature: usize) -> &[u64] {
        let start = feature * self.shape.bins;
        self.by_score.get(start..start + self.shape.bins).unwrap_or_default()
    }

    /// Scored responses with praise or complaint of a theme, by score.
    pub fn opinion(&self, theme: usize) -> &[u64] {
        let start = theme * self.shape.bins;
        self.opinions.get(start..start + self.shape.bins).unwrap_or_default()
    }

    /// Scored responses with both features (with the feature, for twice the same).
    pub fn both(&self, one: usize, other: usize) -> u64 {
        self.pairs.get(self.shape.pair(one.min(other), one.max(other))).copied().unwrap_or_default()
    }
}

impl Shape {
    /// Place of a pair `one <= other` in the upper triangle.
    fn pair(self, one: usize, other: usize) -> usize {
        one * self.features() - one * (one + 1) / 2 + other
    }
}
