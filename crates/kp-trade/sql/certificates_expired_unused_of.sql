SELECT a.application, a.code, a.licence_number, a.importer, a.importer_address, a.destination, a.origin,
       a.parcels, a.carats, a.value_cents, a.declared_by, a.applied_on, a.state, a.kind, a.purpose,
       a.file_reference, a.transit_purpose, a.exporter, a.exporter_address, a.containers, a.replaces,
       c.number, c.state, c.drafted_by, c.drafted_on, c.issued_by, c.issued_on, c.expires_on,
       c.validated_by, c.validated_on, c.seals, c.departed_at, c.departed_on,
       c.approved_by, c.approved_on, c.replaced_by, c.ended_on, c.ended_because
FROM trade_certificate c JOIN trade_application a ON a.application = c.application
WHERE c.code = $2 AND c.state IN ('issued', 'validated') AND c.expires_on < $1
ORDER BY c.number || ''
LIMIT $3
