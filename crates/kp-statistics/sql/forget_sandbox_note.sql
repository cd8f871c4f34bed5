DELETE FROM statistics_sandbox_note WHERE sandbox_id = $1 AND code = $2 AND kind = $3 AND figure = $4
