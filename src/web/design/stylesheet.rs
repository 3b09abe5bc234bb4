//! The style sheet read as data: what each token is worth on a light and a dark screen, on papers and in print. The page
//! of the design and the tests of its colours read the very file that is served, so neither can say what no longer holds.

/// The style sheet that is served.
pub const SOURCE: &str = include_str!("../../assets/app.css");

/// The media query of dark screens.
pub const DARK: &str = "@media (prefers-color-scheme: dark)";
/// The media query of print.
#[cfg(test)]
pub const PRINT: &str = "@media print";
/// The media query of readers who ask for more contrast.
#[cfg(test)]
pub const MORE_CONTRAST: &str = "@media (prefers-contrast: more)";
/// The papers, which stay white in the dark.
#[cfg(test)]
pub const PAPERS: &str = ".document, .receipt, .certificate";
/// Where the tokens stand.
pub const ROOT: &str = ":root";

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The group around it, such as [`DARK`]; empty outside of every group.
    pub group: String,
    /// Its selectors as written, white space made one.
    pub selector: String,
    /// Property and value, in their order.
    pub declarations: Vec<(String, String)>,
}

/// The rules of a style sheet as plain as ours: groups hold rules, and no text holds a brace or a semicolon.
pub fn rules(css: &str) -> Vec<Rule> {
    let text = without_comments(css);
    let mut rules = Vec::new();
    let mut groups: Vec<String> = Vec::new();
    let mut rest = text.as_str();
    while let Some((head, after)) = rest.split_once(['{', '}']) {
        let opens = rest[head.len()..].starts_with('{');
        let head = head.split_whitespace().collect::<Vec<_>>().join(" ");
        if !opens {
            groups.pop();
            rest = after;
        } else if head.starts_with('@') {
            groups.push(head);
            rest = after;
        } else {
            let (body, after) = after.split_once('}').unwrap_or((after, ""));
            rules.push(Rule { group: groups.join(" "), selector: head, declarations: declarations(body) });
            rest = after;
        }
    }
    rules
}

fn without_comments(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

fn declarations(body: &str) -> Vec<(String, String)> {
    let parts = body.split(';').filter_map(|part| part.split_once(':'));
    parts.map(|(name, value)| (name.trim().to_string(), value.trim().to_string())).collect()
}

/// What the tokens are worth in one place.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    found: Vec<(String, String)>,
}

impl Tokens {
    /// The tokens outside of every group, then those of each layer (group and selector); the later one holds.
    pub fn layered(rules: &[Rule], layers: &[(&str, &str)]) -> Tokens {
        let mut tokens = Tokens::default();
        for (group, selector) in [("", ROOT)].iter().chain(layers) {
            for rule in rules.iter().filter(|rule| rule.group == *group && rule.selector == *selector) {
                tokens.take(&rule.declarations);
            }
        }
        tokens
    }

    fn take(&mut self, declarations: &[(String, String)]) {
        for (name, value) in declarations {
            let Some(name) = name.strip_prefix("--") else { continue };
            match self.found.iter_mut().find(|(known, _)| known == name) {
                Some((_, old)) => old.clone_from(value),
                None => self.found.push((name.to_string(), value.clone())),
            }
        }
    }

    /// Every token with its value, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.found.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a token; of one that is another's, the other's.
    pub fn value(&self, name: &str) -> Option<&str> {
        let found = |name: &str| self.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let value = found(name)?;
        match token_in(value) {
            Some(other) => found(other),
            None => Some(value),
        }
    }

    /// A token as a colour.
    pub fn colour(&self, name: &str) -> Option<Colour> {
        Colour::parse(self.value(name)?)
    }
}

/// The token that a value names, if it is nothing else.
pub fn token_in(value: &str) -> Option<&str> {
    let name = value.strip_prefix("var(--")?.strip_suffix(')')?;
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-').then_some(name)
}

/// An opaque colour of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#rgb` and `#rrggbb`; nothing for anything else.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        let wide: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_string(),
            _ => return None,
        };
        let bytes = hex::decode(wide).ok()?;
        Some(Colour(bytes.try_into().ok()?))
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance).
    fn luminance(self) -> f64 {
        let linear = |value: u8| {
            let share = f64::from(value) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio with another colour, 1 to 21, whichever is the lighter (WCAG 2.2).
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Least contrast of text, and of what shows where something is (WCAG 2.2, 1.4.3 and 1.4.11).
    const TEXT: f64 = 4.5;
    const SHAPE: f64 = 3.0;

    const TONES: [&str; 5] = ["neutral", "waiting", "good", "attention", "bad"];
    /// Text that may stand on any ground.
    const TEXTS: [&str; 9] =
        ["ink", "ink-soft", "brand", "brand-deep", "neutral", "waiting", "good", "attention", "bad"];
    const GROUNDS: [&str; 3] = ["paper", "surface", "sunken"];
    /// Text that has a ground of its own, with that ground.
    const OWN_GROUND: [(&str, &str); 3] = [("on-brand", "brand"), ("on-brand", "brand-deep"), ("on-mast", "mast")];
    const SHAPES: [&str; 2] = ["focus", "line-strong"];
    const CHARTS: [&str; 5] = ["chart-1", "chart-2", "chart-3", "chart-4", "chart-5"];

    /// Every place in which colours are seen, by what is laid over the light screen.
    fn places() -> Vec<(&'static str, Tokens)> {
        let rules = rules(SOURCE);
        let of = |layers: &[(&str, &str)]| Tokens::layered(&rules, layers);
        let (dark, print, more) = ((DARK, ROOT), (PRINT, ROOT), (MORE_CONTRAST, ROOT));
        vec![
            ("light", of(&[])),
            ("dark", of(&[dark])),
            ("more contrast", of(&[more])),
            ("more contrast in the dark", of(&[dark, more])),
            ("papers", of(&[("", PAPERS)])),
            ("papers in the dark", of(&[dark, ("", PAPERS)])),
            ("print", of(&[print])),
            ("print from a dark screen", of(&[dark, print])),
            ("papers in print", of(&[print, ("", PAPERS)])),
        ]
    }

    fn colour(place: &str, tokens: &Tokens, name: &str) -> Colour {
        tokens.colour(name).unwrap_or_else(|| panic!("{place}: --{name} is no colour: {:?}", tokens.value(name)))
    }

    /// Text and ground by token: each text on each ground, on the soft ground of its tone, and on a ground of its own.
    fn pairs() -> Vec<(String, String)> {
        let soft = |tone: &str| format!("{tone}-soft");
        let mut pairs: Vec<(String, String)> = Vec::new();
        for text in TEXTS {
            pairs.extend(GROUNDS.iter().map(|ground| (text.to_string(), ground.to_string())));
        }
        for tone in TONES {
            pairs.push((tone.to_string(), soft(tone)));
            pairs.extend(["ink", "ink-soft", "brand"].map(|text| (text.to_string(), soft(tone))));
        }
        pairs.extend(OWN_GROUND.map(|(text, ground)| (text.to_string(), ground.to_string())));
        pairs
    }

    #[test]
    fn every_text_can_be_read_on_every_ground_it_stands_on() {
        let mut wrong = Vec::new();
        for (place, tokens) in places() {
            for (text, ground) in pairs() {
                let ratio = colour(place, &tokens, &text).contrast(colour(place, &tokens, &ground));
                if ratio < TEXT {
                    wrong.push(format!("{place}: --{text} on --{ground} has {ratio:.2}, at least {TEXT}"));
                }
            }
            for shape in SHAPES.into_iter().chain(CHARTS) {
                for ground in GROUNDS {
                    let ratio = colour(place, &tokens, shape).contrast(colour(place, &tokens, ground));
                    if ratio < SHAPE {
                        wrong.push(format!("{place}: --{shape} on --{ground} has {ratio:.2}, at least {SHAPE}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    /// What a value may be: the token that it names, or every tone's where it is the tone of an element.
    fn meant(value: &str) -> Vec<String> {
        match token_in(value) {
            Some("tone") => TONES.map(String::from).into(),
            Some("tone-soft") => TONES.map(|tone| format!("{tone}-soft")).into(),
            Some(name) => vec![name.to_string()],
            None => Vec::new(),
        }
    }

    #[test]
    fn what_a_rule_sets_together_can_be_read() {
        let sheet = rules(SOURCE);
        let of = |rule: &Rule, names: &[&str]| {
            let found = rule.declarations.iter().rev().find(|(name, _)| names.contains(&name.as_str()));
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let mut seen = 0;
        for rule in &sheet {
            let texts = meant(&of(rule, &["color"]));
            let grounds = meant(&of(rule, &["background", "background-color"]));
            for (text, ground) in texts.iter().flat_map(|text| grounds.iter().map(move |ground| (text, ground))) {
                // A tone stands on its own soft ground, never on another's.
                let of_tones = TONES.contains(&text.as_str()) && ground.ends_with("-soft");
                if of_tones && *ground != format!("{text}-soft") {
                    continue;
                }
                seen += 1;
                for (place, tokens) in places() {
                    let ratio = colour(place, &tokens, text).contrast(colour(place, &tokens, ground));
                    assert!(ratio >= TEXT, "{place}, {}: --{text} on --{ground} has {ratio:.2}", rule.selector);
                }
            }
        }
        assert!(seen >= 10, "{seen} pairs were found in the rules");
    }

    /// A colour of text that the pairs do not know would be looked at by nobody.
    #[test]
    fn no_rule_writes_in_a_colour_that_is_not_looked_at() {
        let known: BTreeSet<&str> = TEXTS.into_iter().chain(["on-brand", "on-mast", "surface", "tone"]).collect();
        let white = Colour([255; 3]);
        let mut wrong = Vec::new();
        for rule in rules(SOURCE).iter().filter(|rule| !rule.group.contains("forced-colors")) {
            for (_, value) in rule.declarations.iter().filter(|(name, _)| name == "color") {
                let right = match (token_in(value), Colour::parse(value)) {
                    (Some(name), _) => known.contains(name),
                    // Written out on papers alone, which are white.
                    (None, Some(colour)) => colour.contrast(white) >= TEXT,
                    (None, None) => value == "inherit",
                };
                if !right {
                    wrong.push(format!("{} writes in {value}", rule.selector));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn nothing_moves_for_whoever_asked_for_less_motion() {
        let moves = |name: &str, value: &str| {
            let named = ["transition", "animation"].iter().any(|property| name.starts_with(property));
            (named || (name == "scroll-behavior" && value == "smooth")) && value != "none"
        };
        for rule in rules(SOURCE) {
            let moving = rule.declarations.iter().any(|(name, value)| moves(name, value));
            assert!(!moving || rule.group == "@media (prefers-reduced-motion: no-preference)", "{rule:?}");
        }
    }

    /// What print takes away would come back with a rule of the same weight below it.
    #[test]
    fn print_has_the_last_word() {
        let sheet = rules(SOURCE);
        let below = sheet.iter().skip_while(|rule| rule.group != PRINT);
        let others: Vec<&str> = below.filter(|rule| rule.group != PRINT).map(|rule| rule.selector.as_str()).collect();
        assert_eq!(others, Vec::<&str>::new(), "these stand below the rules of print");
        let takes_away = |rule: &&Rule| {
            rule.group == PRINT && rule.declarations.iter().any(|(name, value)| name == "display" && value == "none")
        };
        let gone: BTreeSet<&str> = sheet.iter().filter(takes_away).flat_map(|rule| rule.selector.split(", ")).collect();
        for selector in [".sheet-nav", ".sheet-tabs", ".no-print", ".confirm", ".actions"] {
            assert!(gone.contains(selector), "{selector} is printed");
        }
    }

    /// A zoom of 400 % leaves a window a quarter as high (WCAG 2.2, 1.4.10): what stays at its top would cover what has the
    /// focus (2.4.11).
    #[test]
    fn nothing_stays_in_sight_in_a_low_window() {
        let sheet = rules(SOURCE);
        let set = |rule: &Rule, name: &str, value: &str| rule.declarations.iter().any(|(n, v)| n == name && v == value);
        let is_low = |rule: &&Rule| rule.group == "@media (max-height: 24rem)";
        let let_go: BTreeSet<&str> = sheet
            .iter()
            .filter(is_low)
            .filter(|rule| set(rule, "position", "static"))
            .flat_map(|rule| rule.selector.split(", "))
            .collect();
        let stays = sheet.iter().filter(|rule| set(rule, "position", "sticky") || set(rule, "position", "fixed"));
        for selector in stays.flat_map(|rule| rule.selector.split(", ")) {
            assert!(let_go.contains(selector), "{selector} stays in sight in a low window");
        }
        assert!(!let_go.is_empty());
    }

    /// Where the reader's own colours hold, an outline still shows where the focus is: none is taken away but from what a
    /// pointer has pressed, and from the page's content, which the way past the navigation leads to.
    #[test]
    fn the_focus_is_seen_everywhere() {
        let is_none = |(name, value): &(String, String)| {
            name.starts_with("outline") && ["0", "none", "transparent"].contains(&value.as_str())
        };
        for rule in rules(SOURCE).iter().filter(|rule| rule.declarations.iter().any(is_none)) {
            assert!([":focus:not(:focus-visible)", "main:focus"].contains(&rule.selector.as_str()), "{rule:?}");
        }
        let forced = rules(SOURCE).into_iter().filter(|rule| rule.group == "@media (forced-colors: active)");
        let mut selectors = forced.flat_map(|rule| rule.selector.split(", ").map(String::from).collect::<Vec<_>>());
        assert!(selectors.any(|selector| selector == ":focus-visible"));
    }

    /// Which of several buttons is in force is seen without a word of it: on screens of every kind, and where the
    /// reader's own colours hold.
    #[test]
    fn what_is_chosen_among_buttons_is_seen() {
        let sheet = rules(SOURCE);
        let of = |group: &str, selector: &str| {
            let named = sheet.iter().filter(|rule| rule.group == group);
            let own = named.filter(|rule| rule.selector.split(", ").any(|one| one == selector));
            own.flat_map(|rule| rule.declarations.clone()).collect::<Vec<_>>()
        };
        let chosen = of("", ".button[aria-current]");
        for property in ["background", "color", "font-weight"] {
            let plain = of("", ".button").into_iter().find(|(name, _)| name == property);
            let own = chosen.iter().find(|(name, _)| name == property);
            assert!(own.is_some() && own != plain.as_ref(), "{property}: {own:?}");
        }
        assert!(
            of("@media (forced-colors: active)", ".actions [aria-current]").iter().any(|(name, _)| name == "border")
        );
    }

    #[test]
    fn no_rule_asks_for_a_token_that_is_not_there() {
        let sheet = rules(SOURCE);
        let set = |(name, _): &(String, String)| name.strip_prefix("--").map(str::to_string);
        let known: BTreeSet<String> = sheet.iter().flat_map(|rule| rule.declarations.iter().filter_map(set)).collect();
        for part in without_comments(SOURCE).split("var(--").skip(1) {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(part.len());
            assert!(known.contains(&part[..end]), "--{} is nowhere", &part[..end]);
        }
    }

    #[test]
    fn contrast_is_that_of_the_guideline() {
        let of = |one: &str, two: &str| {
            let colour = |text: &str| Colour::parse(text).unwrap_or_else(|| panic!("{text}"));
            format!("{:.2}", colour(one).contrast(colour(two)))
        };
        // Examples that every checker gives alike.
        assert_eq!(of("#000", "#fff"), "21.00");
        assert_eq!(of("#fff", "#ffffff"), "1.00");
        assert_eq!(of("#767676", "#fff"), "4.54");
        assert_eq!(of("#777777", "#ffffff"), "4.48");
        assert_eq!(of("#fff", "#0000FF"), of("#0000ff", "#fff"));
        for wrong in ["", "#", "#12", "#12345", "#ggg", "red", "#1234567"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn rules_are_read_with_their_groups() {
        let css = "/* a { b: c } */ :root { --a: #fff; --b: var(--a); }\n@media print {\n a, \n b { color: red }\n }\n\
                   @page { size: A4; @bottom-center { content: \"x\" } }\n c { --a: #000 }";
        let found = rules(css);
        let names: Vec<(&str, &str)> = found.iter().map(|rule| (rule.group.as_str(), rule.selector.as_str())).collect();
        assert_eq!(names[..2], [("", ":root"), ("@media print", "a, b")]);
        assert_eq!(names.last(), Some(&("", "c")), "the page's own box closed");
        assert_eq!(found[1].declarations, [("color".to_string(), "red".to_string())]);
        let tokens = Tokens::layered(&found, &[("", "c")]);
        assert_eq!((tokens.value("b"), tokens.value("none")), (Some("#000"), None));
    }
}
