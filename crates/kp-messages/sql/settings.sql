SELECT officer_id, address, cadence, language FROM messages_setting ORDER BY officer_id
