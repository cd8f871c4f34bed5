INSERT INTO trade_confirmation_row (position, place, code, came_by, sent_by, file, file_sha256, sheet, file_row, raw,
                                    number, at_code, carats, value_cents, parcels, arrived_on, remarks, unread, state,
                                    reason, sentence, received_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
