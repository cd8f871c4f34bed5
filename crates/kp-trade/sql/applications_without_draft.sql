SELECT a.application, a.code, a.licence_number, a.importer, a.importer_address, a.destination, a.origin,
       a.parcels, a.carats, a.value_cents, a.declared_by, a.applied_on
FROM trade_application a LEFT JOIN trade_certificate c ON c.application = a.application
WHERE c.number IS NULL
ORDER BY a.applied_on, a.application
