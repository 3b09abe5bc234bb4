//! What comes along with a change, beside what is in its body: nothing but what the operation asks for, and its body as what the
//! description says it is.

use super::operation::{Shapes, pairs_of};
use crate::error::Error;
use actix_web::HttpRequest;
use actix_web::http::header::CONTENT_TYPE;

/// What a change takes.
pub struct Taken {
    parameters: Vec<String>,
    /// Of its body; none for one that reads no body.
    content_type: Option<&'static str>,
}

impl Taken {
    /// What the description of an operation says.
    pub fn of(shapes: &Shapes) -> Taken {
        Taken {
            parameters: shapes.query.iter().map(|parameter| parameter.name.clone()).collect(),
            content_type: shapes.body_type.or(shapes.body.as_ref().map(|_| "application/json")),
        }
    }

    /// Refuses what a change has no parameter for, and one that is given twice: whoever sends it means something by it, and would
    /// take the answer for a yes. A read says the same when its query becomes a type.
    ///
    /// And refuses a body that says it is something else: a form of another site can send text that looks like JSON, and nothing
    /// that calls itself JSON. One that says nothing of itself is read as what it should be.
    ///
    /// # Errors
    /// Malformed, which parameter; the content type that is taken.
    pub fn must_be_all(&self, req: &HttpRequest) -> Result<(), Error> {
        let pairs = pairs_of(req)?;
        let mut seen = std::collections::BTreeSet::new();
        for (name, _) in &pairs {
            if !self.parameters.contains(name) {
                return Err(Error::Malformed(format!("query: unknown parameter {name:?}; leave it out")));
            }
            if !seen.insert(name) {
                return Err(Error::Malformed(format!("query: {name:?} is given twice; give it once")));
            }
        }
        match (self.content_type, req.headers().get(CONTENT_TYPE)) {
            (Some(taken), Some(given)) if !is_of_type(given.as_bytes(), taken) => Err(Error::UnsupportedType(taken)),
            _ => Ok(()),
        }
    }
}

/// Whether a header names this type, with whatever parameters.
fn is_of_type(given: &[u8], taken: &str) -> bool {
    let name = given.split(|byte| *byte == b';').next().unwrap_or_default();
    name.trim_ascii().eq_ignore_ascii_case(taken.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::is_of_type;

    #[test]
    fn a_content_type_is_its_name_in_any_case_with_any_parameters() {
        for given in ["application/json", "Application/JSON", " application/json ; charset=utf-8", "application/json;"]
        {
            assert!(is_of_type(given.as_bytes(), "application/json"), "{given}");
        }
        for given in ["", "text/plain", "application/jsonp", "text/plain; application/json", "application/problem+json"]
        {
            assert!(!is_of_type(given.as_bytes(), "application/json"), "{given}");
        }
        assert!(!is_of_type(b"\xff", "application/json"));
    }
}
