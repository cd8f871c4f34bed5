//! The life of a certificate: application, draft, issue, seal and validation, departure, arrival, confirmation.
