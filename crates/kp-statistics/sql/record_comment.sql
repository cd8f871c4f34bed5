INSERT INTO statistics_comment (position, row_order, figure, words) VALUES ($1, $2, $3, $4)
