//! As much reading of HTML as a browser without a script needs: the fields of a form.

use std::collections::BTreeSet;

/// A form of a page.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Names and values as the page shows them.
    pub fields: Vec<(String, String)>,
}

/// Every form of a page.
pub fn forms(page: &str) -> Vec<Form> {
    elements(page, "form")
        .map(|(tag, inside)| Form { action: attribute(tag, "action").unwrap_or_default(), fields: fields(inside) })
        .collect()
}

/// The addresses of this service that a page leads to, each once.
pub fn links(page: &str) -> BTreeSet<String> {
    let after = page.split("href=\"").skip(1);
    let addresses = after.filter_map(|rest| rest.split_once('"')).map(|(address, _)| unescape(address));
    let own = addresses.filter(|address| address.starts_with('/') && !address.starts_with("//"));
    own.map(|address| address.split('#').next().unwrap_or_default().to_string()).collect()
}

/// The value of the first field of this name on a page.
pub fn value_of(page: &str, name: &str) -> Option<String> {
    // Asked of every page for the token of its forms, which is the first field of nearly all of them.
    let is_wanted = |(found, _): &(String, String)| found == name;
    inputs(page).find(is_wanted).or_else(|| others(page).into_iter().find(is_wanted)).map(|(_, value)| value)
}

/// The text of a page without its tags, white space made one.
pub fn text(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    unescape(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The opening tags of a name with what stands inside, up to the next closing tag of that name.
fn elements<'a>(page: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let close = format!("</{name}>");
    let inside = move |after: &'a str| after.split_once(close.as_str()).map_or(after, |(inside, _)| inside);
    tags(page, name).map(move |(tag, after)| (tag, inside(after)))
}

/// The opening tags of a name with everything that follows.
fn tags<'a>(page: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let open = format!("<{name}");
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(&open)?;
            let from = &rest[start + open.len()..];
            if !from.starts_with([' ', '>', '\n']) {
                rest = from;
                continue;
            }
            let (tag, after) = from.split_once('>')?;
            rest = after;
            return Some((tag, after));
        }
    })
}

fn fields(part: &str) -> Vec<(String, String)> {
    inputs(part).chain(others(part)).collect()
}

/// The fields that are one tag.
fn inputs(part: &str) -> impl Iterator<Item = (String, String)> {
    tags(part, "input").filter_map(|(tag, _)| {
        let name = attribute(tag, "name")?;
        let kind = attribute(tag, "type").unwrap_or_default();
        let unticked = matches!(kind.as_str(), "checkbox" | "radio") && attribute(tag, "checked").is_none();
        if unticked || kind == "file" {
            return None;
        }
        Some((name, attribute(tag, "value").unwrap_or_default()))
    })
}

/// The fields that have an end.
fn others(part: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (tag, inside) in elements(part, "textarea") {
        if let Some(name) = attribute(tag, "name") {
            found.push((name, unescape(inside.strip_prefix('\n').unwrap_or(inside))));
        }
    }
    for (tag, inside) in elements(part, "select") {
        let Some(name) = attribute(tag, "name") else { continue };
        let options: Vec<_> = elements(inside, "option").map(|(tag, _)| tag).collect();
        let chosen = options.iter().find(|tag| attribute(tag, "selected").is_some()).or(options.first());
        found.push((name, chosen.and_then(|tag| attribute(tag, "value")).unwrap_or_default()));
    }
    found
}

/// The value of an attribute; empty for one without a value.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let (found, after) = rest.split_at(end);
        let value = match after.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"')?;
                rest = after;
                value
            }
            None => {
                rest = after.strip_prefix('=').unwrap_or(after);
                ""
            }
        };
        if found == name {
            return Some(unescape(value));
        }
    }
}

/// A text as it is shown, without the codes of a page.
pub fn unescape(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'")]
        .iter()
        .fold(text.to_string(), |text, (code, plain)| text.replace(code, plain))
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

#[test]
fn the_fields_of_a_form_are_read_as_a_browser_would() {
    let page = r#"<form action="/a"><input name="x" value="1 &#38; 2"><input type="checkbox" name="no" value="yes">
        <input type=radio name="r" value="2" checked><textarea name="t" rows="2">
&#60;b&#62;</textarea><select name="s"><option value="">-</option><option value="k" selected>K</option></select></form>
        <form action="/b"><button>B</button></form>"#;
    let found = forms(page);
    assert_eq!(found.len(), 2);
    let pairs: Vec<_> = found[0].fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(pairs, [("x", "1 & 2"), ("r", "2"), ("t", "<b>"), ("s", "k")]);
    assert_eq!(text("<p>a<b>b</b>&#38;</p>"), "a b &");
}
