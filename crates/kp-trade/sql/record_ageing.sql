INSERT INTO trade_ageing (position, query_after, owed_after, visible_after, public_after, decision, set_on)
VALUES ($1, $2, $3, $4, $5, $6, $7)
