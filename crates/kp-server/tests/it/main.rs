//! Pages and API as people and programs see them, over a real node in a temporary folder, without a network.

mod acting;
mod browser;
mod endpoints;
mod languages;
mod pages;
mod verifying;
mod world;
