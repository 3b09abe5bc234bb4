//! Exact fractions, for means of means.

use std::cmp::Ordering;

/// A reduced fraction with a positive denominator. What would not fit is refused, never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Fraction = Fraction { numerator: 0, denominator: 1 };

    /// `numerator / denominator`; none when the denominator is not positive.
    pub fn new(numerator: i128, denominator: i128) -> Option<Fraction> {
        if denominator <= 0 {
            return None;
        }
        let by = common(numerator.unsigned_abs(), denominator.unsigned_abs());
        let by = i128::try_from(by).ok()?;
        Some(Fraction { numerator: numerator / by, denominator: denominator / by })
    }

    /// A whole number.
    pub fn whole(number: i64) -> Fraction {
        Fraction { numerator: i128::from(number), denominator: 1 }
    }

    /// The sum; none when it does not fit.
    pub fn plus(self, other: Fraction) -> Option<Fraction> {
        let by = common(self.denominator.unsigned_abs(), other.denominator.unsigned_abs());
        let by = i128::try_from(by).ok()?;
        let mine = self.numerator.checked_mul(other.denominator / by)?;
        let theirs = other.numerator.checked_mul(self.denominator / by)?;
        Fraction::new(mine.checked_add(theirs)?, self.denominator.checked_mul(other.denominator / by)?)
    }

    /// The difference; none when it does not fit.
    pub fn minus(self, other: Fraction) -> Option<Fraction> {
        self.plus(Fraction { numerator: other.numerator.checked_neg()?, ..other })
    }

    /// The mean of these; none of none, or when it does not fit.
    pub fn mean(of: &[Fraction]) -> Option<Fraction> {
        let sum = of.iter().try_fold(Fraction::ZERO, |sum, one| sum.plus(*one))?;
        let count = i128::try_from(of.len()).ok()?;
        Fraction::new(sum.numerator, sum.denominator.checked_mul(count)?)
    }

    /// To the nearest whole number, a half rounded up; none when it does not fit.
    pub fn rounded(self) -> Option<i64> {
        let doubled = self.numerator.checked_mul(2)?.checked_add(self.denominator)?;
        i64::try_from(doubled.div_euclid(self.denominator.checked_mul(2)?)).ok()
    }

    /// Without its sign.
    pub fn size(self) -> Fraction {
        Fraction { numerator: self.numerator.saturating_abs(), ..self }
    }

    /// Above and below the line.
    pub fn parts(self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }
}

/// The greatest common divisor, at least one.
fn common(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl Ord for Fraction {
    /// By whole parts, then by what remains turned upside down: nothing that could overflow is multiplied.
    fn cmp(&self, other: &Fraction) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let told = |order: Ordering| if turned { order.reverse() } else { order };
            let wholes = (a.numerator.div_euclid(a.denominator), b.numerator.div_euclid(b.denominator));
            let rests = (a.numerator.rem_euclid(a.denominator), b.numerator.rem_euclid(b.denominator));
            if wholes.0 != wholes.1 {
                return told(wholes.0.cmp(&wholes.1));
            }
            if rests.0 == 0 || rests.1 == 0 {
                return told(rests.0.cmp(&rests.1));
            }
            a = Fraction { numerator: a.denominator, denominator: rests.0 };
            b = Fraction { numerator: b.denominator, denominator: rests.1 };
            turned = !turned;
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fractions_are_reduced_and_what_does_not_fit_is_refused() {
        assert_eq!(Fraction::new(2, 4), Fraction::new(1, 2));
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::new(i128::MAX, 1).and_then(|huge| huge.plus(Fraction::whole(1))), None);
        assert_eq!(Fraction::mean(&[]), None);
        assert_eq!(Fraction::new(-1, 2).and_then(Fraction::rounded), Some(0), "a half goes up");
        assert_eq!(Fraction::new(-3, 2).and_then(Fraction::rounded), Some(-1));
    }

    proptest! {
        #[test]
        fn sums_and_order_are_those_of_cross_products(a in (-500i128..500, 1i128..40), b in (-500i128..500, 1i128..40)) {
            let (x, y) = (Fraction::new(a.0, a.1).unwrap(), Fraction::new(b.0, b.1).unwrap());
            prop_assert_eq!(x.cmp(&y), (a.0 * b.1).cmp(&(b.0 * a.1)));
            prop_assert_eq!(x.plus(y), Fraction::new(a.0 * b.1 + b.0 * a.1, a.1 * b.1));
            prop_assert_eq!(x.minus(y).unwrap().plus(y), Some(x));
            let mean = Fraction::mean(&[x, y]).unwrap();
            prop_assert_eq!(mean.plus(mean), x.plus(y));
            let rounded = i128::from(x.rounded().unwrap());
            prop_assert!((2 * rounded - 1) * a.1 <= 2 * a.0 && 2 * a.0 < (2 * rounded + 1) * a.1);
        }

        #[test]
        fn order_never_overflows(a in (any::<i64>(), 1i128..), b in (any::<i64>(), 1i128..)) {
            let (x, y) = (Fraction::new(a.0.into(), a.1).unwrap(), Fraction::new(b.0.into(), b.1).unwrap());
            prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
        }
    }
}
