INSERT INTO custody_audit (audit, code, carats, auditor, report, recorded_on) VALUES ($1, $2, $3, $4, $5, $6)
