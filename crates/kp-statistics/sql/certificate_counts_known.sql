SELECT code, quarter, what, COUNT(*) FROM statistics_certificate_posting
WHERE recorded_at <= $1 GROUP BY code, quarter, what ORDER BY code, quarter, what
