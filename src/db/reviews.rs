//! Review sessions, assignments, score sheets, rankings.
