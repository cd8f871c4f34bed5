INSERT INTO custody_regrouping (position, kind, loss, reason) VALUES ($1, $2, $3, $4)
