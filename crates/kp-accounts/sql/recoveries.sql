SELECT recovery_id, officer_id, kind, started_by, started_at, confirmed_by, confirmed_at, ready_at, ended
FROM accounts_recovery
ORDER BY started_at DESC, recovery_id
