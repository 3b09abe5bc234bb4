//! Where a call's line is drawn: pass mark, places, and the cap of a city or a cluster.

use super::PLACED;
use crate::actions::Tx;
use crate::actions::sealed::open_form;
use crate::db::calls::Call;
use crate::db::reviews::{Ranking, ReviewFile};
use crate::domain::form::Problem;
use crate::domain::ids::ApplicationId;
use crate::domain::procedure::State;
use crate::domain::programme::{CapBy, FieldKind};
use crate::domain::scoring::{Contender, Cut, Line, cut};
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};

/// What each application counts in where the programme caps a city or a cluster: names, as people read them.
///
/// # Errors
/// The seal of a form does not open.
pub fn groups(
    tx: &Tx<'_>,
    call: &Call,
    files: &[ReviewFile],
) -> Result<BTreeMap<ApplicationId, BTreeSet<String>>, Error> {
    let Some(cap) = call.programme.0.decision.cap else { return Ok(BTreeMap::new()) };
    let of = |file: &ReviewFile| -> Result<BTreeSet<String>, Error> {
        match cap.by {
            CapBy::City => {
                let area = file.organisation.registered_area.as_deref();
                let city = area.and_then(|area| tx.env.reference.city_of(area));
                Ok(city.into_iter().map(|city| city.name.clone()).collect())
            }
            CapBy::Cluster => clusters(tx, call, file),
        }
    };
    files.iter().map(|file| of(file).map(|names| (file.application.id, names))).collect()
}

fn clusters(tx: &Tx<'_>, call: &Call, file: &ReviewFile) -> Result<BTreeSet<String>, Error> {
    let form = open_form(tx.env, file.application.id, &file.application.form)?;
    let fields = call.programme.0.fields().filter(|field| matches!(field.kind, FieldKind::Cluster { .. }));
    let answers = fields.filter_map(|field| form.0.get(&field.key));
    let ids = answers.flat_map(|answer| match answer {
        serde_json::Value::Array(several) => several.iter().filter_map(|one| one.as_str()).collect(),
        one => one.as_str().into_iter().collect::<Vec<_>>(),
    });
    Ok(ids.filter_map(|id| tx.env.reference.cluster(id)).map(|cluster| cluster.name.clone()).collect())
}

/// The line as the programme draws it, when those of `holding` have their places already.
pub fn line(
    call: &Call,
    groups: &BTreeMap<ApplicationId, BTreeSet<String>>,
    holding: &BTreeSet<ApplicationId>,
) -> Line {
    let rules = &call.programme.0.decision;
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for group in holding.iter().filter_map(|id| groups.get(id)).flatten() {
        *taken.entry(group.clone()).or_default() += 1;
    }
    Line {
        pass_mark: rules.pass_mark.map(|mark| mark.hundredths()),
        places: rules.places.map(|places| (places as usize).saturating_sub(holding.len())),
        most: rules.cap.map(|cap| cap.most as usize),
        taken,
    }
}

/// Who holds a place of the call.
pub fn holding(files: &[ReviewFile]) -> BTreeSet<ApplicationId> {
    let placed = files.iter().filter(|file| PLACED.contains(&file.application.state));
    placed.map(|file| file.application.id).collect()
}

/// What the line says of the applications that wait, best first. One that was withdrawn or decided on holds no place in
/// this order.
///
/// # Errors
/// Those of [`groups`].
pub fn cuts(
    tx: &Tx<'_>,
    call: &Call,
    files: &[ReviewFile],
    rankings: &[Ranking],
) -> Result<BTreeMap<ApplicationId, Cut>, Error> {
    let waiting = files.iter().filter(|file| file.application.state == State::Reviewed);
    let waiting: BTreeSet<ApplicationId> = waiting.map(|file| file.application.id).collect();
    let mut groups = groups(tx, call, files)?;
    let line = line(call, &groups, &holding(files));
    let ranked = rankings.iter().filter(|ranking| waiting.contains(&ranking.application_id));
    let contenders: Vec<Contender<ApplicationId>> = (1..)
        .zip(ranked)
        .map(|(place, ranking)| Contender {
            place,
            id: ranking.application_id,
            score: i64::from(ranking.score),
            groups: groups.remove(&ranking.application_id).unwrap_or_default(),
        })
        .collect();
    Ok(cut(&contenders, &line).into_iter().collect())
}

/// Groups of which more are selected than the programme allows, with those who hold a place already.
///
/// # Errors
/// Those of [`groups`].
pub fn over_the_cap(
    tx: &Tx<'_>,
    call: &Call,
    files: &[ReviewFile],
    selected: &BTreeSet<ApplicationId>,
) -> Result<Vec<Problem>, Error> {
    let Some(cap) = call.programme.0.decision.cap else { return Ok(Vec::new()) };
    let groups = groups(tx, call, files)?;
    let all: BTreeSet<ApplicationId> = holding(files).union(selected).copied().collect();
    let counted = line(call, &groups, &all).taken.into_iter();
    let over = counted.filter(|(_, count)| *count > cap.most as usize);
    Ok(over
        .map(|(group, count)| {
            let said = Problem::new("entries", "decision_quota").with("group", group);
            said.with("selected", count).with("most", cap.most)
        })
        .collect())
}
