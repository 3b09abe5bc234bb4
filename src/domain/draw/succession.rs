//! Who steps in for whom: section 7 of the specification.

/// The reserves in the order in which they are asked to step in for somebody of `stratum`: those of the same stratum in the
/// order drawn, then all others in the order of strata and, within them, as drawn. With no stratum (an application that came
/// late, an expert who was not drawn) simply the second order. `reserves` come in that second order.
pub fn in_turn<E: Copy>(reserves: &[E], stratum_of: impl Fn(&E) -> Option<String>, stratum: Option<&str>) -> Vec<E> {
    let own = |one: &&E| stratum.is_some() && stratum_of(one).as_deref() == stratum;
    reserves.iter().filter(own).chain(reserves.iter().filter(|one| !own(one))).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::in_turn;

    fn turn(stratum: Option<&str>) -> String {
        let reserves = ["a1", "a2", "b1", "c1", "c2"];
        in_turn(&reserves, |one| one.get(..1).map(str::to_string), stratum).join(" ")
    }

    #[test]
    fn the_own_stratum_comes_first_and_the_others_keep_their_order() {
        assert_eq!(turn(Some("c")), "c1 c2 a1 a2 b1");
        assert_eq!(turn(Some("a")), "a1 a2 b1 c1 c2");
        assert_eq!(turn(Some("z")), "a1 a2 b1 c1 c2", "a stratum without reserves");
        assert_eq!(turn(None), "a1 a2 b1 c1 c2");
    }
}
