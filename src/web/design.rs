//! The design as it is: every token of the style sheet, and every component as the macros of the pages draw it. Nothing
//! here is a copy: the tokens are read from the file that is served, the components are the ones that all pages call.

mod stylesheet;

use super::access::Visit;
use super::page::{Failure, Page, ok};
use super::paging::{PagerView, pager_of};
use super::routes::{Access, Routes};
use super::timeline::{Entry, LegView};
use crate::db::page::Page as Rows;
use crate::domain::calendar;
use crate::domain::form::Problem;
use crate::domain::meanwhile::{Change, Difference, Meanwhile, ToldDifference};
use crate::domain::refusal::Refusal;
use crate::domain::timeline::Place;
use crate::error::Error;
use actix_web::HttpResponse;
use askama::Template;
use std::sync::LazyLock;
use stylesheet::{Colour, DARK, ROOT, SOURCE, Tokens, rules};

/// Adds this page.
pub fn routes(routes: &mut Routes) {
    routes.get("/design", Access::Public, show);
}

/// A colour with what it is worth on a light and on a dark screen.
struct ColourToken {
    name: String,
    light: String,
    dark: String,
    /// How well it is read on the surface, light and dark, such as `5.10`; empty for one that is no colour of text.
    light_contrast: String,
    dark_contrast: String,
}

/// A token that is no colour, with its value.
struct Token {
    name: String,
    value: String,
}

/// The tokens by kind.
struct Shelf {
    colours: Vec<ColourToken>,
    /// Sizes of text.
    sizes: Vec<Token>,
    /// Distances, corners and targets.
    spaces: Vec<Token>,
    /// Families of type; of each language that has its own.
    faces: Vec<(&'static str, Vec<Token>)>,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(Shelf::read);

/// Colours of text that stand on a surface.
const TEXTS: &[&str] = &["ink", "ink-soft", "brand", "brand-deep", "neutral", "waiting", "good", "attention", "bad"];
/// Families of type.
const FACES: &[&str] = &["sans", "serif", "official", "mono"];
/// Selectors of the languages whose readers have faces of their own, with the language's tag.
const FACES_OF: &[(&str, &str)] =
    &[("zh-CN", ROOT), ("zh-TW", ":root:lang(zh-TW), :root:lang(zh-Hant)"), ("en", ":root:lang(en)")];

impl Shelf {
    fn read() -> Shelf {
        let rules = rules(SOURCE);
        let light = Tokens::layered(&rules, &[]);
        let dark = Tokens::layered(&rules, &[(DARK, ROOT)]);
        let mut shelf = Shelf { colours: Vec::new(), sizes: Vec::new(), spaces: Vec::new(), faces: Vec::new() };
        for (name, value) in light.iter() {
            if Colour::parse(value).is_some() {
                shelf.colours.push(ColourToken {
                    name: name.to_string(),
                    light: value.to_string(),
                    dark: dark.value(name).unwrap_or_default().to_string(),
                    light_contrast: on_surface(&light, name),
                    dark_contrast: on_surface(&dark, name),
                });
                continue;
            }
            let token = Token { name: name.to_string(), value: value.to_string() };
            if name.starts_with("text-") {
                shelf.sizes.push(token);
            } else if !FACES.contains(&name) {
                shelf.spaces.push(token);
            }
        }
        for (language, selector) in FACES_OF {
            let own = Tokens::layered(&rules, &[("", *selector)]);
            let face = |name: &&str| Some(Token { name: name.to_string(), value: own.value(name)?.to_string() });
            shelf.faces.push((*language, FACES.iter().filter_map(face).collect()));
        }
        shelf
    }
}

/// The contrast of a text with the surface, to two places; empty for what is no colour of text.
fn on_surface(tokens: &Tokens, name: &str) -> String {
    let (text, ground) = (tokens.colour(name), tokens.colour("surface"));
    match (text, ground) {
        (Some(text), Some(ground)) if TEXTS.contains(&name) => format!("{:.2}", text.contrast(ground)),
        _ => String::new(),
    }
}

impl Token {
    /// What its words are found under: the steps of distance are told together.
    fn use_of(&self) -> &str {
        let is_step = self.name.strip_prefix('s').is_some_and(|step| step.bytes().all(|byte| byte.is_ascii_digit()));
        if is_step { "space" } else { &self.name }
    }
}

impl ColourToken {
    /// What its words are found under: the colours of charts are told together.
    fn use_of(&self) -> &str {
        if self.name.starts_with("chart-") { "chart" } else { &self.name }
    }
}

/// A station of an application.
struct Station {
    label: String,
    note: String,
    place: &'static str,
}

/// A link of a breadcrumb.
struct Crumb {
    href: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "design/show.html", config = "src/views/askama.toml")]
struct ShowPage {
    page: Page,
    /// The same page after a form was not accepted, for fields that are wrong.
    wrong: Page,
    /// The same page for whoever was too late with a form.
    late: Page,
    shelf: &'static Shelf,
    tones: Vec<&'static str>,
    crumbs: Vec<Crumb>,
    stations: Vec<Station>,
    legs: Vec<LegView>,
    events: Vec<Entry>,
    pager: PagerView,
    tone_choices: Vec<(String, String)>,
    tone_groups: Vec<(String, Vec<(String, String)>)>,
    tone_boxes: Vec<(String, String, bool)>,
    missing: Vec<(String, String)>,
    mistakes: Vec<(String, String)>,
    at: String,
    at_iso: String,
}

/// Tones of tags.
const TONES: [&str; 5] = ["neutral", "waiting", "good", "attention", "bad"];

async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let page = Page::titled(&visit, "design-title");
    let wrong = refused(&page);
    let at = page.at(&visit.now);
    let at_iso = calendar::local_datetime_iso(visit.now);
    let station = |key: &str, note: &str, place: &'static str| Station {
        label: page.t_of("station", key),
        note: note.to_string(),
        place,
    };
    let stations = vec![
        station("filling", &at, "done"),
        station("city", "", "current"),
        station("review", "", "ahead"),
        station("decision", "", "stopped"),
    ];
    let event = |tone: &'static str| Entry {
        at: at.clone(),
        at_iso: at_iso.clone(),
        title: page.t_of("design-tone", tone),
        actor: page.t("role-city_officer"),
        note: page.t("design-sample-text"),
        tone,
    };
    let leg = |key: &str, place: Place, tone: &'static str| LegView {
        label: page.t_of("station", key),
        place: place.as_text(),
        place_words: page.t_of("timeline-place", place),
        tone,
        who: page.t("role-city_officer"),
        span: page.t1("timeline-since", "at", at.clone()),
        is_bound: place == Place::Current,
        due: if place == Place::Current { page.t1("timeline-due", "at", at.clone()) } else { String::new() },
        next: if place == Place::Current { page.t("design-sample-text") } else { String::new() },
        steps: vec![event(tone)],
    };
    let legs = vec![leg("city", Place::Done, "good"), leg("review", Place::Current, "waiting")];
    let events: Vec<Entry> = TONES.into_iter().map(event).collect();
    let rows = Rows { items: Vec::<()>::new(), total: 95, page: 2, per_page: 20 };
    let choice = |value: &str| (value.to_string(), page.t_of("design-tone", value));
    let tone_choices = vec![choice("good"), choice("attention"), choice("bad")];
    let tone_groups = vec![(page.t("design-field-select"), tone_choices.clone())];
    let tone_boxes =
        tone_choices.iter().map(|(value, label)| (value.clone(), label.clone(), value == "good")).collect();
    ok(&ShowPage {
        mistakes: wrong.problems(),
        late: too_late(&page),
        wrong,
        shelf: &SHELF,
        tones: TONES.into(),
        crumbs: vec![Crumb { href: "/", label: page.t("nav-home") }],
        stations,
        legs,
        events,
        pager: pager_of(&page, &rows, "/design", &[]),
        tone_choices,
        tone_groups,
        tone_boxes,
        missing: vec![("design-plain".into(), page.t("design-sample-missing"))],
        at,
        at_iso,
        page,
    })
}

/// The page as it stands after a form was not accepted.
fn refused(page: &Page) -> Page {
    let missing = |name: &str| Problem::new(name, "required").with("field", page.t("design-field-wrong"));
    let problems = ["design-wrong", "design-wrong-long", "design-wrong-choice"].map(missing);
    let typed = [("design-wrong".to_string(), page.t("design-sample-typed"))];
    page.clone().after(&Error::Invalid(problems.into()), &typed)
}

/// The page as it stands for whoever was too late.
fn too_late(page: &Page) -> Page {
    let change = Change {
        at: page.now().and_utc(),
        act: "application.recommended".into(),
        by_role: "city_officer".into(),
        from: Some("submitted".into()),
        to: Some("recommended".into()),
        reason: None,
    };
    let (sent, current) = (page.t("design-sample-typed"), page.t("design-sample-text"));
    let difference = Difference { field: "design-filled".into(), sent: sent.clone(), current: current.clone() };
    let differences = vec![ToldDifference { difference, label: page.t("design-field-filled"), sent, current }];
    let meanwhile = Meanwhile { kind: "application", version: 2, changes: vec![change], differences };
    let refusal = Refusal { meanwhile: Some(Box::new(meanwhile)), ..Refusal::conflict("stale") };
    page.clone().after(&Error::Refused(refusal), &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::words::Words;

    const PAGE: &str = include_str!("../views/design/show.html");
    /// What is part of another component, or acts where it stands.
    const NOT_SHOWN: &[&str] = &[
        "csrf",
        "label_words",
        "hint_line",
        "error_line",
        "described_by",
        "choice_group",
        "autosave_attributes",
        "autosave_status",
        "autosave_restore",
        "upload",
        // A text of several lines that is one of several on its page, and looks like any other.
        "textarea_of",
        // A text with its numbers and days kept whole, which looks like the text around it.
        "pieces",
        // A place in words, which looks like the text around it.
        "area",
    ];

    #[test]
    fn every_component_of_the_pages_is_shown() {
        for (file, alias) in
            [(include_str!("../views/parts/show.html"), "show"), (include_str!("../views/parts/forms.html"), "forms")]
        {
            let macros: Vec<&str> =
                file.split("{%- macro ").skip(1).filter_map(|rest| rest.split('(').next()).collect();
            assert!(macros.len() > 8, "{macros:?}");
            for name in macros.iter().filter(|name| !NOT_SHOWN.contains(name)) {
                let called = format!("{alias}::{name}(");
                assert!(PAGE.contains(&called), "{called} is not on the page of the design");
            }
        }
    }

    /// The tones of notices, the panel that confirms as it is when open, and the head of a page.
    #[test]
    fn every_tone_of_a_notice_and_an_open_panel_are_shown() {
        for tone in ["info", "ok", "warn", "error"] {
            assert!(PAGE.contains(&format!("show::notice(\"{tone}\")")), "{tone}");
        }
        assert!(PAGE.contains("open=true") && PAGE.contains("id=\"design-page-head\""));
    }

    #[test]
    fn every_token_is_shown_with_words_for_what_it_is_used_for() {
        let shelf = Shelf::read();
        let named = shelf.colours.iter().map(ColourToken::use_of);
        let tokens = shelf.sizes.iter().chain(&shelf.spaces).chain(shelf.faces.iter().flat_map(|(_, faces)| faces));
        let names: Vec<&str> = named.chain(tokens.map(Token::use_of)).collect();
        assert!(shelf.colours.len() > 20 && shelf.sizes.len() >= 4 && shelf.spaces.len() >= 9, "{names:?}");
        for language in Language::ALL {
            for name in &names {
                let said = Words.say(language.as_text(), &format!("design-use-{name}"));
                assert!(!said.starts_with('['), "{language}: {said}");
            }
        }
        for (language, faces) in &shelf.faces {
            assert_eq!(faces.len(), FACES.len(), "{language}");
        }
        let sans = |language: &str| {
            let faces = shelf.faces.iter().find(|(known, _)| *known == language).map(|(_, faces)| faces);
            faces.and_then(|faces| faces.first()).map(|face| face.value.clone()).unwrap_or_default()
        };
        assert!(
            sans("zh-CN").contains("PingFang SC") && sans("zh-TW").contains("PingFang TC"),
            "each reader has a face"
        );
        assert!(sans("en").starts_with("system-ui"), "Latin comes first for readers of Latin");
    }

    #[test]
    fn texts_say_how_well_they_are_read() {
        let shelf = Shelf::read();
        let ink = shelf.colours.iter().find(|colour| colour.name == "ink").expect("the ink");
        for said in [&ink.light_contrast, &ink.dark_contrast] {
            assert!(said.parse::<f64>().is_ok_and(|ratio| ratio >= 7.0), "{said}");
        }
        let line = shelf.colours.iter().find(|colour| colour.name == "line").expect("the line");
        assert!(line.light_contrast.is_empty() && line.light != line.dark);
    }
}
