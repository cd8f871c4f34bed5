INSERT INTO accounts_recovery (recovery_id, officer_id, kind, started_by, started_at)
VALUES ($1, $2, $3, $4, $5)
