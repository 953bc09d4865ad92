//! Many tests at once: how large a share of what is called a finding is none.

/// The false discovery rate of each test; Benjamini and Hochberg (1995). Tests without a p-value stay out of the family.
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut family: Vec<(usize, f64)> = p
        .iter()
        .enumerate()
        .filter_map(|(place, p)| p.filter(|p| !p.is_nan()).map(|p| (place, p)))
        .collect();
    family.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let size = family.len() as f64;
    let mut q = vec![None; p.len()];
    let mut least = 1.0f64;
    for (rank, &(place, p)) in family.iter().enumerate().rev() {
        least = least.min(p * size / (rank + 1) as f64);
        if let Some(q) = q.get_mut(place) {
            *q = Some(least);
        }
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_is_reproduced() {
        // Benjamini and Hochberg (1995), section 3.2: four of fifteen hypotheses fall at .05.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let q = benjamini_hochberg(&p.map(Some));
        assert_eq!(q.iter().flatten().filter(|q| **q <= 0.05).count(), 4);
        assert!((q[0].unwrap() - 0.0015).abs() < 1e-12);
    }

    #[test]
    fn tests_without_a_value_stay_out() {
        assert_eq!(benjamini_hochberg(&[]), vec![]);
        assert_eq!(benjamini_hochberg(&[None, Some(0.04), None]), vec![None, Some(0.04), None]);
        assert_eq!(benjamini_hochberg(&[Some(0.5), Some(0.5)]), vec![Some(0.5), Some(0.5)]);
    }
}
