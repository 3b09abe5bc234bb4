//! Published lists.
