//! What weighs most: decisions, publication, roles, exports of what is not public, and the second factor itself. Whoever has
//! a second factor gives a fresh code for it; pages and the API read one table.

use actix_web::http::Method;

/// Methods and addresses, those of the API with their beginning.
pub const FRESH: &[(&str, &str)] = &[
    // Decisions.
    ("POST", "/decisions/{call}"),
    ("POST", "/decisions/{call}/approval"),
    ("POST", "/decisions/{call}/return"),
    ("POST", "/decisions/{call}/revision"),
    ("POST", "/decisions/{call}/conflicts/{assignment}/voiding"),
    ("POST", "/decisions/{call}/sheets/{id}/undoing"),
    ("POST", "/decisions/{call}/sheets/{id}/undoing/approval"),
    ("POST", "/decisions/{call}/sheets/{id}/undoing/return"),
    ("POST", "/objections/{id}/outcome"),
    ("POST", "/objections/{id}/approval"),
    ("POST", "/objections/{id}/return"),
    ("POST", "/api/v1/decisions/{call}"),
    ("POST", "/api/v1/decisions/{call}/approval"),
    ("POST", "/api/v1/decisions/{call}/return"),
    ("POST", "/api/v1/assignments/{id}/voiding"),
    ("POST", "/api/v1/decisions/{call}/sheets/{id}/undoing"),
    ("POST", "/api/v1/decisions/{call}/sheets/{id}/undoing/approval"),
    ("POST", "/api/v1/decisions/{call}/sheets/{id}/undoing/return"),
    ("POST", "/api/v1/objections/{id}/outcome"),
    ("POST", "/api/v1/objections/{id}/approval"),
    ("POST", "/api/v1/objections/{id}/return"),
    // What is held against a member of the pool, for everybody to see.
    ("POST", "/memberships/{id}/warning"),
    ("POST", "/memberships/{id}/revocation"),
    ("POST", "/memberships/{id}/bar"),
    ("POST", "/memberships/{id}/proposal/approval"),
    ("POST", "/memberships/{id}/proposal/return"),
    ("POST", "/api/v1/memberships/{id}/warning"),
    ("POST", "/api/v1/memberships/{id}/revocation"),
    ("POST", "/api/v1/memberships/{id}/bar"),
    ("POST", "/api/v1/memberships/{id}/proposal/approval"),
    ("POST", "/api/v1/memberships/{id}/proposal/return"),
    // Publication.
    ("POST", "/calls/{id}/approval"),
    ("POST", "/calls/{id}/notices"),
    ("POST", "/calls/{id}/lists"),
    ("POST", "/lists/{id}/publication"),
    ("POST", "/lists/{id}/return"),
    ("POST", "/api/v1/calls/{id}/approval"),
    ("POST", "/api/v1/calls/{id}/notices"),
    ("POST", "/api/v1/calls/{id}/lists"),
    ("POST", "/api/v1/lists/{id}/publication"),
    ("POST", "/api/v1/lists/{id}/return"),
    // Accounts and roles.
    ("POST", "/accounts/{id}/status"),
    ("POST", "/accounts/{id}/grants"),
    ("POST", "/accounts/{id}/grants/{grant}/revocation"),
    ("POST", "/accounts/{id}/factor/reset"),
    ("POST", "/api/v1/accounts/{id}/status"),
    ("POST", "/api/v1/accounts/{id}/grants"),
    ("DELETE", "/api/v1/accounts/{id}/grants/{grant}"),
    ("POST", "/api/v1/accounts/{id}/second-factor/reset"),
    // What is carried away and names people.
    ("GET", "/decisions/{call}/minutes.xlsx"),
    ("GET", "/objections/{id}/evidence/{evidence}"),
    ("POST", "/objections/{id}/identity"),
    ("GET", "/events/record.json"),
    ("GET", "/events/{kind}/{id}/record.json"),
    ("GET", "/api/v1/events/{kind}/{id}/record"),
    ("GET", "/api/v1/decisions/{call}/minutes/workbook"),
    ("GET", "/api/v1/objections/{id}/evidence/{evidence}"),
    ("POST", "/api/v1/objections/{id}/identity"),
    // The address and the identity that one signs in with, and the second factor itself.
    ("POST", "/account/address"),
    ("POST", "/api/v1/me/address"),
    ("POST", "/account/identity"),
    ("POST", "/account/identity/removal"),
    ("POST", "/account/factor/offer"),
    ("POST", "/account/factor"),
    ("POST", "/account/factor/codes"),
    ("POST", "/account/factor/removal"),
    ("POST", "/api/v1/me/second-factor"),
    ("POST", "/api/v1/me/second-factor/confirmation"),
    ("POST", "/api/v1/me/second-factor/codes"),
    ("DELETE", "/api/v1/me/second-factor"),
];

/// Whether a fresh code is asked for. Whoever asks for the head alone is asked as for the whole.
pub fn asks_for_a_code(method: &Method, pattern: &str) -> bool {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    FRESH.contains(&(method, pattern))
}
