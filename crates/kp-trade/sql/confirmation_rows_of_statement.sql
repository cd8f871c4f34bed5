SELECT position, place, code, came_by, sent_by, file, file_sha256, sheet, file_row, raw, number, at_code, carats,
       value_cents, parcels, arrived_on, remarks, unread, state, reason, sentence, received_on, ended_at
FROM trade_confirmation_row
WHERE position = $1
ORDER BY place
