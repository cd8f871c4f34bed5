SELECT officer_id, address, cadence, language FROM messages_setting WHERE officer_id = $1
