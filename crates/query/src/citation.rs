//! Citations as text (to come).
