DELETE FROM statistics_problem WHERE position = $1
