//! Small dense symmetric matrices: what a regression on some dozens of features needs, and no library of linear algebra.

/// A symmetric matrix.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    size: usize,
    /// All cells, row-major.
    cells: Vec<f64>,
}

impl Matrix {
    /// A matrix whose cells `(row, column)` with `column <= row` are given.
    pub fn new(size: usize, cell: impl Fn(usize, usize) -> f64) -> Matrix {
        let mut cells = vec![0.0; size * size];
        for row in 0..size {
            for column in 0..=row {
                let value = cell(row, column);
                cells[row * size + column] = value;
                cells[column * size + row] = value;
            }
        }
        Matrix { size, cells }
    }

    /// Rows.
    pub fn size(&self) -> usize {
        self.size
    }

    /// A cell; rows and columns count from 0 to below [`Matrix::size`].
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }
}

/// The lower triangle L of a positive definite matrix M = LL', which can grow by a row at a time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cholesky {
    /// Row `i` has `i + 1` cells.
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// The triangle of a whole matrix; none when it is not positive definite.
    pub fn of(matrix: &Matrix) -> Option<Cholesky> {
        let mut factor = Cholesky::default();
        let grown = (0..matrix.size()).all(|row| {
            let cells: Vec<f64> = (0..=row).map(|column| matrix.at(row, column)).collect();
            factor.push(&cells, f64::MIN_POSITIVE)
        });
        grown.then_some(factor)
    }

    /// Adds a row of M up to its diagonal. Leaves everything as it was and says no when what the rows before leave
    /// unexplained of the diagonal is below `least`.
    pub fn push(&mut self, row: &[f64], least: f64) -> bool {
        let Some((diagonal, before)) = row.split_last() else { return false };
        let mut added = self.forward(before);
        let left = diagonal - added.iter().map(|cell| cell * cell).sum::<f64>();
        if left.is_nan() || left < least {
            return false;
        }
        added.push(left.sqrt());
        self.rows.push(added);
        true
    }

    /// The x of Mx = `right`.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = self.forward(right);
        for (place, row) in self.rows.iter().enumerate().rev() {
            let value = x[place] / row[place];
            x[place] = value;
            for (x, cell) in x.iter_mut().zip(&row[..place]) {
                *x -= cell * value;
            }
        }
        x
    }

    /// The inverse of M.
    pub fn inverse(&self) -> Matrix {
        let size = self.rows.len();
        let columns: Vec<Vec<f64>> = (0..size)
            .map(|unit| {
                let right: Vec<f64> =
                    (0..size).map(|place| if place == unit { 1.0 } else { 0.0 }).collect();
                self.solve(&right)
            })
            .collect();
        Matrix::new(size, |row, column| columns[column][row])
    }

    /// The y of Ly = `right`.
    fn forward(&self, right: &[f64]) -> Vec<f64> {
        let mut y = Vec::with_capacity(self.rows.len() + 1);
        for (row, value) in self.rows.iter().zip(right) {
            let known: f64 = row.iter().zip(&y).map(|(cell, y)| cell * y).sum();
            y.push((value - known) / row[y.len()]);
        }
        y
    }
}

/// The eigenvalues of a matrix with their unit vectors, in no order; Jacobi's method (1846), row by row.
pub fn eigen(matrix: &Matrix) -> Vec<(f64, Vec<f64>)> {
    /// Sweeps converge quadratically: a dozen do for a hundred rows.
    const MOST_SWEEPS: usize = 64;
    let size = matrix.size();
    let mut rows: Vec<Vec<f64>> =
        (0..size).map(|row| (0..size).map(|column| matrix.at(row, column)).collect()).collect();
    let mut vectors: Vec<Vec<f64>> = (0..size)
        .map(|row| (0..size).map(|column| if row == column { 1.0 } else { 0.0 }).collect())
        .collect();
    for _ in 0..MOST_SWEEPS {
        let mut turned = false;
        for p in 0..size {
            for q in p + 1..size {
                let (across, scale) = (rows[p][q], (rows[p][p] * rows[q][q]).abs().sqrt());
                if across.abs() <= f64::EPSILON * 1e-3 * scale {
                    continue;
                }
                turned = true;
                let angle = (rows[q][q] - rows[p][p]) / (2.0 * across);
                let tangent = angle.signum() / (angle.abs() + angle.hypot(1.0));
                let cosine = 1.0 / tangent.hypot(1.0);
                let sine = tangent * cosine;
                rotate(&mut rows, p, q, cosine, sine);
                for row in &mut rows {
                    (row[p], row[q]) =
                        (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
                }
                rotate(&mut vectors, p, q, cosine, sine);
            }
        }
        if !turned {
            break;
        }
    }
    rows.iter().enumerate().map(|(place, row)| row[place]).zip(vectors).collect()
}

/// Turns rows `p < q` into each other.
fn rotate(rows: &mut [Vec<f64>], p: usize, q: usize, cosine: f64, sine: f64) {
    let (before, after) = rows.split_at_mut(q);
    for (a, b) in before[p].iter_mut().zip(&mut after[0]) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hilbert's matrix: ill-conditioned, its inverse has whole cells.
    fn hilbert(size: usize) -> Matrix {
        Matrix::new(size, |row, column| 1.0 / (row + column + 1) as f64)
    }

    #[test]
    fn the_inverse_of_hilberts_matrix_is_known() {
        let inverse = Cholesky::of(&hilbert(3)).unwrap().inverse();
        let known = [[9.0, -36.0, 30.0], [-36.0, 192.0, -180.0], [30.0, -180.0, 180.0]];
        for (row, cells) in known.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                assert!((inverse.at(row, column) - cell).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn a_row_that_others_explain_is_refused() {
        let mut factor = Cholesky::default();
        assert!(factor.push(&[1.0], 1e-9));
        assert!(!factor.push(&[1.0, 1.0], 1e-9));
        assert!(!factor.push(&[f64::NAN, 1.0], 1e-9));
        assert!(factor.push(&[0.6, 1.0], 1e-9));
        assert_eq!(factor.solve(&[1.0, 0.6]), vec![1.0, 0.0]);
        assert_eq!(Cholesky::of(&Matrix::new(2, |_, _| 1.0)), None);
    }

    #[test]
    fn eigenvalues_and_vectors_give_the_matrix_back() {
        let matrix = hilbert(6);
        let parts = eigen(&matrix);
        for row in 0..6 {
            for column in 0..6 {
                let sum: f64 = parts.iter().map(|(value, v)| value * v[row] * v[column]).sum();
                assert!((sum - matrix.at(row, column)).abs() < 1e-15, "{row} {column}");
            }
        }
        assert_eq!(
            eigen(&Matrix::new(2, |row, column| f64::from(u8::from(row == column)))).len(),
            2
        );
        assert!(eigen(&Matrix::default()).is_empty());
    }
}
