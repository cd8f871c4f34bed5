SELECT code, quarter, what, certificates FROM statistics_certificate_count ORDER BY code, quarter, what
