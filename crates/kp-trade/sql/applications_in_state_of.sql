SELECT a.application, a.code, a.licence_number, a.importer, a.importer_address, a.destination, a.origin,
       a.parcels, a.carats, a.value_cents, a.declared_by, a.applied_on, a.state, a.kind, a.purpose,
       a.file_reference, a.transit_purpose, a.exporter, a.exporter_address, a.containers, a.replaces
FROM trade_application a
WHERE a.code = $2 AND a.state = $1
ORDER BY a.applied_on, a.application
LIMIT $3
