//! Traditional characters and the simplified ones that stand for them.

use std::sync::LazyLock;

/// Pairs of a traditional character and its simplified one, by the first.
static TABLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let lines = include_str!("simplified.txt").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.flat_map(|line| {
        let mut chars = line.chars();
        let simplified = chars.next();
        chars.filter_map(move |traditional| Some((traditional, simplified?)))
    });
    let mut table: Vec<(char, char)> = pairs.collect();
    table.sort_unstable();
    table
});

/// The simplified character of a traditional one; any other character is its own.
pub fn simplified(c: char) -> char {
    if c < '\u{3400}' {
        return c;
    }
    match TABLE.binary_search_by_key(&c, |(traditional, _)| *traditional) {
        Ok(at) => TABLE.get(at).map_or(c, |(_, simplified)| *simplified),
        Err(_) => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_leads_to_a_character_that_stays() {
        assert!(TABLE.len() > 2_900, "{}", TABLE.len());
        for (traditional, short) in TABLE.iter() {
            assert_ne!(traditional, short);
            assert_eq!(simplified(*short), *short, "{traditional}");
        }
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0), "a character stands once");
    }
}
