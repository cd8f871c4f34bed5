DELETE FROM custody_claim WHERE application = $1
