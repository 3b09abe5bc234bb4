//! The OpenAPI document, written from the table of operations.

use super::operation::{Named, Operation, Shapes};
use super::problem::ProblemDocument;
use crate::db::page::{LAST_PAGE, MOST_ROWS};
use crate::web::routes::Access;
use actix_web::http::Method;
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn, PathItem, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Ref, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, HttpMethod, InfoBuilder, OpenApi, OpenApiBuilder, RefOr, Required, Response,
    ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

/// Statuses that any operation may answer with, each a problem document.
const PROBLEMS: &[(&str, &str)] = &[
    ("400", "The request cannot be read."),
    ("401", "Nobody is signed in, or the token is no longer good."),
    ("403", "The caller's role does not allow it, or a page of another site asks for it."),
    ("404", "It does not exist, or the caller may not know that it does."),
    ("408", "The body came too slowly."),
    (
        "409",
        "Not in this state, or somebody was faster; `changes` and `differences` say what was done since the version sent.",
    ),
    ("415", "The body is of another content type than the one described; `detail` names it."),
    ("422", "A rule is not met; `fields` says where."),
    ("429", "Too often; come back later."),
    ("503", "Busy or away; trying again may help."),
];

/// The document of these operations.
pub fn of(operations: &[Operation]) -> OpenApi {
    let mut components = ComponentsBuilder::new().security_scheme(
        "bearer",
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build()),
    );
    let mut paths = PathsBuilder::new();
    let mut named: Vec<Named> = vec![(ProblemDocument::name().into_owned(), ProblemDocument::schema())];
    ProblemDocument::schemas(&mut named);
    for operation in operations {
        for (first, others) in [&operation.shapes.body, &operation.shapes.answer].into_iter().flatten() {
            named.push(first.clone());
            named.extend(others.iter().cloned());
        }
        let path = format!("/api/v1{}", operation.path);
        paths = paths.path(path, PathItem::new(http_method(&operation.method), describe(operation)));
    }
    for (name, schema) in named {
        components = components.schema(name, schema);
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Yuanchi")
                .version("1")
                .description(Some("The supply resource pool of manufacturing-digitalisation service providers and industrial internet platforms."))
                .build(),
        )
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

fn http_method(method: &Method) -> HttpMethod {
    match *method {
        Method::POST => HttpMethod::Post,
        Method::PUT => HttpMethod::Put,
        Method::PATCH => HttpMethod::Patch,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

fn describe(operation: &Operation) -> utoipa::openapi::path::Operation {
    let Shapes { query, body, answer, body_type, answer_types } = &operation.shapes;
    let mut described = OperationBuilder::new().operation_id(Some(operation.id)).summary(Some(operation.summary));
    for name in operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
        described = described.parameter(
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
                .build(),
        );
    }
    for parameter in query {
        // The bounds of a page are those of every list.
        let most = match parameter.name.as_str() {
            "page" => Some(LAST_PAGE),
            "per_page" => Some(MOST_ROWS),
            _ => None,
        };
        let mut parameter = parameter.clone();
        if let Some(most) = most {
            let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1_i64)).maximum(Some(most));
            parameter.schema = Some(number.into());
        }
        described = described.parameter(parameter);
    }
    if operation.once {
        described = described.parameter(
            ParameterBuilder::new()
                .name("Idempotency-Key")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some(
                    "The same key with the same request is carried out once and answered alike, while the caller still holds the \
                     roles of the first time.",
                ))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(200))))
                .build(),
        );
    }
    if let Some((first, _)) = body {
        let content = ContentBuilder::new().schema(Some(reference(first))).build();
        let body = RequestBodyBuilder::new().content("application/json", content);
        described = described.request_body(Some(body.required(Some(must_be_sent(&first.1))).build()));
    }
    if let Some(content_type) = body_type {
        let body = RequestBodyBuilder::new().content(*content_type, ContentBuilder::new().build());
        described = described.request_body(Some(body.required(Some(Required::True)).build()));
    }
    let mut good = ResponseBuilder::new().description(operation.summary);
    if let Some((first, _)) = answer {
        good = good.content("application/json", ContentBuilder::new().schema(Some(reference(first))).build());
    }
    for content_type in answer_types {
        good = good.content(*content_type, ContentBuilder::new().build());
    }
    described = described.response(operation.status.as_str(), good.build());
    for (status, text) in PROBLEMS {
        described = described.response(*status, problem(text));
    }
    let bearer = || SecurityRequirement::new("bearer", Vec::<String>::new());
    if operation.access != Access::Public {
        described = described.security(bearer());
    } else if operation.tokenless {
        described = described.description(Some("Needs no token; one that comes along is not looked at."));
    } else {
        described = described
            .description(Some("Needs no token; one that comes along and is no longer good is answered with 401."))
            .securities(Some([SecurityRequirement::default(), bearer()]));
    }
    described.build()
}

/// Whether a body must be there: nothing at all is read as an object without fields.
fn must_be_sent(schema: &RefOr<Schema>) -> Required {
    match schema {
        RefOr::T(Schema::Object(object)) if object.required.is_empty() => Required::False,
        _ => Required::True,
    }
}

fn reference(named: &Named) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(&named.0))
}

fn problem(text: &str) -> Response {
    let schema = RefOr::Ref(Ref::from_schema_name(ProblemDocument::name()));
    ResponseBuilder::new()
        .description(text)
        .content("application/problem+json", ContentBuilder::new().schema(Some::<RefOr<Schema>>(schema)).build())
        .build()
}
