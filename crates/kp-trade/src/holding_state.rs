//! Where goods are that an importing authority holds, how a passage ends, and what a report about a paper says.

kp_terms::closed_words! {
    /// Where held goods are. A seized lot is kept up to its sale or destruction (L32).
    pub enum HoldingState, "a state of held goods" {
        /// Held until a condition is met.
        Detained = "detained",
        /// Seized, under a lot's reference.
        Seized = "seized",
        /// Ordered back to where they came from.
        Returning = "returning",
        /// Given to the importer. An end.
        Released = "released",
        /// Taken back by the issuer. An end.
        Returned = "returned",
        /// Forfeited, and still there.
        Forfeited = "forfeited",
        /// Forfeited and sold, with the assurance that they do not come back into the trade. An end.
        Sold = "sold",
        /// Forfeited and destroyed. An end.
        Destroyed = "destroyed",
    }
}

kp_terms::closed_words! {
    /// How a passage through a third participant's territory ended.
    pub enum TransitEnd, "an end of a transit" {
        /// Left as it came: same container, same seals, same certificate.
        Left = "left",
        /// Presented there after all: it was an import, and what goes on is a re-export.
        Imported = "imported",
    }
}

kp_terms::closed_words! {
    /// What a report about a paper says.
    pub enum NoticeOf, "a report about a paper" {
        /// Lost.
        Lost = "lost",
        /// Stolen.
        Stolen = "stolen",
        /// Spoiled: torn, misprinted, wet.
        Spoiled = "spoiled",
        /// A paper that bears the number and is not the issuer's.
        Counterfeit = "counterfeit",
    }
}
