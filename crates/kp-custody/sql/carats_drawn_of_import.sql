SELECT CAST(COALESCE(SUM(carats), 0) AS BIGINT) FROM custody_source WHERE code = $1 AND kind = $2 AND paper = $3
