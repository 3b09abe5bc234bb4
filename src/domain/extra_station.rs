//! The final score of a file that also passed an extra station: a site visit or a defence.
//!
//! With the station's share `w`, in thousandths, the final score is `(panel × (1000 − w) + station × w) / 1000`. Both parts
//! are exact means, and the result is rounded half up once, to the hundredth of a point: rounding the parts first could
//! move a file by a place. A programme says its weight in whole percents; the thousandths are for asking what a tenth more
//! or less of it would change.

use super::scoring::Mean;

/// The whole, in thousandths.
pub const WHOLE_SHARE: u32 = 1000;

/// The final score in hundredths of a point; none when either part has no sheet, the share is more than the whole, or the
/// sums are beyond any rubric.
///
/// 89.995 by the panel and 90.00 at the station, which has 300: 89.9965, so 90.00.
pub fn combined(panel: Mean, station: Mean, share: u32) -> Option<i64> {
    let rest = WHOLE_SHARE.checked_sub(share)?;
    if panel.count == 0 || station.count == 0 {
        return None;
    }
    let (panel_count, station_count) = (i128::from(panel.count), i128::from(station.count));
    let of_panel = i128::from(panel.sum).checked_mul(station_count)?.checked_mul(rest.into())?;
    let of_station = i128::from(station.sum).checked_mul(panel_count)?.checked_mul(share.into())?;
    let top = of_panel.checked_add(of_station)?;
    let bottom = panel_count.checked_mul(station_count)?.checked_mul(WHOLE_SHARE.into())?;
    let doubled = top.checked_mul(2)?.checked_add(bottom)?;
    i64::try_from(doubled.div_euclid(bottom.checked_mul(2)?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_worked_example_rounds_once() {
        let panel = Mean::of(&[8999, 9000]);
        assert_eq!(combined(panel, Mean::of(&[9000]), 300), Some(9000));
        // Rounded twice it would be 84.01: (84.005 × 50 + 84.00 × 50) / 100 = 84.0025.
        assert_eq!(combined(Mean::of(&[8400, 8401]), Mean::of(&[8400]), 500), Some(8400));
        assert_eq!(combined(panel, Mean::default(), 300), None);
        assert_eq!(combined(Mean::default(), panel, 300), None);
        assert_eq!(combined(panel, panel, 1001), None);
        // The widest sums that a mean can have are still exact.
        let widest = Mean { sum: i64::MAX, count: u32::MAX };
        assert_eq!(combined(widest, widest, 500), Some(2_147_483_648));
    }

    proptest! {
        /// The result is the one whole number m with m − ½ ≤ value < m + ½.
        #[test]
        fn it_is_the_rational_value_rounded_half_up_once(
            panel in prop::collection::vec(0i64..=10_000, 1..9),
            station in prop::collection::vec(0i64..=10_000, 1..9),
            share in 0u32..=1000,
        ) {
            let found = i128::from(combined(Mean::of(&panel), Mean::of(&station), share).unwrap());
            let (p, s) = (panel.len() as i128, station.len() as i128);
            let sum = |of: &[i64]| of.iter().map(|x| i128::from(*x)).sum::<i128>();
            let top = sum(&panel) * s * i128::from(1000 - share) + sum(&station) * p * i128::from(share);
            let bottom = 1000 * p * s;
            prop_assert!((2 * found - 1) * bottom <= 2 * top && 2 * top < (2 * found + 1) * bottom);
        }

        /// It lies between its parts, and is one of them where the share is all or nothing.
        #[test]
        fn it_lies_between_its_parts(
            panel in prop::collection::vec(0i64..=10_000, 1..9),
            station in prop::collection::vec(0i64..=10_000, 1..9),
            share in 0u32..=1000,
        ) {
            let (a, b) = (Mean::of(&panel), Mean::of(&station));
            let (low, high) = (a.rounded().min(b.rounded()).unwrap(), a.rounded().max(b.rounded()).unwrap());
            let found = combined(a, b, share).unwrap();
            prop_assert!(low <= found && found <= high);
            prop_assert_eq!(combined(a, b, 0), a.rounded());
            prop_assert_eq!(combined(a, b, 1000), b.rounded());
        }
    }
}
