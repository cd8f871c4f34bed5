SELECT application, filed_by, filed_under, mandate
FROM trade_filing
WHERE application = $1
