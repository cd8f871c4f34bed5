UPDATE trade_certificate SET validated_by = $2, validated_on = $3, seals = $4 WHERE number = $1
