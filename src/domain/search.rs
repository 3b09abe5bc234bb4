//! Search of the public register, in memory: the same results on every database and every node.
//!
//! What is typed and what is searched are folded alike ([`fold`]); a word is found as it is written anywhere in a name, a product, a
//! credit code, a city, a cluster, a field of service or the name of a category, or as these are read: full pinyin from the beginning of a syllable, or the
//! initials in a row. All words must be found. Filters are met by one recognition together, and each counts what its other values
//! would find ([`Facets`]).

mod arena;
mod common;
mod facets;
mod fold;
mod index;
mod pinyin;
mod query;
mod register;
mod saved;
mod simplified;
mod strings;
#[cfg(test)]
mod tests;
mod texts;
mod values;

pub use facets::Facets;
pub use fold::fold;
pub use index::{Asked, Index, Outcome, Register};
pub use pinyin::{Reading, is_syllable, read};
pub use query::{Filters, QUERY_LIMIT, Query, StandingFilter, WORDS_LIMIT, Word};
pub use register::{Held, ListRef, Provider, Recognition, Standing, key_of_name, key_of_organisation};
pub use saved::{SavedSearch, unknown_value};
