UPDATE registry_override SET used_at = $2 WHERE position = $1
