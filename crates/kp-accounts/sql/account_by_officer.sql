SELECT officer_id, state, password, password_set_at, factor, factor_step, since
FROM accounts_account
WHERE officer_id = $1
