SELECT l.lot, l.code, l.application, l.licence_number, l.required, l.opened_on, l.opened_by
FROM (SELECT lot, code, application, licence_number, required, opened_on, opened_by, position
      FROM valuation_lot
      WHERE code = $1
      ORDER BY position DESC
      LIMIT $2) l
WHERE (SELECT COUNT(DISTINCT v.party) FROM valuation_value v WHERE v.lot = l.lot AND v.opened_on IS NOT NULL) < l.required
ORDER BY l.position
