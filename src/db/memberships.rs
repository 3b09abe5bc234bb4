//! Memberships of the pool.
