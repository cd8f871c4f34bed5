DELETE FROM statistics_sandbox_note WHERE sandbox_id = $1 AND code = $2
