//! The incomplete gamma and beta functions behind the distributions, as logarithms.
//!
//! Both rest on densities in Loader's form ("Fast and accurate computation of binomial probabilities", 2000), which lose no
//! digits for large counts, times the continued fractions of DLMF 8.9.2 and 8.17.22.

use std::f64::consts::PI;

/// Terms of a series or fraction are added until they change nothing; far more than any argument in use needs.
const MOST_TERMS: u32 = 200_000;

/// The logarithm of the regularised upper incomplete gamma function, `a > 0`: P(a gamma variable > x).
pub(super) fn ln_gamma_tail(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x.is_infinite() {
        return f64::NEG_INFINITY;
    }
    let ln_density = ln_poisson_density(a, x);
    if x < a + 1.0 {
        // DLMF 8.11.4: the lower function as a series of falling terms.
        let (mut term, mut sum) = (1.0, 1.0);
        for k in 1..MOST_TERMS {
            term *= x / (a + f64::from(k));
            sum += term;
            if term < sum * f64::EPSILON {
                break;
            }
        }
        return (-(ln_density.exp() * sum)).ln_1p();
    }
    // DLMF 8.9.2 in its even part.
    let fraction = continued_fraction(x + 1.0 - a, |k| {
        let k = f64::from(k);
        (k * (a - k), x + 2.0 * k + 1.0 - a)
    });
    ln_density + a.ln() - fraction.ln()
}

/// The logarithm of the regularised incomplete beta function at `x`, with `y = 1 - x`: P(a beta variable < x).
pub(super) fn ln_beta_share(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if y <= 0.0 {
        return 0.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return (-ln_beta_share_below(b, a, y, x).exp()).ln_1p();
    }
    ln_beta_share_below(a, b, x, y)
}

/// The same where its continued fraction converges fast.
fn ln_beta_share_below(a: f64, b: f64, x: f64, y: f64) -> f64 {
    // The even part of DLMF 8.17.22 (as Boost's `ibeta_fraction2`): it needs no `1 - x`, so nothing is lost where x is near 1.
    let denominator = |m: f64| {
        m + m * (b - m) * x / (a + 2.0 * m - 1.0)
            + (a + m) * (a * y - b * x + 1.0 + m * (1.0 + y)) / (a + 2.0 * m + 1.0)
    };
    let first = a * (a * y - b * x + 1.0) / (a + 1.0);
    let fraction = continued_fraction(first, |k| {
        let m = f64::from(k);
        let odd = a + 2.0 * m - 1.0;
        let numerator = (a + m - 1.0) * (a + b + m - 1.0) * m * (b - m) * x * x / (odd * odd);
        (numerator, denominator(m))
    });
    ln_binomial_density(a, b, x, y) + (a * b / (a + b)).ln() - fraction.ln()
}

/// `first + n1 / (d1 + n2 / (d2 + ...))` with `(n, d) = next(k)`, by Lentz's method as Thompson and Barnett (1986) changed it.
fn continued_fraction(first: f64, next: impl Fn(u32) -> (f64, f64)) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut value = away(first);
    let (mut c, mut d) = (value, 0.0);
    for k in 1..MOST_TERMS {
        let (numerator, denominator) = next(k);
        d = 1.0 / away(denominator + numerator * d);
        c = away(denominator + numerator / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// ln of `x^a e^-x / gamma(a + 1)`.
fn ln_poisson_density(a: f64, x: f64) -> f64 {
    -stirling_error(a) - deviance(a, x) - 0.5 * (2.0 * PI * a).ln()
}

/// ln of `gamma(a + b + 1) / (gamma(a + 1) gamma(b + 1)) x^a y^b` with `x + y = 1`.
fn ln_binomial_density(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * x)
        - deviance(b, n * y)
        + 0.5 * (n / (2.0 * PI * a * b)).ln()
}

/// ln gamma(n + 1) - (n + 1/2) ln n + n - ln(2 pi) / 2, `n > 0`: what Stirling's formula leaves.
pub(super) fn stirling_error(n: f64) -> f64 {
    if n < 12.0 {
        // From the next one: the series needs a large argument.
        return stirling_error(n + 1.0) + (n + 0.5) * (1.0 / n).ln_1p() - 1.0;
    }
    let square = n * n;
    let series =
        [1.0 / 12.0, 1.0 / 360.0, 1.0 / 1260.0, 1.0 / 1680.0, 1.0 / 1188.0, 691.0 / 360_360.0];
    series.iter().rev().fold(0.0, |sum, term| term - sum / square) / n
}

/// `x ln(x / mean) + mean - x`, `x >= 0`, `mean > 0`, without cancellation where both are close.
pub(super) fn deviance(x: f64, mean: f64) -> f64 {
    if x <= 0.0 {
        return mean;
    }
    let (gap, total) = (x - mean, x + mean);
    if gap.abs() >= 0.1 * total {
        return x * (x / mean).ln() + mean - x;
    }
    let v = gap / total;
    let (mut sum, mut power) = (gap * v, 2.0 * x * v);
    for k in 1..1000 {
        power *= v * v;
        let term = power / f64::from(2 * k + 1);
        sum += term;
        if term.abs() <= sum.abs() * f64::EPSILON {
            break;
        }
    }
    sum
}
