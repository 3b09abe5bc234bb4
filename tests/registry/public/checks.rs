//! Small independent readers of what the service writes: XML, iCalendar, JSON against a schema, HTML.

use serde_json::Value;
use std::collections::BTreeSet;

/// An element with its attributes as written, its own text and what is inside.
#[derive(Debug, Clone, Default)]
pub struct Element {
    pub name: String,
    pub attributes: String,
    pub text: String,
    pub inside: Vec<Element>,
}

impl Element {
    /// Every element of a name below this one.
    pub fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for element in &self.inside {
            if element.name == name {
                found.push(element);
            }
            found.extend(element.all(name));
        }
        found
    }

    /// The text of the first child of a name.
    #[track_caller]
    pub fn child(&self, name: &str) -> &str {
        self.inside.iter().find(|e| e.name == name).map_or_else(|| panic!("no {name} in {self:?}"), |e| &e.text)
    }
}

/// Reads XML that is well formed: one root, tags closed in order, no bare `<` or `&`, known entities only.
#[track_caller]
pub fn xml(text: &str) -> Element {
    let body = text.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>").expect("a declaration");
    let mut open = vec![Element::default()];
    let mut rest = body.trim();
    while !rest.is_empty() {
        let (words, after) = rest.split_once('<').unwrap_or((rest, ""));
        open.last_mut().expect("inside something").text.push_str(&plain(words));
        if after.is_empty() && !rest.contains('<') {
            break;
        }
        let (tag, after) = after.split_once('>').expect("a tag ends");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let done = open.pop().expect("an open element");
            assert_eq!(done.name, name, "closed in order");
            open.last_mut().expect("a parent").inside.push(done);
        } else {
            let (head, closed) = tag.strip_suffix('/').map_or((tag, false), |head| (head, true));
            let (name, attributes) = head.split_once(' ').unwrap_or((head, ""));
            assert_eq!(attributes.matches('"').count() % 2, 0, "{tag}");
            let element = Element { name: name.into(), attributes: plain(attributes), ..Element::default() };
            if closed {
                open.last_mut().expect("a parent").inside.push(element);
            } else {
                open.push(element);
            }
        }
    }
    assert_eq!(open.len(), 1, "everything is closed");
    let top = open.pop().expect("the top").inside;
    assert_eq!(top.len(), 1, "one root");
    top.into_iter().next().expect("the root")
}

#[track_caller]
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let (entity, after) = after.split_once(';').unwrap_or_else(|| panic!("a bare & in {text}"));
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" => '\'',
            "#13" => '\r',
            other => panic!("&{other}; is no entity"),
        });
        rest = after;
    }
    plain + rest
}

/// The events of a calendar, each its properties by name.
#[track_caller]
pub fn ical(text: &str) -> Vec<Vec<(String, String)>> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end in CR LF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "no line has more than 75 octets");
    let unfolded = text.replace("\r\n ", "");
    let lines: Vec<(&str, &str)> =
        unfolded.trim_end().split("\r\n").map(|line| line.split_once(':').expect("a name and a value")).collect();
    assert_eq!((lines.first(), lines.last()), (Some(&("BEGIN", "VCALENDAR")), Some(&("END", "VCALENDAR"))));
    for needed in ["VERSION", "PRODID"] {
        assert!(lines.iter().any(|(name, _)| *name == needed), "{needed}");
    }
    let mut events = Vec::new();
    let mut event: Option<Vec<(String, String)>> = None;
    for (name, value) in lines {
        match (name, value) {
            ("BEGIN", "VEVENT") => event = Some(Vec::new()),
            ("END", "VEVENT") => events.push(event.take().expect("an open event")),
            _ => {
                if let Some(event) = &mut event {
                    event.push((name.into(), value.into()));
                }
            }
        }
    }
    events
}

/// What of a value is against a schema, for the keywords that the published ones use.
pub fn against(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allowed: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => vec![kind],
    };
    if !allowed.contains(&kind) {
        wrong.push(format!("{at} is {kind}, not {allowed:?}"));
    }
    if let Some(values) = schema["enum"].as_array()
        && !values.contains(value)
    {
        wrong.push(format!("{at}: {value} is not one of {values:?}"));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        wrong.push(format!("{at}: {value} is not {}", schema["const"]));
    }
    if let Some(ways) = schema["oneOf"].as_array() {
        let fitting = ways.iter().filter(|way| against(way, value, at).is_empty()).count();
        if fitting != 1 {
            wrong.push(format!("{at}: {value} fits {fitting} ways"));
        }
    }
    for needed in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(needed).is_none() {
            wrong.push(format!("{at}.{needed} is missing"));
        }
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        match (schema["properties"].get(key), &schema["additionalProperties"]) {
            (Some(known), _) => wrong.extend(against(known, inner, &format!("{at}.{key}"))),
            (None, Value::Bool(false)) => wrong.push(format!("{at}.{key} is not in the schema")),
            (None, other) => wrong.extend(against(other, inner, &format!("{at}.{key}"))),
        }
    }
    if let (Some(items), Some(schema)) = (value.as_array(), schema.get("items")) {
        for (number, item) in items.iter().enumerate() {
            wrong.extend(against(schema, item, &format!("{at}[{number}]")));
        }
    }
    wrong
}

/// The values of an attribute on a page, in order.
pub fn attribute(page: &str, name: &str) -> Vec<String> {
    let open = format!(" {name}=\"");
    page.split(open.as_str())
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(value, _)| value.to_string())
        .collect()
}

/// What is wrong with a page's frame: ids that stand twice, headings that leave a level out, references to nothing,
/// scripts and styles inside.
pub fn html(page: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let ids = attribute(page, "id");
    let mut seen = BTreeSet::new();
    wrong.extend(ids.iter().filter(|id| !seen.insert(*id)).map(|id| format!("id {id} stands twice")));
    for name in ["aria-labelledby", "aria-describedby", "for"] {
        let used = attribute(page, name);
        let words = used.iter().flat_map(|value| value.split_whitespace());
        wrong.extend(
            words.filter(|id| !ids.iter().any(|known| known == id)).map(|id| format!("{name} {id} is nowhere")),
        );
    }
    let mut level = 0;
    for (at, _) in page.match_indices("<h") {
        let Some(found) = page[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else { continue };
        if found > level + 1 {
            wrong.push(format!("a heading h{found} after h{level}"));
        }
        level = found;
    }
    if page.matches("<h1").count() != 1 {
        wrong.push("not one h1".into());
    }
    wrong.extend(
        [" style=\"", "<style", "<script>"].iter().filter(|text| page.contains(**text)).map(|text| text.to_string()),
    );
    wrong
}
