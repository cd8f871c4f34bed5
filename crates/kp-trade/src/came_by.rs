//! How a confirmation from outside came.

kp_terms::closed_words! {
    /// The way by which a confirmation came to the exporting authority.
    pub enum CameBy, "a way by which a confirmation comes" {
        /// A file with a list.
        File = "file",
        /// A message, pasted.
        Message = "message",
        /// A paper slip, typed.
        Slip = "slip",
        /// The other authority's own portal.
        Portal = "portal",
        /// A telephone call, written down.
        Telephone = "telephone",
    }
}

kp_terms::closed_words! {
    /// Where a row of the queue of confirmations stands.
    pub enum RowState, "a state of a row of confirmations" {
        /// It answers its certificate, which is confirmed by it.
        Matched = "matched",
        /// It is about a certificate of ours whose importing authority signs its own answers here: on file, and no answer.
        Noted = "noted",
        /// It cannot be matched; the sentence says why and how to mend it.
        ToMend = "to_mend",
        /// It was entered again as it should read.
        Mended = "mended",
        /// Somebody has said that nothing is to be done about it.
        Dropped = "dropped",
    }
}
