//! People and organisations: the roles they hold are those that were recorded, and lie apart.

use super::{Checked, violation};
use crate::actions::Tx;
use crate::actions::second_factor;
use crate::actions::sessions::OWING_MINUTES;
use crate::db::invariants::{self, Act, GrantRow, acts};
use crate::db::{identities, second_factors};
use crate::domain::actor::Role;
use crate::domain::calendar::local_date;
use crate::domain::chain::canonical::digest_of_text;
use crate::domain::duties;
use crate::domain::second_factor::is_role_bound;
use crate::domain::status::{AccountStatus, ExpertStatus};
use crate::error::Error;
use chrono::{Duration, NaiveDateTime};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Nobody holds two roles that must be apart.
pub(super) fn roles_are_apart(tx: &mut Tx<'_>) -> Checked {
    let mut by_account: BTreeMap<String, BTreeSet<Role>> = BTreeMap::new();
    for (account, role) in invariants::roles_held(tx.db, local_date(tx.now))? {
        by_account.entry(account).or_default().insert(role);
    }
    let mut found = Vec::new();
    for (account, roles) in by_account {
        let roles: Vec<Role> = roles.iter().copied().collect();
        if !duties::go_together(&roles) {
            let held: Vec<&str> = roles.iter().map(Role::as_text).collect();
            let what = format!("holds {}, which may not lie with one person", held.join(" and "));
            found.push(violation("roles_are_apart", format!("account {account}"), what));
        }
    }
    Ok(found)
}

/// The actions that give a role, move its end or take one back, by kind of subject: `grant` names the one that was given or moved, `revoked`
/// or, where a role was taken back and nothing given, `grant` the one that was taken.
const GRANTING: [(&str, &[&str]); 3] = [
    ("account", &["account.role_granted", "account.role_revoked", "account.set_up"]),
    (
        "organisation",
        &[
            "organisation.registered",
            "organisation.admin_term_set",
            "organisation.join_accepted",
            "organisation.member_role_changed",
            "organisation.member_removed",
        ],
    ),
    ("expert", &["expert.imported", "expert.updated", "expert.term_changed", "expert.import_undone"]),
];

/// What the record says of one grant.
#[derive(Default)]
struct Recorded {
    /// Columns and their values.
    says: BTreeMap<&'static str, Value>,
    revoked: bool,
}

/// A grant is of the account, the role and what it is bound to that were recorded, and is taken back exactly if that
/// was; none is there that was never given.
pub(super) fn grants_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "grant_is_as_recorded";
    let mut recorded: BTreeMap<String, Recorded> = BTreeMap::new();
    for (kind, actions) in GRANTING {
        for act in acts(tx.db, kind, actions)? {
            note(&act, kind, &mut recorded);
        }
    }
    let mut rows: BTreeMap<String, GrantRow> =
        invariants::grant_rows(tx.db)?.into_iter().map(|row| (row.id.clone(), row)).collect();
    let mut found = Vec::new();
    for (id, recorded) in recorded {
        let subject = format!("grant {id}");
        let Some(row) = rows.remove(&id) else {
            found.push(violation(NAME, subject, "was recorded and is not there"));
            continue;
        };
        for (column, said) in &recorded.says {
            let here = row.column(column);
            if here != *said {
                let what = format!("its {column} is {here}, the record says {said}");
                found.push(violation(NAME, subject.clone(), what));
            }
        }
        if row.revoked != recorded.revoked {
            let what =
                if recorded.revoked { "was taken back and holds" } else { "holds no more and was never taken back" };
            found.push(violation(NAME, subject, what));
        }
    }
    // Whoever writes a row gives a power that nobody gave.
    let strays = rows.into_values().map(|row| {
        let what = format!("gives {} the role {}, and was never recorded", row.column("account"), row.column("role"));
        violation(NAME, format!("grant {}", row.id), what)
    });
    found.extend(strays);
    Ok(found)
}

fn note(act: &Act, kind: &str, recorded: &mut BTreeMap<String, Recorded>) {
    let text = |key: &str| act.detail.get(key).and_then(Value::as_str);
    let taken_back = if act.action == "account.role_revoked" { text("grant") } else { text("revoked") };
    if let Some(id) = taken_back {
        let grant = recorded.entry(id.to_string()).or_default();
        grant.revoked = true;
        // An import that was undone leaves the role bound to nobody in the pool.
        if act.action == "expert.import_undone" {
            grant.says.insert("expert", Value::Null);
        }
    }
    let Some(id) = text("grant").filter(|_| act.action != "account.role_revoked") else { return };
    let says = &mut recorded.entry(id.to_string()).or_default().says;
    for column in GrantRow::COLUMNS {
        says.extend(act.detail.get(column).map(|value| (column, value.clone())));
    }
    let own = match kind {
        "account" => "account",
        "organisation" => "organisation",
        _ => "expert",
    };
    says.insert(own, Value::String(act.subject.clone()));
}

/// An expert has the standing and the term that were recorded last: with them the expert's role ends, so that whoever
/// writes them into the row gives it back. Who was never moved is active; a term of which no act says anything was given
/// before acts told of it.
pub(super) fn appointments_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "appointment_is_as_recorded";
    let standings: BTreeMap<String, Option<String>> = invariants::standings_given(tx.db)?.into_iter().collect();
    let mut terms: BTreeMap<String, Value> = BTreeMap::new();
    let telling = ["expert.imported", "expert.updated", "expert.term_changed", "expert.import_undone"];
    for act in acts(tx.db, "expert", &telling)? {
        match act.detail.get("term") {
            Some(term) => terms.insert(act.subject, term.clone()),
            // An act of before that may have given another one: what was said until then says nothing any more.
            None => terms.remove(&act.subject),
        };
    }
    let mut found = Vec::new();
    for row in invariants::appointment_rows(tx.db)? {
        let subject = format!("expert {}", row.id);
        let given = standings.get(&row.id).and_then(Option::as_deref).unwrap_or(ExpertStatus::Active.as_text());
        if row.standing != given {
            let what = format!("its standing is {}, the record says {given}", row.standing);
            found.push(violation(NAME, subject.clone(), what));
        }
        let term = serde_json::json!([row.from, row.to]);
        if let Some(said) = terms.get(&row.id).filter(|said| **said != term) {
            found.push(violation(NAME, subject, format!("its term is {term}, the record says {said}")));
        }
    }
    Ok(found)
}

/// An organisation has the code under which it was registered and the name that it was given last, and its code was accepted only by a
/// recorded act.
pub(super) fn organisations_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let mut recorded: BTreeMap<String, BTreeMap<&str, String>> = BTreeMap::new();
    let acted =
        ["organisation.registered", "organisation.code_accepted", "organisation.corrected", "organisation.renamed"];
    for act in acts(tx.db, "organisation", &acted)? {
        let says = recorded.entry(act.subject).or_default();
        for key in ["credit_code", "name_sha256", "code_check"] {
            let said = act.detail.get(key).and_then(Value::as_str);
            says.extend(said.map(|said| (key, said.to_string())));
        }
    }
    let mut found = Vec::new();
    for row in invariants::organisation_rows(tx.db)? {
        let Some(says) = recorded.get(&row.id) else { continue };
        let name = digest_of_text(&row.name);
        for (key, here) in [("credit_code", &row.credit_code), ("code_check", &row.code_check), ("name_sha256", &name)]
        {
            if let Some(said) = says.get(key).filter(|said| *said != here) {
                let what = format!("its {key} is {here}, the record says {said}");
                found.push(violation("organisation_is_as_recorded", format!("organisation {}", row.id), what));
            }
        }
    }
    Ok(found)
}

/// The acts by which an account comes to be. An expert's is made by the import that gives the role.
const MAKING: [&str; 3] = ["account.invited", "account.registered", "account.set_up"];

/// An account was made by a recorded act, is there as long as that is, and is closed exactly if that was recorded last.
pub(super) fn accounts_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "account_is_as_recorded";
    const OPENED: &str = "account.enabled";
    let mut made: BTreeSet<String> = acts(tx.db, "account", &MAKING)?.into_iter().map(|act| act.subject).collect();
    for act in acts(tx.db, "expert", &["expert.imported", "expert.updated"])? {
        made.extend(act.detail.get("account").and_then(Value::as_str).map(str::to_string));
    }
    let mut closed: BTreeMap<String, bool> = BTreeMap::new();
    for act in acts(tx.db, "account", &["account.disabled", "account.forgotten", OPENED])? {
        closed.insert(act.subject, act.action != OPENED);
    }
    let mut found = Vec::new();
    for (id, status) in invariants::account_rows(tx.db)? {
        let subject = format!("account {id}");
        if !made.remove(&id) {
            found.push(violation(NAME, subject.clone(), "is there and was never recorded"));
        }
        match (status == AccountStatus::Disabled.as_text(), closed.get(&id) == Some(&true)) {
            (true, false) => found.push(violation(NAME, subject, "is closed, and nobody closed it")),
            (false, true) => found.push(violation(NAME, subject, "was closed, and is open")),
            _ => {}
        }
    }
    let gone = made.into_iter().map(|id| violation(NAME, format!("account {id}"), "was recorded and is not there"));
    found.extend(gone);
    Ok(found)
}

/// A session is of an account that signed in when it began. Half a sign-in is recorded when the other half is given: until then it is kept as
/// such, short, and opens nothing whatever is set or held later, so that what the settings ask for now is of no matter. That its account
/// could owe a second factor at all is.
pub(super) fn sessions_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    let begun: BTreeSet<(String, NaiveDateTime)> = invariants::sign_ins(tx.db)?.into_iter().collect();
    let once_owing = accounts_that_ever_owed(tx)?;
    let mut found = Vec::new();
    for row in invariants::session_rows(tx.db)? {
        let is_short = row.factor_at.is_none() && row.expires_at - row.created_at <= Duration::minutes(OWING_MINUTES);
        let is_half = row.is_half && is_short && once_owing.contains(&row.account);
        // What a whole sign-in began is no half of one either.
        if !is_half && (row.is_half || !begun.contains(&(row.account.clone(), row.created_at))) {
            let what = format!("has a session since {} that no sign-in began", row.created_at);
            found.push(violation("session_is_as_recorded", format!("account {}", row.account), what));
        }
    }
    Ok(found)
}

/// The accounts that set up a second factor once, or held a role that may ask for one.
fn accounts_that_ever_owed(tx: &mut Tx<'_>) -> Result<BTreeSet<String>, Error> {
    let mut owed: BTreeSet<String> =
        acts(tx.db, "account", &["account.factor_enrolled"])?.into_iter().map(|act| act.subject).collect();
    for row in invariants::grant_rows(tx.db)? {
        let (account, role) = (row.column("account"), row.column("role"));
        let role = role.as_str().and_then(Role::from_text);
        if role.is_some_and(is_role_bound) {
            owed.extend(account.as_str().map(str::to_string));
        }
    }
    Ok(owed)
}

/// Whoever has a second factor set it up and did not lose it since, and its seal opens in its place.
pub(super) fn second_factors_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "second_factor_is_as_recorded";
    let mut recorded: BTreeMap<String, bool> = BTreeMap::new();
    for act in acts(tx.db, "account", &["account.factor_enrolled", "account.factor_removed", "account.factor_reset"])? {
        recorded.insert(act.subject, act.action == "account.factor_enrolled");
    }
    let mut found = Vec::new();
    for row in second_factors::all(tx.db)? {
        let Some(secret) = &row.secret else { continue };
        let subject = format!("account {}", row.account_id);
        if recorded.remove(row.account_id.as_text()) != Some(true) {
            found.push(violation(NAME, subject.clone(), "has a second factor that it never set up, or lost since"));
        }
        if second_factor::open(tx.env, row.account_id, secret).is_none() {
            let what = "the seal of its second factor does not open: altered, moved, or by another key";
            found.push(violation(NAME, subject, what));
        }
    }
    let gone = recorded.into_iter().filter(|(_, has)| *has);
    found.extend(gone.map(|(account, _)| violation(NAME, format!("account {account}"), "its second factor is gone")));
    Ok(found)
}

/// Whoever is let in by a provider tied that identity to the account and did not untie it since.
pub(super) fn identities_are_as_recorded(tx: &mut Tx<'_>) -> Checked {
    const NAME: &str = "identity_is_as_recorded";
    const TIED: &str = "account.identity_tied";
    let mut recorded: BTreeSet<(String, String, String)> = BTreeSet::new();
    for act in acts(tx.db, "account", &[TIED, "account.identity_untied"])? {
        let text = |key: &str| act.detail.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let identity = (act.subject.clone(), text("issuer"), text("identity"));
        if act.action == TIED {
            recorded.insert(identity);
        } else {
            recorded.remove(&identity);
        }
    }
    let mut found = Vec::new();
    for row in identities::all(tx.db)? {
        let account = row.account_id.as_text().to_string();
        let subject = format!("account {account}");
        if !recorded.remove(&(account, row.issuer, row.subject_key)) {
            found.push(violation(NAME, subject, "is entered by an identity that it never tied, or untied since"));
        }
    }
    let gone = |(account, ..): (String, String, String)| {
        violation(NAME, format!("account {account}"), "an identity that it tied is gone")
    };
    found.extend(recorded.into_iter().map(gone));
    Ok(found)
}
