//! How somebody is reached: mail addresses and telephones as people type them. One rule for every page and every form.

/// The fewest digits of a telephone number with nothing before it: those of a small city.
pub const MIN_DIGITS: usize = 7;
/// The most: a country's code, an area's, a number and an extension (ITU-T E.164 allows 15 without one).
pub const MAX_DIGITS: usize = 20;
/// How far a full-width form lies behind the character that it stands for (Unicode, Halfwidth and Fullwidth Forms).
const FULL_WIDTH: u32 = 0xFEE0;

/// What was typed with a Chinese keyboard set to full width, in the usual width: letters, figures, signs and the blank. Nothing
/// else is changed, so that no other character is taken for one of an address.
pub fn half_width(typed: &str) -> String {
    let usual = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - FULL_WIDTH).unwrap_or(c),
        other => other,
    };
    typed.chars().map(usual).collect()
}

/// Whether a text in the usual width is a telephone number: digits, what is written between them, and an extension after 转.
/// Whether somebody answers there only a call can tell.
pub fn is_telephone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.chars().all(|c| c.is_ascii_digit() || "+-() 转轉".contains(c)) && (MIN_DIGITS..=MAX_DIGITS).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_told_from_what_is_none() {
        for number in ["8313300", "020-83133000", "+86 138-0013-8000", "(0757)8313 3000 转 12", "12345678901234567890"]
        {
            assert!(is_telephone(number), "{number}");
        }
        for other in [
            "",
            "无",
            "831330",
            "123456789012345678901",
            "电话 020-83133000",
            "020-83133000/1",
            "０２０８３１３３０００",
        ] {
            assert!(!is_telephone(other), "{other}");
        }
        assert!(is_telephone(&half_width("（０２０）　８３１３３０００")));
    }

    proptest! {
        /// Against the forms of Unicode itself: of one in full width the compatibility form is the one meant.
        #[test]
        fn every_full_width_form_is_the_character_that_it_stands_for(typed in "[\u{20}-\u{7e}]{0,30}") {
            use unicode_normalization::UnicodeNormalization;
            let wide: String =
                typed.chars().map(|c| if c == ' ' { '\u{3000}' } else { char::from_u32(c as u32 + FULL_WIDTH).unwrap() }).collect();
            prop_assert_eq!(half_width(&wide), wide.nfkc().collect::<String>());
            prop_assert_eq!(half_width(&wide), typed.clone());
            prop_assert_eq!(half_width(&typed), typed);
        }

        #[test]
        fn what_has_no_full_width_form_is_left(typed in "[\u{4e00}-\u{4fff}①ﬁK。\u{ff61}-\u{ff70}]{0,20}") {
            prop_assert_eq!(half_width(&typed), typed);
        }
    }
}
