UPDATE accounts_binding
SET ended_why = $2, ended_at = $3
WHERE officer_id = $1 AND ended_at IS NULL
