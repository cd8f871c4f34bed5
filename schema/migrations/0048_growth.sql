-- Questions that read a whole table, found when a log of many certificates was derived: each is asked at an act, so that
-- every act would cost more with every certificate that came before it.

-- Which rules, withdrawals and losses were stated: few entries among millions.
CREATE INDEX log_statement_kind ON log_statement (kind, position);

-- The presentations of one number.
CREATE INDEX detect_arrival_number ON detect_arrival (number, position);

-- What left and has no answer, on the day a clock runs: some hundreds of all that ever left.
CREATE INDEX detect_shipment_unanswered ON detect_shipment (departed_on) WHERE answered_on IS NULL;

-- The parcels of one application.
CREATE INDEX custody_parcel_application ON custody_parcel (application);

-- How many one key signed on one day.
CREATE INDEX trade_credential_key ON trade_credential (key_id, signed_at);
