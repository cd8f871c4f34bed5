//! What a certificate is for: ordinary trade, or the movement of goods that are not traded.
//!
//! Technical certificates: seized goods, scientific research (WGDE14), returns that the issuer asked for (IN-DGFT34).

kp_terms::closed_words! {
    /// Ordinary or technical.
    #[derive(Default)]
    pub enum CertificateKind, "a kind of certificate" {
        /// For goods that are traded.
        #[default]
        Normal = "normal",
        /// For goods that move and are not traded.
        Technical = "technical",
    }
}

kp_terms::closed_words! {
    /// What a technical certificate is for.
    pub enum Purpose, "a purpose of a technical certificate" {
        /// Seized goods; the file's reference is the lot.
        Seized = "seized",
        /// Scientific research; the file's reference is the project.
        Research = "research",
        /// Goods that go back; the file's reference is the number they came under.
        Return = "return",
    }
}

kp_terms::closed_words! {
    /// How the importing authority looked at a shipment: opened, or released closed under a risk plan (EU2368 Art 4(5)).
    pub enum Channel, "a way of clearing a shipment" {
        /// The container was opened and its contents inspected (Annex II.23).
        Opened = "opened",
        /// Released without opening, under a risk plan.
        Unopened = "unopened",
    }
}
