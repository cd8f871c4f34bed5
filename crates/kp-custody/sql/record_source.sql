INSERT INTO custody_source (source, parcel, code, kind, paper, words, carats, audit)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
