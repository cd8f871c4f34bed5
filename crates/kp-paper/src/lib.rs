//! The printed sheets: certificate, confirmation slip, court extract, as PDF/A.
