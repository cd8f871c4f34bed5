UPDATE registry_mandate
SET ended_on = $2
WHERE mandate = $1 AND ended_on IS NULL
