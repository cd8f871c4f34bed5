//! Parcels, where their stones come from, and who holds them.
