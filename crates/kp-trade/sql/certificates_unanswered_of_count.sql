SELECT COUNT(*)
FROM trade_certificate
WHERE code = $2 AND state IN ('departed', 'in_transit') AND departed_on < $1
