SELECT number, copy, reason, printed_by, printed_at FROM trade_print WHERE number = $1 ORDER BY copy
