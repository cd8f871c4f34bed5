UPDATE registry_override SET used_at = $2 WHERE entry = $1
