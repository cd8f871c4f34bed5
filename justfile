# Short names for `cargo xtask`; nothing is decided here.

# all that must hold before a commit
check:
    cargo xtask check

# the house's own rules only
tidy:
    cargo xtask tidy

# writes schema/current.sql anew from the migrations
schema:
    cargo xtask schema

# tests; `just test kp-trade` for one crate
test crate="":
    cargo test --locked {{ if crate == "" { "--workspace" } else { "--package " + crate } }}
