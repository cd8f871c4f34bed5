SELECT audit, code, carats, auditor, report FROM custody_audit WHERE audit = $1
