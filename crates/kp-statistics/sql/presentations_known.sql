SELECT position, number, code, arrived_on, carats
FROM statistics_presentation WHERE recorded_at <= $1 ORDER BY number, position
