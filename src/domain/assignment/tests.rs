//! The promises of the assignment, against a solver that knows nothing of flows.

mod brute;
mod cases;
mod infeasible;
mod optimal;
mod statistics;
