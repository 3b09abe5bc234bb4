//! A figure stays on one line with the unit behind it, whoever wrote the two: a sentence of ours, an answer, a table.

/// A blank at which no line ends.
const NO_BREAK: char = '\u{a0}';
/// Letters of the longest Latin word that counts as a unit: `days`, `hours`, `CNY`. A longer one may need a line of its own.
const LONGEST_UNIT: usize = 5;
/// Digits and marks of the longest figure. What is longer is a code or a number that names something.
const LONGEST_FIGURE: usize = 16;
/// What is copied to the letter, or goes back to the service as it stands.
const AS_THEY_ARE: [&str; 5] = ["code", "pre", "script", "style", "textarea"];

/// The page with a blank between each figure and its unit at which no line ends: `还有 13 天`, `2700 万元`, `30 min`. Nothing
/// within a tag changes, and so no value of a field. Words without any tag may be given as well.
pub fn bound(page: &str) -> String {
    let mut bound = String::with_capacity(page.len() + page.len() / 64);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (words, markup) = rest.split_at(at);
        bind(words, &mut bound);
        let (markup, after) = markup.split_at(end_of(markup));
        bound.push_str(markup);
        rest = after;
    }
    bind(rest, &mut bound);
    bound
}

/// Where a tag ends; of an element that is left as it is, where the tag that closes it begins.
fn end_of(markup: &str) -> usize {
    let end = match AS_THEY_ARE.iter().find(|name| opens(markup, name)) {
        Some(name) => markup.find(&format!("</{name}")),
        None => markup.find('>').map(|at| at + 1),
    };
    end.unwrap_or(markup.len())
}

/// Whether the tag that comes first opens an element of this name.
fn opens(markup: &str, name: &str) -> bool {
    let behind = markup.strip_prefix('<').and_then(|tag| tag.strip_prefix(name));
    behind.is_some_and(|behind| behind.starts_with(|next: char| next == '>' || next.is_ascii_whitespace()))
}

/// Adds words, each blank between a figure and a unit as one at which no line ends.
fn bind(words: &str, bound: &mut String) {
    let mut rest = words;
    while let Some((before, after)) = rest.split_once(' ') {
        bound.push_str(before);
        bound.push(if ends_with_figure(before) && begins_with_unit(after) { NO_BREAK } else { ' ' });
        rest = after;
    }
    bound.push_str(rest);
}

/// Whether the last of the words is a figure, and no end of a code such as `YC2026-SP-0001`.
fn ends_with_figure(words: &str) -> bool {
    let bytes = words.as_bytes();
    let length = bytes.iter().rev().take_while(|byte| byte.is_ascii_digit() || b".,:".contains(byte)).count();
    let before = bytes.len().checked_sub(length + 1).and_then(|at| bytes.get(at));
    let is_code = before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(byte));
    (1..=LONGEST_FIGURE).contains(&length) && bytes.last().is_some_and(u8::is_ascii_digit) && !is_code
}

/// Whether the words begin with a unit: a Chinese character, or a short Latin word.
fn begins_with_unit(words: &str) -> bool {
    let latin = words.bytes().take_while(u8::is_ascii_alphabetic).count();
    match words.chars().next() {
        Some(first) if first.is_ascii() => (1..=LONGEST_UNIT).contains(&latin),
        first => first.is_some_and(char::is_alphabetic),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_its_unit() {
        for (words, wanted) in [
            ("期限 2026年3月5日 17:30，还有 13 天", "期限 2026年3月5日 17:30，还有 13\u{a0}天"),
            ("<td>2700 万元</td>", "<td>2700\u{a0}万元</td>"),
            ("還剩 3 天", "還剩 3\u{a0}天"),
            ("<p>About 1.5 h left (at 30 min each)</p>", "<p>About 1.5\u{a0}h left (at 30\u{a0}min each)</p>"),
            ("CNY 27 million, 1,200 × 10,000 yuan", "CNY 27 million, 1,200 × 10,000\u{a0}yuan"),
            ("6 May 2026, 17:30", "6\u{a0}May 2026, 17:30"),
            ("3 个 4 件", "3\u{a0}个 4\u{a0}件"),
        ] {
            assert_eq!(bound(words), wanted);
            assert_eq!(bound(wanted), wanted, "once is enough");
        }
    }

    #[test]
    fn what_is_no_figure_or_no_unit_stays_as_it_is() {
        for words in [
            "YC2026-SP-0001 某公司",
            "91440606722473344 某公司",
            "2026-03-02 起",
            "第 三 期",
            "3 / 4",
            "13  天",
            "20 organisations",
            "1. 项",
            "<strong>3</strong> 项",
            "",
        ] {
            assert_eq!(bound(words), words);
        }
    }

    #[test]
    fn what_is_typed_or_copied_stays_to_the_letter() {
        for page in [
            "<input value=\"13 天\" data-word=\"还有 13 天\">",
            "<textarea name=\"a\">\n13 天</textarea>",
            "<pre class=\"specification\">head -c 32 file</pre>",
            "<code>openssl rand 32 hex</code>",
            "<p title=\"13 天\"",
            "<textarea>13 天",
        ] {
            assert_eq!(bound(page), page);
        }
        assert_eq!(bound("<textarea>13 天</textarea> 13 天"), "<textarea>13 天</textarea> 13\u{a0}天");
        // A tag whose name only begins alike is none of them.
        assert_eq!(bound("<preview>13 天</preview>"), "<preview>13\u{a0}天</preview>");
    }
}
