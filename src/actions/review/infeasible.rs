//! Why there is no plan, in sentences: what cannot be kept, and what would mend it.

use super::plan::{Basis, field_names};
use crate::actions::Tx;
use crate::db::calls::Call;
use crate::domain::assignment::{Contradiction, FloorShortage, Infeasible, Mend, Shortage, assign};
use crate::domain::form::Problem;
use crate::domain::ids::{ApplicationId, ExpertId};
use crate::domain::language::Language;
use crate::domain::names::Names;
use crate::error::Error;
use std::collections::BTreeMap;

/// How many names a sentence lists before it says how many more there are.
const NAMED: usize = 6;

/// The code of a shortage that forbids are the cause of.
const FORBIDS: &str = "review_mend_forbids";

/// Words for the rest of a list of experts, of applications, of anything else.
const EXPERTS: &str = "review-more-experts";
const FILES: &str = "review-more-files";
const OTHERS: &str = "review-and-more";

/// The problems of a plan that cannot be: those of the wishes at `wishes`, of the floor at `load_floor`, all others at
/// `experts`. `floor` is the fewest applications that each expert was to have; `drawn`, whether the panel is not for the
/// organisers to choose.
pub(super) fn sentences(
    tx: &Tx<'_>,
    call: &Call,
    basis: &Basis,
    floor: usize,
    drawn: bool,
    infeasible: &Infeasible<ApplicationId, ExpertId>,
) -> Error {
    let names = Sayer {
        tx,
        call,
        drawn,
        experts: basis.experts.iter().map(|expert| (expert.id, expert.name.as_str())).collect(),
        files: basis.files.iter().map(|file| (file.application.id, file.organisation.name.as_str())).collect(),
    };
    let mut problems: Vec<Problem> =
        infeasible.contradictions.iter().filter_map(|contradiction| names.contradiction(contradiction)).collect();
    if let Some(shortage) = &infeasible.shortage {
        problems.extend(names.shortage(basis, shortage));
    }
    if let Some(floors) = &infeasible.floors {
        problems.push(names.floors(basis, floor, floors));
    }
    Error::Invalid(problems)
}

/// What the sentences name, in each language.
struct Sayer<'a> {
    tx: &'a Tx<'a>,
    call: &'a Call,
    drawn: bool,
    experts: BTreeMap<ExpertId, &'a str>,
    files: BTreeMap<ApplicationId, &'a str>,
}

impl Sayer<'_> {
    fn expert(&self, id: &ExpertId) -> Names {
        self.experts.get(id).map_or_else(|| self.say("review-somebody"), |name| Names::same(name))
    }

    fn file(&self, id: &ApplicationId) -> Names {
        self.files.get(id).map_or_else(|| self.say("review-some-file"), |name| Names::same(name))
    }

    fn say(&self, key: &str) -> Names {
        Names::of_each(|language| self.tx.env.words.say(language, key))
    }

    /// Names, the first of many; `more` says how many there are, in the unit of what they are.
    fn listed(&self, all: Vec<Names>, more: &str) -> Names {
        Names::of_each(|language| {
            let first: Vec<&str> = all.iter().take(NAMED).map(|names| names.in_language(language)).collect();
            let text = Language::of_tag(language).list(&first);
            if all.len() <= NAMED {
                return text;
            }
            self.tx.env.words.say_with(language, more, [("names", text), ("count", all.len().to_string())])
        })
    }

    fn contradiction(&self, contradiction: &Contradiction<ApplicationId, ExpertId>) -> Option<Problem> {
        let pair = |problem: Problem, application: &ApplicationId, expert: &ExpertId| {
            problem.naming("organisation", &self.file(application)).naming("expert", &self.expert(expert))
        };
        Some(match contradiction {
            Contradiction::PinExcluded { application, expert, why } => {
                pair(Problem::new("wishes", "review_pin_excluded"), application, expert)
                    .naming("why", &self.say(&format!("exclusion-{why}")))
            }
            Contradiction::PinForbidden { application, expert, why } => {
                pair(Problem::new("wishes", "review_pin_forbidden"), application, expert).with("why", why)
            }
            Contradiction::PinUnknown { application, expert } => Problem::new("wishes", "review_pin_unknown")
                .naming("organisation", &self.file(application))
                .naming("expert", &self.expert(expert)),
            Contradiction::TooManyPins { application, pinned, wanted } => {
                Problem::new("wishes", "review_too_many_pins")
                    .naming("organisation", &self.file(application))
                    .with("pinned", pinned)
                    .with("wanted", wanted)
            }
            Contradiction::PinsAboveCeiling { expert, pinned, ceiling } => {
                Problem::new("wishes", "review_pins_above_limit")
                    .naming("expert", &self.expert(expert))
                    .with("pinned", pinned)
                    .with("ceiling", ceiling)
            }
            Contradiction::FloorAboveCeiling { expert, floor, ceiling } => Problem::new(
                "load_floor",
                if self.drawn { "review_floor_above_limit_drawn" } else { "review_floor_above_limit" },
            )
            .naming("expert", &self.expert(expert))
            .with("floor", floor)
            .with("ceiling", ceiling),
            Contradiction::PinsLeaveNoField { application, strangers, of_field, .. } => {
                Problem::new("wishes", "review_pins_leave_no_field")
                    .naming("organisation", &self.file(application))
                    .with("strangers", strangers)
                    .with("needed", of_field)
            }
            // The programme's check refuses it.
            Contradiction::FieldAboveNumber { .. } => return None,
        })
    }

    fn shortage(&self, basis: &Basis, shortage: &Shortage<ApplicationId, ExpertId>) -> Vec<Problem> {
        let lacking = shortage.needed - shortage.available;
        // Whom recusals take away, and whom the organisers' own forbids take away besides.
        let barred = |id: &ApplicationId| {
            let application = basis.input.applications.get(id);
            application.map_or((0, 0), |a| {
                (a.excluded.len(), a.forbidden.keys().filter(|e| !a.excluded.contains_key(*e)).count())
            })
        };
        let mut problems = vec![match shortage.applications.first() {
            Some(one) if shortage.applications.len() == 1 && shortage.experts.is_empty() => {
                let (excluded, forbidden) = barred(one);
                let code = match (excluded, forbidden) {
                    (0, 0) => "review_too_few_experts",
                    (_, 0) => "review_too_few_candidates",
                    _ => "review_too_few_allowed",
                };
                Problem::new("experts", code)
                    .naming("organisation", &self.file(one))
                    .with("excluded", excluded)
                    .with("forbidden", forbidden)
                    .with("candidates", basis.experts.len().saturating_sub(excluded + forbidden))
                    .with("missing", lacking)
            }
            _ => Problem::new("experts", "review_too_few_places")
                .naming(
                    "organisations",
                    &self.listed(shortage.applications.iter().map(|id| self.file(id)).collect(), FILES),
                )
                .with("count", shortage.applications.len())
                .with("needed", shortage.needed)
                .with("available", shortage.available)
                .with("missing", lacking)
                .naming("experts", &self.listed(shortage.experts.iter().map(|id| self.expert(id)).collect(), EXPERTS)),
        }];
        if shortage.short.len() > 1 || shortage.missing > lacking {
            problems.push(
                Problem::new("experts", "review_short_in_all")
                    .with("count", shortage.short.len())
                    .with("missing", shortage.missing),
            );
        }
        problems.extend(shortage.mends.iter().filter_map(|mend| self.mend(mend)));
        // Where the organisers' own forbids are the cause, that is said before anything else.
        problems.sort_by_key(|problem| problem.code != FORBIDS);
        problems
    }

    fn mend(&self, mend: &Mend<ApplicationId, ExpertId>) -> Option<Problem> {
        Some(match mend {
            Mend::RaiseCeilings { by, total } => Problem::new("experts", "review_mend_limits")
                .naming(
                    "experts",
                    &self.listed(by.iter().map(|(id, by)| raised(self.expert(id), *by)).collect(), EXPERTS),
                )
                .with("total", total),
            Mend::MoreExperts { number, fields, ceiling } => {
                let programmes = std::slice::from_ref(&*self.call.programme.0);
                let names = fields.iter().map(|key| field_names(&self.tx.env.reference, programmes, key)).collect();
                let code = if fields.is_empty() { "review_mend_experts" } else { "review_mend_experts_of" };
                Problem::new("experts", code)
                    .with("number", number)
                    .naming("fields", &self.listed(names, OTHERS))
                    .with("ceiling", ceiling)
            }
            Mend::LiftForbidden { pairs } => {
                let named = |(file, expert): &(ApplicationId, ExpertId)| {
                    let (expert, file) = (self.expert(expert), self.file(file));
                    Names::of_each(|of| format!("{}—{}", expert.in_language(of), file.in_language(of)))
                };
                Problem::new("wishes", FORBIDS).naming("pairs", &self.listed(pairs.iter().map(named).collect(), OTHERS))
            }
            // How many experts score a file, and how many of its field, is the programme's to say.
            Mend::FewerPerApplication { .. } | Mend::LowerFieldNumbers { .. } => return None,
        })
    }

    fn floors(&self, basis: &Basis, floor: usize, shortage: &FloorShortage<ApplicationId, ExpertId>) -> Problem {
        Problem::new("load_floor", if self.drawn { "review_floor_too_high_drawn" } else { "review_floor_too_high" })
            .with("floor", floor)
            .naming("experts", &self.listed(shortage.lower.keys().map(|id| self.expert(id)).collect(), EXPERTS))
            .with("missing", shortage.missing)
            .with("to", highest_floor(basis, floor))
    }
}

/// An expert with by how much the ceiling is to rise.
fn raised(expert: Names, by: usize) -> Names {
    Names::of_each(|language| format!("{} +{by}", expert.in_language(language)))
}

/// The highest floor below this one, the same for everybody, with which there is a plan; 0 if there is none at all.
fn highest_floor(basis: &Basis, too_high: usize) -> usize {
    let mut input = basis.input.clone();
    let (mut good, mut bad) = (0, too_high);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        input.experts.values_mut().for_each(|expert| expert.floor = middle);
        if assign(&input).is_ok() {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}
