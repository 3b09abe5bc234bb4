//! A letter as HTML, made from its text and saying the same. Nothing in it is fetched from anywhere: no picture, no style
//! sheet, no script, nothing that would tell when it was opened. Style stands at the elements, because mail programs take
//! no other; colours of ground and text stay the reader's own.

use std::fmt::Write;

use crate::domain::letter_text::Line;

const BODY: &str = "margin:0;padding:24px 16px;font-size:16px;line-height:1.7;\
                    font-family:'PingFang SC','Microsoft YaHei',sans-serif";
const COLUMN: &str = "max-width:640px;margin:0 auto";
const PARAGRAPH: &str = "margin:0 0 16px";
/// White on this blue: contrast 7 to 1.
const BUTTON: &str = "display:inline-block;padding:8px 16px;border-radius:6px;\
                      background-color:#0b57a4;color:#ffffff;text-decoration:none";
const ADDRESS: &str = "font-size:13px;word-break:break-all";

/// Characters that the words of a button have at most; longer ones stay in front of it.
const LABEL: usize = 40;

/// What a letter is made from.
#[derive(Debug, Clone, Copy)]
pub struct HtmlLetter<'a> {
    /// The tag of its language.
    pub language: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Its text.
    pub paragraphs: &'a [Vec<Line<'a>>],
    /// What a button says before which no words stand.
    pub open: &'a str,
    /// An address that never becomes a button: where the reader ends such letters, or chooses which are mailed.
    pub quiet: Option<&'a str>,
}

/// Text that can stand in an element and in an attribute with double quotes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No document may hold them (WHATWG HTML, 13.2.3.5), and none of them is to be seen.
            character if character.is_control() && !matches!(character, '\n' | '\t') => {}
            character => out.push(character),
        }
    }
    out
}

/// Takes the words of the button off the end of what stands before an address: the last sentence, if it ends in a colon.
fn label(before: &str) -> Option<(&str, &str)> {
    let said = before.trim_end().strip_suffix([':', '：'])?;
    let ends_a_sentence = |(at, c): (usize, char)| {
        let end = at + c.len_utf8();
        let is_end = match c {
            '。' | '！' | '？' | '；' => true,
            '.' | '!' | '?' | ';' => said.get(end..).is_some_and(|rest| rest.starts_with(' ')),
            _ => false,
        };
        is_end.then_some(end)
    };
    let (rest, label) = said.split_at(said.char_indices().filter_map(ends_a_sentence).next_back().unwrap_or_default());
    let label = label.trim();
    (!label.is_empty() && label.chars().count() <= LABEL).then_some((rest.trim_end(), label))
}

/// A line; an address at its end is a button with the address below, so that the reader sees where it leads.
fn write_line(out: &mut String, letter: &HtmlLetter<'_>, line: &Line<'_>) -> std::fmt::Result {
    let Some(address) = line.address else { return out.write_str(&escaped(line.before)) };
    let link = escaped(address);
    if !line.after.is_empty() || letter.quiet == Some(address) {
        let (before, after) = (escaped(line.before), escaped(line.after));
        return write!(out, "{before}<a href=\"{link}\">{link}</a>{after}");
    }
    let (before, label) = label(line.before).unwrap_or((line.before, letter.open));
    if !before.is_empty() {
        writeln!(out, "{}<br>", escaped(before))?;
    }
    writeln!(out, "<a href=\"{link}\" style=\"{BUTTON}\">{}</a><br>", escaped(label))?;
    write!(out, "<a href=\"{link}\" style=\"{ADDRESS}\">{link}</a>")
}

fn write_letter(out: &mut String, letter: &HtmlLetter<'_>) -> std::fmt::Result {
    let (language, subject) = (escaped(letter.language), escaped(letter.subject));
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\">")?;
    writeln!(out, "<title>{subject}</title>\n</head>\n<body style=\"{BODY}\">\n<div style=\"{COLUMN}\">")?;
    for paragraph in letter.paragraphs {
        write!(out, "<p style=\"{PARAGRAPH}\">")?;
        for (number, line) in paragraph.iter().enumerate() {
            if number > 0 {
                out.push_str("<br>\n");
            }
            write_line(out, letter, line)?;
        }
        writeln!(out, "</p>")?;
    }
    writeln!(out, "</div>\n</body>\n</html>")
}

/// The letter as HTML. Everything that it says is escaped; its addresses are those of its text.
#[must_use]
pub fn as_html(letter: &HtmlLetter<'_>) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write_letter(&mut out, letter);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter_text::paragraphs;
    use proptest::prelude::*;

    const BASE: &str = "https://pool.example.cn";

    fn html_of(body: &str, quiet: Option<&str>) -> String {
        let paragraphs = paragraphs(BASE, body);
        let letter =
            HtmlLetter { language: "zh-CN", subject: "主题", paragraphs: &paragraphs, open: "打开", quiet };
        as_html(&letter)
    }

    #[test]
    fn an_address_at_the_end_of_a_line_is_a_button_with_its_words_and_is_seen() {
        let html = html_of(&format!("甲公司：\n\n请尽快办理。查看申报件：{BASE}/applications/1?a=1&b=2"), None);
        let link = "https://pool.example.cn/applications/1?a=1&amp;b=2";
        assert!(html.contains("<html lang=\"zh-CN\">") && html.contains("<title>主题</title>"), "{html}");
        assert!(html.contains("甲公司：</p>") && html.contains("请尽快办理。<br>"), "{html}");
        assert!(html.contains(&format!("<a href=\"{link}\" style=\"{BUTTON}\">查看申报件</a>")), "{html}");
        assert!(html.contains(&format!("<a href=\"{link}\" style=\"{ADDRESS}\">{link}</a>")), "{html}");
        // Words that would not fit on a button stay in front of it.
        let long = "请".repeat(LABEL + 1);
        let html = html_of(&format!("{long}：{BASE}/a"), None);
        assert!(html.contains(&format!("{long}：<br>")) && html.contains(">打开</a>"), "{html}");
        assert!(html_of(&format!("Ask. View: {BASE}/a"), None).contains("Ask.<br>\n<a href"));
        assert!(html_of(&format!("on 1.5: {BASE}/a"), None).contains(">on 1.5</a>"));
    }

    #[test]
    fn an_address_within_a_line_and_the_end_of_a_subscription_are_plain_links() {
        let html = html_of(&format!("见 {BASE}/a，谢谢。\n\n退订：\n{BASE}/end"), Some("https://pool.example.cn/end"));
        assert!(!html.contains(BUTTON), "{html}");
        assert!(
            html.contains("见 <a href=\"https://pool.example.cn/a\">https://pool.example.cn/a</a>，谢谢。"),
            "{html}"
        );
        assert!(html.contains("退订：<br>\n<a href=\"https://pool.example.cn/end\">"), "{html}");
    }

    #[test]
    fn nothing_is_fetched_from_anywhere() {
        let html = html_of(&format!("一\n\n{BASE}/a"), None);
        for sign in ["<img", "<link", "<script", "url(", "src=", "@import", "<style"] {
            assert!(!html.contains(sign), "{sign} in {html}");
        }
    }

    /// The text between the tags, as a reader sees it.
    fn shown(html: &str) -> String {
        let body = html.split_once("<body").map_or("", |(_, body)| body);
        let outside = body.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(_, text)| text);
        let text: String = outside.collect();
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        text.replace("&amp;", "&")
    }

    proptest! {
        /// Whatever a name holds, it is text: no element more than without it, and every character to be read.
        #[test]
        fn c_38_no_name_makes_an_element(name in "[a-z<>\"'&/=:；。 中]{0,40}") {
            let html = html_of(&format!("甲{name}乙\n\n查看：{BASE}/a"), None);
            let plain = html_of(&format!("甲乙\n\n查看：{BASE}/a"), None);
            prop_assert_eq!(html.matches('<').count(), plain.matches('<').count());
            prop_assert_eq!(html.matches('"').count(), plain.matches('"').count());
            let expected = format!("甲{name}乙");
            prop_assert!(shown(&html).contains(&expected));
        }
    }
}
