//! The pool of experts.
