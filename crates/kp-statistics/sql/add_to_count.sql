INSERT INTO statistics_certificate_count (code, quarter, what, certificates)
VALUES ($1, $2, $3, 1)
ON CONFLICT (code, quarter, what) DO UPDATE SET certificates = statistics_certificate_count.certificates + 1
