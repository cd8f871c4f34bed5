//! Pages and API as people and programs see them, over a real node in a temporary folder, without a network.

mod acting;
mod api;
mod browser;
mod endpoints;
mod figures;
mod filings;
mod gate;
mod https;
mod languages;
mod messages;
mod pages;
mod passkeys;
mod people;
mod queues;
mod reach;
mod records;
mod rights;
mod search;
mod sign_in;
mod verifying;
mod world;
