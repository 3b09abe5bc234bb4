//! Text that a person typed, made fit to be kept: one Unicode form (NFC), no control or direction characters, bounded.
//!
//! Direction characters (Unicode TR 36) make a name read as another one; control characters break exports and mails.

use super::form::Problem;
use unicode_normalization::UnicodeNormalization;

/// What is said of a field that must not be empty and is.
pub const TEXT_MISSING: &str = "text_missing";

/// Whether a character may stand in a kept text. `breaks` lets line breaks pass.
pub fn may_stand(c: char, breaks: bool) -> bool {
    match c {
        '\n' => breaks,
        // Direction marks and overrides, invisible separators, the byte order mark, tags.
        '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => false,
        '\u{E0000}'..='\u{E0FFF}' | '\u{FFF9}'..='\u{FFFB}' => false,
        _ => !c.is_control(),
    }
}

fn with(path: &str, code: &str, name: &str, value: impl ToString) -> Problem {
    let mut problem = Problem::new(path, code);
    problem.args.insert(name.into(), value.to_string());
    problem
}

fn clean(path: &str, typed: &str, max: usize, breaks: bool, problems: &mut Vec<Problem>) -> String {
    let text: String = typed.replace("\r\n", "\n").nfc().collect();
    let text = text.trim().to_string();
    let found = text.chars().count();
    if !text.chars().all(|c| may_stand(c, breaks)) {
        problems.push(Problem::new(path, "text_characters"));
    } else if found > max {
        let mut problem = with(path, "text_length", "limit", max);
        problem.args.insert("found".into(), found.to_string());
        problems.push(problem);
    }
    text
}

/// One line that may be empty, of at most `max` characters.
pub fn line(path: &str, typed: &str, max: usize, problems: &mut Vec<Problem>) -> String {
    clean(path, typed, max, false, problems)
}

/// One line that must not be empty.
pub fn required_line(path: &str, typed: &str, max: usize, problems: &mut Vec<Problem>) -> String {
    let text = line(path, typed, max, problems);
    if text.is_empty() {
        problems.push(Problem::new(path, TEXT_MISSING));
    }
    text
}

/// Lines that must not be empty, of at most `max` characters together.
pub fn required_lines(path: &str, typed: &str, max: usize, problems: &mut Vec<Problem>) -> String {
    let text = clean(path, typed, max, true, problems);
    if text.is_empty() {
        problems.push(Problem::new(path, TEXT_MISSING));
    }
    text
}

/// Lines that may be empty, of at most `max` characters together.
pub fn lines(path: &str, typed: &str, max: usize, problems: &mut Vec<Problem>) -> String {
    clean(path, typed, max, true, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(typed: &str, max: usize) -> (String, Vec<String>) {
        let mut problems = Vec::new();
        let text = required_line("name", typed, max, &mut problems);
        (text, problems.into_iter().map(|p| p.code).collect())
    }

    #[test]
    fn a_name_is_kept_in_one_form() {
        assert_eq!(codes("  Cafe\u{301} 𠮷田 ", 20), ("Café 𠮷田".into(), vec![]));
        assert_eq!(codes("  ", 20).1, ["text_missing"]);
        assert_eq!(codes("一二三", 2).1, ["text_length"]);
        // The limit counts characters, not bytes.
        assert!(codes("一二三", 3).1.is_empty());
    }

    #[test]
    fn characters_that_deceive_or_break_are_refused() {
        for wrong in
            ["a\u{202E}b", "a\u{0}b", "a\nb", "a\u{200B}b", "a\u{2066}b", "a\u{7f}b", "a\u{85}b", "a\u{E0041}b"]
        {
            assert_eq!(codes(wrong, 20).1, ["text_characters"], "{wrong:?}");
        }
        let mut problems = Vec::new();
        assert_eq!(required_lines("reason", "甲\r\n乙", 9, &mut problems), "甲\n乙");
        assert!(problems.is_empty());
    }
}
