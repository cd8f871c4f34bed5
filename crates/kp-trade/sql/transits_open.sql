SELECT number, entered_on FROM trade_transit WHERE at_code = $1 AND ended_on IS NULL ORDER BY position LIMIT $2
