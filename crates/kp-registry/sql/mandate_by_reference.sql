SELECT mandate, code, licence_number, broker, destinations, most_carats, most_cents, valid_from, valid_until, ended_on
FROM registry_mandate
WHERE mandate = $1
