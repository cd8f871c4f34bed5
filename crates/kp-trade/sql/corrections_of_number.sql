SELECT position, field, was, becomes, reason, instructed_by, instructed_on, accepted_at, accepted_by, accepted_on
FROM trade_correction
WHERE number = $1
ORDER BY position
