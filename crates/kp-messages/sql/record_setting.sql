INSERT INTO messages_setting (officer_id, address, cadence, language, set_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (officer_id) DO UPDATE
SET address = excluded.address, cadence = excluded.cadence, language = excluded.language, set_at = excluded.set_at
