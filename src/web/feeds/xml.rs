//! Text in XML.

use std::borrow::Cow;

/// What XML 1.0 can hold (section 2.2); there is no escape for the rest.
fn can_be_held(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The text escaped for content and attributes; what XML cannot hold is replaced.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| can_be_held(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\r')) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\r' => safe.push_str("&#13;"),
            c if can_be_held(c) => safe.push(c),
            _ => safe.push('\u{fffd}'),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_element() {
        assert_eq!(
            escaped("<a href=\"x\">&'\u{1}\u{b}]]>"),
            "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\u{fffd}\u{fffd}]]&gt;"
        );
        assert!(matches!(escaped("源池公示〔2026〕1号"), Cow::Borrowed(_)));
    }
}
