SELECT content FROM statistics_sandbox WHERE sandbox_id = $1 AND code = $2
