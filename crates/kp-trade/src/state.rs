//! Where a certificate is in its life, and where an application is.

kp_terms::closed_words! {
    /// The state of a certificate; which act leads from which to which is in [`moves`](crate::moves).
    pub enum CertificateState, "a state of a certificate" {
        /// A number is given, the content is drafted.
        Drafted = "drafted",
        /// Another officer has issued it.
        Issued = "issued",
        /// The exporting authority has sealed the goods and validated it.
        Validated = "validated",
        /// The goods have left.
        Departed = "departed",
        /// The goods are passing through a third participant's territory, closed.
        InTransit = "in_transit",
        /// The goods were presented to the importing authority.
        Arrived = "arrived",
        /// The importing authority holds the goods: a condition is not met.
        Detained = "detained",
        /// The goods are seized, under a lot's reference.
        Seized = "seized",
        /// The importing authority has ordered the goods back to where they came from.
        Returning = "returning",
        /// The importing authority has confirmed. An end.
        Confirmed = "confirmed",
        /// The importing authority has confirmed with a difference. An end.
        ConfirmedWithDifference = "confirmed_with_difference",
        /// The goods are forfeited. An end.
        Forfeited = "forfeited",
        /// The goods came back to the issuer. An end.
        Returned = "returned",
        /// The paper came back to the issuer without having been used. An end.
        ReturnedUnused = "returned_unused",
        /// Another certificate stands in its place, before export. An end.
        Replaced = "replaced",
        /// The issuer has declared it void. An end.
        Invalidated = "invalidated",
        /// The paper was spoiled before it served. An end.
        Spoiled = "spoiled",
        /// The paper was lost before it served. An end.
        Lost = "lost",
        /// The paper was stolen before it served. An end.
        Stolen = "stolen",
    }
}

impl CertificateState {
    /// Whether the goods have left and nobody has answered yet: what arrives now can be confirmed or differ.
    pub const fn awaits_answer(self) -> bool {
        matches!(self, Self::Departed | Self::InTransit | Self::Arrived)
    }

    /// Whether the certificate was never used: its goods have not left.
    pub const fn is_before_departure(self) -> bool {
        matches!(self, Self::Drafted | Self::Issued | Self::Validated)
    }

    /// Whether this is one of the ends of a life. A number has exactly one (domain 3.6).
    pub const fn is_end(self) -> bool {
        !matches!(
            self,
            Self::Drafted
                | Self::Issued
                | Self::Validated
                | Self::Departed
                | Self::InTransit
                | Self::Arrived
                | Self::Detained
                | Self::Seized
                | Self::Returning
        )
    }
}

kp_terms::closed_words! {
    /// The state of an application (CA-Act s.9-10).
    pub enum ApplicationState, "a state of an application" {
        /// Taken, or cured.
        Applied = "applied",
        /// Something is missing; the applicant was told in writing.
        Deficient = "deficient",
        /// Turned down. An end.
        Rejected = "rejected",
        /// It has its number.
        Drafted = "drafted",
    }
}
