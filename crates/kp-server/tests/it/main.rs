//! Pages and API as people and programs see them, over a real node in a temporary folder, without a network.

mod acting;
mod api;
mod browser;
mod camera;
mod endpoints;
mod explore;
mod figures;
mod filings;
mod gate;
mod https;
mod languages;
mod lists;
mod messages;
#[cfg(feature = "oidc")]
mod oidc;
mod pages;
mod papers;
mod passkeys;
mod people;
mod queues;
mod reach;
mod records;
mod rights;
mod sandbox;
mod search;
mod seen;
mod sentences;
mod sign_in;
mod speaking;
mod verifier;
mod verifying;
mod world;
