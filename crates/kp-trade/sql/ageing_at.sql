SELECT query_after, owed_after, visible_after, public_after, decision, set_on FROM trade_ageing
WHERE position <= $1 ORDER BY position DESC LIMIT 1
