//! Types that are one short text in store and in JSON.

/// What is one stable word, whichever type it is of.
pub trait Worded {
    /// The stable word.
    fn word(&self) -> &'static str;
}

/// An enum whose variants are stable snake-case words, in the database and in the API. `as` gives it another name in the
/// API's description, where two enums have the same one.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($rest:tt)* }) => {
        $crate::domain::text::text_enum!(@ stringify!($name), $(#[$doc])* $name { $($rest)* });
    };
    ($(#[$doc:meta])* $name:ident as $schema:literal { $($rest:tt)* }) => {
        $crate::domain::text::text_enum!(@ $schema, $(#[$doc])* $name { $($rest)* });
    };
    (@ $schema:expr, $(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The stable word.
            pub const fn as_text(&self) -> &'static str {
                match self {
                    $($name::$variant => $text,)*
                }
            }

            /// The value of a stable word.
            pub fn from_text(text: &str) -> Option<$name> {
                match text {
                    $($text => Some($name::$variant),)*
                    _ => None,
                }
            }
        }

        impl $crate::domain::text::Worded for $name {
            fn word(&self) -> &'static str {
                self.as_text()
            }
        }

        // The words as they are sent: a derived description would know the names of the variants only.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($text),*]))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($schema)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_text())
            }
        }
    };
}
pub(crate) use text_enum;
