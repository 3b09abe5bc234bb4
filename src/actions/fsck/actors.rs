//! Who did what: the columns that name a proposer and a decider say what the record says, and what two people must do was done by two, by
//! the record and not by columns alone.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::db::invariants::{self, Pair, acts};
use std::collections::BTreeMap;

/// Something that one person proposes and another decides.
struct TwoPersons {
    kind: &'static str,
    /// Actions of the one who proposes; the last counts.
    proposed: &'static [&'static str],
    /// Actions that take a proposal away again.
    withdrawn: &'static [&'static str],
    /// Actions of the one who decides.
    decided: &'static [&'static str],
    /// Actions that end it without a proposal.
    ended: &'static [&'static str],
    /// The columns of every row.
    rows: fn(&mut crate::db::Db) -> diesel::QueryResult<Vec<Pair>>,
}

const TWO_PERSONS: [TwoPersons; 5] = [
    TwoPersons {
        kind: "call",
        proposed: &["call.drafted"],
        withdrawn: &[],
        decided: &["call.approved"],
        ended: &[],
        rows: invariants::call_pairs,
    },
    TwoPersons {
        kind: "decision",
        proposed: &["decision.proposed"],
        withdrawn: &[],
        decided: &["decision.approved", "decision.returned"],
        ended: &[],
        rows: invariants::decision_pairs,
    },
    TwoPersons {
        kind: "decision",
        proposed: &["decision.undo_proposed"],
        withdrawn: &["decision.undo_returned"],
        decided: &["decision.undone"],
        ended: &[],
        rows: invariants::undoing_pairs,
    },
    TwoPersons {
        kind: "objection",
        proposed: &["objection.outcome_proposed"],
        withdrawn: &["objection.outcome_returned"],
        decided: &["objection.upheld", "objection.dismissed"],
        ended: &["objection.not_accepted"],
        rows: invariants::objection_pairs,
    },
    TwoPersons {
        kind: "list",
        proposed: &["list.proposed"],
        withdrawn: &[],
        decided: &["list.published"],
        ended: &[],
        rows: invariants::list_pairs,
    },
];

/// What the record says of one subject.
#[derive(Default)]
struct Actors {
    proposed: Option<String>,
    decided: Option<String>,
    ended: Option<String>,
}

/// Proposer and decider are those of the record, and are two.
pub(super) fn are_those_of_the_record(tx: &mut Tx<'_>) -> Checked {
    let mut found = Vec::new();
    for rule in &TWO_PERSONS {
        let recorded = actors(tx, rule)?;
        for row in (rule.rows)(tx.db)? {
            let Some(actors) = recorded.get(&row.id) else { continue };
            let subject = format!("{} {}", rule.kind, row.id);
            let pairs = [
                ("proposed", &row.proposed, &actors.proposed),
                ("decided", &row.decided, if actors.decided.is_some() { &actors.decided } else { &actors.ended }),
            ];
            for (what, here, said) in pairs {
                if here != said {
                    let by = |who: &Option<String>| who.clone().unwrap_or_else(|| "nobody".into());
                    let what = format!("says that it was {what} by {}, the record says by {}", by(here), by(said));
                    found.push(violation("actors_are_those_of_the_record", subject.clone(), what));
                }
            }
            if actors.decided.is_some() && (actors.proposed.is_none() || actors.proposed == actors.decided) {
                let what = "was decided by the one who proposed it, or proposed by nobody, by the record";
                found.push(violation("two_persons_by_the_record", subject, what));
            }
        }
    }
    Ok(found)
}

fn actors(tx: &mut Tx<'_>, rule: &TwoPersons) -> Result<BTreeMap<String, Actors>, crate::error::Error> {
    let wanted = [rule.proposed, rule.withdrawn, rule.decided, rule.ended].concat();
    let mut recorded: BTreeMap<String, Actors> = BTreeMap::new();
    for act in acts(tx.db, rule.kind, &wanted)? {
        let known = recorded.entry(act.subject).or_default();
        let is = |actions: &[&str]| actions.contains(&act.action.as_str());
        // The public decides nothing: its objection is turned away by rule.
        let who = Some(act.actor.clone()).filter(|actor| actor != "public");
        if is(rule.proposed) {
            known.proposed = who;
        } else if is(rule.withdrawn) {
            known.proposed = None;
        } else if is(rule.decided) {
            known.decided = who;
        } else {
            known.ended = who;
        }
    }
    Ok(recorded)
}
