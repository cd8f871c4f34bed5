INSERT INTO registry_ceremony_witness (position, key_id, officer_id, witnessed_at, remark)
VALUES ($1, $2, $3, $4, $5)
