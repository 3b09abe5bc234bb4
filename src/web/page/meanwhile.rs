//! What became of a thing while somebody filled in a form about it, for the page that the form comes back on.

use super::Page;
use crate::domain::meanwhile::{Meanwhile, ToldDifference};
use crate::error::Error;
use crate::web::events::words::states;
use crate::web::timeline::{Entry, since};
use actix_web::http::StatusCode;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Parts of the names of fields in which people write whole sentences: what stood in one must not be lost with the form, where
/// the page does not offer that any more.
const WRITTEN: &[&str] = &[
    "answer", "basis", "body", "comments", "evidence", "grounds", "matter", "message", "note", "opinion", "own_note",
    "question", "reason", "remark", "text", "title",
];

/// What was done meanwhile and what differs, in words.
#[derive(Debug, Clone)]
pub struct MeanwhileView {
    /// What was done, oldest first.
    pub entries: Vec<Entry>,
    /// From which state to which it went; empty where it stayed.
    pub states: String,
    /// What was sent and stands otherwise.
    pub differences: Vec<DifferenceView>,
}

/// A field that stands otherwise than it was sent.
#[derive(Debug, Clone)]
pub struct DifferenceView {
    /// What it is called.
    pub label: String,
    /// What was sent; empty for nothing.
    pub mine: String,
    /// What stands now; empty for nothing.
    pub theirs: String,
}

impl MeanwhileView {
    fn of(page: &Page, meanwhile: &Meanwhile) -> MeanwhileView {
        let moved = meanwhile.states();
        let difference = |told: &ToldDifference| DifferenceView {
            label: told.label.clone(),
            mine: page.dated(&told.sent),
            theirs: page.dated(&told.current),
        };
        MeanwhileView {
            entries: since(page, &meanwhile.changes),
            states: moved.map(|(from, to)| states(page, meanwhile.kind, from, Some(to))).unwrap_or_default(),
            differences: meanwhile.differences.iter().map(difference).collect(),
        }
    }

    /// The same as lines, for the script of a page that saves itself.
    pub fn lines(&self, page: &Page) -> Vec<String> {
        let acts = self.entries.iter().map(|entry| {
            let parts = [entry.at.as_str(), &entry.actor, &entry.title, &entry.note];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        });
        let states = Some(&self.states).filter(|states| !states.is_empty());
        let moved = states.map(|states| page.t1("meanwhile-states", "states", states));
        acts.chain(moved).collect()
    }
}

/// Which of what was typed the page has shown again.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown(Arc<Mutex<BTreeSet<String>>>);

impl Shown {
    /// Notes that the page shows what was typed into a field.
    pub(super) fn note(&self, name: &str) {
        if let Ok(mut shown) = self.0.lock() {
            shown.insert(name.to_string());
        }
    }

    fn has(&self, name: &str) -> bool {
        self.0.lock().is_ok_and(|shown| shown.contains(name))
    }
}

/// What was sent is out of date.
#[derive(Debug, Clone, Default)]
pub(super) struct Late {
    /// Whether what was sent was refused for a conflict.
    conflict: bool,
    view: Option<MeanwhileView>,
    /// The version that the thing has by now, where that is told.
    version: Option<i32>,
}

impl Late {
    /// What an error says of it.
    pub(super) fn of(page: &Page, error: &Error) -> Late {
        let meanwhile = error.meanwhile();
        Late {
            conflict: error.status() == StatusCode::CONFLICT,
            view: meanwhile.map(|meanwhile| MeanwhileView::of(page, meanwhile)),
            version: meanwhile.map(|meanwhile| meanwhile.version),
        }
    }
}

impl Page {
    /// The same page for whoever was too late, if the error is of that.
    pub(super) fn telling(mut self, error: &Error) -> Page {
        self.late = Late::of(&self, error);
        self
    }

    /// What became of the thing meanwhile, for whoever was too late.
    pub fn meanwhile(&self) -> Option<&MeanwhileView> {
        self.late.view.as_ref()
    }

    /// The version that a form which comes back is sent with: what was seen stays what was seen, until its sender was told
    /// what has changed since.
    pub fn seen_version(&self, stored: i32) -> String {
        match self.late.version {
            Some(version) => version.to_string(),
            None => self.typed("version", stored),
        }
    }

    /// Whatever was written into a form that this page does not show any more, each text once: it is not lost. To be asked
    /// when everything else is on the page.
    pub fn left_over(&self) -> Vec<&str> {
        if !self.late.conflict {
            return Vec::new();
        }
        left_over(&self.typed, |name| self.shown.has(name))
    }
}

/// Whether people write whole sentences into a field of this name.
fn is_written(name: &str) -> bool {
    name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|part| WRITTEN.contains(&part))
}

fn left_over(typed: &BTreeMap<String, String>, is_shown: impl Fn(&str) -> bool) -> Vec<&str> {
    let texts = typed.iter().filter(|(name, text)| !text.trim().is_empty() && is_written(name) && !is_shown(name));
    let texts: BTreeSet<&str> = texts.map(|(_, text)| text.as_str()).collect();
    texts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meanwhile::{Change, Difference};
    use crate::domain::refusal::Refusal;
    use chrono::DateTime;
    use std::path::Path;

    fn late() -> Error {
        let change = |role: &str, act: &str, from: &str, to: &str| Change {
            at: DateTime::UNIX_EPOCH,
            act: act.into(),
            by_role: role.into(),
            from: Some(from.into()),
            to: Some(to.into()),
            reason: None,
        };
        let differs = ToldDifference {
            difference: Difference { field: "rank".into(), sent: "2".into(), current: "1".into() },
            label: "推荐排序".into(),
            sent: "2".into(),
            current: "1".into(),
        };
        let meanwhile = Meanwhile {
            kind: "application",
            version: 3,
            changes: vec![change("city_officer", "application.recommended", "submitted", "recommended")],
            differences: vec![differs],
        };
        Error::Refused(Refusal { meanwhile: Some(Box::new(meanwhile)), ..Refusal::conflict("wrong_state") })
    }

    #[test]
    fn c_53_what_was_written_is_left_over_where_its_field_is_gone() {
        let typed =
            [("version", "1"), ("return-reason", "请补充"), ("reason.x", " "), ("opinion", "同意"), ("pin", "1")];
        let typed: Vec<(String, String)> = typed.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        let page = Page::bare("zh-CN", "nav-home").after(&late(), &typed);
        assert_eq!(page.left_over(), ["同意", "请补充"]);
        assert_eq!(page.typed("opinion", ""), "同意");
        assert_eq!(page.left_over(), ["请补充"], "what a field shows is not lost");
        let mended = Page::bare("zh-CN", "nav-home").after(&Error::field("reason", "required"), &typed);
        assert!(mended.left_over().is_empty(), "a form that is to be mended is there");
    }

    /// The names of every field of several lines in the templates, as they stand there.
    fn names_in(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                names_in(&path, names);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a template");
            let calls = text.split("forms::textarea").skip(1);
            let called = calls.filter_map(|rest| rest.split_once('(')?.1.strip_prefix("page, "));
            names.extend(
                called.filter_map(|rest| rest.split(',').next()).map(|name| name.trim_matches('"').to_string()),
            );
            let set = text.split("<textarea ").skip(1).filter_map(|rest| rest.split_once(" name=\""));
            names.extend(set.filter_map(|(_, rest)| rest.split('"').next()).map(str::to_string));
        }
    }

    #[test]
    fn c_53_no_field_of_several_lines_is_forgotten() {
        // What a name is put together from in its template or handler, and the parts of the long form, whose answers are saved
        // as they are typed. A sample of the components is sent nowhere.
        const MADE: &[(&str, &str)] = &[
            ("comment_name", "comments.x"),
            ("item.note_name.as_str()", "rules.x.note"),
            ("question.field", "answer-1"),
            ("reason", "reason"),
            ("reason_name", "reason.x"),
            ("{{ field }}", "reason"),
        ];
        const ELSEWHERE: &[&str] = &["{{ name }}", "{{ cell.name }}", "design-long"];
        let mut names = BTreeSet::new();
        names_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/views"), &mut names);
        assert!(names.contains("own_note") && names.contains("body"), "{names:?}");
        for name in names.iter().filter(|name| !ELSEWHERE.contains(&name.as_str())) {
            let sent = MADE.iter().find(|(made, _)| made == name).map_or(name.as_str(), |(_, sent)| *sent);
            assert!(is_written(sent), "{name}");
        }
    }

    #[test]
    fn the_switch_of_languages_asks_where_something_was_typed() {
        let sent = |fields: &[(&str, &str)]| -> Vec<(String, String)> {
            fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
        };
        let page = Page::bare("zh-CN", "nav-home");
        let refused = |fields: &[(&str, &str)]| {
            page.clone().after(&Error::field("email", "required"), &sent(fields)).holds_typed()
        };
        assert!(refused(&[("version", "1"), ("email", "x")]));
        assert!(!refused(&[("version", "1"), ("csrf", "x"), ("email", " ")]));
        assert!(!page.clone().with_typed(&sent(&[("email", "x")])).holds_typed(), "nothing was refused");
    }

    #[test]
    fn c_53_whoever_was_told_goes_on_from_what_stands_now() {
        let typed = [("version".to_string(), "1".to_string())];
        let page = Page::bare("zh-CN", "nav-home");
        assert_eq!(page.seen_version(4), "4");
        assert_eq!(page.clone().after(&Error::field("name", "required"), &typed).seen_version(4), "1");
        let told = page.after(&late(), &typed);
        assert_eq!(told.seen_version(4), "3", "of what came after that they were not told");
        let view = told.meanwhile().expect("they are told");
        assert_eq!((view.entries.len(), view.differences.len()), (1, 1));
        assert!(view.states.contains('→') && view.lines(&told)[0].contains("推荐"), "{view:?}");
    }
}
