//! Tails of the distributions that tests refer to, accurate far into the tail and for a hundred million rows. Where a tail
//! may underflow there is a function `ln_*`.

use super::incomplete::{deviance, ln_beta_share, ln_gamma_tail, stirling_error};
use std::f64::consts::PI;

/// The two-sided 95 % point of the normal distribution.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The one-sided 80 % point of the normal distribution: the power of a minimum detectable effect.
pub const Z80: f64 = 0.841_621_233_572_914_2;

/// P(N > z) of the standard normal distribution.
pub fn normal_tail(z: f64) -> f64 {
    let half = 0.5 * normal_two_sided(z);
    if z < 0.0 { 1.0 - half } else { half }
}

/// P(|N| > |z|) of the standard normal distribution: the two-sided p of a z.
pub fn normal_two_sided(z: f64) -> f64 {
    ln_normal_two_sided(z).exp()
}

/// The logarithm of [`normal_two_sided`].
pub fn ln_normal_two_sided(z: f64) -> f64 {
    ln_gamma_tail(0.5, 0.5 * z * z)
}

/// P(X > x) of chi squared with `df` degrees of freedom.
pub fn chi_squared_tail(x: f64, df: f64) -> f64 {
    ln_chi_squared_tail(x, df).exp()
}

/// The logarithm of [`chi_squared_tail`].
pub fn ln_chi_squared_tail(x: f64, df: f64) -> f64 {
    if df <= 0.0 {
        // All of it lies at zero.
        return if x < 0.0 { 0.0 } else { f64::NEG_INFINITY };
    }
    ln_gamma_tail(0.5 * df, 0.5 * x)
}

/// P(T > t) of Student's t with `df` degrees of freedom.
pub fn student_tail(t: f64, df: f64) -> f64 {
    let half = 0.5 * student_two_sided(t, df);
    if t < 0.0 { 1.0 - half } else { half }
}

/// P(|T| > |t|) of Student's t with `df` degrees of freedom: the two-sided p of a t.
pub fn student_two_sided(t: f64, df: f64) -> f64 {
    ln_student_two_sided(t, df).exp()
}

/// The logarithm of [`student_two_sided`]; without degrees of freedom nothing is evidence.
pub fn ln_student_two_sided(t: f64, df: f64) -> f64 {
    let square = t * t;
    if df <= 0.0 || square == 0.0 {
        return 0.0;
    }
    if square.is_infinite() {
        return f64::NEG_INFINITY;
    }
    ln_beta_share(0.5 * df, 0.5, df / (df + square), square / (df + square))
}

/// The t with P(|T| > t) = `p`, for `p` in (0, 1]: the half-width of an interval in standard errors.
pub fn student_two_sided_point(p: f64, df: f64) -> f64 {
    if p >= 1.0 {
        return 0.0;
    }
    if df <= 0.0 {
        return f64::INFINITY;
    }
    // ln P is concave and falling in ln t: from anywhere, Newton's first step ends at or above the root, the others descend.
    let mut ln_t = 0.0f64;
    for _ in 0..100 {
        let t = ln_t.exp();
        let ln_p = ln_student_two_sided(t, df);
        let slope = -2.0 * t * (ln_student_density(t, df) - ln_p).exp();
        let step = (p.ln() - ln_p) / slope;
        ln_t += step;
        if step.abs() < 1e-15 {
            break;
        }
    }
    ln_t.exp()
}

/// ln of the density of Student's t.
fn ln_student_density(t: f64, df: f64) -> f64 {
    let ratio = t * t / df;
    stirling_error(0.5 * (df + 1.0))
        - stirling_error(0.5 * df)
        - deviance(0.5 * df, 0.5 * (df + 1.0))
        - 0.5 * df * ratio.ln_1p()
        - 0.5 * (2.0 * PI).ln()
        - 0.5 * ratio.ln_1p()
}

/// P(X >= x) of `n` draws with probability `p`.
pub fn binomial_tail(x: u64, n: u64, p: f64) -> f64 {
    match x {
        0 => 1.0,
        _ if x > n => 0.0,
        _ if p <= 0.0 => 0.0,
        _ if p >= 1.0 => 1.0,
        _ => ln_beta_share(x as f64, (n - x) as f64 + 1.0, p, 1.0 - p).exp(),
    }
}

/// The logarithm of Fisher's two-sided p for `x1` of `n1` against `x2` of `n2`: all tables with the same margins that are
/// no more probable than the one seen. `x1 <= n1`, `x2 <= n2`. Takes time in the smallest margin.
pub fn ln_fisher_two_sided((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> f64 {
    /// Tables as probable as the one seen but for rounding count with it.
    const TIE: f64 = 1e-7;
    let (drawn, least) = (x1 + x2, (x1 + x2).saturating_sub(n2));
    let most = drawn.min(n1);
    // The logarithm of a table's probability relative to the one seen, step by step away from it.
    let up = |k: u64| {
        (drawn.saturating_sub(k) as f64 * n1.saturating_sub(k) as f64).ln()
            - ((k + 1) as f64 * (n2 + k + 1).saturating_sub(drawn) as f64).ln()
    };
    let mut relative = vec![0.0];
    let mut sum = 0.0;
    for k in x1..most {
        sum += up(k);
        relative.push(sum);
    }
    sum = 0.0;
    for k in (least..x1).rev() {
        sum -= up(k);
        relative.push(sum);
    }
    let greatest = relative.iter().copied().fold(0.0, f64::max);
    let all: f64 = relative.iter().map(|ln| (ln - greatest).exp()).sum();
    let extreme: f64 = relative.iter().filter(|ln| **ln <= TIE).map(|ln| ln.exp()).sum();
    (extreme.ln() - greatest - all.ln()).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Arguments, and the value to 17 digits by mpmath at 40.
    type Case = (f64, f64, f64);

    fn agree(name: &str, cases: &[Case], found: impl Fn(f64, f64) -> f64) {
        for &(a, b, expected) in cases {
            let found = found(a, b);
            let off = ((found - expected) / expected).abs();
            assert!(off < 2e-13, "{name}({a}, {b}) is {found}, not {expected}: off by {off:.1e}");
        }
    }

    #[test]
    fn normal_tails() {
        let cases = [
            (0.001, 0.0, -0.000_798_202_907_019_869_4),
            (0.5, 0.0, -0.482_764_581_033_673_3),
            (1.0, 0.0, -1.147_874_464_449_318_2),
            (1.96, 0.0, -2.995_816_471_169_693_3),
            (3.0, 0.0, -5.914_579_040_950_404),
            (6.0, 0.0, -20.043_621_769_414_76),
            (30.0, 0.0, -453.628_096_775_783_25),
            (1000.0, 0.0, -500_007.133_547_631_6),
        ];
        agree("ln_normal_two_sided", &cases, |z, _| ln_normal_two_sided(z));
        assert!((normal_two_sided(Z95) - 0.05).abs() < 1e-15);
        assert!((normal_tail(Z80) - 0.2).abs() < 1e-15);
        assert!((normal_tail(-Z80) - 0.8).abs() < 1e-15);
        assert!((normal_tail(0.0) - 0.5).abs() < 1e-15);
    }

    #[test]
    fn chi_squared_tails() {
        let cases = [
            (0.001, 1.0, -0.025_550_779_355_950_622),
            (3.841, 1.0, -2.995_458_635_717_105),
            (0.5, 3.0, -0.084_587_322_851_899_34),
            (7.815, 3.0, -2.995_854_221_491_660_8),
            (50.0, 50.0, -0.747_817_816_896_186_2),
            (120.0, 50.0, -16.026_537_308_447_27),
            (900_000.0, 1.0, -450_007.080_867_484_9),
            (1e-8, 7.0, -7.598_900_549_523_629e-31),
            (250.0, 300.0, -0.016_329_655_837_383_2),
            (2000.0, 4.0, -993.091_245_220_684_8),
        ];
        agree("ln_chi_squared_tail", &cases, ln_chi_squared_tail);
    }

    #[test]
    fn student_tails_and_points() {
        let cases = [
            (0.01, 1.0, -0.006_386_334_823_878_361),
            (12.7, 1.0, -2.995_245_838_096_021),
            (2.5, 4.0, -2.706_553_150_062_694),
            (1e-6, 9.0, -7.760_701_188_855_303e-7),
            (8.0, 19.0, -15.601_712_684_895_274),
            (1e4, 3.0, -26.840_150_532_324_002),
            (40.0, 599.0, -392.764_131_465_044_5),
            (0.3, 5000.0, -0.268_939_318_165_832_94),
            (1.96, 1e5, -2.995_761_010_080_848_3),
            (1.96, 99_999_999.0, -2.995_816_415_707_28),
            (38.0, 99_999_999.0, -725.858_848_830_928_1),
            (0.01, 99_999_999.0, -0.008_010_712_864_316_234),
        ];
        agree("ln_student_two_sided", &cases, ln_student_two_sided);
        let points = [
            (0.05, 1.0, 12.706_204_736_174_705),
            (0.05, 2.0, 4.302_652_729_749_464),
            (0.05, 19.0, 2.093_024_054_408_31),
            (0.05, 599.0, 1.963_932_248_945_279),
            (0.05, 4999.0, 1.960_438_646_661_525),
            (0.05, 99_999_999.0, 1.959_964_008_262_767_1),
        ];
        agree("student_two_sided_point", &points, student_two_sided_point);
        for p in [1e-12, 0.001, 0.3, 0.9, 0.999_999] {
            for df in [1.0, 3.0, 40.0, 1e6] {
                let back = student_two_sided(student_two_sided_point(p, df), df);
                assert!((back / p - 1.0).abs() < 1e-9, "{p} with {df} comes back as {back}");
            }
        }
    }

    #[test]
    fn binomial_tails() {
        let cases = [
            (1, 1, 0.5, 0.5),
            (3, 10, 0.1, 0.070_190_826_4),
            (24, 49, 1.0 / 6.0, 1.739_966_447_528_427e-7),
            (14, 14, 1.0 / 6.0, 1.276_093_494_438_286_2e-11),
            (700, 5000, 0.125, 0.000_846_506_058_175_587_4),
            (1000, 5000, 0.125, 1.169_658_629_667_745_6e-50),
            (200_100, 1_000_000, 0.2, 0.401_686_386_167_180_8),
        ];
        for (x, n, p, expected) in cases {
            let found = binomial_tail(x, n, p);
            assert!((found / expected - 1.0).abs() < 1e-11, "{x} of {n} at {p}: {found}");
        }
    }

    #[test]
    fn fisher_by_whole_numbers() {
        let cases = [
            ((3, 4), (1, 4), -0.722_134_717_433_197_6),
            ((0, 5), (5, 5), -4.836_281_906_951_478),
            ((1, 2), (0, 2), 0.0),
            ((10, 10), (0, 10), -11.433_644_134_042_51),
            ((2, 300), (9, 40), -16.294_261_942_927_687),
            ((0, 10), (0, 10), 0.0),
            ((500, 500), (0, 500), -688.774_114_387_291_2),
            ((5, 8), (3000, 20_000), -5.855_534_864_950_92),
        ];
        for (one, other, expected) in cases {
            let found = ln_fisher_two_sided(one, other);
            assert!(
                (found - expected).abs() < 1e-11 * (1.0 + expected.abs()),
                "{one:?} {other:?}: {found}"
            );
            assert!(
                (ln_fisher_two_sided(other, one) - expected).abs() < 1e-11 * (1.0 + expected.abs())
            );
        }
    }

    #[test]
    fn ends_are_neither_nan_nor_slow() {
        let cases = [
            ("no more than nothing", ln_chi_squared_tail(0.0, 3.0), 0.0),
            ("infinite", chi_squared_tail(f64::INFINITY, 3.0), 0.0),
            ("no freedom, all at zero", chi_squared_tail(3.0, 0.0), 0.0),
            ("zero", student_two_sided(0.0, 5.0), 1.0),
            ("infinite", student_two_sided(f64::INFINITY, 5.0), 0.0),
            ("no freedom, no evidence", student_two_sided(3.0, 0.0), 1.0),
            ("no freedom, no width", student_two_sided_point(0.05, 0.0), f64::INFINITY),
            ("certain", student_two_sided_point(1.0, 7.0), 0.0),
            ("no draws", binomial_tail(0, 0, 0.3), 1.0),
            ("more than drawn", binomial_tail(5, 4, 0.3), 0.0),
            ("impossible", binomial_tail(2, 3, 0.0), 0.0),
            ("certain", binomial_tail(3, 3, 1.0), 1.0),
        ];
        for (name, found, expected) in cases {
            assert!(found.total_cmp(&expected).is_eq(), "{name}: {found}");
        }
    }
}
