SELECT position, sentence FROM statistics_problem ORDER BY position
