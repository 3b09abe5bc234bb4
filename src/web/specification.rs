//! Specifications, which are written in Markdown beside the code that they bind, as part of a page.

use askama::filters::HtmlSafe;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::fmt;

/// HTML made from a text of our own: a template writes it as it stands.
pub struct Markup(String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// A specification as HTML, below a heading of the second level. What may be wider than a telephone scrolls within itself,
/// and can be reached and scrolled by keyboard; `table` says what such a table is to those who do not see it. Never for a
/// text that came from outside.
pub fn markup(text: &str, table: &str) -> Markup {
    let mut tables = 0_usize;
    // No two parts of a page that can be gone to have one name.
    let mut opening = || {
        tables += 1;
        format!("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{table} {tables}\">\n")
    };
    let mut written = String::with_capacity(text.len() * 2);
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).flat_map(|event| framed(event, &mut opening));
    html::push_html(&mut written, events);
    Markup(written)
}

fn framed<'a>(event: Event<'a>, opening: &mut impl FnMut() -> String) -> Vec<Event<'a>> {
    match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            vec![Event::Start(Tag::Heading { level: below(level), id, classes, attrs })]
        }
        Event::End(TagEnd::Heading(level)) => vec![Event::End(TagEnd::Heading(below(level)))],
        Event::Start(Tag::Table(columns)) => {
            vec![Event::Html(opening().into()), Event::Start(Tag::Table(columns))]
        }
        Event::End(TagEnd::Table) => vec![Event::End(TagEnd::Table), Event::Html("</div>\n".into())],
        Event::Start(Tag::CodeBlock(_)) => {
            vec![Event::Html("<pre class=\"specification\" tabindex=\"0\"><code>".into())]
        }
        Event::End(TagEnd::CodeBlock) => vec![Event::Html("</code></pre>\n".into())],
        other => vec![other],
    }
}

/// The page has the first level, and the heading above the specification the second.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wide_scrolls_within_itself_and_headings_follow_the_page() {
        let text = "# One\n\n## Two\n\n| a | b |\n|---|---|\n| 1 | `2 < 3` |\n\nThen:\n\n\
                    | c |\n|---|\n| 3 |\n\n    code & more\n\n```json\n{\"a\":1}\n```\n";
        let written = markup(text, "T").to_string();
        for part in [
            "<h3>One</h3>",
            "<h4>Two</h4>",
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"T 1\">\n<table>",
            "aria-label=\"T 2\">\n<table>",
            "</table>\n</div>",
            "<td><code>2 &lt; 3</code></td>",
            "<pre class=\"specification\" tabindex=\"0\"><code>code &amp; more\n</code></pre>",
            "{\"a\":1}",
        ] {
            assert!(written.contains(part), "{part} in {written}");
        }
        assert_eq!(written.matches("<pre").count(), 2);
        assert!(!written.contains(" style="), "{written}");
    }
}
