SELECT sandbox_id, code, annex_table, period, file, file_sha256, put_by, put_at
FROM statistics_sandbox WHERE $1 = '' OR code = $1 ORDER BY code, annex_table, period, put_at
