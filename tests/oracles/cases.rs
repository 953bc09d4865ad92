//! A case is a CSV of inputs and a JSON of expected values beside it.

use kymppi::tally::{Block, PARTS, Row, Shape};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The cases that are tables of responses.
pub const RESPONSES: [&str; 6] = [
    "c1_normal",
    "c2_tiny",
    "c3_zero_cells",
    "c4_all_same_score",
    "c5_skewed_missing",
    "c6_sim5000",
];

/// Distinct customers below which a figure is suppressed.
pub const K_ANON: usize = 10;

/// A table of responses and what is expected of it.
pub struct Case {
    /// The responses.
    pub table: Table,
    /// The expected values.
    pub expected: Value,
    /// Its `p_<theme>` and `n_<theme>` columns, in order.
    pub features: Vec<String>,
    /// The themes, in order.
    pub themes: Vec<String>,
}

impl Case {
    /// The case of a name.
    pub fn load(name: &str) -> Case {
        let table = Table::load(name);
        let is_feature = |column: &&String| column.starts_with("p_") || column.starts_with("n_");
        let features: Vec<String> = table.columns.iter().filter(is_feature).cloned().collect();
        let mut themes: Vec<String> = Vec::new();
        for theme in features.iter().map(|feature| feature[2..].to_owned()) {
            if !themes.contains(&theme) {
                themes.push(theme);
            }
        }
        Case { table, expected: expected(name), features, themes }
    }

    /// Bins of a scale from 0 to 10, and the themes of the case.
    pub fn shape(&self) -> Shape {
        Shape { bins: 11, themes: self.themes.len() }
    }

    /// Position of `p_<theme>` or `n_<theme>` in a block.
    pub fn feature(&self, name: &str) -> usize {
        let theme = self.themes.iter().position(|theme| *theme == name[2..]).unwrap();
        2 * theme + usize::from(name.starts_with("n_"))
    }

    /// The counts of the rows of the table that pass: `keep` takes the position of a row.
    pub fn block(&self, keep: impl Fn(usize) -> bool) -> Block {
        let mut block = Block::new(self.shape(), K_ANON);
        for row in (0..self.table.rows.len()).filter(|row| keep(*row)) {
            let mut features: Vec<usize> = self
                .features
                .iter()
                .filter(|name| self.table.text(row, name) == "1")
                .map(|name| self.feature(name))
                .collect();
            features.sort_unstable();
            let mut mentioned: Vec<usize> = features.iter().map(|feature| feature / 2).collect();
            mentioned.dedup();
            let customer =
                if self.table.has("customer_id") { "customer_id" } else { "response_id" };
            block.add(Row {
                score: self
                    .table
                    .number(row, "score")
                    .map(|score| (score as usize, (score * PARTS as f64) as i64)),
                text: true,
                features: &features,
                mentioned: &mentioned,
                customer: self.table.number(row, customer).unwrap() as u64,
            });
        }
        block
    }

    /// The jackknife groups, ascending.
    pub fn groups(&self) -> Vec<Block> {
        let groups = self.table.distinct("grp");
        groups.iter().map(|group| self.block(|row| self.table.text(row, "grp") == group)).collect()
    }

    /// The blocks of the values of a column, ascending; numbers by size.
    pub fn blocks_by(&self, column: &str) -> Vec<(String, Block)> {
        let values = self.table.distinct(column);
        let block = |value: &String| self.block(|row| self.table.text(row, column) == value);
        values.iter().map(|value| (value.clone(), block(value))).collect()
    }
}

/// The expected values of a case.
pub fn expected(name: &str) -> Value {
    let text = fs::read_to_string(file(&format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles").join(name)
}

/// A CSV file.
pub struct Table {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The CSV of a case.
    pub fn load(name: &str) -> Table {
        let text = fs::read_to_string(file(&format!("{name}.csv"))).unwrap();
        let mut lines = text.lines().map(fields);
        Table { columns: lines.next().unwrap(), rows: lines.collect() }
    }

    /// Whether it has a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// A field as written.
    pub fn text(&self, row: usize, column: &str) -> &str {
        let place = self.columns.iter().position(|name| name == column).unwrap();
        &self.rows[row][place]
    }

    /// A field as a number; none where it is empty.
    pub fn number(&self, row: usize, column: &str) -> Option<f64> {
        let text = self.text(row, column);
        if text.is_empty() { None } else { Some(text.parse().unwrap()) }
    }

    /// The values of a column, ascending and each once; numbers by size.
    pub fn distinct(&self, column: &str) -> Vec<String> {
        let mut values: Vec<String> =
            (0..self.rows.len()).map(|row| self.text(row, column).to_owned()).collect();
        let size = |value: &String| value.parse::<f64>().unwrap_or_default();
        values.sort_by(|a, b| size(a).total_cmp(&size(b)).then_with(|| a.cmp(b)));
        values.dedup();
        values
    }
}

/// The fields of a line: quoted where they hold commas.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            letter => fields.last_mut().unwrap().push(letter),
        }
    }
    fields
}

/// Asserts that a count is the expected one.
pub fn exact(what: &str, found: u64, expected: &Value) {
    assert_eq!(Some(found), expected.as_u64(), "{what}");
}

/// Asserts that a figure agrees to a relative 1e-9 (1e-12 near zero), and is missing where it should be.
pub fn near(what: &str, found: impl Into<Option<f64>>, expected: &Value) {
    within(what, found.into(), expected, 1e-9);
}

/// Asserts the same of a p-value, to a relative 1e-6.
pub fn near_p(what: &str, found: impl Into<Option<f64>>, expected: &Value) {
    within(what, found.into(), expected, 1e-6);
}

fn within(what: &str, found: Option<f64>, expected: &Value, relative: f64) {
    assert!(found.is_none_or(f64::is_finite), "{what} is {found:?}");
    match (found, expected.as_f64()) {
        (None, None) => {}
        (Some(found), Some(expected)) => {
            let off = (found - expected).abs();
            assert!(
                off <= 1e-12 + relative * expected.abs(),
                "{what} is {found}, not {expected}: off by {off:.1e}"
            );
        }
        (found, expected) => panic!("{what} is {found:?}, not {expected:?}"),
    }
}
