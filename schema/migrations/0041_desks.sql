-- What a desk asks for without reading everything: certificates by whom they name and by where they wait.

ALTER TABLE trade_certificate ADD COLUMN destination TEXT NOT NULL DEFAULT ''; -- as in its application, so that the importing side's work is found without it

UPDATE trade_certificate SET destination = COALESCE(
  (SELECT a.destination FROM trade_application a WHERE a.application = trade_certificate.application), '');

CREATE INDEX trade_application_licence ON trade_application (licence_number, applied_on, application);
CREATE INDEX trade_application_importer_from ON trade_application (importer, code, applied_on, application);
CREATE INDEX trade_application_importer_to ON trade_application (importer, destination, applied_on, application);
CREATE INDEX trade_application_exporter_from ON trade_application (exporter, code, applied_on, application) WHERE exporter IS NOT NULL;
CREATE INDEX trade_application_exporter_to ON trade_application (exporter, destination, applied_on, application) WHERE exporter IS NOT NULL;
CREATE INDEX trade_application_state ON trade_application (state, code, applied_on, application);

CREATE INDEX trade_certificate_from ON trade_certificate (code, number);
CREATE INDEX trade_certificate_to ON trade_certificate (destination, number);
CREATE INDEX trade_certificate_state_from ON trade_certificate (code, state, number);
CREATE INDEX trade_certificate_state_to ON trade_certificate (destination, state, number);

CREATE INDEX trade_certificate_departed ON trade_certificate (code, state, departed_on);

CREATE INDEX trade_transit_at ON trade_transit (at_code, ended_on, position);
CREATE INDEX trade_holding_at ON trade_holding (at_code, ended_on, position);
CREATE INDEX trade_blank_place ON trade_blank (code, place, first_serial);
CREATE INDEX trade_confirmation_row_state ON trade_confirmation_row (code, state, position);

CREATE INDEX cases_case_state ON cases_case (state, answer_due);
CREATE INDEX cases_case_finding ON cases_case (finding_id);
CREATE INDEX detect_finding_subject ON detect_finding (subject, found_at);
CREATE INDEX detect_finding_code ON detect_finding (code, found_at);
CREATE INDEX detect_finding_found ON detect_finding (found_at);
CREATE INDEX registry_exporter_ending ON registry_exporter (code, valid_until);
