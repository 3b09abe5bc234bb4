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

/// A part of a text: a number or a day, which is read only in one piece, or what stands between two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// As it was written.
    pub text: &'a str,
    /// Whether it stays on one line.
    pub whole: bool,
}

/// Characters of the longest number that stays on one line: those of files and certificates are shorter.
const LONGEST_NUMBER: usize = 32;

/// The pieces of a text; together they are the text. A line may otherwise end at each hyphen of `YC2026-SP-0017`, and between the
/// figures and the characters of `2028年5月30日`.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut at) = (text, 0);
    let mut is_in_word = false;
    while let Some(next) = rest.get(at..).and_then(|ahead| ahead.chars().next()) {
        let (before, ahead) = rest.split_at(at);
        let length = if is_in_word { 0 } else { whole_length(ahead) };
        if length == 0 {
            is_in_word = next.is_ascii_alphanumeric() || next == '-';
            at += next.len_utf8();
            continue;
        }
        let (whole, after) = ahead.split_at(length);
        if !before.is_empty() {
            pieces.push(Piece { text: before, whole: false });
        }
        pieces.push(Piece { text: whole, whole: true });
        (rest, at) = (after, 0);
    }
    if !rest.is_empty() {
        pieces.push(Piece { text: rest, whole: false });
    }
    pieces
}

/// Bytes of the number or the day that a text begins with; none where it begins with neither.
fn whole_length(text: &str) -> usize {
    let number = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    let number = number.trim_end_matches('-');
    let is_number = number.starts_with(|c: char| c.is_ascii_uppercase())
        && number.contains('-')
        && number.bytes().any(|byte| byte.is_ascii_digit());
    if is_number && number.len() <= LONGEST_NUMBER { number.len() } else { day_length(text).unwrap_or(0) }
}

/// Bytes of the day in Chinese that a text begins with.
fn day_length(text: &str) -> Option<usize> {
    let mut rest = text;
    for mark in ['年', '月', '日'] {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if after.len() == rest.len() {
            return None;
        }
        rest = after.strip_prefix(mark)?;
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_stay_in_one_piece_and_nothing_else_does() {
        fn whole(text: &str) -> Vec<&str> {
            let found = pieces(text);
            assert_eq!(found.iter().map(|piece| piece.text).collect::<String>(), text);
            found.iter().filter(|piece| piece.whole).map(|piece| piece.text).collect()
        }
        assert_eq!(
            whole("【请补正】某批次：YC2026-SP-0017，请于2028年5月30日前办理。"),
            ["YC2026-SP-0017", "2028年5月30日"]
        );
        assert_eq!(whole("2026年1月2日 24:00—2026年12月31日"), ["2026年1月2日", "2026年12月31日"]);
        let long = "A1-".repeat(20);
        for plain in ["", "end-to-end", "A-B", "2026年度", "2026年5月", "https-2026-x", "5-6", "一—二", long.as_str()]
        {
            assert_eq!(whole(plain), Vec::<&str>::new(), "{plain}");
        }
    }

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
