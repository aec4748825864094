//! Random draws by the distributions of natural texts.

use fastrand::Rng;

/// Positions `0..n`, each drawn with its weight.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Sum of the weights up to and including each position.
    sums: Vec<f64>,
}

impl Weights {
    /// Positions with these weights, none of them negative.
    #[must_use]
    pub(super) fn new(weights: impl IntoIterator<Item = f64>) -> Weights {
        let mut sum = 0.0;
        let sums = weights.into_iter().map(|weight| {
            sum += weight;
            sum
        });
        Weights { sums: sums.collect() }
    }

    /// `n` positions by the law of Zipf and Mandelbrot: the weight of position r (from 1) is 1 / (r + offset)^exponent.
    #[must_use]
    pub(super) fn zipf(n: usize, exponent: f64, offset: f64) -> Weights {
        Weights::new((1..=n).map(|rank| (rank as f64 + offset).powf(-exponent)))
    }

    /// A position; 0 where there is none.
    pub(super) fn draw(&self, rng: &mut Rng) -> usize {
        let sum = self.sums.last().copied().unwrap_or(0.0);
        let at = rng.f64() * sum;
        self.sums.partition_point(|&upto| upto <= at).min(self.sums.len().saturating_sub(1))
    }
}

/// A number whose logarithm is normally distributed, by the method of Box and Muller.
pub(super) fn lognormal(rng: &mut Rng, mean: f64, sigma: f64) -> f64 {
    let radius = (-2.0 * (1.0 - rng.f64()).ln()).sqrt();
    let normal = radius * (std::f64::consts::TAU * rng.f64()).cos();
    // The mean of such a number is exp(mu + sigma²/2).
    (mean.ln() - sigma * sigma / 2.0 + sigma * normal).exp()
}

/// Whether something of this probability happens.
pub(super) fn chance(rng: &mut Rng, probability: f64) -> bool {
    rng.f64() < probability
}

/// One of some things, each as likely.
pub(super) fn pick<'a, T>(rng: &mut Rng, of: &'a [T]) -> Option<&'a T> {
    if of.is_empty() { None } else { of.get(rng.usize(..of.len())) }
}
