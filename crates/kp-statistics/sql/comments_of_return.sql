SELECT figure, words FROM statistics_comment WHERE position = $1 ORDER BY row_order
