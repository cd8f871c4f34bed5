//! Who may act: participants, authorities, officers, keys, licensed exporters, capacities.
