INSERT INTO accounts_account (officer_id, state, factor_step, since)
VALUES ($1, $2, 0, $3)
ON CONFLICT (officer_id) DO UPDATE SET state = EXCLUDED.state, since = EXCLUDED.since
