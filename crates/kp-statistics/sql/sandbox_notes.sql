SELECT kind, figure, words, noted_by, noted_at FROM statistics_sandbox_note
WHERE sandbox_id = $1 AND code = $2 ORDER BY kind, figure
