//! The only crate that knows which database engine runs: connections, transactions, migrations.
