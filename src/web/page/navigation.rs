//! Where a page leads besides itself: the entries that somebody of these roles has a use for.

use super::NavItem;
use crate::domain::actor::{Actor, Role};
use crate::words::Words;

/// Where in the navigation a page stands: what is made for a call stands where it is found once it is made.
fn standing_place(path: &str) -> &str {
    match path.strip_prefix("/calls/").and_then(|rest| rest.split_once('/')) {
        Some((_, rest)) if rest.starts_with("notices") => "/notices",
        Some((_, rest)) if rest.starts_with("lists") => "/lists",
        _ => path,
    }
}

/// The navigation of a page at this address.
pub(super) fn navigation(actor: &Actor, path: &str, language: &str) -> Vec<NavItem> {
    let path = standing_place(path);
    let mut entries: Vec<(&'static str, &'static str)> = vec![("/", "nav-home"), ("/calls", "nav-calls")];
    if actor.held.is_empty() {
        entries.extend([("/notices", "nav-notices"), ("/lists", "nav-lists"), ("/providers", "nav-providers")]);
        entries.extend([("/statistics", "statistics-title"), ("/verify", "nav-verify")]);
    }
    if actor.account.is_some() {
        entries.push(("/desk", "nav-desk"));
    }
    if actor.holds_any(&[Role::VendorAdmin, Role::VendorMember]) || (actor.account.is_some() && actor.held.is_empty()) {
        entries.push(("/organisation", "nav-organisation"));
    }
    if actor.holds_any(&[Role::CityOfficer, Role::Handler, Role::Approver, Role::Auditor]) {
        entries.push(("/applications", "nav-applications"));
    }
    if actor.holds_any(&[Role::Handler, Role::Approver, Role::Evaluator]) {
        entries.push(("/reviews", "nav-reviews"));
        entries.push(("/experts", "nav-experts"));
    } else if actor.holds(Role::CityOfficer) {
        entries.push(("/experts", "nav-experts"));
    }
    if actor.holds(Role::Expert) {
        entries.push(("/assignments", "nav-assignments"));
    }
    if actor.holds_any(&[Role::Handler, Role::Approver]) {
        entries.push(("/decisions", "nav-decisions"));
        entries.extend([("/notices", "nav-notices"), ("/objections", "nav-objections"), ("/lists", "nav-lists")]);
        entries.push(("/organisations", "nav-organisations"));
    }
    if actor.holds_any(&[Role::Handler, Role::Approver, Role::Auditor]) {
        entries.push(("/memberships", "nav-memberships"));
    }
    if actor.holds(Role::CityOfficer) {
        entries.push(("/recommendations", "nav-recommendations"));
    }
    if actor.holds(Role::Auditor) {
        entries.push(("/events", "nav-events"));
    }
    if actor.holds_any(&[Role::SystemAdmin, Role::SecurityAdmin]) {
        entries.push(("/accounts", "nav-accounts"));
    }
    entries
        .into_iter()
        .map(|(href, key)| NavItem {
            href,
            label: Words.say(language, key),
            current: path == href || (href != "/" && path.starts_with(&format!("{href}/"))),
        })
        .collect()
}
