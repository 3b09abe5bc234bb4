//! Who must not score what, by rule.

use crate::db::experts::Expert;
use crate::db::organisations::name_key;
use crate::db::reviews::ReviewFile;
use crate::domain::ids::{AccountId, ApplicationId, ExpertId, OrganisationId};
use serde::Serialize;
use std::collections::BTreeSet;

/// Why an expert must not score an application, by rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exclusion {
    /// Which application.
    pub application: ApplicationId,
    /// Which expert.
    pub expert: ExpertId,
    /// `employer_code`, `employer_name` or `vendor_account`.
    pub why: &'static str,
}

/// Everyone who must not score these files, by rule, with the reason.
pub fn exclusions(
    files: &[ReviewFile],
    experts: &[Expert],
    ties: &BTreeSet<(AccountId, OrganisationId)>,
) -> Vec<Exclusion> {
    let mut found = Vec::new();
    for file in files {
        let members = &file.application.members.0;
        let codes: BTreeSet<&str> = std::iter::once(file.organisation.credit_code.as_str())
            .chain(members.iter().map(|member| member.credit_code.as_str()))
            .collect();
        let names: BTreeSet<String> = std::iter::once(file.organisation.name_key.clone())
            .chain(members.iter().map(|member| name_key(&member.name)))
            .collect();
        for expert in experts {
            let tied = |account| ties.contains(&(account, file.organisation.id));
            let why = if expert.employer_code.as_deref().is_some_and(|code| codes.contains(code)) {
                "employer_code"
            } else if names.contains(&name_key(&expert.employer)) {
                "employer_name"
            } else if expert.account_id.is_some_and(tied) {
                "vendor_account"
            } else {
                continue;
            };
            found.push(Exclusion { application: file.application.id, expert: expert.id, why });
        }
    }
    found
}
