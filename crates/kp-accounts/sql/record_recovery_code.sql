INSERT INTO accounts_recovery_code (officer_id, code_hash)
VALUES ($1, $2)
