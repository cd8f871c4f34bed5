SELECT CAST(COUNT(*) AS BIGINT)
FROM accounts_recovery_code
WHERE officer_id = $1 AND used_at IS NULL
