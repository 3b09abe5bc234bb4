//! Mail addresses, names and telephones for eyes that need to know which, not whose.

/// A text with every mail address in it masked: the first character and the domain stay.
pub fn addresses(text: &str) -> String {
    // An address that is sealed at rest stays so.
    if text.starts_with("sealed:") {
        return "***".to_string();
    }
    let mut masked = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_around) {
        let end =
            piece.char_indices().next_back().filter(|(_, last)| is_around(*last)).map_or(piece.len(), |(at, _)| at);
        let (word, rest) = piece.split_at(end);
        masked.push_str(&address(word));
        masked.push_str(rest);
    }
    masked
}

/// Whether a character stands beside an address and never in one as people write it.
fn is_around(character: char) -> bool {
    character.is_whitespace() || matches!(character, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | ',' | ';' | ':')
}

/// One word: an address is masked, what is none stays.
fn address(word: &str) -> String {
    match word.rsplit_once('@') {
        Some((local, domain)) => format!("{}***@{domain}", local.chars().take(1).collect::<String>()),
        None => word.to_string(),
    }
}

/// A person's name: the first character stays.
pub fn person(name: &str) -> String {
    let mut masked: String = name.chars().take(1).collect();
    if !name.is_empty() {
        masked.push_str("**");
    }
    masked
}

/// A telephone: the last two characters stay, and of each other digit that there is one.
pub fn phone(number: &str) -> String {
    let shown = number.chars().count().saturating_sub(2);
    let cover =
        |(at, character): (usize, char)| if at < shown && character.is_alphanumeric() { '*' } else { character };
    number.chars().enumerate().map(cover).collect()
}

#[cfg(test)]
mod tests {
    use super::{addresses, person, phone};
    use proptest::prelude::*;

    #[test]
    fn the_first_character_and_the_domain_stay() {
        assert_eq!(addresses("zhang.san@vendor.example.cn"), "z***@vendor.example.cn");
        assert_eq!(
            addresses("550 5.1.1 <zhang.san@vendor.example.cn>: no such user (zhang.san@vendor.example.cn)"),
            "550 5.1.1 <z***@vendor.example.cn>: no such user (z***@vendor.example.cn)"
        );
        assert_eq!(addresses("张三@例子.公司 不存在"), "张***@例子.公司 不存在");
        assert_eq!(addresses("450 later"), "450 later");
        assert_eq!(addresses("@"), "***@");
    }

    #[test]
    fn c_63_names_and_telephones_are_covered() {
        assert_eq!((person("张三丰"), person("A"), person("")), ("张**".into(), "A**".into(), String::new()));
        assert_eq!((phone("020-83133000"), phone("7"), phone("")), ("***-******00".into(), "7".into(), String::new()));
    }

    proptest! {
        #[test]
        fn no_local_part_of_two_characters_or_more_is_left(before in "[ -~]{0,20}", local in "[a-z]{2,10}", after in "[ -~]{0,20}") {
            let text = format!("{before} {local}-x@example.org {after}");
            let whole = format!("{local}-x@");
            prop_assert!(!addresses(&text).contains(&whole));
        }
    }
}
