//! What the text of a letter is made of: paragraphs of lines, and in a line the address of this service that it leads to.
//! The page of a message and the letter as HTML are both made from these.

/// A line of a letter. Together its parts are the line as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// What comes before the address; the whole line where there is none.
    pub before: &'a str,
    /// The first address of the service in the line, whole.
    pub address: Option<&'a str>,
    /// The same without the service's own part: begins with a slash, empty without an address.
    pub path: &'a str,
    /// What comes behind it.
    pub after: &'a str,
}

/// A line with the first address of the service in it, which ends where no address goes on. Any other address is text.
fn line<'a>(base_url: &str, text: &'a str) -> Line<'a> {
    let plain = Line { before: text, address: None, path: "", after: "" };
    let Some(at) = text.find(base_url).filter(|_| !base_url.is_empty()) else { return plain };
    let (before, rest) = text.split_at(at);
    let is_part = |c: char| c.is_ascii_alphanumeric() || "/?&=-_.~%#".contains(c);
    let path = rest.get(base_url.len()..).unwrap_or_default();
    let path = path.split(|c: char| !is_part(c)).next().unwrap_or_default();
    if !path.starts_with('/') || path.starts_with("//") {
        return plain;
    }
    let (address, after) = rest.split_at(base_url.len() + path.len());
    Line { before, address: Some(address), path, after }
}

/// The paragraphs of a letter, each with its lines. Blank lines divide them; what is empty is left out.
pub fn paragraphs<'a>(base_url: &str, body: &'a str) -> Vec<Vec<Line<'a>>> {
    let parts = body.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.lines().map(|text| line(base_url, text.trim())).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (&str, Option<&str>, &str, &str) {
        let line = line("https://pool.example", text);
        (line.before, line.address, line.path, line.after)
    }

    #[test]
    fn an_address_of_the_service_leads_there_and_no_other_does() {
        let address = "https://pool.example/applications/1?a=b";
        let path = "/applications/1?a=b";
        let place = "https://pool.example/messages#mail-settings";
        assert_eq!(parts(place), ("", Some(place), "/messages#mail-settings", ""));
        assert_eq!(parts(&format!("to: {address}，x")), ("to: ", Some(address), path, "，x"));
        assert_eq!(parts(address), ("", Some(address), path, ""));
        for plain in ["https://elsewhere.example/a", "https://pool.example.org/a", "https://pool.example//evil.example"]
        {
            assert_eq!(parts(plain), (plain, None, "", ""));
        }
        assert_eq!(line("", "/a").address, None, "without an address of its own the service has none to find");
    }

    #[test]
    fn blank_lines_divide_paragraphs() {
        let found = paragraphs("https://pool.example", "one\ntwo\n\n\n\nthree\n");
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }
}
