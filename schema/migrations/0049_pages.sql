-- Lists that are read a page at a time.

-- Cases, the newest first.
CREATE INDEX cases_case_opened ON cases_case (opened_on);

-- How many questions one participant owes an answer to.
CREATE INDEX cases_case_asked ON cases_case (asked, state);

-- A few of one participant's exporters, for a form.
CREATE INDEX registry_exporter_code ON registry_exporter (code, holder);
