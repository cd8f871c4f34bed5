SELECT CAST(COALESCE(SUM(carats), 0) AS BIGINT) FROM custody_source WHERE audit = $1
