SELECT code, flow, partner, quarter, hs, carats, value_cents, shipments
FROM statistics_cell
ORDER BY code, flow, quarter, partner, hs
